/** What a key costs in a real terminal: held down, held down while a sync runs, typed fast; and what it costs to do nothing. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTerminal as openScreen } from '../test/terminal/terminal.ts';
import { type Figure, median, spread } from './measure.ts';
import { PROGRAM } from './process.ts';
import { portalOf, type Store, storeOf } from './store.ts';
import { COLUMNS, openTerminal, ROWS, type Terminal } from './terminal.ts';

/** A held key repeats so often. */
const REPEAT_MS = 33;
const STEPS = 300;
/** Of a sync that finds a change, and the scoring of the whole book that follows. */
const STEPS_IN_SYNC = 900;
const TYPED_MS = 1000 / 60;
const TYPED = 'the quick brown fox jumps over the lazy dog';
const IDLE_MS = 2000;
/** After its start the app has nothing to do any more. */
const SETTLED_MS = 4000;

/** The unit in which Linux tells it. */
const TICK_MS = 10;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

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

const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;

const percentiles = (values: readonly number[]): string =>
  `p50 ${percentile(values, 0.5).toFixed(1)}, p95 ${percentile(values, 0.95).toFixed(1)}, p99 ${percentile(values, 0.99).toFixed(1)} ms`;

interface Held {
  readonly ms: readonly number[];
  /** From each press to the next. */
  readonly bytes: readonly number[];
}

/** Holds a key down: a press every 33 ms, later only where the one before was not answered yet. */
async function hold(terminal: Terminal, key: string, steps: number): Promise<Held> {
  const ms: number[] = [];
  const bytes: number[] = [];
  for (let step = 0; step < steps; step += 1) {
    const before = terminal.written();
    const answer = await terminal.answered(key);
    await pause(Math.max(0, REPEAT_MS - answer));
    ms.push(answer);
    bytes.push(terminal.written() - before);
  }
  return { ms, bytes };
}

/** Against a program that echoes each key, in the same seconds. */
function heldFigure(what: string, ms: readonly number[], echoes: readonly number[]): Figure {
  const ratio = (share: number): string => (percentile(ms, share) / percentile(echoes, share)).toFixed(1);
  return {
    what,
    value: percentiles(ms),
    baseline: `echo in raw mode: ${percentiles(echoes)}`,
    ratio: `${ratio(0.5)}, ${ratio(0.95)}, ${ratio(0.99)}`,
  };
}

async function settled(store: Store, args: readonly string[], env: NodeJS.ProcessEnv = store.env): Promise<Terminal> {
  const app = openTerminal([PROGRAM, ...args], env);
  await app.seen(store.firstName);
  await pause(SETTLED_MS);
  return app;
}

export async function keyFigures(accounts: number): Promise<Figure[]> {
  const store = await storeOf(accounts);
  const on = `${COLUMNS}×${ROWS}, ${store.accounts} accounts`;
  /** At the end of the list a key changes nothing. */
  const within = (steps: number): number => Math.min(steps, store.accounts - ROWS);
  const plain = openTerminal([echo()], store.env);
  await plain.seen('ready');
  const app = await settled(store, ['--offline']);
  try {
    const [held, echoed] = await Promise.all([hold(app, 'j', within(STEPS)), hold(plain, 'j', within(STEPS))]);
    await pause(IDLE_MS);
    const still = app.written();
    const before = processorMs(app.pid);
    await pause(IDLE_MS);
    const idle = processorMs(app.pid);
    return [
      heldFigure(`j held → first written byte, ${on}`, held.ms, echoed.ms),
      {
        what: `bytes a step, j held, ${on}`,
        value: spread(held.bytes, 'bytes', 0),
        baseline: `a step within the screen: ${median(held.bytes.slice(0, ROWS - 12)).toFixed(0)} bytes`,
        ratio: '–',
      },
      {
        what: `${IDLE_MS / 1000} idle seconds, ${on}`,
        value: `${app.written() - still} bytes`,
        baseline: before === null || idle === null ? 'processor: told on Linux only' : `processor: ${idle - before} ms`,
        ratio: '–',
      },
      await inSync(accounts, store, plain),
      await typing(store),
    ];
  } finally {
    await Promise.all([app.close(), plain.close()]);
  }
}

/** While a company has changed at the portal, a sync finds it, and the whole book is scored anew. */
async function inSync(accounts: number, store: Store, plain: Terminal): Promise<Figure> {
  const portal = await portalOf(accounts, store);
  await portal.touch();
  const app = openTerminal([PROGRAM], portal.env);
  try {
    await app.seen(store.firstName);
    const steps = Math.min(STEPS_IN_SYNC, store.accounts - ROWS);
    const [held, echoed] = await Promise.all([hold(app, 'j', steps), hold(plain, 'j', steps)]);
    const what = `j held from the first frame on, sync and scoring beside it, ${COLUMNS}×${ROWS}, ${store.accounts} accounts`;
    return heldFigure(what, held.ms, echoed.ms);
  } finally {
    await app.close();
    await portal.close();
  }
}

/** What of a text typed at sixty keys a second into the search stands there afterwards. */
async function typing(store: Store): Promise<Figure> {
  const screen = openScreen({ args: ['--offline'], home: store.env.HOME ?? '', columns: COLUMNS, rows: ROWS });
  try {
    await screen.see(store.firstName);
    screen.type('/');
    for (const key of TYPED) {
      screen.type(key);
      await pause(TYPED_MS);
    }
    await screen.see(TYPED);
    return { what: 'typed at 60 keys a second', value: `${TYPED.length} of ${TYPED.length} characters there`, baseline: '–', ratio: '–' };
  } finally {
    screen.close();
  }
}

/** Milliseconds of processor that a process has taken, its threads together; null where the system does not tell. */
function processorMs(pid: number): number | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  } catch {
    return null;
  }
}
