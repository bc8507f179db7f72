/** Inputs over the use of the product. */
import type { SourceRef, UsageFact } from '../../account.ts';
import type { EvidenceValue } from '../../text/evidence.ts';
import { dayOfSerial, serialOf } from '../../units/day.ts';
import { fromMajor, toMajor } from '../../units/money.ts';
import { type Facts, lastUseOn, NEVER, pastValue, standing } from '../facts.ts';
import { peersOf, shareBelow } from '../peers.ts';
import { contractStartOn, type Input, insufficient, notApplicable, type OwnContext, plainly, type Reading, reading } from '../reading.ts';
import { day, money, NONE, number, percent, text, word } from './evidence.ts';

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
  read(facts, context) {
    const { on } = context;
    const used = lastUseOn(facts.uses, on) ?? lastLevelOn(facts, on);
    if (used) {
      const days = on - used.on;
      return reading(days, () => {
        const at = dayOfSerial(used.on);
        return { evidence: { v: number(days), date: day(at), gap: gapOf(facts, on) }, at, source: used.source };
      });
    }
    const since = contractStartOn(facts, context) ?? facts.created;
    const isTold = facts.past.lastUsedOn !== undefined || newestRow(facts, on) >= 0 || isLevelTold(facts, on);
    if (!isTold || since > on) return insufficient('last_use');
    const days = on - since;
    return reading(days, () => ({ evidence: { v: number(days), date: NONE, gap: gapOf(facts, on) } }), 0, true);
  },
};

const LEVELS = ['logins', 'activeUsers', 'minutes', 'featuresUsed'] as const;

const isLevelTold = ({ past }: Facts, on: number): boolean => LEVELS.some((key) => (standing(past[key], on)?.value ?? null) !== null);

/**
 * Where only counts on the company tell of its use, and no row and no day does: it is in use while one of them is above 0,
 * and was until the day before the last of them fell to it.
 */
function lastLevelOn(facts: Facts, on: number): { readonly on: number; readonly source: SourceRef } | null {
  if (facts.past.lastUsedOn !== undefined || newestRow(facts, on) >= 0) return null;
  let found: { on: number; source: SourceRef } | null = null;
  for (const key of LEVELS) {
    const { seen = [], entries = [] } = facts.past[key] ?? {};
    let until = on;
    for (let index = entries.length - 1; index >= 0; index--) {
      const entry = entries[index];
      const from = seen[index] ?? NEVER;
      if (entry === undefined || from > on) continue;
      if ((entry.value ?? 0) > 0) {
        if (found === null || until > found.on) found = { on: Math.max(until, from), source: entry.source };
        break;
      }
      until = from - 1;
    }
  }
  return found;
}

/** An account that sent rows once and sends none, while others do, may have lost its connection and not its users. */
const SILENT_DAYS = 14;
function gapOf(facts: Facts, on: number): EvidenceValue {
  const newest = newestRow(facts, on);
  const isSilent = newest >= 0 && (facts.usage.at[newest] ?? on) < on - SILENT_DAYS;
  return isSilent ? word('feed_may_have_stopped') : text('');
}

/** The newest full period, by its place among the rows; −1 where the account has none yet. */
function newestRow({ usage: { at, seen } }: Facts, on: number): number {
  for (let index = 0; index < at.length; index++) if ((at[index] ?? NEVER) <= on && (seen[index] ?? NEVER) <= on) return index;
  return -1;
}

/** The end of the last full period: that of the newest row, unless it is so old that the account has fallen silent. */
function lastFullDay({ usage: { at, facts } }: Facts, newest: number, on: number): number {
  const end = at[newest];
  return end !== undefined && on - end < 2 * (facts[newest]?.days ?? 0) ? end : on;
}

/** Rows whose last day lies in (`after`, `until`], as known on `on`, newest first. */
function rowsIn({ usage: { at, seen, facts } }: Facts, on: number, after: number, until: number): UsageFact[] {
  const found: UsageFact[] = [];
  for (let index = 0; index < at.length; index++) {
    const end = at[index] ?? 0;
    if (end <= after) break;
    const fact = facts[index];
    if (end <= until && (seen[index] ?? NEVER) <= on && fact !== undefined) found.push(fact);
  }
  return found;
}

const weeksOf = (rows: readonly Pick<UsageFact, 'days'>[]): number => rows.reduce((sum, row) => sum + row.days, 0) / 7;

interface Logins {
  readonly total: number;
  /** Of the rows that sent it. */
  readonly weeks: number;
  /** Of those that did not: they are taken out of the window. */
  readonly silentWeeks: number;
  /** Weeks before `until` that the sending rows touch, `BASE_DAYS` back at most. */
  readonly covered: number;
}

