import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatChange,
  formatClock,
  formatDay,
  formatDays,
  formatMoment,
  formatMoney,
  formatMoneyFull,
  formatMonth,
  formatNumber,
  formatPercent,
  formatSigned,
  formatSpan,
  renderEvidence,
  sparkline,
  weekdayOf,
} from '../../src/text/format.ts';
import type { Day, Instant, Month } from '../../src/units/day.ts';
import { fromMajor } from '../../src/units/money.ts';

const SATURDAY = '2026-11-21' as Day;
const at = (iso: string) => Date.parse(iso) as Instant;

describe('money', () => {
  it.each([
    [2_620_000, 'JPY', '¥2.62M', '262万'],
    [500_000, 'JPY', '¥500K', '50万'],
    [12_400_000, 'JPY', '¥12.4M', '1,240万'],
    [120_000_000, 'JPY', '¥120M', '1.2億'],
    [100_000_000, 'JPY', '¥100M', '1億'],
    [203_912_345, 'JPY', '¥204M', '2.04億'],
    [2_446_948_140, 'JPY', '¥2.45B', '24.5億'],
    [123_456_000_000, 'JPY', '¥123B', '1,235億'],
    [2_500_000_000_000, 'JPY', '¥2.5T', '2.5兆'],
    [384_000, 'JPY', '¥384K', '38万'],
    [25_000, 'JPY', '¥25K', '2.5万'],
    [10_000, 'JPY', '¥10K', '1万'],
    [9_999, 'JPY', '¥10K', '9,999円'],
    [5_000, 'JPY', '¥5K', '5,000円'],
    [950, 'JPY', '¥950', '950円'],
    [0, 'JPY', '¥0', '0円'],
    [-180_000, 'JPY', '−¥180K', '−18万'],
    [999_949, 'JPY', '¥1M', '100万'],
    [999_400, 'JPY', '¥999K', '100万'],
    [99_999_999, 'JPY', '¥100M', '1億'],
    [1_200, 'USD', '$1.2K', '$1,200'],
    [12.5, 'USD', '$12.50', '$12.50'],
    [999.999, 'USD', '$1K', '$1,000.00'],
    [-0.001, 'USD', '$0.00', '$0.00'],
    [1_200, 'CHF', 'CHF 1.2K', 'CHF 1,200'],
    [1_200, 'not a code', 'not a code 1.2K', 'not a code 1,200'],
  ])('%d %s is %s and %s', (major, currency, en, ja) => {
    expect(formatMoney(major, currency, 'en')).toBe(en);
    expect(formatMoney(major, currency, 'ja')).toBe(ja);
  });

  it('says the direction of a move', () => {
    expect(formatMoney(50_000, 'JPY', 'en', { signed: true })).toBe('+¥50K');
    expect(formatMoney(-50_000, 'JPY', 'ja', { signed: true })).toBe('−5万');
    expect(formatMoney(0, 'JPY', 'en', { signed: true })).toBe('¥0');
  });

  it('shows every digit in full', () => {
    expect(formatMoneyFull(2_620_000, 'JPY', 'en')).toBe('¥2,620,000');
    expect(formatMoneyFull(2_620_000, 'JPY', 'ja')).toBe('2,620,000円');
    expect(formatMoneyFull(-1234.5, 'USD', 'en')).toBe('−$1,234.50');
    expect(formatMoneyFull(1234.5, 'USD', 'ja')).toBe('$1,234.50');
  });

  it('never is further off than its figures say', () => {
    const sizes: Record<string, number> = { K: 1e3, M: 1e6, B: 1e9, T: 1e12, 万: 1e4, 億: 1e8, 兆: 1e12 };
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e14 }), fc.constantFrom('en' as const, 'ja' as const), (major, lang) => {
        const match = /^[¥]?([\d,.]+)([KMBT万億兆]?)円?$/.exec(formatMoney(major, 'JPY', lang));
        const back = Number(match?.[1]?.replaceAll(',', '')) * (sizes[match?.[2] ?? ''] ?? 1);
        expect(Math.abs(back - major) / major).toBeLessThan(0.051);
      }),
    );
  });
});

describe('numbers', () => {
  it.each([
    [formatNumber(1_234_567), '1,234,567'],
    [formatNumber(-1234.5, 2), '−1,234.50'],
    [formatNumber(-0.4), '0'],
    [formatNumber(123), '123'],
    [formatPercent(0.05), '5%'],
    [formatPercent(0.123, { digits: 1 }), '12.3%'],
    [formatPercent(-0.09, { signed: true }), '−9%'],
    [formatPercent(0.04, { signed: true }), '+4%'],
    [formatPercent(0.001, { signed: true }), '0%'],
    [formatSigned(12), '+12'],
    [formatSigned(-3), '−3'],
    [formatSigned(0), '0'],
    [formatChange(12), '▲12'],
    [formatChange(-3), '▼3'],
    [formatChange(0.2), '·'],
    [formatChange(-3, { ascii: true }), '-3'],
    [formatChange(12, { ascii: true }), '+12'],
  ])('%s', (got, wanted) => {
    expect(got).toBe(wanted);
  });
});

