/** Takes tokens for a while and prints when it got them. Arguments: file, lane, milliseconds. */
import { setTimeout as delay } from 'node:timers/promises';
import { openPace } from '../../../src/data/store/pace.ts';

const [path = '', lane = 'background', length = '0'] = process.argv.slice(2);
const granted: number[] = [];
let looked = 0;
const pace = openPace(path, 'portal', {
  now: () => {
    looked = Date.now();
    return looked;
  },
  sleep: (ms, signal) => delay(ms, undefined, { signal }),
  random: Math.random,
});
pace.learn({ max: 40, intervalMs: 1_000, dailyMax: null, dailyRemaining: null });
process.send?.('ready');
await new Promise((resolve) => process.once('message', resolve));
const end = Date.now() + Number(length);
const never = new AbortController().signal;
while (Date.now() < end) {
  await pace.take('other', lane === 'interactive' ? 'interactive' : 'background', never);
  granted.push(looked);
}
pace.close();
process.send?.(granted);
process.disconnect();
