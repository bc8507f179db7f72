/** Which rows of a book, in which order: one meaning for `list`, `export` and the screens. */
import type { Band, Tier } from '../policy.ts';
import { searchKey } from '../text/search.ts';
import { comparable } from './home-money.ts';
import { type Horizon, toRenewal } from './horizon.ts';
import type { BookRow } from './row.ts';

export const SORTS = ['priority', 'risk', 'probability', 'mrr', 'contract', 'renewal', 'change', 'name'] as const;
export type Sort = (typeof SORTS)[number];

export interface BookFilter {
  readonly team?: string;
  readonly tier?: Tier;
  readonly customerGrade?: string;
  readonly band?: Band | 'unknown';
  readonly signal?: string;
  readonly segment?: string;
  readonly industry?: string;
  readonly product?: string;
  readonly plan?: string;
  /** Days; renewals overdue by up to 30 days count as inside. */
  readonly renewalWithin?: number;
  readonly query?: string;
  readonly includeSnoozed?: boolean;
}

/** A renewal this many days past is still open business. */
const OVERDUE_DAYS = 30;

/** The value as stored or as HubSpot shows it. */
function isOne(wanted: string, ...texts: readonly (string | undefined)[]): boolean {
  const key = searchKey(wanted);
  return texts.some((text) => text !== undefined && searchKey(text) === key);
}

export function matches(row: BookRow, filter: BookFilter): boolean {
  if (row.group === 'snoozed' && filter.includeSnoozed !== true) return false;
  if (filter.team !== undefined && searchKey(row.team ?? '') !== searchKey(filter.team)) return false;
  if (filter.tier !== undefined && row.tier !== filter.tier) return false;
  if (filter.customerGrade !== undefined && searchKey(row.customerGrade ?? '') !== searchKey(filter.customerGrade)) return false;
  if (filter.band !== undefined && (row.band ?? 'unknown') !== filter.band) return false;
  if (filter.signal !== undefined && !row.signals.some((signal) => signal.id === filter.signal && !signal.dismissed)) return false;
  const { labels } = row;
  if (filter.segment !== undefined && !isOne(filter.segment, row.segment ?? '', labels.segment)) return false;
  if (filter.industry !== undefined && !isOne(filter.industry, row.industry ?? '', labels.industry)) return false;
  if (filter.product !== undefined && !isOne(filter.product, ...row.products, ...(labels.products ?? []))) return false;
  if (filter.plan !== undefined && !isOne(filter.plan, row.plan ?? '', labels.plan)) return false;
  if (filter.renewalWithin !== undefined) {
    if (row.daysToRenewal === null || row.daysToRenewal < -OVERDUE_DAYS || row.daysToRenewal > filter.renewalWithin) return false;
  }
  return filter.query === undefined || matchesText(row, searchKey(filter.query));
}

/** Whether the account's name, domain or id contains the folded text; width, case and kana kind make no difference. */
export function matchesText(row: BookRow, key: string): boolean {
  return key === '' || searchKey(row.name).includes(key) || searchKey(row.domain ?? '').includes(key) || row.id === key;
}

const GROUP_ORDER: Readonly<Record<BookRow['group'], number>> = { ranked: 0, notice: 1, unknown: 2, snoozed: 3 };
const BAND_ORDER: Readonly<Record<Band, number>> = { critical: 3, high: 2, watch: 1, low: 0 };

/** Largest first, unknown last. */
const down = (a: number | null, b: number | null): number => (a === null ? (b === null ? 0 : 1) : b === null ? -1 : b - a);
const up = (a: number | null, b: number | null): number => (a === null ? (b === null ? 0 : 1) : b === null ? -1 : a - b);

/** Across currencies by the policy's fixed rates. */
const byMoney =
  (key: 'mrr' | 'expectedLoss' | 'contractValue') =>
  (a: BookRow, b: BookRow): number =>
    down(comparable(a, a[key]), comparable(b, b[key]));

const byId = (a: BookRow, b: BookRow): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

const COMPARE: Readonly<Record<Sort, (a: BookRow, b: BookRow) => number>> = {
  // Without predictive power there are no probabilities, and money is ranked within the band instead.
  priority: (a, b) =>
    a.probability === null && b.probability === null
      ? BAND_ORDER[b.band ?? 'low'] - BAND_ORDER[a.band ?? 'low'] || byMoney('mrr')(a, b)
      : byMoney('expectedLoss')(a, b) || b.risk - a.risk || byMoney('mrr')(a, b),
  risk: (a, b) => b.risk - a.risk || byMoney('expectedLoss')(a, b),
  probability: (a, b) => down(a.probability, b.probability) || byMoney('expectedLoss')(a, b),
  mrr: byMoney('mrr'),
  contract: byMoney('contractValue'),
  renewal: (a, b) => up(a.daysToRenewal, b.daysToRenewal) || byMoney('expectedLoss')(a, b),
  change: (a, b) => down(a.riskChange7d, b.riskChange7d) || byMoney('expectedLoss')(a, b),
  name: (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
};

/** What was promised and is overdue comes before what would be promised next. */
const byOverduePlay = (a: BookRow, b: BookRow): number => Number(b.overduePlay !== null) - Number(a.overduePlay !== null);

/**
 * Ranked accounts first, then notice given, unknown and snoozed, each group in the order asked for. By priority, an account
 * with an overdue step of a play stands before those without.
 */
export function sortRows(rows: readonly BookRow[], sort: Sort = 'priority'): BookRow[] {
  const compare = COMPARE[sort];
  const first = sort === 'priority' ? byOverduePlay : () => 0;
  return [...rows].sort((a, b) => GROUP_ORDER[a.group] - GROUP_ORDER[b.group] || first(a, b) || compare(a, b) || byId(a, b));
}

export interface Choice {
  readonly filter: BookFilter;
  readonly sort: Sort;
  readonly horizon: Horizon;
}

/** The rows that are asked for, in their order. */
export function chosenRows(rows: readonly BookRow[], { filter, sort, horizon }: Choice): BookRow[] {
  const found = rows.filter((row) => matches(row, filter));
  return sortRows(horizon === 'renewal' ? found.map(toRenewal) : found, sort);
}
