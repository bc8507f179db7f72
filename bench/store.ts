/** A store as a user has it: the finished program connected to a portal of many companies and synced from it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seedPortal } from '../src/data/demo/portal/seed.ts';
import { type DemoServer, startDemoServer } from '../src/data/demo/server.ts';
import { dayOf, type Instant } from '../src/units/day.ts';
import { PROGRAM, runNode } from './process.ts';

const TOKEN = 'bench';
/** Of 100 seeded companies 16 have left or never bought: a book lists the others. */
const COMPANIES_PER_ACCOUNT = 1.2;
/** Held up by what the work costs and by five searches a second, not by a small plan's calls a second. */
const LIMITS = { perTenSeconds: 1_000_000, searchPerSecond: 5, perDay: 1_000_000_000 };

export interface Store {
  /** Of a program that works on it. */
  readonly env: NodeJS.ProcessEnv;
  readonly cacheDb: string;
  /** How many accounts `list` shows. */
  readonly accounts: number;
  /** Some account at the top of the list. */
  readonly firstName: string;
  /** Requests of the first sync. */
  readonly requests: number;
}

const made = new Map<number, Promise<Store>>();

/** At least `accounts` accounts; made once a run. The portal is gone when this resolves: what follows is read from the disk. */
export function storeOf(accounts: number): Promise<Store> {
  const found = made.get(accounts) ?? makeStore(accounts);
  made.set(accounts, found);
  return found;
}

/** The portal that such a store was made from, as it was then. */
function serve(accounts: number): Promise<DemoServer> {
  const now = (): Instant => Date.now() as Instant;
  const portal = seedPortal({ asOf: dayOf(now(), 'Asia/Tokyo'), companies: Math.ceil(accounts * COMPANIES_PER_ACCOUNT) });
  return startDemoServer({ portal, now, limits: LIMITS, token: TOKEN });
}

export interface Portal {
  /** Of a program that syncs with it. */
  readonly env: NodeJS.ProcessEnv;
  /** Somebody else changes a company there. */
  touch(): Promise<void>;
  close(): Promise<void>;
}

/** The store's portal is there again. */
export async function portalOf(accounts: number, { env }: Store): Promise<Portal> {
  const server = await serve(accounts);
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
  const companies = `${server.url}/crm/v3/objects/companies`;
  return {
    env: { ...env, KIZASHI_API_URL: server.url, HUBSPOT_ACCESS_TOKEN: TOKEN },
    touch: async () => {
      const { results } = (await (await fetch(`${companies}?limit=1`, { headers })).json()) as {
        readonly results: readonly { readonly id: string }[];
      };
      const body = JSON.stringify({ properties: { phone: String(Date.now()) } });
      const changed = await fetch(`${companies}/${results[0]?.id}`, { method: 'PATCH', headers, body });
      if (!changed.ok) throw new Error(`the portal answered ${changed.status}`);
    },
    close: () => server.close(),
  };
}

/** One of its own. */
export async function makeStore(accounts: number): Promise<Store> {
  process.stderr.write(`making a store of ${accounts} accounts …\n`);
  const folder = mkdtempSync(join(tmpdir(), 'kizashi-bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const server = await serve(accounts);
  const home = join(folder, 'kizashi');
  const env = { PATH: process.env.PATH, HOME: folder, LANG: 'en_US.UTF-8', KIZASHI_HOME: home };
  const connected = { ...env, KIZASHI_API_URL: server.url, HUBSPOT_ACCESS_TOKEN: TOKEN };
  try {
    await runNode([PROGRAM, 'init', '--all', '--yes'], connected);
    const { requests } = JSON.parse((await runNode([PROGRAM, 'sync', '--full', '--json'], connected)).stdout) as {
      readonly requests: number;
    };
    const list = JSON.parse((await runNode([PROGRAM, 'list', '--json'], connected)).stdout) as {
      readonly accounts: readonly { readonly name: string }[];
    };
    if (list.accounts.length < accounts) throw new Error(`${list.accounts.length} accounts where ${accounts} were wanted`);
    // A name that a terminal shows as it is, so that it can be looked for in what the app writes.
    const firstName = list.accounts.slice(0, 5).find(({ name }) => /^[\x20-\x7e]{3,20}$/.test(name))?.name;
    return {
      env,
      cacheDb: join(home, 'profiles/default/cache.db'),
      accounts: list.accounts.length,
      firstName: firstName ?? list.accounts[0]?.name.slice(0, 4) ?? '',
      requests,
    };
  } finally {
    await server.close();
  }
}
