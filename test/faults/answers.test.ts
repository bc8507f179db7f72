/** What HubSpot may answer, or not, over real HTTP: nothing is posted twice, nothing is lost, and the row says what it waits for. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { applyChange } from '../../src/data/demo/apply.ts';
import type { FaultAction } from '../../src/data/demo/faults.ts';
import { type DemoServer, startDemoServer } from '../../src/data/demo/server.ts';
import type { OutboxRow } from '../../src/data/outbox/types.ts';
import { holding, smallPortal, TOKEN } from './portal.ts';
import { note, type Stage, stage } from './stage.ts';
import { drive, fileClock } from './time.ts';

const SECOND = 1000;
const MINUTE = 60_000;
const HOUR = 3_600_000;

let home: string;
let server: DemoServer;
let on: Stage;
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'kizashi-answers-'));
  const clock = fileClock(join(home, 'offset'));
  server = await startDemoServer({ portal: smallPortal(3), now: clock.now, limits: false, token: TOKEN });
  on = await stage({ home, url: server.url, answerMs: 300 });
});
afterEach(async () => {
  await on.close();
  await server.close();
  rmSync(home, { recursive: true, force: true });
});

/** Does this to the first POST of a note, and lets all others through. */
const firstPost = (action: FaultAction) => server.setFaults([{ match: { method: 'POST', path: /objects\/notes$/, nth: 1 }, action }]);

async function queue(words: string): Promise<string> {
  const queued = await on.outbox.enqueue(note(words, on.clock.now()));
  if (!queued.ok) throw new Error(queued.error.kind);
  return queued.value.id;
}

async function row(id: string): Promise<OutboxRow | undefined> {
  return (await on.outbox.list({ ids: [id] }))[0];
}

const posts = () =>
  server.requests.filter(({ method, path, body }) => method === 'POST' && path.endsWith('/objects/notes') && body.includes('ref')).length;

/** A colleague's note every ten minutes: what shows how far the index has come. */
function colleague(): () => Promise<void> {
  let last: number = on.clock.now();
  return async () => {
    if (on.clock.now() - last < 10 * MINUTE) return;
    last = on.clock.now();
    await on.gateway.create('notes', { properties: { hs_timestamp: String(last), hs_note_body: 'colleague' }, associations: [] });
  };
}

test.each<[string, FaultAction]>([
  ['F2 a cut reply', { kind: 'cut-reply' }],
  ['cut JSON', { kind: 'cut-json' }],
  ['F6 201 with {}', { kind: 'empty-object' }],
  ['a reset', { kind: 'reset', apply: true }],
  ['F3 502', { kind: 'status', status: 502, apply: true }],
  ['F3 503', { kind: 'status', status: 503, apply: true }],
  ['F3 504', { kind: 'status', status: 504, apply: true }],
  ['F3 524', { kind: 'status', status: 524, apply: true }],
  ['F5 HTML with 200', { kind: 'status', status: 200, apply: true, text: '<html><body>One moment</body></html>' }],
  ['F5 HTML with 502', { kind: 'status', status: 502, apply: true, text: '<html><body>Bad gateway</body></html>' }],
  ['silence', { kind: 'hang', apply: true }],
  ['silence in mid-answer', { kind: 'hang-mid-body' }],
])('%s after HubSpot took it: found by looking, one POST', async (_, action) => {
  firstPost(action);
  const id = await queue('kept by the server');
  await drive(on.outbox, on.clock, MINUTE);
  expect(await row(id)).toMatchObject({ state: 'sent', attempts: 1, looks: 1 });
  expect(posts()).toBe(1);
  expect(holding(server, 'kept by the server')).toEqual([{ id: (await row(id))?.hubspotId, companies: ['1'] }]);
});

