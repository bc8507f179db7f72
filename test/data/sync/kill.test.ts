import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { seedPortal } from '../../../src/data/demo/portal/seed.ts';
import { type DemoServer, startDemoServer } from '../../../src/data/demo/server.ts';
import type { Day, Instant } from '../../../src/units/day.ts';
import { bundleProgram } from '../../faults/processes.ts';
import { CANARY, make } from '../hubspot/make.ts';
import { HOUR, tempFolder } from './bench.ts';
import { dump } from './dump.ts';
import { DEMO_OWNER } from './mapping.ts';

const run = promisify(execFile);
let bundled = '';
let child = '';
beforeAll(async () => {
  bundled = mkdtempSync(join(tmpdir(), 'kizashi-sync-child-'));
  child = await bundleProgram(resolve(import.meta.dirname, 'sync-child.ts'), bundled);
});
afterAll(() => rmSync(bundled, { recursive: true, force: true }));

const FIRST = Date.UTC(2026, 10, 20, 1);
const SECOND = FIRST + 25 * HOUR;

/** A portal on the first morning, or a day later: companies changed, left and vanished, and so did records on them. */
async function portal(morning: 1 | 2): Promise<DemoServer> {
  let clock = FIRST as Instant;
  const seeded = seedPortal({ asOf: '2026-11-20' as Day, companies: 60 });
  const server = await startDemoServer({ portal: seeded, now: () => clock, limits: false, token: CANARY });
  onTestFinished(() => server.close());
  if (morning === 1) return server;
  clock = (FIRST + 20 * HOUR) as Instant;
  const { gateway } = make(new URL(server.url));
  const mine = [...(seeded.types.get('0-2')?.records.values() ?? [])].filter(({ properties }) => properties.csm_owner === DEMO_OWNER);
  const [a = '', b = '', c = ''] = mine.filter(({ properties }) => properties.lifecyclestage === 'customer').map(({ id }) => id);
  const newcomer = [...(seeded.types.get('0-2')?.records.values() ?? [])].find(({ properties }) => properties.csm_owner === '76400013');
  await gateway.update('companies', a, { plan: 'Enterprise' });
  await gateway.update('companies', b, { csm_owner: '76400013' });
  await gateway.archive('companies', c);
  await gateway.update('companies', newcomer?.id ?? '', { csm_owner: DEMO_OWNER, lifecyclestage: 'customer' });
  await gateway.archive('2-101', seeded.links.get('0-2>2-101')?.get(a)?.[3] ?? '');
  await gateway.update('tickets', seeded.types.get('0-5')?.order[5] ?? '', { subject: 'Changed' });
  gateway.close();
  clock = SECOND as Instant;
  server.indexLag.catchUp();
  return server;
}

interface Sitting {
  readonly path: string;
  readonly url: string;
  readonly now: number;
  /** 0: to the end. */
  readonly dieAt: number;
}

/** Whether the child came to its end; false where it was killed. */
async function sync({ path, url, now, dieAt }: Sitting): Promise<boolean> {
  try {
    await run(process.execPath, ['--disable-warning=ExperimentalWarning', child, path, url, CANARY, String(now), String(dieAt)], {
      env: { ...process.env, NODE_COMPILE_CACHE: join(bundled, 'compiled') },
    });
    return true;
  } catch (error) {
    if ((error as { signal?: string }).signal === 'SIGKILL') return false;
    throw error;
  }
}

describe('R24: a sync that is killed', () => {
  it.each([1, 2] as const)(
    'at any of its requests and run again ends in the same store (morning %i)',
    { timeout: 240_000 },
    async (morning) => {
      const folder = tempFolder();
      const before = join(folder, 'before');
      mkdirSync(before);
      if (morning === 2) await sync({ path: join(before, 'cache.db'), url: (await portal(1)).url, now: FIRST, dieAt: 0 });
      const { url } = await portal(morning);
      const now = morning === 1 ? FIRST : SECOND;
      const fresh = (name: string) => {
        cpSync(before, join(folder, name), { recursive: true });
        return { path: join(folder, name, 'cache.db'), url, now, dieAt: 0 };
      };
      const straight = fresh('straight');
      expect(await sync(straight)).toBe(true);
      const expected = dump(straight.path);
      expect(expected.todo).toEqual([]);

      // One store is killed again and again (after more requests than are ever asked at once, so that it gets on; on the second
      // morning after more than finding what changed takes, which comes before the census each time) …
      // On the second morning two runs follow each other, so the clock stands still for both to begin at one instant.
      const stubborn = fresh('stubborn');
      let kills = 0;
      while (kills < 50 && !(await sync({ ...stubborn, now: morning === 1 ? now + kills * 1_000 : now, dieAt: morning === 1 ? 15 : 28 })))
        kills++;
      expect(kills).toBeGreaterThan(1);
      expect(kills).toBeLessThan(50);
      expect(dump(stubborn.path)).toEqual(expected);

      // … and others once each, every few requests.
      for (let dieAt = 1; ; dieAt += 12) {
        const once = fresh(`once-${dieAt}`);
        if (await sync({ ...once, dieAt })) break;
        expect(await sync(once)).toBe(true);
        expect(dump(once.path), `killed at request ${dieAt}`).toEqual(expected);
      }
    },
  );
});
