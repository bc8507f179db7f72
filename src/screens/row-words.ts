/** An account of the book as a sentence: name, risk, money, renewal and reason, in the order of the list's columns. Pure. */
import type { BookRow } from '../book/row.ts';
import { say } from '../components/say.ts';
import { aloud } from '../text/aloud.ts';
import { type Clean, cleanLine, literal } from '../text/clean.ts';
import { formatNumber, formatPercent } from '../text/format.ts';
import type { Lang } from '../text/messages/index.ts';
import { bandWord, money, why } from './figures.ts';

/** Sentences; a name may end in a stop of its own. */
export const sentences = (parts: readonly string[], lang: Lang): Clean =>
  literal(parts.map((part) => part.replace(/[.。]$/, '')).join(say(lang, 'plain.stop')));

const moveWords = (value: number, figures: string, lang: Lang): Clean => say(lang, value > 0 ? 'plain.up' : 'plain.down', { n: figures });

/** Name, risk, money, renewal and reason, in the order of the screen's columns. */
export function rowWords(row: BookRow, reason: Clean | null, marked: boolean, lang: Lang): Clean {
  const parts: string[] = [cleanLine(row.name)];
  if (marked) parts.push(say(lang, 'plain.marked'));
  if (row.group !== 'ranked') parts.push(say(lang, `book.group.${row.group}`));
  parts.push(...riskWords(row, lang), mrrWords(row, lang));
  if (row.expectedLoss !== null) parts.push(say(lang, 'plain.row.loss', { amount: money(row.expectedLoss, row, lang) }));
  parts.push(renewalWords(row, lang));
  if (reason !== null) parts.push(say(lang, 'plain.row.why', { why: aloud(reason, lang) }));
  return sentences(parts, lang);
}

function riskWords(row: BookRow, lang: Lang): Clean[] {
  if (row.band === null) return [bandWord(null, lang)];
  const risk = say(lang, 'plain.row.risk', { band: bandWord(row.band, lang), n: row.risk });
  const change = Math.round(row.riskChange7d ?? 0);
  if (change === 0) return [risk];
  return [
    literal(
      [risk, say(lang, 'plain.row.move', { move: moveWords(change, formatNumber(Math.abs(change)), lang) })].join(say(lang, 'plain.and')),
    ),
  ];
}

function mrrWords(row: BookRow, lang: Lang): Clean {
  if (row.mrr === null) return say(lang, 'plain.row.mrr.unknown');
  const amount = say(lang, 'plain.row.mrr', { amount: money(row.mrr, row, lang) });
  const before = row.mrr - (row.mrrChange3m ?? 0);
  if (row.mrrChange3m === null || before <= 0 || Math.abs(row.mrrChange3m / before) < 0.005) return amount;
  const move = moveWords(row.mrrChange3m, formatPercent(Math.abs(row.mrrChange3m / before)), lang);
  return literal([amount, say(lang, 'plain.row.mrr.move', { move })].join(say(lang, 'plain.and')));
}

function renewalWords(row: BookRow, lang: Lang): Clean {
  if (row.stratum === 'monthly') return say(lang, 'plain.row.renewal.monthly');
  if (row.daysToRenewal === null) return say(lang, 'plain.row.renewal.unknown');
  return say(lang, row.daysToRenewal < 0 ? 'plain.row.renewal.past' : 'plain.row.renewal', { n: Math.abs(row.daysToRenewal) });
}

/** The strongest ones; the account tells them all. */
export const REASONS = 4;

/** One account a line, numbered. */
export const listSentences = (rows: readonly BookRow[], lang: Lang): string =>
  rows.map((row, index) => `${index + 1}. ${rowWords(row, why(row, lang, REASONS), false, lang)}\n`).join('');
