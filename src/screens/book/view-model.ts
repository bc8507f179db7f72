/** The book as cells: pure, from the snapshot, where one stands in it, and the room there is. */
import type { Handled } from '../../book/done.ts';
import type { BookSnapshot } from '../../book/row.ts';
import { beside, emptyLine, gap, type Line, span, spread } from '../../components/line.ts';
import { say } from '../../components/say.ts';
import { type Cell, COLUMN_GAP, type Column, cell, headLine, tableLine } from '../../components/table.ts';
import { cut } from '../../text/cells.ts';
import { type Clean, cleanLine, literal } from '../../text/clean.ts';
import { formatMoney, sparkline } from '../../text/format.ts';
import type { Lang } from '../../text/messages/index.ts';
import { movedWords } from '../brief/view-model.ts';
import { bandCell, bandTone, changeCell, moneyCell, NOTHING, renewalCell, riskChangeCell, why } from '../figures.ts';
import { previewLines } from '../preview.ts';
import type { BookList, Entry, Group, ListQuery } from './list.ts';
import { type TabsInput, tabsLine } from './tabs.ts';

export const MARK = literal('▸');
/** Chosen for the next action, and the same under the cursor. */
const MARKED = literal('+');
const MARK_BOTH = literal('»');

export interface BookLayout {
  readonly columns: readonly Column[];
  readonly trendMonths: number;
  readonly bandWords: boolean;
  /** The reason is what moved the account, not what it stands on. */
  readonly moved: boolean;
}

/** Columns in the order in which they give way as the terminal narrows. */
const GIVE_WAY = ['tier', 'change', 'renewal', 'longTrend', 'bandWord', 'loss', 'trend', 'move', 'rank'] as const;
type Optional = (typeof GIVE_WAY)[number];

/** Cells that the name and the reason keep while another column can still give way. */
const NAME_MIN = 14;
const WHY_MIN = 14;
/** What is only good to have gives way sooner: name and reason say more. */
const COMFORT = 46;
const ONLY_GOOD_TO_HAVE: ReadonlySet<Optional> = new Set(['tier', 'change', 'renewal', 'longTrend', 'bandWord']);
const NAME_MAX = 30;
const LONG_TREND = 24;
const SHORT_TREND = 12;

const WIDTHS: Readonly<Record<Lang, Readonly<Record<string, number>>>> = {
  en: { mark: 1, rank: 3, tier: 4, mrr: 6, change: 5, risk: 4, move: 4, band: 1, bandWord: 10, loss: 6, renewal: 7 },
  ja: { mark: 1, rank: 3, tier: 6, mrr: 7, change: 5, risk: 4, move: 4, band: 1, bandWord: 6, loss: 8, renewal: 6 },
};

function fixedColumns(kept: ReadonlySet<Optional>, lang: Lang, rankWidth: number): { id: string; width: number }[] {
  const widths = WIDTHS[lang];
  const trend = kept.has('trend') ? (kept.has('longTrend') ? LONG_TREND : SHORT_TREND) : 0;
  const all: { id: string; width: number; shown: boolean }[] = [
    { id: 'mark', width: widths.mark ?? 1, shown: true },
    { id: 'rank', width: Math.max(rankWidth, 2), shown: kept.has('rank') },
    { id: 'name', width: 0, shown: true },
    { id: 'tier', width: widths.tier ?? 5, shown: kept.has('tier') },
    { id: 'mrr', width: widths.mrr ?? 6, shown: true },
    { id: 'change', width: widths.change ?? 5, shown: kept.has('change') },
    { id: 'trend', width: trend, shown: trend > 0 },
    { id: 'risk', width: widths.risk ?? 4, shown: true },
    { id: 'move', width: widths.move ?? 4, shown: kept.has('move') },
    { id: 'band', width: (kept.has('bandWord') ? widths.bandWord : widths.band) ?? 1, shown: true },
    { id: 'loss', width: widths.loss ?? 7, shown: kept.has('loss') },
    { id: 'renewal', width: widths.renewal ?? 6, shown: kept.has('renewal') },
    { id: 'why', width: 0, shown: true },
  ];
  return all.filter((column) => column.shown).map(({ id, width }) => ({ id, width }));
}

const RIGHT = new Set(['rank', 'mrr', 'change', 'risk', 'move', 'loss', 'renewal']);

/** Which columns there are at `width`, and how wide: the fixed ones first, name and reason share the rest. */
export function bookLayout(width: number, lang: Lang, total: number, moved = false): BookLayout {
  const kept = new Set<Optional>(GIVE_WAY);
  const rankWidth = String(total).length;
  const restOf = (columns: readonly { width: number }[]) =>
    width - columns.reduce((sum, column) => sum + column.width, 0) - (columns.length - 1) * COLUMN_GAP;
  let columns = fixedColumns(kept, lang, rankWidth);
  for (const next of GIVE_WAY) {
    if (restOf(columns) >= (ONLY_GOOD_TO_HAVE.has(next) ? COMFORT : NAME_MIN + WHY_MIN)) break;
    kept.delete(next);
    columns = fixedColumns(kept, lang, rankWidth);
  }
  const rest = Math.max(2, restOf(columns));
  const name = Math.max(
    1,
    Math.min(NAME_MAX, rest - 1, Math.max(Math.min(NAME_MIN, rest - WHY_MIN), Math.floor(rest * (rest > 48 ? 0.42 : 0.52)))),
  );
  const drawn = columns.map(
    ({ id, width: fixed }): Column => ({
      id,
      title: columnTitle(id, lang, kept),
      width: id === 'name' ? name : id === 'why' ? rest - name : fixed,
      align: RIGHT.has(id) ? 'right' : 'left',
    }),
  );
  return {
    columns: drawn,
    trendMonths: kept.has('trend') ? (kept.has('longTrend') ? LONG_TREND : SHORT_TREND) : 0,
    bandWords: kept.has('bandWord'),
    moved,
  };
}

