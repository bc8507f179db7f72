/** The engine: groups, caps, floors, overrides, feeds, exposure, bands, coverage, range. */
import { describe, expect, it } from 'vitest';
import type { Account, PortalFeed } from '../../src/account.ts';
import { scoreBook } from '../../src/book/score-book.ts';
import type { Policy, SignalRule } from '../../src/policy.ts';
import { bandOf, replayBand } from '../../src/scoring/bands.ts';
import { compilePolicy, rampSeverity } from '../../src/scoring/compile.ts';
import { exposureOf, probabilityOf, probabilityToRenewal } from '../../src/scoring/exposure.ts';
import { feedOn } from '../../src/scoring/feeds.ts';
import { DEFAULT_POLICY, SIMPLE_POLICY } from '../../src/scoring/policy-default.ts';
import { policyHash } from '../../src/scoring/policy-hash.ts';
import { addDays } from '../../src/units/day.ts';
import { account, day, FEEDS, feedsOn, livingFeed, mrr, NOT_MAPPED, portalOn, since, survey, ticket, touch, weeksUntil } from './portal.ts';
import { lineOf, missingOf, pointsOf, scoreOne } from './scored.ts';

const AS_OF = '2026-11-22';
const used = (on: string): Account => account({ attributes: { lastUsedOn: since(on, day(on)) } });
const { bands } = DEFAULT_POLICY;

describe('ramps', () => {
  it.each([
    [14, { from: 14, to: 30 }, 0],
    [22, { from: 14, to: 30 }, 0.5],
    [99, { from: 14, to: 30 }, 1],
    [0.6, { from: 0.8, to: 0.4 }, 0.5],
    [-0.14, { from: -0.03, to: -0.25 }, 0.5],
    [1, { from: 1, to: 1 }, 1],
    [0.9, { from: 1, to: 1 }, 0],
  ])('%d on %o is %d', (value, ramp, severity) => {
    expect(rampSeverity(value, ramp)).toBeCloseTo(severity, 9);
  });
});

describe('groups', () => {
  const rule = (id: string, points: number): SignalRule => ({
    ...(DEFAULT_POLICY.signals[0] as SignalRule),
    id,
    points,
    ramp: { from: 0, to: 1 },
  });
  const policy = (...points: number[]): Policy => ({
    ...DEFAULT_POLICY,
    signals: points.map((each, index) => rule(`usage.s${index}`, each)),
  });

  it('are capped above and floored below, and the lines still add up to the uncapped sum', () => {
    const over = scoreOne(used('2026-10-01'), AS_OF, {}, policy(20, 20)).score.receipt;
    expect(over.groups).toMatchObject([{ cap: 34, uncapped: 40, points: 34 }]);
    expect([over.unclipped, over.total]).toEqual([64, 64]);
    const under = scoreOne(used('2026-10-01'), AS_OF, {}, policy(-20, -20)).score.receipt;
    expect(under.groups).toMatchObject([{ uncapped: -40, points: -15 }]);
    expect(under.risk).toBe(15);
  });

  it('list lines by points, largest first, then by id', () => {
    const { groups } = scoreOne(used('2026-10-01'), AS_OF, {}, policy(1, 5, -2, 5)).score.receipt;
    expect(groups[0]?.lines.map((line) => line.signal)).toEqual(['usage.s1', 'usage.s3', 'usage.s0', 'usage.s2']);
  });

  it('show a signal that the policy gives no points, with its value', () => {
    expect(lineOf(scoreOne(used('2026-10-01'), AS_OF, {}, policy(0)), 'usage.s0')).toMatchObject({ value: 52, points: 0, severity: 1 });
  });
});

