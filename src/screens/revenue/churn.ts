/** Churn and retention: rates by month against the target, why customers left, and in which segments. Pure. */
import type { Churned } from '../../book/revenue-reports.ts';
import { bar } from '../../components/bars.ts';
import { cutLine, emptyLine, gap, type Line, span } from '../../components/line.ts';
import { say } from '../../components/say.ts';
import { type Cell, cell } from '../../components/table.ts';
import { SEGMENTATIONS, type Segmentation } from '../../revenue/segments.ts';
import { type Clean, cleanLine, join, literal } from '../../text/clean.ts';
import { formatMonth, formatPercent, sparkline } from '../../text/format.ts';
import type { Lang } from '../../text/messages/index.ts';
import { minus, ZERO } from '../../units/money.ts';
import { besideAt, churnCharts, monthAims } from './churn-charts.ts';
import {
  type AnswerOf,
  answerTo,
  clampRow,
  missing,
  moneyWords,
  nameWords,
  noGrades,
  type RevenueInput,
  type RevenueScreen,
  segmentWords,
  shareWords,
  type TableColumn,
  type TableRow,
  tabsLine,
  titleLine,
  walkTable,
} from './kit.ts';
import { monthLabels } from './movements.ts';

const MONTHS = 12;
const QUESTION = { ask: 'churn', months: MONTHS } as const;
type View = 'month' | 'reason' | 'all' | 'winback' | 'cumulative' | 'retention' | Segmentation;
const VIEWS: readonly View[] = ['month', 'reason', ...SEGMENTATIONS, 'all', 'winback', 'cumulative', 'retention'];
const LABEL = 8;
const BAR = 16;
const POSTMORTEM = 14;
const HELPED = 30;

type Answer = AnswerOf<'churn'>;

const viewOf = ({ place }: Pick<RevenueInput, 'place'>) => VIEWS[place.view] ?? 'month';
const monthAt = (answer: Answer, { place }: Pick<RevenueInput, 'place'>) =>
  answer.data.months.at(-1 - Math.min(place.back, answer.data.months.length - 1));

const isEmpty = ({ data }: Answer): boolean => data.months.every(({ customersStart }) => customersStart === 0);

const right = (title: Clean, width: number): TableColumn => ({ title, width, align: 'right' });
const left = (title: Clean, width: number): TableColumn => ({ title, width, align: 'left' });

function reasonWords({ reasonLabel, category }: Pick<Churned, 'reasonLabel' | 'category'>, lang: Lang): Clean {
  if (reasonLabel === null) return say(lang, 'charts.unknown');
  const words = cleanLine(reasonLabel);
  if (category === null) return words;
  const group = say(lang, `charts.reason.${category}`);
  return group.toLowerCase() === words.toLowerCase() ? group : literal(`${group} · ${words}`);
}

function churnedRow(one: Churned, answer: Answer, lang: Lang, note: Clean): TableRow {
  const name = nameWords(one.name, lang);
  return {
    cells: [
      cell(name),
      cell(moneyWords(minus(ZERO, one.mrrLost), answer.currency, lang), 'worse'),
      cell(note, 'quiet'),
      cell(reasonWords(one, lang)),
    ],
    target: { to: 'account', id: one.id, name },
  };
}

/** Whether somebody has looked back, whether the loss was avoidable, and whether its cause is gone. */
function lookBackCell({ lookBack }: Churned, lang: Lang): Cell {
  if (!lookBack) return cell(say(lang, 'charts.postmortem.missing'), 'quiet');
  if (lookBack.fixed) return cell(say(lang, 'charts.postmortem.fixed'), 'strong');
  return cell(say(lang, `charts.postmortem.${lookBack.avoidable ?? 'done'}`));
}

interface Table {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
}

