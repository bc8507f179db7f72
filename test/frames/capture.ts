/** A screen cell by cell, and whether it keeps to its cells. */
import { width } from '../../src/text/cells.ts';
import type { Clean } from '../../src/text/clean.ts';
import type { Driver } from '../screen/harness.ts';
import type { Size } from './walk.ts';

/** Emulators count these in their own ways; in such a row only the places of the cells are looked at. */
const OPEN = /\p{M}|\u200d|\ufe0f|[\u2600-\u27bf\u{1f000}-\u{1faff}]/u;

export interface Captured {
  /** Rows with the blanks at their ends cut, each ended by a line break. */
  readonly text: string;
  /** What does not keep to its cells, in words. */
  readonly faults: readonly string[];
}

export function capture(driver: Pick<Driver, 'cell'>, { columns, rows }: Size): Captured {
  const faults: string[] = [];
  const lines = Array.from({ length: rows }, (_, y) => {
    let text = '';
    let x = 0;
    while (x < columns) {
      const cell = driver.cell(x, y);
      if (cell.width === 0) faults.push(`row ${y + 1}, column ${x + 1}: half a character`);
      if (x + cell.width > columns) faults.push(`row ${y + 1}: cut at the edge`);
      text += cell.chars === '' ? ' ' : cell.chars;
      x += Math.max(1, cell.width);
    }
    if (!OPEN.test(text) && width(text as Clean) !== columns) faults.push(`row ${y + 1}: ${width(text as Clean)} cells`);
    return text.trimEnd();
  });
  return { text: `${lines.join('\n')}\n`, faults };
}
