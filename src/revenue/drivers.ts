/** What moved MRR between two months, by segment, product or account: parts that add up to the whole change. */
import type { Money } from '../units/money.ts';
import { compareSegments } from './churn.ts';
import { amountAt, firstPaidMonth, type RevenueLedger } from './ledger.ts';
import { MovementSum, type Movements } from './movements.ts';
import { productAmounts, type Segmentation, type SegmentTerms, segmentOf } from './segments.ts';

export interface Driver extends Movements {
  /** The segment's name, or the account's id; null for what belongs to none. */
  readonly value: string | null;
  /** `end − start`. */
  readonly change: Money;
}

export interface AccountDriver extends Driver {
  /** Its place in the ledger. */
  readonly account: number;
}

/**
 * The drivers of the change between two months by their numbers, the largest change in either direction first. Accounts
 * belong to the segment in which they were in the month `from` (plan, tier, grade) or are now; one that had no MRR then is,
 * for plan, tier and grade, in the segment of the month `to`. By product, a product that an account took on for the first time is new.
 */
export function drivers(
  ledger: RevenueLedger,
  by: Segmentation,
  { from, to }: { readonly from: number; readonly to: number },
  terms: SegmentTerms,
): readonly Driver[] {
  const sums = new Map<string | null, MovementSum>();
  const add = (value: string | null, before: number, after: number, hadEarlier: boolean): void => {
    let sum = sums.get(value);
    if (!sum) {
      sum = new MovementSum();
      sums.set(value, sum);
    }
    sum.add(before, after, hadEarlier);
  };
  const segment = driverSegment(ledger, by, from, to, terms);
  for (let account = 0; account < ledger.ids.length; account++) {
    const first = firstPaidMonth(ledger, account);
    if (first < 0 || first > to) continue;
    if (segment) add(segment(account), amountAt(ledger, account, from), amountAt(ledger, account, to), first <= from);
    else {
      productAmounts(ledger, account, from, to, (product, before, after) => {
        const hadEarlier = before <= 0 && hadProduct(ledger, account, product, from);
        add(ledger.products[product] ?? null, before, after, hadEarlier);
      });
    }
  }
  return [...sums]
    .map(([value, sum]) => {
      const moved = sum.movements;
      return { value, change: moved.netNew, ...moved };
    })
    .filter(({ change, start, end }) => change !== 0 || start !== 0 || end !== 0)
    .sort((a, b) => Math.abs(b.change) - Math.abs(a.change) || compareSegments(a.value, b.value, 0));
}

/**
 * The `most` accounts whose MRR changed most in either direction, the largest change first, then by id; `rest` is what the
 * other accounts with a change add up to. A portal has too many accounts to make a row of each.
 */
export function accountDrivers(
  ledger: RevenueLedger,
  { from, to }: { readonly from: number; readonly to: number },
  most: number,
): { readonly rows: readonly AccountDriver[]; readonly rest: { readonly count: number; readonly change: Money } } {
  const changeOf = (account: number): number => amountAt(ledger, account, to) - amountAt(ledger, account, from);
  const top: { readonly account: number; readonly size: number }[] = [];
  let [count, change] = [0, 0];
  for (let account = 0; account < ledger.ids.length; account++) {
    const size = Math.abs(changeOf(account));
    if (size === 0) continue;
    count += 1;
    change += changeOf(account);
    if (top.length >= most && size <= (top.at(-1)?.size ?? 0)) continue;
    // Accounts come by id: of equals the one that is there stays before.
    const place = top.findLastIndex((other) => other.size >= size) + 1;
    top.splice(place, 0, { account, size });
    if (top.length > most) top.pop();
  }
  const rows = top.map(({ account }) => {
    const sum = new MovementSum();
    const first = firstPaidMonth(ledger, account);
    sum.add(amountAt(ledger, account, from), amountAt(ledger, account, to), first >= 0 && first <= from);
    return { account, value: ledger.ids[account] ?? null, change: sum.movements.netNew, ...sum.movements };
  });
  const named = rows.reduce((sum, row) => sum + row.change, 0);
  return { rows, rest: { count: count - rows.length, change: (change - named) as Money } };
}

/** Which segment of `drivers` an account belongs to; null by product, of which an account may have several. */
export function driverSegment(
  ledger: RevenueLedger,
  by: Segmentation | 'account',
  from: number,
  to: number,
  terms: SegmentTerms,
): ((account: number) => string | null) | null {
  if (by === 'product') return null;
  if (by === 'account') return (account) => ledger.ids[account] ?? null;
  const then = segmentOf(ledger, by, from, terms);
  if (by !== 'plan' && by !== 'tier' && by !== 'customer-grade') return then;
  const now = segmentOf(ledger, by, to, terms);
  return (account) => (amountAt(ledger, account, from) > 0 ? then(account) : now(account));
}

/** Whether an account paid for a product in any month up to `month`. */
function hadProduct(
  { starts, cellMonth, cellProduct, cellAmount }: RevenueLedger,
  account: number,
  product: number,
  month: number,
): boolean {
  let sum = 0;
  let open = -1;
  for (let cell = starts[account] ?? 0; cell < (starts[account + 1] ?? 0) && (cellMonth[cell] ?? 0) <= month; cell++) {
    if (cellProduct[cell] !== product) continue;
    // The cells of a month and product stand together.
    if (cellMonth[cell] !== open && sum > 0) return true;
    sum = (cellMonth[cell] === open ? sum : 0) + (cellAmount[cell] ?? 0);
    open = cellMonth[cell] ?? 0;
  }
  return sum > 0;
}
