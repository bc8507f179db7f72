/** Every input by hand: where it fires, where it just does not, and where it says that it does not know. */
import { describe, expect, it } from 'vitest';
import type { Account, ContactFact } from '../../src/account.ts';
import { DEFAULT_POLICY } from '../../src/scoring/policy-default.ts';
import { account, day, feedsOn, mrr, since, survey, ticket, touch, week, weeksUntil } from './portal.ts';
import { lineOf, missingOf, pointsOf, scoreOne } from './scored.ts';

/** A Sunday, so that full weeks end on it. */
const AS_OF = '2026-11-22';
const of = (more: Partial<Account>, signal: string): number | null => pointsOf(scoreOne(account(more), AS_OF), signal);
const because = (more: Partial<Account>, signal: string): string | undefined => missingOf(scoreOne(account(more), AS_OF), signal)?.because;

const used = (on: string): Partial<Account> => ({ attributes: { lastUsedOn: since(on, day(on)) } });

describe('days since the last use', () => {
  it.each([
    ['2026-11-22', 0],
    ['2026-11-08', 0],
    ['2026-11-07', 14 / 16],
    ['2026-10-31', 7],
    ['2026-10-23', 14],
    ['2026-01-01', 14],
  ])('last used on %s: %f points', (on, points) => {
    expect(of(used(on), 'usage.last_login')).toBeCloseTo(points, 9);
  });

  it('counts from the contract’s start for an account that was never seen to use it', () => {
    const never = { attributes: { lastUsedOn: [], contractStart: since('2026-01-01', day('2026-10-31')) } };
    expect(of(never, 'usage.last_login')).toBe(7);
  });

  it('is unknown where nothing in the portal tells when', () => {
    expect(because({}, 'usage.last_login')).toBe('last_use');
  });

  it('says that the data may have stopped where no rows come any more', () => {
    const words = (usage: Account['usage']) => {
      const evidence = lineOf(scoreOne(account({ usage }), AS_OF), 'usage.last_login')?.evidence.gap;
      return evidence?.kind === 'word' ? evidence.value : '';
    };
    const [silent, unused] = [weeksUntil('2026-10-25', [5, 5, 5]), weeksUntil(AS_OF, [0, 0, 0, 0, 5, 5])];
    expect([words(silent), words(unused)]).toEqual(['feed_may_have_stopped', '']);
  });

  it('ignores a day of use that lies ahead', () => {
    expect(of({ usage: [week('2026-11-02', { lastUsedOn: day('2026-12-24'), logins: 1 })] }, 'usage.last_login')).not.toBe(0);
  });
});