function columnTitle(id: string, lang: Lang, kept: ReadonlySet<Optional>): Clean {
  switch (id) {
    case 'rank':
      return literal('#');
    case 'name':
      return say(lang, 'app.column.name');
    case 'tier':
      return say(lang, 'app.column.tier');
    case 'mrr':
      return literal('MRR');
    case 'change':
      return say(lang, 'app.column.change');
    case 'trend':
      return say(lang, 'app.column.trend', { n: kept.has('longTrend') ? LONG_TREND : SHORT_TREND });
    case 'risk':
      return say(lang, 'app.column.risk');
    case 'move':
      return say(lang, 'app.column.move');
    case 'loss':
      return say(lang, 'app.column.loss');
    case 'renewal':
      return say(lang, 'app.column.renewal');
    case 'why':
      return say(lang, 'app.column.why');
    default:
      return NOTHING;
  }
}

type RowEntry = Extract<Entry, { kind: 'row' }>;

function cellOf(id: string, { row, rank, moved }: RowEntry, selected: boolean, marked: boolean, layout: BookLayout, lang: Lang): Cell {
  switch (id) {
    case 'mark':
      return marked ? cell(selected ? MARK_BOTH : MARKED, 'accent') : cell(selected ? MARK : NOTHING, 'selected');
    case 'rank':
      return cell(literal(String(rank)), selected ? 'selected' : 'quiet');
    case 'name':
      return cell(cleanLine(row.name), selected ? 'selected' : 'plain');
    case 'tier':
      return row.tier === null ? cell(NOTHING) : cell(say(lang, `book.tier.${row.tier}`), 'quiet');
    case 'mrr':
      return moneyCell(row.mrr, row.currency, lang);
    case 'change':
      return changeCell(row);
    case 'trend':
      return cell(literal(sparkline(row.mrrTrend.slice(-layout.trendMonths).map(({ mrr }) => mrr)).padStart(layout.trendMonths)), 'quiet');
    case 'risk':
      return cell(literal(String(row.risk)), bandTone(row.band));
    case 'move':
      return riskChangeCell(row.riskChange7d);
    case 'band':
      return bandCell(row.band, lang, layout.bandWords);
    case 'loss':
      return moneyCell(row.expectedLoss, row.currency, lang);
    case 'renewal':
      return renewalCell(row, lang);
    case 'why':
      if (layout.moved && moved) return cell(movedWords(moved, row, lang) ?? why(row, lang));
      return cell(why(row, lang), row.signals.length === 0 ? 'quiet' : 'plain');
    default:
      return cell(NOTHING);
  }
}

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
  readonly offset: number;
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

/** Rows of the list itself. */
export const bookPage = (height: number): number => Math.max(1, height - bookChrome(height));

const drawnRows = new WeakMap<Entry, { readonly layout: BookLayout; readonly lang: Lang; readonly line: Line }>();

/** A row that is not selected stays the same object while entry and layout do, so that nothing is drawn twice. */
function rowLine(entry: RowEntry, selected: boolean, marked: boolean, layout: BookLayout, lang: Lang): Line {
  const draw = () =>
    tableLine(
      layout.columns,
      layout.columns.map((column) => cellOf(column.id, entry, selected, marked, layout, lang)),
    );
  if (selected || marked) return draw();
  const known = drawnRows.get(entry);
  if (known && known.layout === layout && known.lang === lang) return known.line;
  const line = draw();
  drawnRows.set(entry, { layout, lang, line });
  return line;
}

let lastLayout: { readonly key: string; readonly layout: BookLayout; readonly head: Line } | null = null;

function layoutFor(width: number, lang: Lang, total: number, moved: boolean): { readonly layout: BookLayout; readonly head: Line } {
  const key = `${width} ${lang} ${String(total).length} ${moved}`;
  if (lastLayout?.key !== key) {
    const layout = bookLayout(width, lang, total, moved);
    lastLayout = { key, layout, head: headLine(layout.columns) };
  }
  return lastLayout;
}

/** Width from which the selected account is shown beside the list, and the cells that it takes. */
const PREVIEW_FROM = 170;
const PREVIEW_WIDTH = 56;

/** The lines of the book screen, `height` at most, each at most `width` wide. */
export function bookLines(input: BookInput): Line[] {
  const place = input.selectedId === null ? undefined : input.list.places.get(input.selectedId);
  const entry = place === undefined ? undefined : input.list.entries[place];
  if (input.width < PREVIEW_FROM || entry?.kind !== 'row') return listLines(input);
  const left = input.width - PREVIEW_WIDTH - 2;
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
  const { layout, head } = layoutFor(width, lang, list.total, input.query.brief !== null);
  const lines: Line[] = [...(bookChrome(height) === 3 ? [tabsLine(snapshot, input.tabs, width)] : []), infoLine(input)];
  lines.push(head);
  const page = bookPage(height);
  for (let place = input.offset; place < Math.min(input.offset + page, list.entries.length); place++) {
    const entry = list.entries[place];
    if (!entry) break;
    lines.push(
      entry.kind === 'group'
        ? groupLine(entry.group, entry.count, snapshot.cap, width, lang)
        : rowLine(entry, entry.row.id === input.selectedId, input.marked.has(entry.row.id), layout, lang),
    );
  }
  if (list.shown === 0) lines.push(emptyLine, [gap(2), span(say(lang, 'app.empty.noMatch'), 'quiet')]);
  return lines;
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
