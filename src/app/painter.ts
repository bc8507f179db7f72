/**
 * The only one that draws. It takes the terminal (alternate screen, modes of our own), lays a frame out in cells, writes
 * those that differ from what the terminal shows, and gives the terminal back. It needs neither Ink nor React, so that
 * the first frame waits for neither.
 */
import { difference } from './difference.ts';
import type { Frame } from './frame.ts';
import { type Brush, type BrushLooks, createBrush, type Row } from './grid.ts';
import type { Size } from './state.ts';

const ESC = '\u001b';
const HIDE = `${ESC}[?25l`;
const SHOW = `${ESC}[?25h`;
const ALTERNATE_ON = `${ESC}[?1049h`;
const ALTERNATE_OFF = `${ESC}[?1049l`;
const PASTE_ON = `${ESC}[?2004h`;
const PASTE_OFF = `${ESC}[?2004l`;
/** Between these a terminal that knows them shows nothing, and then everything at once. */
const BEGIN = `${ESC}[?2026h`;
const END = `${ESC}[?2026l`;
/** Characters from which on a frame is marked as one piece. */
const LARGE = 600;
/** A Windows console scrolls when its last cell is written. */
const SPARE_ROWS = process.platform === 'win32' ? 1 : 0;

/** Written besides whenever the alternate screen is entered and left, by whatever way: modes of our own. */
export interface OwnModes {
  readonly enter: string;
  readonly leave: string;
}

export interface PainterOptions {
  readonly stdout: Pick<NodeJS.WriteStream, 'columns' | 'rows' | 'write'>;
  readonly looks: BrushLooks;
  readonly own: OwnModes;
  /** As it is now, at that size. */
  readonly frame: (size: Size) => Frame;
}

export interface Painter {
  /** Room for a frame. */
  size(): Size;
  /** Takes the terminal, with a frame on it. */
  enter(): void;
  /** Draws what changed since; nothing while the terminal is not ours. */
  paint(): void;
  /** Takes nothing for granted of what the terminal shows, as after another size of it. */
  forget(): void;
  /** Gives the terminal back; nothing where it is back already. */
  leave(): void;
  readonly isIn: boolean;
}

export function createPainter({ stdout, looks, own, frame }: PainterOptions): Painter {
  let isIn = false;
  let brush: Brush | null = null;
  let columns = 0;
  /** null where it is not known what the terminal shows. */
  let shown: readonly Row[] | null = null;
  /** Where the terminal shows its cursor; '' where it is hidden. */
  let cursorAt = '';

  const size = (): Size => ({ columns: Math.max(1, stdout.columns), rows: Math.max(1, stdout.rows - SPARE_ROWS) });

  function drawn(): string {
    const room = size();
    if (brush === null || room.columns !== columns) {
      columns = room.columns;
      brush = createBrush(looks, columns);
    }
    const { lines, cursor } = frame(room);
    const rows = lines.map(brush);
    // Of another size the terminal keeps what it likes.
    const known = shown !== null && shown.length === rows.length && shown[0]?.cells.length === columns ? shown : null;
    const cells = difference(known, rows);
    const place = cursor ? `${ESC}[${cursor.y + 1};${cursor.x + 1}H` : '';
    shown = rows;
    if (cells === '' && place === cursorAt) return '';
    const hide = cursorAt === '' ? '' : HIDE;
    cursorAt = place;
    const out = hide + cells + (place === '' ? '' : place + SHOW);
    return out.length > LARGE ? BEGIN + out + END : out;
  }

  return {
    size,
    enter() {
      if (isIn) return;
      shown = null;
      cursorAt = '';
      const first = drawn();
      isIn = true;
      stdout.write(ALTERNATE_ON + HIDE + PASTE_ON + own.enter + first);
    },
    forget() {
      shown = null;
    },
    paint() {
      if (!isIn) return;
      const out = drawn();
      if (out !== '') stdout.write(out);
    },
    leave() {
      if (!isIn) return;
      isIn = false;
      stdout.write(own.leave + PASTE_OFF + HIDE + ALTERNATE_OFF + SHOW);
    },
    get isIn() {
      return isIn;
    },
  };
}
