/**
 * An experiment measured on the facts: every account of both groups before the start and at the end.
 *
 * Who was put into a group stays in it, whatever becomes of the account. One that has left counts with what it is worth
 * now: no MRR, no logins, risk 100. Leaving it out would flatter the group that lost more. MRR in another currency than
 * the portal's is not counted, for there is no honest sum of two.
 */
import { type Account, type FeedId, isKnown } from '../account.ts';
import type { Policy } from '../policy.ts';
import { MonthCensus } from '../revenue/progress.ts';
import { type MrrSeries, mrrByMonth, mrrIn } from '../revenue/series.ts';
import { type Change, compareGroups, type Kpi, type KpiResult, type Measured, type Side } from '../scoring/experiment.ts';
import { FeedClock, type PortalFeeds } from '../scoring/feeds.ts';
import { type UsageLevels, usageLevels } from '../scoring/inputs/usage.ts';
import { addDays, type Day, daysBetween, type Month, monthOf, serialOf } from '../units/day.ts';
import { toMajor } from '../units/money.ts';
import { Preparer } from './prepared.ts';
import { scoreBook } from './score-book.ts';

export interface Trial {
  readonly from: Day;
  /** The last day that counts. */
  readonly to: Day;
  readonly members: readonly { readonly id: string; readonly side: Side }[];
}

export interface TrialInputs {
  /** Of the whole store, with everything that is known on `asOf`. */
  readonly accounts: readonly Account[];
  readonly asOf: Day;
  /** Home currency. */
  readonly currency: string;
  readonly feeds: PortalFeeds;
  readonly policy: Policy;
}

interface Span {
  readonly first: Day;
  readonly last: Day;
}

/** Equally long, both ends included; `after` grows until the experiment has ended. */
export interface Windows {
  readonly before: Span;
  readonly after: Span;
}

export interface TrialResult {
  /** Null before the start: nothing can be told yet. */
  readonly windows: Windows | null;
  readonly kpis: readonly KpiResult[];
  /** Accounts of the groups that are no longer in the store. */
  readonly missing: number;
  /** Accounts whose MRR is in another currency. */
  readonly foreign: number;
  /** Accounts that paid before the start and pay nothing at the end. */
  readonly left: Readonly<Record<Side, number>>;
}

export function windowsOf({ from, to }: Pick<Trial, 'from' | 'to'>, asOf: Day): Windows | null {
  const last = asOf < to ? asOf : to;
  if (last < from) return null;
  return { before: { first: addDays(from, -daysBetween(from, last) - 1), last: addDays(from, -1) }, after: { first: from, last } };
}

const UNKNOWN: Change = { before: null, after: null };
const NOBODY: Readonly<Record<Kpi, Change>> = {
  mrr: UNKNOWN,
  churn: UNKNOWN,
  risk: UNKNOWN,
  logins: UNKNOWN,
  activeUsers: UNKNOWN,
  adoption: UNKNOWN,
  tickets: UNKNOWN,
  touches: UNKNOWN,
};
/** Of a customer that is none any more. */
const FULL_RISK = 100;

interface MeasuredAccount extends Measured {
  readonly isForeign: boolean;
  readonly hasLeft: boolean;
}

export function runTrial(trial: Trial, inputs: TrialInputs): TrialResult {
  const { accounts, asOf } = inputs;
  const windows = windowsOf(trial, asOf);
  const byId = new Map(accounts.map((account) => [account.id, account]));
  const measure = windows && measurer(windows, inputs);
  const measured = trial.members.map(({ id, side }): MeasuredAccount => {
    const account = byId.get(id);
    return account && measure ? { side, ...measure(account) } : { side, kpis: NOBODY, isForeign: false, hasLeft: false };
  });
  const leftIn = (side: Side): number => measured.filter((one) => one.side === side && one.hasLeft).length;
  return {
    windows,
    kpis: compareGroups(measured),
    missing: trial.members.filter(({ id }) => !byId.has(id)).length,
    foreign: measured.filter(({ isForeign }) => isForeign).length,
    left: { target: leftIn('target'), control: leftIn('control') },
  };
}

