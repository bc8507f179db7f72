/** Where a sync stands. Every write takes the transaction of the page that it belongs to, so that a page and its cursor land together. */
import type { Instant } from '../../units/day.ts';
import type { Db, Queries, SqlValue } from './driver.ts';
import type { Scope } from './types.ts';

/**
 * A sync under way. `to` is the end of every window it reads (the instant at which it began); `step` names the step to go on with.
 * `counts` is what it has done so far, so that a run that was cut off reports the whole.
 */
export interface SyncRun {
  readonly mode: 'full' | 'incremental' | 'census';
  readonly to: Instant;
  readonly plan: string;
  readonly step: number;
  readonly counts: Readonly<Record<string, ObjectCounts>>;
  /** Object types that this run had to leave out. */
  readonly failed: readonly string[];
  /** Census: changes that a window should have brought and did not, by object. */
  readonly missed: Readonly<Record<string, number>>;
  /** Full: object types of which it has not read everything yet. */
  readonly unread: readonly string[];
}

/** Whose progress a row is about: a scope, or the census of one. */
export type Slot = string;
export const censusSlot = (scope: Scope): Slot => `${scope}#census`;
/** Companies that would have left the book, too many to be believed without asking. */
export const heldSlot = (scope: Scope): Slot => `${scope}#held`;

/** `read`: records that HubSpot answered with; `changed`: those that differ from the store; `removed`: gone or no longer ours. */
export interface ObjectCounts {
  readonly read: number;
  readonly changed: number;
  readonly removed: number;
}

export interface ScopeState {
  readonly run: SyncRun | null;
  /** Hash of what the last complete sync read; another one makes everything be read again. */
  readonly plan: string | null;
  readonly syncedAt: Instant | null;
  readonly censusAt: Instant | null;
}

/** `windowEnd`: up to where the object's changes are known; `lastId`: the last id read of the window under way. */
export interface ObjectCursor {
  readonly windowEnd: Instant | null;
  readonly lastId: string | null;
  /** The window (or list) of the run under way has been read to its end. */
  readonly finished: boolean;
  /** The object could not be read for a while: its links to the whole book must be asked again. */
  readonly relink: boolean;
  /** Rows that its windows have brought since the last census. */
  readonly found: number;
}

const NO_CURSOR: ObjectCursor = { windowEnd: null, lastId: null, finished: false, relink: false, found: 0 };

export class SyncState {
  private readonly db: Db;
  constructor(db: Db) {
    this.db = db;
  }

  async scope(scope: Scope): Promise<ScopeState> {
    const row = await this.db.get<{ run: string | null; plan: string | null; synced_at: number | null; census_at: number | null }>(
      'SELECT run, plan, synced_at, census_at FROM sync_scope WHERE scope = ?',
      scope,
    );
    return {
      run: row?.run ? (JSON.parse(row.run) as SyncRun) : null,
      plan: row?.plan ?? null,
      syncedAt: (row?.synced_at ?? null) as Instant | null,
      censusAt: (row?.census_at ?? null) as Instant | null,
    };
  }

  async saveRun(tx: Queries, scope: Slot, run: SyncRun): Promise<void> {
    await tx.run(
      'INSERT INTO sync_scope (scope, run) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET run = excluded.run',
      scope,
      JSON.stringify(run),
    );
  }

  /** The run is complete: its window's end becomes the scope's, and the way is free for the next. */
  async finishRun(tx: Queries, scope: Scope, run: SyncRun): Promise<void> {
    await tx.run(
      `UPDATE sync_scope SET run = NULL, plan = ?2, synced_at = max(?3, ifnull(synced_at, 0)),
         census_at = CASE WHEN ?4 THEN ?3 ELSE census_at END WHERE scope = ?1`,
      scope,
      run.plan,
      run.to,
      run.mode === 'incremental' ? 0 : 1,
    );
    await tx.run('DELETE FROM todo WHERE scope = ?', scope);
    await tx.run('UPDATE sync_cursor SET last_id = NULL, finished = 0 WHERE scope = ?', scope);
    if (run.mode === 'full') await this.dropRun(tx, censusSlot(scope));
  }

  /** The census is complete. */
  async finishCensus(tx: Queries, scope: Scope, run: SyncRun): Promise<void> {
    await tx.run('UPDATE sync_scope SET census_at = ?2 WHERE scope = ?1', scope, run.to);
    await tx.run('UPDATE sync_cursor SET found = 0 WHERE scope = ?', scope);
    await this.dropRun(tx, censusSlot(scope));
    await tx.run('DELETE FROM sync_cursor WHERE scope = ?', censusSlot(scope));
    await tx.run('DELETE FROM sync_scope WHERE scope = ?', censusSlot(scope));
  }

