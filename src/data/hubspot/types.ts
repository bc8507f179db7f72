/**
 * The port to HubSpot: what the rest of the program may ask of it. Only `data/hubspot/` knows paths, headers and the
 * official client; everybody else speaks this interface. Reads may be retried inside; writes are sent exactly once.
 */

import type { Instant } from '../../units/day.ts';
import type { Result } from '../../units/result.ts';

/**
 * Why a request gave no usable answer.
 * - `auth` 401 · `scope` 403 with missing scopes (or a hub that the portal lacks) · `not_found` 404
 * - `invalid` 400, 409, 413, 414, 415, 422 · `rate` 429 within the short window · `daily` 429 of the day's quota
 * - `server` 5xx, 423, 477 · `network` no connection, reset, DNS, TLS · `timeout` our deadline
 * - `body` an answer that is not the JSON it should be · `aborted` the program is ending · `offline` --offline
 */
export type FailureKind =
  | 'auth'
  | 'scope'
  | 'not_found'
  | 'invalid'
  | 'rate'
  | 'daily'
  | 'server'
  | 'network'
  | 'timeout'
  | 'body'
  | 'aborted'
  | 'offline';

export interface ApiFailure {
  readonly kind: FailureKind;
  /** HTTP status, null where no answer came. */
  readonly status: number | null;
  /** HubSpot's own category, as sent (`MISSING_SCOPES`, `VALIDATION_ERROR`, …). */
  readonly category: string | null;
  readonly correlationId: string | null;
  /** Scopes of which any one would do, for `scope`. */
  readonly scopes: readonly string[];
  /** Properties that the portal's admin demands and the request left out. */
  readonly required?: readonly string[];
  /** One cleaned line without secrets; method and path without query are in `request`. */
  readonly message: string;
  readonly request: string;
  /** When HubSpot said to come back. */
  readonly retryAt: Instant | null;
  /** True only where surely nothing was applied: refused before execution, or no byte of the request left. */
  readonly surelyNotApplied: boolean;
}

export type Reply<T> = Promise<Result<T, ApiFailure>>;

export interface PortalInfo {
  readonly portalId: string;
  readonly timeZone: string;
  readonly currency: string;
  readonly uiDomain: string;
  readonly accountType: string;
}

export interface Owner {
  readonly id: string;
  readonly userId: string | null;
  readonly email: string | null;
  readonly firstName: string;
  readonly lastName: string;
  readonly teams: readonly { readonly id: string; readonly name: string; readonly primary: boolean }[];
  readonly archived: boolean;
}

export interface PropertyDef {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly fieldType: string;
  readonly groupName: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly calculated: boolean;
  readonly hubspotDefined: boolean;
  /** HubSpot keeps its values unique. Absent: it does not say so. */
  readonly unique?: boolean;
  /** `OWNER` where the enumeration lists owners. */
  readonly referencedObjectType: string | null;
  readonly readOnly: boolean;
}

export interface ObjectSchema {
  /** `2-123`; works wherever an object type is asked for. */
  readonly objectTypeId: string;
  readonly name: string;
  readonly labels: { readonly singular: string; readonly plural: string };
  readonly properties: readonly PropertyDef[];
  readonly associatedObjects: readonly string[];
}

export interface Pipeline {
  readonly id: string;
  readonly label: string;
  readonly stages: readonly { readonly id: string; readonly label: string; readonly metadata: Readonly<Record<string, string>> }[];
}

/** A CRM record as read. Property values are strings or null as HubSpot sends them. */
export interface CrmRecord {
  readonly id: string;
  readonly properties: Readonly<Record<string, string | null>>;
  readonly history: Readonly<Record<string, readonly { readonly value: string; readonly timestamp: Instant }[]>>;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly archived: boolean;
}

export interface Filter {
  readonly propertyName: string;
  readonly operator: 'EQ' | 'NEQ' | 'LT' | 'LTE' | 'GT' | 'GTE' | 'BETWEEN' | 'IN' | 'HAS_PROPERTY' | 'NOT_HAS_PROPERTY';
  readonly value?: string;
  readonly highValue?: string;
  readonly values?: readonly string[];
}

/** Keyset search: sorted by `hs_object_id`, rows after `afterId`, 200 at most. */
export interface SearchRequest {
  /** OR of ANDs; the transport adds `hs_object_id GT afterId` to each group. */
  readonly filterGroups: readonly (readonly Filter[])[];
  readonly properties: readonly string[];
  readonly afterId: string | null;
  /** 1–200. */
  readonly limit: number;
}

export interface SearchPage {
  /** Matches from `afterId` on, as the index counts them. */
  readonly total: number;
  readonly records: readonly CrmRecord[];
}

export interface BatchRead {
  readonly records: readonly CrmRecord[];
  /** Ids that HubSpot did not answer with any record (merged-away ids that answered with the survivor are not here). */
  readonly missing: readonly string[];
  /** Asked id → id of the surviving record, where they differ. */
  readonly merged: ReadonlyMap<string, string>;
}

/** Occurrences of one type of event in [`from`, `until`), over all records of the portal. */
export interface EventRequest {
  /** `pe123456_login`. */
  readonly type: string;
  readonly from: Instant;
  readonly until: Instant;
  /** Null for the first page. */
  readonly after: string | null;
}