describe('login trend', () => {
  const weeks = (recent: readonly number[], base: readonly number[]) => ({ usage: weeksUntil(AS_OF, [...recent, ...base]) });
  const eight = (count: number): number[] => Array(8).fill(count);

  it.each([
    ['a drop to half', [5, 5, 5, 5], 9],
    ['a drop to 80 %', [8, 8, 8, 8], 0],
    ['a drop to 40 %', [4, 4, 4, 4], 12],
    ['silence', [0, 0, 0, 0], 12],
    ['a rise', [20, 20, 20, 20], 0],
  ])('%s', (_, recent, points) => {
    expect(of(weeks(recent, eight(10)), 'usage.login_drop')).toBeCloseTo(points, 9);
  });

  it('reads a week without a row as a week without logins, because the feed is alive', () => {
    const rows = weeksUntil(AS_OF, [10, 10, 10, 10, ...eight(10)]).filter((_, back) => back !== 1 && back !== 2);
    expect(of({ usage: rows }, 'usage.login_drop')).toBeCloseTo(9, 9);
  });

  it('does not take a row that is a few days late for silence', () => {
    expect(of({ usage: weeksUntil('2026-11-15', [10, 10, 10, 10, ...eight(10)]) }, 'usage.login_drop')).toBe(0);
    expect(of({ usage: weeksUntil('2026-11-08', [10, 10, 10, 10, ...eight(10)]) }, 'usage.login_drop')).toBeGreaterThan(0);
  });

  it('needs 6 of the 8 base weeks, and 2 logins a week in them', () => {
    expect(because(weeks([1, 1, 1, 1], Array(5).fill(10)), 'usage.login_drop')).toBe('base_weeks');
    expect(of(weeks([1, 1, 1, 1], Array(6).fill(10)), 'usage.login_drop')).toBe(12);
    expect(because(weeks([0, 0, 0, 0], eight(1)), 'usage.login_drop')).toBe('base_rate');
  });

  it('leaves out weeks that did not send the measure: not sent is not 0', () => {
    const rows = weeksUntil(AS_OF, [10, 10, 10, 10, ...eight(10)]).map((row, back) => (back < 2 ? { ...row, logins: null } : row));
    expect(of({ usage: rows }, 'usage.login_drop')).toBe(0);
    const silent = rows.map((row, back) => (back < 4 ? { ...row, logins: null } : row));
    expect(because({ usage: silent }, 'usage.login_drop')).toBe('logins');
  });

  it('reads monthly rows as weekly rates', () => {
    const monthly = (start: string, days: number, logins: number) => ({ ...week(start, { logins }), days, knownAt: day(AS_OF) });
    const rows = [monthly('2026-10-01', 31, 62), monthly('2026-09-01', 30, 120), monthly('2026-08-01', 31, 124)];
    expect(lineOf(scoreOne(account({ usage: rows }), '2026-11-22'), 'usage.login_drop')?.value).toBeCloseTo(0.5, 2);
  });

  it('samples a company property that counts logins', () => {
    const counts = [...since('2026-01-01', 40), ...since('2026-11-01', 10)];
    const line = lineOf(scoreOne(account({ attributes: { logins: counts } }), AS_OF), 'usage.login_drop');
    expect(line?.value).toBeCloseTo((10 + 10 + 10 + 10) / 4 / 40, 9);
    expect(because({ attributes: { logins: since('2026-11-01', 10) } }, 'usage.login_drop')).toBe('base_weeks');
  });
});

describe('seat utilisation', () => {
  const seats = (count: number | null, users: number | null) => ({
    attributes: { seats: since('2026-01-01', count) },
    usage: weeksUntil(AS_OF, [5, 5], { activeUsers: users }),
  });

  it('gives points below 55 %, and takes some above 75 %', () => {
    expect(of(seats(100, 55), 'usage.seat_util_low')).toBe(0);
    expect(of(seats(100, 20), 'usage.seat_util_low')).toBe(10);
    expect(of(seats(100, 85), 'usage.seat_util_high')).toBeCloseTo(-2.5, 9);
  });

  it('takes the seats of the MRR records where the company has none', () => {
    const more = { mrr: [mrr('2026-11', 100, { seats: 10 })], usage: weeksUntil(AS_OF, [1], { activeUsers: 2 }) };
    expect(of(more, 'usage.seat_util_low')).toBe(10);
  });

  it('does not apply to flat plans and to fewer than three seats; is unknown where seats or users are', () => {
    expect(missingOf(scoreOne(account({}), AS_OF), 'usage.seat_util_low')).toMatchObject({ state: 'n/a', because: 'seats' });
    expect(missingOf(scoreOne(account(seats(2, 1)), AS_OF), 'usage.seat_util_low')).toMatchObject({ state: 'n/a', because: 'few_seats' });
    expect(because(seats(null, 3), 'usage.seat_util_low')).toBe('seats');
    expect(because(seats(10, null), 'usage.seat_util_low')).toBe('active_users');
  });
});