  /** Forgets a run under way and what it had still to do; what it stored stays. */
  async dropRun(tx: Queries, scope: Slot): Promise<void> {
    await tx.run('UPDATE sync_scope SET run = NULL WHERE scope = ?', scope);
    await tx.run('DELETE FROM todo WHERE scope = ?', scope);
    await tx.run('UPDATE sync_cursor SET last_id = NULL, finished = 0 WHERE scope = ?', scope);
  }

  cursor(scope: Slot, object: string): Promise<ObjectCursor> {
    return this.cursorIn(this.db, scope, object);
  }

  async cursorIn(tx: Queries, scope: Slot, object: string): Promise<ObjectCursor> {
    const row = await tx.get<{ window_end: number | null; last_id: string | null; finished: number; relink: number; found: number }>(
      'SELECT window_end, last_id, finished, relink, found FROM sync_cursor WHERE scope = ? AND object = ?',
      scope,
      object,
    );
    if (!row) return NO_CURSOR;
    return {
      windowEnd: row.window_end as Instant | null,
      lastId: row.last_id,
      finished: row.finished === 1,
      relink: row.relink === 1,
      found: row.found,
    };
  }

  async saveCursor(tx: Queries, scope: Slot, object: string, cursor: ObjectCursor): Promise<void> {
    await tx.run(
      `INSERT INTO sync_cursor (scope, object, window_end, last_id, finished, relink, found) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
       ON CONFLICT DO UPDATE SET window_end = excluded.window_end, last_id = excluded.last_id,
         finished = excluded.finished, relink = excluded.relink, found = excluded.found`,
      scope,
      object,
      cursor.windowEnd,
      cursor.lastId,
      cursor.finished ? 1 : 0,
      cursor.relink ? 1 : 0,
      cursor.found,
    );
  }

  /** When a document was read last; null if never. */
  async readAt(name: string): Promise<Instant | null> {
    const row = await this.db.get<{ read_at: number }>('SELECT read_at FROM document WHERE name = ?', name);
    return (row?.read_at ?? null) as Instant | null;
  }

  /** Ids that a step has still to ask for, in id order as text. */
  async todo(scope: Slot, step: string, limit: number): Promise<string[]> {
    const rows = await this.db.all<{ id: string }>(
      'SELECT id FROM todo WHERE scope = ? AND step = ? ORDER BY id LIMIT ?',
      scope,
      step,
      limit,
    );
    return rows.map((row) => row.id);
  }

  async todoCount(scope: Slot, step: string): Promise<number> {
    return (await this.db.get<{ n: number }>('SELECT count(*) AS n FROM todo WHERE scope = ? AND step = ?', scope, step))?.n ?? 0;
  }

  async addTodo(tx: Queries, scope: Slot, step: string, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await tx.run('INSERT OR IGNORE INTO todo (scope, step, id) SELECT ?1, ?2, value FROM json_each(?3)', scope, step, JSON.stringify(ids));
  }

  async doneTodo(tx: Queries, scope: Slot, step: string, ids: readonly string[]): Promise<void> {
    await tx.run(
      'DELETE FROM todo WHERE scope = ?1 AND step = ?2 AND id IN (SELECT value FROM json_each(?3))',
      scope,
      step,
      JSON.stringify(ids),
    );
  }

  async dropTodo(tx: Queries, scope: Slot, step: string): Promise<void> {
    await tx.run('DELETE FROM todo WHERE scope = ? AND step = ?', scope, step);
  }

  /** Of `rows`, the ids whose stored record is missing, gone or older: the ones worth reading. */
  staleIn(tx: Queries, object: string, rows: readonly { readonly id: string; readonly updatedAt: Instant }[]): Promise<string[]> {
    return ids(
      tx,
      `SELECT j.value ->> 0 AS id FROM json_each(?2) j LEFT JOIN record r ON r.object = ?1 AND r.id = (j.value ->> 0)
       WHERE r.id IS NULL OR r.gone IS NOT NULL OR r.updated_at < (j.value ->> 1)`,
      object,
      JSON.stringify(rows.map((row) => [row.id, row.updatedAt])),
    );
  }

