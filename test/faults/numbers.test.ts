/** Twenty-eight faults were thought of before the outbox was written; each keeps a test under its number, and a line in the docs. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const FAULTS = 28;
const ROOT = join(import.meta.dirname, '../..');
const read = (folder: string) =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(ROOT, folder, name), 'utf8'))
    .join('\n');

test('each of the 28 faults has a test and a line in docs/outbox.md', () => {
  const tests = read('test/faults') + read('test/cli');
  const docs = readFileSync(join(ROOT, 'docs/outbox.md'), 'utf8');
  const numbers = Array.from({ length: FAULTS }, (_, i) => `F${i + 1}`);
  expect(
    numbers.filter((number) => !new RegExp(`['"\`]${number} `).test(tests)),
    'without a test',
  ).toEqual([]);
  expect(
    numbers.filter((number) => !docs.includes(`| ${number} |`)),
    'without a line',
  ).toEqual([]);
});
