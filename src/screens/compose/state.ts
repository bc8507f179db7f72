/** A note, a task, a call, a meeting or an e-mail being written. */
import { type TextBuffer, textBuffer } from '../../components/text-buffer.ts';
import type { CallIntent, EmailIntent, Intent, MeetingIntent, TaskIntent } from '../../plays/intent.ts';
import type { Clean } from '../../text/clean.ts';
import { parseDue } from '../../text/dates.ts';
import { parseLength, parseMoment } from '../../text/moment.ts';
import type { Day, Instant } from '../../units/day.ts';

export type Form = 'note' | 'task' | 'call' | 'meeting' | 'email';
export type Field = 'subject' | 'due' | 'priority' | 'at' | 'length' | 'direction' | 'outcome' | 'body' | 'save';
export type Priority = TaskIntent['priority'];

export interface Compose {
  readonly form: Form;
  readonly accountId: string;
  readonly accountName: Clean;
  readonly subject: TextBuffer;
  readonly due: TextBuffer;
  readonly priority: Priority;
  /** When it was, or begins; empty: now. */
  readonly at: TextBuffer;
  readonly length: TextBuffer;
  /** One of `CHOICES` of the form. */
  readonly direction: string;
  readonly outcome: string;
  readonly body: TextBuffer;
  readonly focus: Field;
  readonly saving: boolean;
  /** Why it was not queued; the text stays. */
  readonly problem: Clean | null;
}

const FIELDS: Readonly<Record<Form, readonly Field[]>> = {
  note: ['body', 'save'],
  task: ['subject', 'due', 'priority', 'body', 'save'],
  call: ['subject', 'at', 'length', 'direction', 'outcome', 'body', 'save'],
  meeting: ['subject', 'at', 'length', 'outcome', 'body', 'save'],
  email: ['subject', 'at', 'direction', 'body', 'save'],
};

export const PRIORITIES: readonly Priority[] = ['NONE', 'LOW', 'MEDIUM', 'HIGH'];

/** What a field may be that is chosen and not written; the first is what it is without a word. */
export const CHOICES = {
  priority: PRIORITIES,
  callDirection: ['OUTBOUND', 'INBOUND'],
  emailDirection: ['EMAIL', 'INCOMING_EMAIL', 'FORWARDED_EMAIL'],
  callOutcome: ['COMPLETED', 'NO_ANSWER', 'BUSY', 'MISSED', 'CANCELED', 'FAILED'],
  /** `AUTO`: held where it has begun, planned where it is still to come. */
  meetingOutcome: ['AUTO', 'SCHEDULED', 'COMPLETED', 'RESCHEDULED', 'NO_SHOW', 'CANCELED'],
} as const satisfies {
  readonly priority: readonly Priority[];
  readonly callDirection: readonly CallIntent['direction'][];
  readonly emailDirection: readonly EmailIntent['direction'][];
  readonly callOutcome: readonly CallIntent['status'][];
  readonly meetingOutcome: readonly (MeetingIntent['outcome'] | 'AUTO')[];
};

export type ChoiceField = 'priority' | 'direction' | 'outcome';

export const isChoice = (field: Field): field is ChoiceField => field === 'priority' || field === 'direction' || field === 'outcome';

/** What the field may be in this form. */
export function choicesOf(form: Form, field: ChoiceField): readonly string[] {
  if (field === 'priority') return CHOICES.priority;
  if (field === 'direction') return form === 'email' ? CHOICES.emailDirection : CHOICES.callDirection;
  return form === 'meeting' ? CHOICES.meetingOutcome : CHOICES.callOutcome;
}

/** What an empty field stands for, in words that it understands in both languages. */
export const PLACEHOLDERS = { due: '3d', length: '30m' } as const;

const HALF_HOUR_MS = 1_800_000;

export function compose(form: Form, accountId: string, accountName: Clean): Compose {
  return {
    form,
    accountId,
    accountName,
    subject: textBuffer(),
    due: textBuffer(),
    priority: 'NONE',
    at: textBuffer(),
    length: textBuffer(),
    direction: choicesOf(form, 'direction')[0] ?? '',
    outcome: choicesOf(form, 'outcome')[0] ?? '',
    body: textBuffer('', true),
    // A call is told in a few words; the rest of it has its usual values.
    focus: form === 'note' || form === 'call' ? 'body' : 'subject',
    saving: false,
    problem: null,
  };
}

export const fieldsOf = (form: Form): readonly Field[] => FIELDS[form];

/** The field `by` steps on, round the ends. */
export function nextField({ form, focus }: Compose, by: 1 | -1): Field {
  const fields = FIELDS[form];
  return fields[(fields.indexOf(focus) + by + fields.length) % fields.length] ?? focus;
}

export type TextFieldName = 'subject' | 'due' | 'at' | 'length' | 'body';

export const isTextField = (field: Field): field is TextFieldName => !isChoice(field) && field !== 'save';

export const withField = (state: Compose, field: TextFieldName, buffer: TextBuffer): Compose => ({
  ...state,
  [field]: buffer,
  problem: null,
});

export const draftKey = ({ form, accountId }: Pick<Compose, 'form' | 'accountId'>): string => `${form}:${accountId}`;

/** What is kept of an unsent text; null where nothing was written. */
export function draftOf(state: Compose): string | null {
  const { subject, body, due, priority, at, length, direction, outcome } = state;
  if (subject.text.trim() === '' && body.text.trim() === '') return null;
  const texts = { subject: subject.text, due: due.text, at: at.text, length: length.text, body: body.text };
  return JSON.stringify({ ...texts, priority, direction, outcome });
}

