/** What should be mended in HubSpot, over the accounts of a book. */
import { type HygieneFinding, hygiene } from '../book/hygiene.ts';
import type { KeptBook } from '../book/kept.ts';
import type { StoredOwner, StoredPortal } from '../data/store/types.ts';
import type { Mapping } from '../settings/mapping.ts';

interface Around {
  readonly portal: Pick<StoredPortal, 'uiDomain'>;
  readonly mapping: Mapping;
  readonly owners: readonly StoredOwner[];
}

export const findingsOf = (book: KeptBook, { portal, mapping, owners }: Around): readonly HygieneFinding[] =>
  hygiene({
    snapshot: book.snapshot,
    problems: book.problems,
    counts: book.problemCounts,
    mapping,
    uiDomain: portal.uiDomain,
    leavers: new Set(owners.filter(({ archived }) => archived).map(({ id }) => id)),
  });
