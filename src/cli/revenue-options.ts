/** What the revenue commands share: options, the source that they read, and what the figures leave out. */
import { type BookFilter, matches } from '../book/filters.ts';
import { lastMonth } from '../book/revenue-reports.ts';
import { narrowed, ownerLabel, type RevenueFilter, type RevenueSource } from '../book/revenue-source.ts';
import { WHOLE_PORTAL } from '../data/store/types.ts';
import type { Policy } from '../policy.ts';
import { LONGEST_MONTHS } from '../revenue/running.ts';
import { SEGMENTATIONS, type Segmentation } from '../revenue/segments.ts';
import { type Clean, clean, literal } from '../text/clean.ts';
import { formatDay } from '../text/format.ts';
import { type Lang, type MessageKey, t } from '../text/messages/index.ts';
import { searchKey } from '../text/search.ts';
import { type Month, parseDay } from '../units/day.ts';
import type { Desk } from '../workspace/desk.ts';
import type { Session } from '../workspace/session.ts';
import { type Context, type Invocation, option } from './context.ts';
import { type DataSource, dataSource } from './data-source.ts';
import { withDesk } from './desk.ts';
import { CommandError, EXIT } from './exit.ts';
import { listOptions } from './filter-options.ts';
import { checkFilter } from './known-filter.ts';
import { ownerId, teamNamed } from './owners.ts';
import type { Part } from './report.ts';
import { isExact, type ReportOutput, reportOutput } from './report-output.ts';
import type { Stamp } from './report-sheet.ts';
import { wholeOption } from './whole.ts';

const DEFAULT_MONTHS = 12;
const SHOWN = 20;

export interface RevenueOptions {
  /** Null where none were asked for. */
  readonly months: number | null;
  readonly by: Segmentation | null;
  readonly limit: number;
  readonly output: ReportOutput;
}

export interface RevenueRun {
  readonly source: RevenueSource;
  readonly options: RevenueOptions;
  readonly months: number;
  readonly session: Session;
  /** The filter as it was typed; null for the whole. */
  readonly filter: string | null;
  readonly data: DataSource;
}

/** `months`: those that are shown, oldest first. */
export function stampOf({ source, filter, data }: RevenueRun, months: readonly Month[]): Stamp {
  const [from, to] = [months[0], months.at(-1)];
  const span = from === undefined || to === undefined ? null : { from, to };
  return { asOf: source.asOf, policy: source.policyHash, currency: source.book.ledger.currency, filter, data, span };
}

/** Reads the options before the store, so that a wrong one touches nothing. */
export function withRevenue(
  context: Context,
  invocation: Invocation,
  body: (run: RevenueRun) => Promise<number> | number,
): Promise<number> {
  const options = revenueOptions(context, invocation);
  const listed = listOptions(context, invocation);
  return withDesk(context, async (desk, session) => {
    const { openRevenue } = await import('../workspace/revenue.ts');
    checkFilter(context, desk.inForce.policy, listed.filter);
    const owner = await ownerId(context, desk, listed.owner);
    const { tier, customerGrade, plan, product, segment, industry, team, query } = listed.filter;
    if (team !== undefined) teamNamed(context, await desk.owners(), team);
    const filter: RevenueFilter = {
      ...(owner === null ? {} : { owner }),
      ...(team === undefined ? {} : { team: await teamLabel(desk, team) }),
      ...(tier === undefined ? {} : { tier }),
      ...(customerGrade === undefined ? {} : { customerGrade }),
      ...(plan === undefined ? {} : { plan }),
      ...(product === undefined ? {} : { product }),
      ...(segment === undefined ? {} : { segment }),
      ...(industry === undefined ? {} : { industry }),
      ...(query === undefined ? {} : { query }),
    };
    const now = await inBook(desk, listed.filter);
    const whole = await openRevenue(session);
    const words = Object.entries({ ...filter, ...now.asked }).map(
      ([key, value]) => `${key} ${key === 'owner' ? ownerLabel(whole.owners, String(value)) : value}`,
    );
    const source = narrowed(whole, { ...filter, ...(now.ids === null ? {} : { ids: now.ids }) });
    return body({
      source,
      options,
      months: options.months ?? DEFAULT_MONTHS,
      session,
      filter: words.length === 0 ? null : words.join(', '),
      data: await dataSource(desk, session),
    });
  });
}

/** What only the scored book knows of an account, as it stands today; who has left is in no book. */
async function inBook(desk: Pick<Desk, 'bookOf'>, { band, signal, renewalWithin }: BookFilter) {
  const asked = {
    ...(band === undefined ? {} : { band }),
    ...(signal === undefined ? {} : { signal }),
    ...(renewalWithin === undefined ? {} : { renewalWithin }),
  };
  if (Object.keys(asked).length === 0) return { asked, ids: null };
  const { rows } = await desk.bookOf(WHOLE_PORTAL);
  return { asked, ids: new Set(rows.filter((row) => matches(row, { ...asked, includeSnoozed: true })).map(({ id }) => id)) };
}

