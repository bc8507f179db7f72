/** The shape of the settings file, as a JSON Schema, and the small reader of such schemas that a quick start needs. */
import { BOOK_COLUMNS } from './columns.ts';
import { MAPPING_KEYS } from './mapping.ts';

/** The part of JSON Schema that the settings use. */
export interface Schema {
  readonly type: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: false | Schema;
}

export const SETTINGS_VERSION = 1;

const text: Schema = { type: 'string', minLength: 1 };
const optionalText: Schema = { type: ['string', 'null'], minLength: 1 };

const mapping: Schema = {
  type: 'object',
  additionalProperties: false,
  properties: Object.fromEntries(MAPPING_KEYS.map((key) => [key, text])),
};
const declined: Schema = { type: 'array', items: { type: 'string', enum: MAPPING_KEYS } };
const me: Schema = {
  type: ['object', 'null'],
  required: ['ownerId', 'email'],
  additionalProperties: false,
  properties: { ownerId: text, email: text },
};

const profile: Schema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    portalId: { type: ['string', 'null'], pattern: '^[0-9]+$' },
    portalLabel: optionalText,
    me,
    all: { type: 'boolean' },
    mapping,
    declined,
    setup: {
      type: ['object', 'null'],
      required: ['portalId', 'me', 'all', 'mapping', 'declined'],
      additionalProperties: false,
      properties: { portalId: { type: 'string', pattern: '^[0-9]+$' }, me, all: { type: 'boolean' }, mapping, declined },
    },
    baseUrl: { type: ['string', 'null'], pattern: '^https?://' },
    apiVersion: { type: 'string', enum: ['v3', '2026-09'] },
    undoSeconds: { type: 'number', minimum: 0, maximum: 600 },
    policyFile: optionalText,
  },
};

const columns: Schema = { type: 'array', items: { type: 'string', enum: BOOK_COLUMNS } };

/** What a person chooses for the terminal, whichever portal is open. */
export const PERSONAL_SCHEMA: Readonly<Record<string, Schema>> = {
  lang: { type: 'string', enum: ['auto', 'en', 'ja'] },
  theme: {
    type: 'string',
    enum: ['auto', 'dark', 'light', 'high-contrast', 'high-contrast-light', 'colour-blind', 'colour-blind-light', 'mono'],
  },
  glyphs: { type: 'string', enum: ['auto', 'unicode', 'ascii'] },
  ambiguousWidth: { type: 'integer', enum: [1, 2] },
  mouse: { type: 'boolean' },
  screenReader: { type: 'boolean' },
  links: { type: 'string', enum: ['auto', 'always', 'never'] },
  density: { type: 'string', enum: ['compact', 'comfortable'] },
  briefSince: { type: 'string', enum: ['last', 'yesterday', 'monday'] },
  columns,
  keys: { type: 'object', additionalProperties: { type: 'array', items: text } },
  views: {
    type: 'array',
    items: {
      type: 'object',
      required: ['name', 'filter'],
      additionalProperties: false,
      properties: { name: text, filter: text, columns },
    },
  },
};

/** Of the whole file. */
export const SETTINGS_SCHEMA: Schema = {
  type: 'object',
  required: ['version'],
  additionalProperties: false,
  properties: {
    version: { type: 'integer', enum: [SETTINGS_VERSION] },
    ...PERSONAL_SCHEMA,
    profiles: { type: 'object', additionalProperties: profile },
  },
};

export interface Violation {
  /** `profiles.default.undoSeconds`; empty for the whole. */
  readonly key: string;
  readonly because: string;
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value;
}

function hasType(value: unknown, type: string): boolean {
  if (type === 'integer') return Number.isInteger(value);
  return typeOf(value) === type && !(type === 'number' && !Number.isFinite(value));
}

/**
 * The first thing in `value` that `schema` does not allow, or null. Says the same as a full JSON Schema validator for
 * this part of the language (a test compares them), at none of its cost in start-up time.
 */
export function violation(value: unknown, schema: Schema, key = ''): Violation | null {
  const types = typeof schema.type === 'string' ? [schema.type] : schema.type;
  if (!types.some((type) => hasType(value, type))) return { key, because: `${typeOf(value)}, not ${types.join(' or ')}` };
  if (schema.enum && !schema.enum.includes(value)) return { key, because: `not one of ${schema.enum.map(String).join(', ')}` };
  if (typeof value === 'string') return inText(value, schema, key);
  if (typeof value === 'number') return inNumber(value, schema, key);
  if (Array.isArray(value)) return inItems(value, schema, key);
  return typeof value === 'object' && value !== null ? inObject(value, schema, key) : null;
}

function inText(value: string, schema: Schema, key: string): Violation | null {
  if (schema.minLength !== undefined && value.length < schema.minLength) return { key, because: 'empty' };
  if (schema.pattern !== undefined && !new RegExp(schema.pattern, 'u').test(value))
    return { key, because: `does not match ${schema.pattern}` };
  return null;
}

function inNumber(value: number, schema: Schema, key: string): Violation | null {
  if (schema.minimum !== undefined && value < schema.minimum) return { key, because: `less than ${schema.minimum}` };
  if (schema.maximum !== undefined && value > schema.maximum) return { key, because: `more than ${schema.maximum}` };
  return null;
}

function inItems(value: readonly unknown[], schema: Schema, key: string): Violation | null {
  if (!schema.items) return null;
  for (const [index, item] of value.entries()) {
    const found = violation(item, schema.items, `${key}[${index}]`);
    if (found) return found;
  }
  return null;
}

function inObject(value: object, schema: Schema, key: string): Violation | null {
  const child = (name: string): string => (key === '' ? name : `${key}.${name}`);
  for (const name of schema.required ?? []) if (!Object.hasOwn(value, name)) return { key: child(name), because: 'missing' };
  for (const [name, item] of Object.entries(value)) {
    const known = schema.properties && Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined;
    const allowed = known ?? schema.additionalProperties;
    if (allowed === false) return { key: child(name), because: 'unknown' };
    const found = allowed ? violation(item, allowed, child(name)) : null;
    if (found) return found;
  }
  return null;
}
