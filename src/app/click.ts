/** What a click does: it chooses, and on what is chosen already it goes on. */
import type { Line } from '../components/line.ts';
import type { Context } from './context.ts';
import { frameOf } from './frame.ts';
import { hints } from './help.ts';
import { pointedAt } from './point.ts';
import { chooseColumn, chooseRow, chooseShare, chooseTab, hintAt, type Point, type Press } from './pointer.ts';
import { REVENUE_MODES } from './revenue-modes.ts';
import { type Mode, modeOf, type Ui } from './state.ts';

/** Presses keys where a place can only be walked to. */
export interface Walk {
  readonly press: Press;
  /** Where the keys have led to. */
  readonly ui: () => Ui;
  readonly lines: () => readonly Line[];
}

/** Keys to press, or the state after the click; null where it means nothing. */
export type Clicked = { readonly keys: readonly string[] } | { readonly ui: Ui } | null;

export function clicked(context: Context, at: Point, walk: Walk): Clicked {
  const { lines } = frameOf(context);
  const hint = at.y === lines.length - 1 ? hintAt(lines[at.y] ?? [], at.x, hints(context)) : null;
  if (hint !== null) return { keys: [hint] };
  const direct = pointedAt(context, at);
  if (direct !== null) return direct === 'open' ? { keys: ['enter'] } : { ui: direct };
  const mode = modeOf(context.ui);
  return POINTED.has(mode) ? walkedTo(mode, lines, at, walk) : null;
}

function walkedTo(mode: Mode, lines: readonly Line[], at: Point, { press, ui, lines: shown }: Walk): Clicked {
  const isChart = CHARTS.has(mode);
  const tab = isChart ? chooseTab(lines, at, press) : null;
  if (tab !== null) return { ui: ui() };
  const found = (isChart ? chooseColumn(lines, at, press) : null) ?? chooseRow(lines, at.y, press, isChart ? 'first' : 'last');
  if (found === null) return null;
  const row = ui();
  if (mode === 'cohorts') chooseShare(shown(), at, press);
  return found === 'there' && ui() === row ? { keys: [AGAIN[mode] ?? 'enter'] } : { ui: ui() };
}

/** Where a row can be chosen by a click. */
const POINTED: ReadonlySet<Mode> = new Set<Mode>([
  ...REVENUE_MODES,
  ...(['matrix', 'outbox', 'rules', 'tasks', 'hygiene', 'settings', 'menu', 'columns', 'palette', 'play', 'templates', 'records'] as const),
]);
/** Where views stand beside each other, and columns above each other. */
const CHARTS: ReadonlySet<Mode> = new Set<Mode>(['matrix', ...REVENUE_MODES]);
/** What a click on the chosen row does where it is not to go on. */
const AGAIN: Partial<Record<Mode, string>> = { columns: 'space', play: 'space' };
