/**
 * Replays a portal's own history: every account scored on past days by what was known then, with what became of it.
 *
 * An account leaves in the month in which its MRR falls to 0; that month's first day is the day of the churn. A snapshot
 * of day D knows the facts up to the end of D, its label is a churn on the days from D + 1 + lead to D + horizon.
 */
import { type Account, type AccountAttributes, type History, valueOn } from '../account.ts';
import type { Policy } from '../policy.ts';
import { MonthCensus } from '../revenue/progress.ts';
import { type MrrSeries, mrrByMonth, mrrIn } from '../revenue/series.ts';
import type { PortalFeeds } from '../scoring/feeds.ts';
import { type Leak, leakyTraits, type Trait } from '../scoring/leaks.ts';
import type { Observation } from '../scoring/observation.ts';
import { asksToCancel } from '../scoring/overrides.ts';
import { addDays, addMonths, type Day, firstDay, type Month, monthOf } from '../units/day.ts';
import { toMajor } from '../units/money.ts';
import { Preparer } from './prepared.ts';
import { type ScoredAccount, scoreBook } from './score-book.ts';

/** Days between two snapshots, or the horizon where that is longer: labels do not overlap. */
const SNAPSHOT_DAYS = 90;
const MOST_SNAPSHOTS = 24;
const LEAST_AGE_DAYS = 30;

export interface ReplayInputs {
  /** Of the whole store, with everything that is known now. */
  readonly accounts: readonly Account[];
  readonly asOf: Day;
  /** Home currency. */
  readonly currency: string;
  /** With every day on which a feed spoke. */
  readonly feeds: PortalFeeds;
  readonly policy: Policy;
  /** Days between a snapshot and the first churn that counts: time to act. */
  readonly leadDays: number;
}

export interface Replay {
  /** The first snapshot and the last day that a label looks at; null where there is no snapshot. */
  readonly span: { readonly from: Day; readonly to: Day } | null;
  readonly observations: readonly Observation[];
  readonly leaks: readonly Leak[];
}

/** Properties that signals read, by mapping key. */
const READ: Readonly<Partial<Record<keyof AccountAttributes, string>>> = {
  contractStart: 'contract.start',
  contractRenewal: 'contract.renewal',
  contractBilling: 'contract.billing',
  contractTermMonths: 'contract.termMonths',
  onboardingStage: 'profile.onboardingStage',
  segment: 'profile.segment',
  plan: 'profile.plan',
  seats: 'usage.seatsBought',
  featuresInPlan: 'usage.featuresInPlan',
  lastUsedOn: 'usage.lastUsedOn',
  logins: 'usage.logins',
  activeUsers: 'usage.activeUsers',
  featuresUsed: 'usage.featuresUsed',
  minutes: 'usage.minutes',
  features: 'usage.featureNames',
  adoption: 'usage.adoption',
  daysOverdue: 'billing.daysOverdue',
  overdueSince: 'billing.daysOverdue',
  discountEndsOn: 'billing.discountEndsOn',
  priceRaisedOn: 'billing.priceRaisedOn',
};
const READ_KEYS = Object.keys(READ) as (keyof AccountAttributes)[];
/** Of these, values are looked at too. */
const WORDS = ['plan', 'segment', 'onboardingStage', 'contractBilling'] as const;

export function replay(inputs: ReplayInputs): Replay {
  const { accounts, asOf, policy, leadDays } = inputs;
  const working = workingMonthOf(inputs);
  const known = new Map(accounts.map((account) => [account.id, fateOf(account, inputs, working)]));
  const days = snapshotDays(accounts, inputs, working);
  const [first] = days;
  const last = days.at(-1);
  if (first === undefined || last === undefined) return { span: null, observations: [], leaks: [] };
  const { leaks, usable } = withoutLeaks(accounts, known, asOf, last, new Preparer(inputs.currency, policy));
  const preparer = new Preparer(inputs.currency, policy);
  const observations = days.flatMap((day) => {
    const book = scoreBook(usable, { asOf: day, currency: inputs.currency, feeds: inputs.feeds, dismissals: [] }, policy, preparer);
    return book.accounts.flatMap((scored) => {
      const fate = known.get(scored.account.id);
      return fate && isLive(scored, fate, day) ? observe(scored, fate, day, policy.horizonDays, leadDays) : [];
    });
  });
  return { span: { from: first, to: addDays(last, policy.horizonDays) }, observations, leaks };
}

/** The last month whose MRR is written. */
function workingMonthOf({ accounts, asOf }: ReplayInputs): Month {
  const census = new MonthCensus(asOf);
  for (const account of accounts) census.add(account);
  return census.close().workingMonth(asOf);
}

/** What became of an account, by everything that is known now. */
interface Fate {
  readonly series: MrrSeries;
  readonly churnedOn: readonly Day[];
  readonly isGone: boolean;
}

function fateOf(account: Account, { currency, policy, asOf }: ReplayInputs, working: Month): Fate {
  const series = mrrByMonth(account, { month: working, knownBy: asOf, currency, ...policy.revenue });
  const churnedOn: Day[] = [];
  if (series.firstPaid) {
    for (let month = addMonths(series.firstPaid, 1); month <= working; month = addMonths(month, 1)) {
      if ((mrrIn(series, addMonths(month, -1)) ?? 0) > 0 && mrrIn(series, month) === 0) churnedOn.push(firstDay(month));
    }
  }
  return { series, churnedOn, isGone: churnedOn.length > 0 && mrrIn(series, working) === 0 };
}

