/** The triggers that teams start from, each as a story that fires it and a near miss that does not. */
import { describe, expect, it } from 'vitest';
import type { Account, ContactFact, Counter, DealFact } from '../../src/account.ts';
import { type AccountPulse, scoreBook } from '../../src/book/score-book.ts';
import { DEFAULT_POLICY } from '../../src/scoring/policy-default.ts';
import { addDays, type Day } from '../../src/units/day.ts';
import { account, day, FEEDS, feedsOn, mrr, portalOn, since, survey, ticket, touch, week, weeksUntil } from './portal.ts';
import { lineOf, missingOf, pointsOf, scoreOne } from './scored.ts';

/** A Sunday, so that full weeks end on it. */
const AS_OF = '2026-11-22';
const feeds = feedsOn(day(AS_OF), FEEDS);
const ago = (days: number) => addDays(day(AS_OF), -days);

type Facts = Partial<Account>;

const scored = (facts: Facts, pulses: readonly Omit<AccountPulse, 'accountId'>[] = []) => {
  const one = account({ matched: [...FEEDS], ...facts });
  return scoreOne(one, AS_OF, { feeds, pulses: pulses.map((pulse) => ({ ...pulse, accountId: one.id })) });
};

const contact = (more: Partial<ContactFact> = {}): ContactFact => ({
  validAt: day('2024-01-01'),
  knownAt: day('2024-01-01'),
  source: { object: 'contacts', id: '7' },
  name: 'Sato',
  email: null,
  jobTitle: null,
  role: null,
  champion: false,
  left: null,
  lastActiveOn: null,
  ...more,
});

/** A total that grew by one on each of the days, given as days ago. */
const counted = (...days: readonly number[]): Counter =>
  days.toSorted((a, b) => b - a).map((back, index) => ({ on: ago(back), total: index + 1 }));
const many = (count: number, from: number, to: number): number[] =>
  Array.from({ length: count }, (_, index) => from + Math.floor((index * (to - from)) / count));

