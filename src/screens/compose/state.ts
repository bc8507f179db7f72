/** A note or a task being written. */
import { type TextBuffer, textBuffer } from '../../components/text-buffer.ts';
import type { Intent, TaskIntent } from '../../plays/intent.ts';
import type { Clean } from '../../text/clean.ts';
import type { Day, Instant } from '../../units/day.ts';

export type Form = 'note' | 'task';
export type Field = 'subject' | 'due' | 'priority' | 'body' | 'save';
export type Priority = TaskIntent['priority'];

export interface Compose {
  readonly form: Form;
  readonly accountId: string;
  readonly accountName: Clean;
  readonly subject: TextBuffer;
  readonly due: TextBuffer;
  readonly priority: Priority;
  readonly body: TextBuffer;
  readonly focus: Field;
  readonly saving: boolean;
  /** Why it was not queued; the text stays. */
  readonly problem: Clean | null;
}

const FIELDS: Readonly<Record<Form, readonly Field[]>> = {
  note: ['body', 'save'],
  task: ['subject', 'due', 'priority', 'body', 'save'],
};

export const PRIORITIES: readonly Priority[] = ['NONE', 'LOW', 'MEDIUM', 'HIGH'];

/** The due day that a new task proposes, in words that the field understands in both languages. */
const DEFAULT_DUE = '3d';

export function compose(form: Form, accountId: string, accountName: Clean): Compose {
  return {
    form,
    accountId,
    accountName,
    subject: textBuffer(),
    due: textBuffer(DEFAULT_DUE),
    priority: 'NONE',
    body: textBuffer('', true),
    focus: form === 'note' ? 'body' : 'subject',
    saving: false,
    problem: null,
  };
}

/** The field `by` steps on, round the ends. */
export function nextField({ form, focus }: Compose, by: 1 | -1): Field {
  const fields = FIELDS[form];
  return fields[(fields.indexOf(focus) + by + fields.length) % fields.length] ?? focus;
}

export type TextFieldName = 'subject' | 'due' | 'body';

export const isTextField = (field: Field): field is TextFieldName => field === 'subject' || field === 'due' || field === 'body';

export const withField = (state: Compose, field: TextFieldName, buffer: TextBuffer): Compose => ({
  ...state,
  [field]: buffer,
  problem: null,
});

export const draftKey = ({ form, accountId }: Pick<Compose, 'form' | 'accountId'>): string => `${form}:${accountId}`;

/** What is kept of an unsent text; null where nothing was written. */
export function draftOf(state: Compose): string | null {
  const { subject, body, due, priority } = state;
  if (subject.text.trim() === '' && body.text.trim() === '') return null;
  return JSON.stringify({ subject: subject.text, due: due.text, priority, body: body.text });
}

/** The text of an earlier time, before whatever has been typed since the pane opened. */
export function restoreDraft(state: Compose, draft: string): Compose {
  const kept = parseDraft(draft);
  return {
    ...state,
    subject: textBuffer(kept.subject + state.subject.text),
    due: kept.due === '' ? state.due : textBuffer(kept.due),
    priority: kept.priority,
    body: textBuffer(kept.body + state.body.text, true),
  };
}

/** A draft that is no longer understood is still somebody's words: it comes back as the body. */
function parseDraft(draft: string): { subject: string; due: string; priority: Priority; body: string } {
  try {
    const value: unknown = JSON.parse(draft);
    if (typeof value === 'object' && value !== null) {
      const part = (name: string): string => {
        const found: unknown = Reflect.get(value, name);
        return typeof found === 'string' ? found : '';
      };
      const priority = PRIORITIES.find((one) => one === part('priority')) ?? 'NONE';
      return { subject: part('subject'), due: part('due'), priority, body: part('body') };
    }
  } catch {
    // Not ours: kept as text below.
  }
  return { subject: '', due: '', priority: 'NONE', body: draft };
}

/** The intent that the form holds; null while the task's day is not understood. Empty texts are refused by the outbox. */
export function intentOf(state: Compose, at: Instant, due: Day | null, ownerId: string | null): Intent | null {
  if (state.form === 'note') return { kind: 'note', companyId: state.accountId, body: state.body.text, at, ownerId };
  if (due === null) return null;
  return {
    kind: 'task',
    companyId: state.accountId,
    subject: state.subject.text.trim(),
    body: state.body.text,
    due,
    priority: state.priority,
    type: 'TODO',
    ownerId,
  };
}
