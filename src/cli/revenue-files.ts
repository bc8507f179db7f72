/** The revenue reports as drawings for a page and as tables for a file. */
import { type ChurnReport, lastMonth, type MrrReport, type ProductReport } from '../book/revenue-reports.ts';
import type { Cohort } from '../revenue/cohorts.ts';
import { barsSvg, columnsSvg, heatSvg, type Step, waterfallSvg } from '../text/charts.ts';
import { type Clean, clean, literal } from '../text/clean.ts';
import { formatMonth, formatPercent } from '../text/format.ts';
import type { Markup } from '../text/markup.ts';
import { type Lang, type MessageKey, t } from '../text/messages/index.ts';
import type { CellValue, ColumnKind, Sheet, SheetColumn } from '../text/sheet.ts';
import { CHART } from '../text/svg.ts';
import type { Month } from '../units/day.ts';
import { fromMajor, type Money, toMajor } from '../units/money.ts';
import { monthlyAim } from './churn-text.ts';
import type { Figures } from './report-output.ts';
import { type RevenueRun, segmentName } from './revenue-options.ts';
import { moneyIn, sayIn } from './revenue-text.ts';

const GAINS = ['new', 'expansion', 'reactivation'] as const;
const LOSSES = ['contraction', 'churn'] as const;
/** Months of a cohort that are drawn; rows of a heat map. */
const DRAWN_AGES = 25;
const DRAWN_COHORTS = 36;
/** Products with a colour of their own. */
const OWN_COLOURS = 7;

const titled = (title: string, drawing: Markup): Figures['lead'][number] => ({ title, drawing });

export function mrrFigures({ source }: RevenueRun, { months, span, drivers }: MrrReport, lang: Lang): Figures {
  const say = sayIn(lang);
  const money = moneyIn(source, lang);
  const amount = (value: number): string => money(fromMajor(value));
  const columns = months.map((one) => ({ label: formatMonth(one.month, lang), parts: [toMajor(one.end)] }));
  let level: number = span.start;
  const steps = [...GAINS, ...LOSSES].map((move): Step => {
    const from = level;
    const loss = move === 'contraction' || move === 'churn';
    level += loss ? -span[move] : span[move];
    const figures = { label: say(`revenue.move.${move}`), amount: money((level - from) as Money, true) };
    return { ...figures, low: Math.min(from, level), high: Math.max(from, level), kind: loss ? 'loss' : 'gain' };
  });
  const end = (key: 'start' | 'end'): Step => ({
    ...{ label: say(`revenue.move.${key}`), amount: money(span[key]), low: 0, high: span[key], kind: 'level' },
  });
  const between = { from: drivers[0]?.from ?? '', to: lastMonth(source) };
  return {
    lead: months.length === 0 ? [] : [titled('MRR', columnsSvg(columns, [{ label: 'MRR' }], 'MRR', { say: amount }))],
    charts: [waterfallSvg([end('start'), ...steps, end('end')], say('revenue.mrr.waterfall', between))],
  };
}

export function churnFigures(report: ChurnReport, lang: Lang): Figures {
  const say = sayIn(lang);
  const percent = (value: number): string => formatPercent(value, { digits: 1 });
  const aim = report.target.logoChurnRate === null ? null : monthlyAim(report.target.logoChurnRate);
  const columns = report.months.map((one) => ({ label: formatMonth(one.month, lang), parts: [one.logoChurnRate] }));
  const label = aim === null ? say('revenue.churn.line_bare') : say('revenue.churn.line', { aim: percent(aim) });
  const line = aim === null ? null : { value: aim, label: percent(aim) };
  return { lead: [], charts: [columnsSvg(columns, [{ label, colour: CHART.down }], label, { say: percent, line })] };
}

export function cohortFigures(rows: readonly Cohort[], lang: Lang): Figures {
  const shown = rows.slice(-DRAWN_COHORTS);
  const ages = Math.min(DRAWN_AGES, Math.max(0, ...shown.map(({ logo }) => logo.length)));
  const heads = Array.from({ length: ages }, (_, age) => String(age));
  const whole = (value: number): string => String(Math.round(value * 100));
  const map = (key: 'logo' | 'net' | 'gross') => {
    const title = t(lang, `revenue.cohorts.${key}`);
    const drawing = heatSvg(
      shown.map((one) => ({ label: `${formatMonth(one.month, lang, 'full')} (${one.customers})`, values: one[key].slice(0, ages) })),
      heads,
      title,
      whole,
    );
    return titled(title, drawing);
  };
  return { lead: shown.length === 0 ? [] : [map('logo'), map('net')], charts: [] };
}

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

/** A report's table; keys are those of its JSON. */
class Table {
  readonly #columns: SheetColumn[] = [];
  readonly #rows: CellValue[][] = [];
  readonly #run: RevenueRun;
  readonly #lang: Lang;
  readonly #name: Clean;

  constructor(run: RevenueRun, lang: Lang, name: string) {
    this.#run = run;
    this.#lang = lang;
    this.#name = literal(name);
  }

  column(key: string, title: MessageKey, kind: ColumnKind): this {
    const digits = kind === 'percent' ? { digits: 1 } : {};
    this.#columns.push({ key, title: literal(t(this.#lang, title)), kind, ...digits });
    return this;
  }

  row(...cells: readonly CellValue[]): void {
    this.#rows.push([...cells]);
  }

