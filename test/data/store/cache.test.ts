import { closeSync, mkdtempSync, openSync, readdirSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Cache, openCache } from '../../../src/data/store/cache.ts';
import { asStoreError } from '../../../src/data/store/driver.ts';
import { tryLock } from '../../../src/data/store/lock.ts';
import type { IncomingRecord, SnapshotHeader } from '../../../src/data/store/types.ts';
import type { Day, Instant } from '../../../src/units/day.ts';

const at = (ms: number) => ms as Instant;
const NONE = { mrrObject: '2-1', usageObject: '2-2' };

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'kizashi-cache-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

async function open(path = join(folder(), 'cache.db')): Promise<Cache> {
  const cache = await openCache(path);
  onTestFinished(() => cache.close());
  return cache;
}

const record = (id: string, properties: Record<string, string | null> = {}, updated = 1): IncomingRecord => ({
  id,
  properties,
  history: {},
  createdAt: at(1),
  updatedAt: at(updated),
});

const ids = async (cache: Cache, companies: readonly string[]) => {
  const found: string[] = [];
  for await (const account of cache.loadAccounts(companies, NONE)) found.push(account.company.id);
  return found;
};

describe('records', () => {
  it('are stored once, and only a difference makes a new revision', async () => {
    const cache = await open();
    const put = (one: IncomingRecord) => cache.write((writer) => writer.putRecords('companies', [one], at(5), null));
    expect(await put(record('1', { b: '2', a: '1', none: null }))).toBe(1);
    const revision = await cache.revision();
    expect(await put(record('1', { a: '1', b: '2' }))).toBe(0);
    expect(await cache.revision()).toBe(revision);
    expect(await put(record('1', { a: '1', b: '3' }))).toBe(1);
    expect(await cache.revision()).toBe(revision + 1);
  });

  it('keep when they were first seen, and never go back to an older state', async () => {
    const cache = await open();
    await cache.write((writer) => writer.putRecords('companies', [record('1', { a: 'new' }, 10)], at(5), null));
    await cache.write((writer) => writer.putRecords('companies', [record('1', { a: 'old' }, 9)], at(6), null));
    for await (const { company } of cache.loadAccounts(['1'], NONE)) {
      expect(company).toMatchObject({ properties: { a: 'new' }, firstSeenAt: 5, updatedAt: 10 });
    }
  });

  it('come back to life when HubSpot gives them again', async () => {
    const cache = await open();
    await cache.write(async (writer) => {
      await writer.putRecords('companies', [record('1')], at(5), null);
      await writer.markGone('companies', ['1', 'never seen'], at(6));
    });
    expect(await ids(cache, ['1'])).toEqual([]);
    expect(await cache.goneRecord('companies', 'never seen')).toBeNull();
    await cache.write((writer) => writer.putRecords('companies', [record('1')], at(7), null));
    expect(await ids(cache, ['1'])).toEqual(['1']);
  });

  it('with names made to break SQL or JavaScript are only data', async () => {
    const cache = await open();
    const hostile = JSON.parse('{"x\\"; DROP TABLE record":"1","__proto__":"2"}') as Record<string, string>;
    await cache.write((writer) => writer.putRecords('companies', [record("1'; --", hostile)], at(5), null));
    for await (const { company } of cache.loadAccounts(["1'; --"], NONE)) {
      expect(Object.entries(company.properties).sort()).toEqual([
        ['__proto__', '2'],
        ['x"; DROP TABLE record', '1'],
      ]);
    }
  });
});

