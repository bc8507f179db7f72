/** One row at a time through what people, clocks, disks and HubSpot do to it: real files, real HTTP, a clock that can be pushed. */
import { mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { applyChange } from '../../src/data/demo/apply.ts';
import { type DemoServer, startDemoServer } from '../../src/data/demo/server.ts';
import { wordsOfRow } from '../../src/data/outbox/edit.ts';
import type { OutboxRow } from '../../src/data/outbox/types.ts';
import { StoreError } from '../../src/data/store/driver.ts';
import { localSchema, openLocal } from '../../src/data/store/local.ts';
import { openPace } from '../../src/data/store/pace.ts';
import type { Intent } from '../../src/plays/intent.ts';
import type { Day, Instant } from '../../src/units/day.ts';
import { holding, OWNER, PORTAL_ID, smallPortal } from './portal.ts';
import { note, type Stage, type StageOptions, stage } from './stage.ts';
import { drive, fastClock, scaledClock } from './time.ts';

const SECOND = 1000;
const MINUTE = 60_000;
const HOUR = 3_600_000;

let home: string;
let server: DemoServer;
let on: Stage;
const opened: Stage[] = [];

const clock = fastClock();
async function open(more: Partial<StageOptions> = {}): Promise<Stage> {
  const made = await stage({ home, url: server.url, answerMs: 300, clock, ...more });
  opened.push(made);
  return made;
}

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'kizashi-rows-'));
  server = await startDemoServer({ portal: smallPortal(3), now: clock.now, limits: false });
  on = await open();
});
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
  await server.close();
  rmSync(home, { recursive: true, force: true });
});

async function queue(intent: Intent, undoMs = 0): Promise<string> {
  const queued = await on.outbox.enqueue(intent, { undoMs });
  if (!queued.ok) throw new Error(queued.error.kind);
  return queued.value.id;
}
const words = (text: string) => note(text, clock.now());
const row = async (id: string): Promise<OutboxRow | undefined> => (await on.outbox.list({ ids: [id] }))[0];
const states = async () => (await on.outbox.list()).map(({ state }) => state);
const finish = (forMs = HOUR) => drive(on.outbox, on.clock, forMs);
const noteIds = () => [...(server.portal.types.get('0-46')?.records.values() ?? [])].filter(({ archivedAt }) => archivedAt === null);
const posts = () => server.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/objects/notes')).length;

const task = (subject: string): Intent => ({
  kind: 'task',
  companyId: '1',
  subject,
  body: '',
  due: '2027-03-14' as Day,
  priority: 'NONE',
  type: 'TODO',
  ownerId: OWNER,
});

test("F10 somebody else's note of the same millisecond is not taken for ours", async () => {
  const intent = words('ours, this one');
  server.setFaults([{ match: { method: 'POST', path: /objects\/notes$/, nth: 1 }, action: { kind: 'reset' } }]);
  const id = await queue(intent);
  await finish(20 * SECOND);
  const { hsTimestamp } = (await row(id)) ?? {};
  const made = await on.gateway.create('notes', {
    properties: { hs_timestamp: String(hsTimestamp), hs_note_body: 'theirs', hubspot_owner_id: OWNER },
    associations: [],
  });
  await finish(10 * MINUTE);
  expect(await row(id)).toMatchObject({ state: 'unknown', hubspotId: null });
  const other = await on.gateway.create('notes', {
    properties: { hs_timestamp: String(clock.now()), hs_note_body: 'later' },
    associations: [],
  });
  expect(made.ok && other.ok).toBe(true);
  await finish(2 * HOUR);
  expect(await row(id)).toMatchObject({ state: 'sent', attempts: 2 });
  expect(holding(server, 'ours, this one')).toHaveLength(1);
});

test('F13 a folder that nothing can be written to: said at the start, and a file that turns read-only refuses the text, which stays with its writer', async () => {
  writeFileSync(join(home, 'a-file'), '');
  await expect(openLocal(join(home, 'a-file', 'local.db'), clock.now())).rejects.toMatchObject({ kind: 'readonly' });
  const broken = await open({
    at: (step) => {
      if (step === 'enqueue.before') throw new StoreError('readonly', 'local.db', 'cannot be written');
    },
  });
  expect(await broken.outbox.enqueue(words('never kept'))).toEqual({ ok: false, error: { kind: 'store', message: 'cannot be written' } });
  expect(await states()).toEqual([]);
});

