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

/** Collects over all accounts, in any order; keeps two days an account and month for the `span` months up to `asOf`. */
export class MonthCensus {
  readonly #months: ReadonlyMap<Month, Arrivals>;
  /** Records of earlier months say nothing here. */
  readonly #earliest: Month;

  constructor(asOf: Day, span = 5) {
    const months = new Map<Month, Arrivals>();
    for (let back = 0; back < span; back++) months.set(addMonths(monthOf(asOf), -back), { paidBefore: [], recorded: [] });
    this.#months = months;
    this.#earliest = addMonths(monthOf(asOf), -span);
  }

  add(account: Pick<Account, 'mrr'>): void {
    const paid = new Map<Month, Day>();
    const recorded = new Map<Month, Day>();
    const earliest = (known: Map<Month, Day>, month: Month, day: Day) => {
      const before = known.get(month);
      if (!before || day < before) known.set(month, day);
    };
    for (const fact of account.mrr) {
      if (fact.month < this.#earliest) continue;
      const next = addMonths(fact.month, 1);
      if (fact.amount > 0 && this.#months.has(next)) earliest(paid, next, fact.knownAt);
      if (this.#months.has(fact.month)) earliest(recorded, fact.month, fact.knownAt);
    }
    for (const [month, paidOn] of paid) {
      const arrivals = this.#months.get(month);
      arrivals?.paidBefore.push(paidOn);
      const recordedOn = recorded.get(month);
      // Both must be known before the account counts as one whose record has arrived.
      if (recordedOn) arrivals?.recorded.push(lastOf(paidOn, recordedOn));
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
        const arrivals = this.#months.get(month);
        const writing = arrivals !== undefined && until(arrivals.recorded, day) * 2 < until(arrivals.paidBefore, day);
        const working = writing ? addMonths(month, -1) : month;
        known.set(day, working);
        return working;
      },
    };
  }
}
