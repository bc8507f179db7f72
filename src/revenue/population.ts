/** What an account's MRR means among all accounts of the portal: touch tier, the team's own grade, and impact. */
import type { Band, MrrCut, Policy, Tier } from '../policy.ts';
import { fromMajor, type Money, toMajor } from '../units/money.ts';

export type Quadrant = 'act' | 'keep' | 'automate' | 'tech';

/** How a policy cuts the accounts by total MRR. */
export type MrrCuts = Pick<Policy, 'tiers' | 'impact' | 'customerGrades'>;

/** The portal's accounts with MRR > 0 in the home currency. */
export interface Population {
  readonly size: number;
  /** By strictly-more rank, so that equal MRR is equal tier; null for 0, unknown and foreign MRR. */
  tierOf(mrr: Money | null): Tier | null;
  /** The team's own grade; null where it has none, and below the last. */
  gradeOf(mrr: Money | null): string | null;
  /** From the policy's edge, else from the 80th percentile on (linear between the two nearest). */
  isHighImpact(mrr: Money): boolean;
}

const TOP: MrrCut = { by: 'share', from: 0.2 };
const UPPER_HALF: MrrCut = { by: 'share', from: 0.5 };
/** A share of a number is no more than it by what a float adds. */
const FLOAT = 1e-9;

/** `mrr` of every account of the portal, in the home currency; 0 and null do not count. */
export function populationOf(
  mrr: Iterable<Money | null>,
  { tiers, impact = TOP, customerGrades = [] }: MrrCuts = { tiers: null },
): Population {
  const sorted = Float64Array.from([...mrr].filter((value): value is Money => value !== null && value > 0)).sort();
  const size = sorted.length;
  const edge = impact.by === 'share' ? percentile(sorted, 1 - impact.from) : fromMajor(impact.from);
  const by = tiers?.by ?? 'amount';
  const [high, low] = tiers ? [{ by, from: tiers.high } as const, { by, from: tiers.low } as const] : [TOP, UPPER_HALF];
  const isIn = (value: Money, rank: number, cut: MrrCut): boolean =>
    cut.by === 'amount' ? toMajor(value) >= cut.from : rank <= Math.ceil(size * cut.from - FLOAT);
  const rankOf = (value: Money): number => 1 + size - firstAbove(sorted, value);
  return {
    size,
    tierOf(value) {
      if (value === null || value <= 0) return null;
      const rank = rankOf(value);
      return isIn(value, rank, high) ? 'high' : isIn(value, rank, low) ? 'low' : 'tech';
    },
    gradeOf(value) {
      if (value === null || value <= 0 || customerGrades.length === 0) return null;
      const rank = rankOf(value);
      return customerGrades.find((grade) => isIn(value, rank, grade))?.name ?? null;
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
