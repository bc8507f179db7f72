/** Bands of the score, with a memory of a week so that an account at an edge does not flap. */
import type { Band, Policy } from '../policy.ts';

const ASCENDING: readonly Band[] = ['low', 'watch', 'high', 'critical'];
const DAYS_BELOW = 2;
const CLEAR_DROP = 4;

export type BandEdges = Policy['bands'];

/** The band of one score, lower edges inclusive. */
export const bandOf = (total: number, edges: BandEdges): Band => ASCENDING.findLast((band) => total >= edges[band]) ?? 'low';

/**
 * The band after the given days' unrounded scores, oldest first; null days had too little coverage and are passed over.
 * Up at once; down past an edge only after two days running below it, or by a drop of 4 points or more below it.
 */
export function replayBand(totals: readonly (number | null)[], edges: BandEdges): Band | null {
  let band: Band | null = null;
  const below = new Map<Band, number>();
  for (const total of totals) {
    if (total === null) continue;
    for (const one of ASCENDING) below.set(one, total < edges[one] ? (below.get(one) ?? 0) + 1 : 0);
    const raw = bandOf(total, edges);
    if (band === null || ASCENDING.indexOf(raw) >= ASCENDING.indexOf(band)) {
      band = raw;
      continue;
    }
    while (band !== raw) {
      const hasLeft: boolean = edges[band] - total >= CLEAR_DROP || (below.get(band) ?? 0) >= DAYS_BELOW;
      const next: Band | undefined = ASCENDING[ASCENDING.indexOf(band) - 1];
      if (!hasLeft || !next) break;
      band = next;
    }
  }
  return band;
}

/**
 * The same band as `replayBand` over the days from `days` ago to today, asking for no more totals than it takes:
 * `totalAgo(0)` is today's. On some days the band is that of the total whatever was before, and the replay begins there:
 * where the total is not just below an edge, and on the second of two days below the same edges.
 */
export function bandAfter(days: number, totalAgo: (days: number) => number | null, edges: BandEdges): Band | null {
  const totals: number[] = [];
  for (let ago = 0; ago <= days; ago++) {
    const total = totalAgo(ago);
    if (total === null) continue;
    const next = totals.at(-1);
    if (next !== undefined && ASCENDING.every((band) => next >= edges[band] || total < edges[band])) break;
    totals.push(total);
    if (ASCENDING.every((band) => total >= edges[band] || edges[band] - total >= CLEAR_DROP)) break;
  }
  return replayBand(totals.reverse(), edges);
}
