/** The background without a thread, so that it stands at the same minute; what it tells goes through a copy, as between threads. */
import { startBackground } from '../../src/workspace/background.ts';
import type { startBackgroundThread } from '../../src/workspace/background-thread.ts';
import { readProfile } from '../../src/workspace/profile.ts';

export const startHere: typeof startBackgroundThread = (_url, options, { hear }) => {
  const profile = readProfile(options);
  if (!profile.ok) throw new Error(profile.error.kind);
  let close = (): void => undefined;
  const closed = new Promise<void>((resolve) => {
    close = resolve;
  });
  const background = startBackground(profile.value, (news) => {
    hear(structuredClone(news));
    if (news.kind === 'closed') close();
  });
  return {
    order: (order) => background.order(order),
    close: () => {
      background.order({ kind: 'close' });
      return closed;
    },
  };
};
