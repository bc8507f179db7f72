/** From candidates and a person's answers to a mapping. */
import {
  BY_SUBSCRIPTIONS,
  EVENT_KEYS,
  EVENTS,
  eventTypesIn,
  isMappingKey,
  MAPPING_KEYS,
  type Mapping,
  type MappingKey,
  MRR_SOURCES,
  type MrrSource,
} from '../../settings/mapping.ts';
import { err, ok, type Result } from '../../units/result.ts';
import { COMPANY, candidatesWith, placeOf, ROW_KEYS } from './discovery-candidates.ts';
import { plain, typeScore } from './discovery-match.ts';
import { isMrrSource, mrrHome } from './discovery-mrr.ts';
import { type Candidate, type ChosenObjects, type Discovery, propertiesOf } from './discovery-portal.ts';
import { KEY_WORDS } from './discovery-words.ts';
import type { PropertyDef } from './types.ts';

export interface Proposal {
  readonly mapping: Mapping;
  /** Keys that a person should look at: close calls, weak evidence, and what must be mapped and was not found. */
  readonly confirm: readonly MappingKey[];
}

/** Below this nothing is proposed. */
const PROPOSE = 0.45;
/** Below this a proposal wants a look. */
const SURE = 0.75;
/** A runner-up as near as this makes it a close call. */
const CLOSE = 0.08;

/** Keys that a person left out. */
type Declined = ReadonlySet<MappingKey>;
const NONE: Declined = new Set();

/** Where MRR is read from: as answered, else the likeliest place; null where none is likely. */
function sourceOf({ candidates }: Discovery, answered: Mapping, declined: Declined): MrrSource | null {
  const said = answered['mrr.source'] ?? (answered['mrr.object'] === undefined ? undefined : 'custom-object');
  if (said !== undefined) return isMrrSource(said) ? said : null;
  const best = candidates['mrr.source']?.find(({ value }) => !(value === 'custom-object' && declined.has('mrr.object')));
  return !declined.has('mrr.source') && best && best.score >= PROPOSE && isMrrSource(best.value) ? best.value : null;
}

/** The objects that go with what was answered: the answered ones, else those that discovery ranked first. */
export function chosenObjects(discovery: Discovery, answered: Mapping, declined: Declined = NONE): ChosenObjects {
  const { candidates } = discovery;
  const best = (key: 'mrr.object' | 'usage.object') => (declined.has(key) ? null : (candidates[key]?.[0]?.value ?? null));
  const custom = answered['mrr.object'] ?? best('mrr.object');
  const source = sourceOf(discovery, answered, declined);
  return {
    mrr: source === null ? custom : mrrHome(source, custom),
    usage: answered['usage.object'] ?? (answersUsageOnCompany(answered) ? null : best('usage.object')),
  };
}

/** A usage measure that was answered without any usage object is meant of the company. */
const answersUsageOnCompany = (answered: Mapping): boolean =>
  answered['usage.week'] === undefined &&
  answered['usage.month'] === undefined &&
  MAPPING_KEYS.some((key) => key.startsWith('usage.') && answered[key] !== undefined && !answered[key].startsWith(COMPANY));

/**
 * The best candidate of every key, each property used once. What was answered stands, and the rest is proposed to go
 * with it: properties of the answered object, not of the one that discovery ranked first. A declined key stays out.
 */
export function proposeMapping(discovery: Discovery, answered: Mapping = {}, declined: Declined = NONE): Proposal {
  const chosen = chosenObjects(discovery, answered, declined);
  const candidates = { ...candidatesWith(discovery.portal, chosen) };
  const used = new Map<string, MappingKey>();
  const placeKey = (key: MappingKey, value: string): string | null => {
    const place = placeOf(key, value, chosen);
    // Champion and role may be told by one property; which companies are customers is told by any.
    return place && key !== 'people.champion' && key !== 'customers' ? `${place.object}/${place.property}` : null;
  };
  const source = sourceOf(discovery, answered, declined);
  const mapping: Partial<Record<MappingKey, string>> = { ...answered };
  for (const key of MAPPING_KEYS) {
    const place = mapping[key] === undefined ? null : placeKey(key, mapping[key]);
    if (place) used.set(place, key);
  }
  const offers = MAPPING_KEYS.filter((key) => answered[key] === undefined && !declined.has(key) && belongs(key, source, answered)).flatMap(
    (key) =>
      (candidates[key] ?? [])
        .filter(({ score, value }) => (score >= PROPOSE || key === 'customers') && (key !== 'mrr.source' || value === source))
        .map((candidate) => ({ key, candidate })),
  );
  offers.sort((a, b) => b.candidate.score - a.candidate.score);
  const picked = new Map<MappingKey, Candidate>();
  for (const { key, candidate } of offers) {
    const place = placeKey(key, candidate.value);
    if (mapping[key] !== undefined || (place !== null && used.has(place))) continue;
    mapping[key] = candidate.value;
    picked.set(key, candidate);
    if (place) used.set(place, key);
  }
  if (mapping['usage.week'] !== undefined && answered['usage.month'] === undefined) {
    delete mapping['usage.month'];
    picked.delete('usage.month');
  }
  const confirm = MAPPING_KEYS.filter((key) => {
    const candidate = picked.get(key);
    if (candidate) return isDoubtful(key, candidate, candidates[key] ?? [], mapping, placeKey);
    return key === 'mrr.source' && mapping[key] === undefined && !declined.has(key);
  });
  return { mapping: inOrder(mapping), confirm };
}

