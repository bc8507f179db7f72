/** Reads the days that people type for a due date, in English and Japanese. */
import { addDays, addMonths, type Day, lastDay, monthOf, parseDay } from '../units/day.ts';
import { weekdayOf } from './when.ts';

const DAY_NAMES: ReadonlyMap<string, number> = new Map([
  ['today', 0],
  ['今日', 0],
  ['本日', 0],
  ['きょう', 0],
  ['tomorrow', 1],
  ['tmr', 1],
  ['明日', 1],
  ['あした', 1],
  ['あす', 1],
  ['明後日', 2],
  ['あさって', 2],
  ['next week', 7],
  ['来週', 7],
  ['再来週', 14],
]);

const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
const WEEKDAY_NAMES = /^(?:sun(?:day)?|mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|sat(?:urday)?)$/;
const WEEKDAYS_JA = '日月火水木金土';
const WEEKDAY_JA = /^(今週|来週|再来週)?の?([日月火水木金土])曜?日?$/;
const WEEKS_AHEAD: Readonly<Record<string, number>> = { 今週: 0, 来週: 1, 再来週: 2 };

const AHEAD = /^\+?(\d{1,3}) ?(d|days?|w|weeks?|m|months?|日後?|週間?後?|[かヶケカ]月後?)$/;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] as const;
const FULL_DATE = /^(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|年(\d{1,2})月(\d{1,2})日)$/;
const MONTH_DATE = /^(\d{1,2})(?:[-/](\d{1,2})|月(\d{1,2})日)$/;
const NAMED_DATE = /^(?:(\d{1,2}) ([a-z]{3,9})|([a-z]{3,9}) (\d{1,2}))(?:,? (\d{4}))?$/;
const MONTH_NAME =
  /^(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)$/;

const two = (part: string | number): string => String(part).padStart(2, '0');

/** The date in this year, or in the next where it is already behind; 29 Feb finds the year that has it within four. */
function nextOf(month: string | number, date: string | number, today: Day): Day | null {
  const year = Number(today.slice(0, 4));
  for (let ahead = 0; ahead <= 4; ahead += 1) {
    const day = parseDay(`${String(year + ahead).padStart(4, '0')}-${two(month)}-${two(date)}`);
    if (day && day >= today) return day;
  }
  return null;
}

/** The next such weekday after today; `weeks` names it within the calendar week (Monday first) so many weeks ahead. */
function weekday(wanted: number, today: Day, weeks: number | null): Day {
  const now = weekdayOf(today);
  if (weeks === null) return addDays(today, ((wanted - now + 6) % 7) + 1);
  const mondayFirst = (day: number) => (day + 6) % 7;
  return addDays(today, weeks * 7 + mondayFirst(wanted) - mondayFirst(now));
}

function monthsAhead(today: Day, months: number): Day {
  const month = addMonths(monthOf(today), months);
  return parseDay(`${month}-${today.slice(8)}`) ?? lastDay(month);
}

function ahead(text: string, today: Day): Day | null {
  const match = AHEAD.exec(text);
  if (!match) return null;
  const count = Number(match[1]);
  const unit = match[2] ?? '';
  if (/^[dD日]/.test(unit)) {
    // 「5日」 alone is a date of the month, not a span.
    if (unit === '日') return null;
    return addDays(today, count);
  }
  return /^[w週]/.test(unit) ? addDays(today, count * 7) : monthsAhead(today, count);
}

function named(text: string, today: Day): Day | null {
  const match = NAMED_DATE.exec(text);
  const name = match?.[2] ?? match?.[3] ?? '';
  const date = match?.[1] ?? match?.[4];
  if (!match || date === undefined || !MONTH_NAME.test(name)) return null;
  const month = MONTHS.findIndex((short) => name.startsWith(short)) + 1;
  return match[5] ? parseDay(`${match[5]}-${two(month)}-${two(date)}`) : nextOf(month, date, today);
}

function dated(text: string, today: Day): Day | null {
  const full = FULL_DATE.exec(text);
  if (full) return parseDay(`${full[1]}-${two(full[2] ?? full[4] ?? '')}-${two(full[3] ?? full[5] ?? '')}`);
  const short = MONTH_DATE.exec(text);
  if (short) return nextOf(short[1] ?? '', short[2] ?? short[3] ?? '', today);
  return named(text, today);
}

function byWeekday(text: string, today: Day): Day | null {
  const plain = text.replace(/^next /, '');
  if (WEEKDAY_NAMES.test(plain)) {
    const wanted = WEEKDAYS.findIndex((short) => plain.startsWith(short));
    return weekday(wanted, today, text === plain ? null : 1);
  }
  const match = WEEKDAY_JA.exec(text);
  if (!match) return null;
  return weekday(WEEKDAYS_JA.indexOf(match[2] ?? ''), today, match[1] ? (WEEKS_AHEAD[match[1]] ?? null) : null);
}

/**
 * The day that `text` means, seen from `today`; null where it means none. Takes `2d`, `1w`, `3 months`, `tomorrow`, `mon`
 * (the next one after today), `next mon` (of the coming calendar week, from Monday), `eom`, `YYYY-MM-DD`, `11/30` and
 * `30 Nov` (this year or, where past, the next), and in Japanese `明日`, `3日後`, `月曜`, `来週月曜`, `月末`, `11月30日`.
 * A full date may lie in the past: what that means is the caller's to say.
 */
export function parseDue(text: string, today: Day): Day | null {
  const typed = text.normalize('NFKC').trim().toLowerCase().replace(/\s+/g, ' ');
  const days = DAY_NAMES.get(typed);
  if (days !== undefined) return addDays(today, days);
  if (typed === 'eom' || typed === '月末' || typed === '今月末') return lastDay(monthOf(today));
  if (typed === '来月末') return lastDay(addMonths(monthOf(today), 1));
  return ahead(typed, today) ?? byWeekday(typed, today) ?? dated(typed, today);
}
