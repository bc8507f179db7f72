/** MRR and cohorts as reports to read. */
import { type Drivers, lastMonth, type MrrReport } from '../book/revenue-reports.ts';
import type { RevenueSource } from '../book/revenue-source.ts';
import type { Cohort } from '../revenue/cohorts.ts';
import { padEnd, padStart, width } from '../text/cells.ts';
import { type Clean, clean, literal } from '../text/clean.ts';
import { formatDay, formatMoney, formatNumber, formatSigned } from '../text/format.ts';
import { type Lang, type MessageKey, t } from '../text/messages/index.ts';
import { currencyDigits, type Money, toMajor } from '../units/money.ts';
import type { Part } from './report.ts';
import { isExact } from './report-output.ts';
import { isEmpty, noteParts, type RevenueRun, segmentName, segmentTitle } from './revenue-options.ts';
import type { Column } from './table.ts';

export type Say = (key: MessageKey, params?: Readonly<Record<string, string | number>>) => Clean;
export const sayIn =
  (lang: Lang): Say =>
  (key, params = {}) =>
    literal(t(lang, key, params));

export const NAME_CELLS = 32;
const BAR_CELLS = 40;
export const NOTHING = literal('–');

export type SayMoney = (amount: Money, signed?: boolean) => Clean;

/** Three figures with their currency: for headlines and drawings. */
export const shortMoneyIn =
  ({ book }: RevenueSource, lang: Lang): SayMoney =>
  (amount, signed = false) =>
    clean(formatMoney(toMajor(amount), book.ledger.currency, lang, { signed }));

/** For tables: short on a terminal; in a file every digit, whose head names the currency. */
export function moneyIn({ source, options }: RevenueRun, lang: Lang): SayMoney {
  if (!isExact(options.output)) return shortMoneyIn(source, lang);
  const digits = currencyDigits(source.book.ledger.currency);
  return (amount, signed = false) => literal((signed ? formatSigned : formatNumber)(toMajor(amount), digits));
}

export const right = (title: Clean): Column => ({ title, align: 'right' });

const MOVES = ['new', 'expansion', 'reactivation', 'contraction', 'churn'] as const;
const isLoss = (move: (typeof MOVES)[number]): boolean => move === 'contraction' || move === 'churn';

export function mrrParts(run: RevenueRun, report: MrrReport, lang: Lang): Part[] {
  const { source } = run;
  const say = sayIn(lang);
  const money = moneyIn(run, lang);
  const short = shortMoneyIn(source, lang);
  if (isEmpty(run))
    return [{ kind: 'title', text: say('revenue.mrr.title.none', { day: formatDay(source.asOf, lang) }) }, ...noteParts(run, lang)];
  const now = report.months.at(-1);
  const end = now?.end ?? (0 as Money);
  const title = say('revenue.mrr.title', {
    day: formatDay(source.asOf, lang),
    mrr: short(end),
    arr: short((end * 12) as Money),
    n: now?.customersEnd ?? 0,
  });
  const top = Math.max(...report.months.map((one) => one.end), 1);
  const falls = waterfall(report, say, short);
  const signed = (amount: Money, loss: boolean): Clean => (amount === 0 ? NOTHING : money((loss ? -amount : amount) as Money, true));
  return [
    { kind: 'title', text: title },
    ...noteParts(run, lang),
    { kind: 'heading', text: say('revenue.mrr.months') },
    {
      kind: 'table',
      columns: [
        { title: say('revenue.column.month') },
        right(say('revenue.move.start')),
        ...MOVES.map((move) => right(say(`revenue.move.${move}`))),
        right(say('revenue.move.netNew')),
        right(say('revenue.move.end')),
        right(say('revenue.column.customers')),
        { title: literal('') },
      ],
      rows: report.months.map((one) => [
        literal(one.month),
        money(one.start),
        ...MOVES.map((move) => signed(one[move], isLoss(move))),
        one.netNew === 0 ? NOTHING : money(one.netNew, true),
        money(one.end),
        literal(String(one.customersEnd)),
        bar(one.end / top, 16),
      ]),
    },
    { kind: 'heading', text: say('revenue.mrr.waterfall', { from: report.drivers[0]?.from ?? '', to: lastMonth(source) }) },
    { kind: 'chart', lines: falls.isCut ? [...falls.lines, say('revenue.mrr.cut')] : falls.lines },
    ...report.drivers.flatMap((one) => driverParts(run, one, report.span, lang)),
  ];
}

/** How many of a list are not shown, where some are not. */
export function moreParts({ options }: RevenueRun, n: number, lang: Lang): Part[] {
  if (n <= 0) return [];
  return [{ kind: 'sentence', text: sayIn(lang)(isExact(options.output) ? 'revenue.churn.more.file' : 'revenue.churn.more', { n }) }];
}

/** A full bar of `cells` stands for 1; anything above 0 shows. */
export function bar(share: number, cells: number): Clean {
  const filled = share > 0 ? Math.max(1, Math.round(Math.min(1, share) * cells)) : 0;
  return literal('█'.repeat(filled));
}

/** Where less than this share of the whole moves, the axis begins above 0, so that the steps can be seen. */
const SMALL_MOVES = 0.4;
/** Of the cells, that the steps then take. */
const STEPS_SHARE = 0.7;
/** Stands at the foot of a bar that is cut off. */
const CUT = '~';

