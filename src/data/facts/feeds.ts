/** What the portal as a whole says of each feed: whether it is connected, alive and readable. */
import type { Account, AttributeValue, Counter, Dated, FeedId, PortalFeed } from '../../account.ts';
import { type Mapping, type MappingKey, overdueBySubscriptions } from '../../settings/mapping.ts';
import type { Day } from '../../units/day.ts';
import type { FactsContext } from './context.ts';
import { isRunningSource } from './running.ts';
import { laterOf } from './when.ts';

export type PortalFeeds = Readonly<Record<FeedId, PortalFeed>>;

const USAGE_MEASURES = [
  'usage.lastUsedOn',
  'usage.logins',
  'usage.activeUsers',
  'usage.minutes',
  'usage.featuresUsed',
  'usage.featureNames',
  'usage.perFeature',
  'usage.adoption',
] as const;
const BILLING_PROPERTIES = ['billing.discountEndsOn', 'billing.priceRaisedOn'] as const;
const BILLING = ['billing.daysOverdue', ...BILLING_PROPERTIES] as const;
const WEB = ['web.visits', 'web.cancelPageViews', 'web.pricingPageViews'] as const;
const CONTRACT = [
  'contract.start',
  'contract.renewal',
  'contract.value',
  'contract.termMonths',
  'contract.billing',
  'contract.noticeGivenOn',
] as const;

const mapsAny = (mapping: Mapping, keys: readonly MappingKey[]): boolean => keys.some((key) => mapping[key] !== undefined);

function mrrMapped(mapping: Mapping): boolean {
  switch (mapping['mrr.source']) {
    case undefined:
      return false;
    case 'custom-object':
      return mapping['mrr.month'] !== undefined && mapping['mrr.amount'] !== undefined;
    case 'company-property':
      return mapping['mrr.amount'] !== undefined;
    default:
      return true;
  }
}

function usageMapped(mapping: Mapping): boolean {
  if (mapping['usage.source'] === 'csv') return true;
  if (mapping['usage.source'] === 'events') return mapping['usage.events'] !== undefined;
  const dated = mapping['usage.object'] === undefined || mapsAny(mapping, ['usage.week', 'usage.month']);
  return dated && mapsAny(mapping, USAGE_MEASURES);
}

/** The objects that MRR is made from; none where it comes from a file. */
function mrrObjects(mapping: Mapping): readonly (string | undefined)[] {
  switch (mapping['mrr.source']) {
    case 'custom-object':
      return [mapping['mrr.object']];
    case 'line-items':
      return ['deals', 'line_items'];
    case 'deal-properties':
      return ['deals'];
    case 'subscriptions':
      return ['subscriptions'];
    case 'csv':
      return [];
    default:
      return ['companies'];
  }
}

/** What can be said of the feeds before any record is read. */
export type FeedsContext = Pick<FactsContext, 'mapping' | 'unavailable'>;

/** The objects of which every one must be readable, or (engagement) at least one. */
function unavailableBecause(feed: FeedId, { mapping, unavailable }: FeedsContext): string | null {
  const reason = (object: string | undefined) =>
    object !== undefined && Object.hasOwn(unavailable, object) ? (unavailable[object] ?? null) : null;
  switch (feed) {
    case 'mrr':
      return (
        mrrObjects(mapping)
          .map(reason)
          .find((missing) => missing !== null) ?? null
      );
    case 'usage':
      if (mapping['usage.source'] === 'csv') return null;
      return mapping['usage.source'] === 'events' ? reason('events') : reason(mapping['usage.object'] ?? 'companies');
    case 'billing':
      return mapsAny(mapping, BILLING_PROPERTIES) || !overdueBySubscriptions(mapping) ? reason('companies') : reason('subscriptions');
    case 'support':
      return reason('tickets');
    case 'survey':
      return reason(mapping['survey.source'] === 'contacts' ? 'contacts' : 'feedback_submissions');
    case 'engagement':
      return reason('meetings') && reason('calls');
    case 'people':
    case 'web':
    case 'email':
      return reason('contacts');
    case 'mentions':
      return reason('tickets') && reason('notes') && reason('calls');
    case 'csm':
      return null;
    default:
      return reason('companies');
  }
}

