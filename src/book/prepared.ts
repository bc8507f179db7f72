/** One account's facts in the shapes that scoring asks for, each made once, whatever pass or day asks. */
import type { Account } from '../account.ts';
import { textOfHtml } from '../data/hubspot/html.ts';
import type { Policy } from '../policy.ts';
import { planOf } from '../revenue/figures.ts';
import { type MrrSeries, mrrByMonth, mrrIn, productsIn, type RevenueTerms, seatsIn } from '../revenue/series.ts';
import { type Column, columnOf, type Facts, factsOf, pastValue } from '../scoring/facts.ts';
import { INPUTS } from '../scoring/inputs/index.ts';
import { wordLists } from '../scoring/mention-input.ts';
import { type Mention, type MentionFinder, mentionFinder } from '../scoring/mentions.ts';
import { type Exception, exceptionsIn } from '../scoring/overrides.ts';
import type { Input, Reading, RevenueReading } from '../scoring/reading.ts';
import { type Day, firstDay, type Month, serialOf } from '../units/day.ts';
import type { Money } from '../units/money.ts';

/**
 * A copy made here: were readings that stay made in the same place as those that are forgotten at once, the engine would
 * take all of them for ones that stay.
 */
const kept = (found: Reading): Reading => ({ ...found });

const OF_REVENUE = Object.values<Input>(INPUTS).flatMap((input) => (input.ofRevenue ? [input] : []));

/**
 * What scoring reads of one series. The series itself is made anew where somebody wants it: it is many times as large,
 * and a book would hold one or two for each account.
 */
class KnownRevenue implements RevenueReading {
  readonly currency: string;
  readonly foreign: boolean;
  readonly month: Month;
  readonly firstRecord: Month | null;
  readonly firstPaid: Day | null;
  readonly mrr: Money | null;
  readonly seats: number | null;
  /** The plan with the largest MRR of the month. */
  readonly plan: string | null;
  readonly readings = new Map<Input, Reading>();
  readonly #make: () => MrrSeries;
  #series: MrrSeries | null;

  constructor(facts: Facts, make: () => MrrSeries) {
    const series = make();
    this.#make = make;
    this.#series = series;
    this.currency = series.currency;
    this.foreign = series.foreign;
    this.month = series.last;
    this.firstRecord = series.firstRecord;
    this.firstPaid = series.firstPaid && firstDay(series.firstPaid);
    this.mrr = mrrIn(series, series.last);
    this.seats = seatsIn(series, series.last);
    this.plan = planOf(series, series.last);
    for (const input of OF_REVENUE) this.readings.set(input, kept(input.read(facts, { revenue: this })));
    this.#series = null;
  }

  get series(): MrrSeries {
    return this.#series ?? this.#make();
  }

  mrrIn(month: Month): Money | null {
    return mrrIn(this.series, month);
  }

  seatsIn(month: Month): number | null {
    return seatsIn(this.series, month);
  }

  productsIn(month: Month): ReadonlyMap<string | null, Money> {
    return productsIn(this.series, month);
  }
}

/** A week looks at two or three, a walk back through a quarter at twice as many. */
const KEPT_REVENUES = 8;
const UNSAID: Column<Mention> = { at: [], seen: [], facts: [] };

export class PreparedAccount {
  readonly account: Account;
  readonly facts: Facts;
  readonly #preparer: Preparer;
  /** The days on which MRR records became known, ascending. */
  readonly #recorded: readonly number[];
  /** The last asked first. */
  readonly #revenues: { readonly working: Month; readonly records: number; readonly revenue: KnownRevenue }[] = [];
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
    return this.revenueOn(day, serialOf(day), working).series;
  }

  /** The plan of the working month's largest MRR, else the company's property. */
  planOn(day: Day, working: Month): string | null {
    const on = serialOf(day);
    return this.revenueOn(day, on, working).plan ?? pastValue(this.facts.past.plan, on);
  }

  /** Revenue changes only where the working month does or another record becomes known. */
  revenueOn(day: Day, on: number, working: Month): KnownRevenue {
    const records = countUpTo(this.#recorded, on);
    const place = this.#revenues.findIndex((kept) => kept.records === records && kept.working === working);
    const kept = this.#revenues[place];
    if (kept) {
      if (place > 0) this.#revenues.unshift(...this.#revenues.splice(place, 1));
      return kept.revenue;
    }
    const { currency, policy } = this.#preparer;
    const terms: RevenueTerms = { month: working, knownBy: day, currency, ...policy.revenue };
    const revenue = new KnownRevenue(this.facts, () => mrrByMonth(this.account, terms));
    this.#revenues.unshift({ working, records, revenue });
    if (this.#revenues.length > KEPT_REVENUES) this.#revenues.pop();
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
