/** What a recurring line item brings in a month, and for how long. */
import { plusMonths } from '../../revenue/running.ts';
import { addDays, type Day } from '../../units/day.ts';
import type { Money } from '../../units/money.ts';
import type { StoredRecord } from '../store/types.ts';
import type { FactReader } from './reader.ts';
import { parseMoney, parseNumber } from './values.ts';

/** Payments and months of a billing frequency: 52 weekly payments are 12 months. */
const FREQUENCIES: Readonly<Record<string, readonly [payments: number, months: number]>> = {
  weekly: [52, 12],
  biweekly: [26, 12],
  monthly: [1, 1],
  quarterly: [1, 3],
  per_six_months: [1, 6],
  annually: [1, 12],
  per_two_years: [1, 24],
  per_three_years: [1, 36],
  per_four_years: [1, 48],
  per_five_years: [1, 60],
};

const frequencyOf = (word: string): readonly [number, number] | null =>
  Object.hasOwn(FREQUENCIES, word) ? (FREQUENCIES[word] ?? null) : null;

/**
 * MRR of a line item: `hs_mrr`, else its net amount shared out over the months of its billing frequency. Null where the
 * item is paid once, or (reported) where nothing of it can be read.
 */
export function itemMrr(item: StoredRecord, reader: FactReader, mapped: string | undefined): Money | null {
  const word = reader.text(item, 'recurringbillingfrequency')?.toLowerCase() ?? null;
  if (word === null) return null;
  const own = reader.value(item, mapped ?? 'hs_mrr', parseMoney, 'amount');
  if (own !== null) return own;
  const frequency = frequencyOf(word);
  if (!frequency) {
    reader.report('number', reader.source(item, 'recurringbillingfrequency'), word);
    return null;
  }
  const net = reader.value(item, 'amount', parseMoney, 'amount') ?? netPrice(item, reader);
  if (net === null) {
    reader.report('amount', reader.source(item, 'amount'), '');
    return null;
  }
  const [payments, months] = frequency;
  return Math.round((net * payments) / months) as Money;
}

/** Price × quantity less the discount: the total one, else one for each unit, else a percentage. */
function netPrice(item: StoredRecord, reader: FactReader): Money | null {
  const price = reader.value(item, 'price', parseMoney, 'amount');
  if (price === null) return null;
  const quantity = reader.count(item, 'quantity') ?? 1;
  const gross = price * quantity;
  const total = reader.value(item, 'hs_total_discount', parseMoney, 'amount');
  if (total !== null) return Math.round(gross - total) as Money;
  const each = reader.value(item, 'discount', parseMoney, 'amount');
  if (each !== null) return Math.round(gross - each * quantity) as Money;
  const percent = reader.value(item, 'hs_discount_percentage', (raw) => parseNumber(raw, { min: 0, max: 100 }), 'number');
  return Math.round(gross * (1 - (percent ?? 0) / 100)) as Money;
}

const PERIOD = /^P(?=\d)(?:(\d{1,3})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?$/;

/** The day after an ISO period such as `P12M`, `P1Y6M`, `P52W` that begins on `start`; null for text that is none. */
export function afterPeriod(start: Day, period: string): Day | null {
  const match = PERIOD.exec(period.normalize('NFKC').trim().toUpperCase());
  if (!match) return null;
  const [years, months, weeks, days] = match.slice(1).map((part) => Number(part ?? 0));
  return addDays(plusMonths(start, (years ?? 0) * 12 + (months ?? 0)), (weeks ?? 0) * 7 + (days ?? 0));
}

/**
 * The first day on which the item runs no more: by its term, the number of its payments, the months of its term, or the
 * end that HubSpot worked out, whichever is the first to be there. `null` where it renews without end, `'bad'`
 * (reported) where an end is given that cannot be read.
 */
export function itemEnd(item: StoredRecord, start: Day, reader: FactReader): Day | null | 'bad' {
  const period = reader.text(item, 'hs_recurring_billing_period');
  if (period !== null) {
    const end = afterPeriod(start, period);
    if (end === null) reader.report('date', reader.source(item, 'hs_recurring_billing_period'), period);
    return end ?? 'bad';
  }
  const payments = reader.count(item, 'hs_recurring_billing_number_of_payments');
  const frequency = frequencyOf(reader.text(item, 'recurringbillingfrequency')?.toLowerCase() ?? '');
  if (payments !== null && payments > 0 && frequency) return afterPayments(start, Math.min(Math.floor(payments), 6_000), frequency);
  const months = reader.count(item, 'hs_term_in_months');
  if (months !== null && months > 0) return plusMonths(start, Math.min(Math.floor(months), 6_000));
  const last = reader.day(item, 'hs_recurring_billing_end_date');
  return last && addDays(last, 1);
}

function afterPayments(start: Day, count: number, [payments, months]: readonly [number, number]): Day {
  return payments === 1 ? plusMonths(start, count * months) : addDays(start, (count * 7 * 52) / payments);
}
