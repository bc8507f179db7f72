/** Which rows of the book are shown and in what order; pure, and cheap to ask again with the same arguments. */
import type { BriefKind, BriefLine, BriefSummary } from '../../book/brief.ts';
import { type DoneMarks, isDone } from '../../book/done.ts';
import { compileFilter, searchTextOf } from '../../book/expression.ts';
import type { BookRow, BookSnapshot } from '../../book/row.ts';
import type { Band, Tier } from '../../policy.ts';
import { type Clean, clean } from '../../text/clean.ts';
import type { Lang } from '../../text/messages/index.ts';
import { searchKey } from '../../text/search.ts';
import type { Day } from '../../units/day.ts';
import { comparator, type Order } from './order.ts';

export type BandFilter = Band | 'unknown';

/** Every part that is set must hold; several values of one part are alternatives. */
export interface Filter {
  readonly bands: readonly BandFilter[];
  readonly tiers: readonly Tier[];
  /** Days to the renewal, at most. */
  readonly renewalWithin: number | null;
  readonly signal: string | null;
  /** These accounts alone, as another screen picked them; the name says which they are. */
  readonly only: { readonly name: Clean; readonly ids: ReadonlySet<string> } | null;
}

export const noFilter: Filter = { bands: [], tiers: [], renewalWithin: null, signal: null, only: null };

export const isFiltering = (filter: Filter): boolean =>
  filter.bands.length > 0 || filter.tiers.length > 0 || filter.renewalWithin !== null || filter.signal !== null || filter.only !== null;

export interface ListQuery extends Order {
  readonly filter: Filter;
  readonly find: string;
  /** A segment's filter, and the line that somebody typed; both must hold. */
  readonly segment: string;
  readonly expression: string;
  /** Only what changed in this way since the last look. */
  readonly brief: BriefKind | null;
}

/** What the day adds to the book. */
export interface Morning {
  readonly brief: BriefSummary | null;
  readonly done: DoneMarks;
  readonly today: Day;
  readonly myId: string | null;
}

export type Group = BookRow['group'];

export type Entry =
  /** `moved`: what the brief tells of it. */
  | { readonly kind: 'row'; readonly row: BookRow; readonly rank: number; readonly moved: BriefLine | null }
  /** `held`: ranked accounts from here on are beyond the daily cap. */
  | { readonly kind: 'group'; readonly group: Exclude<Group, 'ranked'> | 'held' | 'done'; readonly count: number };

type RowEntry = Extract<Entry, { readonly kind: 'row' }>;

export interface BookList {
  readonly entries: readonly Entry[];
  /** Place in `entries` by account id. */
  readonly places: Places;
  readonly shown: number;
  readonly total: number;
}

export type Places = Pick<ReadonlyMap<string, number>, 'get'>;

/** Entries that are looked through before all ids are: an app opens at the top. */
const TOP = 50;

/** Nobody waits for the ids of a large book to see its first rows. */
class EntryPlaces implements Places {
  readonly #entries: readonly Entry[];
  #all: ReadonlyMap<string, number> | null = null;

  constructor(entries: readonly Entry[]) {
    this.#entries = entries;
  }

  get(id: string): number | undefined {
    if (this.#all === null) {
      const near = this.#entries.slice(0, TOP).findIndex((entry) => entry.kind === 'row' && entry.row.id === id);
      if (near >= 0) return near;
      this.#all = new Map(this.#entries.flatMap((entry, place) => (entry.kind === 'row' ? [[entry.row.id, place] as const] : [])));
    }
    return this.#all.get(id);
  }
}

const GROUPS: readonly Group[] = ['ranked', 'notice', 'unknown', 'snoozed'];

const emptyList: BookList = { entries: [], places: new Map(), shown: 0, total: 0 };

export function matches(row: BookRow, filter: Filter): boolean {
  if (filter.only !== null && !filter.only.ids.has(row.id)) return false;
  if (filter.bands.length > 0 && !filter.bands.includes(row.band ?? 'unknown')) return false;
  if (filter.tiers.length > 0 && (row.tier === null || !filter.tiers.includes(row.tier))) return false;
  if (filter.renewalWithin !== null) {
    if (row.daysToRenewal === null || row.daysToRenewal < 0 || row.daysToRenewal > filter.renewalWithin) return false;
  }
  return filter.signal === null || row.signals.some((signal) => signal.id === filter.signal && !signal.dismissed);
}

const movedIn = new WeakMap<BriefSummary, ReadonlyMap<string, BriefLine>>();

/** What the brief tells of each account, by the first list that has it. */
export function briefLines(told: BriefSummary | null): ReadonlyMap<string, BriefLine> {
  if (told === null) return NO_LINES;
  let lines = movedIn.get(told);
  if (!lines) {
    lines = new Map(
      Object.values(told.lists)
        .flat()
        .map((line): [string, BriefLine] => [line.id, line])
        .reverse(),
    );
    movedIn.set(told, lines);
  }
  return lines;
}

const NO_LINES: ReadonlyMap<string, BriefLine> = new Map();

