/** A receipt and the change of its week, re-added by the very line that the page on the policy shows. */
import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { BIN, environment, run, tempFolder } from './harness.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/policy.md'), 'utf8');

it('adds up as the page on the policy says, and reads in both languages', async () => {
  const [, line = '', printed = ''] = /```sh\n(kizashi --demo .*? show .*?)\n```\n\n```text\n(.*?)\n```/s.exec(page) ?? [];
  expect(line).toContain('--since');
  const home = tempFolder();
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const shims = join(home, 'bin');
  mkdirSync(shims);
  writeFileSync(join(shims, 'kizashi'), `#!/bin/sh\nexec "${process.execPath}" "${BIN}" "$@"\n`);
  chmodSync(join(shims, 'kizashi'), 0o755);
  const env = environment({ home, token: null });
  const path = [shims, dirname(process.execPath), env.PATH].join(delimiter);
  const { stdout } = await promisify(execFile)('sh', ['-c', line], { env: { ...env, PATH: path } });
  expect(stdout.trim()).toBe(printed);
  const receipt = async (lang: string) =>
    (await run(['--demo', '--as-of', '2026-11-22', '--lang', lang, 'show', 'Northwind'], { home, token: null })).stdout;
  const [english, japanese] = [await receipt('en'), await receipt('ja')];
  expect(english).toContain('Logins a week 41 → 22 (−46%)');
  expect(japanese).toContain('週平均ログイン 41→22回（−46%）');
  // The same numbers, line by line, whatever the words.
  const points = (text: string) => [...text.matchAll(/ {2}([+−]\d+\.\d)(?= |$)/gm)].map(([, amount]) => amount);
  expect(points(english).length).toBeGreaterThan(10);
  expect(points(japanese)).toEqual(points(english));
}, 60_000);
