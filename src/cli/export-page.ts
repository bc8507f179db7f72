/** The list as a page to print: a row for each account with its MRR, risk and reasons. */

import type { Exported } from '../book/export-sheets.ts';
import { filterText } from '../book/export-sheets.ts';
import { isConverted, sumAtHome } from '../book/home-money.ts';
import { type BookRow, type BookSnapshot, shown } from '../book/row.ts';
import { clean } from '../text/clean.ts';
import { formatChange, formatDay, formatDays, formatMoney, formatMonth, formatPercent } from '../text/format.ts';
import { element, type Markup } from '../text/markup.ts';
import { type Lang, t } from '../text/messages/index.ts';
import { link, page } from '../text/page.ts';
import { barSvg, sharesSvg, sparklineSvg } from '../text/svg.ts';
import { syncedText } from './data-source.ts';
import { BAND_COLOURS, BANDS, exportCharts } from './export-charts.ts';

const REASONS = 6;

/** Of our own: a name from outside has no such marks left. */
const ROWS = '<tbody></tbody>';

/** The page in pieces, a row of the table each. */
export function* exportPage(exported: Exported, lang: Lang, capacity: number | null): Generator<string> {
  const { snapshot, rows } = exported;
  const title = t(lang, 'export.title');
  const around = page({ lang, title: `${title} ${snapshot.asOf}` }, [
    element('h1', {}, title),
    ...aboutLines(exported, lang).map((line) => element('p', { class: 'quiet' }, line)),
    tiles(snapshot, rows, lang),
    ...(rows.length === 0 ? [element('p', {}, t(lang, 'export.empty'))] : [exportCharts(rows, lang), list(lang)]),
    element('p', { class: 'quiet' }, t(lang, snapshot.unproven ? 'export.about.unproven' : 'export.about.formulas')),
  ]);
  if (rows.length === 0) return yield around;
  const at = around.indexOf(ROWS) + '<tbody>'.length;
  yield around.slice(0, at);
  for (const [index, row] of rows.entries()) yield accountRow(row, index + 1, lang, capacity === index + 1 && capacity < rows.length).text;
  yield around.slice(at);
}

/** Where a list comes from, a sentence each. */
export function aboutLines({ snapshot, filter, zone }: Exported, lang: Lang): readonly string[] {
  const synced = syncedText({ syncedAt: snapshot.syncedAt, zone }, lang);
  const asked = filterText(filter);
  return [
    t(lang, 'export.subtitle', { day: formatDay(snapshot.asOf, lang, 'full'), synced, portal: clean(snapshot.portalId) }),
    t(lang, 'export.policy', { policy: clean(snapshot.policy) }),
    ...(asked === '' ? [] : [t(lang, 'export.filter', { filter: clean(asked) })]),
  ];
}

function tiles({ currency }: BookSnapshot, rows: readonly BookRow[], lang: Lang): Markup {
  const total = (of: (row: BookRow) => number | null): string => clean(formatMoney(sumAtHome(rows, of), currency, lang));
  const tile = (label: string, value: string): Markup => element('div', { class: 'tile' }, element('b', {}, value), label);
  const foreign = rows.filter(({ homeRate }) => homeRate === null).length;
  const converted = rows.filter(isConverted).length;
  const shares = BANDS.map((band) => {
    const value = rows.filter((row) => (row.band ?? 'unknown') === band).length;
    return { label: t(lang, 'export.chart.band', { band: t(lang, `book.band.${band}`), n: value }), value, colour: BAND_COLOURS[band] };
  });
  const legend = shares.filter(({ value }) => value > 0).map(({ label }) => label);
  return element(
    'div',
    { class: 'tiles' },
    tile(t(lang, 'export.tile.accounts'), String(rows.length)),
    tile(
      t(lang, 'export.tile.mrr'),
      total((row) => row.mrr),
    ),
    tile(
      t(lang, 'export.tile.at_risk'),
      total((row) => row.mrrAtRisk),
    ),
    tile(
      t(lang, 'export.tile.loss'),
      total((row) => row.expectedLoss),
    ),
    element(
      'div',
      { class: 'tile' },
      sharesSvg(shares, `${t(lang, 'export.tile.bands')}: ${legend.join(', ')}`, { width: 320 }),
      element('br', {}),
      legend.join(' · '),
    ),
    foreign > 0 ? element('p', { class: 'quiet' }, t(lang, 'export.foreign', { n: foreign })) : null,
    converted > 0 ? element('p', { class: 'quiet' }, t(lang, 'export.converted', { n: converted })) : null,
  );
}

