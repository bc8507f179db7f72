/** An experiment on hand-made accounts: what counts before and after, and who counts though they have left. */
import { describe, expect, it } from 'vitest';
import type { Account, MrrFact } from '../../src/account.ts';
import { runTrial, type TrialInputs, windowsOf } from '../../src/book/experiment.ts';
import type { Kpi, KpiResult, Side } from '../../src/scoring/experiment.ts';
import { DEFAULT_POLICY } from '../../src/scoring/policy-default.ts';
import { addDays, addMonths, type Day } from '../../src/units/day.ts';
import { account, day, feedsOn, month, mrr, ticket, touch, weeksUntil } from '../scoring/portal.ts';

const AS_OF = day('2026-11-30');
/** 90 days up to as-of: September, October, November less a day. */
const FROM = day('2026-09-02');

/** MRR from January 2026 to November, `amounts` from September on. */
const paid = (base: number, amounts: readonly number[] = [], more: Partial<MrrFact> = {}): MrrFact[] =>
  Array.from({ length: 11 }, (_, index) => {
    const at = addMonths(month('2026-01'), index);
    // An unchanged customer's records say so.
    return mrr(at, amounts[index - 8] ?? base, more);
  });

const customer = (id: string, more: Partial<Account> = {}): Account => account({ id, mrr: paid(100), ...more });

const five = (prefix: string, make: (id: string, index: number) => Account): Account[] =>
  Array.from({ length: 5 }, (_, index) => make(`${prefix}${index}`, index));

function trial(
  target: readonly Account[],
  control: readonly Account[],
  more: Partial<TrialInputs> & { readonly to?: Day; readonly gone?: readonly string[] } = {},
) {
  const { to = AS_OF, gone = [], ...inputs } = more;
  const members = [
    ...[...target.map(({ id }) => id), ...gone].map((id) => ({ id, side: 'target' as Side })),
    ...control.map(({ id }) => ({ id, side: 'control' as Side })),
  ];
  return runTrial(
    { from: FROM, to, members },
    { accounts: [...target, ...control], asOf: AS_OF, currency: 'JPY', feeds: feedsOn(AS_OF), policy: DEFAULT_POLICY, ...inputs },
  );
}

const of = (kpis: readonly KpiResult[], kpi: Kpi): KpiResult => {
  const found = kpis.find((one) => one.kpi === kpi);
  if (!found) throw new Error(kpi);
  return found;
};

describe('the windows', () => {
  it('are equally long, and grow until the experiment has ended', () => {
    const dates = { from: FROM, to: addDays(FROM, 89) };
    expect(windowsOf(dates, addDays(FROM, -1))).toBe(null);
    expect(windowsOf(dates, FROM)).toEqual({ before: { first: '2026-09-01', last: '2026-09-01' }, after: { first: FROM, last: FROM } });
    const whole = { before: { first: '2026-06-04', last: '2026-09-01' }, after: { first: '2026-09-02', last: '2026-11-30' } };
    expect(windowsOf(dates, AS_OF)).toEqual(whole);
    expect(windowsOf(dates, addDays(AS_OF, 500))).toEqual(whole);
  });
});

