/** The gateway against the HubSpot-compatible server: the seeded portal, read and written through the real client. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { seedPortal } from '../../../src/data/demo/portal/seed.ts';
import { type DemoServer, type DemoServerOptions, startDemoServer } from '../../../src/data/demo/server.ts';
import { checkBaseUrl } from '../../../src/data/hubspot/base-url.ts';
import type { GatewayOptions } from '../../../src/data/hubspot/gateway.ts';
import { textOfHtml } from '../../../src/data/hubspot/html.ts';
import { toNewRecord } from '../../../src/data/hubspot/write.ts';
import { openPace } from '../../../src/data/store/pace.ts';
import { hasMarker, makeMarker } from '../../../src/plays/marker.ts';
import type { Day, Instant } from '../../../src/units/day.ts';
import { CANARY, failure, make, value } from './make.ts';

const AS_OF = '2026-11-20' as Day;
const now = () => Date.now() as Instant;
const open: DemoServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

async function start(options: Partial<DemoServerOptions> = {}, gatewayOptions: Partial<GatewayOptions> = {}) {
  const server = await startDemoServer({ portal: seedPortal({ asOf: AS_OF }), now, limits: false, token: CANARY, ...options });
  open.push(server);
  const base = checkBaseUrl(server.url);
  if (!base.ok) throw new Error(base.error);
  return { server, ...make(base.value, gatewayOptions) };
}

const everyId = { filterGroups: [], properties: [], afterId: null, limit: 200 };
const MARKER = makeMarker(new Uint8Array(12).fill(7));
const note = (companyId: string) =>
  toNewRecord(
    { kind: 'note', companyId, body: '更新の相談\n<来週>', at: Date.UTC(2026, 10, 20) as Instant, ownerId: null },
    { marker: MARKER, timeZone: 'Asia/Tokyo' },
  );

describe.each(['v3', '2026-09'] as const)('%s', (apiVersion) => {
  test('the whole read side', async () => {
    const { gateway, server } = await start({ associationPageSize: 3 }, { apiVersion });
    expect(value(await gateway.portalInfo())).toMatchObject({ timeZone: 'Asia/Tokyo', currency: 'JPY' });
    expect(value(await gateway.owners()).length).toBeGreaterThanOrEqual(4);
    expect(value(await gateway.properties('companies')).some(({ name }) => name === 'hubspot_owner_id')).toBe(true);
    const schemas = value(await gateway.schemas());
    expect(schemas.length).toBeGreaterThan(0);
    expect(
      value(await gateway.pipelines('tickets'))
        .flatMap(({ stages }) => stages)
        .some(({ metadata }) => metadata.ticketState === 'CLOSED'),
    ).toBe(true);

    // Every company by keyset, every one again by batch, and by list: the same set three times.
    const found: string[] = [];
    for (let afterId: string | null = null; ; ) {
      const page: { readonly records: readonly { readonly id: string }[]; readonly total: number } = value(
        await gateway.search('companies', { ...everyId, afterId, limit: 50 }),
      );
      found.push(...page.records.map(({ id }) => id));
      if (page.records.length === page.total) break;
      afterId = page.records.at(-1)?.id ?? null;
    }
    expect(new Set(found).size).toBe(found.length);
    const read = value(await gateway.read('companies', [...found, '999999999999'], ['name'], ['hubspot_owner_id']));
    expect(read.records.map(({ id }) => id).sort()).toEqual([...found].sort());
    expect(read.missing).toEqual(['999999999999']);
    expect(read.records.some(({ history }) => (history.hubspot_owner_id ?? []).length > 0)).toBe(true);
    const listed: string[] = [];
    for (let after: string | null = null; ; ) {
      const page: { readonly records: readonly { readonly id: string }[]; readonly after: string | null } = value(
        await gateway.list('companies', ['name'], after, false),
      );
      listed.push(...page.records.map(({ id }) => id));
      after = page.after;
      if (after === null) break;
    }
    expect(listed.sort()).toEqual([...found].sort());

    // Associations over many inner pages name as many records as the custom object has with a company.
    const custom = schemas[0]?.objectTypeId ?? '';
    const links = value(await gateway.associations('companies', custom, found));
    const targets = [...links.values()].flat();
    expect(new Set(targets).size).toBe(targets.length);
    expect(targets.length).toBeGreaterThan(found.length);
    expect(server.requests.filter(({ status }) => status !== null && status >= 400).map(({ path }) => path)).toEqual([]);
    const version = apiVersion === 'v3' ? /\/v[34]\// : /\/2026-09(\/|$)/;
    expect(server.requests.every(({ path }) => version.test(path))).toBe(true);
  }, 30_000);

  test('a note is there, with its company and its marker', async () => {
    const { gateway } = await start({}, { apiVersion });
    const [company] = value(await gateway.search('companies', { ...everyId, limit: 1 })).records;
    const { object, record } = note(company?.id ?? '');
    const { id } = value(await gateway.create(object, record));
    expect(value(await gateway.associations('companies', 'notes', [company?.id ?? ''])).get(company?.id ?? '')).toContain(id);
    const [read] = value(await gateway.read('notes', [id], ['hs_note_body', 'hs_timestamp'], [])).records;
    const body = read?.properties.hs_note_body ?? '';
    expect(hasMarker(body, MARKER)).toBe(true);
    expect(textOfHtml(body)).toBe(`更新の相談\n<来週>\n\n${MARKER}`);
    expect(value(await gateway.archive('notes', id))).toBeNull();
    expect(value(await gateway.read('notes', [id], [], [])).missing).toEqual([id]);
  });

  test('every fault: at most one create arrives, and "surely not applied" is never a lie', async () => {
    const faults = [
      { kind: 'status', status: 500, apply: true },
      { kind: 'status', status: 503, apply: false },
      { kind: 'status', status: 502, apply: true, text: '<html>', contentType: null },
      { kind: 'status', status: 201, apply: true, text: '<html>ok</html>', contentType: 'text/html' },
      { kind: 'status', status: 400, json: { category: 'VALIDATION_ERROR' } },
      { kind: 'rate-limit', policy: 'TEN_SECONDLY_ROLLING' },
      { kind: 'rate-limit', policy: 'SECONDLY', retryAfter: 1 },
      { kind: 'rate-limit', policy: 'DAILY' },
      { kind: 'hang', apply: true },
      { kind: 'hang', apply: false },
      { kind: 'hang-mid-body', apply: true },
      { kind: 'reset', apply: true },
      { kind: 'reset', apply: false },
      { kind: 'cut-reply' },
      { kind: 'cut-json' },
      { kind: 'empty-object' },
      { kind: 'drip', bytesPerSecond: 1 },
      { kind: 'redirect', location: 'http://127.0.0.1:9/', status: 307 },
      { kind: 'commit-later', ms: 1 },
    ] as const;
    const { gateway, server } = await start({}, { apiVersion, timeouts: { connectMs: 100, answerMs: 200 } });
    const [company] = value(await gateway.search('companies', { ...everyId, limit: 1 })).records;
    const { object, record } = note(company?.id ?? '');
    for (const action of faults) {
      server.clearRequests();
      server.setFaults([{ match: { method: 'POST', path: /\/notes$/ }, action }]);
      const failed = failure(await gateway.create(object, record));
      await server.settled();
      const posts = server.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/notes'));
      expect(posts, action.kind).toHaveLength(1);
      if (failed.surelyNotApplied) expect(posts[0]?.applied, JSON.stringify(action)).toBe(false);
    }
  }, 30_000);
});

test('a merged company answers under its survivor', async () => {
  const portal = seedPortal({ asOf: AS_OF });
  const [loser] = [...(portal.types.get('0-2')?.records.values() ?? [])].filter(({ mergedInto }) => mergedInto !== null);
  if (!loser?.mergedInto) throw new Error('the seed has no merged company');
  const { gateway } = await start({ portal });
  const read = value(await gateway.read('companies', [loser.id], ['name'], []));
  expect([...read.merged]).toEqual([[loser.id, loser.mergedInto]]);
  expect(read.records.map(({ id }) => id)).toEqual([loser.mergedInto]);
  expect(read.missing).toEqual([]);
});

test('one missing scope costs that object and no other', async () => {
  const { gateway, server } = await start();
  server.removeScope('tickets');
  const refused = failure(await gateway.search('tickets', everyId));
  expect(refused).toMatchObject({ kind: 'scope', status: 403 });
  expect(refused.scopes).toContain('tickets');
  value(await gateway.search('companies', everyId));
});

test('a wrong token', async () => {
  const { gateway } = await start({ token: 'another' });
  expect(failure(await gateway.portalInfo())).toMatchObject({ kind: 'auth', status: 401 });
});

test('an ending search page or a foreign link leads nowhere else', async () => {
  const { gateway, server } = await start();
  server.setFaults([{ match: { method: 'GET' }, action: { kind: 'foreign-link', host: 'elsewhere.example' } }]);
  const page = value(await gateway.list('companies', [], null, false));
  value(await gateway.list('companies', [], page.after, false));
  expect(server.requests).toHaveLength(2);
});

test('paced by the shared bucket, a hundred requests meet no 429', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pace-'));
  const sleep = (ms: number, signal: AbortSignal) =>
    delay(ms, undefined, { signal }).then(
      () => undefined,
      () => undefined,
    );
  const openHere = () => openPace(join(folder, 'pace.db'), 'portal', { now, sleep, random: Math.random });
  const [mine, theirs] = [openHere(), openHere()];
  const limits = { perTenSeconds: 400, searchPerSecond: 5 };
  const { gateway, server } = await start({ limits }, { pace: mine, sleep, random: Math.random });
  const base = checkBaseUrl(server.url);
  if (!base.ok) throw new Error(base.error);
  const other = make(base.value, { pace: theirs, sleep, random: Math.random }).gateway;
  await gateway.portalInfo();
  await Promise.all(
    [gateway, other].flatMap((one) => [
      ...Array.from({ length: 40 }, () => one.portalInfo({ lane: 'background' })),
      ...Array.from({ length: 8 }, () => one.search('companies', { ...everyId, limit: 1 })),
    ]),
  );
  expect(server.requests.filter(({ status }) => status === 429)).toEqual([]);
  expect(server.requests).toHaveLength(97);
  mine.close();
  theirs.close();
  rmSync(folder, { recursive: true, force: true });
}, 30_000);
