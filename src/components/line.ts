/** One row of the terminal as pieces of clean text, each with a tone. Screens are made of lines; nothing else is drawn. */
import { width as cellWidth, cut } from '../text/cells.ts';
import type { Clean } from '../text/clean.ts';
import { isSafeUrl } from '../text/links.ts';
import type { Tone } from './theme.ts';

export interface Span {
  readonly text: Clean;
  readonly tone: Tone;
  /** The page that the words lead to. */
  readonly link?: string;
}

export type Line = readonly Span[];

export const span = (text: Clean, tone: Tone = 'plain'): Span => ({ text, tone });

/** Words that lead to a page, where there is one and its address is to be trusted. */
export const linkSpan = (text: Clean, tone: Tone, url: string | null): Span =>
  url !== null && isSafeUrl(url) ? { text, tone, link: url } : { text, tone };

const blank = (cells: number): Span => span(' '.repeat(cells) as Clean);

export const emptyLine: Line = [];

export const gap = (cells: number): Span => blank(Math.max(0, cells));

export const lineWidth = (line: Line): number => line.reduce((sum, one) => sum + cellWidth(one.text), 0);

/** At most `cells` wide; what is cut off leaves a `…`. */
export function cutLine(line: Line, cells: number): Line {
  if (lineWidth(line) <= cells) return line;
  const kept: Span[] = [];
  let room = Math.max(0, cells);
  for (const one of line) {
    const own = cellWidth(one.text);
    if (own < room) {
      kept.push(one);
      room -= own;
      continue;
    }
    if (room > 0) kept.push({ ...one, text: cut(`${one.text}…` as Clean, room) });
    break;
  }
  return kept;
}

/** Exactly `cells` wide: cut or filled with blanks behind. */
export function fitLine(line: Line, cells: number): Line {
  const short = cutLine(line, cells);
  const missing = cells - lineWidth(short);
  return missing > 0 ? [...short, blank(missing)] : short;
}

/** `left` from the left edge, `right` ending at `cells`; the right part stays whole, the left one gives way. */
export function spread(left: Line, right: Line, cells: number): Line {
  const tail = cutLine(right, cells);
  const room = cells - lineWidth(tail);
  return tail.length === 0 ? cutLine(left, cells) : [...fitLine(cutLine(left, Math.max(0, room - 1)), room), ...tail];
}

/** Side by side with `divider` between; the shorter column is filled up. */
export function beside(left: readonly Line[], leftWidth: number, divider: Span, right: readonly Line[]): Line[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, row) => [
    ...fitLine(left[row] ?? emptyLine, leftWidth),
    divider,
    ...(right[row] ?? emptyLine),
  ]);
}

const rules = new Map<number, Line>();

/** A horizontal rule; the same object for the same width. */
export function rule(cells: number): Line {
  let line = rules.get(cells);
  if (!line) {
    line = [span('─'.repeat(Math.max(0, cells)) as Clean, 'quiet')];
    rules.set(cells, line);
  }
  return line;
}
