/** The steps of the ladder: base rates, slope, points. Each takes a policy and gives back the one that fits the cases. */
import type { Policy, SignalGroup, SignalRule, Stratum } from '../policy.ts';
import { GROUPS } from './compile.ts';
import { type Coefficient, FREE, fitLogistic, logit, sigmoid } from './logistic.ts';
import { type Observation, predictor } from './observation.ts';

/** Points that one slope of log-odds is worth. */
const POINTS_PER_SLOPE = 12;
const STRATA: readonly Stratum[] = ['monthly', 'annual_in_window', 'annual_out'];
const LEAST_STRATUM_EVENTS = 3;
const SLOPE_PRIOR = { mean: 0.5, sd: 0.2 };
/** Log-odds a point while points are fitted: 12 points double the odds. */
const ODDS_PER_POINT = Math.LN2 / POINTS_PER_SLOPE;
/** Points are believed at 80 % of what the policy says, which is its usual slope. */
const SHRINK = 0.8;
const LEAST_SD = 4;
const RELATIVE_SD = 0.5;
const EVENTS_PER_SIGNAL = 10;
const LEAST_FIRED = 10;

export const distinct = (observations: readonly Observation[]): number => new Set(observations.map((one) => one.accountId)).size;
export const eventsOf = (observations: readonly Observation[]): number => distinct(observations.filter((one) => one.churned));

/** The share that churned, half an event each way added. */
const smoothed = (cases: readonly Observation[]): number => (cases.filter((one) => one.churned).length + 0.5) / (cases.length + 1);

