/** Amounts of accounts in several currencies, where they meet: in the portal's own by the policy's fixed rates, or not at all. Pure. */
import type { Policy } from '../policy.ts';
import type { BookRow } from './row.ts';

type Rated = Pick<BookRow, 'homeRate'>;

/** Units of the portal's currency for one of another; null where the policy names none. */
export const homeRateOf = ({ rates }: Policy['revenue'], currency: string): number | null =>
  rates !== undefined && Object.hasOwn(rates, currency) ? (rates[currency] ?? null) : null;

/** An amount of the account in the portal's currency, in major units; null where it is unknown or there is no rate. */
export const atHome = ({ homeRate }: Rated, amount: number | null): number | null =>
  amount === null || homeRate === null ? null : homeRate === 1 ? amount : Number((amount * homeRate).toFixed(4));

/** What orders and limits compare: in the portal's currency where there is a rate, else as it stands. */
export const comparable = (row: Rated, amount: number | null): number | null => atHome(row, amount) ?? amount;

/** What is unknown, or has no rate, adds nothing. */
export const sumAtHome = <Row extends Rated>(rows: readonly Row[], of: (row: Row) => number | null): number =>
  rows.reduce((sum, row) => sum + (atHome(row, of(row)) ?? 0), 0);

export const isConverted = (row: Pick<BookRow, 'homeRate'>): boolean => row.homeRate !== null && row.homeRate !== 1;
