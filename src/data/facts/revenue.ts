/** MRR: records of a month, product and plan (a custom object, an imported file), or what runs from day to day. */
import type { MrrFact } from '../../account.ts';
import { oldestMonth } from '../../revenue/running.ts';
import { firstDay } from '../../units/day.ts';
import { toMajor } from '../../units/money.ts';
import type { RawAccount, StoredRecord } from '../store/types.ts';
import { IMPORTED } from './context.ts';
import { byId, type FactReader } from './reader.ts';
import { runningMrr } from './running.ts';
import { currencyIn, parseCurrency, parseMoney } from './values.ts';
import { parseMonthValue } from './when.ts';

/** Oldest month first, whatever the source. */
export function mrrOf(raw: RawAccount, reader: FactReader): readonly MrrFact[] {
  switch (reader.context.mapping['mrr.source']) {
    case undefined:
      return [];
    case 'custom-object':
      return recordedMrr(raw.mrr, reader);
    case 'csv':
      return importedMrr(raw.company.id, reader);
    default:
      return runningMrr(raw, reader).toSorted(byMonth);
  }
}

const byMonth = (a: MrrFact, b: MrrFact): number =>
  a.month < b.month
    ? -1
    : a.month > b.month
      ? 1
      : byId(a.source.id, b.source.id) || (a.knownAt < b.knownAt ? -1 : a.knownAt > b.knownAt ? 1 : 0);

function importedMrr(company: string, reader: FactReader): readonly MrrFact[] {
  const { imported, currency: home, today } = reader.context;
  const facts: MrrFact[] = [];
  for (const { line, currency, ...row } of imported.mrr.get(company) ?? []) {
    const source = { object: IMPORTED, id: String(line) };
    if (row.month < oldestMonth(today)) reader.report('date', source, row.month);
    else facts.push({ ...row, currency: currency ?? home, validAt: firstDay(row.month), source });
  }
  facts.sort(byMonth);
  for (const { source, amount } of alike(facts)) reader.report('duplicate', source, String(toMajor(amount)));
  return facts;
}

/**
 * Usable records, oldest month first. A record without a readable month, amount or currency, or of a month that lies too
 * far back to be meant, is left out and reported.
 * Records in another currency than the account's stay in: which currency is the account's depends on the day asked for.
 */
function recordedMrr(records: readonly StoredRecord[], reader: FactReader): readonly MrrFact[] {
  const { mapping } = reader.context;
  const month = mapping['mrr.month'];
  const amount = mapping['mrr.amount'];
  if (month === undefined || amount === undefined) return [];
  const facts: MrrFact[] = [];
  for (const record of records) {
    const fact = factOf(record, { month, amount }, reader);
    if (fact) facts.push(fact);
  }
  facts.sort(byMonth);
  const suspects = new Set(alike(facts));
  if (suspects.size === 0) return facts;
  const byRecord = new Map(records.map((record) => [record.id, record]));
  return facts.map((fact) => {
    const record = suspects.has(fact) ? byRecord.get(fact.source.id) : undefined;
    if (!record) return fact;
    reader.report('duplicate', fact.source, reader.raw(record, amount) ?? '');
    return { ...fact, changedAt: record.updatedAt };
  });
}

function factOf(record: StoredRecord, names: { readonly month: string; readonly amount: string }, reader: FactReader): MrrFact | null {
  const { mapping, currency: home, today } = reader.context;
  const rawMonth = reader.raw(record, names.month);
  const rawAmount = reader.raw(record, names.amount);
  const month = parseMonthValue(rawMonth, reader.type(record.object, names.month), reader.dayOf);
  const amount = parseMoney(rawAmount);
  const rawCurrency = reader.raw(record, mapping['mrr.currency']);
  const currency = parseCurrency(rawCurrency);
  const badCurrency = !currency.ok && currency.error === 'bad';
  const badMonth = !month.ok || month.value < oldestMonth(today);
  if (badMonth) reader.report('date', reader.source(record, names.month), rawMonth ?? '');
  if (!amount.ok) reader.report('amount', reader.source(record, names.amount), rawAmount ?? '');
  if (badCurrency) reader.report('currency', reader.source(record, mapping['mrr.currency']), rawCurrency ?? '');
  if (badMonth || !amount.ok || badCurrency) return null;
  return {
    month: month.value,
    amount: amount.value,
    currency: currency.ok ? currency.value : (currencyIn(rawAmount, home) ?? home),
    product: reader.text(record, mapping['mrr.product']),
    plan: reader.text(record, mapping['mrr.plan']),
    seats: reader.count(record, mapping['mrr.seats']),
    validAt: firstDay(month.value),
    knownAt: reader.knownAt(record),
    source: reader.source(record, names.amount),
  };
}

/** Records that agree in month, product, plan and currency all count, but a person should look at them. */
function alike(facts: readonly MrrFact[]): readonly MrrFact[] {
  const groups = Map.groupBy(facts, (fact) => JSON.stringify([fact.month, fact.product, fact.plan, fact.currency]));
  return [...groups.values()].flatMap((group) => (group.length < 2 ? [] : group));
}
