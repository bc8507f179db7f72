/** MRR of the sources that say how long it runs: line items of won deals, deals, subscriptions, a company property. */
import type { MrrFact } from '../../account.ts';
import { type Line, layOut, type Step } from '../../revenue/running.ts';
import type { Day, Instant } from '../../units/day.ts';
import { type Money, ZERO } from '../../units/money.ts';
import type { RawAccount, StoredRecord } from '../store/types.ts';
import { itemEnd, itemMrr } from './billing.ts';
import { closedOn, dealState, isElsewhere } from './deals.ts';
import type { FactReader } from './reader.ts';
import { parseCurrency, parseMoney } from './values.ts';
import { laterOf } from './when.ts';

/** Amounts of a month by default, by source; `mrr.amount` names another property. */
export const DEAL_AMOUNT = 'recurring_revenue_amount';
export const DEAL_END = 'recurring_revenue_inactive_date';
export const SUBSCRIPTION_START = 'hs_recurring_billing_start_date';

const SOURCES: Readonly<Record<string, (raw: RawAccount, reader: FactReader) => readonly Line[]>> = {
  'line-items': itemLines,
  'deal-properties': dealLines,
  subscriptions: subscriptionLines,
  'company-property': companyLines,
};

export const isRunningSource = (source: string | undefined): boolean => source !== undefined && Object.hasOwn(SOURCES, source);

export function runningMrr(raw: RawAccount, reader: FactReader): readonly MrrFact[] {
  const { mapping, today } = reader.context;
  const source = mapping['mrr.source'] ?? '';
  const lines = Object.hasOwn(SOURCES, source) ? (SOURCES[source]?.(raw, reader) ?? []) : [];
  return layOut(lines, today, { object: 'companies', id: raw.company.id });
}

/** The code of the first property that has one; null (reported) where what it has is none. */
function currencyOf(places: readonly (readonly [record: StoredRecord, property: string | undefined])[], reader: FactReader): string | null {
  for (const [record, property] of places) {
    const raw = reader.raw(record, property);
    const code = parseCurrency(raw);
    if (code.ok) return code.value;
    if (code.error === 'bad') {
      reader.report('currency', reader.source(record, property), raw ?? '');
      return null;
    }
  }
  return reader.context.currency;
}

/** From `start` until the day before `end`. Null (reported) where it ends before it begins. */
function spanOf(
  record: StoredRecord,
  property: string,
  span: { readonly start: Day; readonly end: Day | null; readonly amount: Money; readonly knownAt: Day },
  reader: FactReader,
): readonly Step[] | null {
  const { start, end, amount, knownAt } = span;
  if (end !== null && end <= start) {
    reader.report('date', reader.source(record, property), `${start} – ${end}`);
    return null;
  }
  return [{ on: start, knownAt, amount }, ...(end === null ? [] : [{ on: end, knownAt, amount: ZERO }])];
}

const earlier = (a: Day | null, b: Day | null): Day | null => {
  if (a === null) return b;
  return b === null || a <= b ? a : b;
};

/** The items of won deals that recur, each in its own term. Copies on quotes hang on no deal. */
function itemLines(raw: RawAccount, reader: FactReader): readonly Line[] {
  const { mapping } = reader.context;
  const paid = new Set(raw.lineItems.map(({ parent }) => parent));
  const won = new Map(
    raw.deals
      .filter((deal) => paid.has(deal.id) && dealState(deal, reader) === 'won' && !isElsewhere(deal, raw.company, reader))
      .map((deal) => [deal.id, deal]),
  );
  const seen = new Set<string>();
  return raw.lineItems.flatMap((item): readonly Line[] => {
    const deal = won.get(item.parent);
    if (!deal || seen.has(item.id)) return [];
    seen.add(item.id);
    const amount = itemMrr(item, reader, mapping['mrr.amount']);
    if (amount === null) return [];
    const start = reader.day(item, mapping['mrr.start'] ?? 'hs_recurring_billing_start_date') ?? reader.day(deal, 'closedate');
    const currency = currencyOf(
      [
        [item, mapping['mrr.currency'] ?? 'hs_line_item_currency_code'],
        [deal, 'deal_currency_code'],
      ],
      reader,
    );
    if (start === null) reader.report('date', reader.source(deal, 'closedate'), '');
    if (start === null || currency === null) return [];
    const term = itemEnd(item, start, reader);
    if (term === 'bad') return [];
    const end = earlier(term, reader.day(item, mapping['mrr.end']));
    const knownAt = laterOf(closedOn(deal, reader), reader.knownAt(item));
    const steps = spanOf(item, mapping['mrr.end'] ?? 'hs_recurring_billing_period', { start, end, amount, knownAt }, reader);
    if (steps === null) return [];
    return [{ steps, currency, source: reader.source(item, mapping['mrr.amount'] ?? 'hs_mrr'), ...nameOf(item, reader, 'name') }];
  });
}

/** Product, plan and seats as mapped. */
function nameOf(record: StoredRecord, reader: FactReader, product?: string): Pick<Line, 'product' | 'plan' | 'seats'> {
  const { mapping } = reader.context;
  return {
    product: reader.text(record, mapping['mrr.product'] ?? product),
    plan: reader.text(record, mapping['mrr.plan']),
    seats: reader.count(record, mapping['mrr.seats']),
  };
}

