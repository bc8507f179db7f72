/** A play made ready for one account: texts filled, days and people named, everything that is wrong or missing said. Pure. */
import type { Play, PlayStep, TaskStep } from '../policy.ts';
import type { Day } from '../units/day.ts';
import { daysOf } from './due.ts';
import { FACT_NAMES, type FactName, type Facts, isFact } from './facts.ts';
import { render } from './template.ts';

/** What the person changed before running it. Days are relative (`3bd`) or exact; texts may hold facts, as the play's own. */
export interface Adjustment {
  readonly off?: boolean;
  readonly due?: string;
  readonly assignee?: string;
  readonly subject?: string;
  readonly text?: string;
}

export interface People {
  /** HubSpot owner ids; null where nobody is named. */
  readonly me: string | null;
  readonly owner: string | null;
  readonly lead: string | null;
  /** The address of a lead who is named and is no user of the portal; null where there is none. */
  readonly unknownLead: string | null;
  /** Null where the portal has no user with the address. */
  byEmail(email: string): string | null;
}

export interface PrepareInput {
  readonly play: Play;
  readonly lang: 'en' | 'ja';
  readonly facts: Facts;
  /** Of facts that people read as a label: what HubSpot stores, and a property is set to. */
  readonly stored: Partial<Facts>;
  readonly today: Day;
  readonly renewal: Day | null;
  readonly people: People;
  /** Of questions and of facts that nobody knew, by their id. */
  readonly answers: Readonly<Record<string, string>>;
  readonly adjustments: Readonly<Record<string, Adjustment>>;
  readonly property: (name: string, value: string) => PropertyState;
  /** What HubSpot shows for a property's value. */
  readonly label: (name: string, value: string) => string;
}

/** Whether a property takes a value; `read_only`: HubSpot works it out itself. */
export type PropertyState = 'ok' | 'unknown' | 'read_only' | 'not_an_option';

export type StepProblem =
  | { readonly kind: 'assignee'; readonly value: string }
  | { readonly kind: 'due'; readonly value: string }
  | { readonly kind: 'property'; readonly state: Exclude<PropertyState, 'ok'>; readonly value: string };

interface Common {
  readonly id: string;
  readonly on: boolean;
  /** Facts that the step's texts ask for and nobody knows. */
  readonly missing: readonly FactName[];
  readonly problem: StepProblem | null;
}

export interface Question {
  readonly id: string;
  readonly label: string;
  readonly options: readonly string[];
  readonly answer: string;
}

export type PreparedStep = Common &
  (
    | { readonly kind: 'note'; readonly text: string }
    | {
        readonly kind: 'task';
        readonly subject: string;
        readonly text: string;
        readonly due: Day | null;
        readonly assignee: string;
        /** The lead was asked for and nobody is named as one. */
        readonly noLead: boolean;
        readonly ownerId: string | null;
        readonly priority: TaskStep['priority'];
        readonly type: TaskStep['type'];
      }
    | { readonly kind: 'property'; readonly property: string; readonly value: string; readonly label: string }
    | { readonly kind: 'email'; readonly subject: string; readonly text: string; readonly to: string | null }
    | { readonly kind: 'questions'; readonly title: string; readonly questions: readonly Question[] }
  );

export interface Prepared {
  readonly play: Play;
  readonly steps: readonly PreparedStep[];
  /** Asked for by steps that will be written: nothing is, until each is answered or its step left out. */
  readonly missing: readonly FactName[];
  /** Of steps that will be written. */
  readonly problems: readonly { readonly step: string; readonly problem: StepProblem }[];
}

