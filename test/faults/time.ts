/** The test-only clock: the machine's time plus an offset in a file, so that every process of a test lives at the same moment. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Outbox } from '../../src/data/outbox/outbox.ts';
import type { Clock } from '../../src/data/outbox/types.ts';
import type { Instant } from '../../src/units/day.ts';

export interface FileClock extends Clock {
  advance(ms: number): void;
}

export function fileClock(path: string): FileClock {
  const offset = () => (existsSync(path) ? Number(readFileSync(path, 'utf8')) : 0);
  const now = () => (Date.now() + offset()) as Instant;
  return {
    now,
    sleep: async (ms, signal) => {
      const until = now() + ms;
      while (!signal.aborted && now() < until) await new Promise((resolve) => setTimeout(resolve, 1));
    },
    advance: (ms) => {
      const mine = `${path}.${process.pid}`;
      writeFileSync(mine, String(offset() + Math.round(ms)));
      renameSync(mine, path);
    },
  };
}

/** Runs `times` as fast as the machine's own. */
export function scaledClock(times: number): FileClock {
  const start = Date.now();
  let offset = 0;
  const now = () => Math.round(start + (Date.now() - start) * times + offset) as Instant;
  return {
    now,
    sleep: async (ms, signal) => {
      const until = now() + ms;
      while (!signal.aborted && now() < until) await new Promise((resolve) => setTimeout(resolve, 1));
    },
    advance: (ms) => {
      offset += ms;
    },
  };
}

/** The same for one process. */
export function fastClock(): FileClock {
  let offset = 0;
  const now = () => (Date.now() + offset) as Instant;
  return {
    now,
    sleep: async (ms, signal) => {
      const until = now() + ms;
      while (!signal.aborted && now() < until) await new Promise((resolve) => setTimeout(resolve, 1));
    },
    advance: (ms) => {
      offset += Math.round(ms);
    },
  };
}

const RUSH_MS = 250;

/**
 * Runs the sender until every row is settled or `forMs` of the clock have gone by: time runs some hundred times as fast,
 * and leaps where no row wants anything soon. `each` is called on every turn.
 */
export async function drive(
  outbox: Outbox,
  clock: FileClock,
  forMs: number,
  each: () => Promise<void> = async () => undefined,
): Promise<void> {
  const stop = new AbortController();
  const running = outbox.run(stop.signal);
  const end = clock.now() + forMs;
  while (clock.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 2));
    await each();
    const open = await outbox.list({ states: ['held', 'ready', 'sending', 'unknown'] });
    if (open.length === 0) break;
    if (open.some((row) => row.state === 'sending')) continue;
    const due = Math.min(end, ...open.map((row) => (row.state === 'unknown' ? (row.nextLookAt ?? end) : row.notBefore)));
    clock.advance(Math.max(RUSH_MS, due - clock.now()));
  }
  stop.abort();
  await running;
}
