/** How MRR moved: a waterfall over the months, and below it what moved it in the month under the cursor, or in a period from a mark to it. Pure. */
import type { RevenueQuestion } from '../../book/revenue-answers.ts';
import { bar, periodLine } from '../../components/bars.ts';
import { cutLine, emptyLine, gap, type Line, lineWidth, span } from '../../components/line.ts';
import { say } from '../../components/say.ts';
import { type Cell, cell } from '../../components/table.ts';
import type { Tone } from '../../components/theme.ts';
import { stepLines, waterfallLines } from '../../components/waterfall.ts';
import { addedMovements, type MonthMovements, type MovementKind } from '../../revenue/movements.ts';
import { SEGMENTATIONS, type Segmentation } from '../../revenue/segments.ts';
import { width as cellWidth, padStart } from '../../text/cells.ts';
import { type Clean, cleanLine, join, literal } from '../../text/clean.ts';
import { formatMoney, formatMonth } from '../../text/format.ts';
import type { Lang } from '../../text/messages/index.ts';
import { addMonths } from '../../units/day.ts';
import { type Money, toMajor } from '../../units/money.ts';
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
  type TableColumn,
  type TableRow,
  type Target,
  tabsLine,
  titleLine,
  walkTable,
} from './kit.ts';
import { hasPeriod, periodOf, periodWords } from './period.ts';

/** Months that are asked for: as far back as the cursor goes. */
const MONTHS = 60;
/** As many are shown at once, or as many as there is room for. */
const SHOWN = 24;
const LEAST_SHOWN = 12;
const QUESTION = { ask: 'mrr', months: MONTHS } as const;

const VIEWS: readonly ('movement' | 'account' | Segmentation)[] = [
  'movement',
  'product',
  'account',
  ...SEGMENTATIONS.filter((one) => one !== 'product'),
];

const KINDS: readonly { readonly kind: MovementKind; readonly sign: 1 | -1 }[] = [
  { kind: 'new', sign: 1 },
  { kind: 'reactivation', sign: 1 },
  { kind: 'expansion', sign: 1 },
  { kind: 'contraction', sign: -1 },
  { kind: 'churn', sign: -1 },
];

type Answer = AnswerOf<'mrr'>;

const viewOf = ({ place }: Pick<RevenueInput, 'place'>) => VIEWS[place.view] ?? 'movement';

/** Without the empty ones before the portal's first, where there are more than a chart shows. */
function monthsOf({ data: { months } }: Answer): readonly MonthMovements[] {
  const first = months.findIndex(({ start, end }) => start !== 0 || end !== 0);
  return months.slice(first < 0 ? -SHOWN : Math.min(first, Math.max(0, months.length - SHOWN)));
}

/** The months that there is room for, moved back as far as cursor and mark ask for, and where these stand in them. */
function chartOf(answer: Answer, { width, place }: Pick<RevenueInput, 'width' | 'place'>) {
  const all = monthsOf(answer);
  const room = width - LABEL - 3;
  const fits = Math.floor(room / 5);
  const count = Math.max(1, Math.min(all.length, SHOWN, Math.max(LEAST_SHOWN, fits)));
  const back = Math.min(place.back, all.length - 1);
  const mark = Math.min(place.mark ?? back, all.length - 1);
  const hidden = Math.max(0, back - count + 1, Math.min(back, mark - count + 1));
  const months = all.slice(all.length - hidden - count, all.length - hidden);
  const column = (of: number): number => Math.max(0, Math.min(months.length - 1, months.length - 1 - of + hidden));
  return {
    ...{ months, reach: all.length, selected: column(back), other: column(mark) },
    pitch: Math.max(3, Math.min(8, Math.floor(room / Math.max(1, months.length)))),
  };
}

/** All months of the period as one step, and the words for them. */
function stepOf(answer: Answer, { place, lang }: Pick<RevenueInput, 'place' | 'lang'>) {
  const all = monthsOf(answer);
  const held = { ...place, back: Math.min(place.back, all.length - 1) };
  const { first, last, months } = periodOf(held);
  const own = all.slice(all.length - 1 - first, all.length - last);
  return { ...addedMovements(own), month: addMonths(answer.last, -last), months, words: periodWords(answer.last, held, lang) };
}

type Step = ReturnType<typeof stepOf>;

const LABEL = 8;

const isEmpty = ({ data }: Answer): boolean => data.months.every(({ start, end }) => start === 0 && end === 0);

const driverQuestion = (input: Pick<RevenueInput, 'place' | 'answers'>): (RevenueQuestion & { readonly ask: 'drivers' }) | null => {
  const by = viewOf(input);
  const answer = answerTo(input.answers, QUESTION);
  if (by === 'movement' || !answer) return null;
  const { last, months } = periodOf(input.place);
  return { ask: 'drivers', by, month: addMonths(answer.last, -last), months };
};

