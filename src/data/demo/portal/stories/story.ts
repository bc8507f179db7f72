/** What most stories share; each says only what is its own. */
import type { AccountPlan } from '../plan.ts';

type Told = Partial<AccountPlan> & Pick<AccountPlan, 'name' | 'domain' | 'mrr'>;

export const story = (own: Told): AccountPlan => ({
  language: 'ja',
  industry: 'MACHINERY',
  employees: 120,
  kind: 'customer',
  plan: 'Standard',
  seats: 20,
  featuresInPlan: 12,
  goals: '商談の見える化',
  onboarding: 'live',
  startDaysAgo: 700,
  termMonths: 12,
  renewalInDays: 180,
  billing: 'annual',
  contractValue: null,
  noticeDays: 30,
  usage: null,
  contacts: [
    { name: '石井', role: 'champion', title: '営業企画課長' },
    { name: '藤田', role: 'user', title: '営業担当' },
  ],
  tickets: [],
  nps: [],
  reach: { opens: 0.5, visits: [5, 5] },
  touches: [],
  ...own,
});
