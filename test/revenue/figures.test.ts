import { describe, expect, it } from 'vitest';
import type { Account } from '../../src/account.ts';
import { type RevenueFigures, revenueFigures } from '../../src/revenue/figures.ts';
import { mrrByMonth } from '../../src/revenue/series.ts';
import { toMajor } from '../../src/units/money.ts';
import { account, day, month, mrr, since, touch, week } from '../scoring/portal.ts';

function figures(more: Partial<Account>, asOf = '2026-11-21', working = asOf.slice(0, 7)): RevenueFigures {
  const one = account(more);
  const series = mrrByMonth(one, { month: month(working), knownBy: day(asOf), currency: 'JPY', fillGaps: 1, duplicates: 'all' });
  return revenueFigures(one, series, day(asOf), 30);
}

describe('revenue figures', () => {
  const growing = [mrr('2026-08', 300), mrr('2026-09', 400), mrr('2026-10', 450), mrr('2026-11', 500)];

  it('tells MRR, its changes and 24 months of trend', () => {
    const found = figures({ mrr: growing });
    expect([found.mrr, found.change1m, found.change3m].map((value) => toMajor(value ?? (Number.NaN as never)))).toEqual([500, 50, 200]);
    expect(found.trend).toHaveLength(24);
    expect(found.trend[0]).toEqual({ month: '2024-12', mrr: 0 });
    expect(found.trend.at(-1)).toEqual({ month: '2026-11', mrr: found.mrr });
  });

  it('leaves the month that is being written open in the trend, and works with the one before', () => {
    const found = figures({ mrr: growing.slice(0, 3) }, '2026-11-02', '2026-10');
    expect(found.month).toBe('2026-10');
    expect(toMajor(found.mrr ?? (Number.NaN as never))).toBe(450);
    expect(found.trend.at(-1)).toEqual({ month: '2026-11', mrr: null });
  });

  it('knows nothing where there is no record', () => {
    const found = figures({});
    expect([found.mrr, found.change1m, found.change3m, found.contractStart, found.contractAgeMonths]).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
    expect(found.trend.every((one) => one.mrr === null)).toBe(true);
  });

  it('takes products and plan from the money, not from a stale property', () => {
    const attributes = { plan: since('2024-01-01', 'Old') };
    const found = figures({
      attributes,
      mrr: [
        mrr('2026-11', 100, { product: 'MA', plan: 'Basic' }),
        mrr('2026-11', 300, { product: 'CRM', plan: 'Pro' }),
        mrr('2026-11', -50, { product: 'Discount' }),
        mrr('2026-10', 10, { product: 'Gone' }),
      ],
    });
    expect(found.products).toEqual(['CRM', 'MA']);
    expect(found.plan).toBe('Pro');
    expect(figures({ attributes, mrr: growing }).plan).toBe('Old');
  });

  it('counts the contract from its mapped start, else from the first month with MRR; gaps do not restart it', () => {
    const mapped = figures(
      { attributes: { contractStart: since('2024-01-01', day('2026-01-31')) }, mrr: growing },
      '2026-02-28',
      '2026-02',
    );
    expect([mapped.contractStart, mapped.contractStartDerived, mapped.contractAgeMonths]).toEqual(['2026-01-31', false, 1]);
    const derived = figures({ mrr: [mrr('2025-01', 0), mrr('2025-02', 100), mrr('2026-11', 100)] });
    expect([derived.contractStart, derived.contractStartDerived, derived.contractAgeMonths]).toEqual(['2025-02-01', true, 21]);
  });

  it('counts the days to the renewal, negative when overdue, and the day of notice', () => {
    const soon = figures({ attributes: { contractRenewal: since('2024-01-01', day('2027-01-31')) } });
    expect([soon.daysToRenewal, soon.noticeBy]).toEqual([71, '2027-01-01']);
    const overdue = figures({
      attributes: { contractRenewal: since('2024-01-01', day('2026-11-11')), noticeDays: since('2024-01-01', 60) },
    });
    expect([overdue.daysToRenewal, overdue.noticeBy]).toEqual([-10, '2026-09-12']);
  });

  it('takes the mapped contract value, else MRR × remaining months, marked', () => {
    const attributes = { contractRenewal: since('2024-01-01', day('2027-03-21')) };
    const derived = figures({ attributes, mrr: growing });
    expect([toMajor(derived.contractValue ?? (Number.NaN as never)), derived.contractValueDerived]).toEqual([2000, true]);
    const mapped = figures({ attributes: { ...attributes, contractValue: since('2024-01-01', 7 as never) }, mrr: growing });
    expect([mapped.contractValue, mapped.contractValueDerived]).toEqual([7, false]);
    expect(figures({ mrr: growing }).contractValue).toBeNull();
    const overdue = figures({ attributes: { contractRenewal: since('2024-01-01', day('2026-11-20')) }, mrr: growing });
    expect([overdue.contractValue, overdue.contractValueDerived]).toEqual([null, false]);
  });

  it('goes by the value that a property had, not by the one it got later', () => {
    const changed = [
      ...since('2026-01-01', day('2026-12-31')),
      { value: day('2027-12-31'), validAt: day('2026-11-10'), knownAt: day('2026-11-10'), source: { object: 'companies', id: '1' } },
    ];
    expect(figures({ attributes: { contractRenewal: changed } }, '2026-11-09').renewal).toBe('2026-12-31');
    expect(figures({ attributes: { contractRenewal: changed } }, '2026-11-10').renewal).toBe('2027-12-31');
  });

  it('tells the last use and the last two-way contact on or before the day', () => {
    const found = figures({
      attributes: { lastUsedOn: since('2026-11-01', day('2026-10-20')) },
      usage: [week('2026-11-02', { logins: 3, lastUsedOn: day('2026-11-05') }), week('2026-11-09', { logins: 0 })],
      touches: [touch('2026-11-03', 'meeting'), touch('2026-11-20', 'note'), touch('2026-11-30', 'meeting')],
    });
    expect([found.lastUsedOn, found.daysSinceLastUse]).toEqual(['2026-11-05', 16]);
    expect([found.lastTouchOn, found.daysSinceLastTouch]).toEqual(['2026-11-03', 18]);
    expect(figures({}).daysSinceLastUse).toBeNull();
  });

  it('takes the last day of a week with use where nobody says which day it was', () => {
    expect(figures({ usage: [week('2026-11-02', { activeUsers: 2 }), week('2026-11-09', { activeUsers: 0 })] }).lastUsedOn).toBe(
      '2026-11-08',
    );
  });
});
