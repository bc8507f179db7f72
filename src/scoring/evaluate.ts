/** The score of one account on one day: readings → lines → groups → total, with what was missing. */
import type { Policy, Ramp, SignalGroup } from '../policy.ts';
import type { Day } from '../units/day.ts';
import { type CompiledPolicy, type CompiledRule, GROUPS, isRetired, type Profile, rampFor, rampSeverity } from './compile.ts';
import type { DayReader, Subject } from './day-reader.ts';
import { overridesOn } from './overrides.ts';
import { isMissing, type Reading } from './reading.ts';
import type { MissingSignal, Override, Receipt, ReceiptGroup, ReceiptLine } from './types.ts';

export interface Evaluation {
  readonly receipt: Receipt;
  readonly coverage: number;
}

/** Severity after decay, 0–1; below 0 only where the rule's ramp says so. */
export function severityOf(reading: Reading, ramp: Ramp, decay: CompiledRule['decay']): number {
  if (isMissing(reading)) return 0;
  const severity = rampSeverity(reading.value, ramp);
  return decay === null || severity === 0 ? severity : severity * 2 ** (-reading.ageDays / decay);
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
  const profile = profileOn(compiled, subject, day);
  for (const one of compiled.rules) {
    const { rule } = one;
    if (isRetired(one, profile, subject.facts.account.id)) continue;
    const { reading, feed } = reader.read(one.slot);
    if (isMissing(reading)) {
      missing.push({ signal: rule.id, feed, state: reading.state, because: reading.because });
      continue;
    }
    const ramp = rampFor(one, profile);
    const severity = severityOf(reading, ramp, one.decay);
    if (severity === 0) continue;
    const dismissed = isDismissed(subject, rule.id, day);
    const { evidence, at, source } = reading.tell();
    const line: ReceiptLine = {
      signal: rule.id,
      input: rule.input,
      value: reading.value,
      valueAt: at ?? null,
      source: source ?? null,
      from: ramp.from,
      to: ramp.to,
      severity,
      points: dismissed ? 0 : rule.points * severity,
      evidence,
      dismissed,
    };
    const group = lines.get(rule.group);
    if (group) group.push(line);
    else lines.set(rule.group, [line]);
  }
  return {
    receipt: receiptOf(compiled.policy, lines, missing, overridesOn(subject.facts, subject.exceptions, reader.on), day),
    coverage: weigh(compiled, subject, reader).coverage,
  };
}

/** A day's figures without the words of its receipt. */
export interface Weight {
  /** Before clipping and floors. */
  readonly unclipped: number;
  readonly total: number;
  readonly coverage: number;
  /** Points after floor and cap, in the order of `GROUPS`. */
  readonly points: readonly number[];
  /** The share of a group's applicable weight about which nothing is known, in the same order. */
  readonly missing: readonly number[];
  /** A bit for every group in which a signal fires, dismissed ones too. */
  readonly fired: number;
  /** Lowest score that an exception allows; 0 without one. */
  readonly floor: number;
  readonly noticeGiven: boolean;
}

/** The same figures as those of `evaluate`, to the last digit. */
export function weigh(compiled: CompiledPolicy, subject: Subject, reader: DayReader): Weight {
  const { day } = reader;
  const { policy, rules } = compiled;
  const points: number[] = [];
  const missing: number[] = [];
  let groups = 0;
  let known = 0;
  let all = 0;
  let fired = 0;
  let index = 0;
  const profile = profileOn(compiled, subject, day);
  for (const group of GROUPS) {
    let sum = 0;
    let groupKnown = 0;
    let groupUnknown = 0;
    for (; index < rules.length; index++) {
      const one = rules[index];
      if (one?.rule.group !== group) break;
      if (one.retired !== null && isRetired(one, profile, subject.facts.account.id)) continue;
      const { reading } = reader.read(one.slot);
      if (isMissing(reading)) {
        if (reading.state !== 'n/a') groupUnknown += one.weight;
        continue;
      }
      groupKnown += one.weight;
      const severity = severityOf(reading, rampFor(one, profile), one.decay);
      if (severity === 0) continue;
      fired |= 1 << points.length;
      if (!isDismissed(subject, one.rule.id, day)) sum += one.rule.points * severity;
    }
    const capped = clip(sum, policy.groupFloor, policy.groupCaps[group]);
    points.push(capped);
    missing.push(groupUnknown === 0 ? 0 : groupUnknown / (groupKnown + groupUnknown));
    groups += capped;
    known += groupKnown;
    all += groupKnown + groupUnknown;
  }
  const unclipped = policy.base + groups;
  const overrides = overridesOn(subject.facts, subject.exceptions, reader.on);
  const floor = floorOf(overrides);
  return {
    unclipped,
    total: Math.max(clip(unclipped, 0, 100), floor),
    coverage: all === 0 ? 0 : known / all,
    points,
    missing,
    fired,
    floor,
    noticeGiven: overrides.some(({ id }) => id === 'notice_given'),
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
  overrides: readonly Override[],
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
