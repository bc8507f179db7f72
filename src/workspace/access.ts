/** What a token may read, asked of HubSpot itself: one small probe per object. */
import { ANY_EVENT } from '../data/hubspot/discovery-gather.ts';
import type { ApiFailure, Gateway, Reply } from '../data/hubspot/types.ts';
import { EVENTS, eventTypesIn, type Mapping } from '../settings/mapping.ts';
import { RemoteError } from './errors.ts';
import type { Session } from './session.ts';

/** What setting up a portal asks for, and what is tried to see whether the token has it. */
const ASKED = [
  { id: 'companies', scopes: ['crm.objects.companies.read'] },
  { id: 'owners', scopes: ['crm.objects.owners.read'] },
  { id: 'contacts', scopes: ['crm.objects.contacts.read'] },
  { id: 'notes', scopes: ['crm.objects.contacts.write'] },
  { id: 'changes', scopes: ['crm.objects.companies.write', 'crm.schemas.companies.write'] },
  { id: 'custom', scopes: ['crm.objects.custom.read', 'crm.schemas.custom.read'] },
  { id: 'tickets', scopes: ['tickets'] },
  { id: 'deals', scopes: ['crm.objects.deals.read'] },
  { id: 'line_items', scopes: ['crm.objects.line_items.read'] },
  { id: 'subscriptions', scopes: ['crm.objects.subscriptions.read'] },
  { id: 'feedback_submissions', scopes: ['crm.objects.feedback_submissions.read'] },
  { id: 'emails', scopes: ['sales-email-read'] },
] as const;

export type AskedId = (typeof ASKED)[number]['id'];

/** Every scope that `init` asks for; none of them but the first is needed for a sync. */
export const SCOPES: readonly string[] = ASKED.flatMap(({ scopes }) => scopes);

/**
 * `ok` it may be read · `missing` a scope is not there · `absent` the portal has no such thing, whatever the scopes ·
 * `untried` nothing but a write would tell
 */
export interface Access {
  readonly id: AskedId;
  readonly scopes: readonly string[];
  readonly state: 'ok' | 'missing' | 'absent' | 'untried';
}

/** Throws `RemoteError` for any failure that is not about one object. */
export async function probeAccess(gateway: Gateway): Promise<readonly Access[]> {
  const call = { lane: 'interactive' } as const;
  const ask = (id: AskedId): Reply<unknown> | null => {
    if (id === 'notes' || id === 'changes') return null;
    if (id === 'owners') return gateway.owners(call);
    if (id === 'custom') return customAccess(gateway);
    return gateway.read(id, [NO_RECORD], [], [], call);
  };
  return Promise.all(
    ASKED.map(async ({ id, scopes }): Promise<Access> => {
      const reply = await ask(id);
      return { id, scopes, state: reply === null ? 'untried' : reply.ok ? 'ok' : lackOf(reply.error) };
    }),
  );
}

/** Definitions and records of custom objects have a scope each. */
async function customAccess(gateway: Gateway): Reply<unknown> {
  const call = { lane: 'interactive' } as const;
  const schemas = await gateway.schemas(call);
  const [first] = schemas.ok ? schemas.value : [];
  return first ? gateway.read(first.objectTypeId, [NO_RECORD], [], [], call) : schemas;
}

function lackOf(failure: ApiFailure): 'missing' | 'absent' {
  if (failure.kind === 'scope') return failure.scopes.length > 0 ? 'missing' : 'absent';
  if (failure.kind === 'not_found' || failure.kind === 'invalid') return 'absent';
  throw new RemoteError(failure);
}

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
  const [type = ''] = eventTypesIn(mapping['usage.events']);
  const events = mapping['usage.source'] === EVENTS && type !== '' ? [EVENTS] : [];
  const gaps = await Promise.all(
    [...OBJECTS, ...custom, ...events].map(async (object): Promise<AccessGap | null> => {
      // A batch read needs what reading needs, and is not held to the few searches a second.
      const reply = await (object === EVENTS
        ? gateway.events({ ...ANY_EVENT, type }, { lane: 'interactive' })
        : gateway.read(object, [NO_RECORD], [], [], { lane: 'interactive' }));
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
