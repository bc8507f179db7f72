/** The attempts: a commit before anything leaves, one request, a commit of what became of it. */

import { withMarker } from '../../plays/marker.ts';
import type { Instant } from '../../units/day.ts';
import type { Result } from '../../units/result.ts';
import type { ApiFailure, CallOptions, CrmRecord } from '../hubspot/types.ts';
import { bodyPropertyOf, linkedObject, linksOf } from '../hubspot/write.ts';
import { type AttemptRecord, addAttempt, type Because, changeRow, forgetMarkerProperty, type OutboxRow } from '../store/outbox-rows.ts';
import { planUpdate } from './changes.ts';
import { hashOf } from './freeze.ts';
import { type Answer, answerOfCreate, type Change, type Outcome, outcomeOf } from './outcome.ts';
import type { SenderParts } from './sender-parts.ts';
import type { Aims } from './target.ts';
import type { FrozenArchive, FrozenCreate, FrozenRequest, FrozenUpdate } from './types.ts';

export interface Attempts {
  /** Attempts the row; gives the failure that stands in the way of every row, null otherwise. */
  send(row: OutboxRow, aims: Aims, signal: AbortSignal): Promise<ApiFailure | null>;
  /** Commits what could not be committed before. Throws `StoreError` while it still cannot. */
  finish(): Promise<void>;
}

/** How long an attempt in flight may go on after the program was asked to end. */
const GRACE_MS = 3000;