const used = (days: number): Facts => ({ attributes: { lastUsedOn: since(ago(days), ago(days)) } });
const logins = (recent: number, base: number): Facts => ({
  usage: weeksUntil(AS_OF, [...Array<number>(4).fill(recent), ...Array<number>(8).fill(base)]),
});
const tickets = (...days: readonly number[]): Facts => ({ tickets: days.map((back) => ticket(ago(back))) });
const views = (key: 'cancelPageViews' | 'pricingPageViews' | 'visits', ...days: readonly number[]): Facts => ({
  contacts: [contact({ counters: { [key]: counted(...days) } })],
});
const mails = (sent: number, opened: number): Facts => ({
  contacts: [contact({ counters: { emailsSent: counted(...many(sent, 0, 89)), emailsOpened: counted(...many(opened, 0, 89)) } })],
});
const renewalDeal = (closedOn: Day | null): DealFact => ({
  validAt: ago(50),
  knownAt: ago(50),
  source: { object: 'deals', id: '3' },
  name: 'Renewal 2027',
  text: null,
  closedOn,
  renewal: true,
});
const said = (subject: string): Facts => ({ tickets: [ticket(ago(10), { subject })] });
const noted = (body: string): Facts => ({ touches: [touch(ago(10), 'note', { body })] });
const months = (now: number, before: number): Facts => ({
  mrr: ['2026-08', '2026-09', '2026-10'].map((at) => mrr(at, before)).concat(mrr('2026-11', now)),
});
const products = (...now: readonly string[]): Facts => ({
  mrr: [
    ...['2026-08', '2026-09', '2026-10'].flatMap((at) => ['CRM', 'MA'].map((product) => mrr(at, 100, { product }))),
    ...now.map((product) => mrr('2026-11', 100, { product })),
  ],
});
const adoption = (before: number, now: number): Facts => ({
  attributes: { featuresInPlan: since('2024-01-01', 20) },
  usage: [
    ...weeksUntil(AS_OF, Array<number>(4).fill(9), { featuresUsed: now }),
    ...weeksUntil(ago(28), Array<number>(8).fill(9), { featuresUsed: before }),
  ],
});
const surveys = (...scores: readonly (readonly [number, number])[]): Facts => ({
  surveys: scores.map(([back, score]) => survey(ago(back), score)),
});
const started = (days: number, more: Account['attributes'] = {}): Account['attributes'] => ({
  contractStart: since(ago(days), ago(days)),
  ...more,
});
const renewing = (inDays: number, met: number | null): Facts => ({
  attributes: { contractRenewal: since('2024-01-01', ago(-inDays)) },
  touches: met === null ? [] : [touch(ago(met), 'meeting')],
});
const onboarding = (users: number): Facts => ({
  attributes: started(60, { seats: since('2024-01-01', 20) }),
  usage: weeksUntil(AS_OF, [9, 9, 9, 9], { activeUsers: users }),
});
const slow = (...hours: readonly number[]): Facts => ({
  tickets: hours.map((hoursToClose, index) => ticket(ago(20 + index), { hoursToClose, closedOn: ago(10) })),
});
const sends = (...days: readonly number[]): Facts => ({
  contacts: [contact({ surveyedOn: days.map((back) => ({ on: ago(back), knownAt: ago(back) })) })],
});
const champion = (left: number | null, isChampion = true): Facts => ({
  contacts: [
    contact({ champion: isChampion, left: left === null ? null : { on: ago(left), knownAt: ago(left) } }),
    contact({ champion: true }),
  ],
});
const active = (...days: readonly number[]): Facts => ({
  attributes: { seats: since('2024-01-01', 30) },
  contacts: days.map((back, index) => contact({ source: { object: 'contacts', id: String(index) }, lastActiveOn: ago(back) })),
});
const features = (recent: readonly string[], weeks: number): Facts => ({
  usage: [
    ...weeksUntil(AS_OF, [9, 9, 9, 9], { features: recent }),
    ...Array.from({ length: 8 }, (_, index) =>
      week(addDays(ago(28), -6 - 7 * index), { logins: 9, features: index < weeks ? ['Reports', 'Search'] : ['Search'] }),
    ),
  ],
});

