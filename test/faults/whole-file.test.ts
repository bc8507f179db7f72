/** A file is there as a whole or not at all: no room, no right, a kill, a name that is taken, a link that waits. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeWholeFile } from '../../src/workspace/whole-file.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kizashi-file-'));
  file = join(folder, 'list.csv');
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true, force: true });
});

const write = (pieces: Iterable<string>, replace = false, path = file) => writeWholeFile(path, pieces, { replace });
const CHILD = join(import.meta.dirname, 'whole-file.child.ts');
const MB = 1_048_576;

test('written whole, for its owner alone, whatever the mask', async () => {
  const mask = process.umask(0);
  expect(await write(['a', 'あ'])).toEqual({ ok: true, value: 4 });
  process.umask(mask);
  expect(readFileSync(file, 'utf8')).toBe('aあ');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['list.csv']);
});

test('a name that is taken stays as it is, unless it is to be replaced', async () => {
  writeFileSync(file, 'old');
  expect(await write(['new'])).toMatchObject({ ok: false, error: { kind: 'exists' } });
  expect(readFileSync(file, 'utf8')).toBe('old');
  expect(await write(['new'], true)).toMatchObject({ ok: true });
  expect(readFileSync(file, 'utf8')).toBe('new');
});

test('a device, a pipe or a link to one is not replaced by a file, even where it is to be', async () => {
  const pipe = join(folder, 'pipe');
  expect(spawnSync('mkfifo', [pipe]).status).toBe(0);
  const link = join(folder, 'link');
  symlinkSync(pipe, link);
  // Standard output of a test may be a file: its name is the system's all the same. Never tried with what matters to the machine.
  for (const path of [pipe, link, '/dev/stdout']) {
    expect(await write(['x'], false, path), path).toMatchObject({ ok: false, error: { kind: 'special' } });
  }
  for (const path of [pipe, link]) expect(await write(['x'], true, path), path).toMatchObject({ ok: false, error: { kind: 'special' } });
  expect([lstatSync(pipe).isFIFO(), lstatSync(link).isSymbolicLink()]).toEqual([true, true]);
  expect(readdirSync(folder).sort()).toEqual(['link', 'pipe']);
});

test('a name that comes to be taken while it is written is not replaced', async () => {
  const pieces = function* () {
    yield 'a';
    writeFileSync(file, 'theirs');
    yield 'b';
  };
  expect(await write(pieces())).toMatchObject({ ok: false, error: { kind: 'exists' } });
  expect(readFileSync(file, 'utf8')).toBe('theirs');
  expect(readdirSync(folder)).toEqual(['list.csv']);
});

test('a link in its place is not followed', async () => {
  const target = join(folder, 'precious');
  writeFileSync(target, 'precious');
  symlinkSync(target, file);
  expect(await write(['x'])).toMatchObject({ ok: false, error: { kind: 'exists' } });
  expect(await write(['x'], true)).toMatchObject({ ok: true });
  expect(readFileSync(target, 'utf8')).toBe('precious');
  expect(lstatSync(file).isFile()).toBe(true);
});

test.each([
  ['a folder that is missing', 'no/such/list.csv', 'no_folder'],
  ['a folder that is a file', 'plain/list.csv', 'no_folder'],
  ['a folder of that name', 'sub', 'is_folder'],
  ['a name that is too long', 'x'.repeat(300), 'name'],
  ['links in a circle', 'circle/list.csv', 'name'],
] as const)('%s', async (_, name, kind) => {
  writeFileSync(join(folder, 'plain'), '');
  mkdirSync(join(folder, 'sub'));
  symlinkSync(join(folder, 'circle'), join(folder, 'circle'));
  expect(await write(['x'], true, join(folder, name))).toMatchObject({ ok: false, error: { kind } });
  expect(readdirSync(folder).sort()).toEqual(['circle', 'plain', 'sub']);
});

test.skipIf(process.getuid?.() === 0)('a folder without the right to write', async () => {
  chmodSync(folder, 0o500);
  expect(await write(['x'])).toMatchObject({ ok: false, error: { kind: 'denied' } });
});

test('an error of the one who writes goes through, and nothing is left', async () => {
  const pieces = function* () {
    yield 'a';
    throw new Error('no such account');
  };
  await expect(write(pieces())).rejects.toThrow('no such account');
  expect(readdirSync(folder)).toEqual([]);
});

test('stopped on the way: nothing is left', async () => {
  const stop = new AbortController();
  const pieces = function* () {
    yield 'a';
    stop.abort();
    yield 'b';
  };
  await expect(writeWholeFile(file, pieces(), { replace: false, signal: stop.signal })).rejects.toThrow();
  expect(readdirSync(folder)).toEqual([]);
});

test.skipIf(process.platform === 'win32')('the system finds no room half way: the old file stays, and nothing else', () => {
  writeFileSync(file, 'old');
  // A limit on the size of files, without its signal: the kernel refuses the write, as it does on a full disk.
  const limited = `trap '' XFSZ; ulimit -f 256; exec "$0" "$@"`;
  const ran = spawnSync('bash', ['-c', limited, process.execPath, CHILD, file, String(4 * MB)], { encoding: 'utf8' });
  expect(JSON.parse(ran.stdout)).toMatchObject({ ok: false, error: { kind: 'full' } });
  expect(readFileSync(file, 'utf8')).toBe('old');
  expect(readdirSync(folder)).toEqual(['list.csv']);
});

test('killed half way: the old file stays', () => {
  writeFileSync(file, 'old');
  const ran = spawnSync(process.execPath, [CHILD, file, String(4 * MB), '40'], { encoding: 'utf8' });
  expect(ran.signal).toBe('SIGKILL');
  expect(readFileSync(file, 'utf8')).toBe('old');
});
