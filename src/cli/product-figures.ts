/** Products and plans as drawings for a page. */
import { type Labels, labelOf, labelOrNull, labelsIn } from '../book/labels.ts';
import type { CustomerMrr, ProductReport } from '../book/product-report.ts';
import { lastMonth } from '../book/revenue-reports.ts';
import { productsAt } from '../revenue/products.ts';
import { type GridCell, gridSvg, measuresSvg } from '../text/bar-tables.ts';
import { cut } from '../text/cells.ts';
import { barsSvg, type Column, columnsSvg, mixSvg, type Series } from '../text/charts.ts';
import { clean } from '../text/clean.ts';
import { formatMonth, formatPercent } from '../text/format.ts';
import type { Markup } from '../text/markup.ts';
import { type Lang, t } from '../text/messages/index.ts';
import { CHART } from '../text/svg.ts';
import { fromMajor, type Money, toMajor } from '../units/money.ts';
import { captioned } from './captioned.ts';
import type { Figures } from './report-output.ts';
import { LABEL_CELLS, titled } from './revenue-figures.ts';
import { type RevenueRun, segmentName } from './revenue-options.ts';
import { sayIn, shortMoneyIn } from './revenue-text.ts';

/** Products and plans with a colour of their own. */
const OWN_COLOURS = 7;
/** Of the whitespace grid. */
const GRID_PRODUCTS = 8;
const GRID_ROWS = 20;
/** Of a name beside the grid. */
const GRID_CELLS = 28;
const PATH_LETTERS = 30;

type Kind = 'product' | 'plan';

export function productFigures(run: RevenueRun, report: ProductReport, lang: Lang): Figures {
  if (report.months.length === 0) return { lead: [], charts: [] };
  const say = sayIn(lang);
  const money = shortMoneyIn(run.source, lang);
  const amount = (value: number): string => money(fromMajor(value));
  const palette = paletteOf(run, report, 'product', lang);
  const bars = (rows: readonly CustomerMrr[], parts: (row: CustomerMrr) => readonly number[], title: string): Markup =>
    barsSvg(
      rows.map((row) => ({ label: cut(clean(row.name), LABEL_CELLS), parts: parts(row) })),
      palette.series,
      title,
      amount,
    );
  const customers = say('revenue.products.customers');
  const contracts = say('revenue.products.contracts');
  return {
    lead: [
      titled(
        say('revenue.products.months'),
        captioned(
          '',
          stackedMonths(run, report, 'product', lang, amount),
          captioned(t(lang, 'files.chart.plan_months'), stackedMonths(run, report, 'plan', lang, amount)),
        ),
      ),
      planFigure(run, report, lang),
      titled(
        customers,
        bars(report.customers, ({ products }) => palette.parts(products), customers),
      ),
      ...(report.contracts.length === 0
        ? []
        : [
            titled(
              contracts,
              bars(report.contracts, (row) => worthParts(row, palette), contracts),
            ),
          ]),
      ...gridFigure(run, report, lang),
      ...sellingFigures(run, report, lang),
    ],
    charts: [],
  };
}

type Row = { readonly product?: string | null; readonly plan?: string | null; readonly mrr: Money };

interface Palette {
  readonly series: readonly Series[];
  /** MRR of the rows by series. */
  parts(rows: readonly Row[]): readonly number[];
}

/** The largest over all the months have colours of their own, the others share one. */
function paletteOf({ source }: RevenueRun, { months }: ProductReport, of: Kind, lang: Lang): Palette {
  const totals = new Map<string | null, number>();
  for (const row of months) totals.set(row[of], (totals.get(row[of]) ?? 0) + row.mrr);
  const order = [...totals].sort(([, a], [, b]) => b - a).map(([name]) => name);
  const [own, rest] = [order.slice(0, OWN_COLOURS), order.slice(OWN_COLOURS)];
  const sum = (rows: readonly Row[], wanted: readonly (string | null)[]): number =>
    rows.reduce((total, row) => (wanted.includes(row[of] ?? null) ? total + toMajor(row.mrr) : total), 0);
  // Plans have shades of their own, so that no colour of the page is a product here and a plan there.
  const colour = (place: number): { readonly colour?: string } => {
    const shade = of === 'plan' ? CHART.shades[place] : undefined;
    return shade === undefined ? {} : { colour: shade };
  };
  return {
    series: [
      ...own.map((name, place) => ({ label: segmentName(of, labelOrNull(source.labels[of], name), lang), ...colour(place) })),
      ...(rest.length > 0 ? [{ label: t(lang, 'files.rest', { n: rest.length }), ...colour(OWN_COLOURS) }] : []),
    ],
    parts: (rows) => [...own.map((name) => sum(rows, [name])), ...(rest.length > 0 ? [sum(rows, rest)] : [])],
  };
}

