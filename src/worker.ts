/** The thread beside the screen's, and the process that a large book is reckoned in: what blocks or waits happens here. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Instant } from './units/day.ts';
import { type Order, startBackground } from './workspace/background.ts';
import { type Profile, type ProfileOptions, readProfile } from './workspace/profile.ts';
import { reckon } from './workspace/reckoning.ts';
import type { Answered, Asked } from './workspace/reckoning-process.ts';
import { openSession, type Session } from './workspace/session.ts';

function profileOf(options: Omit<ProfileOptions, 'now'>): Profile {
  const profile = readProfile({ ...options, now: () => Date.now() as Instant });
  if (!profile.ok) throw new Error(profile.error.kind);
  return profile.value;
}

if (parentPort) {
  const port = parentPort;
  const background = startBackground(
    profileOf(workerData as Omit<ProfileOptions, 'now'>),
    (news) => {
      port.postMessage(news);
      if (news.kind === 'closed') port.close();
    },
    new URL(import.meta.url),
  );
  port.on('message', (order: Order) => background.order(order));
} else if (process.send) {
  const answer = (answered: Answered): void => void process.send?.(answered);
  let session: Session | null = null;
  process.on('message', ({ options, sum }: Asked) => {
    session ??= openSession(profileOf(options), new AbortController().signal);
    reckon(session, sum).then(
      (value) => answer({ ok: true, value }),
      (error: unknown) => answer({ ok: false, message: error instanceof Error ? (error.stack ?? error.message) : '' }),
    );
  });
  // Let go, or the app is gone.
  process.once('disconnect', () => void (session?.close() ?? Promise.resolve()).finally(() => process.exit()));
} else throw new Error('this file is started by the app');