function tableOf(input: RevenueInput, answer: Answer): Table {
  const { lang } = input;
  const { data, currency } = answer;
  const view = viewOf(input);
  const account = left(say(lang, 'charts.column.account'), 0);
  const lost = right(say(lang, 'charts.column.lost'), 9);
  const reason = left(say(lang, 'charts.column.reason'), 30);
  const month = monthAt(answer, input)?.month;
  if (view === 'month' && month !== undefined) {
    const own = data.churned.filter((one) => one.month === month);
    const total: TableRow = {
      cells: [
        cell(say(lang, 'charts.churned', { n: own.length }), 'strong'),
        cell(moneyWords(own.reduce((sum, { mrrLost }) => sum + mrrLost, 0) as never, currency, lang), 'strong'),
      ],
      target: {
        to: 'behind',
        of: { what: 'figure', figure: { of: 'movement', month, months: 1, kind: 'churn' } },
        title: literal(`${formatMonth(month, lang, 'full')} · ${say(lang, 'charts.kind.churn')}`),
      },
    };
    const state = (one: Churned): Clean => (one.back ? say(lang, 'charts.back') : literal(''));
    return {
      columns: [account, lost, left(literal(''), 8), reason],
      rows: [total, ...own.map((one) => churnedRow(one, answer, lang, state(one)))],
    };
  }
  if (view === 'all' || view === 'winback') {
    const own: readonly Churned[] = view === 'all' ? data.churned.toReversed() : data.winBack;
    return {
      columns: [
        account,
        lost,
        left(say(lang, 'charts.column.month'), 8),
        left(say(lang, 'charts.column.postmortem'), POSTMORTEM),
        reason,
        left(say(lang, 'charts.column.helped'), HELPED),
      ],
      rows: own.map((one) => {
        const { cells, target } = churnedRow(one, answer, lang, literal(formatMonth(one.month, lang)));
        const helped = one.lookBack?.fixed?.what ?? one.lookBack?.helped ?? '';
        return { cells: [...cells.slice(0, 3), lookBackCell(one, lang), ...cells.slice(3), cell(cleanLine(helped), 'quiet')], target };
      }),
    };
  }
  if (view === 'cumulative' || view === 'retention') return monthTable(input, answer);
  if (view === 'reason' || view === 'month') {
    const most = Math.max(1, ...data.categories.map(({ customers }) => customers));
    return {
      columns: [
        left(say(lang, 'charts.column.reason'), 0),
        right(say(lang, 'charts.column.customers'), 9),
        right(say(lang, 'charts.column.lost'), 9),
        left(say(lang, 'charts.column.trend', { n: data.months.length }), MONTHS),
        left(literal(''), BAR),
      ],
      rows: data.categories.map((row) => {
        const name = row.category === null ? say(lang, 'charts.unknown') : say(lang, `charts.reason.${row.category}`);
        return {
          cells: [
            cell(name),
            cell(literal(String(row.customers))),
            cell(moneyWords(row.mrr, currency, lang)),
            cell(literal(sparkline(row.byMonth)), 'quiet'),
            barCell(row.customers, most),
          ],
          target: { to: 'behind', of: { what: 'reason', category: row.category, months: MONTHS }, title: name },
        };
      }),
    };
  }
  const own = data.segments.filter(({ by }) => by === view);
  const most = Math.max(0.0001, ...own.map(({ logoChurnRate }) => logoChurnRate ?? 0));
  return {
    columns: [
      left(say(lang, `charts.by.${view}`), 0),
      right(say(lang, 'charts.column.customers'), 9),
      right(say(lang, 'charts.column.churned'), 8),
      right(say(lang, 'charts.column.logo'), 7),
      right(literal('GRR'), 7),
      right(literal('NRR'), 7),
      left(literal(''), BAR),
    ],
    rows: own.map((row) => {
      const name = segmentWords(view, row, lang);
      return {
        cells: [
          cell(name),
          cell(literal(String(row.customersStart)), 'quiet'),
          cell(literal(String(row.churned))),
          cell(shareWords(row.logoChurnRate)),
          cell(shareWords(row.grr)),
          cell(shareWords(row.nrr)),
          barCell(row.logoChurnRate ?? 0, most),
        ],
        target: {
          to: 'behind',
          of: { what: 'figure', figure: { of: 'segment', by: view, value: row.value, months: MONTHS } },
          title: name,
        },
      };
    }),
  };
}

/** Every month with its figures, the newest first. */
/** What the view is about stands first: the last columns give way on a narrow screen. */
function monthTable(input: RevenueInput, { data }: Answer): Table {
  const { lang } = input;
  type Column = readonly [TableColumn, (one: (typeof data.months)[number], index: number) => Clean];
  const count = (
    key: 'customers' | 'churned' | 'soFar',
    width: number,
    of: (one: (typeof data.months)[number], index: number) => number,
  ): Column => [right(say(lang, `charts.column.${key}`), width), (one, index) => literal(String(of(one, index)))];
  const counts = [
    count('customers', 10, (one) => one.customersStart),
    count('churned', 8, (one) => one.churned),
    count('soFar', 8, (_, index) => data.cumulative[index] ?? 0),
  ];
  const rates: readonly Column[] = [
    [right(say(lang, 'charts.rate.logo'), 13), (one) => shareWords(one.logoChurnRate)],
    [right(say(lang, 'charts.rate.mrr'), 13), (one) => shareWords(one.grossMrrChurnRate)],
  ];
  const kept: readonly Column[] = [
    [right(literal('GRR'), 8), (one) => shareWords(one.grr)],
    [right(literal('NRR'), 8), (one) => shareWords(one.nrr)],
  ];
  const columns = viewOf(input) === 'retention' ? [...kept, ...counts, ...rates] : [...counts, ...rates, ...kept];
  return {
    columns: [left(say(lang, 'charts.column.month'), 0), ...columns.map(([column]) => column)],
    rows: data.months
      .map(
        (one, index): TableRow => ({
          cells: [cell(literal(formatMonth(one.month, lang))), ...columns.map(([, words]) => cell(words(one, index)))],
          target: {
            to: 'behind',
            of: { what: 'figure', figure: { of: 'movement', month: one.month, months: 1, kind: 'churn' } },
            title: literal(`${formatMonth(one.month, lang, 'full')} · ${say(lang, 'charts.kind.churn')}`),
          },
        }),
      )
      .toReversed(),
  };
}

