/**
 * Calendar days, months and instants.
 *
 * Two kinds of time never mix: an `Instant` is a point on the world's clock (milliseconds since the epoch), a `Day` is
 * a square on the portal's calendar. The only bridge is `dayOf(instant, zone)`.
 */

/** `YYYY-MM-DD`; compares with `<` and `===`. */
export type Day = string & { readonly __unit: 'day' };
/** `YYYY-MM`; compares with `<` and `===`. */
export type Month = string & { readonly __unit: 'month' };
/** Milliseconds since the epoch, UTC. */
export type Instant = number & { readonly __unit: 'instant' };

const MS_PER_DAY = 86_400_000;
const DAY_PATTERN = /^(\d{4})-(\d{2})-(\d{2})$/;

const writtenDays = new Map<number, Day>();
/** Some thirty years of days, remembered: a whole book asks for the same few hundred over and over. */
const REMEMBERED_DAYS = 10_000;

/** `ms` on the midnight of its day. */
function fromUtc(ms: number): Day {
  let found = writtenDays.get(ms);
  if (found === undefined) {
    found = new Date(ms).toISOString().slice(0, 10) as Day;
    if (writtenDays.size >= REMEMBERED_DAYS) writtenDays.clear();
    writtenDays.set(ms, found);
  }
  return found;
}

/** Digits read one by one: a book asks this some million times. */
const digits = (text: string, from: number, until: number): number => {
  let value = 0;
  for (let at = from; at < until; at++) value = value * 10 + text.charCodeAt(at) - 48;
  return value;
};
const toUtc = (day: Day): number => serialOf(day) * MS_PER_DAY;

/** The day `text` names, or null where it is not a real calendar day written `YYYY-MM-DD`. */
export function parseDay(text: string): Day | null {
  const match = DAY_PATTERN.exec(text);
  if (!match) return null;
  const ms = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  return fromUtc(ms) === text ? (text as Day) : null;
}

const MONTH_PATTERN = /^(\d{4})(?:[-/](\d{1,2})|年(\d{1,2})月|(\d{2}))$/;

/**
 * The month that `text` names: `2026-11`, `2026/11`, `202611`, `2026年11月` or one of its days, `2026-11-01`; full-width
 * digits count. Null for anything else: an instant has no month without a zone (`monthOf(dayOf(instant, zone))`).
 */
export function parseMonth(text: string): Month | null {
  const normal = text.normalize('NFKC').trim();
  const day = parseDay(normal);
  if (day) return monthOf(day);
  const match = MONTH_PATTERN.exec(normal);
  if (!match) return null;
  const month = Number(match[2] ?? match[3] ?? match[4]);
  return month >= 1 && month <= 12 ? (`${match[1]}-${String(month).padStart(2, '0')}` as Month) : null;
}

export const addDays = (day: Day, days: number): Day => fromUtc(toUtc(day) + days * MS_PER_DAY);

/** `to − from` in days; negative where `to` is earlier. */
export const daysBetween = (from: Day, to: Day): number => serialOf(to) - serialOf(from);

/** A day as a number, counted from 1970-01-01: what scoring reckons with some million times a book. */
export type Serial = number & { readonly __unit: 'serial' };

/** Days of the years before, with March as the first month, so that a leap day is the last of its year. */
export function serialOf(day: Day): Serial {
  const month = digits(day, 5, 7);
  const year = digits(day, 0, 4) - (month <= 2 ? 1 : 0);
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + digits(day, 8, 10) - 1;
  return (year * 365 + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400) + ofYear - DAYS_TO_1970) as Serial;
}

/** From the first of March of the year 0. */
const DAYS_TO_1970 = 719_468;

export const dayOfSerial = (serial: number): Day => fromUtc(serial * MS_PER_DAY);

export const monthOf = (day: Day): Month => day.slice(0, 7) as Month;
export const firstDay = (month: Month): Day => `${month}-01` as Day;
export const lastDay = (month: Month): Day => addDays(firstDay(addMonths(month, 1)), -1);

export const daysInMonth = (month: Month): number => Number(lastDay(month).slice(8));

const monthIndex = (month: Month): number => digits(month, 0, 4) * 12 + digits(month, 5, 7) - 1;

