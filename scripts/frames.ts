/** Takes the kept frames anew: every screen and pane, in each size and language, into test/frames/kept. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
rmSync(join(root, 'test/frames/kept'), { recursive: true, force: true });
const { status } = spawnSync(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', 'test/frames'], {
  cwd: root,
  env: { ...process.env, KIZASHI_FRAMES: 'write' },
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