const barCell = (value: number, most: number): Cell => ({
  text: join(
    bar(value, most, BAR).map(({ text }) => text),
    literal(''),
  ),
  tone: 'accent',
});

/** The month under the cursor and the last twelve months, each against its target. */
function figureLines(input: RevenueInput, answer: Answer): Line[] {
  const { lang, width } = input;
  const { target, trailing12, months } = answer.data;
  const aims = monthAims(answer.data);
  const month = monthAt(answer, input);
  const index = month ? months.indexOf(month) : -1;
  const beyond = (value: number | null, aim: number | null, isMore: boolean): boolean =>
    value !== null && aim !== null && (isMore ? value > aim : value < aim);
  const figure = (label: Clean, value: number | null, aim: number | null, isMore: boolean): Line => [
    gap(2),
    span(literal(`${label} `), 'quiet'),
    span(shareWords(value), beyond(value, aim, isMore) ? 'worse' : 'strong'),
    ...(aim === null
      ? []
      : [
          span(
            literal(
              ` ${say(lang, beyond(value, aim, isMore) ? 'charts.target.missed' : 'charts.target.held', { target: formatPercent(aim, { digits: 1 }) })}`,
            ),
            'quiet',
          ),
        ]),
  ];
  const line = (head: Clean, rest: readonly Line[]): Line => cutLine([gap(1), span(head, 'selected'), ...rest.flat()], width);
  return [
    line(literal(month ? formatMonth(month.month, lang, 'full') : ''), [
      figure(say(lang, 'charts.rate.logo'), month?.logoChurnRate ?? null, aims.logo, true),
      figure(say(lang, 'charts.rate.mrr'), month?.grossMrrChurnRate ?? null, null, true),
      figure(literal('GRR'), month?.grr ?? null, aims.grr, false),
      figure(literal('NRR'), month?.nrr ?? null, aims.nrr, false),
      [gap(2), span(say(lang, 'charts.cumulative', { n: answer.data.cumulative[index] ?? 0 }), 'quiet')],
    ]),
    line(say(lang, 'charts.trailing'), [
      figure(say(lang, 'charts.rate.logo'), trailing12.logoChurnRate, target.logoChurnRate, true),
      figure(literal('GRR'), trailing12.grr, target.grr, false),
      figure(literal('NRR'), trailing12.nrr, target.nrr, false),
    ]),
  ];
}

export const churnScreen: RevenueScreen = {
  views: VIEWS.length,
  questions: () => [QUESTION],
  extent(input) {
    const answer = answerTo(input.answers, QUESTION);
    return answer ? { rows: tableOf(input, answer).rows.length, columns: answer.data.months.length } : { rows: 0, columns: 1 };
  },
  target(input) {
    const answer = answerTo(input.answers, QUESTION);
    if (!answer || isEmpty(answer)) return null;
    const { rows } = tableOf(input, answer);
    return rows[clampRow(input.place.row, rows.length)]?.target ?? null;
  },
  lines(input) {
    const { width, height, lang, place } = input;
    const title = say(lang, 'app.screen.churn');
    const answer = answerTo(input.answers, QUESTION);
    const instead = missing(answer, title, input);
    if (instead || !answer) return instead ?? [];
    const { months } = answer.data;
    if (isEmpty(answer))
      return [titleLine(title, answer, width, lang), emptyLine, [gap(2), span(say(lang, 'charts.empty.revenue'), 'quiet')]];
    const selected = Math.max(0, months.length - 1 - place.back);
    const isWide = width >= 110;
    const half = isWide ? Math.floor(width / 2) : width;
    const pitch = Math.max(3, Math.min(7, Math.floor((half - LABEL - 4) / months.length)));
    const view = viewOf(input);
    const charts = churnCharts(answer, {
      which: view === 'cumulative' || view === 'retention' ? view : 'rates',
      height: Math.max(3, Math.min(12, height - 16)),
      ...{ pitch, selected, labelWidth: LABEL, half: isWide ? half : null, lang },
    });
    const labels = monthLabels(
      months.map(({ month }) => month),
      pitch,
      lang,
    );
    const { columns, rows } = tableOf(input, answer);
    const used = charts.length + 5;
    const body =
      noGrades(answer, view, lang) ??
      (rows.length === 0
        ? [[gap(2), span(say(lang, 'charts.nobodyChurned'), 'quiet')]]
        : walkTable(columns, rows, clampRow(place.row, rows.length), width, Math.max(2, height - used)));
    return [
      titleLine(title, answer, width, lang),
      ...charts.slice(0, -1),
      isWide ? besideAt(half, labels, labels) : labels,
      ...charts.slice(-1),
      ...figureLines(input, answer),
      tabsLine(
        VIEWS.map((one) => say(lang, `charts.by.${one}`)),
        place.view,
        width,
      ),
      ...body,
    ].map((line) => cutLine(line, width));
  },
};
