/** Looks for what an unclear attempt may have done, and decides by it: found, sent again, asked, or waited for. */
import type { Instant } from '../../units/day.ts';
import { addEvidence, type Because, changeRow, evidenceSince, type OutboxRow, type Sighting } from '../store/outbox-rows.ts';
import { settled } from './attempts.ts';
import { judgeUpdate, QUIET_BEFORE_CHANGING_AGAIN } from './changes.ts';
import type { Change } from './outcome.ts';
import { becauseOf, isHopeless, nextLook, provesAbsence } from './rules.ts';
import type { SenderParts } from './sender-parts.ts';
import type { Aims } from './target.ts';
import type { FrozenArchive, FrozenCreate, FrozenRequest, FrozenUpdate } from './types.ts';
import { hasWitness, type Look, look } from './verify.ts';

export interface Looks {
  /** `aims` null where they could not be looked up. Gives null: a failed look stands in nobody else's way. */
  look(row: OutboxRow, aims: Aims | null, signal: AbortSignal): Promise<null>;
}

type Seen = Pick<Look, 'search' | 'associations'>;

const both = (sighting: Sighting): Seen => ({ search: sighting, associations: sighting });

export function createLooks({ db, gateway, clock, changed }: SenderParts): Looks {
  const settle = async (row: OutboxRow, at: Instant, seen: Seen, change: Change): Promise<null> => {
    await db.transaction(async (tx) => {
      await addEvidence(tx, row.id, { at, search: seen.search, associations: seen.associations });
      await changeRow(tx, row.id, ['unknown'], { ...change, looks: row.looks + 1, crashes: 0, failures: 0 });
    });
    changed();
    return null;
  };
  const again = (now: Instant): Change => ({ state: 'ready', notBefore: now, inDoubt: 0, vouched: 0, because: null, nextLookAt: null });
  const toPerson = (because: Because): Change => ({ state: 'needs_you', because, nextLookAt: null });
  const later = (endedAt: Instant, now: Instant, because: Because | null): Change => ({ nextLookAt: nextLook(endedAt, now), because });

  const lookForCreated = async (row: OutboxRow, aims: Aims | null, signal: AbortSignal): Promise<null> => {
    const companyId = aims?.company(row.companyId) ?? null;
    const seen = await look(gateway, row, companyId, { lane: 'interactive', signal });
    if (signal.aborted && seen.hubspotId === null) {
      await changeRow(db, row.id, ['unknown'], { crashes: row.crashes });
      return null;
    }
    const now = clock.now();
    if (seen.hubspotId !== null) return settle(row, now, seen, settled(seen.hubspotId, now));
    const endedAt = row.endedAt ?? row.queuedAt;
    const answered = seen.search !== 'failed' || seen.associations !== 'failed';
    const looks = [...(await evidenceSince(db, row.id, endedAt)), { at: now, search: seen.search, associations: seen.associations }];
    const absent = companyId !== null && provesAbsence(endedAt, looks, row.vouched === 1);
    if (absent && (row.vouched === 1 || (await witnessed(row, endedAt, signal)))) return settle(row, now, seen, again(now));
    if (row.vouched === 0 && answered && isHopeless(row, looks, now))
      return settle(row, now, seen, toPerson({ code: 'unclear', params: {} }));
    return settle(row, now, seen, later(endedAt, now, seen.failure ? becauseOf(seen.failure) : row.because));
  };

  const witnessed = async (row: OutboxRow, since: Instant, signal: AbortSignal): Promise<boolean> => {
    const reply = await hasWitness(gateway, row.object, since, { lane: 'interactive', signal });
    return reply.ok && reply.value;
  };

  /** What HubSpot keeps unique may be sent again at will; asking first spares whoever has edited it since. */
  const lookByProperty = async (row: OutboxRow, property: string, signal: AbortSignal): Promise<null> => {
    const now = clock.now();
    if (row.hubspotId !== null) return settle(row, now, both('found'), again(now));
    const reply = await gateway.readBy(row.object, property, row.marker, { lane: 'interactive', signal });
    if (!reply.ok) return settle(row, now, both('failed'), later(row.endedAt ?? now, now, becauseOf(reply.error)));
    const id = reply.value?.id ?? null;
    return settle(row, now, both(id === null ? 'absent' : 'found'), { ...again(now), ...(id === null ? {} : { hubspotId: id }) });
  };

  const lookAtUpdate = async (row: OutboxRow, frozen: FrozenUpdate, aims: Aims | null): Promise<null> => {
    const now = clock.now();
    const endedAt = row.endedAt ?? row.queuedAt;
    const id = aims?.idOf(frozen.target) ?? null;
    if (aims === null || id === null) return settle(row, now, both('failed'), later(endedAt, now, row.because));
    const record = aims.record(frozen.object, id);
    if (record === null) return settle(row, now, both('absent'), toPerson({ code: 'target_gone', params: { companyId: row.companyId } }));
    const judged = judgeUpdate(frozen, record, endedAt, now);
    if (judged === 'sent') return settle(row, now, both('found'), settled(record.id, now));
    if (judged === 'wait') return settle(row, now, both('absent'), later(endedAt, now, row.because));
    if (judged === 'again') return settle(row, now, both('absent'), again(now));
    return settle(row, now, both('doubtful'), { ...toPerson(judged), inDoubt: 0 });
  };

  const lookAtArchive = async (row: OutboxRow, frozen: FrozenArchive, aims: Aims | null, signal: AbortSignal): Promise<null> => {
    const now = clock.now();
    const endedAt = row.endedAt ?? row.queuedAt;
    const id = aims?.idOf(frozen.target) ?? null;
    const reply = id === null ? null : await gateway.read(frozen.object, [id], ['hs_object_id'], [], { lane: 'interactive', signal });
    if (id === null || !reply?.ok)
      return settle(row, now, both('failed'), later(endedAt, now, reply && !reply.ok ? becauseOf(reply.error) : row.because));
    if (!reply.value.records.some((record) => record.id === id && !record.archived))
      return settle(row, now, both('found'), settled(id, now));
    const patient = now - endedAt < QUIET_BEFORE_CHANGING_AGAIN;
    return settle(row, now, both('absent'), patient ? later(endedAt, now, row.because) : again(now));
  };

  return {
    look: async (row, aims, signal) => {
      const frozen = JSON.parse(row.request) as FrozenRequest;
      if (!(await changeRow(db, row.id, ['unknown'], { crashes: row.crashes + 1 }))) return null;
      if (frozen.operation === 'update') return lookAtUpdate(row, frozen, aims);
      if (frozen.operation === 'archive') return lookAtArchive(row, frozen, aims, signal);
      const { uniqueProperty } = frozen satisfies FrozenCreate;
      return uniqueProperty === undefined ? lookForCreated(row, aims, signal) : lookByProperty(row, uniqueProperty, signal);
    },
  };
}
