/** The book cut into cells by two figures. Every account stands in exactly one cell; what is unknown has a place of its own. */
import type { BookRow, BookSnapshot } from '../../book/row.ts';

export const MATRIX_VIEWS = ['risk', 'age', 'products', 'bubble'] as const;
export type MatrixView = (typeof MATRIX_VIEWS)[number];
export type GridView = Exclude<MatrixView, 'bubble'>;

export const COLUMNS = {
  risk: ['low', 'watch', 'high', 'critical', 'unknown'],
  age: ['m6', 'm12', 'm24', 'm36', 'more', 'unknown'],
  products: ['1', '2', '3', '4', '5', 'unknown'],
} as const satisfies Record<GridView, readonly string[]>;

export const ROWS = {
  risk: ['high', 'low', 'unknown'],
  age: ['high', 'low', 'tech', 'zero', 'unknown'],
  products: ['high', 'low', 'tech', 'zero', 'unknown'],
} as const satisfies Record<GridView, readonly string[]>;

export interface MatrixCell {
  readonly row: string;
  readonly column: string;
  /** As the book ranks them. */
  readonly accounts: readonly BookRow[];
}

export interface Matrix {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly cell: (row: string, column: string) => MatrixCell;
}

/** Upper edges of contract age in months, each without the edge itself. */
const AGES = [
  [6, 'm6'],
  [12, 'm12'],
  [24, 'm24'],
  [36, 'm36'],
] as const;

function columnOf(row: BookRow, view: GridView): string {
  switch (view) {
    case 'risk':
      return row.band ?? 'unknown';
    case 'age': {
      const months = row.contractAgeMonths;
      return months === null ? 'unknown' : (AGES.find(([edge]) => months < edge)?.[1] ?? 'more');
    }
    case 'products':
      return row.products.length === 0 ? 'unknown' : String(Math.min(5, row.products.length));
  }
}

/**
 * Whether the impact of an account is high, by the quadrants of those that have one: an account without a band has no
 * quadrant, but its MRR can be held against theirs. Where it falls between them, the tier decides.
 */
function impactOf(snapshot: BookSnapshot): (row: BookRow) => 'high' | 'low' | 'unknown' {
  let leastHigh = Number.POSITIVE_INFINITY;
  let mostLow = Number.NEGATIVE_INFINITY;
  for (const { quadrant, mrr } of snapshot.rows) {
    if (mrr === null || quadrant === null) continue;
    if (quadrant === 'act' || quadrant === 'keep') leastHigh = Math.min(leastHigh, mrr);
    else mostLow = Math.max(mostLow, mrr);
  }
  return (row) => {
    if (row.quadrant !== null) return row.quadrant === 'act' || row.quadrant === 'keep' ? 'high' : 'low';
    if (row.mrr === null || row.currency !== snapshot.currency) return 'unknown';
    if (row.mrr >= leastHigh) return 'high';
    return row.mrr <= mostLow ? 'low' : row.tier === 'high' ? 'high' : 'low';
  };
}

const sizeOf = (row: BookRow): string => row.tier ?? (row.mrr === 0 ? 'zero' : 'unknown');

const built = new WeakMap<BookSnapshot, Map<GridView, Matrix>>();

/** The same object for the same book. */
export function matrixOf(snapshot: BookSnapshot, view: GridView): Matrix {
  const views = built.get(snapshot) ?? new Map<GridView, Matrix>();
  built.set(snapshot, views);
  const known = views.get(view);
  if (known) return known;
  const impact = view === 'risk' ? impactOf(snapshot) : null;
  const found = Map.groupBy(snapshot.rows, (row) => `${impact ? impact(row) : sizeOf(row)}:${columnOf(row, view)}`);
  // A row that nobody stands in is shown where it is part of the scale, not where it is an exception.
  const isExtra = (row: string): boolean => row === 'zero' || row === 'unknown';
  const rows = ROWS[view].filter((row) => !isExtra(row) || COLUMNS[view].some((column) => found.has(`${row}:${column}`)));
  const cells = new Map<string, MatrixCell>();
  for (const row of rows)
    for (const column of COLUMNS[view]) cells.set(`${row}:${column}`, { row, column, accounts: found.get(`${row}:${column}`) ?? [] });
  const matrix: Matrix = {
    rows,
    columns: COLUMNS[view],
    cell: (row, column) => cells.get(`${row}:${column}`) ?? { row, column, accounts: [] },
  };
  views.set(view, matrix);
  return matrix;
}

/** MRR of accounts in the book's own currency; `unknown` of them have none that could be added. */
export function mrrOf(rows: readonly BookRow[], currency: string): { readonly sum: number; readonly unknown: number } {
  let sum = 0;
  let unknown = 0;
  for (const row of rows) {
    if (row.mrr === null || row.currency !== currency) unknown += 1;
    else sum += row.mrr;
  }
  return { sum, unknown };
}

/** A place in a matrix: `row:column`; the first cell with accounts where it names none. */
export function placeIn(matrix: Matrix, at: string | null): { readonly row: number; readonly column: number } {
  const [row = '', column = ''] = at?.split(':') ?? [];
  const found = { row: matrix.rows.indexOf(row), column: matrix.columns.indexOf(column) };
  if (found.row >= 0 && found.column >= 0) return found;
  for (const [y, one] of matrix.rows.entries())
    for (let x = matrix.columns.length - 2; x >= 0; x--)
      if (matrix.cell(one, matrix.columns[x] ?? '').accounts.length > 0) return { row: y, column: x };
  return { row: 0, column: 0 };
}