/** The text of an earlier time, before whatever has been typed since the pane opened. */
export function restoreDraft(state: Compose, draft: string): Compose {
  const kept = parseDraft(draft);
  return {
    ...state,
    subject: textBuffer(kept.subject + state.subject.text),
    due: kept.due === '' ? state.due : textBuffer(kept.due),
    at: kept.at === '' ? state.at : textBuffer(kept.at),
    length: kept.length === '' ? state.length : textBuffer(kept.length),
    priority: kept.priority,
    direction: choicesOf(state.form, 'direction').find((one) => one === kept.direction) ?? state.direction,
    outcome: choicesOf(state.form, 'outcome').find((one) => one === kept.outcome) ?? state.outcome,
    body: textBuffer(kept.body + state.body.text, true),
  };
}

/** A draft that is no longer understood is still somebody's words: it comes back as the body. */
type Kept = Record<'subject' | 'due' | 'at' | 'length' | 'direction' | 'outcome' | 'body', string> & { readonly priority: Priority };

function parseDraft(draft: string): Kept {
  try {
    const value: unknown = JSON.parse(draft);
    if (typeof value === 'object' && value !== null) {
      const part = (name: string): string => {
        const found: unknown = Reflect.get(value, name);
        return typeof found === 'string' ? found : '';
      };
      const priority = PRIORITIES.find((one) => one === part('priority')) ?? 'NONE';
      const [at, length, direction, outcome] = [part('at'), part('length'), part('direction'), part('outcome')];
      return { subject: part('subject'), due: part('due'), at, length, direction, outcome, priority, body: part('body') };
    }
  } catch {
    // Not ours: kept as text below.
  }
  return { subject: '', due: '', at: '', length: '', direction: '', outcome: '', priority: 'NONE', body: draft };
}

/** The day of the task's field; an empty one is its placeholder. */
export const dueOf = ({ due }: Pick<Compose, 'due'>, today: Day): Day | null =>
  parseDue(due.text.trim() === '' ? PLACEHOLDERS.due : due.text, today);

/** The moment of the field; an empty one is now. */
export const momentOf = ({ at }: Pick<Compose, 'at'>, now: Instant, today: Day, zone: string): Instant | null =>
  at.text.trim() === '' ? now : parseMoment(at.text, today, zone);

/** How long, in milliseconds; undefined where it is left empty, null where it is not understood. */
const lengthOf = ({ length }: Pick<Compose, 'length'>): number | null | undefined =>
  length.text.trim() === '' ? undefined : parseLength(length.text);

export interface Clock {
  readonly now: Instant;
  readonly today: Day;
  /** The portal's (IANA name). */
  readonly zone: string;
}

export type Flaw = {
  readonly field: Field;
  readonly why: 'emptyNote' | 'emptySubject' | 'dueUnknown' | 'duePast' | 'atUnknown' | 'lengthUnknown';
};

/** What keeps the form from being an intent; null where nothing does. */
export function flawOf(state: Compose, { now, today, zone }: Clock): Flaw | null {
  const { form, subject, body } = state;
  const fields = fieldsOf(form);
  const isEmpty = (text: string): boolean => text.trim() === '';
  if (form === 'note' && isEmpty(body.text)) return { field: 'body', why: 'emptyNote' };
  if (form === 'call' && isEmpty(body.text) && isEmpty(subject.text)) return { field: 'body', why: 'emptyNote' };
  if (form !== 'note' && form !== 'call' && isEmpty(subject.text)) return { field: 'subject', why: 'emptySubject' };
  if (form === 'task') {
    const due = dueOf(state, today);
    return due === null ? { field: 'due', why: 'dueUnknown' } : due < today ? { field: 'due', why: 'duePast' } : null;
  }
  if (fields.includes('at') && momentOf(state, now, today, zone) === null) return { field: 'at', why: 'atUnknown' };
  if (fields.includes('length') && lengthOf(state) === null) return { field: 'length', why: 'lengthUnknown' };
  return null;
}

/** The intent that the form holds; null while `flawOf` finds one. */
export function intentOf(state: Compose, clock: Clock, ownerId: string | null): Intent | null {
  if (flawOf(state, clock) !== null) return null;
  const at = momentOf(state, clock.now, clock.today, clock.zone) ?? clock.now;
  const subject = state.subject.text.trim();
  const common = { companyId: state.accountId, body: state.body.text, ownerId };
  switch (state.form) {
    case 'note':
      return { kind: 'note', ...common, at: clock.now };
    case 'task': {
      const due = dueOf(state, clock.today);
      return due === null ? null : { kind: 'task', ...common, subject, due, priority: state.priority, type: 'TODO' };
    }
    case 'call': {
      const direction = CHOICES.callDirection.find((one) => one === state.direction) ?? 'OUTBOUND';
      const status = CHOICES.callOutcome.find((one) => one === state.outcome) ?? 'COMPLETED';
      return { kind: 'call', ...common, title: subject, at, direction, status, disposition: null, durationMs: lengthOf(state) ?? null };
    }
    case 'meeting': {
      const chosen = CHOICES.meetingOutcome.find((one) => one === state.outcome) ?? 'AUTO';
      const outcome = chosen === 'AUTO' ? (at > clock.now ? 'SCHEDULED' : 'COMPLETED') : chosen;
      return { kind: 'meeting', ...common, title: subject, start: at, end: (at + (lengthOf(state) ?? HALF_HOUR_MS)) as Instant, outcome };
    }
    case 'email': {
      const direction = CHOICES.emailDirection.find((one) => one === state.direction) ?? 'EMAIL';
      return { kind: 'email', ...common, subject, at, direction };
    }
  }
}