describe('feature adoption', () => {
  const features = (recent: number, base: number) => ({
    attributes: { featuresInPlan: since('2026-01-01', 20) },
    usage: weeksUntil(AS_OF, Array(12).fill(5)).map((row, back) => ({ ...row, featuresUsed: back < 4 ? recent : base })),
  });

  it('reads features used of the plan’s', () => {
    expect(of(features(9, 9), 'usage.adoption_low')).toBe(0);
    expect(of(features(6, 6), 'usage.adoption_low')).toBeCloseTo(4, 9);
    expect(of(features(17, 17), 'usage.adoption_high')).toBeCloseTo(-4, 9);
  });

  it('reads its fall', () => {
    expect(of(features(8, 9), 'usage.adoption_drop')).toBeCloseTo(0, 9);
    expect(of(features(6, 9), 'usage.adoption_drop')).toBeCloseTo(3, 9);
  });

  it('takes a property in fractions or per cent', () => {
    expect(of({ attributes: { adoption: since('2026-01-01', 0.3) } }, 'usage.adoption_low')).toBeCloseTo(4, 9);
    expect(of({ attributes: { adoption: since('2026-01-01', 30) } }, 'usage.adoption_low')).toBeCloseTo(4, 9);
  });

  it('does not apply where nobody says what the plan has', () => {
    expect(missingOf(scoreOne(account({}), AS_OF), 'usage.adoption_low')).toMatchObject({ state: 'n/a' });
  });
});

describe('contract', () => {
  const started = (on: string) => ({ attributes: { contractStart: since('2020-01-01', day(on)) } });

  it.each([
    ['2026-05-22', 0],
    ['2026-07-22', 3],
    ['2026-09-22', 6],
    ['2026-11-01', 6],
  ])('started on %s: young by %f points', (on, points) => {
    expect(of(started(on), 'lifecycle.young')).toBe(points);
  });

  it('long tenure takes points from 24 months on', () => {
    expect(of(started('2024-11-22'), 'lifecycle.tenure_long')).toBe(0);
    expect(of(started('2023-05-22'), 'lifecycle.tenure_long')).toBe(-2);
    expect(of(started('2010-01-01'), 'lifecycle.tenure_long')).toBe(-4);
  });

  const renewal = (on: string) => ({ attributes: { contractRenewal: since('2020-01-01', day(on)) } });
  it.each([
    ['2027-03-22', 0],
    ['2027-02-05', 4],
    ['2026-12-22', 8],
    ['2026-11-01', 8],
  ])('renewal on %s: near by %f points', (on, points) => {
    expect(of(renewal(on), 'lifecycle.renewal_near')).toBe(points);
  });

  it('does not know a renewal that has been overdue for more than 30 days', () => {
    expect(of(renewal('2026-10-23'), 'lifecycle.renewal_near')).toBe(8);
    expect(because(renewal('2026-10-22'), 'lifecycle.renewal_near')).toBe('renewal_overdue');
    expect(because({}, 'lifecycle.renewal_near')).toBe('renewal');
  });

  it('asks for a meeting in the 90 days before a renewal', () => {
    const soon = renewal('2027-02-20');
    expect(of(soon, 'lifecycle.renewal_no_plan')).toBe(6);
    expect(of({ ...soon, touches: [touch('2026-08-24', 'meeting')] }, 'lifecycle.renewal_no_plan')).toBe(6);
    expect(of({ ...soon, touches: [touch('2026-08-25', 'meeting')] }, 'lifecycle.renewal_no_plan')).toBe(0);
    expect(of({ ...soon, touches: [touch('2026-11-01', 'note')] }, 'lifecycle.renewal_no_plan')).toBe(6);
    expect(of(renewal('2027-02-21'), 'lifecycle.renewal_no_plan')).toBe(0);
  });

  it('asks for activation between day 30 and day 120 only', () => {
    const onboarding = (on: string) => ({
      attributes: { ...started(on).attributes, seats: since('2020-01-01', 20) },
      usage: weeksUntil(AS_OF, [1], { activeUsers: 2 }),
    });
    expect(of(onboarding('2026-10-23'), 'lifecycle.not_activated')).toBe(8);
    expect(of(onboarding('2026-07-25'), 'lifecycle.not_activated')).toBe(8);
    expect(because(onboarding('2026-10-24'), 'lifecycle.not_activated')).toBe('not_onboarding');
    expect(because(onboarding('2026-07-24'), 'lifecycle.not_activated')).toBe('not_onboarding');
  });
});

