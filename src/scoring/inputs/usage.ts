/** Inputs over the use of the product. */
import { type Account, isKnown, lastUse, type UsageFact, valueOn } from '../../account.ts';
import { type Day, daysBetween } from '../../units/day.ts';
import { fromMajor, toMajor } from '../../units/money.ts';
import { peersOf, shareBelow } from '../peers.ts';
import { daysAgo, type Input, insufficient, notApplicable, type OwnContext, type Reading, reading, type UsageRow } from '../reading.ts';
import { day, money, NONE, number, percent, text } from './evidence.ts';

const RECENT_DAYS = 28;
const BASE_DAYS = 56;
const LEAST_BASE_WEEKS = 6;
const LEAST_BASE_RATE = 2;
const LEAST_SEATS = 3;
const LEAST_FEATURE_WEEKS = 3;

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
function rowsIn(context: OwnContext, after: Day, until: Day): UsageFact[] {
  const found: UsageFact[] = [];
  for (const { fact, end } of context.usage) {
    if (end <= after) break;
    if (end <= until && isKnown(fact, context.asOf)) found.push(fact);
  }
  return found;
}

/** The newest full period; null where the account has none yet. */
const newestRow = ({ usage, asOf }: OwnContext): UsageRow | null =>
  usage.find(({ fact, end }) => end <= asOf && isKnown(fact, asOf)) ?? null;

/** The end of the last full period: that of the newest row, unless it is so old that the account has fallen silent. */
function lastFullDay(context: OwnContext): Day {
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
  const sent: UsageFact[] = [];
  let total = 0;
  let silentDays = 0;
  for (const row of rows) {
    const value = row[measure];
    if (value === null) silentDays += row.days;
    else {
      sent.push(row);
      total += value;
    }
  }
  return { sent, total, silentWeeks: silentDays / 7 };
}

interface Rates {
  readonly recent: number;
  readonly base: number;
}