/**
 * What is proposed with the source: HubSpot's own properties stand by themselves where MRR is made from deals, items or
 * subscriptions. Usage from a file or answered on the company has no object.
 */
function belongs(key: MappingKey, source: MrrSource | null, answered: Mapping): boolean {
  if (key.startsWith('mrr.') && key !== 'mrr.source') {
    if (source === 'company-property') return key === 'mrr.amount' || key === 'mrr.currency';
    return source === null || source === 'custom-object';
  }
  if (answered['usage.source'] !== undefined)
    return !key.startsWith('usage.') || key === 'usage.seatsBought' || key === 'usage.featuresInPlan';
  return key !== 'usage.object' || !answersUsageOnCompany(answered);
}

function isDoubtful(
  key: MappingKey,
  picked: Candidate,
  all: readonly Candidate[],
  mapping: Mapping,
  placeKey: (key: MappingKey, value: string) => string | null,
): boolean {
  if (picked.score < SURE) return true;
  const taken = new Set(
    MAPPING_KEYS.flatMap((other) => (other === key || mapping[other] === undefined ? [] : [placeKey(other, mapping[other])])),
  );
  return all.some((other) => other.value !== picked.value && picked.score - other.score < CLOSE && !taken.has(placeKey(key, other.value)));
}

const inOrder = (mapping: Mapping): Mapping =>
  Object.fromEntries(MAPPING_KEYS.flatMap((key) => (mapping[key] === undefined ? [] : [[key, mapping[key]]])));

/**
 * Why an answer cannot stand.
 * - `key` no such mapping key · `property` the object has no such property · `object` no such custom object
 * - `type` the property holds another kind of value · `value` not one of the words or options that the key takes
 */
export interface AnswerProblem {
  readonly key: string;
  readonly value: string;
  readonly code: 'key' | 'property' | 'object' | 'type' | 'value';
  /** Where it was looked for; null where that does not apply. */
  readonly object: string | null;
  /** What may have been meant, nearest first. */
  readonly suggestions: readonly string[];
}

const WORDS: Readonly<Partial<Record<MappingKey, readonly string[]>>> = {
  'mrr.source': MRR_SOURCES,
  'usage.source': ['csv', EVENTS],
  'survey.source': ['feedback', 'contacts'],
};

/** The words that a key takes; empty for a key that names something of the portal. */
export const answerWords = (key: MappingKey): readonly string[] => WORDS[key] ?? [];

/** Reads answers given by `--map key=value`. Custom objects may be named by id, name or label; the mapping holds the id. */
export function checkAnswers(answers: Readonly<Record<string, string>>, discovery: Discovery): Result<Mapping, readonly AnswerProblem[]> {
  const problems: AnswerProblem[] = [];
  const mapping: Partial<Record<MappingKey, string>> = {};
  for (const [key, given] of Object.entries(answers)) {
    const value = given.trim();
    if (!isMappingKey(key)) problems.push({ key, value, code: 'key', object: null, suggestions: nearest(key, MAPPING_KEYS) });
    else if (key === 'mrr.object' || key === 'usage.object') {
      const id = objectIdOf(value, discovery);
      if (id === null)
        problems.push({
          key,
          value,
          code: 'object',
          object: null,
          suggestions: nearest(
            value,
            discovery.portal.schemas.map(({ name }) => name),
          ),
        });
      else mapping[key] = id;
    } else mapping[key] = value;
  }
  settleUsage(mapping, discovery);
  const chosen = chosenObjects(discovery, mapping);
  for (const key of MAPPING_KEYS) {
    const problem = mapping[key] === undefined ? null : problemOf(key, mapping[key], discovery, chosen, mapping);
    if (problem) problems.push(problem);
  }
  return problems.length > 0 ? err(problems) : ok(inOrder(mapping));
}

/**
 * A usage measure answered without a usage object is the company's. Where the portal has a usage object nevertheless, it
 * is kept: the company's property is marked as such, and one that only the object has brings the object with it.
 */
function settleUsage(mapping: Partial<Record<MappingKey, string>>, { candidates, portal }: Discovery): void {
  const object = candidates['usage.object']?.[0]?.value;
  if (mapping['usage.source'] !== undefined || object === undefined || mapping['usage.object'] !== undefined) return;
  const has = (where: string, name: string) => propertiesOf(portal, where)?.some((one) => one.name === name) ?? false;
  for (const key of MAPPING_KEYS) {
    const name = mapping[key];
    if (KEY_WORDS[key]?.home !== 'usage' || name === undefined || name.startsWith(COMPANY)) continue;
    if (!ROW_KEYS.has(key) && has('companies', name)) mapping[key] = COMPANY + name;
    else if (has(object, name)) mapping['usage.object'] = object;
  }
}