export function prepare(input: PrepareInput): Prepared {
  const { play, today, renewal, adjustments } = input;
  const facts = withAnswers(input.facts, input.answers);
  const tasks = play.steps.filter((step) => step.kind === 'task').map((step) => ({ ...step, due: adjustments[step.id]?.due ?? step.due }));
  const days = daysOf(tasks, today, renewal);
  const steps = play.steps.map((step) => prepareStep(step, { ...input, facts }, days));
  const written = steps.filter((step) => step.on && step.kind !== 'email');
  return {
    play,
    steps,
    missing: [...new Set(written.flatMap(({ missing }) => missing))],
    problems: written.flatMap(({ id, problem }) => (problem ? [{ step: id, problem }] : [])),
  };
}

/** What was answered stands where nothing was known; it never takes the place of what HubSpot says. */
export function withAnswers(facts: Facts, answers: PrepareInput['answers']): Facts {
  const given = Object.entries(answers).filter(([name, text]) => isFact(name) && (facts[name] ?? '').trim() === '' && text.trim() !== '');
  return given.length === 0 ? facts : ({ ...facts, ...Object.fromEntries(given) } as Facts);
}

function prepareStep(step: PlayStep, input: PrepareInput, days: ReadonlyMap<string, Day>): PreparedStep {
  const { lang, facts, people, adjustments, answers } = input;
  const adjusted = adjustments[step.id] ?? {};
  const on = adjusted.off !== true;
  const subject = 'subject' in step ? render(adjusted.subject ?? step.subject[lang], facts, lang) : null;
  const template = 'text' in step && step.text ? step.text[lang] : '';
  const text = render(adjusted.text ?? template, facts, lang);
  const missing = [...new Set([...(subject?.missing ?? []), ...text.missing])];
  const common = { id: step.id, on, missing, problem: null };
  switch (step.kind) {
    case 'note':
      return { ...common, kind: 'note', text: text.text };
    case 'task': {
      const assignee = adjusted.assignee ?? step.assignee;
      const ownerId = ownerOf(assignee, people);
      const due = days.get(step.id) ?? null;
      const isMail = assignee.includes('@');
      return {
        ...common,
        kind: 'task',
        subject: subject?.text ?? '',
        text: text.text,
        due,
        assignee,
        noLead: assignee === 'lead' && people.lead === null,
        ownerId,
        priority: step.priority,
        type: step.type,
        problem:
          isMail && ownerId === null
            ? { kind: 'assignee', value: assignee }
            : assignee === 'lead' && people.unknownLead !== null
              ? { kind: 'assignee', value: people.unknownLead }
              : due === null
                ? { kind: 'due', value: adjusted.due ?? step.due }
                : null,
      };
    }
    case 'property': {
      const value = render(step.value[lang], { ...facts, ...input.stored }, lang);
      const label = input.label(step.property, value.text);
      const state = input.property(step.property, value.text);
      const problem = state === 'ok' ? null : ({ kind: 'property', state, value: step.property } as const);
      return { ...common, kind: 'property', property: step.property, value: value.text, label, missing: value.missing, problem };
    }
    case 'email':
      return { ...common, kind: 'email', subject: subject?.text ?? '', text: text.text, to: facts.contact_email };
    case 'questions': {
      const questions = step.ask.map((one) => ({ ...one, label: one.label[lang], answer: (answers[one.id] ?? '').trim() }));
      const title = render(step.title[lang], facts, lang);
      // Without a single answer there is nothing to write.
      const isAnswered = questions.some(({ answer }) => answer !== '');
      return { ...common, kind: 'questions', title: title.text, missing: isAnswered ? title.missing : [], questions, on: on && isAnswered };
    }
  }
}

/** The owner id; for a lead that nobody named, the person who runs the play. */
function ownerOf(assignee: string, people: People): string | null {
  switch (assignee) {
    case 'me':
      return people.me;
    case 'owner':
      return people.owner ?? people.me;
    case 'lead':
      return people.lead ?? people.me;
    default:
      return people.byEmail(assignee);
  }
}

/** The ids of everything that an answer can be given to. */
export const answerable = (play: Play): readonly string[] => [
  ...play.steps.flatMap((step) => (step.kind === 'questions' ? step.ask.map(({ id }) => id) : [])),
  ...FACT_NAMES,
];
