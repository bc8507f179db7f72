/**
 * SQLite behind an asynchronous interface, so that another engine can be a second driver.
 *
 * One connection runs one thing at a time: a statement outside a transaction waits for the running transaction to end.
 * Inside `transaction` use only the handle it gives. Writes begin with BEGIN IMMEDIATE; several processes may have the
 * same file open (WAL, 5 s busy time-out). Files are made 0600 before SQLite opens them, so `-wal` and `-shm` inherit.
 */
import { closeSync, mkdirSync, openSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

export type SqlValue = string | number | null | Uint8Array;
export type SqlRow = Record<string, SqlValue>;

export interface Queries {
  all<Row = SqlRow>(sql: string, ...params: readonly SqlValue[]): Promise<Row[]>;
  get<Row = SqlRow>(sql: string, ...params: readonly SqlValue[]): Promise<Row | undefined>;
  /** Rows changed. */
  run(sql: string, ...params: readonly SqlValue[]): Promise<number>;
  /** The same statement for every row, prepared once. */
  runMany(sql: string, rows: Iterable<readonly SqlValue[]>): Promise<void>;
}

export interface Db extends Queries {
  readonly path: string;
  /** All or nothing: a throw rolls back. */
  transaction<T>(body: (tx: Queries) => Promise<T>): Promise<T>;
  /** Consistent copy to a new file. */
  backup(path: string): Promise<void>;
  close(): Promise<void>;
}

export interface Schema {
  /** What the file is for, in messages: `cache`, `local`. */
  readonly name: string;
  /** One step a version, oldest first; a released step is never edited. */
  readonly migrations: readonly string[];
  /** FULL: a commit survives a power cut. NORMAL: what can be fetched again. */
  readonly synchronous: 'FULL' | 'NORMAL';
}

/** The store cannot be used. `newer`: written by a later version of the program, left untouched. */
export class StoreError extends Error {
  readonly kind: 'newer' | 'corrupt' | 'full' | 'readonly' | 'busy' | 'sqlite';
  readonly path: string;
  constructor(kind: StoreError['kind'], path: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreError';
    this.kind = kind;
    this.path = path;
  }
}

/** Older SQLite can lose commits when two connections checkpoint at the same time. */
const MINIMUM_SQLITE = [3, 51, 3] as const;

export function sqliteIsSafe(version: string): boolean {
  const parts = version.split('.').map(Number);
  for (const [index, minimum] of MINIMUM_SQLITE.entries()) {
    const part = parts[index] ?? 0;
    if (part !== minimum) return part > minimum;
  }
  return true;
}

export function sqliteVersion(): string {
  const raw = new DatabaseSync(':memory:');
  try {
    return String(raw.prepare('SELECT sqlite_version() AS version').get()?.version);
  } finally {
    raw.close();
  }
}

const SQLITE_FULL = 13;
const SQLITE_BUSY = 5;
const SQLITE_READONLY = 8;
const SQLITE_IOERR = 10;
const SQLITE_CANTOPEN = 14;
const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

/** A full disk shows as an I/O error where it was a WAL's index that could not grow. */
function isFull(path: string): boolean {
  try {
    return statfsSync(dirname(path)).bavail === 0;
  } catch {
    return false;
  }
}

/** SQLite's own error as a `StoreError` where a caller can act on it; anything else unchanged. */
export function asStoreError(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || error instanceof StoreError || !('errcode' in error)) return error;
  const code = Number(error.errcode) & 0xff;
  if (code === SQLITE_FULL || (code === SQLITE_IOERR && isFull(path))) return new StoreError('full', path, 'disk full', { cause: error });
  if (code === SQLITE_READONLY || code === SQLITE_CANTOPEN) return new StoreError('readonly', path, 'cannot be written', { cause: error });
  if (code === SQLITE_BUSY) return new StoreError('busy', path, 'held by another process', { cause: error });
  if (code === SQLITE_CORRUPT || code === SQLITE_NOTADB) return new StoreError('corrupt', path, 'damaged', { cause: error });
  return error;
}

class SqliteDb implements Db {
  readonly path: string;
  private readonly raw: DatabaseSync;
  private readonly statements = new Map<string, StatementSync>();
  private tail: Promise<unknown> = Promise.resolve();
  private readonly direct: Queries;

  constructor(path: string, raw: DatabaseSync) {
    this.path = path;
    this.raw = raw;
    this.direct = {
      all: async <Row>(sql: string, ...params: readonly SqlValue[]) =>
        this.guard(() => this.prepare(sql).all(...(params as SQLInputValue[])) as Row[]),
      get: async <Row>(sql: string, ...params: readonly SqlValue[]) =>
        this.guard(() => this.prepare(sql).get(...(params as SQLInputValue[])) as Row | undefined),
      run: async (sql: string, ...params: readonly SqlValue[]) =>
        this.guard(() => Number(this.prepare(sql).run(...(params as SQLInputValue[])).changes)),
      runMany: async (sql: string, rows: Iterable<readonly SqlValue[]>) =>
        this.guard(() => {
          const statement = this.prepare(sql);
          for (const row of rows) statement.run(...(row as SQLInputValue[]));
        }),
    };
  }

