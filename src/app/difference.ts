/**
 * What is to be written so that a terminal shows other cells than before. Only cells that differ are written: a cursor
 * that moves down a wide table changes a few cells of two rows, and a list that scrolls is moved by the terminal itself.
 */
import { LINK_END, linkStart } from '../text/links.ts';
import { BLANK, type Cell, drawsBlanks, type Row } from './grid.ts';

const ESC = '\u001b';
/** Fewer rows are not worth moving; of those that are, most must be the same after the move. */
const SCROLL_FROM = 6;
const SCROLL_SHARE = 0.6;
/** Between two changed runs, so many equal cells are cheaper written again than jumped over. */
const BRIDGE = 4;

const WRAP_OFF = `${ESC}[?7l`;
const WRAP_ON = `${ESC}[?7h`;

const EMPTY: Row = { cells: [], risky: false };

/** `shown`: what the terminal shows; null where that is not known, and everything is drawn anew. Both of the same size. */
export function difference(shown: readonly Row[] | null, wanted: readonly Row[]): string {
  const before = shown && [...shown];
  let out = before ? scrolled(before, wanted) : `${ESC}[0m${ESC}[H${ESC}[2J`;
  for (const [y, row] of wanted.entries()) if (before?.[y] !== row) out += rowDifference(y, before?.[y] ?? EMPTY, row);
  return out;
}

const same = (a: Cell = BLANK, b: Cell = BLANK): boolean => a === b || (a.text === b.text && a.style === b.style && a.link === b.link);

const sameRow = (a: Row | undefined, b: Row | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && a.cells.every((cell, x) => same(cell, b.cells[x])));

/**
 * Where a block of rows only moved up or down, as a list does at its edge, the terminal is told to move it. `before` is
 * changed to what the terminal shows then.
 */
function scrolled(before: Row[], wanted: readonly Row[]): string {
  const changed = wanted.map((row, y) => !sameRow(row, before[y]));
  const top = changed.indexOf(true);
  const bottom = changed.lastIndexOf(true);
  if (bottom - top < SCROLL_FROM) return '';
  for (const by of [1, -1]) {
    let moved = 0;
    for (let y = top; y <= bottom; y++) if (y + by >= top && y + by <= bottom && sameRow(wanted[y], before[y + by])) moved += 1;
    if (moved < (bottom - top) * SCROLL_SHARE) continue;
    before.splice(by > 0 ? top : bottom, 1);
    before.splice(by > 0 ? bottom : top, 0, EMPTY);
    return `${ESC}[0m${ESC}[${top + 1};${bottom + 1}r${ESC}[${by > 0 ? 'S' : 'T'}${ESC}[r`;
  }
  return '';
}

function rowDifference(y: number, before: Row, { cells: line, risky }: Row): string {
  const columns = line.length;
  const isSame = (x: number): boolean => same(before.cells[x], line[x]);
  let out = '';
  let x = 0;
  while (x < columns && isSame(x)) x += 1;
  if (x === columns) return '';
  const end = lastInk(line) + 1;
  // Where terminals disagree on a width the row is drawn whole, so that nothing stays misplaced, and never runs into the next.
  if (risky || before.risky) return `${ESC}[${y + 1}H${ESC}[2K${WRAP_OFF}${painted(line, 0, end)}${WRAP_ON}`;
  while (x < columns) {
    let to = x + 1;
    for (let ahead = to, equal = 0; ahead < columns && equal <= BRIDGE; ahead++) {
      if (isSame(ahead)) equal += 1;
      else {
        equal = 0;
        to = ahead + 1;
      }
    }
    while (line[to]?.text === '') to += 1;
    while (x > 0 && line[x]?.text === '') x -= 1;
    out += `${ESC}[${y + 1};${x + 1}H${painted(line, x, Math.min(to, Math.max(x, end)))}`;
    if (to > end) return `${out}${ESC}[K`;
    x = to;
    while (x < columns && isSame(x)) x += 1;
  }
  return out;
}

/** The last cell that is not blank; −1 in an empty row. */
const lastInk = (line: readonly Cell[]): number => line.findLastIndex((cell) => cell.style !== '' || cell.text !== ' ');

/** The cells from `from` up to `to` as text with its styles and links, ending in none. A plain blank looks the same in most styles. */
function painted(line: readonly Cell[], from: number, to: number): string {
  let out = '';
  let style = '';
  let link: string | undefined;
  for (let x = from; x < to; x++) {
    const { text, style: own, link: page } = line[x] ?? BLANK;
    if (page !== link) {
      out += page === undefined ? LINK_END : linkStart(page);
      link = page;
    }
    if (own !== style && (text !== ' ' || own !== '' || drawsBlanks(style))) {
      out += `${ESC}[0${own === '' ? '' : `;${own}`}m`;
      style = own;
    }
    out += text;
  }
  if (link !== undefined) out += LINK_END;
  return style === '' ? out : `${out}${ESC}[0m`;
}
