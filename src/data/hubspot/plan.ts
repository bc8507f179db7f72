/** From the mapping to what a sync reads: object types, properties, histories, and how everything hangs on companies. */
import { createHash } from 'node:crypto';
import {
  BY_SUBSCRIPTIONS,
  EVENT_KEYS,
  EVENTS,
  eventTypesIn,
  MAPPING_KEYS,
  type Mapping,
  type MappingKey,
  overdueBySubscriptions,
} from '../../settings/mapping.ts';
import type { Filter, ObjectSchema, PropertyDef } from './types.ts';

export interface ObjectPlan {
  /** Object type as every call names it: `companies`, `tickets`, `2-123`. */
  readonly object: string;
  readonly properties: readonly string[];
  /** Read with every value they had; makes a batch hold 50 records instead of 100. */
  readonly history: readonly string[];
  /** The property by which changes are searched. The wrong one finds nothing, without an error. */
  readonly cursor: string;
  /** The property that says which day a record is about; null where records are events of their own. */
  readonly period: string | null;
  /** The types whose records hold it: a record hangs on a company directly, or through a contact or a ticket. */
  readonly parents: readonly ('companies' | 'contacts' | 'tickets' | 'deals')[];
  /** Scopes a token needs, for messages; HubSpot's own answer says which it misses. */
  readonly scopes: readonly string[];
}

export interface ReadPlan {
  readonly companies: ObjectPlan;
  /** Everything that hangs on companies, parents before what hangs on them. */
  readonly children: readonly ObjectPlan[];
  /** Custom events that say how the product is used; null where something else does. */
  readonly events: EventsPlan | null;
  /** Mapped object types that this portal does not have. */
  readonly absent: readonly string[];
  readonly ownerProperty: string;
  /** Which companies are customers; null for all. */
  readonly customers: Filter | null;
}

export interface EventsPlan {
  readonly types: readonly string[];
  /** Properties of an event that are kept; the rest of it is not. */
  readonly minutes: string | null;
  readonly feature: string | null;
}

/** What the portal says of itself; an object without an entry in `properties` could not be asked and is read as wished. */
export interface PortalShape {
  readonly properties: ReadonlyMap<string, readonly PropertyDef[]>;
  /** Null where the schemas could not be read. */
  readonly schemas: readonly ObjectSchema[] | null;
}

const DEFAULT_OWNER = 'hubspot_owner_id';

/** Contacts are the only type whose time of change has no `hs_` before it. */
export const cursorProperty = (object: string): string => (object === 'contacts' ? 'lastmodifieddate' : 'hs_lastmodifieddate');

const ENGAGEMENT_SCOPES = ['crm.objects.contacts.read'];
const CUSTOM_SCOPES = ['crm.objects.custom.read', 'crm.schemas.custom.read'];

