/**
 * A file that is there as a whole or not at all: written beside its place under a name of its own, brought to the disk,
 * then put in place in one step. A kill leaves the old file, or none, and never a part.
 */
import { constants } from 'node:fs';
import { link, lstat, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { err, ok, type Result } from '../units/result.ts';

/**
 * `exists`: something has that name already · `no_folder`: the folder is missing · `is_folder` · `special`: a device, pipe or
 * socket, or a link to one, which a file must not take the place of · `name`: longer than names can be, or links in a circle ·
 * `full`: no room · `denied`: the system does not let us write there · `failed`: anything else, by its system code.
 */
export interface FileProblem {
  readonly kind: 'exists' | 'no_folder' | 'is_folder' | 'special' | 'name' | 'full' | 'denied' | 'failed';
  readonly path: string;
  readonly because: string;
}

export interface WholeFileOptions {
  /** Put it in the place of a file that is there. A link is replaced, not followed. */
  readonly replace: boolean;
  readonly signal?: AbortSignal;
}

type Pieces = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

/** Bytes that are gathered before they are written. */
const CHUNK = 65_536;

let written = 0;

/** Gives back how many bytes the file has. Only its owner may read it. Errors that are not of the disk go through. */
export async function writeWholeFile(
  path: string,
  pieces: Pieces,
  { replace, signal }: WholeFileOptions,
): Promise<Result<number, FileProblem>> {
  const folder = dirname(path);
  written += 1;
  // Not made of the file's own name: that may be as long as names can be.
  const draft = join(folder, `.kizashi-${process.pid}-${written}.part`);
  try {
    const there = await lstat(path).catch((error: unknown) => (codeOf(error) === 'ENOENT' ? null : Promise.reject(error)));
    if (there?.isDirectory()) return err({ kind: 'is_folder', path, because: 'EISDIR' });
    if (there && (SYSTEM.test(folder) || (await isSpecial(path)))) return err({ kind: 'special', path, because: 'EEXIST' });
    if (there && !replace) return err({ kind: 'exists', path, because: 'EEXIST' });
    const bytes = await writeDraft(draft, pieces, signal);
    await (replace ? rename(draft, path) : putNew(draft, path));
    await flushFolder(folder);
    return ok(bytes);
  } catch (error) {
    const code = codeOf(error);
    if (code === null) throw error;
    return err({ kind: KINDS[code] ?? 'failed', path, because: code });
  } finally {
    await rm(draft, { force: true }).catch(() => undefined);
  }
}

/** Where names are the system's own, such as that of standard output, wherever it leads at the moment. */
const SYSTEM = /^\/(?:dev|dev\/fd|proc\/.*)$/;

/** Neither a file nor a folder, by itself or where a link leads. */
async function isSpecial(path: string): Promise<boolean> {
  const target = await stat(path).catch(() => null);
  return target !== null && !target.isFile() && !target.isDirectory();
}

async function writeDraft(draft: string, pieces: Pieces, signal: AbortSignal | undefined): Promise<number> {
  const file = await open(draft, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY | (constants.O_NOFOLLOW ?? 0), 0o600);
  try {
    let bytes = 0;
    let held: Buffer[] = [];
    let size = 0;
    const flush = async (): Promise<void> => {
      await file.writeFile(Buffer.concat(held));
      bytes += size;
      held = [];
      size = 0;
    };
    for await (const piece of pieces) {
      signal?.throwIfAborted();
      const next = typeof piece === 'string' ? Buffer.from(piece) : Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
      held.push(next);
      size += next.length;
      if (size >= CHUNK) await flush();
    }
    await flush();
    await file.sync();
    return bytes;
  } finally {
    await file.close();
  }
}

/** Fails where the name has come to be taken meanwhile. */
async function putNew(draft: string, path: string): Promise<void> {
  try {
    await link(draft, path);
  } catch (error) {
    // File systems without links: looked at a moment ago, and no better way is left.
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(codeOf(error) ?? '')) throw error;
    await rename(draft, path);
  }
}

/** The name itself must survive a power cut too; where a folder cannot be opened, the system does without. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY).catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

const KINDS: Readonly<Record<string, FileProblem['kind']>> = {
  EEXIST: 'exists',
  ENOENT: 'no_folder',
  ENOTDIR: 'no_folder',
  EISDIR: 'is_folder',
  ENAMETOOLONG: 'name',
  ELOOP: 'name',
  ENOSPC: 'full',
  EDQUOT: 'full',
  EFBIG: 'full',
  EACCES: 'denied',
  EPERM: 'denied',
  EROFS: 'denied',
};

const codeOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && 'syscall' in error ? error.code : null;
