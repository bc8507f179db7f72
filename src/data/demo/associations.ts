/** Associations v4: batch read with inner paging, single reads, and linking by default or typed. */
import type { Change } from './apply.ts';
import { allAssociationTypes, associationTypes, canAssociate } from './association-types.ts';
import { asList, asObject, asText, type Call, invalid, notFound, objectBody, queryLimit, type Reply } from './call.ts';
import { batchReply } from './read.ts';
import { linked, type ObjectTypeState, resolve } from './state.ts';
import { isPrimary } from './view.ts';

const MAX_READ = 1_000;
const MAX_WRITE = 2_000;

interface Page {
  readonly to: readonly Record<string, unknown>[];
  readonly after: string | null;
}

function pageOf(call: Call, from: ObjectTypeState, fromId: string, to: ObjectTypeState, after: string | null, size: number): Page {
  const { portal, hiddenLinks } = call.world;
  const ids = linked(portal.links, from.id, fromId, to.id).filter((id) => isLive(to, id) && !hiddenLinks.hides(from.id, fromId, to.id, id));
  const start = after === null ? 0 : ids.indexOf(after) + 1;
  if (after !== null && start === 0) throw invalid(`Invalid after: ${after}`);
  const page = ids.slice(start, start + size);
  return {
    to: page.map((id) => ({
      // The v4 paths answer with numbers where their description says strings.
      toObjectId: call.version === '2026-09' ? id : Number(id),
      associationTypes: associationTypes(from.id, to.id, isPrimary(portal, from.id, fromId, to.id, id)),
    })),
    after: start + page.length < ids.length ? (page.at(-1) ?? null) : null,
  };
}

const isLive = (type: ObjectTypeState, id: string): boolean => type.records.get(id)?.archivedAt === null;

export function batchReadAssociations(call: Call, from: ObjectTypeState, to: ObjectTypeState): Reply {
  const inputs = asList(objectBody(call).inputs, 'inputs').map((input) => asObject(input, 'input'));
  if (inputs.length > MAX_READ) throw invalid(`The maximum number of inputs supported in a batch request is ${MAX_READ}`);
  const results: unknown[] = [];
  const errors: Record<string, unknown>[] = [];
  for (const input of inputs) {
    const id = asText(input.id, 'id');
    const record = resolve(from, id);
    const after = input.after === undefined ? null : asText(input.after, 'after');
    const page = record && isLive(from, record.id) ? pageOf(call, from, record.id, to, after, call.world.associationPageSize) : null;
    if (page === null || page.to.length === 0) errors.push(noAssociation(from, id, to));
    else results.push({ from: { id }, to: page.to, ...(page.after === null ? {} : { paging: { next: { after: page.after } } }) });
  }
  return batchReply(call, results, errors);
}

const noAssociation = (from: ObjectTypeState, id: string, to: ObjectTypeState): Record<string, unknown> => ({
  status: 'error',
  category: 'OBJECT_NOT_FOUND',
  subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
  message: `No ${to.id} is associated with ${from.id} ${id}.`,
  context: { fromObjectId: [id], fromObjectType: [from.id], toObjectType: [to.id] },
});

export function listAssociations(call: Call, from: ObjectTypeState, to: ObjectTypeState): Reply {
  const record = resolve(from, call.params.id ?? '');
  if (!record || record.archivedAt !== null) throw notFound();
  const size = queryLimit(call.query, 500, 500);
  const page = pageOf(call, from, record.id, to, call.query.get('after'), size);
  return { status: 200, body: { results: page.to, ...(page.after === null ? {} : { paging: { next: { after: page.after } } }) } };
}

function ends(from: ObjectTypeState, fromId: string, to: ObjectTypeState, toId: string): readonly [string, string] {
  if (!canAssociate(from.id, to.id)) throw invalid(`There is no association type from ${from.id} to ${to.id}`);
  const one = resolve(from, fromId);
  const other = resolve(to, toId);
  if (!one || !other || one.archivedAt !== null || other.archivedAt !== null) throw notFound();
  return [one.id, other.id];
}

const linkOf = (from: ObjectTypeState, fromId: string, to: ObjectTypeState, toId: string, primary: boolean): Change => ({
  kind: 'link',
  fromType: from.id,
  from: fromId,
  toType: to.id,
  to: toId,
  ...(primary ? { primary } : {}),
});

