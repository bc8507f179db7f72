/** Terminal cells: the only place that measures, cuts and pads. Takes and gives `Clean` text. */
import stringWidth from 'string-width';
import type { Clean } from './clean.ts';

export interface FitOptions {
  /** Stands where text was cut off; default `…`, empty for none. */
  readonly ellipsis?: string;
  /** Where the text stands in its cells; default `left`. */
  readonly align?: 'left' | 'right';
}

const ASCII = /^[\x20-\x7e]*$/;
const CACHE_SIZE = 4096;
/** Long texts are measured seldom and would fill the memory. */
const CACHED_LENGTH = 256;
const cache = new Map<string, number>();
let segmenter: Intl.Segmenter | undefined;

/** Plain text never asks for it, and the first frame is mostly that. */
const graphemesOf = (text: string): Intl.Segments => {
  segmenter ??= new Intl.Segmenter('und', { granularity: 'grapheme' });
  return segmenter.segment(text);
};

/** Each code unit is one character of known width: no marks, joiners, selectors, emoji or halves of a pair. Checked against the library. */
const PLAIN =
  /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u2319\u2500-\u25fc\u3001-\u3029\u3041-\u3096\u309b-\u30ff\u4e00-\u9fff\uff01-\uff9d]*$/;
const FIRST_WIDE = 0x3000;
const HALF_WIDTH = 0xff61;

/** Whether each code unit of `text` is a character of its own, on whose width all terminals of one sort agree. */
export const isPlain = (text: string): boolean => PLAIN.test(text);

/** Cells of plain text where open widths are narrow. */
function plainWidth(text: string): number {
  let cells = text.length;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > FIRST_WIDE && code < HALF_WIDTH) cells += 1;
  }
  return cells;
}

/** Cells of a character whose width Unicode leaves open; terminals set up for Japanese give it two. */
let ambiguous: 1 | 2 = 1;

/** Says what the terminal does with such characters. Once, when the program starts: what was laid out before is wrong. */
export function setAmbiguousWidth(cells: 1 | 2): void {
  if (cells === ambiguous) return;
  ambiguous = cells;
  cache.clear();
}

/** A character that the library cannot take must not end the program: it counts two cells a code point, never too few. */
function safeWidth(text: string): number {
  try {
    return stringWidth(text, { ambiguousIsNarrow: ambiguous === 1 });
  } catch {
    let cells = 0;
    for (const { segment } of graphemesOf(text)) {
      try {
        cells += stringWidth(segment, { ambiguousIsNarrow: ambiguous === 1 });
      } catch {
        cells += [...segment].length * 2;
      }
    }
    return cells;
  }
}

function measure(text: string): number {
  if (ASCII.test(text)) return text.length;
  if (ambiguous === 1 && PLAIN.test(text)) return plainWidth(text);
  const known = cache.get(text);
  if (known !== undefined) return known;
  const cells = safeWidth(text);
  if (text.length <= CACHED_LENGTH) {
    if (cache.size >= CACHE_SIZE) cache.clear();
    cache.set(text, cells);
  }
  return cells;
}

const oneLine = (text: string): string => (text.includes('\n') ? text.replace(/\n+/g, ' ') : text);
const blank = (cells: number): string => ' '.repeat(Math.max(0, cells));
const wholeCells = (cells: number): number => (cells > 0 ? Math.floor(cells) : 0);

/** Cells that `text` takes on one line; line breaks count nothing. */
export const width = (text: Clean): number => measure(text);

/** The characters of `text` as a reader counts them. */
export const characters = (text: Clean): Clean[] =>
  PLAIN.test(text) ? (text.split('') as Clean[]) : Array.from(graphemesOf(text), ({ segment }) => segment as Clean);

/** The longest start of `text` that takes at most `cells`, ending between two characters. */
function head(text: string, cells: number): string {
  let used = 0;
  if (PLAIN.test(text)) {
    for (let at = 0; at < text.length; at++) {
      used += measure(text.charAt(at));
      if (used > cells) return text.slice(0, at);
    }
    return text;
  }
  for (const { segment, index } of graphemesOf(text)) {
    used += measure(segment);
    if (used > cells) return text.slice(0, index);
  }
  return text;
}

