/** Who churned, why, and in which segments. Churned in a month: MRR before, none then; MRR decides, never a churn date. */
import { addMonths, type Month } from '../units/day.ts';
import type { Money } from '../units/money.ts';
import { amountAt, firstPaidMonth, type RevenueLedger } from './ledger.ts';
import { type Retention, RetentionSum } from './retention.ts';
import { productAmounts, type Segmentation, type SegmentTerms, segmentOf } from './segments.ts';

export interface ChurnEvent {
  /** A place in the ledger's `ids`. */
  readonly account: number;
  readonly id: string;
  /** The first month without MRR. */
  readonly month: Month;
  /** MRR of the month before. */
  readonly mrrLost: Money;
  /** Only to the latest churn of an account belongs the reason that its record has now. */
  readonly latest: boolean;
  /** It has MRR again in the ledger's last month. */
  readonly back: boolean;
}

/** Churn of the last `count` months, oldest first, then the largest loss, then the id. */
export function churnEvents(ledger: RevenueLedger, count: number): readonly ChurnEvent[] {
  const { months, totals } = ledger;
  const events: ChurnEvent[] = [];
  for (let account = 0; account < ledger.ids.length; account++) {
    let latest = true;
    const start = account * months;
    for (let month = months - 1; month > 0 && month >= months - count; month--) {
      const lost = totals[start + month - 1] ?? 0;
      if (lost === 0 || totals[start + month] !== 0) continue;
      events.push({
        account,
        id: ledger.ids[account] ?? '',
        month: addMonths(ledger.first, month),
        mrrLost: lost as Money,
        latest,
        back: totals[start + months - 1] !== 0,
      });
      latest = false;
    }
  }
  return events.sort((a, b) => (a.month === b.month ? b.mrrLost - a.mrrLost || (a.id < b.id ? -1 : 1) : a.month < b.month ? -1 : 1));
}

export interface SegmentChurn extends Retention {
  readonly value: string | null;
}

/**
 * Retention by segment over the last `count` months as two points, the month before the first of them and the last, for
 * the customers of the first point: plan, tier and product as they were then, the rest as it is now. By product, an
 * account is a customer of each product it had, and one that it dropped is churned there. The largest MRR first, then by
 * name; what belongs nowhere stands under null, last. Segments in which nobody began are left out.
 */
export function churnBySegment(ledger: RevenueLedger, by: Segmentation, count: number, terms: SegmentTerms): readonly SegmentChurn[] {
  const from = ledger.months - 1 - count;
  const to = ledger.months - 1;
  const sums = new Map<string | null, RetentionSum>();
  const add = (value: string | null, before: number, after: number): void => {
    if (before <= 0) return;
    let sum = sums.get(value);
    if (!sum) {
      sum = new RetentionSum();
      sums.set(value, sum);
    }
    sum.add(before, Math.max(0, after), true);
  };
  const segment = by === 'product' ? null : segmentOf(ledger, by, from, terms);
  for (let account = 0; account < ledger.ids.length; account++) {
    if (firstPaidMonth(ledger, account) < 0) continue;
    const before = amountAt(ledger, account, from);
    if (before === 0) continue;
    if (segment) add(segment(account), before, amountAt(ledger, account, to));
    else productAmounts(ledger, account, from, to, (product, had, has) => add(ledger.products[product] ?? null, had, has));
  }
  return [...sums]
    .map(([value, sum]) => ({ value, ...sum.retention }))
    .sort((a, b) => compareSegments(a.value, b.value, b.mrrStart - a.mrrStart));
}

/** null last, then by `size` (below 0: a first), then by code point. */
export function compareSegments(a: string | null, b: string | null, size: number): number {
  if ((a === null) !== (b === null)) return a === null ? 1 : -1;
  return size || ((a ?? '') < (b ?? '') ? -1 : 1);
}
