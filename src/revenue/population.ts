/** What an account's MRR means among all accounts of the portal: touch tier and impact. */
import type { Band, Policy, Tier } from '../policy.ts';
import { type Money, toMajor } from '../units/money.ts';

export type Quadrant = 'act' | 'keep' | 'automate' | 'tech';

/** The portal's accounts with MRR > 0 in the home currency. */
export interface Population {
  readonly size: number;
  /** By strictly-more rank, so that equal MRR is equal tier; null for 0, unknown and foreign MRR. */
  tierOf(mrr: Money | null): Tier | null;
  /** Impact is high from the 80th percentile on (linear between the two nearest). */
  isHighImpact(mrr: Money): boolean;
}

/** `mrr` of every account of the portal, in the home currency; 0 and null do not count. `tiers`: amounts in place of ranks. */
export function populationOf(mrr: Iterable<Money | null>, tiers: Policy['tiers'] = null): Population {
  const sorted = Float64Array.from([...mrr].filter((value): value is Money => value !== null && value > 0)).sort();
  const size = sorted.length;
  const edge = percentile(sorted, 0.8);
  return {
    size,
    tierOf(value) {
      if (value === null || value <= 0) return null;
      if (tiers) return toMajor(value) >= tiers.high ? 'high' : toMajor(value) >= tiers.low ? 'low' : 'tech';
      const rank = 1 + size - firstAbove(sorted, value);
      if (rank <= Math.ceil(size / 5)) return 'high';
      return rank <= Math.ceil(size / 2) ? 'low' : 'tech';
    },
    isHighImpact: (value) => value > 0 && value >= edge,
  };
}

/** High/high `act`, high impact/low risk `keep`, low/high `automate`, low/low `tech`; null where either is unknown. */
export function quadrantOf(mrr: Money | null, band: Band | null, population: Population): Quadrant | null {
  if (mrr === null || band === null) return null;
  const risky = band === 'high' || band === 'critical';
  if (population.isHighImpact(mrr)) return risky ? 'act' : 'keep';
  return risky ? 'automate' : 'tech';
}

/** Of ascending values, linear between the two nearest; NaN of none. */
function percentile(sorted: Float64Array, share: number): number {
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below + (above - below) * (at - Math.floor(at));
}

/** How many of the ascending values are ≤ `value`. */
function firstAbove(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
