/** What the facts of an account depend on besides its own records. */
import type { Mapping } from '../../settings/mapping.ts';
import type { Owner, Pipeline } from '../hubspot/types.ts';

export interface FactsContext {
  readonly mapping: Mapping;
  /** IANA name of the portal's zone. */
  readonly zone: string;
  /** ISO 4217 code of the portal's home currency. */
  readonly currency: string;
  /** Ticket pipelines: their stages say which tickets are closed. */
  readonly pipelines: readonly Pipeline[];
  /** Lets an owner property that holds an e-mail or a name be read as well as one that holds an id. */
  readonly owners: readonly Owner[];
  /** Object (`companies`, `2-101`) → property → HubSpot type; tells `date` from `datetime`. */
  readonly propertyTypes: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Object → what is missing to read it (a scope's name); absent objects are readable. */
  readonly unavailable: Readonly<Record<string, string>>;
}