describe('a dismissed signal', () => {
  const one = used('2026-10-23');

  it('counts nothing from its day on and keeps its line', () => {
    const dismissals = [{ accountId: one.id, signal: 'usage.last_login', on: day('2026-11-20') }];
    const scored = scoreOne(one, AS_OF, { dismissals });
    expect(lineOf(scored, 'usage.last_login')).toMatchObject({ points: 0, severity: 1, dismissed: true });
    expect(scored.score.receipt.risk).toBe(30);
    expect(scored.since().has('usage.last_login')).toBe(true);
    expect(scoreOne(one, '2026-11-19', { dismissals }).score.receipt.risk).toBeGreaterThan(30);
  });

  it('is dismissed on the very day, and from the first of several dismissals on', () => {
    const dismissed = (...days: string[]) => days.map((on) => ({ accountId: one.id, signal: 'usage.last_login', on: day(on) }));
    const points = (...days: string[]) => pointsOf(scoreOne(one, AS_OF, { dismissals: dismissed(...days) }), 'usage.last_login');
    expect([points(AS_OF), points('2026-11-23'), points('2026-11-01', '2026-11-23'), points('2026-11-23', '2026-11-01')]).toEqual([
      0, 14, 0, 0,
    ]);
  });

  it('is dismissed for its own account only', () => {
    const dismissals = [{ accountId: 'another', signal: 'usage.last_login', on: day('2026-01-01') }];
    expect(pointsOf(scoreOne(one, AS_OF, { dismissals }), 'usage.last_login')).toBe(14);
  });
});

describe('overrides', () => {
  const asking = (more: Parameters<typeof ticket>[1]): Account => account({ tickets: [ticket('2026-11-01', more)] });

  it.each([
    { category: 'Cancellation' },
    { category: '解約' },
    { subject: '契約の解約について' },
    { subject: 'Please cancel our subscription' },
    { subject: 'Ｃａｎｃｅｌ our contract' },
    { subject: 'Contract termination' },
  ])('an open ticket %o raises the score to 90 and leaves groups and probability alone', (more) => {
    const scored = scoreOne(asking(more), AS_OF);
    const plain = scoreOne(asking({}), AS_OF);
    const { receipt } = scored.score;
    expect(receipt).toMatchObject({ floored: true, total: 90, risk: 90, unclipped: plain.score.receipt.unclipped });
    expect(receipt.overrides).toMatchObject([{ id: 'cancellation_ticket', floor: 90 }]);
    expect(scored.score.probability).toBe(plain.score.probability);
  });

  it.each([
    { subject: 'How do I cancel a scheduled report?' },
    { category: 'billing' },
    { category: 'cancellation', closedOn: day('2026-11-22') },
  ])('a ticket %o does not', (more) => {
    expect(scoreOne(asking(more), AS_OF).score.receipt.overrides).toEqual([]);
  });

  it('is open until the day it closes', () => {
    const closed = asking({ category: 'cancellation', closedOn: day('2026-11-20') });
    expect(scoreOne(closed, '2026-11-19').score.receipt.risk).toBe(90);
    expect(scoreOne(closed, '2026-11-20').score.receipt.risk).toBe(30);
  });

  it('a ticket asks for it since somebody gave it that category', () => {
    const changes = {
      category: [
        { on: day('2026-11-15'), value: 'billing' },
        { on: day('2026-11-20'), value: 'cancellation' },
      ],
    };
    const asked = asking({ category: 'cancellation', changes });
    expect(scoreOne(asked, '2026-11-19').score.receipt.overrides).toEqual([]);
    expect(scoreOne(asked, '2026-11-20').score.receipt.overrides).toMatchObject([{ id: 'cancellation_ticket' }]);
  });

  it.each([
    ['marked by a property', { attributes: { closingDown: since('2026-11-10', true) } }],
    ['said in the title of a ticket', { tickets: [ticket('2026-11-10', { subject: 'Notice of bankruptcy proceedings' })] }],
    ['said in the title of a call', { touches: [touch('2026-11-10', 'call', { title: '民事再生の件' })] }],
  ])('a customer that is closing down stands at 85 at least: %s', (_, facts) => {
    const { receipt } = scoreOne(account(facts), AS_OF).score;
    expect(receipt).toMatchObject({ floored: true, total: 85, risk: 85 });
    expect(receipt.overrides).toMatchObject([{ id: 'bankruptcy', floor: 85 }]);
    expect(scoreOne(account(facts), '2026-11-09').score.receipt.overrides).toEqual([]);
  });

  it.each([
    ['cleared again', { attributes: { closingDown: [...since('2026-11-10', true), ...since('2026-11-12', false)] } }],
    ['said by the way', { touches: [touch('2026-11-10', 'note', { body: 'Their supplier went bankrupt' })] }],
    ['said long ago', { tickets: [ticket('2026-01-10', { subject: 'Bankruptcy' })] }],
  ])('and not where it is %s', (_, facts) => {
    expect(scoreOne(account(facts), AS_OF).score.receipt.overrides).toEqual([]);
  });

  it('notice given is told apart from the sum', () => {
    const notice = account({ attributes: { noticeGivenOn: since('2026-11-10', day('2026-11-09')) } });
    expect(scoreOne(notice, AS_OF).score).toMatchObject({ noticeGiven: true });
    expect(scoreOne(notice, AS_OF).score.receipt).toMatchObject({
      floored: false,
      risk: 30,
      overrides: [{ id: 'notice_given', floor: null }],
    });
    expect(scoreOne(notice, '2026-11-09').score.noticeGiven).toBe(false);
  });
});