test.each<[string, FaultAction]>([
  ['F3 502', { kind: 'status', status: 502 }],
  ['F3 503', { kind: 'status', status: 503 }],
  ['F3 504', { kind: 'status', status: 504 }],
  ['F3 524', { kind: 'status', status: 524 }],
  ['F5 HTML with 200', { kind: 'status', status: 200, text: '<html></html>' }],
  ['a reset', { kind: 'reset' }],
  ['silence', { kind: 'hang' }],
])('%s without effect: in doubt for a quarter of an hour, then sent again, once', async (_, action) => {
  firstPost(action);
  const id = await queue('not kept at first');
  await drive(on.outbox, on.clock, 14 * MINUTE, colleague());
  expect(await row(id)).toMatchObject({ state: 'unknown', attempts: 1, inDoubt: 1 });
  expect(posts()).toBe(1);
  await drive(on.outbox, on.clock, HOUR, colleague());
  expect(await row(id)).toMatchObject({ state: 'sent', attempts: 2, inDoubt: 0 });
  expect(posts()).toBe(2);
  expect(holding(server, 'not kept at first')).toHaveLength(1);
});

test('F4 applied a minute after our time-out: found later, one POST', async () => {
  firstPost({ kind: 'commit-later', ms: 400 });
  const id = await queue('late');
  await drive(on.outbox, on.clock, 2 * SECOND);
  expect(await row(id)).toMatchObject({ state: 'unknown' });
  await server.settled();
  await drive(on.outbox, on.clock, HOUR);
  expect(await row(id)).toMatchObject({ state: 'sent' });
  expect(posts()).toBe(1);
  expect(holding(server, 'late')).toHaveLength(1);
});

test.each([
  ['30 seconds', 30 * SECOND],
  ['20 minutes', 20 * MINUTE],
  ['3 hours', 3 * HOUR],
])('F9 search lags %s behind: the association list ends the doubt', async (_, lag) => {
  server.indexLag.set(lag);
  firstPost({ kind: 'cut-reply' });
  const id = await queue('slow index');
  await drive(on.outbox, on.clock, HOUR, colleague());
  expect(await row(id)).toMatchObject({ state: 'sent', looks: 1 });
  expect(posts()).toBe(1);
});

test('F9 search and the association list lag 20 minutes: still one POST', async () => {
  server.indexLag.set(20 * MINUTE);
  server.setAssociationLag(20 * MINUTE);
  firstPost({ kind: 'cut-reply' });
  const id = await queue('both slow');
  await drive(on.outbox, on.clock, 3 * HOUR, colleague());
  expect(await row(id)).toMatchObject({ state: 'sent' });
  expect(posts()).toBe(1);
});

test('F7 429 with Retry-After, without, and DAILY: nothing failed, nobody hammered, the day resumes at midnight of the account', async () => {
  const path = /objects\/notes$/;
  server.setFaults([
    { match: { method: 'POST', path, nth: 1 }, action: { kind: 'rate-limit', policy: 'TEN_SECONDLY_ROLLING', retryAfter: 120 } },
    { match: { method: 'POST', path, nth: 2 }, action: { kind: 'rate-limit', policy: 'TEN_SECONDLY_ROLLING' } },
    { match: { method: 'POST', path, nth: 3 }, action: { kind: 'rate-limit', policy: 'DAILY' } },
  ]);
  const ids = [await queue('a'), await queue('b'), await queue('c')];
  await drive(on.outbox, on.clock, 110 * SECOND);
  expect(posts()).toBe(1);
  for (const id of ids) expect(await row(id)).toMatchObject({ state: 'ready', because: { code: 'rate' } });
  await drive(on.outbox, on.clock, 26 * HOUR);
  for (const id of ids) expect(await row(id)).toMatchObject({ state: 'sent', because: null });
  expect(posts()).toBe(6);
  const attempts = server.requests.filter(({ method, path: where }) => method === 'POST' && path.test(where));
  // Midnight in the portal's zone, Asia/Tokyo.
  const midnight = Math.ceil(((attempts[2]?.at ?? 0) + 9 * HOUR) / (24 * HOUR)) * 24 * HOUR - 9 * HOUR;
  expect(attempts[3]?.at).toBeGreaterThanOrEqual(midnight);
  expect(attempts[3]?.at).toBeLessThan(midnight + HOUR);
});

test('F8 a token that expires between the look at the company and the note: surely not applied, sent again', async () => {
  firstPost({ kind: 'status', status: 401, json: { status: 'error', category: 'EXPIRED_AUTHENTICATION', message: 'expired' } });
  const id = await queue('sent at last');
  await drive(on.outbox, on.clock, HOUR);
  expect(await row(id)).toMatchObject({ state: 'sent', attempts: 2 });
  expect(holding(server, 'sent at last')).toHaveLength(1);
});