/** Standard properties that facts are made from. The change time is read with every object. */
const STANDARD: Readonly<Record<string, { readonly properties: readonly string[]; readonly scopes: readonly string[] }>> = {
  companies: {
    properties: ['name', 'domain', 'createdate', 'industry', 'numberofemployees', 'lifecyclestage', 'hs_merged_object_ids'],
    scopes: ['crm.objects.companies.read'],
  },
  contacts: {
    properties: [
      'firstname',
      'lastname',
      'email',
      'jobtitle',
      'hs_buying_role',
      'createdate',
      'hs_last_sales_activity_timestamp',
      'notes_last_contacted',
      'hs_sales_email_last_replied',
      'hs_email_hard_bounce_reason_enum',
      'hs_analytics_last_timestamp',
      'hs_analytics_num_visits',
      'hs_analytics_num_page_views',
      'hs_email_delivered',
      'hs_email_open',
      'hs_email_last_send_date',
      'hs_email_last_open_date',
      'hs_email_last_click_date',
      'hs_email_last_reply_date',
      'hs_email_optout',
      'hs_feedback_last_nps_rating',
      'hs_feedback_last_nps_follow_up',
      'hs_feedback_last_survey_date',
    ],
    scopes: ['crm.objects.contacts.read'],
  },
  tickets: {
    properties: [
      'subject',
      'content',
      'hs_pipeline',
      'hs_pipeline_stage',
      'hs_ticket_priority',
      'hs_ticket_category',
      'createdate',
      'closed_date',
      'time_to_close',
      'hs_is_closed',
      'hs_resolution',
      'hubspot_owner_id',
    ],
    scopes: ['tickets'],
  },
  deals: {
    properties: [
      'dealname',
      'description',
      'amount',
      'dealstage',
      'pipeline',
      'closedate',
      'createdate',
      'dealtype',
      'hs_mrr',
      'hs_arr',
      'hs_is_closed',
      'hs_is_closed_won',
      'deal_currency_code',
      'amount_in_home_currency',
      'hubspot_owner_id',
    ],
    scopes: ['crm.objects.deals.read'],
  },
  line_items: {
    properties: [
      'name',
      'quantity',
      'price',
      'amount',
      'discount',
      'hs_discount_percentage',
      'hs_total_discount',
      'hs_mrr',
      'hs_line_item_currency_code',
      'recurringbillingfrequency',
      'hs_recurring_billing_start_date',
      'hs_recurring_billing_period',
      'hs_recurring_billing_number_of_payments',
      'hs_recurring_billing_end_date',
      'hs_term_in_months',
      'hs_createdate',
    ],
    scopes: ['crm.objects.line_items.read'],
  },
  subscriptions: {
    properties: ['hs_name', 'hs_status', 'hs_mrr', 'hs_currency_code', 'hs_recurring_billing_start_date', 'hs_createdate'],
    scopes: ['crm.objects.subscriptions.read'],
  },
  notes: { properties: ['hs_timestamp', 'hs_note_body', 'hubspot_owner_id', 'hs_createdate'], scopes: ENGAGEMENT_SCOPES },
  tasks: {
    properties: [
      'hs_timestamp',
      'hs_task_subject',
      'hs_task_body',
      'hs_task_status',
      'hs_task_priority',
      'hs_task_type',
      'hs_task_completion_date',
      'hubspot_owner_id',
      'hs_createdate',
    ],
    scopes: ENGAGEMENT_SCOPES,
  },
  calls: {
    properties: [
      'hs_timestamp',
      'hs_call_title',
      'hs_call_body',
      'hs_call_direction',
      'hs_call_status',
      'hs_call_duration',
      'hs_call_disposition',
      'hubspot_owner_id',
      'hs_createdate',
    ],
    scopes: ENGAGEMENT_SCOPES,
  },
  meetings: {
    properties: [
      'hs_timestamp',
      'hs_meeting_title',
      'hs_meeting_body',
      'hs_meeting_start_time',
      'hs_meeting_end_time',
      'hs_meeting_outcome',
      'hubspot_owner_id',
      'hs_createdate',
    ],
    scopes: ENGAGEMENT_SCOPES,
  },
  emails: {
    properties: [
      'hs_timestamp',
      'hs_email_subject',
      'hs_email_text',
      'hs_email_html',
      'hs_email_direction',
      'hs_email_status',
      'hubspot_owner_id',
      'hs_createdate',
    ],
    scopes: [...ENGAGEMENT_SCOPES, 'sales-email-read'],
  },
  feedback_submissions: {
    properties: [
      'hs_survey_type',
      'hs_survey_name',
      'hs_survey_id',
      'hs_survey_channel',
      'hs_value',
      'hs_response_group',
      'hs_sentiment',
      'hs_content',
      'hs_submission_name',
      'hs_submission_timestamp',
      'hs_contact_email_rollup',
      'hs_contact_firstname',
      'hs_contact_lastname',
      'hs_createdate',
    ],
    scopes: ['crm.objects.feedback_submissions.read'],
  },
};

/** Standard types besides companies; feedback comes last, as it hangs on contacts and tickets. */
const CHILDREN = ['contacts', 'tickets', 'deals', 'notes', 'tasks', 'calls', 'meetings', 'emails', 'feedback_submissions'] as const;

/** Standard types that are read only where MRR is made from them, with what they hang on. */
const MRR_CHILDREN: Readonly<Record<string, { readonly object: string; readonly parents: ObjectPlan['parents'] }>> = {
  'line-items': { object: 'line_items', parents: ['deals'] },
  subscriptions: { object: 'subscriptions', parents: ['companies'] },
};

/** Of a deal on several companies: the one whose revenue it is. */
const PRIMARY_COMPANY = 'hs_primary_associated_company';

/** What a deal carries besides its standard properties where the portal tracks recurring revenue on deals. */
const RECURRING_REVENUE = [
  'recurring_revenue_amount',
  'recurring_revenue_deal_type',
  'recurring_revenue_inactive_date',
  'recurring_revenue_inactive_reason',
];

function moneyChildren(mapping: Mapping): readonly (typeof MRR_CHILDREN)[string][] {
  const source = mapping['mrr.source'] ?? '';
  const own = Object.hasOwn(MRR_CHILDREN, source) ? [MRR_CHILDREN[source]] : [];
  const subscriptions = overdueBySubscriptions(mapping) ? [MRR_CHILDREN.subscriptions] : [];
  return [...new Set([...own, ...subscriptions])].filter((child) => child !== undefined);
}

