/** Scores accounts one by one; what needs the whole portfolio (the range) is added in a second pass. */
import type { FeedId } from '../account.ts';
import type { Policy, Ramp, SignalRule } from '../policy.ts';
import type { Day } from '../units/day.ts';
import { bandAfter } from './bands.ts';
import { type CompiledPolicy, type CompiledRule, compilePolicy, isRetired, rampFor, rampSeverity } from './compile.ts';
import type { CompiledCondition } from './condition.ts';
import { DayReader, type Subject } from './day-reader.ts';
import { type Evaluation, evaluate, profileOn, severityOf, type Weight, weigh } from './evaluate.ts';
import { exposureOf, probabilityOf } from './exposure.ts';
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
  readonly score: Omit<Score, 'range'>;
  readonly evaluation: Evaluation;
  /** Rounded risk now − rounded risk a week ago; null where either day knew too little. */
  readonly riskChange7d: number | null;
  /**
   * By signal that fires, dismissed ones too: the first day of its unbroken firing, 90 days back at most. Worked out when
   * first asked for: it takes longer than all the rest.
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

export const finishScore = (draft: ScoreDraft, spread: Spread, policy: Policy): Score => ({
  ...draft.score,
  range: rangeOf(draft.evaluation, spread, policy),
});

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

  constructor(compiled: CompiledPolicy, clock: FeedClock, subject: Subject) {
    this.#compiled = compiled;
    this.#clock = clock;
    this.#subject = subject;
  }

  on(day: Day): DayReader {
    let found = this.#days.get(day);
    if (!found) {
      found = new DayReader(this.#compiled, this.#clock, this.#subject, day, (days) => this.on(daysAgo(day, days)));
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
      const retired = isRetired(one, profile, this.#subject.account.id);
      const dismissedOn = this.#subject.dismissedOn(rule.id);
      const dismissed = dismissedOn !== null && dismissedOn <= day;
      return { rule, ramp, feed, reading, retired, dismissed, fade, severity, points: retired || dismissed ? 0 : rule.points * severity };
    });
  }

  /** Walks back over the days on which the rule fired without a break. */
  since(rule: CompiledRule, asOf: Day): Day {
    let first = asOf;
    for (let back = 1; back <= SINCE_DAYS; back++) {
      const day = daysAgo(asOf, back);
      const ramp = rampFor(rule, profileOn(this.#compiled, this.#subject, day));
      if (severityOf(this.on(day).read(rule.slot).reading, ramp, rule.decay) === 0) break;
      first = day;
    }
    return first;
  }
}

function draftScore(compiled: CompiledPolicy, clock: FeedClock, subject: Subject, asOf: Day): ScoreDraft {
  const { policy } = compiled;
  const reader = new Reader(compiled, clock, subject);
  const evaluation = reader.evaluation(asOf);
  const { receipt, coverage } = evaluation;
  const isKnown = (one: { readonly coverage: number }): boolean => one.coverage >= policy.minimumCoverage;
  const totalAgo = (days: number): number | null => {
    if (days === 0) return receipt.total;
    const weight = reader.weight(daysAgo(asOf, days));
    return isKnown(weight) ? weight.total : null;
  };
  const before = isKnown(evaluation) ? totalAgo(WEEK) : null;
  const { stratum, assumed, monthsLost } = exposureOf(subject.account, asOf, policy);
  return {
    evaluation,
    since: once(() => sinceOf(compiled, new Reader(compiled, clock, subject), receipt)),
    riskChange7d: before === null ? null : receipt.risk - Math.round(before),
    score: {
      receipt,
      band: isKnown(evaluation) ? bandAfter(WEEK, totalAgo, policy.bands) : null,
      coverage,
      grade: coverage >= GRADE_A ? 'A' : coverage >= GRADE_B ? 'B' : 'C',
      stratum,
      stratumAssumed: assumed,
      probability: probabilityOf(receipt.unclipped, stratum, policy),
      monthsLost,
      noticeGiven: receipt.overrides.some((override) => override.id === 'notice_given'),
    },
  };
}

function sinceOf(compiled: CompiledPolicy, reader: Reader, receipt: Receipt): ReadonlyMap<string, Day> {
  const firing = new Set(receipt.groups.flatMap((group) => group.lines.map((line) => line.signal)));
  return new Map(
    compiled.rules.flatMap((rule) => (firing.has(rule.rule.id) ? [[rule.rule.id, reader.since(rule, receipt.asOf)] as const] : [])),
  );
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
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

function leavesOf(condition: CompiledCondition): number[] {
  if (condition.kind === 'leaf') return [condition.slot];
  return condition.kind === 'not' ? leavesOf(condition.part) : condition.parts.flatMap(leavesOf);
}
