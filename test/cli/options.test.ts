/** Options that contradict each other, are empty, or name what the policy does not have: told before anything is done. */
import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import type { Context, Invocation } from '../../src/cli/context.ts';
import { CommandError } from '../../src/cli/exit.ts';
import { listOptions } from '../../src/cli/filter-options.ts';
import { checkFilter } from '../../src/cli/known-filter.ts';
import { outputOf } from '../../src/cli/output.ts';

const context = (lang: 'en' | 'ja' = 'en', json = false) => ({ lang, json }) as Context;
const given = (options: Invocation['options']): Invocation => ({ args: [], options });

function refused(body: () => unknown): string {
  try {
    body();
  } catch (error) {
    if (error instanceof CommandError && error.code === 2) return error.message;
    throw error;
  }
  throw new Error('nothing was refused');
}

it.each(['owner', 'team', 'signal', 'segment', 'industry', 'product', 'plan', 'query'])(
  '--%s without a word is not a filter for everybody',
  (name) => {
    for (const value of ['', '  '])
      expect(refused(() => listOptions(context(), given({ [name]: value })))).toBe(`option '--${name}' needs a value`);
  },
);

it('names the flag as it is typed', () => {
  expect(refused(() => listOptions(context('ja'), given({ customerGrade: '' })))).toBe('オプション「--customer-grade」には値が必要です');
});

it('a signal or a customer grade that the policy does not have is told, with the nearest', () => {
  const policy = { signals: [{ id: 'usage.last_login' }], customerGrades: [{ name: 'Gold', least: 1 }] } as never;
  expect(refused(() => checkFilter(context(), policy, { signal: 'usage.last_logn' }))).toContain('did you mean usage.last_login?');
  expect(refused(() => checkFilter(context(), policy, { signal: 'x' }))).toContain('`kizashi rules list`');
  expect(refused(() => checkFilter(context(), policy, { customerGrade: 'Silver' }))).toContain('Gold');
  expect(
    refused(() => checkFilter(context('ja'), { ...(policy as object), customerGrades: undefined } as never, { customerGrade: 'A' })),
  ).toContain('customerGrades');
  checkFilter(context(), policy, { signal: 'usage.last_login', customerGrade: 'gold' });
});

it('a folder that is not there is no file, and an option no name of one', () => {
  const kinds = { formats: ['csv'], fallback: 'csv' } as const;
  expect(refused(() => outputOf(context(), given({ output: '/no/such/folder/' }), kinds))).toContain('there is no folder /no/such/folder.');
  expect(refused(() => outputOf(context('ja'), given({ output: '/no/such/' }), kinds))).toContain('フォルダー /no/such がありません');
  expect(refused(() => outputOf(context(), given({ output: '--force' }), kinds))).toBe("option '--output' needs a value");
  expect(outputOf(context(), given({ output: `${tmpdir()}/` }), kinds)).toMatchObject({ path: tmpdir() });
});

it('--json and another format on standard output contradict each other; a file may have any', () => {
  const kinds = { formats: ['csv', 'json'], fallback: 'json' } as const;
  for (const where of [{}, { output: '-' }])
    expect(refused(() => outputOf(context('en', true), given({ format: 'csv', ...where }), kinds))).toContain('leave out --format csv');
  expect(outputOf(context('en', true), given({ format: 'json' }), kinds)).toMatchObject({ format: 'json', path: null });
  expect(outputOf(context('en', true), given({}), kinds)).toMatchObject({ format: 'json', path: null });
  expect(outputOf(context('en', true), given({ format: 'csv', output: 'x.csv' }), kinds)).toMatchObject({ format: 'csv' });
});