describe('money', () => {
  it('is the MRR of the month before the start and of the last month', () => {
    const { kpis } = trial(
      five('t', (id, index) => customer(id, { mrr: paid(100, [100, 110, 120 + index]) })),
      five('c', (id) => customer(id)),
    );
    // 1 September is before the start, so that September is the month before: 100 each. November: 120 … 124.
    expect(of(kpis, 'mrr').target).toEqual({ before: 100, after: 122, n: 5 });
    expect(of(kpis, 'mrr')).toMatchObject({ control: { before: 100, after: 100 }, effect: { value: 22 }, finding: 'improved' });
  });

  it('counts who left in the group they were put into: without MRR and use (whatever is still recorded), at full risk', () => {
    const leaver = (id: string): Account =>
      customer(id, { mrr: paid(100, [100, 0, 0]), usage: weeksUntil('2026-11-30', Array(30).fill(5)) });
    const user = (id: string): Account => customer(id, { usage: weeksUntil('2026-11-30', Array(30).fill(5)) });
    const { kpis, left } = trial(
      five('t', (id, index) => (index < 2 ? leaver(id) : user(id))),
      five('c', user),
    );
    expect(left).toEqual({ target: 2, control: 0 });
    expect(of(kpis, 'mrr').target).toEqual({ before: 100, after: 60, n: 5 });
    expect(of(kpis, 'churn')).toMatchObject({ target: { before: 0, after: 0.4, n: 5 }, control: { after: 0 }, effect: { value: 0.4 } });
    expect(of(kpis, 'logins')).toMatchObject({ target: { before: 5, after: 3, n: 5 }, control: { before: 5, after: 5 } });
    const staying = trial(five('t', user), five('c', user));
    const risk = of(staying.kpis, 'risk').target.after ?? Number.NaN;
    expect(of(kpis, 'risk').target.after).toBeCloseTo((2 * 100 + 3 * risk) / 5, 6);
  });

  it('never adds up two currencies: a foreign account counts in everything else', () => {
    const abroad = (id: string): Account => customer(id, { mrr: paid(1, [], { currency: 'USD' }) });
    const { kpis, foreign } = trial(
      [...five('t', (id) => customer(id)), abroad('u')],
      five('c', (id) => customer(id)),
    );
    expect(foreign).toBe(1);
    expect(of(kpis, 'mrr').target).toEqual({ before: 100, after: 100, n: 5 });
    expect(of(kpis, 'churn').target.n).toBe(6);
  });

  it('is not known before another month has been written, nor of who is not in the store', () => {
    const soon = trial(
      five('t', (id) => customer(id)),
      five('c', (id) => customer(id)),
      { asOf: day('2026-09-20') },
    );
    expect(of(soon.kpis, 'mrr')).toMatchObject({ target: { n: 0 }, finding: 'unknown' });
    const { kpis, missing } = trial(
      five('t', (id) => customer(id)),
      five('c', (id) => customer(id)),
      { gone: ['x', 'y'] },
    );
    expect([missing, of(kpis, 'mrr').target.n]).toEqual([2, 5]);
  });

  it('asks nobody whether they left who paid nothing before the start', () => {
    const { kpis } = trial(
      [...five('t', (id) => customer(id)), customer('z', { mrr: paid(0) })],
      five('c', (id) => customer(id)),
    );
    expect(of(kpis, 'churn').target.n).toBe(5);
  });
});

describe('what is counted by day', () => {
  it('is a rate for 30 days over equally long windows, both ends included', () => {
    const busy = (id: string): Account =>
      customer(id, {
        // 4 June and 1 September are the ends of the time before; 3 June lies outside.
        tickets: ['2026-06-03', '2026-06-04', '2026-09-01', '2026-09-02'].map((on) => ticket(on)),
        touches: [touch('2026-11-30', 'meeting'), touch('2026-11-29', 'call', { twoWay: false }), touch('2026-12-01', 'meeting')],
      });
    const { kpis } = trial(
      five('t', busy),
      five('c', (id) => customer(id)),
    );
    const [tickets, touches] = [of(kpis, 'tickets').target, of(kpis, 'touches').target];
    expect([tickets.before, tickets.after, touches.before, touches.after].map((rate) => ((rate ?? Number.NaN) * 90) / 30)).toEqual([
      expect.closeTo(2, 9),
      expect.closeTo(1, 9),
      0,
      expect.closeTo(1, 9),
    ]);
  });

  it('is unknown where the feed is not connected', () => {
    const feeds = feedsOn(AS_OF, ['mrr', 'contract']);
    const { kpis } = trial(
      five('t', (id) => customer(id)),
      five('c', (id) => customer(id)),
      { feeds },
    );
    for (const kpi of ['tickets', 'touches', 'logins', 'activeUsers', 'adoption'] as const) expect(of(kpis, kpi).target.n).toBe(0);
  });

  it('takes use that was recorded late for what it was', () => {
    const late = (id: string): Account =>
      customer(id, { usage: weeksUntil('2026-11-30', Array(30).fill(7)).map((row) => ({ ...row, knownAt: day('2026-11-29') })) });
    const { kpis } = trial(five('t', late), five('c', late));
    expect(of(kpis, 'logins').target).toEqual({ before: 7, after: 7, n: 5 });
  });
});

it('tells of two groups that were dealt alike that nothing moved', () => {
  const one = (id: string, index: number): Account => customer(id, { mrr: paid(100, [100, 100 + index * 3, 100 + ((index * 7) % 5)]) });
  const { kpis } = trial(five('t', one), five('c', one));
  expect(kpis.filter(({ finding }) => finding === 'improved' || finding === 'worse')).toEqual([]);
});
