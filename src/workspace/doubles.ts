/** One mark, two records: what must never happen is looked for in what a sync has read, and mended where a person agrees. */
import type { Cache } from '../data/store/cache.ts';
import type { SyncOutcome } from '../data/sync/sync.ts';
import type { ActivityObject } from '../plays/intent.ts';
import type { Instant } from '../units/day.ts';
import type { Session } from './session.ts';

export interface Double {
  readonly object: ActivityObject;
  readonly companyId: string | null;
  /** The older one, which stays. */
  readonly keep: string;
  readonly others: readonly string[];
}

const DOCUMENT = 'doubles';
const OBJECTS: readonly ActivityObject[] = ['notes', 'tasks', 'calls', 'meetings', 'emails'];

/** Records of one kind that carry the same mark, by the store as the last sync left it. */
export async function findDoubles(cache: Cache): Promise<readonly Double[]> {
  return (await cache.doubledMarks()).flatMap(({ object, companyId, ids: [keep, ...others] }): Double[] => {
    const known = OBJECTS.find((one) => one === object);
    return known === undefined || keep === undefined ? [] : [{ object: known, companyId, keep, others }];
  });
}

/** Looks again after a sync that brought records that may carry a mark; what is found is kept for the header. */
export async function keepDoubles(cache: Cache, objects: SyncOutcome['objects'], now: Instant): Promise<void> {
  const moved = OBJECTS.some((object) => (objects[object]?.changed ?? 0) + (objects[object]?.removed ?? 0) > 0);
  if (!moved) return;
  const { length } = await findDoubles(cache);
  if (length !== (await cache.doubles())) await cache.write((writer) => writer.putDocument(DOCUMENT, length, now));
}

/** Queues the taking back of all but the older record of each; gives the rows that do it. */
export async function healDoubles(session: Session, doubles: readonly Double[], what: string): Promise<readonly string[]> {
  const outbox = await session.outbox();
  const planned = doubles.flatMap(({ object, companyId, others }) =>
    others.map((hubspotId) => ({ intent: { kind: 'archive', companyId: companyId ?? '', made: { object, hubspotId }, what } as const })),
  );
  if (planned.length === 0) return [];
  const queued = await outbox.enqueueAll(planned, { undoMs: 0 });
  if (!queued.ok) return [];
  // The store has the later copies until the next sync.
  await (await session.cache()).write((writer) => writer.putDocument(DOCUMENT, 0, session.profile.options.now()));
  return queued.value.ids;
}
