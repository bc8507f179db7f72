/** What an attempt's end makes of its row. Pure. */
import type { Instant } from '../../units/day.ts';
import type { ApiFailure, CrmRecord } from '../hubspot/types.ts';
import type { AttemptRecord, changeRow, OutboxRow } from '../store/outbox-rows.ts';
import { becauseOf, nextLook, nextMidnight, retryAt, verdictOf } from './rules.ts';

export type Change = Parameters<typeof changeRow>[3];

export interface Outcome {
  readonly change: Change;
  readonly attempt: AttemptRecord;
  /** What stands in the way of every row. */
  readonly pause: ApiFailure | null;
}

/**
 * - `confirmed`: HubSpot has it, under `hubspotId` · `doubtful`: a success that does not show what was sent
 * - `again`: surely refused, and mended: to be sent anew at once
 * - `failed`: an answer, or none, that the gateway names · `broken`: it ended in a way that nobody can name
 */
export type Answer =
  | { readonly kind: 'confirmed'; readonly hubspotId: string | null; readonly status: number }
  | { readonly kind: 'doubtful'; readonly status: number }
  | { readonly kind: 'again' }
  | { readonly kind: 'failed'; readonly failure: ApiFailure }
  | { readonly kind: 'broken' };

/** A created record is ours where it carries our marker: a bare success is no proof. */
export function answerOfCreate(record: CrmRecord, marker: string): Answer {
  const marked = Object.values(record.properties).some((value) => value?.includes(marker));
  return record.id !== '' && marked ? { kind: 'confirmed', hubspotId: record.id, status: 201 } : { kind: 'doubtful', status: 201 };
}

export function outcomeOf(row: OutboxRow, answer: Answer, startedAt: Instant, endedAt: Instant, random: number, timeZone: string): Outcome {
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
  if (answer.kind === 'broken') return { change: unknown, attempt: { ...log, outcome: 'unconfirmed' }, pause: null };
  if (answer.kind === 'doubtful')
    return { change: unknown, attempt: { ...log, status: answer.status, outcome: 'unconfirmed' }, pause: null };
  if (answer.kind === 'again') {
    const change: Change = { state: 'ready', endedAt, inDoubt: 0, crashes: 0, notBefore: endedAt };
    return { change, attempt: { ...log, status: 400, outcome: 'refused' }, pause: null };
  }
  if (answer.kind === 'confirmed') {
    const change: Change = {
      state: 'sent',
      hubspotId: answer.hubspotId,
      endedAt,
      inDoubt: 0,
      crashes: 0,
      failures: 0,
      because: null,
      settledAt: endedAt,
    };
    return { change, attempt: { ...log, status: answer.status, outcome: 'sent' }, pause: null };
  }
  const { failure } = answer;
  const because = becauseOf(failure);
  const attempt = { ...log, status: failure.status, correlationId: failure.correlationId, outcome: because.code };
  switch (verdictOf(failure)) {
    case 'needs_you':
      return { change: { state: 'needs_you', endedAt, inDoubt: 0, crashes: 0, because }, attempt, pause: null };
    case 'ready': {
      const said = failure.retryAt ?? (failure.kind === 'daily' ? nextMidnight(endedAt, timeZone) : null);
      const notBefore = retryAt(endedAt, row.failures, said, random);
      return {
        change: { state: 'ready', endedAt, inDoubt: 0, crashes: 0, failures: row.failures + 1, notBefore, because },
        attempt,
        pause: failure,
      };
    }
    case 'unknown':
      return { change: { ...unknown, because: { ...because, code: 'unconfirmed' } }, attempt, pause: null };
  }
}