test('F14 the file is cut short between two runs: told, restored, and what had been sent meanwhile is found, not sent again', async () => {
  const first = await queue(words('in the copy'));
  await on.close();
  rmSync(join(home, 'backups'), { recursive: true });
  on = await open();
  await finish();
  expect(await row(first)).toMatchObject({ state: 'sent' });
  await on.close();
  truncateSync(join(home, 'local.db'), 4000);
  const { db, notice } = await openLocal(join(home, 'local.db'), clock.now());
  await db.close();
  expect(notice).toMatchObject({ kind: 'restored', found: 'damaged' });
  on = await open();
  expect(await row(first)).toMatchObject({ state: 'unknown', because: { code: 'restored' } });
  await finish();
  expect(await row(first)).toMatchObject({ state: 'sent' });
  expect(posts()).toBe(1);
});

test('F15 the machine sleeps nine hours while a note is on its way, and its clock is set back afterwards', async () => {
  server.setFaults([{ match: { method: 'POST', path: /objects\/notes$/, nth: 1 }, action: { kind: 'hang', apply: true } }]);
  const id = await queue(words('slept over'));
  const stop = new AbortController();
  const running = on.outbox.run(stop.signal);
  while ((await row(id))?.state !== 'sending') await new Promise((resolve) => setTimeout(resolve, 1));
  clock.advance(9 * HOUR);
  while ((await row(id))?.state === 'sending') await new Promise((resolve) => setTimeout(resolve, 1));
  stop.abort();
  await running;
  clock.advance(-9 * HOUR);
  await finish(12 * HOUR);
  expect(await row(id)).toMatchObject({ state: 'sent' });
  expect(posts()).toBe(1);
});

