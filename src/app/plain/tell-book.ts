/** The book in words: how it is listed, and the account under the cursor as one sentence. Pure. */
import type { BookRow } from '../../book/row.ts';
import { say } from '../../components/say.ts';
import { filterWords } from '../../screens/book/view-model.ts';
import { movedWords } from '../../screens/brief/view-model.ts';
import { bandWord, money, why } from '../../screens/figures.ts';
import { type Clean, cleanLine, literal } from '../../text/clean.ts';
import { formatNumber, formatPercent } from '../../text/format.ts';
import type { Lang } from '../../text/messages/index.ts';
import { segmentsHere } from '../actions/segments.ts';
import type { Context } from '../context.ts';
import { progressWords } from '../header.ts';
import type { Place } from './telling.ts';
import { aloud } from './words.ts';

/** Sentences; a name may end in a stop of its own. */
export const sentences = (parts: readonly string[], lang: Lang): Clean =>
  literal(parts.map((part) => part.replace(/[.。]$/, '')).join(say(lang, 'plain.stop')));

/** The strongest ones; the account tells them all. */
const REASONS = 4;

export function tellBook(context: Context): Place {
  const { snapshot, list, lang, ui } = context;
  const place = 'book';
  if (!snapshot) {
    const words = context.status.scoring && !progressWords(context) ? 'app.empty.scoring' : 'app.empty.syncing';
    return { place, lines: [say(lang, context.status.sync || context.status.scoring ? words : 'app.empty.notSynced')], focus: [] };
  }
  if (list.total === 0) return { place, lines: [say(lang, 'app.empty.noAccounts'), say(lang, 'app.empty.noAccounts.next')], focus: [] };
  const at = ui.book.selectedId === null ? undefined : list.places.get(ui.book.selectedId);
  const entry = at === undefined ? undefined : list.entries[at];
  if (at === undefined || entry?.kind !== 'row') return { place, lines: [listWords(context), say(lang, 'plain.list.nobody')], focus: [] };
  const before = list.entries.slice(0, at).filter(({ kind }) => kind === 'row').length;
  const moved = ui.book.brief !== null && entry.moved ? movedWords(entry.moved, entry.row, lang) : null;
  const words = rowWords(entry.row, moved ?? why(entry.row, lang, REASONS), ui.book.marked.has(entry.row.id), lang);
  return { place, lines: [listWords(context)], focus: [say(lang, 'plain.at', { at: before + 1, of: list.shown, what: words })] };
}

/** `List: 6 of 42 accounts, by priority. segment Act first. 2 marked`. */
function listWords(context: Context): Clean {
  const { ui, list, snapshot, lang } = context;
  const { book } = ui;
  const by = say(lang, `app.sort.${book.sort}`);
  const plain =
    list.shown === list.total
      ? say(lang, 'plain.list', { n: list.total, by })
      : say(lang, 'plain.list.part', { shown: list.shown, total: list.total, by });
  const segment = segmentsHere(context).find(({ filter }) => filter !== '' && filter === book.segment);
  return sentences(
    [
      book.reversed ? say(lang, 'plain.list.reversed', { list: plain }) : plain,
      ...(segment ? [say(lang, 'plain.list.segment', { name: segment.title })] : []),
      ...filterWords(book, snapshot, lang),
      ...(book.expression.trim() === '' ? [] : [cleanLine(book.expression)]),
      ...(book.brief === null ? [] : [say(lang, 'morning.book.brief', { kind: say(lang, `morning.list.${book.brief}`) })]),
      ...(book.find.trim() === '' ? [] : [say(lang, 'plain.list.find', { text: cleanLine(book.find) })]),
      ...(book.marked.size === 0 ? [] : [say(lang, 'quiet.marked', { n: book.marked.size })]),
    ],
    lang,
  );
}

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
