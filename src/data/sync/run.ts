/** One sync under way: what its steps share, and how a step ends. */
import type { ObjectPlan, ReadPlan } from '../hubspot/plan.ts';
import type { ApiFailure, CallOptions, Gateway, Reply } from '../hubspot/types.ts';
import type { Cache, CacheWriter } from '../store/cache.ts';
import type { ObjectCounts, Slot, SyncRun } from '../store/sync-state.ts';
import type { Scope } from '../store/types.ts';
import type { ProgressMeter } from './progress.ts';

/** Ends the sync where it stands; everything committed stays, and the run can be resumed. */
export class SyncStopped extends Error {
  readonly failure: ApiFailure;
  constructor(failure: ApiFailure) {
    super(failure.message);
    this.name = 'SyncStopped';
    this.failure = failure;
  }
}

/** Ends a slice of background work: nothing is wrong, the next slice goes on. */
export class SyncPaused extends Error {
  constructor() {
    super('paused');
    this.name = 'SyncPaused';
  }
}

/** Failures that are about one object type: the sync leaves it out and goes on. */
const OBJECT_FAILURES: ReadonlySet<ApiFailure['kind']> = new Set(['scope', 'not_found', 'invalid']);

/** Batches asked for at the same time: enough to use the request budget over a slow line, few enough to lose little when cut off. */
const WIDTH = 4;

const NOTHING: ObjectCounts = { read: 0, changed: 0, removed: 0 };

export interface RunSetting {
  readonly gateway: Gateway;
  readonly cache: Cache;
  readonly scope: Scope;
  /** Of the scope; null for everybody's. */
  readonly owners: ReadonlySet<string> | null;
  /** Under which the run's progress is kept. */
  readonly slot: Slot;
  readonly plan: ReadPlan;
  readonly call: CallOptions;
  readonly progress: ProgressMeter;
  /** Let companies leave the book however many they are. */
  readonly accept: boolean;
  /** Asked between pages: whether to stop here for now. */
  readonly pause?: () => boolean;
  /** Told after pages of a first load: there is more to show. */
  readonly onRows?: () => Promise<void>;
}

export class Run {
  readonly gateway: Gateway;
  readonly cache: Cache;
  readonly scope: Scope;
  readonly plan: ReadPlan;
  readonly call: CallOptions;
  readonly progress: ProgressMeter;
  readonly slot: Slot;
  readonly owners: ReadonlySet<string> | null;
  readonly accept: boolean;
  private readonly pause: () => boolean;
  private readonly onRows: () => Promise<void>;
  /** The first refusal that an object type met. */
  problem: ApiFailure | null = null;
  private state: SyncRun;

  constructor(setting: RunSetting, state: SyncRun) {
    this.gateway = setting.gateway;
    this.cache = setting.cache;
    this.scope = setting.scope;
    this.plan = setting.plan;
    this.call = setting.call;
    this.progress = setting.progress;
    this.slot = setting.slot;
    this.owners = setting.owners;
    this.accept = setting.accept;
    this.pause = setting.pause ?? (() => false);
    this.onRows = setting.onRows ?? (async () => undefined);
    this.state = state;
  }

  get current(): SyncRun {
    return this.state;
  }

  /** Object types that the run still reads. */
  get children(): readonly ObjectPlan[] {
    return this.plan.children.filter(({ object }) => !this.state.failed.includes(object));
  }

  hasFailed(object: string): boolean {
    return this.state.failed.includes(object);
  }

  /** One transaction with rows, cursor and counters. */
  async page<T>(body: (writer: CacheWriter) => Promise<T>): Promise<T> {
    return this.cache.write(async (writer) => {
      const result = await body(writer);
      await this.cache.sync.saveRun(writer.tx, this.slot, this.state);
      return result;
    });
  }

  /** Adds to the counters; call inside `page`. */
  count(object: string, more: Partial<ObjectCounts>): void {
    const now = this.state.counts[object] ?? NOTHING;
    const sum = {
      read: now.read + (more.read ?? 0),
      changed: now.changed + (more.changed ?? 0),
      removed: now.removed + (more.removed ?? 0),
    };
    this.state = { ...this.state, counts: { ...this.state.counts, [object]: sum } };
  }

