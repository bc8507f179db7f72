/** Reading records: list, get one, batch read. */
import {
  asList,
  asObject,
  asText,
  asTexts,
  type Call,
  cursorOf,
  invalid,
  notFound,
  objectBody,
  queryLimit,
  queryList,
  type Reply,
  readCursor,
  shuffle,
} from './call.ts';
import { findType } from './find-type.ts';
import { typeWord } from './object-types.ts';
import { firstAfter, type ObjectTypeState, resolve, type StoredRecord } from './state.ts';
import { associationsView, propertyValue, recordView, type Shown } from './view.ts';

const MAX_LIST = 100;
const MAX_BATCH = 100;
const MAX_WITH_HISTORY = 50;

const shownBy = (call: Call): Shown => ({
  properties: queryList(call.query, 'properties'),
  history: queryList(call.query, 'propertiesWithHistory'),
});

const wantsArchived = (call: Call): boolean => call.query.get('archived') === 'true';

function withAssociations(call: Call, type: ObjectTypeState, record: StoredRecord, view: Record<string, unknown>): Record<string, unknown> {
  const toTypes = queryList(call.query, 'associations').map((name) => findType(call.world.portal, name).id);
  if (toTypes.length === 0) return view;
  return { ...view, associations: associationsView(call, type.id, record.id, toTypes) };
}

export function list(call: Call, type: ObjectTypeState): Reply {
  const shown = shownBy(call);
  const limit = queryLimit(call.query, 10, shown.history.length > 0 ? MAX_WITH_HISTORY : MAX_LIST);
  const archived = wantsArchived(call);
  const page: StoredRecord[] = [];
  let more = false;
  for (let at = firstAfter(type.order, readCursor(call.query.get('after'))); at < type.order.length; at += 1) {
    const record = type.records.get(type.order[at] ?? '');
    if (!record || record.mergedInto !== null || (record.archivedAt !== null) !== archived) continue;
    if (page.length === limit) {
      more = true;
      break;
    }
    page.push(record);
  }
  const view = recordView(call.world.portal, type, shown);
  const last = page.at(-1);
  return {
    status: 200,
    body: {
      results: page.map((record) => withAssociations(call, type, record, view(record))),
      ...(more && last ? { paging: nextPage(call, type, last.id) } : {}),
    },
  };
}

function nextPage(call: Call, type: ObjectTypeState, lastId: string): unknown {
  const after = cursorOf(lastId);
  const query = new URLSearchParams(call.query);
  query.set('after', after);
  const path = call.version === 'v3' ? `/crm/v3/objects/${type.id}` : `/crm/objects/${call.version}/${type.id}`;
  return { next: { after, link: `${call.world.url}${path}?${query}` } };
}

export function getOne(call: Call, type: ObjectTypeState): Reply {
  const id = call.params.id ?? '';
  const record = byIdProperty(type, call.query.get('idProperty'))(id);
  if (!record || (record.archivedAt !== null) !== wantsArchived(call)) throw notFound();
  return { status: 200, body: withAssociations(call, type, record, recordView(call.world.portal, type, shownBy(call))(record)) };
}

/** How inputs name records: by id (a merged one answers with its survivor), or by a property that is unique. */
export function byIdProperty(type: ObjectTypeState, idProperty: string | null): (value: string) => StoredRecord | undefined {
  if (idProperty === null || idProperty === '') return (id) => resolve(type, id);
  if (!type.properties.get(idProperty)?.hasUniqueValue) {
    throw invalid(`Unable to perform update/upsert by non-unique ${type.id} property ${idProperty}`);
  }
  const byValue = new Map<string, StoredRecord>();
  for (const record of type.records.values()) {
    const value = record.mergedInto === null ? propertyValue(type.id, record, idProperty) : null;
    if (value) byValue.set(value.toLowerCase(), record);
  }
  return (value) => byValue.get(value.toLowerCase());
}

export function batchRead(call: Call, type: ObjectTypeState): Reply {
  const body = objectBody(call);
  const inputs = asList(body.inputs, 'inputs').map((input) => asText(asObject(input, 'input').id, 'id'));
  const shown = {
    properties: asTexts(body.properties, 'properties'),
    history: asTexts(body.propertiesWithHistory, 'propertiesWithHistory'),
  };
  if (shown.history.length > 0 && inputs.length > MAX_WITH_HISTORY) {
    throw invalid(
      `The maximum number of inputs supported in a batch request for property histories is ${MAX_WITH_HISTORY}. Please reduce the number of items and try again`,
    );
  }
  assertBatchSize(inputs.length);
  const idProperty = body.idProperty === undefined ? null : asText(body.idProperty, 'idProperty');
  const find = byIdProperty(type, idProperty);
  const archived = wantsArchived(call);
  const found = new Map<string, StoredRecord>();
  const missing: string[] = [];
  for (const input of new Set(inputs)) {
    const record = find(input);
    if (record && (record.archivedAt !== null) === archived) found.set(record.id, record);
    else missing.push(input);
  }
  const results = shuffle([...found.values()], call.world.random).map(recordView(call.world.portal, type, shown));
  return batchReply(call, results, missing.length === 0 ? [] : [missingError(type, missing)]);
}

export function assertBatchSize(count: number): void {
  if (count > MAX_BATCH) {
    throw invalid(
      `The maximum number of inputs supported in a batch request is ${MAX_BATCH}. Please reduce the number of items and try again`,
    );
  }
}

const missingError = (type: ObjectTypeState, ids: readonly string[]): Record<string, unknown> => ({
  status: 'error',
  category: 'OBJECT_NOT_FOUND',
  message: `Could not get some ${typeWord(type.id)} objects, they may be deleted or not exist. Check that ids are valid.`,
  context: { ids },
});

/** 207 where something is missing; the dated versions carry the same fields in a 200. */
export function batchReply(call: Call, results: readonly unknown[], errors: readonly Record<string, unknown>[], success = 200): Reply {
  const at = new Date(call.world.now()).toISOString();
  const body = { status: 'COMPLETE', results, startedAt: at, completedAt: at };
  if (errors.length === 0) return { status: success, body };
  return { status: call.version === '2026-09' ? success : 207, body: { ...body, numErrors: errors.length, errors } };
}
