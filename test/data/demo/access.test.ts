import { describe, expect, it } from 'vitest';
import { ALL_SCOPES } from '../../../src/data/demo/object-types.ts';
import { fixture, search } from './help.ts';

describe('token and scopes', () => {
  it('wants a bearer token, the right one, and a living one', async () => {
    await using f = await fixture({ token: 'test-token' });
    const bare = await fetch(`${f.server.url}/account-info/v3/details`);
    expect([bare.status, ((await bare.json()) as { category: string }).category]).toEqual([401, 'INVALID_AUTHENTICATION']);
    const wrong = await fetch(`${f.server.url}/account-info/v3/details`, { headers: { authorization: 'Bearer other' } });
    expect(wrong.status).toBe(401);
    expect((await f.get('/account-info/v3/details')).status).toBe(200);
    f.server.setToken('expired');
    expect((await f.get('/account-info/v3/details')).json.category).toBe('EXPIRED_AUTHENTICATION');
    f.server.setToken('revoked');
    expect((await f.get('/account-info/v3/details')).json.category).toBe('INVALID_AUTHENTICATION');
    f.server.setToken('valid');
    expect((await f.get('/account-info/v3/details')).status).toBe(200);
  });

  it.each([
    ['crm.objects.contacts.read', '/crm/v3/objects/notes'],
    ['crm.objects.contacts.read', '/crm/v3/objects/contacts'],
    ['crm.objects.companies.read', '/crm/v3/objects/companies'],
    ['tickets', '/crm/v3/objects/tickets'],
    ['sales-email-read', '/crm/v3/objects/emails'],
    ['crm.objects.owners.read', '/crm/owners/2026-09'],
    ['crm.objects.custom.read', '/crm/v3/objects/2-101'],
    ['crm.schemas.custom.read', '/crm-object-schemas/v3/schemas'],
    ['crm.objects.feedback_submissions.read', '/crm/v3/objects/feedback_submissions'],
  ])('without %s refuses %s and names it', async (scope, path) => {
    await using f = await fixture({ companies: 2 });
    expect((await f.get(path)).status).toBe(200);
    f.server.removeScope(scope);
    const { status, json } = await f.get(path);
    expect([status, json.category]).toEqual([403, 'MISSING_SCOPES']);
    expect(json.errors[0].context.requiredGranularScopes).toEqual([scope]);
    expect((await f.get('/account-info/v3/details')).status).toBe(200);
  });

  it('wants the contact scope for writing notes, and both sides’ scopes for associations', async () => {
    await using f = await fixture({
      companies: 2,
      scopes: ALL_SCOPES.filter((scope) => scope !== 'crm.objects.contacts.write' && scope !== 'tickets'),
    });
    const refused = await f.send('POST', '/crm/v3/objects/tasks', { properties: { hs_timestamp: '0' } });
    expect(refused.json.errors[0].context.requiredGranularScopes).toEqual(['crm.objects.contacts.write']);
    expect((await f.send('POST', '/crm/v4/associations/companies/tickets/batch/read', { inputs: [] })).status).toBe(403);
    expect((await f.send('POST', '/crm/v4/associations/companies/notes/batch/read', { inputs: [] })).status).toBe(200);
  });

  it('can be a portal without custom objects', async () => {
    await using f = await fixture({ companies: 2 });
    f.server.setCustomObjects(false);
    const statuses = await Promise.all(
      ['/crm/v3/objects/2-101', '/crm-object-schemas/v3/schemas', '/crm/v3/objects/companies'].map((path) => f.get(path)),
    );
    expect(statuses.map(({ status }) => status)).toEqual([403, 403, 200]);
  });
});

describe('limits', () => {
  it('allows so many in ten seconds, then says so with policy and headers, then allows again', async () => {
    await using f = await fixture({ companies: 2, limits: { perTenSeconds: 100 } });
    const path = '/account-info/v3/details';
    for (let call = 0; call < 99; call += 1) await f.get(path);
    expect((await f.get(path)).headers.get('x-hubspot-ratelimit-remaining')).toBe('0');
    const refused = await f.get(path);
    expect([refused.status, refused.json.policyName, refused.json.errorType]).toEqual([429, 'TEN_SECONDLY_ROLLING', 'RATE_LIMIT']);
    expect(refused.json.message).toBe('You have reached your ten_secondly_rolling limit.');
    expect(refused.headers.get('x-hubspot-ratelimit-max')).toBe('100');
    f.clock.now = (f.clock.now + 10_000) as typeof f.clock.now;
    expect((await f.get(path)).status).toBe(200);
  });

  it('allows five searches a second', async () => {
    await using f = await fixture({ companies: 2, limits: true });
    const one = () => f.send('POST', '/crm/v3/objects/companies/search', search([]));
    for (let call = 0; call < 5; call += 1) expect((await one()).status).toBe(200);
    expect((await one()).json.policyName).toBe('SECONDLY');
    expect((await f.get('/account-info/v3/details')).status).toBe(200);
    f.clock.now = (f.clock.now + 1_000) as typeof f.clock.now;
    expect((await one()).status).toBe(200);
  });

  it('counts the day in the portal’s zone', async () => {
    await using f = await fixture({ companies: 2, limits: { perDay: 3 } });
    const path = '/account-info/v3/details';
    const remaining = async () => (await f.get(path)).headers.get('x-hubspot-ratelimit-daily-remaining');
    expect([await remaining(), await remaining(), await remaining()]).toEqual(['2', '1', '0']);
    expect((await f.get(path)).json.policyName).toBe('DAILY');
    f.clock.now = Date.parse('2026-11-21T14:59:59Z') as typeof f.clock.now;
    expect((await f.get(path)).status).toBe(429);
    f.clock.now = Date.parse('2026-11-21T15:00:00Z') as typeof f.clock.now;
    expect((await f.get(path)).status).toBe(200);
  });
});
