/** Ranks the portal's properties and objects for every mapping key. Pure. */
import { MAPPING_KEYS, type MappingKey } from '../../settings/mapping.ts';
import { matchProperty, wordScore } from './discovery-match.ts';
import { companyMrr, isMrrSource, mrrHome, mrrSourceCandidates } from './discovery-mrr.ts';
import {
  byScore,
  type Candidate,
  type Candidates,
  type ChosenObjects,
  type Discovery,
  LISTED,
  look,
  type PortalDescription,
  propertiesOf,
} from './discovery-portal.ts';
import { championCandidates, special } from './discovery-special.ts';
import { type Home, KEY_WORDS, type KeyWords, OBJECT_WORDS } from './discovery-words.ts';
import type { ObjectSchema } from './types.ts';

/** Below this a candidate is not worth showing. */
const WORTH_SHOWING = 0.25;

export function discover(portal: PortalDescription): Discovery {
  const objects = { 'mrr.object': rankObjects(portal, 'mrr'), 'usage.object': rankObjects(portal, 'usage') };
  const custom = objects['mrr.object'][0]?.value ?? null;
  const source = mrrSourceCandidates(portal, custom)[0]?.value;
  const mrr = isMrrSource(source) ? mrrHome(source, custom) : null;
  return { portal, candidates: candidatesWith(portal, { mrr, usage: objects['usage.object'][0]?.value ?? null }, objects) };
}

/** The candidates where other objects are chosen than those that discovery ranked first. */
export function candidatesWith(
  portal: PortalDescription,
  chosen: ChosenObjects,
  objects: Candidates = { 'mrr.object': rankObjects(portal, 'mrr'), 'usage.object': rankObjects(portal, 'usage') },
): Candidates {
  const found = new Map<MappingKey, readonly Candidate[]>();
  for (const key of MAPPING_KEYS) {
    const spec = KEY_WORDS[key];
    const ranked =
      key === 'mrr.source'
        ? mrrSourceCandidates(portal, objects['mrr.object']?.[0]?.value ?? null)
        : (objects[key] ?? (spec ? rankProperties(portal, key, spec, chosen) : special(portal, key)));
    if (ranked.length > 0) found.set(key, ranked);
  }
  const champions = championCandidates(portal, found.get('people.champion') ?? []);
  if (champions.length > 0) found.set('people.champion', champions);
  return Object.fromEntries(found);
}

/** Properties worth looking at in records, by object: those that fit some key by their definition alone. */
export function worthSampling(portal: PortalDescription): ReadonlyMap<string, readonly string[]> {
  const { candidates } = discover({ ...portal, samples: new Map() });
  const custom = candidates['mrr.object']?.[0]?.value ?? null;
  const chosen = { mrr: custom ?? 'companies', usage: candidates['usage.object']?.[0]?.value ?? null };
  const wanted = new Map<string, Set<string>>();
  for (const key of ['mrr.amount', 'mrr.currency'])
    for (const { value } of companyMrr(portal, key)) wanted.set('companies', (wanted.get('companies') ?? new Set()).add(value));
  for (const key of MAPPING_KEYS) {
    for (const { value } of candidates[key] ?? []) {
      const place = placeOf(key, value, chosen);
      if (!place) continue;
      const names = wanted.get(place.object) ?? new Set();
      wanted.set(place.object, names.add(place.property));
    }
  }
  return new Map([...wanted].map(([object, names]) => [object, [...names]]));
}

/** Marks a property as the company's where its key would else name one of the usage object. */
export const COMPANY = 'company.';

/** Where the value of a key points: an object and one of its properties; null for keys that name no property. */
export function placeOf(
  key: MappingKey,
  value: string,
  chosen: ChosenObjects,
): { readonly object: string; readonly property: string } | null {
  if (value.startsWith(COMPANY)) return { object: 'companies', property: value.slice(COMPANY.length) };
  const property = value.split(':', 1)[0] ?? value;
  if (key === 'customers') return value === 'all' ? null : { object: 'companies', property };
  const home = KEY_WORDS[key]?.home;
  if (!home) return null;
  const object = objectOf(home, chosen);
  return object === null ? null : { object, property };
}

/** Usage without an object of its own is the company's. */
function objectOf(home: Home, chosen: ChosenObjects): string | null {
  if (home === 'mrr') return chosen.mrr;
  return home === 'usage' ? (chosen.usage ?? 'companies') : home;
}

/** Keys that mean nothing without a row of the usage object. */
export const ROW_KEYS: ReadonlySet<MappingKey> = new Set(['usage.week', 'usage.month', 'usage.perFeature', 'usage.featureCount']);