/** Won deals with a recurring amount, from the close date to the day on which they became inactive. */
function dealLines(raw: RawAccount, reader: FactReader): readonly Line[] {
  const { mapping } = reader.context;
  const property = mapping['mrr.amount'] ?? DEAL_AMOUNT;
  const last = mapping['mrr.end'] ?? DEAL_END;
  return raw.deals.flatMap((deal): readonly Line[] => {
    if (dealState(deal, reader) !== 'won') return [];
    const amount = reader.value(deal, property, parseMoney, 'amount');
    if (amount === null || isElsewhere(deal, raw.company, reader)) return [];
    const start = reader.day(deal, mapping['mrr.start'] ?? 'closedate');
    const currency = currencyOf([[deal, mapping['mrr.currency'] ?? 'deal_currency_code']], reader);
    if (start === null) reader.report('date', reader.source(deal, mapping['mrr.start'] ?? 'closedate'), '');
    if (start === null || currency === null) return [];
    const span = { start, end: reader.day(deal, last), amount, knownAt: closedOn(deal, reader) };
    const steps = spanOf(deal, last, span, reader);
    return steps === null ? [] : [{ steps, currency, source: reader.source(deal, property), ...nameOf(deal, reader) }];
  });
}

/** Past due is not lost: it counts until the subscription is canceled. */
const COUNTED: ReadonlySet<string> = new Set(['active', 'past_due', 'unpaid']);

/** Amount and status as they were on each day; nothing before billing begins. */
function subscriptionLines(raw: RawAccount, reader: FactReader): readonly Line[] {
  const { mapping } = reader.context;
  const property = mapping['mrr.amount'] ?? 'hs_mrr';
  return raw.subscriptions.flatMap((record): readonly Line[] => {
    const currency = currencyOf([[record, mapping['mrr.currency'] ?? 'hs_currency_code']], reader);
    if (currency === null) return [];
    const amounts = valuesOf(record, property, reader, (text) => {
      const amount = parseMoney(text);
      if (!amount.ok && amount.error === 'bad') reader.report('amount', reader.source(record, property), text);
      return amount.ok ? amount.value : amount.error === 'empty' ? ZERO : null;
    });
    if (!amounts.some(({ value }) => value !== 0)) {
      if (!(reader.raw(record, property) ?? '').trim()) reader.report('amount', reader.source(record, property), '');
      return [];
    }
    const counted = valuesOf(record, 'hs_status', reader, (text) => COUNTED.has(text.trim().toLowerCase()));
    const begins = reader.day(record, mapping['mrr.start'] ?? SUBSCRIPTION_START);
    const ends = reader.day(record, mapping['mrr.end']);
    const days = [...new Set([...amounts, ...counted].map(({ on }) => on))];
    const on = (day: Day): Money => {
      const amount = amounts.findLast((entry) => entry.on <= day)?.value ?? ZERO;
      return (counted.findLast((entry) => entry.on <= day)?.value ?? false) && (ends === null || day < ends) ? amount : ZERO;
    };
    const known = (day: Day): Day => laterOf(day, reader.knownAt(record));
    const steps = days.filter((day) => begins === null || day > begins).map((day) => ({ on: day, knownAt: known(day), amount: on(day) }));
    if (begins !== null && days.some((day) => day <= begins)) steps.push({ on: begins, knownAt: known(begins), amount: on(begins) });
    if (ends !== null) steps.push({ on: ends, knownAt: known(ends), amount: ZERO });
    return [{ steps, currency, source: reader.source(record, property), ...nameOf(record, reader) }];
  });
}

/** The values that a property had, oldest first, of one day the last; the current one since creation where there is no history. */
export function valuesOf<T>(
  record: StoredRecord,
  property: string,
  reader: FactReader,
  read: (text: string) => T | null,
): readonly { readonly on: Day; readonly value: T }[] {
  const entries = reader.entries(record, property);
  const dated: readonly { readonly value: string; readonly timestamp: Instant }[] =
    entries.length > 0 ? entries : [{ value: reader.raw(record, property) ?? '', timestamp: record.createdAt }];
  const found = new Map<Day, T>();
  for (const entry of dated) {
    const value = read(entry.value);
    if (value !== null) found.set(entries.length > 0 ? reader.dayOf(entry.timestamp) : reader.knownAt(record), value);
  }
  return [...found].map(([on, value]) => ({ on, value }));
}

/** Each value of the property's history until the next; a cleared one is 0. */
function companyLines({ company }: RawAccount, reader: FactReader): readonly Line[] {
  const { mapping } = reader.context;
  const property = mapping['mrr.amount'];
  if (property === undefined) return [];
  const history = reader.history(company, property, parseMoney, 'amount');
  if (history.length === 0) return [];
  const currency = currencyOf([[company, mapping['mrr.currency']]], reader);
  if (currency === null) return [];
  const steps = history.map(({ value, validAt, knownAt }) => ({ on: validAt, knownAt, amount: value ?? ZERO }));
  return [{ steps, currency, source: reader.source(company, property), ...nameOf(company, reader) }];
}
