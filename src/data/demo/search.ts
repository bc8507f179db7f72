/** `POST …/{type}/search`: filters, one sort, offset or id paging, the documented limits. */
import { asList, asObject, asText, asTexts, type Call, invalid, objectBody, type Reply } from './call.ts';
import { type Filter, matcher, parseFilter, typesInFilters } from './filters.ts';
import { firstAfter, type ObjectTypeState, type StoredRecord } from './state.ts';
import { propertyValue, recordView } from './view.ts';

const MAX_PAGE = 200;
const MAX_RESULTS = 10_000;
const MAX_BODY = 3_000;
const MAX_GROUPS = 5;
const MAX_FILTERS_A_GROUP = 6;
const MAX_FILTERS = 18;

interface Sort {
  readonly property: string;
  readonly descending: boolean;
}

interface SearchQuery {
  readonly groups: readonly (readonly Filter[])[];
  readonly sort: Sort | null;
  readonly text: string;
  readonly properties: readonly string[];
  readonly limit: number;
  readonly offset: number;
}

export function search(call: Call, type: ObjectTypeState): Reply {
  if (call.bodyLength > MAX_BODY) throw invalid('The request body is too large: at most 3000 characters are allowed in a search request');
  const query = readQuery(call, type);
  const { total, page } = run(call, type, query);
  const view = recordView(call.world.portal, type, { properties: query.properties, history: [] });
  const next = query.offset + page.length;
  return {
    status: 200,
    body: {
      total,
      results: page.map(view),
      ...(next < total && page.length > 0 ? { paging: { next: { after: String(next) } } } : {}),
    },
  };
}

function readQuery(call: Call, type: ObjectTypeState): SearchQuery {
  const body = objectBody(call);
  const groups = asList(body.filterGroups, 'filterGroups').map((group) =>
    asList(asObject(group, 'filterGroup').filters, 'filters').map((filter) => parseFilter(asObject(filter, 'filter'), type)),
  );
  if (groups.length > MAX_GROUPS) throw invalid(`Too many filterGroups: ${groups.length}, at most ${MAX_GROUPS} are allowed`);
  if (groups.some((group) => group.length > MAX_FILTERS_A_GROUP))
    throw invalid(`Too many filters in a filterGroup: at most ${MAX_FILTERS_A_GROUP} are allowed`);
  if (groups.reduce((sum, group) => sum + group.length, 0) > MAX_FILTERS)
    throw invalid(`Too many filters: at most ${MAX_FILTERS} are allowed in all`);
  const limit = body.limit === undefined ? 10 : Number(body.limit);
  if (!Number.isInteger(limit) || limit < 0 || limit > MAX_PAGE) throw invalid(`Invalid limit: at most ${MAX_PAGE} results a page`);
  const offset = body.after === undefined || body.after === '' ? 0 : Number(asText(body.after, 'after'));
  if (!Number.isInteger(offset) || offset < 0) throw invalid(`Invalid after: ${String(body.after)}`);
  if (offset + limit > MAX_RESULTS) throw invalid(`There was a problem with the request: no more than ${MAX_RESULTS} results can be paged`);
  return {
    groups,
    sort: readSort(asList(body.sorts, 'sorts'), type),
    text: body.query === undefined ? '' : asText(body.query, 'query').trim().toLowerCase(),
    properties: asTexts(body.properties, 'properties'),
    limit,
    offset,
  };
}

function readSort(sorts: readonly unknown[], type: ObjectTypeState): Sort | null {
  if (sorts.length > 1) throw invalid('Only one sort is allowed');
  const sort = sorts[0];
  if (sort === undefined) return null;
  const parsed =
    typeof sort === 'string'
      ? { property: sort.replace(/^-/, ''), descending: sort.startsWith('-') }
      : {
          property: asText(asObject(sort, 'sort').propertyName, 'propertyName'),
          descending: asObject(sort, 'sort').direction === 'DESCENDING',
        };
  if (!type.properties.has(parsed.property)) throw invalid(`There was a problem with the request: cannot sort by ${parsed.property}`);
  return parsed;
}

