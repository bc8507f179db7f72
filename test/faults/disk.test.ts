/** The disk fills up at each commit of a note's way: what was not saved is said, what was saved is neither lost nor doubled. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DemoServer, startDemoServer } from '../../src/data/demo/server.ts';
import { StoreError } from '../../src/data/store/driver.ts';
import { holding, smallPortal } from './portal.ts';
import { note, type Stage, type Step, stage } from './stage.ts';
import { drive, fileClock } from './time.ts';

const MINUTE = 60_000;

let home: string;
let server: DemoServer;
let full: Step | null;
let on: Stage;

const open = () =>
  stage({
    home,
    url: server.url,
    at: (step) => {
      if (step === full) throw new StoreError('full', 'local.db', 'disk full');
    },
  });

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'kizashi-disk-'));
  full = null;
  server = await startDemoServer({ portal: smallPortal(1), now: fileClock(join(home, 'offset')).now, limits: false });
  on = await open();
});
afterEach(async () => {
  await on.close();
  await server.close();
  rmSync(home, { recursive: true, force: true });
});

const states = async () => (await on.outbox.list()).map((row) => row.state);

test('F12 SQLite itself finds no room: not queued, the text stays with its writer, later notes are taken', async () => {
  const { page_count } = (await on.db.get<{ page_count: number }>('PRAGMA page_count')) ?? { page_count: 0 };
  await on.db.get(`PRAGMA max_page_count = ${page_count}`);
  const big = note('x'.repeat(60_000), on.clock.now());
  expect(await on.outbox.enqueue(big)).toEqual({ ok: false, error: { kind: 'disk_full' } });
  expect(await on.outbox.list()).toEqual([]);
  await on.db.get('PRAGMA max_page_count = 1073741823');
  expect(await on.outbox.enqueue(big)).toMatchObject({ ok: true });
});

test('F12 full at the commit of queueing: refused, nothing kept', async () => {
  full = 'enqueue.before';
  expect(await on.outbox.enqueue(note('never queued', on.clock.now()))).toEqual({ ok: false, error: { kind: 'disk_full' } });
  full = null;
  expect(await states()).toEqual([]);
});

test('F12 full at the commit before the attempt: nothing is sent until there is room', async () => {
  await on.outbox.enqueue(note('waits for room', on.clock.now()));
  full = 'sending.before';
  await drive(on.outbox, on.clock, MINUTE);
  expect(await states()).toEqual(['ready']);
  expect(holding(server, 'waits for room')).toHaveLength(0);
  full = null;
  await drive(on.outbox, on.clock, MINUTE);
  expect(await states()).toEqual(['sent']);
  expect(holding(server, 'waits for room')).toHaveLength(1);
});

test('F12 full at the commit after the attempt: the answer is kept in mind until there is room', async () => {
  await on.outbox.enqueue(note('sent already', on.clock.now()));
  full = 'sent.before';
  const stop = new AbortController();
  const running = on.outbox.run(stop.signal);
  while (holding(server, 'sent already').length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  on.clock.advance(6000);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(await states()).toEqual(['sending']);
  full = null;
  while ((await states())[0] !== 'sent') {
    on.clock.advance(1000);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  stop.abort();
  await running;
  expect(holding(server, 'sent already')).toHaveLength(1);
});

test('F12 full after the attempt and then the process ends: the next one looks, and finds it', async () => {
  await on.outbox.enqueue(note('sent by the last', on.clock.now()));
  full = 'sent.before';
  const stop = new AbortController();
  const running = on.outbox.run(stop.signal);
  while (holding(server, 'sent by the last').length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  stop.abort();
  await running;
  full = null;
  await on.close();
  on = await open();
  expect(await states()).toEqual(['sending']);
  await drive(on.outbox, on.clock, MINUTE);
  expect(await states()).toEqual(['sent']);
  expect(holding(server, 'sent by the last')).toHaveLength(1);
});
