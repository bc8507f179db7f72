/** What each form asks for, and what a field may be that is chosen and not written. */
import type { CallIntent, EmailIntent, MeetingIntent, TaskIntent } from '../../plays/intent.ts';
import { AVOIDABLE, CAUSES } from '../../plays/post-mortem.ts';
import type { ChurnCategory } from '../../policy.ts';

export type Form = 'note' | 'task' | 'call' | 'meeting' | 'email' | 'postmortem';

export type TextFieldName = 'subject' | 'due' | 'reminder' | 'at' | 'length' | 'location' | 'fixed' | 'body';
export type ChoiceField = 'priority' | 'type' | 'assignee' | 'direction' | 'outcome' | 'disposition' | 'cause' | 'reason' | 'avoidable';
/** `also`: the records that it hangs on besides the company. */
export type Field = TextFieldName | ChoiceField | 'also' | 'save';

export const FIELDS: Readonly<Record<Form, readonly Field[]>> = {
  note: ['also', 'body', 'save'],
  task: ['subject', 'due', 'priority', 'reminder', 'assignee', 'type', 'also', 'body', 'save'],
  call: ['subject', 'at', 'length', 'direction', 'outcome', 'disposition', 'also', 'body', 'save'],
  meeting: ['subject', 'at', 'length', 'outcome', 'location', 'also', 'body', 'save'],
  email: ['subject', 'at', 'direction', 'also', 'body', 'save'],
  postmortem: ['cause', 'reason', 'avoidable', 'fixed', 'body', 'save'],
};

const CHOSEN: ReadonlySet<Field> = new Set<Field>([
  'priority',
  'type',
  'assignee',
  'direction',
  'outcome',
  'disposition',
  'cause',
  'reason',
  'avoidable',
]);

export const isChoice = (field: Field): field is ChoiceField => CHOSEN.has(field);

export const isTextField = (field: Field): field is TextFieldName => !isChoice(field) && field !== 'also' && field !== 'save';

/** What ships; the first is what the field is without a word. */
export const CHOICES = {
  priority: ['NONE', 'LOW', 'MEDIUM', 'HIGH'],
  type: ['TODO', 'CALL', 'EMAIL'],
  callDirection: ['OUTBOUND', 'INBOUND'],
  emailDirection: ['EMAIL', 'INCOMING_EMAIL', 'FORWARDED_EMAIL'],
  callOutcome: ['COMPLETED', 'NO_ANSWER', 'BUSY', 'MISSED', 'CANCELED', 'FAILED'],
  /** `AUTO`: held where it has begun, planned where it is still to come. */
  meetingOutcome: ['AUTO', 'SCHEDULED', 'COMPLETED', 'RESCHEDULED', 'NO_SHOW', 'CANCELED'],
  avoidable: ['unsure', ...AVOIDABLE.filter((one) => one !== 'unsure')],
} as const satisfies {
  readonly priority: readonly TaskIntent['priority'][];
  readonly type: readonly TaskIntent['type'][];
  readonly callDirection: readonly CallIntent['direction'][];
  readonly emailDirection: readonly EmailIntent['direction'][];
  readonly callOutcome: readonly CallIntent['status'][];
  readonly meetingOutcome: readonly (MeetingIntent['outcome'] | 'AUTO')[];
  readonly avoidable: readonly (typeof AVOIDABLE)[number][];
};

/** What a field may be; `label` is raw, and null where the app has a word of its own for the value. */
export interface Choice {
  readonly value: string;
  readonly label: string | null;
}

const own = (values: readonly string[]): readonly Choice[] => values.map((value) => ({ value, label: null }));

/** Of a task on several accounts: to the owner of each. */
export const EACH_OWNER = 'owner';

/** Nobody has said yet. */
export const OPEN: Choice = { value: '', label: null };

/** What the portal and the account have to choose from. */
export interface Offered {
  /** Who can be given the task, whoever writes first. */
  readonly people: readonly Choice[];
  /** The portal's own outcomes of a call. */
  readonly dispositions: readonly Choice[];
  /** The portal's own reasons for a churn by the cause that they mean, and all of them; null where none is mapped. */
  readonly reasons: { readonly all: readonly Choice[]; readonly of: Readonly<Record<ChurnCategory, readonly Choice[]>> } | null;
  /** Somebody has written down before why the customer left: of that it can be said that its cause is gone. */
  readonly reviewed: boolean;
}

export function choicesOf(form: Form, field: ChoiceField, cause: string, { people, dispositions, reasons }: Offered): readonly Choice[] {
  switch (field) {
    case 'priority':
      return own(CHOICES.priority);
    case 'type':
      return own(CHOICES.type);
    case 'assignee':
      return people;
    case 'direction':
      return own(form === 'email' ? CHOICES.emailDirection : CHOICES.callDirection);
    case 'outcome':
      return own(form === 'meeting' ? CHOICES.meetingOutcome : CHOICES.callOutcome);
    case 'disposition':
      return [OPEN, ...dispositions];
    case 'cause':
      return [OPEN, ...own(CAUSES)];
    case 'reason': {
      const named = CAUSES.find((one) => one === cause);
      const fitting = named === undefined ? [] : (reasons?.of[named] ?? []);
      return [OPEN, ...(fitting.length > 0 ? fitting : (reasons?.all ?? []))];
    }
    case 'avoidable':
      return own(CHOICES.avoidable);
  }
}

/** Whether the cause alone does not say which of the portal's own reasons it is. */
export function needsReason(cause: string, { reasons }: Pick<Offered, 'reasons'>): boolean {
  const named = CAUSES.find((one) => one === cause);
  return named !== undefined && reasons !== null && reasons.all.length > 0 && reasons.of[named].length !== 1;
}
