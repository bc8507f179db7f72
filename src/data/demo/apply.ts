/** A change to the portal as data, and the one function that applies it: live requests and the journal go the same way. */
import type { Instant } from '../../units/day.ts';
import {
  type HistoryEntry,
  insertRecord,
  type Links,
  type ObjectTypeState,
  type PortalState,
  type PropertyDefinition,
  type StoredRecord,
} from './state.ts';

export type Change =
  | {
      readonly kind: 'create';
      readonly type: string;
      readonly id: string;
      readonly at: Instant;
      readonly properties: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'update';
      readonly type: string;
      readonly id: string;
      readonly at: Instant;
      readonly properties: Readonly<Record<string, string>>;
      /** False for what moves no `hs_lastmodifieddate` (calculated values). */
      readonly touch: boolean;
    }
  | { readonly kind: 'archive'; readonly type: string; readonly id: string; readonly at: Instant }
  | { readonly kind: 'merge'; readonly type: string; readonly winner: string; readonly loser: string; readonly at: Instant }
  | DefineChange
  | GroupChange
  | LinkChange
  | UnlinkChange;

/** A property that the portal did not have. */
export interface DefineChange {
  readonly kind: 'define';
  readonly type: string;
  readonly definition: PropertyDefinition;
}

/** A group of properties that the portal did not have. */
export interface GroupChange {
  readonly kind: 'group';
  readonly type: string;
  readonly name: string;
}

interface Ends {
  readonly fromType: string;
  readonly from: string;
  readonly toType: string;
  readonly to: string;
}

export interface LinkChange extends Ends {
  readonly kind: 'link';
  /** Put in front: the primary company. */
  readonly primary?: boolean;
}

export interface UnlinkChange extends Ends {
  readonly kind: 'unlink';
}

export interface Ref {
  readonly type: string;
  readonly id: string;
}

/** The records whose own row a change alters; links alter none. */
export const touched = (change: Change): readonly Ref[] => {
  if (change.kind === 'link' || change.kind === 'unlink' || change.kind === 'define' || change.kind === 'group') return [];
  if (change.kind === 'merge')
    return [
      { type: change.type, id: change.winner },
      { type: change.type, id: change.loser },
    ];
  return [{ type: change.type, id: change.id }];
};

/** Applies one change. A change whose record is not there (a journal older than the seed) is left out. */
export function applyChange(portal: PortalState, change: Change): void {
  if (change.kind === 'link') addLink(portal.links, change.fromType, change.from, change.toType, change.to, change.primary ?? false);
  else if (change.kind === 'unlink') removeLink(portal.links, change.fromType, change.from, change.toType, change.to);
  else {
    const type = portal.types.get(change.type);
    if (!type) return;
    if (change.kind === 'define') type.properties.set(change.definition.name, change.definition);
    else if (change.kind === 'group') type.groups = new Set([...(type.groups ?? []), change.name]);
    else applyToType(portal, type, change);
  }
}

function applyToType(
  portal: PortalState,
  type: ObjectTypeState,
  change: Exclude<Change, LinkChange | UnlinkChange | DefineChange | GroupChange>,
): void {
  if (change.kind === 'create') {
    if (!type.records.has(change.id)) insertRecord(type, newRecord(change.id, change.at, { ...change.properties }));
    return;
  }
  if (change.kind === 'merge') {
    merge(portal, type, change.winner, change.loser, change.at);
    return;
  }
  const record = type.records.get(change.id);
  if (!record) return;
  type.revision += 1;
  if (change.kind === 'archive') {
    record.archivedAt = change.at;
    record.updatedAt = change.at;
    return;
  }
  for (const [name, value] of Object.entries(change.properties)) setProperty(record, name, value, change.at, 'API');
  if (change.touch) record.updatedAt = change.at;
}

export const newRecord = (id: string, at: Instant, properties: Record<string, string>): StoredRecord => ({
  id,
  properties,
  createdAt: at,
  updatedAt: at,
  archivedAt: null,
  mergedInto: null,
  history: null,
});

/** Sets a value and keeps the one before it in the history. */
function setProperty(record: StoredRecord, name: string, value: string, at: Instant, sourceType: string): void {
  const before = record.properties[name];
  const entry: HistoryEntry = { value, timestamp: at, sourceType, sourceId: null };
  record.history ??= {};
  const entries = record.history[name];
  if (entries) entries.push(entry);
  else
    record.history[name] =
      before === undefined ? [entry] : [{ value: before, timestamp: record.createdAt, sourceType: 'IMPORT', sourceId: null }, entry];
  record.properties[name] = value;
}

function merge(portal: PortalState, type: ObjectTypeState, winnerId: string, loserId: string, at: Instant): void {
  const winner = type.records.get(winnerId);
  const loser = type.records.get(loserId);
  if (!winner || !loser) return;
  for (const [name, value] of Object.entries(loser.properties)) {
    if (name !== 'hs_merged_object_ids' && !winner.properties[name]) setProperty(winner, name, value, at, 'MERGE_OBJECTS');
  }
  const ids = [winner.properties.hs_merged_object_ids, loser.properties.hs_merged_object_ids, loserId].filter(Boolean);
  winner.properties.hs_merged_object_ids = ids.join(';');
  winner.updatedAt = at;
  loser.mergedInto = winnerId;
  for (const [key, byFrom] of portal.links) {
    const [fromType = '', toType = ''] = key.split('>');
    if (fromType !== type.id) continue;
    for (const to of [...(byFrom.get(loserId) ?? [])]) {
      removeLink(portal.links, fromType, loserId, toType, to);
      addLink(portal.links, fromType, winnerId, toType, to, false);
    }
  }
  type.revision += 1;
}

function addOneWay(links: Links, key: string, from: string, to: string, first: boolean): void {
  let byFrom = links.get(key);
  if (!byFrom) {
    byFrom = new Map();
    links.set(key, byFrom);
  }
  const known = byFrom.get(from) ?? [];
  const others = first ? known.filter((id) => id !== to) : known;
  if (first) byFrom.set(from, [to, ...others]);
  else if (!known.includes(to)) byFrom.set(from, [...known, to]);
}

function addLink(links: Links, fromType: string, from: string, toType: string, to: string, primary: boolean): void {
  addOneWay(links, `${fromType}>${toType}`, from, to, primary);
  addOneWay(links, `${toType}>${fromType}`, to, from, false);
}

function removeOneWay(links: Links, key: string, from: string, to: string): void {
  const byFrom = links.get(key);
  const left = byFrom?.get(from)?.filter((id) => id !== to);
  if (left && left.length > 0) byFrom?.set(from, left);
  else byFrom?.delete(from);
}

function removeLink(links: Links, fromType: string, from: string, toType: string, to: string): void {
  removeOneWay(links, `${fromType}>${toType}`, from, to);
  removeOneWay(links, `${toType}>${fromType}`, to, from);
}
