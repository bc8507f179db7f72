/** Rows of imported files in `local.db`: HubSpot cannot give them again. */
import type { Day, Instant, Month } from '../../units/day.ts';
import type { Money } from '../../units/money.ts';
import type { Db } from './driver.ts';

export interface StoredMrrRow {
  readonly accountId: string;
  readonly line: number;
  readonly month: Month;
  readonly amount: Money;
  readonly currency: string | null;
  readonly product: string | null;
  readonly plan: string | null;
  readonly seats: number | null;
}

export interface StoredUsageRow {
  readonly accountId: string;
  readonly line: number;
  readonly start: Day;
  readonly days: number;
  readonly logins: number | null;
  readonly activeUsers: number | null;
  readonly minutes: number | null;
  readonly featuresUsed: number | null;
  readonly lastUsedOn: Day | null;
  readonly features: readonly string[] | null;
}

export interface Kept<T> {
  readonly row: T;
  /** When it was imported. */
  readonly at: Instant;
}

const unique = (rows: readonly (readonly string[])[]): string[][] =>
  [...new Set(rows.map((row) => JSON.stringify(row)))].map((row): string[] => JSON.parse(row));

/** All rows or none. What an account already has of a month that the rows name is replaced, the rest stays. */
export async function keepMrrRows(db: Db, portalId: string, rows: readonly StoredMrrRow[], at: Instant): Promise<void> {
  const replaced = unique(rows.map(({ accountId, month }) => [portalId, accountId, month]));
  await db.transaction(async (tx) => {
    await tx.runMany('DELETE FROM imported_mrr WHERE portal_id = ? AND account_id = ? AND month = ?', replaced);
    await tx.runMany(
      'INSERT INTO imported_mrr VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
      rows.map((row) => [portalId, row.accountId, row.month, row.line, row.amount, row.currency, row.product, row.plan, row.seats, at]),
    );
  });
}

/** All rows or none. What an account already has of a period that begins on the same day is replaced. */
export async function keepUsageRows(db: Db, portalId: string, rows: readonly StoredUsageRow[], at: Instant): Promise<void> {
  const replaced = unique(rows.map(({ accountId, start }) => [portalId, accountId, start]));
  await db.transaction(async (tx) => {
    await tx.runMany('DELETE FROM imported_usage WHERE portal_id = ? AND account_id = ? AND start = ?', replaced);
    await tx.runMany(
      'INSERT INTO imported_usage VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
      rows.map((row) => [
        portalId,
        row.accountId,
        row.start,
        row.line,
        row.days,
        row.logins,
        row.activeUsers,
        row.minutes,
        row.featuresUsed,
        row.lastUsedOn,
        row.features === null ? null : JSON.stringify(row.features),
        at,
      ]),
    );
  });
}

export async function mrrRows(db: Db, portalId: string): Promise<readonly Kept<StoredMrrRow>[]> {
  const rows = await db.all<StoredMrrRow & { at: Instant }>(
    `SELECT account_id AS accountId, line, month, amount, currency, product, plan, seats, at FROM imported_mrr WHERE portal_id = ?`,
    portalId,
  );
  return rows.map(({ at, ...row }) => ({ row, at }));
}

export async function usageRows(db: Db, portalId: string): Promise<readonly Kept<StoredUsageRow>[]> {
  const rows = await db.all<Omit<StoredUsageRow, 'features'> & { features: string | null; at: Instant }>(
    `SELECT account_id AS accountId, line, start, days, logins, active_users AS activeUsers, minutes, features_used AS featuresUsed,
            last_used_on AS lastUsedOn, features, at
     FROM imported_usage WHERE portal_id = ?`,
    portalId,
  );
  return rows.map(({ at, features, ...row }) => ({ row: { ...row, features: features === null ? null : JSON.parse(features) }, at }));
}

/** Another text wherever other MRR rows are kept. */
export async function mrrStamp(db: Db, portalId: string): Promise<string> {
  const found = await db.get<{ rows: number; newest: number | null }>(
    'SELECT count(*) AS rows, max(at) AS newest FROM imported_mrr WHERE portal_id = ?',
    portalId,
  );
  return `${found?.rows ?? 0} ${found?.newest ?? 0}`;
}