  /** With the day and the currency in each row, as a file without a heading needs them. */
  sheet(): Sheet {
    const { asOf, book } = this.#run.source;
    const { currency } = book.ledger;
    const said = [clean(currency), literal(asOf)];
    return {
      name: this.#name,
      columns: [
        ...this.#columns,
        { key: 'currency', title: literal(t(this.#lang, 'export.column.currency')), kind: 'text', width: 9 },
        { key: 'asOf', title: literal(t(this.#lang, 'export.about.as_of')), kind: 'text', width: 12 },
      ],
      rows: this.#rows.map((cells) => ({ cells: [...cells, ...said], currency })),
    };
  }
}

const monthCell = (month: Month): Clean => literal(month);
const text = (value: string | null): Clean | null => (value === null ? null : clean(value));

export function mrrSheet(run: RevenueRun, { months }: MrrReport, lang: Lang): Sheet {
  const moves = ['start', ...GAINS, ...LOSSES, 'netNew', 'end'] as const;
  const table = new Table(run, lang, 'MRR').column('month', 'revenue.column.month', 'text');
  for (const move of moves) table.column(move, `revenue.move.${move}`, 'money');
  table.column('customersEnd', 'revenue.column.customers', 'number');
  for (const one of months) table.row(monthCell(one.month), ...moves.map((move) => toMajor(one[move])), one.customersEnd);
  return table.sheet();
}

/** Months; with `--by` the segments instead. */
export function churnSheet(run: RevenueRun, { months, cumulative, segments }: ChurnReport, lang: Lang): Sheet {
  const rates = [
    ['logoChurnRate', 'revenue.column.logo'],
    ['grossMrrChurnRate', 'revenue.column.gross'],
    ['netMrrChurnRate', 'revenue.column.net'],
    ['grr', 'revenue.column.grr'],
    ['nrr', 'revenue.column.nrr'],
  ] as const;
  if (run.options.by !== null) {
    const table = new Table(run, lang, 'Churn').column('by', 'export.column.segment', 'text').column('value', 'export.about.value', 'text');
    table.column('customersStart', 'revenue.column.customers', 'number').column('churned', 'revenue.column.churned', 'number');
    table.column('logoChurnRate', 'revenue.column.logo', 'percent').column('grr', 'revenue.column.grr', 'percent');
    table.column('nrr', 'revenue.column.nrr', 'percent');
    for (const one of segments)
      table.row(literal(one.by), text(one.name), one.customersStart, one.churned, one.logoChurnRate, one.grr, one.nrr);
    return table.sheet();
  }
  const table = new Table(run, lang, 'Churn').column('month', 'revenue.column.month', 'text');
  table.column('customersStart', 'revenue.column.customers', 'number').column('churned', 'revenue.column.churned', 'number');
  table.column('cumulative', 'revenue.column.cumulative', 'number').column('mrrStart', 'revenue.move.start', 'money');
  for (const [key, title] of rates) table.column(key, title, 'percent');
  for (const [index, one] of months.entries()) {
    const counts = [one.customersStart, one.churned, cumulative[index] ?? null, toMajor(one.mrrStart)];
    table.row(monthCell(one.month), ...counts, ...rates.map(([key]) => one[key]));
  }
  return table.sheet();
}

export function winBackSheet(run: RevenueRun, { winBack }: ChurnReport, lang: Lang): Sheet {
  const table = new Table(run, lang, 'Win back').column('id', 'export.column.id', 'text').column('name', 'export.column.name', 'text');
  table.column('month', 'revenue.column.month', 'text').column('monthsAgo', 'export.column.months_ago', 'number');
  table.column('mrrLost', 'revenue.column.lost', 'money').column('category', 'revenue.column.category', 'text');
  table.column('reason', 'revenue.column.reason', 'text').column('postmortem', 'revenue.column.postmortem', 'text');
  table.column('avoidable', 'revenue.column.avoidable', 'text').column('helped', 'revenue.column.helped', 'text');
  table.column('fixedOn', 'revenue.column.fixed_on', 'text').column('fixed', 'revenue.column.fixed', 'text');
  for (const one of winBack)
    table.row(
      clean(one.id),
      clean(one.name),
      monthCell(one.month),
      one.monthsAgo,
      toMajor(one.mrrLost),
      text(one.category),
      text(one.reason),
      literal(one.lookBack ? 'done' : 'missing'),
      text(one.lookBack?.avoidable ?? null),
      text(one.lookBack && one.lookBack.helped !== '' ? one.lookBack.helped : null),
      text(one.lookBack?.fixed?.day ?? null),
      text(one.lookBack?.fixed?.what ?? null),
    );
  return table.sheet();
}

/** A row for each cohort and age. */
export function cohortSheet(run: RevenueRun, rows: readonly Cohort[], lang: Lang): Sheet {
  const table = new Table(run, lang, 'Cohorts')
    .column('month', 'revenue.column.month', 'text')
    .column('age', 'export.column.age', 'number');
  table.column('customers', 'revenue.column.customers', 'number').column('mrr', 'revenue.column.mrr', 'money');
  for (const key of ['logo', 'gross', 'net'] as const) table.column(key, `revenue.cohorts.${key}`, 'percent');
  for (const one of rows)
    for (const [age, logo] of one.logo.entries())
      table.row(monthCell(one.month), age, one.customers, toMajor(one.mrr), logo, one.gross[age] ?? null, one.net[age] ?? null);
  return table.sheet();
}

export function productSheet(run: RevenueRun, { months }: ProductReport, lang: Lang): Sheet {
  const table = new Table(run, lang, 'Products').column('month', 'revenue.column.month', 'text');
  table.column('product', 'revenue.column.product', 'text').column('plan', 'revenue.column.plan', 'text');
  table.column('mrr', 'revenue.column.mrr', 'money').column('customers', 'revenue.column.customers', 'number');
  for (const one of months) table.row(monthCell(one.month), text(one.product), text(one.plan), toMajor(one.mrr), one.customers);
  return table.sheet();
}
