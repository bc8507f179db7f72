/** One sender at work: takes due rows through look-ups and attempts. Runs only under the sender lock. */
import type { Instant } from '../../units/day.ts';
import type { ApiFailure, CrmRecord, Gateway } from '../hubspot/types.ts';
import type { Db } from '../store/driver.ts';
import {
  type AttemptRecord,
  addAttempt,
  addEvidence,
  type Because,
  changeRow,
  doubtUnfinished,
  dueLooks,
  dueRows,
  evidenceSince,
  type OutboxRow,
  pauseDue,
  releaseHeld,
} from '../store/outbox-rows.ts';
import type { Random } from './ids.ts';
import { becauseOf, isHopeless, MAX_CRASHES, nextLook, provesAbsence, retryAt, verdictOf } from './rules.ts';
import { findTargets, type Targets } from './target.ts';
import type { Clock, FrozenRequest } from './types.ts';
import { hasWitness, look } from './verify.ts';

export interface SenderParts {
  readonly db: Db;
  readonly gateway: Gateway;
  readonly clock: Clock;
  readonly random: Random;
  readonly portalId: string;
  readonly changed: () => void;
}

export interface Sender {
  /** To be called once, before the first pass: what an earlier sender left in `sending` becomes `unknown`. */
  recover(): Promise<void>;
  /** Does what is due now, some rows of it; true where it did anything. Throws `StoreError` where a commit failed. */
  pass(signal: AbortSignal): Promise<boolean>;
}

/** Rows taken at a time: their companies are looked up by one request, seconds before the attempts. */
const HANDFUL = 20;
/** How long an attempt in flight may go on after the program was asked to end. */
const GRACE_MS = 3000;

type Change = Parameters<typeof changeRow>[3];

interface Outcome {
  readonly change: Change;
  readonly attempt: AttemptRecord;
  /** What stands in the way of every row. */
  readonly pause: ApiFailure | null;
}