/** Without its rows. */
function list(lang: Lang): Markup {
  const head = (
    [
      ['cli.column.rank', 'right'],
      ['export.column.name', 'name'],
      ['export.column.tier', 'right'],
      ['export.column.mrr', 'right'],
      ['export.column.risk', null],
      ['export.column.probability', 'right'],
      ['export.column.expected_loss', 'right'],
      ['export.column.renewal', 'right'],
      ['export.reasons', 'why'],
    ] as const
  ).map(([key, side]) => element('th', { class: side }, t(lang, key)));
  return element('table', {}, element('thead', {}, element('tr', {}, head)), element('tbody', {}));
}

function accountRow(row: BookRow, rank: number, lang: Lang, last: boolean): Markup {
  const money = (value: number | null): string => (value === null ? '–' : clean(formatMoney(value, row.currency, lang)));
  const right = (...children: Parameters<typeof element>[2][]): Markup => element('td', { class: 'right' }, ...children);
  const quiet = (text: string): Markup => element('div', { class: 'quiet' }, text);
  return element(
    'tr',
    { class: last ? 'line' : null },
    right(rank),
    element(
      'td',
      {},
      link(row.url, clean(row.name)),
      quiet([row.owner?.name, shown(row, 'plan')].flatMap((one) => (one ? [clean(one)] : [])).join(' · ')),
    ),
    element('td', { class: 'right' }, row.tier === null ? '–' : t(lang, `book.tier.${row.tier}`)),
    right(money(row.mrr), element('br', {}), mrrChart(row, lang)),
    element('td', {}, ...riskCell(row, lang)),
    right(row.probability === null ? '–' : formatPercent(row.probability)),
    right(money(row.expectedLoss)),
    right(
      row.renewalDate === null ? '–' : formatDay(row.renewalDate, lang),
      row.daysToRenewal === null ? null : quiet(formatDays(row.daysToRenewal, lang)),
    ),
    element('td', {}, reasons(row, lang)),
  );
}

export function mrrChart(
  { mrrTrend }: Pick<BookRow, 'mrrTrend'>,
  lang: Lang,
  size?: { readonly width: number; readonly height: number },
): Markup {
  const [first, last] = [mrrTrend[0], mrrTrend.at(-1)];
  const label =
    first && last ? t(lang, 'export.chart.mrr', { from: formatMonth(first.month, lang), to: formatMonth(last.month, lang) }) : '';
  return sparklineSvg(
    mrrTrend.map(({ mrr }) => mrr),
    label,
    size,
  );
}

function riskCell({ risk, riskRange, riskChange7d, band, group }: BookRow, lang: Lang): readonly Markup[] {
  const [low, high] = riskRange;
  const kind = group === 'unknown' ? 'unknown' : (band ?? 'unknown');
  const name = group === 'notice' ? t(lang, 'book.group.notice') : t(lang, `book.band.${kind}`);
  const label = t(lang, 'export.chart.risk', { risk, low, high });
  const change = riskChange7d === null || riskChange7d === 0 ? '' : ` ${formatChange(riskChange7d)}`;
  return [
    element('span', { class: `band ${kind === 'unknown' ? 'none' : kind}`, style: `background:${BAND_COLOURS[kind]}` }, name),
    element('span', { class: 'right' }, ` ${risk}${change}`),
    element('br', {}),
    barSvg(risk, 100, label, { colour: BAND_COLOURS[kind], range: riskRange }),
  ];
}

function reasons(row: BookRow, lang: Lang): Markup {
  const said = row.signals.filter(({ points, dismissed }) => points > 0 && !dismissed).slice(0, REASONS);
  if (said.length === 0) return element('span', { class: 'quiet' }, t(lang, 'export.no_reason'));
  return element(
    'ul',
    {},
    said.map(({ evidence }) => element('li', {}, clean(evidence[lang]))),
  );
}
