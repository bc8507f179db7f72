/** The book as cells: pure, from the snapshot, where one stands in it, and the room there is. */
import type { Handled } from '../../book/done.ts';
import type { BookSnapshot } from '../../book/row.ts';
import { beside, emptyLine, gap, type Line, span, spread } from '../../components/line.ts';
import { say } from '../../components/say.ts';
import { COLUMN_GAP, cell, tableLine } from '../../components/table.ts';
import type { BookColumn } from '../../settings/columns.ts';
import { width as cellWidth, cut } from '../../text/cells.ts';
import { type Clean, cleanLine, join, literal } from '../../text/clean.ts';
import { formatMoney } from '../../text/format.ts';
import type { Lang } from '../../text/messages/index.ts';
import { movedWords } from '../brief/view-model.ts';
import { NOTHING } from '../figures.ts';
import { previewLines } from '../preview.ts';
import { cellOf, type RowEntry, type RowState, reasonOf } from './cells.ts';
import { type BookLayout, bookLayout, type ColumnId, type Density, linesOf, sortOfColumn } from './columns.ts';
import type { BookList, Entry, Group, ListQuery } from './list.ts';
import type { Sort } from './order.ts';
import { type TabsInput, tabAt, tabsLine } from './tabs.ts';

function groupLine(group: Exclude<Group, 'ranked'> | 'held' | 'done', count: number, cap: number | null, width: number, lang: Lang): Line {
  const words =
    group === 'held'
      ? literal(`── ${say(lang, 'quiet.held', { n: count, cap: cap ?? 0 })}`)
      : group === 'done'
        ? say(lang, 'morning.group.done', { n: count })
        : say(lang, `app.group.${group}`, { n: count });
  const line = [gap(2), span(cut(words, Math.max(0, width - 4)), 'quiet')];
  return line;
}

export interface BookInput {
  readonly snapshot: BookSnapshot | null;
  readonly list: BookList;
  readonly query: ListQuery;
  readonly selectedId: string | null;
  /** Chosen for the next action. */
  readonly marked: ReadonlySet<string>;
  /** Changed a moment ago, behind the screen. */
  readonly fresh: ReadonlySet<string>;
  readonly offset: number;
  /** Columns in their order; empty: the usual ones. */
  readonly chosen: readonly BookColumn[];
  readonly density: Density;
  readonly tabs: TabsInput;
  readonly width: number;
  /** Rows for the whole screen, its own header included. */
  readonly height: number;
  readonly lang: Lang;
  /** How far the first sync is, in words, while there is no snapshot. */
  readonly progress: Clean | null;
  /** The first scores are being worked out. */
  readonly scoring: boolean;
  /** How much of the day's list is done; null before there is a book. */
  readonly handled: Handled | null;
}

/** Rows above the list: the segments where there is room, what is shown, the column titles. */
export const bookChrome = (height: number): number => (height >= ROOMY ? 3 : 2);

/** Body height from which the segments have a line. */
const ROOMY = 16;

/** Lines of the list itself. */
export const bookLinesLeft = (height: number): number => Math.max(1, height - bookChrome(height));

/** Accounts that a page holds. */
export const bookPage = (height: number, density: Density): number => Math.max(1, Math.floor(bookLinesLeft(height) / linesOf(density)));

interface RowDrawn extends RowState {
  /** Its figures changed a moment ago. */
  readonly fresh: boolean;
}

const drawnRows = new WeakMap<Entry, { readonly layout: BookLayout; readonly lang: Lang; readonly lines: readonly Line[] }>();

/** A row without a mark stays the same object while entry and layout do, so that nothing is drawn twice. */
function rowLines(entry: RowEntry, state: RowDrawn, layout: BookLayout, width: number, lang: Lang): readonly Line[] {
  if (state.selected || state.marked || state.fresh) return drawRow(entry, state, layout, width, lang);
  const known = drawnRows.get(entry);
  if (known && known.layout === layout && known.lang === lang) return known.lines;
  const lines = drawRow(entry, state, layout, width, lang);
  drawnRows.set(entry, { layout, lang, lines });
  return lines;
}

const FRESH = literal('•');

function drawRow(entry: RowEntry, state: RowDrawn, layout: BookLayout, width: number, lang: Lang): readonly Line[] {
  const { columns } = layout;
  const cells = columns.map(({ id }) => {
    const drawn = cellOf(id, entry, state, layout, lang);
    return state.fresh && id === 'name' ? { ...drawn, tone: 'accent' as const } : drawn;
  });
  const [mark, , ...rest] = tableLine(columns, cells);
  // The blank behind the mark: the cursor and what is fresh stand side by side.
  const first: Line = [...(mark ? [mark] : []), state.fresh ? span(FRESH, 'accent') : gap(COLUMN_GAP), ...rest];
  return layout.density === 'compact' ? [first] : [first, secondLine(entry, layout, width, lang)];
}

