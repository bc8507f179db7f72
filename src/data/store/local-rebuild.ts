/** Mends a damaged or lost `local.db`: newest sound backup, then whatever the damaged file still gives, row by row. */
import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import type { Instant } from '../../units/day.ts';
import { type Db, openDb, openRaw, type SqlValue, StoreError } from './driver.ts';
import { backupsOf, type LocalNotice, localSchema } from './local-schema.ts';
import { takeSenderLock } from './sender-lock.ts';

type Row = Record<string, SqlValue>;

/**
 * Puts a mended file in the place of the one found. What was not yet sent may have been sent since the copy was made, so
 * it comes back as `unknown`: each is looked for in HubSpot before it could ever be sent again.
 * Throws `StoreError` `corrupt` while another process sends from the damaged file.
 */
export async function rebuild(path: string, now: Instant, found: LocalNotice['found']): Promise<LocalNotice> {
  const lock = takeSenderLock(path);
  if (!lock) throw new StoreError('corrupt', path, 'damaged while another process works with it');
  try {
    const setAside = existsSync(path) ? putAside(path, now) : null;
    const backup = backupsOf(path).find(isSound) ?? null;
    if (backup) copyFileSync(backup, path);
    const db = await openDb(path, localSchema);
    try {
      const rows = setAside ? await salvageInto(db, setAside) : 0;
      await db.run(
        `UPDATE outbox SET state = 'unknown', in_doubt = 1, ended_at = ?, next_look_at = ?, because = ?
         WHERE state IN ('held', 'ready', 'sending')`,
        now,
        now,
        JSON.stringify({ code: 'restored', params: {} }),
      );
      return { kind: backup ? 'restored' : 'salvaged', found, backup, setAside, rows };
    } finally {
      await db.close();
    }
  } finally {
    lock.release();
  }
}

function putAside(path: string, now: Instant): string {
  const aside = `${path}.damaged-${new Date(now).toISOString().replaceAll(/[:.]/g, '-')}`;
  for (const suffix of ['', '-wal']) if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  rmSync(`${path}-shm`, { force: true });
  return aside;
}

/** Copies what `damaged` still gives over the rows of the backup; answers how many outbox rows that were. */
async function salvageInto(db: Db, damaged: string): Promise<number> {
  const tables = await db.all<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
  let outboxRows = 0;
  for (const { name } of tables) {
    const columns = (await db.all<{ name: string }>(`PRAGMA table_info(${name})`)).map((column) => column.name);
    for (const row of readable(damaged, name)) {
      const known = columns.filter((column) => column in row);
      try {
        await db.run(
          `INSERT OR REPLACE INTO ${name} (${known.join(', ')}) VALUES (${known.map(() => '?').join(', ')})`,
          ...known.map((column) => row[column] ?? null),
        );
        if (name === 'outbox') outboxRows++;
      } catch {
        // A row that no longer fits the table's rules is damage too.
      }
    }
  }
  return outboxRows;
}

/** Every row of `table` that can still be read, coming from both ends of the damage. */
function readable(path: string, table: string): Iterable<Row> {
  const rows = new Map<string, Row>();
  const db = openRaw(path, 0);
  try {
    for (const order of ['', 'ORDER BY 1', 'ORDER BY 1 DESC']) {
      try {
        for (const row of db.prepare(`SELECT * FROM ${table} ${order}`).iterate()) rows.set(JSON.stringify(row), row as Row);
      } catch {
        // The damage starts here; what was read before it is kept.
      }
    }
  } finally {
    db.close();
  }
  return rows.values();
}

function isSound(path: string): boolean {
  try {
    const db = openRaw(path, 0);
    try {
      return db.prepare('PRAGMA quick_check').get()?.quick_check === 'ok';
    } finally {
      db.close();
    }
  } catch {
    return false;
  }
}