/** Oldest first, back from the last day whose whole label window is known. */
function snapshotDays(accounts: readonly Account[], { policy }: ReplayInputs, working: Month): Day[] {
  let earliest: Day | null = null;
  for (const { mrr } of accounts) for (const fact of mrr) if (!earliest || fact.knownAt < earliest) earliest = fact.knownAt;
  const days: Day[] = [];
  let day = addDays(firstDay(addMonths(working, 1)), -1 - policy.horizonDays);
  while (earliest && day >= addDays(earliest, LEAST_AGE_DAYS) && days.length < MOST_SNAPSHOTS) {
    days.unshift(day);
    day = addDays(day, -Math.max(SNAPSHOT_DAYS, policy.horizonDays));
  }
  return days;
}

/** Pays on that day, as was known then and as is known now, is a month old, and has not given notice. */
function isLive({ revenue, score }: ScoredAccount, { series }: Fate, day: Day): boolean {
  return (
    (revenue.mrr ?? 0) > 0 &&
    (mrrIn(series, monthOf(day)) ?? 0) > 0 &&
    revenue.contractStart !== null &&
    revenue.contractStart <= addDays(day, -LEAST_AGE_DAYS) &&
    !score.noticeGiven
  );
}

function observe(scored: ScoredAccount, fate: Fate, day: Day, horizonDays: number, leadDays: number): Observation[] {
  const { score, revenue, account } = scored;
  const opens = addDays(day, 1 + leadDays);
  const closes = addDays(day, horizonDays);
  // Who leaves before anybody could act is neither a hit nor a miss.
  if (fate.churnedOn.some((on) => on > day && on < opens)) return [];
  return [
    {
      accountId: account.id,
      day,
      churned: fate.churnedOn.some((on) => on >= opens && on <= closes),
      stratum: score.stratum,
      band: score.band,
      severities: new Map(score.receipt.groups.flatMap(({ lines }) => lines.map((line) => [line.signal, line.severity] as const))),
      missing: new Set(score.receipt.missing.map((one) => one.signal)),
      mrr: revenue.foreign || revenue.mrr === null ? null : toMajor(revenue.mrr),
      monthsLost: score.monthsLost,
      daysSinceLastUse: revenue.daysSinceLastUse,
      daysToRenewal: revenue.daysToRenewal,
    },
  ];
}

/** The accounts without what was written by the churn itself, and what that was. */
function withoutLeaks(
  accounts: readonly Account[],
  fates: ReadonlyMap<string, Fate>,
  asOf: Day,
  last: Day,
  preparer: Preparer,
): { readonly leaks: readonly Leak[]; readonly usable: readonly Account[] } {
  const gone = new Set(accounts.filter(({ id }) => fates.get(id)?.isGone).map(({ id }) => id));
  const living = new Set(accounts.filter(({ id }) => !gone.has(id) && fates.get(id)?.series.firstPaid).map(({ id }) => id));
  const leaky = leakyTraits(traitsOf(accounts, asOf), gone, living);
  const barred = new Set(READ_KEYS.filter((key) => leaky.some(({ what }) => what === READ[key] || what.startsWith(`${READ[key]}=`))));
  let cancellations = 0;
  const usable = accounts.map((account): Account => {
    const said = preparer.of(account).mentions('cancellation').facts;
    const tickets = account.tickets.filter((ticket) => !asksToCancel(ticket, said));
    cancellations += account.tickets.length - tickets.length;
    const attributes = Object.fromEntries(
      Object.entries(account.attributes).filter(([key]) => !barred.has(key as keyof AccountAttributes)),
    );
    return { ...account, tickets, attributes };
  });
  const young = READ_KEYS.flatMap((key): Leak[] => {
    const entries = accounts.flatMap((account): History<unknown> => account.attributes[key] ?? []);
    const isUnknown = entries.length > 0 && entries.every((entry) => entry.knownAt > last);
    return isUnknown ? [{ what: READ[key] ?? key, because: 'no_history', value: null }] : [];
  });
  const asked: Leak[] = cancellations > 0 ? [{ what: 'tickets', because: 'cancellation', value: cancellations }] : [];
  return { usable, leaks: [...leaky, ...young, ...asked] };
}

/** What accounts have filled in now, and which words stand there. */
function traitsOf(accounts: readonly Account[], asOf: Day): Trait[] {
  const filled = new Map<string, Set<string>>();
  const values = new Map<string, Set<string>>();
  const note = (into: Map<string, Set<string>>, what: string, id: string): void => {
    into.set(what, (into.get(what) ?? new Set()).add(id));
  };
  for (const { id, attributes, ownerId } of accounts) {
    for (const key of READ_KEYS) if (valueOn<unknown>(attributes[key], asOf) !== null) note(filled, READ[key] ?? key, id);
    for (const key of WORDS) {
      const word = valueOn(attributes[key], asOf);
      if (word !== null) note(values, `${READ[key]}=${word}`, id);
    }
    if (ownerId !== null) note(values, `owner=${ownerId}`, id);
  }
  return [
    ...[...filled].map(([what, of]): Trait => ({ what, kind: 'filled', accounts: of })),
    ...[...values].map(([what, of]): Trait => ({ what, kind: 'value', accounts: of })),
  ];
}
