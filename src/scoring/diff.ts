/**
 * Why a score changed between two days: one path walked in a fixed order, whose parts add up to the change of the risk.
 *
 *   before  the old facts and policy on the first day
 *   aged    the same facts and policy on the second day: what time alone did
 *   learned everything that is known on the second day, still by the old policy: what new facts did, signal by signal
 *   after   by the policy of the second day
 */
import type { Day } from '../units/day.ts';
import type { Receipt, ReceiptLine } from './types.ts';

export interface ChangePart {
  /**
   * `time` days passed · `fact` something new is known · `information` a feed fell away or came · `person` a dismissal, or
   * the success manager's own view · `policy` other points, ramps or caps · `override` a floor · `rounding` clip to 0–100
   * and rounding.
   */
  readonly kind: 'time' | 'fact' | 'information' | 'person' | 'policy' | 'override' | 'rounding';
  /** Null where the part is of no one signal. */
  readonly signal: string | null;
  /** In hundredths of a point. */
  readonly points: number;
}

export interface Change {
  readonly from: Day;
  readonly to: Day;
  /** Risk on the two days. */
  readonly before: number;
  readonly after: number;
  /** They add up to `after` − `before`. */
  readonly parts: readonly ChangePart[];
}

export interface Steps {
  readonly before: Receipt;
  readonly aged: Receipt;
  readonly learned: Receipt;
  readonly after: Receipt;
}

const KINDS: readonly ChangePart['kind'][] = ['time', 'fact', 'information', 'person', 'policy', 'override', 'rounding'];
/** A person's own view is a signal like any other, but nobody's behaviour. */
const PERSONAL = 'market.csm_sentiment';
const NOTHING = 1e-12;

export function changeBetween({ before, aged, learned, after }: Steps): Change {
  const sums = new Map<string, ChangePart>();
  const add = (kind: ChangePart['kind'], signal: string | null, points: number): void => {
    const key = `${kind} ${signal}`;
    sums.set(key, { kind, signal, points: (sums.get(key)?.points ?? 0) + points });
  };
  for (const { signal, points, flipped } of movesOf(before, aged)) {
    if (flipped) add('information', signal, points);
    else add('time', null, points);
  }
  for (const { signal, points, flipped, byPerson } of movesOf(aged, learned)) {
    add(flipped ? 'information' : byPerson ? 'person' : 'fact', signal, points);
  }
  add('policy', null, after.unclipped - learned.unclipped);
  add('override', null, raisedBy(after) - raisedBy(before));
  const parts = [...sums.values()]
    .map((part) => ({ ...part, points: hundredths(part.points) }))
    .filter((part) => part.points !== 0)
    .sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || Math.abs(b.points) - Math.abs(a.points));
  const told = parts.reduce((sum, part) => sum + part.points, 0);
  const rest = hundredths(after.risk - before.risk - told);
  return {
    from: before.asOf,
    to: after.asOf,
    before: before.risk,
    after: after.risk,
    parts: rest === 0 ? parts : [...parts, { kind: 'rounding', signal: null, points: rest }],
  };
}

const hundredths = (points: number): number => Math.round(points * 100) / 100 || 0;

/** What a floor adds to the clipped score. */
const raisedBy = ({ total, unclipped }: Receipt): number => total - Math.min(100, Math.max(0, unclipped));

interface Move {
  readonly signal: string;
  readonly points: number;
  /** Known on one side only. */
  readonly flipped: boolean;
  readonly byPerson: boolean;
}

/** By signal; where a group's cap or floor bites, each has its share of what the group moved. */
function movesOf(from: Receipt, to: Receipt): Move[] {
  const missing = [from, to].map((receipt) => new Set(receipt.missing.map((one) => one.signal)));
  const isMissing = (side: 0 | 1, signal: string): boolean => missing[side]?.has(signal) ?? false;
  const groups = new Set([...from.groups, ...to.groups].map((one) => one.group));
  return [...groups].flatMap((group) => {
    const [old, now] = [from, to].map((receipt) => receipt.groups.find((one) => one.group === group));
    const [left, right] = [old, now].map((one) => new Map<string, ReceiptLine>((one?.lines ?? []).map((line) => [line.signal, line])));
    const signals = [...new Set([...(left?.keys() ?? []), ...(right?.keys() ?? [])])];
    const moved = (now?.points ?? 0) - (old?.points ?? 0);
    const uncapped = (now?.uncapped ?? 0) - (old?.uncapped ?? 0);
    const share = Math.abs(uncapped) < NOTHING ? 1 : moved / uncapped;
    return signals.map((signal): Move => {
      const [a, b] = [left?.get(signal), right?.get(signal)];
      return {
        signal,
        points: ((b?.points ?? 0) - (a?.points ?? 0)) * share,
        flipped: isMissing(0, signal) !== isMissing(1, signal),
        byPerson: signal === PERSONAL || (a !== undefined && b !== undefined && a.dismissed !== b.dismissed),
      };
    });
  });
}
