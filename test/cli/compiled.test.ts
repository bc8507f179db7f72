/** What the engine made of the code is kept beside it, and nobody depends on it. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { BIN } from './harness.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kizashi-compiled-'));
  for (const folder of ['bin', 'dist']) {
    cpSync(join(BIN, '../..', folder), join(root, folder), {
      recursive: true,
      filter: (path) => !/dist\/compiled$|meta\.json$/.test(path),
    });
  }
  writeFileSync(join(root, 'package.json'), '{"type":"module"}');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const start = () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'bin/kizashi.js'), '--version'], {
    env: { PATH: process.env.PATH },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
};

it('is written by the first start and read by the next', () => {
  const first = start();
  expect(first).toMatchObject({ status: 0, stderr: '' });
  expect(readdirSync(join(root, 'dist/compiled'))).toHaveLength(1);
  expect(start()).toEqual(first);
});

it('is done without where there is no place for it', () => {
  writeFileSync(join(root, 'dist/compiled'), 'a file is in the way');
  expect(start()).toMatchObject({ status: 0, stderr: '', stdout: expect.stringMatching(/^\d+\.\d+\.\d+/) });
});