/** The rows below the chart; undefined until they are there. */
function rowsOf(input: RevenueInput, answer: Answer, step: Step): readonly TableRow[] | undefined {
  const { lang } = input;
  const { month, months } = step;
  const title = (what: Clean): Clean => literal(`${step.words} · ${what}`);
  const everybody: Target = { to: 'behind', of: { what: 'moved', month, months }, title: title(say(lang, 'charts.kind.all')) };
  const amount = (value: Money, signed = true): Clean => moneyWords(value, answer.currency, lang, signed);
  const question = driverQuestion(input);
  if (question === null) {
    const steps = [
      { value: step.start, total: true },
      ...KINDS.map(({ kind, sign }) => ({ value: sign * step[kind], total: false })),
      { value: step.end, total: true },
    ];
    const bars = stepLines(steps, BAR);
    const customers: Readonly<Record<string, number>> = {
      new: step.customersNew,
      reactivation: step.customersReactivated,
      churn: step.customersChurned,
    };
    const row = (label: Clean, value: Clean, count: number | null, index: number, kind: MovementKind | null): TableRow => ({
      cells: [
        cell(label, kind === null ? 'strong' : 'plain'),
        cell(value, kind === null ? 'strong' : 'plain'),
        cell(literal(count === null ? '' : String(count)), 'quiet'),
        {
          text: join(
            (bars[index] ?? []).map(({ text }) => text),
            literal(''),
          ),
          tone: bars[index]?.[1]?.tone ?? 'plain',
        },
      ],
      target: {
        to: 'behind',
        of: kind === null ? { what: 'moved', month, months } : { what: 'figure', figure: { of: 'movement', month, months, kind } },
        title: title(label),
      },
    });
    return [
      row(say(lang, 'charts.mrr.start'), amount(step.start, false), step.customersStart, 0, null),
      ...KINDS.map(({ kind, sign }, index) =>
        row(say(lang, `charts.kind.${kind}`), amount((sign * step[kind]) as Money), customers[kind] ?? null, index + 1, kind),
      ),
      row(say(lang, 'charts.mrr.end'), amount(step.end, false), step.customersEnd, KINDS.length + 1, null),
    ];
  }
  const found = answerTo(input.answers, question);
  if (!found) return undefined;
  const { rows, rest, change } = found.data;
  const most = Math.max(1, ...rows.map((one) => Math.abs(one.change)));
  const { by } = question;
  const levels = ({ start, end }: Pick<Step, 'start' | 'end'>, tone: Tone): Cell[] => [
    ...(hasBothEnds(input) ? [cell(amount(start, false), tone)] : []),
    cell(amount(end, false), tone),
  ];
  return [
    {
      cells: [cell(say(lang, 'charts.total'), 'strong'), cell(amount(change), 'strong'), ...levels(step, 'strong')],
      target: everybody,
    },
    ...rows.map((row): TableRow => {
      const name = segmentWords(by, row, lang);
      const tone = row.change < 0 ? 'worse' : row.change > 0 ? 'better' : 'quiet';
      return {
        cells: [
          cell(name),
          cell(amount(row.change), tone),
          ...levels(row, 'quiet'),
          {
            text: join(
              bar(Math.abs(row.change), most, BAR, tone).map(({ text }) => text),
              literal(''),
            ),
            tone,
          },
        ],
        target:
          by === 'account'
            ? row.value === null
              ? null
              : { to: 'account', id: row.value, name }
            : { to: 'behind', of: { what: 'driver', month, months, by, value: row.value }, title: title(name) },
      };
    }),
    ...(rest.count > 0
      ? [
          {
            cells: [cell(say(lang, 'charts.rest', { n: rest.count }), 'quiet'), cell(amount(rest.change), 'quiet')],
            target: everybody,
          },
        ]
      : []),
  ];
}

const BAR = 24;
/** From so many cells on a driver stands with its MRR at both ends of the period. */
const BOTH_ENDS = 100;
const hasBothEnds = ({ width }: Pick<RevenueInput, 'width'>): boolean => width >= BOTH_ENDS;

function columnsOf(input: RevenueInput): readonly TableColumn[] {
  const { lang } = input;
  const number = (title: Clean, width: number): TableColumn => ({ title, width, align: 'right' });
  const level = (key: 'start' | 'end'): TableColumn => number(say(lang, `charts.mrr.${key}`), 9);
  const isMovement = viewOf(input) === 'movement';
  return [
    { title: literal(''), width: 0, align: 'left' },
    number(say(lang, 'charts.column.change'), 11),
    ...(isMovement ? [number(say(lang, 'charts.column.customers'), 9)] : [...(hasBothEnds(input) ? [level('start')] : []), level('end')]),
    { title: literal(''), width: BAR, align: 'left' },
  ];
}

