/** Holds the kept frames against a real tmux: the built program walks through the same screens, and `capture-pane` must give the same rows. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Lang } from '../src/text/messages/index.ts';
import { standAt } from '../test/frames/clock.ts';
import { environmentAt } from '../test/frames/program.ts';
import { copyHome, FILLED, fillHome } from '../test/frames/stage.ts';
import { SIZES, type Size, WALK } from '../test/frames/walk.ts';

const root = join(import.meta.dirname, '..');
const SOCKET = `kizashi-frames-${process.pid}`;
const WAIT_MS = 8_000;
const LOOK_MS = 50;

const tmux = (...args: readonly string[]): string =>
  execFileSync('tmux', ['-L', SOCKET, '-f', '/dev/null', ...args], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C.UTF-8' } });

const captured = (): string =>
  `${tmux('capture-pane', '-p')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trimEnd()}\n`;

/** The keys as bytes, one read each: an Esc must not be taken for the beginning of what follows. */
async function press(keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    tmux('send-keys', '-H', ...Array.from(Buffer.from(key), (byte) => byte.toString(16)));
    await sleep(key === '\u001b' ? 4 * LOOK_MS : LOOK_MS);
  }
}

/** Names of the frames that differ. */
async function walk(home: string, lang: Lang, { columns, rows }: Size): Promise<string[]> {
  const kept = join(root, 'test/frames/kept', `${lang}-${columns}x${rows}`);
  const env = Object.entries(environmentAt(home, lang)).map(([name, value]) => `${name}=${value}`);
  const program = [process.execPath, join(root, 'bin/kizashi.js'), '--demo'];
  tmux('new-session', '-d', '-x', String(columns), '-y', String(rows), 'env', '-u', 'LC_ALL', ...env, ...program);
  tmux('set-option', '-g', 'status', 'off');
  tmux('set-option', '-s', 'escape-time', '10');
  tmux('resize-window', '-x', String(columns), '-y', String(rows));
  const different: string[] = [];
  for (const { name, keys } of WALK) {
    await press(keys);
    const wanted = `${readFileSync(join(kept, `${name}.txt`), 'utf8').trimEnd()}\n`;
    const deadline = performance.now() + WAIT_MS;
    let found = captured();
    while (found !== wanted && performance.now() < deadline) {
      await sleep(LOOK_MS);
      found = captured();
    }
    if (found === wanted) continue;
    different.push(name);
    const [was, is] = [wanted.split('\n'), found.split('\n')];
    const at = was.findIndex((line, y) => line !== is[y]);
    process.stdout.write(`${lang} ${columns}x${rows} ${name}, row ${at + 1}\n  kept: ${was[at] ?? ''}\n  tmux: ${is[at] ?? ''}\n`);
  }
  tmux('kill-server');
  return different;
}

function version(): string | null {
  try {
    return execFileSync('tmux', ['-V'], { encoding: 'utf8' }).trim();
  } catch {
    return null;
  }
}

const found = version();
if (found === null) process.stdout.write('tmux is not installed: nothing was compared\n');
else if (!existsSync(join(root, 'test/frames/kept'))) process.stdout.write('no frames are kept: npm run frames\n');
else {
  const Now = Date;
  standAt(FILLED);
  const filled = await fillHome('demo');
  globalThis.Date = Now;
  let differing = 0;
  for (const lang of ['en', 'ja'] as const)
    for (const size of SIZES) {
      const home = copyHome(filled);
      differing += (await walk(home, lang, size)).length;
      rmSync(home, { recursive: true, force: true });
    }
  rmSync(filled, { recursive: true, force: true });
  process.stdout.write(`${found}: ${2 * SIZES.length * WALK.length - differing} frames are the same, ${differing} differ\n`);
  process.exitCode = differing === 0 ? 0 : 1;
}
