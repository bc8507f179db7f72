/** One account on one past day: what was said of it then, and whether it has left since. */
import type { Band, Policy, SignalGroup, SignalRule, Stratum } from '../policy.ts';
import type { Day } from '../units/day.ts';
import { GROUPS } from './compile.ts';
import { probabilityOf } from './exposure.ts';

export interface Observation {
  readonly accountId: string;
  readonly day: Day;
  /** Left inside the label window. */
  readonly churned: boolean;
  readonly stratum: Stratum;
  /** Null where too little was known. */
  readonly band: Band | null;
  /** Severity, 0–1 after decay, of the signals that fire. */
  readonly severities: ReadonlyMap<string, number>;
  /** Signals about which nothing was known. */
  readonly missing: ReadonlySet<string>;
  /** Major units; null where unknown or in another currency than the portal's. */
  readonly mrr: number | null;
  readonly monthsLost: number;
  readonly daysSinceLastUse: number | null;
  readonly daysToRenewal: number | null;
}

export interface Prediction {
  /** Before clipping; floors are no part of it. */
  readonly unclipped: number;
  /** 0–100. */
  readonly score: number;
  /** Of churn inside the horizon. */
  readonly probability: number;
}

/** What a policy with the same ramps says of an observation: points, caps, slope and base rates may differ. */
export function predictor(policy: Policy): (observation: Observation) => Prediction {
  const rules = new Map<string, SignalRule>(policy.signals.map((rule) => [rule.id, rule]));
  return ({ severities, stratum }) => {
    const sums = new Map<SignalGroup, number>();
    for (const [id, severity] of severities) {
      const rule = rules.get(id);
      if (rule) sums.set(rule.group, (sums.get(rule.group) ?? 0) + rule.points * severity);
    }
    let unclipped = policy.base;
    for (const group of GROUPS) {
      unclipped += Math.min(policy.groupCaps[group], Math.max(policy.groupFloor, sums.get(group) ?? 0));
    }
    return {
      unclipped,
      score: Math.min(100, Math.max(0, unclipped)),
      probability: probabilityOf(unclipped, stratum, policy),
    };
  };
}