/** `start + new + … − churn = end`, with the figures; where there is no room for all of it, what came of it. */
function identityLine(step: Step, { place, width, lang }: RevenueInput, currency: string): Line {
  const amount = (value: Money, signed = false): Clean => moneyWords(value, currency, lang, signed);
  const parts = KINDS.filter(({ kind }) => step[kind] !== 0).map(({ kind, sign }) =>
    literal(`${sign > 0 ? '+' : '−'} ${say(lang, `charts.kind.${kind}`)} ${amount(step[kind])}`),
  );
  const isOpen = hasPeriod(place) && step.months === 1;
  const head: Line = [
    ...[gap(1), span(step.words, 'selected'), gap(2)],
    ...(isOpen ? [span(say(lang, 'charts.period.open'), 'accent'), gap(2)] : []),
  ];
  const told = (between: readonly Clean[]): Line => {
    const [from, to] = [say(lang, 'charts.mrr.start'), say(lang, 'charts.mrr.end')];
    const words = [literal(`${from} ${amount(step.start)}`), ...between, literal(`= ${to} ${amount(step.end)}`)];
    return [...head, span(join(words, literal(' ')))];
  };
  const whole = told(parts);
  return cutLine(lineWidth(whole) <= width ? whole : told([amount(step.netNew, true)]), width);
}

export const movementsScreen: RevenueScreen = {
  views: VIEWS.length,
  questions(input) {
    const drivers = driverQuestion(input);
    return drivers ? [QUESTION, drivers] : [QUESTION];
  },
  extent(input) {
    const answer = answerTo(input.answers, QUESTION);
    if (!answer) return { rows: 0, columns: 1 };
    return { rows: rowsOf(input, answer, stepOf(answer, input))?.length ?? 0, columns: chartOf(answer, input).reach };
  },
  target(input) {
    const answer = answerTo(input.answers, QUESTION);
    const rows = answer && !isEmpty(answer) ? rowsOf(input, answer, stepOf(answer, input)) : undefined;
    return rows?.[clampRow(input.place.row, rows.length)]?.target ?? null;
  },
  lines(input) {
    const { width, height, lang, place } = input;
    const title = say(lang, 'app.screen.revenue');
    const answer = answerTo(input.answers, QUESTION);
    const instead = missing(answer, title, input);
    if (instead || !answer) return instead ?? [];
    if (isEmpty(answer))
      return [titleLine(title, answer, width, lang), emptyLine, [gap(2), span(say(lang, 'charts.empty.revenue'), 'quiet')]];
    const { months, selected, other, pitch } = chartOf(answer, input);
    const step = stepOf(answer, input);
    const rows = rowsOf(input, answer, step);
    // A tall terminal has room for finer steps, and for a list below them.
    const tall = Math.max(4, Math.min(Math.max(16, Math.min(24, height - 26)), height - 14));
    const axis = (value: number): Clean => cleanLine(formatMoney(toMajor(value as Money), answer.currency, lang));
    const chart = waterfallLines({
      months: months.map((one) => ({
        start: one.start,
        up: one.new + one.reactivation + one.expansion,
        down: one.contraction + one.churn,
        end: one.end,
      })),
      height: tall,
      pitch,
      labelWidth: LABEL,
      amount: axis,
    });
    const tabs = VIEWS.map((view) => say(lang, `charts.by.${view}`));
    const used = tall + 6;
    const table =
      noGrades(answer, viewOf(input), lang) ??
      (rows
        ? walkTable(columnsOf(input), rows, clampRow(place.row, rows.length), width, Math.max(2, height - used))
        : [[gap(2), span(say(lang, 'app.account.reading'), 'quiet')]]);
    return [
      titleLine(title, answer, width, lang),
      ...chart,
      monthLabels(
        months.map(({ month: one }) => one),
        pitch,
        lang,
      ),
      periodLine(pitch, selected, other, LABEL),
      identityLine(step, input, answer.currency),
      tabsLine(tabs, place.view, width),
      ...table,
    ].map((line) => cutLine(line, width));
  },
};

/** The months under a chart, every one or every second and so on, as their names have room; the newest always. */
export function monthLabels(months: readonly Parameters<typeof formatMonth>[0][], pitch: number, lang: Lang, labelWidth = LABEL): Line {
  const labels = months.map((month) => literal(formatMonth(month, lang)));
  const step = Math.ceil((Math.max(0, ...labels.map(cellWidth)) + 1) / pitch);
  let text = '';
  labels.forEach((label, index) => {
    if ((labels.length - 1 - index) % step === 0) text += ' '.repeat(index * pitch - cellWidth(literal(text))) + label;
  });
  return [span(padStart(literal(''), labelWidth + 2)), span(literal(text), 'quiet')];
}
