/** The back-test on histories of which the truth is known. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BacktestReport, backtest, verdictOf } from '../../src/scoring/backtest.ts';
import { leakyTraits } from '../../src/scoring/leaks.ts';
import { type Observation, predictor } from '../../src/scoring/observation.ts';
import { DEFAULT_POLICY } from '../../src/scoring/policy-default.ts';
import { seeded } from '../../src/units/random.ts';
import { AS_OF, accounts } from './arbitrary.ts';
import { history, one } from './made-up.ts';
import { day } from './portal.ts';
import { scoreOne } from './scored.ts';

const SIGNALS = { 'usage.last_login': 0.3, 'sentiment.nps_low': 0.3, 'sentiment.nps_high': 0.3, 'commercial.mrr_drop': 0.2 };
const truth = history({
  accounts: 300,
  days: 4,
  seed: 3,
  signals: SIGNALS,
  odds: (severities, stratum) =>
    (stratum === 'annual_in_window' ? -2 : -4) +
    3 * (severities.get('usage.last_login') ?? 0) +
    3 * (severities.get('sentiment.nps_high') ?? 0),
});
const test = (observations: readonly Observation[], more: Partial<Parameters<typeof backtest>[0]> = {}): BacktestReport =>
  backtest({ observations, policy: DEFAULT_POLICY, previous: null, leaks: [], capacity: 20, random: seeded(1), resamples: 200, ...more });

describe('a back-test', () => {
  const report = test(truth);

  it('finds the power that is there, with an interval around it', () => {
    expect(report.verdict).toBe('usable');
    const { auc } = report;
    expect(auc && auc.low < auc.value && auc.value < auc.high).toBe(true);
    expect(report.auc?.low).toBeGreaterThan(0.6);
    expect(report.baselines).toMatchObject({ random: 0.5, lastUse: null, previousPolicy: null });
  });

  it('says of each signal whether it points the way that the policy says', () => {
    const of = (id: string) => report.signals.find((signal) => signal.id === id);
    expect(of('usage.last_login')).toMatchObject({ sign: 'ok', coverage: 1 });
    // The default policy takes points off for a promoter; in this world promoters leave.
    expect(of('sentiment.nps_high')?.sign).toBe('reversed');
    expect(of('commercial.mrr_drop')?.sign).toBe('none');
    expect(of('support.urgent')).toMatchObject({ fired: 0, churnWith: null, sign: 'none' });
    expect(of('usage.last_login')?.weightOfEvidence).toBeGreaterThan(0);
  });

  it('counts days, cases, accounts and churned accounts', () => {
    expect(report.snapshots).toEqual(['2024-01-01', '2024-03-31', '2024-06-29', '2024-09-27']);
    expect([report.cases, report.accounts]).toEqual([truth.length, 300]);
    expect(report.events).toBe(truth.filter((entry) => entry.churned).length);
    expect(report.bands.reduce((sum, band) => sum + band.accounts, 0)).toBe(truth.length);
  });

  it('is the same for the same seed', () => {
    expect(test(truth)).toEqual(report);
  });

  it('scores the policy before beside it', () => {
    const blind = { ...DEFAULT_POLICY, signals: [] };
    expect(test(truth, { previous: blind }).baselines.previousPolicy).toBeLessThan(report.auc?.value ?? 0);
  });

  it('catches MRR by the first tenth of each day, and accounts by a week’s room', () => {
    const [first, second] = [day('2025-01-01'), day('2025-04-01')];
    const fires = { severities: new Map([['usage.last_login', 1]]) };
    const list = [first, second].flatMap((on) => Array.from({ length: 20 }, (_, index) => one(`${on}${index}`, on, false)));
    // Of two that leave, the big one is foreseen; on the other day nothing is.
    const found = test([...list, one('big', first, true, { ...fires, mrr: 900 }), one('small', second, true, { mrr: 100 })], {
      capacity: 1,
    });
    expect(found.mrrCaughtTop10.expectedLoss).toBeCloseTo(0.9, 12);
    expect(found.atCapacity).toEqual({ capacity: 1, caught: 1, churned: 2 });
  });
});

it('says of any account what its own receipt says', () => {
  const predict = predictor(DEFAULT_POLICY);
  fc.assert(
    fc.property(accounts, (account) => {
      const { score } = scoreOne(account, AS_OF);
      const severities = new Map(score.receipt.groups.flatMap(({ lines }) => lines.map((line) => [line.signal, line.severity] as const)));
      const found = predict(one('1', AS_OF, false, { severities, stratum: score.stratum }));
      expect(found.unclipped).toBeCloseTo(score.receipt.unclipped, 9);
      expect(found.probability).toBeCloseTo(score.probability, 9);
    }),
    { numRuns: 50 },
  );
});

describe('the verdict', () => {
  it('goes by the interval and by how many left', () => {
    expect(verdictOf({ value: 0.7, low: 0.61, high: 0.8 }, 30, false)).toBe('usable');
    expect(verdictOf({ value: 0.6, low: 0.55, high: 0.65 }, 30, false)).toBe('weak');
    expect(verdictOf({ value: 0.55, low: 0.49, high: 0.61 }, 30, false)).toBe('none');
    expect(verdictOf({ value: 0.7, low: 0.61, high: 0.8 }, 9, false)).toBe('untestable');
    expect(verdictOf(null, 0, false)).toBe('untestable');
    expect(verdictOf({ value: 0.99, low: 0.98, high: 1 }, 30, true)).toBe('untestable');
  });

  it('is that there is no evidence where the labels are shuffled: the interval holds ½ for at least 90 % of seeds', () => {
    let contained = 0;
    const seeds = 40;
    for (let seed = 1; seed <= seeds; seed++) {
      const random = seeded(seed);
      const labels = truth.map((entry) => entry.churned).map((label) => ({ label, at: random() }));
      labels.sort((a, b) => a.at - b.at);
      const shuffled = truth.map((entry, index) => ({ ...entry, churned: labels[index]?.label ?? false }));
      const { auc } = test(shuffled, { random, resamples: 200 });
      if (auc && auc.low <= 0.5 && auc.high >= 0.5) contained++;
    }
    expect(contained / seeds).toBeGreaterThanOrEqual(0.9);
  });

  it('is out of reach where nobody left, and where everybody did', () => {
    for (const churned of [false, true]) {
      const same = truth.map((entry) => ({ ...entry, churned }));
      expect(test(same)).toMatchObject({ verdict: 'untestable', auc: null });
    }
    const alone = truth.map((entry, index) => ({ ...entry, churned: index === 7 }));
    expect(test(alone)).toMatchObject({ verdict: 'untestable', events: 1 });
    expect(test([])).toMatchObject({ verdict: 'untestable', auc: null, baseRate: null, cases: 0, snapshots: [] });
  });
});

describe('planted leaks', () => {
  it('a signal that knows the outcome is named, and the whole refused', () => {
    const leaky = truth.map((entry) => ({
      ...entry,
      stratum: 'monthly' as const,
      severities: new Map(entry.churned ? [['engagement.champion_left', 1]] : []),
    }));
    const { leaks, verdict } = test(leaky);
    expect(leaks.map(({ what, because }) => [what, because])).toEqual([
      ['engagement.champion_left', 'too_good'],
      ['auc', 'too_good'],
    ]);
    expect(verdict).toBe('untestable');
  });

  it('a property that is filled when a customer leaves, and a desk for those who left', () => {
    const ids = (from: number, to: number) => new Set(Array.from({ length: to - from }, (_, index) => String(from + index)));
    const [churned, living] = [ids(0, 20), ids(20, 120)];
    const traits = [
      { what: 'exit.survey', kind: 'filled' as const, accounts: ids(2, 22) },
      { what: 'contract.start', kind: 'filled' as const, accounts: ids(0, 120) },
      { what: 'owner=desk', kind: 'value' as const, accounts: ids(10, 20) },
      { what: 'owner=anna', kind: 'value' as const, accounts: ids(0, 60) },
    ];
    expect(leakyTraits(traits, churned, living).map(({ what }) => what)).toEqual(['exit.survey', 'owner=desk']);
    expect(leakyTraits(traits, new Set(['1']), living)).toEqual([]);
  });
});
