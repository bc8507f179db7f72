/** From the form to what is queued: what its words mean, what keeps it back, and the intent. */
import type { PostMortemWish } from '../../open.ts';
import type { AlsoOn, Intent } from '../../plays/intent.ts';
import { AVOIDABLE, CAUSES } from '../../plays/post-mortem.ts';
import { parseReminder } from '../../plays/reminder.ts';
import { openFacts } from '../../plays/templates.ts';
import { parseDue } from '../../text/dates.ts';
import type { Lang } from '../../text/messages/index.ts';
import { parseLength, parseMoment } from '../../text/moment.ts';
import type { Day, Instant } from '../../units/day.ts';
import { CHOICES, EACH_OWNER } from './fields.ts';
import { type Compose, type Field, fieldsOf, PLACEHOLDERS } from './state.ts';

export interface Clock {
  readonly now: Instant;
  readonly today: Day;
  /** The portal's (IANA name). */
  readonly zone: string;
}

const HALF_HOUR_MS = 1_800_000;

/** The day of the task's field; an empty one is its placeholder. */
export const dueOf = ({ due }: Pick<Compose, 'due'>, today: Day): Day | null =>
  parseDue(due.text.trim() === '' ? PLACEHOLDERS.due : due.text, today);

/** The moment of the field; an empty one is now. */
export const momentOf = ({ at }: Pick<Compose, 'at'>, { now, today, zone }: Clock): Instant | null =>
  at.text.trim() === '' ? now : parseMoment(at.text, today, zone);

/** How long, in milliseconds; undefined where it is left empty, null where it is not understood. */
const lengthOf = ({ length }: Pick<Compose, 'length'>): number | null | undefined =>
  length.text.trim() === '' ? undefined : parseLength(length.text);

/** Undefined where there is to be none, null where it is not understood. */
export function reminderOf(state: Pick<Compose, 'reminder' | 'due'>, { today, zone }: Clock): Instant | null | undefined {
  if (state.reminder.text.trim() === '') return undefined;
  const due = dueOf(state, today);
  return due === null ? null : parseReminder(state.reminder.text, due, today, zone);
}

export type Flaw =
  | {
      readonly field: Field;
      readonly why:
        | 'emptyNote'
        | 'emptySubject'
        | 'dueUnknown'
        | 'duePast'
        | 'reminderUnknown'
        | 'reminderPast'
        | 'atUnknown'
        | 'lengthUnknown'
        | 'noCause'
        | 'noReason'
        | 'noOwner';
    }
  /** A fact of the template that nobody knew, still open in the text. */
  | { readonly field: Field; readonly why: 'openFact'; readonly fact: ReturnType<typeof openFacts>[number] };

/** What keeps the form from being queued; null where nothing does. */
export function flawOf(state: Compose, clock: Clock, lang: Lang): Flaw | null {
  return emptyFlaw(state) ?? whenFlaw(state, clock) ?? ownerFlaw(state) ?? factFlaw(state, lang);
}

/** Of a post-mortem that was written before it is said that its cause is gone, and nothing else. */
const isFixedAlone = ({ chosen, fixed, body, offered }: Compose): boolean =>
  offered.reviewed && chosen.cause === '' && chosen.avoidable === 'unsure' && body.text.trim() === '' && fixed.text.trim() !== '';

function emptyFlaw(state: Compose): Flaw | null {
  const { form, subject, body, chosen } = state;
  const hasSubject = subject.text.trim() !== '';
  const hasBody = body.text.trim() !== '';
  switch (form) {
    case 'note':
      return hasBody ? null : { field: 'body', why: 'emptyNote' };
    case 'call':
      return hasBody || hasSubject ? null : { field: 'body', why: 'emptyNote' };
    case 'postmortem':
      if (isFixedAlone(state)) return null;
      if (chosen.cause === '') return { field: 'cause', why: 'noCause' };
      return chosen.reason === '' && fieldsOf(state).includes('reason') ? { field: 'reason', why: 'noReason' } : null;
    default:
      return hasSubject ? null : { field: 'subject', why: 'emptySubject' };
  }
}

