/** What a click means where it can be told from the picture alone: rows, tabs and titles of the list, cells of a matrix. */

import { bookAt } from '../screens/book/view-model.ts';
import { matrixAt } from '../screens/matrix/view-model.ts';
import { sortedBy } from './actions/columns.ts';
import type { Context } from './context.ts';
import { bookInput } from './frame.ts';
import { layoutOf, rowsAbove } from './layout.ts';
import type { Point } from './pointer.ts';
import { topOverlay, topScreen, type Ui, withScreen } from './state.ts';

/** The state after a click; `open`: it was on what is chosen already; null: it means nothing here. */
export function pointedAt(context: Context, { x, y }: Point): Ui | 'open' | null {
  const { ui } = context;
  if (topOverlay(ui) !== null) return null;
  const screen = topScreen(ui);
  const layout = layoutOf(context);
  const at = { x, y: y - rowsAbove(layout) };
  if (at.y < 0 || at.y >= layout.body) return null;
  if (screen.name === 'book') return inBook(context, layout.body, at);
  if (screen.name !== 'matrix') return null;
  const { snapshot, lang } = context;
  const found = matrixAt({ snapshot, view: screen.view, at: screen.at, width: layout.width, height: layout.body, lang }, at);
  return found === null ? null : found.here ? 'open' : withScreen(ui, { ...screen, at: found.at });
}

function inBook(context: Context, height: number, at: Point): Ui | 'open' | null {
  const { ui } = context;
  const { book } = ui;
  const found = bookAt(bookInput(context, height), at);
  switch (found?.kind) {
    case 'row':
      return found.id === book.selectedId ? 'open' : { ...ui, book: { ...book, selectedId: found.id, place: found.place } };
    case 'tab':
      return found.filter === book.segment
        ? ui
        : { ...ui, book: { ...book, segment: found.filter, selectedId: null, place: 0, offset: 0 } };
    case 'title':
      return sortedBy(ui, found.sort);
    default:
      return null;
  }
}