function loginsIn({ usage: { at, seen, begins, facts } }: Facts, on: number, after: number, until: number): Logins {
  let total = 0;
  let days = 0;
  let silentDays = 0;
  let touched = 0;
  for (let index = 0; index < at.length; index++) {
    const end = at[index] ?? 0;
    if (end <= after) break;
    const fact = facts[index];
    if (end > until || (seen[index] ?? NEVER) > on || fact === undefined) continue;
    if (fact.logins === null) {
      silentDays += fact.days;
      continue;
    }
    total += fact.logins;
    days += fact.days;
    const first = until - (begins[index] ?? until);
    const last = Math.min(BASE_DAYS / 7 - 1, Math.floor(first / 7));
    for (let week = Math.floor(Math.max(0, first - fact.days + 1) / 7); week <= last; week++) touched |= 1 << week;
  }
  let covered = 0;
  for (let bits = touched; bits !== 0; bits &= bits - 1) covered++;
  return { total, weeks: days / 7, silentWeeks: silentDays / 7, covered };
}

interface Rates {
  readonly recent: number;
  readonly base: number;
}

/** Logins a week over the last 4 full weeks and the 8 before; a missing row of a living feed is a week without logins. */
function loginRates(facts: Facts, on: number, newest: number): Rates | string {
  if (newest < 0) return loginRatesOfProperty(facts, on);
  const end = lastFullDay(facts, newest, on);
  const turn = end - RECENT_DAYS;
  const recent = loginsIn(facts, on, turn, end);
  const base = loginsIn(facts, on, turn - BASE_DAYS, turn);
  if (base.covered < LEAST_BASE_WEEKS) return 'base_weeks';
  const recentWeeks = Math.max(RECENT_DAYS / 7 - recent.silentWeeks, recent.weeks);
  if (recentWeeks <= 0) return 'logins';
  return { recent: recent.total / recentWeeks, base: base.total / Math.max(base.covered, base.weeks) };
}

