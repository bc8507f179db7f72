/** Difference in differences: worked by hand, and held against chance. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Change,
  compareGroups,
  drawGroups,
  KPIS,
  type Kpi,
  type Measured,
  type Side,
  welchInterval,
} from '../../src/scoring/experiment.ts';
import { bothTails, tBeyond } from '../../src/scoring/student.ts';
import { seeded } from '../../src/units/random.ts';

const NOTHING: Change = { before: null, after: null };
const blank = Object.fromEntries(KPIS.map(({ id }) => [id, NOTHING])) as Record<Kpi, Change>;

const one = (side: Side, kpi: Kpi, before: number | null, after: number | null): Measured => ({
  side,
  kpis: { ...blank, [kpi]: { before, after } },
});

const resultOf = (accounts: readonly Measured[], kpi: Kpi) => {
  const found = compareGroups(accounts).find((result) => result.kpi === kpi);
  if (!found) throw new Error(kpi);
  return found;
};

describe("Student's t", () => {
  it.each([
    // Tables of the distribution, two-sided 95 % and 99 %.
    [0.05, 1, 12.7062],
    [0.05, 2, 4.30265],
    [0.05, 8, 2.306],
    [0.05, 30, 2.04227],
    [0.05, 1e6, 1.95997],
    [0.01, 10, 3.16927],
    [0.5, 5, 0.726687],
  ])('leaves %s beyond, with %s degrees of freedom, at %s', (tails, freedom, t) => {
    expect(tBeyond(tails, freedom)).toBeCloseTo(t, 4);
  });

  it('takes degrees that are no whole number, and undoes itself', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), fc.double({ min: 0.6, max: 500, noNaN: true }), (tails, freedom) => {
        expect(bothTails(tBeyond(tails, freedom), freedom)).toBeCloseTo(tails, 8);
      }),
    );
  });
});

describe('an experiment', () => {
  // Target: changes 2, 4, 4, 4, 6 (mean 4, variance 8/4 = 2). Control: 0, 1, 2, 1, 1 (mean 1, variance 2/4 = 0.5).
  // Effect 4 − 1 = 3. Standard error √(2/5 + 0.5/5) = √0.5 = 0.70711.
  // Degrees of freedom 0.5² ÷ (0.4²/4 + 0.1²/4) = 0.25 ÷ 0.0425 = 5.88235; t = 2.45892; half of it 1.73872.
  const target: readonly (readonly [number, number])[] = [
    [10, 12],
    [20, 24],
    [30, 34],
    [40, 44],
    [50, 56],
  ];
  const control: readonly (readonly [number, number])[] = [
    [10, 10],
    [20, 21],
    [30, 32],
    [40, 41],
    [50, 51],
  ];
  const worked = (kpi: Kpi) => [
    ...target.map(([before, after]) => one('target', kpi, before, after)),
    ...control.map(([before, after]) => one('control', kpi, before, after)),
  ];

  it('is worked as by hand', () => {
    const found = resultOf(worked('logins'), 'logins');
    expect(found.target).toEqual({ before: 30, after: 34, n: 5 });
    expect(found.control).toEqual({ before: 30, after: 31, n: 5 });
    expect(found.effect.value).toBeCloseTo(3, 12);
    expect(found.effect.low).toBeCloseTo(3 - 1.7387, 3);
    expect(found.effect.high).toBeCloseTo(3 + 1.7387, 3);
    expect(found.finding).toBe('improved');
    // The same change is for the worse where less is better.
    expect(resultOf(worked('tickets'), 'tickets').finding).toBe('worse');
  });

  it('leaves out of a KPI who is unknown on one side of the start, and says of how many it speaks', () => {
    const found = resultOf([...worked('logins'), one('target', 'logins', 5, null), one('control', 'logins', null, 7)], 'logins');
    expect([found.target.n, found.control.n]).toEqual([5, 5]);
    expect(found.effect.value).toBeCloseTo(3, 12);
  });

  it('says nothing of groups that are too small, or that all changed alike', () => {
    const few = worked('logins').slice(1);
    expect(resultOf(few, 'logins')).toMatchObject({ effect: { value: null, low: null, high: null }, finding: 'unknown' });
    const alike = [...Array(12).keys()].map((index) => one(index % 2 ? 'target' : 'control', 'churn', 0, 0));
    expect(resultOf(alike, 'churn')).toMatchObject({ effect: { value: 0, low: null, high: null }, finding: 'unknown' });
    expect(resultOf([], 'mrr')).toMatchObject({ target: { before: null, after: null, n: 0 }, finding: 'unknown' });
  });

  const changes = fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 })), { minLength: 5, maxLength: 15 });

  it('turns round when the groups are swapped, and does not care for order', () => {
    fc.assert(
      fc.property(changes, changes, (first, second) => {
        const sides = (a: Side, b: Side) => [
          ...first.map(([before, after]) => one(a, 'mrr', before, after)),
          ...second.map(([before, after]) => one(b, 'mrr', before, after)),
        ];
        const found = resultOf(sides('target', 'control'), 'mrr');
        const swapped = resultOf(sides('control', 'target'), 'mrr');
        expect(swapped.effect.value).toBeCloseTo(-(found.effect.value ?? Number.NaN), 9);
        if (found.effect.low === null || found.effect.high === null) expect(swapped.effect.low).toBe(null);
        else {
          expect(swapped.effect.low).toBeCloseTo(-found.effect.high, 9);
          expect(swapped.effect.high).toBeCloseTo(-found.effect.low, 9);
        }
        expect(resultOf(sides('target', 'control').reverse(), 'mrr').finding).toBe(found.finding);
      }),
    );
  });

  it('adds up: the effect is what the four means say', () => {
    fc.assert(
      fc.property(changes, changes, (first, second) => {
        const {
          target: t,
          control: c,
          effect,
        } = resultOf(
          [
            ...first.map(([before, after]) => one('target', 'mrr', before, after)),
            ...second.map(([before, after]) => one('control', 'mrr', before, after)),
          ],
          'mrr',
        );
        const by = (t.after ?? 0) - (t.before ?? 0) - ((c.after ?? 0) - (c.before ?? 0));
        expect(effect.value).toBeCloseTo(by, 9);
      }),
    );
  });

  it.each([
    // Most keep their MRR, a few leave with all of it: far from a bell.
    ['MRR that some take away', 40, (random: () => number) => (random() < 0.15 ? -1000 * (0.2 + random()) : random() < 0.2 ? 200 : 0)],
    ['logins', 12, (random: () => number) => random() + random() + random() - 1.5],
    ['churn', 40, (random: () => number) => (random() < 0.2 ? 1 : 0)],
  ])('holds 0 in about 95 %% of draws that change nothing: %s', (_, size, changeOf) => {
    const worldly = seeded(11);
    const accounts = Array.from({ length: size }, () => changeOf(worldly));
    const draws = 1000;
    let held = 0;
    for (let seed = 0; seed < draws; seed++) {
      const { target: a, control: b } = drawGroups(accounts, () => '', seeded(seed));
      const interval = welchInterval(a, b);
      if (interval && interval.low <= 0 && interval.high >= 0) held++;
    }
    // Two and a half standard errors of a share of 95 % over 1,000 draws, and a shuffle of a fixed set is a little calmer.
    expect(held / draws).toBeGreaterThan(0.93);
    expect(held / draws).toBeLessThan(0.985);
  });
});

describe('a draw', () => {
  const members = fc.array(fc.constantFrom('high', 'low', 'tech'), { minLength: 2, maxLength: 80 });
  const numbered = (tiers: readonly string[]) => tiers.map((tier, id) => ({ id, tier }));

  it('halves the set, tier by tier, and is the same again for the same seed', () => {
    fc.assert(
      fc.property(members, fc.nat(), (tiers, seed) => {
        const accounts = numbered(tiers);
        const drawn = drawGroups(accounts, ({ tier }) => tier, seeded(seed));
        expect(drawGroups(accounts, ({ tier }) => tier, seeded(seed))).toEqual(drawn);
        const both = [...drawn.target, ...drawn.control];
        expect(new Set(both).size).toBe(accounts.length);
        expect(Math.abs(drawn.target.length - drawn.control.length)).toBeLessThanOrEqual(1);
        for (const tier of new Set(tiers)) {
          const [inTarget, inControl] = [drawn.target, drawn.control].map(
            (group) => group.filter((account) => account.tier === tier).length,
          );
          // A pair may stand across the edge of two tiers, at either end.
          expect(Math.abs((inTarget ?? 0) - (inControl ?? 0))).toBeLessThanOrEqual(2);
        }
      }),
    );
  });

  it('takes as many as were asked for, of each tier its share', () => {
    const accounts = numbered([...Array(60).fill('tech'), ...Array(30).fill('low'), ...Array(10).fill('high')]);
    const { target, control } = drawGroups(accounts, ({ tier }) => tier, seeded(3), 10);
    expect([target.length, control.length]).toEqual([10, 10]);
    const tiers = [...target, ...control].map(({ tier }) => tier);
    expect(['tech', 'low', 'high'].map((tier) => tiers.filter((each) => each === tier).length)).toEqual([12, 6, 2]);
  });

  it('puts everybody on either side about as often', () => {
    const accounts = numbered(['high', 'low', 'low', 'tech', 'tech', 'tech', 'tech']);
    const times = accounts.map(() => 0);
    for (let seed = 0; seed < 1000; seed++)
      for (const { id } of drawGroups(accounts, ({ tier }) => tier, seeded(seed)).target) times[id] = (times[id] ?? 0) + 1;
    for (const count of times) expect(Math.abs(count - 500)).toBeLessThan(60);
  });
});
