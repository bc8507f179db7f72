/** Tables on a terminal that is narrower than they are. */
import { width } from '../text/cells.ts';
import { type Clean, literal } from '../text/clean.ts';
import { type Column, widthsOf } from './table.ts';

export interface Piece {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Clean[])[];
}

const BETWEEN = 2;

/**
 * The table in pieces of at most `cells`, one below the other, each beginning with the columns that say whose row it is.
 * Columns without a title, which hold bars, go first. A single column that is wider than the terminal stays so.
 */
export function inPieces(columns: readonly Column[], rows: Piece['rows'], cells: number): readonly Piece[] {
  const whole = { columns, rows };
  if (fits(whole, cells)) return [whole];
  const bare = taken(
    whole,
    columns.flatMap(({ title }, place) => (title === '' ? [] : [place])),
  );
  if (fits(bare, cells)) return [bare];
  const widths = widthsOf(bare.columns, bare.rows);
  const head = headOf(bare, widths, cells);
  const room = cells - head.reduce((sum, place) => sum + (widths[place] ?? 0) + BETWEEN, 0);
  const groups: number[][] = [];
  let left = 0;
  for (const [place, wide] of widths.entries()) {
    if (head.includes(place)) continue;
    const last = groups.at(-1);
    if (last && wide <= left) {
      last.push(place);
      left -= wide + BETWEEN;
    } else {
      groups.push([place]);
      left = room - wide - BETWEEN;
    }
  }
  return groups.map((group) => taken(bare, [...head, ...group]));
}

/** The first column, and those up to a name (the columns that have a limit) where half of the terminal holds them. */
function headOf({ columns }: Piece, widths: readonly number[], cells: number): readonly number[] {
  const name = columns.findIndex(({ max }) => max !== undefined);
  const wide = widths.slice(0, name + 1).reduce((sum, one) => sum + one + BETWEEN, 0);
  const last = name > 0 && name < 3 && wide <= cells * 0.6 ? name : 0;
  return Array.from({ length: last + 1 }, (_, place) => place);
}

const fits = ({ columns, rows }: Piece, cells: number): boolean => {
  const widths = widthsOf(columns, rows);
  const last = columns.length - 1;
  // The last column of a line is never cut.
  const widest = rows.reduce((most, row) => Math.max(most, width(row[last] ?? literal(''))), widths[last] ?? 0);
  return widths.slice(0, -1).reduce((sum, one) => sum + one + BETWEEN, widest) <= cells;
};

const taken = ({ columns, rows }: Piece, places: readonly number[]): Piece => ({
  columns: places.flatMap((place) => columns[place] ?? []),
  rows: rows.map((row) => places.map((place) => row[place] ?? literal(''))),
});
