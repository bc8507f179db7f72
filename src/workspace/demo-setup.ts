/** Makes the demo profile ready: connected like any other portal, filled once a day, what was written kept. */
import { rmSync } from 'node:fs';
import { explore, keepAnswers, ownerByEmail, propose } from './connect.ts';
import { markDemoStore } from './demo.ts';
import { type SyncRequest, syncNow } from './desk.ts';
import { RemoteError } from './errors.ts';
import type { Profile } from './profile.ts';
import { demoDay, openSession } from './session.ts';

/** Which of the demo's four CSMs sits at this desk. */
export const DEMO_ME = 'tanaka@demo.example';

/**
 * Connects the demo portal and fills its store. A store of another day is thrown away: the demo portal is made anew for
 * each day, only what people wrote to it stays.
 */
export async function prepareDemo(profile: Profile, signal: AbortSignal, onProgress: SyncRequest['onProgress']): Promise<Profile> {
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${profile.paths.cacheDb}${suffix}`, { force: true });
  const first = openSession(profile, signal);
  let connected: Profile;
  try {
    const { portal, discovery } = await explore(await first.gateway());
    const proposal = propose(discovery, {}, { mapping: {}, declined: [] });
    const me = ownerByEmail(discovery.portal.owners, DEMO_ME);
    if (!proposal.ok || me === null) throw new Error('the demo portal is not what this program expects');
    const settings = await keepAnswers(profile, {
      portal,
      mapping: proposal.value.mapping,
      declined: [],
      me: { ownerId: me.id, email: DEMO_ME },
      all: false,
    });
    connected = { ...profile, settings, connected: true };
    const session = { ...first, profile: connected };
    const synced = await syncNow(session, { full: true, ...(onProgress ? { onProgress } : {}) });
    if (synced.ok && synced.value.problem && !synced.value.complete) throw new RemoteError(synced.value.problem);
  } finally {
    await first.close();
  }
  if (!signal.aborted) markDemoStore(profile.paths.demoDir, demoDay(profile));
  return connected;
}
