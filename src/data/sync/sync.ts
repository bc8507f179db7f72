/**
 * Brings the store up to date with HubSpot: a state machine that can be killed anywhere and called again.
 *
 * - The first sync of a book, one after the mapping changed, and `full` read everything (*full*).
 * - Every other sync reads what changed in a closed window that overlaps the last one by a day (*incremental*).
 * - Once a day the *census* reads what changes without a trace. It keeps its own place, so that it can be done in slices
 *   between syncs, and holds none of them up.
 *
 * Each page is one transaction of rows, cursor and counters, so that a sync that is cut off goes on where it stood, with
 * the same window, and ends in the same store.
 */
import { dirname, join } from 'node:path';
import { dayBounds, dayOf, type Instant } from '../../units/day.ts';
import { err, ok, type Result } from '../../units/result.ts';
import { planReading, wishesHash } from '../hubspot/plan.ts';
import type { ApiFailure } from '../hubspot/types.ts';
import { tryLock } from '../store/lock.ts';
import { censusSlot, type ObjectCounts, type Slot, type SyncRun } from '../store/sync-state.ts';
import { readDefinitions } from './definitions.ts';
import { ProgressMeter } from './progress.ts';
import { Run, SyncPaused, SyncStopped } from './run.ts';
import { scopeOwners } from './scope.ts';
import { finish, runSteps } from './steps.ts';
import type { SyncBusy, SyncOptions, SyncOutcome, SyncPorts } from './types.ts';

export type { SyncBusy, SyncOptions, SyncOutcome, SyncPhase, SyncPorts, SyncProgress } from './types.ts';

/** A little less than a day, so that a sync at the same hour every morning takes the census every morning. */
const CENSUS_EVERY_MS = 20 * 3_600_000;
/** A run that was cut off longer ago than this is finished first, and then what happened since is read. */
const STALE_RUN_MS = 10 * 60_000;

/**
 * Syncs one scope. One sync at a time for each store: while another runs, in this process or any other, the answer is `busy`.
 * What HubSpot or the line refuse is told in the outcome; throws `StoreError` where the store cannot be written.
 */
export async function runSync(ports: SyncPorts, options: SyncOptions): Promise<Result<SyncOutcome, SyncBusy>> {
  const lock = tryLock(join(dirname(ports.cache.path), 'sync.lock.db'));
  if (!lock) return err({ kind: 'busy' });
  try {
    return ok(await new Session(ports, options).sync());
  } finally {
    lock.release();
  }
}

const newRun = (mode: SyncRun['mode'], to: Instant, plan: string): SyncRun => ({
  mode,
  to,
  plan,
  step: 0,
  counts: {},
  failed: [],
  missed: {},
  unread: [],
});

class Session {
  private readonly ports: SyncPorts;
  private readonly options: SyncOptions;
  private readonly progress: ProgressMeter;
  private readonly objects = new Map<string, ObjectCounts>();
  private mode: SyncOutcome['mode'] = 'incremental';
  private problem: ApiFailure | null = null;
  /** `full` asks for one full run, not for each run of this sync to be one. */
  private fullWanted: boolean;

  constructor(ports: SyncPorts, options: SyncOptions) {
    this.ports = ports;
    this.options = options;
    this.fullWanted = options.full ?? false;
    this.progress = new ProgressMeter(ports.now, options.onProgress);
  }

  async sync(): Promise<SyncOutcome> {
    const { gateway, cache, now } = this.ports;
    const { part = 'both', scope } = this.options;
    const before = { ...gateway.counters };
    const startedAt = now();
    const changes = part === 'census' || (await this.untilStopped(() => this.changes(startedAt)));
    const changed = { ...gateway.counters };
    const durationMs = now() - startedAt;
    const due = part !== 'changes' && changes && (await this.censusIsDue(startedAt));
    const census = due && (await this.untilStopped(() => this.census(startedAt)));
    return {
      mode: this.mode,
      requests: changed.requests - before.requests,
      retried: gateway.counters.retried - before.retried,
      durationMs,
      objects: Object.fromEntries(this.objects),
      unavailable: await cache.unavailable(),
      problem: this.problem,
      complete: changes,
      census: due ? { requests: gateway.counters.requests - changed.requests, complete: census } : null,
      notices: await cache.notices(scope),
    };
  }

