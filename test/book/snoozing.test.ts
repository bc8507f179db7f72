/** Accounts put off: when they wake, why, and that a kept book follows. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ENDED, snoozeOf, wakeOf, withSnooze, withSnoozes, wokenIn } from '../../src/book/snoozing.ts';
import type { Snooze } from '../../src/data/store/local-queries.ts';
import { addDays, type Day, type Instant } from '../../src/units/day.ts';
import { book, NOW, row, TODAY } from '../screen/fixture.ts';

const QUIET = { cap: 12, snoozeDays: 7, snoozeWorseBy: 10, renewalNear: 60 };
const ZONE = 'Asia/Tokyo';
const later = (days: number): Day => addDays(TODAY, days);
const far = row(0, { risk: 50, mrr: 400_000, daysToRenewal: 200 });
const snooze = (over: Partial<Snooze> = {}): Snooze => ({ ...snoozeOf(far, { until: later(14) }, QUIET, NOW), ...over });

describe('a snooze', () => {
  it('remembers where the account stood', () => {
    expect(snooze()).toEqual({
      at: NOW,
      untilDay: later(14),
      untilWorseBy: 10,
      riskThen: 50,
      reason: null,
      mrrThen: 400_000,
      renewalWithin: 60,
      wokeOn: null,
      wokeBecause: null,
    });
    // A renewal that is near already is what the person put off.
    expect(snoozeOf({ ...far, daysToRenewal: 60 }, { until: later(14) }, QUIET, NOW).renewalWithin).toBeNull();
    expect(snoozeOf(far, { until: later(14), worseBy: 3, reason: 'on leave' }, QUIET, NOW)).toMatchObject({
      untilWorseBy: 3,
      reason: 'on leave',
    });
  });

  it.each([
    ['nothing has happened', {}, 0, null],
    ['the day before', {}, 13, null],
    ['its day', {}, 14, { on: later(14), because: 'day' }],
    ['days after', {}, 20, { on: later(14), because: 'day' }],
    ['nine points worse', { risk: 59 }, 3, null],
    ['ten points worse', { risk: 60 }, 3, { on: later(3), because: 'worse' }],
    ['a cent less', { mrr: 399_999.99 }, 3, { on: later(3), because: 'mrr' }],
    ['more', { mrr: 500_000 }, 3, null],
    ['MRR unknown', { mrr: null }, 3, null],
    ['renewal in 61 days', { daysToRenewal: 61 }, 3, null],
    ['renewal in 60 days', { daysToRenewal: 60 }, 3, { on: later(3), because: 'renewal' }],
    ['no renewal', { daysToRenewal: null }, 3, null],
  ] as const)('wakes or sleeps on: %s', (_, change, days, wake) => {
    expect(wakeOf(snooze(), { ...far, ...change }, later(days))).toEqual(wake);
  });

  it('stays awake once it woke, whatever comes after', () => {
    const woken = snooze({ wokeOn: later(3), wokeBecause: 'worse' });
    expect(wakeOf(woken, { ...far, risk: 10 }, later(4))).toEqual({ on: later(3), because: 'worse' });
    // As of a day before, it still slept.
    expect(wakeOf(woken, far, later(2))).toBeNull();
  });

  it('takes the row out of the ranking and brings it back, saying so for a week', () => {
    const asleep = withSnooze(far, snooze(), TODAY, ZONE);
    expect(asleep).toMatchObject({ group: 'snoozed', snoozedUntil: later(14), returned: null });
    expect(withSnooze(asleep, undefined, TODAY, ZONE)).toEqual(far);
    expect(withSnooze({ ...asleep, band: null }, undefined, TODAY, ZONE).group).toBe('unknown');
    expect(withSnooze(far, snooze(), later(20), ZONE)).toMatchObject({ group: 'ranked', returned: { on: later(14), because: 'day' } });
    expect(withSnooze(far, snooze(), later(21), ZONE).returned).toBeNull();
    expect(withSnooze({ ...far, group: 'notice' }, snooze(), TODAY, ZONE).group).toBe('notice');
  });

  it('is laid over a kept book, and leaves it the same object where nothing changed', () => {
    const kept = book(12);
    expect(withSnoozes(kept, new Map(), ZONE)).toBe(kept);
    const id = kept.rows[0]?.id ?? '';
    const quiet = withSnoozes(kept, new Map([[id, snoozeOf(row(0), { until: later(5) }, QUIET, NOW)]]), ZONE);
    expect(quiet.rows.at(-1)).toMatchObject({ id, group: 'snoozed' });
    expect(withSnoozes(quiet, new Map(), ZONE).rows).toEqual(kept.rows);
  });

  it('is written down when the scoring found it awake, once', () => {
    const slept = snooze();
    const rows = [withSnooze({ ...far, risk: 70 }, slept, later(2), ZONE)];
    const woken = wokenIn(rows, new Map([[far.id, slept]]));
    expect(woken.get(far.id)).toEqual({ ...slept, wokeOn: later(2), wokeBecause: 'worse' });
    expect(wokenIn(rows, woken).size).toBe(0);
  });

  it('is the team’s where their property says so later, and one’s own from the same day on', () => {
    const shared = { ...far, sharedSnooze: { until: later(9), since: TODAY } };
    expect(withSnooze(shared, undefined, TODAY, ZONE)).toMatchObject({ group: 'snoozed', snoozedUntil: later(9) });
    expect(withSnooze(shared, undefined, later(9), ZONE)).toMatchObject({ group: 'ranked', returned: { because: 'day' } });
    expect(withSnooze(shared, snooze(), TODAY, ZONE).snoozedUntil).toBe(later(14));
    // Ended by hand today: the property still says otherwise until HubSpot has heard of it.
    expect(withSnooze(shared, { ...ENDED, at: NOW }, TODAY, ZONE)).toMatchObject({ group: 'ranked', returned: null });
    const before = { ...ENDED, at: (NOW - 86_400_000) as Instant };
    expect(withSnooze(shared, before, TODAY, ZONE).group).toBe('snoozed');
    expect(withSnooze(far, { ...ENDED, at: NOW }, TODAY, ZONE)).toEqual(far);
  });

  it('never keeps an account asleep past its day', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 400 }),
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 1, max: 90 }),
        (days, risk, length) => {
          const kept = snoozeOf(far, { until: later(length) }, QUIET, 0 as Instant);
          const asleep = withSnooze({ ...far, risk }, kept, later(days), ZONE).group === 'snoozed';
          expect(asleep).toBe(days < length && risk < 60);
        },
      ),
    );
  });
});
