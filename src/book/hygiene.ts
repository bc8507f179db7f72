/** What a person should mend in HubSpot: values that could not be read, and what a book wants of every account. Pure. */
import type { DataProblem } from '../account.ts';
import { recordUrl } from '../data/hubspot/links.ts';
import type { Mapping } from '../settings/mapping.ts';
import type { BookRow, BookSnapshot } from './row.ts';

/**
 * Beside the problems of single values:
 * - `no-owner`, `owner-left` nobody, or somebody who has left HubSpot · `no-renewal`, `no-mrr` mapped, and empty here
 * - `domain` two accounts with one domain · `renewal-passed` the day of renewal is over · `dates` the contract ends before it starts
 */
export type HygieneCode = DataProblem['code'] | 'no-owner' | 'owner-left' | 'no-renewal' | 'no-mrr' | 'domain' | 'renewal-passed' | 'dates';

export interface HygieneItem {
  /** Null where the record hangs on no account. */
  readonly accountId: string | null;
  /** The account's name, else the record's id. Raw. */
  readonly name: string;
  /** The record to be mended, in HubSpot. */
  readonly url: string;
  /** The value at fault, raw; null where it is missing. */
  readonly value: string | null;
}

export interface HygieneFinding {
  readonly code: HygieneCode;
  /** May be more than there are items: of a long list the first are kept. */
  readonly count: number;
  readonly items: readonly HygieneItem[];
}

export interface HygieneInput {
  readonly snapshot: Pick<BookSnapshot, 'rows' | 'portalId'>;
  readonly problems: readonly DataProblem[];
  /** How many there were of each code before the list was cut. */
  readonly counts: Readonly<Partial<Record<DataProblem['code'], number>>>;
  readonly mapping: Mapping;
  readonly uiDomain: string;
  /** Ids of owners who have left. */
  readonly leavers: ReadonlySet<string>;
}

/** What stops a score before what spoils a figure, then by number. */
const ORDER: readonly HygieneCode[] = ['no-owner', 'owner-left', 'no-renewal', 'renewal-passed', 'no-mrr', 'dates', 'domain'];

export function hygiene(input: HygieneInput): readonly HygieneFinding[] {
  const found = [...accountFindings(input), ...valueFindings(input)];
  const rank = (code: HygieneCode) => (ORDER.includes(code) ? ORDER.indexOf(code) : ORDER.length);
  return found.sort((a, b) => rank(a.code) - rank(b.code) || b.count - a.count || (a.code < b.code ? -1 : 1));
}

function accountFindings({ snapshot: { rows }, mapping, leavers }: HygieneInput): HygieneFinding[] {
  const domains = new Map<string, number>();
  const domainOf = (row: BookRow): string => (row.domain ?? '').trim().toLowerCase();
  for (const row of rows) domains.set(domainOf(row), (domains.get(domainOf(row)) ?? 0) + 1);
  const hasRenewals = mapping['contract.renewal'] !== undefined;
  const cases: Readonly<Partial<Record<HygieneCode, (row: BookRow) => string | null | undefined>>> = {
    'no-owner': ({ owner }) => (owner === null ? null : undefined),
    'owner-left': ({ owner }) => (owner !== null && leavers.has(owner.id) ? owner.name : undefined),
    // Who pays by the month has none; who is only taken to do so wants one.
    'no-renewal': ({ renewalDate, stratum, stratumAssumed }) =>
      hasRenewals && renewalDate === null && (stratum !== 'monthly' || stratumAssumed) ? null : undefined,
    'renewal-passed': ({ renewalDate, daysToRenewal }) => (daysToRenewal !== null && daysToRenewal < 0 ? renewalDate : undefined),
    'no-mrr': ({ mrr }) => (mapping['mrr.source'] !== undefined && mrr === null ? null : undefined),
    dates: ({ contractStart, renewalDate }) =>
      contractStart !== null && renewalDate !== null && renewalDate < contractStart ? `${contractStart} – ${renewalDate}` : undefined,
    domain: (row) => (domainOf(row) !== '' && (domains.get(domainOf(row)) ?? 0) > 1 ? row.domain : undefined),
  };
  return ORDER.flatMap((code) => {
    const test = cases[code];
    const items = rows.flatMap((row): HygieneItem[] => {
      const value = test?.(row);
      return value === undefined ? [] : [{ accountId: row.id, name: row.name, url: row.url, value }];
    });
    if (code === 'domain') items.sort((a, b) => ((a.value ?? '').toLowerCase() < (b.value ?? '').toLowerCase() ? -1 : 1));
    return items.length === 0 ? [] : [{ code, count: items.length, items }];
  });
}

function valueFindings({ snapshot, problems, counts, uiDomain }: HygieneInput): HygieneFinding[] {
  const rows = new Map(snapshot.rows.map((row) => [row.id, row]));
  return [...Map.groupBy(problems, ({ code }) => code)].map(([code, list]) => ({
    code,
    count: Math.max(list.length, counts[code] ?? 0),
    items: list.map(({ accountId, source, value }) => ({
      accountId,
      name: (accountId !== null && rows.get(accountId)?.name) || (accountId ?? source.id),
      url: recordUrl(uiDomain, snapshot.portalId, source.object, source.id),
      value,
    })),
  }));
}