  all<Row = SqlRow>(sql: string, ...params: readonly SqlValue[]): Promise<Row[]> {
    return this.queue(() => this.direct.all<Row>(sql, ...params));
  }
  get<Row = SqlRow>(sql: string, ...params: readonly SqlValue[]): Promise<Row | undefined> {
    return this.queue(() => this.direct.get<Row>(sql, ...params));
  }
  run(sql: string, ...params: readonly SqlValue[]): Promise<number> {
    return this.queue(() => this.direct.run(sql, ...params));
  }
  runMany(sql: string, rows: Iterable<readonly SqlValue[]>): Promise<void> {
    return this.transaction((tx) => tx.runMany(sql, rows));
  }

  transaction<T>(body: (tx: Queries) => Promise<T>): Promise<T> {
    return this.queue(async () => {
      this.guard(() => this.raw.exec('BEGIN IMMEDIATE'));
      try {
        const result = await body(this.direct);
        this.guard(() => this.raw.exec('COMMIT'));
        return result;
      } catch (error) {
        if (this.raw.isTransaction) this.raw.exec('ROLLBACK');
        throw error;
      }
    });
  }

  backup(path: string): Promise<void> {
    return this.queue(async () => {
      closeSync(openSync(path, 'w', 0o600));
      this.guard(() => {
        const target = this.raw.prepare('VACUUM INTO ?');
        target.run(path);
      });
    });
  }

  close(): Promise<void> {
    return this.queue(async () => {
      if (this.raw.isOpen) this.raw.close();
    });
  }

  private queue<T>(job: () => Promise<T>): Promise<T> {
    const result = this.tail.then(job, job);
    this.tail = result.catch(() => undefined);
    return result;
  }

  private prepare(sql: string): StatementSync {
    let statement = this.statements.get(sql);
    if (!statement) {
      statement = this.raw.prepare(sql);
      this.statements.set(sql, statement);
    }
    return statement;
  }

  private guard<T>(body: () => T): T {
    try {
      return body();
    } catch (error) {
      throw asStoreError(error, this.path);
    }
  }
}

/** A connection without a schema, for lock files. Throws where another process holds the lock (`SQLITE_BUSY`). */
export function openRaw(path: string, busyMs: number): DatabaseSync {
  prepareFile(path);
  return new DatabaseSync(path, { timeout: busyMs });
}

function prepareFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, 'a', 0o600));
}

/**
 * Opens the file, bringing its schema up to date in one transaction.
 * Throws `StoreError`: `newer` where a later version wrote it, `corrupt`, `readonly`, `full`, `busy` (another process holds it
 * longer than the time-out), `sqlite` (too old an SQLite).
 */
export async function openDb(path: string, schema: Schema): Promise<Db> {
  try {
    prepareFile(path);
  } catch (error) {
    throw new StoreError((error as NodeJS.ErrnoException).code === 'ENOSPC' ? 'full' : 'readonly', path, 'cannot be made', {
      cause: error,
    });
  }
  let raw: DatabaseSync | undefined;
  try {
    raw = new DatabaseSync(path, { timeout: 5000, defensive: true, enableForeignKeyConstraints: true });
    const version = raw.prepare('SELECT sqlite_version() AS version').get()?.version;
    if (!sqliteIsSafe(String(version))) throw new StoreError('sqlite', path, `SQLite ${version}`);
    raw.exec(
      `PRAGMA journal_mode = WAL; PRAGMA synchronous = ${schema.synchronous}; PRAGMA fullfsync = ${schema.synchronous === 'FULL' ? 1 : 0}; PRAGMA trusted_schema = OFF`,
    );
    migrate(raw, path, schema);
    return new SqliteDb(path, raw);
  } catch (error) {
    raw?.close();
    throw asStoreError(error, path);
  }
}

function migrate(raw: DatabaseSync, path: string, schema: Schema): void {
  const current = () => Number(raw.prepare('PRAGMA user_version').get()?.user_version ?? 0);
  const target = schema.migrations.length;
  if (current() > target) throw new StoreError('newer', path, `${schema.name} version ${current()}, this program knows ${target}`);
  if (current() === target) return;
  raw.exec('BEGIN IMMEDIATE');
  try {
    for (const step of schema.migrations.slice(current())) raw.exec(step);
    raw.exec(`PRAGMA user_version = ${target}`);
    raw.exec('COMMIT');
  } catch (error) {
    if (raw.isTransaction) raw.exec('ROLLBACK');
    throw error;
  }
}
