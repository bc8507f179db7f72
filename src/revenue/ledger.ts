/**
 * The MRR of the whole portal, month by month, in columns: what every report over revenue is computed from.
 *
 * A hundred thousand accounts over three years are four million amounts. As columns of numbers they are read from the
 * store in one piece and walked in milliseconds; as objects they would be neither.
 */
import { addMonths, type Month, monthsBetween } from '../units/day.ts';
import type { Money } from '../units/money.ts';
import type { MrrSeries } from './series.ts';

/** Places in a list of names: as wide as the list is long. */
export type Places = Uint16Array | Uint32Array;

/** How many names have a place in two bytes; line items can have more, each written by hand. */
export const NARROW_NAMES = 65_536;

/** Amounts are whole 1/10,000 of the unit of `currency`; `account` is a place in `ids`, `month` a number from 0 (`first`). */
export interface RevenueLedger {
  /** The portal's home currency; nothing else is in here. */
  readonly currency: string;
  /** Month 0: the oldest month with a record. */
  readonly first: Month;
  /** How many months there are; the last is the month that reports work with. */
  readonly months: number;
  /** HubSpot's ids of the accounts, ascending as text. */
  readonly ids: readonly string[];
  /** MRR of account a in month m at `a * months + m`, never below 0. */
  readonly totals: Float64Array;
  /** The cells of account a are those from `starts[a]` up to `starts[a + 1]`, by month; they add up to its totals. */
  readonly starts: Uint32Array;
  readonly cellMonth: Uint16Array;
  /** Places in `products` and `plans`. */
  readonly cellProduct: Places;
  readonly cellPlan: Places;
  readonly cellAmount: Float64Array;
  /** Names as they came, by code point; null, for records that name none, stands first. */
  readonly products: readonly (string | null)[];
  readonly plans: readonly (string | null)[];
  /** Accounts in another currency: in no report, but counted. */
  readonly foreign: number;
  /** What this one is a part of, months alike: tiers and grades are those among all of it. Absent: it is the whole. */
  readonly whole?: RevenueLedger;
}

/** The months of a ledger, oldest first. */
export const ledgerMonths = ({ first, months }: RevenueLedger): readonly Month[] =>
  Array.from({ length: months }, (_, index) => addMonths(first, index));

/** The number of `month` in the ledger; below 0 before it begins, `months` or more after its end. */
export const monthNumber = ({ first }: RevenueLedger, month: Month): number => monthsBetween(first, month);

/** MRR of an account in a month by its number; 0 outside of the ledger. */
export const amountAt = ({ totals, months }: RevenueLedger, account: number, month: number): Money =>
  (month < 0 || month >= months ? 0 : (totals[account * months + month] ?? 0)) as Money;

/** The first month with MRR > 0, by its number; −1 for an account that never paid. */
export function firstPaidMonth({ totals, months }: RevenueLedger, account: number): number {
  for (let month = 0, at = account * months; month < months; month++, at++) if ((totals[at] ?? 0) > 0) return month;
  return -1;
}

/** The cells of an account in a month: from the first up to, without, the second. */
export function cellsOfMonth({ starts, cellMonth }: RevenueLedger, account: number, month: number): readonly [number, number] {
  const start = starts[account] ?? 0;
  // From the end: the last months are asked for most.
  let to = starts[account + 1] ?? 0;
  while (to > start && (cellMonth[to - 1] ?? 0) > month) to--;
  let from = to;
  while (from > start && cellMonth[from - 1] === month) from--;
  return [from, to];
}

/** Walks the months in which an account has cells, oldest first, with the cells from the first up to, without, the second. */
export function eachMonth({ starts, cellMonth }: RevenueLedger, account: number, visit: (from: number, to: number) => void): void {
  const end = starts[account + 1] ?? 0;
  for (let from = starts[account] ?? 0; from < end; ) {
    let to = from + 1;
    while (to < end && cellMonth[to] === cellMonth[from]) to++;
    visit(from, to);
    from = to;
  }
}

