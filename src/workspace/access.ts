/** What a token may read, asked of HubSpot itself: one small probe per object. */
import type { Gateway } from '../data/hubspot/types.ts';
import type { Mapping } from '../settings/mapping.ts';
import { RemoteError } from './errors.ts';
import type { Session } from './session.ts';

const OBJECTS = [
  'companies',
  'contacts',
  'tickets',
  'deals',
  'feedback_submissions',
  'notes',
  'tasks',
  'calls',
  'meetings',
  'emails',
] as const;

/** No record has it, so that an answer carries nothing. */
const NO_RECORD = '1';

export interface AccessGap {
  readonly object: string;
  /** Any one of them would do. */
  readonly scopes: readonly string[];
}

/** The objects that the token may not read. Throws `RemoteError` for any failure that is not about one object. */
export async function accessGaps(gateway: Gateway, mapping: Mapping): Promise<readonly AccessGap[]> {
  const custom = [mapping['mrr.object'], mapping['usage.object']].filter((object) => object !== undefined);
  const gaps = await Promise.all(
    [...OBJECTS, ...custom].map(async (object): Promise<AccessGap | null> => {
      // A batch read needs what reading needs, and is not held to the few searches a second.
      const reply = await gateway.read(object, [NO_RECORD], [], [], { lane: 'interactive' });
      if (reply.ok || reply.error.kind === 'not_found') return null;
      if (reply.error.kind === 'scope') return { object, scopes: reply.error.scopes };
      throw new RemoteError(reply.error);
    }),
  );
  return gaps.filter((gap) => gap !== null);
}

/** How many rows of the outbox HubSpot does not have yet. */
export async function listUnsent(session: Session): Promise<number> {
  const { countStates } = await import('../data/store/outbox-rows.ts');
  const states = await countStates((await session.local()).db);
  return states.filter(({ state }) => state !== 'sent' && state !== 'dropped').reduce((sum, { n }) => sum + n, 0);
}
