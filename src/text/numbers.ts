/** Numbers as people write them, without the locale data that would slow a start. Results are raw strings; callers clean. */
import { currencyDigits } from '../units/money.ts';
import type { Lang } from './messages/index.ts';

/** U+2212, as wide as a plus sign. */
export const MINUS = '−';
export const UP = '▲';
export const DOWN = '▼';

const sign = (value: number): string => (value < 0 ? MINUS : '');

/** Digits in groups of three: `−1,234.50`. `digits` are the decimals shown. */
export function formatNumber(value: number, digits = 0): string {
  const fixed = Math.abs(value).toFixed(digits);
  const [whole = '', fraction] = fixed.split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  const negative = value < 0 && /[1-9]/.test(fixed);
  return `${negative ? MINUS : ''}${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
}

/** At most `digits` decimals, none that say nothing: 4.50 → `4.5`, 4.00 → `4`. */
function trimmed(value: number, digits: number): string {
  const fixed = value.toFixed(digits);
  return digits > 0 ? fixed.replace(/\.?0+$/, '') : fixed;
}

interface Scale {
  readonly unit: string;
  readonly size: number;
}

const EN_SCALES: readonly Scale[] = [
  { unit: '', size: 1 },
  { unit: 'K', size: 1e3 },
  { unit: 'M', size: 1e6 },
  { unit: 'B', size: 1e9 },
  { unit: 'T', size: 1e12 },
];

const JA_SCALES: readonly Scale[] = [
  { unit: '', size: 1 },
  { unit: '万', size: 1e4 },
  { unit: '億', size: 1e8 },
  { unit: '兆', size: 1e12 },
];

/** Three figures that count: `2.62M`, `12.4M`, `384K`, `2.04億`; whole 万 from ten on, one decimal under it. */
function inScale(size: number, lang: Lang, scale: Scale): string {
  const scaled = size / scale.size;
  if (lang === 'ja' && scale.size <= 1e4) return scaled < 9.95 ? trimmed(scaled, 1) : formatNumber(scaled);
  const figures = scaled >= 99.95 ? 0 : scaled >= 9.995 ? 1 : 2;
  return figures === 0 ? formatNumber(scaled) : trimmed(scaled, figures);
}

function compact(size: number, lang: Lang): string {
  const scales = lang === 'ja' ? JA_SCALES : EN_SCALES;
  let at = scales.findLastIndex((scale) => size >= scale.size);
  for (;;) {
    const scale = scales[at];
    if (!scale) return formatNumber(size);
    const next = scales[at + 1];
    const digits = at === 0 ? String(Math.round(size)) : inScale(size, lang, scale);
    // 999,960 rounds to 1000K, which is 1M.
    if (!next || Number(digits.replaceAll(',', '')) * scale.size < next.size) return (at === 0 ? formatNumber(size) : digits) + scale.unit;
    at += 1;
  }
}

/** Asking for the first symbol costs some milliseconds before the first frame; these are what it would be. */
const symbols = new Map([
  ['JPY', '¥'],
  ['USD', '$'],
  ['EUR', '€'],
  ['GBP', '£'],
]);

/** `¥`, `$`, `€`, `A$`; the code and a space where there is no symbol. */
export function currencySymbol(currency: string): string {
  const known = symbols.get(currency);
  if (known !== undefined) return known;
  let symbol = `${currency} `;
  try {
    const parts = new Intl.NumberFormat('en', { style: 'currency', currency }).formatToParts(0);
    const found = parts.find((part) => part.type === 'currency')?.value;
    if (found && found !== currency) symbol = found;
  } catch {
    // Not a currency code: shown as it came.
  }
  symbols.set(currency, symbol);
  return symbol;
}

/** Yen in Japanese need no sign: 円 where nothing else says that it is money. */
function withCurrency(figures: string, currency: string, lang: Lang): string {
  if (lang === 'ja' && currency === 'JPY') return /[万億兆]$/.test(figures) ? figures : `${figures}円`;
  return currencySymbol(currency) + figures;
}

/**
 * An amount in major units, short, for a table: `¥2.62M`, `¥500K`, `$1.2K`; ja `262万`, `1.24億`, `5,000円`.
 * `signed` puts a `+` before a gain.
 */
export function formatMoney(major: number, currency: string, lang: Lang, options: { readonly signed?: boolean } = {}): string {
  const size = Math.abs(major);
  const smallest = lang === 'ja' ? 9999.5 : 999.5;
  const cents = size < smallest && !Number.isInteger(size) ? currencyDigits(currency) : 0;
  const figures = size < smallest ? formatNumber(size, cents) : compact(size, lang);
  const zero = !/[1-9]/.test(figures);
  const before = zero ? '' : options.signed && major > 0 ? '+' : sign(major);
  return before + withCurrency(figures, currency, lang);
}

/** An amount in major units with every digit: `¥2,620,000`, `$1,234.50`; ja `2,620,000円`. */
export function formatMoneyFull(major: number, currency: string, lang: Lang): string {
  const figures = formatNumber(Math.abs(major), currencyDigits(currency));
  return (/[1-9]/.test(figures) ? sign(major) : '') + withCurrency(figures, currency, lang);
}

/** A fraction as a percentage: 0.05 → `5%`; `signed`: `+5%`, `−9%`, `0%`. */
export function formatPercent(fraction: number, options: { readonly digits?: number; readonly signed?: boolean } = {}): string {
  const figures = formatNumber(fraction * 100, options.digits ?? 0);
  const plus = options.signed && fraction > 0 && /[1-9]/.test(figures) ? '+' : '';
  return `${plus}${figures}%`;
}

/** `+12`, `−3`, `0`. */
export function formatSigned(value: number, digits = 0): string {
  const figures = formatNumber(value, digits);
  return value > 0 && /[1-9]/.test(figures) ? `+${figures}` : figures;
}

/** A change with its direction: `▲12`, `▼3`, `·` for none. `ascii` for terminals with other widths: `+12`, `-3`, `.`. */
export function formatChange(value: number, options: { readonly digits?: number; readonly ascii?: boolean } = {}): string {
  const figures = formatNumber(Math.abs(value), options.digits ?? 0);
  if (!/[1-9]/.test(figures)) return options.ascii ? '.' : '·';
  if (options.ascii) return (value > 0 ? '+' : '-') + figures;
  return (value > 0 ? UP : DOWN) + figures;
}
