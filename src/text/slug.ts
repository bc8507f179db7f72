/** A part of a file's name made from outside text: `[a-z0-9-]` alone, short, and never a word that a system keeps for itself. */

const MAX = 60;
const KEPT = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

/** `Northwind Logistics K.K.` → `northwind-logistics-k-k`; where nothing is left, `kind` and `id` in the same way, else `kind`. */
export function slug(text: string, id: string, kind = 'account'): string {
  for (const raw of [text, `${kind}-${id}`]) {
    const plain = raw
      .slice(0, MAX * 8)
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, MAX)
      .replace(/^-+|-+$/g, '');
    if (plain !== '' && !KEPT.test(plain)) return plain;
  }
  return kind;
}
