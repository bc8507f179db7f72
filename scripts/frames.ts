/** Takes the kept frames anew: every screen and pane, in each size and language, and the count of docs/morning.md. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

function write(...args: readonly string[]): number {
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...args], {
    cwd: root,
    env: { ...process.env, KIZASHI_FRAMES: 'write' },
    stdio: 'inherit',
  });
  return status ?? 1;
}

rmSync(join(root, 'test/frames/kept'), { recursive: true, force: true });
process.exitCode = write('test/frames') || write('test/terminal/morning.test.ts', '-t', 'is counted on its page');