describe('support', () => {
  const tickets = (count: number, on: string, more: Parameters<typeof ticket>[1] = {}) =>
    Array.from({ length: count }, () => ticket(on, more));

  it('sees a rise of tickets: (x + 1) ÷ (b + 1)', () => {
    expect(of({ tickets: tickets(3, '2026-11-01') }, 'support.ticket_spike')).toBe(6);
    expect(of({ tickets: [...tickets(5, '2026-11-01'), ...tickets(3, '2026-09-01')] }, 'support.ticket_spike')).toBeCloseTo(3, 9);
  });

  it('needs three in 30 days', () => {
    expect(of({ tickets: tickets(2, '2026-11-01') }, 'support.ticket_spike')).toBe(0);
    expect(of({ tickets: [...tickets(2, '2026-11-01'), ticket('2026-10-23')] }, 'support.ticket_spike')).toBe(0);
    expect(of({}, 'support.ticket_spike')).toBe(0);
  });

  it('counts urgent, escalated and repeated ones of 90 days', () => {
    expect(of({ tickets: tickets(3, '2026-09-01', { priority: 'high' }) }, 'support.urgent')).toBe(2.5);
    expect(of({ tickets: tickets(1, '2026-09-01', { priority: 'urgent' }) }, 'support.urgent')).toBe(0);
    expect(of({ tickets: tickets(1, '2026-09-01', { escalated: true }) }, 'support.escalated')).toBe(2.5);
    expect(of({ tickets: tickets(1, '2026-08-24', { escalated: true }) }, 'support.escalated')).toBe(0);
    expect(of({ tickets: tickets(1, '2026-09-01', { reopened: true }) }, 'support.reopened')).toBe(2);
    expect(of({ tickets: tickets(3, '2026-09-01', { category: 'bug' }) }, 'support.reopened')).toBe(2);
    expect(of({ tickets: tickets(2, '2026-09-01', { category: 'bug' }) }, 'support.reopened')).toBe(0);
  });

  it('does not know what no ticket tells', () => {
    const silent = { tickets: tickets(1, '2026-09-01') };
    expect(because(silent, 'support.urgent')).toBe('priority');
    expect(because(silent, 'support.escalated')).toBe('escalated');
    expect(because(silent, 'support.reopened')).toBe('reopened');
  });

  it('weighs ratings by age where the rule has a half-life', () => {
    const rated = [
      ticket('2026-11-01', { csat: 2, closedOn: day('2026-11-22') }),
      ticket('2026-08-01', { csat: 5, closedOn: day('2026-08-25') }),
    ];
    const old = 2 ** (-89 / 90);
    const line = lineOf(scoreOne(account({ tickets: rated }), AS_OF), 'support.csat_low');
    expect(line?.value).toBeCloseTo((2 + 5 * old) / (1 + old), 9);
    expect(line?.evidence).toMatchObject({ n: { value: 2 } });
  });

  it('needs two ratings, of tickets or surveys, and does not count one given later', () => {
    const one = ticket('2026-11-01', { csat: 1, closedOn: day('2026-11-02') });
    expect(because({ tickets: [one] }, 'support.csat_low')).toBe('ratings');
    expect(of({ tickets: [one], surveys: [survey('2026-11-03', 1, 'csat')] }, 'support.csat_low')).toBe(8);
    expect(because({ tickets: [one, ticket('2026-11-01', { csat: 1, closedOn: day('2026-11-23') })] }, 'support.csat_low')).toBe('ratings');
    expect(of({ tickets: [one, one].map((each) => ({ ...each, csat: 4.5 })) }, 'support.csat_high')).toBeCloseTo(-1.5, 9);
  });
});

