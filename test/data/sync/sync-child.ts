/** A process that syncs over HTTP and, if told so, dies by its own SIGKILL when the answer to its n-th request has come. */
import { createGateway } from '../../../src/data/hubspot/gateway.ts';
import { openCache } from '../../../src/data/store/cache.ts';
import { runSync } from '../../../src/data/sync/sync.ts';
import type { Instant } from '../../../src/units/day.ts';
import { DEMO_MAPPING, DEMO_OWNER } from './mapping.ts';

const [path = '', url = '', token = '', now = '0', dieAt = '0'] = process.argv.slice(2);
const began = Number(now) as Instant;
let count = 0;
const gateway = createGateway({
  baseUrl: new URL(url),
  token,
  apiVersion: 'v3',
  pace: { take: async () => 'go', learn: () => undefined, hold: () => undefined },
  now: () => began,
  random: () => 0.5,
  sleep: async () => undefined,
  log: () => {
    if (++count === Number(dieAt)) process.kill(process.pid, 'SIGKILL');
  },
  proxy: { http: null, https: null, no: null },
});
const cache = await openCache(path);
const result = await runSync({ gateway, cache, now: () => began }, { mapping: DEMO_MAPPING, scope: DEMO_OWNER });
await cache.close();
gateway.close();
process.exitCode = result.ok && result.value.complete ? 0 : 1;
