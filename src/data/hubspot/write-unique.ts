/** Writes that may be repeated: properties, records by a property that HubSpot keeps unique, and what they hang on. */
import { ok } from '../../units/result.ts';
import { type Context, reading } from './context.ts';
import { associationsModule, configure, Failed, objectsModule, propertiesModule } from './generated.ts';
import { errorCount, isObject, isRecord, isResults, toRecord } from './records.ts';
import type { CallOptions, CrmRecord, NewProperty, Reply } from './types.ts';

/** One record, so that an answer can only be about it. */
export function upsert(
  context: Context,
  object: string,
  idProperty: string,
  id: string,
  properties: Readonly<Record<string, string>>,
  options: CallOptions,
): Reply<CrmRecord> {
  const accepts = (json: unknown) => isResults(isRecord)(json) && json.results.length + errorCount(json) === 1;
  const request = `POST ${object}/batch/upsert`;
  return context.run({ request, write: true }, async () => {
    const module = await objectsModule();
    const call = { write: true, search: false, accepts, options, status: 200 } as const;
    const api = new module.BatchApi(configure(module, context.transport, call));
    const answer = await api.upsert(object, { inputs: [{ idProperty, id, properties: { ...properties } }] });
    const [record] = answer.results;
    if (!record) throw new Failed(context.refusedInput(request, ('errors' in answer ? answer.errors?.[0] : undefined) ?? {}));
    return toRecord(record);
  });
}

export async function readBy(
  context: Context,
  object: string,
  idProperty: string,
  id: string,
  options: CallOptions,
): Reply<CrmRecord | null> {
  const reply = await context.run({ request: `POST ${object}/batch/read`, write: false }, async () => {
    const module = await objectsModule();
    const api = new module.BatchApi(configure(module, context.transport, reading(isResults(isRecord), options)));
    const answer = await api.read(object, { idProperty, inputs: [{ id }], properties: [idProperty], propertiesWithHistory: [] });
    const found = answer.results.map(toRecord).find((record) => record.properties[idProperty] === id);
    return found ?? null;
  });
  // Where nothing of the batch exists, the whole answer may be a 404.
  if (!reply.ok && reply.error.kind === 'not_found' && reply.error.category === 'OBJECT_NOT_FOUND') return ok(null);
  return reply;
}

export function associate(context: Context, from: string, fromId: string, to: string, toId: string, options: CallOptions): Reply<null> {
  const accepts = (json: unknown) => isResults(isObject)(json) && json.results.length > 0;
  return context.run({ request: `POST ${from}/${to}/batch/associate/default`, write: true }, async () => {
    const module = await associationsModule();
    const call = { write: true, search: false, accepts, options, status: 200 } as const;
    const api = new module.BatchApi(configure(module, context.transport, call));
    await api.createDefault(from, to, { inputs: [{ _from: { id: fromId }, to: { id: toId } }] });
    return null;
  });
}

const FIELDS = {
  string: ['String', 'Text'],
  number: ['Number', 'Number'],
  date: ['Date', 'Date'],
  datetime: ['Datetime', 'Date'],
  enumeration: ['Enumeration', 'Select'],
} as const;
const CONFLICT = 409;

export async function createProperty(context: Context, object: string, property: NewProperty, options: CallOptions): Reply<null> {
  const { name, label, groupName, type, unique, options: choices } = property;
  const made = await context.run({ request: `POST ${object} property`, write: true }, async () => {
    const module = await propertiesModule();
    const call = { write: true, search: false, accepts: isObject, options, status: 201 } as const;
    const api = new module.CoreApi(configure(module, context.transport, call));
    const [kind, field] = FIELDS[type];
    await api.create(object, {
      name,
      label,
      groupName,
      type: module.PropertyCreateTypeEnum[kind],
      fieldType: module.PropertyCreateFieldTypeEnum[field],
      hasUniqueValue: unique,
      ...(choices ? { options: choices.map((choice, displayOrder) => ({ ...choice, displayOrder, hidden: false })) } : {}),
    });
    return null;
  });
  return !made.ok && made.error.status === CONFLICT ? ok(null) : made;
}
