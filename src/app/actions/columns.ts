/** Which columns the list shows, in which order, how dense it is, and by which of them it is sorted. */
import { say } from '../../components/say.ts';
import { allColumns, isUsual, shownColumns, sortOfColumn } from '../../screens/book/columns.ts';
import type { ColumnsPane } from '../../screens/book/columns-pane.ts';
import type { Sort } from '../../screens/book/order.ts';
import { listWidth } from '../../screens/book/view-model.ts';
import { type BookColumn, DEFAULT_COLUMNS } from '../../settings/columns.ts';
import type { SavedView } from '../../settings/settings.ts';
import { cleanLine } from '../../text/clean.ts';
import type { Action, Outcome } from '../action.ts';
import type { Context } from '../context.ts';
import { type Overlay, popOverlay, pushOverlay, topOverlay, type Ui, withOverlay } from '../state.ts';
import { needsRows } from './needs.ts';

type Choosing = Extract<Overlay, { kind: 'columns' }>;

const choosing = (ui: Ui): Choosing | null => {
  const top = topOverlay(ui);
  return top?.kind === 'columns' ? top : null;
};

/** The saved filter whose tab is chosen: it has columns of its own. */
const savedTab = ({ ui, workspace }: Context): SavedView | null =>
  ui.book.segment === '' ? null : (workspace.personal().views.find(({ filter }) => filter === ui.book.segment) ?? null);

const chosenIn = ({ order, shown }: Choosing): readonly BookColumn[] => order.filter((id) => shown.has(id));

/** What the list shows now; empty: the usual columns. While they are being chosen the list follows. */
export function columnsHere(context: Context): readonly BookColumn[] {
  const open = context.ui.overlays.find((overlay) => overlay.kind === 'columns');
  return open?.kind === 'columns' ? chosenIn(open) : (savedTab(context)?.columns ?? context.workspace.personal().columns);
}

export function columnsPane(context: Context, { order, shown, index }: Choosing): ColumnsPane {
  const { ui, list, workspace } = context;
  const tab = savedTab(context);
  const place = ui.book.selectedId === null ? undefined : list.places.get(ui.book.selectedId);
  const entry = place === undefined ? undefined : list.entries[place];
  return {
    order,
    shown,
    index,
    density: workspace.personal().density,
    view: tab && cleanLine(tab.name),
    entry: entry?.kind === 'row' ? entry : null,
    total: list.total,
    listWidth: listWidth(ui.size.columns),
  };
}

export function showColumns(context: Context): Ui {
  const chosen = columnsHere(context);
  const overlay: Choosing = { kind: 'columns', order: allColumns(chosen), shown: new Set(shownColumns(chosen)), index: 0 };
  return pushOverlay(context.ui, overlay);
}

function toggle({ ui }: Context): Outcome {
  const open = choosing(ui);
  const id = open?.order[open.index];
  if (!open || id === undefined) return {};
  const shown = new Set(open.shown);
  if (!shown.delete(id)) shown.add(id);
  return { ui: withOverlay(ui, { ...open, shown }) };
}

/** Past the neighbour in the list; the cursor goes along. */
function shift({ ui }: Context, by: 1 | -1): Outcome {
  const open = choosing(ui);
  if (!open) return {};
  const to = open.index + by;
  const moving = open.order[open.index];
  const other = open.order[to];
  if (moving === undefined || other === undefined) return {};
  const order = open.order.map((id, index) => (index === to ? moving : index === open.index ? other : id));
  return { ui: withOverlay(ui, { ...open, order, index: to }) };
}

/** For the saved tab alone where one is chosen; the usual columns need no entry. */
function keep(context: Context): Outcome {
  const { ui, workspace } = context;
  const open = choosing(ui);
  if (!open) return {};
  const chosen = chosenIn(open);
  const tab = savedTab(context);
  const { views } = workspace.personal();
  const change = tab
    ? { views: views.map((view) => (view === tab ? { name: view.name, filter: view.filter, columns: chosen } : view)) }
    : { columns: isUsual(chosen) ? [] : chosen };
  return { ui: popOverlay(ui), effects: [{ do: 'choose', change, said: 'columns.toast.kept' }] };
}