/** Object types whose definitions a plan wants to know. */
export function plannedObjects(mapping: Mapping): readonly string[] {
  return ['companies', ...customObjects(mapping), ...CHILDREN, ...moneyChildren(mapping).map(({ object }) => object)];
}

/** The object whose rows say how the product is used; null where the company's properties or a file do. */
export const usageObject = (mapping: Mapping): string | null =>
  mapping['usage.source'] === undefined ? (mapping['usage.object'] ?? null) : null;

function customObjects(mapping: Mapping): readonly string[] {
  const mrr = mapping['mrr.source'] === 'custom-object' ? mapping['mrr.object'] : undefined;
  return [...new Set([mrr, usageObject(mapping) ?? undefined].filter((name) => name !== undefined))];
}

/** Keys that say which object, source or filter is meant instead of naming a property. */
const NOT_PROPERTIES: ReadonlySet<MappingKey> = new Set([
  'customers',
  'mrr.source',
  'mrr.object',
  'usage.source',
  'usage.object',
  'usage.events',
  'survey.source',
]);
const COMPANY = 'company.';

/**
 * Since when a person is gone, and when a total grew, is known from the history alone: without it everybody seems to leave
 * at the first sync, and nobody ever seems to have visited.
 */
const CONTACT_HISTORIES = [
  'people.left',
  'survey.sentOn',
  'web.visits',
  'web.cancelPageViews',
  'web.pricingPageViews',
  'email.sent',
  'email.opened',
] as const satisfies readonly MappingKey[];

/** What people change on a ticket while it lives: a score of an earlier day must not know what was filled in after it. */
const TICKET_HISTORIES = {
  standard: ['hs_ticket_priority', 'hs_ticket_category', 'hs_pipeline_stage', 'hubspot_owner_id'],
  mapped: ['support.priority', 'support.category', 'support.escalated', 'support.reopened', 'support.csat'],
} as const satisfies { readonly standard: readonly string[]; readonly mapped: readonly MappingKey[] };

/** Whose property a mapping key names. */
function propertyOf(mapping: Mapping, key: MappingKey): { readonly object: string; readonly name: string } | null {
  const value = mapping[key];
  if (value === undefined || value === '' || NOT_PROPERTIES.has(key)) return null;
  if (key === 'billing.daysOverdue' && value === BY_SUBSCRIPTIONS) return null;
  if (mapping['usage.source'] === 'events' && EVENT_KEYS.has(key)) return null;
  if (value.startsWith(COMPANY)) return { object: 'companies', name: value.slice(COMPANY.length) };
  const area = key.slice(0, key.indexOf('.'));
  if (area === 'support') return { object: 'tickets', name: value };
  if (area === 'people' || area === 'web' || area === 'email' || key === 'survey.sentOn')
    return { object: 'contacts', name: value.split(':', 1)[0] ?? value };
  const rows = usageObject(mapping) ?? (mapping['usage.source'] === 'csv' ? mapping['usage.object'] : undefined);
  if (area === 'usage' && rows !== undefined) return { object: rows, name: value };
  if (area === 'mrr') return mrrProperty(mapping, value);
  return { object: 'companies', name: value };
}

function mrrProperty(mapping: Mapping, name: string): { readonly object: string; readonly name: string } | null {
  switch (mapping['mrr.source']) {
    case 'custom-object':
      return mapping['mrr.object'] === undefined ? null : { object: mapping['mrr.object'], name };
    case 'company-property':
      return { object: 'companies', name };
    case 'deal-properties':
      return { object: 'deals', name };
    case 'line-items':
      return { object: 'line_items', name };
    case 'subscriptions':
      return { object: 'subscriptions', name };
    default:
      return null;
  }
}

/** `customers` = `property:value`, or `all` (also when it is not mapped). */
export function customersFilter(mapping: Mapping): Filter | null {
  const text = mapping.customers;
  if (text === undefined || text === 'all') return null;
  const colon = text.indexOf(':');
  return colon < 0
    ? { propertyName: text, operator: 'HAS_PROPERTY' }
    : { propertyName: text.slice(0, colon), operator: 'EQ', value: text.slice(colon + 1) };
}

