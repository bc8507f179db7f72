import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currencyDigits, fromMajor, MONEY_SCALE, minus, parseAmount, plus, sum, toMajor, ZERO } from '../../src/units/money.ts';

const scaled = (text: string): number | string => {
  const amount = parseAmount(text);
  return amount.ok ? amount.value / MONEY_SCALE : amount.error;
};

describe('parseAmount', () => {
  it.each<[string, number]>([
    ['500000', 500_000],
    ['500,000', 500_000],
    ['￥５００，０００', 500_000],
    ['¥500,000', 500_000],
    ['500000円', 500_000],
    ['500,000 円', 500_000],
    ['５０００００円', 500_000],
    ['JPY 500000', 500_000],
    ['500000 JPY', 500_000],
    ['jpy500000', 500_000],
    ['$1,234.56', 1234.56],
    ['€1.5', 1.5],
    ['£2', 2],
    ['₩3000', 3000],
    ['1.0E7', 10_000_000],
    ['1e3', 1000],
    ['2.5e-1', 0.25],
    ['1E+2', 100],
    ['0', 0],
    ['-0', 0],
    ['0.0001', 0.0001],
    ['.5', 0.5],
    ['-500', -500],
    ['－５００', -500],
    ['−500', -500],
    ['-¥500', -500],
    ['¥-500', -500],
    ['-1,000円', -1000],
    ['  42  ', 42],
    ['　42　', 42],
    ['007', 7],
    ['1,234,567', 1_234_567],
    ['12.34', 12.34],
    ['100USD', 100],
    ['100EUR', 100],
    // Compatibility digits are digits after NFKC.
    ['①', 1],
    ['𝟓𝟎𝟎', 500],
    ['900000000000', 900_000_000_000],
  ])('%j is %d', (text, expected) => {
    expect(scaled(text)).toBe(expected);
  });

  it.each([
    'N/A',
    '12,34',
    '1,2345',
    '1,23,456',
    ',500',
    '0,500',
    '1.2.3',
    '1,000E3',
    '五十万',
    '50万',
    '0x10',
    '500 000',
    '500\u00a0000',
    '5.',
    '+500',
    '--5',
    '-¥-5',
    '(500)',
    '▲500',
    '¥',
    '円',
    '-',
    'NaN',
    'Infinity',
    '1e',
    '1e400',
    '500,000円/月',
    '1_000',
    '½',
    '٣',
    '9007199254740993',
    '10%',
  ])('%j is no amount', (text) => {
    expect(scaled(text)).toBe('bad');
  });

  it.each(['', '   ', '　', '\t\n'])('%j is empty', (text) => {
    expect(scaled(text)).toBe('empty');
  });

  it('takes absent text as empty', () => {
    expect(parseAmount(null)).toEqual({ ok: false, error: 'empty' });
    expect(parseAmount(undefined)).toEqual({ ok: false, error: 'empty' });
  });

  it('reads what any number is written as, to four decimals, without a binary fraction in between', () => {
    fc.assert(
      fc.property(fc.integer({ min: -900_000_000_000, max: 900_000_000_000 }), fc.integer({ min: 0, max: 9999 }), (whole, fraction) => {
        const text = `${whole < 0 ? '-' : ''}${Math.abs(whole)}.${String(fraction).padStart(4, '0')}`;
        const expected = (whole < 0 ? -1 : 1) * (Math.abs(whole) * MONEY_SCALE + fraction);
        expect(parseAmount(text)).toEqual({ ok: true, value: expected === 0 ? 0 : expected });
      }),
    );
  });

  it('reads grouped and full-width writing as the plain one', () => {
    fc.assert(
      fc.property(fc.nat(2_000_000_000), (value) => {
        const wide = value.toLocaleString('en-US').replace(/[\d,]/g, (one) => String.fromCodePoint((one.codePointAt(0) ?? 0) + 0xfee0));
        expect(scaled(value.toLocaleString('en-US'))).toBe(value);
        expect(scaled(`￥${wide}`)).toBe(value);
      }),
    );
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typeof parseAmount(text).ok === 'boolean'));
  });
});

describe('money', () => {
  it('adds exactly', () => {
    expect(sum([fromMajor(0.1), fromMajor(0.2)])).toBe(fromMajor(0.3));
    expect(plus(fromMajor(1), fromMajor(2))).toBe(fromMajor(3));
    expect(minus(fromMajor(1), fromMajor(2))).toBe(fromMajor(-1));
    expect(sum([])).toBe(ZERO);
    expect(toMajor(fromMajor(12.3456))).toBe(12.3456);
  });

  it('knows how many decimals a currency shows', () => {
    expect([currencyDigits('JPY'), currencyDigits('USD'), currencyDigits('KWD'), currencyDigits('?')]).toEqual([0, 2, 3, 2]);
  });
});
