/** The MRR of every account in the store with what reports tell them apart by: built from facts, kept as columns, read back. */
import type { AttributeValue, History } from '../account.ts';
import { assembleAccount } from '../data/facts/assemble.ts';
import type { Imported } from '../data/facts/context.ts';
import type { Cache } from '../data/store/cache.ts';
import type { StoredColumns } from '../data/store/revenue-columns.ts';
import type { StoredPortal } from '../data/store/types.ts';
import type { Policy } from '../policy.ts';
import { LedgerBuilder, ledgerOf, NARROW_NAMES, type Places, type RevenueLedger } from '../revenue/ledger.ts';
import { type MrrSeries, mrrByMonth, type RevenueTerms } from '../revenue/series.ts';
import type { Mapping } from '../settings/mapping.ts';
import { addMonths, type Day, lastDay, type Month, monthOf } from '../units/day.ts';
import { type Money, ZERO } from '../units/money.ts';
import { bytesOf, floats, jsonBytes, packWords, readJson, sixteen, thirtyTwo } from './columns.ts';
import { customObjects, factsContext } from './facts-context.ts';

/** What the company says of itself, as it is now; null where nothing is known. Raw. */
export interface RevenueAccount {
  readonly name: string;
  readonly ownerId: string | null;
  readonly industry: string | null;
  readonly segment: string | null;
  /** The company's own property: the plan that MRR records name comes first. */
  readonly plan: string | null;
  readonly employees: number | null;
  /** What the property said at the end of the last month, else what it was first filled in with later. */
  readonly churnReason: string | null;
  /** Home currency. */
  readonly contractValue: Money | null;
  readonly renewal: Day | null;
}

/** What the figures leave out, and why. */
export interface RevenueNotes {
  /** Live companies in the store. */
  readonly companies: number;
  /** Without a usable MRR value up to the last month. */
  readonly unknown: number;
  /** In a currency for which the policy has no rate: in no figure. */
  readonly foreign: number;
  /** Taken in at the policy's fixed rates. */
  readonly converted: number;
  /** Of the whole store, whatever the last month; null where there is none. */
  readonly oldestRecord: Month | null;
}

export interface RevenueBook {
  readonly ledger: RevenueLedger;
  /** By the places of `ledger.ids`. */
  readonly account: (place: number) => RevenueAccount;
  /** The month that is still being written: the figures end with the one before. Null: the last month is whole. */
  readonly writing: Month | null;
  readonly notes: RevenueNotes;
}

export interface RevenueInputs {
  readonly cache: Cache;
  readonly portal: StoredPortal;
  readonly mapping: Mapping;
  /** Nothing of later months is there. */
  readonly day: Day;
  readonly imported: Imported;
  readonly revenue: Policy['revenue'];
}

const TEXTS = ['ownerId', 'industry', 'segment', 'plan', 'churnReason', 'renewal'] as const;

/** What MRR can be made of besides the object that the mapping names. */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  'line-items': ['deals', 'line_items'],
  'deal-properties': ['deals'],
  subscriptions: ['subscriptions'],
};

const latest = <T>(history: History<T> | undefined): T | null => history?.at(-1)?.value ?? null;

/** As of `day`; a value that was filled in only afterwards still tells why, as long as nothing stood there before. */
function asFilledIn<T>(history: History<T> | undefined, day: Day): T | null {
  let found: AttributeValue<T> | undefined;
  for (const entry of history ?? []) {
    if (entry.knownAt <= day) found = entry;
    else if (found?.value == null && entry.value !== null) return entry.value;
  }
  return found?.value ?? null;
}