function stackedMonths(run: RevenueRun, report: ProductReport, of: Kind, lang: Lang, say: (value: number) => string): Markup {
  const palette = paletteOf(run, report, of, lang);
  const columns = [...Map.groupBy(report.months, ({ month }) => month)].map(
    ([month, rows]): Column => ({ label: formatMonth(month, lang), parts: palette.parts(rows) }),
  );
  const title = t(lang, of === 'product' ? 'revenue.products.months' : 'files.chart.plan_months');
  // The last month's figures stand beside the names.
  const series = palette.series.map((one, place) => ({ ...one, label: `${one.label} ${say(columns.at(-1)?.parts[place] ?? 0)}` }));
  return columnsSvg(columns, series, title, { say, legend: true });
}

/** A contract names no products: its worth is shared out as the MRR is. */
function worthParts({ contract, mrr, products }: CustomerMrr, palette: Palette): readonly number[] {
  const share = contract === null || mrr === 0 ? 0 : contract.value / mrr;
  return palette.parts(products).map((part) => part * share);
}

/** Shares of the plans in the last month. */
function planFigure(run: RevenueRun, report: ProductReport, lang: Lang): Figures['lead'][number] {
  const { source } = run;
  const month = lastMonth(source);
  const money = shortMoneyIn(source, lang);
  const palette = paletteOf(run, report, 'plan', lang);
  const parts = palette.parts(report.months.filter((row) => row.month === month));
  const total = parts.reduce((sum, part) => sum + part, 0);
  const shares = palette.series.map(({ label, ...looks }, index) => {
    const value = parts[index] ?? 0;
    return { label: `${label} ${total > 0 ? formatPercent(value / total) : '–'} (${money(fromMajor(value))})`, value, ...looks };
  });
  const caption = t(lang, 'files.chart.plan_mix', { month: formatMonth(month, lang) });
  return titled(sayIn(lang)('revenue.products.plans', { month }), captioned(caption, mixSvg(shares, caption)));
}

/** The accounts with the most MRR that lack something usual, against the largest products. */
function gridFigure({ source, options }: RevenueRun, report: ProductReport, lang: Lang): Figures['lead'] {
  const { ledger } = source.book;
  const month = lastMonth(source);
  const money = shortMoneyIn(source, lang);
  const productsOf = (place: number): ReadonlySet<string> =>
    new Set(productsAt(ledger, place, ledger.months - 1).map((at) => ledger.products[at] ?? ''));
  const sums = Map.groupBy(
    report.months.filter((row) => row.month === month && row.product !== null),
    ({ product }) => product ?? '',
  );
  const products = [...sums]
    .map(([product, rows]) => ({ product, mrr: rows.reduce((sum, { mrr }) => sum + mrr, 0) }))
    .sort((a, b) => b.mrr - a.mrr)
    .slice(0, GRID_PRODUCTS)
    .map(({ product }) => product);
  const accounts = [...Map.groupBy(report.whitespace, ({ id }) => id).values()]
    .flatMap((lacks) => (lacks[0] ? [{ first: lacks[0], lacks }] : []))
    .sort((a, b) => b.first.mrr - a.first.mrr || (a.first.id < b.first.id ? -1 : 1))
    .slice(0, Math.min(GRID_ROWS, options.limit))
    .map((one) => ({ ...one, has: productsOf(one.first.account) }));
  if (accounts.length === 0 || products.length === 0) return [];
  const rows = accounts.map(({ first, lacks, has }) => ({
    label: cut(clean(first.name), GRID_CELLS),
    note: money(first.mrr),
    cells: products.map((product): GridCell => {
      const lack = lacks.find((one) => one.product === product);
      if (lack) return lack.peers / lack.of;
      return has.has(product) ? 'has' : null;
    }),
  }));
  const caption = t(lang, 'files.chart.grid');
  const heads = products.map((product) => clean(labelOf(source.labels.product, product), { max: 12 }));
  const words = { has: t(lang, 'files.chart.has'), share: (value: number) => formatPercent(value) };
  return [titled(sayIn(lang)('revenue.products.whitespace'), captioned(caption, gridSvg(rows, heads, caption, words)))];
}

/** What is bought together, and on which ways customers grew. */
function sellingFigures({ source, options }: RevenueRun, report: ProductReport, lang: Lang): Figures['lead'] {
  const say = sayIn(lang);
  const money = shortMoneyIn(source, lang);
  const [together, ways] = [say('revenue.products.combinations'), say('revenue.products.paths')];
  const label = (labels: Labels, names: readonly string[], between: string): string =>
    clean(labelsIn(labels, names).join(between), { max: PATH_LETTERS });
  const combined = report.topCombinations
    .slice(0, options.limit)
    .map(({ products, customers, mrr }) => ({ label: label(source.labels.product, products, ' + '), values: [customers, toMajor(mrr)] }));
  const paths = report.upgradePaths
    .slice(0, options.limit)
    .map(({ path, customers }) => ({ label: label(source.labels.plan, path, ' → '), values: [customers] }));
  const heads = [say('revenue.column.customers'), say('revenue.column.mrr')];
  const written = (value: number, place: number): string => (place === 0 ? String(value) : money(fromMajor(value)));
  return [
    ...(combined.length === 0 ? [] : [titled(together, measuresSvg(combined, heads, together, written, 'apart'))]),
    ...(paths.length === 0 ? [] : [titled(ways, measuresSvg(paths, heads.slice(0, 1), ways, written, 'apart'))]),
  ];
}
