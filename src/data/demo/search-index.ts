/**
 * What search can see: the records as they were `lag` ago. Everything that changed less than its lag ago is answered as
 * it was before; a record too young is not there at all.
 */
import type { Instant } from '../../units/day.ts';
import type { Ref } from './apply.ts';
import type { ObjectTypeState, PortalState, StoredRecord } from './state.ts';

/** Milliseconds between a write and the moment search sees it. */
export type IndexLag = number | ((type: string, id: string) => number);

interface Pending {
  readonly visibleAt: Instant;
  readonly before: StoredRecord | null;
}

export interface SearchIndex {
  setLag(lag: IndexLag): void;
  /** Remembers the record as it is now, right before a change. */
  note(ref: Ref): void;
  /** The record as search sees it, null where it does not. */
  view(type: ObjectTypeState, id: string): StoredRecord | null;
  /** Whether some record of the type is seen as it was before. */
  lagging(type: string): boolean;
  /** Lets everything written so far be seen at once. */
  catchUp(): void;
}

export function createSearchIndex(portal: PortalState, now: () => Instant): SearchIndex {
  const pending = new Map<string, Map<string, Pending[]>>();
  let lag: IndexLag = 0;
  return {
    setLag(next) {
      lag = next;
    },
    note({ type, id }) {
      const delay = typeof lag === 'number' ? lag : lag(type, id);
      if (delay <= 0) return;
      const record = portal.types.get(type)?.records.get(id);
      const before = record ? { ...record, properties: { ...record.properties } } : null;
      const byId = pending.get(type) ?? new Map<string, Pending[]>();
      pending.set(type, byId);
      byId.set(id, [...(byId.get(id) ?? []), { visibleAt: (now() + delay) as Instant, before }]);
    },
    view(type, id) {
      const current = type.records.get(id) ?? null;
      const waits = pending.get(type.id)?.get(id);
      if (!waits) return current;
      const hidden = waits.find((wait) => wait.visibleAt > now());
      return hidden ? hidden.before : current;
    },
    lagging(type) {
      const byId = pending.get(type);
      if (!byId) return false;
      const at = now();
      for (const [id, waits] of byId) if (waits.every((wait) => wait.visibleAt <= at)) byId.delete(id);
      return byId.size > 0;
    },
    catchUp() {
      pending.clear();
    },
  };
}
