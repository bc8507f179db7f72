/** Plain columns for pipes, mails and logs: no colour, no box drawing, every row on one line, wide characters aligned. */
import { fit, padEnd, padStart, width } from '../text/cells.ts';
import { type Clean, literal } from '../text/clean.ts';

export interface Column {
  readonly title: Clean;
  readonly align?: 'left' | 'right';
  /** Cells at most; the last column of a line is never cut. */
  readonly max?: number;
}

export function table(columns: readonly Column[], rows: readonly (readonly Clean[])[]): string {
  const widths = columns.map((column, index) => {
    const widest = rows.reduce((most, row) => Math.max(most, width(row[index] ?? column.title)), width(column.title));
    return column.max === undefined ? widest : Math.min(widest, column.max);
  });
  const line = (cells: readonly Clean[]): string =>
    columns
      .map((column, index) => {
        const cell = cells[index] ?? literal('');
        const cellWidth = widths[index] ?? 0;
        if (index === columns.length - 1) return cell;
        if (width(cell) > cellWidth) return fit(cell, cellWidth);
        return column.align === 'right' ? padStart(cell, cellWidth) : padEnd(cell, cellWidth);
      })
      .join('  ')
      .trimEnd();
  return `${[line(columns.map((column) => column.title)), ...rows.map(line)].join('\n')}\n`;
}
