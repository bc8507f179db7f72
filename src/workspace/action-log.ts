/** Ties what a person does to the signals that fired on the account at that moment. */
import type { BookRow } from '../book/row.ts';
import { keepEntry, settleLedger } from '../data/store/ledger.ts';
import { fromMajor } from '../units/money.ts';
import type { Session } from './session.ts';

export interface Action {
  /** The outbox row. */
  readonly id: string;
  readonly kind: string;
}

/** What is done for a customer; a property that was changed or a task that was ticked off is none of it. */
const ACTIVITIES: ReadonlySet<string> = new Set(['note', 'task', 'call', 'meeting', 'email']);

/** Keeps what the account's row says now. An action is never lost or refused because this could not be written. */
export async function logAction(session: Session, portalId: string, row: BookRow | undefined, action: Action): Promise<void> {
  if (!row || !ACTIVITIES.has(action.kind)) return;
  const now = session.profile.options.now();
  try {
    const { db } = await session.local();
    await settleLedger(db, now);
    await keepEntry(db, portalId, {
      actionId: action.id,
      accountId: row.id,
      kind: action.kind,
      at: now,
      risk: row.risk,
      band: row.band,
      mrr: row.mrr === null ? null : fromMajor(row.mrr),
      currency: row.currency,
      signals: row.signals.filter((signal) => !signal.dismissed).map(({ id, points }) => ({ id, points })),
    });
  } catch (error) {
    session.log.error('ledger', { error });
  }
}
