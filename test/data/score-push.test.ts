/** Scores to HubSpot by batches over HTTP: how many requests, what of a batch is accounted for, what a fault leaves. */
import { expect, it, onTestFinished } from 'vitest';
import type { BookRow } from '../../src/book/row.ts';
import { newRecord } from '../../src/data/demo/apply.ts';
import { seedPortal } from '../../src/data/demo/portal/seed.ts';
import { type DemoServer, startDemoServer } from '../../src/data/demo/server.ts';
import { insertRecord } from '../../src/data/demo/state.ts';
import type { PushedScores } from '../../src/data/store/pushed-scores.ts';
import type { Day } from '../../src/units/day.ts';
import { type PushPorts, type PushWish, pushScores, ScorePropertiesError } from '../../src/workspace/score-push.ts';
import { row } from '../screen/fixture.ts';
import { make, NOW } from './hubspot/make.ts';

interface Bench {
  readonly server: DemoServer;
  readonly rows: BookRow[];
  readonly memory: Map<string, Readonly<Record<string, string>>>;
  readonly waits: number[];
  push(over?: Partial<PushWish>): ReturnType<typeof pushScores>;
  /** The company's own value, as the portal has it. */
  held(id: string, name: string): string | undefined;
}

const POLICY = 'sha256:1';
const COMPANIES = '0-2';

async function bench(count: number): Promise<Bench> {
  const portal = seedPortal({ asOf: '2026-11-20' as Day, companies: 10 });
  const companies = portal.types.get(COMPANIES);
  if (!companies) throw new Error('no companies');
  const rows = Array.from({ length: count }, (_, index) => {
    const id = String(50_000_000_000 + index);
    insertRecord(companies, newRecord(id, NOW, { name: `Company ${index}` }));
    return row(index, { id, name: `Company ${index}`, risk: index % 101, band: 'high', calibrated: true, probability: 0.25 });
  });
  const server = await startDemoServer({ portal, now: () => NOW, limits: false });
  onTestFinished(() => server.close());
  const { gateway } = make(new URL(server.url));
  onTestFinished(() => gateway.close());
  const memory = new Map<string, Readonly<Record<string, string>>>();
  const waits: number[] = [];
  const ports: PushPorts = {
    gateway,
    clock: { now: () => NOW, sleep: async (ms) => void waits.push(ms) },
    signal: new AbortController().signal,
    pushed: async () => memory,
    keep: async (pushed: PushedScores) => {
      for (const [id, values] of pushed) memory.set(id, values);
    },
  };
  const context = { asOf: '2026-11-20' as Day, policy: POLICY, labels: new Map(), withTier: true, lang: 'en' } as const;
  return {
    server,
    rows,
    memory,
    waits,
    push: (over = {}) => pushScores(ports, { rows, context, dryRun: false, create: true, full: false, ...over }),
    held: (id, name) => companies.records.get(id)?.properties[name],
  };
}

const batches = (server: DemoServer): number => server.requests.filter(({ path }) => path.endsWith('/companies/batch/update')).length;

it('takes one request for a hundred accounts, one to look at the definitions, and nine once to make them', async () => {
  const { server, rows, push, held } = await bench(2_550);
  const first = await push();
  expect(first).toMatchObject({ changed: 2_550, unchanged: 0, failed: [], stopped: null, requests: 26 + 1 + 8 });
  expect(first.requests).toBe(server.requests.length);
  for (const { id, risk } of rows) expect(held(id, 'kizashi_risk')).toBe(String(risk));
  expect(held('50000000007', 'kizashi_probability')).toBe('0.25');

  // Asked for again at once: a look at the definitions and not one write.
  server.clearRequests();
  expect(await push()).toMatchObject({ changed: 0, unchanged: 2_550, requests: 1 });
  expect(batches(server)).toBe(0);

  // Every account changed: what 100,000 accounts take beyond the 1,000 batches is one request, or nine more the first time.
  server.clearRequests();
  const changed = rows.map((one) => ({ ...one, risk: one.risk + 1 }));
  const again = await push({ rows: changed });
  expect(again).toMatchObject({ changed: 2_550, requests: 26 + 1 });
  const forAll = (of: number, extra: number): number => Math.ceil(of / 100) + extra;
  expect(forAll(100_000, again.requests - 26) / forAll(100_000, 0)).toBeLessThan(1.1);
  expect(forAll(100_000, first.requests - 26) / forAll(100_000, 0)).toBeLessThan(1.1);
  // Only what changed goes out, with the day.
  const body = JSON.parse(server.requests.at(-1)?.body ?? '{}');
  expect(Object.keys(body.inputs[0].properties)).toEqual(['kizashi_risk']);
});

it('writes the day along with a change, and nothing where only the day is another', async () => {
  const { server, rows, push, held } = await bench(3);
  const on = (day: string) => ({ asOf: day as Day, policy: POLICY, labels: new Map(), withTier: true, lang: 'en' }) as const;
  await push({ context: on('2026-11-20') });
  expect(await push({ context: on('2026-11-21') })).toMatchObject({ changed: 0, unchanged: 3 });
  const [one] = rows;
  if (!one) throw new Error('no row');
  expect(await push({ context: on('2026-11-22'), rows: [{ ...one, risk: 99 }, ...rows.slice(1)] })).toMatchObject({
    changed: 1,
    unchanged: 2,
  });
  expect([held(one.id, 'kizashi_risk'), held(one.id, 'kizashi_as_of')]).toEqual(['99', '2026-11-22']);
  expect(held(rows[1]?.id ?? '', 'kizashi_as_of')).toBe('2026-11-20');
  expect(server.requests.every(({ status }) => (status ?? 500) < 400)).toBe(true);
});

