/** Walks a search to its end by record id, one page and its cursor to a transaction. */
import type { ApiFailure, CrmRecord, Filter } from '../hubspot/types.ts';
import type { CacheWriter } from '../store/cache.ts';
import { type Run, SyncStopped } from './run.ts';

const PAGE = 200;

export interface Scan {
  readonly object: string;
  /** OR of ANDs. */
  readonly groups: readonly (readonly Filter[])[];
  readonly onPage: (writer: CacheWriter, rows: readonly CrmRecord[]) => Promise<void>;
  /** After each page but the last: work that fits into the pause that searches keep between them. */
  readonly between?: () => Promise<void>;
  /** In the transaction of the last page. */
  readonly onEnd?: (writer: CacheWriter) => Promise<void>;
}

/**
 * Reads every match once. The search's own `total` says when it is over: a short page with more to come goes on, and a page
 * that brings no new id while more is said to come stops the sync as incomplete instead of looking finished or going round.
 */
export async function scan(run: Run, { object, groups, onPage, onEnd, between }: Scan): Promise<void> {
  const { sync } = run.cache;
  let cursor = await sync.cursor(run.slot, object);
  let seen = 0;
  while (!cursor.finished && !run.hasFailed(object)) {
    const request = { filterGroups: groups, properties: ['hs_object_id'], afterId: cursor.lastId, limit: PAGE };
    const reply = await run.gateway.search(object, request, run.call);
    if (!reply.ok) return run.refuse(object, reply.error);
    const { total, records } = reply.value;
    const last = records.at(-1)?.id ?? cursor.lastId;
    const finished = total <= records.length;
    if (!finished && last === cursor.lastId) throw new SyncStopped(noProgress(object, total));
    const next = { ...cursor, lastId: last, finished, found: cursor.found + records.length };
    await run.page(async (writer) => {
      await onPage(writer, records);
      if (finished) await onEnd?.(writer);
      await sync.saveCursor(writer.tx, run.slot, object, next);
    });
    cursor = next;
    seen += records.length;
    run.progress.expect(seen + total - records.length);
    run.progress.advance(records.length);
    if (!finished) {
      await between?.();
      await run.breathe();
    }
  }
}

const noProgress = (object: string, total: number): ApiFailure => ({
  kind: 'body',
  status: 200,
  category: null,
  correlationId: null,
  scopes: [],
  message: `search promises ${total} more and gives none`,
  request: `POST ${object}/search`,
  retryAt: null,
  surelyNotApplied: false,
});
