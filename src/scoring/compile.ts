/** A policy made ready to score with: every rule tied to its input, rules over the same reading sharing it. */
import type { Condition, Policy, Ramp, SignalGroup, SignalRule, Whose } from '../policy.ts';
import { searchKey } from '../text/search.ts';
import type { CompiledCondition } from './condition.ts';
import { INPUTS, isInputName } from './inputs/index.ts';
import { MENTION_DAYS, mentionInput, topicOf } from './mention-input.ts';
import type { Input } from './reading.ts';

/** The fixed order in which groups are shown and summed. */
export const GROUPS: readonly SignalGroup[] = ['usage', 'lifecycle', 'support', 'sentiment', 'commercial', 'engagement', 'market'];

/** A value for every group. */
export const byGroup = <T>(make: (group: SignalGroup) => T): Record<SignalGroup, T> =>
  // `fromEntries` forgets which keys it was given: these are all of them.
  Object.fromEntries(GROUPS.map((group) => [group, make(group)])) as Record<SignalGroup, T>;

/** One reading that a day needs once, however many rules look at it. */
export type Slot = InputSlot | { readonly when: CompiledCondition };

export interface InputSlot {
  readonly input: Input;
  readonly halfLifeDays: number | null;
}

/** What of an account decides which ramps it has and which signals are left out; folded, null where unknown. */
export interface Profile {
  readonly plan: string | null;
  readonly segment: string | null;
}

export interface CompiledRule {
  readonly rule: SignalRule;
  readonly slot: number;
  /** |points|. */
  readonly weight: number;
  /** Half-life of the severity; null where nothing decays or the input weighs by age itself. */
  readonly decay: number | null;
  /** By folded plan and segment, where the policy has other ramps for some. */
  readonly ramps: { readonly plan: ReadonlyMap<string, Ramp>; readonly segment: ReadonlyMap<string, Ramp> } | null;
  /** Left out for these, where the policy says so. */
  readonly retired: {
    readonly plan: ReadonlySet<string>;
    readonly segment: ReadonlySet<string>;
    readonly account: ReadonlySet<string>;
  } | null;
}

export interface CompiledPolicy {
  readonly policy: Policy;
  readonly slots: readonly Slot[];
  /** In the order of `GROUPS`, within a group by id; signals that are retired everywhere are not among them. */
  readonly rules: readonly CompiledRule[];
  /** Whether ramps or retirements go by plan or segment. */
  readonly byProfile: boolean;
}

/** The input name of rules that are a condition. */
export const CONDITION = 'condition';

