/** What a team's file adds to scoring: its own signals, other ramps for some, signals left out. */
import { describe, expect, it } from 'vitest';
import type { Account } from '../../src/account.ts';
import type { Policy } from '../../src/policy.ts';
import { populationOf } from '../../src/revenue/population.ts';
import { loadPolicy } from '../../src/rules/load.ts';
import { DEFAULT_POLICY } from '../../src/scoring/policy-default.ts';
import { fromMajor } from '../../src/units/money.ts';
import { account, day, mrr, since, survey, ticket, touch, weeksUntil } from './portal.ts';
import { lineOf, missingOf, pointsOf, scoreOne } from './scored.ts';

const AS_OF = '2026-11-21';

const policyOf = (text: string): Policy => {
  const loaded = loadPolicy(`version: 1\n${text}`, 'policy.yaml');
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  return loaded.value;
};

const withSignal = (when: string, rest = ''): Policy =>
  policyOf(`signals:\n  custom.x:\n    group: market\n    label: X\n    points: 5\n    ${rest}\n    when: ${when}\n`);

const fires = (one: Account, when: string): number | null => pointsOf(scoreOne(one, AS_OF, {}, withSignal(when)), 'custom.x');

/** Unused for 20 days; 30 days to the renewal. */
const quiet = (more: Partial<Account> = {}): Account =>
  account({
    attributes: { lastUsedOn: since('2026-11-01', day('2026-11-01')), contractRenewal: since('2026-01-01', day('2026-12-21')) },
    ...more,
  });

describe('a signal of the team’s own', () => {
  it.each([
    ['{ input: days_since_last_use, atLeast: 20 }', 5],
    ['{ input: days_since_last_use, above: 20 }', 0],
    ['{ input: days_since_last_use, atMost: 20 }', 5],
    ['{ input: days_since_last_use, below: 20 }', 0],
    ['{ input: days_since_last_use, above: 10, below: 21 }', 5],
    ['{ all: [{ input: days_since_last_use, atLeast: 14 }, { input: days_to_renewal, atMost: 60 }] }', 5],
    ['{ all: [{ input: days_since_last_use, atLeast: 14 }, { input: days_to_renewal, atMost: 20 }] }', 0],
    ['{ any: [{ input: days_since_last_use, atLeast: 99 }, { input: days_to_renewal, atMost: 60 }] }', 5],
    ['{ not: { input: days_since_last_use, atLeast: 14 } }', 0],
    ['{ all: [{ not: { any: [{ input: days_since_last_use, below: 3 }] } }, { input: days_to_renewal, below: 99 }] }', 5],
  ])('%s gives %d', (when, points) => {
    expect(fires(quiet(), when)).toBe(points);
  });

  it.each([
    // Nobody answered: the part is unknown.
    ['{ all: [{ input: days_since_last_use, atLeast: 14 }, { input: nps_latest, below: 1 }] }', null],
    ['{ all: [{ input: days_since_last_use, atLeast: 99 }, { input: nps_latest, below: 1 }] }', 0],
    ['{ any: [{ input: days_since_last_use, atLeast: 14 }, { input: nps_latest, below: 1 }] }', 5],
    ['{ any: [{ input: days_since_last_use, atLeast: 99 }, { input: nps_latest, below: 1 }] }', null],
    ['{ not: { input: nps_latest, below: 1 } }', null],
  ])('%s with an unknown part is %s', (when, points) => {
    expect(fires(quiet(), when)).toBe(points);
  });

  it('says why it is missing, and lowers the coverage', () => {
    const policy = withSignal('{ input: nps_latest, below: 1 }');
    const scored = scoreOne(quiet(), AS_OF, {}, policy);
    expect(missingOf(scored, 'custom.x')?.feed).toBe('survey');
    expect(scored.score.coverage).toBeLessThan(scoreOne(quiet(), AS_OF, {}, DEFAULT_POLICY).score.coverage);
  });

  it('compares with so many days ago', () => {
    // 10 logins a week for eight weeks, then 2: three weeks ago the trend still was 1.
    const one = account({ usage: weeksUntil('2026-11-20', [2, 2, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10]) });
    expect(fires(one, '{ input: login_trend, changeOver: 21, atMost: -0.3 }')).toBe(5);
    expect(fires(one, '{ input: login_trend, changeOver: 1, atMost: -0.3 }')).toBe(0);
    expect(fires(account({ usage: weeksUntil('2026-11-20', [2]) }), '{ input: login_trend, changeOver: 21, atMost: -0.3 }')).toBe(null);
  });

  it('finds words in tickets, activities and survey comments, in both languages', () => {
    const says = (more: Partial<Account>) => fires(account(more), '{ mention: [乗り換え, Rival One] }');
    expect(says({ tickets: [ticket('2026-11-01', { subject: '他社への乗り換えについて' })] })).toBe(5);
    expect(says({ touches: [touch('2026-11-01', 'note', { body: '<p>They look at <b>rival</b> ONE</p>' })] })).toBe(5);
    expect(says({ surveys: [survey('2026-11-01', 4, 'nps', { comment: 'ＲＩＶＡＬ　ＯＮＥ is cheaper' })] })).toBe(5);
    expect(says({ tickets: [ticket('2026-11-01', { subject: 'A question' })] })).toBe(0);
    expect(says({ tickets: [ticket('2026-06-01', { subject: 'Rival One' })] })).toBe(0);
    expect(says({ tickets: [ticket('2026-11-22', { subject: 'Rival One' })] })).toBe(0);
  });

  it('quotes what it found, and fades with age where it has a half-life', () => {
    const policy = withSignal('{ mention: [switch to], within: 60 }', 'halfLifeDays: 20\n    evidence: "{date}: {quote}"');
    const scored = scoreOne(account({ tickets: [ticket('2026-11-01', { subject: 'We may switch to another' })] }), AS_OF, {}, policy);
    const line = lineOf(scored, 'custom.x');
    expect(line?.points).toBeCloseTo(2.5, 9);
    expect(line?.evidence.quote).toEqual({ kind: 'text', value: 'We may switch to another' });
    expect(line?.evidence.date).toEqual({ kind: 'day', value: '2026-11-01' });
  });

  it('can say the values of its parts', () => {
    const scored = scoreOne(
      quiet(),
      AS_OF,
      {},
      withSignal('{ all: [{ input: days_since_last_use, above: 1 }, { input: days_to_renewal, above: 1 }] }'),
    );
    expect(lineOf(scored, 'custom.x')?.evidence).toMatchObject({
      days_since_last_use: { kind: 'number', value: 20 },
      days_to_renewal: { kind: 'number', value: 30 },
    });
  });
});

