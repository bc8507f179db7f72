/** Mappings of the portals that the tests sync. */
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

/** One manager of the seeded portal, and its names. */
export const DEMO_OWNER = '76400012';
export const DEMO_MAPPING: Mapping = {
  customers: 'lifecyclestage:customer',
  owner: 'csm_owner',
  'mrr.source': 'custom-object',
  'mrr.object': '2-101',
  'mrr.month': 'target_month',
  'mrr.amount': 'amount',
  'usage.object': '2-102',
  'usage.week': 'week_start',
  'usage.logins': 'logins',
  'contract.renewal': 'contract_renewal_date',
  'profile.plan': 'plan',
  'people.role': 'cs_role',
  'support.csat': 'csat',
};