/** Under the name: every reason, and what to do next. */
function secondLine({ row, moved }: RowEntry, { columns, moved: toldMoved }: BookLayout, width: number, lang: Lang): Line {
  const before = columns.slice(
    0,
    columns.findIndex(({ id }) => id === 'name'),
  );
  const indent = before.reduce((sum, column) => sum + column.width + COLUMN_GAP, 0);
  const next: Line = row.play === null ? [] : [span(literal(`→ ${cleanLine(row.play.label[lang])}`), 'accent')];
  const room = Math.max(0, width - indent);
  return [gap(indent), ...spread([span(reasonOf({ row, moved }, { moved: toldMoved }, lang), 'quiet')], next, room)];
}

let lastLayout: { readonly key: string; readonly layout: BookLayout; readonly head: Line } | null = null;

function layoutFor({ width, lang, list, query, chosen, density }: BookInput): { readonly layout: BookLayout; readonly head: Line } {
  const { total } = list;
  const moved = query.brief !== null;
  const key = `${width} ${lang} ${String(total).length} ${moved} ${density} ${query.sort} ${query.reversed} ${chosen.join()}`;
  if (lastLayout?.key !== key) {
    const layout = bookLayout({ width, lang, total, moved, chosen, density });
    lastLayout = { key, layout, head: titles(layout, query) };
  }
  return lastLayout;
}

/** The first column that tells of the order wears the way it runs, where its title leaves room. */
function titles({ columns }: BookLayout, { sort, reversed }: ListQuery): Line {
  const sorted = sort === 'priority' ? -1 : columns.findIndex(({ id }) => sortOfColumn(id) === sort);
  const way = literal(reversed ? '▲' : '▼');
  return tableLine(
    columns,
    columns.map(({ title, width: room }, index) =>
      index === sorted ? cell(cellWidth(title) < room ? join([title, way], NOTHING) : title, 'accent') : cell(title, 'quiet'),
    ),
  );
}

/** The column under a place of the line of titles. */
export function columnAt({ columns }: BookLayout, x: number): ColumnId | null {
  let from = 0;
  for (const { id, width: cells } of columns) {
    if (x >= from && x < from + cells) return id;
    from += cells + COLUMN_GAP;
  }
  return null;
}

/** Width from which the selected account is shown beside the list, and the cells that it takes. */
const PREVIEW_FROM = 170;
const PREVIEW_WIDTH = 56;

/** Cells of the list itself. */
export const listWidth = (width: number): number => (width < PREVIEW_FROM ? width : width - PREVIEW_WIDTH - 2);

/** The lines of the book screen, `height` at most, each at most `width` wide. */
export function bookLines(input: BookInput): Line[] {
  const place = input.selectedId === null ? undefined : input.list.places.get(input.selectedId);
  const entry = place === undefined ? undefined : input.list.entries[place];
  if (input.width < PREVIEW_FROM || entry?.kind !== 'row') return listLines(input);
  const left = listWidth(input.width);
  const list = listLines({ ...input, width: left });
  const preview = previewLines(entry.row, PREVIEW_WIDTH, input.lang, entry.moved && movedWords(entry.moved, entry.row, input.lang)).slice(
    0,
    input.height,
  );
  return beside(list, left, span(literal('│ '), 'quiet'), preview);
}

function listLines(input: BookInput): Line[] {
  const { snapshot, list, width, height, lang } = input;
  if (!snapshot || list.total === 0) return emptyBook(input);
  const { layout, head } = layoutFor(input);
  const lines: Line[] = [...(bookChrome(height) === 3 ? [tabsLine(snapshot, input.tabs, width)] : []), infoLine(input)];
  lines.push(head);
  const page = bookPage(height, input.density);
  for (let place = input.offset; place < Math.min(input.offset + page, list.entries.length); place++) {
    const entry = list.entries[place];
    if (!entry) break;
    if (entry.kind === 'row') {
      const { id } = entry.row;
      const state = { selected: id === input.selectedId, marked: input.marked.has(id), fresh: input.fresh.has(id) };
      lines.push(...rowLines(entry, state, layout, width, lang));
    } else {
      const line = groupLine(entry.group, entry.count, snapshot.cap, width, lang);
      lines.push(...(input.density === 'comfortable' ? [emptyLine, line] : [line]));
    }
  }
  if (list.shown === 0) lines.push(emptyLine, [gap(2), span(say(lang, 'app.empty.noMatch'), 'quiet')]);
  return lines;
}

export type BookHit =
  | { readonly kind: 'row'; readonly id: string; readonly place: number }
  | { readonly kind: 'tab'; readonly filter: string }
  | { readonly kind: 'title'; readonly sort: Sort };

