/** Rows of a file as they are kept, or why they cannot be: every fault with its line. */
import { type Day, daysBetween, firstDay, lastDay, monthOf } from '../../units/day.ts';
import { err, ok, type Result } from '../../units/result.ts';
import { currencyIn, parseCount, parseCurrency, parseMoney } from '../facts/values.ts';
import { dayReader, type Parsed, parseDayValue, parseMonthValue } from '../facts/when.ts';
import type { StoredMrrRow, StoredUsageRow } from '../store/imports.ts';
import type { Matcher, MatchProblem } from './accounts.ts';
import { type Header, type HeaderProblem, type MrrColumn, readMrrHeader, readUsageHeader, type UsageColumn } from './columns.ts';
import { readTable, type Table, type TableProblem, type TableRow } from './table.ts';

/** `account`: the row is about nobody, or about several · `value`: it is not a value of the column · `cells`: more cells than headers. */
export interface RowProblem {
  readonly line: number;
  readonly code: 'account' | 'value' | 'cells';
  readonly column: string | null;
  /** Raw, cut. */
  readonly value: string;
  readonly because: MatchProblem | null;
}

export type FileProblem =
  | { readonly kind: 'table'; readonly problem: TableProblem }
  | { readonly kind: 'header'; readonly problem: HeaderProblem; readonly found: readonly string[] };

export interface ReadFile<Row> {
  readonly encoding: Table['encoding'];
  /** Rows of the file, the header not counted. */
  readonly total: number;
  readonly rows: readonly Row[];
  readonly problems: readonly RowProblem[];
  /** Headers that mean nothing here. */
  readonly unknown: readonly string[];
}

/** Where the value of a problem is cut. */
const VALUE_LIMIT = 120;

export interface ReadOptions {
  readonly matcher: Matcher;
  /** IANA name of the portal's zone. */
  readonly zone: string;
  /** The portal's home currency. */
  readonly currency: string;
}

export const readMrrFile = (bytes: Uint8Array, options: ReadOptions): Result<ReadFile<StoredMrrRow>, FileProblem> =>
  readFile(bytes, options, readMrrHeader, mrrRow);
export const readUsageFile = (bytes: Uint8Array, options: ReadOptions): Result<ReadFile<StoredUsageRow>, FileProblem> =>
  readFile(bytes, options, readUsageHeader, usageRow);

/** One row's cells by column, with what is wrong with them. */
class Cells<Column extends string> {
  readonly row: TableRow;
  readonly options: ReadOptions;
  readonly problems: RowProblem[] = [];
  private readonly places: ReadonlyMap<Column, number>;
  constructor(row: TableRow, places: ReadonlyMap<Column, number>, options: ReadOptions) {
    this.row = row;
    this.places = places;
    this.options = options;
  }
  text(column: Column): string {
    return this.row.cells[this.places.get(column) ?? -1] ?? '';
  }
  has(column: Column): boolean {
    return this.places.has(column);
  }
  fault(column: Column, because: MatchProblem | null = null): void {
    const code = because === null ? 'value' : 'account';
    this.problems.push({ line: this.row.line, code, column, value: this.text(column).slice(0, VALUE_LIMIT).toWellFormed(), because });
  }
  /** Null where the cell is empty, or (a fault) where it holds something else. */
  optional<T>(column: Column, parse: (raw: string) => Parsed<T>): T | null {
    const parsed = parse(this.text(column));
    if (parsed.ok) return parsed.value;
    if (parsed.error === 'bad') this.fault(column);
    return null;
  }
  needed<T>(column: Column, parse: (raw: string) => Parsed<T>): T | null {
    const parsed = parse(this.text(column));
    if (parsed.ok) return parsed.value;
    this.fault(column);
    return null;
  }
  name(column: Column): string | null {
    const text = this.text(column).trim();
    return text === '' ? null : text.toWellFormed();
  }
}

const ACCOUNT_COLUMNS = ['id', 'domain', 'name'] as const;
type AccountColumn = (typeof ACCOUNT_COLUMNS)[number];

