/**
 * The portal as plain data: object types with their records in indexed maps, links between records, and the catalogue
 * (owners, pipelines, properties). Nothing here knows HTTP; `apply.ts` is the only place that changes it.
 */
import type { Instant } from '../../units/day.ts';

export interface AccountInfo {
  readonly portalId: number;
  readonly accountType: 'STANDARD' | 'SANDBOX' | 'DEVELOPER_TEST' | 'APP_DEVELOPER';
  readonly timeZone: string;
  readonly companyCurrency: string;
  readonly additionalCurrencies: readonly string[];
  readonly utcOffset: string;
  readonly utcOffsetMilliseconds: number;
  readonly uiDomain: string;
  readonly dataHostingLocation: string;
}

export interface OwnerState {
  readonly id: string;
  readonly userId: number;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly teams: readonly { readonly id: string; readonly name: string; readonly primary: boolean }[];
  readonly archived: boolean;
  readonly createdAt: Instant;
}

export interface PropertyDefinition {
  readonly name: string;
  readonly label: string;
  readonly type: 'string' | 'number' | 'date' | 'datetime' | 'enumeration' | 'bool' | 'phone_number';
  readonly fieldType: string;
  readonly groupName: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly hubspotDefined: boolean;
  readonly calculated: boolean;
  readonly readOnly: boolean;
  readonly hasUniqueValue: boolean;
  readonly externalOptions: boolean;
  readonly referencedObjectType: string | null;
  readonly showCurrencySymbol: boolean;
}

export interface HistoryEntry {
  readonly value: string;
  readonly timestamp: Instant;
  readonly sourceType: string;
  readonly sourceId: string | null;
}

/**
 * One CRM record. `createdate`, `hs_lastmodifieddate` and `hs_object_id` are not stored: they follow from the envelope.
 * `history` holds only the properties that changed after the record was made, oldest entry first.
 */
export interface StoredRecord {
  readonly id: string;
  properties: Record<string, string>;
  readonly createdAt: Instant;
  updatedAt: Instant;
  archivedAt: Instant | null;
  /** The survivor of the merge that this record lost. */
  mergedInto: string | null;
  history: Record<string, HistoryEntry[]> | null;
}

export interface CustomSchema {
  readonly name: string;
  readonly labels: { readonly singular: string; readonly plural: string };
  readonly primaryDisplayProperty: string;
  readonly requiredProperties: readonly string[];
  readonly associatedObjects: readonly string[];
  readonly createdAt: Instant;
}

export interface ObjectTypeState {
  /** `0-2`, `2-101`. */
  readonly id: string;
  readonly properties: Map<string, PropertyDefinition>;
  readonly records: Map<string, StoredRecord>;
  /** Record ids in ascending numeric order, archived and merged ones too. */
  readonly order: string[];
  readonly custom: CustomSchema | null;
  /** Property groups that were made; those of the seed are known by their properties. */
  groups?: Set<string>;
  /** Properties that the portal's admin demands of every new record; only the dated API asks for them. */
  demanded?: readonly string[];
  /** Grows with every change of a record of this type; caches of search results hang on it. */
  revision: number;
}

export interface PipelineState {
  readonly id: string;
  readonly label: string;
  readonly stages: readonly { readonly id: string; readonly label: string; readonly metadata: Readonly<Record<string, string>> }[];
}

/** `from>to` type ids → from id → to ids in the order they were linked; both directions are kept. */
export type Links = Map<string, Map<string, string[]>>;

/** What a person did, as the product told HubSpot. */
export interface EventState {
  readonly id: string;
  readonly eventType: string;
  /** `CONTACT`, `COMPANY`. */
  readonly objectType: string;
  readonly objectId: string;
  readonly occurredAt: Instant;
  readonly properties: Readonly<Record<string, string>>;
}

export interface PortalState {
  readonly account: AccountInfo;
  readonly owners: readonly OwnerState[];
  readonly types: Map<string, ObjectTypeState>;
  readonly links: Links;
  readonly pipelines: Readonly<Record<'tickets' | 'deals', readonly PipelineState[]>>;
  /** Custom events; absent: none was ever sent. */
  readonly events?: readonly EventState[];
}

export const emptyType = (id: string, properties: readonly PropertyDefinition[], custom: CustomSchema | null = null): ObjectTypeState => ({
  id,
  properties: new Map(properties.map((property) => [property.name, property])),
  records: new Map(),
  order: [],
  custom,
  revision: 0,
});

/** Adds a record; ids only grow, so its place is the end. */
export function insertRecord(type: ObjectTypeState, record: StoredRecord): void {
  type.records.set(record.id, record);
  type.order.push(record.id);
  type.revision += 1;
}

/** Index of the first id above `id` in an ascending list. */
export function firstAfter(order: readonly string[], id: number): number {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (Number(order[middle]) > id) high = middle;
    else low = middle + 1;
  }
  return low;
}

const push = (links: Links, key: string, from: string, to: string): void => {
  let byFrom = links.get(key);
  if (!byFrom) {
    byFrom = new Map();
    links.set(key, byFrom);
  }
  const known = byFrom.get(from);
  if (known) known.push(to);
  else byFrom.set(from, [to]);
};

/** Links two records both ways without looking for a duplicate: for the seed, which makes each pair once. */
export function linkNew(links: Links, fromType: string, from: string, toType: string, to: string): void {
  push(links, `${fromType}>${toType}`, from, to);
  push(links, `${toType}>${fromType}`, to, from);
}

const NONE: readonly string[] = [];

export const linked = (links: Links, fromType: string, from: string, toType: string): readonly string[] =>
  links.get(`${fromType}>${toType}`)?.get(from) ?? NONE;

/** The record that answers to `id`: itself, or the last survivor of its merges. */
export function resolve(type: ObjectTypeState, id: string): StoredRecord | undefined {
  let record = type.records.get(id);
  while (record?.mergedInto) record = type.records.get(record.mergedInto);
  return record;
}
