/** A lock that the kernel drops when its holder dies, however it dies: an exclusive transaction on an empty database. */
import { asStoreError, openRaw } from './driver.ts';

const SQLITE_BUSY = 5;

export interface HeldLock {
  release(): void;
}

/** Takes the lock at `path` (`sync.lock.db`, `run.lock.db`) at once, or gives null where somebody else holds it. */
export function tryLock(path: string): HeldLock | null {
  let connection: ReturnType<typeof openRaw> | undefined;
  try {
    connection = openRaw(path, 0);
    connection.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    connection?.close();
    if (error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === SQLITE_BUSY) return null;
    throw asStoreError(error, path);
  }
  const held = connection;
  return {
    release() {
      if (held.isOpen) held.close();
    },
  };
}
