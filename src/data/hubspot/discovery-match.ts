/** How well a portal's own property fits a mapping key: 0 (not at all) to 1 (says exactly that). */
import type { KeyWords, Kind } from './discovery-words.ts';
import type { PropertyDef } from './types.ts';

/** Reasons for a candidate, as machine words. */
export type Because = 'name' | 'label' | 'owner-reference' | 'standard' | 'filled' | 'empty' | 'text-type' | 'schema' | 'samples';

/** `contractStartDate`, `contract_start_date` and `Contract Start-Date` are one. */
export const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[\s_\-./・:]+/g, ' ')
    .trim();

const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** 1 where the text is the word, less the more there is beside it. */
export function likeness(text: string, word: string): number {
  if (text === word) return 1;
  if (CJK.test(word)) {
    const bare = text.replaceAll(' ', '');
    if (bare === word) return 1;
    return bare.includes(word) ? 0.5 + 0.4 * (word.length / bare.length) : 0;
  }
  if (!` ${text} `.includes(` ${word} `)) return 0;
  return 0.5 + 0.4 * (word.split(' ').length / text.split(' ').length);
}

const plainWords = new Map<string, string>();

/** The words of the tables and the names of the portal, made plain once: every key asks for all of them. */
function plainWord(word: string): string {
  let found = plainWords.get(word);
  if (found === undefined) {
    found = plain(word);
    plainWords.set(word, found);
  }
  return found;
}

/** Words that one key may not be written with get less than those that must mean it. */
const WEAK = 0.6;

export function wordScore(text: string, words: readonly string[], weak: readonly string[] = []): number {
  const said = plainWord(text);
  let best = 0;
  for (const word of words) best = Math.max(best, likeness(said, plainWord(word)));
  for (const word of weak) best = Math.max(best, WEAK * likeness(said, plainWord(word)));
  return best;
}

const STRONG_TYPES: Readonly<Record<Kind, readonly string[]>> = {
  day: ['date', 'datetime'],
  month: ['date', 'datetime'],
  number: ['number'],
  text: ['string', 'enumeration'],
  score: ['number', 'string', 'enumeration'],
  flag: ['bool', 'enumeration', 'number'],
  owner: [],
};

/** 1 for the type that a value of the kind has, less for text that may hold it, 0 for what cannot. */
export function typeScore(kind: Kind, property: Pick<PropertyDef, 'type' | 'referencedObjectType'>, key?: string): number {
  if (property.referencedObjectType === 'OWNER') return kind === 'owner' ? 1 : 0;
  if (kind === 'owner') return property.type === 'string' ? 0.5 : 0;
  if (STRONG_TYPES[kind].includes(property.type)) return 1;
  if (kind === 'month' && (property.type === 'string' || property.type === 'enumeration')) return 0.9;
  if (key === 'people.left' && property.type === 'bool') return 0.8;
  if (key === 'profile.size' && property.type === 'enumeration') return 0.9;
  if ((kind === 'day' || kind === 'number' || kind === 'flag') && property.type === 'string') return 0.6;
  return kind === 'text' && property.type === 'bool' ? 0 : kind === 'text' && property.type === 'number' ? 0.3 : 0;
}

/** Of records looked at: the share in which a property has a value. */
export function fillScore(rate: number | null, rare: boolean): number {
  if (rate === null) return 0.9;
  if (rate === 0) return rare ? 0.75 : 0.5;
  return rare ? 1 : Math.min(1, 0.7 + rate);
}

export interface Fit {
  readonly score: number;
  readonly because: readonly Because[];
}

const STANDARD_SCORE = 0.85;

/** How well a property fits; score 0 where it does not. `rate` is its fill rate, null where unknown. */
export function matchProperty(key: string, spec: KeyWords, property: PropertyDef, rate: number | null): Fit {
  const none: Fit = { score: 0, because: [] };
  const standard = spec.standard?.includes(property.name) ?? false;
  if (property.hubspotDefined && !standard) return none;
  if (!standard && (spec.not?.test(plain(property.name)) || spec.not?.test(property.label.normalize('NFKC')))) return none;
  const type = standard ? 1 : typeScore(spec.kind, property, key);
  const byName = wordScore(property.name, spec.words, spec.weak);
  const byLabel = wordScore(property.label, spec.words, spec.weak);
  const said = Math.min(1, Math.max(byName, byLabel) + 0.1 * Math.min(byName, byLabel));
  const words = standard ? Math.max(STANDARD_SCORE, Math.min(said, 0.95)) : said;
  // HubSpot's own owner is usually the salesperson: it stands only where nothing says Customer Success.
  const base = property.name === 'hubspot_owner_id' ? 0.6 : words;
  const isUnused = standard && spec.automatic === true && rate === 0;
  const score = base * type * fillScore(rate, !isUnused && (spec.rare ?? false));
  if (score <= 0) return none;
  const because: Because[] = [];
  if (standard) because.push('standard');
  if (byName > 0 && !standard) because.push('name');
  if (byLabel > 0 && !standard) because.push('label');
  if (spec.kind === 'owner' && property.referencedObjectType === 'OWNER') because.push('owner-reference');
  if (type < 1) because.push('text-type');
  if (rate !== null) because.push(rate > 0 ? 'filled' : 'empty');
  return { score, because };
}
