/** The lock of the one process that may send from a `local.db`. The kernel drops it when its holder dies. */
import { basename, dirname, join } from 'node:path';
import { type HeldLock, tryLock } from './lock.ts';

/** Null where another connection, of this process or another, holds it. `path` is that of `local.db`. */
export function takeSenderLock(path: string): HeldLock | null {
  const name = basename(path) === 'local.db' ? 'sender.lock.db' : `${basename(path, '.db')}.sender.lock.db`;
  return tryLock(join(dirname(path), name));
}