describe('NPS', () => {
  it('takes the latest answer of 180 days, decaying', () => {
    expect(of({ surveys: [survey('2026-11-22', 5), survey('2026-11-01', 10)] }, 'sentiment.nps_low')).toBe(5);
    expect(of({ surveys: [survey('2026-08-24', 3)] }, 'sentiment.nps_low')).toBe(5);
    expect(of({ surveys: [survey('2026-11-22', 7)] }, 'sentiment.nps_low')).toBe(0);
    expect(of({ surveys: [survey('2026-11-22', 10)] }, 'sentiment.nps_high')).toBe(-6);
    expect(because({ surveys: [survey('2026-05-26', 3)] }, 'sentiment.nps_low')).toBe('answers');
  });

  it('names who answered, where that is known', () => {
    const who = (name: string | null) =>
      lineOf(scoreOne(account({ surveys: [survey('2026-11-22', 3, 'nps', { who: name })] }), AS_OF), 'sentiment.nps_low')?.evidence.who;
    expect([who('Sample Person'), who(null)]).toEqual([
      { kind: 'text', value: ' / Sample Person' },
      { kind: 'text', value: '' },
    ]);
  });

  it('sees it fall against the answer before', () => {
    expect(of({ surveys: [survey('2026-11-22', 4), survey('2026-03-01', 8), survey('2026-01-01', 4)] }, 'sentiment.nps_drop')).toBeCloseTo(
      10 / 3,
      9,
    );
    expect(because({ surveys: [survey('2026-11-22', 4)] }, 'sentiment.nps_drop')).toBe('answers');
  });
});

describe('money', () => {
  const months = (...amounts: number[]) =>
    amounts.map((amount, index) => mrr(`2026-${String(12 - amounts.length + index).padStart(2, '0')}`, amount, { product: 'CRM' }));

  it('sees MRR fall and rise over three months', () => {
    expect(of({ mrr: months(100, 100, 100, 97) }, 'commercial.mrr_drop')).toBeCloseTo(0, 9);
    expect(of({ mrr: months(100, 100, 100, 86) }, 'commercial.mrr_drop')).toBeCloseTo(5, 9);
    expect(of({ mrr: months(100, 100, 100, 115) }, 'commercial.expansion')).toBeCloseTo(-6, 9);
    expect(because({ mrr: months(100, 100, 50) }, 'commercial.mrr_drop')).toBe('months');
    expect(because({ mrr: months(0, 100, 100, 50) }, 'commercial.mrr_drop')).toBe('months');
  });

  it('sees a product go, within six months', () => {
    const both = [...months(100, 100, 100, 100, 100, 100, 100), mrr('2026-06', 30, { product: 'MA' })];
    expect(lineOf(scoreOne(account({ mrr: both }), AS_OF), 'commercial.product_dropped')).toMatchObject({
      points: 6,
      evidence: { product: { value: 'MA' }, month: { value: '2026-07' } },
    });
    expect(
      of({ mrr: [...months(100, 100, 100, 100, 100, 100, 100), mrr('2026-04', 30, { product: 'MA' })] }, 'commercial.product_dropped'),
    ).toBe(0);
  });

  it('knows a single product, where records name one', () => {
    expect(of({ mrr: months(100) }, 'commercial.single_product')).toBe(3);
    expect(of({ mrr: [...months(100), mrr('2026-11', 5, { product: 'MA' })] }, 'commercial.single_product')).toBe(0);
    expect(because({ mrr: [mrr('2026-11', 5)] }, 'commercial.single_product')).toBe('products');
  });

  it('sees seats cut', () => {
    const seats = (now: number) => [
      mrr('2026-08', 100, { seats: 100 }),
      mrr('2026-09', 100),
      mrr('2026-10', 100),
      mrr('2026-11', 100, { seats: now }),
    ];
    expect(of({ mrr: seats(86) }, 'commercial.seats_drop')).toBeCloseTo(3, 9);
    expect(of({ mrr: seats(98) }, 'commercial.seats_drop')).toBe(0);
    expect(missingOf(scoreOne(account({ mrr: months(100) }), AS_OF), 'commercial.seats_drop')).toMatchObject({ state: 'n/a' });
  });

  it('counts days overdue, where billing is connected', () => {
    const late = account({ attributes: { daysOverdue: since('2026-11-01', 15) }, matched: ['mrr', 'contract', 'usage', 'billing'] });
    const feeds = feedsOn(day(AS_OF), ['billing', 'contract']);
    expect(pointsOf(scoreOne(late, AS_OF, { feeds }), 'commercial.payment')).toBe(3);
    expect(pointsOf(scoreOne(late, AS_OF), 'commercial.payment')).toBeNull();
  });
});

