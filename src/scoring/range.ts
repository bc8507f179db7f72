/** How far the score could move if what is missing were known: each missing part at the portfolio's 10th and 90th percentile. */
import type { Policy, SignalGroup } from '../policy.ts';
import { byGroup, GROUPS } from './compile.ts';
import type { Evaluation } from './evaluate.ts';

const LOW = 0.1;
const HIGH = 0.9;

/** Points that a group usually has, over the accounts about which something is known in it. */
export type Spread = Readonly<Record<SignalGroup, readonly [number, number]>>;

const pointsOf = ({ receipt }: Evaluation, group: SignalGroup): number => receipt.groups.find((one) => one.group === group)?.points ?? 0;

/** Collects over the portfolio, in any order. */
export class SpreadCensus {
  readonly #points = new Map<SignalGroup, number[]>(GROUPS.map((group) => [group, []]));

  add(evaluation: Evaluation): void {
    for (const group of GROUPS) if (evaluation.missingShare[group] < 1) this.#points.get(group)?.push(pointsOf(evaluation, group));
  }

  /** A group of which nothing is known anywhere could hold anything between its floor and its cap. */
  close(policy: Policy): Spread {
    return byGroup((group) => {
      const sorted = Float64Array.from(this.#points.get(group) ?? []).sort();
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
export function rangeOf(evaluation: Evaluation, spread: Spread, policy: Policy): readonly [number, number] {
  const { receipt, missingShare } = evaluation;
  const floor = Math.max(0, ...receipt.overrides.map((override) => override.floor ?? 0));
  const reach = (side: 0 | 1): number => {
    let total = policy.base;
    for (const group of GROUPS) {
      const points = pointsOf(evaluation, group) + missingShare[group] * spread[group][side];
      total += Math.min(policy.groupCaps[group], Math.max(policy.groupFloor, points));
    }
    return Math.round(Math.max(floor, Math.min(100, Math.max(0, total))));
  };
  return [Math.min(receipt.risk, reach(0)), Math.max(receipt.risk, reach(1))];
}
