/** What was said of a topic, found by words in tickets, deals, survey answers, mails that came in, and notes of what was said. */
import type { Account, Dated, TicketFact, TouchFact } from '../account.ts';

/** Where a text stood, as evidence names it. */
export type Place = 'ticket' | 'survey' | 'deal' | TouchFact['kind'];

export interface Mention extends Pick<Dated, 'validAt' | 'knownAt' | 'source'> {
  readonly where: Place;
  /** The words around the first hit, one line. Raw: it comes from outside. */
  readonly quote: string;
  /** In the title or category, not only somewhere in the text. */
  readonly inTitle: boolean;
  /** The ticket that says it, for topics that are about open ones. */
  readonly ticket: TicketFact | null;
}

/** By topic; of one record at most one mention a topic, in no order. */
export type Mentions = ReadonlyMap<string, readonly Mention[]>;

/** Characters of the quote around the hit. */
const BEFORE = 16;
const QUOTE = 48;
/** Forms that NFKC changes: full and half width, ideographic blanks, ligatures. */
const FOLDED = /[\u00a0\u2000-\u200a\u3000\uff00-\uffef\ufb00-\ufb06]/;
const SPECIAL = /[.*+?^${}()|[\]\\/]/g;
const LATIN = /[a-z0-9]/;

const fold = (text: string): string => (FOLDED.test(text) ? text.normalize('NFKC') : text);

const plainWord = (word: string): string => word.normalize('NFKC').trim().toLowerCase().replaceAll('...', '…');

/** One pattern for a list of words, on folded text. */
export function patternOf(words: readonly string[]): RegExp | null {
  const parts = words.flatMap((word) => {
    const plain = plainWord(word);
    if (!/[^\s_…-]/.test(plain)) return [];
    const body = plain
      .split(/\s*…\s*/)
      .map((part) => part.replace(SPECIAL, '\\$&').replace(/[\s_-]+/g, '[\\s_-]+'))
      // Both ends of a gap are words of their own.
      .join('(?![a-z0-9])[^.。\\n]{0,24}?(?<![a-z0-9])');
    return [`${LATIN.test(plain[0] ?? '') ? '(?<![a-z0-9])' : ''}${body}${LATIN.test(plain.at(-1) ?? '') ? '(?![a-z0-9])' : ''}`];
  });
  return parts.length === 0 ? null : new RegExp(parts.join('|'), 'i');
}

/** Matches wherever `patternOf` of the same words does, and at more places: the first part of each word alone, without boundaries. */
function roughPatternOf(words: readonly string[]): RegExp | null {
  const begins = new Set(
    words.flatMap((word) => {
      const first = plainWord(word)
        .split(/[\s_…-]+/)
        .find((part) => part !== '');
      return first === undefined ? [] : [first.replace(SPECIAL, '\\$&')];
    }),
  );
  return begins.size === 0 ? null : new RegExp([...begins].join('|'), 'i');
}

/** Our own mails and to-dos say what we think, not what the customer does. */
const speaksOfThem = (touch: TouchFact): boolean => touch.kind !== 'task' && !(touch.kind === 'email' && touch.direction === 'out');

export type MentionFinder = (account: Account) => Mentions;

/** `plain` makes the words of a body that may be HTML; it is asked only where a body seems to hold a word. */
export function mentionFinder(words: Readonly<Record<string, readonly string[]>>, plain: (body: string) => string): MentionFinder {
  const topics = Object.entries(words).flatMap(([topic, list]) => {
    const pattern = patternOf(list);
    return pattern ? [{ topic, pattern }] : [];
  });
  // Quick and too generous: most texts hold none of the words, wherever a word may begin and end.
  const any = roughPatternOf(Object.values(words).flat());
  return (account) => {
    const found = new Map<string, Mention[]>();
    const add = (topic: string, mention: Mention): void => {
      const known = found.get(topic);
      if (known && mention.ticket !== null && known.at(-1)?.ticket === mention.ticket) return;
      if (known) known.push(mention);
      else found.set(topic, [mention]);
    };
    const look = (fact: Dated, where: Place, titles: readonly (string | null)[], body: string | null, ticket: TicketFact | null): void => {
      const read = [...titles, body].flatMap((text, index) => {
        if (!text || !any?.test(fold(text))) return [];
        const inTitle = index < titles.length;
        return [{ inTitle, text: fold(!inTitle && /[<&]/.test(text) ? plain(text) : text) }];
      });
      if (read.length === 0) return;
      const { validAt, knownAt, source } = fact;
      for (const { topic, pattern } of topics) {
        const hit = read.find(({ text }) => pattern.test(text));
        if (hit) {
          const quote = quoteOf(hit.text, hit.text.search(pattern));
          add(topic, { validAt, knownAt, source, where, quote, inTitle: hit.inTitle, ticket });
        }
      }
    };
    for (const ticket of account.tickets) {
      const later = ticket.changes?.category;
      look(ticket, 'ticket', [ticket.subject, later ? null : ticket.category], ticket.content ?? null, ticket);
      // What a category says is known since somebody chose it.
      for (const { on, value } of later ?? []) {
        look({ ...ticket, knownAt: on > ticket.knownAt ? on : ticket.knownAt }, 'ticket', [value], null, ticket);
      }
    }
    for (const deal of account.deals ?? []) look(deal, 'deal', [deal.name], deal.text, null);
    for (const touch of account.touches) if (speaksOfThem(touch)) look(touch, touch.kind, [touch.title], touch.body, null);
    for (const survey of account.surveys) look(survey, 'survey', [], survey.comment, null);
    return found;
  };
}

function quoteOf(text: string, at: number): string {
  const from = Math.max(0, at - BEFORE);
  const cut = text
    .slice(from, from + QUOTE)
    .toWellFormed()
    .replace(/\s+/g, ' ')
    .trim();
  return `${from > 0 ? '…' : ''}${cut}${from + QUOTE < text.length ? '…' : ''}`;
}
