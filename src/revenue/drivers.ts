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

/**
 * The drivers of the change between two months by their numbers, the largest change in either direction first. Accounts
 * belong to the segment in which they were in the month `from` (plan, tier, grade) or are now; one that had no MRR then is,
 * for plan, tier and grade, in the segment of the month `to`. By product, a product that an account took on for the first time is new.
 */
export function drivers(
  ledger: RevenueLedger,
  by: Segmentation | 'account',
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
