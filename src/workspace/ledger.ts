/** The save ledger, worked out anew whenever somebody looks. */
import { type Ledger, ledgerOf } from '../book/ledger.ts';
import { ledgerEntries, settleLedger } from '../data/store/ledger.ts';
import type { Policy } from '../policy.ts';
import { type Day, dayBounds, dayOf } from '../units/day.ts';
import { ownBooks, readHistory } from './history.ts';
import type { Session } from './session.ts';

export interface LedgerRun {
  readonly asOf: Day;
  readonly since: Day | null;
  readonly currency: string;
  readonly policy: Policy;
  readonly ledger: Ledger;
}

/** Reads the whole store. Throws `NeverSyncedError`. */
export async function readLedger(session: Session, since: Day | null): Promise<LedgerRun> {
  const books = await ownBooks(session);
  const { portalId, timeZone, currency } = books.portal;
  const { db } = await session.local();
  await settleLedger(db, session.profile.options.now());
  const entries = await ledgerEntries(db, portalId, since && dayBounds(since, timeZone).begins);
  const history = await readHistory(
    session,
    books,
    entries.map(({ accountId }) => accountId),
  );
  const ledger = ledgerOf({
    ...history,
    entries,
    since,
    asOf: books.asOf,
    dayOf: (at) => dayOf(at, timeZone),
    currency,
    policy: books.policy,
  });
  return { asOf: books.asOf, since, currency, policy: books.policy, ledger };
}
