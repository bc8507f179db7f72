/**
 * The MRR of one account by month, from its usable records.
 *
 * Months without a record are 0, a short hole between two months above 0 is filled, a month's sum never goes below 0,
 * and only one currency counts: the home currency where any record is in it, else that of the latest month.
 */
import type { Account, DataProblem, MrrFact } from '../account.ts';
import { addMonths, type Day, type Month } from '../units/day.ts';
import { type Money, ZERO } from '../units/money.ts';

/** By what rules, and as of when, records are read. */
export interface RevenueTerms {
  /** The last month that exists. */
  readonly month: Month;
  /** Only records that the portal knew on that day; null takes the records as they are now (reports). */
  readonly knownBy: Day | null;
  /** The portal's home currency. */
  readonly currency: string;
  /** Longest hole, in months, that takes the value before it. */
  readonly fillGaps: number;
  readonly duplicates: 'all' | 'latest';
}

/** What one product and plan brought in a month; an amount below 0 is a discount line. */
export interface MrrCell {
  readonly product: string | null;
  readonly plan: string | null;
  readonly amount: Money;
  readonly seats: number | null;
}

export interface MrrMonth {
  readonly total: Money;
  /** Their amounts add up to `total`. */
  readonly cells: readonly MrrCell[];
  readonly filled: boolean;
}

export interface MrrSeries {
  readonly currency: string;
  /** In another currency than the portal's: outside totals, tiers and percentiles. */
  readonly foreign: boolean;
  /** Month of the oldest usable record; null where there is none, and no month has a known value. */
  readonly firstRecord: Month | null;
  readonly firstPaid: Month | null;
  /** The last month that exists. */
  readonly last: Month;
  /** Only months with a record or a filled gap. */
  readonly months: ReadonlyMap<Month, MrrMonth>;
  /** Records in other currencies (left out) and filled gaps. */
  readonly problems: readonly DataProblem[];
}

/** MRR in `month`: 0 without a record; null after the last month and where nothing is known of the account at all. */
export function mrrIn(series: MrrSeries, month: Month): Money | null {
  if (series.firstRecord === null || month > series.last) return null;
  return series.months.get(month)?.total ?? ZERO;
}

/** MRR by product in `month`, largest first, then by code point; records without a product stand under null. */
export function productsIn(series: MrrSeries, month: Month): ReadonlyMap<string | null, Money> {
  return sumBy(series.months.get(month)?.cells ?? [], (cell) => cell.product);
}

export function plansIn(series: MrrSeries, month: Month): ReadonlyMap<string | null, Money> {
  return sumBy(series.months.get(month)?.cells ?? [], (cell) => cell.plan);
}

/** Seats in `month`: the largest number on a record, since records of several products repeat the same seats. */
export function seatsIn(series: MrrSeries, month: Month): number | null {
  let most: number | null = null;
  for (const { seats } of series.months.get(month)?.cells ?? []) if (seats !== null && (most === null || seats > most)) most = seats;
  return most;
}

const byCodePoint = (a: string | null, b: string | null): number => {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -1 : 1;
};

function sumBy(cells: readonly MrrCell[], key: (cell: MrrCell) => string | null): ReadonlyMap<string | null, Money> {
  const sums = new Map<string | null, Money>();
  for (const cell of cells) sums.set(key(cell), ((sums.get(key(cell)) ?? 0) + cell.amount) as Money);
  if (sums.size < 2) return sums;
  return new Map([...sums].sort((a, b) => b[1] - a[1] || byCodePoint(a[0], b[0])));
}

export function mrrByMonth(account: Pick<Account, 'id' | 'mrr'>, terms: RevenueTerms): MrrSeries {
  const last = terms.month;
  const isThere = (fact: MrrFact): boolean => fact.month <= last && (!terms.knownBy || fact.knownAt <= terms.knownBy);
  const existing = currentVersions(account.mrr.every(isThere) ? account.mrr : account.mrr.filter(isThere));
  const currency = currencyOf(existing, terms.currency);
  const foreign = existing.filter((fact) => fact.currency !== currency);
  const problems: DataProblem[] = onceEach(foreign).map((fact) => ({
    code: 'foreign',
    accountId: account.id,
    source: fact.source,
    value: `${fact.month} ${fact.currency}`,
  }));
  const usable = foreign.length === 0 ? existing : existing.filter((fact) => fact.currency === currency);
  const records = terms.duplicates === 'latest' ? withoutDuplicates(usable) : usable;
  const months = sumMonths(records);
  for (const month of fillGaps(months, terms.fillGaps)) {
    problems.push({ code: 'gap', accountId: account.id, source: { object: 'companies', id: account.id }, value: month });
  }
  let firstRecord: Month | null = null;
  let firstPaid: Month | null = null;
  for (const [month, { total }] of months) {
    if (!firstRecord || month < firstRecord) firstRecord = month;
    if (total > 0 && (!firstPaid || month < firstPaid)) firstPaid = month;
  }
  return { currency, foreign: currency !== terms.currency, firstRecord, firstPaid, last, months, problems };
}