/** A list of numbers that grows without an object for each. */
class Column {
  #values = new Float64Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.#values.length) {
      const longer = new Float64Array(this.length * 2);
      longer.set(this.#values);
      this.#values = longer;
    }
    this.#values[this.length++] = value;
  }

  at(index: number): number {
    return this.#values[index] ?? 0;
  }
}

class Names {
  readonly #places = new Map<string | null, number>([[null, 0]]);

  place(name: string | null): number {
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    this.#places.set(name, this.#places.size);
    return this.#places.size - 1;
  }

  /** By code point behind null, and from the place in which a name was found to the one it has then. */
  sorted(): { readonly names: readonly (string | null)[]; readonly moved: Places } {
    const [, ...found] = this.#places.keys();
    const names = [null, ...found.sort()];
    const moved = placesFor(names, names.length);
    for (const [place, name] of names.entries()) moved[this.#places.get(name) ?? 0] = place;
    return { names, moved };
  }
}

/** Cells of an account, and how many months before the last its first record stands. */
interface Range {
  readonly from: number;
  readonly to: number;
  readonly firstBack: number;
}

interface Entry {
  readonly id: string;
  /** Null: none of its own currency up to that month, or in another one. */
  readonly ranges: Readonly<Record<'last' | 'before', Range | null>>;
}

/**
 * Takes the series of accounts, one after the other and in any order, and gives their ledger up to `last`, or up to the
 * month before it, should the last turn out to be still being written. Accounts without a usable record are no accounts
 * here; those in another currency are counted only. The order in which accounts come changes nothing.
 */
export class LedgerBuilder {
  readonly #currency: string;
  readonly #last: Month;
  readonly #products = new Names();
  readonly #plans = new Names();
  readonly #entries: Entry[] = [];
  // Of every cell: months before `last`, product, plan, amount.
  readonly #back = new Column();
  readonly #product = new Column();
  readonly #plan = new Column();
  readonly #amount = new Column();
  readonly #foreign = { last: 0, before: 0 };

  constructor({ currency, last }: { readonly currency: string; readonly last: Month }) {
    this.#currency = currency;
    this.#last = last;
  }

