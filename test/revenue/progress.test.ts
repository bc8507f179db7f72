import { describe, expect, it } from 'vitest';
import { MonthCensus } from '../../src/revenue/progress.ts';
import { day, mrr } from '../scoring/portal.ts';

const paid = (knownOn: string | null) => ({
  mrr: [mrr('2026-10', 100), ...(knownOn === null ? [] : [mrr('2026-11', 100, { knownAt: day(knownOn) })])],
});

function progress(accounts: readonly Parameters<MonthCensus['add']>[0][], asOf = '2026-11-21') {
  const census = new MonthCensus(day(asOf));
  for (const account of accounts) census.add(account);
  return census.close();
}

describe('the month that revenue works with', () => {
  it('is the one before while fewer than half of those who paid have a record', () => {
    const found = progress([paid('2026-11-05'), paid('2026-11-10'), paid(null), paid(null)]);
    expect(found.workingMonth(day('2026-11-09'))).toBe('2026-10');
    expect(found.workingMonth(day('2026-11-10'))).toBe('2026-11');
  });

  it('is never later than the day that the census is of', () => {
    const found = progress([paid('2026-11-05')]);
    for (const later of ['2026-12-31', '2027-01-01', '2030-06-15']) expect(found.workingMonth(day(later))).toBe('2026-11');
  });

  it('counts neither new customers nor those who did not pay the month before', () => {
    const newcomer = { mrr: [mrr('2026-11', 100)] };
    const zero = { mrr: [mrr('2026-10', 0), mrr('2026-11', 100)] };
    expect(progress([paid(null), newcomer, zero]).workingMonth(day('2026-11-21'))).toBe('2026-10');
  });

  it('counts no account that a discount makes free, from the day on which it does', () => {
    const free = { mrr: [mrr('2026-10', 100), mrr('2026-10', -100, { knownAt: day('2026-11-10') })] };
    const found = progress([free, paid('2026-11-05')]);
    expect(found.workingMonth(day('2026-11-09'))).toBe('2026-11');
    expect(progress([free, free, free, paid('2026-11-05')]).workingMonth(day('2026-11-09'))).toBe('2026-10');
    expect(progress([free, free, free, paid('2026-11-05')]).workingMonth(day('2026-11-10'))).toBe('2026-11');
  });

  it('counts a record only of those who are known to have paid', () => {
    const early = { mrr: [mrr('2026-10', 100, { knownAt: day('2026-11-20') }), mrr('2026-11', 100, { knownAt: day('2026-11-01') })] };
    expect(progress([early, paid(null)]).workingMonth(day('2026-11-19'))).toBe('2026-10');
    expect(progress([early, paid(null)]).workingMonth(day('2026-11-20'))).toBe('2026-11');
  });

  it('takes a record of 0 as a record', () => {
    const churned = { mrr: [mrr('2026-10', 100), mrr('2026-11', 0)] };
    expect(progress([churned]).workingMonth(day('2026-11-21'))).toBe('2026-11');
  });

  it('is the month itself in a portal that had no MRR', () => {
    expect(progress([{ mrr: [] }]).workingMonth(day('2026-11-21'))).toBe('2026-11');
  });

  it('goes by what was known on the day: records that came later do not write the month earlier', () => {
    const found = progress([paid('2026-11-15'), { mrr: [mrr('2026-09', 100), mrr('2026-10', 100, { knownAt: day('2026-10-20') })] }]);
    expect(found.workingMonth(day('2026-10-19'))).toBe('2026-09');
    expect(found.workingMonth(day('2026-10-20'))).toBe('2026-10');
  });
});
