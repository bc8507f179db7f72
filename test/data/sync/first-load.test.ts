import { describe, expect, it } from 'vitest';
import { furnish, makeBench } from './bench.ts';
import { minimumRequests } from './minimum.ts';
import { failure } from './portal.ts';

const CHILDREN = ['2-1', '2-2', 'contacts', 'tickets', 'deals', 'notes', 'tasks', 'calls', 'meetings', 'emails', 'feedback_submissions'];

describe('first load', () => {
  it('brings the book with everything that hangs on it, and nobody else’s', async () => {
    const bench = await makeBench();
    const ids = furnish(bench, 3);
    bench.company({ hubspot_owner_id: '8' });
    bench.company({ lifecyclestage: 'lead' });
    const outcome = await bench.sync();
    expect(outcome).toMatchObject({ mode: 'full', complete: true, problem: null, unavailable: [] });
    const accounts = await bench.accounts();
    expect([...accounts.keys()]).toEqual(ids);
    const account = accounts.get(ids[1] ?? '');
    expect(account?.company.properties).toMatchObject({ name: 'Company 1', plan: 'Pro' });
    expect(account?.mrr.map((row) => row.properties.month)).toEqual(['2026-09-01', '2026-10-01', '2026-11-01']);
    for (const kind of ['usage', 'contacts', 'tickets', 'feedback', 'notes', 'tasks', 'calls', 'meetings', 'emails', 'deals'] as const)
      expect(account?.[kind], kind).toHaveLength(1);
    expect(outcome.objects['2-1']).toEqual({ read: 9, changed: 9, removed: 0 });
    expect(outcome.objects.companies).toEqual({ read: 3, changed: 3, removed: 0 });
  });

  it.each([0, 1])('is fine with %i companies', async (count) => {
    const bench = await makeBench();
    furnish(bench, count);
    expect(await bench.sync()).toMatchObject({ complete: true, problem: null });
    expect((await bench.accounts()).size).toBe(count);
    expect(await bench.sync()).toMatchObject({ mode: 'incremental', complete: true });
  });

  it('takes every customer of the portal with the scope all', async () => {
    const bench = await makeBench();
    bench.company({ hubspot_owner_id: '8' });
    bench.company();
    await bench.sync({ scope: 'all' });
    expect((await bench.accounts('all')).size).toBe(2);
  });

  it.each([1, 60, 260, 1_100])('asks %i companies with at most 1.3 times the minimum of requests', async (count) => {
    const bench = await makeBench();
    furnish(bench, count);
    const outcome = await bench.sync();
    const children = Object.fromEntries(CHILDREN.map((object) => [object, bench.portal.table(object).size]));
    // The port counts the two pages of owners as one.
    const least = minimumRequests({ companies: count, children }) - 1;
    expect(outcome.requests).toBeGreaterThanOrEqual(least);
    expect(outcome.requests).toBeLessThanOrEqual(Math.floor(least * 1.3));
  });

  it.each([200, 1_100])('loads %i companies within 1.2 times records ÷ 100, lists ÷ 1,000 and a dozen', async (count) => {
    const bench = await makeBench();
    furnish(bench, count);
    const outcome = await bench.sync();
    const pages = (records: number, size: number) => Math.ceil(records / size);
    const records = ['companies', ...CHILDREN].reduce((sum, object) => sum + pages(bench.portal.table(object).size, 100), 0);
    // Ten types hang on companies, survey answers on contacts and tickets: one of each on a company here.
    const lists = 12 * pages(count, 1_000);
    expect(outcome.requests).toBeLessThanOrEqual(1.2 * (records + lists + 12));
  });

  it('keeps what an owner property or a customer filter of another name says', async () => {
    const bench = await makeBench();
    bench.portal.add('companies', { name: 'A', csm: '7', status: 'Kunde' });
    bench.portal.add('companies', { name: 'B', csm: '8', status: 'Kunde' });
    await bench.sync({ mapping: { owner: 'csm', customers: 'status:Kunde' } });
    expect([...(await bench.accounts()).values()].map((account) => account.company.properties.name)).toEqual(['A']);
  });

  it('tells how far it is', async () => {
    const bench = await makeBench();
    furnish(bench, 120);
    const seen: string[] = [];
    await bench.sync({
      onProgress: ({ phase, done, total }) => {
        seen.push(phase);
        if (total !== null) expect(done).toBeLessThanOrEqual(total);
      },
    });
    expect([...new Set(seen)]).toEqual(['portal', 'companies', 'links', 'records']);
  });

  it('reads everything again when the mapping asks for another property', async () => {
    const bench = await makeBench();
    const [id = ''] = furnish(bench, 1);
    bench.portal.get('companies', id).properties.tariff = 'Gold';
    await bench.sync();
    bench.wait(1);
    const outcome = await bench.sync({ mapping: { owner: 'hubspot_owner_id', 'profile.plan': 'tariff' } });
    expect(outcome.mode).toBe('full');
  });

  it('stops at the first request where the token is refused', async () => {
    const bench = await makeBench();
    furnish(bench, 1);
    bench.portal.fault = () => failure('auth', { status: 401 });
    const outcome = await bench.sync();
    expect(outcome).toMatchObject({ complete: false, requests: 1, problem: { kind: 'auth' } });
  });
});
