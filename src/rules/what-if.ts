/** Who would enter and leave the top of the list under other weights. */
import type { Policy } from '../policy.ts';
import { isWeighable, type Ranking, type Reweigher } from '../scoring/reweigh.ts';
import { type Change, valueAt } from './paths.ts';

export interface WhatIf {
  readonly changes: readonly { readonly path: string; readonly from: number; readonly to: number }[];
  readonly top: number;
  /** Account ids, in the order in which they would stand. */
  readonly entered: readonly string[];
  /** In the order in which they stood. */
  readonly left: readonly string[];
  /** In both tops, at another rank; by the new one. */
  readonly moved: readonly { readonly id: string; readonly from: number; readonly to: number }[];
  readonly bands: { readonly before: BandCounts; readonly after: BandCounts };
}

export type BandCounts = Readonly<Record<'critical' | 'high' | 'watch' | 'low' | 'unknown', number>>;

export const TOP = 20;

/** Null where the change needs everything to be read anew. */
export function whatIf(
  reweigher: Reweigher,
  changed: Policy,
  changes: readonly Change[],
  top: number,
): { readonly result: WhatIf; readonly after: Ranking } | null {
  if (!isWeighable(reweigher.policy, changed)) return null;
  const after = reweigher.rank(changed);
  const before = reweigher.base;
  const ids = reweigher.sheet.accounts.map(({ id }) => id);
  const topOf = ({ order, ranked }: Ranking): string[] => [...order.subarray(0, Math.min(top, ranked))].map((index) => ids[index] ?? '');
  const [was, is] = [topOf(before), topOf(after)];
  const ranks = new Map(was.map((id, index) => [id, index + 1]));
  const stays = new Set(is);
  return {
    after,
    result: {
      changes: changes.map(({ name, path, value }) => ({ path: name, from: valueAt(reweigher.policy, path), to: value })),
      top,
      entered: is.filter((id) => !ranks.has(id)),
      left: was.filter((id) => !stays.has(id)),
      moved: is.flatMap((id, index) => {
        const from = ranks.get(id);
        return from === undefined || from === index + 1 ? [] : [{ id, from, to: index + 1 }];
      }),
      bands: { before: countBands(before), after: countBands(after) },
    },
  };
}

function countBands({ bands }: Ranking): BandCounts {
  const counts = { critical: 0, high: 0, watch: 0, low: 0, unknown: 0 };
  for (const band of bands) counts[band ?? 'unknown']++;
  return counts;
}
