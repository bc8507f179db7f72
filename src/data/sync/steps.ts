/** The steps of each kind of sync, in order. Each can be cut off anywhere and called again. */
import type { Filter } from '../hubspot/types.ts';
import type { SyncRun } from '../store/sync-state.ts';
import { alarms } from './alarm.ts';
import { attachChanged, changedRecords, readLinks, readRecords, readSurveyLinks } from './children.ts';
import { changedCompanies, listBook, readCompanies, recheckHeld, settleLeavers } from './companies.ts';
import { readEvents } from './events.ts';
import { type Run, readStep } from './run.ts';

/**
 * Every window begins this much before the last one ended: rows that HubSpot's search index was late with are found the
 * next time. Rows that are known already cost nothing but their place on a search page.
 */
export const OVERLAP_MS = 24 * 3_600_000;

/** Up to here the whole book is listed at every sync (ten search pages), which also tells who left it. */
export const LISTED_AT_EVERY_SYNC = 2_000;

type Step = (run: Run) => Promise<void>;

const READING: readonly Step[] = [
  recheckHeld,
  readCompanies,
  settleLeavers,
  readLinks,
  attachChanged,
  readSurveyLinks,
  readRecords,
  readEvents,
];

const STEPS: Readonly<Record<SyncRun['mode'], readonly Step[]>> = {
  full: [
    async (run) => {
      run.progress.begin('companies', null);
      await listBook(run, true);
    },
    ...READING,
  ],
  incremental: [findChanges, ...READING],
  census: [listForCensus, ...READING],
};

/** Works through what the run has still to do. Throws `SyncStopped`. */
export async function runSteps(run: Run): Promise<void> {
  const steps = STEPS[run.current.mode];
  for (const [index, step] of steps.entries()) {
    if (index < run.current.step) continue;
    await step(run);
    await run.stepDone(index + 1);
  }
}

async function findChanges(run: Run): Promise<void> {
  run.progress.begin('changes', null);
  if ((await run.cache.sync.bookSize(run.scope)) <= LISTED_AT_EVERY_SYNC) await listBook(run, false);
  else await changedCompanies(run, await windowOf(run, 'companies', run.plan.companies.cursor));
  for (const child of run.children) {
    run.progress.begin('changes', null);
    await changedRecords(run, child, await windowOf(run, child.object, child.cursor));
  }
}

/**
 * Closed on both sides; its end is the instant at which the sync began, also when it is resumed. A clock that was set back
 * makes the window longer, never empty.
 */
async function windowOf(run: Run, object: string, property: string): Promise<Filter> {
  const { windowEnd } = await run.cache.sync.cursor(run.scope, object);
  const { to } = run.current;
  return {
    propertyName: property,
    operator: 'BETWEEN',
    value: String(Math.min(windowEnd ?? to, to) - OVERLAP_MS),
    highValue: String(to),
  };
}

/**
 * The census reads every company and every link of the book again: calculated properties and associations change without
 * touching the time of change, and deleted records are in no search.
 */
async function listForCensus(run: Run): Promise<void> {
  const { sync } = run.cache;
  run.progress.begin('companies', null);
  if ((await sync.bookSize(run.scope)) > LISTED_AT_EVERY_SYNC) return listBook(run, true);
  return run.page(async (writer) => run.todo(readStep('companies'), await sync.bookIn(writer.tx, run.scope), writer));
}

/** The end of every window that was read to its end becomes the object's. */
export async function finish(run: Run): Promise<void> {
  const { sync } = run.cache;
  const { to, mode } = run.current;
  await run.cache.write(async (writer) => {
    if (mode === 'census') {
      await writer.putNote('alarms', await alarms(run, writer));
      await sync.finishCensus(writer.tx, run.scope, run.current);
      return;
    }
    for (const { object } of [run.plan.companies, ...run.children]) {
      const { found } = await sync.cursorIn(writer.tx, run.scope, object);
      const kept = mode === 'full' ? 0 : found;
      await sync.saveCursor(writer.tx, run.scope, object, { windowEnd: to, lastId: null, finished: false, relink: false, found: kept });
      await writer.setAvailable(object);
    }
    for (const object of run.plan.absent) {
      await writer.setUnavailable({ object, kind: 'absent', scopes: [], message: 'this portal has no such object' });
    }
    await sync.finishRun(writer.tx, run.scope, run.current);
  });
}
