/** The arrows of the house: a file imports from its own folder or from a lower floor, and nothing runs in a circle. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const src = join(root, 'src');

const FLOORS: readonly (readonly string[])[] = [
  ['units'],
  ['text', 'account.ts', 'policy.ts'],
  ['components', 'scoring', 'revenue', 'plays', 'settings'],
  ['rules', 'data'],
  ['book'],
  ['workspace'],
  ['open.ts', 'worker.ts'],
  ['screens'],
  ['app'],
  ['cli'],
];
const SCREEN_ROOMS = ['components', 'screens', 'app'];

interface Import {
  readonly file: string;
  readonly line: string;
  readonly target: string;
  readonly lazy: boolean;
}

const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => join(src, name));

const imports: readonly Import[] = files.flatMap((file) =>
  [
    ...readFileSync(file, 'utf8').matchAll(
      /(?:^|\n)\s*(?:import|export)\b[^'";]*?from\s+'([^']+)'|(?:^|\n)\s*import\s+'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/g,
    ),
  ].map((match) => {
    const target = match[1] ?? match[2] ?? match[3] ?? '';
    return { file, line: match[0].trim(), target, lazy: match[3] !== undefined };
  }),
);
const local = imports.filter((one) => one.target.startsWith('.')).map((one) => ({ ...one, path: resolve(dirname(one.file), one.target) }));

const roomOf = (path: string): string => relative(src, path).split('/')[0] ?? '';
const floorOf = (path: string): number => FLOORS.findIndex((rooms) => rooms.includes(roomOf(path)));
const show = (path: string): string => relative(root, path);

describe('imports', () => {
  it('finds the source', () => {
    expect(files.length).toBeGreaterThan(20);
    expect(local.length).toBeGreaterThan(20);
  });

  it('every room stands on a floor', () => {
    expect(files.filter((file) => floorOf(file) < 0).map(show)).toEqual([]);
  });

  it('go down, or stay in the room', () => {
    const wrong = local.filter(({ file, path }) => roomOf(file) !== roomOf(path) && floorOf(path) >= floorOf(file));
    expect(wrong.map(({ file, path }) => `${show(file)} → ${show(path)}`)).toEqual([]);
  });

  it('inside data, HubSpot, store and demo server do not know each other', () => {
    const apart = ['hubspot', 'store', 'demo'];
    const part = (path: string) => (roomOf(path) === 'data' ? (relative(src, path).split('/')[1] ?? '') : '');
    const wrong = local.filter(({ file, path }) => apart.includes(part(file)) && part(path) !== '' && part(path) !== part(file));
    expect(wrong.map(({ file, path }) => `${show(file)} → ${show(path)}`)).toEqual([]);
  });

  it('never run in a circle', () => {
    const next = new Map<string, string[]>();
    for (const { file, path } of local) next.set(file, [...(next.get(file) ?? []), path]);
    const circles: string[] = [];
    const state = new Map<string, 'open' | 'done'>();
    const walk = (file: string, trail: readonly string[]): void => {
      if (state.get(file) === 'done') return;
      if (state.get(file) === 'open') {
        circles.push([...trail.slice(trail.indexOf(file)), file].map(show).join(' → '));
        return;
      }
      state.set(file, 'open');
      for (const target of next.get(file) ?? []) walk(target, [...trail, file]);
      state.set(file, 'done');
    };
    for (const file of files) walk(file, []);
    expect(circles).toEqual([]);
  });

  it('React and Ink are known to one file, which is loaded after the first frame', () => {
    const known = imports.filter(({ target }) => /^(react|ink)(\/|$)/.test(target)).map(({ file }) => show(file));
    // keys.ts knows a type of theirs, stage.ts one of ours; no code is loaded by that.
    expect([...new Set(known)]).toEqual(['src/app/ink.tsx', 'src/app/keys.ts']);
    const eager = local.filter(({ path, lazy }) => show(path) === 'src/app/ink.tsx' && !lazy);
    expect(eager.map(({ file }) => show(file))).toEqual(['src/app/stage.ts']);
  });

  it('only the driver knows SQLite, only data/hubspot knows the HubSpot client', () => {
    const sqlite = imports.filter(({ file, target }) => target === 'node:sqlite' && show(file) !== 'src/data/store/driver.ts');
    expect(sqlite.map(({ file }) => show(file))).toEqual([]);
    const client = imports.filter(({ file, target }) => target.startsWith('@hubspot/') && !show(file).startsWith('src/data/hubspot/'));
    expect(client.map(({ file }) => show(file))).toEqual([]);
  });

  it('the command line reaches the app only when it opens it', () => {
    const wrong = local.filter(({ file, path, lazy }) => roomOf(file) === 'cli' && SCREEN_ROOMS.includes(roomOf(path)) && !lazy);
    expect(wrong.map(({ file, path }) => `${show(file)} → ${show(path)}`)).toEqual([]);
  });

  it('only cells.ts measures, only cli writes to the console', () => {
    const measuring = imports.filter(({ file, target }) => target === 'string-width' && show(file) !== 'src/text/cells.ts');
    expect(measuring.map(({ file }) => show(file))).toEqual([]);
    const writing = files.filter(
      (file) => roomOf(file) !== 'cli' && /\bconsole\.|process\.(stdout|stderr)\.write/.test(readFileSync(file, 'utf8')),
    );
    expect(writing.map(show)).toEqual([]);
  });
});
