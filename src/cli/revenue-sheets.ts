/** The revenue reports as typed tables; the first of each is what CSV has. */
import type { ChurnStory } from '../book/churn-stories.ts';
import { labelOf, labelOrNull, labelsIn } from '../book/labels.ts';
import type { ProductReport } from '../book/product-report.ts';
import type { Churned, ChurnReport, Drivers, MrrReport, WinBack } from '../book/revenue-reports.ts';
import { ownerLabel } from '../book/revenue-source.ts';
import { newestFirst, postMortemState, winBackPlaces } from '../book/who-left.ts';
import type { Cohort } from '../revenue/cohorts.ts';
import { type Clean, clean, literal } from '../text/clean.ts';
import { formatMonth } from '../text/format.ts';
import { type Lang, type MessageKey, t } from '../text/messages/index.ts';
import type { ColumnKind, Sheet } from '../text/sheet.ts';
import { toMajor } from '../units/money.ts';
import { Table, textCell } from './report-sheet.ts';
import type { RevenueRun } from './revenue-options.ts';

const GAINS = ['new', 'expansion', 'reactivation'] as const;
const LOSSES = ['contraction', 'churn'] as const;
const MOVES = ['start', ...GAINS, ...LOSSES, 'netNew', 'end'] as const;

const tableOf = ({ source }: RevenueRun, lang: Lang, name: MessageKey): Table => new Table(source.book.ledger.currency, lang, name);
const list = (values: readonly string[], between: string): Clean => clean(values.join(between));

/** Months; with `--by` what moved MRR instead. */
export function mrrSheets(run: RevenueRun, { months, drivers }: MrrReport, lang: Lang): readonly Sheet[] {
  const table = tableOf(run, lang, 'files.sheet.mrr').column('month', 'revenue.column.month', 'month');
  for (const move of MOVES) table.column(move, `revenue.move.${move}`, 'money');
  table.column('customersEnd', 'revenue.column.customers', 'number');
  for (const one of months) table.row(literal(one.month), ...MOVES.map((move) => toMajor(one[move])), one.customersEnd);
  const sheets = [table.sheet(), driverSheet(run, drivers, lang)];
  return run.options.by === null ? sheets : sheets.toReversed();
}

/** What is left out of a long list stands as a row of its own, so that the changes of each cut add up. */
function driverSheet(run: RevenueRun, drivers: readonly Drivers[], lang: Lang): Sheet {
  const table = tableOf(run, lang, 'files.sheet.drivers').column('by', 'files.column.by').column('value', 'files.column.value');
  table
    .column('name', 'export.column.name', 'text', { width: 32 })
    .column('from', 'proof.column.from', 'month')
    .column('to', 'proof.column.to', 'month');
  for (const move of MOVES.filter((one) => one !== 'netNew')) table.column(move, `revenue.move.${move}`, 'money');
  table.column('change', 'files.column.change', 'money');
  for (const { by, from, to, rows, rest } of drivers) {
    const head = literal(by);
    const span = [literal(from), literal(to)];
    for (const row of rows) {
      const moved = MOVES.filter((one) => one !== 'netNew').map((move) => toMajor(row[move]));
      table.row(head, textCell(row.value), textCell(row.name), ...span, ...moved, toMajor(row.change));
    }
    if (rest.count === 0) continue;
    const unnamed = MOVES.slice(1).map(() => null);
    table.row(head, null, literal(t(lang, 'files.rest', { n: rest.count })), ...span, ...unnamed, toMajor(rest.change));
  }
  return table.sheet();
}

export interface ChurnDetails {
  readonly stories: ReadonlyMap<Churned, ChurnStory>;
  /** The list that was asked for alone. */
  readonly only: 'churned' | 'winBack' | null;
}

/** Months first; with `--by` the segments; with `--churned` or `--win-back` that list alone. */
export function churnSheets(run: RevenueRun, report: ChurnReport, { stories, only }: ChurnDetails, lang: Lang): readonly Sheet[] {
  const back = winBackSheet(run, report.winBack, lang);
  if (only === 'winBack') return [back];
  const left = churnedSheet(run, report, stories, lang);
  if (only === 'churned') return [left];
  const [months, segments] = [churnMonths(run, report, lang), segmentSheet(run, report, lang)];
  const first = run.options.by === null ? [months, segments] : [segments, months];
  return [...first, reasonSheet(run, report, lang), left, back];
}

function churnMonths(run: RevenueRun, { months, cumulative }: ChurnReport, lang: Lang): Sheet {
  const rates = [
    ['logoChurnRate', 'revenue.column.logo'],
    ['grossMrrChurnRate', 'revenue.column.gross'],
    ['netMrrChurnRate', 'revenue.column.net'],
    ['grr', 'revenue.column.grr'],
    ['nrr', 'revenue.column.nrr'],
  ] as const;
  const table = tableOf(run, lang, 'files.sheet.churn').column('month', 'revenue.column.month', 'month');
  table.column('customersStart', 'revenue.column.customers', 'number').column('churned', 'revenue.column.churned', 'number');
  table.column('cumulativeChurned', 'revenue.column.cumulative', 'number').column('mrrStart', 'revenue.move.start', 'money');
  for (const [key, title] of rates) table.column(key, title, 'percent');
  for (const [index, one] of months.entries()) {
    const counts = [one.customersStart, one.churned, cumulative[index] ?? null, toMajor(one.mrrStart)];
    table.row(literal(one.month), ...counts, ...rates.map(([key]) => one[key]));
  }
  return table.sheet();
}

