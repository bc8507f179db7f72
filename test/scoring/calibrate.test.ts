/** The ladder on histories of which the truth is known. */
import { describe, expect, it } from 'vitest';
import { type Calibration, calibrate, splitByTime, withParameters } from '../../src/scoring/calibrate.ts';
import { firingSignals, fitBaseRates, fitSlope, partsFor } from '../../src/scoring/calibrate-fit.ts';
import { type Observation, predictor } from '../../src/scoring/observation.ts';
import { DEFAULT_POLICY } from '../../src/scoring/policy-default.ts';
import { seeded } from '../../src/units/random.ts';
import { history, one, type World } from './made-up.ts';
import { day } from './portal.ts';

const run = (observations: readonly Observation[], inForce = DEFAULT_POLICY): Calibration =>
  calibrate({ observations, policy: DEFAULT_POLICY, inForce, random: seeded(1), resamples: 300 });

const world = (more: Partial<World>): Observation[] =>
  history({
    accounts: 400,
    days: 6,
    seed: 5,
    signals: { 'usage.last_login': 0.3, 'usage.login_drop': 0.3, 'support.urgent': 0.3, 'commercial.expansion': 0.3 },
    odds: (severities) => -3 + 3 * (severities.get('usage.last_login') ?? 0),
    ...more,
  });

/** So many churned accounts on each of some days, among many that stay. */
const sparse = (events: readonly number[]): Observation[] =>
  events.flatMap((count, at) =>
    Array.from({ length: 100 }, (_, index) =>
      one(`${index < count ? `left${at}-` : ''}${index}`, day(`2024-0${at + 1}-01`), index < count),
    ),
  );

describe('refusals', () => {
  it.each([
    ['nobody left', [0, 0, 0], { because: 'test_events', needs: 20, has: 0, missing: 20 }],
    ['one customer left', [0, 1, 0], { because: 'test_events', needs: 20, has: 1, missing: 19 }],
    ['all left on one day', [60, 0, 0], { because: 'test_events', needs: 20, has: 60, missing: 1 }],
    ['enough to judge by, too few to learn from', [4, 3, 10], { because: 'training_events', needs: 10, has: 7, missing: 3 }],
    ['one day only', [40], { because: 'test_events', needs: 20, has: 40, missing: 1 }],
  ] as const)('%s', (_, events, refused) => {
    const found = run(sparse(events));
    expect(found.refused).toEqual(refused);
    expect(found).toMatchObject({ step: 0, adopted: false, parameters: null, improvement: null });
  });

  it('everybody left', () => {
    const all = sparse([20, 20, 20]).filter((entry) => entry.churned);
    expect(run(all).refused).toEqual({ because: 'stayed', needs: 50, has: 0, missing: 50 });
  });

  it('too few stayed', () => {
    const few = [...sparse([20, 20, 20]).filter((entry) => entry.churned), ...sparse([0]).slice(0, 12)];
    expect(run(few).refused).toEqual({ because: 'stayed', needs: 50, has: 12, missing: 38 });
  });
});

it('splits by time: the last days that hold enough events, and no account’s label in both', () => {
  const split = splitByTime(sparse([30, 10, 5, 12]));
  expect(split?.from).toBe('2024-03-01');
  expect(new Set(split?.train.map((entry) => entry.day))).toEqual(new Set(['2024-01-01', '2024-02-01']));
});

describe('base rates', () => {
  it('are those at which every stratum’s mean probability is what happened, half an event added', () => {
    const cases = world({});
    const predict = predictor(fitBaseRates(DEFAULT_POLICY, cases));
    for (const stratum of ['monthly', 'annual_in_window', 'annual_out'] as const) {
      const inside = cases.filter((entry) => entry.stratum === stratum);
      const mean = inside.reduce((sum, entry) => sum + predict(entry).probability, 0) / inside.length;
      expect(mean).toBeCloseTo((inside.filter((entry) => entry.churned).length + 0.5) / (inside.length + 1), 9);
    }
  });

  it('of strata in which hardly anybody left move together, as far apart as assumed', () => {
    const logit = (rate: number) => Math.log(rate / (1 - rate));
    const { baseRates } = fitBaseRates(DEFAULT_POLICY, [
      ...sparse([20]),
      ...sparse([1]).map((entry) => ({ ...entry, accountId: `a${entry.accountId}`, stratum: 'annual_out' as const })),
      ...sparse([2]).map((entry) => ({ ...entry, accountId: `b${entry.accountId}`, stratum: 'annual_in_window' as const })),
    ]).probability;
    expect(baseRates.monthly).toBeCloseTo(20.5 / 101, 9);
    expect(logit(baseRates.annual_in_window) - logit(baseRates.annual_out)).toBeCloseTo(logit(0.15) - logit(0.01), 9);
  });
});

