/**
 * The outbox: what a person did is committed here before it is called queued, and leaves for HubSpot exactly once,
 * whatever happens to the network, HubSpot, the disk or the process. Several processes may have the same `local.db`
 * open; the one that holds the sender lock sends, the others watch their rows.
 */
import type { Intent, Planned } from '../../plays/intent.ts';
import type { Instant } from '../../units/day.ts';
import { err, ok, type Result } from '../../units/result.ts';
import type { Gateway } from '../hubspot/types.ts';
import { type Db, StoreError } from '../store/driver.ts';
import type { HeldLock } from '../store/lock.ts';
import { changeRow, endBackOff, forgetOld, type OutboxRow, type RowFilter, rowById, rows } from '../store/outbox-rows.ts';
import { takeSenderLock } from '../store/sender-lock.ts';
import { insisted } from './changes.ts';
import { outboxCounts } from './counts.ts';
import { type Edited, editRow } from './edit.ts';
import { hashOf } from './freeze.ts';
import { idMaker, type Random } from './ids.ts';
import { queueAll } from './queue.ts';
import { createSender, type Sender } from './sender.ts';
import type { Clock, FrozenRequest, OutboxCounts, Refused } from './types.ts';
import { dropRow, type Undone, undoRow } from './undo.ts';

export interface OutboxOptions {
  readonly local: Db;
  /** Without one nothing is sent (`--offline`). */
  readonly gateway?: Gateway;
  readonly clock: Clock;
  readonly random: Random;
  readonly portalId: string;
  /** The portal's zone (IANA name): a task's due day is a day there. */
  readonly timeZone: string;
  /** The undo window where `enqueue` names none. */
  readonly undoMs: number;
}

export interface Queued {
  readonly id: string;
  readonly undoUntil: Instant;
}

export interface QueuedAll {
  /** Of each intent, in the order given. */
  readonly ids: readonly string[];
  readonly groupId: string;
  readonly undoUntil: Instant;
}

export interface EnqueueAllOptions {
  readonly undoMs?: number;
  /** The play that they are the steps of. */
  readonly play?: string;
}

export interface FlushOptions {
  /** When to stop waiting for rows that are not settled. */
  readonly deadline: Instant;
  /** Only these rows are waited for; without, every unsent row of the portal. */
  readonly ids?: readonly string[];
  readonly signal?: AbortSignal;
}

export interface Outbox {
  /** Resolves once the intent is on disk; a refusal has kept nothing. */
  enqueue(intent: Intent, options?: { readonly undoMs?: number }): Promise<Result<Queued, Refused>>;
  /** All or none, in one commit; `index` says which intent was refused. */
  enqueueAll(
    planned: readonly Planned[],
    options?: EnqueueAllOptions,
  ): Promise<Result<QueuedAll, { readonly index: number; readonly refused: Refused }>>;
  /**
   * Takes back what surely has not left; what may have, or has, is taken back by an operation of its own (the record we
   * made is archived, a change is changed back). Null where neither can be.
   */
  undo(id: string): Promise<Undone | null>;
  /**
   * Changes properties of what is queued, by HubSpot's names, `body` for the text. What has left is changed by an
   * operation of its own. Null where the row is gone or takes no such change.
   */
  edit(id: string, fields: Readonly<Record<string, string>>): Promise<Result<Edited, Refused> | null>;
  /** Rows of this portal, oldest first (`newest`: newest first, so many); dropped ones only where asked for by id or state. */
  list(filter?: Omit<RowFilter, 'portalId'>): Promise<readonly OutboxRow[]>;
  counts(): Promise<OutboxCounts>;
  /**
   * Tries again, or looks again, now. A row whose attempt is still in doubt is never simply sent again: asking for it
   * vouches that it is not in HubSpot, and it goes out after two looks of both paths, five minutes apart, agree.
   */
  retry(id: string): Promise<boolean>;
  /** Gives a row up; its text is kept 30 days. False where it is being sent or was sent. */
  drop(id: string): Promise<boolean>;
  /** Sends until aborted, whenever this process can hold the sender lock. */
  run(signal: AbortSignal): Promise<void>;
  /** Sends what is due, here or by waiting for the process that holds the lock; gives the rows as they stand then. */
  flush(options: FlushOptions): Promise<readonly OutboxRow[]>;
  /** Told after every change of rows, other processes' included while `run` or `flush` is at work. */
  onChange(listener: () => void): () => void;
}

