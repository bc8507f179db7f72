/** Accounts that are done for today: away from the list until tomorrow, or until it gets worse with them. Pure. */
import type { Day, Instant } from '../units/day.ts';
import { sumAtHome } from './home-money.ts';
import type { BookRow } from './row.ts';

export interface DoneMark {
  readonly day: Day;
  readonly at: Instant;
  readonly risk: number;
  /** Ids of the signals that fired, sorted and joined. */
  readonly signals: string;
}

export type DoneMarks = ReadonlyMap<string, DoneMark>;

const firing = (row: BookRow): string[] => row.signals.filter(({ dismissed }) => !dismissed).map(({ id }) => id);

export const doneMark = (row: BookRow, day: Day, at: Instant): DoneMark => ({
  day,
  at,
  risk: row.risk,
  signals: firing(row).sort().join(' '),
});

/**
 * Still done: it is the same day, the risk has not risen, and no signal fires that did not. What one's own note or
 * dismissal makes better brings nothing back.
 */
export const isDone = (row: BookRow, marks: DoneMarks, today: Day): boolean => {
  const mark = marks.get(row.id);
  if (mark === undefined || mark.day !== today || row.risk > mark.risk) return false;
  const then = new Set(mark.signals.split(' '));
  return firing(row).every((id) => then.has(id));
};

/** How much of the day's list is done. Money in major units of the portal's currency; other currencies by the policy's rates alone. */
export interface Handled {
  readonly done: number;
  /** Accounts of the day's list, the done ones among them; null without a daily cap. */
  readonly of: number | null;
  readonly mrrDone: number;
  readonly mrrOf: number | null;
}

/** The day's list is what the cap puts forward: what is done of it, then the first of what is left. `rows` in rank order. */
export function handled(rows: readonly BookRow[], marks: DoneMarks, today: Day, cap: number | null): Handled {
  const done = rows.filter((row) => isDone(row, marks, today));
  const mrrOf = (of: readonly BookRow[]): number => sumAtHome(of, ({ mrr }) => mrr);
  const mrrDone = mrrOf(done);
  if (cap === null) return { done: done.length, of: null, mrrDone, mrrOf: null };
  const left = rows.filter((row) => row.group === 'ranked' && !isDone(row, marks, today)).slice(0, Math.max(0, cap - done.length));
  return { done: done.length, of: done.length + left.length, mrrDone, mrrOf: mrrDone + mrrOf(left) };
}
