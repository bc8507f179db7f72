/** Paths of both generations, and what each of them needs. */
import type { ScopeNeed } from './access.ts';
import {
  associate,
  associateDefault,
  associationLabels,
  batchAssociate,
  batchAssociateDefault,
  batchReadAssociations,
  dissociate,
  listAssociations,
} from './associations.ts';
import { type ApiVersion, type Call, Refusal, type Reply } from './call.ts';
import {
  accountDetails,
  createProperty,
  createPropertyGroup,
  getOwner,
  getProperty,
  getSchema,
  listOwners,
  listPipelines,
  listProperties,
  listSchemas,
} from './catalogue.ts';
import { listEvents } from './events.ts';
import { findType } from './find-type.ts';
import { EVENTS_SCOPE, isCustom, NEEDS_ALL_SCOPES, readScopes, writeScopes } from './object-types.ts';
import { batchRead, getOne, list } from './read.ts';
import { search } from './search.ts';
import type { ObjectTypeState, PortalState } from './state.ts';
import { archive, batchArchive, batchCreate, batchUpdate, batchUpsert, create, merge, update } from './write.ts';

export interface Route {
  readonly isSearch: boolean;
  /** Whether a custom object is meant. */
  readonly custom: boolean;
  /** Whether occurrences of events are asked for. */
  readonly events?: boolean;
  readonly needs: readonly ScopeNeed[];
  run(call: Call): Reply;
}

export interface Target {
  readonly version: ApiVersion;
  /** Path without the version: `objects/companies/search`. */
  readonly path: string;
}

/** `/crm/v3/objects/…` and `/crm/objects/2026-09/…` are the same place. */
export function targetOf(pathname: string): Target | null {
  const path = pathname.replace(/\/+$/, '');
  const old = /^\/crm\/(v3|v4)\/([a-z_]+)(\/.*)?$/.exec(path);
  if (old) return { version: old[1] === 'v4' ? 'v4' : 'v3', path: `${old[2]}${old[3] ?? ''}` };
  const dated = /^\/crm\/([a-z_]+)\/2026-09(\/.*)?$/.exec(path);
  if (dated) return { version: '2026-09', path: `${dated[1]}${dated[2] ?? ''}` };
  if (path === '/events/v3/events') return { version: 'v3', path: 'events' };
  if (path === '/events/event-occurrences/2026-09') return { version: '2026-09', path: 'events' };
  const other = /^\/(crm-object-schemas|account-info)\/(v3|2026-09)(\/.*)?$/.exec(path);
  if (other) return { version: other[2] === 'v3' ? 'v3' : '2026-09', path: `${other[1]}${other[3] ?? ''}` };
  return null;
}

type TypeHandler = (call: Call, type: ObjectTypeState) => Reply;
type PairHandler = (call: Call, from: ObjectTypeState, to: ObjectTypeState) => Reply;

interface Pattern {
  readonly method: string;
  readonly shape: readonly string[];
  readonly versions: readonly ApiVersion[];
  readonly build: (portal: PortalState, params: Readonly<Record<string, string>>) => Route;
}

const need = (scopes: readonly string[], all = false): ScopeNeed => ({ scopes, all });
const toRead = (type: ObjectTypeState): ScopeNeed => need(readScopes(type.id), NEEDS_ALL_SCOPES.has(type.id));

function toWrite(type: ObjectTypeState): ScopeNeed {
  const scopes = writeScopes(type.id);
  if (scopes.length === 0) throw new Refusal(405, 'METHOD_NOT_ALLOWED', `${type.id} cannot be written through the API`);
  return need(scopes);
}

/** Definitions of companies have a scope of their own. */
const toDefine = (type: ObjectTypeState): ScopeNeed => (type.id === '0-2' ? need(['crm.schemas.companies.write']) : toWrite(type));

const V3: readonly ApiVersion[] = ['v3', '2026-09'];
const V4: readonly ApiVersion[] = ['v4', '2026-09'];

const onType = (
  method: string,
  shape: string,
  handler: TypeHandler,
  needs: (type: ObjectTypeState) => ScopeNeed,
  isSearch = false,
): Pattern => ({
  method,
  shape: shape.split('/'),
  versions: V3,
  build(portal, params) {
    const type = findType(portal, params.type ?? '');
    return { isSearch, custom: isCustom(type.id), needs: [needs(type)], run: (call) => handler(call, type) };
  },
});

