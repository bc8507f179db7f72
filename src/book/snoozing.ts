/** Accounts put off: until a day, or until they get worse, pay less or come near their renewal, whichever is first. Pure. */
import type { Snooze, WokeBecause } from '../data/store/local-queries.ts';
import type { QuietPolicy } from '../policy.ts';
import { addDays, type Day, dayOf, type Instant } from '../units/day.ts';
import { sortRows } from './filters.ts';
import { type BookRow, type BookSnapshot, rowWith } from './row.ts';

/** So many days an account that came back says so: a weekend and a holiday must not hide it. */
const RETURNED_DAYS = 7;

/** Why a signal is put aside: no news, not true, or true and of no weight here. */
export const DISMISS_REASONS = ['known', 'wrong-data', 'not-important'] as const;
export type DismissReason = (typeof DISMISS_REASONS)[number];

export interface SnoozeWish {
  readonly until: Day;
  /** Risk points; the policy's where absent. */
  readonly worseBy?: number;
  readonly reason?: string;
}

/** What is kept of a snooze: where the account stood when it was put off. */
export function snoozeOf(row: BookRow, wish: SnoozeWish, quiet: QuietPolicy, at: Instant): Snooze {
  const isNear = row.daysToRenewal !== null && row.daysToRenewal <= quiet.renewalNear;
  return {
    at,
    untilDay: wish.until,
    untilWorseBy: wish.worseBy ?? quiet.snoozeWorseBy,
    riskThen: row.risk,
    reason: wish.reason ?? null,
    mrrThen: row.mrr,
    renewalWithin: isNear ? null : quiet.renewalNear,
    wokeOn: null,
    wokeBecause: null,
  };
}

type Standing = Pick<BookRow, 'risk' | 'mrr' | 'daysToRenewal'>;

/** Why the account is awake on `day`; null while it sleeps. Once awake it stays so. */
export function wakeOf(snooze: Snooze, row: Standing, day: Day): { readonly on: Day; readonly because: WokeBecause } | null {
  const { untilDay, untilWorseBy, riskThen, mrrThen, renewalWithin, wokeOn, wokeBecause } = snooze;
  if (wokeOn !== null && wokeOn <= day) return { on: wokeOn, because: wokeBecause ?? 'day' };
  if (untilDay !== null && untilDay <= day) return { on: untilDay, because: 'day' };
  if (untilWorseBy !== null && riskThen !== null && row.risk >= riskThen + untilWorseBy) return { on: day, because: 'worse' };
  if (mrrThen !== null && row.mrr !== null && row.mrr < mrrThen) return { on: day, because: 'mrr' };
  if (renewalWithin !== null && row.daysToRenewal !== null && row.daysToRenewal >= 0 && row.daysToRenewal <= renewalWithin)
    return { on: day, because: 'renewal' };
  return null;
}

/** Without looking at the account: its day has not come and nothing woke it. */
export const isQuiet = (untilDay: Day | null, wokeOn: Day | null, day: Day): boolean =>
  untilDay !== null && untilDay > day && (wokeOn === null || wokeOn > day);

/** One that was ended by hand: it stands against what the team's property still says. */
export const ENDED: Omit<Snooze, 'at'> = {
  untilDay: null,
  untilWorseBy: null,
  riskThen: null,
  reason: null,
  mrrThen: null,
  renewalWithin: null,
  wokeOn: null,
  wokeBecause: null,
};

/** Of one's own snooze and the team's, the later; on the same day one's own, which knows more than a day. */
function inForce(own: Snooze | undefined, { sharedSnooze }: BookRow, zone: string): Snooze | undefined {
  const isOurs = sharedSnooze === null || (own && dayOf(own.at, zone) >= sharedSnooze.since);
  if (isOurs) return own?.untilDay === null ? undefined : own;
  return { ...ENDED, at: 0 as Instant, untilDay: sharedSnooze.until };
}

/** The row as the snoozes leave it on `day`; without one, as it is by itself. `zone`: the portal's. */
export function withSnooze(row: BookRow, own: Snooze | undefined, day: Day, zone: string): BookRow {
  const snooze = inForce(own, row, zone);
  const awake: BookRow['group'] = row.group !== 'snoozed' ? row.group : row.band === null ? 'unknown' : 'ranked';
  const wake = snooze ? wakeOf(snooze, row, day) : null;
  if (!snooze || wake) {
    const returned = wake && addDays(wake.on, RETURNED_DAYS) > day ? wake : null;
    return rowWith(row, { group: awake, snoozedUntil: null, returned });
  }
  // Notice given is told whatever was put off.
  return rowWith(row, { group: awake === 'notice' ? 'notice' : 'snoozed', snoozedUntil: snooze.untilDay, returned: null });
}

/** A kept book with the snoozes as they are now. The same object where that changes nothing. */
export function withSnoozes(snapshot: BookSnapshot, snoozes: ReadonlyMap<string, Snooze>, zone: string): BookSnapshot {
  let changed = false;
  const rows = snapshot.rows.map((row) => {
    // Mostly nobody is put off, and an id of each account need not be read to say so.
    const snooze = snoozes.size === 0 ? undefined : snoozes.get(row.id);
    if (!snooze && row.snoozedUntil === null && row.returned === null) return row;
    const next = withSnooze(row, snooze, snapshot.asOf, zone);
    if (next.group === row.group && next.snoozedUntil === row.snoozedUntil && next.returned?.on === row.returned?.on) return row;
    changed = true;
    return next;
  });
  return changed ? { ...snapshot, rows: sortRows(rows) } : snapshot;
}

/** What the scoring found awake and nobody has written down yet, by account. */
export function wokenIn(rows: readonly BookRow[], snoozes: ReadonlyMap<string, Snooze>): ReadonlyMap<string, Snooze> {
  const woken = new Map<string, Snooze>();
  for (const { id, returned } of rows) {
    const snooze = snoozes.get(id);
    if (snooze && snooze.untilDay !== null && returned && snooze.wokeOn === null)
      woken.set(id, { ...snooze, wokeOn: returned.on, wokeBecause: returned.because });
  }
  return woken;
}