it('the slope leans on its prior, and finds what a point is worth where many left', () => {
  // 14 points at full severity carry 3 of log-odds: 12 points are worth 2.57, five times the default.
  const many = fitSlope(DEFAULT_POLICY, world({ accounts: 4000 })).probability.slope;
  const few = fitSlope(DEFAULT_POLICY, world({ accounts: 60 })).probability.slope;
  expect(many).toBeGreaterThan(few);
  expect(few).toBeGreaterThan(0.5);
  expect(
    fitSlope(DEFAULT_POLICY, world({ odds: (severities) => -2 - 3 * (severities.get('usage.last_login') ?? 0) })).probability.slope,
  ).toBeGreaterThanOrEqual(0);
});

describe('a calibration', () => {
  const found = run(world({}));

  it('opens the steps that the training events carry', () => {
    expect(found.gates.map(({ step, needs }) => [step, needs])).toEqual([
      [1, 10],
      [2, 20],
      [3, 70],
      [4, 100],
    ]);
    for (const gate of found.gates) expect(gate.open).toBe(found.trainEvents >= gate.needs);
    expect(found.step).toBe(4);
    expect(found.testEvents).toBeGreaterThanOrEqual(10);
  });

  it('judges every open step, and takes the best of those that are better', () => {
    expect(found.ladder.map(({ step }) => step)).toEqual([1, 2, 3, 4]);
    const better = found.ladder.filter((rung) => rung.better);
    expect(found.after?.logLoss).toBe(Math.min(...better.map(({ after }) => after.logLoss)));
    for (const { improvement, after } of found.ladder)
      expect(improvement?.value).toBeCloseTo((found.before?.logLoss ?? 0) - after.logLoss, 9);
  });

  it('stops at a lower step where more numbers only fit the noise', () => {
    // Everybody leaves three times as often as assumed, and no signal says anything.
    const signals = Object.fromEntries(DEFAULT_POLICY.signals.slice(0, 12).map((rule) => [rule.id, 0.3]));
    const noise = run(world({ signals, odds: (_, stratum) => (stratum === 'annual_in_window' ? 0 : -1.5) }));
    expect(noise.gates.every(({ open }) => open)).toBe(true);
    expect(noise.adopted).toBe(true);
    const highest = noise.ladder.at(-1);
    expect(noise.after?.logLoss).toBeLessThanOrEqual(highest?.after.logLoss ?? 0);
    expect(noise.ladder.find(({ step }) => step === noise.step)?.better).toBe(true);
  });

  it('is adopted where it is better on later days by more than the error', () => {
    expect(found.adopted).toBe(true);
    expect(found.improvement?.low).toBeGreaterThan(0);
    expect(found.after?.logLoss).toBeLessThan(found.before?.logLoss ?? 0);
    expect((found.before?.logLoss ?? 0) - (found.after?.logLoss ?? 0)).toBeCloseTo(found.improvement?.value ?? 0, 9);
  });

  it('is not adopted a second time: in force already, the rest is within the error', () => {
    if (!found.parameters) throw new Error('nothing was fitted');
    const again = run(world({}), withParameters(DEFAULT_POLICY, found.parameters));
    expect(again.adopted).toBe(false);
  });

  it('gives the signal that matters more than its noise beside it, in half points, never of the other sign', () => {
    const policy = withParameters(
      DEFAULT_POLICY,
      found.parameters ?? { slope: 0, baseRates: DEFAULT_POLICY.probability.baseRates, points: {} },
    );
    const points = new Map(policy.signals.map((rule) => [rule.id, rule.points]));
    expect(policy.probability.calibrated).toBe(true);
    expect(points.get('usage.last_login')).toBeGreaterThan(points.get('usage.login_drop') ?? 0);
    for (const rule of DEFAULT_POLICY.signals) {
      const fitted = points.get(rule.id) ?? Number.NaN;
      expect(fitted * 2).toBe(Math.round(fitted * 2));
      expect(fitted * rule.points).toBeGreaterThanOrEqual(0);
    }
  });

  it('reports a signal that the data drive to 0, and leaves it to the team', () => {
    const reversed = run(
      world({
        accounts: 1500,
        odds: (severities) => -3 + 4 * (severities.get('commercial.expansion') ?? 0),
        signals: { 'commercial.expansion': 0.4, 'usage.last_login': 0.3 },
      }),
    );
    expect(reversed.conflicts.map(({ signal }) => signal)).toContain('commercial.expansion');
    expect(reversed.conflicts.find(({ signal }) => signal === 'commercial.expansion')?.auc).toBeLessThan(0.5);
    if (reversed.step === 4) expect(reversed.parameters?.points['commercial.expansion']).toBe(0);
  });
});

it('merges groups of signals until the events carry what is left', () => {
  const signals = Object.fromEntries(DEFAULT_POLICY.signals.map((rule) => [rule.id, 0.5]));
  const firing = firingSignals(DEFAULT_POLICY, history({ accounts: 60, days: 1, seed: 1, signals, odds: () => -20 }));
  expect(firing).toHaveLength(DEFAULT_POLICY.signals.length);
  const enough = partsFor(firing, firing.length * 10);
  expect(enough.every((part) => !part.whole)).toBe(true);
  const fewer = partsFor(firing, 120);
  expect(fewer.length).toBeLessThanOrEqual(12);
  expect(fewer.flatMap((part) => part.rules.map((rule) => rule.id)).sort()).toEqual(firing.map((rule) => rule.id).sort());
});
