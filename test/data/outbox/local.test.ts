import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../../src/data/outbox/clock.ts';
import { openOutbox } from '../../../src/data/outbox/outbox.ts';
import { StoreError } from '../../../src/data/store/driver.ts';
import { openLocal } from '../../../src/data/store/local.ts';
import {
  dismissals,
  getDraft,
  keepDraft,
  keepLook,
  keepSnoozes,
  lastLook,
  riskBetween,
  riskHistory,
  saveScores,
  snoozes,
} from '../../../src/data/store/local-queries.ts';
import { takeSenderLock } from '../../../src/data/store/sender-lock.ts';
import type { Day, Instant } from '../../../src/units/day.ts';
import { MORNING, note } from './world.ts';

const DAY = 86_400_000;
let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kizashi-local-'));
  path = join(folder, 'local.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = (days: number) => (MORNING + days * DAY) as Instant;

/** Opens, queues these notes, closes. */
async function queue(words: readonly string[], now = MORNING): Promise<void> {
  const { db } = await openLocal(path, now);
  const outbox = openOutbox({ local: db, clock: systemClock, random: Math.random, portalId: '1', timeZone: 'UTC', undoMs: 0 });
  for (const body of words) expect(await outbox.enqueue(note(body))).toMatchObject({ ok: true });
  await db.close();
}

async function queued(now = MORNING) {
  const { db, notice } = await openLocal(path, now);
  const rows = await db.all<{ text: string; state: string }>('SELECT text, state FROM outbox ORDER BY id');
  await db.close();
  return { rows, notice };
}

const backups = () => readdirSync(join(folder, 'backups')).sort();

test('commits survive a power cut, and only the owner can read the files', async () => {
  const { db } = await openLocal(path, MORNING);
  expect(await db.get('PRAGMA synchronous')).toEqual({ synchronous: 2 });
  expect(await db.get('PRAGMA journal_mode')).toEqual({ journal_mode: 'wal' });
  await keepDraft(db, 'a', 'b', MORNING);
  takeSenderLock(path)?.release();
  for (const name of ['local.db', 'local.db-wal', 'local.db-shm', 'sender.lock.db', 'backups/local-2026-11-20.db'])
    expect(statSync(join(folder, name)).mode & 0o777, name).toBe(0o600);
  expect(statSync(join(folder, 'backups')).mode & 0o777).toBe(0o700);
  await db.close();
});

test('one backup a day, seven kept', async () => {
  for (let day = 0; day < 9; day++) {
    await queue([`day ${day}`], at(day));
    await queue([`day ${day} again`], at(day));
  }
  expect(backups()).toHaveLength(7);
  expect(backups().at(-1)).toBe('local-2026-11-28.db');
  expect(backups()[0]).toBe('local-2026-11-22.db');
});

test('a file cut short is said, put aside and brought back from the backup, its unsent rows in doubt', async () => {
  await queue(['before the backup']);
  await queue(['after it'], at(1));
  await queue(['later still'], at(1));
  truncateSync(path, 5000);
  const { rows, notice } = await queued(at(2));
  expect(notice).toMatchObject({ kind: 'restored', found: 'damaged', backup: join(folder, 'backups', 'local-2026-11-21.db') });
  expect(notice?.setAside && existsSync(notice.setAside)).toBe(true);
  expect(rows).toEqual([{ text: 'before the backup', state: 'unknown' }]);
  expect((await queued(at(2))).notice).toBe(null);
});

test('a bad page costs only what stood on it', async () => {
  const words = Array.from({ length: 60 }, (_, i) => `note ${i} ${'x'.repeat(900)}`);
  await queue(words);
  const size = statSync(path).size;
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(4096, 0xa5), 0, 4096, Math.floor(size / 4096 / 2) * 4096);
  closeSync(file);
  const { rows, notice } = await queued(at(0));
  expect(notice).toMatchObject({ kind: 'restored', found: 'damaged' });
  expect(notice?.rows).toBeGreaterThan(40);
  expect(rows.length).toBe(notice?.rows);
  expect(rows.every((row) => row.state === 'unknown')).toBe(true);
});

test('an overwritten header and no backup that is sound: salvaged or empty, but never silently', async () => {
  await queue(['only copy']);
  for (const name of backups()) writeFileSync(join(folder, 'backups', name), 'not a database at all');
  writeFileSync(path, 'garbage'.repeat(1000));
  const { notice } = await queued();
  expect(notice).toMatchObject({ kind: 'salvaged', found: 'damaged', backup: null, rows: 0 });
});