/** Logins a week over the last 4 full weeks and the 8 before; a missing row of a living feed is a week without logins. */
function loginRates(account: Account, context: OwnContext): Rates | string {
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
function loginRatesOfProperty(account: Account, { asOf }: OwnContext): Rates | string {
  const recent = sampled(account, asOf, 0, RECENT_DAYS / 7);
  const base = sampled(account, asOf, RECENT_DAYS / 7, BASE_DAYS / 7);
  if (recent.length === 0 || base.length < LEAST_BASE_WEEKS) return 'base_weeks';
  return { recent: meanOf(recent), base: meanOf(base) };
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** A login count as it stood on the last day of each of `weeks` weeks. */
const sampled = (account: Account, asOf: Day, first: number, weeks: number): readonly number[] =>
  Array.from({ length: weeks }, (_, week) => valueOn(account.attributes.logins, daysAgo(asOf, 7 * (first + week)))).filter(
    (value) => value !== null,
  );

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
function highest(account: Account, context: OwnContext, measure: Measure, after: Day, until: Day): number | null {
  let most: number | null = null;
  let isSilent = true;
  for (const { fact, end } of context.usage) {
    if (end <= after) break;
    if (end > until || !isKnown(fact, context.asOf)) continue;
    isSilent = false;
    const value = fact[measure];
    if (value !== null && (most === null || value > most)) most = value;
  }
  if (most !== null) return most;
  return isSilent && newestRow(context) ? 0 : valueOn(account.attributes[measure], until);
}

const recently = (account: Account, context: OwnContext, measure: Measure): number | null =>
  highest(account, context, measure, daysAgo(context.asOf, RECENT_DAYS), context.asOf);

/** Seats that the contract has: the company's property, else the MRR records' of the month. */
export function seatsOn(account: Account, { asOf, revenue }: OwnContext): number | Reading {
  const seats = valueOn(account.attributes.seats, asOf) ?? revenue.seatsIn(revenue.month);
  if (seats !== null) return seats;
  return account.attributes.seats ? insufficient('seats') : notApplicable('seats');
}

/** Active users ÷ seats over the last 28 days. */
export function seatUse(account: Account, context: OwnContext): { readonly users: number; readonly seats: number } | Reading {
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
function adoptionIn(account: Account, context: OwnContext, after: Day, until: Day): number | null {
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

/** Logins a week over the last four full weeks; null where nothing tells. */
function weeklyLogins(account: Account, context: OwnContext): number | null {
  if (!newestRow(context)) {
    const counts = sampled(account, context.asOf, 0, RECENT_DAYS / 7);
    return counts.length === 0 ? null : meanOf(counts);
  }
  const end = lastFullDay(context);
  const recent = told(rowsIn(context, daysAgo(end, RECENT_DAYS), end), 'logins');
  const weeks = Math.max(RECENT_DAYS / 7 - recent.silentWeeks, weeksOf(recent.sent));
  return weeks <= 0 ? null : recent.total / weeks;
}

/** Logins a seat and week; the reading that says why where there is none. */
export function loginsPerSeat(account: Account, context: OwnContext): number | Reading {
  const seats = seatsOn(account, context);
  if (typeof seats !== 'number') return seats;
  if (seats < 1) return notApplicable('few_seats');
  const logins = weeklyLogins(account, context);
  return logins === null ? insufficient('logins') : logins / seats;
}

const loginRate: Input = {
  feeds: ['usage'],
  read(account, context) {
    const rate = loginsPerSeat(account, context);
    if (typeof rate !== 'number') return rate;
    // Without others on the plan there is nothing to call few.
    const peer = peersOf(context.peers, context.plan)?.loginRate ?? null;
    if (peer === null) return notApplicable('peers');
    return reading(rate, { v: number(rate, 2), peer: number(peer, 2) }, { zero: rate === 0 });
  },
};

/** MRR for each active user of the last four weeks, in major units; null where nobody is active or MRR is unknown. */
export function unitCostOf(account: Account, context: OwnContext): number | null {
  const { revenue } = context;
  const mrr = revenue.mrrIn(revenue.month);
  const users = recently(account, context, 'activeUsers');
  return mrr === null || mrr <= 0 || revenue.foreign || users === null || users <= 0 ? null : toMajor(mrr) / users;
}

/** Share of the accounts on the same plan that pay less for each active user. */
const unitCost: Input = {
  feeds: ['usage', 'mrr'],
  read(account, context) {
    if (context.revenue.foreign) return notApplicable('currency');
    const cost = unitCostOf(account, context);
    if (cost === null) return insufficient('active_users');
    const costs = peersOf(context.peers, context.plan)?.unitCost ?? null;
    if (costs === null) return notApplicable('peers');
    const share = shareBelow(costs, cost);
    return reading(share, { v: money(fromMajor(cost), context.revenue.currency), pct: percent(1 - share) });
  },
};

const nameKey = (name: string): string => name.normalize('NFKC').trim().toLowerCase();

/** 1 where a feature that was used in 3 of 8 weeks has not been used in the 4 weeks since. */
const keyFeatureStopped: Input = {
  feeds: ['usage'],
  read(_account, context) {
    if (!context.usage.some(({ fact }) => fact.features !== undefined && isKnown(fact, context.asOf)))
      return notApplicable('feature_names');
    const end = lastFullDay(context);
    const turn = daysAgo(end, RECENT_DAYS);
    const named = (rows: readonly UsageFact[]) => rows.filter((row) => row.features !== undefined);
    const base = named(rowsIn(context, daysAgo(turn, BASE_DAYS), turn));
    if (weeksOf(base) < LEAST_FEATURE_WEEKS) return insufficient('base_weeks');
    const keys = new Set(context.keyFeatures.map(nameKey));
    const gone = new Map<string, { weeks: number; last: UsageFact }>();
    for (const row of base) {
      for (const feature of row.features ?? []) {
        if (keys.size > 0 && !keys.has(nameKey(feature))) continue;
        const known = gone.get(feature);
        // Newest first: the first row that names a feature is its last.
        gone.set(feature, { weeks: (known?.weeks ?? 0) + row.days / 7, last: known?.last ?? row });
      }
    }
    for (const row of named(rowsIn(context, turn, end))) for (const feature of row.features ?? []) gone.delete(feature);
    const [most] = [...gone]
      .filter(([, { weeks }]) => weeks >= LEAST_FEATURE_WEEKS)
      .sort((a, b) => b[1].weeks - a[1].weeks || (a[0] < b[0] ? -1 : 1));
    if (!most) return reading(0, {});
    const [feature, { weeks, last }] = most;
    const until = daysAgo(last.validAt, 1 - last.days);
    const evidence = { feature: text(feature), days: number(daysBetween(until, context.asOf)), base: number(weeks), date: day(until) };
    return reading(1, evidence, { at: until, source: last.source });
  },
};

export const usageInputs = {
  lastLogin,
  loginTrend,
  loginRate,
  unitCost,
  keyFeatureStopped,
  seatUtilisation,
  adoption,
  adoptionTrend,
} as const;
