/** The lock of the one process that may send from a `local.db`. The kernel drops it when its holder dies. */
import { basename, dirname, join } from 'node:path';
import { openRaw } from './driver.ts';

export interface SenderLock {
  release(): void;
}

/** Null where another connection, of this process or another, holds it. `path` is that of `local.db`. */
export function takeSenderLock(path: string): SenderLock | null {
  const name = basename(path) === 'local.db' ? 'sender.lock.db' : `${basename(path, '.db')}.sender.lock.db`;
  const raw = openRaw(join(dirname(path), name), 0);
  try {
    raw.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    raw.close();
    if (error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === 5) return null;
    throw error;
  }
  return {
    release: () => {
      raw.close();
    },
  };
}
