/** The mapping's keys as a person answers them: how each stands, and what else it may be. Pure. */
import { type AnswerProblem, answerWords, chosenObjects, type Discovery } from '../data/hubspot/discovery.ts';
import { candidatesWith, placeOf } from '../data/hubspot/discovery-candidates.ts';
import { look, propertiesOf } from '../data/hubspot/discovery-portal.ts';
import type { PropertyDef } from '../data/hubspot/types.ts';
import { MAPPING_KEYS, type Mapping, type MappingKey } from '../settings/mapping.ts';
import { cleanLine } from '../text/clean.ts';
import { searchKey } from '../text/search.ts';
import { missingKeys, type Proposed } from './connect.ts';
import type { SetupChoice, SetupKey } from './setup-types.ts';

export interface KeysInput {
  readonly discovery: Discovery;
  readonly proposed: Proposed;
  /** Keys that a person answered, now or before. */
  readonly answered: ReadonlySet<string>;
  /** What the settings say; empty in a portal that was never set up. */
  readonly saved: Mapping;
}

export function setupKeys({ discovery, proposed, answered, saved }: KeysInput): readonly SetupKey[] {
  const { mapping, confirm, declined, broken } = proposed;
  const chosen = chosenObjects(discovery, mapping, new Set(declined));
  const candidates = candidatesWith(discovery.portal, chosen);
  const missing = new Set<MappingKey>(missingKeys(mapping));
  const isSetUp = Object.keys(saved).length > 0;
  return MAPPING_KEYS.map((key): SetupKey => {
    const value = mapping[key] ?? null;
    const found = (candidates[key] ?? []).map((candidate): SetupChoice => {
      const { value: own, label, fillRate, samples } = candidate;
      return { value: own, label, fillRate, samples, type: definition(discovery, key, own, mapping)?.type ?? null };
    });
    for (const word of answerWords(key)) if (!found.some((choice) => choice.value === word)) found.push(wordChoice(word));
    const own = value === null || found.some((choice) => choice.value === value) ? null : choiceOf(discovery, key, value, mapping);
    const was = saved[key] ?? null;
    const drifted = broken.some((problem) => problem.key === key);
    return {
      key,
      value,
      state: stateOf(),
      was: isSetUp && was !== value ? (was ?? '') : null,
      drifted,
      choices: own === null ? found : [own, ...found],
    };

    function stateOf(): SetupKey['state'] {
      if (value === null) return missing.has(key) ? 'missing' : declined.includes(key) ? 'declined' : 'none';
      if (drifted || (confirm.includes(key) && !answered.has(key))) return 'look';
      return answered.has(key) ? 'answered' : 'sure';
    }
  });
}

const wordChoice = (word: string): SetupChoice => ({ value: word, label: word, type: null, fillRate: null, samples: [] });

function definition(discovery: Discovery, key: MappingKey, value: string, mapping: Mapping): PropertyDef | null {
  const place = placeOf(key, value, chosenObjects(discovery, mapping));
  return (place && propertiesOf(discovery.portal, place.object)?.find(({ name }) => name === place.property)) ?? null;
}

/** A value that is none of the candidates: answered by a person, or before. */
function choiceOf(discovery: Discovery, key: MappingKey, value: string, mapping: Mapping): SetupChoice {
  const property = definition(discovery, key, value, mapping);
  const place = placeOf(key, value, chosenObjects(discovery, mapping));
  const { portal } = discovery;
  const seen = property && place ? look(portal.samples.get(place.object), property, portal.owners) : { fillRate: null, samples: [] };
  return { value, label: property?.label ?? value, type: property?.type ?? null, ...seen };
}

/** Found at most. */
const FOUND = 50;

/** Properties of the object that the key is about, by name or label; those of the key's own candidates first. */
export function findChoices(discovery: Discovery, key: MappingKey, words: string, mapping: Mapping): readonly SetupChoice[] {
  const { portal } = discovery;
  const needle = searchKey(words);
  if (key.endsWith('.object')) {
    return portal.schemas
      .filter(({ name, labels }) => searchKey(`${name} ${labels.singular} ${labels.plural}`).includes(needle))
      .slice(0, FOUND)
      .map(({ objectTypeId, name, labels }) => ({
        value: objectTypeId,
        label: `${labels.plural} (${name})`,
        type: null,
        fillRate: null,
        samples: [],
      }));
  }
  const chosen = chosenObjects(discovery, mapping);
  const place = placeOf(key, 'name', chosen);
  if (!place) return [];
  const sample = portal.samples.get(place.object);
  return (propertiesOf(portal, place.object) ?? [])
    .filter(({ name, label }) => searchKey(`${label} ${name}`).includes(needle))
    .slice(0, FOUND)
    .map((property) => ({ value: property.name, label: property.label, type: property.type, ...look(sample, property, portal.owners) }));
}

export const problemLine = ({ key, value, suggestions }: AnswerProblem): string =>
  `${cleanLine(key)}=${cleanLine(value)}${suggestions.length > 0 ? ` → ${suggestions.map((one) => cleanLine(one)).join(', ')}` : ''}`;