/** Every step hangs where the one before it ended. */
function waterfall({ span }: MrrReport, say: Say, money: SayMoney): { readonly lines: string[]; readonly isCut: boolean } {
  let level: number = span.start;
  const steps = MOVES.map((move) => {
    const from = level;
    level += isLoss(move) ? -span[move] : span[move];
    return { label: say(`revenue.move.${move}`), amount: (level - from) as Money, low: Math.min(from, level), high: Math.max(from, level) };
  });
  const least = Math.min(...steps.map(({ low }) => low));
  const top = Math.max(...steps.map(({ high }) => high), 1);
  const isCut = top - least < SMALL_MOVES * top;
  const base = isCut ? Math.max(0, top - Math.max(top - least, 1) / STEPS_SHARE) : 0;
  const rows = [
    { label: say('revenue.move.start'), amount: span.start, low: base, high: span.start as number },
    ...steps,
    { label: say('revenue.move.end'), amount: span.end, low: base, high: span.end as number },
  ];
  const cell = (amount: number): number => Math.round(((amount - base) / (top - base)) * BAR_CELLS);
  const amounts = rows.map(({ amount }, index) => money(amount, index > 0 && index < rows.length - 1));
  const labelCells = Math.max(...rows.map(({ label }) => width(label)));
  const amountCells = Math.max(...amounts.map((amount) => width(amount)));
  const lines = rows.map(({ label, low, high }, index) => {
    const filled = high > low ? Math.max(1, cell(high) - cell(low)) : 0;
    const shape = ' '.repeat(Math.min(cell(low), BAR_CELLS - filled)) + '█'.repeat(filled);
    const isWhole = index === 0 || index === rows.length - 1;
    const drawn = isCut && isWhole ? CUT + shape.slice(1) : shape;
    return `${padEnd(label, labelCells)}  ${padStart(amounts[index] ?? NOTHING, amountCells)}  ${drawn}`.trimEnd();
  });
  return { lines, isCut };
}

export function driverHeading({ by, from, change }: Drivers, lang: Lang, money: SayMoney): Clean {
  const say = sayIn(lang);
  const params = { by: say(`revenue.by.${by}`), change: money(change, true), from };
  return by === 'account' ? say('revenue.drivers.account', params) : say('revenue.drivers.by', params);
}

function driverParts(run: RevenueRun, one: Drivers, span: MrrReport['span'], lang: Lang): Part[] {
  const { limit } = run.options;
  const money = moneyIn(run, lang);
  const say = sayIn(lang);
  const shown = one.rows.slice(0, limit);
  const hidden = one.rows.slice(limit);
  const rest = {
    count: one.rest.count + hidden.length,
    change: hidden.reduce((sum, { change }) => sum + change, one.rest.change as number) as Money,
  };
  if (shown.length === 0) return [];
  const change = (amount: Money): Clean => (amount === 0 ? NOTHING : money(amount, true));
  const most = Math.max(...shown.map((row) => Math.abs(row.change)), 1);
  return [
    { kind: 'heading', text: driverHeading(one, lang, shortMoneyIn(run.source, lang)) },
    {
      kind: 'table',
      columns: [
        { title: segmentTitle(one.by, lang), max: NAME_CELLS },
        right(say('revenue.move.start')),
        right(say('revenue.move.end')),
        right(say('revenue.column.change')),
        { title: literal('') },
      ],
      rows: [
        ...shown.map((row) => [
          segmentName(one.by, row.name, lang),
          money(row.start),
          money(row.end),
          change(row.change),
          literal(`${row.change < 0 ? '−' : row.change > 0 ? '+' : ''}${bar(Math.abs(row.change) / most, 16)}`),
        ]),
        ...(rest.count === 0 ? [] : [[say('revenue.drivers.rest', { n: rest.count }), NOTHING, NOTHING, change(rest.change), literal('')]]),
        [say('revenue.drivers.sum'), money(span.start), money(span.end), change(one.change), literal('')],
      ],
    },
  ];
}

/** Ages that fit beside each other: the first year whole, every third month after it. */
const isShownAge = (age: number): boolean => age <= 12 || (age % 3 === 0 && age <= 36);

export function cohortParts(run: RevenueRun, rows: readonly Cohort[], lang: Lang): Part[] {
  const { source } = run;
  const say = sayIn(lang);
  const money = moneyIn(run, lang);
  const longest = rows.reduce((most, { logo }) => Math.max(most, logo.length), 0);
  const ages = Array.from({ length: longest }, (_, age) => age).filter(isShownAge);
  const part = (key: 'logo' | 'net' | 'gross'): Part[] => [
    { kind: 'heading', text: say(`revenue.cohorts.${key}`) },
    {
      kind: 'table',
      columns: [
        { title: say('revenue.column.month') },
        right(say('revenue.column.customers')),
        right(say('revenue.column.mrr')),
        ...ages.map((age) => right(literal(String(age)))),
      ],
      rows: rows.map((one) => [
        literal(one.month),
        literal(String(one.customers)),
        money(one.mrr),
        ...ages.map((age) => {
          const share = one[key][age];
          return literal(share === undefined ? '' : String(Math.round(share * 100)));
        }),
      ]),
    },
  ];
  return [
    { kind: 'title', text: say('revenue.cohorts.title', { day: formatDay(source.asOf, lang) }) },
    ...noteParts(run, lang),
    ...(rows.length === 0
      ? [{ kind: 'sentence' as const, text: say('revenue.cohorts.none') }]
      : [
          ...part('logo'),
          ...part('net'),
          ...part('gross'),
          { kind: 'sentence' as const, text: say(isExact(run.options.output) ? 'revenue.cohorts.read.file' : 'revenue.cohorts.read') },
        ]),
  ];
}
