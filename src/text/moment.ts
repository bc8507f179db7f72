/** Moments and lengths of time as people type them. */
import { addDays, type Day, type Instant, parseDay } from '../units/day.ts';
import { instantAt } from '../units/zone.ts';
import { parseDue } from './dates.ts';

const WITH_ZONE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/;
const DAY_AND_TIME = /^(?:(.+?)[ T])?(\d{1,2})(?::(\d{2})|時(?:(\d{1,2})分|半)?)$/i;

/** What `parseDue`, which looks ahead, does not know. */
const PAST_DAYS: Readonly<Record<string, number>> = { yesterday: 1, 昨日: 1, きのう: 1, おととい: 2, 一昨日: 2 };

/**
 * `2026-11-20T15:00+09:00`, or on the wall clock of `zone`: `2026-11-20 15:00`, `15:00` (today), and any day that
 * `parseDue` understands, or a day or two ago, before a time (`tomorrow 9:30`, `昨日 9時半`). Null where it is none, or names no day alone.
 */
export function parseMoment(text: string, today: Day, zone: string): Instant | null {
  const typed = text.normalize('NFKC').trim();
  if (WITH_ZONE.test(typed)) {
    const instant = Date.parse(typed);
    return Number.isNaN(instant) ? null : (instant as Instant);
  }
  const match = DAY_AND_TIME.exec(typed);
  if (!match) return null;
  const [whole, dayText, hour, minutes, minutesJa] = match;
  const day = dayText === undefined ? today : dayNamed(dayText.trim().toLowerCase(), today);
  const minute = whole.endsWith('半') ? 30 : Number(minutes ?? minutesJa ?? 0);
  if (day === null || Number(hour) > 23 || minute > 59) return null;
  return instantAt(day, Number(hour) * 60 + minute, zone);
}

function dayNamed(text: string, today: Day): Day | null {
  const ago = Object.hasOwn(PAST_DAYS, text) ? PAST_DAYS[text] : undefined;
  return ago === undefined ? (parseDay(text) ?? parseDue(text, today)) : addDays(today, -ago);
}

const LENGTH = /^(?:(\d{1,3})(?:h|時間))?\s*(?:(\d{1,4})(?:m|min|分))?\s*(?:(\d{1,5})(?:s|秒))?$/i;
const DAYS = /^(\d{1,2})(?:d|日)$/i;

/** `15m`, `1h30m`, `90s`, `2d`, `30分`, `1時間` in milliseconds; null where it is no length of time. */
export function parseLength(text: string): number | null {
  const typed = text.normalize('NFKC').trim();
  const days = DAYS.exec(typed);
  if (days) return Number(days[1]) * 86_400_000;
  const match = LENGTH.exec(typed);
  if (!match || typed === '') return null;
  const [, hours, minutes, seconds] = match;
  return (Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0)) * 1000;
}
