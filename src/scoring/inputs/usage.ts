/** Inputs over the use of the product. */
import { type Account, isKnown, lastUse, type UsageFact, valueOn } from '../../account.ts';
import { type Day, daysBetween } from '../../units/day.ts';
import { daysAgo, type Input, insufficient, notApplicable, type Reading, type ReadingContext, reading, type UsageRow } from '../reading.ts';
import { day, NONE, number, percent } from './evidence.ts';

const RECENT_DAYS = 28;
const BASE_DAYS = 56;
const LEAST_BASE_WEEKS = 6;
const LEAST_BASE_RATE = 2;
const LEAST_SEATS = 3;

type Measure = 'logins' | 'activeUsers' | 'featuresUsed';

/** Days since anybody of the account used the product. An account that never did counts from its contract's start. */
const lastLogin: Input = {
  feeds: ['usage'],
  read(account, context) {
    const { asOf, revenue } = context;
    const used = lastUse(account, asOf);
    if (used) {
      const days = daysBetween(used.on, asOf);
      return reading(days, { v: number(days), date: day(used.on) }, { at: used.on, source: used.source });
    }
    const since = revenue.contractStart ?? account.createdOn;
    const isTold = account.attributes.lastUsedOn !== undefined || newestRow(context) !== null;
    if (!isTold || since > asOf) return insufficient('last_use');
    const days = daysBetween(since, asOf);
    return reading(days, { v: number(days), date: NONE }, { zero: true });
  },
};

/** The rows whose last day lies in (`after`, `until`], as known on the day of the reading. */
function rowsIn(context: ReadingContext, after: Day, until: Day): UsageFact[] {
  const found: UsageFact[] = [];
  for (const { fact, end } of context.usage) {
    if (end <= after) break;
    if (end <= until && isKnown(fact, context.asOf)) found.push(fact);
  }
  return found;
}

/** The newest full period; null where the account has none yet. */
const newestRow = ({ usage, asOf }: ReadingContext): UsageRow | null =>
  usage.find(({ fact, end }) => end <= asOf && isKnown(fact, asOf)) ?? null;

/** The end of the last full period: that of the newest row, unless it is so old that the account has fallen silent. */
function lastFullDay(context: ReadingContext): Day {
  const newest = newestRow(context);
  return newest && daysBetween(newest.end, context.asOf) < 2 * newest.fact.days ? newest.end : context.asOf;
}

const weeksOf = (rows: readonly UsageFact[]): number => rows.reduce((sum, row) => sum + row.days, 0) / 7;

/** Weeks before `until` that the rows touch. */
function coveredWeeks(rows: readonly UsageFact[], until: Day, weeks: number): number {
  const covered = new Set<number>();
  for (const row of rows) {
    const first = daysBetween(row.validAt, until);
    for (let week = Math.floor(Math.max(0, first - row.days + 1) / 7); week <= Math.floor(first / 7); week++) {
      if (week < weeks) covered.add(week);
    }
  }
  return covered.size;
}

/** A measure's total, over the rows that sent it; weeks of rows that did not are taken out of the window. */
function told(rows: readonly UsageFact[], measure: Measure) {
  const sent = rows.filter((row) => row[measure] !== null);
  return { sent, total: sent.reduce((sum, row) => sum + (row[measure] ?? 0), 0), silentWeeks: weeksOf(rows) - weeksOf(sent) };
}

interface Rates {
  readonly recent: number;
  readonly base: number;
}

/** Logins a week over the last 4 full weeks and the 8 before; a missing row of a living feed is a week without logins. */
function loginRates(account: Account, context: ReadingContext): Rates | string {
  if (!newestRow(context)) return loginRatesOfProperty(account, context);
  const end = lastFullDay(context);
  const turn = daysAgo(end, RECENT_DAYS);
  const recent = told(rowsIn(context, turn, end), 'logins');
  const base = told(rowsIn(context, daysAgo(turn, BASE_DAYS), turn), 'logins');
  const covered = coveredWeeks(base.sent, turn, BASE_DAYS / 7);
  if (covered < LEAST_BASE_WEEKS) return 'base_weeks';
  const recentWeeks = Math.max(RECENT_DAYS / 7 - recent.silentWeeks, weeksOf(recent.sent));
  if (recentWeeks <= 0) return 'logins';
  return { recent: recent.total / recentWeeks, base: base.total / Math.max(covered, weeksOf(base.sent)) };
}

