/**
 * Money as exact integers of 1/10,000 of the currency's unit, and the strict reader of amounts.
 *
 * 1/10,000 keeps an annual price ÷ 12 exact enough to add up; sums stay safe integers up to 900 billion units.
 */
import { err, ok, type Result } from './result.ts';

/** Integer of 1/10,000 of the currency's unit: ¥500,000 is 5_000_000_000. */
export type Money = number & { readonly __unit: 'money' };

/** `empty` is no amount at all (absent, blank); `bad` is text that is not one number. Neither is ever 0. */
export type AmountProblem = 'empty' | 'bad';

export const MONEY_SCALE = 10_000;
export const ZERO = 0 as Money;

export const plus = (a: Money, b: Money): Money => (a + b) as Money;
export const minus = (a: Money, b: Money): Money => (a - b) as Money;
export const sum = (amounts: Iterable<Money>): Money => {
  let total = 0;
  for (const amount of amounts) total += amount;
  return total as Money;
};

/** Major units, for JSON and for arithmetic with probabilities. */
export const toMajor = (money: Money): number => money / MONEY_SCALE;
export const fromMajor = (major: number): Money => Math.round(major * MONEY_SCALE) as Money;

const NUMBER = String.raw`(?:[1-9]\d{0,2}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+`;
const AMOUNT = new RegExp(`^([-−])?(?:[A-Z]{3}|[¥$€£₩])?\\s?([-−])?(${NUMBER})(?:E([+-]?\\d{1,3}))?\\s?(?:円|[A-Z]{3})?$`, 'i');

/**
 * Reads an amount as METRICS defines it: NFKC and trim, an optional leading currency code or sign, an optional minus,
 * digits with fraction or exponent or correctly grouped thousands, an optional trailing 円 or code.
 * `500,000`, `￥５００，０００`, `500000円`, `1.0E7` are numbers; `N/A`, `12,34`, `1.2.3`, `0x10`, `500 000` are not.
 */
export function parseAmount(text: string | null | undefined): Result<Money, AmountProblem> {
  const normal = (text ?? '').normalize('NFKC').trim();
  if (normal === '') return err('empty');
  const match = AMOUNT.exec(normal);
  if (!match || (match[1] && match[2])) return err('bad');
  const digits = (match[3] ?? '').replaceAll(',', '');
  if (match[4] && (match[3] ?? '').includes(',')) return err('bad');
  const scaled = scale(digits, Number(match[4] ?? 0));
  if (!Number.isSafeInteger(scaled)) return err('bad');
  const signed = match[1] || match[2] ? -scaled : scaled;
  return ok((signed === 0 ? 0 : signed) as Money);
}

/** digits × 10^exponent × MONEY_SCALE as an integer, by shifting the decimal point in text: no binary fraction is met. */
function scale(digits: string, exponent: number): number {
  const [whole = '', fraction = ''] = digits.split('.');
  const shift = exponent + 4;
  const point = whole.length + shift;
  const all = whole + fraction;
  if (point > 40 || point < -40) return /^0*$/.test(all) ? 0 : point < 0 ? 0 : Number.NaN;
  const padded = all.padEnd(Math.max(point, 0), '0');
  const kept = point <= 0 ? '0' : padded.slice(0, point);
  const next = point < 0 ? '0' : padded.charAt(point);
  return Number(kept) + (next >= '5' ? 1 : 0);
}

const signs = new Map<string, string>();

/** The sign that stands for the currency in its own country: `$` for CAD as for USD; the code where there is none. */
export function currencySign(currency: string): string {
  let sign = signs.get(currency);
  if (sign === undefined) {
    try {
      const parts = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).formatToParts(0);
      sign = parts.find(({ type }) => type === 'currency')?.value ?? currency;
    } catch {
      sign = currency;
    }
    signs.set(currency, sign);
  }
  return sign;
}

/** Decimals that the currency shows (JPY 0, USD 2); 2 for a code that the runtime does not know. */
export function currencyDigits(currency: string): number {
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}
