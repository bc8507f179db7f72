/** Columns as data; a row of cells becomes a line whose cells stand exactly under each other. */
import { fit } from '../text/cells.ts';
import type { Clean } from '../text/clean.ts';
import { gap, type Line, type Span, span } from './line.ts';
import type { Tone } from './theme.ts';

export interface Column {
  readonly id: string;
  readonly title: Clean;
  /** In cells. */
  readonly width: number;
  readonly align: 'left' | 'right';
}

export interface Cell {
  readonly text: Clean;
  readonly tone: Tone;
}

export const cell = (text: Clean, tone: Tone = 'plain'): Cell => ({ text, tone });

/** Cells between two columns. */
export const COLUMN_GAP = 1;

/** The cells in column order, each fitted to its column. */
export function tableLine(columns: readonly Column[], cells: readonly Cell[]): Line {
  const line: Span[] = [];
  columns.forEach((column, index) => {
    const { text, tone } = cells[index] ?? cell('' as Clean);
    if (index > 0) line.push(gap(COLUMN_GAP));
    line.push(span(fit(text, column.width, { align: column.align }), tone));
  });
  return line;
}

export const headLine = (columns: readonly Column[]): Line =>
  tableLine(
    columns,
    columns.map((column) => cell(column.title, 'quiet')),
  );