/** The same from a company property that holds a login count, sampled once a week. */
function loginRatesOfProperty(facts: Facts, on: number): Rates | string {
  if (facts.past.logins === undefined) return 'base_weeks';
  const recent = sampled(facts, on, 0, RECENT_DAYS / 7);
  const base = sampled(facts, on, RECENT_DAYS / 7, BASE_DAYS / 7);
  if (recent.length === 0 || base.length < LEAST_BASE_WEEKS) return 'base_weeks';
  return { recent: meanOf(recent), base: meanOf(base) };
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** A login count as it stood on the last day of each of `weeks` weeks. */
const sampled = ({ past }: Facts, on: number, first: number, weeks: number): readonly number[] =>
  Array.from({ length: weeks }, (_, week) => pastValue(past.logins, on - 7 * (first + week))).filter((value) => value !== null);

const loginTrend: Input = {
  feeds: ['usage'],
  read(facts, { on }) {
    const newest = newestRow(facts, on);
    const rates = loginRates(facts, on, newest);
    if (typeof rates === 'string') return insufficient(rates);
    if (rates.base < LEAST_BASE_RATE) return insufficient('base_rate');
    const ratio = rates.recent / rates.base;
    return reading(
      ratio,
      () => ({
        evidence: { base: number(rates.base), v: number(rates.recent), pct: percent(ratio - 1) },
        source: facts.usage.facts[newest]?.source ?? null,
      }),
      0,
      rates.recent === 0,
    );
  },
};

/** The highest value of a measure in the window (a sum of rows would count a person many times over). */
function highest(facts: Facts, on: number, measure: Measure, after: number, until: number): number | null {
  const { at, seen, facts: rows } = facts.usage;
  let most: number | null = null;
  let isSilent = true;
  for (let index = 0; index < at.length; index++) {
    const end = at[index] ?? 0;
    if (end <= after) break;
    if (end > until || (seen[index] ?? NEVER) > on) continue;
    isSilent = false;
    const value = rows[index]?.[measure] ?? null;
    if (value !== null && (most === null || value > most)) most = value;
  }
  if (most !== null) return most;
  return isSilent && newestRow(facts, on) >= 0 ? 0 : pastValue(facts.past[measure], until);
}

const activeUsers = (facts: Facts, on: number): number | null => highest(facts, on, 'activeUsers', on - RECENT_DAYS, on);

/** Seats that the contract has: the company's property, else the MRR records' of the month. */
export function seatsOn({ past }: Facts, { on, revenue }: OwnContext): number | Reading {
  const seats = pastValue(past.seats, on) ?? revenue.seats;
  if (seats !== null) return seats;
  return past.seats ? insufficient('seats') : notApplicable('seats');
}

/** Active users ÷ seats over the last 28 days. */
export function seatUse(facts: Facts, context: OwnContext): { readonly users: number; readonly seats: number } | Reading {
  const seats = seatsOn(facts, context);
  if (typeof seats !== 'number') return seats;
  if (seats < LEAST_SEATS) return notApplicable('few_seats');
  const users = activeUsers(facts, context.on);
  return users === null ? insufficient('active_users') : { users, seats };
}

const seatUtilisation: Input = {
  feeds: ['usage'],
  read(facts, context) {
    const use = seatUse(facts, context);
    if (!('users' in use)) return use;
    const ratio = use.users / use.seats;
    return reading(
      ratio,
      () => ({ evidence: { seats: number(use.seats), v: number(use.users), pct: percent(ratio) } }),
      0,
      use.users === 0,
    );
  },
};

/** Whether the portal says how many features there are to use. */
const keepsAdoption = ({ past }: Facts): boolean => past.featuresInPlan !== undefined || past.adoption !== undefined;

/** Share of the plan's features in use; portals that keep it in per cent mean the same. */
function adoptionIn(facts: Facts, on: number, after: number, until: number): number | null {
  const inPlan = pastValue(facts.past.featuresInPlan, until);
  if (inPlan !== null && inPlan > 0) {
    const used = highest(facts, on, 'featuresUsed', after, until);
    if (used !== null) return Math.min(1, used / inPlan);
  }
  const share = pastValue(facts.past.adoption, until);
  return share !== null && share > 1 ? share / 100 : share;
}

const adoption: Input = {
  feeds: ['usage'],
  read(facts, { on }) {
    if (!keepsAdoption(facts)) return notApplicable('features');
    const share = adoptionIn(facts, on, on - RECENT_DAYS, on);
    return share === null ? insufficient('features') : reading(share, () => ({ evidence: { pct: percent(share) } }), 0, share === 0);
  },
};

/** The last 4 weeks' adoption minus the 8 weeks' before, in points of share. */
const adoptionTrend: Input = {
  feeds: ['usage'],
  read(facts, { on }) {
    if (!keepsAdoption(facts)) return notApplicable('features');
    const turn = on - RECENT_DAYS;
    const start = turn - BASE_DAYS;
    const hasBase = newestRow(facts, on) < 0 || rowsIn(facts, on, start, turn).length > 0;
    const before = hasBase ? adoptionIn(facts, on, start, turn) : null;
    const now = adoptionIn(facts, on, turn, on);
    if (before === null || now === null) return insufficient('base_weeks');
    return reading(now - before, () => ({ evidence: { base: percent(before), v: percent(now) } }));
  },
};

/** Logins a week over the last four full weeks; null where nothing tells. */
function weeklyLogins(facts: Facts, on: number): number | null {
  const newest = newestRow(facts, on);
  if (newest < 0) {
    const counts = sampled(facts, on, 0, RECENT_DAYS / 7);
    return counts.length === 0 ? null : meanOf(counts);
  }
  const end = lastFullDay(facts, newest, on);
  const recent = loginsIn(facts, on, end - RECENT_DAYS, end);
  const weeks = Math.max(RECENT_DAYS / 7 - recent.silentWeeks, recent.weeks);
  return weeks <= 0 ? null : recent.total / weeks;
}

/** How much an account uses the product, over the four weeks up to the day. Each is null where nothing tells. */
export interface UsageLevels {
  /** A week. */
  readonly logins: number | null;
  /** The most in any period. */
  readonly activeUsers: number | null;
  /** Share of the plan's features. */
  readonly adoption: number | null;
}

/** `on`: the day's serial. */
export function usageLevels(facts: Facts, on: number): UsageLevels {
  const since = on - RECENT_DAYS;
  return {
    logins: weeklyLogins(facts, on),
    activeUsers: highest(facts, on, 'activeUsers', since, on),
    adoption: keepsAdoption(facts) ? adoptionIn(facts, on, since, on) : null,
  };
}

/** Logins a seat and week; the reading that says why where there is none. */
export function loginsPerSeat(facts: Facts, context: OwnContext): number | Reading {
  const seats = seatsOn(facts, context);
  if (typeof seats !== 'number') return seats;
  if (seats < 1) return notApplicable('few_seats');
  const logins = weeklyLogins(facts, context.on);
  return logins === null ? insufficient('logins') : logins / seats;
}

const loginRate: Input = {
  feeds: ['usage'],
  read(facts, context) {
    const rate = loginsPerSeat(facts, context);
    if (typeof rate !== 'number') return rate;
    // Without others on the plan there is nothing to call few.
    const peer = peersOf(context.peers, context.plan)?.loginRate ?? null;
    if (peer === null) return notApplicable('peers');
    return reading(rate, () => ({ evidence: { v: number(rate, 2), peer: number(peer, 2) } }), 0, rate === 0);
  },
};

/** MRR for each active user of the last four weeks, in major units; null where nobody is active or MRR is unknown. */
export function unitCostOf(facts: Facts, { on, revenue }: OwnContext): number | null {
  const { mrr, foreign } = revenue;
  if (mrr === null || mrr <= 0 || foreign) return null;
  const users = activeUsers(facts, on);
  return users === null || users <= 0 ? null : toMajor(mrr) / users;
}

/** Share of the accounts on the same plan that pay less for each active user. */
const unitCost: Input = {
  feeds: ['usage', 'mrr'],
  read(facts, context) {
    const { currency, foreign } = context.revenue;
    if (foreign) return notApplicable('currency');
    const cost = unitCostOf(facts, context);
    if (cost === null) return insufficient('active_users');
    const costs = peersOf(context.peers, context.plan)?.unitCost ?? null;
    if (costs === null) return notApplicable('peers');
    const share = shareBelow(costs, cost);
    return reading(share, () => ({ evidence: { v: money(fromMajor(cost), currency), pct: percent(1 - share) } }));
  },
};

const nameKey = (name: string): string => name.normalize('NFKC').trim().toLowerCase();

type FeatureRow = Pick<UsageFact, 'validAt' | 'days' | 'features' | 'source'>;

const namesFeatures = ({ usage }: Facts, on: number): boolean =>
  usage.hasNames && usage.facts.some(({ features }, index) => features !== undefined && (usage.seen[index] ?? NEVER) <= on);

/** The features that a company property names, as they stood on the last day of each week in (`after`, `until`], newest first. */
function standingFeatures({ past }: Facts, after: number, until: number): FeatureRow[] {
  const rows: FeatureRow[] = [];
  for (let end = until; end > after; end -= 7) {
    const entry = standing(past.features, end);
    if (entry && entry.value !== null) rows.push({ validAt: dayOfSerial(end - 6), days: 7, features: entry.value, source: entry.source });
  }
  return rows;
}

/** 1 where a feature that was used in 3 of 8 weeks has not been used in the 4 weeks since. */
const keyFeatureStopped: Input = {
  feeds: ['usage'],
  read(facts, { on, keyFeatures }) {
    const isOfRows = namesFeatures(facts, on);
    if (!isOfRows && facts.past.features === undefined) return notApplicable('feature_names');
    const end = isOfRows ? lastFullDay(facts, newestRow(facts, on), on) : on;
    const turn = end - RECENT_DAYS;
    const named = (after: number, until: number): readonly FeatureRow[] =>
      isOfRows ? rowsIn(facts, on, after, until).filter(({ features }) => features !== undefined) : standingFeatures(facts, after, until);
    const base = named(turn - BASE_DAYS, turn);
    if (weeksOf(base) < LEAST_FEATURE_WEEKS) return insufficient('base_weeks');
    const keys = new Set(keyFeatures.map(nameKey));
    const gone = new Map<string, { weeks: number; last: FeatureRow }>();
    for (const row of base) {
      for (const feature of row.features ?? []) {
        if (keys.size > 0 && !keys.has(nameKey(feature))) continue;
        const known = gone.get(feature);
        // Newest first: the first row that names a feature is its last.
        gone.set(feature, { weeks: (known?.weeks ?? 0) + row.days / 7, last: known?.last ?? row });
      }
    }
    for (const row of named(turn, end)) for (const feature of row.features ?? []) gone.delete(feature);
    const [most] = [...gone]
      .filter(([, { weeks }]) => weeks >= LEAST_FEATURE_WEEKS)
      .sort((a, b) => b[1].weeks - a[1].weeks || (a[0] < b[0] ? -1 : 1));
    if (!most) return reading(0, plainly);
    const [feature, { weeks, last }] = most;
    const until = serialOf(last.validAt) + last.days - 1;
    return reading(1, () => ({
      evidence: { feature: text(feature), days: number(on - until), base: number(weeks), date: day(dayOfSerial(until)) },
      at: dayOfSerial(until),
      source: last.source,
    }));
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
