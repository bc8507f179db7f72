/** Choosing several accounts for the next action. */
import type { BookRow } from '../../book/row.ts';
import { say } from '../../components/say.ts';
import type { Action, Outcome } from '../action.ts';
import { type Context, subjectRow } from '../context.ts';
import { moved } from '../move.ts';
import type { Ui } from '../state.ts';
import { needsAccount, needsRows } from './needs.ts';

const withMarks = (ui: Ui, marked: ReadonlySet<string>): Ui => ({ ...ui, book: { ...ui.book, marked } });

function toggle(context: Context): Outcome {
  const row = subjectRow(context);
  if (!row) return {};
  const marked = new Set(context.ui.book.marked);
  if (!marked.delete(row.id)) marked.add(row.id);
  return { ui: moved({ ...context, ui: withMarks(context.ui, marked) }, { rows: 1 }) };
}

/** Everybody between the cursor and the mark nearest to it; of two as near, the one above. */
function range({ ui, list }: Context): Outcome {
  const here = ui.book.selectedId === null ? undefined : list.places.get(ui.book.selectedId);
  const marks = [...ui.book.marked].flatMap((id) => list.places.get(id) ?? []);
  if (here === undefined || marks.length === 0) return {};
  const nearest = marks.sort((a, b) => Math.abs(a - here) - Math.abs(b - here) || a - b)[0] ?? here;
  const between = list.entries.slice(Math.min(nearest, here), Math.max(nearest, here) + 1);
  const ids = between.flatMap((entry) => (entry.kind === 'row' ? [entry.row.id] : []));
  return { ui: withMarks(ui, new Set([...ui.book.marked, ...ids])) };
}

/** All that are shown, or nobody where all of them are marked. */
function all({ ui, list }: Context): Outcome {
  const rows = list.entries.flatMap((entry): BookRow[] => (entry.kind === 'row' ? [entry.row] : []));
  const isAll = rows.every(({ id }) => ui.book.marked.has(id));
  return { ui: withMarks(ui, isAll ? new Set() : new Set([...ui.book.marked, ...rows.map(({ id }) => id)])) };
}

export const markActions: readonly Action[] = [
  {
    id: 'book.mark',
    keys: ['space'],
    title: 'quiet.action.mark',
    hint: 'quiet.action.mark.hint',
    where: ['book'],
    disabled: needsAccount,
    run: toggle,
  },
  {
    id: 'book.markRange',
    keys: ['v'],
    title: 'quiet.action.markRange',
    hint: 'quiet.action.markRange.hint',
    where: ['book'],
    disabled: (context) => needsAccount(context) ?? (context.ui.book.marked.size === 0 ? say(context.lang, 'quiet.why.noMark') : null),
    run: range,
  },
  {
    id: 'book.markAll',
    keys: ['*'],
    title: 'quiet.action.markAll',
    hint: 'quiet.action.markAll.hint',
    where: ['book'],
    disabled: needsRows,
    run: all,
  },
];