const onPair = (method: string, shape: string, handler: PairHandler, needs: (type: ObjectTypeState) => ScopeNeed): Pattern => ({
  method,
  shape: shape.split('/'),
  versions: V4,
  build(portal, params) {
    const from = findType(portal, params.type ?? '');
    const to = findType(portal, params.to ?? '');
    return {
      isSearch: false,
      custom: isCustom(from.id) || isCustom(to.id),
      needs: [needs(from), needs(to)],
      run: (call) => handler(call, from, to),
    };
  },
});

const plain = (method: string, shape: string, handler: (call: Call) => Reply, scopes: readonly string[], custom = false): Pattern => ({
  method,
  shape: shape.split('/'),
  versions: V3,
  build: () => ({ isSearch: false, custom, needs: [need(scopes)], run: handler }),
});

const OWNERS = ['crm.objects.owners.read'];
const SCHEMAS = ['crm.schemas.custom.read'];

const PATTERNS: readonly Pattern[] = [
  onType('GET', 'objects/:type', list, toRead),
  onType('POST', 'objects/:type', create, toWrite),
  onType('POST', 'objects/:type/search', search, toRead, true),
  onType('POST', 'objects/:type/merge', merge, toWrite),
  onType('POST', 'objects/:type/batch/read', batchRead, toRead),
  onType('POST', 'objects/:type/batch/create', batchCreate, toWrite),
  onType('POST', 'objects/:type/batch/update', batchUpdate, toWrite),
  onType('POST', 'objects/:type/batch/upsert', batchUpsert, toWrite),
  onType('POST', 'objects/:type/batch/archive', batchArchive, toWrite),
  onType('GET', 'objects/:type/:id', getOne, toRead),
  onType('PATCH', 'objects/:type/:id', update, toWrite),
  onType('DELETE', 'objects/:type/:id', archive, toWrite),
  onPair('GET', 'objects/:type/:id/associations/:to', listAssociations, toRead),
  onPair('PUT', 'objects/:type/:id/associations/default/:to/:toId', associateDefault, toWrite),
  onPair('PUT', 'objects/:type/:id/associations/:to/:toId', associate, toWrite),
  onPair('DELETE', 'objects/:type/:id/associations/:to/:toId', dissociate, toWrite),
  onPair('POST', 'associations/:type/:to/batch/read', batchReadAssociations, toRead),
  onPair('POST', 'associations/:type/:to/batch/create', batchAssociate, toWrite),
  onPair('POST', 'associations/:type/:to/batch/associate/default', batchAssociateDefault, toWrite),
  onPair('GET', 'associations/:type/:to/labels', associationLabels, toRead),
  plain('GET', 'owners', listOwners, OWNERS),
  plain('GET', 'owners/:id', getOwner, OWNERS),
  onType('GET', 'properties/:type', listProperties, toRead),
  onType('POST', 'properties/:type', createProperty, toDefine),
  onType('POST', 'properties/:type/groups', createPropertyGroup, toDefine),
  onType('GET', 'properties/:type/:name', getProperty, toRead),
  onType('GET', 'pipelines/:type', listPipelines, toRead),
  plain('GET', 'crm-object-schemas/schemas', listSchemas, SCHEMAS, true),
  plain('GET', 'crm-object-schemas/schemas/:type', getSchema, SCHEMAS, true),
  plain('GET', 'account-info/details', accountDetails, []),
  {
    ...plain('GET', 'events', listEvents, [EVENTS_SCOPE]),
    build: () => ({ isSearch: false, custom: false, events: true, needs: [need([EVENTS_SCOPE])], run: listEvents }),
  },
];

export interface Found {
  readonly pattern: Pattern;
  readonly params: Readonly<Record<string, string>>;
}

/** Null where no path fits; a list of methods where only the method does not. */
export function findRoute(method: string, target: Target): Found | { readonly allow: readonly string[] } | null {
  const parts = target.path.split('/').map(decode);
  const fitting = PATTERNS.flatMap((pattern) => {
    const params = pattern.versions.includes(target.version) ? matchShape(pattern.shape, parts) : null;
    return params ? [{ pattern, params }] : [];
  });
  const found = fitting.find(({ pattern }) => pattern.method === method);
  if (found) return found;
  return fitting.length > 0 ? { allow: fitting.map(({ pattern }) => pattern.method) } : null;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function matchShape(shape: readonly string[], parts: readonly string[]): Readonly<Record<string, string>> | null {
  if (shape.length !== parts.length) return null;
  const params: Record<string, string> = {};
  for (const [index, expected] of shape.entries()) {
    const part = parts[index] ?? '';
    if (expected.startsWith(':')) params[expected.slice(1)] = part;
    else if (expected !== part) return null;
  }
  return params;
}