it('asks HubSpot where it remembers nothing, and finds what somebody changed there where it is asked to', async () => {
  const { server, rows, memory, push, held } = await bench(150);
  await push();
  memory.clear();
  expect(await push()).toMatchObject({ changed: 0, unchanged: 150, requests: 1 + 2 });
  await push({ rows: rows.map((one) => ({ ...one, risk: 5 })) });
  const [one] = rows;
  if (!one) throw new Error('no row');
  server.edit([{ kind: 'update', type: COMPANIES, id: one.id, at: NOW, properties: { kizashi_risk: '77' }, touch: true }]);
  const five = rows.map((each) => ({ ...each, risk: 5 }));
  expect(await push({ rows: five })).toMatchObject({ changed: 0 });
  const seen = await push({ rows: five, full: true, dryRun: true });
  expect(seen.diff).toEqual([{ id: one.id, name: one.name, changes: [{ property: 'kizashi_risk', from: '77', to: '5' }] }]);
  expect(held(one.id, 'kizashi_risk')).toBe('77');
  expect(await push({ rows: five, full: true })).toMatchObject({ changed: 1, unchanged: 149 });
  expect(held(one.id, 'kizashi_risk')).toBe('5');
});

it('names the accounts that HubSpot refused or said nothing of, and writes all others', async () => {
  const { server, rows, push, held } = await bench(230);
  const [bad = rows[0], gone = rows[0]] = [rows[42], rows[117]];
  if (!bad || !gone) throw new Error('no row');
  const message = 'Property values were not valid';
  server.setFaults([
    {
      match: { path: /companies\/batch\/update/, body: new RegExp(`"id":"${bad.id}"`) },
      action: { kind: 'status', status: 400, json: { status: 'error', category: 'VALIDATION_ERROR', message } },
    },
  ]);
  server.edit([{ kind: 'archive', type: COMPANIES, id: gone.id, at: NOW }]);
  const done = await push();
  expect(done).toMatchObject({ changed: 228, stopped: null });
  expect(done.failed).toEqual([
    { id: bad.id, name: bad.name, because: expect.stringContaining(message) },
    { id: gone.id, name: gone.name, because: null },
  ]);
  for (const { id, risk } of rows) if (id !== bad.id && id !== gone.id) expect(held(id, 'kizashi_risk')).toBe(String(risk));
  // A hundred halved down to the one, not a hundred single ones.
  expect(batches(server)).toBeLessThan(3 + 2 * 8);
  // What was refused is tried again, the rest is not.
  server.setFaults([]);
  const again = await push();
  expect(again).toMatchObject({ changed: 1, unchanged: 228 });
  expect(again.failed.map(({ id }) => id)).toEqual([gone.id]);
});

it('reads which of a batch failed where the answer is partly a success', async () => {
  const { server, rows, push } = await bench(3);
  await push();
  const [first, second, third] = rows.map(({ id }) => id);
  const at = new Date(NOW).toISOString();
  const results = [first, third].map((id) => ({ id, properties: {}, createdAt: at, updatedAt: at, archived: false }));
  const error = { status: 'error', category: 'VALIDATION_ERROR', message: 'locked', errors: [], links: {} };
  const errors = [{ ...error, context: { objectWriteTraceId: [second] } }];
  const json = { status: 'COMPLETE', results, numErrors: 1, errors, startedAt: at, completedAt: at };
  server.setFaults([{ match: { path: /batch\/update/ }, action: { kind: 'status', status: 207, json } }]);
  const done = await push({ rows: rows.map((one) => ({ ...one, risk: 88 })) });
  expect(done).toMatchObject({ changed: 2, failed: [{ id: second, because: 'locked' }] });
});

it('tries again after an outage, and where it lasts says what was written and what was not', async () => {
  const { server, push, waits } = await bench(250);
  const path = /companies\/batch\/update/;
  server.setFaults([
    { match: { path, nth: 1 }, action: { kind: 'status', status: 502, text: 'bad gateway', contentType: 'text/html' } },
    { match: { path, nth: 2 }, action: { kind: 'cut-reply' } },
  ]);
  expect(await push()).toMatchObject({ changed: 250, failed: [], stopped: null });
  expect(waits.length).toBeGreaterThanOrEqual(2);
});

it('refuses before it writes where properties are missing or cannot hold a score', async () => {
  const { server, push } = await bench(2);
  await expect(push({ create: false })).rejects.toMatchObject({
    kind: 'missing',
    names: expect.arrayContaining(['kizashi_risk', 'kizashi_tier']),
  });
  const dry = await push({ create: false, dryRun: true });
  expect(dry).toMatchObject({ changed: 2, requests: 1, missing: expect.arrayContaining(['kizashi_risk']) });
  const asText = {
    name: 'kizashi_risk',
    label: 'Risk',
    type: 'string',
    fieldType: 'text',
    groupName: 'companyinformation',
    options: [],
    hubspotDefined: false,
    calculated: false,
    readOnly: false,
    hasUniqueValue: false,
    externalOptions: false,
    referencedObjectType: null,
    showCurrencySymbol: false,
  } as const;
  server.edit([{ kind: 'define', type: COMPANIES, definition: asText }]);
  await expect(push()).rejects.toEqual(new ScorePropertiesError('unfit', ['kizashi_risk']));
  expect(server.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
});
