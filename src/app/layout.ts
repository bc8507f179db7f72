/** Which rows of the terminal belong to what. */
import { composeHeight } from '../screens/compose/view-model.ts';
import { playHeight } from '../screens/play/view-model.ts';
import { templatesHere } from './actions/editing.ts';
import type { Context } from './context.ts';
import { menuItems } from './menus.ts';
import { MINIMUM, type Overlay, type Size, topOverlay, topScreen } from './state.ts';

export interface Layout {
  readonly width: number;
  /** The screen between header and pane. */
  readonly body: number;
  /** Rows of the pane at the bottom: menu, question, editor; 0 without one. */
  readonly pane: number;
  readonly problem: boolean;
  /** A line that says which data has stopped. */
  readonly quiet: boolean;
  /** A line that says why there are no probabilities. */
  readonly unproven: boolean;
  /** The line that tells what changed. */
  readonly brief: boolean;
  /** A rule above the footer. */
  readonly rule: boolean;
}

/** From so many rows on there is room for rules. */
const ROOMY_ROWS = 20;

/** The palette keeps its height while one types, so that nothing jumps. */
const PALETTE_ROWS = 16;

/** It keeps its height while one types, as the palette does. */
const RECORDS_ROWS = 14;

/** A rule, the field's name, and lines of the text. */
const WORDS_ROWS = 10;

/** A pane takes at most this share of the rows, so that what it is about stays in sight. */
const PANE_SHARE = 0.62;
/** A form and a list to pick from need more of them. */
const WIDE_SHARE = 0.75;
const WIDE: ReadonlySet<Overlay['kind'] | undefined> = new Set<Overlay['kind']>(['editor', 'templates', 'records', 'preview']);

/** Rows of the header: above the screen. */
export const rowsAbove = ({ problem, quiet, unproven, brief }: Layout): number =>
  [true, problem, quiet, unproven, brief].filter(Boolean).length;

export const isTooSmall = ({ columns, rows }: Size): boolean => columns < MINIMUM.columns || rows < MINIMUM.rows;

export function layoutOf(context: Context): Layout {
  const { ui, status, snapshot } = context;
  const { columns, rows } = ui.size;
  const problem = status.problem !== null;
  const quiet = (snapshot?.feeds.length ?? 0) > 0;
  const unproven = snapshot?.unproven ?? false;
  const rule = rows >= ROOMY_ROWS;
  const brief = topScreen(ui).name === 'book' && rule && snapshot !== null;
  const free = rows - 2 - (problem ? 1 : 0) - (quiet ? 1 : 0) - (unproven ? 1 : 0) - (brief ? 1 : 0) - (rule ? 1 : 0);
  const pane = Math.min(paneHeight(context), Math.floor(free * (WIDE.has(topOverlay(ui)?.kind) ? WIDE_SHARE : PANE_SHARE)));
  return { width: columns, body: Math.max(1, free - pane), pane, problem, quiet, unproven, brief, rule };
}

/** Rows that the topmost overlay would like. */
function paneHeight(context: Context): number {
  const overlay = topOverlay(context.ui);
  switch (overlay?.kind) {
    case 'menu':
      return menuItems(overlay.menu, context).length + 2;
    case 'columns':
      return overlay.order.length + 2;
    case 'confirm':
    case 'key':
      return 4;
    case 'expression':
      return 4;
    case 'address':
    case 'ask':
      return 4;
    case 'words':
      return WORDS_ROWS;
    case 'palette':
      return PALETTE_ROWS;
    case 'play':
      return playHeight(overlay.pane, context.workspace.today, context.lang);
    case 'templates':
      return templatesHere(context).length + 2;
    case 'preview':
      return context.ui.size.rows;
    case 'records':
      return RECORDS_ROWS;
    case 'editor':
      return composeHeight(overlay.compose);
    default:
      return 0;
  }
}
