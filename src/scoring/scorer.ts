/** Scores accounts one by one; what needs the whole portfolio (the range) is added in a second pass. */
import type { FeedId } from '../account.ts';
import type { Band, Policy, Ramp, SignalRule, Stratum } from '../policy.ts';
import type { Day } from '../units/day.ts';
import { bandAfter } from './bands.ts';
import { type CompiledPolicy, type CompiledRule, compilePolicy, GROUPS, isRetired, rampFor, rampSeverity } from './compile.ts';
import { leavesOf } from './condition.ts';
import { DayReader, type Subject } from './day-reader.ts';
import { type Evaluation, evaluate, profileOn, severityOf, type Weight, weigh } from './evaluate.ts';
import { type Exposure, exposureOf, probabilityOf } from './exposure.ts';
import { FeedClock, type PortalFeeds } from './feeds.ts';
import { rangeOf, type Spread } from './range.ts';
import { daysAgo, isMissing, type Reading } from './reading.ts';
import type { Receipt, Score } from './types.ts';

/** Days that the band remembers, and over which the change of the risk is told. */
const WEEK = 7;
const SINCE_DAYS = 90;
const GRADE_A = 0.8;
const GRADE_B = 0.5;

/** Everything of a score but its range. */
export interface ScoreDraft {
  readonly weight: Weight;
  /** Null where coverage is below the policy's minimum. */
  readonly band: Band | null;
  readonly exposure: Exposure;
  readonly probability: number;
  /** Worked out each time it is asked for, as all that follows. Rounded risk now − rounded risk a week ago; null where either day knew too little. */
  readonly riskChange7d: () => number | null;
  readonly receipt: () => Receipt;
  /**
   * By signal that fires, dismissed ones too: the first day of its unbroken firing, 90 days back at most. It takes longer
   * than all the rest.
   */
  readonly since: () => ReadonlyMap<string, Day>;
}

export interface Scorer {
  readonly asOf: Day;
  readonly policy: Policy;
  readonly rules: ReadonlyMap<string, SignalRule>;
  /** Σ|points| of signals whose feeds are mapped ÷ Σ|points| of all. */
  readonly portalCoverage: number;
  draft(subject: Subject): ScoreDraft;
  /** The receipt of any day up to as-of, by the facts that were known then. */
  evaluateOn(subject: Subject, day: Day): Evaluation;
  /** What every rule read on each of the given days, in the policy's order. */
  inspect(subject: Subject, days: readonly Day[]): readonly (readonly Inspected[])[];
}

/** What one rule made of one account on one day. */
export interface Inspected {
  readonly rule: SignalRule;
  readonly ramp: Ramp;
  /** The feed that the reading, or its absence, is put down to. */
  readonly feed: FeedId;
  readonly reading: Reading;
  /** Left out of the score of this account. */
  readonly retired: boolean;
  readonly dismissed: boolean;
  /** What age leaves of the severity, 0–1. */
  readonly fade: number;
  /** 0–1, after fading; 0 where there is no reading. */
  readonly severity: number;
  readonly points: number;
}

/** The days that decide about a band, oldest first: the week before as-of, and as-of. */
export const bandDays = (asOf: Day): readonly Day[] => [...Array.from({ length: WEEK }, (_, index) => daysAgo(asOf, WEEK - index)), asOf];