function segmentSheet(run: RevenueRun, { segments }: ChurnReport, lang: Lang): Sheet {
  const table = tableOf(run, lang, 'files.sheet.segments').column('by', 'files.column.by').column('value', 'files.column.value');
  table.column('name', 'export.column.segment', 'text', { width: 24 });
  table.column('customersStart', 'revenue.column.customers', 'number').column('churned', 'revenue.column.churned', 'number');
  table.column('mrrStart', 'revenue.move.start', 'money');
  table.column('logoChurnRate', 'revenue.column.logo', 'percent').column('grr', 'revenue.column.grr', 'percent');
  table.column('nrr', 'revenue.column.nrr', 'percent');
  for (const one of segments) {
    const counts = [one.customersStart, one.churned, toMajor(one.mrrStart)];
    table.row(literal(one.by), textCell(one.value), textCell(one.name), ...counts, one.logoChurnRate, one.grr, one.nrr);
  }
  return table.sheet();
}

/** A column for each month beside the counts. */
function reasonSheet(run: RevenueRun, { months, reasons }: ChurnReport, lang: Lang): Sheet {
  const table = tableOf(run, lang, 'files.sheet.reasons').column('category', 'revenue.column.category');
  table.column('reason', 'revenue.column.reason', 'text', { width: 40 }).column('customers', 'revenue.column.customers', 'number');
  table.column('mrr', 'revenue.column.lost', 'money');
  for (const { month } of months) table.named(month, literal(formatMonth(month, lang)), 'number', { width: 8 });
  for (const one of reasons) table.row(textCell(one.category), textCell(one.reasonLabel), one.customers, toMajor(one.mrr), ...one.byMonth);
  return table.sheet();
}

/** Newest first, as it is read. */
function churnedSheet(run: RevenueRun, report: ChurnReport, stories: ReadonlyMap<Churned, ChurnStory>, lang: Lang): Sheet {
  const table = tableOf(run, lang, 'files.sheet.churned').column('id', 'export.column.id');
  table.column('name', 'export.column.name', 'text', { width: 32 }).column('month', 'revenue.column.month', 'month');
  table.column('mrrLost', 'revenue.column.lost', 'money').column('category', 'revenue.column.category');
  table.column('reason', 'revenue.column.reason', 'text', { width: 40 }).column('owner', 'revenue.column.owner');
  table.column('back', 'files.column.back', 'flag').column('signs', 'revenue.column.signs', 'text', { width: 60 });
  table.column('actions', 'revenue.column.actions', 'number').column('done', 'revenue.column.done', 'text', { width: 60 });
  table.column('postmortem', 'revenue.column.postmortem');
  lookBackColumns(table).column('winBack', 'revenue.column.winback', 'number');
  const placeOf = winBackPlaces(report.winBack);
  for (const one of newestFirst(report.churned)) {
    const story = stories.get(one);
    const signs = story?.signs?.map(({ signal, daysBefore }) => `${signal} ${daysBefore}`) ?? null;
    const done = story?.actions.map(({ kind, day }) => `${day} ${kind}`) ?? null;
    const told = [signs && list(signs, '; '), story?.actions.length ?? null, done && list(done, '; ')];
    table.row(...churnCells(run, one), one.back, ...told, textCell(postMortemState(one, story)), ...lookBackCells(one), placeOf(one));
  }
  return table.sheet();
}

/** What the post-mortem has found. */
const lookBackColumns = (table: Table): Table =>
  table
    .column('avoidable', 'revenue.column.avoidable')
    .column('helped', 'revenue.column.helped', 'text', { width: 40 })
    .column('fixedOn', 'revenue.column.fixed_on', 'day')
    .column('fixed', 'revenue.column.fixed', 'text', { width: 40 });

function lookBackCells({ lookBack }: Churned) {
  const helped = lookBack && lookBack.helped !== '' ? lookBack.helped : null;
  return [textCell(lookBack?.avoidable), textCell(helped), textCell(lookBack?.fixed?.day), textCell(lookBack?.fixed?.what)];
}

const churnCells = ({ source }: RevenueRun, one: Churned) => [
  clean(one.id),
  clean(one.name),
  literal(one.month),
  toMajor(one.mrrLost),
  textCell(one.category),
  textCell(one.reasonLabel),
  one.ownerId === null ? null : clean(ownerLabel(source.owners, one.ownerId)),
];

