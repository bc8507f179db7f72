/** Who looks after a company: owner properties hold an id, hand-made ones sometimes an e-mail or a name. */
import type { Owner } from '../hubspot/types.ts';

const plain = (text: string): string => text.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase();

const indexes = new WeakMap<readonly Owner[], ReadonlyMap<string, string>>();

/** Every way of writing an owner → id. A way that two owners share names neither. */
function indexOf(owners: readonly Owner[]): ReadonlyMap<string, string> {
  const known = indexes.get(owners);
  if (known) return known;
  const index = new Map<string, string>();
  const ambiguous = new Set<string>();
  for (const owner of owners) {
    const { email, firstName, lastName } = owner;
    const names = [`${firstName} ${lastName}`, `${lastName} ${firstName}`, `${lastName}${firstName}`];
    for (const way of new Set([email ?? '', ...names].map(plain))) {
      if (way === '') continue;
      if (index.has(way) && index.get(way) !== owner.id) ambiguous.add(way);
      index.set(way, owner.id);
    }
  }
  for (const way of ambiguous) index.delete(way);
  indexes.set(owners, index);
  return index;
}

/** The owner's id, null where the value is empty or names nobody. An id stands even where its owner is not listed any more. */
export function ownerIdOf(raw: string | null, owners: readonly Owner[]): string | null {
  const text = plain(raw ?? '');
  if (text === '') return null;
  return /^\d+$/.test(text) ? text : (indexOf(owners).get(text) ?? null);
}
