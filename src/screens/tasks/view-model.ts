/** Open tasks as a list to work through, the longest overdue first. Pure. */
import type { BookTask } from '../../book/tasks.ts';
import { cutLine, emptyLine, gap, type Line, span, spread } from '../../components/line.ts';
import { say } from '../../components/say.ts';
import { type Column, cell, headLine, tableLine } from '../../components/table.ts';
import { clean, cleanLine, literal } from '../../text/clean.ts';
import { formatDay } from '../../text/format.ts';
import type { Lang } from '../../text/messages/index.ts';

export interface TasksInput {
  /** null: not read yet. */
  readonly tasks: readonly BookTask[] | null;
  /** Everybody's. */
  readonly all: boolean;
  readonly selectedId: string | null;
  readonly offset: number;
  readonly width: number;
  readonly height: number;
  readonly lang: Lang;
}

const CHROME = 2;

export const tasksPage = (height: number): number => Math.max(1, height - CHROME);

function tasksColumns(width: number, lang: Lang): Column[] {
  const fixed = [
    { id: 'mark', title: literal(''), width: 1 },
    { id: 'due', title: say(lang, 'acting.column.due'), width: lang === 'ja' ? 10 : 11 },
    { id: 'state', title: say(lang, 'acting.column.state'), width: 8 },
    { id: 'priority', title: say(lang, 'acting.column.priority'), width: 8 },
  ];
  const rest = Math.max(6, width - fixed.reduce((sum, column) => sum + column.width + 1, 0) - 2);
  const name = Math.min(24, Math.floor(rest * 0.35));
  const owner = Math.min(12, Math.floor(rest * 0.2));
  return [
    ...fixed,
    { id: 'name', title: say(lang, 'acting.column.name'), width: name },
    { id: 'owner', title: say(lang, 'acting.column.owner'), width: owner },
    { id: 'subject', title: say(lang, 'acting.column.subject'), width: Math.max(1, rest - name - owner) },
  ].map((column) => ({ ...column, align: 'left' }));
}

export function tasksLines({ tasks, all, selectedId, offset, width, height, lang }: TasksInput): Line[] {
  const overdue = tasks?.filter((task) => task.overdue).length ?? 0;
  const counts = tasks === null ? [] : [span(say(lang, 'acting.tasks.count', { n: tasks.length, overdue }), 'quiet'), gap(1)];
  const title = spread([gap(1), span(say(lang, all ? 'acting.tasks.all' : 'acting.tasks.mine'), 'strong')], counts, width);
  if (tasks === null) return [title, emptyLine, [gap(2), span(say(lang, 'app.account.reading'), 'quiet')]];
  if (tasks.length === 0) return [title, emptyLine, cutLine([gap(2), span(say(lang, 'acting.tasks.none'), 'quiet')], width)];
  const columns = tasksColumns(width, lang);
  const rows = tasks.slice(offset, offset + tasksPage(height)).map((task): Line => {
    const selected = task.id === selectedId;
    const tone = selected ? 'selected' : 'plain';
    return tableLine(columns, [
      cell(literal(selected ? '▸' : ''), 'selected'),
      cell(literal(task.due === null ? '–' : formatDay(task.due, lang)), task.overdue ? 'high' : tone),
      cell(
        task.waiting ? say(lang, 'acting.waiting') : task.overdue ? say(lang, 'acting.overdue') : literal(''),
        task.waiting ? 'accent' : 'high',
      ),
      cell(task.priority === 'NONE' ? literal('') : say(lang, `app.priority.${task.priority}`), 'quiet'),
      cell(cleanLine(task.account), tone),
      cell(clean(task.owner?.name ?? '–'), 'quiet'),
      cell(cleanLine(task.subject), tone),
    ]);
  });
  return [title, headLine(columns), ...rows];
}
