/** Days that a play counts: business days, days, weeks, months, or days before the renewal. */
import type { RelativeDay } from '../policy.ts';
import { weekdayOf } from '../text/when.ts';
import { addDays, addMonths, type Day, lastDay, monthOf, parseDay } from '../units/day.ts';

export type Span =
  | { readonly from: 'start'; readonly count: number; readonly unit: 'bd' | 'd' | 'w' | 'm' }
  | { readonly from: 'renewal'; readonly daysBefore: number };

const AFTER = /^(\d{1,3})(bd|d|w|m)$/;
const BEFORE_RENEWAL = /^renewal-(\d{1,3})d$/;

/** Null where the text names no day. */
export function parseSpan(text: RelativeDay): Span | null {
  const trimmed = text.trim().toLowerCase();
  const after = AFTER.exec(trimmed);
  if (after) return { from: 'start', count: Number(after[1]), unit: (after[2] ?? 'd') as 'bd' | 'd' | 'w' | 'm' };
  const before = BEFORE_RENEWAL.exec(trimmed);
  return before ? { from: 'renewal', daysBefore: Number(before[1]) } : null;
}

const isWeekend = (day: Day): boolean => weekdayOf(day) % 6 === 0;

/** The day itself, or the Monday after a weekend. Holidays are nobody's business here: countries differ. */
export const onBusinessDay = (day: Day): Day => (isWeekend(day) ? onBusinessDay(addDays(day, 1)) : day);

/** `count` working days on; 0 is the day itself or, on a weekend, the Monday after. */
export function addBusinessDays(day: Day, count: number): Day {
  let found = onBusinessDay(day);
  for (let left = count; left > 0; left -= 1) found = onBusinessDay(addDays(found, 1));
  return found;
}

/**
 * Never a weekend and never before `start`. Counted from the renewal where that is known; where it is not, or its day is
 * past, a business day from `start`.
 */
export function resolveSpan(span: Span, start: Day, renewal: Day | null): Day {
  if (span.from === 'renewal') {
    const day = renewal === null ? null : onBusinessDay(addDays(renewal, -span.daysBefore));
    return day !== null && day >= start ? day : addBusinessDays(start, 1);
  }
  const { count, unit } = span;
  switch (unit) {
    case 'bd':
      return addBusinessDays(start, count);
    case 'd':
      return onBusinessDay(addDays(start, count));
    case 'w':
      return onBusinessDay(addDays(start, count * 7));
    case 'm': {
      const month = addMonths(monthOf(start), count);
      return onBusinessDay(parseDay(`${month}-${start.slice(8)}`) ?? lastDay(month));
    }
  }
}

export interface DatedStep {
  readonly id: string;
  readonly due: RelativeDay;
  readonly after: string | null;
}

/** The first step of a circle of `after`; null where every chain ends. */
export function circleIn(steps: readonly DatedStep[]): string | null {
  const byId = new Map(steps.map((step) => [step.id, step]));
  for (const step of steps) {
    const seen = new Set<string>();
    let at: DatedStep | undefined = step;
    while (at && !seen.has(at.id)) {
      seen.add(at.id);
      at = at.after === null ? undefined : byId.get(at.after);
    }
    if (at) return at.id;
  }
  return null;
}

/** By step id; a step whose day is not understood, or hangs on one, is left out. The steps must hold no circle. */
export function daysOf(steps: readonly DatedStep[], today: Day, renewal: Day | null): ReadonlyMap<string, Day> {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const days = new Map<string, Day>();
  const dayOf = (step: DatedStep): Day | null => {
    const known = days.get(step.id);
    if (known) return known;
    const before = step.after === null ? null : byId.get(step.after);
    const start = before ? dayOf(before) : today;
    const span = parseSpan(step.due);
    const exact = parseDay(step.due);
    const day = exact ?? (start && span ? resolveSpan(span, start, renewal) : null);
    if (day) days.set(step.id, day);
    return day;
  };
  for (const step of steps) dayOf(step);
  return days;
}
