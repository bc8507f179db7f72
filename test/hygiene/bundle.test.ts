/** What the finished program really loads: a start-up time is kept by what is left out. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../../src/scoring/policy-default.ts';
import { policyHash } from '../../src/scoring/policy-hash.ts';
import { openTerminal } from '../terminal/terminal.ts';

const root = resolve(import.meta.dirname, '../..');
const home = mkdtempSync(join(tmpdir(), 'kizashi-bundle-'));

interface Meta {
  readonly outputs: Readonly<Record<string, { readonly inputs: Readonly<Record<string, unknown>> }>>;
}

const HEAVY = [
  'react',
  'react-reconciler',
  'ink',
  'yoga-layout',
  'string-width',
  '@hubspot/api-client',
  'undici',
  'conf',
  'ajv',
  'htmlparser2',
];

function run(args: readonly string[], env: Readonly<Record<string, string>> = {}): string {
  return execFileSync(join(root, 'node_modules/.bin/node'), [join(root, 'bin/kizashi.js'), ...args], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { PATH: process.env.PATH ?? '', HOME: home, KIZASHI_HOME: join(home, 'kizashi'), LANG: 'en_US.UTF-8', ...env },
  });
}

/** The files that a run loads, and the packages whose code is in them. */
function loads(args: readonly string[]): { readonly files: readonly string[]; readonly packages: ReadonlySet<string> } {
  const log = join(home, `loads-${args.join('')}`);
  run(args, logged(log));
  return insideOf(readFileSync(log, 'utf8').split('\n'));
}

const logged = (log: string) => ({ NODE_OPTIONS: `--import ${join(import.meta.dirname, 'load-log.mjs')}`, LOAD_LOG: log });

function insideOf(loaded: readonly string[]): { readonly files: readonly string[]; readonly packages: ReadonlySet<string> } {
  const { outputs } = JSON.parse(readFileSync(join(root, 'dist/meta.json'), 'utf8')) as Meta;
  const files = loaded.filter((file) => /\/(?:dist|bin)\//.test(file)).map((file) => relative(root, file));
  const inputs = files.flatMap((file) => Object.keys(outputs[file]?.inputs ?? {}));
  const packages = inputs.flatMap((input) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? []);
  return { files, packages: new Set(packages) };
}

let built = '';
beforeAll(() => {
  built = run(['--demo', 'list', '--json']);
}, 60_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('the bundle', () => {
  it.each([[['--demo', 'list', '--json']], [['--help']], [['--version']]])('%j loads few files and no heavy library', (args) => {
    const { files, packages } = loads(args);
    expect(packages).toContain('commander');
    expect(HEAVY.filter((name) => packages.has(name))).toEqual([]);
    expect(files.length).toBeLessThanOrEqual(8);
  });

  it('has drawn the first frame before it loads React, Ink, its layout engine or an HTTP client', async () => {
    const log = join(home, 'loads-app');
    const terminal = openTerminal({ args: ['--demo', '--offline'], env: { KIZASHI_HOME: join(home, 'kizashi'), ...logged(log) } });
    await terminal.see('▸');
    // Keys are heard once Ink is there.
    terminal.type('q');
    expect(await terminal.ended).toBe(0);
    terminal.close();
    const loaded = readFileSync(log, 'utf8').split('\n');
    const ink = loaded.findIndex((file) => insideOf([file]).packages.has('ink'));
    expect(ink).toBeGreaterThan(0);
    const { files, packages } = insideOf(loaded.slice(0, ink));
    expect(packages).toContain('commander');
    // Only read: it is set up when a text that is not plain first needs it.
    expect(HEAVY.filter((name) => packages.has(name))).toEqual(['string-width']);
    expect(files.length).toBeLessThanOrEqual(40);
  });

  it('prints the kept book byte by byte as the book that was just scored, and as one that is put together row by row', () => {
    expect(JSON.parse(built).total).toBeGreaterThan(20);
    expect(run(['--demo', 'list', '--json'])).toBe(built);
    expect(run(['--demo', 'list', '--json', '--limit', '1000'])).toBe(built);
    expect(run(['--demo', '--lang', 'ja', 'list', '--json'])).toBe(run(['--demo', '--lang', 'ja', 'list', '--json', '--limit', '1000']));
  });

  it('knows the shipped policy by the hash that it has', () => {
    expect(JSON.parse(built).policy).toBe(policyHash(DEFAULT_POLICY));
  });
});
