/** A table with typed columns, before it becomes a file: CSV and spreadsheets are written from the same one. */
import type { Clean } from './clean.ts';

/** `money` is in major units of the row's currency, `percent` a fraction, `day` `YYYY-MM-DD`, `month` `YYYY-MM`. */
export type ColumnKind = 'text' | 'number' | 'money' | 'percent' | 'day' | 'month' | 'flag';

export interface SheetColumn {
  /** For machines: the same in every language. */
  readonly key: string;
  /** For people. */
  readonly title: Clean;
  readonly kind: ColumnKind;
  /** Decimals that a number or a percentage shows; default 0. The value itself is not rounded. */
  readonly digits?: number;
  /** Characters wide; default by kind. */
  readonly width?: number;
  /** A bar in the cell, from 0 to this value. */
  readonly barTo?: number;
}

/** null: unknown. */
export type CellValue = Clean | number | boolean | null;

export interface SheetRow {
  readonly cells: readonly CellValue[];
  /** ISO code of the row's money; anything else is shown as plain numbers. */
  readonly currency: string;
}

export interface Sheet {
  readonly name: Clean;
  readonly columns: readonly SheetColumn[];
  /** Gone through once: a long table need not be in memory as a whole. */
  readonly rows: Iterable<SheetRow>;
}
