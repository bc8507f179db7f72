/** A store as a user has it: the finished program connected to a portal of many companies and synced from it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seedPortal } from '../src/data/demo/portal/seed.ts';
import { startDemoServer } from '../src/data/demo/server.ts';
import { dayOf, type Instant } from '../src/units/day.ts';
import { PROGRAM, runNode } from './process.ts';

const TOKEN = 'bench';
/** Of 100 seeded companies 16 have left or never bought: a book lists the others. */
const COMPANIES_PER_ACCOUNT = 1.2;

export interface Store {
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
  /** How many accounts `list` shows. */
  readonly accounts: number;
  /** What the first sync took. */
  readonly sync: { readonly requests: number; readonly ms: number };
  /** The first `list`, which scores the book. */
  readonly firstList: { readonly ms: number };
}

/** At least `accounts` accounts. The portal is gone when this resolves: what follows is read from the disk. */
export async function makeStore(accounts: number): Promise<Store> {
  const home = mkdtempSync(join(tmpdir(), 'kizashi-bench-'));
  process.once('exit', () => rmSync(home, { recursive: true, force: true }));
  const now = (): Instant => Date.now() as Instant;
  const portal = seedPortal({ asOf: dayOf(now(), 'Asia/Tokyo'), companies: Math.ceil(accounts * COMPANIES_PER_ACCOUNT) });
  const server = await startDemoServer({ portal, now, limits: false, token: TOKEN });
  const env = { PATH: process.env.PATH ?? '', HOME: home, LANG: 'en_US.UTF-8', KIZASHI_HOME: join(home, 'kizashi') };
  const connected = { ...env, KIZASHI_API_URL: server.url, HUBSPOT_ACCESS_TOKEN: TOKEN };
  try {
    await runNode([PROGRAM, 'init', '--all', '--yes'], { env: connected });
    const sync = await runNode([PROGRAM, 'sync', '--full', '--json'], { env: connected });
    const { requests } = JSON.parse(sync.stdout) as { readonly requests: number };
    const list = await runNode([PROGRAM, 'list', '--json'], { env: connected });
    const { total } = JSON.parse(list.stdout) as { readonly total: number };
    if (total < accounts) throw new Error(`${total} accounts where ${accounts} were wanted`);
    return { home, env, accounts: total, sync: { requests, ms: sync.ms }, firstList: { ms: list.ms } };
  } finally {
    await server.close();
  }
}