  /** Of `rows`, how many are stored in an older state although they had changed by `before`. */
  async missedIn(
    tx: Queries,
    object: string,
    rows: readonly { readonly id: string; readonly updatedAt: Instant }[],
    before: Instant,
  ): Promise<number> {
    const row = await tx.get<{ n: number }>(
      `SELECT count(*) AS n FROM json_each(?2) j JOIN record r ON r.object = ?1 AND r.id = (j.value ->> 0)
       WHERE r.gone IS NULL AND r.updated_at < (j.value ->> 1) AND (j.value ->> 1) <= ?3`,
      object,
      JSON.stringify(rows.map((row) => [row.id, row.updatedAt])),
      before,
    );
    return row?.n ?? 0;
  }

  /** Object types that the very first sync of this store has still to bring; none once any sync has ended. */
  async unread(): Promise<readonly string[]> {
    const scopes = await this.db.all<{ synced_at: number | null; run: string | null }>('SELECT synced_at, run FROM sync_scope');
    if (scopes.some((scope) => scope.synced_at !== null)) return [];
    return [...new Set(scopes.flatMap(({ run }) => (run ? (JSON.parse(run) as SyncRun).unread : [])))];
  }

  /** Every id of a step, where they are few. */
  todoIn(tx: Queries, scope: Slot, step: string): Promise<string[]> {
    return ids(tx, 'SELECT id FROM todo WHERE scope = ? AND step = ? ORDER BY id', scope, step);
  }

  /** Of `wanted`, the companies that are live members of the scope's book. */
  membersIn(tx: Queries, scope: Scope, wanted: readonly string[]): Promise<string[]> {
    return ids(
      tx,
      `SELECT b.company_id AS id FROM book b JOIN record r ON r.object = 'companies' AND r.id = b.company_id
       WHERE b.scope = ?1 AND b.left_at IS NULL AND r.gone IS NULL AND b.company_id IN (SELECT value FROM json_each(?2))`,
      scope,
      JSON.stringify(wanted),
    );
  }

  /** Companies of the scope that wait for somebody to say that they may leave the book. */
  async held(scope: Scope): Promise<number> {
    const row = await this.db.get<{ n: number }>('SELECT count(*) AS n FROM todo WHERE scope = ?', heldSlot(scope));
    return row?.n ?? 0;
  }

  /** Of `wanted`, those with a live stored record. */
  async knownIn(tx: Queries, object: string, wanted: readonly string[]): Promise<Set<string>> {
    const known = await ids(
      tx,
      'SELECT id FROM record WHERE object = ?1 AND gone IS NULL AND id IN (SELECT value FROM json_each(?2))',
      object,
      JSON.stringify(wanted),
    );
    return new Set(known);
  }

  /** Of `wanted`, those without a live stored record. */
  async unknownIn(tx: Queries, object: string, wanted: readonly string[]): Promise<string[]> {
    const known = await this.knownIn(tx, object, wanted);
    return wanted.filter((id) => !known.has(id));
  }

  /** Companies of the scope's book that the run which began at `began` has not seen. */
  unseenIn(tx: Queries, scope: Scope, began: Instant): Promise<string[]> {
    return ids(tx, 'SELECT company_id AS id FROM book WHERE scope = ? AND left_at IS NULL AND seen_at <> ?', scope, began);
  }

  /** Companies of the scope's book. */
  bookIn(tx: Queries, scope: Scope): Promise<string[]> {
    return ids(tx, 'SELECT company_id AS id FROM book WHERE scope = ? AND left_at IS NULL', scope);
  }

  /** Records of one type that hang on the scope's book. */
  bookRecordsIn(tx: Queries, scope: Scope, object: string): Promise<string[]> {
    return ids(
      tx,
      `SELECT DISTINCT a.to_id AS id FROM book b
       JOIN association a ON a.from_object = 'companies' AND a.from_id = b.company_id AND a.to_object = ?2
       WHERE b.scope = ?1 AND b.left_at IS NULL`,
      scope,
      object,
    );
  }

  async bookSize(scope: Scope): Promise<number> {
    const row = await this.db.get<{ n: number }>('SELECT count(*) AS n FROM book WHERE scope = ? AND left_at IS NULL', scope);
    return row?.n ?? 0;
  }
}

async function ids(tx: Queries, sql: string, ...params: readonly SqlValue[]): Promise<string[]> {
  return (await tx.all<{ id: string }>(sql, ...params)).map((row) => row.id);
}
