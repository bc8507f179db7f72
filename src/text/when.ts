/** Days, months, times and spans as people write them in each language. */
import { type Day, dayOf, daysBetween, type Instant, knownDayAt, type Month } from '../units/day.ts';
import type { Lang } from './messages/index.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const WEEKDAYS = {
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
  ja: ['日', '月', '火', '水', '木', '金', '土'],
} as const;

const yearOf = (day: Day | Month): number => Number(day.slice(0, 4));
const monthOf = (day: Day | Month): number => Number(day.slice(5, 7));
const dateOf = (day: Day): number => Number(day.slice(8, 10));
const monthName = (day: Day | Month): string => MONTHS[monthOf(day) - 1] ?? '';

/** 0 Sunday … 6 Saturday. */
export const weekdayOf = (day: Day): number => new Date(Date.UTC(yearOf(day), monthOf(day) - 1, dateOf(day))).getUTCDay();

/** `Sat` / `土`. */
export const formatWeekday = (day: Day, lang: Lang): string => WEEKDAYS[lang][weekdayOf(day)] ?? '';

/**
 * - `long` `21 Nov 2026` / `2026/11/21`
 * - `full` `Sat 21 Nov 2026` / `2026/11/21(土)`
 * - `short` `21 Nov` / `11/21`
 * - `weekday` `Sat 21 Nov` / `11/21(土)`
 */
export type DayStyle = 'long' | 'full' | 'short' | 'weekday';

export function formatDay(day: Day, lang: Lang, style: DayStyle = 'long'): string {
  const withYear = style === 'long' || style === 'full';
  const withWeekday = style === 'full' || style === 'weekday';
  if (lang === 'ja') {
    const date = `${monthOf(day)}/${dateOf(day)}`;
    return `${withYear ? `${day.slice(0, 4)}/${date}` : date}${withWeekday ? `(${formatWeekday(day, lang)})` : ''}`;
  }
  const date = `${dateOf(day)} ${monthName(day)}`;
  return `${withWeekday ? `${formatWeekday(day, lang)} ` : ''}${date}${withYear ? ` ${day.slice(0, 4)}` : ''}`;
}

/** `Dec 24` / `24/12`; with `full` `Dec 2024` / `2024/12`. */
export function formatMonth(month: Month, lang: Lang, style: 'short' | 'full' = 'short'): string {
  const year = style === 'full' ? month.slice(0, 4) : month.slice(2, 4);
  return lang === 'ja' ? `${year}/${monthOf(month)}` : `${monthName(month)} ${year}`;
}

/** `71 d` / `71日`. */
export const formatDays = (days: number, lang: Lang): string => `${days < 0 ? '−' : ''}${Math.abs(days)}${lang === 'ja' ? '日' : ' d'}`;

const clocks = new Map<string, Intl.DateTimeFormat>();

const MINUTE_MS = 60_000;
/** A day that is as long as this has no change of the clock in it. */
const DAY_MS = 1440 * MINUTE_MS;
const clockOf = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');

/** `08:12` in the zone (IANA name, must be a known one), 24 hours. */
export function formatClock(instant: Instant, zone: string): string {
  const known = knownDayAt(instant, zone);
  if (known && known.ends - known.begins === DAY_MS) return clockOf(Math.floor((instant - known.begins) / MINUTE_MS));
  let clock = clocks.get(zone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    clocks.set(zone, clock);
  }
  return clock.format(instant);
}

/** A moment as near as it is: `08:12` today, `Fri 17:40` / `金曜17:40` in the last six days, else `9 Oct 17:40` / `10/9 17:40`. */
export function formatMoment(instant: Instant, zone: string, today: Day, lang: Lang): string {
  const day = dayOf(instant, zone);
  const clock = formatClock(instant, zone);
  const age = daysBetween(day, today);
  if (age === 0) return clock;
  if (age > 0 && age < 7) return lang === 'ja' ? `${formatWeekday(day, lang)}曜${clock}` : `${formatWeekday(day, lang)} ${clock}`;
  return `${formatDay(day, lang, yearOf(day) === yearOf(today) ? 'short' : 'long')} ${clock}`;
}

const SPANS = [
  { seconds: 86_400, en: 'd', ja: '日' },
  { seconds: 3600, en: 'h', ja: '時間' },
  { seconds: 60, en: 'min', ja: '分' },
  { seconds: 1, en: 's', ja: '秒' },
] as const;

/** A span in its largest whole unit: `40 s`, `2 min`, `3 h`, `5 d` / `40秒`, `2分`, `3時間`, `5日`. */
export function formatSpan(seconds: number, lang: Lang): string {
  const whole = Math.max(0, Math.round(seconds));
  const span = SPANS.find((candidate) => whole >= candidate.seconds) ?? SPANS[3];
  const count = Math.floor(whole / span.seconds);
  return lang === 'ja' ? `${count}${span.ja}` : `${count} ${span.en}`;
}
