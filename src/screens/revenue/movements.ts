/** How MRR moved: a waterfall over the months, and below it what moved it in the month under the cursor. Pure. */
import type { RevenueQuestion } from '../../book/revenue-answers.ts';
import { bar, pointerLine } from '../../components/bars.ts';
import { cutLine, emptyLine, gap, type Line, span } from '../../components/line.ts';
import { say } from '../../components/say.ts';
import { cell } from '../../components/table.ts';
import { stepLines, waterfallLines } from '../../components/waterfall.ts';
import type { MonthMovements, MovementKind } from '../../revenue/movements.ts';
import { COMMON_SEGMENTATIONS, type CommonSegmentation } from '../../revenue/segments.ts';
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
  nameWords,
  type RevenueInput,
  type RevenueScreen,
  type TableRow,
  tabsLine,
  titleLine,
  walkTable,
} from './kit.ts';

/** Months that are asked for; as many are shown as there is room for. */
const MONTHS = 24;
const QUESTION = { ask: 'mrr', months: MONTHS } as const;

const VIEWS: readonly ('movement' | 'account' | CommonSegmentation)[] = [
  'movement',
  'product',
  'account',
  ...COMMON_SEGMENTATIONS.filter((one) => one !== 'product'),
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

/** The months that there is room for, and the one under the cursor. */
function shownMonths({ data }: Answer, { width, place }: Pick<RevenueInput, 'width' | 'place'>) {
  const room = width - LABEL - 3;
  const count = Math.max(1, Math.min(data.months.length, Math.floor(room / 5) >= MONTHS ? MONTHS : Math.max(12, Math.floor(room / 5))));
  const months = data.months.slice(-count);
  const selected = Math.max(0, months.length - 1 - place.back);
  return { months, selected, month: months[selected], pitch: Math.max(3, Math.min(8, Math.floor(room / Math.max(1, months.length)))) };
}

const LABEL = 8;

const isEmpty = ({ data }: Answer): boolean => data.months.every(({ start, end }) => start === 0 && end === 0);

const driverQuestion = (input: Pick<RevenueInput, 'place' | 'answers'>): (RevenueQuestion & { readonly ask: 'drivers' }) | null => {
  const by = viewOf(input);
  const answer = answerTo(input.answers, QUESTION);
  return by === 'movement' || !answer ? null : { ask: 'drivers', by, month: addMonths(answer.last, -input.place.back) };
};

/** The rows below the chart; undefined until they are there. */
function rowsOf(input: RevenueInput, answer: Answer, month: MonthMovements): readonly TableRow[] | undefined {
  const { lang } = input;
  const title = (what: Clean): Clean => literal(`${formatMonth(month.month, lang, 'full')} · ${what}`);
  const amount = (value: Money, signed = true): Clean => moneyWords(value, answer.currency, lang, signed);
  const question = driverQuestion(input);
  if (question === null) {
    const steps = [
      { value: month.start, total: true },
      ...KINDS.map(({ kind, sign }) => ({ value: sign * month[kind], total: false })),
      { value: month.end, total: true },
    ];
    const bars = stepLines(steps, BAR);
    const customers: Readonly<Record<string, number>> = {
      new: month.customersNew,
      reactivation: month.customersReactivated,
      churn: month.customersChurned,
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
        of:
          kind === null ? { what: 'moved', month: month.month } : { what: 'figure', figure: { of: 'movement', month: month.month, kind } },
        title: title(label),
      },
    });
    return [
      row(say(lang, 'charts.mrr.start'), amount(month.start, false), month.customersStart, 0, null),
      ...KINDS.map(({ kind, sign }, index) =>
        row(say(lang, `charts.kind.${kind}`), amount((sign * month[kind]) as Money), customers[kind] ?? null, index + 1, kind),
      ),
      row(say(lang, 'charts.mrr.end'), amount(month.end, false), month.customersEnd, KINDS.length + 1, null),
    ];
  }
  const found = answerTo(input.answers, question);
  if (!found) return undefined;
  const { rows, rest, change } = found.data;
  const most = Math.max(1, ...rows.map((one) => Math.abs(one.change)));
  const { by } = question;
  return [
    {
      cells: [cell(say(lang, 'charts.total'), 'strong'), cell(amount(change), 'strong'), cell(literal('')), cell(literal(''))],
      target: {
        to: 'behind',
        of: { what: 'moved', month: month.month },
        title: title(say(lang, 'charts.kind.all')),
      },
    },
    ...rows.map((row): TableRow => {
      const name = nameWords(row.name, lang);
      const tone = row.change < 0 ? 'worse' : row.change > 0 ? 'better' : 'quiet';
      return {
        cells: [
          cell(name),
          cell(amount(row.change), tone),
          cell(amount(row.end, false), 'quiet'),
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
            : { to: 'behind', of: { what: 'driver', month: month.month, by, value: row.value }, title: title(name) },
      };
    }),
    ...(rest.count > 0
      ? [
          {
            cells: [
              cell(say(lang, 'charts.rest', { n: rest.count }), 'quiet'),
              cell(amount(rest.change), 'quiet'),
              cell(literal('')),
              cell(literal('')),
            ],
            target: null,
          },
        ]
      : []),
  ];
}

