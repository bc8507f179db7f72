/** The worked example of the scoring design: every number of it, re-added by hand. */
import { describe, expect, it } from 'vitest';
import type { Account } from '../../src/account.ts';
import { scoreBook } from '../../src/book/score-book.ts';
import { DEFAULT_POLICY } from '../../src/scoring/policy-default.ts';
import { toMajor, ZERO } from '../../src/units/money.ts';
import { account, day, mrr, portalOn, since, survey, ticket, touch, weeksUntil } from './portal.ts';

/** As of 2025-03-31: a customer of three years whose champion has left. */
const sample: Account = account({
  name: '株式会社サンプル0042',
  attributes: {
    contractStart: since('2024-01-01', day('2023-06-01')),
    contractRenewal: since('2024-06-01', day('2025-06-01')),
    seats: since('2024-01-01', 36),
  },
  mrr: [
    ...['2024-09', '2024-10', '2024-11', '2024-12'].map((at) => [at, 410_000] as const),
    ...['2025-01', '2025-02', '2025-03'].map((at) => [at, 384_000] as const),
  ].flatMap(([at, total]) => [mrr(at, total - 100_000, { product: 'CRM' }), mrr(at, 100_000, { product: 'MA' })]),
  usage: [
    ...weeksUntil('2025-03-30', [0, 0, 0, 88], { activeUsers: 11, lastUsedOn: day('2025-03-05') }),
    ...weeksUntil('2025-03-02', Array(8).fill(41), { activeUsers: 30, lastUsedOn: day('2025-03-02') }),
  ],
  tickets: [3, 3, 2.8, 2.8].map((csat) => ticket('2025-02-01', { csat, closedOn: day('2025-02-10') })),
  surveys: [survey('2024-11-02', 9)],
  touches: [touch('2025-03-10', 'meeting')],
  contacts: [
    {
      validAt: day('2023-06-01'),
      knownAt: day('2023-06-01'),
      source: { object: 'contacts', id: '7' },
      name: '佐藤',
      email: null,
      jobTitle: null,
      role: null,
      champion: true,
      left: { on: day('2025-02-18'), knownAt: day('2025-02-18') },
      lastActiveOn: null,
    },
  ],
});

const [scored] = scoreBook([sample], portalOn('2025-03-31'), DEFAULT_POLICY).accounts;
if (!scored) throw new Error('nothing scored');
const { receipt } = scored.score;
const lines = new Map(receipt.groups.flatMap((group) => group.lines.map((line) => [line.signal, line])));
const points = (signal: string): number => lines.get(signal)?.points ?? Number.NaN;
const group = (name: string): number => receipt.groups.find((one) => one.group === name)?.points ?? Number.NaN;

describe('the worked example', () => {
  it('has exactly these lines', () => {
    expect([...lines.keys()].sort()).toEqual([
      'commercial.mrr_drop',
      'engagement.champion_left',
      'lifecycle.renewal_near',
      'sentiment.nps_high',
      'support.csat_low',
      'usage.last_login',
      'usage.login_drop',
      'usage.seat_util_low',
    ]);
  });

  it.each([
    ['usage.last_login', 10.5],
    ['usage.login_drop', 7.9],
    ['usage.seat_util_low', 7.0],
    ['support.csat_low', 4.0],
    ['commercial.mrr_drop', 1.5],
    ['engagement.champion_left', 8.8],
    ['lifecycle.renewal_near', 5.2],
    ['sentiment.nps_high', -1.0],
  ])('%s is %f points', (signal, expected) => {
    expect(Math.round(points(signal) * 10) / 10).toBe(expected);
  });

  it('adds up', () => {
    expect(group('usage')).toBeCloseTo(25.4, 1);
    expect(receipt.unclipped).toBeCloseTo(73.86, 2);
    expect(receipt.total).toBe(receipt.unclipped);
    expect(receipt.risk).toBe(74);
    expect(scored.score.band).toBe('critical');
  });

  it('gives the evidence of the receipt', () => {
    expect(lines.get('usage.last_login')).toMatchObject({ value: 26, valueAt: '2025-03-05', from: 14, to: 30 });
    expect(lines.get('usage.login_drop')?.evidence).toMatchObject({ base: { value: 41 }, v: { value: 22 } });
    expect(lines.get('lifecycle.renewal_near')?.evidence).toMatchObject({ v: { value: 62 }, notice: { value: '2025-05-02' } });
  });

  it('knows what it would cost', () => {
    expect(scored.score.stratum).toBe('annual_in_window');
    expect(scored.score.monthsLost).toBe(10);
    expect(scored.score.probability).toBeCloseTo(0.5232, 4);
    expect(Math.round(toMajor(scored.expectedLoss ?? ZERO))).toBe(2_009_098);
  });

  it('is of grade A, with billing not connected and nothing else held against it', () => {
    expect(scored.score.grade).toBe('A');
    expect(receipt.missing).toContainEqual({ signal: 'commercial.payment', feed: 'billing', state: 'n/a', because: 'not_connected' });
  });
});
