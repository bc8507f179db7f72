/** From a wall clock in a time zone to an instant. */
import { type Day, dayOf, type Instant } from './day.ts';

const MINUTE_MS = 60_000;

/** `minute` of the day (0–1439) on `day` in `zone`. Throws RangeError for an unknown zone. */
export function instantAt(day: Day, minute: number, zone: string): Instant {
  const wanted = Date.parse(`${day}T00:00:00Z`) + minute * MINUTE_MS;
  // The zone's offset at a moment is what its wall clock shows beside UTC; a second look settles days of clock changes.
  let at = wanted;
  for (let look = 0; look < 2; look += 1) at = wanted - (wallClock(at as Instant, zone) - at);
  return at as Instant;
}

/** The zone's wall clock at `instant`, as if it were UTC. */
function wallClock(instant: Instant, zone: string): number {
  return Date.parse(`${dayOf(instant, zone)}T00:00:00Z`) + minuteOf(instant, zone) * MINUTE_MS + (instant % MINUTE_MS);
}

/** Minutes since midnight on the zone's wall clock. */
export function minuteOf(instant: Instant, zone: string): number {
  const time = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(instant);
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
}