/** Source of the trigger, signal, what fires it, what just does not. */
const TRIGGERS: readonly (readonly [string, string, Facts, Facts])[] = [
  ['logins fall', 'usage.login_drop', logins(4, 10), logins(8, 10)],
  ['tickets rise', 'support.ticket_spike', tickets(1, 5, 9, 20), tickets(1, 5)],
  ['the renewal or cancellation page is looked at', 'engagement.cancel_page', views('cancelPageViews', 3), views('cancelPageViews', 31)],
  ['the pricing page is looked at', 'engagement.pricing_page', views('pricingPageViews', 3), views('pricingPageViews', 31)],
  ['fewer visits', 'engagement.web_drop', views('visits', ...many(30, 31, 119)), views('visits', ...many(30, 31, 119), ...many(10, 0, 29))],
  ['mails stay unopened', 'engagement.email_low', mails(10, 1), mails(10, 3)],
  ['mails are opened', 'engagement.email_high', mails(10, 8), mails(10, 5)],
  ['a young contract', 'lifecycle.young', { attributes: started(70) }, { attributes: started(200) }],
  ['a customer of many years', 'lifecycle.tenure_long', { attributes: started(1500) }, { attributes: started(700) }],
  ['the renewal is near', 'lifecycle.renewal_near', renewing(40, 5), renewing(121, 5)],
  ['near renewal and nobody met', 'lifecycle.renewal_no_plan', renewing(60, 91), renewing(60, 89)],
  [
    'near renewal, and the renewal deal is closed',
    'lifecycle.renewal_no_plan',
    { ...renewing(60, 91), deals: [renewalDeal(ago(3))] },
    { ...renewing(60, 91), deals: [renewalDeal(null)] },
  ],
  [
    'a deal names a competitor',
    'market.competitor',
    { deals: [{ ...renewalDeal(null), name: 'Upsell, competing product' }] },
    { deals: [renewalDeal(null)] },
  ],
  ['a feature is missing', 'market.feature_gap', said('Feature request: bulk export'), said('How to export')],
  ['answers come late', 'support.slow', slow(48, 60), slow(10, 12)],
  ['not used', 'usage.last_login', used(15), used(14)],
  [
    'many urgent tickets',
    'support.urgent',
    { tickets: [1, 2].map((back) => ticket(ago(back), { priority: 'high' })) },
    { tickets: [1, 2].map((back) => ticket(ago(back), { priority: 'medium' })) },
  ],
  [
    'an escalation',
    'support.escalated',
    { tickets: [ticket(ago(3), { escalated: true })] },
    { tickets: [ticket(ago(91), { escalated: true }), ticket(ago(3), { escalated: false })] },
  ],
  [
    'low ratings',
    'support.csat_low',
    { tickets: [1, 2].map((back) => ticket(ago(back), { csat: 3 })) },
    { tickets: [1, 2].map((back) => ticket(ago(back), { csat: 4 })) },
  ],
  [
    'high ratings',
    'support.csat_high',
    { tickets: [1, 2].map((back) => ticket(ago(back), { csat: 5 })) },
    { tickets: [1, 2].map((back) => ticket(ago(back), { csat: 4 })) },
  ],
  [
    'the price was raised',
    'commercial.price_up',
    { attributes: { priceRaisedOn: since(ago(30), ago(30)), priceRaise: since(ago(30), 0.1) } },
    { attributes: { priceRaisedOn: since(ago(130), ago(130)) } },
  ],
  [
    'a discount ends',
    'commercial.discount_ending',
    { attributes: { discountEndsOn: since('2026-01-01', ago(-60)), discount: since('2026-01-01', 0.2) } },
    { attributes: { discountEndsOn: since('2026-01-01', ago(-60)), discount: since('2026-01-01', 0.05) } },
  ],
  [
    'the price is complained of',
    'commercial.price_complaint',
    noted('<p>更新の話。<b>他の製品より割高</b>とのこと</p>'),
    noted('価格表を送付'),
  ],
  ['few features are used', 'usage.adoption_low', adoption(3, 3), adoption(10, 10)],
  ['many features are used', 'usage.adoption_high', adoption(18, 18), adoption(11, 11)],
  ['a competitor is spoken of', 'market.competitor', noted('他社の製品も検討中'), noted('他の部署でも利用中')],
  [
    'a competitor is spoken of in English',
    'market.competitor',
    noted('They are evaluating alternatives.'),
    noted('They alternate shifts.'),
  ],
  ['upgrades', 'commercial.expansion', months(120, 100), months(101, 100)],
  ['a detractor', 'sentiment.nps_low', surveys([10, 5]), surveys([10, 7])],
  ['a promoter', 'sentiment.nps_high', surveys([10, 10]), surveys([10, 8])],
  ['NPS fell', 'sentiment.nps_drop', surveys([10, 6], [200, 9]), surveys([10, 7], [200, 9])],
  ['a product was dropped', 'commercial.product_dropped', products('CRM'), products('CRM', 'MA')],
  ['a single product', 'commercial.single_product', products('CRM'), products('CRM', 'MA')],
  ['MRR falls', 'commercial.mrr_drop', months(90, 100), months(98, 100)],
  ['fewer features are used than before', 'usage.adoption_drop', adoption(12, 8), adoption(12, 11)],
  ['the start does not succeed', 'lifecycle.not_activated', onboarding(3), onboarding(8)],
  ['the champion left', 'engagement.champion_left', champion(20), champion(20, false)],
  ['one contact only', 'engagement.single_threaded', active(10), active(10, 20)],
  [
    'no contact for long',
    'engagement.no_contact',
    { mrr: [mrr('2026-11', 100)], touches: [touch(ago(90), 'meeting')] },
    { mrr: [mrr('2026-11', 100)], touches: [touch(ago(60), 'meeting')] },
  ],
  ['surveys stay unanswered', 'sentiment.silent', sends(30, 120), { ...sends(30, 120), ...surveys([100, 8]) }],
  [
    'the same problem again',
    'support.reopened',
    { tickets: [ticket(ago(5), { reopened: true })] },
    { tickets: [1, 2].map((back) => ticket(ago(back), { category: 'login', reopened: false })) },
  ],
  ['an outage', 'market.incident', said('Outage on Monday'), said('Out of office')],
  [
    'a payment is late',
    'commercial.payment',
    { attributes: { daysOverdue: since(ago(1), 9) } },
    { attributes: { daysOverdue: since(ago(1), 0) } },
  ],
  [
    'seats are cut',
    'commercial.seats_drop',
    { mrr: [mrr('2026-08', 100, { seats: 40 }), mrr('2026-11', 100, { seats: 30 })] },
    { mrr: [mrr('2026-08', 100, { seats: 40 }), mrr('2026-11', 100, { seats: 39 })] },
  ],
  [
    'few seats are used',
    'usage.seat_util_low',
    { attributes: { seats: since('2024-01-01', 20) }, usage: weeksUntil(AS_OF, [9, 9], { activeUsers: 5 }) },
    { attributes: { seats: since('2024-01-01', 20) }, usage: weeksUntil(AS_OF, [9, 9], { activeUsers: 11 }) },
  ],
  [
    'most seats are used',
    'usage.seat_util_high',
    { attributes: { seats: since('2024-01-01', 20) }, usage: weeksUntil(AS_OF, [9, 9], { activeUsers: 19 }) },
    { attributes: { seats: since('2024-01-01', 20) }, usage: weeksUntil(AS_OF, [9, 9], { activeUsers: 15 }) },
  ],
  ['a key feature is used no more', 'usage.key_feature_stopped', features(['Search'], 4), features(['Search'], 2)],
  [
    'the success manager worries',
    'market.csm_sentiment',
    { attributes: { sentiment: since(ago(6), 'AT_RISK') } },
    { attributes: { sentiment: since(ago(6), 'NEUTRAL') } },
  ],
];

