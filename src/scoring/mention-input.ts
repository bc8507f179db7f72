/** Words in what customers write and in what was written down of them. */
import { type Account, type Dated, isKnown } from '../account.ts';
import { searchKey } from '../text/search.ts';
import { type Day, daysBetween } from '../units/day.ts';
import { day, text } from './inputs/evidence.ts';
import { daysAgo, type Input, reading } from './reading.ts';

/** Word lists that ship; a team adds its competitors' names. */
export const MENTIONS: Readonly<Record<string, readonly string[]>> = {
  competitor: ['competitor', 'alternative to', 'switch to', '競合', '他社', '乗り換え'],
  price: ['too expensive', 'price increase', 'budget cut', '高すぎ', '値上げ', '予算削減'],
  missing_feature: ['missing feature', 'does not support', 'feature request', '機能がない', '機能不足', '対応していない'],
  cancellation: ['cancel', 'terminate', 'not renew', '解約', '退会', '更新しない'],
};

export const MENTION_DAYS = 120;

/** Characters of the text shown around the word. */
const QUOTE_BEFORE = 16;
const QUOTE_LENGTH = 48;

interface Found {
  readonly on: Day;
  readonly quote: string;
  readonly fact: Dated;
}

/** 1 where one of the words stands in a text of the last `within` days, with the newest text that has it; else 0. */
export function mentionInput(words: readonly string[], within: number): Input {
  const keys = words.map((word) => searchKey(word)).filter((key) => key !== '');
  return {
    feeds: ['support', 'engagement', 'survey'],
    anyFeed: true,
    read(account, { asOf }) {
      const found = newest(account, keys, daysAgo(asOf, within), asOf);
      if (!found) return reading(0, {}, { zero: true });
      const evidence = { date: day(found.on), quote: text(found.quote) };
      return reading(1, evidence, { at: found.on, source: found.fact.source, ageDays: daysBetween(found.on, asOf) });
    },
  };
}

function newest(account: Account, keys: readonly string[], after: Day, asOf: Day): Found | null {
  let found: Found | null = null;
  const look = (fact: Dated, texts: readonly (string | null)[]): void => {
    if (fact.validAt <= after || !isKnown(fact, asOf)) return;
    if (found && (fact.validAt < found.on || (fact.validAt === found.on && fact.source.id >= found.fact.source.id))) return;
    const words = wordsOf(fact, texts);
    const key = keys.find((one) => words.folded.includes(one));
    if (key !== undefined) found = { on: fact.validAt, quote: quoteOf(words.plain, key), fact };
  };
  for (const ticket of account.tickets) look(ticket, [ticket.subject, ticket.category]);
  for (const touch of account.touches) look(touch, [touch.title, touch.body]);
  for (const survey of account.surveys) look(survey, [survey.comment]);
  return found;
}

interface Words {
  readonly plain: string;
  readonly folded: string;
}

/** A whole book asks for the same texts on many days. */
const known = new WeakMap<Dated, Words>();

function wordsOf(fact: Dated, texts: readonly (string | null)[]): Words {
  let words = known.get(fact);
  if (!words) {
    const plain = texts
      .filter((one) => one !== null)
      .map((one) => one.replace(/<[^>]*>/g, ' '))
      .join(' ')
      .replace(/\s+/g, ' ');
    words = { plain, folded: searchKey(plain) };
    known.set(fact, words);
  }
  return words;
}

/** A few words around the one that was found, as they were written. */
function quoteOf(plain: string, key: string): string {
  const at = plain.normalize('NFKC').toLowerCase().indexOf(key);
  const from = Math.max(0, at - QUOTE_BEFORE);
  return `${from > 0 ? '…' : ''}${plain.slice(from, from + QUOTE_LENGTH).trim()}`;
}