  /** Adds to the changes that no window brought; call inside `page`. */
  countMissed(object: string, more: number): void {
    if (more === 0) return;
    const { missed } = this.state;
    this.state = { ...this.state, missed: { ...missed, [object]: (missed[object] ?? 0) + more } };
  }

  /** Everything of the object is read; call inside `page`. */
  readWhole(object: string): void {
    this.state = { ...this.state, unread: this.state.unread.filter((one) => one !== object) };
  }

  /** Between two pages: everything so far is committed. Throws `SyncPaused`. */
  async breathe(): Promise<void> {
    await this.onRows();
    if (this.pause()) throw new SyncPaused();
  }

  async stepDone(step: number): Promise<void> {
    this.state = { ...this.state, step };
    await this.page(async () => undefined);
  }

  todo(step: string, ids: readonly string[], writer: CacheWriter): Promise<void> {
    return this.cache.sync.addTodo(writer.tx, this.slot, step, ids);
  }

  /**
   * Works through a step's ids: asks for `size` at a time, several at once, and commits each answer with the ids it settles.
   * `object` is the type that is left out where HubSpot refuses it; `told` counts the ids as progress.
   */
  async drain<T>(
    step: string,
    object: string,
    size: number,
    ask: (ids: readonly string[]) => Reply<T>,
    commit: (writer: CacheWriter, answer: T, ids: readonly string[]) => Promise<void>,
    told = true,
  ): Promise<void> {
    for (;;) {
      if (this.hasFailed(object)) return;
      const ids = await this.cache.sync.todo(this.slot, step, size * WIDTH);
      if (ids.length === 0) return;
      const batches = chunks(ids, size);
      const replies = await Promise.all(batches.map(ask));
      for (const [index, batch] of batches.entries()) {
        const reply = replies[index];
        if (!reply?.ok) continue;
        await this.page(async (writer) => {
          await commit(writer, reply.value, batch);
          await this.cache.sync.doneTodo(writer.tx, this.slot, step, batch);
        });
        if (told) this.progress.advance(batch.length);
      }
      const failed = replies.find((reply) => !reply.ok);
      if (failed && !failed.ok) await this.refuse(object, failed.error);
      await this.breathe();
    }
  }

  /** Leaves the object type out where the failure is about it alone; stops the sync otherwise. */
  async refuse(object: string, failure: ApiFailure): Promise<void> {
    if (object === 'companies' || !OBJECT_FAILURES.has(failure.kind)) throw new SyncStopped(failure);
    if (failure.kind !== 'scope') this.problem ??= failure;
    this.state = { ...this.state, failed: [...this.state.failed, object] };
    await this.page(async (writer) => {
      const { sync } = this.cache;
      await writer.setUnavailable({
        object,
        kind: failure.kind === 'scope' ? 'scope' : failure.kind === 'not_found' ? 'absent' : 'failed',
        scopes: failure.scopes,
        message: failure.message,
      });
      const cursor = await sync.cursorIn(writer.tx, this.scope, object);
      await sync.saveCursor(writer.tx, this.scope, object, { ...cursor, relink: true });
      for (const step of [readStep(object), parentStep(object), surveyStep(object)]) await sync.dropTodo(writer.tx, this.slot, step);
    });
  }
}

/** Records of the object that are to be read. */
export const readStep = (object: string): string => `read ${object}`;
/** Changed records whose parents are to be asked for. */
export const parentStep = (object: string): string => `parents ${object}`;
/** Contacts or tickets whose survey answers are to be asked for. */
export const surveyStep = (object: string): string => `surveys ${object}`;
/** Companies that HubSpot does not give any more. */
export const GONE_STEP = 'gone';
/** Companies that are nobody's, or no customers any more. */
export const LEFT_STEP = 'left';
/** Companies whose links are to be asked for. */
export const LINKS_STEP = 'links';

export function chunks<T>(items: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let start = 0; start < items.length; start += size) parts.push(items.slice(start, start + size));
  return parts;
}
