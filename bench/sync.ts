/** A sync of the finished program against portals of several sizes: requests, time within HubSpot's limits, memory. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DEFAULT_LIMITS } from '../src/data/demo/limits.ts';
import type { Figure } from './measure.ts';
import { PROGRAM } from './process.ts';
import { fewest, fewestByCall, fewestChanged } from './scale-shape.ts';

const MAPPING = {
  customers: 'lifecyclestage:customer',
  owner: 'hubspot_owner_id',
  'mrr.source': 'custom-object',
  'mrr.object': '2-101',
  'mrr.month': 'target_month',
  'mrr.amount': 'amount',
  'mrr.product': 'product',
  'profile.plan': 'plan',
};

interface Portal {
  readonly url: string;
  counts(): Promise<{ readonly all: number; readonly refused: number }>;
  change(): Promise<void>;
  close(): void;
}

async function startPortal(companies: number, isLimited: boolean): Promise<Portal> {
  const args = [join(import.meta.dirname, 'scale-portal.ts'), String(companies), ...(isLimited ? ['--limits'] : [])];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [url = ''] = await new Promise<string[]>((resolve) =>
    createInterface({ input: child.stdout }).once('line', (line) => resolve([line])),
  );
  return {
    url,
    counts: async () => (await fetch(`${url}/counts`)).json() as Promise<{ all: number; refused: number }>,
    change: async () => void (await fetch(`${url}/change`, { method: 'POST' })),
    close: () => child.kill(),
  };
}

interface Synced {
  readonly requests: number;
  readonly seconds: number;
  /** The most that the process ever had in memory, in MB; null where the system does not tell. */
  readonly peak: number | null;
}

const SAMPLE_MS = 250;

function peakOf(pid: number): number | null {
  try {
    const found = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return found ? Number(found[1]) / 1_024 : null;
  } catch {
    return null;
  }
}

function syncOnce(home: string, url: string): Promise<Synced> {
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    LANG: 'en_US.UTF-8',
    KIZASHI_HOME: home,
    KIZASHI_API_URL: url,
    HUBSPOT_ACCESS_TOKEN: 'bench',
  };
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(process.execPath, [PROGRAM, 'sync', '--json'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let peak: number | null = null;
    const timer = setInterval(() => {
      peak = peakOf(child.pid ?? 0) ?? peak;
    }, SAMPLE_MS);
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(timer);
      if (code !== 0) return reject(new Error(`sync ended with ${code}`));
      const { requests } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { readonly requests: number };
      resolve({ requests, seconds: (performance.now() - began) / 1_000, peak });
    });
  });
}

function connectedHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'kizashi-bench-'));
  process.once('exit', () => rmSync(home, { recursive: true, force: true }));
  mkdirSync(home, { recursive: true });
  const profile = { portalId: '1', all: true, mapping: MAPPING };
  writeFileSync(join(home, 'settings.json'), JSON.stringify({ version: 1, profiles: { default: profile } }), { mode: 0o600 });
  return home;
}

const ratio = (value: number, baseline: number): string => (value / baseline).toFixed(2);
const sized = (companies: number): string => companies.toLocaleString('en-US');

/** Requests of a first load and of a morning on which a twentieth has changed, beside the fewest; memory of the first load. */
export async function syncFigures(sizes: readonly number[]): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const companies of sizes) {
    process.stderr.write(`syncing ${sized(companies)} companies …\n`);
    const portal = await startPortal(companies, false);
    const home = connectedHome();
    try {
      const first = await syncOnce(home, portal.url);
      const asked = (await portal.counts()).all;
      if (asked !== first.requests) throw new Error(`${first.requests} requests told, ${asked} seen`);
      await portal.change();
      const morning = await syncOnce(home, portal.url);
      const of = `${sized(companies)} companies`;
      figures.push(
        {
          what: `requests of the first sync, ${of}`,
          value: String(first.requests),
          baseline: `records ÷ 100, lists ÷ 1,000, and 12: ${fewest(companies)} (by each call’s limits: ${fewestByCall(companies)})`,
          ratio: ratio(first.requests, fewest(companies)),
        },
        {
          what: `requests of a sync after 5 % changed, ${of}`,
          value: String(morning.requests),
          baseline: `fewest for the change: ${fewestChanged(companies)}`,
          ratio: ratio(morning.requests, fewestChanged(companies)),
        },
        {
          what: `peak memory of the first sync, ${of}`,
          value: first.peak === null ? 'not told' : `${first.peak.toFixed(0)} MB`,
          baseline: `in ${first.seconds.toFixed(0)} s, ${(asked / first.seconds).toFixed(0)} requests a second`,
          ratio: '–',
        },
      );
    } finally {
      portal.close();
      rmSync(home, { recursive: true, force: true });
    }
  }
  return figures;
}

/** The time of a first load against a portal that refuses what is above HubSpot’s limits, by a clock that runs as clocks do. */
export async function syncTimeFigures(companies: number): Promise<Figure[]> {
  process.stderr.write(`syncing ${sized(companies)} companies within HubSpot’s limits …\n`);
  const portal = await startPortal(companies, true);
  const home = connectedHome();
  try {
    const { seconds, requests } = await syncOnce(home, portal.url);
    const { refused } = await portal.counts();
    const least = (fewest(companies) * 10) / DEFAULT_LIMITS.perTenSeconds;
    return [
      {
        what: `time of the first sync within the limits, ${sized(companies)} companies`,
        value: `${seconds.toFixed(0)} s, ${requests} requests, ${refused} refused`,
        baseline: `${fewest(companies)} requests at ${DEFAULT_LIMITS.perTenSeconds} in ten seconds: ${least.toFixed(0)} s`,
        ratio: ratio(seconds, least),
      },
    ];
  } finally {
    portal.close();
    rmSync(home, { recursive: true, force: true });
  }
}
