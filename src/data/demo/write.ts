/** Writing records: create, update, archive, merge and their batch forms. */
import type { Change, LinkChange } from './apply.ts';
import { allAssociationTypes, hasPrimary } from './association-types.ts';
import { asList, asObject, asText, type Call, invalid, notFound, objectBody, type Reply, shuffle } from './call.ts';
import { ACTIVITY_TYPES } from './object-types.ts';
import { assertBatchSize, batchReply, byIdProperty } from './read.ts';
import { type ObjectTypeState, resolve, type StoredRecord } from './state.ts';
import { assertRequired, readProperties } from './validate.ts';
import { fullView } from './view.ts';

type Create = Extract<Change, { kind: 'create' }>;

const recordOf = (type: ObjectTypeState, id: string): StoredRecord => {
  const record = type.records.get(id);
  if (!record) throw notFound();
  return record;
};

interface PlannedCreate {
  readonly create: Create;
  readonly changes: readonly Change[];
}

function planCreate(call: Call, type: ObjectTypeState, raw: unknown): PlannedCreate {
  const input = asObject(raw, 'input');
  const properties = readProperties(call, type, input.properties);
  assertRequired(call, type, properties);
  const create: Create = { kind: 'create', type: type.id, id: call.world.newId(), at: call.world.now(), properties };
  const links = asList(input.associations, 'associations').map((association) => planLink(call, type, create.id, association));
  return { create, changes: [create, ...links, ...(ACTIVITY_TYPES.has(type.id) ? activityEffects(call, create, links) : [])] };
}

/** The object type that an association type id leads to, from `type`. */
function targetOf(call: Call, type: ObjectTypeState, typeId: number): ObjectTypeState | undefined {
  for (const target of call.world.portal.types.values()) {
    if (allAssociationTypes(type.id, target.id).some((known) => known.typeId === typeId)) return target;
  }
  return undefined;
}

function planLink(call: Call, type: ObjectTypeState, from: string, raw: unknown): LinkChange {
  const association = asObject(raw, 'association');
  const asked = asText(asObject(association.to, 'to').id, 'to.id');
  const types = asList(association.types, 'types').map((item) => Number(asObject(item, 'type').associationTypeId));
  const first = types[0];
  if (first === undefined) throw invalid('Invalid input JSON: types must not be empty');
  const target = targetOf(call, type, first);
  if (!target) throw invalid(`Association type ${first} is not valid from ${type.id}`);
  const record = resolve(target, asked);
  if (!record || record.archivedAt !== null) {
    throw invalid(`Some associated objects do not exist or are deleted: ${asked}`, { context: { id: [asked] } });
  }
  const primary = hasPrimary(type.id, target.id) && types.some((id) => id === allAssociationTypes(type.id, target.id)[0]?.typeId);
  return { kind: 'link', fromType: type.id, from, toType: target.id, to: record.id, ...(primary ? { primary } : {}) };
}

/** Calls, meetings and e-mails are contact; whether a note is one is not documented, so it moves only the update date. */
const CONTACTING = new Set(['0-47', '0-48', '0-49']);

/** A logged activity shows on the company and the person it hangs on, and so moves their modification dates. */
function activityEffects(call: Call, create: Create, links: readonly LinkChange[]): readonly Change[] {
  const companies = call.world.portal.types.get('0-2');
  const people = call.world.portal.types.get('0-1');
  const when = create.properties.hs_timestamp ?? '';
  return links.flatMap((link): Change[] => {
    const person = link.toType === '0-1' && CONTACTING.has(create.type) ? people?.records.get(link.to) : undefined;
    if (person && when > (person.properties.notes_last_contacted ?? ''))
      return [{ kind: 'update', type: '0-1', id: link.to, at: create.at, properties: { notes_last_contacted: when }, touch: true }];
    const company = link.toType === '0-2' ? companies?.records.get(link.to) : undefined;
    if (!company || create.type === '0-27') return [];
    const properties: Record<string, string> = {
      notes_last_updated: when,
      num_notes: String(Number(company.properties.num_notes ?? 0) + 1),
    };
    const contacted = company.properties.notes_last_contacted ?? '';
    if (CONTACTING.has(create.type) && when > contacted) properties.notes_last_contacted = when;
    return [{ kind: 'update', type: '0-2', id: link.to, at: create.at, properties, touch: true }];
  });
}

export function create(call: Call, type: ObjectTypeState): Reply {
  const { create: made, changes } = planCreate(call, type, objectBody(call));
  call.world.commit(changes);
  return { status: 201, body: fullView(call.world.portal, type, recordOf(type, made.id)) };
}

