/** What is written down of a customer that left: a fixed cause, whether it could have been kept, and what would have helped. */
import { CHURN_CATEGORIES, type ChurnCategory } from '../policy.ts';
import type { Day } from '../units/day.ts';
import { markOf } from './planned.ts';

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