/** Every record, but a line that runs through many months only by its latest. */
function onceEach(facts: readonly MrrFact[]): readonly MrrFact[] {
  const lines = new Map<string, MrrFact>();
  for (const fact of facts) {
    if (!fact.running || fact.amount === 0) continue;
    const line = `${fact.source.object} ${fact.source.id}`;
    const known = lines.get(line);
    if (!known || fact.month > known.month) lines.set(line, fact);
  }
  return [...facts.filter(({ running }) => !running), ...lines.values()];
}

/** Later is what was changed or, of one record, known later, then the higher id; the rest only makes the order total. */
function later(a: MrrFact, b: MrrFact): boolean {
  const [changed, other] = [a.changedAt ?? 0, b.changedAt ?? 0];
  if (changed !== other) return changed > other;
  if (a.knownAt !== b.knownAt) return a.knownAt > b.knownAt;
  if (a.source.id !== b.source.id) {
    return a.source.id.length !== b.source.id.length ? a.source.id.length > b.source.id.length : a.source.id > b.source.id;
  }
  return a.amount > b.amount;
}

function latestBy(facts: readonly MrrFact[], key: (fact: MrrFact) => string): readonly MrrFact[] {
  const latest = new Map<string, MrrFact>();
  for (const fact of facts) {
    const name = key(fact);
    const known = latest.get(name);
    if (!known || later(fact, known)) latest.set(name, fact);
  }
  return latest.size === facts.length ? facts : [...latest.values()];
}

/** One record counts once a month: of several states of it, the one recorded last. */
const currentVersions = (facts: readonly MrrFact[]): readonly MrrFact[] =>
  // Where every record has an id of its own there is nothing to choose, which is nearly everywhere.
  new Set(facts.map(({ source }) => source.id)).size === facts.length
    ? facts
    : latestBy(facts, ({ month, source }) => `${month} ${source.object} ${source.id} ${source.property ?? ''}`);

const withoutDuplicates = (facts: readonly MrrFact[]): readonly MrrFact[] =>
  latestBy(facts, (fact) => JSON.stringify([fact.month, fact.product, fact.plan, fact.currency, fact.running ? fact.source : null]));

function currencyOf(facts: readonly MrrFact[], home: string): string {
  let found: MrrFact | null = null;
  for (const fact of facts) {
    if (fact.currency === home) return home;
    if (!found || fact.month > found.month || (fact.month === found.month && fact.currency < found.currency)) found = fact;
  }
  return found?.currency ?? home;
}

function sumMonths(records: readonly MrrFact[]): Map<Month, MrrMonth> {
  const cells = new Map<Month, MrrCell[]>();
  for (const record of records) {
    const known = cells.get(record.month) ?? [];
    cells.set(record.month, known);
    // A month in which nothing runs is there, and nobody's.
    if (!record.running || record.amount !== 0) known.push(record);
  }
  const months = new Map<Month, MrrMonth>();
  for (const [month, list] of cells) {
    let total = 0;
    for (const cell of list) total += cell.amount;
    const counted = total < 0 ? list.map((cell) => ({ ...cell, amount: ZERO })) : list;
    months.set(month, { total: Math.max(0, total) as Money, cells: counted, filled: false });
  }
  return months;
}

/** Fills holes of at most `longest` months between two months above 0; gives back what it filled. */
function fillGaps(months: Map<Month, MrrMonth>, longest: number): readonly Month[] {
  const filled: Month[] = [];
  const recorded = [...months.keys()].sort();
  for (const [index, month] of recorded.entries()) {
    const next = recorded[index + 1];
    const before = months.get(month);
    const after = next && months.get(next);
    if (!next || !before || !after || before.total <= 0 || after.total <= 0) continue;
    const holes: Month[] = [];
    for (let hole = addMonths(month, 1); hole < next && holes.length <= longest; hole = addMonths(hole, 1)) holes.push(hole);
    if (holes.length === 0 || holes.length > longest) continue;
    for (const hole of holes) {
      months.set(hole, { ...before, filled: true });
      filled.push(hole);
    }
  }
  return filled;
}
