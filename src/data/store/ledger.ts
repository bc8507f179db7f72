/** The save ledger: every action with what was known of its account at that moment. Rows outlive those of the outbox. */
import type { Band } from '../../policy.ts';
import type { Instant } from '../../units/day.ts';
import type { Money } from '../../units/money.ts';
import type { Db, Queries } from './driver.ts';

export interface LedgerEntry {
  /** The outbox row. */
  readonly actionId: string;
  readonly accountId: string;
  /** As the intent names it: note, task, … */
  readonly kind: string;
  readonly at: Instant;
  readonly risk: number;
  readonly band: Band | null;
  /** Null where it was unknown. */
  readonly mrr: Money | null;
  readonly currency: string;
  /** Those that fired and were not dismissed, strongest first; good ones have points below 0. */
  readonly signals: readonly { readonly id: string; readonly points: number }[];
}

export interface KeptEntry extends LedgerEntry {
  readonly sent: boolean;
  /** Of the note, task, … once it was sent. */
  readonly hubspotId: string | null;
  /** The playbook that it is a step of. */
  readonly play: string | null;
}

export async function keepEntry(db: Queries, portalId: string, entry: LedgerEntry): Promise<void> {
  const { actionId, accountId, kind, at, risk, band, mrr, currency, signals } = entry;
  await db.run(
    `INSERT OR REPLACE INTO ledger (portal_id, action_id, account_id, kind, at, risk, band, mrr, currency, signals)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    portalId,
    actionId,
    accountId,
    kind,
    at,
    risk,
    band,
    mrr,
    currency,
    JSON.stringify(signals),
  );
}

/** Outbox rows that were sent are forgotten after so many days, so that a missing row no longer says "undone" by then. */
const ROW_DAYS = 90;
const DAY_MS = 86_400_000;

/**
 * Brings the ledger up to what the outbox knows: what was sent stays for good, on the account that survived a merge; what
 * was undone or dropped was no action, whether or not it had left.
 */
export function settleLedger(db: Db, now: Instant): Promise<void> {
  return db.transaction(async (tx) => {
    await tx.run(
      `UPDATE ledger SET sent = row.state = 'sent', account_id = row.company_id, hubspot_id = row.hubspot_id,
         play = row.play FROM outbox AS row
       WHERE row.id = ledger.action_id AND ledger.sent = 0`,
    );
    await tx.run(
      `DELETE FROM ledger WHERE sent = 0 AND at > ? AND action_id NOT IN (SELECT id FROM outbox WHERE state <> 'dropped')`,
      now - ROW_DAYS * DAY_MS,
    );
    // What had left already is taken back by a row of its own.
    await tx.run(
      "DELETE FROM ledger WHERE action_id IN (SELECT substr(step, 6) FROM outbox WHERE step LIKE 'undo %' AND state <> 'dropped')",
    );
  });
}

/** Oldest first. */
export async function ledgerEntries(db: Db, portalId: string, since: Instant | null = null): Promise<readonly KeptEntry[]> {
  const rows = await db.all<Omit<KeptEntry, 'signals' | 'sent'> & { signals: string; sent: number }>(
    `SELECT action_id AS actionId, account_id AS accountId, kind, at, risk, band, mrr, currency, signals, sent,
       hubspot_id AS hubspotId, play FROM ledger
     WHERE portal_id = ?1 AND (?2 IS NULL OR at >= ?2) ORDER BY at, action_id`,
    portalId,
    since,
  );
  return rows.map(({ signals, sent, ...row }) => ({
    ...row,
    signals: JSON.parse(signals) as KeptEntry['signals'],
    sent: sent === 1,
  }));
}