/** The same from a company property that holds a login count, sampled once a week. */
function loginRatesOfProperty(account: Account, { asOf }: ReadingContext): Rates | string {
  const sampled = (first: number, weeks: number): readonly number[] =>
    Array.from({ length: weeks }, (_, week) => valueOn(account.attributes.logins, daysAgo(asOf, 7 * (first + week)))).filter(
      (value) => value !== null,
    );
  const recent = sampled(0, RECENT_DAYS / 7);
  const base = sampled(RECENT_DAYS / 7, BASE_DAYS / 7);
  if (recent.length === 0 || base.length < LEAST_BASE_WEEKS) return 'base_weeks';
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return { recent: mean(recent), base: mean(base) };
}

const loginTrend: Input = {
  feeds: ['usage'],
  read(account, context) {
    const rates = loginRates(account, context);
    if (typeof rates === 'string') return insufficient(rates);
    if (rates.base < LEAST_BASE_RATE) return insufficient('base_rate');
    const ratio = rates.recent / rates.base;
    return reading(
      ratio,
      { base: number(rates.base), v: number(rates.recent), pct: percent(ratio - 1) },
      { zero: rates.recent === 0, source: newestRow(context)?.fact.source ?? null },
    );
  },
};

/** The highest value of a measure in the window (a sum of rows would count a person many times over). */
function highest(account: Account, context: ReadingContext, measure: Measure, after: Day, until: Day): number | null {
  if (!newestRow(context)) return valueOn(account.attributes[measure], until);
  const rows = rowsIn(context, after, until);
  const { sent } = told(rows, measure);
  if (sent.length === 0) return rows.length > 0 ? valueOn(account.attributes[measure], until) : 0;
  return sent.reduce((most, row) => Math.max(most, row[measure] ?? 0), 0);
}

const recently = (account: Account, context: ReadingContext, measure: Measure): number | null =>
  highest(account, context, measure, daysAgo(context.asOf, RECENT_DAYS), context.asOf);

/** Seats that the contract has: the company's property, else the MRR records' of the month. */
export function seatsOn(account: Account, { asOf, revenue }: ReadingContext): number | Reading {
  const seats = valueOn(account.attributes.seats, asOf) ?? revenue.seatsIn(revenue.month);
  if (seats !== null) return seats;
  return account.attributes.seats ? insufficient('seats') : notApplicable('seats');
}

/** Active users ÷ seats over the last 28 days. */
export function seatUse(account: Account, context: ReadingContext): { readonly users: number; readonly seats: number } | Reading {
  const seats = seatsOn(account, context);
  if (typeof seats !== 'number') return seats;
  if (seats < LEAST_SEATS) return notApplicable('few_seats');
  const users = recently(account, context, 'activeUsers');
  return users === null ? insufficient('active_users') : { users, seats };
}

const seatUtilisation: Input = {
  feeds: ['usage'],
  read(account, context) {
    const use = seatUse(account, context);
    if (!('users' in use)) return use;
    const ratio = use.users / use.seats;
    return reading(ratio, { seats: number(use.seats), v: number(use.users), pct: percent(ratio) }, { zero: use.users === 0 });
  },
};

/** Whether the portal says how many features there are to use. */
const keepsAdoption = ({ attributes }: Account): boolean => attributes.featuresInPlan !== undefined || attributes.adoption !== undefined;

/** Share of the plan's features in use; portals that keep it in per cent mean the same. */
function adoptionIn(account: Account, context: ReadingContext, after: Day, until: Day): number | null {
  const inPlan = valueOn(account.attributes.featuresInPlan, until);
  if (inPlan !== null && inPlan > 0) {
    const used = highest(account, context, 'featuresUsed', after, until);
    if (used !== null) return Math.min(1, used / inPlan);
  }
  const share = valueOn(account.attributes.adoption, until);
  return share !== null && share > 1 ? share / 100 : share;
}

const adoption: Input = {
  feeds: ['usage'],
  read(account, context) {
    if (!keepsAdoption(account)) return notApplicable('features');
    const share = adoptionIn(account, context, daysAgo(context.asOf, RECENT_DAYS), context.asOf);
    return share === null ? insufficient('features') : reading(share, { pct: percent(share) }, { zero: share === 0 });
  },
};

/** The last 4 weeks' adoption minus the 8 weeks' before, in points of share. */
const adoptionTrend: Input = {
  feeds: ['usage'],
  read(account, context) {
    if (!keepsAdoption(account)) return notApplicable('features');
    const turn = daysAgo(context.asOf, RECENT_DAYS);
    const start = daysAgo(turn, BASE_DAYS);
    const hasBase = !newestRow(context) || rowsIn(context, start, turn).length > 0;
    const before = hasBase ? adoptionIn(account, context, start, turn) : null;
    const now = adoptionIn(account, context, turn, context.asOf);
    if (before === null || now === null) return insufficient('base_weeks');
    return reading(now - before, { base: percent(before), v: percent(now) });
  },
};

export const usageInputs = { lastLogin, loginTrend, seatUtilisation, adoption, adoptionTrend } as const;
