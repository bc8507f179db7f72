/** Conditions of custom signals: what they read, and whether they hold. */
import type { FeedId } from '../account.ts';
import type { Comparison } from '../policy.ts';
import type { EvidenceValues } from '../text/evidence.ts';
import type { Day } from '../units/day.ts';
import { number } from './inputs/evidence.ts';
import { isMissing, type Reading, reading, type Told, type Value } from './reading.ts';
import type { Missing } from './types.ts';

/** A condition whose leaves are slots of the compiled policy. */
export type CompiledCondition =
  | { readonly kind: 'all' | 'any'; readonly parts: readonly CompiledCondition[] }
  | { readonly kind: 'not'; readonly part: CompiledCondition }
  | { readonly kind: 'leaf'; readonly slot: number; readonly name: string; readonly bounds: Omit<Comparison, 'input'> };

/** The slots that a condition reads. */
export function leavesOf(condition: CompiledCondition): number[] {
  if (condition.kind === 'leaf') return [condition.slot];
  return condition.kind === 'not' ? leavesOf(condition.part) : condition.parts.flatMap(leavesOf);
}

/** A reading, or why there is none; `feed` is the one that it is put down to. */
export interface FedReading {
  readonly reading: Reading;
  readonly feed: FeedId;
}

interface Verdict {
  /** null: it cannot be told. */
  readonly holds: boolean | null;
  readonly missing: { readonly feed: FeedId; readonly why: Missing } | null;
  readonly feed: FeedId;
  readonly values: readonly { readonly name: string; readonly value: Value }[];
}

/** `read` gives a slot's reading so many days before the day in question. */
type Read = (slot: number, daysBack: number) => FedReading;

/**
 * 1 where the condition holds, 0 where it does not, missing where an unknown part decides.
 * Evidence: what the first part says of itself, and every part's value under its input's name.
 */
export function readCondition(condition: CompiledCondition, read: Read): FedReading {
  const { holds, missing, feed, values } = judge(condition, read);
  if (holds === null && missing) return { reading: missing.why, feed: missing.feed };
  const tell = (): Told => {
    const told = values.map(({ value }) => value.tell());
    const evidence: EvidenceValues = Object.assign({}, ...told.map((one) => one.evidence).reverse());
    const named = Object.fromEntries(values.map(({ name, value }) => [name, number(value.value, Number.isInteger(value.value) ? 0 : 2)]));
    const days = told.flatMap(({ at }): Day[] => (at ? [at] : []));
    return { evidence: { ...named, ...evidence }, at: days.sort().at(-1) ?? null, source: told[0]?.source ?? null };
  };
  return { feed, reading: reading(holds ? 1 : 0, tell, Math.min(...values.map(({ value }) => value.ageDays))) };
}

function judge(condition: CompiledCondition, read: Read): Verdict {
  if (condition.kind === 'leaf') return judgeLeaf(condition, read);
  if (condition.kind === 'not') {
    const verdict = judge(condition.part, read);
    return { ...verdict, holds: verdict.holds === null ? null : !verdict.holds };
  }
  const verdicts = condition.parts.map((part) => judge(part, read));
  // One part is enough to settle the whole: a false one of `all`, a true one of `any`.
  const settles = condition.kind === 'any';
  const open = verdicts.find(({ holds }) => holds === null);
  return {
    holds: verdicts.some(({ holds }) => holds === settles) ? settles : open ? null : !settles,
    missing: open?.missing ?? null,
    feed: verdicts[0]?.feed ?? 'contract',
    values: verdicts.flatMap(({ values }) => values),
  };
}

function judgeLeaf({ slot, name, bounds }: Extract<CompiledCondition, { kind: 'leaf' }>, read: Read): Verdict {
  const now = read(slot, 0);
  if (isMissing(now.reading)) return unknown(now.feed, now.reading);
  let { value } = now.reading;
  if (bounds.changeOver !== undefined) {
    const before = read(slot, bounds.changeOver);
    if (isMissing(before.reading)) return unknown(before.feed, before.reading);
    value -= before.reading.value;
  }
  return { holds: inside(value, bounds), missing: null, feed: now.feed, values: [{ name, value: now.reading }] };
}

const unknown = (feed: FeedId, why: Missing): Verdict => ({ holds: null, missing: { feed, why }, feed, values: [] });

const inside = (value: number, { above, atLeast, below, atMost }: Omit<Comparison, 'input'>): boolean =>
  (above === undefined || value > above) &&
  (atLeast === undefined || value >= atLeast) &&
  (below === undefined || value < below) &&
  (atMost === undefined || value <= atMost);