describe('feeds', () => {
  const on = day(AS_OF);
  const active = (lastDay: string, gap: number): PortalFeed => ({
    mapped: true,
    polled: false,
    unavailable: null,
    activeDays: Array.from({ length: 40 }, (_, back) => addDays(day(lastDay), -gap * (39 - back))),
  });

  it.each([
    ['2026-11-19', 1, 'alive'],
    ['2026-11-18', 1, 'frozen'],
    ['2026-11-12', 1, 'frozen'],
    ['2026-11-11', 1, 'stale'],
    ['2026-11-01', 7, 'alive'],
    ['2026-10-31', 7, 'frozen'],
    ['2026-10-24', 7, 'stale'],
  ])('last data on %s, every %d days: %s', (lastDay, gap, state) => {
    expect(feedOn('usage', active(lastDay, gap), on)).toMatchObject({ state });
  });

  it('are alive while reads succeed, where we poll them', () => {
    expect(feedOn('support', { ...NOT_MAPPED, mapped: true, polled: true }, on).state).toBe('alive');
    expect(feedOn('support', { ...NOT_MAPPED, mapped: true, polled: true, unavailable: 'tickets' }, on)).toMatchObject({
      state: 'stale',
      because: 'tickets',
    });
    expect(feedOn('support', { ...NOT_MAPPED, mapped: true }, on)).toMatchObject({ state: 'stale', because: 'no_data' });
    expect(feedOn('web', NOT_MAPPED, on)).toMatchObject({ state: 'n/a', because: 'not_connected' });
  });

  it.each([
    ['written on two days of each week', [0, 1, 7, 8, 14, 15, 21, 22], 9, 'alive'],
    ['quiet at weekends', [0, 1, 2, 3, 4, 7, 8, 9, 10, 11], 3, 'alive'],
    ['quiet at weekends, and longer than that', [0, 1, 2, 3, 4, 7, 8, 9, 10, 11], 4, 'frozen'],
    ['heard once', [0], 21, 'alive'],
    ['heard once, long ago', [0], 22, 'frozen'],
  ])('%s', (_, spoke, silence, state) => {
    const last = Math.max(...spoke);
    const activeDays = spoke.map((one) => addDays(on, one - last - silence));
    expect(feedOn('usage', { ...livingFeed(on), activeDays }, on).state).toBe(state);
  });

  it('of revenue speak once a month, on however many days', () => {
    const activeDays = ['2026-10-01', '2026-10-02', '2026-10-03', '2026-11-01', '2026-11-02'].map(day);
    expect(feedOn('mrr', { ...livingFeed(on), activeDays }, day('2026-11-30')).state).toBe('alive');
    expect(feedOn('mrr', { ...livingFeed(on), activeDays: [day('2026-11-02')] }, day('2027-01-20')).state).toBe('alive');
  });

  it('do not look ahead: data after the day say nothing about it', () => {
    const feed = active('2026-11-19', 1);
    expect(feedOn('usage', { ...feed, activeDays: [...feed.activeDays, day('2026-12-01')] }, on)).toEqual(feedOn('usage', feed, on));
  });

  it('keep their last values for a week, then count as missing: no alarms from a dead feed', () => {
    const one = used('2026-11-02');
    const points = (lastDay: string) =>
      pointsOf(scoreOne(one, AS_OF, { feeds: { ...feedsOn(on), usage: active(lastDay, 1) } }), 'usage.last_login');
    expect(points('2026-11-19')).toBeCloseTo((14 * 6) / 16, 9);
    // As of the 16th the last use was 14 days ago.
    expect(points('2026-11-16')).toBe(0);
    expect(points('2026-11-10')).toBeNull();
  });

  it('tell an account that nobody sees in them from one that is silent', () => {
    const unseen = { ...account({ matched: ['mrr'] }), attributes: { seats: since('2026-01-01', 50) } };
    expect(missingOf(scoreOne(unseen, AS_OF), 'usage.seat_util_low')).toMatchObject({ feed: 'usage', state: 'unmatched' });
    const silent = { ...unseen, matched: ['usage' as const], usage: weeksUntil('2026-08-30', [9, 9, 9], { activeUsers: 40 }) };
    expect(pointsOf(scoreOne(silent, AS_OF), 'usage.seat_util_low')).toBe(10);
  });

  it('of CRM objects know every account: no tickets is zero tickets', () => {
    expect(pointsOf(scoreOne(account({ matched: [] }), AS_OF), 'support.ticket_spike')).toBe(0);
  });

  it('name the missing scope', () => {
    const feeds = { ...feedsOn(on), support: { ...livingFeed(on), unavailable: 'crm.objects.tickets.read' } };
    expect(missingOf(scoreOne(account(), AS_OF, { feeds }), 'support.ticket_spike')).toMatchObject({
      state: 'stale',
      because: 'crm.objects.tickets.read',
    });
  });
});

