/**
 * Stands between Ink and the terminal and writes only the cells that changed.
 *
 * Ink rewrites a changed line from its first changed cell to its end: a cursor that moves down a wide table costs two
 * whole rows. Here what Ink writes is played onto a grid; after each frame the cells that differ from what the terminal
 * shows are written. A sequence that the grid does not know goes to the terminal as it is, and everything is drawn anew
 * after it.
 */
import { characters, width } from '../text/cells.ts';
import type { Clean } from '../text/clean.ts';
import { styled } from './sgr.ts';

interface Cell {
  /** One character; '' behind a wide one. */
  readonly text: string;
  /** SGR parameters in force, e.g. `1;31`; '' for none. */
  readonly style: string;
}

type Row = Cell[];

const BLANK: Cell = { text: ' ', style: '' };
const ESC = '\u001b';
const HIDE = `${ESC}[?25l`;
const SHOW = `${ESC}[?25h`;
const BEGIN = `${ESC}[?2026h`;
const END = `${ESC}[?2026l`;
/** Characters from which on a frame is marked as one piece, for terminals that then show it at once. */
const LARGE = 600;
/** Fewer rows are not worth moving; of those that are, most must be the same after the move. */
const SCROLL_FROM = 6;
const SCROLL_SHARE = 0.6;

