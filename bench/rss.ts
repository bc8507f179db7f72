/**
 * Memory of the app with a book on the screen, threads included: once it has settled after its start, and once it has
 * settled after scoring the whole book anew. Beside a Node that does nothing.
 */
import { execFileSync, spawn } from 'node:child_process';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Figure, figure } from './measure.ts';
import { PROGRAM } from './process.ts';
import { type Store, storeOf } from './store.ts';
import { openTerminal } from './terminal.ts';

/** The engine hands memory back some seconds after it was last used. */
const SETTLED_MS = 15_000;
const SAMPLE_MS = 250;

/** Megabytes of the process, all threads. */
const rssOf = (pid: number): number => Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;

async function bare(): Promise<number> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  try {
    await sleep(1_000);
    return rssOf(child.pid ?? 0);
  } finally {
    child.kill('SIGKILL');
  }
}

/** What the store says, read beside the app. */
function asked<Value>(store: Store, sql: string): Value {
  const db = new DatabaseSync(store.cacheDb, { timeout: 5_000 });
  try {
    return Object.values(db.prepare(sql).get() ?? {})[0] as Value;
  } finally {
    db.close();
  }
}

const isScored = (store: Store): boolean =>
  asked<number>(
    store,
    `SELECT count(*) FROM book_snapshot WHERE as_of = (SELECT max(as_of) FROM book_snapshot)
       AND revision = (SELECT value FROM meta WHERE key = 'revision')`,
  ) > 0 && asked<number>(store, `SELECT count(*) FROM revenue_ledger WHERE records = (SELECT value FROM meta WHERE key = 'records')`) > 0;

/** Highest and settled, from the first frame on; `until`: what it has to do before it can settle. */
async function appRss(store: Store, until: () => boolean): Promise<{ readonly settled: number; readonly peak: number }> {
  const terminal = openTerminal([PROGRAM, '--offline'], store.env);
  try {
    await terminal.seen(store.firstName);
    let peak = 0;
    let left = SETTLED_MS;
    while (left > 0) {
      await sleep(SAMPLE_MS);
      peak = Math.max(peak, rssOf(terminal.pid));
      if (left < SETTLED_MS || until()) left -= SAMPLE_MS;
    }
    return { settled: rssOf(terminal.pid), peak };
  } finally {
    await terminal.close();
  }
}

export async function rssFigures(accounts: number, rounds: number): Promise<Figure[]> {
  const store = await storeOf(accounts);
  const outdate = (): void => void asked(store, `UPDATE meta SET value = value + 1 WHERE key IN ('revision', 'records') RETURNING value`);
  outdate();
  // Yesterday's book, which the brief compares with, and the reports' columns are there from the second start on.
  await appRss(store, () => isScored(store));
  const found: Record<'bare' | 'start' | 'startPeak' | 'scored' | 'scoredPeak', number[]> = {
    bare: [],
    start: [],
    startPeak: [],
    scored: [],
    scoredPeak: [],
  };
  for (let round = 0; round < rounds; round += 1) {
    found.bare.push(await bare());
    const start = await appRss(store, () => true);
    outdate();
    const scored = await appRss(store, () => isScored(store));
    found.start.push(start.settled);
    found.startPeak.push(start.peak);
    found.scored.push(scored.settled);
    found.scoredPeak.push(scored.peak);
  }
  const idle = 'a Node that does nothing';
  const of = `${store.accounts} accounts`;
  return [
    figure(`memory of the app after its start, ${of}`, found.start, idle, found.bare, 'MB'),
    figure(`its highest until then`, found.startPeak, idle, found.bare, 'MB'),
    figure(`memory of the app after scoring ${of} anew`, found.scored, idle, found.bare, 'MB'),
    figure(`its highest while scoring`, found.scoredPeak, idle, found.bare, 'MB'),
  ];
}