describe('days', () => {
  it.each([
    ['long', '21 Nov 2026', '2026/11/21'],
    ['full', 'Sat 21 Nov 2026', '2026/11/21(土)'],
    ['short', '21 Nov', '11/21'],
    ['weekday', 'Sat 21 Nov', '11/21(土)'],
  ] as const)('%s', (style, en, ja) => {
    expect(formatDay(SATURDAY, 'en', style)).toBe(en);
    expect(formatDay(SATURDAY, 'ja', style)).toBe(ja);
  });

  it('drops leading zeros', () => {
    expect(formatDay('2026-10-09' as Day, 'en', 'short')).toBe('9 Oct');
    expect(formatDay('2026-10-09' as Day, 'ja', 'short')).toBe('10/9');
  });

  it('knows the weekday of every day', () => {
    expect([weekdayOf('2024-02-29' as Day), weekdayOf('2026-11-22' as Day)]).toEqual([4, 0]);
  });

  it('months and spans', () => {
    expect(formatMonth('2024-12' as Month, 'en')).toBe('Dec 24');
    expect(formatMonth('2024-12' as Month, 'ja')).toBe('24/12');
    expect(formatMonth('2024-12' as Month, 'en', 'full')).toBe('Dec 2024');
    expect(formatDays(71, 'en')).toBe('71 d');
    expect(formatDays(71, 'ja')).toBe('71日');
    expect(formatDays(-3, 'en')).toBe('−3 d');
    expect([formatSpan(0, 'en'), formatSpan(40, 'en'), formatSpan(150, 'ja'), formatSpan(7300, 'ja'), formatSpan(90_000, 'en')]).toEqual([
      '0 s',
      '40 s',
      '2分',
      '2時間',
      '1 d',
    ]);
  });

  it('clock in the portal zone', () => {
    expect(formatClock(at('2026-11-20T23:12:00Z'), 'Asia/Tokyo')).toBe('08:12');
    expect(formatClock(at('2026-11-20T15:00:00Z'), 'Asia/Tokyo')).toBe('00:00');
  });

  it('moments', () => {
    expect(formatMoment(at('2026-11-20T23:12:00Z'), 'Asia/Tokyo', SATURDAY, 'en')).toBe('08:12');
    expect(formatMoment(at('2026-11-20T08:40:00Z'), 'Asia/Tokyo', SATURDAY, 'en')).toBe('Fri 17:40');
    expect(formatMoment(at('2026-11-20T08:40:00Z'), 'Asia/Tokyo', SATURDAY, 'ja')).toBe('金曜17:40');
    expect(formatMoment(at('2026-10-09T08:40:00Z'), 'Asia/Tokyo', SATURDAY, 'ja')).toBe('10/9 17:40');
    expect(formatMoment(at('2025-10-09T08:40:00Z'), 'Asia/Tokyo', SATURDAY, 'en')).toBe('9 Oct 2025 17:40');
  });
});

describe('sparkline', () => {
  it('rises from zero', () => {
    expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7])).toBe('▁▂▃▄▅▆▇█');
    expect(sparkline([100, 50])).toBe('█▅');
  });
  it('shows a gap for unknown and a floor for none', () => {
    expect(sparkline([null, 0, 10, -5])).toBe(' ▁█▁');
    expect(sparkline([null, 10], { gap: '·' })).toBe('·█');
    expect(sparkline([0, 0])).toBe('▁▁');
    expect(sparkline([])).toBe('');
  });
  it('has an ASCII form and a given top', () => {
    expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7], { ascii: true })).toBe('_.-=+o#@');
    expect(sparkline([5, 20], { max: 10 })).toBe('▅█');
  });
});

describe('evidence', () => {
  it('puts the values in, in each language', () => {
    const values = {
      v: { kind: 'number', value: 42 },
      date: { kind: 'day', value: '2026-10-10' as Day },
      mrr: { kind: 'money', value: fromMajor(500_000), currency: 'JPY' },
      pct: { kind: 'percent', value: 0.312 },
      month: { kind: 'month', value: '2026-10' as Month },
      who: { kind: 'text', value: '{v} & co' },
      rate: { kind: 'number', value: 1.25, digits: 1 },
      fall: { kind: 'percent', value: -0.063, digits: 1 },
    } as const;
    expect(renderEvidence('{v} days since last use ({date}); {mrr}, {pct}', values, 'en')).toBe(
      '42 days since last use (10 Oct 2026); ¥500K, 31%',
    );
    expect(renderEvidence('最終ログインから{v}日（{date}）。{mrr}・{pct}%・{month}', values, 'ja')).toBe(
      '最終ログインから42日（2026/10/10）。50万・31%・2026/10',
    );
    expect(renderEvidence('{who} {rate}% {fall} {absent} {toString}', values, 'en')).toBe('{v} & co 1.3% −6.3% ? ?');
    const counted = (value: number) => renderEvidence('{v} {v|ticket|tickets} open', { v: { kind: 'number', value } }, 'en');
    expect([0, 1, 2, 1.5].map(counted)).toEqual(['0 tickets open', '1 ticket open', '2 tickets open', '2 tickets open']);
  });
});
