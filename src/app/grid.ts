/** Lines as the terminal's cells: what stands in each, and in what style. */
import type { Line } from '../components/line.ts';
import type { Theme, Tone } from '../components/theme.ts';
import { characters, isPlain, width } from '../text/cells.ts';
import type { Clean } from '../text/clean.ts';
import { inAscii } from '../text/glyphs.ts';
import { sgrOf } from './sgr.ts';

export interface Cell {
  /** One character; '' behind a wide one. */
  readonly text: string;
  /** SGR parameters in force, e.g. `1;31`; '' for none. */
  readonly style: string;
  /** The page that it leads to; absent: none. */
  readonly link?: string;
}

export interface Row {
  /** As many as the terminal has columns. */
  readonly cells: readonly Cell[];
  /** Has a character on whose width terminals disagree. */
  readonly risky: boolean;
}

export const BLANK: Cell = { text: ' ', style: '' };

let risky: RegExp | undefined;
/** Unicode tables are built when a text first needs them, which most screens never do. */
function isRisky(text: string): boolean {
  risky ??= /\p{M}|\p{Emoji_Presentation}|[\u2600-\u27bf]|\u200d|\ufe0f/u;
  return risky.test(text);
}

/** Whether a style shows on a blank as well: underlined or inverse. */
export const drawsBlanks = (style: string): boolean => /^(?:[12];)*[47](?:;|$)/.test(style);

/** The same row for the same line. */
export type Brush = (line: Line) => Row;

export interface BrushLooks {
  readonly theme: Theme;
  readonly ascii: boolean;
  /** Bits of colour. */
  readonly bits: number;
  /** Whether words may be links. */
  readonly links: boolean;
}

/** Lays lines out for a terminal of so many columns. What does not fit is left out, never half of a wide character. */
export function createBrush({ theme, ascii, bits, links }: BrushLooks, columns: number): Brush {
  const laid = new WeakMap<Line, Row>();
  const styles = new Map<Tone, string>();
  const cells = new Map<string, Map<string, Cell>>();

  const styleOf = (tone: Tone): string => {
    let style = styles.get(tone);
    if (style === undefined) {
      style = sgrOf(theme[tone], bits);
      styles.set(tone, style);
    }
    return style;
  };

  /** One object a character and style: rows are compared by it. */
  const cellsIn = (style: string, link?: string): ((text: string) => Cell) => {
    const key = link === undefined ? style : `${style} ${link}`;
    let known = cells.get(key);
    if (!known) {
      known = new Map(drawsBlanks(style) || link !== undefined ? [] : [[' ', BLANK]]);
      cells.set(key, known);
    }
    const found = known;
    return (text) => {
      let cell = found.get(text);
      if (!cell) {
        cell = link === undefined ? { text, style } : { text, style, link };
        found.set(text, cell);
      }
      return cell;
    };
  };

  function lay(line: Line): Row {
    const row: Cell[] = [];
    let isOdd = false;
    for (const { text: drawn, tone, link } of line) {
      const text = ascii ? inAscii(drawn) : drawn;
      const cellOf = cellsIn(styleOf(tone), links ? link : undefined);
      isOdd ||= !isPlain(text) && isRisky(text);
      for (const character of characters(text)) {
        const own = width(character as Clean);
        if (own === 0 || row.length + own > columns) continue;
        row.push(cellOf(character));
        if (own === 2) row.push(cellOf(''));
      }
    }
    while (row.length < columns) row.push(BLANK);
    return { cells: row, risky: isOdd };
  }

  return (line) => {
    let row = laid.get(line);
    if (!row) {
      row = lay(line);
      laid.set(line, row);
    }
    return row;
  };
}
