/** Discovery through the real gateway against the demo portal, named in Japanese and in English. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Naming, namesOf } from '../../../src/data/demo/portal/naming.ts';
import { seedPortal } from '../../../src/data/demo/portal/seed.ts';
import { type DemoServer, startDemoServer } from '../../../src/data/demo/server.ts';
import { gatherDiscovery, proposeMapping } from '../../../src/data/hubspot/discovery.ts';
import type { Gateway } from '../../../src/data/hubspot/types.ts';
import type { Day, Instant } from '../../../src/units/day.ts';
import { CANARY, make } from '../hubspot/make.ts';

const NOW = Date.UTC(2026, 10, 21, 3) as Instant;

async function open(naming: Naming, scopes?: readonly string[]): Promise<{ server: DemoServer; gateway: Gateway }> {
  const portal = seedPortal({ asOf: '2026-11-21' as Day, companies: 60, naming });
  const server = await startDemoServer({ portal, now: () => NOW, limits: false, token: CANARY, ...(scopes && { scopes }) });
  onTestFinished(() => server.close());
  const { gateway } = make(new URL(server.url));
  onTestFinished(() => gateway.close());
  return { server, gateway };
}

describe.each(['ja', 'en'] as const)('the demo portal named in %s', (naming) => {
  it('is mapped without help, in a dozen and a half requests', async () => {
    const { server, gateway } = await open(naming);
    const found = await gatherDiscovery(gateway);
    if (!found.ok) throw new Error(found.error.message);
    const names = namesOf(naming);
    const { mapping, confirm } = proposeMapping(found.value);
    // What people read in HubSpot, not what it stores.
    const samples = found.value.candidates['profile.industry']?.find(({ value }) => value === 'industry')?.samples;
    expect(samples?.[0]).toBe(naming === 'ja' ? '製造' : 'Machinery');
    expect(mapping).toEqual({
      customers: 'lifecyclestage:customer',
      owner: names.csm.name,
      'mrr.source': 'custom-object',
      'mrr.object': '2-101',
      'mrr.month': names.mrrMonth.name,
      'mrr.amount': names.mrrAmount.name,
      'mrr.product': names.mrrProduct.name,
      'mrr.plan': names.mrrPlan.name,
      'mrr.currency': names.mrrCurrency.name,
      'mrr.seats': names.mrrSeats.name,
      'contract.start': names.contractStart.name,
      'contract.renewal': names.renewal.name,
      'contract.value': names.contractValue.name,
      'contract.termMonths': names.termMonths.name,
      'contract.billing': names.billing.name,
      'contract.noticeDays': names.noticeDays.name,
      'contract.noticeGivenOn': names.noticeGivenOn.name,
      'profile.plan': names.plan.name,
      'profile.industry': 'industry',
      'profile.sentiment': 'hs_csm_sentiment',
      'survey.sentOn': names.surveySentOn.name,
      'billing.discountEndsOn': names.discountEndsOn.name,
      'billing.discount': names.discount.name,
      'billing.priceRaisedOn': names.priceRaisedOn.name,
      'billing.priceRaise': names.priceRaise.name,
      'web.visits': 'hs_analytics_num_visits',
      'web.cancelPageViews': names.cancelViews.name,
      'web.pricingPageViews': names.pricingViews.name,
      'email.sent': 'hs_email_delivered',
      'email.opened': 'hs_email_open',
      'profile.size': 'numberofemployees',
      'profile.goals': names.goals.name,
      'profile.onboardingStage': names.onboarding.name,
      'churn.on': names.churnedOn.name,
      'churn.reason': names.churnReason.name,
      'usage.object': '2-102',
      'usage.week': names.usageWeek.name,
      'usage.lastUsedOn': names.usageLastUsed.name,
      'usage.logins': names.usageLogins.name,
      'usage.activeUsers': names.usageUsers.name,
      'usage.minutes': names.usageMinutes.name,
      'usage.featuresUsed': names.usageFeatures.name,
      'usage.featuresInPlan': `company.${names.featuresInPlan.name}`,
      'usage.seatsBought': `company.${names.seats.name}`,
      'support.priority': 'hs_ticket_priority',
      'support.category': 'hs_ticket_category',
      'support.escalated': names.ticketEscalated.name,
      'support.reopened': names.ticketReopened.name,
      'support.csat': names.ticketCsat.name,
      'survey.source': 'feedback',
      'people.champion': `${names.contactRole.name}:champion`,
      'people.role': names.contactRole.name,
      'people.left': names.contactLeft.name,
    });
    expect(confirm).toEqual([]);
    expect(server.requests.length).toBeLessThanOrEqual(18);
    for (const { method, path } of server.requests) expect(method === 'GET' || path.endsWith('/search'), `${method} ${path}`).toBe(true);
  });
});

describe('a token that lacks something', () => {
  it('finds the rest, and says what is missing', async () => {
    const { gateway } = await open('ja', [
      'crm.objects.companies.read',
      'crm.schemas.companies.read',
      'crm.objects.owners.read',
      'crm.objects.contacts.read',
    ]);
    const found = await gatherDiscovery(gateway);
    if (!found.ok) throw new Error(found.error.message);
    const { mapping, confirm } = proposeMapping(found.value);
    expect(mapping).toMatchObject({ owner: 'csm_owner', 'contract.renewal': 'contract_renewal_date', 'usage.seatsBought': 'seats' });
    expect(mapping).not.toHaveProperty('mrr.object');
    expect(mapping).not.toHaveProperty('support.csat');
    expect(confirm).toContain('mrr.source');
    expect(found.value.portal.unavailable).toMatchObject({
      custom: expect.stringContaining('crm.'),
      tickets: expect.stringContaining('tickets'),
    });
  });

  it('or is refused, gets its failure', async () => {
    const { server, gateway } = await open('ja');
    server.setToken('revoked');
    expect(await gatherDiscovery(gateway)).toMatchObject({ ok: false, error: { kind: 'auth' } });
  });
});
