import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MrrCut } from '../../src/policy.ts';
import { populationOf, quadrantOf } from '../../src/revenue/population.ts';
import { fromMajor, type Money, ZERO } from '../../src/units/money.ts';

const yen = (...amounts: number[]): Money[] => amounts.map(fromMajor);

describe('touch tier', () => {
  it('takes the first fifth, then up to the half, rounded up', () => {
    const amounts = yen(10, 9, 8, 7, 6, 5, 4, 3, 2, 1);
    const population = populationOf(amounts);
    expect(amounts.map((amount) => population.tierOf(amount))).toEqual([
      'high',
      'high',
      'low',
      'low',
      'low',
      'tech',
      'tech',
      'tech',
      'tech',
      'tech',
    ]);
  });

  it('gives equal MRR an equal tier: the rank counts only who has strictly more', () => {
    const population = populationOf(yen(10, 10, 10, 1, 1));
    expect(population.tierOf(fromMajor(10))).toBe('high');
    expect(population.tierOf(fromMajor(1))).toBe('tech');
  });

  it('has none for 0 and unknown', () => {
    const population = populationOf([ZERO, null, ...yen(5)]);
    expect(population.size).toBe(1);
    expect([population.tierOf(ZERO), population.tierOf(null), population.tierOf(fromMajor(5))]).toEqual([null, null, 'high']);
  });

  it('is equal for equal MRR and never lower for more, over any population', () => {
    const order = { high: 2, low: 1, tech: 0 } as const;
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 60 }), (amounts) => {
        const population = populationOf(yen(...amounts));
        const n = amounts.length;
        for (const amount of amounts) {
          const rank = 1 + amounts.filter((other) => other > amount).length;
          const tier = rank <= Math.ceil(0.2 * n) ? 'high' : rank <= Math.ceil(0.5 * n) ? 'low' : 'tech';
          expect(population.tierOf(fromMajor(amount))).toBe(tier);
          for (const other of amounts) {
            if (other < amount) continue;
            expect(order[population.tierOf(fromMajor(other)) ?? 'tech']).toBeGreaterThanOrEqual(order[tier]);
          }
        }
      }),
    );
  });
});

describe('quadrant', () => {
  // Linear between the two nearest: the 80th percentile of 1 … 11 is 9.
  const population = populationOf(yen(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));

  it.each([
    [9, 'critical', 'act'],
    [9, 'high', 'act'],
    [9, 'watch', 'keep'],
    [11, 'low', 'keep'],
    [8.9, 'high', 'automate'],
    [1, 'low', 'tech'],
    [0, 'critical', 'automate'],
  ] as const)('MRR %d in band %s is %s', (mrr, band, expected) => {
    expect(quadrantOf(fromMajor(mrr), band, population)).toBe(expected);
  });

  it('is unknown where the MRR or the band is', () => {
    expect(quadrantOf(null, 'high', population)).toBeNull();
    expect(quadrantOf(fromMajor(9), null, population)).toBeNull();
  });

  it('calls nothing of high impact in an empty population', () => {
    expect(quadrantOf(ZERO, 'high', populationOf([]))).toBe('automate');
  });
});

describe('what a policy cuts by', () => {
  const ten = yen(10, 20, 30, 40, 50, 60, 70, 80, 90, 100);
  const tiers = (cuts: Parameters<typeof populationOf>[1], ...amounts: number[]) =>
    yen(...amounts).map((amount) => populationOf(ten, cuts).tierOf(amount));

  it('is amounts, reached by who has as much', () => {
    expect(tiers({ tiers: { high: 100, low: 50 } }, 100, 99.9999, 50, 49.9999)).toEqual(['high', 'low', 'low', 'tech']);
  });

  it('or shares from the top, rounded up', () => {
    expect(tiers({ tiers: { by: 'share', high: 0.11, low: 0.4 } }, 100, 90, 80, 70, 60)).toEqual(['high', 'high', 'low', 'low', 'tech']);
  });

  it('for impact too', () => {
    const high = (impact: MrrCut) =>
      [9, 55, 90].map((amount) => populationOf(ten, { tiers: null, impact }).isHighImpact(fromMajor(amount)));
    expect(high({ by: 'amount', from: 55 })).toEqual([false, true, true]);
    expect(high({ by: 'share', from: 0.5 })).toEqual([false, true, true]);
    expect(high({ by: 'amount', from: 55.0001 })).toEqual([false, false, true]);
  });

  it('for grades, the first that takes it in, none below the last', () => {
    const customerGrades = [
      { name: 'S', by: 'share', from: 0.1 },
      { name: 'A', by: 'amount', from: 80 },
    ] as const;
    const population = populationOf(ten, { tiers: null, customerGrades });
    expect([100, 90, 80, 79, 0].map((amount) => population.gradeOf(fromMajor(amount)))).toEqual(['S', 'A', 'A', null, null]);
    expect([population.gradeOf(null), populationOf(ten).gradeOf(fromMajor(100))]).toEqual([null, null]);
  });
});
