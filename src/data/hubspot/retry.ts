/** When a read may be asked again. Writes never come here. */
import type { Refusal } from './failure.ts';

export const READ_TRIES = 5;
/** Who is told to come back later than this is told so at once, with the time. */
const LONGEST_WAIT_MS = 60_000;
const LONGEST_BACKOFF_MS = 8_000;

/**
 * Milliseconds to wait after try `number` (1 for the first), null where asking again is of no use.
 * `random` gives 0 ≤ x < 1: processes that failed together must not come back together.
 */
export function waitBefore(refusal: Refusal, number: number, random: () => number): number | null {
  if (!refusal.again) return null;
  const { retryAfterMs } = refusal;
  if (retryAfterMs !== null) return retryAfterMs > LONGEST_WAIT_MS ? null : retryAfterMs + random() * 250;
  if (refusal.failure.kind === 'rate') {
    return refusal.window === 'second' ? 1_000 * (1 + random() / 2) : 10_000 * (0.5 + random() / 2);
  }
  const base = Math.min(500 * 2 ** (number - 1), LONGEST_BACKOFF_MS);
  // A locked record asks for two seconds at least.
  return Math.max(base * (0.5 + random() / 2), refusal.failure.status === 423 ? 2_000 : 0);
}