const BAR = 24;

/** `start + new + … − churn = end`, with the figures. */
function identityLine(month: MonthMovements, currency: string, width: number, lang: Lang): Line {
  const amount = (value: Money): Clean => moneyWords(value, currency, lang);
  const parts = KINDS.filter(({ kind }) => month[kind] !== 0).map(({ kind, sign }) =>
    literal(`${sign > 0 ? '+' : '−'} ${say(lang, `charts.kind.${kind}`)} ${amount(month[kind])}`),
  );
  const words = [
    literal(`${say(lang, 'charts.mrr.start')} ${amount(month.start)}`),
    ...parts,
    literal(`= ${say(lang, 'charts.mrr.end')} ${amount(month.end)}`),
  ];
  return cutLine(
    [gap(1), span(literal(formatMonth(month.month, lang, 'full')), 'selected'), gap(2), span(join(words, literal(' ')))],
    width,
  );
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
    const { months, month } = shownMonths(answer, input);
    return { rows: (month && rowsOf(input, answer, month)?.length) ?? 0, columns: months.length };
  },
  target(input) {
    const answer = answerTo(input.answers, QUESTION);
    const month = answer && shownMonths(answer, input).month;
    const rows = answer && month && !isEmpty(answer) ? rowsOf(input, answer, month) : undefined;
    return rows?.[clampRow(input.place.row, rows.length)]?.target ?? null;
  },
  lines(input) {
    const { width, height, lang, place } = input;
    const title = say(lang, 'app.screen.revenue');
    const answer = answerTo(input.answers, QUESTION);
    const instead = missing(answer, title, input);
    if (instead || !answer) return instead ?? [];
    const { months, selected, month, pitch } = shownMonths(answer, input);
    if (!month || isEmpty(answer))
      return [titleLine(title, answer, width, lang), emptyLine, [gap(2), span(say(lang, 'charts.empty.revenue'), 'quiet')]];
    const rows = rowsOf(input, answer, month);
    const tall = Math.max(4, Math.min(16, height - 14));
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
    const table = rows
      ? walkTable(
          [
            { title: literal(''), width: 0, align: 'left' },
            { title: say(lang, 'charts.column.change'), width: 11, align: 'right' },
            { title: say(lang, viewOf(input) === 'movement' ? 'charts.column.customers' : 'charts.column.mrr'), width: 9, align: 'right' },
            { title: literal(''), width: BAR, align: 'left' },
          ],
          rows,
          clampRow(place.row, rows.length),
          width,
          Math.max(2, height - used),
        )
      : [[gap(2), span(say(lang, 'app.account.reading'), 'quiet')]];
    return [
      titleLine(title, answer, width, lang),
      ...chart,
      monthLabels(
        months.map(({ month: one }) => one),
        pitch,
        lang,
      ),
      pointerLine(pitch, selected, LABEL),
      identityLine(month, answer.currency, width, lang),
      tabsLine(tabs, place.view, width),
      ...table,
    ].map((line) => cutLine(line, width));
  },
};

/** The months under a chart, every one or every second and so on, as their names have room; the newest always. */
export function monthLabels(months: readonly Parameters<typeof formatMonth>[0][], pitch: number, lang: Lang): Line {
  const labels = months.map((month) => literal(formatMonth(month, lang)));
  const step = Math.ceil((Math.max(0, ...labels.map(cellWidth)) + 1) / pitch);
  let text = '';
  labels.forEach((label, index) => {
    if ((labels.length - 1 - index) % step === 0) text += ' '.repeat(index * pitch - cellWidth(literal(text))) + label;
  });
  return [span(padStart(literal(''), LABEL + 2)), span(literal(text), 'quiet')];
}
