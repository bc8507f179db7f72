/** From what a person wants logged to the record that HubSpot is asked to create, and to the properties it is asked to change. */
import { type ActivityIntent, type ActivityObject, BODY_LIMIT, type PropertyChange, type TaskUpdateIntent } from '../../plays/intent.ts';
import { withMarker } from '../../plays/marker.ts';
import type { Day, Instant } from '../../units/day.ts';
import { instantAt } from '../../units/zone.ts';
import { htmlOfText } from './html.ts';
import type { NewRecord } from './types.ts';

interface Wiring {
  /** HubSpot's fixed association types from this activity. */
  readonly to: Readonly<Record<LinkedObject, number>>;
  /** Where the text goes, and with it the marker. */
  readonly body: string;
}

export type LinkedObject = 'companies' | 'contacts' | 'deals' | 'tickets';

const WIRING: Readonly<Record<ActivityObject, Wiring>> = {
  notes: { to: { companies: 190, contacts: 202, deals: 214, tickets: 228 }, body: 'hs_note_body' },
  tasks: { to: { companies: 192, contacts: 204, deals: 216, tickets: 230 }, body: 'hs_task_body' },
  calls: { to: { companies: 182, contacts: 194, deals: 206, tickets: 220 }, body: 'hs_call_body' },
  meetings: { to: { companies: 188, contacts: 200, deals: 212, tickets: 226 }, body: 'hs_meeting_body' },
  emails: { to: { companies: 186, contacts: 198, deals: 210, tickets: 224 }, body: 'hs_email_html' },
};

const OBJECTS = { note: 'notes', task: 'tasks', call: 'calls', meeting: 'meetings', email: 'emails' } as const;
const LINKED: readonly LinkedObject[] = ['companies', 'contacts', 'deals', 'tickets'];

export const objectOf = (kind: ActivityIntent['kind']): ActivityObject => OBJECTS[kind];
export const bodyPropertyOf = (object: ActivityObject): string => WIRING[object].body;

/** The kind of record that an association of a new activity leads to. */
export const linkedObject = (object: ActivityObject, { types }: NewRecord['associations'][number]): LinkedObject | null =>
  LINKED.find((to) => types.some(({ typeId }) => typeId === WIRING[object].to[to])) ?? null;

/** What a new activity is to hang on, by kind and id. */
export const linksOf = (object: ActivityObject, record: NewRecord): readonly { readonly to: LinkedObject; readonly id: string }[] =>
  record.associations.flatMap((association) => {
    const to = linkedObject(object, association);
    return to === null ? [] : [{ to, id: association.toId }];
  });

/** The body that will be sent, marker included. */
export const bodyHtml = (intent: { readonly body: string }, marker: string): string => withMarker(htmlOfText(intent.body), marker);

/** Whether the body, escaped and marked, still fits into what HubSpot takes. */
export const bodyFits = (intent: { readonly body: string }, marker: string): boolean => bodyHtml(intent, marker).length <= BODY_LIMIT;

export interface Sending {
  /** From `makeMarker`. */
  readonly marker: string;
  /** The portal's zone (IANA name): a task's day means a day there. */
  readonly timeZone: string;
  /** A property of this object that HubSpot keeps unique: it carries the marker, and the text stays untouched. */
  readonly uniqueProperty?: string | null;
}

export interface NewActivity {
  /** Where to create it. */
  readonly object: ActivityObject;
  readonly record: NewRecord;
}

/** The same intent and marker always make the same record. */
export function toNewRecord(intent: ActivityIntent, sending: Sending): NewActivity {
  const object = OBJECTS[intent.kind];
  const { to, body } = WIRING[object];
  const unique = sending.uniqueProperty ?? null;
  const html = unique === null ? bodyHtml(intent, sending.marker) : htmlOfText(intent.body);
  const properties = {
    hs_timestamp: String(momentOf(intent, sending.timeZone)),
    [body]: html,
    ...ownProperties(intent),
    ...(intent.ownerId === null ? {} : { hubspot_owner_id: intent.ownerId }),
    ...(unique === null ? {} : { [unique]: sending.marker }),
  };
  const ends = [
    [to.companies, [intent.companyId]],
    [to.contacts, intent.also?.contacts ?? []],
    [to.deals, intent.also?.deals ?? []],
    [to.tickets, intent.also?.tickets ?? []],
  ] as const;
  const associations = ends.flatMap(([typeId, ids]) =>
    [...new Set(ids)].map((toId) => ({ toId, types: [{ category: 'HUBSPOT_DEFINED' as const, typeId }] })),
  );
  return { object, record: { properties, associations } };
}

/** When it happened; for a task the moment at which it is due. */
export function momentOf(intent: ActivityIntent, timeZone: string): Instant {
  if (intent.kind === 'task') return dueAt(intent.due, timeZone);
  return intent.kind === 'meeting' ? intent.start : intent.at;
}

const oneLine = (text: string): string => text.replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();

function ownProperties(intent: ActivityIntent): Readonly<Record<string, string>> {
  switch (intent.kind) {
    case 'note':
      return {};
    case 'task':
      return {
        hs_task_subject: oneLine(intent.subject),
        hs_task_status: 'NOT_STARTED',
        hs_task_type: intent.type,
        // No priority is the absence of the property.
        ...(intent.priority === 'NONE' ? {} : { hs_task_priority: intent.priority }),
        ...(intent.reminderAt == null ? {} : { hs_task_reminders: String(intent.reminderAt) }),
      };
    case 'call':
      return {
        ...(oneLine(intent.title) === '' ? {} : { hs_call_title: oneLine(intent.title) }),
        hs_call_direction: intent.direction,
        hs_call_status: intent.status,
        ...(intent.disposition === null ? {} : { hs_call_disposition: intent.disposition }),
        ...(intent.durationMs === null ? {} : { hs_call_duration: String(Math.round(intent.durationMs)) }),
      };
    case 'meeting':
      return {
        hs_meeting_title: oneLine(intent.title),
        hs_meeting_start_time: String(intent.start),
        hs_meeting_end_time: String(intent.end),
        hs_meeting_outcome: intent.outcome,
        ...(intent.location ? { hs_meeting_location: oneLine(intent.location) } : {}),
      };
    case 'email':
      return {
        hs_email_subject: oneLine(intent.subject),
        hs_email_direction: intent.direction,
        ...(intent.direction === 'EMAIL' ? { hs_email_status: 'SENT' } : {}),
      };
  }
}

/** The properties that a change of a task sets, each with what the person saw before. */
export function taskChanges({ change, expected = {} }: Pick<TaskUpdateIntent, 'change' | 'expected'>, timeZone: string): PropertyChange[] {
  const values: Record<string, string | undefined> = {
    hs_task_status: change.status,
    hs_timestamp: change.due === undefined ? undefined : String(dueAt(change.due, timeZone)),
    hubspot_owner_id: change.ownerId === undefined ? undefined : (change.ownerId ?? ''),
    hs_task_priority: change.priority === 'NONE' ? '' : change.priority,
  };
  return Object.entries(values).flatMap(([property, value]) =>
    value === undefined ? [] : [{ property, value, ...(property in expected ? { expected: expected[property] ?? null } : {}) }],
  );
}

const DUE_MINUTE = 9 * 60;

/** Nine in the morning of `day` in `zone`. Throws RangeError for an unknown zone. */
export const dueAt = (day: Day, zone: string): Instant => instantAt(day, DUE_MINUTE, zone);