describe('accounts', () => {
  it('carry every live record that hangs on them, surveys through contacts and tickets once', async () => {
    const cache = await open();
    await cache.write(async (writer) => {
      await writer.putRecords('companies', [record('1'), record('2')], at(5), null);
      for (const object of ['2-1', 'contacts', 'tickets', 'feedback_submissions'])
        await writer.putRecords(object, [record('10'), record('11')], at(5), null);
      await writer.replaceLinks(
        'companies',
        '2-1',
        ['1', '2'],
        [
          { from: '1', to: '10' },
          { from: '2', to: '11' },
        ],
      );
      await writer.replaceLinks('companies', 'contacts', ['1'], [{ from: '1', to: '10' }]);
      await writer.replaceLinks(
        'companies',
        'tickets',
        ['1'],
        [
          { from: '1', to: '10' },
          { from: '1', to: '11' },
        ],
      );
      await writer.replaceLinks('contacts', 'feedback_submissions', ['10'], [{ from: '10', to: '10' }]);
      await writer.replaceLinks('tickets', 'feedback_submissions', ['10'], [{ from: '10', to: '10' }]);
      await writer.markGone('tickets', ['11'], at(6));
    });
    const accounts = [];
    for await (const account of cache.loadAccounts(['2', '1'], NONE)) accounts.push(account);
    expect(accounts.map((account) => account.company.id)).toEqual(['1', '2']);
    expect(accounts[0]).toMatchObject({ mrr: [{ id: '10' }], contacts: [{ id: '10' }], tickets: [{ id: '10' }], feedback: [{ id: '10' }] });
    expect(accounts[1]).toMatchObject({ mrr: [{ id: '11' }], feedback: [] });
  });

  it('stream in id order beyond one batch', async () => {
    const cache = await open();
    const all = Array.from({ length: 523 }, (_, index) => String(10_000 + index));
    await cache.write((writer) =>
      writer.putRecords(
        'companies',
        all.map((id) => record(id)),
        at(5),
        null,
      ),
    );
    expect(await ids(cache, all)).toEqual(all);
  });

  it('can be read from another connection in the middle of a write', async () => {
    const cache = await open();
    const reader = await open(cache.path);
    await cache.write((writer) => writer.putRecords('companies', [record('1')], at(5), null));
    await cache.write(async (writer) => {
      await writer.putRecords('companies', [record('2')], at(6), null);
      expect(await ids(reader, ['1', '2'])).toEqual(['1']);
    });
    expect(await ids(reader, ['1', '2'])).toEqual(['1', '2']);
  });

  it('leave nothing behind where a page fails half-way', async () => {
    const cache = await open();
    const page = cache.write(async (writer) => {
      await writer.putRecords('companies', [record('1')], at(5), null);
      throw new Error('half-way');
    });
    await expect(page).rejects.toThrow('half-way');
    expect(await ids(cache, ['1'])).toEqual([]);
    expect(await cache.revision()).toBe(0);
  });
});

describe('links', () => {
  it('become exactly those given, and tell what was let go', async () => {
    const cache = await open();
    const links = (to: readonly string[]) =>
      cache.write((writer) =>
        writer.replaceLinks(
          'companies',
          'notes',
          ['1'],
          to.map((id) => ({ from: '1', to: id })),
        ),
      );
    expect(await links(['a', 'b'])).toEqual({ added: 2, removed: [] });
    expect(await links(['b', 'c'])).toEqual({ added: 1, removed: ['a'] });
    const revision = await cache.revision();
    expect(await links(['c', 'b'])).toEqual({ added: 0, removed: [] });
    expect(await cache.revision()).toBe(revision);
  });
});

describe('feed days', () => {
  it('are the newest distinct days of any account, whatever way they are written', async () => {
    const cache = await open();
    const weeks = ['2026-11-02', '2026-11-09T00:00:00Z', String(Date.UTC(2026, 10, 16)), '2026-11-17T20:00:00Z', '2026-11-02', 'soon', ''];
    await cache.write((writer) =>
      writer.putRecords(
        '2-2',
        weeks.map((week, index) => record(String(index), { week })),
        at(5),
        'week',
      ),
    );
    expect(await cache.feedDays('2-2', 'Asia/Tokyo')).toEqual(['2026-11-02', '2026-11-09', '2026-11-16', '2026-11-18']);
    expect(await cache.feedDays('2-1', 'Asia/Tokyo')).toEqual([]);
  });
});

describe('the scored book', () => {
  const header = (asOf: string, savedAt: number, scope = '7'): SnapshotHeader => ({
    scope,
    asOf: asOf as Day,
    policy: 'sha256:1',
    revision: 3,
    savedAt: at(savedAt),
    json: '{"currency":"JPY"}',
  });

  it('comes back as it was saved, the newest day where none is named', async () => {
    const cache = await open();
    expect(await cache.loadSnapshot({ scope: '7' })).toBeNull();
    const parts = { risk: new Uint8Array([9, 1]), band: new Uint8Array([0, 255]) };
    await cache.saveSnapshot(header('2026-11-20', 1), parts);
    await cache.saveSnapshot(header('2026-11-19', 2), {});
    await cache.saveSnapshot(header('2026-11-21', 3, 'all'), {});
    expect(await cache.loadSnapshot({ scope: '7' })).toEqual({ header: header('2026-11-20', 1), parts });
    expect(await cache.loadSnapshot({ scope: '7', asOf: '2026-11-19' as Day })).toEqual({ header: header('2026-11-19', 2), parts: {} });
    expect(await cache.loadSnapshot({ scope: '7', asOf: '2026-11-18' as Day })).toBeNull();
    const wanted = { scope: '7', asOf: '2026-11-20' as Day, policy: 'sha256:1' };
    expect(await cache.keptRevision(wanted)).toBe(3);
    expect(await cache.keptRevision({ ...wanted, policy: 'sha256:2' })).toBeNull();
    expect(await cache.keptRevision({ ...wanted, scope: '8' })).toBeNull();
  });

  it('replaces that of the same day, keeps a few, and is no change of data', async () => {
    const cache = await open();
    for (let day = 10; day < 20; day++) await cache.saveSnapshot(header(`2026-11-${day}`, day), { risk: new Uint8Array([day]) });
    await cache.saveSnapshot(header('2026-11-19', 30), { band: new Uint8Array([7]) });
    expect((await cache.loadSnapshot({ scope: '7' }))?.parts).toEqual({ band: new Uint8Array([7]) });
    expect(await cache.loadSnapshot({ scope: '7', asOf: '2026-11-12' as Day })).toBeNull();
    expect(await cache.revision()).toBe(0);
    const raw = new DatabaseSync(cache.path, { readOnly: true });
    expect(raw.prepare('SELECT count(*) AS n FROM book_part').get()).toEqual({ n: 3 });
    raw.close();
  });
});

