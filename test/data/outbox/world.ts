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

/** Sleeping moves the clock on, so a day of waiting takes as long as its work. */
export class JumpClock implements Clock {
  private at: number;
  constructor(start: number = MORNING) {
    this.at = start;
  }
  now = (): Instant => this.at as Instant;
  advance(ms: number): void {
    this.at += ms;
  }
  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    if (!signal.aborted) this.at += Math.max(0, ms);
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
  /** Works until `until` is true or `forMs` of the clock have gone by. */
  work(forMs: number, until?: () => Promise<boolean>): Promise<void>;
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
    const parts = { local: db, clock, random: seeded(seed++), portalId, undoMs: 0 };
    return { db, outbox: openOutbox(online ? { ...parts, gateway: hubspot.gateway() } : parts) };
  };
  try {
    const { db, outbox } = await connect();
    const work = async (forMs: number, until: () => Promise<boolean> = async () => false) => {
      const stop = new AbortController();
      const end = clock.now() + forMs;
      const running = outbox.run(stop.signal);
      while (clock.now() < end && !(await until())) await new Promise((resolve) => setImmediate(resolve));
      stop.abort();
      await running;
    };
    await body({ folder, db, clock, hubspot, outbox, another: async (online) => (await connect(online)).outbox, work });
  } finally {
    for (const db of open) await db.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
