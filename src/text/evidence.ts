/** Evidence: a policy's sentence with the values of one account put in. */
import type { Day, Month } from '../units/day.ts';
import { type Money, toMajor } from '../units/money.ts';
import { type Lang, t } from './messages/index.ts';
import { formatMoney, formatNumber, formatPercent } from './numbers.ts';
import { formatDay, formatMonth } from './when.ts';

/** Where something was said; what a success manager thinks. */
export type EvidenceWord =
  | 'ticket'
  | 'survey'
  | 'note'
  | 'call'
  | 'meeting'
  | 'email'
  | 'task'
  | 'deal'
  | 'healthy'
  | 'neutral'
  | 'at_risk'
  | 'feed_may_have_stopped';

/** A value that an evidence template shows; in the language of whoever reads it. */
export type EvidenceValue =
  | { readonly kind: 'number'; readonly value: number; readonly digits?: number }
  /** A fraction: 0.31 is shown as "31%", −0.063 as "−6.3%" where `digits` is 1. */
  | { readonly kind: 'percent'; readonly value: number; readonly digits?: number }
  | { readonly kind: 'money'; readonly value: Money; readonly currency: string }
  | { readonly kind: 'day'; readonly value: Day }
  | { readonly kind: 'month'; readonly value: Month }
  /** Raw text from outside. */
  | { readonly kind: 'text'; readonly value: string }
  /** One of our own words, in the language of whoever reads it. */
  | { readonly kind: 'word'; readonly value: EvidenceWord };

export type EvidenceValues = Readonly<Record<string, EvidenceValue>>;

/** One value in the language's own form. Raw: a text, and a currency that is none, come from outside. */
export function formatValue(value: EvidenceValue, lang: Lang): string {
  switch (value.kind) {
    case 'number':
      return formatNumber(value.value, value.digits ?? 0);
    case 'percent':
      return formatPercent(value.value, { digits: value.digits ?? 0 });
    case 'money':
      return formatMoney(toMajor(value.value), value.currency, lang);
    case 'day':
      return formatDay(value.value, lang);
    case 'month':
      return formatMonth(value.value, lang, 'full');
    case 'text':
      return value.value;
    case 'word':
      return t(lang, `book.word.${value.value}`);
  }
}

const PLACE = /\{(\w+)(?:\|([^{}|]*)\|([^{}|]*))?\}(%)?/g;

/**
 * The template with each `{name}` replaced once; a value is never read as a template. A name without a value shows as `?`.
 * A `%` that stands right behind a percentage is taken as its own. `{name|ticket|tickets}` is the first word where the
 * value is 1, else the second. The result is raw: it may hold text from outside.
 */
export function renderEvidence(template: string, values: EvidenceValues, lang: Lang): string {
  return template.replace(PLACE, (_, name: string, one: string | undefined, other = '', percent: string | undefined) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (one !== undefined) return value?.kind === 'number' && value.value === 1 ? one : other;
    if (!value) return `?${percent ?? ''}`;
    return formatValue(value, lang) + (value.kind === 'percent' ? '' : (percent ?? ''));
  });
}
