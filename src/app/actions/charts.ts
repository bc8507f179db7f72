/** Screens with charts: going there by number, turning their views, walking in them, and opening what lies behind. */
import { say } from '../../components/say.ts';
import { MATRIX_VIEWS } from '../../screens/matrix/grid.ts';
import { matrixStep, sliceOf } from '../../screens/matrix/view-model.ts';
import type { Clean } from '../../text/clean.ts';
import type { Action, Outcome } from '../action.ts';
import type { Context } from '../context.ts';
import { layoutOf } from '../layout.ts';
import { type Mode, pushScreen, pushSlice, toBook, topScreen, withScreen } from '../state.ts';

const CHARTS: readonly Mode[] = ['matrix'];
const NUMBERED: readonly Mode[] = ['book', 'account', ...CHARTS];

function matrixInput(context: Context) {
  const screen = topScreen(context.ui);
  if (screen.name !== 'matrix') return null;
  const { snapshot, lang, ui } = context;
  const { body } = layoutOf(context);
  return { screen, input: { snapshot, view: screen.view, at: screen.at, width: ui.size.columns, height: body, lang } };
}

const around = <T>(list: readonly T[], now: T, by: number): T => list[(list.indexOf(now) + by + list.length) % list.length] ?? now;

function turned({ ui }: Context, by: 1 | -1): Outcome {
  const screen = topScreen(ui);
  if (screen.name !== 'matrix') return {};
  return { ui: withScreen(ui, { ...screen, view: around(MATRIX_VIEWS, screen.view, by), at: null }) };
}

function sideways(context: Context, by: 1 | -1): Outcome {
  const found = matrixInput(context);
  return found ? { ui: withScreen(context.ui, { ...found.screen, at: matrixStep(found.input, by, 0) }) } : {};
}

/** The account alone where there is one, else the book with these accounts. */
function opened(context: Context): Outcome {
  const found = matrixInput(context);
  const slice = found && sliceOf(found.input);
  const [first, second] = slice?.accounts ?? [];
  if (!slice || !first) return {};
  if (!second) return { ui: pushScreen(context.ui, { name: 'account', id: first.id, offset: 0 }) };
  return {
    ui: pushSlice(
      context.ui,
      slice.name,
      slice.accounts.map(({ id }) => id),
    ),
  };
}

function needsAccounts(context: Context): Clean | null {
  const found = matrixInput(context);
  const slice = found && sliceOf(found.input);
  return slice && slice.accounts.length > 0 ? null : say(context.lang, 'charts.why.nobody');
}

export const chartActions: readonly Action[] = [
  {
    id: 'chart.open',
    keys: ['enter'],
    title: 'charts.action.open',
    hint: 'charts.action.open.hint',
    short: 'app.action.open.short',
    where: CHARTS,
    disabled: needsAccounts,
    run: opened,
  },
  {
    id: 'chart.view',
    keys: ['v', 'tab'],
    title: 'charts.action.view',
    hint: 'charts.action.view.hint',
    short: 'charts.action.view.short',
    where: CHARTS,
    run: (context) => turned(context, 1),
  },
  {
    id: 'chart.viewBack',
    keys: ['V', 'shift+tab'],
    title: 'charts.action.viewBack',
    hint: 'charts.action.viewBack.hint',
    where: CHARTS,
    run: (context) => turned(context, -1),
  },
  {
    id: 'chart.left',
    keys: ['left', 'h'],
    title: 'charts.action.left',
    hint: 'charts.action.left.hint',
    where: CHARTS,
    run: (context) => sideways(context, -1),
  },
  {
    id: 'chart.right',
    keys: ['right', 'l'],
    title: 'charts.action.right',
    hint: 'charts.action.right.hint',
    where: CHARTS,
    run: (context) => sideways(context, 1),
  },
  {
    id: 'screen.book',
    keys: ['1'],
    title: 'charts.action.book',
    hint: 'charts.action.book.hint',
    where: NUMBERED,
    run: ({ ui }) => ({ ui: toBook(ui) }),
  },
  {
    id: 'screen.matrix',
    keys: ['2'],
    title: 'charts.action.matrix',
    hint: 'charts.action.matrix.hint',
    where: NUMBERED,
    run: ({ ui }) => ({ ui: pushScreen(toBook(ui), { name: 'matrix', view: 'risk', at: null }) }),
  },
];