/** The properties that we would like of each object, whether this portal has them or not. */
function wishes(mapping: Mapping): { readonly of: (object: string) => string[]; readonly history: (object: string) => string[] } {
  const customers = customersFilter(mapping);
  const ownerProperty = mapping.owner ?? DEFAULT_OWNER;
  const mapped = MAPPING_KEYS.flatMap((key) => propertyOf(mapping, key) ?? []);
  const own = (object: string) => mapped.filter((property) => property.object === object).map((property) => property.name);
  const filter = [ownerProperty, ...(customers ? [customers.propertyName] : [])];
  const unique = (names: readonly string[]) => [...new Set(names)].sort();
  return {
    of: (object) =>
      unique([
        ...(STANDARD[object]?.properties ?? ['hs_createdate']),
        cursorProperty(object),
        ...(object === 'companies' ? filter : []),
        ...(object === 'deals' && mapping['mrr.source'] === 'deal-properties' ? [...RECURRING_REVENUE, PRIMARY_COMPANY] : []),
        ...(object === 'deals' && mapping['mrr.source'] === 'line-items' ? [PRIMARY_COMPANY] : []),
        ...own(object),
      ]),
    history: (object) => {
      if (object === 'companies') return unique([ownerProperty, ...own('companies')]);
      if (object === 'contacts') return unique(CONTACT_HISTORIES.flatMap((key) => mapping[key]?.split(':', 1) ?? []));
      if (object === 'tickets')
        return unique([...TICKET_HISTORIES.standard, ...TICKET_HISTORIES.mapped.flatMap((key) => mapping[key] ?? [])]);
      // What a subscription brought in at a month's end is what amount and status were then.
      return object === 'subscriptions' ? unique([mapping['mrr.amount'] ?? 'hs_mrr', 'hs_status']) : [];
    },
  };
}

/** Two mappings with the same hash wish for the same; with another one, stored records lack something. */
export function wishesHash(mapping: Mapping): string {
  const { of, history } = wishes(mapping);
  const objects = plannedObjects(mapping).map((object) => [object, of(object), history(object), periodProperty(mapping, object)]);
  return createHash('sha256')
    .update(JSON.stringify([objects, eventsPlan(mapping), customersFilter(mapping), mapping.owner ?? DEFAULT_OWNER]))
    .digest('hex');
}

/** What to read from this portal. Properties that it does not have are left out: they degrade one field, never the sync. */
export function planReading(mapping: Mapping, shape: PortalShape): ReadPlan {
  const wish = wishes(mapping);
  const custom = customObjects(mapping);

  const definitions = (object: string): ReadonlyMap<string, PropertyDef> | null => {
    const found = shape.properties.get(object) ?? shape.schemas?.find((schema) => schema.objectTypeId === object)?.properties;
    return found && found.length > 0 ? new Map(found.map((property) => [property.name, property])) : null;
  };
  const plan = (object: string, parents: ObjectPlan['parents']): ObjectPlan => {
    const known = definitions(object);
    const exists = (name: string) => known === null || known.has(name);
    return {
      object,
      properties: wish.of(object).filter(exists),
      // Every recalculation is a new version of a calculated property: its history says nothing and is long.
      history: wish.history(object).filter((name) => exists(name) && (known?.get(name)?.calculated !== true || object === 'subscriptions')),
      cursor: cursorProperty(object),
      period: periodProperty(mapping, object),
      parents,
      scopes: STANDARD[object]?.scopes ?? CUSTOM_SCOPES,
    };
  };

  const isThere = (object: string) => shape.schemas === null || shape.schemas.some((schema) => schema.objectTypeId === object);
  return {
    companies: plan('companies', []),
    children: [
      ...custom.filter(isThere).map((object) => plan(object, ['companies'])),
      ...CHILDREN.map((object) => plan(object, object === 'feedback_submissions' ? ['contacts', 'tickets'] : ['companies'])),
      ...moneyChildren(mapping).map(({ object, parents }) => plan(object, parents)),
    ],
    events: eventsPlan(mapping),
    absent: custom.filter((object) => !isThere(object)),
    ownerProperty: mapping.owner ?? DEFAULT_OWNER,
    customers: customersFilter(mapping),
  };
}

function eventsPlan(mapping: Mapping): EventsPlan | null {
  if (mapping['usage.source'] !== EVENTS) return null;
  const types = [...new Set([...eventTypesIn(mapping['usage.events']), ...eventTypesIn(mapping['usage.logins'])])].sort();
  return types.length === 0 ? null : { types, minutes: mapping['usage.minutes'] ?? null, feature: mapping['usage.featureNames'] ?? null };
}

function periodProperty(mapping: Mapping, object: string): string | null {
  if (object === usageObject(mapping)) return mapping['usage.week'] ?? mapping['usage.month'] ?? null;
  if (mapping['mrr.source'] === 'custom-object' && object === mapping['mrr.object']) return mapping['mrr.month'] ?? null;
  return null;
}
