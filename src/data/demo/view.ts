/** A stored record as the API shows it. */

import { associationTypes } from './association-types.ts';
import type { Call } from './call.ts';
import { defaultProperties, isCustom, standardType } from './object-types.ts';
import { type HistoryEntry, linked, type ObjectTypeState, type PortalState, type StoredRecord } from './state.ts';

const iso = (ms: number): string => new Date(ms).toISOString();

/** The one name under which a type's modification time is a property. */
const modifiedProperty = (typeId: string): string => (typeId === '0-1' ? 'lastmodifieddate' : 'hs_lastmodifieddate');

const hasCreatedate = (typeId: string): boolean => ['0-1', '0-2', '0-3', '0-5'].includes(typeId);
const createdProperty = (typeId: string): string => (hasCreatedate(typeId) ? 'createdate' : 'hs_createdate');

/** A property's value as text, null where it has none. */
export function propertyValue(typeId: string, record: StoredRecord, name: string): string | null {
  if (name === 'hs_object_id') return record.id;
  if (name === 'createdate' || name === 'hs_createdate') return iso(record.createdAt);
  if (name === modifiedProperty(typeId)) return iso(record.updatedAt);
  return Object.hasOwn(record.properties, name) ? (record.properties[name] ?? null) : null;
}

export interface Shown {
  readonly properties: readonly string[];
  readonly history: readonly string[];
}

/** Names asked for that the portal has; unknown ones are left out in silence. */
function shownNames(type: ObjectTypeState, asked: readonly string[]): Set<string> {
  const names = new Set<string>();
  const wanted = asked.length > 0 ? asked : defaultProperties(type.id);
  for (const name of wanted) if (type.properties.has(name)) names.add(name);
  names.add(createdProperty(type.id));
  names.add(modifiedProperty(type.id));
  names.add('hs_object_id');
  return names;
}

/** Shows records of one type with the same selection: the names are looked up once. */
export function recordView(portal: PortalState, type: ObjectTypeState, shown: Shown): (record: StoredRecord) => Record<string, unknown> {
  const names = [...shownNames(type, [...shown.properties, ...(shown.properties.length > 0 ? shown.history : [])])];
  const histories = shown.history.filter((name) => type.properties.has(name));
  return (record) => {
    const properties = Object.fromEntries(names.map((name) => [name, propertyValue(type.id, record, name)]));
    return envelope(portal, type, record, properties, histories);
  };
}

/** A record with everything that is set on it, as the answer to a write. */
export function fullView(portal: PortalState, type: ObjectTypeState, record: StoredRecord): Record<string, unknown> {
  return recordView(portal, type, { properties: Object.keys(record.properties), history: [] })(record);
}

function envelope(
  portal: PortalState,
  type: ObjectTypeState,
  record: StoredRecord,
  properties: Readonly<Record<string, string | null>>,
  histories: readonly string[],
): Record<string, unknown> {
  const view: Record<string, unknown> = { id: record.id, properties };
  if (histories.length > 0) {
    view.propertiesWithHistory = Object.fromEntries(histories.map((name) => [name, historyOf(type.id, record, name)]));
  }
  view.createdAt = iso(record.createdAt);
  view.updatedAt = iso(record.updatedAt);
  view.archived = record.archivedAt !== null;
  if (record.archivedAt !== null) view.archivedAt = iso(record.archivedAt);
  view.url = `https://${portal.account.uiDomain}/contacts/${portal.account.portalId}/record/${type.id}/${record.id}`;
  return view;
}

/** Newest first; a value that never changed has the one entry of its record's creation. */
function historyOf(typeId: string, record: StoredRecord, name: string): readonly Record<string, unknown>[] {
  const entries = record.history && Object.hasOwn(record.history, name) ? record.history[name] : undefined;
  if (entries) return entries.map(historyView).reverse();
  const value = propertyValue(typeId, record, name);
  return value === null ? [] : [historyView({ value, timestamp: record.createdAt, sourceType: 'IMPORT', sourceId: null })];
}

const historyView = (entry: HistoryEntry): Record<string, unknown> => ({
  value: entry.value,
  timestamp: iso(entry.timestamp),
  sourceType: entry.sourceType,
  ...(entry.sourceId === null ? {} : { sourceId: entry.sourceId }),
});

/** What the answers call an object type in keys: `companies`, `p4711_mrr_record`. */
function typeKey(portal: PortalState, typeId: string): string {
  const custom = portal.types.get(typeId)?.custom;
  return custom ? `p${portal.account.portalId}_${custom.name}` : (standardType(typeId)?.plural ?? typeId);
}

const typeSingular = (portal: PortalState, typeId: string): string =>
  isCustom(typeId) ? typeKey(portal, typeId) : (standardType(typeId)?.singular ?? typeId);

/** The `associations` part of a listed record: the first page of each type asked for. */
export function associationsView(call: Call, typeId: string, id: string, toTypes: readonly string[]): Record<string, unknown> {
  const { portal } = call.world;
  const found = toTypes.flatMap((toType) => {
    const ids = linked(portal.links, typeId, id, toType);
    if (ids.length === 0) return [];
    const name = `${typeSingular(portal, typeId)}_to_${typeSingular(portal, toType)}`;
    const page = ids.slice(0, LISTED_ASSOCIATIONS);
    const results = page.flatMap((to) =>
      associationTypes(typeId, toType, isPrimary(portal, typeId, id, toType, to)).map((type) => ({
        id: to,
        type: type.label === null ? `${name}_unlabeled` : name,
      })),
    );
    const after = page.length < ids.length ? page.at(-1) : undefined;
    return [[typeKey(portal, toType), after === undefined ? { results } : { results, paging: { next: { after } } }] as const];
  });
  return Object.fromEntries(found);
}

const LISTED_ASSOCIATIONS = 100;

/** The first company that a contact, deal or ticket was linked to is its primary one. */
export function isPrimary(portal: PortalState, fromType: string, from: string, toType: string, to: string): boolean {
  if (toType === '0-2') return linked(portal.links, fromType, from, toType)[0] === to;
  return fromType === '0-2' && linked(portal.links, toType, to, fromType)[0] === from;
}
