/** Search filters: reading them, and their meaning on a record. */
import { asText, asTexts, invalid } from './call.ts';
import { standardTypeId } from './object-types.ts';
import { linked, type ObjectTypeState, type PortalState, type StoredRecord } from './state.ts';
import { propertyValue } from './view.ts';

const OPERATORS = [
  'EQ',
  'NEQ',
  'LT',
  'LTE',
  'GT',
  'GTE',
  'BETWEEN',
  'IN',
  'NOT_IN',
  'HAS_PROPERTY',
  'NOT_HAS_PROPERTY',
  'CONTAINS_TOKEN',
  'NOT_CONTAINS_TOKEN',
] as const;
type Operator = (typeof OPERATORS)[number];

export interface Filter {
  readonly property: string;
  readonly operator: Operator;
  readonly value: string;
  readonly highValue: string;
  readonly values: readonly string[];
}

const isOperator = (text: string): text is Operator => (OPERATORS as readonly string[]).includes(text);

const ASSOCIATION = 'associations.';

/** Names that exist on other object types only; asking for them finds nothing rather than failing. */
const FOREIGN_CURSORS = new Set(['lastmodifieddate', 'hs_lastmodifieddate']);

export function parseFilter(filter: Readonly<Record<string, unknown>>, type: ObjectTypeState): Filter {
  const property = asText(filter.propertyName, 'propertyName');
  const operator = asText(filter.operator, 'operator');
  if (!isOperator(operator)) throw invalid(`Invalid operator: ${operator}`);
  const known = type.properties.has(property) || FOREIGN_CURSORS.has(property) || associatedType(property, type) !== null;
  if (!known) throw invalid(`There was a problem with the request: property ${property} does not exist on ${type.id}`);
  const values = asTexts(filter.values, 'values');
  const needsValues = operator === 'IN' || operator === 'NOT_IN';
  if (needsValues && values.length === 0) throw invalid(`${operator} needs values`);
  const needsValue = !needsValues && operator !== 'HAS_PROPERTY' && operator !== 'NOT_HAS_PROPERTY';
  if (needsValue && filter.value === undefined) throw invalid(`${operator} needs a value`);
  if (operator === 'BETWEEN' && filter.highValue === undefined) throw invalid('BETWEEN needs a highValue');
  return {
    property,
    operator,
    value: filter.value === undefined ? '' : asText(filter.value, 'value'),
    highValue: filter.highValue === undefined ? '' : asText(filter.highValue, 'highValue'),
    values,
  };
}

/** The type behind `associations.company`; not for custom objects, on either side. */
function associatedType(property: string, type: ObjectTypeState): string | null {
  if (!property.startsWith(ASSOCIATION) || type.custom) return null;
  return standardTypeId(property.slice(ASSOCIATION.length));
}

export const typesInFilters = (groups: readonly (readonly Filter[])[]): boolean =>
  groups.some((group) => group.some((filter) => filter.property.startsWith(ASSOCIATION)));

type Test = (record: StoredRecord) => boolean;

/** OR of ANDs; no groups match everything. */
export function matcher(portal: PortalState, type: ObjectTypeState, groups: readonly (readonly Filter[])[]): Test {
  const tests = groups.map((group) => group.map((filter) => filterTest(portal, type, filter)));
  if (tests.length === 0) return () => true;
  return (record) => tests.some((group) => group.every((test) => test(record)));
}

function filterTest(portal: PortalState, type: ObjectTypeState, filter: Filter): Test {
  const toType = associatedType(filter.property, type);
  if (toType !== null) {
    const wanted = new Set(filter.operator === 'IN' ? filter.values : [filter.value]);
    return (record) => linked(portal.links, type.id, record.id, toType).some((id) => wanted.has(id));
  }
  const test = valueTest(type, filter);
  return (record) => test(propertyValue(type.id, record, filter.property));
}

type ValueTest = (value: string | null) => boolean;

const has = (value: string | null): value is string => value !== null && value !== '';

function valueTest(type: ObjectTypeState, filter: Filter): ValueTest {
  const { operator } = filter;
  if (operator === 'HAS_PROPERTY') return has;
  if (operator === 'NOT_HAS_PROPERTY') return (value) => !has(value);
  const definition = type.properties.get(filter.property)?.type ?? 'string';
  if (operator === 'CONTAINS_TOKEN' || operator === 'NOT_CONTAINS_TOKEN') {
    const token = filter.value.toLowerCase().replaceAll('*', '');
    const contains = (value: string | null) => has(value) && value.toLowerCase().includes(token);
    return operator === 'CONTAINS_TOKEN' ? contains : (value) => !contains(value);
  }
  // Values of string properties are indexed in lower case; IN compares as given, EQ forgives.
  if (operator === 'IN' || operator === 'NOT_IN') {
    const wanted = new Set(filter.values);
    const isIn = (value: string | null) => has(value) && wanted.has(definition === 'string' ? value.toLowerCase() : value);
    return operator === 'IN' ? isIn : (value) => !isIn(value);
  }
  if (definition === 'string' || definition === 'phone_number') return ordered(filter, (text) => text.toLowerCase());
  if (definition === 'enumeration' || definition === 'bool') return ordered(filter, (text) => text);
  return ordered(filter, definition === 'number' ? Number : instantOf);
}

/** Dates and datetimes as milliseconds, from ISO or from milliseconds as text. */
const instantOf = (text: string): number => (/^-?\d+$/.test(text) ? Number(text) : Date.parse(text));

function ordered<T extends string | number>(filter: Filter, read: (text: string) => T): ValueTest {
  const wanted = read(filter.value);
  const high = read(filter.highValue);
  const { operator } = filter;
  if (operator === 'NEQ') return (value) => !has(value) || read(value) !== wanted;
  const test = (value: T): boolean => {
    if (operator === 'EQ') return value === wanted;
    if (operator === 'LT') return value < wanted;
    if (operator === 'LTE') return value <= wanted;
    if (operator === 'GT') return value > wanted;
    return value >= wanted && (operator === 'GTE' || value <= high);
  };
  return (value) => has(value) && test(read(value));
}
