/** `cache.db`: the portal as last read, and the book as last scored. Nothing in it is lost for good when it is lost. */
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { Day, Instant } from '../../units/day.ts';
import * as read from './cache-read.ts';
import { cacheSchema } from './cache-schema.ts';
import { CacheWriter } from './cache-write.ts';
import { dayAt, keepDay } from './calendar.ts';
import { type Db, openDb, StoreError } from './driver.ts';
import { type Doubled, doubledMarks, type MarkedNote, notesOfStep } from './marks.ts';
import { keepPushed, type PushedScores, pushedScores } from './pushed-scores.ts';
import { loadColumns, type StoredColumns, saveColumns } from './revenue-columns.ts';
import { keptRevision, loadPrint, loadSnapshot, newestHeader, type PrintWanted, type SnapshotPrints, saveSnapshot } from './snapshots.ts';
import { SyncState } from './sync-state.ts';
import type {
  CompanyName,
  CustomObjects,
  GoneRecord,
  Notices,
  RawAccount,
  Scope,
  SnapshotHeader,
  StoredDrift,
  StoredObjectSchema,
  StoredOwner,
  StoredPipeline,
  StoredPortal,
  StoredProperty,
  StoredSnapshot,
  StoredTask,
  Unavailable,
} from './types.ts';

export { cacheSchema } from './cache-schema.ts';
export type { CacheWriter } from './cache-write.ts';

export interface Cache {
  readonly path: string;
  /** Where a damaged file was put aside when this one was opened; null when it was sound. */
  readonly setAside: string | null;
  readonly sync: SyncState;
  /** One transaction; the revision grows where it changed what readers see. */
  write<T>(body: (writer: CacheWriter) => Promise<T>): Promise<T>;
  /** The accounts of these companies in id order, streamed. */
  loadAccounts(companyIds: readonly string[], custom: CustomObjects): AsyncIterable<RawAccount>;
  /** The same with nothing but the records of `objects` on them. */
  loadParts(companyIds: readonly string[], custom: CustomObjects, objects: readonly string[]): AsyncIterable<RawAccount>;
  /** Every live company that reports are about, in id order as text. */
  reportedIds(): Promise<readonly string[]>;
  saveColumns(columns: StoredColumns): Promise<void>;
  /** Null where none are kept under that key at that records' revision. */
  loadColumns(key: string, records: number): Promise<StoredColumns | null>;
  /** Tasks on these companies, in their order, that are open or were completed from `since` on. */
  tasksOn(companyIds: readonly string[], since: Instant): Promise<readonly StoredTask[]>;
  companyIds(scope: Scope): Promise<readonly string[]>;
  /** Companies that left the scope for another owner. */
  leftCompanyIds(scope: Scope): Promise<readonly string[]>;
  /** Live records that carry the same reference of the outbox. */
  doubledMarks(): Promise<readonly Doubled[]>;
  /** Notes that carry the mark of that step of that play, oldest first. */
  notesOfStep(play: string, step: string): Promise<readonly MarkedNote[]>;
  goneRecord(object: string, id: string): Promise<GoneRecord | null>;
  mergedCompanies(): Promise<ReadonlyMap<string, string>>;
  companyNames(): Promise<readonly CompanyName[]>;
  portal(): Promise<StoredPortal | null>;
  owners(): Promise<readonly StoredOwner[]>;
  schemas(): Promise<readonly StoredObjectSchema[]>;
  pipelines(object: 'tickets' | 'deals'): Promise<readonly StoredPipeline[]>;
  propertyDefs(object: string): Promise<readonly StoredProperty[]>;
  unavailable(): Promise<readonly Unavailable[]>;
  /** What the mapping names and the portal lacked when it was last compared. */
  drift(): Promise<readonly StoredDrift[]>;
  /** How many of our records were there twice when that was last looked for. */
  doubles(): Promise<number>;
  /** Whether SQLite finds the whole file in order; reads all of it. */
  isSound(): Promise<boolean>;
  /** What a person should know of the scope's store besides its rows. */
  notices(scope: Scope): Promise<Notices>;
  /** Object types besides companies that the very first sync of this store has still to bring, in part or wholly; none after it. */
  unread(): Promise<readonly string[]>;
  revision(): Promise<number>;
  /** The part of the revision that records, links and definitions make: what a person keeps on this machine is not in it. */
  recordsRevision(): Promise<number>;
  /** Makes every kept book out of date: something that it rests on besides the records has changed. */
  outdate(): Promise<void>;
  syncedAt(scope: Scope): Promise<Instant | null>;
  /** Newest distinct days (portal calendar, ascending) that the object's records are about, over all accounts. */
  feedDays(object: string, zone: string, limit?: number): Promise<readonly Day[]>;
  /** The same as raw values, for periods that are written in a portal's own way (months). */
  periods(object: string, limit?: number): Promise<readonly string[]>;
  pushedScores(): Promise<PushedScores>;
  keepPushed(pushed: PushedScores): Promise<void>;
  saveSnapshot(header: SnapshotHeader, parts: StoredSnapshot['parts'], prints?: SnapshotPrints): Promise<void>;
  loadPrint(wanted: PrintWanted): Promise<Uint8Array | null>;
  keptRevision(wanted: Omit<PrintWanted, 'lang'>): Promise<number | null>;
  /** What is kept of the scope's newest book besides its rows. Reads no row of it. */
  newestHeader(scope: Scope): Promise<string | null>;
  /** The zone's day at that instant as far as it was kept; null where it must be asked of the time zone itself. */
  dayAt(zone: string, instant: Instant): Promise<Day | null>;
  keepDay(zone: string, day: Day): Promise<void>;
  loadSnapshot(wanted: { readonly scope: Scope; readonly asOf?: Day }): Promise<StoredSnapshot | null>;
  close(): Promise<void>;
}

