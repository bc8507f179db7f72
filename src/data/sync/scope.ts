/** Whose companies a scope is about. */
import type { Filter } from '../hubspot/types.ts';
import { type Scope, type StoredOwner, teamOf, WHOLE_PORTAL } from '../store/types.ts';

/** Owner ids of the scope; null for the whole portal. People who left keep the accounts that still carry their id. */
export function scopeOwners(scope: Scope, owners: readonly StoredOwner[]): ReadonlySet<string> | null {
  if (scope === WHOLE_PORTAL) return null;
  const team = teamOf(scope);
  if (team === null) return new Set([scope]);
  return new Set(owners.filter(({ teams }) => teams.some(({ id }) => id === team)).map(({ id }) => id));
}

/** A search's body may have 3,000 characters: ids beyond this go into a group of their own. */
const IDS_A_GROUP = 120;
/** Of a search. */
const MOST_GROUPS = 5;

/** OR of ANDs: the owners', of those that pass the other filters. Throws where a team is larger than a search can say. */
export function ownerGroups(owners: ReadonlySet<string> | null, property: string, others: readonly Filter[]): (readonly Filter[])[] {
  if (owners === null) return [others];
  const ids = [...owners].sort();
  const [only] = ids;
  if (only !== undefined && ids.length === 1) return [[{ propertyName: property, operator: 'EQ', value: only }, ...others]];
  if (ids.length > IDS_A_GROUP * MOST_GROUPS) throw new RangeError(`a team of ${ids.length} owners`);
  const groups: (readonly Filter[])[] = [];
  // A team without owners has no companies; no owner has this id.
  for (let start = 0; start < Math.max(1, ids.length); start += IDS_A_GROUP) {
    const values = ids.length === 0 ? ['0'] : ids.slice(start, start + IDS_A_GROUP);
    groups.push([{ propertyName: property, operator: 'IN', values }, ...others]);
  }
  return groups;
}
