/** The demo portal: one server for all processes of this home folder, started by whoever comes first. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type HeldLock, tryLock } from '../data/store/lock.ts';
import { type Day, dayOf, daysBetween, type Instant } from '../units/day.ts';
import { DemoBusyError } from './errors.ts';

/** No secret: the demo server is on loopback and knows nothing but invented companies. */
export const DEMO_TOKEN = 'demo';
/** Japan's clock is nine hours ahead all year, so that the demo's day needs no time zone tables. */
const DEMO_OFFSET_MS = 9 * 3_600_000;
export const demoToday = (now: Instant): Day => dayOf((now + DEMO_OFFSET_MS) as Instant, 'UTC');

export interface DemoPortal {
  readonly url: string;
  /** Ends the server where this process started it. */
  close(): Promise<void>;
}

interface Beacon {
  readonly url: string;
  readonly day: Day;
}

const MS_PER_DAY = 86_400_000;
const PROBE_MS = 1000;
const WAIT_STEP_MS = 50;
const WAIT_STEPS = 200;

/** The demo's clock: now, moved by whole days so that it stands in `day`. */
export function demoClock(day: Day, now: () => Instant): () => Instant {
  const shift = daysBetween(demoToday(now()), day) * MS_PER_DAY;
  return () => (now() + shift) as Instant;
}

/**
 * Reaches the running demo server of `dir`, or starts one seeded as of `day`. What was written to it in earlier runs is
 * there again: `journal` holds it.
 */
export async function reachDemo(dir: string, day: Day, now: () => Instant, port = 0): Promise<DemoPortal> {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const beaconFile = join(dir, 'server.json');
  for (let step = 0; step < WAIT_STEPS; step += 1) {
    const lock = tryLock(join(dir, 'server.lock.db'));
    if (lock) return await serve(dir, beaconFile, day, now, port, lock);
    const beacon = readBeacon(beaconFile);
    if (beacon && beacon.day === day && (await answers(beacon.url))) return { url: beacon.url, close: async () => undefined };
    if (beacon && beacon.day !== day) throw new DemoBusyError(beacon.day);
    await new Promise((resolve) => setTimeout(resolve, WAIT_STEP_MS));
  }
  throw new Error('the demo server of another process does not answer');
}

async function serve(dir: string, beaconFile: string, day: Day, now: () => Instant, port: number, lock: HeldLock): Promise<DemoPortal> {
  const { startDemoServer } = await import('../data/demo/server.ts');
  const { seedPortal } = await import('../data/demo/portal/seed.ts');
  const server = await startDemoServer({
    portal: seedPortal({ asOf: day }),
    port,
    now: demoClock(day, now),
    limits: false,
    token: DEMO_TOKEN,
    stateFile: join(dir, 'journal.jsonl'),
  });
  writeFileSync(beaconFile, JSON.stringify({ url: server.url, day } satisfies Beacon), { mode: 0o600 });
  return {
    url: server.url,
    close: async () => {
      rmSync(beaconFile, { force: true });
      await server.close();
      lock.release();
    },
  };
}

function readBeacon(file: string): Beacon | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Beacon;
  } catch {
    return null;
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const reply = await fetch(`${url}/account-info/v3/details`, {
      headers: { authorization: `Bearer ${DEMO_TOKEN}` },
      signal: AbortSignal.timeout(PROBE_MS),
    });
    await reply.arrayBuffer();
    return reply.ok;
  } catch {
    return false;
  }
}

/** Which day the demo store was filled from; a store of another day is thrown away. */
export function demoStoreIsOf(dir: string, day: Day): boolean {
  try {
    return readFileSync(join(dir, 'day'), 'utf8') === day;
  } catch {
    return false;
  }
}

export function markDemoStore(dir: string, day: Day): void {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  writeFileSync(join(dir, 'day'), day, { mode: 0o600 });
}