export interface EventOccurrence {
  readonly id: string;
  /** Plural where it is a type that hangs on companies: `contacts`, `companies`. */
  readonly object: string;
  readonly objectId: string;
  readonly at: Instant;
  readonly properties: Readonly<Record<string, string>>;
}

export interface EventPage {
  readonly events: readonly EventOccurrence[];
  /** Null at the end. */
  readonly after: string | null;
}

export interface AssociationTypeSpec {
  readonly category: 'HUBSPOT_DEFINED' | 'USER_DEFINED' | 'INTEGRATOR_DEFINED';
  readonly typeId: number;
}

export interface NewRecord {
  readonly properties: Readonly<Record<string, string>>;
  readonly associations: readonly { readonly toId: string; readonly types: readonly AssociationTypeSpec[] }[];
}

export interface NewProperty {
  readonly name: string;
  readonly label: string;
  readonly groupName: string;
  readonly type: 'string' | 'number' | 'date' | 'datetime' | 'enumeration';
  /** What an enumeration may be. */
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  /** HubSpot refuses a second record with the same value. */
  readonly unique: boolean;
}

/** What became of every input of a batch: each is in one of both. */
export interface BatchUpdate {
  readonly updated: readonly string[];
  /** By id, with HubSpot's own words; null where the answer says nothing of it at all. */
  readonly refused: ReadonlyMap<string, string | null>;
}

/** Priority of a request at the token bucket: what a person waits for goes before background work. */
export type Lane = 'interactive' | 'background';

export interface CallOptions {
  readonly lane?: Lane;
  readonly signal?: AbortSignal;
}

export interface Gateway {
  portalInfo(options?: CallOptions): Reply<PortalInfo>;
  owners(options?: CallOptions): Reply<readonly Owner[]>;
  properties(object: string, options?: CallOptions): Reply<readonly PropertyDef[]>;
  schemas(options?: CallOptions): Reply<readonly ObjectSchema[]>;
  pipelines(object: 'tickets' | 'deals', options?: CallOptions): Reply<readonly Pipeline[]>;
  search(object: string, request: SearchRequest, options?: CallOptions): Reply<SearchPage>;
  /** Any number of ids; split into batches of 100 (50 with history). */
  read(
    object: string,
    ids: readonly string[],
    properties: readonly string[],
    withHistory: readonly string[],
    options?: CallOptions,
  ): Reply<BatchRead>;
  /**
   * One page of the full list (100 at most); `after` null at the start and, in the answer, at the end. More properties than
   * an address holds are asked for in several requests.
   */
  list(
    object: string,
    properties: readonly string[],
    after: string | null,
    archived: boolean,
    options?: CallOptions,
  ): Reply<{ readonly records: readonly CrmRecord[]; readonly after: string | null }>;
  /** Associated ids of each `from` id; any number, split into batches of 1,000, inner paging followed to the end. */
  associations(from: string, to: string, ids: readonly string[], options?: CallOptions): Reply<ReadonlyMap<string, readonly string[]>>;
  /** One page of the occurrences of a type of event. `scope` where the portal's plan has no events. */
  events(request: EventRequest, options?: CallOptions): Reply<EventPage>;
  /** One POST, never repeated. A failure with `surelyNotApplied` false means that nobody knows whether it was applied. */
  create(object: string, record: NewRecord, options?: CallOptions): Reply<CrmRecord>;
  update(object: string, id: string, properties: Readonly<Record<string, string>>, options?: CallOptions): Reply<CrmRecord>;
  archive(object: string, id: string, options?: CallOptions): Reply<null>;
  /** By a property that HubSpot keeps unique: updates the record that has `value`, or creates it. Repeating it changes nothing. */
  upsert(
    object: string,
    uniqueProperty: string,
    value: string,
    properties: Readonly<Record<string, string>>,
    options?: CallOptions,
  ): Reply<CrmRecord>;
  /** The live record that has `value` in a property that HubSpot keeps unique; null where there is none. Not from the search index. */
  readBy(object: string, uniqueProperty: string, value: string, options?: CallOptions): Reply<CrmRecord | null>;
  /** A group for properties of the portal's own; one that is there already is as good. */
  createPropertyGroup(object: string, name: string, label: string, options?: CallOptions): Reply<null>;
  /** One batch, 100 records at most. Repeating it changes nothing. A failure is about the batch: nobody knows of which record. */
  updateMany(
    object: string,
    inputs: readonly { readonly id: string; readonly properties: Readonly<Record<string, string>> }[],
    options?: CallOptions,
  ): Reply<BatchUpdate>;
  /** A property of the portal's own, in a group that is there already. Where one of that name exists nothing happens. */
  createProperty(object: string, property: NewProperty, options?: CallOptions): Reply<null>;
  /** Hangs one record on another with the default type. Repeating it changes nothing. */
  associate(from: string, fromId: string, to: string, toId: string, options?: CallOptions): Reply<null>;
  /** Requests sent so far by this gateway, retries counted apart. */
  readonly counters: { readonly requests: number; readonly retried: number };
  /** Ends everything in flight with `aborted`. */
  close(): void;
}
