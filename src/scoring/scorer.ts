/** Scores accounts one by one; what needs the whole portfolio (the range) is added in a second pass. */
import type { Policy, SignalRule } from '../policy.ts';
import type { Day } from '../units/day.ts';
import { replayBand } from './bands.ts';
import { type CompiledPolicy, type CompiledRule, compilePolicy } from './compile.ts';
import { type Evaluation, evaluate, type FedReading, readSlot, type Subject, severityOf } from './evaluate.ts';
import { exposureOf, probabilityOf } from './exposure.ts';
import { FeedClock, type PortalFeeds } from './feeds.ts';
import { rangeOf, type Spread } from './range.ts';
import { daysAgo } from './reading.ts';
import type { Score } from './types.ts';

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
  /** By signal that fires, dismissed ones too: the first day of its unbroken firing, 90 days back at most. */
  readonly since: ReadonlyMap<string, Day>;
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
}

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
    draft: (subject) => draftScore(compiled, new Reader(compiled, clock, subject), subject, asOf),
    evaluateOn: (subject, day) => new Reader(compiled, clock, subject).evaluation(day),
  };
}

/** Readings of one account, each worked out once a day. */
class Reader {
  readonly #compiled: CompiledPolicy;
  readonly #clock: FeedClock;
  readonly #subject: Subject;
  readonly #days = new Map<Day, (FedReading | undefined)[]>();

  constructor(compiled: CompiledPolicy, clock: FeedClock, subject: Subject) {
    this.#compiled = compiled;
    this.#clock = clock;
    this.#subject = subject;
  }

  read(day: Day, slot: number): FedReading {
    let readings = this.#days.get(day);
    if (!readings) {
      readings = [];
      this.#days.set(day, readings);
    }
    const known = readings[slot];
    if (known) return known;
    const wanted = this.#compiled.slots[slot];
    if (!wanted) throw new RangeError(`no slot ${slot}`);
    const found = readSlot(wanted, this.#subject, this.#clock, this.#compiled.policy, day);
    readings[slot] = found;
    return found;
  }

  evaluation(day: Day): Evaluation {
    return evaluate(this.#compiled, this.#subject, day, (slot) => this.read(day, slot));
  }

  /** Walks back over the days on which the rule fired without a break. */
  since(rule: CompiledRule, asOf: Day): Day {
    let first = asOf;
    for (let back = 1; back <= SINCE_DAYS; back++) {
      const day = daysAgo(asOf, back);
      if (severityOf(rule, this.read(day, rule.slot).reading) === 0) break;
      first = day;
    }
    return first;
  }
}

function draftScore(compiled: CompiledPolicy, reader: Reader, subject: Subject, asOf: Day): ScoreDraft {
  const { policy } = compiled;
  const week = Array.from({ length: WEEK }, (_, index) => reader.evaluation(daysAgo(asOf, WEEK - index)));
  const evaluation = reader.evaluation(asOf);
  const [before] = week;
  const { receipt, coverage } = evaluation;
  const isKnown = (one: Evaluation | undefined): one is Evaluation => one !== undefined && one.coverage >= policy.minimumCoverage;
  const { stratum, assumed, monthsLost } = exposureOf(subject.account, asOf, policy);
  const since = new Map<string, Day>();
  const firing = new Set(receipt.groups.flatMap((group) => group.lines.map((line) => line.signal)));
  for (const rule of compiled.rules) if (firing.has(rule.rule.id)) since.set(rule.rule.id, reader.since(rule, asOf));
  return {
    evaluation,
    since,
    riskChange7d: isKnown(evaluation) && isKnown(before) ? receipt.risk - before.receipt.risk : null,
    score: {
      receipt,
      band: isKnown(evaluation)
        ? replayBand(
            [...week, evaluation].map((one) => (isKnown(one) ? one.receipt.total : null)),
            policy.bands,
          )
        : null,
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

function portalCoverage(compiled: CompiledPolicy, clock: FeedClock): number {
  let mapped = 0;
  let all = 0;
  for (const { rule, slot } of compiled.rules) {
    const input = compiled.slots[slot]?.input;
    const isMapped = input?.anyFeed ? input.feeds.some((feed) => clock.mapped(feed)) : input?.feeds.every((feed) => clock.mapped(feed));
    all += Math.abs(rule.points);
    if (isMapped) mapped += Math.abs(rule.points);
  }
  return all === 0 ? 0 : mapped / all;
}
