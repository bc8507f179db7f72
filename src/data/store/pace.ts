/**
 * The pacing bucket: one row per portal in a small SQLite file that all processes of the machine share. The file is a
 * hint, not a record: where it cannot be used, this process paces itself alone.
 */
import { rmSync } from 'node:fs';
import {
  type Bucket,
  DAILY_RESERVE,
  DAILY_SLOW,
  dailyShare,
  FRESH,
  held,
  type Kind,
  type Lane,
  type Limits,
  LONGEST_HOLD_MS,
  learned,
  parseBucket,
  step,
} from './bucket.ts';
import { openRaw } from './driver.ts';

export interface PaceOptions {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Resolves after `ms`, or earlier where the signal fires. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** 0 ≤ x < 1; spreads processes that wait for the same moment. */
  readonly random: () => number;
  /** No limit at all, no file: for a server of our own. */
  readonly unlimited?: boolean;
}

export interface SharedPace {
  /** Resolves once one request may go out; see the port in `hubspot/`. */
  take(kind: Kind, lane: Lane, signal: AbortSignal): Promise<'go' | 'daily' | 'aborted'>;
  learn(limits: Limits): void;
  hold(kind: Kind, ms: number): void;
  /** The day's quota as HubSpot last told any process of this machine; null where it did not. */
  quota(): Quota | null;
  close(): void;
}

export interface Quota {
  readonly max: number;
  readonly remaining: number;
  /** When it was told, milliseconds since the epoch. */
  readonly at: number;
  /** What it means for background work. */
  readonly background: 'free' | 'slowed' | 'stopped';
}

const UNLIMITED: SharedPace = {
  take: async (_kind, _lane, signal) => (signal.aborted ? 'aborted' : 'go'),
  learn: () => undefined,
  hold: () => undefined,
  quota: () => null,
  close: () => undefined,
};

/**
 * Opens the bucket of `portalKey` (any text that is the same for all processes of one portal, and no secret).
 * Never throws: without a usable file the limits hold for this process alone.
 */
export function openPace(path: string, portalKey: string, options: PaceOptions): SharedPace {
  if (options.unlimited) return UNLIMITED;
  const shared = openShared(path, portalKey, options.now);
  // One waiter of each sort tries at a time, in the order of their coming.
  const lines = new Map<string, Promise<unknown>>();
  let last: Limits | null = null;

  const takeNow = async (kind: Kind, lane: Lane, signal: AbortSignal): Promise<'go' | 'daily' | 'aborted'> => {
    for (;;) {
      if (signal.aborted) return 'aborted';
      const now = options.now();
      const result = shared.change((bucket) => {
        const next = step(bucket, kind, lane, now);
        return { bucket: next.bucket, result: next };
      });
      if ('answer' in result) return result.answer;
      await options.sleep(Math.ceil(result.waitMs) + options.random() * 10, signal);
    }
  };

  return {
    take(kind, lane, signal) {
      const line = `${kind} ${lane}`;
      const before = lines.get(line) ?? Promise.resolve();
      const next = () => takeNow(kind, lane, signal);
      const turn = before.then(next, next);
      lines.set(line, turn);
      return orAborted(turn, signal);
    },
    learn(limits) {
      if (!isNews(limits, last)) return;
      last = limits;
      const now = options.now();
      shared.change((bucket) => ({ bucket: learned(bucket, limits, now), result: null }));
    },
    hold(kind, ms) {
      const until = options.now() + Math.min(ms, LONGEST_HOLD_MS);
      shared.change((bucket) => ({ bucket: held(bucket, kind, until), result: null }));
    },
    quota() {
      const bucket = shared.change((now) => ({ bucket: now, result: now }));
      const { dailyMax, dailyRemaining, dailyAt } = bucket;
      const left = dailyShare(bucket);
      if (dailyMax === null || dailyRemaining === null || left === null) return null;
      const background = left < DAILY_RESERVE ? 'stopped' : left < DAILY_SLOW ? 'slowed' : 'free';
      return { max: dailyMax, remaining: dailyRemaining, at: dailyAt, background };
    },
    close: () => shared.close(),
  };
}

