/** From what a person wants logged to the record that HubSpot is asked to create. */
import { BODY_LIMIT, type Intent } from '../../plays/intent.ts';
import { type Day, dayOf, type Instant } from '../../units/day.ts';
import { htmlOfText } from './html.ts';
import { withMarker } from './marker.ts';
import type { NewRecord } from './types.ts';

/** HubSpot's fixed association types from an activity to a company. */
const TO_COMPANY = { note: 190, task: 192 } as const;

const OBJECTS = { note: 'notes', task: 'tasks' } as const;

/** The body that will be sent, marker included. */
export const bodyHtml = (intent: Intent, marker: string): string => withMarker(htmlOfText(intent.body), marker);

/** Whether the body, escaped and marked, still fits into what HubSpot takes. */
export const bodyFits = (intent: Intent, marker: string): boolean => bodyHtml(intent, marker).length <= BODY_LIMIT;

export interface Sending {
  /** From `makeMarker`. */
  readonly marker: string;
  /** The portal's zone (IANA name): a task's day means a day there. */
  readonly timeZone: string;
}

export interface NewActivity {
  /** `notes` or `tasks`: where to create it. */
  readonly object: 'notes' | 'tasks';
  readonly record: NewRecord;
}

/** The same intent and marker always make the same record. */
export function toNewRecord(intent: Intent, sending: Sending): NewActivity {
  const body = bodyHtml(intent, sending.marker);
  const owner = intent.ownerId === null ? {} : { hubspot_owner_id: intent.ownerId };
  const properties =
    intent.kind === 'note'
      ? { hs_timestamp: String(intent.at), hs_note_body: body, ...owner }
      : {
          hs_timestamp: String(dueAt(intent.due, sending.timeZone)),
          hs_task_subject: intent.subject.replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ').trim(),
          hs_task_body: body,
          hs_task_status: 'NOT_STARTED',
          hs_task_type: intent.type,
          // No priority is the absence of the property.
          ...(intent.priority === 'NONE' ? {} : { hs_task_priority: intent.priority }),
          ...owner,
        };
  const types = [{ category: 'HUBSPOT_DEFINED', typeId: TO_COMPANY[intent.kind] }] as const;
  return { object: OBJECTS[intent.kind], record: { properties, associations: [{ toId: intent.companyId, types }] } };
}

const DUE_HOUR = 9;
const HOUR_MS = 3_600_000;

/** Nine in the morning of `day` in `zone`. Throws RangeError for an unknown zone. */
export function dueAt(day: Day, zone: string): Instant {
  const wanted = Date.parse(`${day}T0${DUE_HOUR}:00:00Z`);
  // The zone's offset at a moment is what its wall clock shows beside UTC; a second look settles days of clock changes.
  let at = wanted;
  for (let look = 0; look < 2; look += 1) at = wanted - (wallClock(at as Instant, zone) - at);
  return at as Instant;
}

/** The zone's wall clock at `instant`, as if it were UTC. */
function wallClock(instant: Instant, zone: string): number {
  const time = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(instant);
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return Date.parse(`${dayOf(instant, zone)}T00:00:00Z`) + hour * HOUR_MS + minute * 60_000 + (instant % 60_000);
}
