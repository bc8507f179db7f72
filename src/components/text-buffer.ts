/**
 * What a text field holds: text, a cursor between graphemes, and what was last killed. Every operation is pure and
 * gives a new buffer. The text is free of control characters and tabs at all times; a single-line field has no newline.
 */
import { width as cellWidth, characters } from '../text/cells.ts';
import { type Clean, cleanBlock, cleanLine } from '../text/clean.ts';

/** Room for any paste that a person means; whether it fits HubSpot is said when it is sent, with the text kept. */
const LONGEST = 1_000_000;
const NOTHING = '' as Clean;

export interface TextBuffer {
  readonly text: Clean;
  /** Offset in UTF-16 units, always at the edge of a grapheme. */
  readonly cursor: number;
  readonly killed: Clean;
  /** The column that up and down aim for, in cells; null after any other move. */
  readonly goal: number | null;
  readonly multiline: boolean;
}

export const textBuffer = (text = '', multiline = false): TextBuffer => {
  const kept = tidy(text, multiline);
  return { text: kept, cursor: kept.length, killed: NOTHING, goal: null, multiline };
};

const tidy = (text: string, multiline: boolean): Clean => (multiline ? cleanBlock(text, LONGEST) : cleanLine(text));

/** A part of clean text is clean. */
const part = (text: Clean, from: number, to?: number): Clean => text.slice(from, to) as Clean;

const at = (buffer: TextBuffer, cursor: number): TextBuffer => ({ ...buffer, cursor, goal: null });

const splice = (buffer: TextBuffer, from: number, to: number, put: Clean): TextBuffer => ({
  ...buffer,
  text: (buffer.text.slice(0, from) + put + buffer.text.slice(to)) as Clean,
  cursor: from + put.length,
  goal: null,
});

/** Typed or pasted text at the cursor; control characters are dropped, tabs become spaces. */
export function insert(buffer: TextBuffer, text: string): TextBuffer {
  const put = tidy(text, buffer.multiline);
  return put === '' ? buffer : splice(buffer, buffer.cursor, buffer.cursor, put);
}

const previous = ({ text, cursor }: TextBuffer): number => cursor - (characters(part(text, 0, cursor)).at(-1)?.length ?? 0);
const next = ({ text, cursor }: TextBuffer): number => cursor + (characters(part(text, cursor))[0]?.length ?? 0);

const lineStart = (text: Clean, cursor: number): number => text.lastIndexOf('\n', cursor - 1) + 1;
const lineEnd = (text: Clean, cursor: number): number => {
  const found = text.indexOf('\n', cursor);
  return found < 0 ? text.length : found;
};

let segmenter: Intl.Segmenter | undefined;
/** Its dictionaries take time: they are read when somebody first walks by words. */
const wordsOf = (text: string): Intl.Segments => {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'word' });
  return segmenter.segment(text);
};

/** The edges of words, so that Japanese text without spaces is walked word by word too. */
function wordLeft(buffer: TextBuffer): number {
  let target = 0;
  for (const { segment, index, isWordLike } of wordsOf(buffer.text)) {
    if (index >= buffer.cursor) break;
    if (isWordLike || /\S/.test(segment)) target = index;
  }
  return target;
}

function wordRight(buffer: TextBuffer): number {
  for (const { segment, index } of wordsOf(buffer.text)) {
    const end = index + segment.length;
    if (end > buffer.cursor && /\S/.test(segment)) return end;
  }
  return buffer.text.length;
}

const kill = (buffer: TextBuffer, from: number, to: number): TextBuffer =>
  from === to ? buffer : { ...splice(buffer, from, to, NOTHING), killed: part(buffer.text, from, to) };

export const edits = {
  left: (b: TextBuffer) => at(b, previous(b)),
  right: (b: TextBuffer) => at(b, next(b)),
  wordLeft: (b: TextBuffer) => at(b, wordLeft(b)),
  wordRight: (b: TextBuffer) => at(b, wordRight(b)),
  home: (b: TextBuffer) => at(b, lineStart(b.text, b.cursor)),
  end: (b: TextBuffer) => at(b, lineEnd(b.text, b.cursor)),
  backspace: (b: TextBuffer) => splice(b, previous(b), b.cursor, NOTHING),
  delete: (b: TextBuffer) => splice(b, b.cursor, next(b), NOTHING),
  /** To the end of the line; at its end the line break itself. */
  killToEnd: (b: TextBuffer) => kill(b, b.cursor, lineEnd(b.text, b.cursor) === b.cursor ? next(b) : lineEnd(b.text, b.cursor)),
  killToStart: (b: TextBuffer) => kill(b, lineStart(b.text, b.cursor), b.cursor),
  killWord: (b: TextBuffer) => kill(b, wordLeft(b), b.cursor),
  yank: (b: TextBuffer) => (b.killed === '' ? b : splice(b, b.cursor, b.cursor, b.killed)),
} as const satisfies Record<string, (buffer: TextBuffer) => TextBuffer>;

export type Edit = keyof typeof edits;

export interface LaidOut {
  readonly lines: readonly { readonly text: Clean; readonly from: number; readonly to: number }[];
  readonly row: number;
  /** In cells. */
  readonly column: number;
}

/** The text broken at `width` cells, and where the cursor stands. A cursor past the last cell starts a new line. */
export function layOut(buffer: TextBuffer, width: number): LaidOut {
  const room = Math.max(2, width);
  const lines: { text: Clean; from: number; to: number }[] = [];
  let offset = 0;
  for (const line of buffer.text.split('\n')) {
    let from = offset;
    let used = 0;
    let position = offset;
    for (const grapheme of characters(line as Clean)) {
      const cells = cellWidth(grapheme);
      if (used + cells > room) {
        lines.push(piece(buffer.text, from, position));
        from = position;
        used = 0;
      }
      used += cells;
      position += grapheme.length;
    }
    lines.push(piece(buffer.text, from, position));
    offset += line.length + 1;
  }
  let row = lines.findLastIndex((line) => buffer.cursor >= line.from);
  if (row < 0) row = 0;
  const column = cellWidth(part(buffer.text, lines[row]?.from ?? 0, buffer.cursor));
  if (column >= room && buffer.cursor === lines[row]?.to) {
    lines.splice(row + 1, 0, piece(buffer.text, buffer.cursor, buffer.cursor));
    return { lines, row: row + 1, column: 0 };
  }
  return { lines, row, column };
}

const piece = (text: Clean, from: number, to: number) => ({ text: part(text, from, to), from, to });

/** One line up or down in the text as laid out at `width`, keeping the column; at the edge to the start or the end. */
export function moveLine(buffer: TextBuffer, by: 1 | -1, width: number): TextBuffer {
  const { lines, row, column } = layOut(buffer, width);
  const goal = buffer.goal ?? column;
  const target = lines[row + by];
  if (!target) return at(buffer, by < 0 ? 0 : buffer.text.length);
  let cursor = target.from;
  let used = 0;
  for (const grapheme of characters(part(buffer.text, target.from, target.to))) {
    const cells = cellWidth(grapheme);
    if (used + cells > goal) break;
    used += cells;
    cursor += grapheme.length;
  }
  return { ...buffer, cursor, goal };
}
