/** What every revenue report is made from: the book of MRR with the day, the owners and the policy that it is read by. */
import type { StoredOwner } from '../data/store/types.ts';
import type { LookBack } from '../plays/post-mortem.ts';
import type { Policy, Tier } from '../policy.ts';
import { partOf } from '../revenue/ledger.ts';
import { productsAt } from '../revenue/products.ts';
import { type AccountTraits, gradesAt, planAt, type SegmentTerms, tiersAt } from '../revenue/segments.ts';
import { searchKey } from '../text/search.ts';
import type { Day } from '../units/day.ts';
import { type Labels, labelOf, type PortalLabels } from './labels.ts';
import { ownerName } from './owner-name.ts';
import type { RevenueAccount, RevenueBook } from './revenue-book.ts';

export interface RevenueSource {
  /** The day that was asked for. */
  readonly asOf: Day;
  /** The day that the figures are of: there is nothing to show beyond today, nor of months after HubSpot was last read. */
  readonly day: Day;
  /** `asOf` is later than today. */
  readonly isAhead: boolean;
  readonly book: RevenueBook;
  readonly owners: ReadonlyMap<string, StoredOwner>;
  readonly policy: Policy;
  readonly policyHash: string;
  readonly labels: PortalLabels;
  /** What post-mortems have found, by account id. */
  readonly lookBacks: ReadonlyMap<string, LookBack>;
  /** The store holds the whole portal, not a single book. */
  readonly whole: boolean;
}

export const teamNameOf = (owner: StoredOwner | undefined): string | null =>
  owner?.teams.find((team) => team.primary)?.name ?? owner?.teams[0]?.name ?? null;

export const ownerLabel = (owners: RevenueSource['owners'], id: string): string => {
  const owner = owners.get(id);
  return owner ? ownerName(owner) : id;
};

export function traitsOf({ book, owners }: Pick<RevenueSource, 'book' | 'owners'>): (place: number) => AccountTraits {
  return (place) => {
    const account = book.account(place);
    return {
      industry: account.industry,
      owner: account.ownerId,
      team: account.ownerId === null ? null : teamNameOf(owners.get(account.ownerId)),
      employees: account.employees,
    };
  };
}

export const segmentTerms = (source: RevenueSource): SegmentTerms => ({ traits: traitsOf(source), cuts: source.policy });

/** The plan of an account in the last month: the MRR data win over the company's property. */
export const planNow = ({ book }: RevenueSource, place: number): string | null =>
  planAt(book.ledger, place, book.ledger.months - 1) ?? book.account(place).plan;

/** Which accounts a report is about, by what they are in the last month; what is absent takes all. */
export interface RevenueFilter {
  readonly owner?: string;
  readonly team?: string;
  readonly tier?: Tier;
  readonly customerGrade?: string;
  readonly plan?: string;
  readonly product?: string;
  readonly segment?: string;
  readonly industry?: string;
  /** A part of the account's name, or its id. */
  readonly query?: string;
  /** Ids of accounts, where the book says which. */
  readonly ids?: ReadonlySet<string>;
}

/** The same with the accounts of the filter alone. Tiers stay those of the whole. */
export function narrowed(source: RevenueSource, filter: RevenueFilter): RevenueSource {
  const { book, owners, labels } = source;
  if (Object.keys(filter).length === 0) return source;
  const { ledger } = book;
  const last = ledger.months - 1;
  const tier = filter.tier === undefined ? null : tiersAt(ledger, last, source.policy);
  const grade = filter.customerGrade === undefined ? null : gradesAt(ledger, last, source.policy);
  const { ids } = filter;
  const query = filter.query === undefined ? null : searchKey(filter.query);
  const same = (wanted: string | undefined, has: string | null): boolean =>
    wanted === undefined || (has !== null && searchKey(has) === searchKey(wanted));
  const either = (wanted: string | undefined, has: string | null, of: Labels): boolean =>
    same(wanted, has) || (has !== null && same(wanted, labelOf(of, has)));
  const has = (place: number): boolean => {
    const account = book.account(place);
    return (
      (ids === undefined || ids.has(ledger.ids[place] ?? '')) &&
      (query === null || searchKey(account.name).includes(query) || ledger.ids[place] === filter.query) &&
      (filter.owner === undefined || account.ownerId === filter.owner) &&
      (filter.team === undefined || same(filter.team, account.ownerId === null ? null : teamNameOf(owners.get(account.ownerId)))) &&
      (filter.tier === undefined || tier?.(place) === filter.tier) &&
      (grade === null || same(filter.customerGrade, grade(place))) &&
      either(filter.segment, account.segment, labels.segment) &&
      either(filter.industry, account.industry, labels.industry) &&
      (filter.plan === undefined || either(filter.plan, planNow(source, place), labels.plan)) &&
      (filter.product === undefined ||
        productsAt(ledger, place, last).some((one) => either(filter.product, ledger.products[one] ?? null, labels.product)))
    );
  };
  const part = partOf(ledger, has);
  const account = (place: number): RevenueAccount => book.account(part.places[place] ?? -1);
  return { ...source, book: { ...book, ledger: part.ledger, account } };
}