/** Tickets, activities, contacts and what is written in them need no mapping: every portal has them. */
function isMapped(feed: FeedId, mapping: Mapping): boolean {
  switch (feed) {
    case 'mrr':
      return mrrMapped(mapping);
    case 'contract':
      return mapsAny(mapping, CONTRACT);
    case 'usage':
      return usageMapped(mapping);
    case 'survey':
      return mapping['survey.source'] === 'feedback' || mapping['survey.source'] === 'contacts';
    case 'billing':
      return mapsAny(mapping, BILLING) || overdueBySubscriptions(mapping);
    case 'support':
    case 'engagement':
    case 'people':
    case 'mentions':
    case 'csm':
      return true;
    case 'web':
      return mapsAny(mapping, WEB);
    case 'email':
      return mapping['email.sent'] !== undefined && mapping['email.opened'] !== undefined;
  }
}

/** Read through the API at every sync, whoever fills them: silence there means that nothing happened. */
const POLLED: ReadonlySet<FeedId> = new Set(['contract', 'support', 'survey', 'engagement', 'people', 'billing', 'mentions', 'csm']);

/** A fact speaks from the day on which it both holds and is known, so that a replayed day sees the feed as it was. */
const spokeOn = (fact: Dated): Day => laterOf(fact.validAt, fact.knownAt);

class Calendar {
  private readonly days = new Map<FeedId, Set<Day>>();
  add(feed: FeedId, facts: readonly Dated[] | undefined): void {
    for (const fact of facts ?? []) this.addDay(feed, spokeOn(fact));
  }
  private addDay(feed: FeedId, day: Day): void {
    const known = this.days.get(feed);
    if (known) known.add(day);
    else this.days.set(feed, new Set([day]));
  }
  addCounts(feed: FeedId, counter: Counter | undefined): void {
    for (const { on } of counter ?? []) this.addDay(feed, on);
  }
  of(feed: FeedId): readonly Day[] {
    return [...(this.days.get(feed) ?? [])].sort();
  }
}

const values = (history: readonly AttributeValue<unknown>[] | undefined): readonly Dated[] =>
  history?.filter(({ value }) => value !== null) ?? [];

/** The day of use itself: without history the property's own date stands still at the first sync. */
const used = ({ value, ...fact }: AttributeValue<Day>): readonly Dated[] =>
  value === null ? [] : [{ ...fact, validAt: laterOf(value, fact.validAt) }];

/**
 * One entry a feed, over all accounts of the portal that are in the store.
 * `activeDays` are all days known, not only recent ones: a score of last year asks for those of last year.
 */
export function portalFeeds(accounts: Iterable<Account>, context: FeedsContext): PortalFeeds {
  const calendar = new Calendar();
  for (const { attributes, mrr, usage, tickets, surveys, touches, contacts } of accounts) {
    calendar.add('mrr', mrr);
    calendar.add('usage', usage);
    calendar.add('usage', (attributes.lastUsedOn ?? []).flatMap(used));
    for (const key of ['logins', 'activeUsers', 'featuresUsed', 'minutes', 'features', 'adoption'] as const)
      calendar.add('usage', values(attributes[key]));
    for (const key of ['contractStart', 'contractRenewal', 'contractValue'] as const) calendar.add('contract', values(attributes[key]));
    calendar.add('support', tickets);
    calendar.add('survey', surveys);
    calendar.add('engagement', touches);
    calendar.add('people', contacts);
    for (const key of ['daysOverdue', 'overdueSince', 'discountEndsOn', 'priceRaisedOn'] as const)
      calendar.add('billing', values(attributes[key]));
    for (const { counters } of contacts) {
      for (const key of ['visits', 'cancelPageViews', 'pricingPageViews'] as const) calendar.addCounts('web', counters?.[key]);
      for (const key of ['emailsSent', 'emailsOpened'] as const) calendar.addCounts('email', counters?.[key]);
    }
  }
  const feed = (id: FeedId): PortalFeed => ({
    mapped: isMapped(id, context.mapping),
    polled: POLLED.has(id) || (id === 'mrr' && isRunningSource(context.mapping['mrr.source'])),
    activeDays: calendar.of(id),
    unavailable: unavailableBecause(id, context),
  });
  return {
    mrr: feed('mrr'),
    contract: feed('contract'),
    usage: feed('usage'),
    support: feed('support'),
    survey: feed('survey'),
    engagement: feed('engagement'),
    people: feed('people'),
    billing: feed('billing'),
    web: feed('web'),
    email: feed('email'),
    mentions: feed('mentions'),
    csm: feed('csm'),
  };
}
