/**
 * Tries, with a note that is taken back at once, how this portal lets us know our own writes again: by a property that
 * HubSpot keeps unique, else by a word in the text. Until it is run, and wherever the first is refused, the text is used.
 */

import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiFailure, Gateway, PropertyDef } from '../data/hubspot/types.ts';
import { linksOf, toNewRecord } from '../data/hubspot/write.ts';
import { type KeptProbe, keepProbe, type ProbeFigures } from '../data/store/marker-probe.ts';
import { forgetMarkerProperty, keepMarkerProperty } from '../data/store/outbox-rows.ts';
import type { ActivityObject, NoteIntent } from '../plays/intent.ts';
import { hasMarker, makeMarker } from '../plays/marker.ts';
import type { Instant } from '../units/day.ts';
import { err, ok, type Result } from '../units/result.ts';
import type { Session } from './session.ts';

export const MARKER_PROPERTY = 'kizashi_ref';
const OBJECTS: readonly ActivityObject[] = ['notes', 'tasks', 'calls', 'meetings', 'emails'];

export interface ProbeOptions {
  /** The account that the note hangs on while it is there. */
  readonly companyId: string;
  readonly portalId: string;
  readonly text: string;
  /** Makes the property where it is not there. */
  readonly create: boolean;
  readonly random: Uint8Array;
}

export async function probeMarkers(session: Session, options: ProbeOptions): Promise<Result<KeptProbe, ApiFailure>> {
  const gateway = await session.gateway();
  const definitions = new Map<ActivityObject, readonly PropertyDef[]>();
  let refused: string | null = null;
  for (const object of OBJECTS) {
    if (options.create) refused ??= await makeProperty(gateway, object);
    const reply = await gateway.properties(object);
    if (reply.ok) definitions.set(object, reply.value);
  }
  const fitting = OBJECTS.filter((object) => definitions.get(object)?.some((def) => def.name === MARKER_PROPERTY && def.unique === true));
  const tried = await tryNote(gateway, fitting.includes('notes') ? MARKER_PROPERTY : null, options, session.profile.options.now());
  if (!tried.ok) return err(tried.error);
  const { unique, ...rest } = tried.value;
  const objects = unique ? fitting : [];
  const { db } = await session.local();
  for (const object of OBJECTS) {
    if (objects.includes(object)) await keepMarkerProperty(db, options.portalId, object, MARKER_PROPERTY, session.profile.options.now());
    else await forgetMarkerProperty(db, options.portalId, object);
  }
  const found: KeptProbe = { at: session.profile.options.now(), way: unique ? 'property' : 'text', objects, refused, ...rest };
  await keepProbe(db, options.portalId, found);
  return ok(found);
}

/** The same when a portal is set up: the property is made, and the note hangs on the first company there is; null where there is none. */
export async function markAtSetUp(
  session: Session,
  portalId: string,
  { text, random }: Pick<ProbeOptions, 'text' | 'random'>,
): Promise<Result<KeptProbe | null, ApiFailure>> {
  const gateway = await session.gateway();
  const page = await gateway.search('companies', { filterGroups: [], properties: ['name'], afterId: null, limit: 1 });
  if (!page.ok) return page;
  const [company] = page.value.records;
  return company ? probeMarkers(session, { companyId: company.id, portalId, text, create: true, random }) : ok(null);
}

/** Null where the property is there afterwards; else HubSpot's reason. */
async function makeProperty(gateway: Gateway, object: ActivityObject): Promise<string | null> {
  const known = await gateway.properties(object);
  if (!known.ok) return known.error.message;
  if (known.value.some(({ name }) => name === MARKER_PROPERTY)) return null;
  const groupName = known.value.find(({ name }) => name === 'hs_timestamp')?.groupName ?? 'engagement_info';
  const made = await gateway.createProperty(object, {
    name: MARKER_PROPERTY,
    label: 'kizashi reference',
    groupName,
    type: 'string',
    unique: true,
  });
  return made.ok ? null : made.error.message;
}

type Tried = Omit<ProbeFigures, 'way' | 'objects' | 'refused'> & { readonly unique: boolean };

/** So long at most a reader is waited for, and so long between two looks. */
const LONGEST_LAG_MS = 5_000;
const PAUSE_MS = 250;

/** Milliseconds until `sees` says yes. */
async function lagUntil(sees: () => Promise<boolean>): Promise<{ readonly atOnce: boolean; readonly afterMs: number | null }> {
  const start = performance.now();
  for (let looks = 1; ; looks++) {
    const seen = await sees();
    const passed = Math.round(performance.now() - start);
    if (seen) return { atOnce: looks === 1, afterMs: passed };
    if (passed >= LONGEST_LAG_MS) return { atOnce: false, afterMs: null };
    await sleep(PAUSE_MS);
  }
}

async function tryNote(
  gateway: Gateway,
  uniqueProperty: string | null,
  { companyId, text, random }: ProbeOptions,
  now: Instant,
): Promise<Result<Tried, ApiFailure>> {
  const marker = makeMarker(random);
  const intent: NoteIntent = { kind: 'note', companyId, body: text, at: now, ownerId: null };
  const { object, record } = toNewRecord(intent, { marker, timeZone: 'UTC', uniqueProperty });
  let unique = false;
  let id: string;
  if (uniqueProperty === null) {
    const made = await gateway.create(object, record);
    if (!made.ok) return made;
    id = made.value.id;
  } else {
    const { [uniqueProperty]: _, ...properties } = record.properties;
    const first = await gateway.upsert(object, uniqueProperty, marker, properties);
    if (!first.ok) return first;
    id = first.value.id;
    const second = await gateway.upsert(object, uniqueProperty, marker, properties);
    const found = await gateway.readBy(object, uniqueProperty, marker);
    unique = second.ok && second.value.id === id && found.ok && found.value?.id === id;
    if (second.ok && second.value.id !== id) await gateway.archive(object, second.value.id);
    for (const link of linksOf(object, record)) await gateway.associate(object, id, link.to, link.id);
  }
  const wanted = ['hs_note_body', 'hs_timestamp', ...(uniqueProperty === null ? [] : [uniqueProperty])];
  const read = await gateway.read(object, [id], wanted, []);
  const [listed, searched] = await Promise.all([
    lagUntil(async () => {
      const list = await gateway.associations('companies', object, [companyId]);
      return list.ok && (list.value.get(companyId) ?? []).includes(id);
    }),
    lagUntil(async () => {
      const filterGroups = [[{ propertyName: 'hs_timestamp', operator: 'EQ', value: String(now) } as const]];
      const page = await gateway.search(object, { filterGroups, properties: ['hs_timestamp'], afterId: null, limit: 100 });
      return page.ok && page.value.records.some((one) => one.id === id);
    }),
  ]);
  const properties = read.ok ? (read.value.records[0]?.properties ?? {}) : {};
  const moment = properties.hs_timestamp ?? '';
  await gateway.archive(object, id);
  return ok({
    unique,
    markSurvives: uniqueProperty === null ? hasMarker(properties.hs_note_body ?? '', marker) : properties[uniqueProperty] === marker,
    millisecondsSurvive: (/^\d+$/.test(moment) ? Number(moment) : Date.parse(moment)) === now,
    listedAtOnce: listed.atOnce,
    listedAfterMs: listed.afterMs,
    searchedAfterMs: searched.afterMs,
  });
}
