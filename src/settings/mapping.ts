/** Which of a portal's own properties and objects mean what. Answers of `init`, kept in settings, keyed as in `--map`. */

export const MAPPING_KEYS = [
  'customers',
  'owner',
  'mrr.source',
  'mrr.object',
  'mrr.month',
  'mrr.amount',
  'mrr.product',
  'mrr.plan',
  'mrr.currency',
  'mrr.seats',
  'mrr.start',
  'mrr.end',
  'contract.start',
  'contract.renewal',
  'contract.value',
  'contract.termMonths',
  'contract.billing',
  'contract.noticeDays',
  'contract.noticeGivenOn',
  'profile.plan',
  'profile.industry',
  'profile.size',
  'profile.segment',
  'profile.goals',
  'profile.onboardingStage',
  'profile.sentiment',
  'profile.healthScore',
  'profile.closingDown',
  'profile.snoozedUntil',
  'value.promised',
  'value.proven',
  'churn.on',
  'churn.reason',
  'usage.source',
  'usage.object',
  'usage.events',
  'usage.week',
  'usage.month',
  'usage.lastUsedOn',
  'usage.logins',
  'usage.activeUsers',
  'usage.minutes',
  'usage.featuresUsed',
  'usage.featureNames',
  'usage.perFeature',
  'usage.featureCount',
  'usage.featuresInPlan',
  'usage.adoption',
  'usage.seatsBought',
  'support.priority',
  'support.category',
  'support.escalated',
  'support.reopened',
  'support.csat',
  'survey.source',
  'survey.sentOn',
  'people.champion',
  'people.role',
  'people.left',
  'billing.daysOverdue',
  'billing.discountEndsOn',
  'billing.discount',
  'billing.priceRaisedOn',
  'billing.priceRaise',
  'web.visits',
  'web.cancelPageViews',
  'web.pricingPageViews',
  'email.sent',
  'email.opened',
] as const;

export const MRR_SOURCES = ['custom-object', 'line-items', 'deal-properties', 'subscriptions', 'company-property', 'csv'] as const;
export type MrrSource = (typeof MRR_SOURCES)[number];

export type MappingKey = (typeof MAPPING_KEYS)[number];

/**
 * Values are property names, except:
 * `customers` = `property:value` or `all`; `mrr.source` = custom-object | line-items | deal-properties | subscriptions |
 * company-property | csv, and the other `mrr.*` keys name properties of that source's object; `usage.source` = csv | events, or
 * absent; `mrr.object`, `usage.object` = object type id (`2-123`); `people.champion`, `people.role` and
 * `people.left` name contact properties, as do `survey.sentOn`, `web.*` and `email.*`; `people.champion` may be
 * `property:value` (the value that marks a champion), and `web.cancelPageViews` and `web.pricingPageViews` may be
 * `property:part`, where the property holds the address of a page and the part is what addresses of that page contain;
 * `survey.source` = `feedback` or `contacts`. With `usage.object` the measures name that object's properties, but
 * `usage.seatsBought` and `usage.featuresInPlan` may be `company.property`. With `usage.source` = events, `usage.events` and
 * `usage.logins` are event types parted by commas, `usage.minutes` and `usage.featureNames` properties of an event.
 * `billing.daysOverdue` may be `subscriptions`: then their status says since when.
 */
export type Mapping = Readonly<Partial<Record<MappingKey, string>>>;

/** With `usage.source` = events these name event types, or properties of an event. */
export const EVENT_KEYS: ReadonlySet<MappingKey> = new Set(['usage.events', 'usage.logins', 'usage.minutes', 'usage.featureNames']);

/** What stands for custom events where objects are named. */
export const EVENTS = 'events';

/** Names parted by commas, each once. */
export const eventTypesIn = (value: string | undefined): readonly string[] =>
  [...new Set((value ?? '').split(/[,、\s]+/))].filter((name) => name !== '');

/** In place of a property: the status of subscriptions says whether and since when a payment is overdue. */
export const BY_SUBSCRIPTIONS = 'subscriptions';

/** Whether the status of subscriptions says which payments are overdue: where asked to, or where they are read for MRR anyway. */
export const overdueBySubscriptions = (mapping: Mapping): boolean =>
  mapping['billing.daysOverdue'] === BY_SUBSCRIPTIONS ||
  (mapping['billing.daysOverdue'] === undefined && mapping['mrr.source'] === 'subscriptions');

export const isMappingKey = (key: string): key is MappingKey => (MAPPING_KEYS as readonly string[]).includes(key);