describe('other ramps for some', () => {
  const policy = policyOf(
    'plans: { Pro: { ramps: { usage.last_login: { from: 0, to: 20 } } } }\nsegments: { SMB: { ramps: { usage.last_login: { from: 10, to: 30 } } } }\n',
  );
  const points = (plan: string | null, segment: string | null) => {
    const one = quiet({ mrr: [mrr('2026-11', 100, { plan })] });
    return pointsOf(
      scoreOne({ ...one, attributes: { ...one.attributes, segment: since('2026-01-01', segment) } }, AS_OF, {}, policy),
      'usage.last_login',
    );
  };

  it('go by plan, then by segment, and leave the others alone', () => {
    expect(points(null, null)).toBeCloseTo((14 * 6) / 16, 9);
    expect(points(null, 'smb')).toBeCloseTo(14 * 0.5, 9);
    expect(points('ｐｒｏ', 'SMB')).toBeCloseTo(14, 9);
    expect(points('Free', 'Enterprise')).toBeCloseTo((14 * 6) / 16, 9);
  });
});

describe('a retired signal', () => {
  const without = (text: string, one = quiet()) => scoreOne(one, AS_OF, {}, policyOf(text));

  it('is neither a line nor missing, and is not counted in the coverage', () => {
    const before = scoreOne(quiet(), AS_OF);
    const after = without('retired: { usage.last_login: no feed, sentiment.nps_low: no surveys }\n');
    expect(lineOf(before, 'usage.last_login')).not.toBe(null);
    expect([lineOf(after, 'usage.last_login'), missingOf(after, 'usage.last_login'), missingOf(after, 'sentiment.nps_low')]).toEqual([
      null,
      null,
      null,
    ]);
    expect(after.score.receipt.total).toBeCloseTo(before.score.receipt.total - (14 * 6) / 16, 9);
    // NPS is unknown: without that signal more of what is left is known.
    expect(without('retired: { sentiment.nps_low: no surveys }\n').score.coverage).toBeGreaterThan(before.score.coverage);
  });

  it('may be so for some accounts only', () => {
    const one = quiet();
    expect(pointsOf(without(`accounts: { "${one.id}": { retired: { usage.last_login: API only } } }\n`, one), 'usage.last_login')).toBe(0);
    expect(pointsOf(without('accounts: { "0": { retired: { usage.last_login: API only } } }\n', one), 'usage.last_login')).toBeGreaterThan(
      0,
    );
    const smb = quiet({ attributes: { ...one.attributes, segment: since('2026-01-01', 'SMB') } });
    expect(pointsOf(without('segments: { smb: { retired: { usage.last_login: no } } }\n', smb), 'usage.last_login')).toBe(0);
    expect(pointsOf(without('plans: { smb: { retired: { usage.last_login: no } } }\n', smb), 'usage.last_login')).toBeGreaterThan(0);
  });
});

it('tiers go by amounts where the policy has them', () => {
  const paying = account({ mrr: [mrr('2026-11', 300)] });
  const tier = (text: string) => scoreOne(paying, AS_OF, {}, policyOf(text)).tier;
  expect([
    tier(''),
    tier('tiers: { high: 500, low: 300 }\n'),
    tier('tiers: { high: 300, low: 1 }\n'),
    tier('tiers: { high: 500, low: 301 }\n'),
  ]).toEqual(['high', 'low', 'high', 'tech']);
});

it('grades, tiers and impact go by shares where the policy has them', () => {
  const cuts = policyOf('tiers: { high: 10%, low: 30% }\nimpact: 30%\ncustomerGrades: { S: 10%, A: 25%, B: 60% }\n');
  const amounts = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1].map(fromMajor);
  const population = populationOf(amounts, cuts);
  expect(amounts.map((one) => population.tierOf(one)).join()).toBe('high,low,low,tech,tech,tech,tech,tech,tech,tech');
  // A quarter of ten is three: shares are rounded up, as the usual fifth is. Below the last there is no grade.
  expect(amounts.map((one) => population.gradeOf(one) ?? '-').join('')).toBe('SAABBB----');
  expect(amounts.filter((one) => population.isHighImpact(one))).toHaveLength(3);
  const byAmount = populationOf(amounts, policyOf('impact: 9\ncustomerGrades: { 大口: 8, 小口: 3 }\n'));
  expect(amounts.map((one) => byAmount.gradeOf(one))).toEqual(['大口', '大口', '大口', '小口', '小口', '小口', '小口', '小口', null, null]);
  expect(amounts.filter((one) => byAmount.isHighImpact(one))).toHaveLength(2);
  expect(byAmount.gradeOf(fromMajor(0))).toBeNull();
});
