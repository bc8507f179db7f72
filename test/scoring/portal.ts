/** Hand-made accounts and portals for scoring tests. */
import type {
  Account,
  AttributeValue,
  FeedId,
  MrrFact,
  PortalFeed,
  SurveyFact,
  TicketFact,
  TouchFact,
  UsageFact,
} from '../../src/account.ts';
import type { Portal } from '../../src/book/score-book.ts';
import { addDays, type Day, daysBetween, firstDay, type Month, parseDay, parseMonth } from '../../src/units/day.ts';
import { fromMajor } from '../../src/units/money.ts';

export const day = (text: string): Day => {
  const found = parseDay(text);
  if (!found) throw new Error(`not a day: ${text}`);
  return found;
};

export const month = (text: string): Month => {
  const found = parseMonth(text);
  if (!found) throw new Error(`not a month: ${text}`);
  return found;
};

export const FEEDS: readonly FeedId[] = [
  'mrr',
  'contract',
  'usage',
  'support',
  'survey',
  'engagement',
  'people',
  'billing',
  'web',
  'email',
  'mentions',
  'csm',
];
const CONNECTED: readonly FeedId[] = ['mrr', 'contract', 'usage', 'support', 'survey', 'engagement', 'people', 'mentions', 'csm'];

/** Connected and alive on each of the 400 days before `until`. */
export function livingFeed(until: Day): PortalFeed {
  return {
    mapped: true,
    polled: false,
    unavailable: null,
    activeDays: Array.from({ length: 400 }, (_, back) => addDays(until, back - 399)),
  };
}

export const NOT_MAPPED: PortalFeed = { mapped: false, polled: false, activeDays: [], unavailable: null };

export function feedsOn(until: Day, connected: readonly FeedId[] = CONNECTED): Record<FeedId, PortalFeed> {
  const living = livingFeed(until);
  return Object.fromEntries(FEEDS.map((feed) => [feed, connected.includes(feed) ? living : NOT_MAPPED])) as Record<FeedId, PortalFeed>;
}

export const portalOn = (asOf: string, more: Partial<Portal> = {}): Portal => ({
  asOf: day(asOf),
  currency: 'JPY',
  feeds: feedsOn(day(asOf)),
  dismissals: [],
  ...more,
});

let next = 1;
export const id = (): string => String(next++);

export function account(more: Partial<Account> = {}): Account {
  return {
    id: id(),
    name: 'Sample K.K.',
    domain: 'sample.example',
    ownerId: null,
    createdOn: day('2023-01-01'),
    attributes: {},
    mrr: [],
    usage: [],
    tickets: [],
    surveys: [],
    touches: [],
    contacts: [],
    matched: [...CONNECTED],
    ...more,
  };
}

/** A property that had one value since `from`. */
export const since = <T>(from: string, value: T | null): AttributeValue<T>[] => [
  { value, validAt: day(from), knownAt: day(from), source: { object: 'companies', id: '1' } },
];

export function mrr(at: string, amount: number, more: Partial<MrrFact> = {}): MrrFact {
  const first = firstDay(month(at));
  return {
    month: month(at),
    amount: fromMajor(amount),
    currency: 'JPY',
    product: null,
    plan: null,
    seats: null,
    validAt: first,
    knownAt: first,
    source: { object: '2-100', id: id() },
    ...more,
  };
}

/** One week of usage that began on `start`, known on its last day. */
export function week(start: string, more: Partial<UsageFact> = {}): UsageFact {
  const first = day(start);
  return {
    validAt: first,
    knownAt: addDays(first, 6),
    days: 7,
    logins: null,
    activeUsers: null,
    minutes: null,
    featuresUsed: null,
    lastUsedOn: null,
    source: { object: '2-200', id: id() },
    ...more,
  };
}

/** Weeks back to back up to `lastDay`, newest first in `logins`. */
export const weeksUntil = (lastDay: string, logins: readonly number[], more: Partial<UsageFact> = {}): UsageFact[] =>
  logins.map((count, back) => week(addDays(day(lastDay), -6 - 7 * back), { logins: count, ...more }));

export const ticket = (on: string, more: Partial<TicketFact> = {}): TicketFact => ({
  validAt: day(on),
  knownAt: day(on),
  source: { object: 'tickets', id: id() },
  subject: 'A question',
  closedOn: null,
  hoursToClose: null,
  priority: null,
  category: null,
  escalated: null,
  reopened: null,
  csat: null,
  ...more,
});

export const survey = (on: string, score: number, kind: 'nps' | 'csat' = 'nps', more: Partial<SurveyFact> = {}): SurveyFact => ({
  validAt: day(on),
  knownAt: day(on),
  source: { object: 'feedback_submissions', id: id() },
  kind,
  score,
  who: null,
  comment: null,
  ...more,
});

export const touch = (on: string, kind: TouchFact['kind'], more: Partial<TouchFact> = {}): TouchFact => ({
  validAt: day(on),
  knownAt: day(on),
  source: { object: kind, id: id() },
  kind,
  twoWay: kind === 'meeting',
  title: '',
  body: null,
  direction: null,
  ownerId: null,
  ...more,
});

export const daysFrom = (from: string, to: string): number => daysBetween(day(from), day(to));
