/** The priority list as text: one account a line. */

import type { Horizon } from '../book/horizon.ts';
import { quietLine } from '../book/quiet.ts';
import type { BookRow, BookSnapshot } from '../book/row.ts';
import { type Clean, clean, cleanLine, join, literal } from '../text/clean.ts';
import { formatChange, formatDay, formatDays, formatMoney, formatPercent, formatSpan, sparkline } from '../text/format.ts';
import { type Lang, t } from '../text/messages/index.ts';
import type { Context } from './context.ts';
import type { ListOptions } from './filter-options.ts';
import { type Column, type LinkedCell, table } from './table.ts';

const TREND_MONTHS = 12;
const WHY_SIGNALS = 3;
const NAME_CELLS = 32;

/** `sentences` tells the rows in place of columns. */
export function listText(
  context: Pick<Context, 'lang' | 'links'>,
  snapshot: BookSnapshot,
  rows: readonly BookRow[],
  total: number,
  options: Pick<ListOptions, 'capacity' | 'horizon' | 'sort'>,
  now: number,
  sentences?: (rows: readonly BookRow[], lang: Lang) => string,
): string {
  const { lang } = context;
  const age = snapshot.syncedAt === null ? t(lang, 'cli.list.never') : formatSpan(Math.max(0, (now - snapshot.syncedAt) / 1000), lang);
  const header = t(lang, 'cli.list.header', {
    day: formatDay(snapshot.asOf, lang),
    age,
    shown: rows.length,
    total,
    currency: clean(snapshot.currency),
  });
  if (rows.length === 0) return `${header}\n${t(lang, 'cli.list.empty')}\n`;
  const columned = (): string =>
    table(
      columns(lang, options.horizon),
      rows.map((row, index) => cells(row, index + 1, context)),
    );
  const lines = (sentences?.(rows, lang) ?? columned()).split('\n');
  const titles = sentences ? 0 : 1;
  const held = heldBack(rows, options, snapshot.cap);
  if (options.capacity !== null && options.capacity < rows.length) {
    lines.splice(options.capacity + titles, 0, `--- ${t(lang, 'cli.list.capacity', { n: options.capacity })} ---`);
  } else if (held > 0 && snapshot.cap !== null) {
    lines.splice(snapshot.cap + titles, 0, `--- ${t(lang, 'quiet.held', { n: held, cap: snapshot.cap })} ---`);
  }
  const sparse =
    snapshot.portalCoverage < 0.4 ? `${t(lang, 'cli.list.coverage', { percent: formatPercent(snapshot.portalCoverage) })}\n` : '';
  const quiet = quietLine(snapshot.feeds, lang);
  const unproven = snapshot.unproven ? `${t(lang, 'scoring.list.unproven')}\n` : '';
  return `${header}\n${sparse}${quiet === null ? '' : `${cleanLine(quiet)}\n`}${unproven}${lines.join('\n')}`;
}

/** Ranked accounts beyond the day's cap, where the list is the queue itself. */
function heldBack(rows: readonly BookRow[], { capacity, sort }: Pick<ListOptions, 'capacity' | 'sort'>, cap: number | null): number {
  if (cap === null || capacity !== null || sort !== 'priority') return 0;
  return Math.max(0, rows.filter(({ group }) => group === 'ranked').length - cap);
}

function columns(lang: Lang, horizon: Horizon): Column[] {
  return [
    { title: literal(t(lang, 'cli.column.rank')), align: 'right' },
    { title: literal(t(lang, 'cli.column.id')) },
    { title: literal(t(lang, 'cli.column.name')), max: NAME_CELLS },
    { title: literal(t(lang, 'cli.column.tier')) },
    { title: literal(t(lang, 'cli.column.mrr')), align: 'right' },
    { title: literal(t(lang, 'cli.column.change')), align: 'right' },
    { title: literal(t(lang, 'cli.column.trend')) },
    { title: literal(t(lang, 'cli.column.risk')), align: 'right' },
    { title: literal(t(lang, 'cli.column.band')) },
    { title: literal(t(lang, `scoring.column.probability.${horizon}`)), align: 'right' },
    { title: literal(t(lang, 'cli.column.loss')), align: 'right' },
    { title: literal(t(lang, 'cli.column.renews')), align: 'right' },
    { title: literal(t(lang, 'cli.column.why')) },
  ];
}

const NOTHING = literal('–');

function cells(row: BookRow, rank: number, { lang, links }: Pick<Context, 'lang' | 'links'>): (Clean | LinkedCell)[] {
  const money = (value: number | null): Clean => (value === null ? NOTHING : clean(formatMoney(value, row.currency, lang)));
  const before = row.mrr === null || row.mrrChange3m === null ? null : row.mrr - row.mrrChange3m;
  const band = row.group === 'ranked' || row.group === 'snoozed' ? (row.band ?? 'unknown') : null;
  return [
    literal(String(rank)),
    clean(row.id),
    links ? { text: clean(row.name), url: row.url } : clean(row.name),
    row.tier === null ? NOTHING : literal(t(lang, `book.tier.${row.tier}`)),
    money(row.mrr),
    before === null || before === 0 || row.mrrChange3m === null
      ? NOTHING
      : literal(formatPercent(row.mrrChange3m / before, { signed: true })),
    literal(
      sparkline(
        row.mrrTrend.slice(-TREND_MONTHS).map((point) => point.mrr),
        { gap: '.' },
      ),
    ),
    literal(row.riskChange7d === null ? String(row.risk) : `${row.risk} ${formatChange(row.riskChange7d)}`),
    literal(band === null ? t(lang, `book.group.${row.group}`) : t(lang, `book.band.${band}`)),
    row.probability === null ? NOTHING : literal(formatPercent(row.probability)),
    money(row.expectedLoss),
    row.daysToRenewal === null ? NOTHING : literal(formatDays(row.daysToRenewal, lang)),
    join(
      [
        ...(row.overduePlay ? [literal(t(lang, 'plays.overdue_short', { day: formatDay(row.overduePlay.since, lang, 'short') }))] : []),
        ...(row.returned ? [literal(t(lang, `quiet.returned.${row.returned.because}`))] : []),
        ...row.signals
          .filter((signal) => signal.points > 0)
          .slice(0, WHY_SIGNALS)
          .map((signal) => clean(signal.short[lang])),
      ],
      literal(' · '),
    ),
  ];
}
