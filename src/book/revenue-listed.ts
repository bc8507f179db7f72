/** The accounts behind whatever the screens over revenue show, as a list that fits on a screen. */
import type { ChurnCategory } from '../policy.ts';
import { driverSegment } from '../revenue/drivers.ts';
import { amountAt, cellsOfMonth, eachMonth, firstPaidMonth, monthNumber } from '../revenue/ledger.ts';
import { productsAt } from '../revenue/products.ts';
import { largestName, productAmounts, type Segmentation, tiersAt } from '../revenue/segments.ts';
import type { Month } from '../units/day.ts';
import type { Money } from '../units/money.ts';
import { type AccountBehind, accountsBehind, type Figure } from './revenue-behind.ts';
import { churnedOf } from './revenue-reports.ts';
import { type RevenueSource, segmentTerms } from './revenue-source.ts';

export type Behind =
  | { readonly what: 'figure'; readonly figure: Figure }
  /** Whose MRR is another at the end of `month` than `months` before, in whichever way. */
  | { readonly what: 'moved'; readonly month: Month; readonly months: number }
  /** The same in a segment, as `driversOf` cuts it. */
  | { readonly what: 'driver'; readonly month: Month; readonly months: number; readonly by: Segmentation; readonly value: string | null }
  /** Who churned in the last `months` for a reason. */
  | { readonly what: 'reason'; readonly category: ChurnCategory | null; readonly months: number }
  /** Who paid for a product, or on a plan, in a month. */
  | { readonly what: 'paid'; readonly of: 'product' | 'plan'; readonly value: string | null; readonly month: Month }
  | { readonly what: 'combination'; readonly products: readonly string[]; readonly top: boolean }
  | { readonly what: 'path'; readonly path: readonly string[] };

/** The largest changes first; `count` and the sums are of all, whatever the list leaves out. */
export interface BehindList {
  readonly rows: readonly AccountBehind[];
  readonly count: number;
  readonly before: Money;
  readonly after: Money;
}

/** More than anybody reads on a screen. */
const LISTED = 1000;

export function behind(source: RevenueSource, of: Behind): BehindList {
  const all = [...found(source, of)].sort(
    (a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before) || b.after - a.after || (a.id < b.id ? -1 : 1),
  );
  const sum = (key: 'before' | 'after'): Money => all.reduce((total, row) => total + row[key], 0) as Money;
  return { rows: all.slice(0, LISTED), count: all.length, before: sum('before'), after: sum('after') };
}

function found(source: RevenueSource, of: Behind): readonly AccountBehind[] {
  if (of.what === 'figure') return accountsBehind(source, of.figure);
  const { ledger, account } = source.book;
  const rows: AccountBehind[] = [];
  const add: Add = (place, before, after) =>
    void rows.push({ id: ledger.ids[place] ?? '', name: account(place).name, before: before as Money, after: after as Money });
  if (of.what === 'reason') {
    // An account that churned twice stands once, with all that was lost.
    const own = churnedOf(source, of.months).filter(({ category }) => category === of.category);
    for (const [place, events] of Map.groupBy(own, (event) => event.account))
      add(
        place,
        events.reduce((sum, { mrrLost }) => sum + mrrLost, 0),
        0,
      );
    return rows;
  }
  const visit = visitor(source, of, add);
  for (let place = 0; place < ledger.ids.length; place++) {
    const first = firstPaidMonth(ledger, place);
    if (first >= 0) visit(place, first);
  }
  return rows;
}

type Add = (place: number, before: number, after: number) => void;

/** Adds an account where it belongs to what is asked for; `first` is the first month that it paid in. */
function visitor(
  source: RevenueSource,
  of: Exclude<Behind, { what: 'figure' | 'reason' }>,
  add: Add,
): (place: number, first: number) => void {
  const { ledger } = source.book;
  const last = ledger.months - 1;
  const to = 'month' in of ? monthNumber(ledger, of.month) : last;
  const from = to - ('months' in of ? of.months : 1);
  const addChange = (place: number): void => add(place, amountAt(ledger, place, from), amountAt(ledger, place, to));
  const isMoved = (place: number): boolean => amountAt(ledger, place, from) !== amountAt(ledger, place, to);
  switch (of.what) {
    case 'moved':
      return (place) => isMoved(place) && addChange(place);
    case 'driver': {
      const segment = driverSegment(ledger, of.by, from, to, segmentTerms(source));
      if (segment) return (place) => isMoved(place) && segment(place) === of.value && addChange(place);
      return (place) =>
        productAmounts(ledger, place, from, to, (product, before, after) => {
          if (before !== after && (ledger.products[product] ?? null) === of.value) add(place, before, after);
        });
    }
    case 'paid': {
      const names = of.of === 'plan' ? ledger.plans : ledger.products;
      const column = of.of === 'plan' ? ledger.cellPlan : ledger.cellProduct;
      return (place) => {
        const [begin, end] = cellsOfMonth(ledger, place, to);
        for (let cell = begin; cell < end; cell++) if ((names[column[cell] ?? 0] ?? null) === of.value) return addChange(place);
      };
    }
    case 'combination': {
      const tier = of.top ? tiersAt(ledger, last, source.policy) : null;
      const wanted = of.products.join('\n');
      return (place) => {
        if (tier && tier(place) !== 'high') return;
        const names = productsAt(ledger, place, last).map((product) => ledger.products[product] ?? '');
        if (names.length > 0 && names.join('\n') === wanted) addChange(place);
      };
    }
    case 'path': {
      const wanted = of.path.join('\n');
      return (place, first) => {
        const [before, after] = [amountAt(ledger, place, first), amountAt(ledger, place, last)];
        if (after > before && plansOf(source, place).join('\n') === wanted) add(place, before, after);
      };
    }
  }
}

/** The plans that an account went through, without repeats. */
function plansOf({ book: { ledger } }: RevenueSource, place: number): readonly string[] {
  const path: string[] = [];
  eachMonth(ledger, place, (from, to) => {
    const plan = largestName(ledger, ledger.cellPlan, ledger.plans, from, to);
    if (plan !== null && plan !== path.at(-1)) path.push(plan);
  });
  return path;
}