function turnDensity({ workspace }: Context): Outcome {
  const density = workspace.personal().density === 'compact' ? 'comfortable' : 'compact';
  return { effects: [{ do: 'choose', change: { density }, said: `columns.toast.${density}` }] };
}

/** The order of the list; the same again turns it round. */
export const sortedBy = (ui: Ui, sort: Sort): Ui => ({
  ...ui,
  book: { ...ui.book, sort, reversed: ui.book.sort === sort && !ui.book.reversed },
});

/** Along the shown columns, each order once; from the last to the first. */
function sortBeside(context: Context, by: 1 | -1): Outcome {
  const { ui } = context;
  const sorts = [...new Set(shownColumns(columnsHere(context)).flatMap((id) => sortOfColumn(id) ?? []))];
  const here = sorts.indexOf(ui.book.sort);
  const next = sorts[here < 0 ? 0 : (here + by + sorts.length) % sorts.length];
  return next === undefined ? {} : { ui: { ...ui, book: { ...ui.book, sort: next, reversed: false } } };
}

export const columnActions: readonly Action[] = [
  {
    id: 'book.columns',
    keys: ['C'],
    title: 'columns.action.show',
    hint: 'columns.action.show.hint',
    where: ['book'],
    disabled: needsRows,
    run: (context) => ({ ui: showColumns(context) }),
  },
  {
    id: 'book.density',
    keys: ['='],
    title: 'columns.action.density',
    hint: 'columns.action.density.hint',
    where: ['book', 'columns'],
    run: turnDensity,
  },
  {
    id: 'book.sortLeft',
    keys: ['<'],
    title: 'columns.action.sortLeft',
    hint: 'columns.action.sortBy.hint',
    where: ['book'],
    disabled: needsRows,
    run: (context) => sortBeside(context, -1),
  },
  {
    id: 'book.sortRight',
    keys: ['>'],
    title: 'columns.action.sortRight',
    hint: 'columns.action.sortBy.hint',
    where: ['book'],
    disabled: needsRows,
    run: (context) => sortBeside(context, 1),
  },
  {
    id: 'columns.toggle',
    keys: ['space'],
    title: 'columns.action.toggle',
    hint: 'columns.action.toggle.hint',
    short: 'columns.action.toggle.short',
    where: ['columns'],
    disabled: ({ ui, lang }) => {
      const open = choosing(ui);
      return open?.order[open.index] === 'name' ? say(lang, 'columns.why.name') : null;
    },
    run: toggle,
  },
  {
    id: 'columns.earlier',
    keys: ['left', 'h', 'K'],
    title: 'columns.action.earlier',
    hint: 'columns.action.earlier.hint',
    short: 'columns.action.earlier.short',
    where: ['columns'],
    run: (context) => shift(context, -1),
  },
  {
    id: 'columns.later',
    keys: ['right', 'l', 'J'],
    title: 'columns.action.later',
    hint: 'columns.action.later.hint',
    short: 'columns.action.later.short',
    where: ['columns'],
    run: (context) => shift(context, 1),
  },
  {
    id: 'columns.keep',
    keys: ['enter'],
    title: 'columns.action.keep',
    hint: 'columns.action.keep.hint',
    short: 'columns.action.keep.short',
    where: ['columns'],
    run: keep,
  },
  {
    id: 'columns.cancel',
    keys: ['esc', 'q'],
    title: 'columns.action.cancel',
    hint: 'columns.action.cancel.hint',
    short: 'columns.action.cancel.short',
    where: ['columns'],
    run: ({ ui }) => ({ ui: popOverlay(ui) }),
  },
  {
    id: 'columns.usual',
    keys: ['c'],
    title: 'columns.action.usual',
    hint: 'columns.action.usual.hint',
    short: 'columns.action.usual.short',
    where: ['columns'],
    run: ({ ui }) => {
      const open = choosing(ui);
      return open ? { ui: withOverlay(ui, { ...open, order: allColumns([]), shown: new Set(DEFAULT_COLUMNS) }) } : {};
    },
  },
];
