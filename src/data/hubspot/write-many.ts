/** Changing many records by batches, and the group that properties of our own stand in. */
import { ok } from '../../units/result.ts';
import type { Context } from './context.ts';
import { configure, objectsModule, propertiesModule } from './generated.ts';
import { isObject, isRecord, isResults } from './records.ts';
import type { BatchUpdate, CallOptions, Reply } from './types.ts';

const CONFLICT = 409;

export async function createPropertyGroup(
  context: Context,
  object: string,
  name: string,
  label: string,
  options: CallOptions,
): Reply<null> {
  const made = await context.run({ request: `POST ${object} property group`, write: true }, async () => {
    const module = await propertiesModule();
    const call = { write: true, search: false, accepts: isObject, options, status: 201 } as const;
    await new module.GroupsApi(configure(module, context.transport, call)).create(object, { name, label });
    return null;
  });
  return !made.ok && made.error.status === CONFLICT ? ok(null) : made;
}

/** Where an error of a batch may name its inputs: by id, or by the trace that we gave them, which is the id too. */
function idsOf(error: { readonly context?: unknown }): string[] {
  const { context } = error;
  if (!isObject(context)) return [];
  return ['ids', 'id', 'objectWriteTraceId'].flatMap((key) => {
    const value = context[key];
    return Array.isArray(value) ? value.map(String) : [];
  });
}

/**
 * HubSpot answers for an id that leads nowhere with silence, and for one that was merged away with its survivor: every
 * input carries its id as trace, and what the answer does not tell of is no success.
 */
export function updateMany(
  context: Context,
  object: string,
  inputs: readonly { readonly id: string; readonly properties: Readonly<Record<string, string>> }[],
  options: CallOptions,
): Reply<BatchUpdate> {
  return context.run({ request: `POST ${object}/batch/update`, write: true }, async () => {
    const module = await objectsModule();
    const call = { write: true, search: false, accepts: isResults(isRecord), options, status: 200 } as const;
    const api = new module.BatchApi(configure(module, context.transport, call));
    const answer = await api.update(object, {
      inputs: inputs.map(({ id, properties }) => ({ id, objectWriteTraceId: id, properties: { ...properties } })),
    });
    const told = new Set(answer.results.flatMap(({ id, objectWriteTraceId }) => [String(id), objectWriteTraceId ?? String(id)]));
    const errors = 'errors' in answer ? (answer.errors ?? []) : [];
    const because = new Map(errors.flatMap((error) => idsOf(error).map((id) => [id, error.message] as const)));
    const updated = inputs.filter(({ id }) => told.has(id) && !because.has(id)).map(({ id }) => id);
    const done = new Set(updated);
    return { updated, refused: new Map(inputs.filter(({ id }) => !done.has(id)).map(({ id }) => [id, because.get(id) ?? null])) };
  });
}
