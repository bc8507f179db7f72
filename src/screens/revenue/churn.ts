import { bar } from '../../components/bars.ts';
import { cutLine, emptyLine, gap, type Line, lineWidth, span } from '../../components/line.ts';
import { say } from '../../components/say.ts';
import { type Cell, cell } from '../../components/table.ts';
import { SEGMENTATIONS, type Segmentation } from '../../revenue/segments.ts';
import { type Clean, join, literal } from '../../text/clean.ts';
import { formatMonth, formatPercent, sparkline } from '../../text/format.ts';
import { besideAt, churnCharts, monthAims } from './churn-charts.ts';
import { isLeftView, type LeftView, leftTable, STORY_LINES, storyLines, storyQuestion } from './churn-left.ts';
import {
  type AnswerOf,
  answerTo,
  clampRow,
  missing,
  moneyWords,
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
/** From so many cells on two charts stand beside each other. */
const WIDE = 110;
const QUESTION = { ask: 'churn', months: MONTHS } as const;
type View = 'month' | 'reason' | 'all' | 'winback' | 'cumulative' | 'retention' | Segmentation;
const VIEWS: readonly View[] = ['month', 'reason', ...SEGMENTATIONS, 'all', 'winback', 'cumulative', 'retention'];
/** As wide as `100.0%`, and the last month's name has room below the second chart of 120 cells. */
const LABEL = 7;
const BAR = 16;
/** A list has at least so many rows beside what is told of whom the cursor is on. */
const LEAST_ROWS = 3;

type Answer = AnswerOf<'churn'>;

const viewOf = ({ place }: Pick<RevenueInput, 'place'>) => VIEWS[place.view] ?? 'month';
const monthAt = (answer: Answer, { place }: Pick<RevenueInput, 'place'>) =>
  answer.data.months.at(-1 - Math.min(place.back, answer.data.months.length - 1));

/** Of the views that list who left; null on the others. */
function leftAt(input: Pick<RevenueInput, 'place'>, answer: Answer): LeftView | null {
  const view = viewOf(input);
  const month = monthAt(answer, input)?.month;
  return isLeftView(view) && month !== undefined ? { view, month } : null;
}

const isEmpty = ({ data }: Answer): boolean => data.months.every(({ customersStart }) => customersStart === 0);

const right = (title: Clean, width: number): TableColumn => ({ title, width, align: 'right' });
const left = (title: Clean, width: number): TableColumn => ({ title, width, align: 'left' });

interface Table {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
}

function tableOf(input: RevenueInput, answer: Answer): Table {
  const { lang } = input;
  const { data, currency } = answer;
  const view = viewOf(input);
  if (isLeftView(view)) {
    const at = leftAt(input, answer);
    return at ? leftTable(input, answer, at) : { columns: [], rows: [] };
  }
  if (view === 'cumulative' || view === 'retention') return monthTable(input, answer);
  if (view === 'reason') {
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
  // Where there is no room for words, on which side of the target it lies.
  const against = (value: number | null, aim: number, isMore: boolean, isShort: boolean): Clean => {
    const target = formatPercent(aim, { digits: 1 });
    if (!isShort) return say(lang, beyond(value, aim, isMore) ? 'charts.target.missed' : 'charts.target.held', { target });
    return literal(`${value === null || value === aim ? '/' : value > aim ? '>' : '<'} ${target}`);
  };
  const figure = (label: Clean, value: number | null, aim: number | null, isMore: boolean, isShort: boolean): Line => [
    gap(2),
    span(literal(`${label} `), 'quiet'),
    span(shareWords(value), beyond(value, aim, isMore) ? 'worse' : 'strong'),
    ...(aim === null ? [] : [gap(1), span(against(value, aim, isMore, isShort), 'quiet')]),
  ];
  const logo = say(lang, 'charts.rate.logo');
  const [grr, nrr] = [literal('GRR'), literal('NRR')];
  const line = (head: Clean, rest: readonly Line[]): Line => [gap(1), span(head, 'selected'), ...rest.flat()];
  const soFar: Line = [gap(2), span(say(lang, 'charts.cumulative', { n: answer.data.cumulative[index] ?? 0 }), 'quiet')];
  const lines = ({ isShort, isWhole }: { readonly isShort: boolean; readonly isWhole: boolean }): Line[] => [
    line(literal(month ? formatMonth(month.month, lang, 'full') : ''), [
      figure(logo, month?.logoChurnRate ?? null, aims.logo, true, isShort),
      // What GRR leaves.
      ...(isWhole ? [figure(say(lang, 'charts.rate.mrr'), month?.grossMrrChurnRate ?? null, null, true, isShort)] : []),
      figure(grr, month?.grr ?? null, aims.grr, false, isShort),
      figure(nrr, month?.nrr ?? null, aims.nrr, false, isShort),
      ...(isWhole || isShort ? [soFar] : []),
    ]),
    line(say(lang, 'charts.trailing'), [
      figure(logo, trailing12.logoChurnRate, target.logoChurnRate, true, isShort),
      figure(grr, trailing12.grr, target.grr, false, isShort),
      figure(nrr, trailing12.nrr, target.nrr, false, isShort),
    ]),
  ];
  const fits = (found: readonly Line[]): boolean => found.every((one) => lineWidth(one) <= width);
  const tried = [
    { isShort: false, isWhole: true },
    { isShort: false, isWhole: false },
  ].map(lines);
  return (tried.find(fits) ?? lines({ isShort: true, isWhole: false })).map((one) => cutLine(one, width));
}

export const churnScreen: RevenueScreen = {
  views: VIEWS.length,
  questions(input) {
    const answer = answerTo(input.answers, QUESTION);
    const at = answer && leftAt(input, answer);
    return at ? [QUESTION, storyQuestion(answer, at, input.place.row, MONTHS)] : [QUESTION];
  },
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
    const isWide = width >= WIDE;
    const half = isWide ? Math.floor(width / 2) : width;
    const pitch = Math.max(3, Math.min(7, Math.floor((half - LABEL - 4) / months.length)));
    const view = viewOf(input);
    const charts = churnCharts(answer, {
      which: view === 'cumulative' || view === 'retention' ? view : 'rates',
      height: Math.max(3, Math.min(Math.max(12, Math.min(18, height - 28)), height - 16)),
      ...{ pitch, selected, labelWidth: LABEL, half: isWide ? half : null, lang },
    });
    const labels = monthLabels(
      months.map(({ month }) => month),
      pitch,
      lang,
      LABEL,
    );
    const { columns, rows } = tableOf(input, answer);
    const room = Math.max(2, height - charts.length - 5);
    const at = leftAt(input, answer);
    const told = at && room > LEAST_ROWS + STORY_LINES ? storyLines(input, answer, at, MONTHS) : [];
    const page = room - (told.length > 0 ? STORY_LINES : 0);
    const table =
      noGrades(answer, view, lang) ??
      (rows.length === 0
        ? [[gap(2), span(say(lang, 'charts.nobodyChurned'), 'quiet')]]
        : walkTable(columns, rows, clampRow(place.row, rows.length), width, page));
    // What is told of one stands at the bottom, wherever the list ends.
    const body = told.length === 0 ? table : [...Array.from({ length: page }, (_, index) => table[index] ?? emptyLine), ...told];
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