/** Matching ids of recent queries, so that paging through 100,000 rows does not look at all of them for every page. */
const recent = new WeakMap<ObjectTypeState, Map<string, { readonly revision: number; readonly ids: readonly string[] }>>();
const RECENT_QUERIES = 16;

function run(call: Call, type: ObjectTypeState, query: SearchQuery): { total: number; page: readonly StoredRecord[] } {
  const keyset = commonKeyset(query.groups);
  const groups = keyset === null ? query.groups : query.groups.map((group) => group.filter((filter) => !isKeyset(filter)));
  const all = matches(call, type, groups, query);
  const from = keyset === null ? 0 : firstAfter(all, keyset);
  const total = all.length - from;
  const see = (id: string) => call.world.index.view(type, id);
  const start = from + query.offset;
  if (query.sort === null || (query.sort.property === 'hs_object_id' && !query.sort.descending)) {
    return { total, page: present(all.slice(start, start + query.limit).map(see)) };
  }
  const sorted = sortRecords(type, present((from === 0 ? all : all.slice(from)).map(see)), query.sort);
  return { total, page: sorted.slice(query.offset, query.offset + query.limit) };
}

const present = (records: readonly (StoredRecord | null)[]): StoredRecord[] => records.filter((record) => record !== null);

const isKeyset = (filter: Filter): boolean => filter.property === 'hs_object_id' && filter.operator === 'GT';

/** The id after which every group starts, where they all say the same. */
function commonKeyset(groups: readonly (readonly Filter[])[]): number | null {
  const starts = groups.map((group) => group.filter(isKeyset));
  const first = starts[0]?.[0]?.value;
  if (first === undefined || starts.some((own) => own.length !== 1 || own[0]?.value !== first)) return null;
  return Number(first);
}

function matches(call: Call, type: ObjectTypeState, groups: readonly (readonly Filter[])[], query: SearchQuery): readonly string[] {
  const { index, portal } = call.world;
  // Links have no revision of their own, and a lagging index changes with the clock.
  const cacheable = !index.lagging(type.id) && !typesInFilters(groups);
  const key = JSON.stringify([groups, query.text]);
  const known = recent.get(type)?.get(key);
  if (cacheable && known?.revision === type.revision) return known.ids;
  const test = matcher(portal, type, groups);
  const words = query.text === '' ? null : (record: StoredRecord) => hasText(type, record, query.text);
  const ids = type.order.filter((id) => {
    const record = index.view(type, id);
    return record !== null && record.archivedAt === null && record.mergedInto === null && test(record) && (words?.(record) ?? true);
  });
  if (cacheable) {
    const cache = recent.get(type) ?? new Map();
    cache.delete(key);
    cache.set(key, { revision: type.revision, ids });
    if (cache.size > RECENT_QUERIES) cache.delete(cache.keys().next().value);
    recent.set(type, cache);
  }
  return ids;
}

const SEARCHED = ['name', 'domain', 'firstname', 'lastname', 'email', 'dealname', 'subject', 'content', 'hs_note_body', 'hs_task_subject'];

const hasText = (type: ObjectTypeState, record: StoredRecord, text: string): boolean =>
  SEARCHED.some((name) => propertyValue(type.id, record, name)?.toLowerCase().includes(text) ?? false);

function sortRecords(type: ObjectTypeState, records: StoredRecord[], sort: Sort): StoredRecord[] {
  const numeric = sort.property === 'hs_object_id' || type.properties.get(sort.property)?.type === 'number';
  const direction = sort.descending ? -1 : 1;
  const keyed = records.map((record) => ({ record, key: propertyValue(type.id, record, sort.property) ?? '' }));
  keyed.sort((a, b) => {
    const order = numeric ? Number(a.key) - Number(b.key) : a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
    return direction * order || Number(a.record.id) - Number(b.record.id);
  });
  return keyed.map(({ record }) => record);
}
