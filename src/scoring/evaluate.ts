/** The score of one account on one day: readings → lines → groups → total, with what was missing. */
import type { Policy, Ramp, SignalGroup } from '../policy.ts';
import type { Day } from '../units/day.ts';
import { byGroup, type CompiledPolicy, type CompiledRule, GROUPS, isRetired, type Profile, rampFor, rampSeverity } from './compile.ts';
import type { DayReader, Subject } from './day-reader.ts';
import { overridesOn } from './overrides.ts';
import { isMissing, type Reading } from './reading.ts';
import type { MissingSignal, Override, Receipt, ReceiptGroup, ReceiptLine } from './types.ts';

export interface Evaluation {
  readonly receipt: Receipt;
  readonly coverage: number;
  /** By group: the share of its applicable weight about which nothing is known. */
  readonly missingShare: Readonly<Record<SignalGroup, number>>;
}

/** Severity after decay, 0–1; below 0 only where the rule's ramp says so. */
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

export function evaluate(compiled: CompiledPolicy, subject: Subject, reader: DayReader): Evaluation {
  const { day } = reader;
  const lines = new Map<SignalGroup, ReceiptLine[]>();
  const missing: MissingSignal[] = [];
  const weights = byGroup(() => ({ known: 0, unknown: 0 }));
  const profile = profileOn(compiled, subject, day);
  for (const one of compiled.rules) {
    const { rule } = one;
    if (isRetired(one, profile, subject.account.id)) continue;
    const { reading, feed } = reader.read(one.slot);
    const weight = Math.abs(rule.points);
    if (isMissing(reading)) {
      missing.push({ signal: rule.id, feed, state: reading.state, because: reading.because });
      if (reading.state !== 'n/a') weights[rule.group].unknown += weight;
      continue;
    }
    weights[rule.group].known += weight;
    const ramp = rampFor(one, profile);
    const severity = severityOf(reading, ramp, one.decay);
    if (severity === 0) continue;
    const dismissed = isDismissed(subject, rule.id, day);
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

/** A day's total without its receipt: what the band's memory and the change over a week need. */
export interface Weight {
  readonly total: number;
  readonly coverage: number;
}

/** The same total and coverage as those of `evaluate`, to the last digit. */
export function weigh(compiled: CompiledPolicy, subject: Subject, reader: DayReader): Weight {
  const { day } = reader;
  const { policy } = compiled;
  let unclipped = policy.base;
  let groups = 0;
  let known = 0;
  let all = 0;
  let index = 0;
  const profile = profileOn(compiled, subject, day);
  for (const group of GROUPS) {
    let points = 0;
    let groupKnown = 0;
    let groupUnknown = 0;
    for (; index < compiled.rules.length; index++) {
      const one = compiled.rules[index];
      if (one?.rule.group !== group) break;
      if (isRetired(one, profile, subject.account.id)) continue;
      const { reading } = reader.read(one.slot);
      const weight = Math.abs(one.rule.points);
      if (isMissing(reading)) {
        if (reading.state !== 'n/a') groupUnknown += weight;
        continue;
      }
      groupKnown += weight;
      const severity = severityOf(reading, rampFor(one, profile), one.decay);
      if (severity !== 0 && !isDismissed(subject, one.rule.id, day)) points += one.rule.points * severity;
    }
    groups += clip(points, policy.groupFloor, policy.groupCaps[group]);
    known += groupKnown;
    all += groupKnown + groupUnknown;
  }
  unclipped += groups;
  return {
    total: Math.max(clip(unclipped, 0, 100), floorOf(overridesOn(subject.account, day, subject.mentions('cancellation')))),
    coverage: all === 0 ? 0 : known / all,
  };
}

function isDismissed(subject: Subject, signal: string, day: Day): boolean {
  const dismissedOn = subject.dismissedOn(signal);
  return dismissedOn !== null && dismissedOn <= day;
}

const floorOf = (overrides: readonly Override[]): number => overrides.reduce((floor, override) => Math.max(floor, override.floor ?? 0), 0);

function receiptOf(
  policy: Policy,
  byGroup: ReadonlyMap<SignalGroup, readonly ReceiptLine[]>,
  unknown: readonly MissingSignal[],
  { account, mentions }: Subject,
  asOf: Day,
): Receipt {
  const groups = GROUPS.flatMap((group): ReceiptGroup[] => {
    const found = byGroup.get(group);
    if (!found) return [];
    const sorted = [...found].sort((a, b) => b.points - a.points || (a.signal < b.signal ? -1 : 1));
    // In the order of the rules, as `weigh` adds them: sums of fractions hang on their order.
    const uncapped = sumOf(found, (line) => line.points);
    const cap = policy.groupCaps[group];
    return [{ group, cap, uncapped, points: clip(uncapped, policy.groupFloor, cap), lines: sorted }];
  });
  const overrides = overridesOn(account, asOf, mentions('cancellation'));
  const unclipped = policy.base + sumOf(groups, (group) => group.points);
  const clipped = clip(unclipped, 0, 100);
  const floor = floorOf(overrides);
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