export function createSender(parts: SenderParts): Sender {
  const { db, gateway, clock, random, portalId, changed } = parts;
  /** Outcomes that could not be committed yet; without them their rows would stay in `sending` while we live. */
  const uncommitted = new Map<string, Outcome>();
  let portalConfirmed = false;

  const pause = async (failure: ApiFailure, failures: number): Promise<void> => {
    const now = clock.now();
    await pauseDue(db, portalId, now, retryAt(now, failures, failure.retryAt, random()), becauseOf(failure));
    changed();
  };

  const commit = async (id: string, outcome: Outcome): Promise<void> => {
    uncommitted.set(id, outcome);
    await db.transaction(async (tx) => {
      await changeRow(tx, id, ['sending'], outcome.change);
      await addAttempt(tx, id, outcome.attempt);
    });
    uncommitted.delete(id);
    changed();
  };

  /** Never sends with a token that belongs to another portal than the rows. */
  const confirmPortal = async (rows: readonly OutboxRow[], signal: AbortSignal): Promise<boolean> => {
    if (portalConfirmed) return true;
    const reply = await gateway.portalInfo({ lane: 'interactive', signal });
    if (!reply.ok) {
      if (!signal.aborted) await pause(reply.error, rows[0]?.failures ?? 0);
      return false;
    }
    portalConfirmed = reply.value.portalId === portalId;
    if (!portalConfirmed) {
      const now = clock.now();
      const because: Because = { code: 'other_portal', params: { portalId: reply.value.portalId } };
      await pauseDue(db, portalId, now, retryAt(now, 10, null, random()), because);
      changed();
    }
    return portalConfirmed;
  };

  const attempt = async (row: OutboxRow, companyId: string, signal: AbortSignal): Promise<boolean> => {
    const frozen = retarget(JSON.parse(row.request) as FrozenRequest, row.companyId, companyId);
    const startedAt = clock.now();
    const taken = await changeRow(db, row.id, ['ready'], {
      state: 'sending',
      attempts: row.attempts + 1,
      crashes: row.crashes + 1,
      companyId,
      request: JSON.stringify(frozen),
      attemptedAt: startedAt,
      endedAt: startedAt,
      inDoubt: 1,
      because: null,
    });
    if (!taken) return true;
    changed();
    const answer = await post(frozen, signal);
    const outcome = outcomeOf(row, answer, startedAt, clock.now(), random());
    await commit(row.id, outcome);
    if (outcome.pause) await pause(outcome.pause, row.failures);
    return outcome.pause === null;
  };

  const post = async (frozen: FrozenRequest, signal: AbortSignal): Promise<CrmRecord | ApiFailure | null> => {
    const stop = new AbortController();
    const done = new AbortController();
    const giveUp = () => void clock.sleep(GRACE_MS, done.signal).then(() => stop.abort());
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
    try {
      const reply = await gateway.create(frozen.object, frozen.record, { lane: 'interactive', signal: stop.signal });
      return reply.ok ? reply.value : reply.error;
    } catch {
      // Not a failure that the gateway names: whatever it was, nobody knows whether the request got through.
      return null;
    } finally {
      signal.removeEventListener('abort', giveUp);
      done.abort();
    }
  };

  const sendDue = async (signal: AbortSignal): Promise<boolean> => {
    const due = await dueRows(db, portalId, clock.now(), HANDFUL);
    if (due.length === 0) return false;
    if (!(await confirmPortal(due, signal))) return true;
    const targets = await findTargets(gateway, companiesOf(due), { lane: 'interactive', signal });
    if (!targets.ok) {
      if (!signal.aborted) await pause(targets.error, due[0]?.failures ?? 0);
      return true;
    }
    for (const row of due) {
      if (signal.aborted) break;
      if (!(await guarded(row, 'ready', () => sendOne(row, targets.value, signal)))) break;
    }
    return true;
  };

  const sendOne = async (row: OutboxRow, targets: Targets, signal: AbortSignal): Promise<boolean> => {
    const companyId = targets.get(row.companyId) ?? null;
    if (row.crashes >= MAX_CRASHES) await giveToPerson(row, { code: 'crashed', params: { n: row.crashes } });
    else if (companyId === null) await giveToPerson(row, { code: 'target_gone', params: { companyId: row.companyId } });
    else return await attempt(row, companyId, signal);
    return true;
  };

  const giveToPerson = async (row: OutboxRow, because: Because): Promise<void> => {
    await changeRow(db, row.id, [row.state], { state: 'needs_you', because, nextLookAt: null });
    changed();
  };

  /** A row whose own data breaks the sender is counted, delayed and in the end handed to a person; the rest goes on. */
  const guarded = async (row: OutboxRow, state: 'ready' | 'unknown', body: () => Promise<boolean>): Promise<boolean> => {
    try {
      return await body();
    } catch (error) {
      if (!(error instanceof SyntaxError || error instanceof TypeError || error instanceof RangeError)) throw error;
      const crashes = row.crashes + 1;
      const later = retryAt(clock.now(), crashes, null, random());
      await changeRow(db, row.id, [state], {
        crashes,
        notBefore: later,
        nextLookAt: later,
        because: { code: 'crashed', params: { n: crashes } },
      });
      changed();
      return true;
    }
  };

  const lookDue = async (signal: AbortSignal): Promise<boolean> => {
    const due = await dueLooks(db, portalId, clock.now(), HANDFUL);
    if (due.length === 0) return false;
    if (!(await confirmPortal(due, signal))) {
      // The rows in doubt wait as well; nothing was looked at, so nothing is evidence.
      const now = clock.now();
      for (const row of due)
        await changeRow(db, row.id, ['unknown'], { nextLookAt: retryAt(now, row.failures, null, random()), failures: row.failures + 1 });
      return true;
    }
    const targets = await findTargets(gateway, companiesOf(due), { lane: 'interactive', signal });
    for (const row of due) {
      if (signal.aborted) break;
      const companyId = targets.ok ? (targets.value.get(row.companyId) ?? null) : null;
      await guarded(row, 'unknown', () => lookOne(row, companyId, signal));
    }
    return true;
  };

  const lookOne = async (row: OutboxRow, companyId: string | null, signal: AbortSignal): Promise<boolean> => {
    if (row.crashes >= MAX_CRASHES) {
      await giveToPerson(row, { code: 'crashed', params: { n: row.crashes } });
      return true;
    }
    if (!(await changeRow(db, row.id, ['unknown'], { crashes: row.crashes + 1 }))) return true;
    const seen = await look(gateway, row, companyId, { lane: 'interactive', signal });
    if (signal.aborted && seen.hubspotId === null) {
      await changeRow(db, row.id, ['unknown'], { crashes: row.crashes });
      return true;
    }
    const now = clock.now();
    if (seen.hubspotId !== null) {
      await settleLook(row, now, seen, {
        state: 'sent',
        hubspotId: seen.hubspotId,
        inDoubt: 0,
        because: null,
        nextLookAt: null,
        settledAt: now,
      });
      return true;
    }
    const endedAt = row.endedAt ?? row.queuedAt;
    const answered = seen.search !== 'failed' || seen.associations !== 'failed';
    const looks = [...(await evidenceSince(db, row.id, endedAt)), { at: now, search: seen.search, associations: seen.associations }];
    const absent = companyId !== null && provesAbsence(endedAt, looks, row.vouched === 1);
    const witness = absent && (row.vouched === 1 || (await witnessed(row, endedAt, signal)));
    if (absent && witness) {
      await settleLook(row, now, seen, { state: 'ready', notBefore: now, inDoubt: 0, vouched: 0, because: null, nextLookAt: null });
    } else if (row.vouched === 0 && answered && isHopeless(row, looks, now)) {
      await settleLook(row, now, seen, { state: 'needs_you', because: { code: 'unclear', params: {} }, nextLookAt: null });
    } else {
      const because = seen.failure ? becauseOf(seen.failure) : row.because;
      await settleLook(row, now, seen, { nextLookAt: nextLook(endedAt, now), because });
    }
    return true;
  };

  const witnessed = async (row: OutboxRow, since: Instant, signal: AbortSignal): Promise<boolean> => {
    const reply = await hasWitness(gateway, row.object, since, { lane: 'interactive', signal });
    return reply.ok && reply.value;
  };

  const settleLook = async (row: OutboxRow, at: Instant, seen: Awaited<ReturnType<typeof look>>, change: Change): Promise<void> => {
    await db.transaction(async (tx) => {
      await addEvidence(tx, row.id, { at, search: seen.search, associations: seen.associations });
      await changeRow(tx, row.id, ['unknown'], { ...change, looks: row.looks + 1, crashes: 0, failures: 0 });
    });
    changed();
  };

  return {
    recover: async () => {
      if ((await doubtUnfinished(db, portalId, clock.now(), { code: 'unconfirmed', params: {} })) > 0) changed();
    },
    pass: async (signal) => {
      for (const [id, outcome] of [...uncommitted]) await commit(id, outcome);
      if ((await releaseHeld(db, portalId, clock.now())) > 0) changed();
      const sent = await sendDue(signal);
      return signal.aborted ? sent : (await lookDue(signal)) || sent;
    },
  };
}

