/** Screens with charts: going there by number, turning their views, walking in them, and opening what lies behind. */
import { say } from '../../components/say.ts';
import { MATRIX_VIEWS } from '../../screens/matrix/grid.ts';
import { matrixStep, sliceOf } from '../../screens/matrix/view-model.ts';
import { behindRows } from '../../screens/revenue/behind.ts';
import { clampRow, type Place, type RevenueScreenName, stepBack, type Target } from '../../screens/revenue/kit.ts';
import { marked, startMoved } from '../../screens/revenue/period.ts';
import { revenueScreens } from '../../screens/revenue/screens.ts';
import { type Clean, cleanLine } from '../../text/clean.ts';
import type { MessageKey } from '../../text/messages/index.ts';
import type { Action, Outcome } from '../action.ts';
import { type Context, findRow } from '../context.ts';
import { layoutOf } from '../layout.ts';
import { REVENUE_MODES } from '../revenue-modes.ts';
import { isRevenueScreen, type Mode, pushScreen, pushSlice, type Screen, toBook, topScreen, withScreen } from '../state.ts';

const CHARTS: readonly Mode[] = ['matrix', ...REVENUE_MODES];
/** With views to turn and columns to walk. */
const WALKED: readonly Mode[] = CHARTS.filter((mode) => mode !== 'behind');
const NUMBERED: readonly Mode[] = ['book', 'account', ...CHARTS];

/** What a screen is drawn from, at the size that it has. */
function room(context: Context) {
  const { ui, snapshot, lang } = context;
  return { snapshot, answers: ui.revenue, width: ui.size.columns, height: layoutOf(context).body, lang };
}

const around = (index: number, by: number, count: number): number => (index + by + count) % count;

function turned({ ui }: Context, by: 1 | -1): Outcome {
  const screen = topScreen(ui);
  if (isRevenueScreen(screen))
    return {
      ui: withScreen(ui, {
        ...screen,
        view: around(screen.view, by, revenueScreens[screen.name].views),
        row: screen.name === 'cohorts' ? screen.row : 0,
      }),
    };
  if (screen.name !== 'matrix') return {};
  const view = MATRIX_VIEWS[around(MATRIX_VIEWS.indexOf(screen.view), by, MATRIX_VIEWS.length)] ?? screen.view;
  return { ui: withScreen(ui, { ...screen, view, at: null }) };
}

function sideways(context: Context, by: 1 | -1): Outcome {
  const { ui } = context;
  const screen = topScreen(ui);
  if (screen.name === 'matrix') return { ui: withScreen(ui, { ...screen, at: matrixStep({ ...room(context), ...screen }, by, 0) }) };
  if (!isRevenueScreen(screen)) return {};
  const { columns } = revenueScreens[screen.name].extent({ ...room(context), place: screen });
  return { ui: withScreen(ui, { ...screen, back: stepBack(screen.name, screen.back, by, columns) }) };
}

/** What Enter is about. */
type Found = Target | { readonly to: 'slice'; readonly name: Clean; readonly ids: readonly string[] };

export function found(context: Context): Found | null {
  const { ui } = context;
  const screen = topScreen(ui);
  if (isRevenueScreen(screen)) return revenueScreens[screen.name].target({ ...room(context), place: screen });
  if (screen.name === 'behind') {
    const rows = behindRows(ui.revenue, screen.of);
    const row = rows[clampRow(screen.row, rows.length)];
    return row ? { to: 'account', id: row.id, name: cleanLine(row.name) } : null;
  }
  const slice = screen.name === 'matrix' ? sliceOf({ ...room(context), ...screen }) : null;
  const [first, second] = slice?.accounts ?? [];
  if (!slice || !first) return null;
  if (!second) return { to: 'account', id: first.id, name: cleanLine(first.name) };
  return { to: 'slice', name: slice.name, ids: slice.accounts.map(({ id }) => id) };
}

/** The account alone where there is one, else the accounts. */
function opened(context: Context): Outcome {
  const target = found(context);
  const { ui } = context;
  switch (target?.to) {
    case 'account':
      return { ui: pushScreen(ui, { name: 'account', id: target.id, offset: 0 }) };
    case 'slice':
      return { ui: pushSlice(ui, target.name, target.ids) };
    case 'behind':
      return { ui: pushScreen(ui, { name: 'behind', of: target.of, title: target.title, row: 0 }) };
    default:
      return {};
  }
}

function needsTarget(context: Context): Clean | null {
  const target = found(context);
  if (target === null) return say(context.lang, 'charts.why.nobody');
  return target.to === 'account' && !findRow(context.snapshot, target.id) ? say(context.lang, 'charts.why.notInBook') : null;
}

