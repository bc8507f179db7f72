/** Moving in whatever is on top: the book, a menu, a scrolled page. */
import { edgeScroll } from '../components/window.ts';
import { TIMELINE_STEP, timelineCounts } from '../screens/account/timeline.ts';
import { accountLastOffset, accountPage, FIRST_LOOK } from '../screens/account/view-model.ts';
import { rowNear, step } from '../screens/book/list.ts';
import { bookPage } from '../screens/book/view-model.ts';
import { previewLast, previewPage } from '../screens/compose/preview.ts';
import { helpPage } from '../screens/help/view-model.ts';
import { hygieneEntries, hygienePage, hygieneStep } from '../screens/hygiene/view-model.ts';
import { matrixStep } from '../screens/matrix/view-model.ts';
import { outboxPage } from '../screens/outbox/view-model.ts';
import { itemsOf } from '../screens/play/state.ts';
import { behindRows } from '../screens/revenue/behind.ts';
import { revenueScreens } from '../screens/revenue/screens.ts';
import { rulesPage } from '../screens/rules/view-model.ts';
import { settingsPage } from '../screens/settings/view-model.ts';
import { tasksPage } from '../screens/tasks/view-model.ts';
import type { Context } from './context.ts';
import { layoutOf } from './layout.ts';
import { menuItems } from './menus.ts';
import { topOverlay, topScreen, type Ui, withOverlay, withScreen } from './state.ts';

/** A distance: rows, or pages, or as far as it goes. */
export type Move = { readonly rows: number } | { readonly pages: number } | { readonly to: 'first' | 'last' };

/** Rows that a page moves on in a table below a chart. */
const TABLE_PAGE = 8;

const FAR = 1_000_000_000;

const distance = (move: Move, page: number): number =>
  'rows' in move ? move.rows : 'pages' in move ? move.pages * Math.max(1, page - 1) : move.to === 'first' ? -FAR : FAR;

const clamp = (value: number, last: number): number => Math.max(0, Math.min(last, value));