test.each(['deleted', 'emptied'])('a file that was %s comes back from the backup and says so', async (how) => {
  await queue(['kept']);
  await queue([], at(1));
  if (how === 'deleted') rmSync(path);
  else truncateSync(path, 0);
  const { rows, notice } = await queued(at(2));
  expect(notice).toMatchObject({ kind: 'restored', found: 'missing' });
  expect(rows).toEqual([{ text: 'kept', state: 'unknown' }]);
});

test('a first start is no accident', async () => {
  expect((await queued()).notice).toBe(null);
});

test('nobody mends a file under the hands of a sender', async () => {
  await queue(['x']);
  truncateSync(path, 5000);
  const lock = takeSenderLock(path);
  await expect(openLocal(path, MORNING)).rejects.toThrow(StoreError);
  lock?.release();
  expect((await queued()).notice).toMatchObject({ kind: 'restored' });
});

test('a file of a later version is left as it is', async () => {
  const { db } = await openLocal(path, MORNING);
  await db.run('PRAGMA user_version = 999');
  await db.close();
  await expect(openLocal(path, MORNING)).rejects.toMatchObject({ kind: 'newer' });
});

test('one lock, one holder', () => {
  const first = takeSenderLock(path);
  expect(first).not.toBe(null);
  expect(takeSenderLock(path)).toBe(null);
  first?.release();
  const second = takeSenderLock(path);
  expect(second).not.toBe(null);
  second?.release();
});

test('drafts, looks, score history, snoozes and dismissals are read back', async () => {
  const { db } = await openLocal(path, MORNING);
  await keepDraft(db, 'note/1', '途中', MORNING);
  await keepDraft(db, 'note/1', '途中まで', MORNING);
  expect(await getDraft(db, 'note/1')).toBe('途中まで');
  await keepDraft(db, 'note/1', null, MORNING);
  expect(await getDraft(db, 'note/1')).toBe(null);

  expect(await lastLook(db, '1', '7', 'book')).toBe(null);
  await keepLook(db, '1', '7', 'book', MORNING);
  await keepLook(db, '1', '7', 'book', at(1));
  expect(await lastLook(db, '1', '7', 'book')).toBe(at(1));

  const score = (accountId: string, risk: number) => ({
    accountId,
    score: risk - 0.25,
    risk,
    band: 'high' as const,
    groups: { usage: 12.5 },
    probability: null,
  });
  await saveScores(db, '1', '2026-11-12' as Day, 'p1', [score('a', 40), score('b', 50)]);
  await saveScores(db, '1', '2026-11-13' as Day, 'p1', [score('a', 42)]);
  await saveScores(db, '1', '2026-11-13' as Day, 'p1', [score('a', 43)]);
  await saveScores(db, '1', '2026-11-13' as Day, 'p2', [score('a', 99)]);
  await saveScores(db, '2', '2026-11-13' as Day, 'p1', [score('a', 98)]);
  await saveScores(db, '1', '2026-11-20' as Day, 'p1', [score('a', 60)]);
  expect([...(await riskBetween(db, '1', 'p1', '2026-11-10' as Day, '2026-11-13' as Day))]).toEqual([
    ['a', 43],
    ['b', 50],
  ]);
  expect(await riskHistory(db, '1', 'p1', 'a', '2026-11-01' as Day, '2026-11-30' as Day)).toEqual([
    { day: '2026-11-12', risk: 40 },
    { day: '2026-11-13', risk: 43 },
    { day: '2026-11-20', risk: 60 },
  ]);

  const snooze = {
    at: MORNING,
    untilDay: '2026-12-01' as Day,
    untilWorseBy: 10,
    riskThen: 60,
    reason: 'on leave',
    mrrThen: 1200.5,
    renewalWithin: null,
    wokeOn: null,
    wokeBecause: null,
  };
  await keepSnoozes(
    db,
    '1',
    new Map([
      ['a', snooze],
      ['b', snooze],
    ]),
  );
  expect((await snoozes(db, '1')).get('a')).toEqual(snooze);
  const woken = { ...snooze, wokeOn: '2026-11-20' as Day, wokeBecause: 'mrr' as const };
  await keepSnoozes(
    db,
    '1',
    new Map([
      ['a', woken],
      ['b', null],
    ]),
  );
  expect([...(await snoozes(db, '1'))]).toEqual([['a', woken]]);
  expect((await snoozes(db, '2')).size).toBe(0);
  await db.run("INSERT INTO dismissals VALUES ('1', 'a', 'usage.drop', ?, NULL, 'known')", MORNING);
  expect((await dismissals(db, '1')).get('a')).toMatchObject([{ signal: 'usage.drop', untilDay: null, reason: 'known' }]);
  await db.close();
});