/** Those behind the figure that are in the book. */
function inBook({ ui, snapshot }: Context): readonly string[] {
  const screen = topScreen(ui);
  return screen.name === 'behind'
    ? behindRows(ui.revenue, screen.of)
        .map(({ id }) => id)
        .filter((id) => findRow(snapshot, id) !== null)
    : [];
}

const going = (name: RevenueScreenName, key: string): Action => ({
  id: `screen.${name}`,
  keys: [key],
  title: `app.screen.${name}`,
  hint: `charts.action.${name}.hint`,
  where: NUMBERED,
  run: ({ ui }) => ({ ui: pushScreen(toBook(ui), { name, view: 0, back: 0, row: 0 } satisfies Screen) }),
});

/** The period of the screen that has one. */
function period(context: Context, change: (place: Place, columns: number) => Place): Outcome {
  const { ui } = context;
  const screen = topScreen(ui);
  if (screen.name !== 'revenue') return {};
  const { columns } = revenueScreens.revenue.extent({ ...room(context), place: screen });
  return { ui: withScreen(ui, { name: 'revenue', ...change(screen, columns) }) };
}

const shifting = (id: string, keys: readonly string[], title: MessageKey, hint: MessageKey, by: 1 | -1): Action => ({
  id,
  keys,
  title,
  hint,
  where: ['revenue'],
  run: (context) => period(context, (place, columns) => startMoved(place, by, columns)),
});

const walking = (id: string, keys: readonly string[], title: MessageKey, hint: MessageKey, by: 1 | -1): Action => ({
  id,
  keys,
  title,
  hint,
  where: WALKED,
  run: (context) => sideways(context, by),
});

export const chartActions: readonly Action[] = [
  {
    id: 'chart.open',
    keys: ['enter'],
    title: 'charts.action.open',
    hint: 'charts.action.open.hint',
    short: 'app.action.open.short',
    where: CHARTS,
    disabled: needsTarget,
    run: opened,
  },
  {
    id: 'chart.browse',
    keys: ['o'],
    title: 'app.action.browse',
    hint: 'app.action.browse.hint',
    short: 'app.action.browse.short',
    where: REVENUE_MODES,
    disabled: (context) => (found(context)?.to === 'account' ? null : say(context.lang, 'app.why.nothingSelected')),
    run: (context) => {
      const target = found(context);
      return target?.to === 'account' ? { effects: [{ do: 'browse', url: context.workspace.companyUrl(target.id) }] } : {};
    },
  },
  {
    id: 'chart.pick',
    keys: ['b'],
    title: 'charts.action.pick',
    hint: 'charts.action.pick.hint',
    short: 'charts.action.pick.short',
    where: ['behind'],
    disabled: (context) => (inBook(context).length > 0 ? null : say(context.lang, 'charts.why.noneInBook')),
    run: (context) => {
      const screen = topScreen(context.ui);
      return screen.name === 'behind' ? { ui: pushSlice(context.ui, screen.title, inBook(context)) } : {};
    },
  },
  {
    id: 'chart.view',
    keys: ['v', 'tab'],
    title: 'charts.action.view',
    hint: 'charts.action.view.hint',
    short: 'charts.action.view.short',
    where: WALKED,
    run: (context) => turned(context, 1),
  },
  {
    id: 'chart.viewBack',
    keys: ['V', 'shift+tab'],
    title: 'charts.action.viewBack',
    hint: 'charts.action.viewBack.hint',
    where: WALKED,
    run: (context) => turned(context, -1),
  },
  {
    id: 'period.mark',
    keys: ['space'],
    title: 'charts.action.mark',
    hint: 'charts.action.mark.hint',
    short: 'charts.action.mark.short',
    where: ['revenue'],
    run: (context) => period(context, marked),
  },
  {
    ...shifting('period.earlier', ['H', 'shift+left'], 'charts.action.earlier', 'charts.action.earlier.hint', 1),
    short: 'charts.action.earlier.short',
  },
  shifting('period.later', ['L', 'shift+right'], 'charts.action.later', 'charts.action.later.hint', -1),
  walking('chart.left', ['left', 'h'], 'charts.action.left', 'charts.action.left.hint', -1),
  walking('chart.right', ['right', 'l'], 'charts.action.right', 'charts.action.right.hint', 1),
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
  going('revenue', '3'),
  going('churn', '4'),
  going('cohorts', '5'),
  going('products', '6'),
];