function objectIdOf(value: string, { portal }: Discovery): string | null {
  const wanted = plain(value);
  const found = portal.schemas.find(
    ({ objectTypeId, name, labels }) =>
      objectTypeId === value || [name, labels.singular, labels.plural].some((text) => plain(text) === wanted),
  );
  return found?.objectTypeId ?? null;
}

function problemOf(key: MappingKey, value: string, { portal }: Discovery, chosen: ChosenObjects, mapping: Mapping): AnswerProblem | null {
  const words = WORDS[key];
  if (words) return words.includes(value) ? null : { key, value, code: 'value', object: null, suggestions: nearest(value, words) };
  // A file brings its own columns: whatever is answered beside it means nothing.
  if (key.startsWith('mrr.') && mapping['mrr.source'] === 'csv') return null;
  if (key === 'usage.events')
    return eventTypesIn(value).length === 0 ? { key, value, code: 'value', object: EVENTS, suggestions: [] } : null;
  if (mapping['usage.source'] === EVENTS && EVENT_KEYS.has(key)) return null;
  if (key === 'billing.daysOverdue' && value === BY_SUBSCRIPTIONS) return null;
  const place = placeOf(key, value, chosen);
  if (!place) {
    const homeless = KEY_WORDS[key]?.home === 'mrr' || (key === 'customers' && value !== 'all');
    return homeless ? { key, value, code: 'object', object: null, suggestions: [] } : null;
  }
  return checkProperty(key, value, place.object, portal);
}

function checkProperty(key: MappingKey, value: string, object: string, portal: Discovery['portal']): AnswerProblem | null {
  const properties = propertiesOf(portal, object);
  // What cannot be asked cannot be refused: the sync degrades a property that is not there.
  if (!properties) return null;
  const bare = value.startsWith(COMPANY) ? value.slice(COMPANY.length) : value;
  const colon = bare.indexOf(':');
  const takesOption = key === 'customers' || key === 'people.champion';
  const takesPart = key === 'web.cancelPageViews' || key === 'web.pricingPageViews';
  const name = (takesOption || takesPart) && colon >= 0 ? bare.slice(0, colon) : bare;
  const property = properties.find((one) => one.name === name);
  if (!property) return { key, value, code: 'property', object, suggestions: nearestProperties(name, properties) };
  if (takesPart && colon >= 0 && bare.length > colon + 1) return null;
  if (takesOption && colon >= 0) return checkOption(key, value, bare.slice(colon + 1), property, object);
  const spec = KEY_WORDS[key];
  if (!spec || key === 'people.champion' || spec.standard?.includes(name) || typeScore(spec.kind, property, key) > 0) return null;
  const suited = properties.filter((one) => typeScore(spec.kind, one, key) > 0);
  return { key, value, code: 'type', object, suggestions: nearestProperties(name, suited) };
}

function checkOption(key: string, value: string, option: string, property: PropertyDef, object: string): AnswerProblem | null {
  if (option !== '' && (property.options.length === 0 || property.options.some((one) => one.value === option))) return null;
  const suggestions = nearest(
    option,
    property.options.map((one) => one.value),
  ).map((one) => `${property.name}:${one}`);
  return { key, value, code: 'value', object, suggestions };
}

const SUGGESTED = 3;

/** By name or label, whichever is nearer. */
function nearestProperties(wanted: string, properties: readonly PropertyDef[]): readonly string[] {
  const near = (property: PropertyDef) =>
    Math.min(distance(plain(wanted), plain(property.name)), distance(plain(wanted), plain(property.label)));
  return rankNear(properties, near, wanted).map(({ name }) => name);
}

const nearest = (wanted: string, among: readonly string[]): readonly string[] =>
  rankNear(among, (one) => distance(plain(wanted), plain(one)), wanted);

/** Those that are nearer than a wholly different word would be. */
function rankNear<T>(all: readonly T[], near: (one: T) => number, wanted: string): readonly T[] {
  const limit = Math.max(3, Math.ceil(plain(wanted).length * 0.6));
  return all
    .map((one) => ({ one, far: near(one) }))
    .filter(({ far }) => far <= limit)
    .sort((a, b) => a.far - b.far)
    .slice(0, SUGGESTED)
    .map(({ one }) => one);
}

/** Edits (insert, delete, replace a character) from one text to the other. */
function distance(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  let row = right.map((_, index) => index + 1);
  row.unshift(0);
  for (const [index, letter] of left.entries()) {
    const next = [index + 1];
    for (const [at, other] of right.entries()) {
      const kept = row[at] ?? 0;
      next.push(Math.min((row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1, kept + (letter === other ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
