/** Turns an intent into a row: the complete request, with the marker and the moment by which it can be found again. */
import { createHash } from 'node:crypto';
import { type ActivityIntent, type ArchiveIntent, BODY_LIMIT, type Intent, wordsOf } from '../../plays/intent.ts';
import type { Instant } from '../../units/day.ts';
import { err, ok, type Result } from '../../units/result.ts';
import { bodyHtml, momentOf, objectOf, taskChanges, toNewRecord } from '../hubspot/write.ts';
import type { Queries } from '../store/driver.ts';
import { freeMoment, markerProperty, type OutboxRow, rowById } from '../store/outbox-rows.ts';
import { newMarker, type Random } from './ids.ts';
import type { FrozenRequest, Refused, RequestTarget } from './types.ts';

/** Why the intent can never be sent; null where it can. */
export function refusal(intent: Intent): Refused | null {
  if (isEmpty(intent)) return { kind: 'empty' };
  if (!('body' in intent)) return null;
  const length = bodyHtml(
    intent,
    newMarker(() => 0),
  ).length;
  return length > BODY_LIMIT ? { kind: 'too_long', length, limit: BODY_LIMIT } : null;
}

function isEmpty(intent: Intent): boolean {
  switch (intent.kind) {
    case 'call':
    case 'email':
      return intent.body.trim() === '' && wordsOf(intent).trim() === '';
    case 'task_update':
      return Object.values(intent.change).every((value) => value === undefined);
    case 'company_update':
      return intent.changes.length === 0;
    case 'archive':
      return false;
    default:
      return wordsOf(intent).trim() === '';
  }
}

export interface RowParts {
  readonly id: string;
  readonly portalId: string;
  readonly timeZone: string;
  readonly now: Instant;
  readonly undoMs: number;
  readonly random: Random;
  /** Rows that must be sent before. */
  readonly dependsOn?: readonly string[];
  readonly groupId?: string | null;
  readonly play?: string | null;
  readonly step?: string | null;
}

/** The row to insert, inside the transaction that inserts it (its moment must still be free then). */
export async function freeze(tx: Queries, intent: Intent, parts: RowParts): Promise<Result<OutboxRow, Refused>> {
  switch (intent.kind) {
    case 'task_update':
    case 'archive': {
      const aim = intent.kind === 'archive' ? intent.made : { object: 'tasks' as const, ...intent.task };
      const target = await resolveTarget(tx, aim, parts.portalId);
      if (target === null) return err({ kind: 'no_target' });
      const { request, waitsFor } = target;
      const frozen: FrozenRequest =
        intent.kind === 'archive'
          ? { operation: 'archive', object: target.object, target: request }
          : { operation: 'update', object: 'tasks', target: request, changes: taskChanges(intent, parts.timeZone) };
      return ok(rowOf(intent, frozen, parts, waitsFor));
    }
    case 'company_update': {
      const { companyId, changes } = intent;
      return ok(rowOf(intent, { operation: 'update', object: 'companies', target: { id: companyId }, changes }, parts, []));
    }
    default:
      return ok(await freezeActivity(tx, intent, parts));
  }
}

async function freezeActivity(tx: Queries, intent: ActivityIntent, parts: RowParts): Promise<OutboxRow> {
  const { portalId, timeZone, random } = parts;
  const marker = newMarker(random);
  const uniqueProperty = await markerProperty(tx, portalId, objectOf(intent.kind));
  const { object, record } = toNewRecord(intent, { marker, timeZone, uniqueProperty });
  // A due time is the same for many tasks; milliseconds at random keep it apart from those that others made.
  const wanted = momentOf(intent, timeZone) + (intent.kind === 'task' ? Math.floor(random() * 1000) : 0);
  const hsTimestamp = await freeMoment(tx, portalId, object, wanted as Instant);
  const properties = { ...record.properties, hs_timestamp: String(hsTimestamp) };
  const frozen: FrozenRequest = {
    operation: 'create',
    object,
    record: { ...record, properties },
    ...(uniqueProperty === null ? {} : { uniqueProperty }),
  };
  return { ...rowOf(intent, frozen, parts, []), marker, hsTimestamp };
}

interface Resolved {
  readonly object: Exclude<OutboxRow['object'], 'companies'>;
  readonly request: RequestTarget;
  readonly waitsFor: readonly string[];
}

/** What a change of a record aims at; null for a row that is not there, was given up or makes nothing. */
async function resolveTarget(tx: Queries, aim: ArchiveIntent['made'], portalId: string): Promise<Resolved | null> {
  if ('hubspotId' in aim) return { object: aim.object, request: { id: aim.hubspotId }, waitsFor: [] };
  const maker = await rowById(tx, aim.row);
  if (maker?.portalId !== portalId || maker.operation !== 'create' || maker.object === 'companies' || maker.state === 'dropped')
    return null;
  if (maker.state === 'sent' && maker.hubspotId !== null) return { object: maker.object, request: { id: maker.hubspotId }, waitsFor: [] };
  return { object: maker.object, request: { row: aim.row }, waitsFor: [aim.row] };
}

export const hashOf = (request: string): string => createHash('sha256').update(request).digest('hex');

/** A fresh row around a request. Only records that we create carry a marker and a moment; the others are never looked for by them. */
export function rowOf(
  intent: Pick<Intent, 'companyId'> & { readonly kind: OutboxRow['kind']; readonly text?: string },
  frozen: FrozenRequest,
  { id, portalId, now, undoMs, random, dependsOn = [], groupId = null, play = null, step = null }: RowParts,
  waitsFor: readonly string[],
): OutboxRow {
  const request = JSON.stringify(frozen);
  return {
    id,
    portalId,
    kind: intent.kind,
    operation: frozen.operation,
    object: frozen.object,
    companyId: intent.companyId,
    state: undoMs > 0 ? 'held' : 'ready',
    request,
    requestHash: hashOf(request),
    marker: newMarker(random),
    hsTimestamp: now,
    text: intent.text ?? wordsOf(intent as Intent),
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
    dependsOn: [...new Set([...dependsOn, ...waitsFor])],
    groupId,
    play,
    step,
    settledAt: null,
  };
}