const TOKEN = /\u001b\[([?>]?)([\d;]*)([A-Za-z])|\r|\n|[^\u001b\r\n]+|\u001b/g;
/** Between two changed runs, so many equal cells are cheaper written again than jumped over. */
const BRIDGE = 4;
/** Characters on whose width terminals disagree: a row that has one is drawn whole, so that nothing stays misplaced. */
const RISKY = /\p{M}|\p{Emoji_Presentation}|[\u2600-\u27bf]|\u200d|\ufe0f/u;

export interface CellOutput {
  /** What is to be written to the terminal for what Ink wrote. */
  take(data: string): string;
}

/** Written besides whenever the alternate screen is entered and left, by whatever way: modes of our own. */
export interface OwnModes {
  readonly enter: string;
  readonly leave: string;
}

export const NO_MODES: OwnModes = { enter: '', leave: '' };

export function createCellOutput(size: () => { readonly columns: number; readonly rows: number }, own: OwnModes = NO_MODES): CellOutput {
  let { columns, rows } = size();
  let wanted = grid();
  /** null where it is not known what the terminal shows. */
  let shown: Row[] | null = null;
  let row = 0;
  let column = 0;
  let style = '';
  let cursorShown = false;
  /** Where the terminal shows its cursor; '' where it is hidden. */
  let cursorAt = '';
  /** Ink is in the middle of a frame. */
  let frozen = false;
  /** On the alternate screen; elsewhere everything passes. */
  let active = false;

  function grid(): Row[] {
    return Array.from({ length: rows }, () => Array.from({ length: columns }, () => BLANK));
  }

  function resized(): void {
    const now = size();
    if (now.columns === columns && now.rows === rows) return;
    const before = wanted;
    ({ columns, rows } = now);
    wanted = grid();
    for (let y = 0; y < Math.min(rows, before.length); y++) wanted[y] = wanted[y]?.map((cell, x) => before[y]?.[x] ?? cell) ?? [];
    row = Math.min(row, rows - 1);
    column = Math.min(column, columns - 1);
    shown = null;
  }

  function put(text: string): void {
    for (const character of characters(text as Clean)) {
      const cells = width(character as Clean);
      if (cells === 0 || column + cells > columns) continue;
      const line = wanted[row];
      if (!line) return;
      // Half of a wide character that is written over leaves a blank.
      if (line[column]?.text === '' && column > 0) line[column - 1] = BLANK;
      line[column] = { text: character, style };
      if (cells === 2) line[column + 1] = { text: '', style };
      column += cells;
      if (line[column]?.text === '') line[column] = BLANK;
    }
  }

  function newline(): void {
    column = 0;
    if (row < rows - 1) row += 1;
    else {
      wanted.shift();
      wanted.push(Array.from({ length: columns }, () => BLANK));
    }
  }

  const erase = (line: Row | undefined, from: number): void => {
    if (line?.[from]?.text === '' && from > 0) line[from - 1] = BLANK;
    line?.fill(BLANK, from);
  };

  /** One control sequence on the grid; false where the grid does not know it. */
  function control(final: string, parameters: string): boolean {
    const [first = '', second = ''] = parameters.split(';');
    const count = Math.max(1, Number(first || 1));
    switch (final) {
      case 'A':
        row = Math.max(0, row - count);
        return true;
      case 'B':
        row = Math.min(rows - 1, row + count);
        return true;
      case 'C':
        column = Math.min(columns - 1, column + count);
        return true;
      case 'D':
        column = Math.max(0, column - count);
        return true;
      case 'E':
        row = Math.min(rows - 1, row + count);
        column = 0;
        return true;
      case 'G':
        column = Math.min(columns - 1, count - 1);
        return true;
      case 'H':
        row = Math.min(rows - 1, count - 1);
        column = Math.min(columns - 1, Math.max(1, Number(second || 1)) - 1);
        return true;
      case 'K':
        if (first === '' || first === '0') erase(wanted[row], column);
        else if (first === '2') erase(wanted[row], 0);
        else return false;
        return true;
      case 'J':
        if (first !== '' && first !== '0') return false;
        erase(wanted[row], column);
        for (let y = row + 1; y < rows; y++) erase(wanted[y], 0);
        return true;
      case 'm':
        style = styled(style, parameters);
        return true;
      default:
        return false;
    }
  }

  /** What brings the terminal from `shown` to `wanted`. */
  function difference(): string {
    let out = shown ? scrolled(shown) : `${ESC}[0m${ESC}[H${ESC}[2J`;
    const before = shown;
    for (let y = 0; y < rows; y++) out += rowDifference(y, before?.[y] ?? null);
    shown = wanted.map((line) => [...line]);
    return out;
  }

  /**
   * Where a block of rows only moved up or down, as a list does at its edge, the terminal is told to move it. `before`
   * is changed to what the terminal shows then.
   */
  function scrolled(before: Row[]): string {
    const changed = wanted.map((line, y) => !sameRow(line, before[y]));
    const top = changed.indexOf(true);
    const bottom = changed.lastIndexOf(true);
    if (bottom - top < SCROLL_FROM) return '';
    for (const by of [1, -1]) {
      let moved = 0;
      for (let y = top; y <= bottom; y++) if (y + by >= top && y + by <= bottom && sameRow(wanted[y], before[y + by])) moved += 1;
      if (moved < (bottom - top) * SCROLL_SHARE) continue;
      const blank = Array.from({ length: columns }, () => BLANK);
      before.splice(by > 0 ? top : bottom, 1);
      before.splice(by > 0 ? bottom : top, 0, blank);
      return `${ESC}[0m${ESC}[${top + 1};${bottom + 1}r${ESC}[${by > 0 ? 'S' : 'T'}${ESC}[r`;
    }
    return '';
  }

  function rowDifference(y: number, before: Row | null): string {
    const line = wanted[y] ?? [];
    const same = (x: number): boolean => {
      const a = before?.[x] ?? BLANK;
      const b = line[x] ?? BLANK;
      return a === b || (a.text === b.text && a.style === b.style);
    };
    let out = '';
    let x = 0;
    while (x < columns && same(x)) x += 1;
    if (x === columns) return '';
    if ([...line, ...(before ?? [])].some(({ text }) => RISKY.test(text)))
      return `${ESC}[${y + 1}H${ESC}[2K${painted(line, 0, lastInk(line) + 1)}`;
    const end = lastInk(line) + 1;
    while (x < columns) {
      let to = x + 1;
      for (let ahead = to, equal = 0; ahead < columns && equal <= BRIDGE; ahead++) {
        if (same(ahead)) equal += 1;
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
      while (x < columns && same(x)) x += 1;
    }
    return out;
  }

  const flushed = (): string => {
    if (!active || frozen) return '';
    const drawn = difference();
    const place = cursorShown ? `${ESC}[${row + 1};${column + 1}H` : '';
    if (drawn === '' && place === cursorAt) return '';
    const hide = cursorAt === '' ? '' : HIDE;
    cursorAt = place;
    const out = hide + drawn + (cursorShown ? place + SHOW : '');
    return out.length > LARGE ? BEGIN + out + END : out;
  };

  /** A mode that Ink sets. What was drawn before it goes out before it. */
  function mode(token: string, parameters: string, final: string): string {
    const on = final === 'h';
    if (parameters === '1049') {
      const before = on ? '' : HIDE;
      active = on;
      frozen = false;
      wanted = grid();
      shown = null;
      row = 0;
      column = 0;
      cursorAt = '';
      cursorShown = false;
      // Ink does not say so when it steps aside for a while.
      return on ? token + HIDE + own.enter : own.leave + before + token + SHOW;
    }
    if (!active) return token;
    if (parameters === '2026') frozen = on;
    else if (parameters === '25') cursorShown = on;
    else return flushed() + token;
    return frozen ? '' : flushed();
  }

  return {
    take(data) {
      resized();
      let out = '';
      for (const match of data.matchAll(TOKEN)) {
        const [token, prefix = '', parameters = '', final = ''] = match;
        if (final !== '' && prefix === '?') out += mode(token, parameters, final);
        else if (!active) out += token;
        else if (final !== '') {
          if (prefix !== '' || !control(final, parameters)) out += foreign(token);
        } else if (token === '\n') newline();
        else if (token === '\r') column = 0;
        else if (token === ESC) return out + flushed() + foreign(data.slice(match.index));
        else put(token);
      }
      return out + flushed();
    },
  };

  function foreign(token: string): string {
    shown = null;
    return token;
  }
}

const sameRow = (a: Row | undefined, b: Row | undefined): boolean =>
  a !== undefined && b !== undefined && a.every((cell, x) => cell === b[x] || (cell.text === b[x]?.text && cell.style === b[x]?.style));

/** The last cell that is not blank; −1 in an empty row. */
const lastInk = (line: Row): number => line.findLastIndex((cell) => cell.style !== '' || cell.text !== ' ');

/** The cells from `from` up to `to` as text with its styles, ending in none. */
function painted(line: Row, from: number, to: number): string {
  let out = '';
  let style = '';
  for (let x = from; x < to; x++) {
    const { text, style: own } = line[x] ?? BLANK;
    if (own !== style) {
      out += `${ESC}[0${own === '' ? '' : `;${own.replaceAll('|', ';')}`}m`;
      style = own;
    }
    out += text;
  }
  return style === '' ? out : `${out}${ESC}[0m`;
}