/** With the receipt as a property like the others that is made when somebody reads it. */
class LazyScore implements Score {
  declare readonly receipt: Receipt;
  readonly risk: number;
  readonly total: number;
  readonly unclipped: number;
  readonly band: Band | null;
  readonly range: readonly [number, number];
  readonly coverage: number;
  readonly grade: Score['grade'];
  readonly stratum: Stratum;
  readonly stratumAssumed: boolean;
  readonly probability: number;
  readonly monthsLost: number;
  readonly noticeGiven: boolean;
  declare readonly groups: Score['groups'];
  readonly #draft: ScoreDraft;
  static readonly #lazily = {
    receipt: {
      enumerable: true,
      get(this: LazyScore): Receipt {
        return this.#draft.receipt();
      },
    },
    groups: {
      enumerable: true,
      get(this: LazyScore): Score['groups'] {
        const { points, fired } = this.#draft.weight;
        return Object.fromEntries(GROUPS.flatMap((group, index) => (fired & (1 << index) ? [[group, points[index] ?? 0]] : [])));
      },
    },
  };

  constructor(draft: ScoreDraft, range: readonly [number, number]) {
    const { weight, exposure } = draft;
    this.#draft = draft;
    this.risk = Math.round(weight.total);
    this.total = weight.total;
    this.unclipped = weight.unclipped;
    this.band = draft.band;
    this.range = range;
    this.coverage = weight.coverage;
    this.grade = weight.coverage >= GRADE_A ? 'A' : weight.coverage >= GRADE_B ? 'B' : 'C';
    this.stratum = exposure.stratum;
    this.stratumAssumed = exposure.assumed;
    this.probability = draft.probability;
    this.monthsLost = exposure.monthsLost;
    this.noticeGiven = weight.noticeGiven;
    Object.defineProperties(this, LazyScore.#lazily);
  }
}

export const finishScore = (draft: ScoreDraft, spread: Spread, policy: Policy): Score =>
  new LazyScore(draft, rangeOf(draft.weight, spread, policy));

/** Throws RangeError where the policy names an unknown input. */
export function createScorer(policy: Policy, feeds: PortalFeeds, asOf: Day): Scorer {
  const compiled = compilePolicy(policy);
  const clock = new FeedClock(feeds);
  return {
    asOf,
    policy,
    rules: new Map(policy.signals.map((rule) => [rule.id, rule])),
    portalCoverage: portalCoverage(compiled, clock),
    draft: (subject) => draftScore(compiled, clock, subject, asOf),
    evaluateOn: (subject, day) => new Reader(compiled, clock, subject).evaluation(day),
    inspect: (subject, days) => {
      const reader = new Reader(compiled, clock, subject);
      return days.map((day) => reader.inspect(day));
    },
  };
}

/** Readings of one account by day. */
class Reader {
  readonly #compiled: CompiledPolicy;
  readonly #clock: FeedClock;
  readonly #subject: Subject;
  readonly #days = new Map<Day, DayReader>();
  readonly ago = (from: Day, days: number): DayReader => this.on(daysAgo(from, days));

  constructor(compiled: CompiledPolicy, clock: FeedClock, subject: Subject) {
    this.#compiled = compiled;
    this.#clock = clock;
    this.#subject = subject;
  }

