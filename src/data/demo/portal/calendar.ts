/** The seed's calendar: everything counts back from the as-of day, in the portal's zone. */
import { addDays, addMonths, type Day, firstDay, type Instant, monthOf } from '../../../units/day.ts';
import { MONTHS, WEEKS } from './plan.ts';

export const ZONE = 'Asia/Tokyo';
export const ZONE_OFFSET_MS = 9 * 3_600_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export interface Calendar {
  /** `daysAgo` before the as-of day. */
  day(daysAgo: number): Day;
  /** That day at an hour of the portal's clock. */
  at(daysAgo: number, hour: number): Instant;
  /** First days of the months that have MRR records, oldest first, and when such records come in. */
  readonly months: readonly { readonly day: Day; readonly at: Instant }[];
  /** Mondays of the full weeks before the as-of day, oldest first; `at` is the morning after the week's end. */
  readonly weeks: readonly { readonly day: Day; readonly daysAgo: number; readonly at: Instant }[];
}

export function calendar(asOf: Day): Calendar {
  const midnight = Date.parse(`${asOf}T00:00:00Z`);
  const at = (daysAgo: number, hour: number): Instant => (midnight - ZONE_OFFSET_MS - daysAgo * DAY_MS + hour * HOUR_MS) as Instant;
  const days = new Map<number, Day>();
  const day = (daysAgo: number): Day => {
    const known = days.get(daysAgo);
    if (known) return known;
    const made = addDays(asOf, -daysAgo);
    days.set(daysAgo, made);
    return made;
  };
  const sinceMonday = (new Date(midnight).getUTCDay() + 6) % 7;
  const months = Array.from({ length: MONTHS }, (_, index) => {
    const first = firstDay(addMonths(monthOf(asOf), index - (MONTHS - 1)));
    return { day: first, at: (Date.parse(`${first}T00:10:00Z`) - ZONE_OFFSET_MS) as Instant };
  });
  const weeks = Array.from({ length: WEEKS }, (_, index) => {
    const daysAgo = sinceMonday + (WEEKS - index) * 7;
    return { day: day(daysAgo), daysAgo, at: (at(daysAgo - 7, 0) + 10 * 60_000) as Instant };
  });
  return { day, at, months, weeks };
}