export function moved(context: Context, move: Move): Ui {
  const { ui } = context;
  const overlay = topOverlay(ui);
  if (overlay?.kind === 'menu') {
    const items = menuItems(overlay.menu, context);
    return withOverlay(ui, { ...overlay, index: clamp(overlay.index + distance(move, items.length), items.length - 1) });
  }
  if (overlay?.kind === 'play') {
    const items = itemsOf(overlay.pane, context.workspace.today, context.lang);
    const index = clamp(overlay.pane.index + distance(move, items.length), items.length - 1);
    return withOverlay(ui, { kind: 'play', pane: { ...overlay.pane, index, problem: null } });
  }
  if (overlay?.kind === 'columns') {
    const { length } = overlay.order;
    return withOverlay(ui, { ...overlay, index: clamp(overlay.index + distance(move, length), length - 1) });
  }
  const { body, pane } = layoutOf(context);
  if (overlay?.kind === 'preview') {
    const last = previewLast(overlay.text, ui.size.columns, pane);
    return withOverlay(ui, { ...overlay, offset: clamp(clamp(overlay.offset, last) + distance(move, previewPage(pane)), last) });
  }
  const screen = topScreen(ui);
  switch (screen.name) {
    case 'book':
      return movedInBook(context, distance(move, bookPage(body, context.workspace.personal().density)), body);
    case 'account': {
      const view = ui.account?.id === screen.id ? ui.account.view : null;
      const look = screen.look ?? FIRST_LOOK;
      const last = accountLastOffset({ view, width: ui.size.columns, height: body, lang: context.lang, look });
      const page = accountPage(body, ui.size.columns);
      const offset = clamp(clamp(screen.offset, last) + distance(move, page), last);
      // The end in sight: what is older is drawn before somebody gets there.
      const more = offset > last - page && view !== null && timelineCounts(view, look.find, context.lang).shown > look.shown;
      return withScreen(ui, { ...screen, offset, ...(more ? { look: { ...look, shown: look.shown + TIMELINE_STEP } } : {}) });
    }
    // The model knows how long these pages are and holds them to it.
    case 'help':
      return withScreen(ui, { ...screen, offset: Math.max(0, screen.offset + distance(move, helpPage(body))) });
    case 'revenue':
    case 'churn':
    case 'cohorts':
    case 'products': {
      const input = { place: screen, answers: ui.revenue, width: ui.size.columns, height: body, lang: context.lang };
      const { rows } = revenueScreens[screen.name].extent(input);
      return withScreen(ui, { ...screen, row: clamp(clamp(screen.row, rows - 1) + distance(move, TABLE_PAGE), rows - 1) });
    }
    case 'behind': {
      const rows = behindRows(ui.revenue, screen.of).length;
      return withScreen(ui, { ...screen, row: clamp(clamp(screen.row, rows - 1) + distance(move, body - 3), rows - 1) });
    }
    case 'matrix': {
      const input = {
        snapshot: context.snapshot,
        view: screen.view,
        at: screen.at,
        width: ui.size.columns,
        height: body,
        lang: context.lang,
      };
      return withScreen(ui, { ...screen, at: matrixStep(input, 0, distance(move, 2)) });
    }
    case 'rules': {
      const count = ui.rules?.view?.stats.length ?? 0;
      const page = rulesPage(body);
      const index = clamp(screen.index + distance(move, page), Math.max(0, count - 1));
      return withScreen(ui, { ...screen, index, offset: edgeScroll(screen.offset, index, page, count) });
    }
    case 'settings':
      return withScreen(ui, { ...screen, index: Math.max(0, screen.index + distance(move, settingsPage(body))) });
    case 'hygiene': {
      const entries = hygieneEntries(context.workspace.hygiene());
      const page = hygienePage(body);
      const index = hygieneStep(entries, screen.index, distance(move, page));
      const offset = edgeScroll(screen.offset, index, page, entries.length);
      // The words of the first group come back into sight with its first item.
      return withScreen(ui, { ...screen, index, offset: index <= 1 ? 0 : offset });
    }
    case 'tasks': {
      const tasks = ui.tasks ?? [];
      const page = tasksPage(body);
      const index = clamp(tasks.findIndex(({ id }) => id === screen.selectedId) + distance(move, page), tasks.length - 1);
      return withScreen(ui, {
        ...screen,
        selectedId: tasks[index]?.id ?? null,
        offset: edgeScroll(screen.offset, index, page, tasks.length),
      });
    }
    case 'outbox': {
      const rows = ui.outbox ?? [];
      const page = outboxPage(body);
      const index = clamp(rows.findIndex((row) => row.id === screen.selectedId) + distance(move, page), rows.length - 1);
      return withScreen(ui, {
        ...screen,
        selectedId: rows[index]?.id ?? null,
        offset: edgeScroll(screen.offset, index, page, rows.length),
      });
    }
  }
}

function movedInBook(context: Context, by: number, body: number): Ui {
  const { ui, list } = context;
  const { book } = ui;
  const here = (book.selectedId === null ? undefined : list.places.get(book.selectedId)) ?? book.place;
  const found = Math.abs(by) >= FAR ? rowNear(list, by < 0 ? 0 : list.entries.length - 1) : step(list, here, by);
  if (!found) return ui;
  const offset = edgeScroll(book.offset, found.place, bookPage(body, context.workspace.personal().density), list.entries.length);
  return { ...ui, book: { ...book, selectedId: found.row.id, place: found.place, offset: by < 0 && found.place <= 1 ? 0 : offset } };
}

/**
 * Puts the selection back where it belongs after the list, the size or the pane changed: on the same account, at the
 * same height of the screen where that can be; on the nearest row where the account is gone.
 */
export function settled(context: Context): Ui {
  const { ui, list } = context;
  const { book } = ui;
  const page = bookPage(layoutOf(context).body, context.workspace.personal().density);
  const place = book.selectedId === null ? undefined : list.places.get(book.selectedId);
  const found = place === undefined ? rowNear(list, book.place) : { place, row: { id: book.selectedId } };
  if (!found)
    return book.selectedId === null && book.offset === 0 ? ui : { ...ui, book: { ...book, selectedId: null, place: 0, offset: 0 } };
  const kept = book.offset + (found.place - book.place);
  const offset = edgeScroll(Math.max(0, kept), found.place, page, list.entries.length);
  if (found.row.id === book.selectedId && found.place === book.place && offset === book.offset) return ui;
  return { ...ui, book: { ...book, selectedId: found.row.id, place: found.place, offset } };
}