/** One bad input refuses the whole batch; the answers come in any order. */
export function batchCreate(call: Call, type: ObjectTypeState): Reply {
  const inputs = asList(objectBody(call).inputs, 'inputs');
  assertBatchSize(inputs.length);
  const planned = inputs.map((input) => ({ plan: planCreate(call, type, input), trace: asObject(input, 'input').objectWriteTraceId }));
  call.world.commit(planned.flatMap(({ plan }) => plan.changes));
  const results = planned.map(({ plan, trace }) => ({
    ...fullView(call.world.portal, type, recordOf(type, plan.create.id)),
    ...(trace === undefined ? {} : { objectWriteTraceId: trace }),
  }));
  return batchReply(call, shuffle(results, call.world.random), [], 201);
}

const updateOf = (call: Call, type: ObjectTypeState, id: string, raw: unknown): Change => ({
  kind: 'update',
  type: type.id,
  id,
  at: call.world.now(),
  properties: readProperties(call, type, raw),
  touch: true,
});

export function update(call: Call, type: ObjectTypeState): Reply {
  const record = byIdProperty(type, call.query.get('idProperty'))(call.params.id ?? '');
  if (!record || record.archivedAt !== null) throw notFound();
  call.world.commit([updateOf(call, type, record.id, objectBody(call).properties)]);
  return { status: 200, body: fullView(call.world.portal, type, record) };
}

/** An input whose id leads nowhere is answered with silence: COMPLETE, and one result less. */
export function batchUpdate(call: Call, type: ObjectTypeState): Reply {
  const inputs = asList(objectBody(call).inputs, 'inputs').map((input) => asObject(input, 'input'));
  assertBatchSize(inputs.length);
  const planned = inputs.flatMap((input) => {
    const idProperty = input.idProperty === undefined ? null : asText(input.idProperty, 'idProperty');
    const record = byIdProperty(type, idProperty)(asText(input.id, 'id'));
    if (!record || record.archivedAt !== null) return [];
    return [{ record, change: updateOf(call, type, record.id, input.properties), trace: input.objectWriteTraceId }];
  });
  call.world.commit(planned.map(({ change }) => change));
  const results = planned.map(({ record, trace }) => ({
    ...fullView(call.world.portal, type, record),
    ...(trace === undefined ? {} : { objectWriteTraceId: trace }),
  }));
  return batchReply(call, shuffle(results, call.world.random), []);
}

/** By a unique property: updates what is there, creates what is not; sending it twice changes nothing. */
export function batchUpsert(call: Call, type: ObjectTypeState): Reply {
  const inputs = asList(objectBody(call).inputs, 'inputs').map((input) => asObject(input, 'input'));
  assertBatchSize(inputs.length);
  const planned = inputs.map((input) => {
    const idProperty = asText(input.idProperty, 'idProperty');
    const value = asText(input.id, 'id');
    const record = byIdProperty(type, idProperty)(value);
    if (record) return { id: record.id, isNew: false, changes: [updateOf(call, type, record.id, input.properties)] };
    const plan = planCreate(call, type, { properties: { ...asObject(input.properties, 'properties'), [idProperty]: value } });
    return { id: plan.create.id, isNew: true, changes: plan.changes };
  });
  call.world.commit(planned.flatMap(({ changes }) => changes));
  const results = planned.map(({ id, isNew }) => ({ ...fullView(call.world.portal, type, recordOf(type, id)), new: isNew }));
  return batchReply(call, shuffle(results, call.world.random), []);
}

export function archive(call: Call, type: ObjectTypeState): Reply {
  const record = type.records.get(call.params.id ?? '');
  if (record && record.archivedAt === null) {
    call.world.commit([{ kind: 'archive', type: type.id, id: record.id, at: call.world.now() }]);
  }
  return { status: 204 };
}

export function batchArchive(call: Call, type: ObjectTypeState): Reply {
  const ids = asList(objectBody(call).inputs, 'inputs').map((input) => asText(asObject(input, 'input').id, 'id'));
  assertBatchSize(ids.length);
  const at = call.world.now();
  const live = [...new Set(ids)].filter((id) => type.records.get(id)?.archivedAt === null);
  call.world.commit(live.map((id) => ({ kind: 'archive', type: type.id, id, at })));
  return { status: 204 };
}

export function merge(call: Call, type: ObjectTypeState): Reply {
  const body = objectBody(call);
  const winner = resolve(type, asText(body.primaryObjectId, 'primaryObjectId'));
  const loser = resolve(type, asText(body.objectIdToMerge, 'objectIdToMerge'));
  if (!winner || !loser || winner.archivedAt !== null || loser.archivedAt !== null) throw notFound();
  if (winner === loser) throw invalid('Cannot merge a record with itself');
  call.world.commit([{ kind: 'merge', type: type.id, winner: winner.id, loser: loser.id, at: call.world.now() }]);
  return { status: 200, body: fullView(call.world.portal, type, winner) };
}