function shorten(text: string, cells: number, ellipsis: string): string {
  if (measure(text) <= cells) return text;
  const mark = measure(ellipsis) <= cells ? ellipsis : '';
  return head(text, cells - measure(mark)) + mark;
}

/** `text` in one line of at most `cells`. */
export const cut = (text: Clean, cells: number, ellipsis = '…'): Clean => shorten(oneLine(text), wholeCells(cells), ellipsis) as Clean;

/**
 * `text` in one line of exactly `cells`: cut between characters, never through a wide one, and filled with spaces.
 * `width(fit(text, n)) === n` for every text and n ≥ 0.
 */
export function fit(text: Clean, cells: number, options: FitOptions = {}): Clean {
  const room = wholeCells(cells);
  let body = shorten(oneLine(text), room, options.ellipsis ?? '…');
  // A letter that joins what follows it measures less with a space behind than alone: then it goes.
  for (;;) {
    const gap = blank(room - measure(body));
    const line = options.align === 'right' ? gap + body : body + gap;
    if (measure(line) === room) return line as Clean;
    body = head(body, measure(body) - 1);
  }
}

/** At least `cells` wide, filled with spaces before the text; never cuts. */
export const padStart = (text: Clean, cells: number): Clean => (blank(wholeCells(cells) - measure(text)) + text) as Clean;

/** At least `cells` wide, filled with spaces behind the text; never cuts. */
export const padEnd = (text: Clean, cells: number): Clean => (text + blank(wholeCells(cells) - measure(text))) as Clean;

/** May not begin a line: closing brackets, stops, small kana, marks of length and repetition. */
const NOT_FIRST =
  /^[)\]}.,:;!?%、。，．・：；！？）］｝〕〉》」』】〙〗〟’”»ーぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ々〻ゝゞヽヾ゛゜…‥～〜％℃]/;
/** May not end a line: opening brackets, currency signs. */
const NOT_LAST = /[([{（［｛〔〈《「『【〘〖〝‘“«¥￥＄$£€#＃]$/;

interface Piece {
  readonly text: string;
  readonly cells: number;
  readonly blank: boolean;
}

/** Pieces between which a line may break: words, runs of blanks, single wide characters with what may not leave them. */
function pieces(line: string): Piece[] {
  const found: { text: string; cells: number; blank: boolean; wide: boolean }[] = [];
  for (const { segment } of graphemesOf(line)) {
    const cells = measure(segment);
    const isBlank = segment === ' ' || segment === '\u3000';
    const wide = cells > 1;
    const last = found.at(-1);
    const together =
      last !== undefined &&
      (isBlank ? last.blank : !last.blank && ((!wide && !last.wide) || cells === 0 || NOT_FIRST.test(segment) || NOT_LAST.test(last.text)));
    if (!together) found.push({ text: segment, cells, blank: isBlank, wide });
    else {
      last.text += segment;
      last.cells += cells;
      last.wide = wide;
    }
  }
  return found;
}

/** Pieces no wider than `cells`: too long a word is broken between characters, a character too wide becomes `…`. */
function* narrowed(line: string, cells: number): Generator<Piece> {
  for (const piece of pieces(line)) {
    if (piece.blank || piece.cells <= cells) {
      yield piece;
      continue;
    }
    for (const { segment } of graphemesOf(piece.text)) {
      const own = measure(segment);
      yield own > cells ? { text: '…', cells: 1, blank: false } : { text: segment, cells: own, blank: false };
    }
  }
}

/**
 * `text` in lines of at most `cells` (1 or more). Breaks at blanks and between wide characters, keeps Japanese closing
 * marks off the start and opening ones off the end of a line, breaks longer words where they must. Own line breaks stay.
 */
export function wrap(text: Clean, cells: number): Clean[] {
  const room = Math.max(1, wholeCells(cells));
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    let used = 0;
    let broken = false;
    for (const piece of narrowed(paragraph, room)) {
      if (used + piece.cells > room) {
        lines.push(line.replace(/[ \u3000]+$/, ''));
        line = '';
        used = 0;
        broken = true;
      }
      if (piece.blank && (used + piece.cells > room || (broken && used === 0))) continue;
      line += piece.text;
      used += piece.cells;
    }
    lines.push(line);
  }
  return lines as Clean[];
}
