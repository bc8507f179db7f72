/** What a person wants HubSpot to hold. An intent is complete: the outbox sends it as it is, days later if need be. */
import type { Day, Instant } from '../units/day.ts';

/** Records beside the company that an activity hangs on too, by HubSpot id. */
export interface AlsoOn {
  readonly contacts?: readonly string[];
  readonly deals?: readonly string[];
  readonly tickets?: readonly string[];
}

/** HubSpot's names of the activities. */
export type ActivityObject = 'notes' | 'tasks' | 'calls' | 'meetings' | 'emails';

interface Activity {
  readonly companyId: string;
  /** As typed; plain text. */
  readonly body: string;
  /** Whose activity it is (for a task: who is to do it); null leaves it to nobody. */
  readonly ownerId: string | null;
  readonly also?: AlsoOn;
}

export interface NoteIntent extends Activity {
  readonly kind: 'note';
  /** When it happened. */
  readonly at: Instant;
}

export interface TaskIntent extends Activity {
  readonly kind: 'task';
  readonly subject: string;
  readonly due: Day;
  readonly priority: 'LOW' | 'MEDIUM' | 'HIGH' | 'NONE';
  readonly type: 'TODO' | 'CALL' | 'EMAIL';
  readonly reminderAt?: Instant | null;
}

export const CALL_STATUSES = [
  'COMPLETED',
  'NO_ANSWER',
  'BUSY',
  'MISSED',
  'CANCELED',
  'FAILED',
  'QUEUED',
  'RINGING',
  'CONNECTING',
  'IN_PROGRESS',
  'CALLING_CRM_USER',
] as const;

export interface CallIntent extends Activity {
  readonly kind: 'call';
  readonly title: string;
  readonly at: Instant;
  readonly direction: 'INBOUND' | 'OUTBOUND';
  readonly status: (typeof CALL_STATUSES)[number];
  /** One of the portal's own outcomes, by its value. */
  readonly disposition: string | null;
  readonly durationMs: number | null;
}

export const MEETING_OUTCOMES = ['SCHEDULED', 'COMPLETED', 'RESCHEDULED', 'NO_SHOW', 'CANCELED'] as const;

export interface MeetingIntent extends Activity {
  readonly kind: 'meeting';
  readonly title: string;
  readonly start: Instant;
  readonly end: Instant;
  readonly outcome: (typeof MEETING_OUTCOMES)[number];
  readonly location?: string;
}

/** An e-mail that was sent or received elsewhere; logging it sends nothing. */
export interface EmailIntent extends Activity {
  readonly kind: 'email';
  readonly subject: string;
  readonly at: Instant;
  readonly direction: 'EMAIL' | 'INCOMING_EMAIL' | 'FORWARDED_EMAIL';
}

/** A task in HubSpot, or the row of the outbox that will make it. */
export type TaskRef = { readonly hubspotId: string } | { readonly row: string };

export const TASK_STATUSES = ['NOT_STARTED', 'IN_PROGRESS', 'WAITING', 'COMPLETED', 'DEFERRED'] as const;

/** What is to be different about a task; what is absent stays. */
export interface TaskChange {
  readonly status?: (typeof TASK_STATUSES)[number];
  readonly due?: Day;
  /** Null takes it from everybody. */
  readonly ownerId?: string | null;
  readonly priority?: TaskIntent['priority'];
}

export interface TaskUpdateIntent {
  readonly kind: 'task_update';
  readonly companyId: string;
  readonly task: TaskRef;
  /** The task's subject, for whoever looks at the outbox. */
  readonly subject: string;
  readonly change: TaskChange;
  /** Raw values that the person saw, by HubSpot property: where HubSpot holds something else by then, a person is asked. */
  readonly expected?: Readonly<Record<string, string | null>>;
}

export interface PropertyChange {
  /** HubSpot's internal name. */
  readonly property: string;
  /** As HubSpot takes it; empty clears. */
  readonly value: string;
  /** What it was when the person decided; where HubSpot holds something else by then, a person is asked. Absent: whatever it was. */
  readonly expected?: string | null;
}

export interface CompanyUpdateIntent {
  readonly kind: 'company_update';
  readonly companyId: string;
  readonly changes: readonly PropertyChange[];
  /** In words, for whoever looks at the outbox: `Owner → Sato`. */
  readonly what: string;
}

/** Takes back what we have made: HubSpot keeps the record in its bin for 90 days. */
export interface ArchiveIntent {
  readonly kind: 'archive';
  readonly companyId: string;
  /** What a row of the outbox has made or will make, or a record that is known to be ours. */
  readonly made: { readonly row: string } | { readonly object: ActivityObject; readonly hubspotId: string };
  /** What is taken back, in words. */
  readonly what: string;
}

export type ActivityIntent = NoteIntent | TaskIntent | CallIntent | MeetingIntent | EmailIntent;
export type Intent = ActivityIntent | TaskUpdateIntent | CompanyUpdateIntent | ArchiveIntent;
export type IntentKind = Intent['kind'];
/** What a row of the outbox is: an intent, or a change of the text of something that had left already. */
export type RowKind = IntentKind | 'edit';

/** One of several intents that are queued together, all or none. */
export interface Planned {
  readonly intent: Intent;
  /** Places in the list, all before this one, that must be in HubSpot first. */
  readonly after?: readonly number[];
  /** The play's own name for this step. */
  readonly step?: string;
  /** The run of the play that it belongs to. */
  readonly run?: string;
  /** E-mail drafts of the same run, kept with it: nothing is queued for them. */
  readonly drafts?: readonly { readonly step: string; readonly subject: string }[];
}

/** The words of an intent as a list of the outbox shows them. */
export function wordsOf(intent: Intent): string {
  switch (intent.kind) {
    case 'note':
      return intent.body;
    case 'task':
    case 'email':
    case 'task_update':
      return intent.subject;
    case 'call':
      return intent.title === '' ? intent.body : intent.title;
    case 'meeting':
      return intent.title;
    case 'company_update':
    case 'archive':
      return intent.what;
  }
}

/** HubSpot's limit for an activity's body. */
export const BODY_LIMIT = 65_536;
