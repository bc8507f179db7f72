/**
 * The access token: from the environment, else a file of one's own, else the OS keychain. Saved in the keychain where
 * there is one that answers, else in a 0600 file. A file exists only where the keychain would not take the token, so it
 * goes before an older entry there. Never in an argument list, never in a message.
 */
import { closeSync, fstatSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { err, ok, type Result } from '../units/result.ts';

export type TokenSource = 'env' | 'file' | 'keychain';

export interface FoundToken {
  readonly token: string;
  readonly source: TokenSource;
}

/**
 * `exposed`: others may read the token file, so it is not used · `unreadable`, `unwritable`, `not_removed`: the system
 * said no · `bad_token`: empty, or characters that no token has. Keys of the messages: `error.secret.<kind>`.
 */
export interface SecretProblem {
  readonly kind: 'exposed' | 'unreadable' | 'unwritable' | 'not_removed' | 'bad_token';
  /** The token file, or `HUBSPOT_ACCESS_TOKEN`, or `keychain`. */
  readonly path: string;
}

/** What is used of `@napi-rs/keyring`, which is optional. */
export interface Keyring {
  readonly AsyncEntry: new (
    service: string,
    user: string,
    options?: { readonly linux?: { readonly store?: 'secret-service' } },
  ) => {
    getPassword(signal?: AbortSignal): Promise<string | null | undefined>;
    setPassword(token: string, signal?: AbortSignal): Promise<void>;
    deleteCredential(signal?: AbortSignal): Promise<boolean>;
  };
}

export interface SecretOptions {
  /** `ProfilePaths.tokenFile`; names the keychain entry too, so that two homes never share one. */
  readonly tokenFile: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Default: the real module. */
  readonly loadKeyring?: () => Promise<Keyring>;
  /** A keychain that is slower counts as absent; default 3,000. */
  readonly deadlineMs?: number;
}

export interface SavedToken {
  readonly source: 'file' | 'keychain';
  /** Where it is a file: say so, with this path. */
  readonly path: string | null;
}

export const TOKEN_VARIABLE = 'HUBSPOT_ACCESS_TOKEN';
const SERVICE = 'kizashi';
const DEADLINE_MS = 3000;
/** Printable ASCII without blanks: anything else could not stand in a header. */
const TOKEN = /^[\x21-\x7e]{1,2048}$/;

const loadRealKeyring = (): Promise<Keyring> => import('@napi-rs/keyring');

/** The kernel's own key store forgets at a restart, so on Linux only the Secret Service is a keychain. */
const STORE = { linux: { store: 'secret-service' } } as const;

type Entry = InstanceType<Keyring['AsyncEntry']>;

/** What the keychain answers within the deadline; null where there is none, it refuses or it is too slow. */
async function ask<T>(
  options: SecretOptions,
  question: (entry: Entry, signal: AbortSignal) => Promise<T>,
): Promise<{ readonly answer: T } | null> {
  const stop = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => {
      stop.abort();
      resolve(null);
    }, options.deadlineMs ?? DEADLINE_MS);
  });
  const asked = (async () => {
    const { AsyncEntry } = await (options.loadKeyring ?? loadRealKeyring)();
    return { answer: await question(new AsyncEntry(SERVICE, options.tokenFile, STORE), stop.signal) };
  })().catch(() => null);
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

function readTokenFile(path: string): Result<string | null, SecretProblem> {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    return isMissing(error) ? ok(null) : err({ kind: 'unreadable', path });
  }
  try {
    const stat = fstatSync(file);
    const foreign = process.getuid !== undefined && stat.uid !== process.getuid() && stat.uid !== 0;
    if (process.platform !== 'win32' && ((stat.mode & 0o077) !== 0 || foreign)) return err({ kind: 'exposed', path });
    const token = readFileSync(file, 'utf8').trim();
    return TOKEN.test(token) ? ok(token) : err({ kind: 'bad_token', path });
  } catch {
    return err({ kind: 'unreadable', path });
  } finally {
    closeSync(file);
  }
}

function discard(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Its folder is what could not be made.
  }
}

/** Whole or not at all, and never readable by others, not even for a moment. */
function writeTokenFile(path: string, token: string): Result<SavedToken, SecretProblem> {
  const draft = `${path}.${process.pid}.new`;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    rmSync(draft, { force: true });
    writeFileSync(draft, `${token}\n`, { mode: 0o600, flag: 'wx', flush: true });
    renameSync(draft, path);
    return ok({ source: 'file', path });
  } catch {
    discard(draft);
    return err({ kind: 'unwritable', path });
  }
}

/** The token and where it came from; null where there is none. A problem is about a token that is there but may not be used. */
export async function readToken(options: SecretOptions): Promise<Result<FoundToken | null, SecretProblem>> {
  const given = options.env[TOKEN_VARIABLE]?.trim();
  if (given) return TOKEN.test(given) ? ok({ token: given, source: 'env' }) : err({ kind: 'bad_token', path: TOKEN_VARIABLE });
  const file = readTokenFile(options.tokenFile);
  if (!file.ok) return file;
  if (file.value !== null) return ok({ token: file.value, source: 'file' });
  const reply = await ask(options, (entry, signal) => entry.getPassword(signal));
  if (!reply?.answer) return ok(null);
  return TOKEN.test(reply.answer) ? ok({ token: reply.answer, source: 'keychain' }) : err({ kind: 'bad_token', path: 'keychain' });
}

/** Keeps the token; one place only, an earlier one is emptied. */
export async function saveToken(raw: string, options: SecretOptions): Promise<Result<SavedToken, SecretProblem>> {
  const token = raw.trim();
  if (!TOKEN.test(token)) return err({ kind: 'bad_token', path: options.tokenFile });
  // Read back: some keychains take an entry and forget it.
  const kept = await ask(options, async (entry, signal) => {
    await entry.setPassword(token, signal);
    return (await entry.getPassword(signal)) === token;
  });
  if (!kept?.answer) return writeTokenFile(options.tokenFile, token);
  try {
    rmSync(options.tokenFile, { force: true });
    return ok({ source: 'keychain', path: null });
  } catch {
    return err({ kind: 'not_removed', path: options.tokenFile });
  }
}

/** Forgets the token in the file and in the keychain; says from where it went. The environment is not ours to change. */
export async function deleteToken(options: SecretOptions): Promise<Result<readonly ('file' | 'keychain')[], SecretProblem>> {
  const removed: ('file' | 'keychain')[] = [];
  try {
    rmSync(options.tokenFile);
    removed.push('file');
  } catch (error) {
    if (!isMissing(error)) return err({ kind: 'not_removed', path: options.tokenFile });
  }
  const reply = await ask(options, (entry, signal) => entry.deleteCredential(signal));
  if (reply?.answer) removed.push('keychain');
  else if (!reply) {
    // A keychain that cannot even be asked holds nothing of ours, unless it answers now that an entry is there.
    const left = await ask(options, (entry, signal) => entry.getPassword(signal));
    if (left?.answer) return err({ kind: 'not_removed', path: 'keychain' });
  }
  return ok(removed);
}
