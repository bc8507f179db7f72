/** The thread beside the screen's: what blocks or waits happens here. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Instant } from './units/day.ts';
import { type Order, startBackground } from './workspace/background.ts';
import { type ProfileOptions, readProfile } from './workspace/profile.ts';

const port = parentPort;
if (!port) throw new Error('this file is started as a worker');

const profile = readProfile({ ...(workerData as Omit<ProfileOptions, 'now'>), now: () => Date.now() as Instant });
if (!profile.ok) throw new Error(profile.error.kind);

const background = startBackground(profile.value, (news) => {
  port.postMessage(news);
  if (news.kind === 'closed') port.close();
});
port.on('message', (order: Order) => background.order(order));
