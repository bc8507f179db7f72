/** The fit is the minimum that it says it is. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Coefficient, dot, FREE, fitLogistic, type LogisticProblem, sigmoid } from '../../src/scoring/logistic.ts';

function gradient({ rows, churned, coefficients, offset }: LogisticProblem, theta: Float64Array): number[] {
  return coefficients.map(({ centre, precision }, column) =>
    rows.reduce(
      (sum, row, index) => sum + (sigmoid((offset?.[index] ?? 0) + dot(row, theta)) - (churned[index] ? 1 : 0)) * (row[column] ?? 0),
      precision * ((theta[column] ?? 0) - centre),
    ),
  );
}

const value = fc.double({ min: -3, max: 3, noNaN: true });
const problems: fc.Arbitrary<LogisticProblem> = fc
  .record({
    cases: fc.array(fc.record({ row: fc.array(value, { minLength: 3, maxLength: 3 }), churned: fc.boolean(), offset: value }), {
      minLength: 4,
      maxLength: 40,
    }),
    coefficients: fc.array(
      fc.record({
        centre: value,
        precision: fc.double({ min: 0.1, max: 4, noNaN: true }),
        bound: fc.constantFrom<'none' | 'lower' | 'upper'>('none', 'lower', 'upper'),
      }),
      { minLength: 3, maxLength: 3 },
    ),
  })
  .map(({ cases, coefficients }) => ({
    rows: cases.map(({ row }) => Float64Array.from(row)),
    churned: cases.map(({ churned }) => churned),
    offset: cases.map(({ offset }) => offset),
    coefficients: coefficients.map(({ bound, ...prior }): Coefficient => (bound === 'none' ? prior : { ...prior, [bound]: 0 })),
  }));

/** The cost cannot be told apart any more where its slope is smaller. */
describe('the fit', () => {
  it('is flat in every free direction, and pushes against the bounds where it stands on them', () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const theta = fitLogistic(problem);
        for (const [index, slope] of gradient(problem, theta).entries()) {
          const { lower, upper } = problem.coefficients[index] ?? FREE;
          const found = theta[index] ?? Number.NaN;
          if (lower !== undefined) expect(found).toBeGreaterThanOrEqual(lower);
          if (upper !== undefined) expect(found).toBeLessThanOrEqual(upper);
          if (lower !== undefined && found - lower < 1e-9) expect(slope).toBeGreaterThan(-1e-5);
          else if (upper !== undefined && upper - found < 1e-9) expect(slope).toBeLessThan(1e-5);
          else expect(Math.abs(slope)).toBeLessThan(1e-5);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('of an intercept alone is the log-odds of the share', () => {
    const churned = [true, false, false, false];
    const [theta] = fitLogistic({ rows: churned.map(() => Float64Array.of(1)), churned, coefficients: [FREE] });
    expect(theta).toBeCloseTo(Math.log(1 / 3), 9);
  });

  it('stays at its prior where there are no cases', () => {
    expect([...fitLogistic({ rows: [], churned: [], coefficients: [{ centre: 0.5, precision: 25 }] })]).toEqual([0.5]);
  });

  it('never takes the sign that it may not have', () => {
    const rows = Array.from({ length: 100 }, (_, index) => Float64Array.of(1, index % 2));
    const churned = rows.map((_, index) => index % 2 === 0);
    const theta = fitLogistic({ rows, churned, coefficients: [FREE, { centre: 1, precision: 0.01, lower: 0 }] });
    expect(theta[1]).toBe(0);
  });
});
