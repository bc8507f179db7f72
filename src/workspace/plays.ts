/** What running plays needs, read from the store, and the steps that only the outbox knows of. */
import { type PlayKit, playKit } from '../book/play-kit.ts';
import type { Outbox } from '../data/outbox/outbox.ts';
import type { Db } from '../data/store/driver.ts';
import type { OutboxRow } from '../data/store/outbox-rows.ts';
import { playSteps } from '../data/store/play-steps.ts';
import { markOf, readMark } from '../plays/planned.ts';
import type { MarkedRecord } from '../plays/progress.ts';
import type { Policy } from '../policy.ts';
import type { PortalNames } from '../rules/portal-check.ts';
import { dayOf, type Instant } from '../units/day.ts';
import type { Session } from './session.ts';

export async function openPlayKit(session: Session, policy: Policy): Promise<PlayKit> {
  const cache = await session.cache();
  const [owners, properties] = [await cache.owners(), await cache.propertyDefs('companies')];
  return playKit({ policy, owners, properties, myId: session.profile.settings.me?.ownerId ?? null });
}

/** What a policy file may name of the portal, as the store knows it. */
export async function portalNames(session: Session): Promise<PortalNames> {
  const cache = await session.cache();
  const [owners, properties] = [await cache.owners(), await cache.propertyDefs('companies')];
  const users = owners.flatMap(({ archived, email }) => (archived || email === null ? [] : [email.toLowerCase()]));
  return {
    users: owners.length === 0 ? null : new Set(users),
    properties:
      properties.length === 0
        ? null
        : new Map(
            properties.map(({ name, readOnly, calculated, options }) => [
              name,
              { readOnly: readOnly || calculated, options: options.map(({ value }) => value) },
            ]),
          ),
  };
}

export interface ActedInputs {
  readonly outbox: Outbox;
  readonly local: Db;
  readonly portalId: string;
  readonly companyId: string;
  readonly syncedAt: Instant | null;
  /** The portal's (IANA name). */
  readonly zone: string;
}

/**
 * Notes and tasks that wait, and those that were sent after `syncedAt`: HubSpot has them, the store does not yet. And the steps
 * that never carry a mark, as this machine knows them.
 */
export async function actedSteps(inputs: ActedInputs): Promise<MarkedRecord[]> {
  const { outbox, local, portalId, companyId, syncedAt, zone } = inputs;
  const rows = await outbox.list({ companyId, states: ['held', 'ready', 'sending', 'unknown', 'needs_you', 'sent', 'dropped'] });
  const marked = rows.flatMap((row): MarkedRecord[] => {
    const { kind, state, request, text, hsTimestamp, settledAt } = row;
    if (state === 'dropped' || (kind !== 'note' && kind !== 'task') || !readMark(request)) return [];
    const isSeen = state === 'sent' && settledAt !== null && syncedAt !== null && settledAt <= syncedAt;
    if (isSeen) return [];
    const now = state === 'sent' ? (kind === 'note' ? 'done' : 'open') : state === 'needs_you' ? 'needs_you' : 'waiting';
    return [{ kind, subject: text, body: request, on: dayOf(hsTimestamp, zone), state: now }];
  });
  const known = new Map(rows.map((row) => [row.id, row]));
  const unmarked = (await playSteps(local, portalId, companyId)).flatMap(({ play, step, run, rowId, subject, at }): MarkedRecord[] => {
    const common = { subject, body: markOf(play, step, run), on: dayOf(at, zone) };
    if (rowId === null) return [{ ...common, kind: 'email', state: 'drafted' }];
    const state = stateOfChange(known.get(rowId));
    return state === null ? [] : [{ ...common, kind: 'property', state }];
  });
  return [...marked, ...unmarked];
}

/** Null where it was given up. */
function stateOfChange(row: OutboxRow | undefined): MarkedRecord['state'] | null {
  // Rows that were sent are forgotten after a while; those that were given up take their step along.
  if (!row || row.state === 'sent') return 'done';
  return row.state === 'dropped' ? null : row.state === 'needs_you' ? 'needs_you' : 'waiting';
}
