/** One account's facts in the shapes that scoring asks for, each made once, whatever pass or day asks. */
import type { Account } from '../account.ts';
import { textOfHtml } from '../data/hubspot/html.ts';
import type { Policy } from '../policy.ts';
import { type MrrSeries, mrrByMonth, mrrIn, productsIn, seatsIn } from '../revenue/series.ts';
import { type Column, columnOf, type Facts, factsOf } from '../scoring/facts.ts';
import { wordLists } from '../scoring/mention-input.ts';
import { type Mention, type MentionFinder, mentionFinder } from '../scoring/mentions.ts';
import { type Exception, exceptionsIn } from '../scoring/overrides.ts';
import type { Input, Reading, RevenueReading } from '../scoring/reading.ts';
import { type Day, firstDay, type Month, serialOf } from '../units/day.ts';
import type { Money } from '../units/money.ts';

/** Revenue by one series, with what was already asked of it. */
class KnownRevenue implements RevenueReading {
  readonly series: MrrSeries;
  readonly currency: string;
  readonly foreign: boolean;
  readonly month: Month;
  readonly firstRecord: Month | null;
  readonly firstPaid: Day | null;
  readonly mrr: Money | null;
  readonly seats: number | null;
  readonly readings = new Map<Input, Reading>();
  readonly #products = new Map<Month, ReadonlyMap<string | null, Money>>();

  constructor(series: MrrSeries) {
    this.series = series;
    this.currency = series.currency;
    this.foreign = series.foreign;
    this.month = series.last;
    this.firstRecord = series.firstRecord;
    this.firstPaid = series.firstPaid && firstDay(series.firstPaid);
    this.mrr = mrrIn(series, series.last);
    this.seats = seatsIn(series, series.last);
  }

  mrrIn(month: Month): Money | null {
    return mrrIn(this.series, month);
  }

  seatsIn(month: Month): number | null {
    return seatsIn(this.series, month);
  }

  productsIn(month: Month): ReadonlyMap<string | null, Money> {
    let found = this.#products.get(month);
    if (!found) {
      found = productsIn(this.series, month);
      this.#products.set(month, found);
    }
    return found;
  }
}

/** Series that are kept: a week looks at two or three, a walk back through a quarter at more, one after another. */
const KEPT_SERIES = 4;
const UNSAID: Column<Mention> = { at: [], seen: [], facts: [] };

export class PreparedAccount {
  readonly account: Account;
  readonly facts: Facts;
  readonly #preparer: Preparer;
  /** The days on which MRR records became known, ascending. */
  readonly #recorded: readonly number[];
  /** The last asked first. */
  readonly #series: { readonly working: Month; readonly records: number; readonly revenue: KnownRevenue }[] = [];
  #mentions: ReadonlyMap<string, Column<Mention>> | undefined;
  #exceptions: readonly Exception[] | undefined;

  constructor(account: Account, preparer: Preparer) {
    this.account = account;
    this.facts = factsOf(account);
    this.#preparer = preparer;
    this.#recorded = account.mrr.map((fact): number => serialOf(fact.knownAt)).sort((a, b) => a - b);
  }

  mentions(topic: string): Column<Mention> {
    this.#mentions ??= new Map([...this.#preparer.find(this.account)].map(([name, found]) => [name, columnOf(found)]));
    return this.#mentions.get(topic) ?? UNSAID;
  }

  get exceptions(): readonly Exception[] {
    this.#exceptions ??= exceptionsIn(this.facts, (topic) => this.mentions(topic));
    return this.#exceptions;
  }

  seriesOn(day: Day, working: Month): MrrSeries {
    return this.#known(serialOf(day), day, working).series;
  }

  revenueOn(day: Day, on: number, working: Month): RevenueReading {
    return this.#known(on, day, working);
  }

  /** A series changes only where the working month does or another record becomes known. */
  #known(on: number, day: Day, working: Month): KnownRevenue {
    const records = countUpTo(this.#recorded, on);
    const place = this.#series.findIndex((kept) => kept.records === records && kept.working === working);
    const kept = this.#series[place];
    if (kept) {
      if (place > 0) this.#series.unshift(...this.#series.splice(place, 1));
      return kept.revenue;
    }
    const { currency, policy } = this.#preparer;
    const revenue = new KnownRevenue(mrrByMonth(this.account, { month: working, knownBy: day, currency, ...policy.revenue }));
    this.#series.unshift({ working, records, revenue });
    if (this.#series.length > KEPT_SERIES) this.#series.pop();
    return revenue;
  }
}

/** Prepares accounts for one policy, and gives the same one again for the same facts. */
export class Preparer {
  readonly currency: string;
  readonly policy: Policy;
  readonly find: MentionFinder;
  readonly #known = new WeakMap<Account, PreparedAccount>();

  /** `currency`: the portal's home currency. */
  constructor(currency: string, policy: Policy) {
    this.currency = currency;
    this.policy = policy;
    this.find = mentionFinder(wordLists(policy), textOfHtml);
  }

  of(account: Account): PreparedAccount {
    let found = this.#known.get(account);
    if (!found) {
      found = new PreparedAccount(account, this);
      this.#known.set(account, found);
    }
    return found;
  }
}

/** How many of the ascending days are on or before `on`. */
function countUpTo(days: readonly number[], on: number): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((days[middle] ?? on) <= on) low = middle + 1;
    else high = middle;
  }
  return low;
}