/** Reads the records that MRR is made of, of every company in the store. */
export async function buildRevenueBook(inputs: RevenueInputs): Promise<RevenueBook> {
  const { cache, portal, mapping, day, revenue } = inputs;
  const month = monthOf(day);
  const facts = await factsContext({ ...inputs, asOf: day });
  const custom = { ...customObjects(mapping), usageObject: null };
  const objects = custom.mrrObject === null ? (SOURCES[mapping['mrr.source'] ?? ''] ?? []) : [custom.mrrObject];
  const terms: RevenueTerms = { ...revenue, month, knownBy: null, currency: portal.currency };
  const builder = new LedgerBuilder({ currency: portal.currency, last: month });
  const accounts = new Map<string, RevenueAccount>();
  const arrivals = { paidBefore: 0, recorded: 0 };
  const known = { last: 0, before: 0 };
  let converted = 0;
  let oldestRecord: Month | null = null;
  const ids = await cache.reportedIds();
  let companies = 0;
  for await (const raw of cache.loadParts(ids, custom, objects)) {
    companies += 1;
    const { account } = assembleAccount(raw, facts);
    const { attributes } = account;
    const series = mrrByMonth(account, terms);
    for (const fact of account.mrr) if (oldestRecord === null || fact.month < oldestRecord) oldestRecord = fact.month;
    if (series.firstRecord === null) continue;
    const before = needsOwnBefore(series, month) ? mrrByMonth(account, { ...terms, month: addMonths(month, -1) }) : series;
    known.last += 1;
    if (before.firstRecord !== null && before.firstRecord < month) known.before += 1;
    if ((before.months.get(addMonths(month, -1))?.total ?? 0) > 0) {
      arrivals.paidBefore += 1;
      if (account.mrr.some((fact) => fact.month === month)) arrivals.recorded += 1;
    }
    const counted = atFixedRate(series, revenue.rates);
    if (counted !== series) converted += 1;
    builder.add(account.id, counted, before === series ? counted : atFixedRate(before, revenue.rates));
    accounts.set(account.id, {
      name: account.name,
      ownerId: account.ownerId,
      industry: latest(attributes.industry),
      segment: latest(attributes.segment),
      plan: latest(attributes.plan),
      employees: latest(attributes.employees),
      churnReason: asFilledIn(attributes.churnReason, lastDay(month)),
      contractValue: inHome(latest(attributes.contractValue), series, revenue.rates),
      renewal: latest(attributes.contractRenewal),
    });
  }
  const isWriting = arrivals.recorded * 2 < arrivals.paidBefore;
  const ledger = builder.build(isWriting ? 'before' : 'last');
  const unknown = companies - (isWriting ? known.before : known.last);
  const own = ledger.ids.map((id) => accounts.get(id) ?? NOBODY);
  return {
    ledger,
    account: (place) => own[place] ?? NOBODY,
    writing: isWriting ? month : null,
    notes: { companies, unknown, foreign: ledger.foreign, converted, oldestRecord },
  };
}

const NOBODY: RevenueAccount = {
  name: '',
  ownerId: null,
  industry: null,
  segment: null,
  plan: null,
  employees: null,
  churnReason: null,
  contractValue: null,
  renewal: null,
};

/** A hole that only the last month closes, and a currency that only the last month's records decide, are not there without it. */
const needsOwnBefore = (series: MrrSeries, last: Month): boolean =>
  series.months.get(addMonths(last, -1))?.filled === true || series.problems.some(({ code }) => code === 'foreign');

const rateOf = ({ foreign, currency }: MrrSeries, rates: Policy['revenue']['rates']): number | undefined =>
  foreign && rates !== undefined && Object.hasOwn(rates, currency) ? rates[currency] : undefined;

/** An amount in the account's own currency, in the home currency; null where the policy has no rate. */
function inHome(amount: Money | null, series: MrrSeries, rates: Policy['revenue']['rates']): Money | null {
  if (amount === null || !series.foreign) return amount;
  const rate = rateOf(series, rates);
  return rate === undefined ? null : (Math.round(amount * rate) as Money);
}

/** The series in the home currency where the policy has a rate for its own; the same series else. */
function atFixedRate(series: MrrSeries, rates: Policy['revenue']['rates']): MrrSeries {
  const rate = rateOf(series, rates);
  if (rate === undefined) return series;
  const months = [...series.months].map(([month, { cells, filled }]) => {
    const changed = cells.map((cell) => ({ ...cell, amount: Math.round(cell.amount * rate) as Money }));
    const total = changed.reduce((sum, { amount }) => sum + amount, 0) as Money;
    // Of amounts that cancel out, rounding can leave something below 0.
    return [month, total < 0 ? { total: ZERO, cells: [], filled } : { total, cells: changed, filled }] as const;
  });
  return { ...series, foreign: false, months: new Map(months) };
}

/** Of another format they are made anew. */
const FORMAT = 3;

/** What the columns depend on besides the records, in one text. `imports` tells the imported rows apart. */
export function revenueKey({ mapping, day, revenue }: Pick<RevenueInputs, 'mapping' | 'day' | 'revenue'>, imports: string): string {
  const runs = SOURCES[mapping['mrr.source'] ?? ''] !== undefined || mapping['mrr.source'] === 'company-property';
  // Of what runs, the current month's MRR is that of the day.
  return JSON.stringify([FORMAT, runs ? day : monthOf(day), Object.entries(mapping).sort(), Object.entries(revenue).sort(), imports]);
}

interface KeptHeader extends Pick<RevenueLedger, 'currency' | 'first' | 'months' | 'products' | 'plans' | 'foreign'> {
  readonly writing: Month | null;
  readonly notes: RevenueNotes;
}