  /** Whether the work came to its end. */
  private async untilStopped(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      if (error instanceof SyncPaused) return false;
      if (!(error instanceof SyncStopped)) throw error;
      this.problem = await this.dated(error.failure);
      return false;
    }
  }

  /** The day's quota comes back at midnight where the portal is. */
  private async dated(failure: ApiFailure): Promise<ApiFailure> {
    const portal = await this.ports.cache.portal();
    if (failure.kind !== 'daily' || failure.retryAt !== null || portal === null) return failure;
    return { ...failure, retryAt: dayBounds(dayOf(this.ports.now(), portal.timeZone), portal.timeZone).ends };
  }

  private async changes(startedAt: Instant): Promise<void> {
    const first = await this.oneRun(startedAt);
    if (first.to < startedAt - STALE_RUN_MS) await this.oneRun(startedAt);
  }

  private async censusIsDue(startedAt: Instant): Promise<boolean> {
    const { censusAt, syncedAt } = await this.ports.cache.sync.scope(this.options.scope);
    return syncedAt !== null && censusAt !== null && censusAt <= startedAt - CENSUS_EVERY_MS;
  }

  /** Goes on with the run that was cut off, or does a new one; tells which it was. */
  private async oneRun(startedAt: Instant): Promise<SyncRun> {
    const { cache } = this.ports;
    const { scope, mapping } = this.options;
    this.progress.begin('portal', null);
    const state = await cache.sync.scope(scope);
    const open = state.run;
    const hash = wishesHash(mapping);
    const full = this.fullWanted || state.syncedAt === null || (open ? open.mode === 'full' : state.plan !== hash);
    const resumed = open !== null && open.plan === hash && (open.mode === 'full' || !full);
    const current = resumed ? open : newRun(full || open ? 'full' : 'incremental', startedAt, hash);
    if (!resumed) await this.begin(scope, current);
    if (current.mode === 'full') {
      this.mode = 'full';
      this.fullWanted = false;
    }
    return this.work(scope, current);
  }

  private async census(startedAt: Instant): Promise<void> {
    const { cache } = this.ports;
    const { scope, mapping } = this.options;
    const slot = censusSlot(scope);
    const hash = wishesHash(mapping);
    const open = (await cache.sync.scope(slot)).run;
    // A census of last week would settle what the syncs since then know better.
    const resumed = open !== null && open.plan === hash && open.to > startedAt - CENSUS_EVERY_MS;
    const current = resumed ? open : newRun('census', startedAt, hash);
    if (!resumed) await this.begin(slot, current);
    await this.work(slot, current);
  }

  private begin(slot: Slot, run: SyncRun): Promise<void> {
    const { cache } = this.ports;
    return cache.write(async (writer) => {
      await cache.sync.dropRun(writer.tx, slot);
      await cache.sync.saveRun(writer.tx, slot, run);
    });
  }

  private async work(slot: Slot, current: SyncRun): Promise<SyncRun> {
    const { cache, gateway } = this.ports;
    const { scope, mapping, lane = 'background', signal, accept = false, pause, onRows } = this.options;
    const call = { lane: current.mode === 'census' ? 'background' : lane, ...(signal && { signal }) };
    const full = current.mode === 'full';
    const shape = await readDefinitions({ gateway, cache, mapping, call, startedAt: current.to, full });
    const plan = planReading(mapping, shape);
    const owners = scopeOwners(scope, await cache.owners());
    const setting = { gateway, cache, scope, owners, slot, plan, call, progress: this.progress, accept };
    const unread = current.mode === 'full' && current.step === 0 ? plan.children.map(({ object }) => object) : current.unread;
    const run = new Run({ ...setting, ...(pause && { pause }), ...(full && onRows && { onRows }) }, { ...current, unread });
    try {
      await runSteps(run);
      await finish(run);
    } finally {
      this.problem ??= run.problem;
      this.addCounts(run.current.counts);
    }
    return current;
  }

  private addCounts(counts: SyncRun['counts']): void {
    for (const [object, more] of Object.entries(counts)) {
      const sum = this.objects.get(object) ?? { read: 0, changed: 0, removed: 0 };
      this.objects.set(object, {
        read: sum.read + more.read,
        changed: sum.changed + more.changed,
        removed: sum.removed + more.removed,
      });
    }
  }
}
