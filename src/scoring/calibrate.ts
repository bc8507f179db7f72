/**
 * Refits a policy to what really happened, as far as the data carries it: a ladder with gates, adopted only where it is
 * better on later data than the policy in force.
 */
import type { Policy, Stratum } from '../policy.ts';
import type { Day } from '../units/day.ts';
import type { Random } from '../units/random.ts';
import { bootstrap, RESAMPLES, resamplingOf } from './bootstrap.ts';
import {
  distinct,
  eventsOf,
  firingSignals,
  fitBaseRates,
  fitGroups,
  fitPoints,
  fitSlope,
  type PointsFit,
  partsFor,
} from './calibrate-fit.ts';
import { aucOf, type Estimate, logLoss, lossOf } from './measures.ts';
import { type Observation, predictor } from './observation.ts';

export type Step = 0 | 1 | 2 | 3 | 4;

/** Churned accounts that a step needs in the training days. */
const NEEDS: Readonly<Record<1 | 2 | 3 | 4, number>> = { 1: 10, 2: 20, 3: 70, 4: 100 };
const LEAST_TEST_EVENTS = 10;
const LEAST_STAYED = 50;
/** Of all events, the share that later days keep for the test. */
const TEST_SHARE = 0.25;

export interface Gate {
  readonly step: Step;
  readonly needs: number;
  readonly has: number;
  readonly open: boolean;
}

export interface Refusal {
  readonly because: 'test_events' | 'training_events' | 'stayed';
  readonly needs: number;
  readonly has: number;
  readonly missing: number;
}

export interface Fit {
  readonly logLoss: number;
  readonly auc: number | null;
}

/** A step fitted to the earlier days, judged on the later ones. */
export interface Rung {
  readonly step: Exclude<Step, 0>;
  readonly after: Fit;
  /** Of the mean log-loss over the policy in force: above 0 is better. */
  readonly improvement: Estimate | null;
  /** The interval excludes 0, on the better side. */
  readonly better: boolean;
}

/** What a calibration changes in a policy. */
export interface Parameters {
  readonly slope: number;
  readonly baseRates: Readonly<Record<Stratum, number>>;
  /** By signal: only those that differ. */
  readonly points: Readonly<Record<string, number>>;
}

export interface Calibration {
  /**
   * Of the steps that are better on the later days, the one with the least log-loss there; where none is, the highest that
   * the gates let through; 0 where they let none.
   */
  readonly step: Step;
  readonly gates: readonly Gate[];
  /** Every step that the gates let through, lowest first. */
  readonly ladder: readonly Rung[];
  /** First day of the test; null where the days could not be split. */
  readonly testFrom: Day | null;
  readonly trainEvents: number;
  readonly testEvents: number;
  /** On the later days, by the policy in force and by the fit to the earlier ones. */
  readonly before: Fit | null;
  readonly after: Fit | null;
  /** Of the mean log-loss: above 0 is better. */
  readonly improvement: Estimate | null;
  /** The interval excludes 0, on the better side. */
  readonly adopted: boolean;
  /** Fitted to all days; null where nothing was fitted. */
  readonly parameters: Parameters | null;
  /** Numbers that were fitted for points, and the signals they stand for. */
  readonly pointsFitted: { readonly numbers: number; readonly signals: number } | null;
  /** Signals that the data drove to 0, with the AUC of their points. */
  readonly conflicts: readonly { readonly signal: string; readonly auc: number | null }[];
  readonly refused: Refusal | null;
}

export interface CalibrationInputs {
  readonly observations: readonly Observation[];
  /** What the fit starts from and stays around: the team's own policy. */
  readonly policy: Policy;
  /** What is in force: the same, or an earlier calibration of it. */
  readonly inForce: Policy;
  readonly random: Random;
  readonly resamples?: number;
}

interface Split {
  readonly train: readonly Observation[];
  readonly test: readonly Observation[];
  readonly from: Day;
}

/** The last days that hold enough events to judge by; null where no earlier day is left. */
export function splitByTime(observations: readonly Observation[]): Split | null {
  const days = [...new Set(observations.map((one) => one.day))].sort();
  const wanted = Math.max(LEAST_TEST_EVENTS, TEST_SHARE * eventsOf(observations));
  for (let at = days.length - 1; at > 0; at--) {
    const from = days[at];
    if (from === undefined) return null;
    const test = observations.filter((one) => one.day >= from);
    if (eventsOf(test) >= wanted) return { test, from, train: observations.filter((one) => one.day < from) };
  }
  return null;
}

export function calibrate(inputs: CalibrationInputs): Calibration {
  const { observations, policy, inForce, random, resamples = RESAMPLES } = inputs;
  const split = splitByTime(observations);
  const trainEvents = split ? eventsOf(split.train) : eventsOf(observations);
  const testEvents = split ? eventsOf(split.test) : 0;
  const gates = ([1, 2, 3, 4] as const).map(
    (step): Gate => ({ step, needs: NEEDS[step], has: trainEvents, open: trainEvents >= NEEDS[step] }),
  );
  const refused = refusalOf(observations, split, trainEvents, testEvents);
  const nothing = {
    ladder: [],
    before: null,
    after: null,
    improvement: null,
    adopted: false,
    parameters: null,
    pointsFitted: null,
    conflicts: [],
  };
  const open = gates.flatMap(({ step, open: isOpen }) => (isOpen && step !== 0 ? [step] : []));
  if (refused || !split || open.length === 0)
    return { step: 0, gates, testFrom: split?.from ?? null, trainEvents, testEvents, ...nothing, refused };
  const { before, ladder } = judge(
    inForce,
    open.map((step) => ({ step, policy: climb(policy, split.train, step).policy })),
    split.test,
    random,
    resamples,
  );
  const best = ladder.filter((rung) => rung.better).sort((a, b) => a.after.logLoss - b.after.logLoss)[0] ?? ladder.at(-1);
  if (!best) throw new RangeError('no step was judged');
  const final = climb(policy, observations, best.step);
  // What points the wrong way is told whichever step is taken.
  const highest = open.at(-1) ?? best.step;
  const { driven } = highest === best.step ? final : climb(policy, observations, highest);
  return {
    step: best.step,
    gates,
    ladder,
    testFrom: split.from,
    trainEvents,
    testEvents,
    before,
    after: best.after,
    improvement: best.improvement,
    adopted: best.better,
    parameters: parametersOf(final.policy, policy),
    pointsFitted: final.pointsFitted,
    conflicts: driven.map((signal) => ({ signal, auc: signalAuc(signal, policy, observations) })),
    refused: null,
  };
}