function measurer(windows: Windows, inputs: TrialInputs): (account: Account) => Omit<MeasuredAccount, 'side'> {
  const { before, after } = windows;
  const { asOf, currency, policy, feeds } = inputs;
  const preparer = new Preparer(currency, policy);
  const clock = new FeedClock(feeds);
  const working = workingMonthOf(inputs);
  const lastMonth = monthOf(after.last) < working ? monthOf(after.last) : working;
  const risks = { before: risksOn(before.last, inputs), after: risksOn(after.last, inputs) };

  const speaks = (feed: FeedId, day: Day): boolean => clock.on(day)[feed].missing === null;

  const usageOn = (account: Account, day: Day): UsageLevels => {
    if (!speaks('usage', day) || account.createdOn > day) return { logins: null, activeUsers: null, adoption: null };
    return usageLevels(preparer.of(account).facts, serialOf(day));
  };

  return (account) => {
    const series = mrrByMonth(account, { month: working, knownBy: asOf, currency, ...policy.revenue });
    const money = moneyOf(series, monthOf(before.last), lastMonth);
    const hasLeft = money.churn.after === 1;
    const known = asKnownNow(account, asOf);
    const used = { before: usageOn(known, before.last), after: usageOn(known, after.last) };
    const usage = (kpi: keyof UsageLevels): Change => ({ before: used.before[kpi], after: hasLeft ? 0 : used.after[kpi] });
    /** In 30 days. */
    const counted = (feed: FeedId, days: readonly Day[]): Change => {
      const isThere = account.createdOn <= before.first && feeds[feed].mapped && feeds[feed].unavailable === null;
      const rate = ({ first, last }: Span): number =>
        (30 * days.filter((day) => day >= first && day <= last).length) / (daysBetween(first, last) + 1);
      return isThere ? { before: rate(before), after: rate(after) } : UNKNOWN;
    };
    const daysOf = (facts: readonly (Account['tickets'] | Account['touches'])[number][]): readonly Day[] =>
      facts.filter((fact) => isKnown(fact, asOf)).map((fact) => fact.validAt);
    return {
      isForeign: series.foreign,
      hasLeft,
      kpis: {
        mrr: money.mrr,
        churn: money.churn,
        risk: { before: risks.before.get(account.id) ?? null, after: hasLeft ? FULL_RISK : (risks.after.get(account.id) ?? null) },
        logins: usage('logins'),
        activeUsers: usage('activeUsers'),
        adoption: usage('adoption'),
        tickets: counted('support', daysOf(account.tickets)),
        touches: counted('engagement', daysOf(account.touches.filter(({ twoWay }) => twoWay))),
      },
    };
  };
}

/** Churn is of those who paid before the start: 1 where the MRR is 0 at the end. */
function moneyOf(series: MrrSeries, first: Month, last: Month): { readonly mrr: Change; readonly churn: Change } {
  const [before, after] = last > first ? [mrrIn(series, first), mrrIn(series, last)] : [null, null];
  if (before === null || after === null) return { mrr: UNKNOWN, churn: UNKNOWN };
  return {
    mrr: series.foreign ? UNKNOWN : { before: toMajor(before), after: toMajor(after) },
    churn: before > 0 ? { before: 0, after: after === 0 ? 1 : 0 } : UNKNOWN,
  };
}

/** Usage rows count from the days that they are about: one that was recorded late must not make the time before look idle. */
const asKnownNow = (account: Account, asOf: Day): Account => ({
  ...account,
  usage: account.usage.filter((fact) => fact.knownAt <= asOf).map((fact) => ({ ...fact, knownAt: fact.validAt })),
});

/** The last month whose MRR is written. */
function workingMonthOf({ accounts, asOf }: TrialInputs): Month {
  const census = new MonthCensus(asOf);
  for (const account of accounts) census.add(account);
  return census.close().workingMonth(asOf);
}

/** By the facts that were known on the day; none where too little was known, and none of an account that was not there. */
function risksOn(day: Day, { accounts, currency, feeds, policy }: TrialInputs): ReadonlyMap<string, number> {
  const there = accounts.filter((account) => account.createdOn <= day);
  const book = scoreBook(there, { asOf: day, currency, feeds, dismissals: [] }, policy);
  return new Map(book.accounts.flatMap(({ account, score }) => (score.band === null ? [] : [[account.id, score.receipt.total] as const])));
}
