/**
 * The timeline's activities. Bodies stay as HubSpot gave them (HTML); `plainTouch` makes them readable where they are
 * shown, because a book holds far more of them than anybody reads.
 */
import type { TouchFact } from '../../account.ts';
import type { StoredRecord } from '../store/types.ts';
import type { FactReader } from './reader.ts';

/** Ids that HubSpot gives the outcomes of a call in every portal. */
const CONNECTED = 'f240bbac-87c9-4f6e-bf70-924b57d47db7';
const NOT_CONNECTED = new Set([
  '9d9162e7-6cf3-4944-bf63-4dff82258764', // busy
  'a4c4c377-d246-4b32-a13b-75a56a4cd0ff', // left a live message
  'b2cf5968-551e-4856-9783-52b3da59a7d0', // left a voicemail
  '73a0d17f-1163-4015-bdd5-ec830791da20', // no answer
  '17b47fee-58de-441e-a44c-c6300d46f273', // wrong number
]);

type Part = Pick<TouchFact, 'kind' | 'twoWay' | 'title' | 'body' | 'direction' | 'done'>;

/** `when`: properties that date the activity, the first readable one counts; else the day on which it was recorded. */
function touch(record: StoredRecord, reader: FactReader, when: readonly string[], part: Part): TouchFact {
  const knownAt = reader.knownAt(record);
  let validAt = null;
  for (const property of when) validAt ??= reader.day(record, property);
  return {
    validAt: validAt ?? knownAt,
    knownAt,
    source: reader.source(record),
    ownerId: reader.text(record, 'hubspot_owner_id'),
    ...part,
  };
}

const titleOf = (record: StoredRecord, property: string, reader: FactReader): string => reader.text(record, property) ?? '';

export const noteOf = (record: StoredRecord, reader: FactReader): TouchFact =>
  touch(record, reader, ['hs_timestamp'], {
    kind: 'note',
    twoWay: false,
    title: '',
    body: reader.raw(record, 'hs_note_body'),
    direction: null,
  });

/** Dated by its due day. */
export const taskOf = (record: StoredRecord, reader: FactReader): TouchFact =>
  touch(record, reader, ['hs_timestamp'], {
    kind: 'task',
    twoWay: false,
    title: titleOf(record, 'hs_task_subject', reader),
    body: reader.raw(record, 'hs_task_body'),
    direction: null,
    done: reader.raw(record, 'hs_task_status') === 'COMPLETED',
  });

export const callOf = (record: StoredRecord, reader: FactReader): TouchFact =>
  touch(record, reader, ['hs_timestamp'], {
    kind: 'call',
    twoWay: connected(record, reader),
    title: titleOf(record, 'hs_call_title', reader),
    body: reader.raw(record, 'hs_call_body'),
    direction: directionOf(reader.raw(record, 'hs_call_direction')),
  });

/** The outcome decides where it is one of HubSpot's own; a logged call is COMPLETED even where nobody answered. */
function connected(record: StoredRecord, reader: FactReader): boolean {
  const outcome = reader.raw(record, 'hs_call_disposition')?.toLowerCase() ?? '';
  if (outcome === CONNECTED) return true;
  return !NOT_CONNECTED.has(outcome) && reader.raw(record, 'hs_call_status') === 'COMPLETED';
}

const directionOf = (raw: string | null): TouchFact['direction'] => (raw === 'INBOUND' ? 'in' : raw === 'OUTBOUND' ? 'out' : null);

/** Held: marked so, or without any outcome; a meeting still to come is dated by its own day and so not there before it. */
export const meetingOf = (record: StoredRecord, reader: FactReader): TouchFact => {
  const outcome = reader.text(record, 'hs_meeting_outcome');
  return touch(record, reader, ['hs_meeting_start_time', 'hs_timestamp'], {
    kind: 'meeting',
    twoWay: outcome === null || outcome === 'COMPLETED',
    title: titleOf(record, 'hs_meeting_title', reader),
    body: reader.raw(record, 'hs_meeting_body'),
    direction: null,
  });
};

export const emailOf = (record: StoredRecord, reader: FactReader): TouchFact => {
  const direction = reader.raw(record, 'hs_email_direction');
  const received = direction === 'INCOMING_EMAIL';
  return touch(record, reader, ['hs_timestamp'], {
    kind: 'email',
    twoWay: received,
    title: titleOf(record, 'hs_email_subject', reader),
    body: reader.raw(record, 'hs_email_text') ?? reader.raw(record, 'hs_email_html'),
    direction: received ? 'in' : direction === 'EMAIL' ? 'out' : null,
  });
};
