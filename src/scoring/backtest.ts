/** How well a policy foresaw the churn that followed: measures with intervals, baselines beside them, a verdict by rule. */
import type { Band, Policy } from '../policy.ts';
import type { Day } from '../units/day.ts';
import type { Random } from '../units/random.ts';
import { bootstrap, RESAMPLES, resamplingOf } from './bootstrap.ts';
import { type Leak, leaksInFigures } from './leaks.ts';
import {
  aucInterval,
  aucOf,
  aucOfRanked,
  averagePrecision,
  type Bin,
  calibrationBins,
  calibrationError,
  descending,
  type Estimate,
  type Interval,
  liftAt,
  rank,
  topCount,
  wilson,
} from './measures.ts';
import { type Observation, predictor } from './observation.ts';

export type Verdict = 'usable' | 'weak' | 'none' | 'untestable';

/** Fewer churned accounts say nothing. */
export const LEAST_EVENTS = 10;
const WEAK_BELOW = 0.6;
const CHANCE = 0.5;
const TOP = 0.1;
const LIFT_STEPS = 20;
/** Below so many accounts on which a signal fires, its direction is chance. */
const LEAST_FIRED = 10;

export interface CaughtMrr {
  readonly expectedLoss: number | null;
  readonly probability: number | null;
  readonly risk: number | null;
  readonly mrr: number | null;
}

export interface BandOutcome extends Interval {
  readonly band: Band | 'unknown';
  /** Accounts on days, like everything that is counted here. */
  readonly accounts: number;
  readonly churned: number;
}

export interface SignalOutcome {
  readonly id: string;
  /** Distinct accounts on which it fired. */
  readonly fired: number;
  readonly churnWith: number | null;
  readonly churnWithout: number | null;
  /** Weight of evidence: ln of the share of churners on which it fires ÷ the share of the others, each count + ½. */
  readonly weightOfEvidence: number | null;
  /** Of its points, among the cases where it was known: above ½ it points the way that the policy says. */
  readonly auc: number | null;
  readonly sign: 'ok' | 'reversed' | 'none';
  readonly coverage: number;
}

export interface BacktestReport {
  /** Days on which the score was recomputed. */
  readonly snapshots: readonly Day[];
  readonly cases: number;
  readonly accounts: number;
  /** Distinct churned accounts. */
  readonly events: number;
  /** Of the probability; null where one class only is there. */
  readonly auc: Estimate | null;
  /** Of the score. */
  readonly aucRisk: Estimate | null;
  readonly averagePrecision: number | null;
  readonly baseRate: number | null;
  readonly lift10: number | null;
  readonly ece: number | null;
  readonly calibration: readonly Bin[];
  /** Share of the churned accounts among the first k twentieths by probability, k = 1 … 20. */
  readonly gains: readonly number[];
  readonly mrrCaughtTop10: CaughtMrr;
  readonly atCapacity: { readonly capacity: number; readonly caught: number; readonly churned: number };
  /** AUC of what one would rank by without a score; ½ is a coin. */
  readonly baselines: {
    readonly random: number;
    readonly mrr: number | null;
    readonly lastUse: number | null;
    readonly renewal: number | null;
    readonly previousPolicy: number | null;
  };
  readonly bands: readonly BandOutcome[];
  readonly signals: readonly SignalOutcome[];
  readonly leaks: readonly Leak[];
  readonly verdict: Verdict;
}

export interface BacktestInputs {
  readonly observations: readonly Observation[];
  readonly policy: Policy;
  /** The one in force before, where it is known. */
  readonly previous: Policy | null;
  /** What the replay had to leave out. */
  readonly leaks: readonly Leak[];
  /** How many accounts a week has room for. */
  readonly capacity: number;
  readonly random: Random;
  readonly resamples?: number;
}

export function backtest(inputs: BacktestInputs): BacktestReport {
  const { observations, policy, previous, random, capacity, resamples = RESAMPLES } = inputs;
  const churned = observations.map((one) => one.churned);
  const predictions = observations.map(predictor(policy));
  const probabilities = predictions.map((one) => one.probability);
  const risks = predictions.map((one) => one.score);
  const resampling = resamplingOf(observations.map((one) => one.accountId));
  const estimate = (values: readonly number[]): Estimate | null => {
    const ranked = rank(values, churned);
    const value = aucOfRanked(ranked);
    const interval = value === null ? null : bootstrap(resampling, (weights) => aucOfRanked(ranked, weights), random, resamples);
    return value === null || interval === null ? null : { value, ...interval };
  };
  const losses = observations.map((one, index) => (one.mrr ?? 0) * (probabilities[index] ?? 0) * one.monthsLost);
  const events = new Set(observations.filter((one) => one.churned).map((one) => one.accountId)).size;
  const auc = estimate(probabilities);
  const signals = policy.signals.map((rule) => signalOutcome(rule.id, rule.points, observations));
  const figures = leaksInFigures(auc?.value ?? null, signals);
  return {
    snapshots: [...new Set(observations.map((one) => one.day))].sort(),
    cases: observations.length,
    accounts: resampling.accounts,
    events,
    auc,
    aucRisk: estimate(risks),
    averagePrecision: averagePrecision(probabilities, churned),
    baseRate: observations.length === 0 ? null : churned.filter(Boolean).length / observations.length,
    lift10: liftAt(probabilities, churned, TOP),
    ece: calibrationError(probabilities, churned),
    calibration: calibrationBins(probabilities, churned),
    gains: gainsOf(probabilities, churned),
    mrrCaughtTop10: {
      expectedLoss: caughtMrr(observations, losses),
      probability: caughtMrr(observations, probabilities),
      risk: caughtMrr(observations, risks),
      mrr: caughtMrr(
        observations,
        observations.map((one) => one.mrr ?? 0),
      ),
    },
    atCapacity: caughtAtCapacity(observations, losses, capacity),
    baselines: {
      random: CHANCE,
      mrr: aucOf(
        observations.map((one) => one.mrr ?? Number.NEGATIVE_INFINITY),
        churned,
      ),
      // Who sorts by a column has what is unknown at its end.
      lastUse: baseline(observations, (one) => one.daysSinceLastUse),
      renewal: baseline(observations, (one) => (one.daysToRenewal === null ? null : -one.daysToRenewal)),
      previousPolicy:
        previous &&
        aucOf(
          observations.map(predictor(previous)).map((one) => one.probability),
          churned,
        ),
    },
    bands: bandOutcomes(observations),
    signals,
    leaks: [...inputs.leaks, ...figures.leaks],
    verdict: verdictOf(auc, events, figures.fatal),
  };
}

