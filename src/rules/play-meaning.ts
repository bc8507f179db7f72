/** What a shape cannot say of plays: signals, steps, days, people and facts that must exist, chains that must end. */
import { circleIn, parseSpan } from '../plays/due.ts';
import { FACT_NAMES } from '../plays/facts.ts';
import { parseTemplate } from '../plays/template.ts';
import type { Bilingual, Policy } from '../policy.ts';
import { isEmail } from './email.ts';
import type { PlayEntry, PolicyFile, StepEntry } from './file.ts';
import { nearest } from './near.ts';
import type { Fault, Path } from './problem.ts';

export const CUSTOM_PLAY = /^custom\.[a-z0-9_-]{1,60}$/;
const NAME = /^[a-z0-9_-]{1,60}$/;
const ROLES = ['me', 'owner', 'lead'];

export interface PlayNames {
  /** Shipped ones. */
  readonly plays: readonly string[];
  /** The policy's own and the file's. */
  readonly signals: readonly string[];
}

export function playFaults(file: PolicyFile, names: PlayNames): Fault[] {
  const plays = [...names.plays, ...Object.keys(file.plays ?? {})];
  const known = (id: string, path: Path, allowNone = false): Fault[] => {
    if (plays.includes(id) || (allowNone && id === 'none')) return [];
    const near = nearest(id, plays);
    return [
      near === null
        ? { path, kind: 'unknown_play', params: { play: id } }
        : { path, kind: 'unknown_play_near', params: { play: id, near } },
    ];
  };
  const responses = (['bands', 'tiers'] as const).flatMap((part) =>
    Object.entries(file.responses?.[part] ?? {}).flatMap(([key, id]) => known(id, ['responses', part, key], true)),
  );
  return [
    ...Object.entries(file.plays ?? {}).flatMap(([id, entry]) => entryFaults(id, entry, names)),
    ...Object.entries(file.signals ?? {}).flatMap(([id, { play }]) => (play === undefined ? [] : known(play, ['signals', id, 'play']))),
    ...responses,
    ...Object.entries(file.leads ?? {}).flatMap(([team, email]): Fault[] =>
      isEmail(email) ? [] : [{ path: ['leads', team], kind: 'email', params: { value: email } }],
    ),
  ];
}

function entryFaults(id: string, entry: PlayEntry, { plays, signals }: PlayNames): Fault[] {
  const path = ['plays', id];
  const faults: Fault[] = [];
  if (!plays.includes(id)) {
    if (!CUSTOM_PLAY.test(id)) {
      const near = nearest(id, plays);
      return [
        near === null
          ? { path, atKey: true, kind: 'play_id', params: { play: id } }
          : { path, atKey: true, kind: 'unknown_play_near', params: { play: id, near } },
      ];
    }
    for (const key of ['label', 'steps'] as const)
      if (entry[key] === undefined) faults.push({ path, atKey: true, kind: 'missing', params: { key } });
  }
  for (const [index, signal] of (entry.signals ?? []).entries()) {
    if (signals.includes(signal)) continue;
    const near = nearest(signal, signals);
    const at = [...path, 'signals', index];
    faults.push(
      near === null
        ? { path: at, kind: 'unknown_signal', params: { signal } }
        : { path: at, kind: 'unknown_signal_near', params: { signal, near } },
    );
  }
  return [...faults, ...stepsFaults(entry.steps ?? [], [...path, 'steps'])];
}

function stepsFaults(steps: readonly StepEntry[], path: Path): Fault[] {
  const faults: Fault[] = [];
  const seen = new Set<string>();
  const asked = new Set<string>();
  const name = (value: string, at: Path, known: Set<string>): void => {
    if (!NAME.test(value)) faults.push({ path: at, kind: 'step_id', params: { value } });
    else if (known.has(value)) faults.push({ path: at, kind: 'step_twice', params: { value } });
    known.add(value);
  };
  for (const [index, step] of steps.entries()) {
    const at = [...path, index];
    name(step.id, [...at, 'id'], seen);
    for (const [place, one] of (step.questions?.ask ?? []).entries()) name(one.id, [...at, 'questions', 'ask', place, 'id'], asked);
    for (const [part, template] of templatesOf(step)) faults.push(...templateFaults(template, [...at, ...part]));
    if (step.task) faults.push(...taskFaults(step.task, steps, [...at, 'task']));
  }
  const chain = steps.flatMap(({ id, task }) => (task ? [{ id, due: task.due, after: task.after ?? null }] : []));
  const circle = circleIn(chain);
  if (circle !== null)
    faults.push({ path: [...path, steps.findIndex(({ id }) => id === circle), 'task', 'after'], kind: 'circle', params: { step: circle } });
  return faults;
}

function taskFaults({ due, after, assignee }: NonNullable<StepEntry['task']>, steps: readonly StepEntry[], path: Path): Fault[] {
  const faults: Fault[] = [];
  if (parseSpan(due) === null) faults.push({ path: [...path, 'due'], kind: 'due', params: { value: due } });
  if (after !== undefined && !steps.some(({ id, task }) => id === after && task))
    faults.push({ path: [...path, 'after'], kind: 'after', params: { value: after } });
  if (assignee !== undefined && !ROLES.includes(assignee) && !isEmail(assignee))
    faults.push({ path: [...path, 'assignee'], kind: 'assignee', params: { value: assignee } });
  return faults;
}

/** Every text in which facts may stand, with its place. */
function templatesOf(step: StepEntry): (readonly [Path, string | Bilingual])[] {
  const { note, task, property, email, questions } = step;
  const of = (path: Path, text: string | Bilingual | undefined): (readonly [Path, string | Bilingual])[] =>
    text === undefined ? [] : [[path, text]];
  return [
    ...of(['note'], note),
    ...of(['task', 'subject'], task?.subject),
    ...of(['task', 'text'], task?.text),
    ...of(['property', 'value'], property?.value),
    ...of(['email', 'subject'], email?.subject),
    ...of(['email', 'text'], email?.text),
    ...of(['questions', 'title'], questions?.title),
  ];
}

/** Facts that a text names and that nobody has, and braces that open or close nothing. */
export function templateFaults(template: string | Bilingual, path: Path): Fault[] {
  if (typeof template !== 'string') return (['en', 'ja'] as const).flatMap((lang) => templateFaults(template[lang], [...path, lang]));
  return parseTemplate(template).problems.map((problem): Fault => {
    if (problem.kind === 'brace') return { path, kind: 'brace' };
    const near = nearest(problem.name, FACT_NAMES);
    return near === null
      ? { path, kind: 'fact', params: { fact: problem.name, allowed: FACT_NAMES.join(', ') } }
      : { path, kind: 'fact_near', params: { fact: problem.name, near } };
  });
}

/** The signals and plays of a policy and a file, by name. */
export const namesOf = (file: PolicyFile, base: Policy, plays: readonly { readonly id: string }[]): PlayNames => ({
  plays: plays.map(({ id }) => id),
  signals: [...base.signals.map(({ id }) => id), ...Object.keys(file.signals ?? {})],
});
