/** The process that a large book is reckoned in, as built, beside reckoning here. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { plainRow } from '../../src/book/kept-rows.ts';
import { openBooks } from '../../src/workspace/books.ts';
import { type Profile, type ProfileOptions, readProfile, scopeOf } from '../../src/workspace/profile.ts';
import { type Reckoner, reckonerHere } from '../../src/workspace/reckoning.ts';
import { reckoningProcess } from '../../src/workspace/reckoning-process.ts';
import { openSession, type Session } from '../../src/workspace/session.ts';
import { environment, now, prepareHome } from './harness.ts';

const WORKER = pathToFileURL(join(import.meta.dirname, '../../dist/worker.js'));
const NOBODY: Reckoner = { run: () => Promise.reject(new Error('reckoned here')) };

let home: string;
beforeAll(async () => {
  home = await prepareHome();
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const optionsOf = (): ProfileOptions => {
  const env = environment({ home });
  return { home: env.KIZASHI_HOME ?? null, profile: 'default', demo: false, asOf: null, offline: true, verbose: false, env, now };
};

function open(): { readonly profile: Profile; readonly session: Session } {
  const profile = readProfile(optionsOf());
  if (!profile.ok) throw new Error(profile.error.kind);
  const session = openSession(profile.value, new AbortController().signal);
  onTestFinished(() => session.close());
  return { profile: profile.value, session };
}

const rowsIn = async ({ profile, session }: ReturnType<typeof open>) => {
  const kept = await (await openBooks(session, scopeOf(profile.settings) ?? '')).kept();
  return kept?.snapshot.rows.map(plainRow) ?? null;
};

describe('reckoning', () => {
  it('gives the same in a process of its own as here', async () => {
    const at = open();
    const beside = reckoningProcess(WORKER, optionsOf(), NOBODY);
    onTestFinished(() => beside.close());
    const here = reckonerHere(at.session);
    const cache = await at.session.cache();
    await here.run({ kind: 'score' });
    const rows = await rowsIn(at);
    await cache.outdate();
    await beside.run({ kind: 'score' });
    expect(await rowsIn(at)).toEqual(rows);
    expect(rows?.length).toBeGreaterThan(10);
    expect(await beside.run({ kind: 'brief', since: 'yesterday' })).toEqual(await here.run({ kind: 'brief', since: 'yesterday' }));
    expect(await beside.run({ kind: 'reports' })).toBeNull();
  });

  it('tells what went wrong, and begins again after a process that was let go or lost', async () => {
    const at = open();
    const cache = await at.session.cache();
    const beside = reckoningProcess(WORKER, optionsOf(), NOBODY);
    onTestFinished(() => beside.close());
    const wrong = reckoningProcess(WORKER, { ...optionsOf(), home: join(home, 'elsewhere') }, NOBODY);
    onTestFinished(() => wrong.close());
    expect(await wrong.run({ kind: 'score' })).toBeNull();
    await cache.outdate();
    const lost = beside.run({ kind: 'score' });
    beside.close();
    await expect(lost).rejects.toThrow('SIGKILL');
    await beside.run({ kind: 'score' });
    expect(await (await openBooks(at.session, scopeOf(at.profile.settings) ?? '')).isCurrent()).toBe(true);
  });

  it('is done here where no process starts', async () => {
    const at = open();
    const execPath = process.execPath;
    process.execPath = join(home, 'no-node');
    onTestFinished(() => {
      process.execPath = execPath;
    });
    const beside = reckoningProcess(WORKER, optionsOf(), reckonerHere(at.session));
    expect(await beside.run({ kind: 'reports' })).toBeNull();
  });
});