describe('the file', () => {
  it('is for its owner alone', async () => {
    const cache = await open();
    await cache.write((writer) => writer.putRecords('companies', [record('1')], at(5), null));
    for (const suffix of ['', '-wal', '-shm']) expect(statSync(cache.path + suffix).mode & 0o777, suffix).toBe(0o600);
  });

  it('is set aside and begun again where it is damaged', async () => {
    const path = join(folder(), 'cache.db');
    writeFileSync(path, 'this is no database, and long enough to be read as a broken one '.repeat(20));
    const cache = await open(path);
    expect(cache.setAside).toMatch(/cache\.db\.damaged-\d{14}$/);
    expect(readdirSync(join(path, '..')).some((name) => name.startsWith('cache.db.damaged-'))).toBe(true);
    expect(await cache.revision()).toBe(0);
  });

  it('is set aside at the next start where damage shows in the middle of work', async () => {
    const path = join(folder(), 'cache.db');
    const first = await openCache(path);
    const all = Array.from({ length: 400 }, (_, index) => record(String(1_000 + index), { text: 'x'.repeat(500) }));
    await first.write((writer) => writer.putRecords('companies', all, at(5), null));
    await first.close();
    const file = openSync(path, 'r+');
    for (let offset = 40 * 4_096; offset < statSync(path).size - 4_096; offset += 4_096) writeSync(file, 'garbage '.repeat(100), offset);
    closeSync(file);
    const second = await openCache(path);
    expect(second.setAside).toBeNull();
    await expect(
      ids(
        second,
        all.map(({ id }) => id),
      ),
    ).rejects.toMatchObject({ name: 'StoreError', kind: 'corrupt' });
    await second.close();
    const third = await open(path);
    expect(third.setAside).not.toBeNull();
    expect(await ids(third, ['1000'])).toEqual([]);
    expect((await open(path)).setAside).toBeNull();
  });

  it('is held by another process: told as that, not as a mistake', async () => {
    const path = join(folder(), 'cache.db');
    const cache = await open(path);
    const [one, other] = [new DatabaseSync(path, { timeout: 0 }), new DatabaseSync(path, { timeout: 0 })];
    one.exec('BEGIN IMMEDIATE');
    try {
      other.exec('BEGIN IMMEDIATE');
      expect.unreachable();
    } catch (error) {
      expect(asStoreError(error, path)).toMatchObject({ name: 'StoreError', kind: 'busy', path });
    } finally {
      one.exec('ROLLBACK');
      for (const connection of [one, other]) connection.close();
    }
    expect(await cache.revision()).toBe(0);
  });

  it('is left alone where a later version wrote it', async () => {
    const path = join(folder(), 'cache.db');
    await (await openCache(path)).close();
    const raw = new DatabaseSync(path);
    raw.exec('PRAGMA user_version = 99');
    raw.close();
    await expect(openCache(path)).rejects.toMatchObject({ name: 'StoreError', kind: 'newer' });
  });
});

describe('the lock', () => {
  it('is held by one at a time', () => {
    const path = join(folder(), 'sync.lock.db');
    const first = tryLock(path);
    expect(first).not.toBeNull();
    expect(tryLock(path)).toBeNull();
    first?.release();
    const second = tryLock(path);
    expect(second).not.toBeNull();
    second?.release();
  });
});

describe('the kept day', () => {
  it('is known from its first instant to its last, for its zone', async () => {
    const cache = await open();
    const begins = Date.parse('2026-11-20T15:00:00Z') as Instant;
    const ends = Date.parse('2026-11-21T15:00:00Z') as Instant;
    expect(await cache.dayAt('Asia/Tokyo', begins)).toBeNull();
    await cache.keepDay('Asia/Tokyo', '2026-11-20' as Day);
    await cache.keepDay('Asia/Tokyo', '2026-11-21' as Day);
    expect(await cache.dayAt('Asia/Tokyo', begins)).toBe('2026-11-21');
    expect(await cache.dayAt('Asia/Tokyo', (ends - 1) as Instant)).toBe('2026-11-21');
    expect(await cache.dayAt('Asia/Tokyo', (begins - 1) as Instant)).toBeNull();
    expect(await cache.dayAt('Asia/Tokyo', ends)).toBeNull();
    expect(await cache.dayAt('UTC', begins)).toBeNull();
  });
});
