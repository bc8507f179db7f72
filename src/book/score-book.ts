/**
 * Scores a whole book: revenue, score and what follows from both together.
 *
 * Three passes, so that tens of thousands of accounts can be streamed from the store: a census (is the month written,
 * who pays how much), a draft of every account by itself, and the finish with what needs the whole portfolio.
 */
import { type Account, valueOn } from '../account.ts';
import type { Policy, Tier } from '../policy.ts';
import { planOf, type RevenueFigures, revenueFigures } from '../revenue/figures.ts';
import { type Population, populationOf, type Quadrant, quadrantOf } from '../revenue/population.ts';
import { MonthCensus, type MonthProgress } from '../revenue/progress.ts';
import { type MrrSeries, mrrByMonth, mrrIn, productsIn, type RevenueTerms, seatsIn } from '../revenue/series.ts';
import type { Profile } from '../scoring/compile.ts';
import type { Evaluation, Subject } from '../scoring/evaluate.ts';
import { expectedLoss, mrrAtRisk } from '../scoring/exposure.ts';
import type { PortalFeeds } from '../scoring/feeds.ts';
import { SpreadCensus } from '../scoring/range.ts';
import { type RevenueReading, usageRows } from '../scoring/reading.ts';
import { createScorer, finishScore, type ScoreDraft, type Scorer } from '../scoring/scorer.ts';
import type { Score } from '../scoring/types.ts';
import { searchKey } from '../text/search.ts';
import { addMonths, type Day, firstDay, type Month, monthOf } from '../units/day.ts';
import type { Money } from '../units/money.ts';

export interface Dismissal {
  readonly accountId: string;
  readonly signal: string;
  readonly on: Day;
}

export interface Portal {
  readonly asOf: Day;
  /** Home currency, ISO 4217. */
  readonly currency: string;
  readonly feeds: PortalFeeds;
  readonly dismissals: readonly Dismissal[];
}

export interface ScoredAccount {
  readonly account: Account;
  readonly score: Score;
  readonly revenue: RevenueFigures;
  readonly series: MrrSeries;
  readonly tier: Tier | null;
  readonly quadrant: Quadrant | null;
  /** In the account's currency; null where MRR is unknown. */
  readonly mrrAtRisk: Money | null;
  readonly expectedLoss: Money | null;
  readonly riskChange7d: number | null;
  /** By signal that fires: the first day of its unbroken firing, 90 days back at most. */
  readonly since: ReadonlyMap<string, Day>;
}

export interface ScoredBook {
  readonly asOf: Day;
  /** The month that MRR is about: the one before as-of's while that is still being written. */
  readonly month: Month;
  readonly monthStillBeingWritten: boolean;
  readonly portalCoverage: number;
  readonly accounts: readonly ScoredAccount[];
}

/** First pass: what the portal as a whole says of its revenue. Take it over every account of the store, in any order. */
export class PortalCensus {
  readonly #months: MonthCensus;
  /** By account, the MRR of the month of as-of and of the one before: which of them counts is known at the end. */
  readonly #mrr: (readonly [Money | null, Money | null])[] = [];
  readonly #portal: Portal;
  readonly #policy: Policy;

  constructor(portal: Portal, policy: Policy) {
    this.#portal = portal;
    this.#policy = policy;
    this.#months = new MonthCensus(portal.asOf);
  }

