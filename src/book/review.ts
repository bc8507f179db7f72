/** What a quarterly review of one account is made of. Nothing is guessed: what the portal does not have is named as missing. */
import { type Account, type FeedId, isKnown, valueOn } from '../account.ts';
import type { Day, Month } from '../units/day.ts';
import { addDays, addMonths, monthOf } from '../units/day.ts';
import type { AccountView } from './account-view.ts';

/** Months of usage that are shown, the current one included. */
const USAGE_MONTHS = 6;

export interface UsageMonth {
  readonly month: Month;
  /** Sums and the highest count of the month's records; null where none of them says. */
  readonly logins: number | null;
  readonly activeUsers: number | null;
  readonly minutes: number | null;
  readonly featuresUsed: number | null;
}

export interface ReviewSurvey {
  readonly on: Day;
  readonly kind: 'nps' | 'csat';
  readonly score: number;
  /** Raw. */
  readonly who: string | null;
  readonly comment: string | null;
}

export interface ReviewTicket {
  readonly on: Day;
  readonly subject: string;
  readonly closedOn: Day | null;
}

export interface ReviewDeed {
  readonly on: Day;
  readonly kind: 'note' | 'call' | 'meeting' | 'email' | 'task';
  readonly twoWay: boolean;
  /** Raw. */
  readonly title: string;
}

/** What a review has a part for. */
export type ReviewPart = 'goals' | 'mrr' | 'usage' | 'support' | 'survey' | 'value' | 'deeds';

export interface Review {
  readonly from: Day;
  readonly to: Day;
  readonly goals: string | null;
  /** Of which months MRR is told: that of the day before `from`, and the last one that is not still being written. */
  readonly mrrMonths: { readonly before: Month; readonly now: Month };
  /** In these months; null where unknown. */
  readonly mrrBefore: number | null;
  readonly mrrNow: number | null;
  readonly usage: readonly UsageMonth[];
  /** A fraction. */
  readonly adoption: number | null;
  readonly lastUsedOn: Day | null;
  readonly tickets: {
    readonly opened: number;
    readonly closed: number;
    /** Median of those closed in the period. */
    readonly hoursToClose: number | null;
    /** Oldest first. */
    readonly open: readonly ReviewTicket[];
  };
  /** Newest first. */
  readonly surveys: readonly ReviewSurvey[];
  readonly deeds: readonly ReviewDeed[];
  /** What was promised when it was sold, and what has come of it, in the portal's own words. */
  readonly value: { readonly promised: string | null; readonly proven: string | null };
  /** Why: `unmapped` nothing in the portal is taken for it · `empty` nothing is known of this account, or of this period. */
  readonly missing: readonly { readonly part: ReviewPart; readonly because: 'unmapped' | 'empty' }[];
}

/** Of the days from `from` to `to`, both included, with what was known on `to`. `mapped` tells which parts the portal feeds. */
export function reviewOf(
  account: Account,
  { row, goals }: Pick<AccountView, 'row' | 'goals'>,
  { from, to, mapped }: { readonly from: Day; readonly to: Day; readonly mapped: (part: ReviewPart) => boolean },
): Review {
  const before = monthOf(addDays(from, -1));
  const inside = (day: Day): boolean => day >= from && day <= to;
  const tickets = account.tickets.filter((ticket) => isKnown(ticket, to));
  const closed = tickets.filter(({ closedOn }) => closedOn !== null && inside(closedOn));
  const surveys = account.surveys.filter((one) => isKnown(one, to) && inside(one.validAt)).sort((a, b) => (a.validAt < b.validAt ? 1 : -1));
  const usage = usageMonths(account, to);
  const value = { promised: valueOn(account.attributes.valuePromised, to), proven: valueOn(account.attributes.valueProven, to) };
  const review = {
    from,
    to,
    goals,
    mrrMonths: { before, now: row.mrrTrend.findLast(({ mrr }) => mrr !== null)?.month ?? monthOf(to) },
    mrrBefore: row.mrrTrend.find(({ month }) => month === before)?.mrr ?? null,
    mrrNow: row.mrr,
    usage,
    adoption: valueOn(account.attributes.adoption, to),
    lastUsedOn: row.lastUsedAt,
    tickets: {
      opened: tickets.filter(({ validAt }) => inside(validAt)).length,
      closed: closed.length,
      hoursToClose: median(closed.flatMap(({ hoursToClose }) => (hoursToClose === null ? [] : [hoursToClose]))),
      open: tickets
        .filter(({ closedOn }) => closedOn === null || closedOn > to)
        .sort((a, b) => (a.validAt < b.validAt ? -1 : 1))
        .map(({ validAt, subject }) => ({ on: validAt, subject, closedOn: null })),
    },
    surveys: surveys.map(({ validAt, kind, score, who, comment }) => ({ on: validAt, kind, score, who, comment })),
    deeds: account.touches
      .filter((touch) => isKnown(touch, to) && inside(touch.validAt))
      .sort((a, b) => (a.validAt < b.validAt ? 1 : -1))
      .map(({ validAt, kind, twoWay, title }) => ({ on: validAt, kind, twoWay, title })),
    value,
  };
  const has: Readonly<Record<ReviewPart, boolean>> = {
    goals: goals !== null,
    mrr: row.mrrTrend.some(({ mrr }) => mrr !== null),
    usage: usage.length > 0 || review.lastUsedOn !== null || review.adoption !== null,
    support: tickets.length > 0,
    survey: surveys.length > 0,
    value: value.promised !== null || value.proven !== null,
    deeds: review.deeds.length > 0,
  };
  const parts: readonly ReviewPart[] = ['goals', 'mrr', 'usage', 'support', 'survey', 'value', 'deeds'];
  return {
    ...review,
    missing: parts
      .filter((part) => !has[part])
      .map((part) => ({ part, because: mapped(part) ? ('empty' as const) : ('unmapped' as const) })),
  };
}

/** The feed that a part lives on; null where it is a property of the company. */
export const FEED_OF: Readonly<Record<ReviewPart, FeedId | null>> = {
  goals: null,
  mrr: 'mrr',
  usage: 'usage',
  support: 'support',
  survey: 'survey',
  value: null,
  deeds: 'engagement',
};

function usageMonths(account: Account, to: Day): readonly UsageMonth[] {
  const first = addMonths(monthOf(to), 1 - USAGE_MONTHS);
  const known = account.usage.filter((one) => isKnown(one, to) && monthOf(one.validAt) >= first);
  const sum = (values: readonly (number | null)[]): number | null => {
    const said = values.filter((value) => value !== null);
    return said.length === 0 ? null : said.reduce((total, value) => total + value, 0);
  };
  const most = (values: readonly (number | null)[]): number | null => {
    const said = values.filter((value) => value !== null);
    return said.length === 0 ? null : Math.max(...said);
  };
  return [...Map.groupBy(known, ({ validAt }) => monthOf(validAt))]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([month, facts]) => ({
      month,
      logins: sum(facts.map(({ logins }) => logins)),
      activeUsers: most(facts.map(({ activeUsers }) => activeUsers)),
      minutes: sum(facts.map(({ minutes }) => minutes)),
      featuresUsed: most(facts.map(({ featuresUsed }) => featuresUsed)),
    }));
}

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  if (sorted.length === 0) return null;
  return sorted.length % 2 === 1 ? (sorted[Math.floor(middle)] ?? null) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
