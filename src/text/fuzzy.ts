/** How well a few typed letters fit a text: the letters in their order, better where they begin words or stand together. */

const START = 8;
const TOGETHER = 9;
const HIT = 1;
/** What a gap before a letter costs, however long it is. */
const GAP = 1;

const isWordStart = (text: string, index: number): boolean => index === 0 || /[\s._\-/()（）・、]/.test(text[index - 1] ?? '');

/**
 * Points of `needle` in `text`, both already folded by `searchKey`; null where a letter is missing. A shorter text wins by
 * a little, so that the exact word stands before a sentence that has it. Blanks in the needle separate words that may stand
 * in any order.
 */
export function fuzzyScore(needle: string, text: string): number | null {
  let sum = 0;
  for (const word of needle.split(' ')) {
    if (word === '') continue;
    const points = wordScore(word, text);
    if (points === null) return null;
    sum += points;
  }
  return sum - text.length / 1000;
}

/** The best way to find the letters of one word: `best[i]` with the last letter found at `i`. */
function wordScore(word: string, text: string): number | null {
  let best: (number | null)[] = [];
  for (let letter = 0; letter < word.length; letter++) {
    const next: (number | null)[] = [];
    /** The best of all places of the letter before that do not touch this one. */
    let before: number | null = null;
    for (let index = 0; index < text.length; index++) {
      const far = index > 1 ? (best[index - 2] ?? null) : null;
      if (far !== null && (before === null || far > before)) before = far;
      if (text[index] !== word[letter]) {
        next.push(null);
        continue;
      }
      const here = HIT + (isWordStart(text, index) ? START : 0);
      const touching = letter === 0 ? null : (best[index - 1] ?? null);
      const joined = touching === null ? null : touching + TOGETHER;
      const apart = letter === 0 ? 0 : before === null ? null : before - GAP;
      const from = joined !== null && (apart === null || joined >= apart) ? joined : apart;
      next.push(from === null ? null : from + here);
    }
    best = next;
  }
  return best.reduce<number | null>((most, points) => (points !== null && (most === null || points > most) ? points : most), null);
}
