/** What the portal says of itself: read before anything else, since it decides what to read. */
import type { Mapping } from '../../settings/mapping.ts';
import type { Instant } from '../../units/day.ts';
import { type PortalShape, plannedObjects } from '../hubspot/plan.ts';
import type { ApiFailure, CallOptions, Gateway, PropertyDef, Reply } from '../hubspot/types.ts';
import type { Cache } from '../store/cache.ts';
import { SyncStopped } from './run.ts';

/** Definitions younger than this are good enough for a sync that is not a full one. */
const GOOD_FOR_MS = 20 * 3_600_000;

export interface DefinitionsRequest {
  readonly gateway: Gateway;
  readonly cache: Cache;
  readonly mapping: Mapping;
  readonly call: CallOptions;
  /** When the run began: what was read since then is not read again. */
  readonly startedAt: Instant;
  readonly full: boolean;
}

const isCustom = (object: string): boolean => object.startsWith('2-');

/**
 * Brings definitions up to date and gives back the portal's shape. What the token may not see is left as it was; a portal
 * that does not answer at all stops the sync.
 */
export async function readDefinitions(request: DefinitionsRequest): Promise<PortalShape> {
  const { gateway, cache, call, full, startedAt, mapping } = request;
  const freshSince = full ? startedAt : startedAt - GOOD_FOR_MS;
  const objects = plannedObjects(mapping);

  async function refresh(name: string, ask: () => Reply<unknown>, since: number = freshSince): Promise<void> {
    const readAt = await cache.sync.readAt(name);
    if (readAt !== null && readAt >= since) return;
    const reply = await ask();
    if (reply.ok) return cache.write((writer) => writer.putDocument(name, reply.value, startedAt));
    if (!isRefusal(reply.error)) throw new SyncStopped(reply.error);
  }

  // The first request of every sync: it tells at once whether the token and the line are good.
  await refresh('portal', () => gateway.portalInfo(call), startedAt);
  const rest = [
    () => refresh('owners', () => gateway.owners(call)),
    () => refresh('pipelines:tickets', () => gateway.pipelines('tickets', call)),
    () => refresh('pipelines:deals', () => gateway.pipelines('deals', call)),
    ...(objects.some(isCustom) ? [() => refresh('schemas', () => gateway.schemas(call))] : []),
    ...objects
      .filter((object) => !isCustom(object))
      .map((object) => () => refresh(`properties:${object}`, () => gateway.properties(object, call))),
  ];
  await Promise.all(rest.map((start) => start()));

  const known = new Map<string, readonly PropertyDef[]>();
  for (const object of objects) {
    const found = await cache.propertyDefs(object);
    if (found.length > 0) known.set(object, found);
  }
  const schemas = (await cache.sync.readAt('schemas')) === null ? null : await cache.schemas();
  return { properties: known, schemas };
}

/** Refused to this token, or not a thing of this portal; anything else may be over in a minute and stops the sync. */
const isRefusal = (failure: ApiFailure): boolean => failure.kind === 'scope' || failure.kind === 'not_found' || failure.kind === 'invalid';
