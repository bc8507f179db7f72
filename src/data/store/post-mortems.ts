/** Post-mortems of this machine; the note in HubSpot says the same to everybody. */
import type { CauseFixed, PostMortem } from '../../plays/post-mortem.ts';
import type { Instant } from '../../units/day.ts';
import type { Db } from './driver.ts';

/** One an account: a second one takes the place of the first. */
export async function keepPostMortem(
  db: Db,
  portalId: string,
  { accountId, day, cause, avoidable, helped }: PostMortem,
  at: Instant,
): Promise<void> {
  const values = [portalId, accountId, day, cause, avoidable, helped, at] as const;
  await db.run('INSERT OR REPLACE INTO post_mortems VALUES (?, ?, ?, ?, ?, ?, ?)', ...values);
}

export async function dropPostMortem(db: Db, portalId: string, accountId: string): Promise<void> {
  await db.run('DELETE FROM post_mortems WHERE portal_id = ? AND account_id = ?', portalId, accountId);
}

/** By account id. */
export async function postMortems(db: Db, portalId: string): Promise<ReadonlyMap<string, PostMortem>> {
  const rows = await db.all<PostMortem>(
    'SELECT account_id AS accountId, day, cause, avoidable, helped FROM post_mortems WHERE portal_id = ?',
    portalId,
  );
  return new Map(rows.map((row) => [row.accountId, row]));
}

/** The cause of a churn is gone since; said again, the later word counts. */
export async function keepFixed(db: Db, portalId: string, accountId: string, { day, what }: CauseFixed, at: Instant): Promise<void> {
  await db.run('INSERT OR REPLACE INTO cause_fixed VALUES (?, ?, ?, ?, ?)', portalId, accountId, day, what, at);
}

export async function dropFixed(db: Db, portalId: string, accountId: string): Promise<void> {
  await db.run('DELETE FROM cause_fixed WHERE portal_id = ? AND account_id = ?', portalId, accountId);
}

/** By account id. */
export async function causesFixed(db: Db, portalId: string): Promise<ReadonlyMap<string, CauseFixed>> {
  const rows = await db.all<CauseFixed & { readonly accountId: string }>(
    'SELECT account_id AS accountId, day, what FROM cause_fixed WHERE portal_id = ?',
    portalId,
  );
  return new Map(rows.map(({ accountId, day, what }) => [accountId, { day, what }]));
}