/** What is drawn at that place of the screen; null where it is nothing to choose. */
export function bookAt(input: BookInput, { x, y }: { readonly x: number; readonly y: number }): BookHit | null {
  const { snapshot, list, height, density, offset } = input;
  const width = listWidth(input.width);
  if (!snapshot || list.total === 0 || x >= width) return null;
  const chrome = bookChrome(height);
  if (chrome === 3 && y === 0) {
    const filter = tabAt(snapshot, input.tabs, width, x);
    return filter === null ? null : { kind: 'tab', filter };
  }
  if (y === chrome - 1) {
    const id = columnAt(layoutFor({ ...input, width }).layout, x);
    const sort = id === null ? null : sortOfColumn(id);
    return sort === null ? null : { kind: 'title', sort };
  }
  const line = y - chrome;
  const place = offset + Math.floor(line / linesOf(density));
  const entry = line < 0 || line >= bookPage(height, density) * linesOf(density) ? undefined : list.entries[place];
  return entry?.kind === 'row' ? { kind: 'row', id: entry.row.id, place } : null;
}

/** `41 accounts · by priority ▼`, or what narrows them: `3 of 214 · critical, high · renewal ≤ 30 d · “acme”`. */
function infoLine({ snapshot, list, query, marked, handled, width, lang }: BookInput): Line {
  const narrowed = list.shown !== list.total || query.find.trim() !== '';
  const parts: Clean[] = [
    narrowed ? say(lang, 'app.book.shown', { shown: list.shown, total: list.total }) : say(lang, 'app.book.all', { n: list.total }),
    ...filterWords(query, snapshot, lang),
  ];
  if (query.expression.trim() !== '') parts.push(cleanLine(query.expression));
  if (query.brief !== null) parts.push(say(lang, 'morning.book.brief', { kind: say(lang, `morning.list.${query.brief}`) }));
  if (query.find.trim() !== '') parts.push(say(lang, 'app.book.find', { text: cleanLine(query.find) }));
  parts.push(say(lang, 'app.book.sort', { by: say(lang, `app.sort.${query.sort}`), way: query.reversed ? '▲' : '▼' }));
  if (marked.size > 0) parts.push(say(lang, 'quiet.marked', { n: marked.size }));
  const [count, ...rest] = parts;
  const line: Line = [gap(1), span(count ?? NOTHING, narrowed ? 'accent' : 'plain')];
  const left = [...line, ...rest.map((part) => span(literal(` · ${part}`), 'quiet'))];
  const right = handledWords(handled, snapshot, lang);
  return right === null ? left : spread(left, [span(right, 'accent'), gap(1)], width);
}

/** `handled 7 of 12 · ¥2.1M of ¥3.4M`; nothing before the first is done. */
function handledWords(of: Handled | null, snapshot: BookSnapshot | null, lang: Lang): Clean | null {
  if (of === null || snapshot === null || of.done === 0) return null;
  const money = (amount: number): Clean => cleanLine(formatMoney(amount, snapshot.currency, lang));
  return of.of === null || of.mrrOf === null
    ? say(lang, 'morning.handled.open', { done: of.done, mrrDone: money(of.mrrDone) })
    : say(lang, 'morning.handled', { done: of.done, of: of.of, mrrDone: money(of.mrrDone), mrrOf: money(of.mrrOf) });
}

/** The parts of the filter in words. */
export function filterWords({ filter }: Pick<ListQuery, 'filter'>, snapshot: BookSnapshot | null, lang: Lang): Clean[] {
  const words: Clean[] = [];
  if (filter.only !== null) words.push(filter.only.name);
  if (filter.bands.length > 0) words.push(literal(filter.bands.map((band) => say(lang, `book.band.${band}`)).join(', ')));
  if (filter.tiers.length > 0) words.push(literal(filter.tiers.map((tier) => say(lang, `book.tier.${tier}`)).join(', ')));
  if (filter.renewalWithin !== null) words.push(say(lang, 'app.filter.renewal', { n: filter.renewalWithin }));
  if (filter.signal !== null) words.push(signalWord(filter.signal, snapshot, lang));
  return words;
}

/** A signal's short words as some account shows them; its id where none does. */
export function signalWord(id: string, snapshot: BookSnapshot | null, lang: Lang): Clean {
  for (const row of snapshot?.rows ?? []) {
    const found = row.signals.find((signal) => signal.id === id);
    if (found) return cleanLine(`${id} (${found.short[lang]})`);
  }
  return cleanLine(id);
}

/** Nothing to list: says why, and which key helps. */
function emptyBook({ snapshot, lang, progress, scoring, width }: BookInput): Line[] {
  const words = snapshot
    ? [say(lang, 'app.empty.noAccounts'), say(lang, 'app.empty.noAccounts.next')]
    : progress
      ? [say(lang, 'app.empty.syncing'), progress]
      : scoring
        ? [say(lang, 'app.empty.scoring')]
        : [say(lang, 'app.empty.notSynced'), say(lang, 'app.empty.notSynced.next')];
  const [first = NOTHING, second = NOTHING] = words;
  return [emptyLine, emptyLine, [gap(3), span(cut(first, width - 4), 'strong')], emptyLine, [gap(3), span(cut(second, width - 4))]];
}