/** A leak that makes everything look foreseen leaves nothing to judge by. */
export function verdictOf(auc: Estimate | null, events: number, leaky: boolean): Verdict {
  if (auc === null || events < LEAST_EVENTS || leaky) return 'untestable';
  if (auc.low <= CHANCE) return 'none';
  return auc.low < WEAK_BELOW ? 'weak' : 'usable';
}

/** AUC of a column that is known for some of the cases; null where it is known for none. */
function baseline(observations: readonly Observation[], column: (one: Observation) => number | null): number | null {
  const values = observations.map(column);
  if (values.every((value) => value === null)) return null;
  return aucOf(
    values.map((value) => value ?? Number.NEGATIVE_INFINITY),
    observations.map((one) => one.churned),
  );
}

/** By day, since a list is of one day. */
const daysOf = (observations: readonly Observation[]): Iterable<number[]> =>
  Map.groupBy(
    observations.map((_, index) => index),
    (index) => observations[index]?.day,
  ).values();

/** Share of the MRR that then churned which stood in the first tenth of each day's list. */
function caughtMrr(observations: readonly Observation[], values: readonly number[]): number | null {
  let all = 0;
  let caught = 0;
  for (const day of daysOf(observations)) {
    const known = day.filter((index) => observations[index]?.mrr !== null);
    const ranked = descending(known.map((index) => values[index] ?? 0));
    const top = new Set(ranked.slice(0, topCount(known.length, TOP)));
    for (const [place, index] of known.entries()) {
      const one = observations[index];
      if (!one?.churned) continue;
      all += one.mrr ?? 0;
      if (top.has(place)) caught += one.mrr ?? 0;
    }
  }
  return all > 0 ? caught / all : null;
}

function caughtAtCapacity(observations: readonly Observation[], losses: readonly number[], capacity: number): BacktestReport['atCapacity'] {
  let caught = 0;
  for (const day of daysOf(observations)) {
    const ranked = descending(day.map((index) => losses[index] ?? 0));
    for (const place of ranked.slice(0, capacity)) if (observations[day[place] ?? -1]?.churned) caught++;
  }
  return { capacity, caught, churned: observations.filter((one) => one.churned).length };
}

function gainsOf(probabilities: readonly number[], churned: readonly boolean[]): number[] {
  const all = churned.filter(Boolean).length;
  if (all === 0) return [];
  const order = descending(probabilities);
  return Array.from({ length: LIFT_STEPS }, (_, step) => {
    const top = order.slice(0, topCount(order.length, (step + 1) / LIFT_STEPS));
    return top.filter((index) => churned[index]).length / all;
  });
}

const BANDS: readonly (Band | null)[] = ['critical', 'high', 'watch', 'low', null];

function bandOutcomes(observations: readonly Observation[]): BandOutcome[] {
  return BANDS.flatMap((band) => {
    const inside = observations.filter((one) => one.band === band);
    if (band === null && inside.length === 0) return [];
    const churned = inside.filter((one) => one.churned).length;
    return [{ band: band ?? 'unknown', accounts: inside.length, churned, ...wilson(churned, inside.length) }];
  });
}

function signalOutcome(id: string, points: number, observations: readonly Observation[]): SignalOutcome {
  const known = observations.filter((one) => !one.missing.has(id));
  const fires = known.filter((one) => one.severities.has(id));
  const rests = known.filter((one) => !one.severities.has(id));
  const left = (cases: readonly Observation[]): number => cases.filter((one) => one.churned).length;
  const rate = (cases: readonly Observation[]): number | null => (cases.length === 0 ? null : left(cases) / cases.length);
  const churners = left(known);
  const stayers = known.length - churners;
  const auc = aucInterval(
    known.map((one) => points * (one.severities.get(id) ?? 0)),
    known.map((one) => one.churned),
  );
  const fired = new Set(fires.map((one) => one.accountId)).size;
  const isTold = auc !== null && fired >= LEAST_FIRED && churners >= LEAST_EVENTS && (auc.low > CHANCE || auc.high < CHANCE);
  return {
    id,
    fired,
    churnWith: rate(fires),
    churnWithout: rate(rests),
    weightOfEvidence:
      fires.length === 0 || churners === 0 || stayers === 0
        ? null
        : Math.log((left(fires) + 0.5) / (churners + 0.5) / ((fires.length - left(fires) + 0.5) / (stayers + 0.5))),
    auc: auc?.value ?? null,
    sign: !isTold ? 'none' : auc.value > CHANCE ? 'ok' : 'reversed',
    coverage: observations.length === 0 ? 0 : known.length / observations.length,
  };
}