test("F16 the machine's zone and a change of clocks move neither a waiting row nor the day of a task", async () => {
  const zone = process.env.TZ;
  try {
    process.env.TZ = 'America/New_York';
    const id = await queue(task('due on the day of the change'), MINUTE);
    process.env.TZ = 'Pacific/Kiritimati';
    await finish();
    expect(await row(id)).toMatchObject({ state: 'sent' });
    const [made] = [...(server.portal.types.get('0-27')?.records.values() ?? [])];
    // Nine in the morning in the portal's zone, Asia/Tokyo, whatever this machine believes.
    expect(made?.properties.hs_timestamp).toMatch(/^2027-03-14T00:00:00\.\d{3}Z$/);
  } finally {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
});

test('F17 undo at 9.9 s leaves nothing, at 10.1 s, while sending and after it takes the record back', async () => {
  const early = await queue(words('early'), 10 * SECOND);
  clock.advance(9900);
  expect(await on.outbox.undo(early)).toEqual({ kind: 'removed' });
  const late = await queue(words('late'), 10 * SECOND);
  clock.advance(10_100);
  await finish(MINUTE);
  expect(await on.outbox.undo(late)).toMatchObject({ kind: 'queued' });
  server.setFaults([{ match: { method: 'POST', path: /objects\/notes$/, nth: 1 }, action: { kind: 'hang', apply: true } }]);
  const inFlight = await queue(words('in flight'));
  const stop = new AbortController();
  const running = on.outbox.run(stop.signal);
  while ((await row(inFlight))?.state !== 'sending') await new Promise((resolve) => setTimeout(resolve, 1));
  expect(await on.outbox.undo(inFlight)).toMatchObject({ kind: 'queued' });
  stop.abort();
  await running;
  await finish();
  expect(new Set(await states())).toEqual(new Set(['sent']));
  for (const text of ['early', 'late', 'in flight']) expect(holding(server, text), text).toHaveLength(0);
  expect(posts(), 'the first never left').toBe(2);
});

test('F18 a change for a company that now belongs to somebody else is asked about, not written over', async () => {
  applyChange(server.portal, { kind: 'update', type: '0-2', id: '1', at: clock.now(), properties: { tier: 'low' }, touch: true });
  const change = {
    kind: 'company_update',
    companyId: '1',
    what: 'tier',
    changes: [{ property: 'tier', value: 'high', expected: null }],
  } as const;
  const id = await queue(change);
  await finish();
  expect(await row(id)).toMatchObject({ state: 'needs_you', because: { code: 'conflict', params: { property: 'tier', found: 'low' } } });
  await on.outbox.retry(id);
  await finish();
  expect(await row(id)).toMatchObject({ state: 'sent' });
  expect(server.portal.types.get('0-2')?.records.get('1')?.properties.tier).toBe('high');
});

test('F19 65,536 characters with marker, escapes, emoji and control characters go through; one more is refused before queueing', async () => {
  const room = 65_536 - '<br><br>ref'.length - 12;
  const fits = `${'&'.repeat(100)}${'😀'.repeat(1000)}${'x'.repeat(room - 500 - 2000)}`;
  expect(await on.outbox.enqueue(words(`${fits}x`))).toMatchObject({
    ok: false,
    error: { kind: 'too_long', length: 65_537, limit: 65_536 },
  });
  const ids = [await queue(words(fits)), await queue(words('bell \u0007, escape \u001b[31m, csi \u009b, nul \u0000 end'))];
  await finish();
  for (const id of ids) expect(await row(id)).toMatchObject({ state: 'sent', attempts: 1 });
  const bodies = noteIds().map(({ properties }) => properties.hs_note_body ?? '');
  expect(bodies.map((body) => body.length)[0]).toBe(65_536);
  expect(bodies[1]).toMatch(/^bell , escape \[31m, csi , nul {2}end<br><br>ref\w{12}$/);
});

test('F20 a thousand actions of two offline weeks go out oldest first, within the limits, without a single 429', async () => {
  const fast = scaledClock(60);
  const own = await startDemoServer({ portal: smallPortal(40), now: fast.now, limits: true });
  const pace = openPace(join(home, 'pace.db'), PORTAL_ID, { now: fast.now, random: Math.random, sleep: fast.sleep });
  const folder = mkdtempSync(join(home, 'queue-'));
  const offline = await stage({ home: folder, url: own.url, clock: fast, pace });
  try {
    const began = fast.now() - 14 * 24 * HOUR;
    const planned = Array.from({ length: 1000 }, (_, i) => ({ intent: note(`action ${i}.`, began + i, String((i % 40) + 1)) }));
    await offline.outbox.enqueueAll(planned, { undoMs: 0 });
    const rows = await offline.outbox.flush({ deadline: (fast.now() + 24 * HOUR) as Instant });
    expect(rows.every(({ state }) => state === 'sent')).toBe(true);
    const sent = own.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/objects/notes'));
    expect(sent.map(({ body }) => Number(/action (\d+)\./.exec(body)?.[1]))).toEqual(Array.from({ length: 1000 }, (_, i) => i));
    expect(own.requests.filter(({ status }) => status === 429)).toHaveLength(0);
    const times = own.requests.map(({ at }) => at);
    const busiest = Math.max(...times.map((at, i) => times.slice(i).findIndex((other) => other >= at + 10 * SECOND)));
    expect(busiest).toBeLessThanOrEqual(100);
    expect(own.requests.length, 'one create each, and a look at twenty companies at a time').toBeLessThan(1060);
  } finally {
    await offline.close();
    pace.close();
    await own.close();
  }
}, 60_000);

test('F21 a row that breaks the sender is handed over after three tries; fifty others go out', async () => {
  const poison = await queue(words('poison'));
  for (let i = 0; i < 50; i++) await queue(words(`good ${i}.`));
  await on.db.run("UPDATE outbox SET request = '{' WHERE id = ?", poison);
  await finish();
  expect(await row(poison)).toMatchObject({ state: 'needs_you', because: { code: 'crashed' }, text: 'poison' });
  expect((await states()).filter((state) => state === 'sent')).toHaveLength(50);
});

test('F22 an edit while the note is on its way becomes a change of the record that follows it', async () => {
  server.setFaults([{ match: { method: 'POST', path: /objects\/notes$/, nth: 1 }, action: { kind: 'hang', apply: true } }]);
  const id = await queue(words('as first written'));
  const stop = new AbortController();
  const running = on.outbox.run(stop.signal);
  while ((await row(id))?.state !== 'sending') await new Promise((resolve) => setTimeout(resolve, 1));
  expect(await on.outbox.edit(id, { body: 'as mended' })).toMatchObject({ ok: true, value: { kind: 'queued' } });
  stop.abort();
  await running;
  await finish();
  expect(await states()).toEqual(['sent', 'sent']);
  expect(holding(server, 'as first written')).toHaveLength(0);
  expect(holding(server, 'as mended')).toHaveLength(1);
  expect(posts()).toBe(1);
});

test('F23 a task made, completed and deleted offline leaves nothing; completed only, it arrives completed', async () => {
  const done = (id: string): Intent => ({
    kind: 'task_update',
    companyId: '1',
    task: { row: id },
    subject: 'x',
    change: { status: 'COMPLETED' },
  });
  const never = await queue(task('never'));
  await queue(done(never));
  await on.outbox.undo(never);
  const kept = await queue(task('kept'));
  await queue(done(kept));
  await finish();
  expect(holding(server, 'never')).toHaveLength(0);
  const [made] = [...(server.portal.types.get('0-27')?.records.values() ?? [])];
  expect(made?.properties).toMatchObject({ hs_task_subject: 'kept', hs_task_status: 'COMPLETED' });
  expect(server.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/objects/tasks'))).toHaveLength(1);
});

test('F25 rows in every state of an earlier version come along; a file of a later version is refused and left alone', async () => {
  const ids: string[] = [];
  for (const state of ['held', 'ready', 'sending', 'unknown', 'needs_you', 'sent', 'dropped'])
    ids.push(await queue(words(`was ${state}.`), HOUR));
  await on.close();
  const path = join(home, 'local.db');
  renameSync(path, join(home, 'later.db'));
  for (const rest of ['-wal', '-shm']) rmSync(path + rest, { force: true });
  rmSync(join(home, 'backups'), { recursive: true });
  // The file as the version before groups and plays would have left it.
  const before = localSchema.migrations.findIndex((step) => step.includes('group_id'));
  const raw = new DatabaseSync(path);
  for (const step of localSchema.migrations.slice(0, before)) raw.exec(step);
  const columns = raw
    .prepare('PRAGMA table_info(outbox)')
    .all()
    .map(({ name }) => name)
    .join(', ');
  raw.exec(
    `ATTACH '${join(home, 'later.db')}' AS later; INSERT INTO outbox (${columns}) SELECT ${columns} FROM later.outbox; DETACH later`,
  );
  for (const [i, state] of ['held', 'ready', 'sending', 'unknown', 'needs_you', 'sent', 'dropped'].entries())
    raw.prepare('UPDATE outbox SET state = ?, next_look_at = 0, not_before = 0 WHERE id = ?').run(state, ids[i] ?? '');
  raw.exec(`PRAGMA user_version = ${before}`);
  raw.close();
  on = await open();
  expect((await on.outbox.list({ ids })).map(({ state }) => state)).toEqual([
    'held',
    'ready',
    'sending',
    'unknown',
    'needs_you',
    'sent',
    'dropped',
  ]);
  expect((await row(ids[0] ?? ''))?.groupId).toBe(null);
  await finish(10 * SECOND);
  expect((await on.outbox.list({ ids: ids.slice(0, 2) })).map(({ state }) => state)).toEqual(['sent', 'sent']);
  await on.db.run('PRAGMA user_version = 999');
  await expect(openLocal(path, clock.now())).rejects.toMatchObject({ kind: 'newer' });
});

test('a portal that demands a property names it, and takes the row once it is filled in', async () => {
  server.demand('0-27', ['hs_task_priority']);
  on = await open({ apiVersion: '2026-09' });
  const id = await queue(task('without priority'));
  await finish();
  expect(await row(id)).toMatchObject({ state: 'needs_you', because: { code: 'required', params: { property: 'hs_task_priority' } } });
  const refused = await row(id);
  expect(refused && wordsOfRow(refused)).toMatchObject({ hs_task_subject: 'without priority' });
  await on.outbox.edit(id, { hs_task_priority: 'HIGH' });
  await finish();
  expect(await row(id)).toMatchObject({ state: 'sent' });
});

test('where HubSpot keeps our marks unique, an unclear attempt is simply made again: one record, on its company, its text untouched', async () => {
  await server.close();
  server = await startDemoServer({ portal: smallPortal(3, { unique: true }), now: clock.now, limits: false });
  on = await open({ unique: true });
  const upsert = /notes\/batch\/upsert$/;
  const link = /associate\/default$/;
  server.setFaults([
    { match: { path: upsert, nth: 1 }, action: { kind: 'cut-reply' } },
    { match: { path: upsert, nth: 2 }, action: { kind: 'status', status: 502 } },
    { match: { path: link, nth: 1 }, action: { kind: 'cut-reply' } },
    { match: { path: link, nth: 2 }, action: { kind: 'reset' } },
  ]);
  const ids = [await queue(words('first of its kind')), await queue(words('second of its kind'))];
  await finish(2 * MINUTE);
  for (const id of ids) expect(await row(id)).toMatchObject({ state: 'sent' });
  for (const text of ['first of its kind', 'second of its kind']) expect(holding(server, text)).toMatchObject([{ companies: ['1'] }]);
  expect(noteIds().map(({ properties }) => properties.hs_note_body)).toEqual(['first of its kind', 'second of its kind']);
  server.portal.types.get('0-46')?.properties.delete('kizashi_ref');
  const later = await queue(words('the property is gone'));
  await finish(MINUTE);
  expect(await row(later)).toMatchObject({ state: 'sent', because: null });
  expect(holding(server, 'the property is gone')).toHaveLength(1);
});
