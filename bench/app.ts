/** The app in a real terminal: its first frame. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { type Figure, figure, inTurns } from './measure.ts';
import { bareNode, PROGRAM } from './process.ts';
import { storeOf } from './store.ts';
import { COLUMNS, openTerminal, ROWS } from './terminal.ts';

const root = join(import.meta.dirname, '..');
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
  const what = `first frame of the app, ${COLUMNS}×${ROWS}, ${store.accounts} accounts`;
  return [figure(what, times.app, 'node -e 0', times.bare), figure(what, times.app, 'first frame of an Ink “hello”', times.hello)];
}
