/**
 * The simulated portal as a team would have it: on the HubSpot-compatible server, connected, synced and back-tested by
 * the built program. Its figures stand beside those of the same accounts read straight from the tables.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDemoServer } from '../src/data/demo/server.ts';
import type { Instant } from '../src/units/day.ts';
import { SYNTH_MAPPING, SYNTH_TODAY, synthPortal } from '../test/scoring/synthportal-served.ts';
import { PROGRAM, runNode } from './process.ts';

/** No limit that would take time, told in headers as HubSpot does. */
const WIDE = { perTenSeconds: 100_000, searchPerSecond: 10_000, perDay: 10_000_000 };

export interface Served {
  readonly accounts: number;
  readonly records: number;
  readonly requests: number;
  readonly seconds: number;
  // biome-ignore lint/suspicious/noExplicitAny: what the program prints is looked into field by field
  readonly backtest: any;
  // biome-ignore lint/suspicious/noExplicitAny: the same
  readonly calibrate: any;
}

/** `count` accounts at most. Throws where the program ends with another code than 0. */
export async function servedFigures(count?: number): Promise<Served> {
  const begun = performance.now();
  const portal = synthPortal(count);
  const now = (): Instant => Date.now() as Instant;
  const server = await startDemoServer({ portal, now, limits: WIDE });
  const home = mkdtempSync(join(tmpdir(), 'kizashi-synth-'));
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    KIZASHI_HOME: join(home, 'kizashi'),
    KIZASHI_API_URL: server.url,
    HUBSPOT_ACCESS_TOKEN: 'pat-na1-sample',
  };
  const kizashi = async (...args: string[]) => JSON.parse((await runNode([PROGRAM, ...args, '--json'], env)).stdout);
  try {
    await kizashi('init', '--yes', '--all', ...SYNTH_MAPPING);
    await kizashi('sync');
    const [backtest, calibrate] = [
      await kizashi('--offline', '--as-of', SYNTH_TODAY, 'backtest'),
      await kizashi('--offline', '--as-of', SYNTH_TODAY, 'calibrate'),
    ];
    return {
      accounts: portal.types.get('0-2')?.order.length ?? 0,
      records: [...portal.types.values()].reduce((sum, type) => sum + type.order.length, 0),
      requests: server.requests.length,
      seconds: (performance.now() - begun) / 1000,
      backtest,
      calibrate,
    };
  } finally {
    await server.close();
    rmSync(home, { recursive: true, force: true });
  }
}
