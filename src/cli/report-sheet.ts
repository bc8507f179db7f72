/** The typed tables of a report: keys are those of its JSON, titles are for people. */
import { type Clean, clean, literal } from '../text/clean.ts';
import { type Lang, type MessageKey, t } from '../text/messages/index.ts';
import type { CellValue, ColumnKind, Sheet, SheetColumn, SheetRow } from '../text/sheet.ts';
import type { Day, Month } from '../units/day.ts';
import type { DataSource } from './data-source.ts';

/** What every file says of itself. */
export interface Stamp {
  readonly asOf: Day;
  /** The policy's hash. */
  readonly policy: string;
  /** Of the amounts, where a row has none of its own; null for a report without amounts. */
  readonly currency: string | null;
  /** The filter as it was typed; null for the whole. */
  readonly filter?: string | null;
  readonly data: DataSource;
  /** The months that are shown; null for a report without months. */
  readonly span?: { readonly from: Month; readonly to: Month } | null;
}

export const textCell = (value: string | null | undefined): Clean | null => (value == null ? null : clean(value));

type ColumnLooks = Pick<SheetColumn, 'width' | 'digits'>;

export class Table {
  readonly #columns: SheetColumn[] = [];
  readonly #rows: { readonly cells: readonly CellValue[]; readonly currency: string }[] = [];
  readonly #currency: string;
  readonly #lang: Lang;
  readonly #name: Clean;

  /** `currency`: of the rows that name none. */
  constructor(currency: string, lang: Lang, name: MessageKey) {
    this.#currency = currency;
    this.#lang = lang;
    this.#name = literal(t(lang, name));
  }

  column(key: string, title: MessageKey, kind: ColumnKind = 'text', more: ColumnLooks = {}): this {
    return this.named(key, literal(t(this.#lang, title)), kind, more);
  }

  /** A column whose title has words of its own in it. */
  named(key: string, title: Clean, kind: ColumnKind = 'text', more: ColumnLooks = {}): this {
    const digits = kind === 'percent' ? { digits: 1 } : {};
    this.#columns.push({ key, title, kind, ...digits, ...more });
    return this;
  }

  row(...cells: readonly CellValue[]): void {
    this.#rows.push({ cells, currency: this.#currency });
  }

  /** A row of money of its own. */
  rowIn(currency: string, ...cells: readonly CellValue[]): void {
    this.#rows.push({ cells, currency });
  }

  sheet(): Sheet {
    return { name: this.#name, columns: this.#columns, rows: this.#rows };
  }
}

/** With the day, the currency and the policy in each row: CSV has no other place for them. */
export function stamped({ name, columns, rows }: Sheet, stamp: Stamp): Sheet {
  const named = stamp.currency === null || columns.some(({ key }) => key === 'currency');
  const column = (key: string): SheetColumn => ({ key, title: literal(key), kind: 'text' });
  const said = [literal(stamp.asOf), clean(stamp.policy)];
  return {
    name,
    columns: [...columns, ...(named ? [] : [column('currency')]), column('asOf'), column('policy')],
    rows: withSaid(),
  };

  function* withSaid(): Iterable<SheetRow> {
    for (const { cells, currency } of rows) yield { cells: [...cells, ...(named ? [] : [clean(currency)]), ...said], currency };
  }
}

/** The last sheet of a workbook. */
export function aboutSheet(
  { asOf, policy, currency, data, filter = null, span = null }: Stamp,
  terms: readonly MessageKey[],
  lang: Lang,
): Sheet {
  const table = new Table('', lang, 'export.sheet.about')
    .column('key', 'export.about.what', 'text', { width: 28 })
    .column('value', 'export.about.value', 'text', { width: 80 });
  const entry = (title: MessageKey, value: CellValue): void => table.row(literal(t(lang, title)), value);
  entry('export.about.as_of', literal(asOf));
  if (span !== null) entry('files.about.span', literal(`${span.from} – ${span.to}`));
  entry('export.about.portal', clean(data.portalId));
  entry('export.about.synced', data.syncedAt === null ? literal('–') : literal(new Date(data.syncedAt).toISOString()));
  entry('export.about.policy', clean(policy));
  if (currency !== null) entry('export.about.currency', clean(currency));
  entry('export.about.filter', filter === null ? literal('–') : clean(filter));
  for (const term of terms) entry('files.terms', literal(t(lang, term)));
  return table.sheet();
}
