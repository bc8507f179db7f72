/** Each failure mode of reading that docs/sync.md lists has the tests that it names. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const rows = [...read('docs/sync.md').matchAll(/^\| (R\d+) \|(.*)\|$/gm)].map(([, number = '', rest = '']) => ({
  number,
  tests: [...(rest.split(' | ').at(-1) ?? '').matchAll(/`([^`]+)` "([^"]+)"/g)].map(([, file = '', name = '']) => ({ file, name })),
}));

describe('the failure modes of reading', () => {
  it('are all there', () => {
    expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 25 }, (_, index) => `R${index + 1}`));
  });

  it.each(rows)('$number has a test by its number', ({ number, tests }) => {
    expect(tests.length).toBeGreaterThan(0);
    for (const { file, name } of tests) expect(read(file), `${number}: ${name} in ${file}`).toContain(name);
  });
});
