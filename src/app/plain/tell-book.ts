/** The book in words: how it is listed, and the account under the cursor as one sentence. Pure. */
import { say } from '../../components/say.ts';
import { filterWords } from '../../screens/book/view-model.ts';
import { movedWords } from '../../screens/brief/view-model.ts';
import { why } from '../../screens/figures.ts';
import { REASONS, rowWords, sentences } from '../../screens/row-words.ts';
import { type Clean, cleanLine } from '../../text/clean.ts';
import { segmentsHere } from '../actions/segments.ts';
import type { Context } from '../context.ts';
import { progressWords } from '../header.ts';
import type { Place } from './telling.ts';

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
