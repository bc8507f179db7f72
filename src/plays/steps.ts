/** Short ways to write the plays that ship. */
import type { Bilingual, EmailStep, NoteStep, QuestionsStep, TaskStep } from '../policy.ts';

export const both = (en: string, ja: string): Bilingual => ({ en, ja });

type TaskRest = Partial<Pick<TaskStep, 'text' | 'after' | 'assignee' | 'priority' | 'type'>>;

export const task = (id: string, due: string, subject: Bilingual, rest: TaskRest = {}): TaskStep => ({
  id,
  kind: 'task',
  subject,
  text: null,
  due,
  after: null,
  assignee: 'owner',
  priority: 'medium',
  type: 'todo',
  ...rest,
});

export const note = (id: string, text: Bilingual): NoteStep => ({ id, kind: 'note', text });

export const email = (id: string, subject: Bilingual, text: Bilingual): EmailStep => ({ id, kind: 'email', subject, text });

/** A question is its id, its words in both languages and, where the answer is one of a few, those. */
export const questions = (
  id: string,
  title: Bilingual,
  ...ask: readonly (readonly [string, string, string, ...string[]])[]
): QuestionsStep => ({
  id,
  kind: 'questions',
  title,
  ask: ask.map(([name, en, ja, ...options]) => ({ id: name, label: both(en, ja), options })),
});

/** Why the play was started, so that whoever reads the record later knows. */
export const started = note(
  'why',
  both('Play started on {today}. Risk {risk}: {reasons}.', '{today}にプレイを開始。リスク{risk}: {reasons}'),
);
