/** One account's facts in the shapes that scoring asks for, each made once, whatever pass or day asks. */
import { type Account, valueOn } from '../account.ts';
import { textOfHtml } from '../data/hubspot/html.ts';
import type { Policy } from '../policy.ts';
import { type MrrSeries, mrrByMonth, mrrIn, productsIn, seatsIn } from '../revenue/series.ts';
import { wordLists } from '../scoring/mention-input.ts';
import { type Mention, type MentionFinder, type Mentions, mentionFinder } from '../scoring/mentions.ts';
import { type RevenueReading, type UsageRow, usageRows } from '../scoring/reading.ts';
import { type Day, firstDay, type Month } from '../units/day.ts';
import type { Money } from '../units/money.ts';

/** A series with what was already asked of it. */
interface KnownSeries {
  readonly series: MrrSeries;
  readonly products: Map<Month, ReadonlyMap<string | null, Money>>;
}

export class PreparedAccount {
  readonly account: Account;
  readonly #preparer: Preparer;
  readonly #series = new Map<string, KnownSeries>();
  #last: { readonly day: Day; readonly working: Month; readonly found: KnownSeries } | undefined;
  #recorded: readonly Day[] | undefined;
  #usage: readonly UsageRow[] | undefined;
  #mentions: Mentions | undefined;

  constructor(account: Account, preparer: Preparer) {
    this.account = account;
    this.#preparer = preparer;
  }

  /** By last day, newest first. */
  get usage(): readonly UsageRow[] {
    this.#usage ??= usageRows(this.account);
    return this.#usage;
  }

  mentions(topic: string): readonly Mention[] {
    this.#mentions ??= this.#preparer.find(this.account);
    return this.#mentions.get(topic) ?? [];
  }

  seriesOn(day: Day, working: Month): MrrSeries {
    return this.#known(day, working).series;
  }

  /** A series changes only where the working month does or another record becomes known. */
  #known(day: Day, working: Month): KnownSeries {
    // A day is asked for many times in a row.
    if (this.#last?.day === day && this.#last.working === working) return this.#last.found;
    this.#recorded ??= this.account.mrr.map((fact) => fact.knownAt).sort();
    const key = `${working} ${countUpTo(this.#recorded, day)}`;
    let found = this.#series.get(key);
    if (!found) {
      const { currency, policy } = this.#preparer;
      found = { series: mrrByMonth(this.account, { month: working, knownBy: day, currency, ...policy.revenue }), products: new Map() };
      this.#series.set(key, found);
    }
    this.#last = { day, working, found };
    return found;
  }

  revenueOn(day: Day, working: Month): RevenueReading {
    return revenueReading(this.account, this.#known(day, working), day);
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

const revenueReading = (account: Account, { series, products }: KnownSeries, day: Day): RevenueReading => ({
  currency: series.currency,
  foreign: series.foreign,
  month: series.last,
  firstRecord: series.firstRecord,
  contractStart: valueOn(account.attributes.contractStart, day) ?? (series.firstPaid && firstDay(series.firstPaid)),
  mrrIn: (month) => mrrIn(series, month),
  productsIn: (month) => {
    let found = products.get(month);
    if (!found) {
      found = productsIn(series, month);
      products.set(month, found);
    }
    return found;
  },
  seatsIn: (month) => seatsIn(series, month),
});

/** How many of the ascending days are on or before `day`. */
function countUpTo(days: readonly Day[], day: Day): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((days[middle] ?? day) <= day) low = middle + 1;
    else high = middle;
  }
  return low;
}