/**
 * Opens the cache. A damaged file is renamed to `<path>.damaged-<time>` and a new one begun: its content is in HubSpot.
 * Damage that shows only later leaves a mark, and the file is put aside when it is opened next.
 * Throws `StoreError`: `newer` where a later version of the program wrote it, `readonly`, `full`, `sqlite`.
 */
export async function openCache(path: string, now: () => number = Date.now): Promise<Cache> {
  const aside = `${path}.damaged-${new Date(now()).toISOString().replace(/\D/g, '').slice(0, 14)}`;
  if (!existsSync(markOf(path))) {
    try {
      return assemble(await openDb(path, cacheSchema), null);
    } catch (error) {
      if (!(error instanceof StoreError) || error.kind !== 'corrupt') throw error;
    }
  }
  for (const suffix of ['-wal', '-shm', '']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  }
  rmSync(markOf(path), { force: true });
  return assemble(await openDb(path, cacheSchema), aside);
}

const markOf = (path: string): string => `${path}.damaged`;

/** Leaves the mark where SQLite finds the file damaged in the middle of work. */
function watched(db: Db): Db {
  async function watch<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      if (error instanceof StoreError && error.kind === 'corrupt') writeFileSync(markOf(db.path), '', { mode: 0o600 });
      throw error;
    }
  }
  return {
    path: db.path,
    all: (sql, ...params) => watch(db.all(sql, ...params)),
    get: (sql, ...params) => watch(db.get(sql, ...params)),
    run: (sql, ...params) => watch(db.run(sql, ...params)),
    runMany: (sql, rows) => watch(db.runMany(sql, rows)),
    transaction: (body) => watch(db.transaction(body)),
    backup: (path) => watch(db.backup(path)),
    close: () => db.close(),
  };
}

function assemble(opened: Db, aside: string | null): Cache {
  const db = watched(opened);
  const sync = new SyncState(db);
  return {
    path: db.path,
    setAside: aside,
    sync,
    write: (body) =>
      db.transaction(async (tx) => {
        const writer = new CacheWriter(tx);
        const result = await body(writer);
        if (writer.changed) await tx.run(`UPDATE meta SET value = value + 1 WHERE key IN ('revision', 'records')`);
        return result;
      }),
    loadAccounts: (ids, custom) => read.loadAccounts(db, ids, custom),
    loadParts: (ids, custom, objects) => read.loadAccounts(db, ids, custom, objects),
    reportedIds: () => read.reportedIds(db),
    saveColumns: (columns) => saveColumns(db, columns),
    loadColumns: (key, records) => loadColumns(db, key, records),
    tasksOn: (ids, since) => read.tasksOn(db, ids, since),
    companyIds: (scope) => read.companyIds(db, scope),
    leftCompanyIds: (scope) => read.leftCompanyIds(db, scope),
    doubledMarks: () => doubledMarks(db),
    notesOfStep: (play, step) => notesOfStep(db, play, step),
    goneRecord: (object, id) => read.goneRecord(db, object, id),
    mergedCompanies: () => read.mergedCompanies(db),
    companyNames: () => read.companyNames(db),
    portal: () => read.portal(db),
    owners: () => read.owners(db),
    schemas: () => read.schemas(db),
    pipelines: (object) => read.pipelines(db, object),
    propertyDefs: (object) => read.propertyDefs(db, object),
    unavailable: () => read.unavailable(db),
    drift: () => read.drift(db),
    doubles: () => read.doubles(db),
    isSound: () => read.isSound(db),
    notices: async (scope) => ({ held: await sync.held(scope), alarms: await read.alarms(db) }),
    unread: () => sync.unread(),
    revision: () => read.revision(db),
    recordsRevision: () => read.recordsRevision(db),
    outdate: () => db.run(`UPDATE meta SET value = value + 1 WHERE key = 'revision'`).then(() => undefined),
    syncedAt: (scope) => read.syncedAt(db, scope),
    feedDays: (object, zone, limit) => read.feedDays(db, object, zone, limit),
    periods: (object, limit) => read.periods(db, object, limit),
    pushedScores: () => pushedScores(db),
    keepPushed: (pushed) => keepPushed(db, pushed),
    saveSnapshot: (header, parts, prints = {}) => saveSnapshot(db, header, parts, prints),
    loadPrint: (wanted) => loadPrint(db, wanted),
    keptRevision: (wanted) => keptRevision(db, wanted),
    newestHeader: (scope) => newestHeader(db, scope),
    dayAt: (zone, instant) => dayAt(db, zone, instant),
    keepDay: (zone, day) => keepDay(db, zone, day),
    loadSnapshot: (wanted) => loadSnapshot(db, wanted),
    close: () => db.close(),
  };
}
