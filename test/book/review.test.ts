import { describe, expect, it } from 'vitest';
import type { Account } from '../../src/account.ts';
import { reviewOf } from '../../src/book/review.ts';
import { addDays, type Day } from '../../src/units/day.ts';
import { row, TODAY } from '../screen/fixture.ts';

const BARE: Account = {
  ...{ id: '1', name: 'x', domain: null, ownerId: null, createdOn: '2025-01-01' as Day },
  ...{ attributes: {}, mrr: [], usage: [], tickets: [], surveys: [], touches: [], contacts: [], matched: [] },
};
const FROM = addDays(TODAY, -90);
const source = { object: 'tickets', id: '1', property: null } as never;
const dated = (ago: number, later = 0) => ({ validAt: addDays(TODAY, -ago), knownAt: addDays(TODAY, later - ago), source });
const ticket = (ago: number, closedAgo: number | null, hours: number | null) => ({
  ...dated(ago),
  ...{ subject: `t${ago}`, closedOn: closedAgo === null ? null : addDays(TODAY, -closedAgo), hoursToClose: hours },
  ...{ priority: null, category: null, escalated: null, reopened: null, csat: null },
});
const usage = (ago: number, logins: number | null, activeUsers: number | null) => ({
  ...dated(ago),
  ...{ days: 7, logins, activeUsers, minutes: null, featuresUsed: null, lastUsedOn: null },
});
const told = (account: Account, goals: string | null = null) =>
  reviewOf(account, { row: row(0), goals }, { from: FROM, to: TODAY, mapped: (part) => part !== 'value' });

describe('a review', () => {
  it('names every part that is missing, and why', () => {
    const bare = reviewOf(
      BARE,
      { row: row(0, { mrrTrend: [], lastUsedAt: null }), goals: null },
      { from: FROM, to: TODAY, mapped: (part) => part !== 'value' },
    );
    expect(bare.missing.map(({ part, because }) => `${part} ${because}`)).toEqual([
      ...['goals empty', 'mrr empty', 'usage empty', 'support empty', 'survey empty', 'value unmapped', 'deeds empty'],
    ]);
    expect([bare.mrrBefore, bare.adoption, bare.tickets.hoursToClose]).toEqual([null, null, null]);
  });

  it('counts the tickets of the period, and those that are open whenever they came', () => {
    const { tickets, missing } = told({
      ...BARE,
      tickets: [ticket(200, 80, 900), ticket(60, 59, 10), ticket(50, 48, 20), ticket(300, null, null), ticket(100, 95, 1)],
    });
    expect(tickets).toMatchObject({ opened: 2, closed: 3, hoursToClose: 20, open: [{ subject: 't300' }] });
    expect(missing.map(({ part }) => part)).not.toContain('support');
  });

  it('adds usage up by month, and leaves unknown unknown', () => {
    const { usage: months } = told({ ...BARE, usage: [usage(1, 5, 3), usage(8, 7, 9), usage(40, null, null), usage(400, 1, 1)] });
    expect(months.map(({ logins, activeUsers, minutes }) => [logins, activeUsers, minutes])).toEqual([
      [null, null, null],
      [12, 9, null],
    ]);
  });

  it('knows nothing that was not known on the day', () => {
    const later = { ...BARE, surveys: [{ ...dated(3, 9), kind: 'nps' as const, score: 3, who: null, comment: null }] };
    expect(told(later).surveys).toEqual([]);
    expect(told({ ...later, surveys: later.surveys.map((one) => ({ ...one, ...dated(3) })) }).surveys).toMatchObject([{ score: 3 }]);
  });
});
