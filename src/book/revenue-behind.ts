/** The accounts behind a bar or a cell of a revenue report: what they had before and have after adds up to the figure. */
import { amountAt, cellsOfMonth, firstPaidMonth, monthNumber, type RevenueLedger } from '../revenue/ledger.ts';
import { type MovementKind, movementKind } from '../revenue/movements.ts';
import { productAmounts, type Segmentation, segmentOf } from '../revenue/segments.ts';
import type { Month } from '../units/day.ts';
import type { Money } from '../units/money.ts';
import { lastMonth } from './revenue-reports.ts';
import { type RevenueSource, segmentTerms } from './revenue-source.ts';

/** Which figure. `null` as a segment, product or plan: what has none. */
export type Figure =
  /** Month by month in the `months` up to `month`; an account that made several such steps stands once, with their sum. */
  | { readonly of: 'movement'; readonly month: Month; readonly months: number; readonly kind: MovementKind }
  /** Customers of the month before the first of `months`, by what they were or are, as `churn` cuts them. */
  | { readonly of: 'segment'; readonly by: Segmentation; readonly value: string | null; readonly months: number }
  /** Those who began in `month`, as they are `age` months later. */
  | { readonly of: 'cohort'; readonly month: Month; readonly age: number }
  | { readonly of: 'product'; readonly month: Month; readonly product: string | null; readonly plan: string | null };

export interface AccountBehind {
  readonly id: string;
  /** Raw. */
  readonly name: string;
  readonly before: Money;
  readonly after: Money;
}

/** The largest amount first, before or after, then by id. */
export function accountsBehind(source: RevenueSource, figure: Figure): readonly AccountBehind[] {
  const found: AccountBehind[] = [];
  each(source, figure, (place, before, after) => {
    const { ledger, account } = source.book;
    found.push({ id: ledger.ids[place] ?? '', name: account(place).name, before: before as Money, after: after as Money });
  });
  return found.sort((a, b) => Math.max(b.before, b.after) - Math.max(a.before, a.after) || (a.id < b.id ? -1 : 1));
}

type Add = (place: number, before: number, after: number) => void;

function each(source: RevenueSource, figure: Figure, add: Add): void {
  const { ledger } = source.book;
  for (let place = 0; place < ledger.ids.length; place++) {
    const first = firstPaidMonth(ledger, place);
    if (first < 0) continue;
    if (figure.of === 'movement') movementOf(ledger, place, first, figure, add);
    else if (figure.of === 'cohort') cohortOf(ledger, place, first, figure, add);
    else if (figure.of === 'product') productOf(ledger, place, figure, add);
  }
  if (figure.of === 'segment') segmentAccounts(source, figure, add);
}

function movementOf(ledger: RevenueLedger, place: number, first: number, figure: Figure & { readonly of: 'movement' }, add: Add): void {
  const to = monthNumber(ledger, figure.month);
  let begun: number | null = null;
  let change = 0;
  let before: number = amountAt(ledger, place, to - figure.months);
  for (let month = to - figure.months + 1; month <= to; month++) {
    const after: number = amountAt(ledger, place, month);
    if (movementKind(before, after, first < month) === figure.kind) {
      begun ??= before;
      change += after - before;
    }
    before = after;
  }
  if (begun === null) return;
  // One that lost more than it had at first, having come back in between, had at least that.
  const had = Math.max(begun, -change);
  add(place, had, had + change);
}

function cohortOf(ledger: RevenueLedger, place: number, first: number, figure: Figure & { readonly of: 'cohort' }, add: Add): void {
  if (monthNumber(ledger, figure.month) !== first) return;
  add(place, amountAt(ledger, place, first), amountAt(ledger, place, first + figure.age));
}

function productOf(ledger: RevenueLedger, place: number, figure: Figure & { readonly of: 'product' }, add: Add): void {
  const [from, to] = cellsOfMonth(ledger, place, monthNumber(ledger, figure.month));
  let sum = 0;
  let isThere = false;
  for (let cell = from; cell < to; cell++) {
    const product = ledger.products[ledger.cellProduct[cell] ?? 0] ?? null;
    const plan = ledger.plans[ledger.cellPlan[cell] ?? 0] ?? null;
    if (product !== figure.product || plan !== figure.plan) continue;
    sum += ledger.cellAmount[cell] ?? 0;
    isThere = true;
  }
  if (isThere) add(place, 0, sum);
}

function segmentAccounts(source: RevenueSource, { by, value, months }: Figure & { readonly of: 'segment' }, add: Add): void {
  const { ledger } = source.book;
  const to = monthNumber(ledger, lastMonth(source));
  const from = to - months;
  const segment = by === 'product' ? null : segmentOf(ledger, by, from, segmentTerms(source));
  for (let place = 0; place < ledger.ids.length; place++) {
    const before = amountAt(ledger, place, from);
    if (before === 0) continue;
    if (segment) {
      if (segment(place) === value) add(place, before, amountAt(ledger, place, to));
      continue;
    }
    productAmounts(ledger, place, from, to, (product, had, has) => {
      if (had > 0 && (ledger.products[product] ?? null) === value) add(place, had, Math.max(0, has));
    });
  }
}
