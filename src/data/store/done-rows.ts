/** Accounts that are done for the day, and looks that are taken back. */
import type { Day, Instant } from '../../units/day.ts';
import type { Db } from './driver.ts';

export interface StoredDone {
  readonly day: Day;
  readonly at: Instant;
  readonly risk: number;
  readonly signals: string;
}

/** Of that day, by account. */
export async function doneOn(db: Db, portalId: string, day: Day): Promise<ReadonlyMap<string, StoredDone>> {
  const rows = await db.all<StoredDone & { accountId: string }>(
    'SELECT account_id AS accountId, day, at, risk, signals FROM done WHERE portal_id = ? AND day = ?',
    portalId,
    day,
  );
  return new Map(rows.map(({ accountId, ...mark }) => [accountId, mark]));
}

/** Each takes the place of the account's former mark; null takes that away. All or none. */
export async function keepDone(db: Db, portalId: string, changes: ReadonlyMap<string, StoredDone | null>): Promise<void> {
  await db.transaction(async (tx) => {
    for (const [accountId, mark] of changes) {
      if (mark === null) await tx.run('DELETE FROM done WHERE portal_id = ? AND account_id = ?', portalId, accountId);
      else
        await tx.run(
          'INSERT OR REPLACE INTO done (portal_id, account_id, day, at, risk, signals) VALUES (?, ?, ?, ?, ?, ?)',
          portalId,
          accountId,
          mark.day,
          mark.at,
          mark.risk,
          mark.signals,
        );
    }
  });
}

/** As though it had never been looked at. */
export async function forgetLook(db: Db, portalId: string, ownerId: string, screen: string): Promise<void> {
  await db.run('DELETE FROM looks WHERE portal_id = ? AND owner_id = ? AND screen = ?', portalId, ownerId, screen);
}