function readFile<Row, Column extends string>(
  bytes: Uint8Array,
  options: ReadOptions,
  readHeader: (cells: readonly string[]) => Result<Header<Column | AccountColumn>, HeaderProblem>,
  read: (cells: Cells<Column | AccountColumn>, accountId: string) => Row | null,
): Result<ReadFile<Row>, FileProblem> {
  const table = readTable(bytes);
  if (!table.ok) return err({ kind: 'table', problem: table.error });
  const { header, rows, encoding } = table.value;
  const found = readHeader(header.cells);
  if (!found.ok) return err({ kind: 'header', problem: found.error, found: header.cells });
  const { places, unknown } = found.value;
  const kept: Row[] = [];
  const problems: RowProblem[] = [];
  for (const row of rows) {
    const cells = new Cells(row, places, options);
    const extra = row.cells.slice(header.cells.length).find((cell) => cell.trim() !== '');
    if (extra !== undefined) {
      problems.push({ line: row.line, code: 'cells', column: null, value: extra.slice(0, VALUE_LIMIT).toWellFormed(), because: null });
      continue;
    }
    const matched = options.matcher.match({ id: cells.text('id'), domain: cells.text('domain'), name: cells.text('name') });
    if (!matched.ok) {
      const named =
        ACCOUNT_COLUMNS.find((column) => cells.text(column).trim() !== '') ?? ACCOUNT_COLUMNS.find((column) => cells.has(column));
      cells.fault(named ?? 'name', matched.error);
    }
    const one = read(cells, matched.ok ? matched.value.id : '');
    problems.push(...cells.problems);
    if (one !== null && cells.problems.length === 0) kept.push(one);
  }
  return ok({ encoding, total: rows.length, rows: kept, problems, unknown });
}

function mrrRow(cells: Cells<MrrColumn>, accountId: string): StoredMrrRow | null {
  const month = cells.needed('month', (raw) => parseMonthValue(raw, undefined, dayReader(cells.options.zone)));
  const amount = cells.needed('amount', parseMoney);
  const currency = cells.optional('currency', parseCurrency);
  const seats = cells.optional('seats', parseCount);
  if (month === null || amount === null) return null;
  return {
    accountId,
    line: cells.row.line,
    month,
    amount,
    currency: currency ?? currencyIn(cells.text('amount'), cells.options.currency),
    product: cells.name('product'),
    plan: cells.name('plan'),
    seats,
  };
}

function usageRow(cells: Cells<UsageColumn>, accountId: string): StoredUsageRow | null {
  const period = periodOf(cells);
  const count = (column: UsageColumn) => cells.optional(column, parseCount);
  const row = {
    logins: count('logins'),
    activeUsers: count('activeUsers'),
    minutes: count('minutes'),
    featuresUsed: count('featuresUsed'),
    lastUsedOn: cells.optional('lastUsedOn', dayOf(cells.options.zone)),
    features: cells.has('features') ? namesIn(cells.text('features')) : null,
  };
  return period && { accountId, line: cells.row.line, ...period, ...row };
}

const dayOf = (zone: string) => (raw: string) => parseDayValue(raw, undefined, dayReader(zone));

/** The week that begins on the day of the column `week`, else the month. */
function periodOf(cells: Cells<UsageColumn>): { readonly start: Day; readonly days: number } | null {
  if (cells.has('week')) {
    const start = cells.needed('week', dayOf(cells.options.zone));
    return start === null ? null : { start, days: 7 };
  }
  const month = cells.needed('month', (raw) => parseMonthValue(raw, undefined, dayReader(cells.options.zone)));
  if (month === null) return null;
  const start = firstDay(month);
  return { start, days: daysBetween(start, lastDay(monthOf(start))) + 1 };
}

const namesIn = (text: string): readonly string[] =>
  [...new Set(text.split(/[;,、\n]/).map((name) => name.trim().toWellFormed()))].filter((name) => name !== '');
