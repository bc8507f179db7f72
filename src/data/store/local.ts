/**
 * `local.db`: what only this machine knows and nothing ever resets (the outbox, score history, last looks, snoozes,
 * dismissals, pulses, drafts). Every commit survives a power cut. One consistent copy a day is kept next to it, seven in
 * all; a damaged file is put aside and rebuilt from the newest copy and whatever can still be read, never started empty.
 */
import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Instant } from '../../units/day.ts';
import { type Db, openDb, StoreError } from './driver.ts';
import { rebuild } from './local-rebuild.ts';
import { backupFolder, backupsOf, type LocalNotice, localSchema } from './local-schema.ts';

export { type LocalNotice, localSchema } from './local-schema.ts';

export interface Local {
  readonly db: Db;
  readonly notice: LocalNotice | null;
}

const BACKUPS = 7;

/**
 * Opens `local.db`, mending it first where it is damaged or lost (then `notice` says so).
 * Throws `StoreError`: `newer`, `readonly`, `full`, or `corrupt` where it is damaged while another process sends from it.
 */
export async function openLocal(path: string, now: Instant = Date.now() as Instant): Promise<Local> {
  const lost = (!existsSync(path) || statSync(path).size === 0) && !existsSync(`${path}-wal`) && backupsOf(path).length > 0;
  let notice: LocalNotice | null = lost ? await rebuild(path, now, 'missing') : null;
  let db: Db;
  try {
    db = await openSound(path);
  } catch (error) {
    if (!(error instanceof StoreError) || error.kind !== 'corrupt') throw error;
    notice = await rebuild(path, now, 'damaged');
    db = await openSound(path);
  }
  try {
    await backUpToday(db, now);
  } catch (error) {
    if (error instanceof StoreError && error.kind === 'corrupt') {
      await db.close();
      notice = await rebuild(path, now, 'damaged');
      return { db: await openSound(path), notice };
    }
    // A backup that cannot be written (full disk, folder without permission) must not keep anybody from working.
    if (!(error instanceof StoreError) && !isFileError(error)) throw error;
  }
  return { db, notice };
}

async function openSound(path: string): Promise<Db> {
  const db = await openDb(path, localSchema);
  try {
    await check(db, 'outbox');
    return db;
  } catch (error) {
    await db.close();
    throw error;
  }
}

/** Throws `StoreError` `corrupt` unless SQLite finds the table (the whole file without one) in order. */
async function check(db: Db, table?: string): Promise<void> {
  const rows = await db.all<{ quick_check: string }>(table ? `PRAGMA quick_check('${table}')` : 'PRAGMA quick_check');
  if (rows[0]?.quick_check !== 'ok') throw new StoreError('corrupt', db.path, rows[0]?.quick_check ?? 'damaged');
}

/** Makes the day's copy where there is none yet. The whole file is checked before, so that damage never rotates good copies away. */
async function backUpToday(db: Db, now: Instant): Promise<void> {
  const day = new Date(now).toISOString().slice(0, 10);
  const folder = backupFolder(db.path);
  const target = join(folder, `${basename(db.path, '.db')}-${day}.db`);
  if (existsSync(target)) return;
  await check(db);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const partial = `${target}.${process.pid}.part`;
  try {
    await db.backup(partial);
    renameSync(partial, target);
  } finally {
    rmSync(partial, { force: true });
  }
  for (const old of backupsOf(db.path).slice(BACKUPS)) rmSync(old, { force: true });
}

const isFileError = (error: unknown): boolean => error instanceof Error && 'syscall' in error;
