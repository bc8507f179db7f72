/** The outbox's decisions, pure: what an answer means, when to try or look again, when sending again is safe. */
import { dayBounds, dayOf, type Instant } from '../../units/day.ts';
import type { ApiFailure } from '../hubspot/types.ts';
import type { Because, Evidence, OutboxRow } from '../store/outbox-rows.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** HubSpot may still be applying what we gave up on, and its index lags. */
export const QUIET_BEFORE_RESEND = 15 * MINUTE;
export const BETWEEN_NEGATIVES = 5 * MINUTE;
export const GIVE_UP_AFTER = 24 * HOUR;
/** A row that never came to an end so often would take the sender down for ever. */
export const MAX_CRASHES = 3;

const FIRST_LOOKS = [5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, QUIET_BEFORE_RESEND];

export type Verdict = 'ready' | 'needs_you' | 'unknown';

const REFUSALS: ReadonlySet<number> = new Set([400, 403, 404, 409, 413, 414, 415, 422]);

/** What a failed POST leaves behind: `ready` surely not applied, `needs_you` surely refused, `unknown` all the rest. */
export function verdictOf(failure: ApiFailure): Verdict {
  if (failure.status !== null) {
    if (REFUSALS.has(failure.status)) return 'needs_you';
    if (failure.status === 429 || failure.status === 401) return 'ready';
  }
  return failure.surelyNotApplied ? 'ready' : 'unknown';
}

export function becauseOf(failure: ApiFailure): Because {
  const params = {
    ...(failure.status === null ? {} : { status: failure.status }),
    ...(failure.category ? { category: failure.category } : {}),
    ...(failure.correlationId ? { correlationId: failure.correlationId } : {}),
    ...(failure.scopes.length > 0 ? { scopes: failure.scopes.join(' ') } : {}),
    ...(failure.required ? { property: failure.required.join(' ') } : {}),
    message: failure.message,
  };
  return { code: failure.required ? 'required' : codeOf(failure), params };
}

function codeOf(failure: ApiFailure): Because['code'] {
  switch (failure.kind) {
    case 'auth':
    case 'scope':
    case 'rate':
    case 'daily':
    case 'offline':
    case 'server':
      return failure.kind;
    case 'network':
    case 'timeout':
    case 'aborted':
    case 'body':
      return 'network';
    case 'not_found':
    case 'invalid':
      return 'refused';
  }
}

/** When to try again after `failures` refusals in a row: 5 s doubling to 5 min, with jitter (`random` in [0, 1)), or when HubSpot said. */
export function retryAt(now: Instant, failures: number, said: Instant | null, random: number): Instant {
  const delay = Math.min(5 * SECOND * 2 ** Math.min(failures, 10), 5 * MINUTE);
  return Math.max(now + Math.round(delay * (0.75 + random / 2)), said ?? 0) as Instant;
}

/** When the day's quota is there again: at midnight in the portal's zone. */
export const nextMidnight = (now: Instant, timeZone: string): Instant => dayBounds(dayOf(now, timeZone), timeZone).ends;

/** When to look next, by the time since the attempt: 5 s, 30 s, 2 min, 10 min, 15 min, each 5 min to the hour, each half hour. */
export function nextLook(endedAt: Instant, now: Instant): Instant {
  // A clock that was set back must not put the next look hours away.
  const age = Math.max(now - endedAt, 0);
  const planned = FIRST_LOOKS.find((at) => at > age);
  if (planned !== undefined) return (now + planned - age) as Instant;
  return (now + (age < HOUR ? BETWEEN_NEGATIVES : 30 * MINUTE)) as Instant;
}

/**
 * Whether the looks so far show that the attempt was not applied: the last one a negative after the quiet time, another
 * far enough before it, both from both paths, and nothing doubtful seen (unless a person `vouched`). The witness and the target are asked apart.
 */
export function provesAbsence(endedAt: Instant, looks: readonly Evidence[], vouched: boolean): boolean {
  const since = looks.filter((look) => look.at >= endedAt);
  if (!vouched && since.some((look) => look.search === 'doubtful' || look.associations === 'doubtful')) return false;
  const negatives = since.filter((look) => isNegative(look, vouched));
  const last = negatives.at(-1);
  if (!last || last !== since.at(-1) || last.at - endedAt < QUIET_BEFORE_RESEND) return false;
  return negatives.some((look) => last.at - look.at >= BETWEEN_NEGATIVES);
}

const isNegative = ({ search, associations }: Evidence, vouched: boolean): boolean =>
  [search, associations].every((sighting) => sighting === 'absent' || (vouched && sighting === 'doubtful'));

/** Whether waiting longer is no help: a day has gone by and looks, far enough apart, have not settled it. */
export function isHopeless(row: Pick<OutboxRow, 'endedAt'>, looks: readonly Evidence[], now: Instant): boolean {
  if (row.endedAt === null || now - row.endedAt < GIVE_UP_AFTER) return false;
  const first = looks[0];
  return first !== undefined && now - first.at >= BETWEEN_NEGATIVES;
}
