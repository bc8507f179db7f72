import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatClock } from '../../src/text/when.ts';
import { type Day, dayBounds, dayOf, type Instant, knowDay } from '../../src/units/day.ts';

const clock = (instant: number, zone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(instant);

it('a remembered day is told as its zone tells it, to its last millisecond and on days on which the clock changes too', () => {
  const days: readonly (readonly [string, Day])[] = [
    ['Asia/Tokyo', '2026-11-22' as Day],
    ['America/New_York', '2026-11-01' as Day],
    ['America/New_York', '2026-03-08' as Day],
    ['Asia/Kolkata', '2026-11-22' as Day],
    ['Australia/Lord_Howe', '2026-10-04' as Day],
  ];
  for (const [zone, day] of days) {
    const { begins, ends } = dayBounds(day, zone);
    const asked = fc.integer({ min: begins - 3 * 3_600_000, max: ends + 3 * 3_600_000 });
    const before = new Map<number, Day>();
    fc.assert(fc.property(asked, (at) => void before.set(at, dayOf(at as Instant, zone))));
    knowDay(zone, { day, begins, ends });
    for (const [at, told] of [...before, [begins, day] as const, [ends - 1, day] as const]) {
      expect(dayOf(at as Instant, zone)).toBe(told);
      expect(formatClock(at as Instant, zone)).toBe(clock(at, zone));
    }
  }
});
