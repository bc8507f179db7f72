/** The built program as a child process, against a HubSpot-compatible server that lives in the test's own process. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { onTestFinished } from 'vitest';
import { type SeedOptions, seedPortal } from '../../src/data/demo/portal/seed.ts';
import { type DemoServer, type DemoServerOptions, startDemoServer } from '../../src/data/demo/server.ts';
import type { PortalState } from '../../src/data/demo/state.ts';
import { type Day, dayOf, type Instant } from '../../src/units/day.ts';

const ROOT = join(import.meta.dirname, '../..');
export const BIN = join(ROOT, 'bin/kizashi.js');
export const ME = 'tanaka@demo.example';
export const ME_ID = '76400011';
/** Searched for in every file, log and message. */
export const TOKEN = 'pat-na1-c4a7a5e0-0d06-4f00-beef-ca11ab1e5afe';

export const now = (): Instant => Date.now() as Instant;
/** The seeded portal's day: its zone is Japan's, the program's clock is this machine's. */
export const today = (): Day => dayOf(now(), 'Asia/Tokyo');

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly home: string;
  /** Absent: no server is named. */
  readonly url?: string;
  /** null: none in the environment. */
  readonly token?: string | null;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
}

/** Starts the program with nothing inherited but the path. */
export function start(args: readonly string[], options: RunOptions): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [BIN, ...args], { env: environment(options) });
}

export function environment({ home, url, token = TOKEN, env = {} }: RunOptions): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: home,
    KIZASHI_HOME: join(home, 'kizashi'),
    LANG: 'en_US.UTF-8',
    TZ: 'UTC',
    ...(url === undefined ? {} : { KIZASHI_API_URL: url }),
    ...(token === null ? {} : { HUBSPOT_ACCESS_TOKEN: token }),
    ...env,
  };
}

export async function run(args: readonly string[], options: RunOptions): Promise<Ran> {
  const child = start(args, options);
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.stdin ?? '');
  return ended(child);
}

export async function ended(child: ChildProcessWithoutNullStreams): Promise<Ran> {
  const chunks = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  child.stdout.on('data', (chunk: Buffer) => chunks.stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => chunks.stderr.push(chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout: Buffer.concat(chunks.stdout).toString('utf8'), stderr: Buffer.concat(chunks.stderr).toString('utf8') };
}

/** A folder of its own, gone after the test or, outside one, with `rmSync` by whoever made it. */
export const tempFolder = (): string => mkdtempSync(join(tmpdir(), 'kizashi-cli-'));

export interface PortalOptions extends Partial<Omit<DemoServerOptions, 'portal'>> {
  readonly seed?: Partial<SeedOptions>;
  readonly portal?: DemoServerOptions['portal'];
}

/** Wide limits, told in headers as HubSpot does, so that the program's pacing takes no time. */
const WIDE = { perTenSeconds: 10_000, searchPerSecond: 1_000, perDay: 1_000_000 };

export function serve({ seed, portal, ...options }: PortalOptions = {}): Promise<DemoServer> {
  return startDemoServer({
    portal: portal ?? seedPortal({ asOf: today(), companies: 40, ...seed }),
    now,
    limits: WIDE,
    token: TOKEN,
    ...options,
  });
}

/** One portal, one home, and the program between them. */
export interface Desk {
  readonly server: DemoServer;
  /** What HOME is; settings and store are in `kizashi` inside. */
  readonly home: string;
  readonly options: RunOptions;
  run(args: readonly string[], more?: Partial<RunOptions>): Promise<Ran>;
  /** What it printed, as JSON; fails unless it ended with `code`. */
  json<T = Json>(args: readonly string[], code?: number, more?: Partial<RunOptions>): Promise<T>;
}

// biome-ignore lint/suspicious/noExplicitAny: what the program prints is looked into field by field
export type Json = any;

/** How a command is run: as a process of its own, or as in `inside.ts`. */
export type Runner = (args: readonly string[], options: RunOptions) => Promise<Ran>;

export type DeskOptions = PortalOptions & { readonly from?: string };

/** Both end with the test. */
export async function desk(options: DeskOptions = {}, runner: Runner = run): Promise<Desk> {
  const { from, ...portal } = options;
  const server = await serve(portal);
  onTestFinished(() => server.close());
  const home = tempFolder();
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  if (from !== undefined) cpSync(from, home, { recursive: true });
  return deskOf(server, home, runner);
}

export function deskOf(server: DemoServer, home: string, runner: Runner = run): Desk {
  const own: RunOptions = { home, url: server.url };
  const runHere: Desk['run'] = (args, more) => {
    if (!existsSync(join(home, 'kizashi'))) makeWide(join(home, 'kizashi'), server.portal);
    return runner(args, { ...own, ...more });
  };
  return {
    server,
    home,
    options: own,
    run: runHere,
    async json(args, code = 0, more) {
      const ran = await runHere([...args, '--json'], more);
      if (ran.code !== code) throw new Error(`kizashi ${args.join(' ')} ended with ${ran.code}, not ${code}\n${ran.stdout}\n${ran.stderr}`);
      return JSON.parse(ran.stdout);
    },
  };
}

/**
 * Before the first run, in the folder that KIZASHI_HOME names: a pacing file as if HubSpot had told that everything may come
 * at once. How far apart searches must be no answer tells, so that each of them would wait a quarter of a second.
 */
export function makeWide(folder: string, portal: Pick<PortalState, 'account'>): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'pace.db');
  if (existsSync(file)) return;
  const db = new DatabaseSync(file);
  try {
    db.exec('CREATE TABLE bucket (portal TEXT PRIMARY KEY, state TEXT NOT NULL) WITHOUT ROWID');
    const state = JSON.stringify({ max: WIDE.perTenSeconds, tokens: WIDE.perTenSeconds, searchSpacingMs: 0 });
    for (const id of ['unknown', String(portal.account.portalId)]) db.prepare('INSERT INTO bucket VALUES (?, ?)').run(id, state);
  } finally {
    db.close();
  }
  chmodSync(file, 0o600);
}

