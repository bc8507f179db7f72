/** Strict readers of single property values: a value that is not one is a problem, and neither it nor "" is ever 0. */
import { currencySign, fromMajor, type Money, parseAmount, toMajor } from '../../units/money.ts';
import { err, ok } from '../../units/result.ts';
import { type Parsed, plainText } from './when.ts';

/** Short enough that no ten-thousandth is lost. */
const PLAIN_WHOLE = /^\d{1,11}$/;
const DIGITS = /^\d{1,12}$/;

/** Plain digits, which nearly all amounts are, need no reading of signs and separators. */
export const parseMoney = (raw: string | null): Parsed<Money> =>
  raw !== null && PLAIN_WHOLE.test(raw) ? ok(fromMajor(Number(raw))) : parseAmount(raw);

export interface NumberRange {
  readonly min?: number;
  readonly max?: number;
  readonly whole?: boolean;
}

const PLAIN_NUMBER = /^[-−]?[\d,.]+(?:e[+-]?\d+)?$/i;

function written(text: string): number | null {
  const amount = PLAIN_NUMBER.test(text) ? parseAmount(text) : err('bad');
  return amount.ok ? toMajor(amount.value) : null;
}

/** A number in the range, read as strictly as an amount but without currency. */
export function parseNumber(raw: string | null, { min = -Infinity, max = Infinity, whole = false }: NumberRange = {}): Parsed<number> {
  const text = plainText(raw);
  if (text === '') return err('empty');
  const value = DIGITS.test(text) ? Number(text) : written(text);
  if (value === null) return err('bad');
  return value >= min && value <= max && (!whole || Number.isInteger(value)) ? ok(value) : err('bad');
}

/** Something counted: a number of at least 0. */
export const parseCount = (raw: string | null): Parsed<number> => parseNumber(raw, { min: 0 });

/** A share as a fraction 0–1; `85`, `85%` and `0.85` are the same share. */
export function parseShare(raw: string | null): Parsed<number> {
  const text = plainText(raw);
  const percent = text.endsWith('%');
  const number = parseNumber(percent ? text.slice(0, -1) : text, { min: 0, max: 100 });
  return number.ok && (percent || number.value > 1) ? ok(number.value / 100) : number;
}

const SIZE_BAND = /^(\d[\d,]*)(?:\s*[-~–〜]\s*\d[\d,]*|\s*\+|\s*以上)?\s*(?:名|人|employees)?(?:以上)?$/i;

/** Employees; of a band (`11-50`, `1001+`, `51〜200名`) its lower end, which is in the same band. */
export function parseSize(raw: string | null): Parsed<number> {
  const exact = parseCount(raw);
  if (exact.ok || exact.error === 'empty') return exact;
  const lower = SIZE_BAND.exec(plainText(raw))?.[1];
  return lower === undefined ? err('bad') : parseCount(lower);
}

/** Text as HubSpot gave it, without surrounding blanks. */
export function parseText(raw: string | null): Parsed<string> {
  const text = (raw ?? '').trim();
  return text === '' ? err('empty') : ok(text);
}

/** The values of a multi-select, or names parted by commas, each once. */
export const namesIn = (raw: string | null): readonly string[] =>
  [...new Set((raw ?? '').split(/[;,、\n]/).map((name) => name.trim()))].filter((name) => name !== '');

/** Names of what was used: where the list was emptied, nothing was. */
export const parseNames = (raw: string | null): Parsed<readonly string[]> => ok(namesIn(raw));

const YES = new Set(['true', 'yes', 'y', '1', 'はい', '有', 'あり']);
const NO = new Set(['false', 'no', 'n', '0', 'いいえ', '無', 'なし']);

/** A tick box, or a counter of which more than 0 means yes. */
export function parseFlag(raw: string | null): Parsed<boolean> {
  const text = plainText(raw).toLowerCase();
  if (text === '') return err('empty');
  if (YES.has(text)) return ok(true);
  if (NO.has(text)) return ok(false);
  const count = parseCount(text);
  return count.ok ? ok(count.value > 0) : err('bad');
}

/** A tick box, or a date or word whose being there means yes. */
export function parseMark(raw: string | null): Parsed<boolean> {
  const flag = parseFlag(raw);
  return flag.ok || flag.error === 'empty' ? flag : ok(true);
}

const HOME_NAMES: Readonly<Record<string, string>> = { 円: 'JPY', 日本円: 'JPY', '¥': 'JPY' };

const SIGNED: Readonly<Record<string, string>> = { '¥': 'JPY', 円: 'JPY', $: 'USD', '€': 'EUR', '£': 'GBP', '₩': 'KRW' };
const CODE = /[A-Z]{3}/;
const SIGN = /[¥円$€£₩]/;

/**
 * The currency that an amount was written with: `USD 500` and `$500` are not 500 yen. Null where it names none, or by a
 * sign that the home currency has too (`$` in a portal in Canadian dollars).
 */
export function currencyIn(amount: string | null, home: string): string | null {
  if (amount === null || PLAIN_WHOLE.test(amount)) return null;
  const text = amount.normalize('NFKC').toUpperCase();
  const code = CODE.exec(text)?.[0];
  if (code !== undefined) return code;
  const sign = SIGN.exec(text)?.[0];
  return sign === undefined || sign === currencySign(home) ? null : (SIGNED[sign] ?? null);
}

/** An ISO 4217 code in any case, or the yen by its sign. */
export function parseCurrency(raw: string | null): Parsed<string> {
  const text = plainText(raw).toUpperCase();
  if (text === '') return err('empty');
  if (/^[A-Z]{3}$/.test(text)) return ok(text);
  const named = Object.hasOwn(HOME_NAMES, text) ? HOME_NAMES[text] : undefined;
  return named === undefined ? err('bad') : ok(named);
}