/** A team may be named by its id. */
async function teamLabel(
  desk: { owners(): Promise<readonly { readonly teams: readonly { id: string; name: string }[] }[]> },
  word: string,
) {
  const teams = (await desk.owners()).flatMap((owner) => owner.teams);
  return (teams.find(({ id }) => id === word.trim()) ?? teams.find(({ name }) => searchKey(name) === searchKey(word)))?.name ?? word;
}

function revenueOptions(context: Context, invocation: Invocation): RevenueOptions {
  const months = wholeOption(context, invocation, 'months');
  if (months !== null && (months < 1 || months > LONGEST_MONTHS))
    throw new CommandError(EXIT.usage, t(context.lang, 'revenue.error.months', { most: LONGEST_MONTHS }));
  const word = option(invocation, 'by');
  const by = SEGMENTATIONS.find((one) => one === word) ?? null;
  if (word !== undefined && by === null) {
    const params = { option: '--by', value: clean(word), allowed: SEGMENTATIONS.join(', ') };
    throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.not_among', params));
  }
  return { months, by, limit: wholeOption(context, invocation, 'limit') ?? SHOWN, output: reportOutput(context, invocation) };
}

/** Nobody pays or has paid: a note says so, and there is nothing to show. */
export const isEmpty = ({ source }: Pick<RevenueRun, 'source'>): boolean => source.book.ledger.ids.length === 0;

/** What a reader must know before the figures. */
export function noteParts({ source, filter, options }: Pick<RevenueRun, 'source' | 'filter' | 'options'>, lang: Lang): Part[] {
  const { asOf, day, isAhead, book, whole } = source;
  const { notes, writing, ledger } = book;
  const say = (key: MessageKey, params = {}): string => literal(t(lang, key, params));
  const lines: string[] = [];
  // A file says it in its head.
  if (filter !== null && !isExact(options.output)) lines.push(say('revenue.note.filter', { filter: clean(filter) }));
  if (day !== asOf)
    lines.push(say(isAhead ? 'revenue.note.ahead' : 'revenue.note.stale', { asOf: formatDay(asOf, lang), day: formatDay(day, lang) }));
  if (writing !== null) lines.push(say('revenue.note.writing', { month: writing, last: lastMonth(source) }));
  if (filter !== null && ledger.ids.length === 0) lines.push(say('revenue.note.nobody'));
  if (filter === null && ledger.ids.length === 0 && notes.foreign === 0) {
    if (notes.oldestRecord === null) lines.push(say('revenue.note.none'));
    else lines.push(say('revenue.note.early', { day: formatDay(day, lang), month: notes.oldestRecord }));
  }
  if (filter !== null && ledger.ids.length === 0) lines.push(say('revenue.note.none_chosen'));
  if (notes.foreign > 0)
    lines.push(say(isExact(options.output) ? 'revenue.note.foreign.file' : 'revenue.note.foreign', { n: notes.foreign }));
  if (notes.converted > 0)
    lines.push(say('revenue.note.converted', { n: notes.converted, rates: ratesText(source.policy, ledger.currency, lang) }));
  if (notes.unknown > 0) lines.push(say('revenue.note.unknown', { n: notes.unknown }));
  if (!whole) lines.push(say('revenue.note.book'));
  return lines.map((text) => ({ kind: 'sentence', text }));
}

/** `1 USD = 150 JPY, 1 EUR = 160 JPY (1 Nov 2026)`; says so where nobody told the day. */
export function ratesText({ revenue: { rates = {}, ratesOn } }: Policy, home: string, lang: Lang): Clean {
  const list = Object.entries(rates).map(([currency, rate]) => `1 ${clean(currency)} = ${rate} ${clean(home)}`);
  const day = ratesOn === undefined ? null : parseDay(ratesOn);
  return literal(`${list.join(', ')} (${day === null ? t(lang, 'revenue.rates.no_day') : formatDay(day, lang)})`);
}

/** What cuts a table, as the title of its first column. */
export function segmentTitle(by: Segmentation | 'account', lang: Lang): Clean {
  const name = t(lang, `revenue.by.${by}`);
  return literal(name.slice(0, 1).toUpperCase() + name.slice(1));
}

/** A segment's name for people. */
export function segmentName(by: Segmentation | 'account', name: string | null, lang: Lang): Clean {
  if (name === null) return literal(t(lang, by === 'product' ? 'revenue.products.none' : 'revenue.value.none'));
  if (by === 'tier' && (name === 'high' || name === 'low' || name === 'tech')) return literal(t(lang, `revenue.tier.${name}`));
  return clean(name);
}