describe('coverage', () => {
  it('is the known share of the weight that applies; unmapped feeds are outside', () => {
    const feeds = feedsOn(day(AS_OF), ['support']);
    const none = scoreOne(account(), AS_OF, { feeds });
    // Known: spike 6, urgent 5, escalated 5, reopened 4, feature gap 5, incident 4. Unknown: csat 8 + 3.
    expect(none.score.coverage).toBeCloseTo(29 / 40, 9);
    expect(none.score.grade).toBe('B');
    expect(none.score.receipt.missing.filter((one) => one.state === 'n/a').length).toBeGreaterThan(10);
  });

  it('below the minimum gives no band and no change, but the rest of the score', () => {
    const scored = scoreOne(account({ mrr: [mrr('2026-11', 10)] }), AS_OF, { feeds: feedsOn(day(AS_OF), ['survey', 'usage']) });
    expect(scored.score).toMatchObject({ coverage: 0, grade: 'C', band: null });
    expect([scored.quadrant, scored.riskChange7d]).toEqual([null, null]);
    expect(scored.score.receipt.risk).toBe(30);
  });

  it('of the portal is the mapped share of all weight', () => {
    const all = scoreBook([], portalOn(AS_OF, { feeds: feedsOn(day(AS_OF), FEEDS) }), DEFAULT_POLICY);
    expect(all.portalCoverage).toBe(1);
    // Billing 6 + 7 + 4, web 12 + 4 + 3, e-mail 5 + 3.
    const unfed = 44;
    const weights = DEFAULT_POLICY.signals.reduce((sum, one) => sum + Math.abs(one.points), 0);
    expect(scoreBook([], portalOn(AS_OF), DEFAULT_POLICY).portalCoverage).toBeCloseTo((weights - unfed) / weights, 9);
  });
});

describe('range', () => {
  // Ten accounts with NPS groups from 0 to −6 … and one that never answered.
  const answering = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((score) =>
    account({ surveys: [survey(AS_OF, score), survey('2026-11-01', score)] }),
  );
  const feeds = feedsOn(day(AS_OF), ['survey', 'support']);
  const policy = { ...DEFAULT_POLICY, signals: DEFAULT_POLICY.signals.filter((one) => one.group === 'sentiment') };
  const range = (accounts: readonly Account[]) => scoreBook(accounts, portalOn(AS_OF, { feeds }), policy).accounts.at(-1)?.score;

  it('puts a wholly missing group at the portfolio’s 10th and 90th percentile', () => {
    // Points: four times 10, then 7.5, 5, 2.5, 0, 0, −3; P10 = −0.3, P90 = 10.
    expect(range([...answering, account()])).toMatchObject({ receipt: { risk: 30 }, range: [30, 40] });
  });

  it('is a point where nothing is missing', () => {
    expect(range(answering)?.range).toEqual([27, 27]);
  });

  it('is as wide as the group may be where nobody knows anything', () => {
    expect(range([account()])?.range).toEqual([15, 46]);
  });
});

