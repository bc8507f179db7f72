/** A note, a task, a call, a meeting, an e-mail or a post-mortem being written. */
import type { AttachedRecord } from '../../book/attached.ts';
import { type TextBuffer, textBuffer } from '../../components/text-buffer.ts';
import type { Filled } from '../../plays/templates.ts';
import type { Template } from '../../policy.ts';
import type { Clean } from '../../text/clean.ts';
import {
  type Choice,
  type ChoiceField,
  choicesOf,
  FIELDS,
  type Field,
  type Form,
  needsReason,
  type Offered,
  type TextFieldName,
} from './fields.ts';

export type { Choice, ChoiceField, Field, Form, TextFieldName } from './fields.ts';
export { isChoice, isTextField } from './fields.ts';

/** An account that something is written on. */
export interface Addressee {
  readonly id: string;
  readonly name: Clean;
}

export interface Compose {
  readonly form: Form;
  readonly accountId: string;
  readonly accountName: Clean;
  /** Further accounts that it is written on as well: with any, the facts of a template stay open in the texts. */
  readonly others: readonly Addressee[];
  readonly subject: TextBuffer;
  readonly due: TextBuffer;
  readonly reminder: TextBuffer;
  /** When it was, or begins; empty: now. */
  readonly at: TextBuffer;
  readonly length: TextBuffer;
  readonly location: TextBuffer;
  /** What has changed since, so that the cause of a churn is gone; empty: nothing yet. */
  readonly fixed: TextBuffer;
  /** One of `choices` each. */
  readonly chosen: Readonly<Record<ChoiceField, string>>;
  /** The records that it hangs on besides the company. */
  readonly also: readonly AttachedRecord[];
  readonly body: TextBuffer;
  readonly focus: Field;
  readonly offered: Offered;
  /** What `also` can be chosen from; null until read. */
  readonly records: readonly AttachedRecord[] | null;
  /** The template that it began with. */
  readonly template: string | null;
  /** Subject and text as the template left them. */
  readonly begun: { readonly subject: string; readonly body: string } | null;
  /** Draft or template are still being read; `wanted`: it is to be saved as soon as they are there. */
  readonly reading: boolean;
  readonly wanted: boolean;
  readonly saving: boolean;
  /** Why it was not queued; the text stays. */
  readonly problem: Clean | null;
}

/** What an empty field stands for, in words that it understands in both languages. */
export const PLACEHOLDERS = { due: '3d', length: '30m' } as const;

export interface Opening {
  readonly form: Form;
  readonly accountId: string;
  readonly accountName: Clean;
  readonly others?: readonly Addressee[];
  readonly people: readonly Choice[];
}

export function compose({ form, accountId, accountName, others = [], people }: Opening): Compose {
  const offered: Offered = { people, dispositions: [], reasons: null, reviewed: false };
  const first = (field: ChoiceField): string => choicesOf(form, field, '', offered)[0]?.value ?? '';
  return {
    form,
    accountId,
    accountName,
    others,
    subject: textBuffer(),
    due: textBuffer(),
    reminder: textBuffer(),
    at: textBuffer(),
    length: textBuffer(),
    location: textBuffer(),
    fixed: textBuffer(),
    chosen: {
      priority: first('priority'),
      type: first('type'),
      assignee: first('assignee'),
      direction: first('direction'),
      outcome: first('outcome'),
      disposition: '',
      cause: '',
      reason: '',
      avoidable: first('avoidable'),
    },
    also: [],
    body: textBuffer('', true),
    focus: FIRST[form],
    offered,
    records: null,
    template: null,
    begun: null,
    reading: true,
    wanted: false,
    saving: false,
    problem: null,
  };
}

/** A call is told in a few words; the rest of it has its usual values. */
const FIRST: Readonly<Record<Form, Field>> = {
  note: 'body',
  task: 'subject',
  call: 'body',
  meeting: 'subject',
  email: 'subject',
  postmortem: 'cause',
};

/** Records are one account's own: on several there are none to choose. */
export const fieldsOf = ({ form, chosen, offered, others }: Pick<Compose, 'form' | 'chosen' | 'offered' | 'others'>): readonly Field[] =>
  FIELDS[form].filter((field) => (field !== 'reason' || needsReason(chosen.cause, offered)) && (field !== 'also' || others.length === 0));

export const isOnSeveral = ({ others }: Pick<Compose, 'others'>): boolean => others.length > 0;