function whenFlaw(state: Compose, clock: Clock): Flaw | null {
  const fields = fieldsOf(state);
  if (state.form === 'task') {
    const due = dueOf(state, clock.today);
    if (due === null) return { field: 'due', why: 'dueUnknown' };
    if (due < clock.today) return { field: 'due', why: 'duePast' };
    const reminder = reminderOf(state, clock);
    if (reminder === null) return { field: 'reminder', why: 'reminderUnknown' };
    return reminder !== undefined && reminder <= clock.now ? { field: 'reminder', why: 'reminderPast' } : null;
  }
  if (fields.includes('at') && momentOf(state, clock) === null) return { field: 'at', why: 'atUnknown' };
  return fields.includes('length') && lengthOf(state) === null ? { field: 'length', why: 'lengthUnknown' } : null;
}

/** It was to go to the account's owner, who is nobody. */
const ownerFlaw = ({ form, chosen }: Compose): Flaw | null =>
  form === 'task' && chosen.assignee === EACH_OWNER ? { field: 'assignee', why: 'noOwner' } : null;

function factFlaw({ template, subject, body }: Compose, lang: Lang): Flaw | null {
  if (template === null) return null;
  for (const [field, { text }] of [['subject', subject] as const, ['body', body] as const]) {
    const [fact] = openFacts(text, lang);
    if (fact) return { field, why: 'openFact', fact };
  }
  return null;
}

/** HubSpot ids by kind; undefined where it hangs on the company alone. */
function alsoOn({ also }: Pick<Compose, 'also'>): AlsoOn | undefined {
  if (also.length === 0) return undefined;
  const ids = (kind: (typeof also)[number]['kind']): readonly string[] => also.filter((one) => one.kind === kind).map(({ id }) => id);
  const [contacts, deals, tickets] = [ids('contacts'), ids('deals'), ids('tickets')];
  return {
    ...(contacts.length > 0 ? { contacts } : {}),
    ...(deals.length > 0 ? { deals } : {}),
    ...(tickets.length > 0 ? { tickets } : {}),
  };
}

const pick = <T extends string>(values: readonly T[], value: string, fallback: T): T => values.find((one) => one === value) ?? fallback;

/** The intent of a form without a flaw; null for a post-mortem, which is more than one. */
export function intentOf(state: Compose, clock: Clock, myId: string | null): Intent | null {
  const { form, chosen } = state;
  const at = momentOf(state, clock) ?? clock.now;
  const subject = state.subject.text.trim();
  const also = alsoOn(state);
  const common = { companyId: state.accountId, body: state.body.text, ownerId: myId, ...(also ? { also } : {}) };
  switch (form) {
    case 'note':
      return { kind: 'note', ...common, at: clock.now };
    case 'task': {
      const due = dueOf(state, clock.today);
      if (due === null) return null;
      const reminderAt = reminderOf(state, clock);
      return {
        kind: 'task',
        ...common,
        ownerId: chosen.assignee === '' ? null : chosen.assignee,
        subject,
        due,
        priority: pick(CHOICES.priority, chosen.priority, 'NONE'),
        type: pick(CHOICES.type, chosen.type, 'TODO'),
        ...(reminderAt === undefined ? {} : { reminderAt }),
      };
    }
    case 'call': {
      const direction = pick(CHOICES.callDirection, chosen.direction, 'OUTBOUND');
      const status = pick(CHOICES.callOutcome, chosen.outcome, 'COMPLETED');
      const disposition = chosen.disposition === '' ? null : chosen.disposition;
      return { kind: 'call', ...common, title: subject, at, direction, status, disposition, durationMs: lengthOf(state) ?? null };
    }
    case 'meeting': {
      const wanted = pick(CHOICES.meetingOutcome, chosen.outcome, 'AUTO');
      const outcome = wanted === 'AUTO' ? (at > clock.now ? 'SCHEDULED' : 'COMPLETED') : wanted;
      const location = state.location.text.trim();
      const end = (at + (lengthOf(state) ?? HALF_HOUR_MS)) as Instant;
      return { kind: 'meeting', ...common, title: subject, start: at, end, outcome, ...(location === '' ? {} : { location }) };
    }
    case 'email':
      return { kind: 'email', ...common, subject, at, direction: pick(CHOICES.emailDirection, chosen.direction, 'EMAIL') };
    case 'postmortem':
      return null;
  }
}

/** Of a post-mortem without a flaw. */
export function reviewOf({ accountId, accountName, chosen, body, fixed }: Compose): PostMortemWish {
  return {
    accountId,
    name: accountName,
    cause: chosen.cause === '' ? null : pick(CAUSES, chosen.cause, 'other'),
    avoidable: pick(AVOIDABLE, chosen.avoidable, 'unsure'),
    helped: body.text.trim(),
    fixed: fixed.text.trim(),
    reason: chosen.reason === '' ? null : chosen.reason,
  };
}