function rankProperties(portal: PortalDescription, key: MappingKey, spec: KeyWords, chosen: ChosenObjects): readonly Candidate[] {
  const own = objectOf(spec.home, chosen);
  if (own === null || (ROW_KEYS.has(key) && chosen.usage === null)) return [];
  if (spec.home === 'mrr' && own === 'companies') return companyMrr(portal, key);
  const found = rankOn(portal, key, spec, own, '');
  const both = spec.home === 'usage' && chosen.usage !== null && !ROW_KEYS.has(key);
  const company = both ? rankOn(portal, key, spec, 'companies', COMPANY) : [];
  return [...found, ...company]
    .filter((candidate) => candidate.score >= WORTH_SHOWING)
    .sort(byScore)
    .slice(0, LISTED);
}

const rankings = new WeakMap<PortalDescription, Map<string, readonly Candidate[]>>();

/** What was ranked once in a portal stays so: a person who tries one choice after the other waits for none of it again. */
function once(portal: PortalDescription, id: string, rank: () => readonly Candidate[]): readonly Candidate[] {
  const known = rankings.get(portal) ?? new Map<string, readonly Candidate[]>();
  rankings.set(portal, known);
  const found = known.get(id) ?? rank();
  known.set(id, found);
  return found;
}

const rankOn = (portal: PortalDescription, key: string, spec: KeyWords, object: string, prefix: string): readonly Candidate[] =>
  once(portal, `${key} ${prefix} ${object}`, () => rankProperty(portal, key, spec, object, prefix));

function rankProperty(portal: PortalDescription, key: string, spec: KeyWords, object: string, prefix: string): readonly Candidate[] {
  const sample = portal.samples.get(object);
  return (propertiesOf(portal, object) ?? []).flatMap((property) => {
    const seen = look(sample, property, portal.owners);
    const { score, because } = matchProperty(key, spec, property, seen.fillRate);
    return score > 0 ? [{ value: prefix + property.name, label: property.label, score, because, ...seen }] : [];
  });
}

/** What an object must have to be one of MRR records or of usage rows, and what makes it likelier. */
const NEEDS = {
  mrr: { period: ['mrr.month'], value: ['mrr.amount'], sure: 'mrr.month' },
  usage: {
    period: ['usage.week', 'usage.month'],
    value: ['usage.logins', 'usage.activeUsers', 'usage.minutes', 'usage.featuresUsed', 'usage.lastUsedOn'],
    sure: 'usage.week',
  },
} as const;

const COMPANY_NAMES: ReadonlySet<string> = new Set(['0-2', 'company', 'companies']);

const rankObjects = (portal: PortalDescription, home: 'mrr' | 'usage'): readonly Candidate[] =>
  once(portal, home, () => rankSchemas(portal, home));

function rankSchemas(portal: PortalDescription, home: 'mrr' | 'usage'): readonly Candidate[] {
  const { words, weak } = OBJECT_WORDS[home];
  const needs = NEEDS[home];
  return portal.schemas
    .flatMap((schema) => {
      const { associatedObjects: linked, labels } = schema;
      if (linked.length > 0 && !linked.some((name) => COMPANY_NAMES.has(name.toLowerCase()))) return [];
      const best = (keys: readonly MappingKey[]) => Math.max(0, ...keys.map((key) => bestFit(schema, key)));
      const period = best(needs.period);
      const value = best(needs.value);
      if (period < 0.3 || value < 0.3) return [];
      const named = Math.max(...[schema.name, labels.singular, labels.plural].map((text) => wordScore(text, words, weak)));
      const sample = portal.samples.get(schema.objectTypeId);
      return [
        {
          value: schema.objectTypeId,
          label: `${labels.plural} (${schema.name})`,
          score: 0.4 * named + 0.3 * period + 0.3 * value,
          because: named > 0 ? (['name', 'schema'] as const) : (['schema'] as const),
          samples: [],
          fillRate: sample ? Math.min(1, sample.total) : null,
        },
      ];
    })
    .sort(byScore);
}

function bestFit(schema: ObjectSchema, key: MappingKey): number {
  const spec = KEY_WORDS[key];
  return spec ? Math.max(0, ...schema.properties.map((property) => matchProperty(key, spec, property, null).score / fillOfUnknown)) : 0;
}
/** `matchProperty` holds back a little where the fill rate is unknown; for an object's shape it does not matter. */
const fillOfUnknown = 0.9;
