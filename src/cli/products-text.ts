/** Products and plans to read. */

import { labelOf, labelOrNull, labelsIn } from '../book/labels.ts';
import type { CustomerMrr, ProductReport } from '../book/product-report.ts';
import { lastMonth } from '../book/revenue-reports.ts';
import { type Clean, clean, literal } from '../text/clean.ts';
import { formatDay } from '../text/format.ts';
import type { Lang } from '../text/messages/index.ts';
import type { Money } from '../units/money.ts';
import type { Part } from './report.ts';
import { noteParts, type RevenueRun, segmentName } from './revenue-options.ts';
import { bar, moneyIn, moreParts, NAME_CELLS, NOTHING, right, sayIn } from './revenue-text.ts';

/** One for each product of a bar, in the order of the products' MRR; more share the last. */
const FILLS = ['█', '▒', '░', '▓', ':'] as const;
const BAR_CELLS = 32;
const SHOWN_PRODUCTS = 8;

export function productParts(run: RevenueRun, report: ProductReport, lang: Lang): Part[] {
  const { source } = run;
  const say = sayIn(lang);
  const title: Part = { kind: 'title', text: say('revenue.products.title', { day: formatDay(source.asOf, lang) }) };
  if (report.months.length === 0) return [title, ...noteParts(run, lang)];
  return [
    title,
    ...noteParts(run, lang),
    ...monthParts(run, report, lang),
    ...planParts(run, report, lang),
    ...customerParts(run, report, lang),
    ...contractParts(run, report, lang),
    ...whitespaceParts(run, report, lang),
    ...combinationParts(run, report, lang),
    ...pathParts(run, report, lang),
  ];
}

const sumOf = (rows: readonly { readonly mrr: Money }[]): Money => rows.reduce((sum, { mrr }) => sum + mrr, 0) as Money;

/** By the MRR of all the months, largest first. */
const productsOf = ({ months }: ProductReport): readonly (string | null)[] =>
  [...Map.groupBy(months, ({ product }) => product)]
    .map(([product, rows]) => ({ product, mrr: sumOf(rows) }))
    .sort((a, b) => b.mrr - a.mrr)
    .map(({ product }) => product);

/** Parts of one bar, a fill each. */
function stacked(parts: readonly number[], top: number): Clean {
  let reached = 0;
  let drawn = 0;
  return literal(
    parts
      .map((part, index) => {
        reached += Math.max(0, part);
        const end = Math.round((reached / top) * BAR_CELLS);
        const cells = Math.max(0, end - drawn);
        drawn = Math.max(drawn, end);
        return (FILLS[Math.min(index, FILLS.length - 1)] ?? '█').repeat(cells);
      })
      .join(''),
  );
}

const fillOf = (index: number): string => FILLS[Math.min(index, FILLS.length - 1)] ?? '█';

function monthParts(run: RevenueRun, report: ProductReport, lang: Lang): Part[] {
  const say = sayIn(lang);
  const money = moneyIn(run, lang);
  const { labels } = run.source;
  const products = productsOf(report);
  const named = products.slice(0, SHOWN_PRODUCTS);
  const months = [...Map.groupBy(report.months, ({ month }) => month)].map(([month, rows]) => ({
    month,
    total: sumOf(rows),
    parts: products.map((product) => sumOf(rows.filter((row) => row.product === product))),
  }));
  const top = Math.max(...months.map(({ total }) => total), 1);
  return [
    { kind: 'heading', text: say('revenue.products.months') },
    {
      kind: 'table',
      columns: [
        { title: say('revenue.column.month') },
        ...named.map((product, index) =>
          right(literal(`${fillOf(index)} ${segmentName('product', labelOrNull(labels.product, product), lang)}`)),
        ),
        right(say('revenue.column.mrr')),
        { title: literal('') },
      ],
      rows: months.map(({ month, total, parts }) => [
        literal(month),
        ...named.map((_, index) => money(parts[index] ?? (0 as Money))),
        money(total),
        stacked(parts, top),
      ]),
    },
  ];
}

function planParts(run: RevenueRun, report: ProductReport, lang: Lang): Part[] {
  const say = sayIn(lang);
  const money = moneyIn(run, lang);
  const month = lastMonth(run.source);
  const rows = report.months.filter((one) => one.month === month);
  if (rows.length === 0) return [];
  const top = Math.max(...rows.map(({ mrr }) => mrr), 1);
  return [
    { kind: 'heading', text: say('revenue.products.plans', { month }) },
    {
      kind: 'table',
      columns: [
        { title: say('revenue.column.product') },
        { title: say('revenue.column.plan') },
        right(say('revenue.column.mrr')),
        right(say('revenue.column.customers')),
        { title: literal('') },
      ],
      rows: rows.map((one) => [
        segmentName('product', labelOrNull(run.source.labels.product, one.product), lang),
        segmentName('plan', labelOrNull(run.source.labels.plan, one.plan), lang),
        money(one.mrr),
        literal(String(one.customers)),
        bar(one.mrr / top, BAR_CELLS),
      ]),
    },
  ];
}

