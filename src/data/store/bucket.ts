/**
 * The token bucket as plain arithmetic.
 *
 * Its capacity is a tenth of the allowance, so that no window of the portal's own length can see more than the
 * allowance, which is nine tenths of the portal's limit. Search is spaced to four a second besides.
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
  /** The earliest moment of the next search. */
  readonly searchAt: number;
  readonly holdUntil: number;
  readonly searchHoldUntil: number;
  /** Somebody is waiting for an answer: background work stays back until then. */
  readonly interactiveUntil: number;
  readonly dailyMax: number | null;
  readonly dailyRemaining: number | null;
  readonly dailyAt: number;
}

/** Until the portal's own limit is known: nine a second, of the smallest plan's 100 in ten seconds. */
export const FRESH: Bucket = {
  max: 100,
  intervalMs: 10_000,
  tokens: 9,
  at: 0,
  searchAt: 0,
  holdUntil: 0,
  searchHoldUntil: 0,
  interactiveUntil: 0,
  dailyMax: null,
  dailyRemaining: null,
  dailyAt: 0,
};

const SHARE = 0.9;
const SEARCH_SPACING_MS = 250;
const DAILY_RESERVE = 0.1;
/** How old a daily figure may be before one background request may find out the new one. */
const DAILY_FRESH_MS = 3_600_000;
const INTERACTIVE_GRACE_MS = 50;
/** A moment further off was written by a clock that has since been set back. */
export const LONGEST_HOLD_MS = 60_000;

export type Step = { readonly bucket: Bucket; readonly answer: 'go' | 'daily' } | { readonly bucket: Bucket; readonly waitMs: number };

/** One try to take a token at `now`: taken, stopped for the day, or how long to wait before the next try. */
export function step(before: Bucket, kind: Kind, lane: Lane, now: number): Step {
  const allowance = Math.max(1, before.max * SHARE);
  const capacity = Math.max(1, allowance / 10);
  const perMs = Math.max(allowance - capacity, allowance / 2) / before.intervalMs;
  const tokens = Math.min(capacity, before.tokens + Math.max(0, now - before.at) * perMs);
  let bucket: Bucket = { ...before, tokens, at: now };

  if (lane === 'background') {
    const { dailyMax, dailyRemaining, dailyAt } = bucket;
    if (dailyMax !== null && dailyRemaining !== null && dailyRemaining < dailyMax * DAILY_RESERVE) {
      if (now - dailyAt < DAILY_FRESH_MS) return { bucket, answer: 'daily' };
      bucket = { ...bucket, dailyAt: now };
    }
  }
  // Background work leaves a part of the burst to those who wait for an answer.
  const needed = lane === 'background' ? Math.min(capacity, 1 + capacity / 3) : 1;
  const until = (moment: number) => (moment - now > LONGEST_HOLD_MS ? 0 : moment - now);
  const waitMs = Math.max(
    (needed - tokens) / perMs,
    until(bucket.holdUntil),
    kind === 'search' ? Math.max(until(bucket.searchAt), until(bucket.searchHoldUntil)) : 0,
    lane === 'background' ? until(bucket.interactiveUntil) : 0,
    0,
  );
  if (waitMs > 0) {
    if (lane === 'background') return { bucket, waitMs };
    return { bucket: { ...bucket, interactiveUntil: Math.max(bucket.interactiveUntil, now + waitMs + INTERACTIVE_GRACE_MS) }, waitMs };
  }
  const searchAt = kind === 'search' ? now + SEARCH_SPACING_MS : bucket.searchAt;
  return { bucket: { ...bucket, tokens: tokens - 1, searchAt }, answer: 'go' };
}

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
