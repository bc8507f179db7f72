/**
 * The token bucket as plain arithmetic.
 *
 * Its capacity and what flows in during one window of the portal's own length are together the allowance, which is 97 % of
 * the portal's limit: no such window can see more, and work that never pauses has 94 % of the limit. Search is spaced to
 * four a second besides.
 *
 * The day's quota belongs to people first: background work goes at a quarter of the pace once a quarter of it is left, and
 * stops once a tenth is left.
 */
export type Kind = 'search' | 'other';
export type Lane = 'interactive' | 'background';

/** What answers told of the portal's limits; null where they did not. */
export interface Limits {
  readonly max: number | null;
  readonly intervalMs: number | null;
  readonly dailyMax: number | null;
  readonly dailyRemaining: number | null;
}

/** The bucket's state; times are milliseconds since the epoch, `tokens` as they were at `at`. */
export interface Bucket {
  readonly max: number;
  readonly intervalMs: number;
  readonly tokens: number;
  readonly at: number;
  /** The least time between two searches: no answer tells it, so it stays what it is at first. */
  readonly searchSpacingMs: number;
  /** The earliest moment of the next search. */
  readonly searchAt: number;
  readonly holdUntil: number;
  readonly searchHoldUntil: number;
  /** Somebody is waiting for an answer: background work stays back until then. */
  readonly interactiveUntil: number;
  /** The earliest moment of the next background request, where the day's quota makes it go slowly. */
  readonly backgroundAt: number;
  readonly dailyMax: number | null;
  readonly dailyRemaining: number | null;
  readonly dailyAt: number;
}

/** Until the portal's own limit is known: nine a second, of the smallest plan's 100 in ten seconds. */
export const FRESH: Bucket = {
  max: 100,
  intervalMs: 10_000,
  tokens: 3,
  at: 0,
  searchSpacingMs: 250,
  searchAt: 0,
  holdUntil: 0,
  searchHoldUntil: 0,
  interactiveUntil: 0,
  backgroundAt: 0,
  dailyMax: null,
  dailyRemaining: null,
  dailyAt: 0,
};

/** Of the portal's limit: what a window may see, and how much of it may come at once. */
const SHARE = 0.97;
const BURST = 0.03;
/** Shares of the day's quota left at which background work slows down and stops. */
export const DAILY_SLOW = 0.25;
export const DAILY_RESERVE = 0.1;
const SLOWED = 4;
/** How old a daily figure may be before one background request may find out the new one. */
const DAILY_FRESH_MS = 3_600_000;
const INTERACTIVE_GRACE_MS = 50;
/** A moment further off was written by a clock that has since been set back. */
export const LONGEST_HOLD_MS = 60_000;

export type Step = { readonly bucket: Bucket; readonly answer: 'go' | 'daily' } | { readonly bucket: Bucket; readonly waitMs: number };

/** One try to take a token at `now`: taken, stopped for the day, or how long to wait before the next try. */
export function step(before: Bucket, kind: Kind, lane: Lane, now: number): Step {
  const allowance = Math.max(1, before.max * SHARE);
  const capacity = Math.max(1, before.max * BURST);
  const perMs = Math.max(allowance - capacity, allowance / 2) / before.intervalMs;
  const tokens = Math.min(capacity, before.tokens + Math.max(0, now - before.at) * perMs);
  let bucket: Bucket = { ...before, tokens, at: now };

  const left = lane === 'background' ? dailyShare(bucket) : null;
  if (left !== null && left < DAILY_RESERVE) {
    if (now - bucket.dailyAt < DAILY_FRESH_MS) return { bucket, answer: 'daily' };
    bucket = { ...bucket, dailyAt: now };
  }
  // Background work leaves a part of the burst to those who wait for an answer.
  const needed = lane === 'background' ? Math.min(capacity, 1 + capacity / 3) : 1;
  const until = (moment: number) => (moment - now > LONGEST_HOLD_MS ? 0 : moment - now);
  const waitMs = Math.max(
    (needed - tokens) / perMs,
    until(bucket.holdUntil),
    kind === 'search' ? Math.max(until(bucket.searchAt), until(bucket.searchHoldUntil)) : 0,
    lane === 'background' ? Math.max(until(bucket.interactiveUntil), until(bucket.backgroundAt)) : 0,
    0,
  );
  if (waitMs > 0) {
    if (lane === 'background') return { bucket, waitMs };
    return { bucket: { ...bucket, interactiveUntil: Math.max(bucket.interactiveUntil, now + waitMs + INTERACTIVE_GRACE_MS) }, waitMs };
  }
  const searchAt = kind === 'search' ? now + bucket.searchSpacingMs : bucket.searchAt;
  const backgroundAt = left !== null && left < DAILY_SLOW ? now + SLOWED / perMs : bucket.backgroundAt;
  return { bucket: { ...bucket, tokens: tokens - 1, searchAt, backgroundAt }, answer: 'go' };
}

/** The share of the day's quota that is left, 0–1; null where no answer has told. */
export const dailyShare = ({ dailyMax, dailyRemaining }: Pick<Bucket, 'dailyMax' | 'dailyRemaining'>): number | null =>
  dailyMax === null || dailyRemaining === null || dailyMax <= 0 ? null : dailyRemaining / dailyMax;

/** The bucket after what an answer told. */
export function learned(bucket: Bucket, limits: Limits, now: number): Bucket {
  const { max, intervalMs, dailyMax, dailyRemaining } = limits;
  return {
    ...bucket,
    ...(max !== null && max > 0 && intervalMs !== null && intervalMs > 0 ? { max, intervalMs } : {}),
    ...(dailyMax !== null && dailyRemaining !== null ? { dailyMax, dailyRemaining, dailyAt: now } : {}),
  };
}

/** The bucket after a 429: nobody sends this kind before `until`. */
export const held = (bucket: Bucket, kind: Kind, until: number): Bucket =>
  kind === 'search'
    ? { ...bucket, searchHoldUntil: Math.max(bucket.searchHoldUntil, until) }
    : { ...bucket, holdUntil: Math.max(bucket.holdUntil, until) };

/** The stored bucket; what is absent or not a number is as fresh. */
export function parseBucket(state: unknown): Bucket {
  if (typeof state !== 'string') return FRESH;
  try {
    const stored = JSON.parse(state) as Record<string, unknown>;
    const known = Object.keys(FRESH).filter((key) => typeof stored[key] === 'number');
    return { ...FRESH, ...Object.fromEntries(known.map((key) => [key, stored[key]])) };
  } catch {
    return FRESH;
  }
}