/** Everybody that it is written on, the first one first. */
export const addressees = ({
  accountId,
  accountName,
  others,
}: Pick<Compose, 'accountId' | 'accountName' | 'others'>): readonly Addressee[] => [{ id: accountId, name: accountName }, ...others];

export const choices = ({ form, chosen, offered }: Pick<Compose, 'form' | 'chosen' | 'offered'>, field: ChoiceField): readonly Choice[] =>
  choicesOf(form, field, chosen.cause, offered);

/** The field `by` steps on, round the ends. */
export function nextField(state: Compose, by: 1 | -1): Field {
  const fields = fieldsOf(state);
  return fields[(fields.indexOf(state.focus) + by + fields.length) % fields.length] ?? state.focus;
}

export const withField = (state: Compose, field: TextFieldName, buffer: TextBuffer): Compose => ({
  ...state,
  [field]: buffer,
  problem: null,
});

/** The neighbour of what is chosen, round the ends. Another cause leaves the portal's reason open again. */
export function turned(state: Compose, field: ChoiceField, by: 1 | -1): Compose {
  const all = choices(state, field);
  const at = all.findIndex(({ value }) => value === state.chosen[field]);
  const next = all[(at + by + all.length) % all.length];
  if (next === undefined) return state;
  const chosen = { ...state.chosen, [field]: next.value, ...(field === 'cause' ? { reason: '' } : {}) };
  return { ...state, chosen, problem: null };
}

const isSame = (a: AttachedRecord, b: AttachedRecord): boolean => a.kind === b.kind && a.id === b.id;

export const isOn = ({ also }: Pick<Compose, 'also'>, record: AttachedRecord): boolean => also.some((one) => isSame(one, record));

export const toggledOn = (state: Compose, record: AttachedRecord): Compose => ({
  ...state,
  also: isOn(state, record) ? state.also.filter((one) => !isSame(one, record)) : [...state.also, record],
  problem: null,
});

/** What the store has to choose from; records of a draft that the account has no more are let go. */
export const withRead = (state: Compose, read: Omit<Offered, 'people'> & { readonly records: readonly AttachedRecord[] }): Compose => ({
  ...state,
  offered: { ...state.offered, dispositions: read.dispositions, reasons: read.reasons, reviewed: read.reviewed },
  records: read.records,
  also: state.also.flatMap((one) => read.records.filter((record) => isSame(record, one))),
});

/** Whether only a template wrote it, so that nobody's words are lost with it. */
export const isUntouched = ({ begun, subject, body }: Pick<Compose, 'begun' | 'subject' | 'body'>): boolean =>
  begun !== null && subject.text === begun.subject && body.text === begun.body;

/** As it was before the template. */
const withoutTemplate = (state: Compose): Compose => ({
  ...state,
  subject: textBuffer(),
  due: textBuffer(),
  body: textBuffer('', true),
  chosen: { ...state.chosen, priority: 'NONE', type: 'TODO' },
});

/** A template's texts, filled or with their facts open; `due` as it would be typed. */
export interface Begun extends Pick<Filled, 'subject' | 'text'> {
  readonly due: string | null;
}

/**
 * A template never takes the place of what is written: it fills what is empty, and its text stands below. One that
 * nobody has written into gives way to the next.
 */
export function begunWith(written: Compose, { id, task }: Template, { subject, text, due }: Begun): Compose {
  const state = isUntouched(written) ? withoutTemplate(written) : written;
  const isThere = text === '' || state.body.text.includes(textBuffer(text, true).text);
  const body = isThere ? state.body : atFirstBlank([state.body.text.trimEnd(), text].filter((part) => part !== '').join('\n\n'));
  const isOwn = state.subject.text.trim() === '' && state.body.text.trim() === '';
  const line = state.subject.text.trim() === '' ? textBuffer(subject) : state.subject;
  const { priority, type } = state.chosen;
  return {
    ...state,
    template: id,
    begun: isOwn ? { subject: line.text, body: body.text } : null,
    problem: null,
    subject: line,
    due: state.due.text.trim() === '' && due !== null ? textBuffer(due) : state.due,
    chosen: {
      ...state.chosen,
      priority: task && priority === 'NONE' ? task.priority.toUpperCase() : priority,
      type: task && type === 'TODO' ? task.type.toUpperCase() : type,
    },
    body,
  };
}

/** The cursor where the first answer goes: behind the first line that ends with a colon, else at the end. */
function atFirstBlank(text: string): TextBuffer {
  const buffer = textBuffer(text, true);
  const found = /[:：][ \t]*$/m.exec(buffer.text);
  return found ? { ...buffer, cursor: found.index + found[0].length } : buffer;
}
