/**
 * Whether the current month's MRR records have arrived yet, told over the whole portal.
 *
 * While fewer than half of the accounts with MRR in the month before have a record in the current month, the month is
 * still being written, and the work goes on as of the month before.
 */
import type { Account, MrrFact } from '../account.ts';
import { addMonths, type Day, type Month, monthOf } from '../units/day.ts';

/** From that day on one account more, or one less. */
interface Change {
  readonly on: Day;
  readonly by: 1 | -1;
}

/** For one month: when accounts became known as paying the month before, and those among them as recorded in this one. */
interface Arrivals {
  readonly paidBefore: Change[];
  readonly recorded: Change[];
}

export interface MonthProgress {
  /**
   * The month that revenue works with on `day`: its own, or the one before while that is still being written. No day is later
   * than the one that the census is of.
   */
  workingMonth(day: Day): Month;
}

const lastOf = (a: Day, b: Day): Day => {
  if (a < b) return b;
  return a;
};

/** When the month's records, as they became known, began and ceased to be worth anything: a discount may take it all back. */
function payingSince(records: MrrFact[]): readonly Change[] {
  if (records.length > 1) records.sort((a, b) => (a.knownAt < b.knownAt ? -1 : a.knownAt > b.knownAt ? 1 : 0));
  const changes: Change[] = [];
  let sum = 0;
  for (const [index, { amount, knownAt }] of records.entries()) {
    sum += amount;
    // Of one day all records count together.
    if (records[index + 1]?.knownAt === knownAt) continue;
    if (sum > 0 !== (changes.length % 2 === 1)) changes.push({ on: knownAt, by: sum > 0 ? 1 : -1 });
  }
  return changes;
}

/** Collects over all accounts, in any order; keeps a few days an account and month for the `span` months up to `asOf`. */
export class MonthCensus {
  /** By months back from as-of's own. */
  readonly #arrivals: readonly Arrivals[];
  /** Months back; one more than there are arrivals, since a month's payers are those of the month before. */
  readonly #back: ReadonlyMap<Month, number>;
  /** Records of earlier months say nothing here. */
  readonly #earliest: Month;
  readonly #last: Day;
  /** Of the account that is being added, by months back. */
  readonly #records: readonly MrrFact[][];

  constructor(asOf: Day, span = 5) {
    this.#last = asOf;
    const months = Array.from({ length: span + 1 }, (_, back) => addMonths(monthOf(asOf), -back));
    this.#arrivals = Array.from({ length: span }, () => ({ paidBefore: [], recorded: [] }));
    this.#back = new Map(months.map((month, back) => [month, back]));
    this.#earliest = addMonths(monthOf(asOf), -span);
    this.#records = months.map(() => []);
  }

  add(account: Pick<Account, 'mrr'>): void {
    for (const records of this.#records) records.length = 0;
    for (const fact of account.mrr) {
      if (fact.month < this.#earliest) continue;
      this.#records[this.#back.get(fact.month) ?? -1]?.push(fact);
    }
    for (const [back, { paidBefore, recorded }] of this.#arrivals.entries()) {
      const own = this.#records[back] ?? [];
      const since = own.reduce<Day | null>((day, { knownAt }) => (day === null || knownAt < day ? knownAt : day), null);
      for (const change of payingSince(this.#records[back + 1] ?? [])) {
        paidBefore.push(change);
        // Both must be known before the account counts as one whose record has arrived.
        if (since !== null) recorded.push({ on: lastOf(change.on, since), by: change.by });
      }
    }
  }

  close(): MonthProgress {
    const known = new Map<Day, Month>();
    const until = (changes: readonly Change[], day: Day): number =>
      changes.reduce((count, { on, by }) => (on <= day ? count + by : count), 0);
    return {
      workingMonth: (asked) => {
        const day = asked > this.#last ? this.#last : asked;
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