describe('exposure', () => {
  const on = day(AS_OF);
  const contract = (renewal: string | null, billing: string | null) =>
    account({
      attributes: {
        contractRenewal: since('2020-01-01', renewal === null ? null : day(renewal)),
        contractBilling: since('2020-01-01', billing),
      },
    });

  it.each([
    ['2026-11-22', 'annual', 'annual_in_window', false, 12],
    ['2027-02-20', 'annual', 'annual_in_window', false, 10],
    ['2027-02-21', 'annual', 'annual_out', false, 10],
    ['2027-10-22', 'annual', 'annual_out', false, 1],
    ['2029-11-22', 'annual', 'annual_out', false, 0],
    ['2026-10-23', 'annual', 'annual_in_window', false, 12],
    ['2026-10-22', 'annual', 'monthly', false, 10.5],
    ['2027-01-22', 'monthly', 'annual_in_window', false, 10],
    [null, 'monthly', 'monthly', false, 10.5],
    [null, '月次', 'monthly', false, 10.5],
    [null, 'annual', 'monthly', true, 10.5],
    [null, null, 'monthly', true, 10.5],
  ])('renewal %s, billed %s: %s', (renewal, billing, stratum, assumed, monthsLost) => {
    expect(exposureOf(contract(renewal, billing), on, DEFAULT_POLICY)).toEqual({ stratum, assumed, monthsLost });
  });

  it('is the base rate at the base score, and about 65 % more odds every 12 points', () => {
    expect(probabilityOf(30, 'monthly', DEFAULT_POLICY)).toBeCloseTo(0.055, 9);
    const odds = (score: number) =>
      probabilityOf(score, 'annual_out', DEFAULT_POLICY) / (1 - probabilityOf(score, 'annual_out', DEFAULT_POLICY));
    expect(odds(42) / odds(30)).toBeCloseTo(Math.exp(0.5), 9);
  });

  it.each([
    // 180 days at 1 % a 90 days until the window opens, then 15 %: 1 − 0.99² · 0.85.
    ['annual_out', 270, 1 - 0.99 ** 2 * 0.85],
    // The day before the window: as inside it.
    ['annual_out', 91, 1 - 0.99 ** (1 / 90) * 0.85],
    ['annual_in_window', 62, 0.15],
    ['annual_in_window', -10, 0.15],
    ['monthly', null, 0.055],
    ['monthly', -200, 0.055],
  ] as const)('up to the renewal: %s, %s days ahead', (stratum, days, expected) => {
    expect(probabilityToRenewal(30, stratum, days, DEFAULT_POLICY)).toBeCloseTo(expected, 12);
  });
});

describe('bands', () => {
  it.each([
    [0, 'low'],
    [24.99, 'low'],
    [25, 'watch'],
    [45, 'high'],
    [64.99, 'high'],
    [65, 'critical'],
    [100, 'critical'],
  ])('%d is %s', (total, band) => {
    expect(bandOf(total, bands)).toBe(band);
  });

  it.each<[readonly (number | null)[], string | null]>([
    [[30, 30, 70], 'critical'],
    [[66, 64], 'critical'],
    [[66, 64, 63], 'high'],
    [[66, 64, 66, 64], 'critical'],
    [[66, 61.1], 'critical'],
    [[66, 61], 'high'],
    [[66, 44], 'high'],
    [[66, 44, 44], 'watch'],
    [[66, 10], 'low'],
    [[66, null, 64], 'critical'],
    [[], null],
    [[null], null],
  ])('%j ends as %s', (totals, band) => {
    expect(replayBand(totals, bands)).toBe(band);
  });

  it('replays the week: a day below the edge does not change it yet', () => {
    // A champion's leaving fades: 65 is crossed downwards on the way.
    const rule: SignalRule = {
      ...(DEFAULT_POLICY.signals.find((one) => one.id === 'usage.last_login') as SignalRule),
      points: 34.5,
      ramp: { from: 0, to: 1 },
    };
    const fading = {
      ...DEFAULT_POLICY,
      base: 30.6,
      signals: [{ ...rule, input: 'champion_left', group: 'engagement' as const, halfLifeDays: 90 }],
      groupCaps: { ...DEFAULT_POLICY.groupCaps, engagement: 40 },
    };
    const gone = account({
      contacts: [
        {
          validAt: day('2025-01-01'),
          knownAt: day('2025-01-01'),
          source: { object: 'contacts', id: '1' },
          name: 'A',
          email: null,
          jobTitle: null,
          role: null,
          champion: true,
          left: { on: day('2026-11-20'), knownAt: day('2026-11-20') },
          lastActiveOn: null,
        },
      ],
    });
    const band = (asOf: string) => scoreOne(gone, asOf, {}, fading).score;
    expect(band('2026-11-20')).toMatchObject({ band: 'critical', receipt: { risk: 65 } });
    expect(band('2026-11-21').receipt.total).toBeLessThan(65);
    expect(band('2026-11-21').band).toBe('critical');
    expect(band('2026-11-22').band).toBe('high');
  });
});

