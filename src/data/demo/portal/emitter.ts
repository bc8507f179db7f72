/** Adds records and links to the portal that is being seeded. */
import type { Instant } from '../../../units/day.ts';
import { newRecord } from '../apply.ts';
import { insertRecord, linkNew, type ObjectTypeState, type PortalState, type StoredRecord } from '../state.ts';
import type { Calendar } from './calendar.ts';
import type { Names } from './naming.ts';

/** Object type ids of the two custom objects. */
export const MRR_TYPE = '2-101';
export const USAGE_TYPE = '2-102';

export interface Emitter {
  readonly portal: PortalState;
  readonly calendar: Calendar;
  readonly names: Names;
  /** Adds a record with the type's next id. */
  add(typeId: string, at: Instant, properties: Record<string, string>): StoredRecord;
  link(fromType: string, from: string, toType: string, to: string): void;
}

/**
 * First ids and steps by type. Company and contact ids pass from ten digits to eleven (four to five), so that comparing
 * them as text would go wrong.
 */
const IDS: Readonly<Record<string, readonly [first: number, step: number]>> = {
  '0-1': [9_951, 1],
  '0-2': [9_999_999_677, 17],
  '0-3': [31_000_000_001, 3],
  '0-5': [32_000_000_001, 7],
  '0-8': [33_000_000_001, 1],
  '0-19': [34_000_000_001, 1],
  '0-27': [35_000_000_001, 1],
  '0-46': [36_000_000_001, 1],
  '0-47': [37_000_000_001, 1],
  '0-48': [38_000_000_001, 1],
  '0-49': [39_000_000_001, 1],
  [MRR_TYPE]: [40_000_000_001, 1],
  [USAGE_TYPE]: [41_000_000_001, 1],
};

export function createEmitter(portal: PortalState, calendar: Calendar, names: Names): Emitter {
  const types = new Map<string, { readonly type: ObjectTypeState; next: number; readonly step: number }>();
  for (const type of portal.types.values()) {
    const [first, step] = IDS[type.id] ?? [1, 1];
    types.set(type.id, { type, next: first, step });
  }
  return {
    portal,
    calendar,
    names,
    add(typeId, at, properties) {
      const entry = types.get(typeId);
      if (!entry) throw new Error(`no object type ${typeId}`);
      const record = newRecord(String(entry.next), at, properties);
      entry.next += entry.step;
      insertRecord(entry.type, record);
      return record;
    },
    link: (fromType, from, toType, to) => linkNew(portal.links, fromType, from, toType, to),
  };
}

/** A value that was set later than the record was made. */
export function dated(record: StoredRecord, name: string, value: string, at: Instant, sourceType = 'CRM_UI'): void {
  record.history ??= {};
  record.history[name] ??= [];
  record.history[name].push({ value, timestamp: at, sourceType, sourceId: null });
  record.properties[name] = value;
  if (record.updatedAt < at) record.updatedAt = at;
}
