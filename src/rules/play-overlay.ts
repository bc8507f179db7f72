/** The `plays` part of a checked file laid over what ships. */
import type { Bilingual, Play, PlayStep, Policy, Responses } from '../policy.ts';
import type { PlayEntry, PolicyFile, StepEntry } from './file.ts';

type Text = string | Bilingual;
const inBoth = (text: Text): Bilingual => (typeof text === 'string' ? { en: text, ja: text } : { en: text.en, ja: text.ja });

/** In the file's order. */
export const ownPlays = ({ plays = {} }: PolicyFile, shipped: readonly Play[]): Play[] =>
  Object.entries(plays).map(([id, entry]) =>
    playOf(
      id,
      entry,
      shipped.find((play) => play.id === id),
    ),
  );

function playOf(id: string, { label, about, steps }: PlayEntry, shipped: Play | undefined): Play {
  return {
    id,
    label: label === undefined ? (shipped?.label ?? inBoth(id)) : inBoth(label),
    about: about === undefined ? (shipped?.about ?? inBoth(label ?? id)) : inBoth(about),
    steps: steps?.map(stepOf) ?? shipped?.steps ?? [],
  };
}

function stepOf({ id, note, task, property, email, questions }: StepEntry): PlayStep {
  if (task) {
    const { subject, text, due, after = null, assignee = 'owner', priority = 'medium', type = 'todo' } = task;
    return {
      id,
      kind: 'task',
      subject: inBoth(subject),
      text: text === undefined ? null : inBoth(text),
      due,
      after,
      assignee,
      priority,
      type,
    };
  }
  if (property) return { id, kind: 'property', property: property.name, value: inBoth(property.value) };
  if (email) return { id, kind: 'email', subject: inBoth(email.subject), text: inBoth(email.text) };
  if (questions) {
    const ask = questions.ask.map((one) => ({ id: one.id, label: inBoth(one.label), options: one.options ?? [] }));
    return { id, kind: 'questions', title: inBoth(questions.title), ask };
  }
  return { id, kind: 'note', text: inBoth(note ?? '') };
}

/** The play by signal, where a play of the file names the signals that it answers. */
export const answeredBy = ({ plays = {} }: PolicyFile): ReadonlyMap<string, string> =>
  new Map(Object.entries(plays).flatMap(([id, { signals = [] }]) => signals.map((signal) => [signal, id] as const)));

export function responsesOf({ responses }: PolicyFile, base: Policy): Responses {
  if (!responses) return base.responses;
  const named = <K extends string>(entries: Partial<Record<K, string>> | undefined): Partial<Record<K, string | null>> =>
    Object.fromEntries(Object.entries(entries ?? {}).map(([key, id]) => [key, id === 'none' ? null : id])) as Partial<
      Record<K, string | null>
    >;
  return { bands: { ...base.responses.bands, ...named(responses.bands) }, tiers: { ...base.responses.tiers, ...named(responses.tiers) } };
}