  add(account: Account): void {
    const month = monthOf(this.#portal.asOf);
    const homeMrr = (working: Month): Money | null => {
      const series = mrrByMonth(account, termsFor(this.#portal, this.#policy, working, this.#portal.asOf));
      return series.foreign ? null : mrrIn(series, working);
    };
    this.#months.add(account);
    this.#mrr.push([homeMrr(month), homeMrr(addMonths(month, -1))]);
  }

  close(): Census {
    const progress = this.#months.close();
    const index = progress.workingMonth(this.#portal.asOf) === monthOf(this.#portal.asOf) ? 0 : 1;
    return {
      progress,
      population: populationOf(
        this.#mrr.map((mrr) => mrr[index] ?? null),
        this.#policy.tiers,
      ),
    };
  }
}

export interface Census {
  readonly progress: MonthProgress;
  readonly population: Population;
}

function termsFor(portal: Portal, policy: Policy, working: Month, knownBy: Day): RevenueTerms {
  return { month: working, knownBy, currency: portal.currency, ...policy.revenue };
}

export interface Inspection {
  /** Of the month that the book works with; null where unknown. */
  readonly mrr: Money | null;
  /** By day, then by rule in the compiled policy's order. */
  readonly cells: ReturnType<Scorer['inspect']>;
  /** By day. */
  readonly profiles: readonly Profile[];
}

/** What the second pass keeps of an account. */
export interface AccountDraft extends Omit<ScoredAccount, 'score' | 'quadrant'> {
  readonly draft: ScoreDraft;
}

/** Second and third pass. Throws RangeError where the policy names an unknown input. */
export class BookScorer {
  readonly #portal: Portal;
  readonly #policy: Policy;
  readonly #census: Census;
  readonly #scorer: Scorer;
  readonly #spread = new SpreadCensus();
  readonly #dismissals: ReadonlyMap<string, ReadonlyMap<string, Day>>;

  constructor(portal: Portal, policy: Policy, census: Census) {
    this.#portal = portal;
    this.#policy = policy;
    this.#census = census;
    this.#scorer = createScorer(policy, portal.feeds, portal.asOf);
    const dismissals = new Map<string, Map<string, Day>>();
    for (const { accountId, signal, on } of portal.dismissals) {
      const known = dismissals.get(accountId) ?? new Map<string, Day>();
      const before = known.get(signal);
      dismissals.set(accountId, known.set(signal, before && before < on ? before : on));
    }
    this.#dismissals = dismissals;
  }

  get portalCoverage(): number {
    return this.#scorer.portalCoverage;
  }

  draft(account: Account): AccountDraft {
    const { asOf } = this.#portal;
    const subject = this.#subject(account);
    const { series, tier } = subject;
    const draft = this.#scorer.draft(subject);
    this.#spread.add(draft.evaluation);
    const revenue = revenueFigures(account, series, asOf, this.#policy.noticeDays);
    const { probability, monthsLost } = draft.score;
    return {
      account,
      draft,
      revenue,
      series,
      tier,
      mrrAtRisk: revenue.mrr === null ? null : mrrAtRisk(revenue.mrr, probability),
      expectedLoss: revenue.mrr === null ? null : expectedLoss(revenue.mrr, probability, monthsLost),
      riskChange7d: draft.riskChange7d,
      since: draft.since,
    };
  }

  /** Once every account has its draft: the range and the quadrant. */
  finish(drafts: readonly AccountDraft[]): readonly ScoredAccount[] {
    const spread = this.#spread.close(this.#policy);
    return drafts.map(({ draft, ...rest }) => ({
      ...rest,
      score: finishScore(draft, spread, this.#policy),
      quadrant: rest.revenue.foreign ? null : quadrantOf(rest.revenue.mrr, draft.score.band, this.#census.population),
    }));
  }

  /** The receipt of another day up to as-of, by the facts that were known then: cheap, for one account at a time. */
  evaluateOn(account: Account, day: Day): Evaluation {
    return this.#scorer.evaluateOn(this.#subject(account), day);
  }

  /** What every rule read of the account on each of the days, with what its weighing depends on. */
  inspect(account: Account, days: readonly Day[]): Inspection {
    const subject = this.#subject(account);
    return {
      mrr: mrrIn(subject.series, subject.series.last),
      cells: this.#scorer.inspect(subject, days),
      profiles: days.map((day) => subject.profileOn(day)),
    };
  }

  #subject(account: Account): Subject & { readonly series: MrrSeries } {
    const seriesOn = this.#seriesByDay(account);
    const series = seriesOn(this.#portal.asOf);
    const dismissed = this.#dismissals.get(account.id);
    return {
      account,
      series,
      tier: series.foreign ? null : this.#census.population.tierOf(mrrIn(series, series.last)),
      usage: usageRows(account),
      revenueOn: (day) => revenueReading(account, seriesOn(day), day),
      profileOn: (day) => {
        const series = seriesOn(day);
        return {
          plan: folded(planOf(series, series.last) ?? valueOn(account.attributes.plan, day)),
          segment: folded(valueOn(account.attributes.segment, day)),
        };
      },
      dismissedOn: (signal) => dismissed?.get(signal) ?? null,
    };
  }

  /** A series changes only where the working month does or another record becomes known. */
  #seriesByDay(account: Account): (day: Day) => MrrSeries {
    const known = account.mrr.map((fact) => fact.knownAt).sort();
    const made = new Map<string, MrrSeries>();
    return (day) => {
      const working = this.#census.progress.workingMonth(day);
      const key = `${working} ${countUpTo(known, day)}`;
      let series = made.get(key);
      if (!series) {
        series = mrrByMonth(account, termsFor(this.#portal, this.#policy, working, day));
        made.set(key, series);
      }
      return series;
    };
  }
}

const folded = (text: string | null): string | null => text && searchKey(text);

const revenueReading = (account: Account, series: MrrSeries, day: Day): RevenueReading => ({
  currency: series.currency,
  month: series.last,
  firstRecord: series.firstRecord,
  contractStart: valueOn(account.attributes.contractStart, day) ?? (series.firstPaid && firstDay(series.firstPaid)),
  mrrIn: (month) => mrrIn(series, month),
  productsIn: (month) => productsIn(series, month),
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

/** All three passes over accounts that are in memory; `accounts` is the whole portal's, so that tiers are too. */
export function scoreBook(accounts: readonly Account[], portal: Portal, policy: Policy): ScoredBook {
  const census = new PortalCensus(portal, policy);
  for (const account of accounts) census.add(account);
  const closed = census.close();
  const scorer = new BookScorer(portal, policy, closed);
  const drafts = accounts.map((account) => scorer.draft(account));
  const month = closed.progress.workingMonth(portal.asOf);
  return {
    asOf: portal.asOf,
    month,
    monthStillBeingWritten: month !== monthOf(portal.asOf),
    portalCoverage: scorer.portalCoverage,
    accounts: scorer.finish(drafts),
  };
}