function build(snapshot: BookSnapshot, query: ListQuery, lang: Lang, { brief, done, today, myId }: Morning): BookList {
  const line = `${query.segment} ${query.expression}`.trim();
  const narrow = line === '' ? null : compileFilter(line, { rows: snapshot.rows, myId, asOf: snapshot.asOf });
  const needle = searchKey(clean(query.find)).trim();
  const compare = comparator(query, lang);
  const entries: Entry[] = [];
  const told = briefLines(brief);
  /** The brief's own order: the largest step first. */
  const inBrief = query.brief === null ? null : new Map(brief?.lists[query.brief].map(({ id }, index) => [id, index]) ?? []);
  let shown = 0;
  const isShown = (row: BookRow): boolean =>
    matches(row, query.filter) &&
    (narrow === null || narrow.test(row)) &&
    (needle === '' || searchTextOf(row).includes(needle)) &&
    (inBrief === null || inBrief.has(row.id));
  const doneRows = done.size === 0 ? NOBODY : new Set(snapshot.rows.filter((row) => row.group !== 'snoozed' && isDone(row, done, today)));
  /** What is done counts against the day's cap. */
  const capLeft = snapshot.cap === null ? Number.POSITIVE_INFINITY : Math.max(0, snapshot.cap - doneRows.size);
  const byGroup = new Map<Group | 'done', RowEntry[]>([...GROUPS, 'done' as const].map((group) => [group, []]));
  for (const [index, row] of snapshot.rows.entries()) {
    if (!isShown(row)) continue;
    // The rank is that of the default order, whatever the list is sorted by.
    const entry: RowEntry = { kind: 'row', row, rank: index + 1, moved: told.size === 0 ? null : (told.get(row.id) ?? null) };
    byGroup.get(doneRows.has(row) ? 'done' : row.group)?.push(entry);
  }
  for (const [group, rows] of byGroup) {
    if (compare) rows.sort((a, b) => compare(a.row, b.row));
    else if (inBrief) rows.sort((a, b) => ((inBrief.get(a.row.id) ?? 0) - (inBrief.get(b.row.id) ?? 0)) * (query.reversed ? -1 : 1));
    else if (query.reversed) rows.reverse();
    if (group !== 'ranked' && rows.length > 0) entries.push({ kind: 'group', group, count: rows.length });
    const held = group === 'ranked' && isQueue(query, needle) ? rows.length - capLeft : 0;
    for (const [index, entry] of rows.entries()) {
      if (held > 0 && index === capLeft) entries.push({ kind: 'group', group: 'held', count: held });
      entries.push(entry);
    }
    shown += rows.length;
  }
  return { entries, places: new EntryPlaces(entries), shown, total: snapshot.rows.length };
}

/** The list is the day's queue itself: nobody has narrowed or turned it. */
const isQueue = ({ filter, sort, reversed, brief, segment, expression }: ListQuery, needle: string): boolean =>
  brief === null && segment === '' && expression.trim() === '' && sort === 'priority' && !reversed && needle === '' && !isFiltering(filter);

const NOBODY: ReadonlySet<BookRow> = new Set();

let last: { snapshot: BookSnapshot; query: ListQuery; lang: Lang; morning: Morning; list: BookList } | null = null;

const sameMorning = (a: Morning, b: Morning): boolean =>
  a.brief === b.brief && a.done === b.done && a.today === b.today && a.myId === b.myId;

const sameQuery = (a: ListQuery, b: ListQuery): boolean =>
  a.filter === b.filter &&
  a.find === b.find &&
  a.sort === b.sort &&
  a.reversed === b.reversed &&
  a.brief === b.brief &&
  a.segment === b.segment &&
  a.expression === b.expression;

/** The list for a query; the same object until the snapshot or the query changes. */
export function bookList(snapshot: BookSnapshot | null, query: ListQuery, lang: Lang, morning: Morning): BookList {
  if (!snapshot) return emptyList;
  if (last && last.snapshot === snapshot && last.lang === lang && sameQuery(last.query, query) && sameMorning(last.morning, morning))
    return last.list;
  const list = build(snapshot, query, lang, morning);
  last = { snapshot, query, lang, morning, list };
  return list;
}

/** The nearest row at or after `place`, else before it; null in a list without rows. */
export function rowNear(list: BookList, place: number): { readonly row: BookRow; readonly place: number } | null {
  const clamped = Math.max(0, Math.min(list.entries.length - 1, place));
  for (let index = clamped; index < list.entries.length; index++) {
    const entry = list.entries[index];
    if (entry?.kind === 'row') return { row: entry.row, place: index };
  }
  for (let index = clamped - 1; index >= 0; index--) {
    const entry = list.entries[index];
    if (entry?.kind === 'row') return { row: entry.row, place: index };
  }
  return null;
}

/** `by` rows on from `place` (negative: back), stopping at the ends and stepping over the words between groups. */
export function step(list: BookList, place: number, by: number): { readonly row: BookRow; readonly place: number } | null {
  let found = rowNear(list, place);
  const direction = by < 0 ? -1 : 1;
  for (let left = Math.abs(by); left > 0 && found; left--) {
    let next = found.place + direction;
    while (list.entries[next]?.kind === 'group') next += direction;
    const entry = list.entries[next];
    if (entry?.kind !== 'row') break;
    found = { row: entry.row, place: next };
  }
  return found;
}
