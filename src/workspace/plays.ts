/** What running plays needs, read from the store, and the steps that only the outbox knows of. */
import { type PlayKit, playKit } from '../book/play-kit.ts';
import type { Outbox } from '../data/outbox/outbox.ts';
import { readMark } from '../plays/planned.ts';
import type { MarkedRecord } from '../plays/progress.ts';
import type { Policy } from '../policy.ts';
import { dayOf, type Instant } from '../units/day.ts';
import type { Session } from './session.ts';

export async function openPlayKit(session: Session, policy: Policy): Promise<PlayKit> {
  const cache = await session.cache();
  const [owners, properties] = [await cache.owners(), await cache.propertyDefs('companies')];
  return playKit({ policy, owners, properties, myId: session.profile.settings.me?.ownerId ?? null });
}

/** Steps that wait, and those that were sent after `syncedAt`: HubSpot has them, the store does not yet. */
export async function actedSteps(outbox: Outbox, companyId: string, syncedAt: Instant | null, zone: string): Promise<MarkedRecord[]> {
  const rows = await outbox.list({ companyId, states: ['held', 'ready', 'sending', 'unknown', 'needs_you', 'sent'] });
  return rows.flatMap((row): MarkedRecord[] => {
    const { kind, state, request, text, hsTimestamp, settledAt } = row;
    if ((kind !== 'note' && kind !== 'task') || !readMark(request)) return [];
    const isSeen = state === 'sent' && settledAt !== null && syncedAt !== null && settledAt <= syncedAt;
    if (isSeen) return [];
    const now = state === 'sent' ? (kind === 'note' ? 'done' : 'open') : state === 'needs_you' ? 'needs_you' : 'waiting';
    return [{ kind, subject: text, body: request, on: dayOf(hsTimestamp, zone), state: now }];
  });
}