function winBackSheet(run: RevenueRun, rows: readonly WinBack[], lang: Lang): Sheet {
  const table = tableOf(run, lang, 'files.sheet.winback').column('id', 'export.column.id');
  table.column('name', 'export.column.name', 'text', { width: 32 }).column('month', 'revenue.column.month', 'month');
  table.column('mrrLost', 'revenue.column.lost', 'money').column('category', 'revenue.column.category');
  table.column('reason', 'revenue.column.reason', 'text', { width: 40 }).column('owner', 'revenue.column.owner');
  table.column('monthsAgo', 'export.column.months_ago', 'number').column('postmortem', 'revenue.column.postmortem');
  lookBackColumns(table);
  for (const one of rows)
    table.row(...churnCells(run, one), one.monthsAgo, literal(one.lookBack ? 'done' : 'missing'), ...lookBackCells(one));
  return table.sheet();
}

/** A row for each cohort and age. */
export function cohortSheets(run: RevenueRun, rows: readonly Cohort[], lang: Lang): readonly Sheet[] {
  const table = tableOf(run, lang, 'files.sheet.cohorts')
    .column('month', 'revenue.column.month', 'month')
    .column('age', 'export.column.age', 'number');
  table.column('customers', 'revenue.column.customers', 'number').column('mrr', 'revenue.column.mrr', 'money');
  for (const key of ['logo', 'gross', 'net'] as const) table.column(key, `revenue.cohorts.${key}`, 'percent');
  for (const one of rows)
    for (const [age, logo] of one.logo.entries())
      table.row(literal(one.month), age, one.customers, toMajor(one.mrr), logo, one.gross[age] ?? null, one.net[age] ?? null);
  return [table.sheet()];
}

/** Product, plan and month first. */
export function productSheets(run: RevenueRun, report: ProductReport, lang: Lang): readonly Sheet[] {
  const { labels } = run.source;
  const table = tableOf(run, lang, 'files.sheet.products').column('month', 'revenue.column.month', 'month');
  table.column('product', 'revenue.column.product').column('plan', 'revenue.column.plan');
  table.column('mrr', 'revenue.column.mrr', 'money').column('customers', 'revenue.column.customers', 'number');
  for (const one of report.months)
    table.row(
      literal(one.month),
      textCell(labelOrNull(labels.product, one.product)),
      textCell(labelOrNull(labels.plan, one.plan)),
      toMajor(one.mrr),
      one.customers,
    );
  return [table.sheet(), customerSheet(run, report, lang), ...sellingSheets(run, report, lang)];
}

/** A row for each product of each of the largest customers, by MRR and by contract; the contract's value stands in each. */
function customerSheet(run: RevenueRun, { customers, contracts }: ProductReport, lang: Lang): Sheet {
  const { labels } = run.source;
  const table = tableOf(run, lang, 'files.sheet.customers').column('id', 'export.column.id');
  table.column('name', 'export.column.name', 'text', { width: 32 }).column('plan', 'revenue.column.plan');
  table.column('contractValue', 'revenue.column.contract', 'money').column('contractValueDerived', 'files.column.derived', 'flag');
  table.column('product', 'revenue.column.product').column('mrr', 'revenue.column.mrr', 'money');
  const known = new Set(customers.map(({ id }) => id));
  for (const one of [...customers, ...contracts.filter(({ id }) => !known.has(id))]) {
    const who = [
      clean(one.id),
      clean(one.name),
      textCell(labelOrNull(labels.plan, one.plan)),
      one.contract && toMajor(one.contract.value),
      one.contract?.derived ?? null,
    ];
    for (const { product, mrr } of one.products) table.row(...who, textCell(labelOrNull(labels.product, product)), toMajor(mrr));
  }
  return table.sheet();
}

function sellingSheets(run: RevenueRun, report: ProductReport, lang: Lang): readonly Sheet[] {
  const { labels } = run.source;
  const gaps = tableOf(run, lang, 'files.sheet.whitespace').column('id', 'export.column.id');
  gaps.column('name', 'export.column.name', 'text', { width: 32 }).column('product', 'revenue.column.product');
  gaps.column('mrr', 'revenue.column.mrr', 'money').column('peers', 'revenue.column.peers', 'number');
  gaps.column('of', 'revenue.column.customers', 'number').column('like', 'revenue.column.like');
  for (const one of report.whitespace)
    gaps.row(
      clean(one.id),
      clean(one.name),
      clean(labelOf(labels.product, one.product)),
      toMajor(one.mrr),
      one.peers,
      one.of,
      literal(one.like),
    );
  const number: ColumnKind = 'number';
  const together = tableOf(run, lang, 'files.sheet.combinations').column('products', 'revenue.column.products', 'text', { width: 40 });
  together.column('customers', 'revenue.column.customers', number).column('mrr', 'revenue.column.mrr', 'money');
  for (const one of report.combinations) together.row(list(labelsIn(labels.product, one.products), ' + '), one.customers, toMajor(one.mrr));
  const paths = tableOf(run, lang, 'files.sheet.paths').column('path', 'revenue.column.path', 'text', { width: 40 });
  paths.column('customers', 'revenue.column.customers', number);
  for (const one of report.upgradePaths) paths.row(list(labelsIn(labels.plan, one.path), ' → '), one.customers);
  return [gaps.sheet(), together.sheet(), paths.sheet()];
}