export function addMonths(month: Month, months: number): Month {
  return monthOfIndex(monthIndex(month) + months);
}

const writtenMonths = new Map<number, Month>();
const REMEMBERED_MONTHS = 2_000;

function monthOfIndex(index: number): Month {
  let found = writtenMonths.get(index);
  if (found === undefined) {
    const year = Math.floor(index / 12);
    found = `${String(year).padStart(4, '0')}-${String(index - year * 12 + 1).padStart(2, '0')}` as Month;
    if (writtenMonths.size >= REMEMBERED_MONTHS) writtenMonths.clear();
    writtenMonths.set(index, found);
  }
  return found;
}

/** `to − from` in months; negative where `to` is earlier. */
export const monthsBetween = (from: Month, to: Month): number => monthIndex(to) - monthIndex(from);

/**
 * Whole calendar months completed from `from` to `to`; the end of a shorter month completes it (31 Jan → 28 Feb = 1).
 * Negative spans count down the same way.
 */
export function wholeMonths(from: Day, to: Day): number {
  if (to < from) return 0 - wholeMonths(to, from);
  const months = monthsBetween(monthOf(from), monthOf(to));
  const complete = to.slice(8) >= from.slice(8) || to === lastDay(monthOf(to));
  return complete ? months : months - 1;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: string): Intl.DateTimeFormat {
  let found = formatters.get(zone);
  if (!found) {
    found = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formatters.set(zone, found);
  }
  return found;
}

/** Whether the runtime knows the IANA zone name. */
export function isZone(zone: string): boolean {
  try {
    if (!STEADY_ZONES.has(zone)) formatter(zone);
    return true;
  } catch {
    return false;
  }
}

/** A day of a zone with the instants at which it begins and the next one does. */
export interface BoundedDay {
  readonly day: Day;
  readonly begins: Instant;
  readonly ends: Instant;
}

const knownDays = new Map<string, BoundedDay>();

/** Remembers a day of the zone: asking a time zone for the first time takes as long as the rest of a start. */
export const knowDay = (zone: string, known: BoundedDay): void => void knownDays.set(zone, known);

/** The remembered day on which `instant` falls; null where the zone must be asked. */
export function knownDayAt(instant: Instant, zone: string): BoundedDay | null {
  const known = knownDays.get(zone);
  return known && known.begins <= instant && instant < known.ends ? known : null;
}

/**
 * Zones whose clocks have not been changed since an instant, and how far ahead of UTC they are (IANA time zone database).
 * Asking the engine for the first zone of a run takes some 20 ms, and most portals are in one of these.
 */
const STEADY_ZONES = new Map([
  ['UTC', { aheadMs: 0, since: Number.NEGATIVE_INFINITY }],
  ['Asia/Tokyo', { aheadMs: 9 * 3_600_000, since: Date.UTC(1952, 0, 1) }],
]);

/** The calendar day on which `instant` falls in `zone` (IANA name). Throws RangeError for an unknown zone. */
export function dayOf(instant: Instant, zone: string): Day {
  const steady = STEADY_ZONES.get(zone);
  if (steady && instant >= steady.since) return fromUtc(Math.floor((instant + steady.aheadMs) / MS_PER_DAY) * MS_PER_DAY);
  const known = knownDayAt(instant, zone);
  if (known) return known.day;
  const parts = formatter(zone).formatToParts(instant);
  const pick = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return `${pick('year').padStart(4, '0')}-${pick('month')}-${pick('day')}` as Day;
}

const WIDEST_OFFSET_MS = 16 * 3_600_000;

/** The instants at which `day` begins in `zone` and at which the next one does. Throws RangeError for an unknown zone. */
export function dayBounds(day: Day, zone: string): { readonly begins: Instant; readonly ends: Instant } {
  const begin = (of: Day): Instant => {
    let before = toUtc(of) - WIDEST_OFFSET_MS;
    let reached = toUtc(of) + WIDEST_OFFSET_MS;
    while (reached - before > 1) {
      const middle = Math.floor((before + reached) / 2);
      if (dayOf(middle as Instant, zone) < of) before = middle;
      else reached = middle;
    }
    return reached as Instant;
  };
  return { begins: begin(day), ends: begin(addDays(day, 1)) };
}
