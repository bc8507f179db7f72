/** How far the score could move if what is missing were known: each missing part at the portfolio's 10th and 90th percentile. */
import type { Policy, SignalGroup } from '../policy.ts';
import { byGroup, GROUPS } from './compile.ts';
import type { Weight } from './evaluate.ts';

const LOW = 0.1;
const HIGH = 0.9;

/** Points that a group usually has, over the accounts about which something is known in it. */
export type Spread = Readonly<Record<SignalGroup, readonly [number, number]>>;

/** Collects over the portfolio, in any order. */
export class SpreadCensus {
  /** In the order of `GROUPS`. */
  readonly #points: readonly number[][] = GROUPS.map(() => []);

  add({ points, missing }: Weight): void {
    for (const [index, into] of this.#points.entries()) if ((missing[index] ?? 1) < 1) into.push(points[index] ?? 0);
  }

  /** A group of which nothing is known anywhere could hold anything between its floor and its cap. */
  close(policy: Policy): Spread {
    return byGroup((group) => {
      const sorted = Float64Array.from(this.#points[GROUPS.indexOf(group)] ?? []).sort();
      return sorted.length === 0 ? [policy.groupFloor, policy.groupCaps[group]] : [at(sorted, LOW), at(sorted, HIGH)];
    });
  }
}

function at(sorted: Float64Array, share: number): number {
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] ?? 0;
  const above = sorted[Math.ceil(position)] ?? 0;
  return below + (above - below) * (position - Math.floor(position));
}

/**
 * Lowest and highest rounded score. A group that is wholly missing takes the percentile; one that is partly missing adds
 * it in proportion to the missing weight. The score itself always lies inside.
 */
export function rangeOf(weight: Weight, spread: Spread, policy: Policy): readonly [number, number] {
  const risk = Math.round(weight.total);
  return [Math.min(risk, reach(weight, spread, policy, 0)), Math.max(risk, reach(weight, spread, policy, 1))];
}

function reach({ points, missing, floor }: Weight, spread: Spread, policy: Policy, side: 0 | 1): number {
  let total = policy.base;
  for (let index = 0; index < GROUPS.length; index++) {
    const group = GROUPS[index];
    if (group === undefined) break;
    const reached = (points[index] ?? 0) + (missing[index] ?? 0) * spread[group][side];
    total += Math.min(policy.groupCaps[group], Math.max(policy.groupFloor, reached));
  }
  return Math.round(Math.max(floor, Math.min(100, Math.max(0, total))));
}
