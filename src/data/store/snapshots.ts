/** The scored book, kept so that a first frame and `list` need neither records nor scoring. */
import type { Day, Instant } from '../../units/day.ts';
import type { Db } from './driver.ts';
import type { Scope, SnapshotHeader, StoredSnapshot } from './types.ts';

/** Snapshots kept for each scope; score history lives in the local store, not here. */
const KEPT = 3;

export interface PrintWanted {
  readonly scope: Scope;
  readonly asOf: Day;
  /** Key of the kept book. */
  readonly policy: string;
  readonly lang: string;
}

/** What printing the whole book gives, as UTF-8, by language. */
export type SnapshotPrints = Readonly<Record<string, Uint8Array>>;

/** Replaces the snapshot of the same scope and day. */
export function saveSnapshot(db: Db, header: SnapshotHeader, parts: StoredSnapshot['parts'], prints: SnapshotPrints): Promise<void> {
  return db.transaction(async (tx) => {
    await tx.run('DELETE FROM book_snapshot WHERE scope = ? AND as_of = ?', header.scope, header.asOf);
    const made = await tx.get<{ snapshot: number }>(
      `INSERT INTO book_snapshot (scope, as_of, policy, revision, saved_at, header) VALUES (?, ?, ?, ?, ?, ?) RETURNING snapshot`,
      header.scope,
      header.asOf,
      header.policy,
      header.revision,
      header.savedAt,
      header.json,
    );
    if (!made) throw new Error('a snapshot was inserted without an id');
    await tx.runMany(
      'INSERT INTO book_part (snapshot, name, bytes) VALUES (?, ?, ?)',
      Object.entries(parts).map(([name, bytes]) => [made.snapshot, name, bytes]),
    );
    await tx.runMany(
      'INSERT INTO book_print (snapshot, lang, text) VALUES (?, ?, ?)',
      Object.entries(prints).map(([lang, text]) => [made.snapshot, lang, text]),
    );
    await tx.run(
      `DELETE FROM book_snapshot WHERE scope = ?1 AND snapshot <> ?2 AND snapshot NOT IN
         (SELECT snapshot FROM book_snapshot WHERE scope = ?1 ORDER BY saved_at DESC, snapshot DESC LIMIT ?3)`,
      header.scope,
      made.snapshot,
      KEPT,
    );
  });
}

interface HeaderRow {
  snapshot: number;
  scope: string;
  as_of: string;
  policy: string;
  revision: number;
  saved_at: number;
  header: string;
}

/** The snapshot of a day, or the newest one of the scope; null where there is none. */
export async function loadSnapshot(db: Db, wanted: { readonly scope: Scope; readonly asOf?: Day }): Promise<StoredSnapshot | null> {
  for (;;) {
    const found = await db.get<HeaderRow>(
      'SELECT * FROM book_snapshot WHERE scope = ?1 AND (?2 IS NULL OR as_of = ?2) ORDER BY as_of DESC LIMIT 1',
      wanted.scope,
      wanted.asOf ?? null,
    );
    if (!found) return null;
    const parts = await db.all<{ name: string; bytes: Uint8Array }>('SELECT name, bytes FROM book_part WHERE snapshot = ?', found.snapshot);
    // No parts: another process may have replaced the snapshot in between (they went with it).
    const same = parts.length > 0 || (await db.get('SELECT 1 FROM book_snapshot WHERE snapshot = ?', found.snapshot));
    if (same) return { header: headerOf(found), parts: Object.fromEntries(parts.map(({ name, bytes }) => [name, bytes])) };
  }
}

/** What is kept of the newest book besides its rows, as JSON text; null where none is kept. */
export async function newestHeader(db: Db, scope: Scope): Promise<string | null> {
  const found = await db.get<{ header: string }>('SELECT header FROM book_snapshot WHERE scope = ? ORDER BY as_of DESC LIMIT 1', scope);
  return found?.header ?? null;
}

/** The revision of the data that the kept book was made from; null where none is kept. Reads no row of it. */
export async function keptRevision(db: Db, wanted: Omit<PrintWanted, 'lang'>): Promise<number | null> {
  const found = await db.get<{ revision: number }>(
    'SELECT revision FROM book_snapshot WHERE scope = ? AND as_of = ? AND policy = ?',
    wanted.scope,
    wanted.asOf,
    wanted.policy,
  );
  return found?.revision ?? null;
}

/** The kept text of a book that is up to date with the records; null where there is none. */
export async function loadPrint(db: Db, wanted: PrintWanted): Promise<Uint8Array | null> {
  const found = await db.get<{ text: Uint8Array }>(
    `SELECT text FROM book_snapshot JOIN book_print USING (snapshot)
     WHERE scope = ? AND as_of = ? AND policy = ? AND lang = ? AND revision = (SELECT value FROM meta WHERE key = 'revision')`,
    wanted.scope,
    wanted.asOf,
    wanted.policy,
    wanted.lang,
  );
  return found?.text ?? null;
}

const headerOf = (row: HeaderRow): SnapshotHeader => ({
  scope: row.scope,
  asOf: row.as_of as Day,
  policy: row.policy,
  revision: row.revision,
  savedAt: row.saved_at as Instant,
  json: row.header,
});
