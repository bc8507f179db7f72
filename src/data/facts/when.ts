/**
 * Calendar days from the ways in which HubSpot writes time. The machine's own zone is never asked: a text without a
 * zone is UTC, and an instant becomes a day only in the portal's zone.
 */
import { type Day, dayOf, type Instant, type Month, monthOf, parseMonth } from '../../units/day.ts';
import { err, ok, type Result } from '../../units/result.ts';

const ASCII = /^[\x21-\x7e]*$/;

/** Trimmed, full-width forms made plain; most values need neither. */
export const plainText = (raw: string | null): string => (raw === null || ASCII.test(raw) ? (raw ?? '') : raw.normalize('NFKC').trim());

/** `empty`: no value (absent, cleared, blank). `bad`: something that is no value of this kind. */
export type ValueProblem = 'empty' | 'bad';
export type Parsed<T> = Result<T, ValueProblem>;

const MS_PER_DAY = 86_400_000;
/** Every zone of today changes its calendar day on a quarter of an hour of UTC. */
const QUARTER_HOUR = 900_000;
const QUARTERS_PER_DAY = MS_PER_DAY / QUARTER_HOUR;

/** The day of an instant in one zone, remembered by UTC day: a book asks for the same few hundred days over and over. */
export type DayReader = (instant: Instant) => Day;

const readers = new Map<string, DayReader>();

/** Throws RangeError for a zone that the runtime does not know. */
export function dayReader(zone: string): DayReader {
  const found = readers.get(zone);
  if (found) return found;
  const turns = new Map<number, { readonly before: Day; readonly turn: number; readonly after: Day }>();
  const reader: DayReader = (instant) => {
    const index = Math.floor(instant / MS_PER_DAY);
    let known = turns.get(index);
    if (!known) {
      known = turnOf(index * MS_PER_DAY, zone);
      turns.set(index, known);
    }
    return instant < known.turn ? known.before : known.after;
  };
  reader(0 as Instant);
  readers.set(zone, reader);
  return reader;
}

/** Where, inside the UTC day that begins at `start`, the zone's calendar turns over. */
function turnOf(start: number, zone: string) {
  const dayAt = (quarter: number) => dayOf((start + quarter * QUARTER_HOUR) as Instant, zone);
  const before = dayAt(0);
  let low = 0;
  let high = QUARTERS_PER_DAY;
  const after = dayAt(high - 1);
  if (after === before) return { before, turn: start + MS_PER_DAY, after };
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (dayAt(middle) === before) low = middle;
    else high = middle;
  }
  return { before, turn: start + high * QUARTER_HOUR, after };
}

/** A fact about a day cannot have been known before it. */
export function laterOf(a: Day, b: Day): Day {
  if (a < b) return b;
  return a;
}

const ISO = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(?:Z|([+-])(\d{2}):?(\d{2}))?$/i;
const MILLISECONDS = /^-?\d{11,14}(?:\.\d+)?$/;
const PLAIN = /^(\d{4})-(\d{2})-(\d{2})$/;
const WRITTEN = /^(\d{4})(?:\/(\d{1,2})\/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})日)$/;
const LATEST = Date.UTC(9999, 11, 31);
const EARLIEST = Date.UTC(1, 0, 1);

/** Milliseconds of an ISO instant (no zone: UTC) or of HubSpot's epoch milliseconds, with or without a fraction. */
export function parseInstant(text: string): Instant | null {
  if (MILLISECONDS.test(text)) {
    const ms = Math.floor(Number(text));
    return ms >= EARLIEST && ms <= LATEST ? (ms as Instant) : null;
  }
  const match = ISO.exec(text);
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const [hours, minutes, seconds] = [Number(match[4]), Number(match[5]), Number(match[6] ?? 0)];
  if (!isDay(year, month, day) || hours > 23 || minutes > 59 || seconds > 59) return null;
  const offset = match[8] ? (Number(match[9]) * 60 + Number(match[10])) * (match[8] === '-' ? -60_000 : 60_000) : 0;
  const fraction = match[7] ? Math.floor(Number(`0.${match[7]}`) * 1000) : 0;
  return (Date.UTC(year, month - 1, day, hours, minutes, seconds, fraction) - offset) as Instant;
}

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Arithmetic instead of a `Date`: a book asks this some hundred thousand times. Years below 100 are none. */
function isDay(year: number, month: number, day: number): boolean {
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 1 : 0;
  return year >= 100 && day >= 1 && day <= (MONTH_DAYS[month - 1] ?? 0) + leap;
}

const utcDay = dayReader('UTC');

/** A day as people write it; `2026-11-01` as it stands. */
function writtenDay(text: string): Day | null {
  const plain = PLAIN.exec(text);
  if (plain) return isDay(Number(plain[1]), Number(plain[2]), Number(plain[3])) ? (text as Day) : null;
  const match = WRITTEN.exec(text);
  if (!match) return null;
  const month = match[2] ?? match[4] ?? match[6] ?? '';
  const day = match[3] ?? match[5] ?? match[7] ?? '';
  return isDay(Number(match[1]), Number(month), Number(day))
    ? (`${match[1]}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` as Day)
    : null;
}

/**
 * The day of a property of the given HubSpot type. A `date` is the calendar day as written (its UTC day), never shifted;
 * a `datetime` is the day of the instant in the portal's zone. Any other type is text: a written day stands as it is, an
 * instant on UTC midnight is a calendar day in disguise, and any other instant is read in the portal's zone.
 */
export function parseDayValue(raw: string | null, type: string | undefined, zone: DayReader): Parsed<Day> {
  const text = plainText(raw);
  if (text === '') return err('empty');
  const written = writtenDay(text);
  if (written) return ok(written);
  const instant = parseInstant(text);
  if (instant === null) return err('bad');
  if (type === 'date') return ok(utcDay(instant));
  return ok(type !== 'datetime' && instant % MS_PER_DAY === 0 ? utcDay(instant) : zone(instant));
}

/** The month of a revenue record: of a `date` or `datetime` property its day's month, of text the month it names. */
export function parseMonthValue(raw: string | null, type: string | undefined, zone: DayReader): Parsed<Month> {
  if (type !== 'date' && type !== 'datetime') {
    if ((raw ?? '').trim() === '') return err('empty');
    const month = parseMonth(raw ?? '');
    if (month) return ok(month);
    if (type !== undefined) return err('bad');
  }
  const day = parseDayValue(raw, type, zone);
  return day.ok ? ok(monthOf(day.value)) : day;
}
