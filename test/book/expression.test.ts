import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileFilter, completions, type FilterWorld } from '../../src/book/expression.ts';
import { addDays } from '../../src/units/day.ts';
import { row, TODAY } from '../screen/fixture.ts';

const rows = [
  row(0, {
    band: 'critical',
    tier: 'high',
    mrr: 1_000_000,
    mrrChange3m: -100_000,
    contractValue: 12_000_000,
    daysToRenewal: 20,
    products: ['CRM'],
  }),
  row(1, { band: 'high', tier: 'low', mrr: 300_000, mrrChange3m: 100_000, contractValue: 3_600_000, daysToRenewal: 90 }),
  row(2, { band: 'watch', tier: 'tech', mrr: 30_000, mrrChange3m: 0, contractValue: 360_000, daysToRenewal: -5, signals: [] }),
  row(3, { band: null, tier: null, mrr: null, mrrChange3m: null, contractValue: null, daysToRenewal: null, group: 'unknown', owner: null }),
];
const world: FilterWorld = { rows, myId: '77', asOf: TODAY };
const found = (line: string): number[] => {
  const { test } = compileFilter(line, world);
  return rows.flatMap((one, index) => (test(one) ? [index] : []));
};

describe('a filter line', () => {
  it.each([
    ['', [0, 1, 2, 3]],
    ['band:critical', [0]],
    ['band:crit,high', [0, 1]],
    ['band:unknown', [3]],
    ['tier:high', [0]],
    ['-tier:high', [1, 2, 3]],
    ['mrr>300000', [0]],
    ['mrr>=300k', [0, 1]],
    ['mrr>=30万', [0, 1]],
    ['mrr<=３０万', [1, 2]],
    ['renewal<=90', [0, 1]],
    ['renewal<0', [2]],
    ['change<0', [0]],
    ['change>=10%', [1]],
    ['products=1', [0, 1, 3]],
    ['contract:high', [0]],
    ['contract:high change<0', [0]],
    ['signal:usage.last_login', [0, 3]],
    ['owner:me', [0, 1, 2]],
    ['owner:田', [0, 1, 2]],
    ['is:unknown', [3]],
    ['北斗', [2]],
    ['ﾐﾅﾄ', [3]],
    ['みなと', [3]],
    ['"northwind log" band:high', [1]],
    ['unused>40 untouched<21', [0, 1, 2, 3]],
    ['untouched>20', []],
    ['band:', [0, 1, 2, 3]],
  ])('%s', (line, expected) => {
    expect(found(line)).toEqual(expected);
  });

  it('says which parts mean nothing, and does by the others', () => {
    expect(compileFilter('band:purple mrr>lots tier:high colour<3 band<3', world).wrong).toEqual([
      'band:purple',
      'mrr>lots',
      'colour<3',
      'band<3',
    ]);
    expect(found('band:purple tier:high')).toEqual([0]);
  });

  it('compares nothing with what is unknown', () => {
    expect(found('mrr<99999999')).not.toContain(3);
    expect(found('mrr>0')).not.toContain(3);
  });

  it('takes whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (line) => {
        const { test } = compileFilter(line, world);
        for (const one of rows) expect(typeof test(one)).toBe('boolean');
        completions(line, world);
      }),
    );
  });

  it('measures the days since the last touch from the day of the book', () => {
    const touched = [row(0, { lastTouchAt: addDays(TODAY, -3) })];
    expect(compileFilter('untouched<=3', { ...world, rows: touched }).test(touched[0] ?? row(0))).toBe(true);
    expect(compileFilter('untouched<3', { ...world, rows: touched }).test(touched[0] ?? row(0))).toBe(false);
  });
});

describe('completion', () => {
  it('offers keys, then their values as the book has them, the most frequent first', () => {
    expect(completions('re', world)).toEqual(['renewal<']);
    expect(completions('tier:low b', world)).toEqual(['band:']);
    expect(completions('band:', world)).toEqual(['band:critical', 'band:high', 'band:watch', 'band:low', 'band:unknown']);
    expect(completions('band:high,c', world)).toEqual(['band:high,critical']);
    expect(completions('-band:c', world)).toEqual(['-band:critical']);
    expect(completions('product:', world)[0]).toBe('product:CRM');
    expect(completions('owner:', world)).toEqual(['owner:me', 'owner:田中']);
    expect(completions('mrr>', world)).toEqual([]);
    expect(completions('nonsense', world)).toEqual([]);
  });
});
