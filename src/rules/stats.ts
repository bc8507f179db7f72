/** What each rule does on the book as it stands. */
import type { Bilingual, Policy, SignalGroup, SignalRule } from '../policy.ts';
import type { Reweigher } from '../scoring/reweigh.ts';
import { CELL } from '../scoring/sheet.ts';
import type { Day } from '../units/day.ts';

export interface RuleStat {
  readonly id: string;
  readonly group: SignalGroup;
  readonly label: Bilingual;
  readonly points: number;
  readonly from: number;
  readonly to: number;
  /** Accounts on which it fires now, dismissed ones apart. */
  readonly fired: number;
  /** Share of the accounts that it is about of which it knows a value; null where it is about none. */
  readonly coverage: number | null;
  /** Accounts on which somebody acted in the last 30 days while it fired. */
  readonly acted: number;
  /** Dismissals of the last 30 days. */
  readonly dismissed: number;
  /** Since when the rule says what it says; null where it has not changed since the first scoring. */
  readonly changedOn: Day | null;
  readonly reviewBy: Day | null;
  /** Why it is left out of everything; null where it counts. */
  readonly retired: string | null;
}

export interface StatInputs {
  readonly policy: Policy;
  readonly reweigher: Reweigher;
  /** By signal, of the last 30 days. */
  readonly acted: ReadonlyMap<string, number>;
  readonly dismissals: ReadonlyMap<string, number>;
  readonly changedOn: ReadonlyMap<string, Day>;
}

/** In the policy's order. */
export function ruleStats({ policy, reweigher, acted, dismissals, changedOn }: StatInputs): RuleStat[] {
  return policy.signals.map((rule): RuleStat => {
    const retired = policy.retired.find((one) => one.signal === rule.id && 'everywhere' in one)?.because ?? null;
    const { fired, read, unknown } = retired === null ? countsOf(rule, reweigher) : { fired: 0, read: 0, unknown: 0 };
    return {
      id: rule.id,
      group: rule.group,
      label: rule.label,
      points: rule.points,
      from: rule.ramp.from,
      to: rule.ramp.to,
      fired,
      coverage: read + unknown === 0 ? null : read / (read + unknown),
      acted: acted.get(rule.id) ?? 0,
      dismissed: dismissals.get(rule.id) ?? 0,
      changedOn: changedOn.get(rule.id) ?? null,
      reviewBy: rule.reviewBy ?? null,
      retired,
    };
  });
}

function countsOf({ id }: SignalRule, reweigher: Reweigher): { readonly fired: number; readonly read: number; readonly unknown: number } {
  const severities = reweigher.severities(id);
  const states = reweigher.states(id);
  const counts = { fired: 0, read: 0, unknown: 0 };
  for (const [account, state] of states.entries()) {
    if (state === CELL.unknown) counts.unknown++;
    if (state >= CELL.read) counts.read++;
    if (state === CELL.read && (severities[account] ?? 0) !== 0) counts.fired++;
  }
  return counts;
}
