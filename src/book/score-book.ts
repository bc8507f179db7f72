/**
 * Scores a whole book: revenue, score and what follows from both together.
 *
 * Three passes: a census (is the month written, who pays how much, what is usual on a plan), a draft of every account by
 * itself, and the finish with what needs the whole portfolio.
 */
import type { Account } from '../account.ts';
import type { Policy, Tier } from '../policy.ts';
import { type RevenueFigures, revenueFigures } from '../revenue/figures.ts';
import { type Population, populationOf, type Quadrant, quadrantOf } from '../revenue/population.ts';
import { MonthCensus, type MonthProgress } from '../revenue/progress.ts';
import type { MrrSeries } from '../revenue/series.ts';
import type { Profile } from '../scoring/compile.ts';
import type { Subject } from '../scoring/day-reader.ts';
import type { Evaluation } from '../scoring/evaluate.ts';
import { expectedLoss, mrrAtRisk } from '../scoring/exposure.ts';
import { type Column, type Facts, pastValue } from '../scoring/facts.ts';
import type { PortalFeeds } from '../scoring/feeds.ts';
import type { Mention } from '../scoring/mentions.ts';
import { type Exception, overridesOn } from '../scoring/overrides.ts';
import type { Peers } from '../scoring/peers.ts';
import { SpreadCensus } from '../scoring/range.ts';
import type { Pulse, RevenueReading } from '../scoring/reading.ts';
import { createScorer, finishScore, type ScoreDraft, type Scorer } from '../scoring/scorer.ts';
import type { Override, Score } from '../scoring/types.ts';
import { searchKey } from '../text/search.ts';
import { type Day, type Month, monthOf, serialOf } from '../units/day.ts';
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
  /** The day that MRR is known until, where that is before `asOf`: the months after it do not exist yet. */
  readonly dataUntil?: Day;
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
  /** Worked out anew each time it is asked for, as the receipt is. */
  readonly revenue: RevenueFigures;
  readonly series: MrrSeries;
  /** It paid once and pays nothing now: it belongs to the churn report, not to the morning's list. */
  readonly hasLeft: boolean;
  readonly tier: Tier | null;
  /** The team's own grade by total MRR; null where it has none. */
  readonly customerGrade: string | null;
  readonly quadrant: Quadrant | null;
  /** In the account's currency; null where MRR is unknown. */
  readonly mrrAtRisk: Money | null;
  readonly expectedLoss: Money | null;
  /** Worked out anew each time too. */
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

  /** `preparer`: of the same currency and policy, where accounts were prepared before. */
  constructor(portal: Portal, policy: Policy, preparer = new Preparer(portal.currency, policy)) {
    this.#portal = portal;
    this.#preparer = preparer;
    this.#months = new MonthCensus(portal.dataUntil ?? portal.asOf);
  }

  add(account: Account): void {
    this.#months.add(account);
    this.#accounts.push(this.#preparer.of(account));
  }

  close(): Census {
    const { asOf } = this.#portal;
    const progress = this.#months.close();
    const working = progress.workingMonth(asOf);
    const on = serialOf(asOf);
    const homeMrr = this.#accounts.map((prepared): Money | null => {
      const { foreign, mrr } = prepared.revenueOn(asOf, on, working);
      return foreign ? null : mrr;
    });
    const paying = this.#accounts.filter((_, index) => (homeMrr[index] ?? 0) > 0);
    const peers = portalPeers(paying, asOf, working);
    return { progress, population: populationOf(homeMrr, this.#preparer.policy), peers, preparer: this.#preparer };
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
export interface AccountDraft {
  readonly subject: BookSubject;
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
    const subject = this.#subject(this.#census.preparer.of(account));
    const draft = this.#scorer.draft(subject);
    this.#spread.add(draft.weight);
    return { subject, draft };
  }

  /** Once every account has its draft: the range and the quadrant. */
  finish(drafts: readonly AccountDraft[]): readonly ScoredAccount[] {
    const spread = this.#spread.close(this.#policy);
    const { population } = this.#census;
    return drafts.map((drafted) => new LazyAccount(drafted, finishScore(drafted.draft, spread, this.#policy), this.#policy, population));
  }

  /** The receipt of another day up to as-of, by the facts that were known then: cheap, for one account at a time. */
  evaluateOn(account: Account, day: Day): Evaluation {
    return this.#scorer.evaluateOn(this.#subject(this.#census.preparer.of(account)), day);
  }

  /** What every rule read of the account on each of the days, with what its weighing depends on. */
  inspect(account: Account, days: readonly Day[]): Inspection {
    const subject = this.#subject(this.#census.preparer.of(account));
    return {
      mrr: subject.revenue.mrr,
      cells: this.#scorer.inspect(subject, days),
      profiles: days.map((day) => subject.profileOn(day)),
      overrides: days.map((day) => overridesOn(subject.facts, subject.exceptions, serialOf(day))),
    };
  }

  #subject(prepared: PreparedAccount): BookSubject {
    const { id } = prepared.account;
    return new BookSubject(prepared, this.#portal.asOf, this.#census, this.#pulses.get(id) ?? NO_PULSES, this.#dismissals.get(id) ?? null);
  }
}

const NO_PULSES: readonly Pulse[] = [];

/** An account as the scorer meets it in a book. */
class BookSubject implements Subject {
  readonly prepared: PreparedAccount;
  readonly asOf: Day;
  readonly facts: Facts;
  /** As of the book's day. */
  readonly revenue: ReturnType<PreparedAccount['revenueOn']>;
  readonly tier: Tier | null;
  readonly customerGrade: string | null;
  readonly plan: string | null;
  readonly peers: Peers;
  readonly pulses: readonly Pulse[];
  readonly #progress: MonthProgress;
  readonly #dismissed: ReadonlyMap<string, Day> | null;

  constructor(
    prepared: PreparedAccount,
    asOf: Day,
    { progress, population, peers }: Census,
    pulses: readonly Pulse[],
    dismissed: ReadonlyMap<string, Day> | null,
  ) {
    const working = progress.workingMonth(asOf);
    const revenue = prepared.revenueOn(asOf, serialOf(asOf), working);
    this.prepared = prepared;
    this.asOf = asOf;
    this.facts = prepared.facts;
    this.revenue = revenue;
    this.tier = revenue.foreign ? null : population.tierOf(revenue.mrr);
    this.customerGrade = revenue.foreign ? null : population.gradeOf(revenue.mrr);
    this.plan = prepared.planOn(asOf, working);
    this.peers = peers;
    this.pulses = pulses;
    this.#progress = progress;
    this.#dismissed = dismissed;
  }

  get exceptions(): readonly Exception[] {
    return this.prepared.exceptions;
  }

  mentions(topic: string): Column<Mention> {
    return this.prepared.mentions(topic);
  }

  revenueOn(day: Day, on: number): RevenueReading {
    return this.prepared.revenueOn(day, on, this.#progress.workingMonth(day));
  }

  profileOn(day: Day): Profile {
    return {
      plan: folded(this.prepared.planOn(day, this.#progress.workingMonth(day))),
      segment: folded(pastValue(this.facts.past.segment, serialOf(day))),
    };
  }

  dismissedOn(signal: string): Day | null {
    return this.#dismissed?.get(signal) ?? null;
  }
}

/** With properties like the others that are made when somebody reads them. */
class LazyAccount implements ScoredAccount {
  readonly account: Account;
  readonly score: Score;
  declare readonly revenue: RevenueFigures;
  declare readonly series: MrrSeries;
  readonly hasLeft: boolean;
  readonly tier: Tier | null;
  readonly customerGrade: string | null;
  readonly quadrant: Quadrant | null;
  readonly mrrAtRisk: Money | null;
  readonly expectedLoss: Money | null;
  declare readonly riskChange7d: number | null;
  readonly since: () => ReadonlyMap<string, Day>;
  readonly #subject: BookSubject;
  readonly #draft: ScoreDraft;
  readonly #noticeDays: number;
  static readonly #lazily = {
    revenue: {
      enumerable: true,
      get(this: LazyAccount): RevenueFigures {
        return revenueFigures(this.account, this.series, this.#subject.asOf, this.#noticeDays);
      },
    },
    riskChange7d: {
      enumerable: true,
      get(this: LazyAccount): number | null {
        return this.#draft.riskChange7d();
      },
    },
    series: {
      enumerable: true,
      get(this: LazyAccount): MrrSeries {
        return this.#subject.revenue.series;
      },
    },
  };

  constructor({ subject, draft }: AccountDraft, score: Score, policy: Policy, population: Population) {
    const { mrr, foreign, firstPaid } = subject.revenue;
    this.account = subject.facts.account;
    this.score = score;
    this.hasLeft = mrr === 0 && firstPaid !== null;
    this.tier = subject.tier;
    this.customerGrade = subject.customerGrade;
    this.quadrant = foreign ? null : quadrantOf(mrr, score.band, population);
    this.mrrAtRisk = mrr === null ? null : mrrAtRisk(mrr, score.probability);
    this.expectedLoss = mrr === null ? null : expectedLoss(mrr, score.probability, score.monthsLost);
    this.since = draft.since;
    this.#subject = subject;
    this.#draft = draft;
    this.#noticeDays = policy.noticeDays;
    Object.defineProperties(this, LazyAccount.#lazily);
  }
}

const folded = (text: string | null): string | null => text && searchKey(text);

/** Oldest first; of one day, the one that says more last, so that the order in which they come does not matter. */
const inOrder = (pulses: readonly AccountPulse[]): readonly AccountPulse[] =>
  [...pulses].sort((a, b) => (a.on === b.on ? a.points - b.points || (a.because < b.because ? -1 : 1) : a.on < b.on ? -1 : 1));

/**
 * All three passes over accounts that are in memory; `accounts` is the whole portal's, so that tiers are too. With a
 * `preparer` of the same currency and policy, accounts that it knows are not prepared again.
 */
export function scoreBook(accounts: readonly Account[], portal: Portal, policy: Policy, preparer?: Preparer): ScoredBook {
  const census = new PortalCensus(portal, policy, preparer);
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