describe('since', () => {
  it('is the first day of the unbroken firing', () => {
    expect(scoreOne(used('2026-10-01'), AS_OF).since().get('usage.last_login')).toBe('2026-10-16');
  });

  it('does not look further back than 90 days', () => {
    expect(scoreOne(used('2025-01-01'), AS_OF).since().get('usage.last_login')).toBe('2026-08-24');
  });

  it('starts again after a break', () => {
    const twice = account({
      attributes: {
        lastUsedOn: [...since('2026-09-01', day('2026-09-01')), ...since('2026-10-10', day('2026-10-10'))],
      },
    });
    expect(scoreOne(twice, '2026-10-09').since().get('usage.last_login')).toBe('2026-09-16');
    expect(scoreOne(twice, AS_OF).since().get('usage.last_login')).toBe('2026-10-25');
  });
});

describe('change over a week', () => {
  const one = account({
    attributes: { lastUsedOn: since('2026-11-01', day('2026-11-01')), seats: since('2025-01-01', 10) },
    usage: weeksUntil('2026-11-01', Array(12).fill(20), { activeUsers: 9 }),
  });
  const feeds = feedsOn(day(AS_OF), ['usage']);

  it('is the difference of the rounded risks', () => {
    const now = scoreOne(one, AS_OF, { feeds });
    const before = scoreOne(one, '2026-11-15', { feeds });
    expect(now.riskChange7d).toBe(now.score.receipt.risk - before.score.receipt.risk);
    expect(now.riskChange7d).toBeGreaterThan(0);
  });

  it('is unknown where too little was known a week ago', () => {
    expect(
      scoreOne(
        account({ ...one, attributes: {}, usage: weeksUntil(AS_OF, [1]), mrr: [mrr('2026-11', 1, { seats: 9, knownAt: day(AS_OF) })] }),
        AS_OF,
        { feeds },
      ).riskChange7d,
    ).toBeNull();
  });
});

describe('policies', () => {
  it('have the ten simple signals', () => {
    expect(SIMPLE_POLICY.signals.map((one) => one.id.split('.')[1]).sort()).toEqual(
      [
        'last_login',
        'login_drop',
        'seat_util_low',
        'adoption_low',
        'ticket_spike',
        'csat_low',
        'nps_low',
        'mrr_drop',
        'renewal_near',
        'champion_left',
      ].sort(),
    );
  });

  it('refuse a rule over an input that does not exist', () => {
    const wrong = { ...DEFAULT_POLICY, signals: [{ ...(DEFAULT_POLICY.signals[0] as SignalRule), input: 'constructor' }] };
    expect(() => compilePolicy(wrong)).toThrow(/usage\.last_login.*constructor/);
  });

  it('have a hash that tells every change of meaning, and nothing else', () => {
    const hash = policyHash(DEFAULT_POLICY);
    expect(hash).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(policyHash({ ...DEFAULT_POLICY, signals: [...DEFAULT_POLICY.signals].reverse() })).toBe(hash);
    expect(policyHash(JSON.parse(JSON.stringify(DEFAULT_POLICY)))).toBe(hash);
    expect(policyHash({ ...DEFAULT_POLICY, noticeDays: 31 })).not.toBe(hash);
    expect(policyHash(SIMPLE_POLICY)).not.toBe(hash);
  });
});
