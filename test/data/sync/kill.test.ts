import { execFile } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { tempFolder } from './bench.ts';
import { dump } from './dump.ts';

const run = promisify(execFile);
const CHILD = resolve(import.meta.dirname, 'sync-child.ts');

/** Whether the child came to its end; false where it was killed. */
async function sync(path: string, morning: number, attempt: number, dieAt: number): Promise<boolean> {
  try {
    await run(process.execPath, ['--disable-warning=ExperimentalWarning', CHILD, path, String(morning), String(attempt), String(dieAt)]);
    return true;
  } catch (error) {
    if ((error as { signal?: string }).signal === 'SIGKILL') return false;
    throw error;
  }
}

describe('R24: a sync that is killed', () => {
  it.each([1, 2])('after any of its requests and run again ends in the same store (morning %i)', { timeout: 120_000 }, async (morning) => {
    const folder = tempFolder();
    const straight = join(folder, 'straight', 'cache.db');
    if (morning === 2) expect(await sync(straight, 1, 0, 0)).toBe(true);
    const before = join(folder, 'before');
    mkdirSync(before, { recursive: true });
    if (morning === 2) cpSync(join(folder, 'straight'), before, { recursive: true });
    expect(await sync(straight, morning, 0, 0)).toBe(true);
    const expected = dump(straight);
    expect(expected.todo).toEqual([]);

    // On the second morning two runs follow each other, so the clock must stand still for both to begin at one instant.
    const later = (seconds: number) => (morning === 1 ? seconds : 0);

    // One store is killed again and again (after more requests than are ever asked at once, so that it gets on) …
    const stubborn = join(folder, 'stubborn');
    cpSync(before, stubborn, { recursive: true });
    let kills = 0;
    while (kills < 50 && !(await sync(join(stubborn, 'cache.db'), morning, later(kills), 15))) kills++;
    expect(kills).toBeGreaterThan(1);
    expect(kills).toBeLessThan(50);
    expect(dump(join(stubborn, 'cache.db'))).toEqual(expected);

    // … and others once each, every few requests.
    for (let dieAt = 2; ; dieAt += 3) {
      const once = join(folder, `once-${dieAt}`);
      cpSync(before, once, { recursive: true });
      const path = join(once, 'cache.db');
      if (await sync(path, morning, 0, dieAt)) break;
      expect(await sync(path, morning, later(1), 0)).toBe(true);
      expect(dump(path), `killed at request ${dieAt}`).toEqual(expected);
    }
  });
});
