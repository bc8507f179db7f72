/** One sender at work: takes due rows through look-ups and attempts. Runs only under the sender lock. */

import type { ApiFailure } from '../hubspot/types.ts';
import {
  type Because,
  changeRow,
  doubtUnfinished,
  dueLooks,
  dueRows,
  type OutboxRow,
  pauseDue,
  releaseHeld,
} from '../store/outbox-rows.ts';
import { createAttempts } from './attempts.ts';
import { createLooks } from './looks.ts';
import { becauseOf, MAX_CRASHES, nextMidnight, retryAt } from './rules.ts';
import type { SenderParts } from './sender-parts.ts';
import { findAims } from './target.ts';

export interface Sender {
  /** To be called once, before the first pass: what an earlier sender left in `sending` becomes `unknown`. */
  recover(): Promise<void>;
  /** Does what is due now, some rows of it; true where it did anything. Throws `StoreError` where a commit failed. */
  pass(signal: AbortSignal): Promise<boolean>;
}

/** Rows taken at a time: what they aim at is looked up together, seconds before the attempts. */
const HANDFUL = 20;

export function createSender(parts: SenderParts): Sender {
  const { db, gateway, clock, random, portalId, timeZone, changed } = parts;
  const attempts = createAttempts(parts);
  const looks = createLooks(parts);
  let portalConfirmed = false;

  const pause = async (failure: ApiFailure, failures: number): Promise<void> => {
    const now = clock.now();
    const said = failure.retryAt ?? (failure.kind === 'daily' ? nextMidnight(now, timeZone) : null);
    await pauseDue(db, portalId, now, retryAt(now, failures, said, random()), becauseOf(failure));
    changed();
  };

  /** Never sends with a token that belongs to another portal than the rows. */
  const confirmPortal = async (rows: readonly OutboxRow[], signal: AbortSignal): Promise<boolean> => {
    if (portalConfirmed) return true;
    const reply = await gateway.portalInfo({ lane: 'interactive', signal });
    if (!reply.ok) {
      if (!signal.aborted) await pause(reply.error, rows[0]?.failures ?? 0);
      return false;
    }
    portalConfirmed = reply.value.portalId === portalId;
    if (!portalConfirmed) {
      const now = clock.now();
      const because: Because = { code: 'other_portal', params: { portalId: reply.value.portalId } };
      await pauseDue(db, portalId, now, retryAt(now, 10, null, random()), because);
      changed();
    }
    return portalConfirmed;
  };

  const giveToPerson = async (row: OutboxRow, because: Because): Promise<void> => {
    await changeRow(db, row.id, [row.state], { state: 'needs_you', because, nextLookAt: null });
    changed();
  };

  /** A row whose own data breaks the sender is counted, delayed and in the end handed to a person; the rest goes on. */
  const guarded = async (row: OutboxRow, body: () => Promise<ApiFailure | null>): Promise<ApiFailure | null> => {
    if (row.crashes >= MAX_CRASHES) {
      await giveToPerson(row, { code: 'crashed', params: { n: row.crashes } });
      return null;
    }
    try {
      return await body();
    } catch (error) {
      if (!(error instanceof SyntaxError || error instanceof TypeError || error instanceof RangeError)) throw error;
      const crashes = row.crashes + 1;
      const later = retryAt(clock.now(), crashes, null, random());
      const because: Because = { code: 'crashed', params: { n: crashes } };
      await changeRow(db, row.id, [row.state], { crashes, notBefore: later, nextLookAt: later, because });
      changed();
      return null;
    }
  };

  const sendDue = async (signal: AbortSignal): Promise<boolean> => {
    const due = await dueRows(db, portalId, clock.now(), HANDFUL);
    if (due.length === 0) return false;
    if (!(await confirmPortal(due, signal))) return true;
    const aims = await findAims(db, gateway, due, { lane: 'interactive', signal });
    if (!aims.ok) {
      if (!signal.aborted) await pause(aims.error, due[0]?.failures ?? 0);
      return true;
    }
    for (const row of due) {
      if (signal.aborted) break;
      const blocked = await guarded(row, () => attempts.send(row, aims.value, signal));
      if (blocked) {
        await pause(blocked, row.failures);
        break;
      }
    }
    return true;
  };

  const lookDue = async (signal: AbortSignal): Promise<boolean> => {
    const due = await dueLooks(db, portalId, clock.now(), HANDFUL);
    if (due.length === 0) return false;
    if (!(await confirmPortal(due, signal))) {
      // The rows in doubt wait as well; nothing was looked at, so nothing is evidence.
      const now = clock.now();
      for (const row of due)
        await changeRow(db, row.id, ['unknown'], { nextLookAt: retryAt(now, row.failures, null, random()), failures: row.failures + 1 });
      return true;
    }
    const aims = await findAims(db, gateway, due, { lane: 'interactive', signal });
    for (const row of due) {
      if (signal.aborted) break;
      await guarded(row, () => looks.look(row, aims.ok ? aims.value : null, signal));
    }
    return true;
  };

  return {
    recover: async () => {
      if ((await doubtUnfinished(db, portalId, clock.now(), { code: 'unconfirmed', params: {} })) > 0) changed();
    },
    pass: async (signal) => {
      await attempts.finish();
      if ((await releaseHeld(db, portalId, clock.now())) > 0) changed();
      const sent = await sendDue(signal);
      return signal.aborted ? sent : (await lookDue(signal)) || sent;
    },
  };
}
