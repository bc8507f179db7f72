/** The sync over real HTTP: the official client, our transport, and the seeded portal behind a HubSpot-compatible server. */
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { seedPortal } from '../../../src/data/demo/portal/seed.ts';
import { type DemoServer, type DemoServerOptions, startDemoServer } from '../../../src/data/demo/server.ts';
import type { PortalState } from '../../../src/data/demo/state.ts';
import { checkBaseUrl } from '../../../src/data/hubspot/base-url.ts';
import type { Gateway } from '../../../src/data/hubspot/types.ts';
import { type Cache, openCache } from '../../../src/data/store/cache.ts';
import type { RawAccount } from '../../../src/data/store/types.ts';
import { runSync, type SyncOptions, type SyncOutcome } from '../../../src/data/sync/sync.ts';
import type { Day, Instant } from '../../../src/units/day.ts';
import { CANARY, make } from '../hubspot/make.ts';
import { tempFolder } from './bench.ts';
import { dump } from './dump.ts';
import { DEMO_MAPPING, DEMO_OWNER } from './mapping.ts';
import { minimumRequests } from './minimum.ts';

const OWNER = DEMO_OWNER;
const MAPPING = DEMO_MAPPING;
const MRR = '2-101';
const USAGE = '2-102';

interface Stage {
  readonly server: DemoServer;
  readonly gateway: Gateway;
  readonly cache: Cache;
  wait(hours: number): void;
  sync(options?: Partial<SyncOptions>): Promise<SyncOutcome>;
  accounts(scope?: string): Promise<RawAccount[]>;
}

async function stage({
  apiVersion = 'v3',
  ...options
}: Partial<DemoServerOptions> & { apiVersion?: 'v3' | '2026-09' } = {}): Promise<Stage> {
  let clock = Date.UTC(2026, 10, 20, 1) as Instant;
  const now = () => clock;
  const portal = seedPortal({ asOf: '2026-11-20' as Day, companies: 120 });
  const server = await startDemoServer({ portal, now, limits: false, token: CANARY, ...options });
  onTestFinished(() => server.close());
  const base = checkBaseUrl(server.url);
  if (!base.ok) throw new Error(base.error);
  const { gateway } = make(base.value, { apiVersion });
  onTestFinished(() => gateway.close());
  const cache = await openCache(join(tempFolder(), 'cache.db'));
  onTestFinished(() => cache.close());
  return {
    server,
    gateway,
    cache,
    wait(hours) {
      clock = (clock + hours * 3_600_000) as Instant;
    },
    async sync(more = {}) {
      const result = await runSync({ gateway, cache, now }, { mapping: MAPPING, scope: OWNER, ...more });
      if (!result.ok) throw new Error(result.error.kind);
      return result.value;
    },
    async accounts(scope = OWNER) {
      const found: RawAccount[] = [];
      for await (const account of cache.loadAccounts(await cache.companyIds(scope), { mrrObject: MRR, usageObject: USAGE }))
        found.push(account);
      return found;
    },
  };
}

/** What the portal itself holds for an owner. */
function truth(portal: PortalState, owner: string | null) {
  const companies = [...(portal.types.get('0-2')?.records.values() ?? [])].filter(
    (record) =>
      record.archivedAt === null &&
      record.mergedInto === null &&
      record.properties.lifecyclestage === 'customer' &&
      (owner === null || record.properties.csm_owner === owner),
  );
  const live = (type: string, id: string) => {
    const record = portal.types.get(type)?.records.get(id);
    return record !== undefined && record.archivedAt === null;
  };
  const hanging = (type: string, company: string) =>
    (portal.links.get(`0-2>${type}`)?.get(company) ?? []).filter((id) => live(type, id)).sort();
  return { companies: companies.map((record) => record.id).sort(), hanging };
}

const FIELDS = [
  ['mrr', MRR],
  ['usage', USAGE],
  ['tickets', '0-5'],
  ['contacts', '0-1'],
  ['notes', '0-46'],
  ['tasks', '0-27'],
  ['calls', '0-48'],
  ['meetings', '0-47'],
  ['emails', '0-49'],
  ['deals', '0-3'],
] as const;

function expectTruth(accounts: readonly RawAccount[], portal: PortalState, owner: string | null): void {
  const { companies, hanging } = truth(portal, owner);
  expect(accounts.map(({ company }) => company.id)).toEqual(companies);
  for (const account of accounts)
    for (const [field, type] of FIELDS)
      expect(account[field].map((record) => record.id).sort(), `${field} of ${account.company.id}`).toEqual(
        hanging(type, account.company.id),
      );
}

