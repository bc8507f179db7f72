/** Changing what is queued: in its row while it surely has not left, by a change of the record afterwards. */
import { BODY_LIMIT } from '../../plays/intent.ts';
import { withMarker, withoutMarker } from '../../plays/marker.ts';
import { err, ok, type Result } from '../../units/result.ts';
import { htmlOfText, textOfOwnHtml } from '../hubspot/html.ts';
import { bodyPropertyOf } from '../hubspot/write.ts';
import type { Db } from '../store/driver.ts';
import { changeRow, insertRow, type OutboxRow, rowById } from '../store/outbox-rows.ts';
import { hashOf, rowOf } from './freeze.ts';
import { behindOthers, type Queueing } from './queue.ts';
import type { FrozenChange, FrozenCreate, FrozenRequest, FrozenUpdate, Refused } from './types.ts';

/** `changed`: the row itself. `queued`: a change that follows it, under `id`. */
export type Edited = { readonly kind: 'changed'; readonly id: string } | { readonly kind: 'queued'; readonly id: string };

/** HubSpot properties that are a row's words in a list. */
const TITLES = ['hs_task_subject', 'hs_call_title', 'hs_meeting_title', 'hs_email_subject'];

/** Not sent, and surely not on its way: the row itself can be another. */
const isUntouched = (row: OutboxRow): boolean =>
  ['held', 'ready', 'needs_you'].includes(row.state) && row.inDoubt === 0 && row.hubspotId === null;

/** What can be changed of the row in words, by HubSpot's names and its text as plain text; null where `editRow` leaves it alone. */
export function wordsOfRow(row: OutboxRow): Readonly<Record<string, string>> | null {
  const frozen = JSON.parse(row.request) as FrozenRequest;
  if (frozen.operation === 'archive' || row.state === 'dropped') return null;
  if (frozen.operation === 'update' && !isUntouched(row)) return null;
  const body = frozen.object === 'companies' ? null : bodyPropertyOf(frozen.object);
  const values =
    frozen.operation === 'create'
      ? Object.entries(frozen.record.properties).filter(([name]) => name === body || TITLES.includes(name))
      : frozen.changes.map(({ property, value }) => [property, value] as const);
  return Object.fromEntries(values.map(([name, value]) => [name, name === body ? textOfOwnHtml(withoutMarker(value, row.marker)) : value]));
}

export function editRow(
  db: Db,
  id: string,
  fields: Readonly<Record<string, string>>,
  queueing: Queueing,
): Promise<Result<Edited, Refused> | null> {
  return db.transaction(async (tx): Promise<Result<Edited, Refused> | null> => {
    const row = await rowById(tx, id);
    if (row?.portalId !== queueing.portalId || Object.keys(fields).length === 0) return null;
    const frozen = JSON.parse(row.request) as FrozenRequest;
    if (frozen.operation === 'archive' || row.state === 'dropped') return null;
    const untouched = isUntouched(row);
    if (frozen.operation === 'update' && !untouched) return null;
    const changes = valuesOf(frozen, row, fields);
    const long = changes.find(({ value }) => value.length > BODY_LIMIT);
    if (long) return err({ kind: 'too_long', length: long.value.length, limit: BODY_LIMIT });
    if (untouched) {
      const request = JSON.stringify(withChanges(frozen, changes));
      const state = row.state === 'needs_you' ? 'ready' : row.state;
      await changeRow(tx, id, [row.state], {
        state,
        request,
        requestHash: hashOf(request),
        text: textAfter(row, frozen, fields),
        failures: 0,
        crashes: 0,
        because: null,
        notBefore: row.state === 'needs_you' ? queueing.now : row.notBefore,
      });
      return ok({ kind: 'changed', id });
    }
    if (frozen.operation !== 'create') return null;
    const target = row.state === 'sent' && row.hubspotId !== null ? { id: row.hubspotId } : { row: id };
    const made = rowOf(
      { kind: 'edit', companyId: row.companyId, text: textAfter(row, frozen, fields) },
      { operation: 'update', object: frozen.object, target, changes },
      { ...queueing, id: queueing.makeId(queueing.now) },
      row.state === 'sent' ? [] : [id],
    );
    await insertRow(tx, await behindOthers(tx, made, queueing.now));
    return ok({ kind: 'queued', id: made.id });
  });
}

function valuesOf(frozen: FrozenCreate | FrozenUpdate, row: OutboxRow, fields: Readonly<Record<string, string>>): FrozenChange[] {
  return Object.entries(fields).map(([name, value]) => {
    if (frozen.object === 'companies') return { property: name, value };
    const body = bodyPropertyOf(frozen.object);
    if (name !== 'body' && name !== body) return { property: name, value };
    const html = htmlOfText(value);
    const marked = frozen.operation === 'create' && frozen.uniqueProperty === undefined;
    return { property: body, value: marked ? withMarker(html, row.marker) : html };
  });
}

function withChanges(frozen: FrozenCreate | FrozenUpdate, changes: readonly FrozenChange[]): FrozenRequest {
  if (frozen.operation === 'create') {
    const properties = { ...frozen.record.properties, ...Object.fromEntries(changes.map(({ property, value }) => [property, value])) };
    return { ...frozen, record: { ...frozen.record, properties } };
  }
  const kept = frozen.changes.filter(({ property }) => !changes.some((change) => change.property === property));
  return { ...frozen, changes: [...kept, ...changes] };
}

function textAfter(row: OutboxRow, frozen: FrozenCreate | FrozenUpdate, fields: Readonly<Record<string, string>>): string {
  const title = TITLES.find((name) => name in fields);
  if (title !== undefined) return fields[title] ?? row.text;
  const words = frozen.object === 'companies' ? undefined : (fields.body ?? fields[bodyPropertyOf(frozen.object)]);
  return words !== undefined && row.object === 'notes' ? words : row.text;
}