/** The shift of all log-odds at which their mean probability is `rate`. */
function shiftTo(odds: readonly number[], rate: number): number {
  let [low, high] = [-30, 30];
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2;
    const mean = odds.reduce((sum, one) => sum + sigmoid(one + middle), 0) / odds.length;
    if (mean < rate) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Strata with 3 churned accounts or more stand alone; the others move together, as far apart as they were assumed. */
function pools(observations: readonly Observation[]): readonly (readonly Stratum[])[] {
  const alone = STRATA.filter((stratum) => eventsOf(observations.filter((one) => one.stratum === stratum)) >= LEAST_STRATUM_EVENTS);
  const rest = STRATA.filter((stratum) => !alone.includes(stratum));
  return [...alone.map((stratum) => [stratum]), ...(rest.length > 0 ? [rest] : [])];
}

const withProbability = (policy: Policy, probability: Partial<Policy['probability']>): Policy => ({
  ...policy,
  probability: { ...policy.probability, ...probability, calibrated: true },
});

/** Step 1: the rates at which every stratum's mean probability is the share that churned in it. */
export function fitBaseRates(policy: Policy, observations: readonly Observation[]): Policy {
  const predict = predictor(policy);
  const rates: Record<Stratum, number> = { ...policy.probability.baseRates };
  for (const pool of pools(observations)) {
    const cases = observations.filter((one) => pool.includes(one.stratum));
    if (cases.length === 0) continue;
    const shift = shiftTo(
      cases.map((one) => logit(predict(one).probability)),
      smoothed(cases),
    );
    for (const stratum of pool) rates[stratum] = sigmoid(logit(rates[stratum]) + shift);
  }
  return withProbability(policy, { baseRates: rates });
}

/** One free intercept a pool of strata, with the assumed log-odds as offset. */
function intercepts(policy: Policy, observations: readonly Observation[]) {
  const pooled = pools(observations);
  return {
    coefficients: pooled.map((): Coefficient => FREE),
    columns: (one: Observation): number[] => pooled.map((pool) => (pool.includes(one.stratum) ? 1 : 0)),
    offset: observations.map((one) => logit(policy.probability.baseRates[one.stratum])),
  };
}

/** Step 2: how much a point is worth, beside the base rates. */
export function fitSlope(policy: Policy, observations: readonly Observation[], prior = SLOPE_PRIOR): Policy {
  const predict = predictor(policy);
  const { coefficients, columns, offset } = intercepts(policy, observations);
  const theta = fitLogistic({
    rows: observations.map((one) => Float64Array.from([...columns(one), (predict(one).unclipped - policy.base) / POINTS_PER_SLOPE])),
    churned: observations.map((one) => one.churned),
    offset,
    coefficients: [...coefficients, { centre: prior.mean, precision: 1 / prior.sd ** 2, lower: 0 }],
  });
  return fitBaseRates(withProbability(policy, { slope: theta.at(-1) ?? prior.mean }), observations);
}

/** What is fitted by one number: a signal, or a whole group's subtotal. */
interface Part {
  readonly rules: readonly SignalRule[];
  readonly whole: boolean;
}

/** Signals that fire in 10 accounts or more. */
export function firingSignals(policy: Policy, observations: readonly Observation[]): SignalRule[] {
  const fired = new Map<string, Set<string>>();
  for (const { accountId, severities } of observations) {
    for (const id of severities.keys()) fired.set(id, (fired.get(id) ?? new Set()).add(accountId));
  }
  return policy.signals.filter((rule) => rule.points !== 0 && (fired.get(rule.id)?.size ?? 0) >= LEAST_FIRED);
}

/** Groups as one number each. */
const wholeGroups = (rules: readonly SignalRule[]): Part[] =>
  [...Map.groupBy(rules, (rule) => rule.group).values()].map((of) => ({ rules: of, whole: true }));

/** Every signal by itself, but groups with the most signals merged until the events carry what is left. */
export function partsFor(rules: readonly SignalRule[], events: number): Part[] {
  const whole = new Set<SignalGroup>();
  const parts = (): Part[] => [
    ...rules.filter((rule) => !whole.has(rule.group)).map((rule) => ({ rules: [rule], whole: false })),
    ...wholeGroups(rules.filter((rule) => whole.has(rule.group))),
  ];
  const sizeOf = (group: SignalGroup): number => rules.filter((rule) => rule.group === group).length;
  const order = GROUPS.filter((group) => sizeOf(group) > 1).sort((a, b) => sizeOf(b) - sizeOf(a));
  for (const group of order) {
    if (parts().length * EVENTS_PER_SIGNAL <= events) break;
    whole.add(group);
  }
  return parts();
}

export interface PointsFit {
  readonly policy: Policy;
  /** Signals whose points the data drove to 0: they point the other way. */
  readonly driven: readonly string[];
}

/** Steps 3 (`parts` are whole groups) and 4: points around the policy's own, never of the other sign. */
export function fitPoints(policy: Policy, observations: readonly Observation[], parts: readonly Part[]): PointsFit {
  const { coefficients, columns, offset } = intercepts(policy, observations);
  const amount = (one: Observation, { rules, whole }: Part): number =>
    rules.reduce((sum, rule) => sum + (one.severities.get(rule.id) ?? 0) * (whole ? rule.points : 1), 0);
  const theta = fitLogistic({
    rows: observations.map((one) => Float64Array.from([...columns(one), ...parts.map((part) => ODDS_PER_POINT * amount(one, part))])),
    churned: observations.map((one) => one.churned),
    offset,
    coefficients: [...coefficients, ...parts.map(priorOf)],
  }).slice(coefficients.length);
  const points = new Map<string, number>();
  for (const [index, { rules, whole }] of parts.entries()) {
    const found = theta[index] ?? 0;
    for (const rule of rules) points.set(rule.id, toHalf(whole ? found * rule.points : found));
  }
  const refitted: Policy = {
    ...policy,
    signals: policy.signals.map((rule) => ({ ...rule, points: points.get(rule.id) ?? rule.points })),
  };
  return {
    // The caps bite again now, so that the worth of a point is fitted anew around what the points were fitted with.
    policy: fitSlope(refitted, observations, { mean: Math.LN2, sd: SLOPE_PRIOR.sd }),
    driven: [...points].filter(([, value]) => value === 0).map(([id]) => id),
  };
}

export const fitGroups = (policy: Policy, observations: readonly Observation[]): PointsFit =>
  fitPoints(policy, observations, wholeGroups(firingSignals(policy, observations)));

function priorOf({ rules, whole }: Part): Coefficient {
  if (whole) return { centre: SHRINK, precision: 1 / RELATIVE_SD ** 2, lower: 0 };
  const points = rules[0]?.points ?? 0;
  const prior = { centre: SHRINK * points, precision: 1 / Math.max(LEAST_SD, RELATIVE_SD * Math.abs(points)) ** 2 };
  return points > 0 ? { ...prior, lower: 0 } : { ...prior, upper: 0 };
}

/** Rounded to half a point, 0 without a sign. */
const toHalf = (points: number): number => Math.round(points * 2) / 2 || 0;