/** The fewest requests that this store could have been read with. */
function least(path: string): number {
  const { book = [], record = [] } = dump(path) as { book: unknown[]; record: { object: string }[] };
  const children: Record<string, number> = {};
  for (const { object } of record) if (object !== 'companies') children[object] = (children[object] ?? 0) + 1;
  for (const object of ['notes', 'tasks', 'calls', 'meetings', 'emails', 'deals', 'tickets', 'contacts', 'feedback_submissions'])
    children[object] ??= 0;
  return minimumRequests({ companies: book.length, children });
}

describe('a sync over HTTP', () => {
  it('brings one manager’s book as the portal has it, with histories, near the least number of requests', async () => {
    const { sync, accounts, server, cache } = await stage();
    const outcome = await sync();
    expect(outcome).toMatchObject({ mode: 'full', complete: true, problem: null, unavailable: [] });
    const book = await accounts();
    expect(book.length).toBeGreaterThan(10);
    expectTruth(book, server.portal, OWNER);
    expect(book.some(({ feedback }) => feedback.length > 0)).toBe(true);
    expect(book.some(({ company }) => (company.history.plan ?? []).length > 0)).toBe(true);
    expect(outcome.requests).toBe(server.requests.length);
    expect(outcome.requests / least(cache.path)).toBeLessThanOrEqual(1.3);
    expect((await cache.portal())?.timeZone).toBe('Asia/Tokyo');
    expect((await cache.feedDays(USAGE, 'Asia/Tokyo')).length).toBeGreaterThan(5);
  });

  it('brings the whole portal, links page by page', async () => {
    const { sync, accounts, server } = await stage({ associationPageSize: 7 });
    expect(await sync({ scope: 'all' })).toMatchObject({ complete: true, problem: null });
    expectTruth(await accounts('all'), server.portal, null);
  });

  it('follows what happens in the portal', async () => {
    const { sync, accounts, server, gateway, wait } = await stage();
    await sync();
    const [a, b, c] = await accounts();
    if (!a || !b || !c) throw new Error('the book is too small');
    wait(3);
    await gateway.update('companies', a.company.id, { plan: 'Enterprise' });
    await gateway.update('companies', b.company.id, { csm_owner: '76400013' });
    await gateway.archive('companies', c.company.id);
    const contact = a.contacts[0]?.id ?? '';
    await gateway.update('contacts', contact, { jobtitle: 'Chief of everything' });
    const note = await gateway.create('notes', {
      properties: { hs_timestamp: '2026-11-20T03:00:00Z', hs_note_body: 'From elsewhere' },
      associations: [{ toId: a.company.id, types: [{ category: 'HUBSPOT_DEFINED', typeId: 190 }] }],
    });
    if (!note.ok) throw new Error(note.error.message);
    const outcome = await sync();
    expect(outcome).toMatchObject({ mode: 'incremental', complete: true });
    const after = await accounts();
    expectTruth(after, server.portal, OWNER);
    const mine = after.find(({ company }) => company.id === a.company.id);
    expect(mine?.company.properties.plan).toBe('Enterprise');
    expect(mine?.notes.map((row) => row.id)).toContain(note.value.id);
    expect(mine?.contacts.find(({ id }) => id === contact)?.properties.jobtitle).toBe('Chief of everything');
    expect(after.map(({ company }) => company.id)).not.toContain(b.company.id);
    wait(24);
    expect(await sync()).toMatchObject({ complete: true });
    expectTruth(await accounts(), server.portal, OWNER);
  });

  it('ends in the same store over dated paths, and asks no other', async () => {
    const calm = await stage();
    const dated = await stage({ apiVersion: '2026-09' });
    for (const one of [calm, dated]) {
      await one.sync();
      one.wait(25);
      const [first] = await one.accounts();
      await one.gateway.update('companies', first?.company.id ?? '', { plan: 'Enterprise' });
      await one.gateway.archive('tickets', first?.tickets[0]?.id ?? '');
      expect(await one.sync()).toMatchObject({ complete: true, census: { complete: true }, problem: null });
    }
    expect(dump(dated.cache.path)).toEqual(dump(calm.cache.path));
    expect(dated.server.requests.length).toBe(calm.server.requests.length);
    expect(dated.server.requests.filter(({ path }) => !path.includes('/2026-09'))).toEqual([]);
  });

  it('ends in the same store through every kind of passing fault', async () => {
    const calm = await stage();
    await calm.sync();
    const stormy = await stage({
      faults: [
        { match: { path: /properties/, nth: 2 }, action: { kind: 'reset' } },
        { match: { path: /companies\/search/, nth: 1 }, action: { kind: 'rate-limit', policy: 'SECONDLY' } },
        {
          match: { path: /companies\/batch\/read/, nth: 1 },
          action: { kind: 'status', status: 502, text: '<html>Bad gateway</html>', contentType: 'text/html' },
        },
        { match: { path: /tickets\/batch\/read/, nth: 1 }, action: { kind: 'cut-json' } },
        { match: { path: /2-101\/batch\/read/, nth: 2 }, action: { kind: 'empty-object' } },
        { match: { path: /notes\/batch\/read/, nth: 1 }, action: { kind: 'cut-reply' } },
        { match: { path: /calls\/batch\/read/, nth: 1 }, action: { kind: 'rate-limit', policy: 'TEN_SECONDLY_ROLLING', retryAfter: 1 } },
      ],
    });
    const outcome = await stormy.sync();
    expect(outcome).toMatchObject({ complete: true, problem: null });
    expect(outcome.retried).toBeGreaterThanOrEqual(6);
    expect(dump(stormy.cache.path)).toEqual(dump(calm.cache.path));
  });

  it('stops at the daily limit, keeps what landed, and goes on the next day without asking for it again', async () => {
    const calm = await stage();
    await calm.sync();
    const { sync, server, cache, accounts } = await stage({
      faults: [{ match: { path: /2-101\/batch\/read/, nth: 3, times: 1_000 }, action: { kind: 'rate-limit', policy: 'DAILY' } }],
    });
    const stopped = await sync();
    expect(stopped).toMatchObject({ complete: false, problem: { kind: 'daily' }, retried: 0 });
    expect(stopped.objects[MRR]?.read).toBeGreaterThanOrEqual(100);
    server.setFaults([]);
    server.clearRequests();
    expect(await sync()).toMatchObject({ mode: 'full', complete: true });
    expect(server.requests.some(({ path }) => path.includes('companies/batch/read') || path.includes('search'))).toBe(false);
    expectTruth(await accounts(), server.portal, OWNER);
    expect(dump(cache.path)).toEqual(dump(calm.cache.path));
  });

  it.each([
    ['tickets', 'tickets'],
    ['crm.objects.custom.read', MRR],
    ['crm.objects.deals.read', 'deals'],
    ['crm.objects.feedback_submissions.read', 'feedback_submissions'],
    ['sales-email-read', 'emails'],
    ['crm.objects.contacts.read', 'contacts'],
  ])('without %s leaves %s out, and nothing that is allowed', async (scope, object) => {
    const { sync, server, accounts } = await stage();
    server.removeScope(scope);
    const outcome = await sync();
    expect(outcome).toMatchObject({ complete: true, problem: null });
    expect(outcome.unavailable.map((one) => one.object)).toContain(object);
    expect(outcome.unavailable.find((one) => one.object === object)?.scopes).toContain(scope);
    const allowed = new Set(FIELDS.map(([field]) => field).filter((field) => !outcome.unavailable.some((one) => one.object === field)));
    const { hanging } = truth(server.portal, OWNER);
    for (const account of await accounts())
      for (const [field, type] of FIELDS)
        if (allowed.has(field) && !type.startsWith('2-'))
          expect(account[field].map(({ id }) => id).sort()).toEqual(hanging(type, account.company.id));
  });

  it('goes on without custom objects where the portal has none', async () => {
    const { sync, server, accounts } = await stage();
    server.setCustomObjects(false);
    const outcome = await sync();
    expect(outcome.complete).toBe(true);
    expect(outcome.unavailable.map((one) => one.object)).toEqual([MRR, USAGE]);
    expect((await accounts()).length).toBeGreaterThan(10);
  });

  it('tells of a wrong token, and of nobody there', async () => {
    const { sync, server } = await stage();
    server.setToken('revoked');
    expect(await sync()).toMatchObject({ complete: false, problem: { kind: 'auth' } });
    await server.close();
    expect(await sync()).toMatchObject({ complete: false, problem: { kind: 'network' } });
  });

  it('is one at a time', async () => {
    const { gateway, cache, sync } = await stage();
    const first = sync();
    const second = await runSync({ gateway, cache, now: () => 0 as Instant }, { mapping: MAPPING, scope: OWNER });
    expect(second).toEqual({ ok: false, error: { kind: 'busy' } });
    expect((await first).complete).toBe(true);
    expect((await sync()).complete).toBe(true);
  });

  it('ends at once when it is aborted, and goes on later', async () => {
    const { sync, server, accounts } = await stage();
    const abort = new AbortController();
    const stopped = await sync({
      signal: abort.signal,
      onProgress: ({ phase, done }) => {
        if (phase === 'records' && done > 0) abort.abort();
      },
    });
    expect(stopped).toMatchObject({ complete: false, problem: { kind: 'aborted' } });
    expect(await sync()).toMatchObject({ complete: true });
    expectTruth(await accounts(), server.portal, OWNER);
  });
});
