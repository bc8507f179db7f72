/** A portal's own history replayed: who was live, who left, and what was known on each day. */
import { describe, expect, it } from 'vitest';
import type { Account, MrrFact } from '../../src/account.ts';
import { type Replay, replay } from '../../src/book/replay.ts';
import { DEFAULT_POLICY } from '../../src/scoring/policy-default.ts';
import { addDays, addMonths, type Day, type Month } from '../../src/units/day.ts';
import { account, day, feedsOn, livingFeed, month, mrr, since, survey, ticket, weeksUntil } from '../scoring/portal.ts';

const AS_OF = day('2026-11-21');
const START = month('2025-01');
const NOW = month('2026-11');

/** MRR from `from` on, and 0 from `until` on, written on the first of each month. */
function paid(from: Month, until: Month | null = null): MrrFact[] {
  const facts: MrrFact[] = [];
  for (let at = from; at <= NOW; at = addMonths(at, 1)) facts.push(mrr(at, until !== null && at >= until ? 0 : 100));
  return facts;
}

const payer = (id: string, until: Month | null = null, more: Partial<Account> = {}): Account =>
  account({ id, mrr: paid(START, until), matched: ['mrr'], ...more });

const stayers = Array.from({ length: 10 }, (_, index) => payer(`s${index}`));

function replayed(accounts: readonly Account[], more: { readonly asOf?: Day; readonly leadDays?: number } = {}): Replay {
  const { asOf = AS_OF, leadDays = 0 } = more;
  return replay({
    accounts: [...stayers, ...accounts],
    asOf,
    currency: 'JPY',
    feeds: feedsOn(asOf, ['mrr', 'contract', 'support', 'survey']),
    policy: DEFAULT_POLICY,
    leadDays,
  });
}

const of = (found: Replay, id: string) => found.observations.filter((one) => one.accountId === id);