function refusalOf(observations: readonly Observation[], split: Split | null, trainEvents: number, testEvents: number): Refusal | null {
  const refusal = (because: Refusal['because'], needs: number, has: number): Refusal | null =>
    has >= needs ? null : { because, needs, has, missing: needs - has };
  const stayed = distinct(observations) - eventsOf(observations);
  return (
    // Where the days cannot be split, all events together are too few, or lie on one day.
    (split ? refusal('test_events', LEAST_TEST_EVENTS, testEvents) : splitRefusal(observations)) ??
    refusal('training_events', NEEDS[1], trainEvents) ??
    refusal('stayed', LEAST_STAYED, stayed)
  );
}

/** Enough for a test and for the first step. */
function splitRefusal(observations: readonly Observation[]): Refusal {
  const needs = LEAST_TEST_EVENTS + NEEDS[1];
  const has = eventsOf(observations);
  return { because: 'test_events', needs, has, missing: Math.max(1, needs - has) };
}

interface Climbed extends PointsFit {
  readonly pointsFitted: Calibration['pointsFitted'];
}

function climb(policy: Policy, observations: readonly Observation[], step: Exclude<Step, 0>): Climbed {
  switch (step) {
    case 1:
      return { policy: fitBaseRates(policy, observations), driven: [], pointsFitted: null };
    case 2:
      return { policy: fitSlope(policy, observations), driven: [], pointsFitted: null };
    case 3: {
      const signals = firingSignals(policy, observations);
      return {
        ...fitGroups(policy, observations),
        pointsFitted: { numbers: new Set(signals.map((rule) => rule.group)).size, signals: signals.length },
      };
    }
    case 4: {
      const signals = firingSignals(policy, observations);
      const parts = partsFor(signals, eventsOf(observations));
      return { ...fitPoints(policy, observations, parts), pointsFitted: { numbers: parts.length, signals: signals.length } };
    }
  }
}

/** Paired: the same accounts are drawn for both, so that only the difference varies. */
function judge(
  inForce: Policy,
  steps: readonly { readonly step: Exclude<Step, 0>; readonly policy: Policy }[],
  test: readonly Observation[],
  random: Random,
  resamples: number,
): { readonly before: Fit; readonly ladder: readonly Rung[] } {
  const churned = test.map((one) => one.churned);
  const groups = resamplingOf(test.map((one) => one.accountId));
  const foreseen = (policy: Policy): number[] => test.map(predictor(policy)).map((one) => one.probability);
  const fit = (probabilities: readonly number[]): Fit => ({ logLoss: logLoss(probabilities, churned), auc: aucOf(probabilities, churned) });
  const old = foreseen(inForce);
  const ladder = steps.map(({ step, policy }): Rung => {
    const now = foreseen(policy);
    const gained = Float64Array.from(test, (one, index) => lossOf(old[index] ?? 0, one.churned) - lossOf(now[index] ?? 0, one.churned));
    const mean = weightedMean(gained);
    const value = mean(new Float64Array(test.length).fill(1));
    const interval = bootstrap(groups, mean, random, resamples);
    const improvement = value === null || interval === null ? null : { value, ...interval };
    return { step, after: fit(now), improvement, better: improvement !== null && improvement.low > 0 };
  });
  return { before: fit(old), ladder };
}

/** The mean of the values under weights; null where all weights are 0. */
const weightedMean =
  (values: Float64Array) =>
  (weights: Float64Array): number | null => {
    let [sum, count] = [0, 0];
    for (let index = 0; index < weights.length; index++) {
      sum += (weights[index] ?? 0) * (values[index] ?? 0);
      count += weights[index] ?? 0;
    }
    return count === 0 ? null : sum / count;
  };

function signalAuc(id: string, policy: Policy, observations: readonly Observation[]): number | null {
  const points = policy.signals.find((rule) => rule.id === id)?.points ?? 0;
  const known = observations.filter((one) => !one.missing.has(id));
  return aucOf(
    known.map((one) => points * (one.severities.get(id) ?? 0)),
    known.map((one) => one.churned),
  );
}

export function parametersOf(fitted: Policy, from: Policy): Parameters {
  const before = new Map(from.signals.map((rule) => [rule.id, rule.points]));
  const changed = fitted.signals.filter((rule) => rule.points !== before.get(rule.id));
  return {
    slope: fitted.probability.slope,
    baseRates: fitted.probability.baseRates,
    points: Object.fromEntries(changed.map((rule) => [rule.id, rule.points])),
  };
}

/** The policy with a calibration laid over it. Signals that it does not have are passed over. */
export function withParameters(policy: Policy, { slope, baseRates, points }: Parameters): Policy {
  return {
    ...policy,
    probability: { slope, baseRates, calibrated: true },
    signals: policy.signals.map((rule) => ({ ...rule, points: points[rule.id] ?? rule.points })),
  };
}
