/** The app in a real terminal: its first frame, and what a key costs. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { type Figure, figure, inTurns, median, spread } from './measure.ts';
import { bareNode, PROGRAM } from './process.ts';
import { type Store, storeOf } from './store.ts';
import { COLUMNS, openTerminal, ROWS, type Terminal } from './terminal.ts';

const root = join(import.meta.dirname, '..');
const STEPS = 60;

const openApp = (store: Store): Terminal => openTerminal([PROGRAM, '--offline'], store.env);

async function firstWords(args: readonly string[], words: string, env: NodeJS.ProcessEnv): Promise<number> {
  const terminal = openTerminal(args, env);
  try {
    return await terminal.seen(words);
  } finally {
    await terminal.close();
  }
}

/** The least that Ink can do: one word on the screen, bundled and minified as the app is. */
async function inkHello(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'kizashi-bench-ink-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const out = join(folder, 'hello.mjs');
  await build({
    stdin: {
      contents: `import { createElement } from 'react'; import { render, Text } from 'ink'; render(createElement(Text, null, 'hello'), { alternateScreen: true }); setInterval(() => {}, 1000);`,
      resolveDir: root,
    },
    outfile: out,
    bundle: true,
    format: 'esm',
    platform: 'node',
    minify: true,
    define: { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"' },
    alias: { 'react-devtools-core': join(root, 'scripts/empty.ts') },
    banner: { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" },
    logLevel: 'error',
  });
  return out;
}

/** Echoes what is typed: what the terminal and Node take for a key by themselves. */
function echo(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kizashi-bench-echo-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'echo.mjs');
  writeFileSync(
    file,
    `process.stdin.setRawMode(true); process.stdin.on('data', (keys) => process.stdout.write(keys)); process.stdout.write('ready');`,
  );
  return file;
}

export async function frameFigures(accounts: number, rounds: number): Promise<Figure[]> {
  const store = await storeOf(accounts);
  const hello = await inkHello();
  const times = await inTurns(
    {
      bare: bareNode,
      hello: () => firstWords([hello], 'hello', store.env),
      app: () => firstWords([PROGRAM, '--offline'], store.firstName, store.env),
    },
    rounds,
  );
  const what = `first frame of the app, ${store.accounts} accounts`;
  return [figure(what, times.app, 'node -e 0', times.bare), figure(what, times.app, 'first frame of an Ink “hello”', times.hello)];
}

export async function keyFigures(accounts: number): Promise<Figure[]> {
  const store = await storeOf(accounts);
  const app = openApp(store);
  const plain = openTerminal([echo()], store.env);
  try {
    await Promise.all([app.seen(store.firstName), plain.seen('ready')]);
    await Promise.all([app.silent(), plain.silent()]);
    const frame = app.written();
    const keys: number[] = [];
    const echoes: number[] = [];
    const bytes: number[] = [];
    for (let step = 0; step < STEPS; step += 1) {
      const pressed = await app.press('j');
      keys.push(pressed.ms);
      bytes.push(pressed.bytes);
      echoes.push((await plain.press('j')).ms);
    }
    const on = `${COLUMNS}×${ROWS}, ${store.accounts} accounts`;
    return [
      figure(`key → first written byte, ${on}`, keys, 'echo in raw mode', echoes),
      {
        what: `bytes a cursor step, ${on}`,
        value: spread(bytes, 'bytes', 0),
        baseline: `from start to first silence: ${frame} bytes`,
        ratio: (median(bytes) / frame).toFixed(3),
      },
    ];
  } finally {
    await Promise.all([app.close(), plain.close()]);
  }
}
