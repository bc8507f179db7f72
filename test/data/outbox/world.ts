/** A folder, a clock that jumps to where somebody waits, and an outbox over a fake HubSpot. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Outbox, openOutbox } from '../../../src/data/outbox/outbox.ts';
import type { Clock } from '../../../src/data/outbox/types.ts';
import type { Db } from '../../../src/data/store/driver.ts';
import { openLocal } from '../../../src/data/store/local.ts';
import type { NoteIntent, TaskIntent } from '../../../src/plays/intent.ts';
import type { Day, Instant } from '../../../src/units/day.ts';
import { FakeHubSpot } from './fake-gateway.ts';

export const MORNING = Date.parse('2026-11-20T00:00:00Z') as Instant;
export const SECOND = 1000;
export const MINUTE = 60_000;
export const HOUR = 3_600_000;

/** Time moves on to the next sleeper when nothing else is left to do, so a day of waiting takes as long as its work. */
export class JumpClock implements Clock {
  private at: number = MORNING;
  private sleepers: { readonly until: number; readonly wake: () => void }[] = [];
  now = (): Instant => this.at as Instant;
  advance(ms: number): void {
    this.at += ms;
  }
  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const sleeper = { until: this.at + Math.max(0, ms), wake: resolve };
      const leave = () => {
        this.sleepers = this.sleepers.filter((other) => other !== sleeper);
        resolve();
      };
      if (signal.aborted) resolve();
      else {
        signal.addEventListener('abort', leave, { once: true });
        this.sleepers.push(sleeper);
        setImmediate(() => this.move());
      }
    });
  }
  private move(): void {
    const next = this.sleepers.reduce<(typeof this.sleepers)[number] | null>((a, b) => (a && a.until <= b.until ? a : b), null);
    if (!next) return;
    this.sleepers = this.sleepers.filter((other) => other !== next);
    this.at = Math.max(this.at, next.until);
    next.wake();
    if (this.sleepers.length > 0) setImmediate(() => this.move());
  }
}

/** The same numbers in each run (Mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const note = (body: string, parts: Partial<NoteIntent> = {}): NoteIntent => ({
  kind: 'note',
  companyId: '1',
  body,
  at: MORNING,
  ownerId: '7',
  ...parts,
});

export const task = (subject: string, parts: Partial<TaskIntent> = {}): TaskIntent => ({
  kind: 'task',
  companyId: '1',
  subject,
  body: '',
  due: '2026-11-24' as Day,
  priority: 'HIGH',
  type: 'CALL',
  ownerId: '7',
  ...parts,
});

export interface World {
  readonly folder: string;
  readonly db: Db;
  readonly clock: JumpClock;
  readonly hubspot: FakeHubSpot;
  readonly outbox: Outbox;
  /** Another process of the same machine, with its own connection. */
  another(online?: boolean): Promise<Outbox>;
  /** Runs the sender for so long, leaping over the time in which no row wants anything. */
  work(forMs: number): Promise<void>;
}

export async function withWorld(body: (world: World) => Promise<void>, portalId = '100'): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'kizashi-outbox-'));
  const clock = new JumpClock();
  const hubspot = new FakeHubSpot(clock.now);
  const open: Db[] = [];
  let seed = 1;
  const connect = async (online = true) => {
    const { db } = await openLocal(join(folder, 'local.db'), clock.now());
    open.push(db);
    const parts = { local: db, clock, random: seeded(seed++), portalId, timeZone: 'Asia/Tokyo', undoMs: 0 };
    return { db, outbox: openOutbox(online ? { ...parts, gateway: hubspot.gateway() } : parts) };
  };
  try {
    const { db, outbox } = await connect();
    const work = async (forMs: number) => {
      const stop = new AbortController();
      const end = clock.now() + forMs;
      const running = outbox.run(stop.signal);
      while (clock.now() < end) {
        await clock.sleep(Math.min(1500, end - clock.now()), stop.signal);
        const waiting = await outbox.list({ states: ['held', 'ready', 'unknown'] });
        const due = Math.min(end, ...waiting.map((row) => (row.state === 'unknown' ? (row.nextLookAt ?? end) : row.notBefore)));
        if (due > clock.now()) clock.advance(due - clock.now());
      }
      stop.abort();
      await running;
    };
    await body({ folder, db, clock, hubspot, outbox, another: async (online) => (await connect(online)).outbox, work });
  } finally {
    for (const db of open) await db.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
