/** Stored records for the tests of facts, written the short way. */
import { type FactsContext, NOTHING_IMPORTED } from '../../../src/data/facts/context.ts';
import type { RawAccount, StoredRecord } from '../../../src/data/store/types.ts';
import type { Day, Instant } from '../../../src/units/day.ts';

export const at = (iso: string): Instant => {
  if (!/(?:Z|[+-]\d{2}:\d{2})$/.test(iso)) throw new Error(`${iso} has no zone`);
  return Date.parse(iso) as Instant;
};

let next = 1000;

export function record(
  object: string,
  properties: Record<string, string | null> = {},
  more: Partial<Omit<StoredRecord, 'object' | 'properties' | 'history'>> & {
    readonly history?: Record<string, readonly (readonly [string, string])[]>;
  } = {},
): StoredRecord {
  const { history = {}, ...rest } = more;
  next += 1;
  return {
    object,
    id: String(next),
    properties,
    history: Object.fromEntries(
      Object.entries(history).map(([name, entries]) => [name, entries.map(([value, iso]) => ({ value, timestamp: at(iso) }))]),
    ),
    createdAt: at('2026-01-10T03:00:00Z'),
    updatedAt: at('2026-11-01T03:00:00Z'),
    firstSeenAt: at('2026-11-20T00:00:00Z'),
    ...rest,
  };
}

export const rawAccount = (parts: Partial<RawAccount> = {}): RawAccount => ({
  company: record('companies', { name: '株式会社サンプル', domain: 'sample.example' }),
  mrr: [],
  usage: [],
  tickets: [],
  contacts: [],
  feedback: [],
  notes: [],
  tasks: [],
  calls: [],
  meetings: [],
  emails: [],
  deals: [],
  lineItems: [],
  subscriptions: [],
  events: [],
  ...parts,
});

/** A portal like the demo's, in Tokyo. */
export const context = (more: Partial<FactsContext> = {}): FactsContext => ({
  mapping: {
    customers: 'lifecyclestage:customer',
    owner: 'csm_owner',
    'mrr.source': 'custom-object',
    'mrr.object': '2-101',
    'mrr.month': 'target_month',
    'mrr.amount': 'amount',
    'mrr.product': 'product',
    'mrr.plan': 'plan',
    'mrr.currency': 'currency',
    'mrr.seats': 'seats',
    'contract.start': 'contract_start_date',
    'contract.renewal': 'contract_renewal_date',
    'contract.value': 'contract_value',
    'contract.termMonths': 'contract_term_months',
    'contract.billing': 'billing_cycle',
    'profile.plan': 'plan',
    'profile.size': 'numberofemployees',
    'churn.on': 'churned_on',
    'usage.object': '2-102',
    'usage.week': 'week_start',
    'usage.logins': 'logins',
    'usage.activeUsers': 'active_users',
    'usage.lastUsedOn': 'last_used_on',
    'usage.seatsBought': 'company.seats',
    'support.csat': 'csat',
    'support.escalated': 'escalated',
    'survey.source': 'feedback',
    'people.champion': 'cs_role:推進者',
    'people.role': 'cs_role',
    'people.left': 'left_on',
  },
  zone: 'Asia/Tokyo',
  currency: 'JPY',
  pipelines: [],
  dealPipelines: [],
  today: '2026-11-21' as Day,
  imported: NOTHING_IMPORTED,
  owners: [],
  propertyTypes: {
    companies: { contract_start_date: 'date', contract_renewal_date: 'date', churned_on: 'date', createdate: 'datetime' },
    contacts: { left_on: 'date' },
    tickets: { createdate: 'datetime', closed_date: 'datetime' },
    '2-101': { target_month: 'date', amount: 'number' },
    '2-102': { week_start: 'date', last_used_on: 'date' },
  },
  unavailable: {},
  ...more,
});