export function packRevenueBook({ ledger, account, writing, notes }: RevenueBook, key: string, records: number): StoredColumns {
  const { currency, first, months, products, plans, foreign, ids } = ledger;
  const own = ids.map((_, place) => account(place));
  const header: KeptHeader = { currency, first, months, products, plans, foreign, writing, notes };
  const columns: Record<string, Uint8Array> = {
    ids: jsonBytes(ids),
    names: jsonBytes(own.map(({ name }) => name)),
    employees: bytesOf(Float64Array.from(own, ({ employees }) => employees ?? Number.NaN)),
    contractValue: bytesOf(Float64Array.from(own, ({ contractValue }) => contractValue ?? Number.NaN)),
    starts: bytesOf(ledger.starts),
    cellMonth: bytesOf(ledger.cellMonth),
    cellProduct: bytesOf(ledger.cellProduct),
    cellPlan: bytesOf(ledger.cellPlan),
    cellAmount: bytesOf(ledger.cellAmount),
  };
  for (const name of TEXTS) {
    const { words, places } = packWords(own.map((one) => one[name]));
    columns[`${name}.words`] = words;
    columns[`${name}.places`] = places;
  }
  return { key, records, header: JSON.stringify(header), columns };
}

const placesIn = (names: RevenueLedger['products'], bytes: Uint8Array | undefined): Places =>
  names.length > NARROW_NAMES ? thirtyTwo(bytes) : sixteen(bytes);

/** What an account is beside its MRR is read when somebody asks for it. */
export function unpackRevenueBook({ header, columns }: StoredColumns): RevenueBook {
  const { writing, notes, ...kept } = JSON.parse(header) as KeptHeader;
  const ledger = ledgerOf({
    ...kept,
    ids: readJson(columns.ids),
    starts: thirtyTwo(columns.starts),
    cellMonth: sixteen(columns.cellMonth),
    cellProduct: placesIn(kept.products, columns.cellProduct),
    cellPlan: placesIn(kept.plans, columns.cellPlan),
    cellAmount: floats(columns.cellAmount),
  });
  const accounts = new KeptAccounts(columns);
  return { ledger, writing, notes, account: (place) => new KeptAccount(accounts, place) };
}

/** Names as bytes until somebody asks for one of them. */
class Words {
  readonly #bytes: Uint8Array | undefined;
  readonly #places: Uint32Array | null;
  #words: readonly (string | null)[] | null = null;

  /** Without `places` each account has its own. */
  constructor(bytes: Uint8Array | undefined, places: Uint32Array | null) {
    this.#bytes = bytes;
    this.#places = places;
  }

  at(place: number): string | null {
    this.#words ??= readJson<readonly (string | null)[]>(this.#bytes);
    return this.#words[this.#places ? (this.#places[place] ?? 0) : place] ?? null;
  }
}

class KeptAccounts {
  readonly name: Words;
  readonly words: Readonly<Record<(typeof TEXTS)[number], Words>>;
  readonly #employees: Float64Array;
  readonly #contractValue: Float64Array;

  constructor(columns: StoredColumns['columns']) {
    this.name = new Words(columns.names, null);
    this.words = Object.fromEntries(
      TEXTS.map((name) => [name, new Words(columns[`${name}.words`], thirtyTwo(columns[`${name}.places`]))]),
    ) as KeptAccounts['words'];
    this.#employees = floats(columns.employees);
    this.#contractValue = floats(columns.contractValue);
  }

  employees(place: number): number | null {
    const value = this.#employees[place] ?? Number.NaN;
    return Number.isNaN(value) ? null : value;
  }

  contractValue(place: number): number | null {
    const value = this.#contractValue[place] ?? Number.NaN;
    return Number.isNaN(value) ? null : value;
  }
}

/** A class, because reports ask for every account and an object of getters costs more to make than all that it says. */
class KeptAccount implements RevenueAccount {
  readonly #of: KeptAccounts;
  readonly #place: number;

  constructor(of: KeptAccounts, place: number) {
    this.#of = of;
    this.#place = place;
  }

  get name(): string {
    return this.#of.name.at(this.#place) ?? '';
  }
  get ownerId(): string | null {
    return this.#of.words.ownerId.at(this.#place);
  }
  get industry(): string | null {
    return this.#of.words.industry.at(this.#place);
  }
  get segment(): string | null {
    return this.#of.words.segment.at(this.#place);
  }
  get plan(): string | null {
    return this.#of.words.plan.at(this.#place);
  }
  get churnReason(): string | null {
    return this.#of.words.churnReason.at(this.#place);
  }
  get renewal(): Day | null {
    return this.#of.words.renewal.at(this.#place) as Day | null;
  }
  get employees(): number | null {
    return this.#of.employees(this.#place);
  }
  get contractValue(): Money | null {
    return this.#of.contractValue(this.#place) as Money | null;
  }
}
