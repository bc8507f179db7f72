/** The store and the machine under it: newer versions, full and read-only disks, other processes, interruptions. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type Desk, desk, deskOf, ended, type Json, ME, prepareHome, serve, start, tempFolder } from './harness.ts';

let from = '';
beforeAll(async () => {
  from = await prepareHome();
});
afterAll(() => rmSync(from, { recursive: true, force: true }));

const isRoot = process.getuid?.() === 0 && process.platform === 'linux';

const hashOf = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

/** Resolves once it is so; what it looks at changes with requests that other processes make. */
async function until(test: () => boolean): Promise<void> {
  while (!test()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** A file system of its own; null where this user may mount none. */
function tinyDisk(options: string): string | null {
  const folder = tempFolder();
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    remove();
    return null;
  }
  onTestFinished(() => {
    execFileSync('umount', ['-l', folder]);
    remove();
  });
  return folder;
}

async function deskOn(home: string): Promise<Desk> {
  const server = await serve();
  onTestFinished(() => server.close());
  return deskOf(server, home);
}

describe('a newer version', () => {
  it.each(['cache', 'local'] as const)('wrote %s.db: it is said and left untouched', async (name) => {
    const here = await desk({ from });
    const file: string = (await here.json(['config', 'path']))[name];
    const db = new DatabaseSync(file);
    db.exec('PRAGMA user_version = 999; PRAGMA wal_checkpoint(TRUNCATE)');
    db.close();
    const before = hashOf(file);
    for (const args of [['list'], ['show', 'あおば'], ['note', 'あおば', 'x'], ['sync']]) {
      const ran = await here.run(args);
      // A list that is up to date needs nothing but the cache.
      if (name === 'local' && ran.code === 0 && args[0] === 'list') continue;
      expect(ran.stderr, args.join(' ')).toBe(
        `kizashi: The store ${file} was written by a newer kizashi and is left untouched. Update kizashi, or choose another --home\n`,
      );
      expect(ran.code).toBe(1);
    }
    expect(hashOf(file)).toBe(before);
    expect((await here.run(['show', 'あおば', '--lang', 'ja'])).stderr).toContain('新しい版のkizashiのものです');
  });

  it('wrote the settings, or somebody broke them', async () => {
    const here = await desk({ from });
    const file: string = (await here.json(['config', 'path'])).settings;
    const good = JSON.parse(readFileSync(file, 'utf8')) as Json;
    for (const [content, message] of [
      [JSON.stringify({ ...good, version: 999 }), 'were written by a newer kizashi and are left untouched'],
      ['{ "version": 1,', 'are not valid JSON'],
      [JSON.stringify({ ...good, profiles: { default: { undoSeconds: 'long' } } }), 'are wrong at'],
    ]) {
      writeFileSync(file, content ?? '');
      for (const args of [['list'], ['init', '--yes']]) {
        const ran = await here.run(args);
        expect([ran.code, ran.stdout]).toEqual([1, '']);
        expect(ran.stderr).toContain(message);
      }
      expect(readFileSync(file, 'utf8')).toBe(content);
    }
  });
});

it('what was synced is damaged: an empty store is no riddle', async () => {
  const here = await desk({ from });
  const { cache } = await here.json(['config', 'path']);
  writeFileSync(cache, 'no database, and long enough to be read as a broken one '.repeat(40));
  for (const suffix of ['-wal', '-shm']) rmSync(cache + suffix, { force: true });
  const ran = await here.run(['--offline', 'mrr']);
  expect([ran.code, ran.stdout]).toEqual([1, '']);
  expect(ran.stderr).toMatch(/set aside as .*cache\.db\.damaged-\d+ and the store begins anew\..*\n.*Run kizashi sync/);
  expect((await here.run(['--offline', 'mrr'])).stderr).not.toContain('set aside');
});

describe('the disk', () => {
  it.skipIf(!isRoot)(
    'is full: the note is not called saved, and goes out once there is room (needs root to mount a disk)',
    async (context) => {
      const disk = tinyDisk('size=16m');
      if (disk === null) return context.skip('this machine lets nobody mount');
      cpSync(from, disk, { recursive: true });
      const here = await deskOn(disk);
      const filler = join(disk, 'filler');
      const { bavail, bsize } = statfsSync(disk);
      writeFileSync(filler, Buffer.alloc(bavail * bsize));
      const ran = await here.run(['note', 'あおば', 'no room for this']);
      expect([ran.code, ran.stdout]).toEqual([1, '']);
      expect(ran.stderr).toMatch(/^kizashi: .*disk is full.*Free some space and try again\n$/i);
      const ja = await here.run(['note', 'あおば', 'no room for this', '--lang', 'ja']);
      expect([ja.code, ja.stdout]).toEqual([1, '']);
      expect(ja.stderr).toContain('ディスクの空きがないため');
      const synced = await here.run(['sync', '--full']);
      expect([synced.code, synced.stdout]).toEqual([1, '']);
      rmSync(filler);
      expect((await here.json(['outbox', 'list'])).rows).toEqual([]);
      expect(await here.json(['note', 'あおば', 'now there is room'])).toMatchObject({ state: 'sent' });
      expect(await here.json(['sync'])).toMatchObject({ complete: true });
      expect(here.server.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/notes'))).toHaveLength(1);
    },
  );

  it('is read-only: it is said, with the path', async (context) => {
    const home = isRoot ? tinyDisk('size=32m') : tempFolder();
    if (home === null) return context.skip('this machine lets nobody mount');
    cpSync(from, home, { recursive: true });
    const here = await deskOn(home);
    if (isRoot) execFileSync('mount', ['-o', 'remount,ro', home]);
    else {
      const folders = readdirSync(home, { recursive: true, encoding: 'utf8' }).map((name) => join(home, name));
      for (const path of [...folders, home]) chmodSync(path, 0o500);
      onTestFinished(() => {
        for (const path of [home, ...folders]) chmodSync(path, 0o700);
        rmSync(home, { recursive: true, force: true });
      });
    }
    for (const args of [['note', 'あおば', 'x'], ['sync'], ['show', 'あおば']]) {
      const ran = await here.run(args);
      expect([ran.code, ran.stdout], args.join(' ')).toEqual([1, '']);
      expect(ran.stderr).toMatch(
        /^kizashi: .*kizashi.*cannot be written\. Check who owns the folder and its permissions, or choose another --home\n$/,
      );
    }
    const init = await here.run(['init', '--yes', '--all']);
    expect(init.code).toBe(1);
    expect(init.stderr).toMatch(/settings.*cannot be written/i);
  });

  it('has a file where the home folder should be', async () => {
    const here = await desk();
    writeFileSync(join(here.home, 'kizashi'), 'in the way');
    const ran = await here.run(['init', '--yes', '--me', ME]);
    expect([ran.code, ran.stdout]).toEqual([1, '']);
    expect(ran.stderr).toMatch(/^kizashi: .*kizashi.*\n$/);
    expect(ran.stderr).not.toContain('    at ');
    expect(readFileSync(join(here.home, 'kizashi'), 'utf8')).toBe('in the way');
  });

  it('holds a damaged outbox: it is restored, and the person is told', async () => {
    const here = await desk({ from });
    expect((await here.run(['note', 'あおば', 'kept', '--no-wait'])).code).toBe(0);
    const file: string = (await here.json(['config', 'path'])).local;
    for (const suffix of ['-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
    writeFileSync(file, 'no database at all');
    const ran = await here.run(['outbox', 'list', '--json']);
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain('The outbox and history were damaged');
    expect((await here.run(['outbox', 'list', '--json'])).stderr).toBe('');
  });

  it('holds a damaged cache: it is put aside and filled again', async () => {
    const here = await desk({ from });
    const { cache } = await here.json(['config', 'path']);
    for (const suffix of ['-wal', '-shm']) rmSync(`${cache}${suffix}`, { force: true });
    writeFileSync(cache, 'this is no database, whatever its name says'.repeat(100));
    const ran = await here.run(['list']);
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain('あおば');
  });

  it('keeps everything to its owner', async () => {
    const loose = execFileSync('find', [join(from, 'kizashi'), '-perm', '/077'], { encoding: 'utf8' });
    expect(loose).toBe('');
  });
});

describe('other processes', () => {
  it('two syncs at once: one says so and leaves the store to the other', async () => {
    const here = await desk({ from });
    const held = Promise.withResolvers<void>();
    here.server.setFaults([{ match: { path: /2-101\/batch\/read/, nth: 1 }, action: { kind: 'hold', until: held.promise } }]);
    const first = start(['sync', '--full', '--json'], here.options);
    const done = ended(first);
    await until(() => here.server.requests.some(({ path }) => path.includes('2-101/batch/read')));
    const second = await here.run(['sync']);
    expect(second).toEqual({
      code: 1,
      stdout: '',
      stderr: 'kizashi: another kizashi is syncing this profile; the store stays readable meanwhile\n',
    });
    expect(await here.json(['sync'], 1)).toMatchObject({ error: { code: 'busy' } });
    expect((await here.run(['list'])).code).toBe(0);
    held.resolve();
    const { code, stdout } = await done;
    expect([code, JSON.parse(stdout).complete]).toEqual([0, true]);
    const { cache } = await here.json(['config', 'path']);
    const db = new DatabaseSync(cache, { readOnly: true });
    expect(db.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    db.close();
    expect((await here.run(['sync'])).code).toBe(0);
  });

  it('notes of several processes at once all arrive, each once', async () => {
    const here = await desk({ from });
    const texts = ['one', 'two', 'three', 'four'];
    const told = await Promise.all(texts.map((text) => here.json(['note', 'あおば', `${text} of four`])));
    expect(told.map(({ state }) => state)).toEqual(texts.map(() => 'sent'));
    const bodies = [...(here.server.portal.types.get('0-46')?.records.values() ?? [])].map(
      ({ properties }) => properties.hs_note_body ?? '',
    );
    for (const text of texts) expect(bodies.filter((body) => body.includes(`${text} of four`))).toHaveLength(1);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('%s during a sync ends it with 130, and the next one completes', async (signal) => {
    const here = await desk();
    await here.json(['init', '--yes', '--me', ME]);
    here.server.setFaults([{ match: { path: /2-101\/batch\/read/, nth: 2 }, action: { kind: 'hang' } }]);
    const child = start(['sync'], here.options);
    const done = ended(child);
    await until(() => here.server.requests.filter(({ path }) => path.includes('2-101/batch/read')).length >= 2);
    child.kill(signal);
    const ran = await done;
    expect(ran.code).toBe(130);
    expect(ran.stderr).toBe('');
    here.server.setFaults([]);
    expect(await here.json(['sync'])).toMatchObject({ mode: 'full', complete: true, problem: null });
    expect((await here.json(['list'])).total).toBeGreaterThan(5);
  });
});
