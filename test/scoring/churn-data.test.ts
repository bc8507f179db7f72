/** The fit and the measures on published data, where they are at hand; `bench/churn.ts` prints all figures. */
import { describe, expect, it } from 'vitest';
import { hasRavenstack, ravenFigures } from '../../bench/ravenstack.ts';
import { fnv1a, hasTelco, telcoFigures } from '../../bench/telco.ts';

it('the hash that makes the folds is FNV-1a', () => {
  expect([fnv1a(''), fnv1a('a'), fnv1a('foobar')]).toEqual([0x811c9dc5, 0xe40c292c, 0xbf9cf968]);
});

describe.skipIf(!hasTelco)(`a telephone company${hasTelco ? '' : ' (skipped: its data are not here)'}`, () => {
  it('gives the published figures', () => {
    const { folds, auc, averagePrecision, lift10 } = telcoFigures();
    expect(folds.map((fold) => fold.cases)).toEqual([1401, 1408, 1453, 1371, 1410]);
    for (const [index, published] of [0.849, 0.85, 0.84, 0.847, 0.866].entries())
      expect(Math.abs((folds[index]?.auc ?? 0) - published)).toBeLessThanOrEqual(0.001);
    expect(Math.abs((auc ?? 0) - 0.8501)).toBeLessThanOrEqual(0.0005);
    expect(averagePrecision).toBeCloseTo(0.6708, 3);
    expect(lift10).toBeCloseTo(2.89, 2);
  });
});

describe.skipIf(!hasRavenstack)(`a portal without any signal${hasRavenstack ? '' : ' (skipped: its data are not here)'}`, () => {
  it('has no evidence of predictive power', () => {
    const { test, verdict } = ravenFigures();
    expect(test).toEqual([723, 182]);
    expect(verdict).toBe('none');
  });
});
