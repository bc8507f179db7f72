/**
 * Brings the store up to date with HubSpot: a state machine that can be killed anywhere and called again.
 *
 * - The first sync of a book, one after the mapping changed, and `full` read everything (*full*).
 * - Every other sync reads what changed in a closed window that overlaps the last one by a day (*incremental*), and once
 *   a day also what changes without a trace (*census*).
 *
 * Each page is one transaction of rows, cursor and counters, so that a sync that is cut off goes on where it stood, with
 * the same window, and ends in the same store.
 */
import { dirname, join } from 'node:path';
import type { Instant } from '../../units/day.ts';
import { err, ok, type Result } from '../../units/result.ts';
import { planReading, wishesHash } from '../hubspot/plan.ts';
import type { ApiFailure } from '../hubspot/types.ts';
import { tryLock } from '../store/lock.ts';
import type { ObjectCounts, SyncRun } from '../store/sync-state.ts';
import { readDefinitions } from './definitions.ts';
import { ProgressMeter } from './progress.ts';
import { Run, SyncStopped } from './run.ts';
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
    const before = { ...gateway.counters };
    const startedAt = now();
    let complete = true;
    try {
      await this.allRuns(startedAt);
    } catch (error) {
      if (!(error instanceof SyncStopped)) throw error;
      complete = false;
      this.problem = error.failure;
    }
    return {
      mode: this.mode,
      requests: gateway.counters.requests - before.requests,
      retried: gateway.counters.retried - before.retried,
      durationMs: now() - startedAt,
      objects: Object.fromEntries(this.objects),
      unavailable: await cache.unavailable(),
      problem: this.problem,
      complete,
    };
  }

  private async allRuns(startedAt: Instant): Promise<void> {
    const first = await this.oneRun(startedAt);
    if (first.mode === 'census' || first.to < startedAt - STALE_RUN_MS) await this.oneRun(startedAt);
    const { censusAt } = await this.ports.cache.sync.scope(this.options.scope);
    if (censusAt !== null && censusAt <= startedAt - CENSUS_EVERY_MS) await this.oneRun(startedAt, 'census');
  }

  /** Goes on with the run that was cut off, or does a new one; tells which it was. */
  private async oneRun(startedAt: Instant, wanted?: 'census'): Promise<SyncRun> {
    const { cache, gateway } = this.ports;
    const { scope, mapping, lane, signal } = this.options;
    const call = { lane: lane ?? 'background', ...(signal && { signal }) };
    this.progress.begin('portal', null);

    const state = await cache.sync.scope(scope);
    const open = state.run;
    const hash = wishesHash(mapping);
    const full = this.fullWanted || state.syncedAt === null || (open ? open.mode === 'full' : state.plan !== hash);
    const resumed = open !== null && open.plan === hash && (open.mode === 'full' || !full);
    const mode = full || (open && !resumed) ? 'full' : (wanted ?? 'incremental');
    const current: SyncRun = resumed ? open : { mode, to: startedAt, plan: hash, step: 0, counts: {}, failed: [] };
    if (!resumed) {
      await cache.write(async (writer) => {
        await cache.sync.dropRun(writer.tx, scope);
        await cache.sync.saveRun(writer.tx, scope, current);
      });
    }
    if (current.mode === 'full') {
      this.mode = 'full';
      this.fullWanted = false;
    }

    const shape = await readDefinitions({ gateway, cache, mapping, call, startedAt: current.to, full: current.mode === 'full' });
    const plan = planReading(mapping, shape);
    const run = new Run({ gateway, cache, scope, plan, call, progress: this.progress }, current);
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
