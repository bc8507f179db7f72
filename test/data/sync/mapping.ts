import type { Mapping } from '../../../src/settings/mapping.ts';

export const MAPPING: Mapping = {
  customers: 'lifecyclestage:customer',
  owner: 'hubspot_owner_id',
  'mrr.source': 'custom-object',
  'mrr.object': '2-1',
  'mrr.month': 'month',
  'mrr.amount': 'amount',
  'usage.object': '2-2',
  'usage.week': 'week',
  'usage.logins': 'logins',
  'profile.plan': 'plan',
};
