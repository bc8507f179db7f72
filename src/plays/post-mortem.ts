/** What is written down of a customer that left: a fixed cause, whether it could have been kept, and what would have helped. */
import { CHURN_CATEGORIES, type ChurnCategory } from '../policy.ts';
import type { Day } from '../units/day.ts';
import { markOf, readMark } from './planned.ts';

export const CAUSES: readonly ChurnCategory[] = [...CHURN_CATEGORIES, 'other'];

export const AVOIDABLE = ['yes', 'no', 'unsure'] as const;
export type Avoidable = (typeof AVOIDABLE)[number];

export interface PostMortem {
  readonly accountId: string;
  readonly day: Day;
  readonly cause: ChurnCategory;
  readonly avoidable: Avoidable;
  /** As typed; may be empty. */
  readonly helped: string;
}

/** What has changed since, so that the cause would not stand in the way again. */
export interface CauseFixed {
  readonly day: Day;
  readonly what: string;
}

/** What looking back on a churn has found, on whichever machine it was written down. */
export interface LookBack {
  readonly day: Day;
  /** Null where the note names none of the fixed vocabulary. */
  readonly cause: ChurnCategory | null;
  /** Null where the question was not answered. */
  readonly avoidable: Avoidable | null;
  /** May be empty. */
  readonly helped: string;
  readonly fixed: CauseFixed | null;
}

/** Words of a note, in each language that it may be written in. */
export interface LookBackWords {
  readonly cause: readonly string[];
  readonly avoidable: readonly string[];
  readonly helped: readonly string[];
  causeOf(word: string): ChurnCategory | null;
  avoidableOf(word: string): Avoidable | null;
}

/** The answers that a note of the step `review` gives, plain text; what people rewrote beyond recognition is not there. */
export function readLookBack(text: string, words: LookBackWords): Pick<LookBack, 'cause' | 'avoidable' | 'helped'> {
  const labels = [...words.cause, ...words.avoidable, ...words.helped];
  const answers = new Map<string, string[]>();
  let lines: string[] = [];
  for (const line of text.split('\n').map((one) => one.trim())) {
    // What follows the mark is no answer.
    if (readMark(line)) break;
    const label = labels.find((one) => one === line);
    if (label !== undefined) {
      lines = [];
      answers.set(label, lines);
    } else lines.push(line);
  }
  const answer = (names: readonly string[]): string =>
    names.map((name) => answers.get(name)?.join('\n').trim() ?? '').find((one) => one !== '') ?? '';
  return {
    cause: words.causeOf(answer(words.cause)),
    avoidable: words.avoidableOf(answer(words.avoidable)),
    helped: answer(words.helped),
  };
}

export const POST_MORTEM_PLAY = 'post-mortem';

export interface PostMortemWords {
  readonly title: string;
  readonly cause: readonly [label: string, value: string];
  readonly avoidable: readonly [label: string, value: string];
  readonly helped: string;
}

/** The note's text: what people read, and the mark by which it counts as the play's review, on any machine. */
export function postMortemNote({ helped }: Pick<PostMortem, 'helped'>, words: PostMortemWords, run: string): string {
  const parts = [words.title, words.cause.join('\n'), words.avoidable.join('\n'), ...(helped === '' ? [] : [`${words.helped}\n${helped}`])];
  return [...parts, markOf(POST_MORTEM_PLAY, 'review', run)].join('\n\n');
}

export const FIXED_STEP = 'fixed';

/** Says in HubSpot that the cause is gone, for every machine that reads the note. */
export const fixedNote = (title: string, what: string, run: string): string =>
  [title, what, markOf(POST_MORTEM_PLAY, FIXED_STEP, run)].join('\n\n');

/** What `fixedNote` was given as `what`. */
export function readFixed(text: string): string {
  const [, ...rest] = text.split('\n\n');
  const end = rest.findIndex((part) => readMark(part) !== null);
  return rest
    .slice(0, end < 0 ? rest.length : end)
    .join('\n\n')
    .trim();
}

export interface ReasonOption {
  readonly value: string;
  readonly label: string;
}

/** The portal's own options that mean the cause, or the one that a word names; `categoryOf` as churn reports tell reasons. */
export function optionsOfCause(
  options: readonly ReasonOption[],
  cause: ChurnCategory,
  categoryOf: (reason: string) => ChurnCategory | null,
): readonly ReasonOption[] {
  const named = options.filter(({ value }) => value.toLowerCase() === cause);
  if (named.length > 0) return named;
  const told = (option: ReasonOption): ChurnCategory | null => {
    const byLabel = categoryOf(option.label);
    return byLabel === 'other' ? categoryOf(option.value) : byLabel;
  };
  return options.filter((option) => told(option) === cause);
}
