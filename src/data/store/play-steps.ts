/** Steps of plays that carry no mark in HubSpot: changes of properties, by their row in the outbox, and e-mail drafts. */
import type { Instant } from '../../units/day.ts';
import type { Db, Queries } from './driver.ts';

export interface PlayStep {
  readonly accountId: string;
  readonly run: string;
  readonly step: string;
  readonly play: string;
  /** The row that changes the property; null for a draft. */
  readonly rowId: string | null;
  /** Of a draft its subject, of a change what it says. Raw. */
  readonly subject: string;
  readonly at: Instant;
}

export async function keepPlayStep(tx: Queries, portalId: string, one: PlayStep): Promise<void> {
  const values = [portalId, one.accountId, one.run, one.step, one.play, one.rowId, one.subject, one.at];
  await tx.run('INSERT OR REPLACE INTO play_step VALUES (?, ?, ?, ?, ?, ?, ?, ?)', ...values);
}

/** The change was taken back, or given up: it is no step of the play any more. */
export async function forgetPlaySteps(tx: Queries, rowIds: readonly string[]): Promise<void> {
  if (rowIds.length > 0) await tx.run('DELETE FROM play_step WHERE row_id IN (SELECT value FROM json_each(?))', JSON.stringify(rowIds));
}

/** Oldest first. */
export const playSteps = (db: Db, portalId: string, accountId: string): Promise<readonly PlayStep[]> =>
  db.all<PlayStep & Record<string, never>>(
    `SELECT account_id AS accountId, run, step, play, row_id AS rowId, subject, at FROM play_step
     WHERE portal_id = ? AND account_id = ? ORDER BY at, run, step`,
    portalId,
    accountId,
  );
