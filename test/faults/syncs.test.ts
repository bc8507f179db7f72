/** Whether what is called queued survives a power cut cannot be tried here; that the kernel is told to write, once a state, can be counted. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { startDemoServer } from '../../src/data/demo/server.ts';
import type { Instant } from '../../src/units/day.ts';
import { smallPortal } from './portal.ts';
import { bundleChild } from './processes.ts';

const run = promisify(execFile);
const canTrace = await run('strace', ['-f', '-e', 'trace=fdatasync', 'true']).then(
  () => true,
  () => false,
);
const NOTES = 20;

test.skipIf(!canTrace)('F26 one sync to disk for each state of a note: held, sending, sent', { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kizashi-syncs-'));
  const server = await startDemoServer({ portal: smallPortal(1), now: () => Date.now() as Instant, limits: false });
  try {
    const child = await bundleChild(folder);
    const syncs = async (notes: number): Promise<number> => {
      const home = mkdtempSync(join(folder, 'home-'));
      const queue = Array.from({ length: notes }, (_, i) => ({ words: `note ${i}.`, companyId: '1' }));
      const task = join(folder, `task-${notes}.json`);
      writeFileSync(task, JSON.stringify({ home, url: server.url, queue, kill: null, mode: 'send', forMs: 60_000 }));
      const trace = join(folder, `trace-${notes}`);
      const { stdout } = await run('strace', ['-f', '-o', trace, '-e', 'trace=fdatasync,fsync', process.execPath, child, task]);
      expect(stdout.match(/^row sent /gm) ?? []).toHaveLength(notes);
      return readFileSync(trace, 'utf8').match(/ (fdatasync|fsync)\(/g)?.length ?? 0;
    };
    const [none, all] = [await syncs(0), await syncs(NOTES)];
    // With `synchronous = NORMAL` there would be next to none. One more each where the write-ahead log is carried over.
    expect(all - none).toBeGreaterThanOrEqual(3 * NOTES);
    expect(all - none).toBeLessThanOrEqual(3 * NOTES + 6);
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
