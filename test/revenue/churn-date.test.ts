import { describe, expect, it } from 'vitest';
import { churnDateProblem } from '../../src/revenue/churn-date.ts';
import { mrrByMonth } from '../../src/revenue/series.ts';
import { account, day, month, mrr, since } from '../scoring/portal.ts';

/** Months with MRR; the last month is November 2026. */
function problem(left: string | null, months: readonly string[], asOf = '2026-11-21') {
  const attributes = left === null ? {} : { churnOn: since('2026-01-01', day(left)) };
  const one = account({ id: '7', attributes, mrr: months.map((at) => mrr(at, 100)) });
  const series = mrrByMonth(one, { month: month(asOf.slice(0, 7)), knownBy: day(asOf), currency: 'JPY', fillGaps: 1, duplicates: 'all' });
  return churnDateProblem(one, series, day(asOf));
}

describe('the day on which a company left', () => {
  const untilJune = ['2026-04', '2026-05', '2026-06'];

  it.each(['2026-06-01', '2026-06-30', '2026-07-31', '2026-08-31'])('%s fits MRR that ends with June', (left) => {
    expect(problem(left, untilJune)).toBeNull();
  });

  it.each(['2026-05-31', '2026-09-01'])('%s does not', (left) => {
    expect(problem(left, untilJune)).toEqual({ code: 'churn-date', accountId: '7', source: { object: 'companies', id: '1' }, value: left });
  });

  it('does not fit where the account pays on, once the month after is there', () => {
    const paying = ['2026-08', '2026-09', '2026-10', '2026-11'];
    expect(problem('2026-10-05', paying)?.value).toBe('2026-10-05');
    expect(problem('2026-11-01', paying)).toBeNull();
    expect(problem('2027-03-31', paying)).toBeNull();
  });

  it('fits any time that the account left, whatever came after', () => {
    const backSince = ['2026-02', '2026-03', '2026-09', '2026-10', '2026-11'];
    expect(problem('2026-04-10', backSince)).toBeNull();
    expect(problem('2026-07-10', backSince)?.code).toBe('churn-date');
  });

  it('says nothing without a day, or where there never was any MRR', () => {
    expect(problem(null, untilJune)).toBeNull();
    expect(problem('2026-03-10', [])).toBeNull();
  });
});
