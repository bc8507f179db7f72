/** Holds a parsed policy file against its shape; says every deviation with its path. */
import { nearest } from './near.ts';
import { PLAY_SHAPE, TEMPLATE_SHAPE } from './play-shape.ts';
import type { Fault, Path } from './problem.ts';
import { CONDITION_SHAPE, type Shape, type ShapeType } from './shape.ts';

const DEFINED: Readonly<Record<NonNullable<Shape['$ref']>, Shape>> = {
  '#/$defs/condition': CONDITION_SHAPE,
  '#/$defs/play': PLAY_SHAPE,
  '#/$defs/template': TEMPLATE_SHAPE,
};

export function checkShape(value: unknown, shape: Shape, path: Path = []): Fault[] {
  if (shape.$ref) return checkShape(value, DEFINED[shape.$ref], path);
  const types = shape.type === undefined ? [] : typeof shape.type === 'string' ? [shape.type] : shape.type;
  if (types.length > 0 && !types.some((type) => isOf(value, type))) return [{ path, kind: 'type', params: { expected: types.join('_') } }];
  if (shape.enum && !shape.enum.some((allowed) => allowed === value)) return [notAmong(String(value), shape.enum, path)];
  if (typeof value === 'number') return inNumber(value, shape, path);
  if (typeof value === 'string') return inText(value, shape, path);
  if (Array.isArray(value)) return inItems(value, shape, path);
  return isMap(value) ? inMap(value, shape, path) : [];
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isOf(value: unknown, type: ShapeType): boolean {
  switch (type) {
    case 'object':
      return isMap(value);
    case 'array':
      return Array.isArray(value);
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    case 'integer':
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

function notAmong(value: string, allowed: readonly (string | number)[], path: Path): Fault {
  const near = nearest(value, allowed.map(String));
  return near === null
    ? { path, kind: 'not_among', params: { value, allowed: allowed.join(', ') } }
    : { path, kind: 'not_among_near', params: { value, near } };
}

function inNumber(value: number, { minimum, maximum, exclusiveMinimum }: Shape, path: Path): Fault[] {
  if (minimum !== undefined && value < minimum) return [{ path, kind: 'too_small', params: { value, least: minimum } }];
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum)
    return [{ path, kind: 'not_above', params: { value, edge: exclusiveMinimum } }];
  return maximum !== undefined && value > maximum ? [{ path, kind: 'too_large', params: { value, most: maximum } }] : [];
}

function inText(value: string, { minLength = 0, pattern }: Shape, path: Path): Fault[] {
  if (value.trim().length < minLength) return [{ path, kind: 'empty' }];
  // The one pattern of a policy is a day's.
  return pattern !== undefined && !new RegExp(pattern, 'u').test(value) ? [{ path, kind: 'day', params: { value } }] : [];
}

function inItems(value: readonly unknown[], { items, minItems = 0 }: Shape, path: Path): Fault[] {
  if (value.length < minItems) return [{ path, kind: 'empty' }];
  return items ? value.flatMap((item, index) => checkShape(item, items, [...path, index])) : [];
}

function inMap(value: Readonly<Record<string, unknown>>, shape: Shape, path: Path): Fault[] {
  const { properties = {}, required = [], oneOf, additionalProperties } = shape;
  const faults: Fault[] = [];
  for (const key of required) if (!Object.hasOwn(value, key)) faults.push({ path, kind: 'missing', params: { key } });
  if (oneOf) {
    const keys = oneOf.map((one) => one.required[0]);
    if (keys.filter((key) => Object.hasOwn(value, key)).length !== 1)
      faults.push({ path, kind: 'one_of', params: { keys: keys.join(', ') } });
  }
  for (const [key, item] of Object.entries(value)) {
    const known = Object.hasOwn(properties, key) ? properties[key] : additionalProperties;
    if (known) faults.push(...checkShape(item, known, [...path, key]));
    else faults.push(unknownKey(key, Object.keys(properties), path));
  }
  return faults;
}

function unknownKey(key: string, known: readonly string[], path: Path): Fault {
  const near = nearest(key, known);
  const place = { path: [...path, key], atKey: true } as const;
  return near === null
    ? { ...place, kind: 'unknown_key', params: { key, allowed: known.join(', ') } }
    : { ...place, kind: 'unknown_key_near', params: { key, near } };
}
