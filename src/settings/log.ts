/**
 * The log file: JSON lines, 0600, about 1 MB × 3. Every text goes through redaction and cleaning before it is written, so
 * that neither a token nor an escape sequence can rest there. Nothing goes to the console, and no failure to write comes
 * back: a full disk must not end the work that is being logged. Several processes may write the same file.
 */
import { closeSync, fchmodSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { cleanBlock } from '../text/clean.ts';
import { REDACTED, redactor } from '../text/redact.ts';

export type LogLevel = 'error' | 'warn' | 'info' | 'debug';

/** What may be said beside the event; errors are written with their causes, other objects to a depth of 4. */
export type LogFields = Readonly<Record<string, unknown>>;

export interface Log {
  readonly file: string;
  readonly level: LogLevel;
  error(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  debug(event: string, fields?: LogFields): void;
  /** From now on this value is taken out of everything. */
  hide(secret: string): void;
}

export interface LogOptions {
  readonly file: string;
  /** Default `info`. */
  readonly level?: LogLevel;
  readonly secrets?: readonly string[];
  /** ms since the epoch. */
  readonly now?: () => number;
  /** A file that would grow over it is rotated; default 1 MB. */
  readonly maxBytes?: number;
}

const RANK: Readonly<Record<LogLevel, number>> = { error: 0, warn: 1, info: 2, debug: 3 };
const MAX_BYTES = 1_000_000;
const KEPT = 2;
const TEXT_MAX = 300;
const STACK_MAX = 2000;
const DEPTH = 4;
const ITEMS = 50;
/** Fields whose name says that they are nobody's business. */
const SECRET_NAME = /token|secret|password|authorization|api[_-]?key|cookie/i;

/** `debug` where KIZASHI_LOG or `--verbose` asks for it, else `info`. */
export const logLevel = (env: Readonly<Record<string, string | undefined>>, verbose = false): LogLevel =>
  verbose || env.KIZASHI_LOG?.trim().toLowerCase() === 'debug' ? 'debug' : 'info';

type Safe = (text: string, max?: number) => string;

/** Redacted before it is cleaned or cut, so that no half of a token stays, and again, should cleaning have joined the halves. */
const makeSafe =
  (redact: (text: string) => string): Safe =>
  (text, max = TEXT_MAX) =>
    cleanBlock(redact(cleanBlock(redact(text))), max);

function plain(value: unknown, safe: Safe, depth: number, seen: readonly object[]): unknown {
  if (typeof value === 'string') return safe(value);
  if (typeof value === 'bigint') return safe(String(value));
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
  if (typeof value !== 'object') return undefined;
  if (depth === 0 || seen.includes(value)) return '…';
  const inner = [...seen, value];
  if (value instanceof Error) return plainError(value, safe, depth, inner);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (ArrayBuffer.isView(value)) return `${value.byteLength} bytes`;
  if (Array.isArray(value)) return value.slice(0, ITEMS).map((item) => plain(item, safe, depth - 1, inner));
  return plainObject(value, safe, depth, inner);
}

function plainObject(value: object, safe: Safe, depth: number, seen: readonly object[]): Record<string, unknown> {
  const result: Record<string, unknown> = Object.create(null);
  for (const [name, item] of Object.entries(value).slice(0, ITEMS))
    result[safe(name)] = SECRET_NAME.test(name) && typeof item === 'string' ? REDACTED : plain(item, safe, depth - 1, seen);
  return result;
}

function plainError(error: Error, safe: Safe, depth: number, seen: readonly object[]): Record<string, unknown> {
  return {
    name: safe(error.name),
    message: safe(error.message),
    code:
      'code' in error && (typeof error.code === 'string' || typeof error.code === 'number') ? plain(error.code, safe, 1, []) : undefined,
    stack: error.stack === undefined ? undefined : safe(error.stack, STACK_MAX),
    cause: error.cause === undefined ? undefined : plain(error.cause, safe, depth - 1, seen),
  };
}

function rotate(file: string): void {
  for (let index = KEPT; index >= 1; index -= 1) {
    try {
      renameSync(index === 1 ? file : `${file}.${index - 1}`, `${file}.${index}`);
    } catch {
      // Not there yet, or another process was quicker.
    }
  }
}

function open(file: string): { readonly fd: number; readonly size: number } {
  const fd = openSync(file, 'a', 0o600);
  const stat = fstatSync(fd);
  if (stat.isFile() && (stat.mode & 0o077) !== 0) fchmodSync(fd, 0o600);
  return { fd, size: stat.size };
}

function append(file: string, line: string, maxBytes: number): void {
  const bytes = Buffer.from(line, 'utf8');
  let target = open(file);
  try {
    if (target.size > 0 && target.size + bytes.length > maxBytes) {
      rotate(file);
      closeSync(target.fd);
      target = open(file);
    }
    // One write to a file opened for appending: lines of two processes do not mix.
    writeSync(target.fd, bytes);
  } finally {
    closeSync(target.fd);
  }
}

/** Opens nothing yet: the file and its folder (0700) are made with the first line. */
export function createLog(options: LogOptions): Log {
  const { file, level = 'info', now = Date.now, maxBytes = MAX_BYTES } = options;
  const secrets = new Set(options.secrets);
  let safe = makeSafe(redactor(secrets));
  let folderMade = false;

  const write = (at: LogLevel, event: string, fields: LogFields): void => {
    if (RANK[at] > RANK[level]) return;
    try {
      if (!folderMade) mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      folderMade = true;
      const head = { at: new Date(now()).toISOString(), level: at, pid: process.pid, event: safe(event) };
      // The head comes first and no field may take its place.
      const entry = { ...head, ...plainObject(fields, safe, DEPTH, []), ...head };
      append(file, `${JSON.stringify(entry)}\n`, maxBytes);
    } catch {
      // Full disk, read-only folder, a getter that throws: the work goes on without this line.
    }
  };

  return {
    file,
    level,
    error: (event, fields = {}) => write('error', event, fields),
    warn: (event, fields = {}) => write('warn', event, fields),
    info: (event, fields = {}) => write('info', event, fields),
    debug: (event, fields = {}) => write('debug', event, fields),
    hide: (secret) => {
      secrets.add(secret);
      safe = makeSafe(redactor(secrets));
    },
  };
}