/** So that the portal has a usual time to solve a ticket: a day. */
const others = Array.from({ length: 20 }, (_, index) =>
  account({ mrr: [mrr('2026-11', 1)], tickets: [ticket(ago(15), { hoursToClose: 20 + (index % 9), closedOn: ago(12) })] }),
);

describe('a trigger', () => {
  const points = (facts: Facts, signal: string) => {
    const one = account({ matched: [...FEEDS], mrr: [mrr('2026-11', 500)], ...facts });
    const book = scoreBook([...others, one], portalOn(AS_OF, { feeds }), DEFAULT_POLICY);
    return pointsOf(book.accounts.at(-1) ?? scored(facts), signal);
  };

  it.each(TRIGGERS)('%s: %s', (_, signal, story, nearMiss) => {
    const weight = DEFAULT_POLICY.signals.find(({ id }) => id === signal)?.points ?? 0;
    const fired = points(story, signal) ?? 0;
    expect(Math.sign(fired)).toBe(Math.sign(weight));
    expect(Math.abs(fired)).toBeLessThanOrEqual(Math.abs(weight));
    expect(points(nearMiss, signal)).toBe(0);
  });

  it('is there for every signal but the two that compare with a plan', () => {
    const told = new Set(TRIGGERS.map(([, signal]) => signal));
    const untold = DEFAULT_POLICY.signals.map(({ id }) => id).filter((id) => !told.has(id));
    expect(untold).toEqual(['usage.login_rate_low', 'usage.unit_cost_high']);
  });
});

