/** ACCOUNT on a command line: a HubSpot id, a domain, or a name (exact, else a unique part). */
import { searchKey } from '../text/search.ts';
import { err, ok, type Result } from '../units/result.ts';
import type { BookRow } from './row.ts';

export type Named = Pick<BookRow, 'id' | 'name' | 'domain'>;

export type Unresolved<T> = { readonly kind: 'none' } | { readonly kind: 'several'; readonly rows: readonly T[] };

export function resolveAccount<T extends Named>(rows: readonly T[], text: string): Result<T, Unresolved<T>> {
  const key = searchKey(text.trim());
  const exact = (pick: (row: T) => string | null) => rows.filter((row) => searchKey(pick(row) ?? '') === key);
  const attempts = [
    rows.filter((row) => row.id === text.trim()),
    exact((row) => row.domain),
    exact((row) => row.name),
    key === '' ? [] : rows.filter((row) => searchKey(row.name).includes(key)),
  ];
  const found = attempts.find((candidates) => candidates.length > 0);
  if (!found) return err({ kind: 'none' });
  const [only] = found;
  return found.length === 1 && only ? ok(only) : err({ kind: 'several', rows: found });
}
