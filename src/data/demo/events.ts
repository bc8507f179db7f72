/** Occurrences of events. */
import { type Call, cursorOf, invalid, queryLimit, type Reply, readCursor } from './call.ts';
import type { EventState } from './state.ts';

/** Oldest first, by type, record and time. A record is named by type and id together. */
export function listEvents(call: Call): Reply {
  const { query, world } = call;
  const { objectType, objectId, eventType } = Object.fromEntries(query);
  if (objectId !== undefined && objectType === undefined) throw invalid('objectType is required with objectId');
  const [after, before] = ['occurredAfter', 'occurredBefore'].map((name) => timeOf(query.get(name), name));
  const limit = queryLimit(query, 10, 100);
  const start = Math.max(0, readCursor(query.get('after')));
  const found = (world.portal.events ?? [])
    .filter(
      (event) =>
        (eventType === undefined || event.eventType === eventType) &&
        (objectType === undefined || event.objectType.toLowerCase() === objectType.toLowerCase()) &&
        (objectId === undefined || event.objectId === objectId) &&
        (after == null || event.occurredAt > after) &&
        (before == null || event.occurredAt < before) &&
        event.occurredAt <= world.now(),
    )
    .toSorted((a, b) => a.occurredAt - b.occurredAt || Number(a.id) - Number(b.id));
  const page = found.slice(start, start + limit);
  const next = start + page.length;
  return {
    status: 200,
    body: { results: page.map(shown), ...(next < found.length ? { paging: { next: { after: cursorOf(String(next)) } } } : {}) },
  };
}

function timeOf(text: string | null, name: string): number | null {
  if (text === null) return null;
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw invalid(`Invalid ${name}: ${text}`);
  return time;
}

const shown = (event: EventState) => ({ ...event, occurredAt: new Date(event.occurredAt).toISOString() });
