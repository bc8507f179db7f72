/** A policy made ready to score with: every rule tied to its input, rules over the same reading sharing it. */
import type { Policy, SignalGroup, SignalRule } from '../policy.ts';
import { INPUTS, isInputName } from './inputs/index.ts';
import type { Input } from './reading.ts';

/** The fixed order in which groups are shown and summed. */
export const GROUPS: readonly SignalGroup[] = ['usage', 'lifecycle', 'support', 'sentiment', 'commercial', 'engagement', 'market'];

/** A value for every group. */
export const byGroup = <T>(make: (group: SignalGroup) => T): Record<SignalGroup, T> =>
  // `fromEntries` forgets which keys it was given: these are all of them.
  Object.fromEntries(GROUPS.map((group) => [group, make(group)])) as Record<SignalGroup, T>;

/** One reading that a day needs once, however many rules look at it. */
export interface Slot {
  readonly input: Input;
  readonly halfLifeDays: number | null;
}

export interface CompiledRule {
  readonly rule: SignalRule;
  readonly slot: number;
  /** Half-life of the severity; null where nothing decays or the input weighs by age itself. */
  readonly decay: number | null;
}

export interface CompiledPolicy {
  readonly policy: Policy;
  readonly slots: readonly Slot[];
  /** In the order of `GROUPS`, within a group by id. */
  readonly rules: readonly CompiledRule[];
}

/** Throws RangeError where a rule names an input that does not exist: a policy is linted before it is used. */
export function compilePolicy(policy: Policy): CompiledPolicy {
  const slots: Slot[] = [];
  const known = new Map<string, number>();
  const rules = policy.signals.map((rule): CompiledRule => {
    if (!isInputName(rule.input)) throw new RangeError(`signal ${rule.id}: no such input: ${rule.input}`);
    const input: Input = INPUTS[rule.input];
    const halfLifeDays = input.weighsByAge ? (rule.halfLifeDays ?? null) : null;
    const key = `${rule.input} ${halfLifeDays}`;
    const slot = known.get(key) ?? slots.push({ input, halfLifeDays }) - 1;
    known.set(key, slot);
    return { rule, slot, decay: input.weighsByAge ? null : (rule.halfLifeDays ?? null) };
  });
  rules.sort((a, b) => GROUPS.indexOf(a.rule.group) - GROUPS.indexOf(b.rule.group) || (a.rule.id < b.rule.id ? -1 : 1));
  return { policy, slots, rules };
}

/** 0 at `from`, 1 at `to`, linear between, for ramps that rise or fall; a step where both are equal; under 0 down to `least`. */
export function rampSeverity(value: number, ramp: SignalRule['ramp']): number {
  if (ramp.from === ramp.to) return value >= ramp.to ? 1 : 0;
  const place = (at: number): number => (at - ramp.from) / (ramp.to - ramp.from);
  return Math.min(1, Math.max(ramp.least === undefined ? 0 : place(ramp.least), place(value)));
}