/** A home that is connected and synced, to be copied; the caller removes it. Made once in a run for each way of asking. */
export async function prepareHome(args: readonly string[] = ['--me', ME], portal: PortalOptions = {}): Promise<string> {
  const home = tempFolder();
  const { seed, ...special } = portal;
  const shared = process.env.KIZASHI_TEST_SHARED;
  if (shared === undefined || Object.keys(special).length > 0) await fill(home, args, portal);
  else {
    const key = createHash('sha256')
      .update(JSON.stringify([args, seed ?? null]))
      .digest('hex');
    copyAsIs(await madeOnce(join(shared, key), (folder) => fill(folder, args, portal)), home);
  }
  return home;
}

/** A copy keeps the modes of files by itself, those of folders not. */
function copyAsIs(from: string, to: string): void {
  cpSync(from, to, { recursive: true });
  for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
    const path = relative(from, join(entry.parentPath, entry.name));
    if (entry.isDirectory()) chmodSync(join(to, path), statSync(join(from, path)).mode);
  }
}

const LOOK_MS = 50;

/** The folder, made by whichever process of the run comes first; the others wait for it. */
async function madeOnce(folder: string, make: (folder: string) => Promise<void>): Promise<string> {
  const [done, failed] = [`${folder}.done`, `${folder}.failed`];
  const isFirst = mkdirSync(folder, { recursive: true }) !== undefined;
  if (isFirst) {
    try {
      await make(folder);
      writeFileSync(done, '');
    } catch (error) {
      writeFileSync(failed, '');
      throw error;
    }
  }
  while (!existsSync(done)) {
    if (existsSync(failed)) throw new Error('another file of this run could not prepare the home');
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  return folder;
}

async function fill(home: string, args: readonly string[], portal: PortalOptions): Promise<void> {
  const [server, { run: runner }] = await Promise.all([serve(portal), import('./inside.ts')]);
  try {
    const here = deskOf(server, home, runner);
    await here.json(['init', '--yes', ...args]);
    await here.json(['sync']);
    await here.json(['list']);
  } finally {
    await server.close();
  }
}
