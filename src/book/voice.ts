/** What the customer said: answers to surveys in their own words, and where tickets, mails and notes name a topic of the policy. */
import { type Account, isKnown } from '../account.ts';
import { textOfHtml } from '../data/hubspot/html.ts';
import type { Policy } from '../policy.ts';
import { mentionFinder } from '../scoring/mentions.ts';
import type { Day } from '../units/day.ts';
import type { VoiceEntry } from './account-view.ts';

/** Newest first. A survey that names a topic stands once, with its whole comment. */
export function voiceOf(account: Account, policy: Policy, asOf: Day): VoiceEntry[] {
  const topics = new Map<string, Set<string>>();
  const quotes = new Map<string, VoiceEntry>();
  for (const [topic, mentions] of mentionFinder(policy.mentions, textOfHtml)(account)) {
    for (const mention of mentions) {
      if (!isKnown(mention, asOf)) continue;
      const key = `${mention.source.object}:${mention.source.id}`;
      topics.set(key, (topics.get(key) ?? new Set()).add(topic));
      if (mention.where !== 'survey')
        quotes.set(key, {
          at: mention.validAt,
          where: mention.where,
          who: null,
          text: mention.quote,
          score: null,
          topics: [],
          source: mention.source,
        });
    }
  }
  const answers = account.surveys.flatMap((survey): VoiceEntry[] =>
    survey.comment === null || survey.comment.trim() === '' || !isKnown(survey, asOf)
      ? []
      : [
          {
            at: survey.validAt,
            where: 'survey',
            who: survey.who,
            text: survey.comment,
            score: `${survey.kind.toUpperCase()} ${survey.score}`,
            topics: [...(topics.get(`${survey.source.object}:${survey.source.id}`) ?? [])],
            source: survey.source,
          },
        ],
  );
  const said = [...quotes].map(([key, quote]) => ({ ...quote, topics: [...(topics.get(key) ?? [])] }));
  return [...answers, ...said].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.source.id < b.source.id ? 1 : -1));
}
