/** What discovery looks at, and what it says of it. */
import type { MappingKey } from '../../settings/mapping.ts';
import type { Because } from './discovery-match.ts';
import { valueIn } from './records.ts';
import type { CrmRecord, ObjectSchema, Owner, Pipeline, PropertyDef } from './types.ts';

/** Up to 100 records of one object, and how many there are. */
export interface Sample {
  readonly total: number;
  readonly records: readonly CrmRecord[];
  /** Properties that were asked for: only of these a missing value means that it is empty. */
  readonly properties: readonly string[];
}

export interface PortalDescription {
  /** `companies`, `contacts`, `tickets`; an object that could not be asked is absent. */
  readonly properties: ReadonlyMap<string, readonly PropertyDef[]>;
  /** Custom objects; empty where the portal has none or they cannot be read. */
  readonly schemas: readonly ObjectSchema[];
  readonly owners: readonly Owner[];
  readonly pipelines: readonly Pipeline[];
  /** By object. For companies, those that look like customers. */
  readonly samples: ReadonlyMap<string, Sample>;
  /** Object → what is missing to read it. */
  readonly unavailable: Readonly<Record<string, string>>;
}

export interface Candidate {
  /** What stands in the mapping: a property name, an object id, `property:value`. */
  readonly value: string;
  readonly label: string;
  /** 0–1. */
  readonly score: number;
  readonly because: readonly Because[];
  /** Up to three different raw values; owners by name. */
  readonly samples: readonly string[];
  /** Share of the records looked at that have a value; null where not looked at. */
  readonly fillRate: number | null;
}

/** Best first; a key without any candidate is absent. */
export type Candidates = Readonly<Partial<Record<MappingKey, readonly Candidate[]>>>;

export interface Discovery {
  readonly candidates: Candidates;
  readonly portal: PortalDescription;
}

/** Object ids for the keys whose properties live on a custom object; null where there is none. */
export interface ChosenObjects {
  readonly mrr: string | null;
  readonly usage: string | null;
}

/** Candidates listed for one key. */
export const LISTED = 6;
const SAMPLES = 3;
const SAMPLE_LENGTH = 80;

export function propertiesOf(portal: PortalDescription, object: string): readonly PropertyDef[] | undefined {
  return portal.properties.get(object) ?? portal.schemas.find((schema) => schema.objectTypeId === object)?.properties;
}

export const byScore = (a: Candidate, b: Candidate): number => b.score - a.score || (a.value < b.value ? -1 : 1);

/** Fill rate and sample values of a property in the records looked at. */
export function look(sample: Sample | undefined, property: PropertyDef, owners: readonly Owner[]): Pick<Candidate, 'samples' | 'fillRate'> {
  if (!sample || sample.records.length === 0 || !sample.properties.includes(property.name)) return { samples: [], fillRate: null };
  const filled = sample.records.map((record) => valueIn(record, property.name) ?? '').filter((value) => value.trim() !== '');
  const shown = [...new Set(filled)].slice(0, SAMPLES).map((value) => {
    const owner = property.referencedObjectType === 'OWNER' ? owners.find(({ id }) => id === value) : undefined;
    const option = property.options.find((one) => one.value === value && one.label.trim() !== '');
    const shown = owner ? `${owner.firstName} ${owner.lastName}`.trim() : option?.label;
    return (shown || value).slice(0, SAMPLE_LENGTH);
  });
  return { samples: shown, fillRate: filled.length / sample.records.length };
}
