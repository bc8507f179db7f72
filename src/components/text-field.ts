/** A text field as lines, with the place of the real cursor, so that an input method composes where the text will be. */
import { fitLine, type Line, span } from './line.ts';
import { layOut, type TextBuffer } from './text-buffer.ts';
import { edgeScroll } from './window.ts';

export interface Drawn {
  readonly lines: readonly Line[];
  /** Column and row inside these lines; null where the field has no focus. */
  readonly cursor: { readonly x: number; readonly y: number } | null;
}

/** The part of the field around the cursor, `height` lines of `width` cells. */
export function textField(buffer: TextBuffer, width: number, height: number, focused: boolean): Drawn {
  const { lines, row, column } = layOut(buffer, width);
  const from = edgeScroll(0, row, height, lines.length);
  const shown = Array.from({ length: height }, (_, index): Line => {
    const line = lines[from + index];
    return fitLine(line ? [span(line.text)] : [], width);
  });
  return { lines: shown, cursor: focused ? { x: column, y: row - from } : null };
}
