/** On to the next account when those that were acted on leave the list. */
import type { BookRow } from '../book/row.ts';
import type { Context } from './context.ts';
import { topScreen, type Ui } from './state.ts';

/** The cursor on the first row behind it that stays, else on the last one before; nothing moves on another screen, or where its row stays. */
export function advanced({ ui, list }: Context, leaves: (row: BookRow) => boolean): Ui {
  const { book } = ui;
  const place = book.selectedId === null ? undefined : list.places.get(book.selectedId);
  const here = place === undefined ? undefined : list.entries[place];
  if (topScreen(ui).name !== 'book' || place === undefined || here?.kind !== 'row' || !leaves(here.row)) return ui;
  const stays = (at: number): boolean => {
    const entry = list.entries[at];
    return entry?.kind === 'row' && !leaves(entry.row);
  };
  let next = place + 1;
  while (next < list.entries.length && !stays(next)) next += 1;
  if (next === list.entries.length) for (next = place - 1; next >= 0 && !stays(next); ) next -= 1;
  const entry = list.entries[next];
  return entry?.kind === 'row' ? { ...ui, book: { ...book, selectedId: entry.row.id, place: next } } : ui;
}
