/** Rows of the store as they are read back. */
import type { Day, Instant } from '../../units/day.ts';

/** By property, any order. */
export type RecordHistory = Readonly<Record<string, readonly { readonly value: string; readonly timestamp: Instant }[]>>;

/** A record as HubSpot gave it, before it is stored. */
export interface IncomingRecord {
  readonly id: string;
  readonly properties: Readonly<Record<string, string | null>>;
  readonly history: RecordHistory;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** A HubSpot record as stored: raw values (a null value is absent), with the instant at which a sync first saw it. */
export interface StoredRecord extends IncomingRecord {
  readonly object: string;
  readonly firstSeenAt: Instant;
}

/** A record that hangs on a company by way of another one. */
export interface ChildRecord extends StoredRecord {
  readonly parent: string;
}

/** A task and a company that it hangs on. */
export interface StoredTask {
  readonly companyId: string;
  readonly record: StoredRecord;
}

/** A company with every live record that hangs on it. */
export interface RawAccount {
  readonly company: StoredRecord;
  readonly mrr: readonly StoredRecord[];
  readonly usage: readonly StoredRecord[];
  readonly tickets: readonly StoredRecord[];
  readonly contacts: readonly StoredRecord[];
  readonly feedback: readonly StoredRecord[];
  readonly notes: readonly StoredRecord[];
  readonly tasks: readonly StoredRecord[];
  readonly calls: readonly StoredRecord[];
  readonly meetings: readonly StoredRecord[];
  readonly emails: readonly StoredRecord[];
  readonly deals: readonly StoredRecord[];
  /** Items of the deals; read only where MRR is made from them, as are subscriptions. */
  readonly lineItems: readonly ChildRecord[];
  readonly subscriptions: readonly StoredRecord[];
  /** Custom events by person or company and day; read only where they say how the product is used. */
  readonly events: readonly StoredRecord[];
}

export interface CompanyName {
  readonly id: string;
  readonly name: string | null;
  readonly domain: string | null;
}

/** The custom objects in this portal that hold MRR and usage; null where there is none. */
export interface CustomObjects {
  readonly mrrObject: string | null;
  readonly usageObject: string | null;
}

/** Whose book: an owner id, `team:` and a team's id, or `all` for every customer of the portal. */
export type Scope = string;
export const WHOLE_PORTAL: Scope = 'all';
const TEAM = 'team:';
export const teamScope = (teamId: string): Scope => TEAM + teamId;
/** The id of the team that the scope is, null for any other scope. */
export const teamOf = (scope: Scope): string | null => (scope.startsWith(TEAM) ? scope.slice(TEAM.length) : null);

/** A record that HubSpot no longer gives: deleted or archived, or merged into another one. */
export interface GoneRecord {
  readonly object: string;
  readonly id: string;
  readonly reason: 'deleted' | 'merged';
  readonly goneAt: Instant;
  readonly mergedInto: string | null;
}

/**
 * Why an object type could not be read. `scope`: the token lacks one of `scopes`; `absent`: this portal has no such
 * object; `failed`: HubSpot refused the request. Rows read earlier are kept.
 */
export interface Unavailable {
  readonly object: string;
  readonly kind: 'scope' | 'absent' | 'failed';
  readonly scopes: readonly string[];
  readonly message: string;
}

/** A mapping key whose value the portal does not have as it was. */
export interface StoredDrift {
  readonly key: string;
  readonly value: string;
  readonly code: string;
  readonly because: string | null;
  readonly suggestions: readonly string[];
}

/** A census saw `missed` changes of the object that its searches by time of change, which found nothing at all, should have brought. */
export interface Alarm {
  readonly object: string;
  readonly missed: number;
  readonly at: Instant;
}

/** What a person should know of the store besides its rows. */
export interface Notices {
  /** Companies that would leave the book at once, too many to be believed without asking. */
  readonly held: number;
  readonly alarms: readonly Alarm[];
}

export interface SnapshotHeader {
  readonly scope: Scope;
  readonly asOf: Day;
  /** Hash of the policy that scored it. */
  readonly policy: string;
  /** `revision()` of the data that it was made from: a later revision means that it is out of date. */
  readonly revision: number;
  readonly savedAt: Instant;
  /** Whatever else the book needs besides its rows, as JSON text. */
  readonly json: string;
}

export interface StoredSnapshot {
  readonly header: SnapshotHeader;
  /** The rows, in whatever pieces they were handed over. */
  readonly parts: Readonly<Record<string, Uint8Array>>;
}

export interface StoredPortal {
  readonly portalId: string;
  readonly timeZone: string;
  readonly currency: string;
  readonly uiDomain: string;
  readonly accountType: string;
}

export interface StoredOwner {
  readonly id: string;
  readonly userId: string | null;
  readonly email: string | null;
  readonly firstName: string;
  readonly lastName: string;
  readonly teams: readonly { readonly id: string; readonly name: string; readonly primary: boolean }[];
  readonly archived: boolean;
}

export interface StoredProperty {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly fieldType: string;
  readonly groupName: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly calculated: boolean;
  readonly hubspotDefined: boolean;
  readonly referencedObjectType: string | null;
  readonly readOnly: boolean;
}

export interface StoredObjectSchema {
  readonly objectTypeId: string;
  readonly name: string;
  readonly labels: { readonly singular: string; readonly plural: string };
  readonly properties: readonly StoredProperty[];
  readonly associatedObjects: readonly string[];
}

export interface StoredPipeline {
  readonly id: string;
  readonly label: string;
  readonly stages: readonly { readonly id: string; readonly label: string; readonly metadata: Readonly<Record<string, string>> }[];
}
