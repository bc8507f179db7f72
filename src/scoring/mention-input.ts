/** Conditions over what was said: by topic of the policy, or by words of their own. */
import type { Condition, Mention, Policy } from '../policy.ts';
import { serialOf } from '../units/day.ts';
import { newestIn } from './facts.ts';
import { day, text } from './inputs/evidence.ts';
import { type Input, plainly, reading } from './reading.ts';

export const MENTION_DAYS = 120;

/** The topic of a list of the policy, or that of a condition's own words. */
export const topicOf = (mention: Mention['mention']): string => (typeof mention === 'string' ? mention : JSON.stringify(mention));

/** Every list of words that scoring with the policy looks for, by topic. */
export const wordLists = (policy: Policy): Readonly<Record<string, readonly string[]>> => ({
  ...policy.mentions,
  ...Object.fromEntries(policy.signals.flatMap(({ when }) => (when ? ownLists(when) : []))),
});

function ownLists(when: Condition): (readonly [string, readonly string[]])[] {
  if ('all' in when) return when.all.flatMap(ownLists);
  if ('any' in when) return when.any.flatMap(ownLists);
  if ('not' in when) return ownLists(when.not);
  return 'mention' in when && typeof when.mention !== 'string' ? [[topicOf(when.mention), when.mention]] : [];
}

/** 1 where something was said of the topic in the last `within` days, with the newest place that says it; else 0. */
export function mentionInput(topic: string, within: number): Input {
  return {
    feeds: ['mentions'],
    read(_facts, context) {
      const { on } = context;
      const newest = newestIn(context.mentions(topic), on - within, on);
      if (!newest) return reading(0, plainly, 0, true);
      const { validAt, quote, source } = newest;
      return reading(1, () => ({ evidence: { date: day(validAt), quote: text(quote) }, at: validAt, source }), on - serialOf(validAt));
    },
  };
}
