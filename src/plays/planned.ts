/** From a prepared play to what the outbox is given, and the mark by which a run is known again in HubSpot. */
import type { Instant } from '../units/day.ts';
import type { Intent, Planned, TaskIntent } from './intent.ts';
import type { Prepared, PreparedStep } from './prepare.ts';

export interface RunOf {
  readonly companyId: string;
  readonly at: Instant;
  /** Owner id of whoever runs it: theirs are the notes. */
  readonly meId: string | null;
  /** From `runId`. */
  readonly run: string;
  readonly lang: 'en' | 'ja';
}

const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const RUN_LENGTH = 8;

/** Tells the runs of a play on an account apart. */
export const runId = (random: () => number): string =>
  Array.from({ length: RUN_LENGTH }, () => ALPHABET[Math.floor(random() * ALPHABET.length)] ?? '2').join('');

/** The last line of a task's and a note's body: whoever opens the record sees what it belongs to, and so does a sync. */
export const markOf = (play: string, step: string, run: string): string => `kizashi play ${play} / ${step} #${run}`;

const MARK = /kizashi play ([a-z0-9._-]{1,80}) \/ ([a-z0-9_-]{1,60}) #([2-9A-HJ-NP-Z]{8})/;

/** Every mark in a text, HTML or plain, each once. */
export const playMarksIn = (text: string): string[] => [...new Set(text.match(new RegExp(MARK, 'g')) ?? [])];

/** Null where the text carries no mark. */
export function readMark(text: string): { readonly play: string; readonly step: string; readonly run: string } | null {
  const [, play, step, run] = MARK.exec(text) ?? [];
  return play && step && run ? { play, step, run } : null;
}

/** Steps that are on and write something, in the play's order; `step` is the step's own id. */
export function plannedOf({ play, steps }: Prepared, of: RunOf): Planned[] {
  const { run } = of;
  const drafts = steps.flatMap((step) => (step.on && step.kind === 'email' ? [{ step: step.id, subject: step.subject }] : []));
  const rows = steps.flatMap((step) => {
    const intent = step.on ? intentOf(play.id, step, of) : null;
    return intent ? [{ intent, step: step.id, run }] : [];
  });
  return rows.map((row, at) => (at === 0 && drafts.length > 0 ? { ...row, drafts } : row));
}

function intentOf(play: string, step: PreparedStep, { companyId, at, meId, run, lang }: RunOf): Intent | null {
  const marked = (text: string): string => [text.trim(), markOf(play, step.id, run)].filter((part) => part !== '').join('\n\n');
  switch (step.kind) {
    case 'note':
      return { kind: 'note', companyId, body: marked(step.text), at, ownerId: meId };
    case 'questions':
      return { kind: 'note', companyId, body: marked(answersText(step)), at, ownerId: meId };
    case 'task':
      return step.due === null
        ? null
        : {
            kind: 'task',
            companyId,
            subject: step.subject,
            body: marked(step.text),
            due: step.due,
            priority: step.priority.toUpperCase() as TaskIntent['priority'],
            type: step.type.toUpperCase() as TaskIntent['type'],
            ownerId: step.ownerId,
          };
    case 'property':
      return {
        kind: 'company_update',
        companyId,
        changes: [{ property: step.property, value: step.value }],
        what: lang === 'ja' ? `${step.property} を「${step.label}」に` : `${step.property} → ${step.label}`,
      };
    case 'email':
      return null;
  }
}

/** `Title`, then a question and its answer a paragraph; what was not answered is left out. */
function answersText({ title, questions }: Extract<PreparedStep, { kind: 'questions' }>): string {
  const said = questions.filter(({ answer }) => answer !== '').map(({ label, answer }) => `${label}\n${answer}`);
  return [title, ...said].join('\n\n');
}

/** For the system's own mail program; nothing is sent before the person sends it. */
export function mailtoOf({ to, subject, text }: Pick<Extract<PreparedStep, { kind: 'email' }>, 'to' | 'subject' | 'text'>): string {
  const part = (value: string): string => encodeURIComponent(value.replaceAll(/\r?\n/g, '\r\n'));
  return `mailto:${to === null ? '' : encodeURIComponent(to).replace('%40', '@')}?subject=${part(subject)}&body=${part(text)}`;
}
