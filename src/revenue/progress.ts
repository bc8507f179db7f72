/**
 * Whether the current month's MRR records have arrived yet, told over the whole portal.
 *
 * While fewer than half of the accounts with MRR in the month before have a record in the current month, the month is
 * still being written, and the work goes on as of the month before.
 */
import type { Account } from '../account.ts';
import { addMonths, type Day, type Month, monthOf } from '../units/day.ts';

/** For one month: the days on which accounts became known as paying the month before, and as recorded in this one. */
interface Arrivals {
  readonly paidBefore: Day[];
  readonly recorded: Day[];
}

export interface MonthProgress {
  /** The month that revenue works with on `day`: its own, or the one before while that is still being written. */
  workingMonth(day: Day): Month;
}

const lastOf = (a: Day, b: Day): Day => {
  if (a < b) return b;
  return a;
};

function earliest(known: (Day | undefined)[], back: number, day: Day): void {
  const before = known[back];
  if (before === undefined || day < before) known[back] = day;
}

/** Collects over all accounts, in any order; keeps two days an account and month for the `span` months up to `asOf`. */
export class MonthCensus {
  /** By months back from as-of's own. */
  readonly #arrivals: readonly Arrivals[];
  /** Months back; one more than there are arrivals, since a month's payers are those of the month before. */
  readonly #back: ReadonlyMap<Month, number>;
  /** Records of earlier months say nothing here. */
  readonly #earliest: Month;
  /** Of the account that is being added. */
  readonly #paid: (Day | undefined)[];
  readonly #recorded: (Day | undefined)[];

  constructor(asOf: Day, span = 5) {
    const months = Array.from({ length: span + 1 }, (_, back) => addMonths(monthOf(asOf), -back));
    this.#arrivals = Array.from({ length: span }, () => ({ paidBefore: [], recorded: [] }));
    this.#back = new Map(months.map((month, back) => [month, back]));
    this.#earliest = addMonths(monthOf(asOf), -span);
    this.#paid = new Array(span).fill(undefined);
    this.#recorded = new Array(span).fill(undefined);
  }

  add(account: Pick<Account, 'mrr'>): void {
    const span = this.#arrivals.length;
    this.#paid.fill(undefined);
    this.#recorded.fill(undefined);
    for (const { month, amount, knownAt } of account.mrr) {
      if (month < this.#earliest) continue;
      const back = this.#back.get(month);
      if (back === undefined) continue;
      if (amount > 0 && back > 0) earliest(this.#paid, back - 1, knownAt);
      if (back < span) earliest(this.#recorded, back, knownAt);
    }
    for (const [back, { paidBefore, recorded }] of this.#arrivals.entries()) {
      const paidOn = this.#paid[back];
      if (paidOn === undefined) continue;
      paidBefore.push(paidOn);
      const recordedOn = this.#recorded[back];
      // Both must be known before the account counts as one whose record has arrived.
      if (recordedOn !== undefined) recorded.push(lastOf(paidOn, recordedOn));
    }
  }

  close(): MonthProgress {
    const known = new Map<Day, Month>();
    const until = (days: readonly Day[], day: Day): number => days.reduce((count, one) => (one <= day ? count + 1 : count), 0);
    return {
      workingMonth: (day) => {
        const found = known.get(day);
        if (found) return found;
        const month = monthOf(day);
        const arrivals = this.#arrivals[this.#back.get(month) ?? -1];
        const writing = arrivals !== undefined && until(arrivals.recorded, day) * 2 < until(arrivals.paidBefore, day);
        const working = writing ? addMonths(month, -1) : month;
        known.set(day, working);
        return working;
      },
    };
  }
}
