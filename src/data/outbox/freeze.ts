/** Turns an intent into a row: the complete request, with the marker and the moment by which it can be found again. */
import { createHash } from 'node:crypto';
import { BODY_LIMIT, type Intent } from '../../plays/intent.ts';
import type { Instant } from '../../units/day.ts';
import { bodyHtml, dueAt, toNewRecord } from '../hubspot/write.ts';
import type { Queries } from '../store/driver.ts';
import { freeMoment, type OutboxRow } from '../store/outbox-rows.ts';
import { newMarker, type Random } from './ids.ts';
import type { FrozenRequest, Refused } from './types.ts';

/** Why the intent can never be sent; null where it can. */
export function refusal(intent: Intent): Refused | null {
  const text = intent.kind === 'task' ? intent.subject : intent.body;
  if (text.trim() === '') return { kind: 'empty' };
  const length = bodyHtml(
    intent,
    newMarker(() => 0),
  ).length;
  return length > BODY_LIMIT ? { kind: 'too_long', length, limit: BODY_LIMIT } : null;
}

export interface RowParts {
  readonly id: string;
  readonly portalId: string;
  readonly timeZone: string;
  readonly now: Instant;
  readonly undoMs: number;
  readonly random: Random;
}

/** The row to insert, inside the transaction that inserts it (its moment must still be free then). */
export async function freeze(tx: Queries, intent: Intent, parts: RowParts): Promise<OutboxRow> {
  const { id, portalId, timeZone, now, undoMs, random } = parts;
  const marker = newMarker(random);
  const { object, record } = toNewRecord(intent, { marker, timeZone });
  // A due time is the same for many tasks; milliseconds at random keep it apart from those that others made.
  const wanted = intent.kind === 'note' ? intent.at : dueAt(intent.due, timeZone) + Math.floor(random() * 1000);
  const hsTimestamp = await freeMoment(tx, portalId, object, wanted as Instant);
  const properties = { ...record.properties, hs_timestamp: String(hsTimestamp) };
  const frozen: FrozenRequest = { operation: 'create', object, record: { ...record, properties } };
  const request = JSON.stringify(frozen);
  return {
    id,
    portalId,
    kind: intent.kind,
    operation: frozen.operation,
    object,
    companyId: intent.companyId,
    state: undoMs > 0 ? 'held' : 'ready',
    request,
    requestHash: createHash('sha256').update(request).digest('hex'),
    marker,
    hsTimestamp,
    text: intent.kind === 'task' ? intent.subject : intent.body,
    queuedAt: now,
    notBefore: (now + undoMs) as Instant,
    attempts: 0,
    failures: 0,
    crashes: 0,
    attemptedAt: null,
    endedAt: null,
    inDoubt: 0,
    vouched: 0,
    nextLookAt: null,
    looks: 0,
    hubspotId: null,
    because: null,
    dependsOn: [],
    settledAt: null,
  };
}