describe('people', () => {
  const contact = (more: Partial<ContactFact> = {}): ContactFact => ({
    validAt: day('2025-01-01'),
    knownAt: day('2025-01-01'),
    source: { object: 'contacts', id: '5' },
    name: 'Sample Person',
    email: null,
    jobTitle: null,
    role: null,
    champion: false,
    left: null,
    lastActiveOn: null,
    ...more,
  });
  const left = (on: string, knownAt = on) => contact({ champion: true, left: { on: day(on), knownAt: day(knownAt) } });

  it('sees the champion leave, fading by half in 90 days', () => {
    expect(of({ contacts: [left('2026-11-22')] }, 'engagement.champion_left')).toBe(12);
    expect(of({ contacts: [left('2026-08-24')] }, 'engagement.champion_left')).toBe(6);
    expect(of({ contacts: [left('2026-05-26')] }, 'engagement.champion_left')).toBe(0);
    expect(of({ contacts: [contact({ champion: true })] }, 'engagement.champion_left')).toBe(0);
    expect(of({ contacts: [left('2026-11-01', '2026-11-23')] }, 'engagement.champion_left')).toBe(0);
    expect(
      because({ contacts: [contact({ left: { on: day('2026-11-01'), knownAt: day('2026-11-01') } })] }, 'engagement.champion_left'),
    ).toBe('champion');
  });

  it('counts who was active within 90 days, from five seats on', () => {
    const seats = { seats: since('2026-01-01', 5) };
    const active = (...on: string[]) => ({ attributes: seats, contacts: on.map((one) => contact({ lastActiveOn: day(one) })) });
    expect(of(active('2026-11-01'), 'engagement.single_threaded')).toBe(4);
    expect(of(active('2026-11-01', '2026-08-24'), 'engagement.single_threaded')).toBe(4);
    expect(of(active('2026-11-01', '2026-08-25'), 'engagement.single_threaded')).toBe(0);
    expect(because({ ...active('2026-11-01'), attributes: { seats: since('2026-01-01', 4) } }, 'engagement.single_threaded')).toBe(
      'few_seats',
    );
    expect(because(active('2026-11-23'), 'engagement.single_threaded')).toBe('contact_activity');
  });

  it('counts days of quiet for accounts that a person looks after', () => {
    const paying = [mrr('2026-01', 100), mrr('2026-11', 100)];
    expect(of({ mrr: paying, touches: [touch('2026-08-09', 'meeting')] }, 'engagement.no_contact')).toBe(2.5);
    expect(of({ mrr: paying, touches: [touch('2026-09-23', 'meeting')] }, 'engagement.no_contact')).toBe(0);
    expect(of({ mrr: paying, touches: [touch('2026-11-20', 'email', { direction: 'out' })] }, 'engagement.no_contact')).not.toBe(0);
    expect(of({ mrr: paying, touches: [touch('2026-11-20', 'email', { direction: 'in', twoWay: true })] }, 'engagement.no_contact')).toBe(
      0,
    );
    expect(because({}, 'engagement.no_contact')).toBe('tier');
  });
});