  /** `before`: the series up to the month before `last`, where that is not simply this one without its last month. */
  add(id: string, series: MrrSeries, before: MrrSeries = series): void {
    const last = this.#rangeOf(series, 'last');
    const ranges = { last, before: before === series ? last : this.#rangeOf(before, 'before') };
    if (before === series && series.foreign && series.firstRecord !== null && series.firstRecord < this.#last) this.#foreign.before += 1;
    if (ranges.last ?? ranges.before) this.#entries.push({ id, ranges });
  }

  #rangeOf(series: MrrSeries, which: 'last' | 'before'): Range | null {
    if (series.firstRecord === null || series.firstRecord > this.#last) return null;
    if (series.foreign) {
      this.#foreign[which] += 1;
      return null;
    }
    const from = this.#amount.length;
    for (const [month, { cells }] of series.months) {
      const back = monthsBetween(month, this.#last);
      if (back < 0) continue;
      for (const { product, plan, amount } of cells) {
        if (amount === 0) continue;
        this.#back.push(back);
        this.#product.push(this.#products.place(product));
        this.#plan.push(this.#plans.place(plan));
        this.#amount.push(amount);
      }
    }
    return { from, to: this.#amount.length, firstBack: monthsBetween(series.firstRecord, this.#last) };
  }

  build(until: 'last' | 'before' = 'last'): RevenueLedger {
    const dropped = until === 'last' ? 0 : 1;
    const entries = this.#entries
      .flatMap(({ id, ranges }) => {
        const range = ranges[until];
        return range && range.firstBack >= dropped ? [{ id, ...range }] : [];
      })
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    const oldest = entries.reduce((most, { firstBack }) => Math.max(most, firstBack), dropped);
    const products = this.#products.sorted();
    const plans = this.#plans.sorted();
    const columns = emptyColumns({
      accounts: entries.length,
      cells: entries.reduce((count, { from, to }) => count + to - from, 0),
      products: products.names,
      plans: plans.names,
    });
    let next = 0;
    for (const [account, { from, to }] of entries.entries()) {
      const cells = Array.from({ length: to - from }, (_, index) => ({
        month: oldest - this.#back.at(from + index),
        product: products.moved[this.#product.at(from + index)] ?? 0,
        plan: plans.moved[this.#plan.at(from + index)] ?? 0,
        amount: this.#amount.at(from + index),
      })).sort((a, b) => a.month - b.month || a.product - b.product || a.plan - b.plan || a.amount - b.amount);
      for (const { month, product, plan, amount } of cells) {
        // Of the month that is dropped.
        if (month > oldest - dropped) continue;
        columns.cellMonth[next] = month;
        columns.cellProduct[next] = product;
        columns.cellPlan[next] = plan;
        columns.cellAmount[next] = amount;
        next += 1;
      }
      columns.starts[account + 1] = next;
    }
    return ledgerOf({
      currency: this.#currency,
      first: addMonths(this.#last, -oldest),
      months: oldest + 1 - dropped,
      ids: entries.map(({ id }) => id),
      starts: columns.starts,
      cellMonth: columns.cellMonth.slice(0, next),
      cellProduct: columns.cellProduct.slice(0, next),
      cellPlan: columns.cellPlan.slice(0, next),
      cellAmount: columns.cellAmount.slice(0, next),
      products: products.names,
      plans: plans.names,
      foreign: this.#foreign[until],
    });
  }
}

const placesFor = (names: readonly unknown[], count: number): Places =>
  names.length > NARROW_NAMES ? new Uint32Array(count) : new Uint16Array(count);

const emptyColumns = ({
  accounts,
  cells,
  products,
  plans,
}: Pick<RevenueLedger, 'products' | 'plans'> & { readonly accounts: number; readonly cells: number }) => ({
  starts: new Uint32Array(accounts + 1),
  cellMonth: new Uint16Array(cells),
  cellProduct: placesFor(products, cells),
  cellPlan: placesFor(plans, cells),
  cellAmount: new Float64Array(cells),
});

/** A ledger from its cells: the totals are their sums. */
export function ledgerOf(cells: Omit<RevenueLedger, 'totals'>): RevenueLedger {
  const { months, ids, starts, cellMonth, cellAmount } = cells;
  const totals = new Float64Array(ids.length * months);
  for (let account = 0, cell = 0; account < ids.length; account++) {
    const row = account * months;
    for (const end = starts[account + 1] ?? 0; cell < end; cell++) {
      const at = row + (cellMonth[cell] ?? 0);
      totals[at] = (totals[at] ?? 0) + (cellAmount[cell] ?? 0);
    }
  }
  return { ...cells, totals };
}

/** The accounts that `keeps` takes in, with the whole that they are a part of; `places` says where each stood. */
export function partOf(
  ledger: RevenueLedger,
  keeps: (account: number) => boolean,
): { readonly ledger: RevenueLedger; readonly places: readonly number[] } {
  const places = ledger.ids.map((_, account) => account).filter(keeps);
  const range = (account: number): readonly [number, number] => [ledger.starts[account] ?? 0, ledger.starts[account + 1] ?? 0];
  const count = places.reduce((sum, account) => sum + range(account)[1] - range(account)[0], 0);
  const columns = emptyColumns({ ...ledger, accounts: places.length, cells: count });
  let next = 0;
  for (const [account, place] of places.entries()) {
    const [from, to] = range(place);
    for (const name of ['cellMonth', 'cellProduct', 'cellPlan', 'cellAmount'] as const)
      columns[name].set(ledger[name].subarray(from, to), next);
    next += to - from;
    columns.starts[account + 1] = next;
  }
  const { totals: _, whole = ledger, ...rest } = ledger;
  return { places, ledger: ledgerOf({ ...rest, whole, ...columns, ids: places.map((place) => ledger.ids[place] ?? '') }) };
}
