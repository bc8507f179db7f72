/** Logs a task on an account, or changes one that is open: done, another day, somebody else's. */
import { type BookTask, expectedOf } from '../../book/tasks.ts';
import type { TaskChange, TaskIntent } from '../../plays/intent.ts';
import { parseReminder } from '../../plays/reminder.ts';
import { clean } from '../../text/clean.ts';
import { formatDay } from '../../text/format.ts';
import { t } from '../../text/messages/index.ts';
import type { Day, Instant } from '../../units/day.ts';
import type { Desk } from '../../workspace/desk.ts';
import { alsoOption, among, assigneeOf, dayOption } from '../activity-options.ts';
import { bodyText } from '../body.ts';
import { type Context, type Invocation, option, type Run } from '../context.ts';
import { withDesk } from '../desk.ts';
import { CommandError, EXIT } from '../exit.ts';
import { accountRow } from '../owners.ts';
import { refuseOtherDay, submit } from '../submit.ts';
import { type Begun, begunWith } from '../template-option.ts';

const PRIORITIES = { none: 'NONE', low: 'LOW', medium: 'MEDIUM', high: 'HIGH' } as const satisfies Record<string, TaskIntent['priority']>;
const TYPES = { todo: 'TODO', call: 'CALL', email: 'EMAIL' } as const satisfies Record<string, TaskIntent['type']>;
export const TASK_CHANGES = ['done', 'postpone', 'assign'] as const;
type TaskChangeWord = (typeof TASK_CHANGES)[number];

export const run: Run = (context, invocation) => {
  const word = TASK_CHANGES.find((one) => one === invocation.args[0]);
  return withDesk(context, async (desk) => {
    refuseOtherDay(context, desk);
    return word === undefined ? log(context, invocation, desk) : change(context, invocation, desk, word);
  });
};

async function log(context: Context, invocation: Invocation, desk: Desk): Promise<number> {
  // What is wrong with an option is told before anything is scored.
  const wanted = taskOptions(context, invocation, desk, null);
  const account = accountRow(context, await desk.book(), invocation.args[0] ?? '');
  const begun = await begunWith(context, invocation, desk, account, 'task');
  const { priority, type, due, reminderAt } = begun === null ? wanted : taskOptions(context, invocation, desk, begun);
  const assignee = option(invocation, 'assignee');
  const ownerId = assignee === undefined ? (desk.owner?.id ?? null) : await assigneeOf(context, desk, account, assignee);
  const also = await alsoOption(context, invocation, desk, account);
  const text = await bodyText(
    context,
    invocation,
    option(invocation, 'subject') === undefined ? undefined : invocation.args[1],
    begun?.text,
  );
  const subject = (option(invocation, 'subject') ?? invocation.args[1] ?? begun?.subject ?? '').trim();
  if (subject === '' || subject === '-') throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.no_subject'));
  return await submit(context, invocation, desk, {
    kind: 'task',
    companyId: account.id,
    subject,
    body: text,
    due,
    priority,
    type,
    ownerId,
    ...(reminderAt === null ? {} : { reminderAt }),
    ...(also ? { also } : {}),
  });
}

/** What the options say, else the template that it begins with. */
function taskOptions(context: Context, invocation: Invocation, desk: Desk, begun: Begun | null) {
  const due = dayOption(context, invocation, 'due', begun?.due ?? '1d', desk.today);
  return {
    priority: among(context, invocation, 'priority', PRIORITIES, begun?.template.task?.priority ?? 'none'),
    type: among(context, invocation, 'type', TYPES, begun?.template.task?.type ?? 'todo'),
    due,
    reminderAt: reminderOption(context, invocation, desk, due),
  };
}

function reminderOption(context: Context, invocation: Invocation, desk: Desk, due: Day): Instant | null {
  const text = option(invocation, 'reminder');
  if (text === undefined) return null;
  const at = parseReminder(text, due, desk.today, desk.timeZone);
  if (at === null) throw new CommandError(EXIT.usage, t(context.lang, 'acting.error.moment', { option: '--reminder', value: clean(text) }));
  if (at <= desk.now()) throw new CommandError(EXIT.usage, t(context.lang, 'acting.error.reminder_past'));
  return at;
}

async function change(context: Context, invocation: Invocation, desk: Desk, word: TaskChangeWord): Promise<number> {
  const task = await openTask(context, desk, word, invocation.args[1]);
  const wanted = await changeOf(context, invocation, desk, word, task);
  return await submit(context, invocation, desk, {
    kind: 'task_update',
    companyId: task.accountId,
    task: task.ref,
    subject: task.subject,
    change: wanted,
    expected: expectedOf(task, wanted),
  });
}

async function openTask(context: Context, desk: Desk, word: TaskChangeWord, id: string | undefined): Promise<BookTask> {
  if (id === undefined) throw new CommandError(EXIT.usage, t(context.lang, 'acting.error.task_id', { action: word }));
  const found = (await desk.tasks(await desk.book())).find((task) => task.id === id);
  if (found) return found;
  throw new CommandError(EXIT.usage, t(context.lang, 'acting.error.no_task', { value: clean(id) }));
}

async function changeOf(context: Context, invocation: Invocation, desk: Desk, word: TaskChangeWord, task: BookTask): Promise<TaskChange> {
  switch (word) {
    case 'done':
      return { status: 'COMPLETED' };
    case 'postpone': {
      const due = dayOption(context, invocation, 'due', '1d', desk.today);
      if (due < desk.today)
        throw new CommandError(EXIT.usage, t(context.lang, 'acting.error.due_past', { day: formatDay(due, context.lang) }));
      return { due };
    }
    case 'assign': {
      const to = option(invocation, 'to');
      if (to === undefined) throw new CommandError(EXIT.usage, t(context.lang, 'acting.error.to'));
      const account = accountRow(context, await desk.book(), task.accountId);
      return { ownerId: await assigneeOf(context, desk, account, to) };
    }
  }
}
