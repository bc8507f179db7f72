/** From what somebody wrote as the reason of a churn to one of the fixed categories. */
import { CHURN_CATEGORIES, type ChurnCategory, type ChurnWords } from '../policy.ts';
import { patternOf } from '../scoring/mentions.ts';

/** Null for no reason at all. A category's own name is of that category; else the first that has a word in it. */
export function categoriser(words: ChurnWords): (reason: string | null) => ChurnCategory | null {
  const patterns = CHURN_CATEGORIES.map((category) => ({ category, pattern: patternOf(words[category]) }));
  const known = new Map<string, ChurnCategory>();
  return (reason) => {
    const plain = (reason ?? '').normalize('NFKC').trim();
    if (plain === '') return null;
    let found = known.get(plain);
    if (found === undefined) {
      const named = CHURN_CATEGORIES.find((category) => category === plain.toLowerCase());
      found = named ?? patterns.find(({ pattern }) => pattern?.test(plain))?.category ?? 'other';
      known.set(plain, found);
    }
    return found;
  };
}
