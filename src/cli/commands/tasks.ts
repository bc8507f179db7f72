/** Open tasks on the accounts of the book: mine, unless others are asked for. */
import { type BookTask, taskJson } from '../../book/tasks.ts';
import { type Clean, clean, cleanLine, literal } from '../../text/clean.ts';
import { formatDay } from '../../text/format.ts';
import { type Lang, t } from '../../text/messages/index.ts';
import type { Sheet } from '../../text/sheet.ts';
import type { Day } from '../../units/day.ts';
import type { Desk } from '../../workspace/desk.ts';
import { dayOption } from '../activity-options.ts';
import { type Context, flag, type Invocation, option, type Run } from '../context.ts';
import { dataSource } from '../data-source.ts';
import { withDesk } from '../desk.ts';
import { CommandError, EXIT } from '../exit.ts';
import { accountRow, ownerId } from '../owners.ts';
import type { Part } from '../report.ts';
import { reportOutput, writeReport } from '../report-output.ts';
import { Table, textCell } from '../report-sheet.ts';
import { wholeOption } from '../whole.ts';

const TEXT_CELLS = 44;
const NAME_CELLS = 24;

export const run: Run = (context, invocation) => {
  const output = reportOutput(context, invocation);
  const limit = wholeOption(context, invocation, 'limit');
  return withDesk(context, async (desk, session) => {
    const book = await desk.book();
    const chosen = await choose(context, invocation, desk, await desk.tasks(book));
    const shown = limit === null ? chosen : chosen.slice(0, limit);
    const { policy } = book;
    const url = (task: BookTask): string => desk.recordUrl(task.accountId);
    return writeReport(context, output, {
      name: `tasks-${desk.asOf}`,
      stamp: { asOf: desk.asOf, policy, currency: null, data: await dataSource(desk, session) },
      parts: () => taskParts(desk.asOf, shown, context.lang),
      sheets: () => taskSheets(shown, url, context.lang),
      json: () => {
        const syncedAt = book.syncedAt === null ? null : new Date(book.syncedAt).toISOString();
        return { asOf: desk.asOf, policy, syncedAt, total: chosen.length, tasks: shown.map((task) => taskJson(task, url(task))) };
      },
    });
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

function taskParts(asOf: Day, tasks: readonly BookTask[], lang: Lang): Part[] {
  const title = t(lang, 'files.tasks.title', { day: formatDay(asOf, lang), n: tasks.length });
  if (tasks.length === 0) return [{ kind: 'sentence', text: t(lang, 'acting.tasks.none') }];
  return [{ kind: 'title', text: title }, listPart(tasks, lang)];
}

function taskSheets(tasks: readonly BookTask[], url: (task: BookTask) => string, lang: Lang): readonly Sheet[] {
  const table = new Table('', lang, 'files.sheet.tasks').column('id', 'acting.column.id').column('account', 'files.column.account_id');
  table
    .column('accountName', 'acting.column.name', 'text', { width: 32 })
    .column('subject', 'acting.column.subject', 'text', { width: 44 });
  table.column('due', 'acting.column.due', 'day').column('overdue', 'acting.overdue', 'flag').column('priority', 'acting.column.priority');
  table
    .column('type', 'export.column.type')
    .column('status', 'acting.column.state')
    .column('owner', 'acting.column.owner', 'text', { width: 24 });
  table.column('waiting', 'acting.waiting', 'flag').column('url', 'export.column.url', 'text', { width: 40 });
  for (const task of tasks) {
    const json = taskJson(task, url(task));
    const word = (key: string): Clean => clean(String(json[key] ?? ''));
    const what = [word('id'), word('account'), word('accountName'), word('subject'), textCell(task.due), task.overdue];
    table.row(...what, word('priority'), word('type'), word('status'), textCell(task.owner?.name), task.waiting, word('url'));
  }
  return [table.sheet()];
}

function listPart(tasks: readonly BookTask[], lang: Lang): Part {
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
  return { kind: 'table', columns, rows };
}