const planText = ({ source }: RevenueRun, { plan }: CustomerMrr): Clean =>
  plan === null ? NOTHING : clean(labelOf(source.labels.plan, plan));

function customerParts(run: RevenueRun, report: ProductReport, lang: Lang): Part[] {
  const say = sayIn(lang);
  const money = moneyIn(run, lang);
  const order = productsOf(report);
  const shown = report.customers.slice(0, run.options.limit);
  const top = Math.max(...shown.map(({ mrr }) => mrr), 1);
  if (shown.length === 0) return [];
  return [
    { kind: 'heading', text: say('revenue.products.customers') },
    {
      kind: 'table',
      columns: [
        { title: say('revenue.column.account'), max: NAME_CELLS },
        { title: say('revenue.column.plan') },
        right(say('revenue.column.mrr')),
        { title: literal('') },
      ],
      rows: shown.map((one) => [
        clean(one.name),
        planText(run, one),
        money(one.mrr),
        stacked(
          order.map((product) => one.products.find((row) => row.product === product)?.mrr ?? 0),
          top,
        ),
      ]),
    },
  ];
}

function contractParts(run: RevenueRun, report: ProductReport, lang: Lang): Part[] {
  const say = sayIn(lang);
  const money = moneyIn(run, lang);
  const order = productsOf(report);
  const shown = report.contracts.slice(0, run.options.limit);
  const top = Math.max(...shown.map(({ contract }) => contract?.value ?? 0), 1);
  if (shown.length === 0) return [];
  return [
    { kind: 'heading', text: say('revenue.products.contracts') },
    { kind: 'sentence', text: say('revenue.products.contracts_read') },
    {
      kind: 'table',
      columns: [
        { title: say('revenue.column.account'), max: NAME_CELLS },
        { title: say('revenue.column.plan') },
        right(say('revenue.column.contract')),
        right(say('revenue.column.mrr')),
        { title: literal('') },
      ],
      rows: shown.map((one) => [
        clean(one.name),
        planText(run, one),
        one.contract === null ? NOTHING : literal(`${money(one.contract.value)}${one.contract.derived ? '*' : ''}`),
        money(one.mrr),
        stacked(
          order.map((product) => {
            const paid = one.products.find((row) => row.product === product)?.mrr ?? 0;
            return one.mrr === 0 ? 0 : (paid / one.mrr) * (one.contract?.value ?? 0);
          }),
          top,
        ),
      ]),
    },
  ];
}

function whitespaceParts(run: RevenueRun, { whitespace }: ProductReport, lang: Lang): Part[] {
  const say = sayIn(lang);
  const money = moneyIn(run, lang);
  const heading: Part = { kind: 'heading', text: say('revenue.products.whitespace') };
  if (whitespace.length === 0) return [heading, { kind: 'sentence', text: say('revenue.products.whitespace_none') }];
  const shown = whitespace.slice(0, run.options.limit);
  return [
    heading,
    {
      kind: 'table',
      columns: [
        { title: say('revenue.column.account'), max: NAME_CELLS },
        { title: say('revenue.column.product') },
        right(say('revenue.column.mrr')),
        right(say('revenue.column.peers')),
        { title: say('revenue.column.like') },
      ],
      rows: shown.map((one) => [
        clean(one.name),
        clean(labelOf(run.source.labels.product, one.product)),
        money(one.mrr),
        literal(`${one.peers}/${one.of}`),
        say(`revenue.by.${one.like}`),
      ]),
    },
    ...moreParts(run, whitespace.length - shown.length, lang),
  ];
}

function combinationParts(run: RevenueRun, { topCombinations }: ProductReport, lang: Lang): Part[] {
  const say = sayIn(lang);
  const money = moneyIn(run, lang);
  if (topCombinations.length === 0) return [];
  return [
    { kind: 'heading', text: say('revenue.products.combinations') },
    {
      kind: 'table',
      columns: [right(say('revenue.column.customers')), right(say('revenue.column.mrr')), { title: say('revenue.column.products') }],
      rows: topCombinations
        .slice(0, run.options.limit)
        .map((one) => [
          literal(String(one.customers)),
          money(one.mrr),
          clean(labelsIn(run.source.labels.product, one.products).join(' + ')),
        ]),
    },
  ];
}

function pathParts(run: RevenueRun, { upgradePaths }: ProductReport, lang: Lang): Part[] {
  const say = sayIn(lang);
  const heading: Part = { kind: 'heading', text: say('revenue.products.paths') };
  if (upgradePaths.length === 0) return [heading, { kind: 'sentence', text: say('revenue.products.paths_none') }];
  return [
    heading,
    {
      kind: 'table',
      columns: [right(say('revenue.column.customers')), { title: say('revenue.column.path') }],
      rows: upgradePaths
        .slice(0, run.options.limit)
        .map((one) => [literal(String(one.customers)), clean(labelsIn(run.source.labels.plan, one.path).join(' → '))]),
    },
  ];
}