describe('fields of tickets', () => {
  const later = <T>(value: T) => [{ on: day('2026-11-10'), value }];
  it.each([
    ['support.urgent', [1, 2].map((back) => ticket(`2026-10-0${back}`, { priority: 'high', changes: { priority: later('high') } }))],
    ['support.escalated', [ticket('2026-10-01', { escalated: true, changes: { escalated: later(true) } })]],
    ['support.reopened', [ticket('2026-10-01', { reopened: true, changes: { reopened: later(true) } })]],
  ] as const)('%s counts what was filled in by the day, not what stands there now', (signal, tickets) => {
    const one = account({ tickets });
    expect(pointsOf(scoreOne(one, '2026-11-09'), signal)).toBeNull();
    expect(pointsOf(scoreOne(one, '2026-11-10'), signal)).toBeGreaterThan(0);
  });

  it('a rating that came later is not known before', () => {
    const rated = [1, 2].map((at) => ticket(`2026-10-0${at}`, { closedOn: day('2026-10-05'), csat: 2, changes: { csat: later(2) } }));
    expect(missingOf(scoreOne(account({ tickets: rated }), '2026-11-09'), 'support.csat_low')?.because).toBe('ratings');
    expect(pointsOf(scoreOne(account({ tickets: rated }), '2026-11-10'), 'support.csat_low')).toBe(8);
  });
});

describe('onboarding', () => {
  const starting = (more: Partial<Account>): Partial<Account> => ({
    attributes: { contractStart: since('2026-09-20', day('2026-09-20')), seats: since('2026-09-20', 10), ...more.attributes },
    usage: weeksUntil(AS_OF, [3, 3, 3, 3], { activeUsers: 2 }),
    tickets: more.tickets ?? [],
  });
  const stage = (value: string) => starting({ attributes: { onboardingStage: since('2026-10-01', value) } });
  const desk = (closedOn: string | null) =>
    starting({ tickets: [ticket('2026-09-21', { onboarding: true, closedOn: closedOn === null ? null : day(closedOn) })] });

  it('is over where the stage or the ticket of it says so', () => {
    for (const open of [starting({}), stage('Kick-off'), stage('データ移行中'), desk(null), desk('2026-11-23')])
      expect(of(open, 'lifecycle.not_activated')).toBeGreaterThan(0);
    for (const over of [stage('Completed'), stage('導入完了'), desk('2026-11-20')])
      expect(because(over, 'lifecycle.not_activated')).toBe('onboarded');
  });
});

describe('incidents', () => {
  const listed = (more: object) => ({ ...DEFAULT_POLICY, incidents: [{ on: day('2026-11-22'), title: 'Outage of the API', ...more }] });
  const points = (facts: Partial<Account>, more: object) => pointsOf(scoreOne(account(facts), AS_OF, {}, listed(more)), 'market.incident');
  const pro: Partial<Account> = {
    id: '77',
    mrr: [mrr('2026-11', 100, { plan: 'Pro', product: 'CRM' })],
    attributes: { segment: since('2024-01-01', 'SMB') },
  };

  it.each([
    [{}, 4],
    [{ plans: ['ＰＲＯ'] }, 4],
    [{ plans: ['Free'] }, 0],
    [{ segments: ['smb'] }, 4],
    [{ products: ['crm'] }, 4],
    [{ products: ['MA'], accounts: ['78'] }, 0],
    [{ plans: ['Free'], accounts: ['77'] }, 4],
    [{ on: day('2026-10-08') }, 2],
    [{ on: day('2026-08-20') }, 0],
    [{ on: day('2026-11-23') }, 0],
  ])('%j: %d points', (more, expected) => {
    expect(points(pro, more)).toBeCloseTo(expected, 9);
  });

  it('say which it was', () => {
    const scored = scoreOne(account(pro), AS_OF, {}, listed({}));
    expect(lineOf(scored, 'market.incident')?.evidence.title).toEqual({ kind: 'text', value: 'Outage of the API' });
  });
});