/** Who gives up waiting is told at once, not when the turn comes. */
function orAborted<T>(turn: Promise<T>, signal: AbortSignal): Promise<T | 'aborted'> {
  return new Promise((resolve, reject) => {
    const onAbort = () => resolve('aborted');
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort);
    turn.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

/** Whether an answer's figures are worth a write: another limit, or the daily rest moved by a hundredth. */
function isNews(limits: Limits, last: Limits | null): boolean {
  if (limits.max === null && limits.dailyRemaining === null) return false;
  if (!last || limits.max !== last.max || limits.intervalMs !== last.intervalMs || limits.dailyMax !== last.dailyMax) return true;
  const moved = Math.abs((limits.dailyRemaining ?? 0) - (last.dailyRemaining ?? 0));
  return moved >= Math.max(1, (limits.dailyMax ?? 0) / 100);
}

interface Shared {
  /** Reads the bucket, keeps what `body` makes of it, gives back its result; one process at a time. */
  change<T>(body: (bucket: Bucket) => { readonly bucket: Bucket; readonly result: T }): T;
  close(): void;
}

type Connection = ReturnType<typeof openRaw>;

/** How long one process may wait for another one's look at the row; a look takes far less than a millisecond. */
const BUSY_MS = 250;

/** How long a file that could not be used is left alone. */
const RETRY_MS = 1_000;

function openShared(path: string, portalKey: string, now: () => number): Shared {
  let file: PaceFile | null = null;
  let closed = false;
  let triedAt = Number.NEGATIVE_INFINITY;
  let local = FRESH;
  const usable = (): PaceFile | null => {
    const age = now() - triedAt;
    if (!file && !closed && (age < 0 || age >= RETRY_MS)) {
      triedAt = now();
      file = openFile(path);
    }
    return file;
  };
  return {
    change(body) {
      try {
        const result = usable()?.change(portalKey, (bucket) => {
          const changed = body(bucket);
          local = changed.bucket;
          return changed;
        });
        if (result) return result.value;
      } catch {
        // A full disk, a damaged file, a lock that is never let go: pace ourselves meanwhile rather than stop.
        file?.close();
        file = null;
        triedAt = now();
      }
      const changed = body(local);
      local = changed.bucket;
      return changed.result;
    },
    close() {
      closed = true;
      file?.close();
      file = null;
    },
  };
}

interface PaceFile {
  change<T>(key: string, body: (bucket: Bucket) => { readonly bucket: Bucket; readonly result: T }): { readonly value: T };
  close(): void;
}

function openFile(path: string): PaceFile | null {
  for (const again of [true, false]) {
    let db: Connection | undefined;
    try {
      db = openRaw(path, BUSY_MS);
      return prepare(db);
    } catch (error) {
      db?.close();
      if (!again || !isDamaged(error)) return null;
      discard(path);
    }
  }
  return null;
}

const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

const isDamaged = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && [SQLITE_CORRUPT, SQLITE_NOTADB].includes(Number(error.errcode) & 0xff);

/** Nothing in the file is worth repairing. */
function discard(path: string): void {
  try {
    for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
  } catch {
    // Not ours to remove; the next try to open it fails and this process paces itself.
  }
}

function prepare(db: Connection): PaceFile {
  // Nothing here has to survive a power cut, so nothing is synced.
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA trusted_schema = OFF');
  db.exec('CREATE TABLE IF NOT EXISTS bucket (portal TEXT PRIMARY KEY, state TEXT NOT NULL) WITHOUT ROWID');
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  const rollback = db.prepare('ROLLBACK');
  const read = db.prepare('SELECT state FROM bucket WHERE portal = ?');
  const write = db.prepare('INSERT INTO bucket (portal, state) VALUES (?, ?) ON CONFLICT (portal) DO UPDATE SET state = excluded.state');
  return {
    change(key, body) {
      begin.run();
      try {
        const changed = body(parseBucket(read.get(key)?.state));
        write.run(key, JSON.stringify(changed.bucket));
        commit.run();
        return { value: changed.result };
      } catch (error) {
        if (db.isTransaction) rollback.run();
        throw error;
      }
    },
    close() {
      if (db.isOpen) db.close();
    },
  };
}
