/** What happened, newest first: activities, tickets, answers, moves of MRR and of the score; as much as is looked at. */
import type { AccountView, TimelineEntry } from '../../book/account-view.ts';
import { cutLine, gap, type Line, type Span, span } from '../../components/line.ts';
import { say } from '../../components/say.ts';
import { cut, fit } from '../../text/cells.ts';
import { clean, cleanLine, literal } from '../../text/clean.ts';
import { formatDay } from '../../text/format.ts';
import type { Lang } from '../../text/messages/index.ts';
import { searchKey } from '../../text/search.ts';
import type { Day } from '../../units/day.ts';

/** Moves of the score stand here only: they are ours, no record of HubSpot. */
type Entry = Omit<TimelineEntry, 'kind'> & { readonly kind: TimelineEntry['kind'] | 'score' };

/** Entries drawn at first, and so many more whenever the end comes into sight. */
export const TIMELINE_STEP = 40;
/** A step of the score from one day to the next that is worth a line. */
const SCORE_STEP = 5;
const KIND_WIDTH = 8;

export const DATE_WIDTH: Readonly<Record<Lang, number>> = { en: 6, ja: 5 };
export const dateCell = (day: Day, lang: Lang): Span =>
  span(fit(literal(formatDay(day, lang, 'short')), DATE_WIDTH[lang], { align: 'right' }), 'quiet');

const joined = new WeakMap<AccountView, readonly Entry[]>();

function entriesOf(view: AccountView): readonly Entry[] {
  let entries = joined.get(view);
  if (!entries) {
    entries = [...view.timeline, ...scoreSteps(view)].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
    joined.set(view, entries);
  }
  return entries;
}

const scoreSteps = ({ history }: AccountView): Entry[] =>
  history.flatMap(({ day, risk }, index) => {
    const before = history[index - 1]?.risk;
    if (before === undefined || Math.abs(risk - before) < SCORE_STEP) return [];
    return [{ at: day, kind: 'score', title: `${Math.round(before)} → ${Math.round(risk)}`, body: null, direction: null, source: null }];
  });

const keys = new WeakMap<Entry, string>();

function keyOf(entry: Entry): string {
  let key = keys.get(entry);
  if (key === undefined) {
    key = searchKey(`${entry.at} ${entry.title} ${entry.body ?? ''}`);
    keys.set(entry, key);
  }
  return key;
}

/** The entries in which `find` stands, every one without it. */
function found(view: AccountView, find: string, lang: Lang): readonly Entry[] {
  const wanted = searchKey(find);
  if (wanted === '') return entriesOf(view);
  return entriesOf(view).filter((entry) => keyOf(entry).includes(wanted) || searchKey(say(lang, `app.kind.${entry.kind}`)) === wanted);
}

/** How many of how many entries hold `find`. */
export const timelineCounts = (view: AccountView | null, find: string, lang: Lang): { readonly shown: number; readonly total: number } =>
  view ? { shown: found(view, find, lang).length, total: entriesOf(view).length } : { shown: 0, total: 0 };

export function timelineSection(
  view: AccountView,
  width: number,
  lang: Lang,
  look: { readonly find: string; readonly shown: number },
): Line[] {
  const entries = found(view, look.find, lang);
  const title = span(say(lang, 'app.section.timeline'), 'strong');
  const lines: Line[] = [
    look.find === ''
      ? [title]
      : cutLine(
          [
            title,
            gap(2),
            span(cleanLine(look.find), 'accent'),
            gap(2),
            span(say(lang, 'account.found', timelineCounts(view, look.find, lang)), 'quiet'),
          ],
          width,
        ),
  ];
  if (entries.length === 0) lines.push([gap(1), span(say(lang, look.find === '' ? 'app.timeline.none' : 'account.notFound'), 'quiet')]);
  // Days are told without their year: it stands above the first one of an earlier year.
  let year = view.receipt.asOf.slice(0, 4);
  for (const entry of entries.slice(0, look.shown)) {
    if (entry.at.slice(0, 4) !== year) {
      year = entry.at.slice(0, 4);
      lines.push([gap(1), span(literal(year), 'quiet')]);
    }
    lines.push(...entryLines(entry, width, lang));
  }
  const more = entries.length - look.shown;
  if (more > 0) lines.push([gap(1), span(say(lang, 'account.older', { n: more }), 'quiet')]);
  return lines;
}

function entryLines(entry: Entry, width: number, lang: Lang): Line[] {
  const way = entry.direction === 'in' ? '←' : entry.direction === 'out' ? '→' : ' ';
  const head: Line = [
    gap(1),
    dateCell(entry.at, lang),
    gap(1),
    span(literal(way), 'quiet'),
    gap(1),
    span(fit(say(lang, `app.kind.${entry.kind}`), KIND_WIDTH), 'quiet'),
    gap(1),
  ];
  const indent = 1 + DATE_WIDTH[lang] + 3 + KIND_WIDTH + 1;
  const lines = [cutLine([...head, span(cleanLine(entry.title))], width)];
  const body = entry.body === null ? '' : clean(entry.body).trim();
  if (body !== '' && body !== cleanLine(entry.title))
    lines.push(cutLine([gap(indent), span(cut(literal(body), Math.max(1, width - indent)), 'quiet')], width));
  return lines;
}