export function createAttempts({ db, gateway, clock, random, portalId, timeZone, changed }: SenderParts): Attempts {
  /** Outcomes that could not be committed yet; without them their rows would stay in `sending` while we live. */
  const uncommitted = new Map<string, Outcome>();

  const commit = async (id: string, outcome: Outcome): Promise<void> => {
    uncommitted.set(id, outcome);
    await db.transaction(async (tx) => {
      await changeRow(tx, id, ['sending'], outcome.change);
      await addAttempt(tx, id, outcome.attempt);
    });
    uncommitted.delete(id);
    changed();
  };

  const giveToPerson = async (row: OutboxRow, because: Because): Promise<null> => {
    await changeRow(db, row.id, ['ready'], { state: 'needs_you', because, nextLookAt: null });
    changed();
    return null;
  };

  /** Runs the calls with the time that an attempt in flight gets when the program ends. */
  const inFlight = async (signal: AbortSignal, body: (options: CallOptions) => Promise<Answer>): Promise<Answer> => {
    const stop = new AbortController();
    const done = new AbortController();
    const giveUp = () => void clock.sleep(GRACE_MS, done.signal).then(() => stop.abort());
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
    try {
      return await body({ lane: 'interactive', signal: stop.signal });
    } catch {
      // Not a failure that the gateway names: whatever it was, nobody knows whether the request got through.
      return { kind: 'broken' };
    } finally {
      signal.removeEventListener('abort', giveUp);
      done.abort();
    }
  };

  const attempt = async (
    row: OutboxRow,
    change: Change,
    signal: AbortSignal,
    body: (options: CallOptions) => Promise<Answer>,
  ): Promise<ApiFailure | null> => {
    const startedAt = clock.now();
    const taken = await changeRow(db, row.id, ['ready'], {
      state: 'sending',
      ...change,
      attempts: row.attempts + 1,
      crashes: row.crashes + 1,
      attemptedAt: startedAt,
      endedAt: startedAt,
      inDoubt: 1,
      because: null,
    });
    if (!taken) return null;
    changed();
    const answer = await inFlight(signal, body);
    const outcome = outcomeOf(row, answer, startedAt, clock.now(), random(), timeZone);
    await commit(row.id, outcome);
    return outcome.pause;
  };

  const create = async (row: OutboxRow, frozen: FrozenCreate, aims: Aims, signal: AbortSignal): Promise<ApiFailure | null> => {
    const companyId = aims.company(row.companyId);
    if (companyId === null) return giveToPerson(row, { code: 'target_gone', params: { companyId: row.companyId } });
    const aimed = retarget(frozen, row.companyId, companyId);
    const change = { companyId, request: JSON.stringify(aimed) };
    const { uniqueProperty } = aimed;
    if (uniqueProperty !== undefined)
      return attempt(row, change, signal, (options) => createOnce({ ...aimed, uniqueProperty }, row, options));
    return attempt(row, change, signal, async (options) => {
      const reply = await gateway.create(aimed.object, aimed.record, options);
      return reply.ok ? answerOfCreate(reply.value, row.marker) : { kind: 'failed', failure: reply.error };
    });
  };

  /** By the property that HubSpot keeps unique: the record first, kept under its id, then what it hangs on. Each step may be repeated. */
  const createOnce = async (
    frozen: FrozenCreate & { readonly uniqueProperty: string },
    row: OutboxRow,
    options: CallOptions,
  ): Promise<Answer> => {
    const { object, record, uniqueProperty } = frozen;
    let { hubspotId } = row;
    if (hubspotId === null) {
      const { [uniqueProperty]: _, ...properties } = record.properties;
      const reply = await gateway.upsert(object, uniqueProperty, row.marker, properties, options);
      if (!reply.ok) {
        if (!isAboutProperty(reply.error, uniqueProperty)) return { kind: 'failed', failure: reply.error };
        await markInText(frozen, row);
        return { kind: 'again' };
      }
      const answer = answerOfCreate(reply.value, row.marker);
      if (answer.kind !== 'confirmed' || answer.hubspotId === null) return answer;
      hubspotId = answer.hubspotId;
      await changeRow(db, row.id, ['sending'], { hubspotId });
    }
    for (const { to, id } of linksOf(object, record)) {
      const linked = await gateway.associate(object, hubspotId, to, id, options);
      if (!linked.ok) return { kind: 'failed', failure: linked.error };
    }
    return { kind: 'confirmed', hubspotId, status: 200 };
  };

  /** The unique property is gone from the portal: this row and those after it are marked in their text. */
  const markInText = async (frozen: FrozenCreate & { readonly uniqueProperty: string }, row: OutboxRow): Promise<void> => {
    const { uniqueProperty, ...rest } = frozen;
    const { [uniqueProperty]: _, ...properties } = frozen.record.properties;
    const body = bodyPropertyOf(frozen.object);
    const marked = { ...properties, [body]: withMarker(properties[body] ?? '', row.marker) };
    const request = JSON.stringify({ ...rest, record: { ...frozen.record, properties: marked } });
    await db.transaction(async (tx) => {
      await forgetMarkerProperty(tx, portalId, frozen.object);
      await changeRow(tx, row.id, ['sending'], { request, requestHash: hashOf(request) });
    });
  };

  const update = async (row: OutboxRow, frozen: FrozenUpdate, aims: Aims, signal: AbortSignal): Promise<ApiFailure | null> => {
    const id = aims.idOf(frozen.target);
    const record = id === null ? null : aims.record(frozen.object, id);
    if (record === null) return giveToPerson(row, { code: 'target_gone', params: { companyId: row.companyId } });
    const plan = planUpdate(frozen, record);
    if (plan.kind === 'conflict') return giveToPerson(row, plan.because);
    if (plan.kind === 'already') return settle(row, record.id);
    const companyId = frozen.object === 'companies' ? record.id : row.companyId;
    return attempt(row, { companyId, request: JSON.stringify(plan.request) }, signal, async (options) => {
      const reply = await gateway.update(frozen.object, record.id, plan.properties, options);
      return answerOfChange(reply, record.id);
    });
  };

  const archive = async (row: OutboxRow, frozen: FrozenArchive, aims: Aims, signal: AbortSignal): Promise<ApiFailure | null> => {
    const id = aims.idOf(frozen.target);
    if (id === null) return giveToPerson(row, { code: 'target_gone', params: { companyId: row.companyId } });
    return attempt(row, {}, signal, async (options) => {
      const reply = await gateway.archive(frozen.object, id, options);
      if (reply.ok || reply.error.kind === 'not_found') return { kind: 'confirmed', hubspotId: id, status: 204 };
      return { kind: 'failed', failure: reply.error };
    });
  };

  /** Nothing to send: HubSpot holds it already. */
  const settle = async (row: OutboxRow, hubspotId: string): Promise<null> => {
    const now = clock.now();
    const log: AttemptRecord = { startedAt: now, endedAt: now, status: null, correlationId: null, outcome: 'already' };
    await db.transaction(async (tx) => {
      await changeRow(tx, row.id, ['ready'], settled(hubspotId, now));
      await addAttempt(tx, row.id, log);
    });
    changed();
    return null;
  };

  return {
    send: async (row, aims, signal) => {
      const frozen = JSON.parse(row.request) as FrozenRequest;
      switch (frozen.operation) {
        case 'create':
          return create(row, frozen, aims, signal);
        case 'update':
          return update(row, frozen, aims, signal);
        case 'archive':
          return archive(row, frozen, aims, signal);
      }
    },
    finish: async () => {
      for (const [id, outcome] of [...uncommitted]) await commit(id, outcome);
    },
  };
}

export const settled = (hubspotId: string, now: Instant): Change => ({
  state: 'sent',
  hubspotId,
  inDoubt: 0,
  crashes: 0,
  failures: 0,
  because: null,
  nextLookAt: null,
  settledAt: now,
});

/** A change that HubSpot answers with the record's own id was made. */
const answerOfChange = (reply: Result<CrmRecord, ApiFailure>, id: string): Answer => {
  if (!reply.ok) return { kind: 'failed', failure: reply.error };
  return reply.value.id === id ? { kind: 'confirmed', hubspotId: id, status: 200 } : { kind: 'doubtful', status: 200 };
};

const isAboutProperty = (failure: ApiFailure, property: string): boolean => failure.status === 400 && failure.message.includes(property);

/** The request with its company replaced by the one that survived a merge. */
function retarget(frozen: FrozenCreate, from: string, to: string): FrozenCreate {
  if (from === to) return frozen;
  const associations = frozen.record.associations.map((one) =>
    one.toId === from && linkedObject(frozen.object, one) === 'companies' ? { ...one, toId: to } : one,
  );
  return { ...frozen, record: { ...frozen.record, associations } };
}