test('F9 search that fails is no answer: found by the company alone', async () => {
  firstPost({ kind: 'cut-reply' });
  const id = await queue('search is down');
  server.setFaults([
    { match: { method: 'POST', path: /objects\/notes$/, nth: 1 }, action: { kind: 'cut-reply' } },
    { match: { method: 'POST', path: /notes\/search$/ }, action: { kind: 'status', status: 500 } },
  ]);
  await drive(on.outbox, on.clock, HOUR, colleague());
  expect(await row(id)).toMatchObject({ state: 'sent', attempts: 1 });
  expect(posts()).toBe(1);
});

test('F8 a revoked token: rows stay ready and say so, and go out when the token works again', async () => {
  server.setToken('revoked');
  const id = await queue('patience');
  await drive(on.outbox, on.clock, HOUR);
  expect(await row(id)).toMatchObject({ state: 'ready', attempts: 0, because: { code: 'auth' } });
  server.setToken('valid');
  await drive(on.outbox, on.clock, HOUR);
  expect(await row(id)).toMatchObject({ state: 'sent' });
});

test('F18 403 on notes only: a person gets the text back and the missing scope by name', async () => {
  server.removeScope('crm.objects.contacts.write');
  const id = await queue('no scope');
  await drive(on.outbox, on.clock, MINUTE);
  expect(await row(id)).toMatchObject({
    state: 'needs_you',
    text: 'no scope',
    because: { code: 'scope', params: { scopes: 'crm.objects.contacts.write' } },
  });
  expect(holding(server, 'no scope')).toHaveLength(0);
});

test('nobody listens: offline rows wait, with the reason', async () => {
  const id = await queue('hello?');
  await server.close();
  await drive(on.outbox, on.clock, MINUTE);
  expect(await row(id)).toMatchObject({ state: 'ready', attempts: 0, because: { code: 'network' } });
});

test('many notes of one company are told apart though all were cut', async () => {
  server.setFaults([{ match: { method: 'POST', path: /objects\/notes$/, nth: 1, times: 20 }, action: { kind: 'cut-reply' } }]);
  for (let i = 0; i < 20; i++) await queue(`one of many ${i}.`);
  await drive(on.outbox, on.clock, HOUR);
  expect((await on.outbox.list()).every((one) => one.state === 'sent')).toBe(true);
  for (let i = 0; i < 20; i++) expect(holding(server, `one of many ${i}.`)).toHaveLength(1);
  expect(new Set((await on.outbox.list()).map((one) => one.hubspotId)).size).toBe(20);
  expect(posts()).toBe(20);
});

test('F18 the company is merged or deleted while notes for it wait: one lands on the survivor, one comes back to a person', async () => {
  const at = on.clock.now();
  const [merged, gone] = await Promise.all(
    ['1', '3'].map(async (companyId) => {
      const queued = await on.outbox.enqueue(note(`for ${companyId}.`, at, companyId), { undoMs: 5 * SECOND });
      return queued.ok ? queued.value.id : '';
    }),
  );
  applyChange(server.portal, { kind: 'merge', type: '0-2', winner: '2', loser: '1', at });
  applyChange(server.portal, { kind: 'archive', type: '0-2', id: '3', at });
  await drive(on.outbox, on.clock, MINUTE);
  expect(await row(merged ?? '')).toMatchObject({ state: 'sent', companyId: '2' });
  expect(holding(server, 'for 1.')).toMatchObject([{ companies: ['2'] }]);
  expect(await row(gone ?? '')).toMatchObject({ state: 'needs_you', because: { code: 'target_gone' }, text: 'for 3.' });
  expect(holding(server, 'for 3.')).toHaveLength(0);
});

test('a merge after an attempt that was cut: found on the survivor, one POST', async () => {
  firstPost({ kind: 'cut-reply' });
  server.indexLag.set(HOUR);
  const id = await queue('moved meanwhile');
  await drive(on.outbox, on.clock, 2 * SECOND);
  expect(await row(id)).toMatchObject({ state: 'unknown' });
  applyChange(server.portal, { kind: 'merge', type: '0-2', winner: '2', loser: '1', at: on.clock.now() });
  await drive(on.outbox, on.clock, MINUTE);
  expect(await row(id)).toMatchObject({ state: 'sent' });
  expect(posts()).toBe(1);
});
