/** Open tasks on the accounts of the book: mine, unless others are asked for. */
import { type BookTask, taskJson } from '../../book/tasks.ts';
import { clean, cleanLine, literal } from '../../text/clean.ts';
import { formatDay } from '../../text/format.ts';
import { t } from '../../text/messages/index.ts';
import type { Desk } from '../../workspace/desk.ts';
import { dayOption } from '../activity-options.ts';
import { type Context, flag, type Invocation, option, type Run } from '../context.ts';
import { withDesk } from '../desk.ts';
import { CommandError, EXIT } from '../exit.ts';
import { accountRow, ownerId } from '../owners.ts';
import { writeJson } from '../print.ts';
import { table } from '../table.ts';
import { wholeOption } from '../whole.ts';

const TEXT_CELLS = 44;
const NAME_CELLS = 24;

export const run: Run = (context, invocation) => {
  const limit = wholeOption(context, invocation, 'limit');
  return withDesk(context, async (desk) => {
    const book = await desk.book();
    const chosen = await choose(context, invocation, desk, await desk.tasks(book));
    const shown = limit === null ? chosen : chosen.slice(0, limit);
    if (context.json) {
      const tasks = shown.map((task) => taskJson(task, desk.recordUrl(task.accountId)));
      const syncedAt = book.syncedAt === null ? null : new Date(book.syncedAt).toISOString();
      writeJson(context, { asOf: desk.asOf, syncedAt, total: chosen.length, tasks });
      return EXIT.done;
    }
    context.stdout.write(shown.length === 0 ? `${t(context.lang, 'acting.tasks.none')}\n` : listText(context, shown));
    return EXIT.done;
  });
};

async function choose(context: Context, invocation: Invocation, desk: Desk, tasks: readonly BookTask[]): Promise<readonly BookTask[]> {
  const word = option(invocation, 'assignee') ?? (desk.owner === null ? 'all' : 'me');
  const assignee = await ownerId(context, desk, word);
  const until = option(invocation, 'due') === undefined ? null : dayOption(context, invocation, 'due', '', desk.today);
  const named = option(invocation, 'account');
  const account = named === undefined ? null : accountRow(context, await desk.book(), named);
  const priority = option(invocation, 'priority') ?? null;
  if (priority !== null && !['none', 'low', 'medium', 'high'].includes(priority))
    throw new CommandError(
      EXIT.usage,
      t(context.lang, 'cli.error.not_among', { option: '--priority', value: clean(priority), allowed: 'none, low, medium, high' }),
    );
  return tasks.filter(
    (task) =>
      (assignee === null || task.owner?.id === assignee) &&
      (!flag(invocation, 'overdue') || task.overdue) &&
      (until === null || (task.due !== null && task.due <= until)) &&
      (account === null || task.accountId === account.id) &&
      (priority === null || task.priority.toLowerCase() === priority),
  );
}

function listText({ lang }: Context, tasks: readonly BookTask[]): string {
  const title = (key: 'id' | 'due' | 'priority' | 'name' | 'subject' | 'owner' | 'state') => ({
    title: literal(t(lang, `acting.column.${key}`)),
  });
  const columns = [
    title('id'),
    title('due'),
    title('state'),
    title('priority'),
    { ...title('name'), max: NAME_CELLS },
    { ...title('owner'), max: NAME_CELLS },
    { ...title('subject'), max: TEXT_CELLS },
  ];
  const rows = tasks.map((task) => [
    clean(task.id),
    literal(task.due === null ? '–' : formatDay(task.due, lang)),
    literal([...(task.overdue ? [t(lang, 'acting.overdue')] : []), ...(task.waiting ? [t(lang, 'acting.waiting')] : [])].join(' ')),
    literal(task.priority === 'NONE' ? '–' : t(lang, `app.priority.${task.priority}`)),
    clean(task.account),
    clean(task.owner?.name ?? '–'),
    cleanLine(task.subject),
  ]);
  return table(columns, rows);
}
