/**
 * Churn and retention as rates: over the customers or the MRR at the start, null where there is none.
 *
 * GRR = Σ min(before, after) ÷ Σ before, NRR = Σ after ÷ Σ before, both over the customers with MRR before; so a
 * reactivated one is outside of NRR, while the net MRR churn of a month counts it.
 */
import type { Month } from '../units/day.ts';
import { addMonths } from '../units/day.ts';
import type { Money } from '../units/money.ts';
import { amountAt, firstPaidMonth, type RevenueLedger } from './ledger.ts';
import { MovementSum } from './movements.ts';

/** Shares: 0.05 is 5 %. */
export interface Retention {
  readonly customersStart: number;
  readonly churned: number;
  readonly mrrStart: Money;
  readonly logoChurnRate: number | null;
  readonly grossMrrChurnRate: number | null;
  readonly netMrrChurnRate: number | null;
  readonly grr: number | null;
  readonly nrr: number | null;
}

export class RetentionSum {
  readonly #moved = new MovementSum();
  #kept = 0;
  #after = 0;

  add(before: number, after: number, hadEarlier: boolean): void {
    this.#moved.add(before, after, hadEarlier);
    if (before === 0) return;
    this.#kept += Math.min(before, after);
    this.#after += after;
  }

  get retention(): Retention {
    const { start, churn, contraction, expansion, reactivation, customersStart, customersChurned } = this.#moved.movements;
    const share = (part: number): number | null => (start === 0 ? null : part / start);
    return {
      customersStart,
      churned: customersChurned,
      mrrStart: start,
      logoChurnRate: customersStart === 0 ? null : customersChurned / customersStart,
      grossMrrChurnRate: share(churn + contraction),
      netMrrChurnRate: share(churn + contraction - expansion - reactivation),
      grr: share(this.#kept),
      nrr: share(this.#after),
    };
  }
}

export interface MonthRetention extends Retention {
  readonly month: Month;
}

/** Of the last `count` months up to the ledger's last, oldest first, each against the month before. */
export function monthlyRetention(ledger: RevenueLedger, count: number): readonly MonthRetention[] {
  const from = ledger.months - count;
  const sums = Array.from({ length: count }, () => new RetentionSum());
  for (let account = 0; account < ledger.ids.length; account++) {
    const first = firstPaidMonth(ledger, account);
    if (first < 0) continue;
    let before: number = amountAt(ledger, account, from - 1);
    for (let index = 0; index < count; index++) {
      const after = amountAt(ledger, account, from + index);
      sums[index]?.add(before, after, first < from + index);
      before = after;
    }
  }
  return sums.map((sum, index) => ({ month: addMonths(ledger.first, from + index), ...sum.retention }));
}

/** Between two months by their numbers, over the accounts that `counts` takes in. */
export function retentionBetween(
  ledger: RevenueLedger,
  from: number,
  to: number,
  counts: (account: number) => boolean = () => true,
): Retention {
  const sum = new RetentionSum();
  for (let account = 0; account < ledger.ids.length; account++) {
    if (!counts(account)) continue;
    const first = firstPaidMonth(ledger, account);
    sum.add(amountAt(ledger, account, from), amountAt(ledger, account, to), first >= 0 && first <= from);
  }
  return sum.retention;
}

/** The twelve months up to the ledger's last, as two points. */
export const trailing12 = (ledger: RevenueLedger): Retention => retentionBetween(ledger, ledger.months - 13, ledger.months - 1);

/** What a churn rate over twelve months comes to in one, month after month the same. */
export const monthlyChurn = (yearly: number): number => 1 - (1 - yearly) ** (1 / 12);

/** What a rate of retention over twelve months comes to in one. */
export const monthlyKept = (yearly: number): number => yearly ** (1 / 12);