/** `PUT …/associations/default/{to}/{toId}`: no type needed. */
export function associateDefault(call: Call, from: ObjectTypeState, to: ObjectTypeState): Reply {
  const [fromId, toId] = ends(from, call.params.id ?? '', to, call.params.toId ?? '');
  call.world.commit([linkOf(from, fromId, to, toId, false)]);
  return batchReply(call, [defaultResult(from, fromId, to, toId), defaultResult(to, toId, from, fromId)], []);
}

const defaultResult = (from: ObjectTypeState, fromId: string, to: ObjectTypeState, toId: string): Record<string, unknown> => {
  const plain = associationTypes(from.id, to.id, false)[0];
  return {
    from: { id: fromId },
    to: { id: toId },
    associationSpec: { associationCategory: plain?.category, associationTypeId: plain?.typeId },
  };
};

/** Whether the given types make the link a primary one; types of another pair are refused. */
function typedPrimary(from: ObjectTypeState, to: ObjectTypeState, types: readonly unknown[]): boolean {
  const known = allAssociationTypes(from.id, to.id);
  const ids = types.map((type) => Number(asObject(type, 'type').associationTypeId));
  const wrong = ids.find((id) => !known.some((type) => type.typeId === id));
  if (wrong !== undefined || ids.length === 0) throw invalid(`Association type ${wrong} is not valid from ${from.id} to ${to.id}`);
  return ids.some((id) => known.some((type) => type.typeId === id && type.label !== null));
}

const labelsView = (from: ObjectTypeState, fromId: string, to: ObjectTypeState, toId: string): Record<string, unknown> => ({
  fromObjectTypeId: from.id,
  fromObjectId: Number(fromId),
  toObjectTypeId: to.id,
  toObjectId: Number(toId),
  labels: [],
});

export function associate(call: Call, from: ObjectTypeState, to: ObjectTypeState): Reply {
  const [fromId, toId] = ends(from, call.params.id ?? '', to, call.params.toId ?? '');
  const primary = typedPrimary(from, to, asList(call.body, 'body'));
  call.world.commit([linkOf(from, fromId, to, toId, primary)]);
  return { status: 201, body: labelsView(from, fromId, to, toId) };
}

export function dissociate(call: Call, from: ObjectTypeState, to: ObjectTypeState): Reply {
  const [fromId, toId] = ends(from, call.params.id ?? '', to, call.params.toId ?? '');
  call.world.commit([{ kind: 'unlink', fromType: from.id, from: fromId, toType: to.id, to: toId }]);
  return { status: 204 };
}

interface PairInput {
  readonly fromId: string;
  readonly toId: string;
  readonly raw: Readonly<Record<string, unknown>>;
}

function pairInputs(call: Call, from: ObjectTypeState, to: ObjectTypeState): readonly PairInput[] {
  const inputs = asList(objectBody(call).inputs, 'inputs').map((input) => asObject(input, 'input'));
  if (inputs.length > MAX_WRITE) throw invalid(`The maximum number of inputs supported in a batch request is ${MAX_WRITE}`);
  return inputs.map((raw) => {
    const [fromId, toId] = ends(from, asText(asObject(raw.from, 'from').id, 'from.id'), to, asText(asObject(raw.to, 'to').id, 'to.id'));
    return { fromId, toId, raw };
  });
}

export function batchAssociate(call: Call, from: ObjectTypeState, to: ObjectTypeState): Reply {
  const pairs = pairInputs(call, from, to);
  call.world.commit(
    pairs.map(({ fromId, toId, raw }) => linkOf(from, fromId, to, toId, typedPrimary(from, to, asList(raw.types, 'types')))),
  );
  const success = call.version === '2026-09' ? 200 : 201;
  return batchReply(
    call,
    pairs.map(({ fromId, toId }) => labelsView(from, fromId, to, toId)),
    [],
    success,
  );
}

export function batchAssociateDefault(call: Call, from: ObjectTypeState, to: ObjectTypeState): Reply {
  const pairs = pairInputs(call, from, to);
  call.world.commit(pairs.map(({ fromId, toId }) => linkOf(from, fromId, to, toId, false)));
  return batchReply(
    call,
    pairs.map(({ fromId, toId }) => defaultResult(from, fromId, to, toId)),
    [],
  );
}

export function associationLabels(_call: Call, from: ObjectTypeState, to: ObjectTypeState): Reply {
  return { status: 200, body: { results: allAssociationTypes(from.id, to.id) } };
}
