/** What the facts of an account depend on besides its own records. */
import type { Mapping } from '../../settings/mapping.ts';
import type { Day, Month } from '../../units/day.ts';
import type { Money } from '../../units/money.ts';
import type { Owner, Pipeline } from '../hubspot/types.ts';

/** A row of an imported CSV file: the MRR of one product and plan in a month. `line` is where it stood in the file. */
export interface ImportedMrr {
  readonly line: number;
  readonly month: Month;
  readonly amount: Money;
  /** Null: the portal's home currency. */
  readonly currency: string | null;
  readonly product: string | null;
  readonly plan: string | null;
  readonly seats: number | null;
  /** The day of the import. */
  readonly knownAt: Day;
}

/** A row of an imported CSV file: use over a period of `days` from `start` on. A measure without a value is null. */
export interface ImportedUsage {
  readonly line: number;
  readonly start: Day;
  readonly days: number;
  readonly logins: number | null;
  readonly activeUsers: number | null;
  readonly minutes: number | null;
  readonly featuresUsed: number | null;
  readonly lastUsedOn: Day | null;
  readonly features: readonly string[] | null;
  readonly knownAt: Day;
}

/** What a fact that was read from a file names as its object; its id is the row's line. */
export const IMPORTED = 'import';

/** By company id. */
export interface Imported {
  readonly mrr: ReadonlyMap<string, readonly ImportedMrr[]>;
  readonly usage: ReadonlyMap<string, readonly ImportedUsage[]>;
}

export const NOTHING_IMPORTED: Imported = { mrr: new Map(), usage: new Map() };

export interface FactsContext {
  readonly mapping: Mapping;
  /** IANA name of the portal's zone. */
  readonly zone: string;
  /** ISO 4217 code of the portal's home currency. */
  readonly currency: string;
  /** Ticket pipelines: their stages say which tickets are closed. */
  readonly pipelines: readonly Pipeline[];
  /** Deal pipelines: their stages say which deals are won, their names which are renewals. */
  readonly dealPipelines: readonly Pipeline[];
  /** The portal's day: MRR that runs is laid out up to it. */
  readonly today: Day;
  /** What was imported from files for the sources that are mapped to `csv`. */
  readonly imported: Imported;
  /** Days on which the portal got events of anybody, where usage comes from them. */
  readonly eventDays?: readonly Day[];
  /** Lets an owner property that holds an e-mail or a name be read as well as one that holds an id. */
  readonly owners: readonly Owner[];
  /** Object (`companies`, `2-101`) → property → HubSpot type; tells `date` from `datetime`. */
  readonly propertyTypes: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Object → what is missing to read it (a scope's name); absent objects are readable. */
  readonly unavailable: Readonly<Record<string, string>>;
}