/** Throws RangeError where a rule names an input or a word list that does not exist: a policy is linted before it is used. */
export function compilePolicy(policy: Policy): CompiledPolicy {
  const slots: Slot[] = [];
  const known = new Map<string, number>();
  const slotFor = (key: string, make: () => Slot): number => {
    const slot = known.get(key) ?? slots.push(make()) - 1;
    known.set(key, slot);
    return slot;
  };
  const inputSlot = (signal: string, name: string, halfLifeDays: number | undefined): number => {
    const input = inputNamed(signal, name);
    const weight = input.weighsByAge ? (halfLifeDays ?? null) : null;
    return slotFor(`${name} ${weight}`, () => ({ input, halfLifeDays: weight }));
  };
  const compileCondition = (signal: string, when: Condition): CompiledCondition => {
    if ('all' in when) return { kind: 'all', parts: when.all.map((part) => compileCondition(signal, part)) };
    if ('any' in when) return { kind: 'any', parts: when.any.map((part) => compileCondition(signal, part)) };
    if ('not' in when) return { kind: 'not', part: compileCondition(signal, when.not) };
    if ('input' in when) {
      const { input, ...bounds } = when;
      return { kind: 'leaf', slot: inputSlot(signal, input, undefined), name: input, bounds };
    }
    const { mention, within = MENTION_DAYS } = when;
    if (typeof mention === 'string' && !policy.mentions[mention]) throw new RangeError(`signal ${signal}: no such word list: ${mention}`);
    const topic = topicOf(mention);
    const slot = slotFor(JSON.stringify([topic, within]), () => ({ input: mentionInput(topic, within), halfLifeDays: null }));
    return { kind: 'leaf', slot, name: 'mentions', bounds: { atLeast: 1 } };
  };
  const compileRule = (rule: SignalRule): CompiledRule => {
    const { when, halfLifeDays = null } = rule;
    const shared = { rule, weight: Math.abs(rule.points), ramps: rampsOf(policy, rule.id), retired: retiredOf(policy, rule.id) };
    if (when) return { ...shared, slot: slots.push({ when: compileCondition(rule.id, when) }) - 1, decay: halfLifeDays };
    const weighs = inputNamed(rule.id, rule.input).weighsByAge ?? false;
    return { ...shared, slot: inputSlot(rule.id, rule.input, rule.halfLifeDays), decay: weighs ? null : halfLifeDays };
  };
  const gone = new Set(policy.retired.flatMap((one) => ('everywhere' in one ? [one.signal] : [])));
  const rules = policy.signals.filter((rule) => !gone.has(rule.id)).map(compileRule);
  rules.sort((a, b) => GROUPS.indexOf(a.rule.group) - GROUPS.indexOf(b.rule.group) || (a.rule.id < b.rule.id ? -1 : 1));
  const byProfile = rules.some(
    ({ ramps, retired }) => ramps !== null || (retired !== null && retired.plan.size + retired.segment.size > 0),
  );
  return { policy, slots, rules, byProfile };
}

function inputNamed(signal: string, name: string): Input {
  if (!isInputName(name)) throw new RangeError(`signal ${signal}: no such input: ${name}`);
  return INPUTS[name];
}

function rampsOf(policy: Policy, signal: string): CompiledRule['ramps'] {
  const own = policy.ramps.filter((one) => one.signal === signal);
  if (own.length === 0) return null;
  const by = (key: 'plan' | 'segment') => new Map(own.flatMap((one) => valueFor(one, key).map((value) => [value, one.ramp] as const)));
  return { plan: by('plan'), segment: by('segment') };
}

function retiredOf(policy: Policy, signal: string): CompiledRule['retired'] {
  const own = policy.retired.filter((one) => one.signal === signal);
  if (own.length === 0) return null;
  const by = (key: 'plan' | 'segment') => new Set(own.flatMap((one) => ('plan' in one || 'segment' in one ? valueFor(one, key) : [])));
  return { plan: by('plan'), segment: by('segment'), account: new Set(own.flatMap((one) => ('account' in one ? [one.account] : []))) };
}

function valueFor(whose: Whose, key: 'plan' | 'segment'): string[] {
  if (key === 'plan') return 'plan' in whose ? [searchKey(whose.plan)] : [];
  return 'segment' in whose ? [searchKey(whose.segment)] : [];
}

/** The ramp that the rule has for these accounts: the plan's, else the segment's, else its own. */
export function rampFor({ rule, ramps }: CompiledRule, { plan, segment }: Profile): Ramp {
  if (ramps === null) return rule.ramp;
  return (plan === null ? undefined : ramps.plan.get(plan)) ?? (segment === null ? undefined : ramps.segment.get(segment)) ?? rule.ramp;
}

export function isRetired({ retired }: CompiledRule, { plan, segment }: Profile, account: string): boolean {
  if (retired === null) return false;
  return retired.account.has(account) || (plan !== null && retired.plan.has(plan)) || (segment !== null && retired.segment.has(segment));
}

/** 0 at `from`, 1 at `to`, linear between, for ramps that rise or fall; a step where both are equal; under 0 down to `least`. */
export function rampSeverity(value: number, ramp: Ramp): number {
  if (ramp.from === ramp.to) return value >= ramp.to ? 1 : 0;
  const place = (at: number): number => (at - ramp.from) / (ramp.to - ramp.from);
  return Math.min(1, Math.max(ramp.least === undefined ? 0 : place(ramp.least), place(value)));
}