/** So many refused connections in a row are no hiccup: nobody should stand and wait for that network. */
const GONE_AFTER = 3;
const IDLE_MS = 1000;
const WATCH_MS = 200;
const AFTER_DISK_ERROR_MS = 5000;
const UNSENT = ['held', 'ready', 'sending', 'unknown', 'needs_you'] as const;
const KEPT = [...UNSENT, 'sent'] as const;

const SQLITE_IOERR = 10;

/** The file could not be used for now: full, read-only, or a writer elsewhere took too long. Anything else is a mistake of ours. */
const isStoreTrouble = (error: unknown): error is Error =>
  error instanceof StoreError || (error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === SQLITE_IOERR);

/** A change that met another value than expected is sent all the same once a person has seen that and asks for it. */
function insisting(row: OutboxRow): { readonly request?: string; readonly requestHash?: string } {
  const frozen = row.because?.code === 'conflict' ? (JSON.parse(row.request) as FrozenRequest) : null;
  if (frozen?.operation !== 'update') return {};
  const request = JSON.stringify(insisted(frozen));
  return { request, requestHash: hashOf(request) };
}

export function openOutbox({ local, gateway, clock, random, portalId, timeZone, undoMs }: OutboxOptions): Outbox {
  const makeId = idMaker(random);
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };
  let alarm = new AbortController();
  let running = false;
  const wake = () => {
    alarm.abort();
    alarm = new AbortController();
  };
  const told = () => {
    changed();
    wake();
  };
  const queueing = () => ({ portalId, timeZone, now: clock.now(), random, makeId, undoMs: 0, groupId: null, play: null });

  /** What a full or unusable disk did not take is refused, not thrown: the words must stay with their writer. */
  const kept = async (
    body: () => Promise<Result<QueuedAll, { readonly index: number; readonly refused: Refused }>>,
  ): Promise<Result<QueuedAll, { readonly index: number; readonly refused: Refused }>> => {
    try {
      const queued = await body();
      if (queued.ok) told();
      return queued;
    } catch (error) {
      if (!isStoreTrouble(error)) throw error;
      const full = error instanceof StoreError && error.kind === 'full';
      return err({ index: 0, refused: full ? { kind: 'disk_full' } : { kind: 'store', message: error.message } });
    }
  };

  const rest = (ms: number, signal: AbortSignal) => clock.sleep(ms, AbortSignal.any([signal, alarm.signal]));

  const watchOthers = () => {
    let seen: number | undefined;
    return async () => {
      const version = (await local.get<{ data_version: number }>('PRAGMA data_version'))?.data_version;
      if (seen !== undefined && version !== seen) changed();
      seen = version;
    };
  };

  /** Runs `body` again and again under the sender lock until `until` says so; waits while another process holds it. */
  const work = async (signal: AbortSignal, idleMs: number, finished: () => Promise<boolean>): Promise<void> => {
    const look = watchOthers();
    let lock: HeldLock | null = null;
    let sender: Sender | null = null;
    try {
      while (!signal.aborted && !(await finished())) {
        await look();
        let busy = false;
        let pauseMs = idleMs;
        if (gateway && !lock) lock = takeSenderLock(local.path);
        if (gateway && lock) {
          try {
            if (!sender) {
              sender = createSender({ db: local, gateway, clock, random, portalId, timeZone, changed });
              await sender.recover();
              await forgetOld(local, clock.now());
            }
            busy = await sender.pass(signal);
          } catch (error) {
            // Nothing is lost: a row whose commit failed is still in its former state, on disk or in the sender's hands.
            if (!isStoreTrouble(error)) throw error;
            pauseMs = AFTER_DISK_ERROR_MS;
          }
        }
        if (!busy) await rest(pauseMs, signal);
      }
    } finally {
      lock?.release();
    }
  };

  const isSettled = (row: OutboxRow, deadline: Instant): boolean => {
    const waitsForHelp =
      row.because !== null &&
      (['offline', 'auth', 'daily', 'scope', 'other_portal'].includes(row.because.code) ||
        (row.because.code === 'network' && row.failures >= GONE_AFTER));
    switch (row.state) {
      case 'held':
        return row.notBefore > deadline;
      case 'ready':
        return row.notBefore > deadline || (waitsForHelp && row.notBefore > clock.now());
      case 'unknown':
        return (row.nextLookAt ?? 0) > deadline;
      case 'sending':
        return false;
      case 'needs_you':
      case 'sent':
      case 'dropped':
        return true;
    }
  };

  return {
    enqueue: async (intent, options = {}) => {
      const window = options.undoMs ?? undoMs;
      const queued = await kept(() => queueAll(local, [{ intent }], { ...queueing(), undoMs: window }));
      if (!queued.ok) return err(queued.error.refused);
      const [id = ''] = queued.value.ids;
      return ok({ id, undoUntil: queued.value.undoUntil });
    },

    enqueueAll: (planned, options = {}) =>
      kept(() =>
        queueAll(local, planned, {
          ...queueing(),
          undoMs: options.undoMs ?? undoMs,
          groupId: makeId(clock.now()),
          play: options.play ?? null,
        }),
      ),

    undo: async (id) => {
      const undone = await undoRow(local, id, queueing());
      if (undone) told();
      return undone;
    },

    edit: async (id, fields) => {
      const edited = await editRow(local, id, fields, queueing());
      if (edited?.ok) told();
      return edited;
    },

    list: (filter = {}) => rows(local, filter.ids || filter.states ? { ...filter, portalId } : { ...filter, portalId, states: KEPT }),

    counts: () => outboxCounts(local, portalId),

    retry: async (id) => {
      const now = clock.now();
      const row = await rowById(local, id);
      if (row?.portalId !== portalId) return false;
      const again = row.inDoubt
        ? ({ state: 'unknown', vouched: row.state === 'needs_you' ? 1 : row.vouched, nextLookAt: now, crashes: 0 } as const)
        : ({ state: 'ready', notBefore: now, failures: 0, crashes: 0, because: null, ...insisting(row) } as const);
      const done = await changeRow(local, id, row.inDoubt ? ['unknown', 'needs_you'] : ['ready', 'needs_you'], again);
      if (done) told();
      return done;
    },

    drop: async (id) => {
      const dropped = await dropRow(local, id, clock.now());
      if (dropped) told();
      return dropped;
    },

    run: async (signal) => {
      if (running) throw new Error('this outbox is running already');
      running = true;
      try {
        await work(signal, IDLE_MS, async () => false);
      } finally {
        running = false;
      }
    },

    flush: async ({ deadline, ids, signal }) => {
      const waitFor = ids ?? (await rows(local, { portalId, states: UNSENT })).map((row) => row.id);
      const current = () => rows(local, { portalId, ids: waitFor });
      if (!gateway || waitFor.length === 0) return current();
      await endBackOff(local, portalId, clock.now());
      const stop = new AbortController();
      const ended = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
      // Of a thousand rows only those that are still open are read again and again.
      let open: readonly string[] = waitFor;
      const finished = async () => {
        const left = await rows(local, { portalId, ids: open });
        open = left.filter((row) => !isSettled(row, deadline)).map(({ id }) => id);
        return open.length === 0;
      };
      void clock.sleep(deadline - clock.now(), ended).then(() => stop.abort());
      try {
        if (running) {
          wake();
          while (!ended.aborted && !(await finished())) await clock.sleep(WATCH_MS, ended);
        } else await work(ended, WATCH_MS, finished);
      } finally {
        stop.abort();
      }
      return current();
    },

    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
