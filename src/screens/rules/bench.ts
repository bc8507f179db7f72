/** Where weights are tried: the book's readings, weighed anew for every change. */
import type { RulesView } from '../../open.ts';
import type { Policy } from '../../policy.ts';
import type { Change } from '../../rules/paths.ts';
import { TOP, type WhatIf, whatIf } from '../../rules/what-if.ts';
import { Reweigher } from '../../scoring/reweigh.ts';

/** Points by signal, where they are not those of the policy. */
export type TriedPoints = ReadonlyMap<string, number>;

export interface Tried {
  readonly result: WhatIf;
  /** Account ids of the top as it would be. */
  readonly top: readonly string[];
}

export interface RulesBench {
  readonly changes: (points: TriedPoints) => readonly Change[];
  /** The same object for the same points. */
  readonly try: (points: TriedPoints) => Tried | null;
}

export function createBench({ sheet, inForce: { policy } }: RulesView): RulesBench {
  const reweigher = new Reweigher(sheet, policy);
  const known = new WeakMap<TriedPoints, Tried | null>();
  const changes = (points: TriedPoints): Change[] =>
    [...points].map(([signal, value]) => ({ name: `signals.${signal}.points`, path: ['signals', signal, 'points'], value }));
  return {
    changes,
    try: (points) => {
      let tried = known.get(points);
      if (tried === undefined) {
        tried = weigh(reweigher, withPoints(policy, points), changes(points));
        known.set(points, tried);
      }
      return tried;
    },
  };
}

const withPoints = (policy: Policy, points: TriedPoints): Policy => ({
  ...policy,
  signals: policy.signals.map((rule) => ({ ...rule, points: points.get(rule.id) ?? rule.points })),
});

function weigh(reweigher: Reweigher, policy: Policy, changes: readonly Change[]): Tried | null {
  const tried = whatIf(reweigher, policy, changes, TOP);
  if (!tried) return null;
  const { order, ranked } = tried.after;
  const top = [...order.subarray(0, Math.min(TOP, ranked))].map((index) => reweigher.sheet.accounts[index]?.id ?? '');
  return { result: tried.result, top };
}
