/** The reports' columns of numbers and names as they are kept: a few large pieces each, read in one go. */
import type { Db } from './driver.ts';

/** Days or months kept at the same time; a look back makes its own. */
const KEPT = 3;
/** SQLite hands a value over whole: pieces keep the peak of memory near the size of the columns. */
const PIECE_BYTES = 8 * 1024 * 1024;

export interface StoredColumns {
  /** Names what they were made from besides the records. */
  readonly key: string;
  /** `recordsRevision()` that they were made from. */
  readonly records: number;
  /** Whatever belongs to them besides, as JSON text. */
  readonly header: string;
  readonly columns: Readonly<Record<string, Uint8Array>>;
}

/** Replaces those of the same key. */
export function saveColumns(db: Db, { key, records, header, columns }: StoredColumns): Promise<void> {
  return db.transaction(async (tx) => {
    await tx.run('DELETE FROM revenue_ledger WHERE key = ?', key);
    const made = await tx.get<{ ledger: number }>(
      'INSERT INTO revenue_ledger (key, records, header) VALUES (?, ?, ?) RETURNING ledger',
      key,
      records,
      header,
    );
    if (!made) throw new Error('a ledger was inserted without an id');
    await tx.runMany('INSERT INTO revenue_column VALUES (?, ?, ?, ?)', pieces(made.ledger, columns));
    await tx.run('DELETE FROM revenue_ledger WHERE ledger NOT IN (SELECT ledger FROM revenue_ledger ORDER BY ledger DESC LIMIT ?)', KEPT);
  });
}

function* pieces(ledger: number, columns: StoredColumns['columns']): Generator<[number, string, number, Uint8Array]> {
  for (const [name, bytes] of Object.entries(columns))
    for (let at = 0, piece = 0; at === 0 || at < bytes.length; at += PIECE_BYTES, piece += 1)
      yield [ledger, name, piece, bytes.subarray(at, at + PIECE_BYTES)];
}

export async function loadColumns(db: Db, key: string, records: number): Promise<StoredColumns | null> {
  const found = await db.get<{ ledger: number; header: string }>(
    'SELECT ledger, header FROM revenue_ledger WHERE key = ? AND records = ?',
    key,
    records,
  );
  if (!found) return null;
  const rows = await db.all<{ name: string; bytes: Uint8Array }>(
    'SELECT name, bytes FROM revenue_column WHERE ledger = ? ORDER BY name, piece',
    found.ledger,
  );
  // Another process took the place of this one in between.
  if (rows.length === 0) return null;
  const columns = [...Map.groupBy(rows, ({ name }) => name)].map(([name, parts]) => [name, joined(parts.map(({ bytes }) => bytes))]);
  return { key, records, header: found.header, columns: Object.fromEntries(columns) };
}

/** In memory of its own, so that numbers may be read off it in place. */
function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [first] = parts;
  if (first && parts.length === 1 && first.byteOffset % 8 === 0) return first;
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
