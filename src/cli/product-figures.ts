/** Products and plans as drawings for a page. */
import type { ProductReport } from '../book/revenue-reports.ts';
import { barsSvg, columnsSvg } from '../text/charts.ts';
import { clean } from '../text/clean.ts';
import { formatMonth } from '../text/format.ts';
import { type Lang, t } from '../text/messages/index.ts';
import { fromMajor, type Money, toMajor } from '../units/money.ts';
import type { Figures } from './report-output.ts';
import { titled } from './revenue-figures.ts';
import { type RevenueRun, segmentName } from './revenue-options.ts';
import { moneyIn } from './revenue-text.ts';

/** Products with a colour of their own. */
const OWN_COLOURS = 7;

export function productFigures({ source }: RevenueRun, { months, customers }: ProductReport, lang: Lang): Figures {
  const money = moneyIn(source, lang);
  const amount = (value: number): string => money(fromMajor(value));
  const totals = new Map<string | null, number>();
  for (const { product, mrr } of months) totals.set(product, (totals.get(product) ?? 0) + mrr);
  const order = [...totals].sort(([, a], [, b]) => b - a).map(([product]) => product);
  const own = order.slice(0, OWN_COLOURS);
  const rest = order.slice(OWN_COLOURS);
  const series = [
    ...own.map((product) => ({ label: segmentName('product', product, lang) })),
    ...(rest.length > 0 ? [{ label: `+${rest.length}` }] : []),
  ];
  const parts = (of: readonly { readonly product: string | null; readonly mrr: Money }[]): number[] => {
    const sum = (wanted: readonly (string | null)[]): number =>
      of.reduce((total, { product, mrr }) => (wanted.includes(product) ? total + toMajor(mrr) : total), 0);
    return [...own.map((product) => sum([product])), ...(rest.length > 0 ? [sum(rest)] : [])];
  };
  const columns = [...Map.groupBy(months, ({ month }) => month)].map(([month, rows]) => ({
    label: formatMonth(month, lang),
    parts: parts(rows),
  }));
  const bars = customers.map(({ name, products }) => ({ label: clean(name, { max: 18 }), parts: parts(products) }));
  if (months.length === 0) return { lead: [], charts: [] };
  return {
    lead: [
      titled(t(lang, 'revenue.products.months'), columnsSvg(columns, series, t(lang, 'revenue.products.months'), { say: amount })),
      titled(t(lang, 'revenue.products.customers'), barsSvg(bars, series, t(lang, 'revenue.products.customers'), amount)),
    ],
    charts: [],
  };
}
