/** Plain columns for pipes, mails and logs: no colour, no box drawing, every row on one line, wide characters aligned. */
import { fit, padEnd, padStart, width } from '../text/cells.ts';
import { type Clean, literal } from '../text/clean.ts';
import { linked } from '../text/links.ts';

export interface Column {
  readonly title: Clean;
  readonly align?: 'left' | 'right';
  /** Cells at most; the last column of a line is never cut. */
  readonly max?: number;
}

/** Words that lead to a page. */
export interface LinkedCell {
  readonly text: Clean;
  readonly url: string;
}

const textOf = (cell: Clean | LinkedCell): Clean => (typeof cell === 'string' ? cell : cell.text);

/** Cells of each column. */
export const widthsOf = (columns: readonly Column[], rows: readonly (readonly (Clean | LinkedCell)[])[]): readonly number[] =>
  columns.map((column, index) => {
    const widest = rows.reduce((most, row) => Math.max(most, width(textOf(row[index] ?? column.title))), width(column.title));
    return column.max === undefined ? widest : Math.min(widest, column.max);
  });

export function table(columns: readonly Column[], rows: readonly (readonly (Clean | LinkedCell)[])[]): string {
  const widths = widthsOf(columns, rows);
  const line = (cells: readonly (Clean | LinkedCell)[]): string =>
    columns
      .map((column, index) => {
        const given = cells[index] ?? literal('');
        const cell = textOf(given);
        // Blanks that fill a column belong to no link.
        const led = (text: Clean): string =>
          typeof given === 'string' ? text : text.replace(/\S(?:.*\S)?/s, (words) => linked(words, given.url));
        const cellWidth = widths[index] ?? 0;
        if (index === columns.length - 1 && (column.align !== 'right' || width(cell) > cellWidth)) return led(cell);
        if (width(cell) > cellWidth) return led(fit(cell, cellWidth));
        return led(column.align === 'right' ? padStart(cell, cellWidth) : padEnd(cell, cellWidth));
      })
      .join('  ')
      .trimEnd();
  return `${[line(columns.map((column) => column.title)), ...rows.map(line)].join('\n')}\n`;
}
