/**
 * Scores a whole book: revenue, score and what follows from both together.
 *
 * Three passes: a census (is the month written, who pays how much, what is usual on a plan), a draft of every account by
 * itself, and the finish with what needs the whole portfolio.
 */
import { type Account, valueOn } from '../account.ts';
import type { Policy, Tier } from '../policy.ts';
import { planOn, type RevenueFigures, revenueFigures } from '../revenue/figures.ts';
import { type Population, populationOf, type Quadrant, quadrantOf } from '../revenue/population.ts';
import { MonthCensus, type MonthProgress } from '../revenue/progress.ts';
import { type MrrSeries, mrrIn } from '../revenue/series.ts';
import type { Profile } from '../scoring/compile.ts';
import type { Subject } from '../scoring/day-reader.ts';
import type { Evaluation } from '../scoring/evaluate.ts';
import { expectedLoss, mrrAtRisk } from '../scoring/exposure.ts';
import type { PortalFeeds } from '../scoring/feeds.ts';
import { overridesOn } from '../scoring/overrides.ts';
import type { Peers } from '../scoring/peers.ts';
import { SpreadCensus } from '../scoring/range.ts';
import type { Pulse } from '../scoring/reading.ts';
import { createScorer, finishScore, type ScoreDraft, type Scorer } from '../scoring/scorer.ts';
import type { Override, Score } from '../scoring/types.ts';
import { searchKey } from '../text/search.ts';
import { type Day, type Month, monthOf } from '../units/day.ts';
import type { Money } from '../units/money.ts';
import { portalPeers } from './portal-peers.ts';
import { type PreparedAccount, Preparer } from './prepared.ts';

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
  /** Views entered on this machine, in any order. */
  readonly pulses?: readonly AccountPulse[];
}

export interface AccountPulse extends Pulse {
  readonly accountId: string;
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
  readonly since: () => ReadonlyMap<string, Day>;
}

export interface ScoredBook {
  readonly asOf: Day;
  /** The month that MRR is about: the one before as-of's while that is still being written. */
  readonly month: Month;
  readonly monthStillBeingWritten: boolean;
  readonly portalCoverage: number;
  readonly accounts: readonly ScoredAccount[];
}

/** First pass: what the portal as a whole says. Take it over every account of the store, in any order. */
export class PortalCensus {
  readonly #months: MonthCensus;
  readonly #accounts: PreparedAccount[] = [];
  readonly #portal: Portal;
  readonly #preparer: Preparer;

  constructor(portal: Portal, policy: Policy) {
    this.#portal = portal;
    this.#preparer = new Preparer(portal.currency, policy);
    this.#months = new MonthCensus(portal.asOf);
  }

  add(account: Account): void {
    this.#months.add(account);
    this.#accounts.push(this.#preparer.of(account));
  }

  close(): Census {
    const { asOf } = this.#portal;
    const progress = this.#months.close();
    const working = progress.workingMonth(asOf);
    const homeMrr = this.#accounts.map((prepared): Money | null => {
      const series = prepared.seriesOn(asOf, working);
      return series.foreign ? null : mrrIn(series, working);
    });
    const paying = this.#accounts.filter((_, index) => (homeMrr[index] ?? 0) > 0);
    const peers = portalPeers(paying, asOf, working);
    return { progress, population: populationOf(homeMrr, this.#preparer.policy.tiers), peers, preparer: this.#preparer };
  }
}

export interface Census {
  readonly progress: MonthProgress;
  readonly population: Population;
  readonly peers: Peers;
  readonly preparer: Preparer;
}

export interface Inspection {
  /** Of the month that the book works with; null where unknown. */
  readonly mrr: Money | null;
  /** By day, then by rule in the compiled policy's order. */
  readonly cells: ReturnType<Scorer['inspect']>;
  /** By day. */
  readonly profiles: readonly Profile[];
  readonly overrides: readonly (readonly Override[])[];
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
  readonly #pulses: ReadonlyMap<string, readonly Pulse[]>;

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
    this.#pulses = Map.groupBy(inOrder(portal.pulses ?? []), ({ accountId }) => accountId);
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
      overrides: days.map((day) => overridesOn(account, day, subject.mentions('cancellation'))),
    };
  }

  #subject(account: Account): Subject & { readonly series: MrrSeries } {
    const { asOf } = this.#portal;
    const { progress, population, peers, preparer } = this.#census;
    const prepared = preparer.of(account);
    const series = prepared.seriesOn(asOf, progress.workingMonth(asOf));
    const dismissed = this.#dismissals.get(account.id);
    return {
      account,
      series,
      tier: series.foreign ? null : population.tierOf(mrrIn(series, series.last)),
      plan: planOn(account, series, asOf),
      peers,
      pulses: this.#pulses.get(account.id) ?? [],
      get usage() {
        return prepared.usage;
      },
      mentions: (topic) => prepared.mentions(topic),
      revenueOn: (day) => prepared.revenueOn(day, progress.workingMonth(day)),
      profileOn: (day) => ({
        plan: folded(planOn(account, prepared.seriesOn(day, progress.workingMonth(day)), day)),
        segment: folded(valueOn(account.attributes.segment, day)),
      }),
      dismissedOn: (signal) => dismissed?.get(signal) ?? null,
    };
  }
}

const folded = (text: string | null): string | null => text && searchKey(text);

/** Oldest first; of one day, the one that says more last, so that the order in which they come does not matter. */
const inOrder = (pulses: readonly AccountPulse[]): readonly AccountPulse[] =>
  [...pulses].sort((a, b) => (a.on === b.on ? a.points - b.points || (a.because < b.because ? -1 : 1) : a.on < b.on ? -1 : 1));

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
