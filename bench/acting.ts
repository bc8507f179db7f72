/** From the key that saves to the word “queued” on the screen of a real terminal, by which time the note is on disk. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTerminal, type RealTerminal } from '../test/terminal/terminal.ts';
import { type Figure, figure } from './measure.ts';
import { storeOf } from './store.ts';

const COLUMNS = 120;
const ROWS = 40;
const SAVE = '\u000f';
const WORD = 'queued';

/** Writes back what is typed: the terminal, Node and the reading of the screen by themselves. */
function echo(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kizashi-bench-echo-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'echo.mjs');
  writeFileSync(
    file,
    `process.stdin.setRawMode(true); process.stdin.on('data', () => process.stdout.write('\\u001b[2J\\u001b[H${WORD}')); process.stdout.write('ready');`,
  );
  return file;
}

async function timed(terminal: RealTerminal, keys: string): Promise<number> {
  const from = performance.now();
  terminal.type(keys);
  await terminal.see(WORD);
  return performance.now() - from;
}

const gone = (terminal: RealTerminal): Promise<string[]> => terminal.until((lines) => !lines.join('\n').includes(WORD), `no ${WORD}`);

export async function actingFigures(accounts: number, rounds: number): Promise<Figure[]> {
  const { env, firstName, accounts: found } = await storeOf(accounts);
  const app = openTerminal({ args: ['--offline'], home: env.HOME ?? '', columns: COLUMNS, rows: ROWS });
  const plain = openTerminal({ program: echo(), args: [], home: env.HOME ?? '', columns: COLUMNS, rows: ROWS });
  try {
    await Promise.all([app.see(firstName), plain.see('ready')]);
    const times: number[] = [];
    const echoes: number[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      app.type('n');
      await app.see('Note on');
      const text = `round ${round}.`;
      app.type(text);
      await app.see(text);
      // As one stands before saving: what was typed has been kept meanwhile.
      await app.quiet(400);
      const ms = await timed(app, SAVE);
      app.type('u');
      await gone(app);
      plain.type('x');
      await plain.see(WORD);
      const echoed = await timedAnew(plain);
      if (round > 0) {
        times.push(ms);
        echoes.push(echoed);
      }
    }
    return [figure(`key → “${WORD}” on the screen, ${COLUMNS}×${ROWS}, ${found} accounts`, times, 'a word echoed', echoes)];
  } finally {
    app.close();
    plain.close();
  }
}

/** The echo clears its screen and writes again; the first line that shows the word after the key counts. */
async function timedAnew(terminal: RealTerminal): Promise<number> {
  const before = terminal.written().length;
  const from = performance.now();
  terminal.type('x');
  await terminal.until(() => terminal.written().slice(before).includes(WORD), `another ${WORD}`);
  return performance.now() - from;
}
