/** Measures worked by hand, and what must hold of them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bootstrap, resamplingOf } from '../../src/scoring/bootstrap.ts';
import {
  aucInterval,
  aucOf,
  averagePrecision,
  calibrationBins,
  calibrationError,
  descending,
  liftAt,
  logLoss,
  wilson,
} from '../../src/scoring/measures.ts';
import { seeded } from '../../src/units/random.ts';

const cases = fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.boolean()), { minLength: 2, maxLength: 40 });

describe('AUC', () => {
  it('is the share of pairs that stand the right way, ties counting half', () => {
    // Churned 3 and 2; stayed 2, 1, 1: of six pairs five are right and one is tied.
    expect(aucOf([3, 2, 2, 1, 1], [true, true, false, false, false])).toBeCloseTo(5.5 / 6, 12);
    expect(aucOf([1, 2], [true, true])).toBeNull();
    expect(aucOf([], [])).toBeNull();
  });

  it('is what counting all pairs gives', () => {
    fc.assert(
      fc.property(cases, (list) => {
        const churned = list.filter(([, left]) => left);
        const stayed = list.filter(([, left]) => !left);
        const won = churned
          .flatMap(([a]) => stayed.map(([b]) => (a > b ? 1 : a === b ? 0.5 : 0)))
          .reduce((sum: number, one) => sum + one, 0);
        const found = aucOf(
          list.map(([value]) => value),
          list.map(([, left]) => left),
        );
        if (churned.length === 0 || stayed.length === 0) expect(found).toBeNull();
        else expect(found).toBeCloseTo(won / (churned.length * stayed.length), 12);
      }),
    );
  });

  it("has DeLong's interval, worked by hand", () => {
    // Six left, six stayed: how many of the others each stands above (below).
    const values = [9, 8, 7, 6, 5, 2, 6, 5, 4, 3, 2, 1];
    const churned = values.map((_, index) => index < 6);
    const found = aucInterval(values, churned);
    const v10 = [6, 6, 6, 5.5, 4.5, 1.5].map((wins) => wins / 6);
    const v01 = [3.5, 4.5, 5, 5, 5.5, 6].map((wins) => wins / 6);
    const mean = v10.reduce((sum, one) => sum + one, 0) / 6;
    const variance = (list: number[]) => list.reduce((sum, one) => sum + (one - mean) ** 2, 0) / 5 / 6;
    expect(found?.value).toBeCloseTo(mean, 12);
    expect((found?.value ?? 0) - (found?.low ?? 0)).toBeCloseTo(1.959964 * Math.sqrt(variance(v10) + variance(v01)), 5);
  });
});

it('average precision adds the precision at each threshold for the recall it brings', () => {
  // Order: left, stayed, left, stayed → ½·1 + ½·(2/3).
  expect(averagePrecision([4, 3, 2, 1], [true, false, true, false])).toBeCloseTo(0.5 + 1 / 3, 12);
  // All the same value: one threshold, the base rate.
  expect(averagePrecision([1, 1, 1, 1], [true, false, false, false])).toBeCloseTo(0.25, 12);
  expect(averagePrecision([1, 2], [false, false])).toBeNull();
});

it('lift compares the first part with all, rounding its size up and breaking ties by the given order', () => {
  const churned = [true, false, false, false, true, false, false, false, false, false, false];
  expect(liftAt([5, 9, 1, 1, 8, 1, 1, 1, 1, 1, 1], churned, 0.1)).toBeCloseTo(0.5 / (2 / 11), 12);
  expect(descending([1, 1, 2], [7, 3, 9])).toEqual([2, 1, 0]);
  expect(liftAt([1, 2], [false, false], 0.1)).toBeNull();
});

it('calibration goes by bins of equal count, the first ones larger', () => {
  const bins = calibrationBins([0.1, 0.2, 0.3, 0.8, 0.9], [false, false, true, true, true], 2);
  expect(bins.map((bin) => bin.cases)).toEqual([3, 2]);
  expect(bins[0]?.expected).toBeCloseTo(0.2, 12);
  expect(bins[0]?.observed).toBeCloseTo(1 / 3, 12);
  expect(calibrationError([0.1, 0.2, 0.3, 0.8, 0.9], [false, false, true, true, true], 2)).toBeCloseTo(
    (3 * (1 / 3 - 0.2) + 2 * 0.15) / 5,
    12,
  );
});

it("Wilson's interval of 4 in 20, as the tables have it", () => {
  const { low, high } = wilson(4, 20);
  expect(low).toBeCloseTo(0.0807, 4);
  expect(high).toBeCloseTo(0.416, 4);
  expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
  expect(wilson(0, 10).low).toBe(0);
});

it('log-loss of a sure error stays a number', () => {
  expect(logLoss([0.5, 0.5], [true, false])).toBeCloseTo(Math.LN2, 12);
  expect(Number.isFinite(logLoss([0, 1], [true, false]))).toBe(true);
});

describe('drawing accounts again', () => {
  it('draws all cases of an account together, as often as there are accounts', () => {
    const resampling = resamplingOf(['a', 'b', 'a', 'c']);
    expect(resampling.accounts).toBe(3);
    bootstrap(
      resampling,
      (weights) => {
        expect(weights[0]).toBe(weights[2]);
        expect((weights[0] ?? 0) + (weights[1] ?? 0) + (weights[3] ?? 0)).toBe(3);
        return 1;
      },
      seeded(1),
      50,
    );
  });

  it('gives the interval of a mean', () => {
    const values = Array.from({ length: 200 }, (_, index) => index % 2);
    const resampling = resamplingOf(values.map((_, index) => String(index)));
    const mean = (weights: Float64Array) => weights.reduce((sum, weight, index) => sum + weight * (values[index] ?? 0), 0) / values.length;
    const interval = bootstrap(resampling, mean, seeded(7));
    // 0.5 ± 1.96·0.5/√200
    expect(interval?.low).toBeCloseTo(0.431, 1);
    expect(interval?.high).toBeCloseTo(0.569, 1);
    expect(bootstrap(resampling, () => null, seeded(1), 10)).toBeNull();
  });
});