describe('a replay', () => {
  it('goes back in steps of 90 days from the last day whose window is known', () => {
    const { span, observations } = replayed([]);
    const days = [...new Set(observations.map((one) => one.day))];
    // November's MRR is written: a churn up to 30 November would be known.
    expect(days.at(-1)).toBe('2026-09-01');
    expect(days.at(-2)).toBe('2026-06-03');
    expect(span).toEqual({ from: days[0], to: '2026-11-30' });
    // The first MRR is of 1 January 2025, and a contract counts after 30 days.
    expect(days[0]).toBe('2025-03-10');
    expect(observations.every((one) => !one.churned)).toBe(true);
  });

  it('finds the churn where MRR falls to 0, in the window before it, and nothing of the account after it', () => {
    const left = of(replayed([payer('x', month('2026-08'))]), 'x');
    // 1 August 2026 is within 90 days of 3 June.
    expect(left.filter((one) => one.churned).map((one) => one.day)).toEqual(['2026-06-03']);
    expect(left.at(-1)?.day).toBe('2026-06-03');
  });

  it('leaves out who left before there was time to act', () => {
    const found = replayed([payer('x', month('2026-08'))], { leadDays: 60 });
    expect(of(found, 'x').at(-1)?.day).toBe('2026-03-05');
    // 1 August is 59 days after 3 June, 1 September 90.
    expect(of(replayed([payer('y', month('2026-09'))], { leadDays: 60 }), 'y').filter((one) => one.churned)).toEqual(
      of(replayed([payer('y', month('2026-09'))]), 'y').filter((one) => one.churned),
    );
  });

  it('leaves out accounts younger than 30 days, those that gave notice, and those without MRR', () => {
    const young = payer('young', null, {
      mrr: paid(month('2026-08')),
      attributes: { contractStart: since('2026-08-05', day('2026-08-05')) },
    });
    const notice = payer('notice', null, { attributes: { noticeGivenOn: since('2026-08-01', day('2026-08-01')) } });
    const found = replayed([young, notice, account({ id: 'none' })]);
    expect(of(found, 'young')).toEqual([]);
    expect(of(found, 'notice').at(-1)?.day).toBe('2026-06-03');
    expect(of(found, 'none')).toEqual([]);
  });

  it('knows nothing on a day that became known after it', () => {
    const plain = of(replayed([payer('x')]), 'x');
    const later = payer('x', null, { surveys: [survey('2026-09-02', 0), survey('2026-05-01', 0, 'nps', { knownAt: day('2026-09-02') })] });
    expect(of(replayed([later]), 'x').map(({ missing: _, ...one }) => one)).toEqual(plain.map(({ missing: _, ...one }) => one));
    const known = payer('x', null, { surveys: [survey('2026-08-30', 0)] });
    expect(
      of(replayed([known]), 'x')
        .at(-1)
        ?.severities.get('sentiment.nps_low'),
    ).toBeGreaterThan(0.9);
  });

  it('has no day to go by in a history of three weeks', () => {
    const young = stayers.map((one) => ({ ...one, mrr: one.mrr.filter((fact) => fact.month === NOW) }));
    const found = replay({
      accounts: young,
      asOf: AS_OF,
      currency: 'JPY',
      feeds: feedsOn(AS_OF),
      policy: DEFAULT_POLICY,
      leadDays: 0,
    });
    expect(found).toMatchObject({ span: null, observations: [] });
  });

  it('takes a usage feed that died midway for unknown from then on, never for silence of the customers', () => {
    const died = day('2025-12-31');
    const logins = weeksUntil(died, Array<number>(40).fill(20), { activeUsers: 4 });
    const used = [...stayers, payer('x', month('2026-08'))].map((one) => ({ ...one, usage: logins, matched: ['mrr', 'usage'] as const }));
    const feeds = { ...feedsOn(AS_OF, ['mrr', 'contract', 'support', 'survey']), usage: livingFeed(died) };
    const { observations } = replay({ accounts: used, asOf: AS_OF, currency: 'JPY', feeds, policy: DEFAULT_POLICY, leadDays: 0 });
    const before = observations.filter((one) => one.day < died);
    const after = observations.filter((one) => one.day > addDays(died, 30));
    expect([before.length > 10, after.length > 10]).toEqual([true, true]);
    expect(before.some((one) => !one.missing.has('usage.last_login'))).toBe(true);
    for (const one of after) {
      expect(one.missing.has('usage.last_login') && one.missing.has('usage.login_drop')).toBe(true);
      expect([...one.severities.keys()].filter((signal) => signal.startsWith('usage.'))).toEqual([]);
    }
    expect(after.some((one) => one.churned)).toBe(true);
  });

  it('goes by MRR where a churn date says otherwise', () => {
    const contradictory = payer('x', null, { attributes: { churnOn: since('2026-01-01', day('2026-01-15')) } });
    expect(of(replayed([contradictory]), 'x').some((one) => one.churned)).toBe(false);
  });
});

describe('the leak guard', () => {
  it('leaves out tickets that ask to cancel, and says how many', () => {
    const asked = payer('x', month('2026-10'), {
      tickets: Array.from({ length: 4 }, (_, index) => ticket(`2026-08-2${index}`, { category: 'cancellation', priority: 'urgent' })),
    });
    const found = replayed([asked]);
    expect(found.leaks).toContainEqual({ what: 'tickets', because: 'cancellation', value: 4 });
    expect(of(found, 'x').at(-1)?.severities.has('support.ticket_spike')).toBe(false);
  });

  it('finds the desk that takes over accounts which have left', () => {
    const gone = Array.from({ length: 8 }, (_, index) => payer(`g${index}`, month('2026-08'), { ownerId: index < 4 ? 'churn_desk' : '7' }));
    expect(replayed(gone).leaks).toContainEqual({ what: 'owner=churn_desk', because: 'written_by_churn', value: 0.5 });
  });

  it('takes a property out of the score that is filled only when a customer leaves', () => {
    const gone = Array.from({ length: 8 }, (_, index) =>
      payer(`g${index}`, month('2026-08'), { attributes: { contractRenewal: since('2026-05-01', day('2026-08-01')) } }),
    );
    const found = replayed(gone);
    expect(found.leaks.map(({ what, because }) => [what, because])).toContainEqual(['contract.renewal', 'written_by_churn']);
    expect(of(found, 'g0').every((one) => !one.severities.has('lifecycle.renewal_near'))).toBe(true);
  });

  it('says which property has no history that reaches back', () => {
    const mapped = payer('x', null, { attributes: { contractRenewal: since('2026-11-20', day('2027-01-31')) } });
    expect(replayed([mapped]).leaks).toContainEqual({ what: 'contract.renewal', because: 'no_history', value: null });
  });
});