describe('what is usual on a plan', () => {
  /** Each has 10 seats, is used `logins` times a week and pays `amount` for 5 users. */
  const on = (plan: string, logins: number, amount = 100): Account =>
    account({
      attributes: { seats: since('2024-01-01', 10), plan: since('2024-01-01', plan) },
      mrr: [mrr('2026-11', amount)],
      usage: weeksUntil(AS_OF, Array<number>(4).fill(logins), { activeUsers: 5 }),
    });
  const last = (accounts: readonly Account[]) => {
    const found = scoreBook(accounts, portalOn(AS_OF, { feeds }), DEFAULT_POLICY).accounts.at(-1);
    if (!found) throw new Error('nothing scored');
    return found;
  };
  const peers = (count: number) => Array.from({ length: count }, (_, index) => on('Pro', 20, 100 + index));

  it('says how few logins a seat has, beside the median of the plan', () => {
    const line = lineOf(last([...peers(19), on('Pro', 4)]), 'usage.login_rate_low');
    // (1 − 0.4) ÷ (1 − 0.25) of 6 points.
    expect(line?.points).toBeCloseTo(4.8, 9);
    expect(line?.evidence).toMatchObject({ v: { value: 0.4 }, peer: { value: 2 } });
    expect(pointsOf(last([...peers(19), on('Pro', 11)]), 'usage.login_rate_low')).toBe(0);
  });

  it('says who pays more for each user than nearly all others', () => {
    expect(pointsOf(last([...peers(40), on('Pro', 20, 900)]), 'usage.unit_cost_high')).toBe(5);
    expect(lineOf(last([...peers(40), on('Pro', 20, 900)]), 'usage.unit_cost_high')?.evidence).toMatchObject({ pct: { value: 0 } });
    expect(pointsOf(last([...peers(40), on('Pro', 20, 110)]), 'usage.unit_cost_high')).toBe(0);
  });

  it('does not apply with fewer than 20 accounts on the plan', () => {
    for (const signal of ['usage.login_rate_low', 'usage.unit_cost_high']) {
      expect(missingOf(last([...peers(18), on('Pro', 4, 900)]), signal)).toMatchObject({ state: 'n/a', because: 'peers' });
      expect(missingOf(last([...peers(30), on('Starter', 4, 900)]), signal)).toMatchObject({ state: 'n/a', because: 'peers' });
    }
  });
});

describe('the success manager’s own view', () => {
  const view = (days: number, points: number) => ({ on: ago(days), points, because: 'A new director who does not know us.' });
  const points = (facts: Facts, ...pulses: Parameters<typeof scored>[1] & object) =>
    pointsOf(scored(facts, pulses), 'market.csm_sentiment');

  it.each([
    [12, 12],
    [-8, -8],
    [3, 3],
    [0, 0],
  ])('of %d points gives %d', (entered, given) => {
    expect(points({}, view(5, entered))).toBeCloseTo(given, 9);
  });

  it('counts for 60 days, and not before it was entered', () => {
    expect([points({}, view(59, 6)), points({}, view(60, 6)), points({}, view(-1, 6))]).toEqual([6, null, null]);
  });

  it('is the newest one, entered here or in HubSpot', () => {
    const facts = { attributes: { sentiment: since(ago(20), 'HEALTHY') } };
    expect([points(facts), points(facts, view(10, 6)), points(facts, view(30, 6))].map((one) => one?.toFixed(6))).toEqual([
      '-4.000000',
      '6.000000',
      '-4.000000',
    ]);
    expect(points({}, view(3, 2), view(9, 7))).toBeCloseTo(2, 9);
  });

  it('says why', () => {
    expect(lineOf(scored({}, [view(5, 6)]), 'market.csm_sentiment')?.evidence).toMatchObject({
      text: { value: 'A new director who does not know us.' },
      date: { value: ago(5) },
      until: { value: ago(-55) },
    });
  });

  it('without one does not apply and lowers no coverage; a word that nobody knows is told', () => {
    expect(missingOf(scored({}), 'market.csm_sentiment')).toMatchObject({ state: 'n/a', because: 'no_opinion' });
    const unknown = { attributes: { sentiment: since(ago(6), 'sunny') } };
    expect(missingOf(scored(unknown), 'market.csm_sentiment')).toMatchObject({ state: 'insufficient', because: 'opinion' });
  });
});
