/** The score of one account on one day: readings → lines → groups → total, with what was missing. */
import type { Account, FeedId } from '../account.ts';
import type { Policy, Ramp, SignalGroup, Tier } from '../policy.ts';
import type { Day } from '../units/day.ts';
import {
  byGroup,
  type CompiledPolicy,
  type CompiledRule,
  GROUPS,
  type InputSlot,
  isRetired,
  type Profile,
  rampFor,
  rampSeverity,
} from './compile.ts';
import type { FedReading } from './condition.ts';
import { type FeedClock, missingState } from './feeds.ts';
import { overridesOn } from './overrides.ts';
import { isMissing, type Missing, type Reading, type RevenueReading, type UsageRow } from './reading.ts';
import type { MissingSignal, Receipt, ReceiptGroup, ReceiptLine } from './types.ts';

/** The account as a scorer meets it: its facts, and how to ask for its revenue as known on any day. */
export interface Subject {
  readonly account: Account;
  readonly tier: Tier | null;
  /** By last day, newest first (`usageRows`). */
  readonly usage: readonly UsageRow[];
  revenueOn(day: Day): RevenueReading;
  /** Plan and segment as known on any day. Asked for only where the policy goes by them. */
  profileOn(day: Day): Profile;
  /** The day on which a signal of this account was dismissed; null where it counts. */
  dismissedOn(signal: string): Day | null;
}

export interface Evaluation {
  readonly receipt: Receipt;
  readonly coverage: number;
  /** By group: the share of its applicable weight about which nothing is known. */
  readonly missingShare: Readonly<Record<SignalGroup, number>>;
}

export function readSlot(slot: InputSlot, subject: Subject, clock: FeedClock, noticeDays: number, day: Day): FedReading {
  const { account } = subject;
  const { feeds, anyFeed } = slot.input;
  let asOf = day;
  let missing: { readonly feed: FeedId; readonly why: Missing } | null = null;
  let speaking = 0;
  for (const feed of feeds) {
    const on = clock.on(feed, day);
    const state = missingState(account, feed, on);
    if (state) {
      // A feed that exists but fails tells more than one that was never connected.
      if (!missing || (anyFeed && missing.why.state === 'n/a')) missing = { feed, why: { state, because: on.because || state } };
      continue;
    }
    speaking++;
    if (on.asOf < asOf) asOf = on.asOf;
  }
  if (missing && (!anyFeed || speaking === 0)) return { reading: missing.why, feed: missing.feed };
  const reading = slot.input.read(account, {
    asOf,
    revenue: subject.revenueOn(asOf),
    tier: subject.tier,
    noticeDays,
    halfLifeDays: slot.halfLifeDays,
    usage: subject.usage,
    speaks: (feed) => missingState(account, feed, clock.on(feed, day)) === null,
  });
  return { reading, feed: feeds[0] ?? 'contract' };
}

/** Severity after decay, 0–1. */
export function severityOf(reading: Reading, ramp: Ramp, decay: CompiledRule['decay']): number {
  if (isMissing(reading)) return 0;
  const severity = rampSeverity(reading.value, ramp);
  return decay === null ? severity : severity * 2 ** (-reading.ageDays / decay);
}

/** Of accounts whose plan and segment do not matter. */
const ANYBODY: Profile = { plan: null, segment: null };

export const profileOn = (compiled: CompiledPolicy, subject: Subject, day: Day): Profile =>
  compiled.byProfile ? subject.profileOn(day) : ANYBODY;

const clip = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

export function evaluate(compiled: CompiledPolicy, subject: Subject, day: Day, read: (slot: number) => FedReading): Evaluation {
  const lines = new Map<SignalGroup, ReceiptLine[]>();
  const missing: MissingSignal[] = [];
  const weights = byGroup(() => ({ known: 0, unknown: 0 }));
  const profile = profileOn(compiled, subject, day);
  for (const one of compiled.rules) {
    const { rule } = one;
    if (isRetired(one, profile, subject.account.id)) continue;
    const { reading, feed } = read(one.slot);
    const weight = Math.abs(rule.points);
    if (isMissing(reading)) {
      missing.push({ signal: rule.id, feed, state: reading.state, because: reading.because });
      if (reading.state !== 'n/a') weights[rule.group].unknown += weight;
      continue;
    }
    weights[rule.group].known += weight;
    const ramp = rampFor(one, profile);
    const severity = severityOf(reading, ramp, one.decay);
    if (severity <= 0) continue;
    const dismissedOn = subject.dismissedOn(rule.id);
    const dismissed = dismissedOn !== null && dismissedOn <= day;
    const line: ReceiptLine = {
      signal: rule.id,
      input: rule.input,
      value: reading.value,
      valueAt: reading.valueAt,
      source: reading.source,
      from: ramp.from,
      to: ramp.to,
      severity,
      points: dismissed ? 0 : rule.points * severity,
      evidence: reading.evidence,
      dismissed,
    };
    const group = lines.get(rule.group);
    if (group) group.push(line);
    else lines.set(rule.group, [line]);
  }
  const receipt = receiptOf(compiled.policy, lines, missing, subject, day);
  const total = sumOf(GROUPS, (group) => weights[group].known + weights[group].unknown);
  return {
    receipt,
    coverage: total === 0 ? 0 : sumOf(GROUPS, (group) => weights[group].known) / total,
    missingShare: byGroup((group) => {
      const { known, unknown } = weights[group];
      return unknown === 0 ? 0 : unknown / (known + unknown);
    }),
  };
}

function receiptOf(
  policy: Policy,
  byGroup: ReadonlyMap<SignalGroup, readonly ReceiptLine[]>,
  unknown: readonly MissingSignal[],
  { account }: Subject,
  asOf: Day,
): Receipt {
  const groups = GROUPS.flatMap((group): ReceiptGroup[] => {
    const found = byGroup.get(group);
    if (!found) return [];
    const sorted = [...found].sort((a, b) => b.points - a.points || (a.signal < b.signal ? -1 : 1));
    // In the policy's order, whatever the order of the lines: weighing the same readings anew gives the same sum to the last bit.
    const uncapped = sumOf(found, (line) => line.points);
    const cap = policy.groupCaps[group];
    return [{ group, cap, uncapped, points: clip(uncapped, policy.groupFloor, cap), lines: sorted }];
  });
  const overrides = overridesOn(account, asOf);
  const unclipped = policy.base + sumOf(groups, (group) => group.points);
  const clipped = clip(unclipped, 0, 100);
  const floor = Math.max(0, ...overrides.map((override) => override.floor ?? 0));
  const total = Math.max(clipped, floor);
  return {
    asOf,
    base: policy.base,
    groups,
    overrides,
    unclipped,
    floored: total > clipped,
    total,
    risk: Math.round(total),
    missing: unknown,
  };
}

const sumOf = <T>(items: readonly T[], amount: (item: T) => number): number => items.reduce((sum, item) => sum + amount(item), 0);
