/** What the mapping names and the portal does not have any more, as far as the last sync read its definitions. */
import { type AnswerProblem, chosenObjects, type Discovery } from '../data/hubspot/discovery.ts';
import { placeOf } from '../data/hubspot/discovery-candidates.ts';
import { plannedObjects } from '../data/hubspot/plan.ts';
import type { Cache } from '../data/store/cache.ts';
import { EVENTS, isMappingKey, MAPPING_KEYS, type Mapping, type MappingKey } from '../settings/mapping.ts';
import { cleanLine } from '../text/clean.ts';
import { type Lang, t } from '../text/messages/index.ts';
import { keyWord } from '../text/messages/mapping.ts';
import type { Instant } from '../units/day.ts';
import { brokenAnswers } from './connect.ts';

export interface Drift {
  readonly key: MappingKey;
  /** What the mapping says. */
  readonly value: string;
  /** `property`, `object` gone · `type` holds another kind of value · `value` an option that is gone · `unreadable` refused · `dead` HubSpot fills it in no more. */
  readonly code: Exclude<AnswerProblem['code'], 'key'> | 'unreadable' | 'dead';
  /** The missing scope, or what HubSpot said; null where nothing was refused. */
  readonly because: string | null;
  /** What may be meant now, nearest first. */
  readonly suggestions: readonly string[];
}

const DOCUMENT = 'drift';

/** HubSpot's score of before August 2025: the property is still there, and stands still. */
const DEAD: ReadonlySet<string> = new Set(['companies.hubspotscore', 'contacts.hubspotscore']);

/** In the order of the mapping's keys; each key once. */
export async function findDrift(cache: Cache, mapping: Mapping): Promise<readonly Drift[]> {
  const discovery = await asRead(cache, mapping);
  const broken = new Map(brokenAnswers(discovery, mapping).map((problem) => [problem.key, problem]));
  const barred = new Map((await cache.unavailable()).map((one) => [one.object, one.scopes.join(' / ') || one.message]));
  const chosen = chosenObjects(discovery, mapping);
  return MAPPING_KEYS.flatMap((key): Drift[] => {
    const value = mapping[key];
    if (value === undefined) return [];
    const problem = broken.get(key);
    if (problem && problem.code !== 'key') return [{ key, value, code: problem.code, because: null, suggestions: problem.suggestions }];
    const place = placeOf(key, value, chosen);
    if (place && DEAD.has(`${place.object}.${place.property}`)) return [{ key, value, code: 'dead', because: null, suggestions: [] }];
    const object = key.endsWith('.object') ? value : key === 'usage.events' ? EVENTS : place?.object;
    const because = object === undefined ? undefined : barred.get(object);
    return because === undefined ? [] : [{ key, value, code: 'unreadable', because, suggestions: [] }];
  });
}

/** The portal as the store knows it: definitions, no samples. */
async function asRead(cache: Cache, mapping: Mapping): Promise<Discovery> {
  const schemas = (await cache.sync.readAt('schemas')) === null ? null : await cache.schemas();
  const properties = new Map<string, Awaited<ReturnType<Cache['propertyDefs']>>>();
  for (const object of plannedObjects(mapping)) {
    const found = await cache.propertyDefs(object);
    if (found.length > 0) properties.set(object, found);
  }
  return {
    candidates: {},
    portal: {
      properties,
      schemas: schemas ?? [],
      owners: [],
      pipelines: [],
      samples: new Map(),
      unavailable: schemas === null ? { custom: '' } : {},
    },
  };
}

/** Keeps what `findDrift` finds now, so that every start can tell it without reading the definitions. */
export async function keepDrift(cache: Cache, mapping: Mapping, now: Instant): Promise<void> {
  const found = await findDrift(cache, mapping);
  if (found.length === 0 && (await cache.sync.readAt(DOCUMENT)) === null) return;
  await cache.write((writer) => writer.putDocument(DOCUMENT, found, now));
}

/** What was kept, but for keys that have been answered anew since. */
export async function keptDrift(cache: Cache, mapping: Mapping): Promise<readonly Drift[]> {
  const kept = await cache.drift();
  return kept.flatMap(({ key, ...rest }): Drift[] =>
    isMappingKey(key) && mapping[key] === rest.value ? [{ key, ...rest, code: rest.code as Drift['code'] }] : [],
  );
}

/** One line for all of it: the first in words, the others counted; null where the mapping holds. */
export function driftText(drift: readonly Drift[], lang: Lang): string | null {
  const [first] = drift;
  if (!first) return null;
  const line = driftLine(first, lang);
  return drift.length === 1 ? line : t(lang, 'setup.drift.more', { line, n: drift.length - 1 });
}

export const driftLine = ({ key, value, code, because }: Drift, lang: Lang): string =>
  t(lang, `setup.drift.${code}`, { key: keyWord(key, lang), value: cleanLine(value), because: cleanLine(because ?? '') });
