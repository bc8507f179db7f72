/** Small makers of time series for account plans. */
import { MONTHS, type UsagePlan, WEEKS } from './plan.ts';

const hundred = (value: number): number => Math.round(value / 100) * 100;

export interface MrrShape {
  /** Yen in the newest month of the line. */
  readonly now: number;
  /** First month with a record, counted back; 0 is the current month. Default: before the first month. */
  readonly from?: number;
  /** First month without one; absent: still running. */
  readonly until?: number;
  /** Steps: from `monthsAgo` on, the value is that share of `now`; ascending in time. Before the first step its share holds too. */
  readonly steps?: readonly (readonly [monthsAgo: number, share: number])[];
}

/** A line that moves in steps, as contracts do. */
export function mrrLine({ now, from = MONTHS, until = -1, steps = [] }: MrrShape): (number | null)[] {
  return Array.from({ length: MONTHS }, (_, index) => {
    const ago = MONTHS - 1 - index;
    if (ago > from || ago <= until) return null;
    let share = steps[0]?.[1] ?? 1;
    for (const [monthsAgo, value] of steps) if (ago <= monthsAgo) share = value;
    return hundred(now * share);
  });
}

/** Grows by an even rate from `start` to `now`, in hundreds. */
export function growing(start: number, now: number, from: number): (number | null)[] {
  const span = Math.max(1, Math.min(from, MONTHS - 1));
  return Array.from({ length: MONTHS }, (_, index) => {
    const ago = MONTHS - 1 - index;
    return ago > from ? null : hundred(start * (now / start) ** (1 - Math.min(ago, span) / span));
  });
}

/** Points (weeks ago, value) joined by straight lines; `wobble` is added in turn for life. */
function through(points: readonly (readonly [number, number])[], weeksAgo: number): number {
  const [first, ...rest] = points;
  if (!first) return 0;
  let before = first;
  if (weeksAgo >= first[0]) return first[1];
  for (const point of rest) {
    if (weeksAgo >= point[0]) {
      const share = (before[0] - weeksAgo) / (before[0] - point[0]);
      return before[1] + (point[1] - before[1]) * share;
    }
    before = point;
  }
  return before[1];
}

export interface UsageShape {
  /** (weeks ago, logins a week), oldest first; week 1 is the last full one. */
  readonly logins: readonly (readonly [number, number])[];
  readonly users: readonly (readonly [number, number])[];
  readonly features: readonly (readonly [number, number])[];
  /** Weeks ago of the first row; default all. */
  readonly from?: number;
  readonly lastUsedDaysAgo?: number;
  /** Added to logins week by week, in turn. */
  readonly wobble?: readonly number[];
}

export function usage({ logins, users, features, from = WEEKS, lastUsedDaysAgo, wobble = [0] }: UsageShape): UsagePlan {
  const weeks = Array.from({ length: WEEKS }, (_, index) => {
    const ago = WEEKS - index;
    if (ago > from) return null;
    const base = Math.round(through(logins, ago));
    const count = base === 0 ? 0 : Math.max(1, base + (wobble[index % wobble.length] ?? 0));
    return {
      logins: count,
      users: count === 0 ? 0 : Math.max(1, Math.min(count, Math.round(through(users, ago)))),
      features: count === 0 ? 0 : Math.max(1, Math.round(through(features, ago))),
    };
  });
  return lastUsedDaysAgo === undefined ? { weeks } : { weeks, lastUsedDaysAgo };
}

export const level = (value: number): readonly (readonly [number, number])[] => [[WEEKS, value]];