  on(day: Day): DayReader {
    let found = this.#days.get(day);
    if (!found) {
      found = new DayReader(this.#compiled, this.#clock, this.#subject, day, this.ago);
      this.#days.set(day, found);
    }
    return found;
  }

  evaluation(day: Day): Evaluation {
    return evaluate(this.#compiled, this.#subject, this.on(day));
  }

  weight(day: Day): Weight {
    return weigh(this.#compiled, this.#subject, this.on(day));
  }

  inspect(day: Day): Inspected[] {
    const profile = profileOn(this.#compiled, this.#subject, day);
    return this.#compiled.rules.map((one): Inspected => {
      const { rule, slot, decay } = one;
      const { reading, feed } = this.on(day).read(slot);
      const ramp = rampFor(one, profile);
      const fade = decay === null || isMissing(reading) ? 1 : 2 ** (-reading.ageDays / decay);
      const severity = isMissing(reading) ? 0 : rampSeverity(reading.value, ramp) * fade;
      const retired = isRetired(one, profile, this.#subject.facts.account.id);
      const dismissedOn = this.#subject.dismissedOn(rule.id);
      const dismissed = dismissedOn !== null && dismissedOn <= day;
      return { rule, ramp, feed, reading, retired, dismissed, fade, severity, points: retired || dismissed ? 0 : rule.points * severity };
    });
  }
}

function draftScore(compiled: CompiledPolicy, clock: FeedClock, subject: Subject, asOf: Day): ScoreDraft {
  const { policy } = compiled;
  const reader = new Reader(compiled, clock, subject);
  const weight = reader.weight(asOf);
  const isKnown = weight.coverage >= policy.minimumCoverage;
  const totalAgo = (days: number): number | null => {
    if (days === 0) return weight.total;
    const then = reader.weight(daysAgo(asOf, days));
    return then.coverage >= policy.minimumCoverage ? then.total : null;
  };
  const exposure = exposureOf(subject.facts.account, asOf, policy);
  return {
    weight,
    band: isKnown ? bandAfter(WEEK, totalAgo, policy.bands) : null,
    exposure,
    probability: probabilityOf(weight.unclipped, exposure.stratum, policy),
    ...whenAsked(compiled, clock, subject, asOf, isKnown ? Math.round(weight.total) : null),
  };
}

/** By itself, so that the functions hold on to nothing that a draft read: a book keeps them for every account. */
const whenAsked = (
  compiled: CompiledPolicy,
  clock: FeedClock,
  subject: Subject,
  asOf: Day,
  /** Null where too little is known. */
  risk: number | null,
): Pick<ScoreDraft, 'riskChange7d' | 'receipt' | 'since'> => ({
  riskChange7d: () => {
    if (risk === null) return null;
    const { total, coverage } = new Reader(compiled, clock, subject).weight(daysAgo(asOf, WEEK));
    return coverage < compiled.policy.minimumCoverage ? null : risk - Math.round(total);
  },
  receipt: () => new Reader(compiled, clock, subject).evaluation(asOf).receipt,
  since: () => sinceOf(compiled, clock, subject, asOf),
});

/** Walks back over the days on which rules fired without a break, all of them side by side: a day is read once and let go. */
function sinceOf(compiled: CompiledPolicy, clock: FeedClock, subject: Subject, asOf: Day): ReadonlyMap<string, Day> {
  const earlier = new Reader(compiled, clock, subject);
  const firing = (rules: readonly CompiledRule[], day: Day): CompiledRule[] => {
    const reader = new DayReader(compiled, clock, subject, day, earlier.ago);
    const profile = profileOn(compiled, subject, day);
    return rules.filter((rule) => severityOf(reader.read(rule.slot).reading, rampFor(rule, profile), rule.decay) !== 0);
  };
  const profile = profileOn(compiled, subject, asOf);
  const { id } = subject.facts.account;
  let running = firing(
    compiled.rules.filter((rule) => !isRetired(rule, profile, id)),
    asOf,
  );
  const found = new Map(running.map(({ rule }) => [rule.id, asOf]));
  for (let back = 1; back <= SINCE_DAYS && running.length > 0; back++) {
    const day = daysAgo(asOf, back);
    running = firing(running, day);
    for (const { rule } of running) found.set(rule.id, day);
  }
  return found;
}

function portalCoverage(compiled: CompiledPolicy, clock: FeedClock): number {
  let mapped = 0;
  let all = 0;
  for (const { rule, slot } of compiled.rules) {
    all += Math.abs(rule.points);
    if (isMapped(compiled, slot, clock)) mapped += Math.abs(rule.points);
  }
  return all === 0 ? 0 : mapped / all;
}

function isMapped(compiled: CompiledPolicy, slot: number, clock: FeedClock): boolean {
  const wanted = compiled.slots[slot];
  if (!wanted) return false;
  if ('when' in wanted) return leavesOf(wanted.when).every((leaf) => isMapped(compiled, leaf, clock));
  const { feeds, anyFeed } = wanted.input;
  return anyFeed ? feeds.some((feed) => clock.mapped(feed)) : feeds.every((feed) => clock.mapped(feed));
}
