/** Shapes of answers: what is a record at all, and how it is carried on. */
import type { Instant } from '../../units/day.ts';
import type { CrmRecord } from './types.ts';

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isId = (value: unknown): boolean => (typeof value === 'string' && value !== '') || typeof value === 'number';

const isTime = (value: unknown): boolean => typeof value === 'string' && !Number.isNaN(Date.parse(value));

export const isRecord = (value: unknown): boolean =>
  isObject(value) && isId(value.id) && isObject(value.properties) && isTime(value.createdAt) && isTime(value.updatedAt);

/** A body `{results: […]}` of which each row passes; an error reported inside a success is none. */
export const isResults =
  (row: (value: unknown) => boolean) =>
  (json: unknown): json is { readonly results: readonly unknown[] } & Record<string, unknown> =>
    isObject(json) && json.status !== 'error' && Array.isArray(json.results) && json.results.every(row);

/** How many of a batch's inputs the answer itself counts as failed. */
export function errorCount(json: unknown): number {
  if (!isObject(json)) return 0;
  const listed = Array.isArray(json.errors) ? json.errors.length : 0;
  return Math.max(listed, typeof json.numErrors === 'number' ? json.numErrors : 0);
}

/** Ids as HubSpot orders them: as numbers, whatever their length. */
export function compareIds(a: string, b: string): number {
  return a.length === b.length ? (a < b ? -1 : a > b ? 1 : 0) : a.length - b.length;
}

/** As the generated client hands it over. */
interface ReadObject {
  readonly id: string;
  readonly properties: Readonly<Record<string, string | null>>;
  readonly propertiesWithHistory?: Readonly<Record<string, readonly { readonly value: string; readonly timestamp: Date }[]>>;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly archived?: boolean;
}

/** A record's own value: a portal may call a property `constructor`, which every object has. */
export const valueIn = ({ properties }: Pick<CrmRecord, 'properties'>, name: string): string | null =>
  Object.hasOwn(properties, name) ? (properties[name] ?? null) : null;

// HubSpot's types promise strings; its older answers hold numbers and booleans now and then.
const text = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));

export function toRecord(read: ReadObject): CrmRecord {
  const history = Object.entries(read.propertiesWithHistory ?? {}).map(([name, values]) => [
    name,
    (values ?? [])
      .filter((entry) => !Number.isNaN(entry.timestamp?.getTime()))
      .map((entry) => ({ value: text(entry.value) ?? '', timestamp: entry.timestamp.getTime() as Instant })),
  ]);
  return {
    id: String(read.id),
    properties: Object.fromEntries(Object.entries(read.properties).map(([name, value]) => [name, text(value)])),
    history: Object.fromEntries(history),
    createdAt: read.createdAt.getTime() as Instant,
    updatedAt: read.updatedAt.getTime() as Instant,
    archived: read.archived ?? false,
  };
}