const companiesOf = (rows: readonly OutboxRow[]): readonly string[] => rows.map((row) => row.companyId);

/** The request with its company replaced by the one that survived a merge. */
function retarget(frozen: FrozenRequest, from: string, to: string): FrozenRequest {
  if (from === to) return frozen;
  const associations = frozen.record.associations.map((one) => (one.toId === from ? { ...one, toId: to } : one));
  return { ...frozen, record: { ...frozen.record, associations } };
}

/** What an attempt's end makes of its row. `answer` null: it broke off in a way that nobody can name. */
function outcomeOf(row: OutboxRow, answer: CrmRecord | ApiFailure | null, startedAt: Instant, endedAt: Instant, random: number): Outcome {
  const log = { startedAt, endedAt, status: null, correlationId: null };
  const unknown: Change = {
    state: 'unknown',
    endedAt,
    inDoubt: 1,
    crashes: 0,
    looks: 0,
    nextLookAt: nextLook(endedAt, endedAt),
    because: { code: 'unconfirmed', params: {} },
  };
  if (answer === null) return { change: unknown, attempt: { ...log, outcome: 'unconfirmed' }, pause: null };
  if (!('kind' in answer)) {
    const marked = Object.values(answer.properties).some((value) => value?.includes(row.marker));
    if (answer.id === '' || !marked) return { change: unknown, attempt: { ...log, status: 201, outcome: 'unconfirmed' }, pause: null };
    const change: Change = {
      state: 'sent',
      hubspotId: answer.id,
      endedAt,
      inDoubt: 0,
      crashes: 0,
      failures: 0,
      because: null,
      settledAt: endedAt,
    };
    return { change, attempt: { ...log, status: 201, outcome: 'sent' }, pause: null };
  }
  const because = becauseOf(answer);
  const attempt = { ...log, status: answer.status, correlationId: answer.correlationId, outcome: because.code };
  switch (verdictOf(answer)) {
    case 'needs_you':
      return { change: { state: 'needs_you', endedAt, inDoubt: 0, crashes: 0, because }, attempt, pause: null };
    case 'ready': {
      const notBefore = retryAt(endedAt, row.failures, answer.retryAt, random);
      return {
        change: { state: 'ready', endedAt, inDoubt: 0, crashes: 0, failures: row.failures + 1, notBefore, because },
        attempt,
        pause: answer,
      };
    }
    case 'unknown':
      return { change: { ...unknown, because: { ...because, code: 'unconfirmed' } }, attempt, pause: null };
  }
}
