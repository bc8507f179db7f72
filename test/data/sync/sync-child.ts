/** A process that syncs and, if told so, dies by its own SIGKILL right before the answer to its n-th request. */
import { openCache } from '../../../src/data/store/cache.ts';
import { runSync } from '../../../src/data/sync/sync.ts';
import type { Instant } from '../../../src/units/day.ts';
import { MAPPING } from './mapping.ts';
import { MemoryPortal } from './portal.ts';
import { furnishPortal, secondMorning } from './stories.ts';

const [path = '', morning = '1', attempt = '0', dieAt = '0'] = process.argv.slice(2);
const portal = new MemoryPortal(Date.UTC(2026, 10, 20) as Instant);
const companies = furnishPortal(portal, 70);
if (morning === '2') secondMorning(portal, companies);
const began = (portal.now + Number(attempt) * 1000) as Instant;

let count = 0;
portal.fault = () => {
  if (++count === Number(dieAt)) process.kill(process.pid, 'SIGKILL');
  return null;
};

const cache = await openCache(path);
const result = await runSync({ gateway: portal, cache, now: () => began }, { mapping: MAPPING, scope: '7' });
await cache.close();
if (!result.ok || !result.value.complete) process.exitCode = 1;
