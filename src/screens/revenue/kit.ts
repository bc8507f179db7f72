/** What the screens over revenue share: what they are given, what they ask, what Enter leads to, and a table to walk in. */
import type { RevenueAnswer, RevenueQuestion } from '../../book/revenue-answers.ts';
import type { Behind } from '../../book/revenue-listed.ts';
import { glyphs } from '../../components/glyphs.ts';
import { emptyLine, gap, type Line, lineWidth, span, spread } from '../../components/line.ts';
import { say } from '../../components/say.ts';
import { type Cell, type Column, cell, headLine, tableLine } from '../../components/table.ts';
import { edgeScroll } from '../../components/window.ts';
import type { Tier } from '../../policy.ts';
import type { Segmentation } from '../../revenue/segments.ts';
import { cut } from '../../text/cells.ts';
import { type Clean, cleanLine, join, literal } from '../../text/clean.ts';
import { formatMoney, formatMonth, formatPercent } from '../../text/format.ts';
import type { Lang } from '../../text/messages/index.ts';
import { type Money, toMajor } from '../../units/money.ts';
import { NOTHING, UNKNOWN } from '../figures.ts';
import { viewTabs } from '../tabs.ts';

export const REVENUE_SCREENS = ['revenue', 'churn', 'cohorts', 'products'] as const;
export type RevenueScreenName = (typeof REVENUE_SCREENS)[number];

/** Where one stands: which view, how many months before the last one (of a cohort: its age), and which row. */
export interface Place {
  readonly view: number;
  /** 0 or more. */
  readonly back: number;
  /** Of a period, its other end; absent: the month under the cursor alone. Movements only. */
  readonly mark?: number;
  readonly row: number;
}

/** Answers by `questionKey`; null where it could not be read. */
export type Answers = ReadonlyMap<string, RevenueAnswer | null>;

export const questionKey = (question: RevenueQuestion): string => JSON.stringify(question);

export interface RevenueInput {
  readonly place: Place;
  readonly answers: Answers;
  readonly width: number;
  readonly height: number;
  readonly lang: Lang;
}

/** What Enter leads to: accounts with the words for what they are, or one account. */
export type Target =
  | { readonly to: 'behind'; readonly of: Behind; readonly title: Clean }
  | { readonly to: 'account'; readonly id: string; readonly name: Clean };

/** One screen over revenue; everything pure. */
export interface RevenueScreen {
  readonly views: number;
  /** What it needs, as far as is known so far. */
  questions(input: Pick<RevenueInput, 'place' | 'answers'>): readonly RevenueQuestion[];
  /** How far the cursor can go. */
  extent(input: RevenueInput): { readonly rows: number; readonly columns: number };
  target(input: RevenueInput): Target | null;
  lines(input: RevenueInput): Line[];
}

export type AnswerOf<A extends RevenueAnswer['ask']> = Extract<RevenueAnswer, { ask: A }>;

/** Undefined until it is there. */
export function answerTo<A extends RevenueAnswer['ask']>(
  answers: Answers,
  question: RevenueQuestion & { readonly ask: A },
): AnswerOf<A> | null | undefined {
  return answers.get(questionKey(question)) as AnswerOf<A> | null | undefined;
}

export const moneyWords = (amount: Money, currency: string, lang: Lang, signed = false): Clean =>
  cleanLine(formatMoney(toMajor(amount), currency, lang, { signed }));

export const shareWords = (value: number | null, digits = 1): Clean =>
  value === null ? UNKNOWN : literal(formatPercent(value, { digits }));

export const nameWords = (name: string | null, lang: Lang): Clean =>
  name === null || name === '' ? say(lang, 'charts.unknown') : cleanLine(name);

/** A segment as people know it; what belongs to none is told apart from what is not known. */
export function segmentWords(
  by: Segmentation | 'account',
  { value, name }: { value: string | null; name: string | null },
  lang: Lang,
): Clean {
  if (value === null && by === 'customer-grade') return say(lang, 'charts.grade.none');
  return by === 'tier' && value !== null ? say(lang, `book.tier.${value as Tier}`) : nameWords(name, lang);
}

/** What stands in place of grades where the policy has none. */
export const noGrades = (answer: RevenueAnswer, by: string, lang: Lang): Line[] | null =>
  by === 'customer-grade' && !answer.graded ? [emptyLine, [gap(2), span(say(lang, 'charts.empty.grade'), 'quiet')]] : null;

/** Title at the left, what the figures are of at the right. */
export function titleLine(title: Clean, answer: RevenueAnswer | null | undefined, width: number, lang: Lang): Line {
  const parts: Clean[] = [];
  if (answer) {
    parts.push(say(lang, 'charts.upTo', { month: formatMonth(answer.last, lang, 'full') }));
    if (answer.writing !== null) parts.push(say(lang, 'charts.writing', { month: formatMonth(answer.writing, lang, 'full') }));
    if (answer.foreign > 0) parts.push(say(lang, 'charts.foreign', { n: answer.foreign }));
    if (answer.unknown > 0) parts.push(say(lang, 'charts.mrr.unknownOf', { n: answer.unknown }));
    parts.push(say(lang, answer.whole ? 'charts.whole' : 'charts.oneBook'));
  }
  const left: Line = [gap(1), span(title, 'strong')];
  const room = Math.max(0, width - lineWidth(left) - 3);
  return spread(left, [span(cut(join(parts, literal(' · ')), room), 'quiet'), gap(1)], width);
}

/** What stands in place of a screen of which the answer is not there; null where it is. */
export function missing(answer: RevenueAnswer | null | undefined, title: Clean, { width, lang }: RevenueInput): Line[] | null {
  if (answer) return null;
  const words = answer === null ? say(lang, 'charts.unread') : say(lang, 'app.account.reading');
  return [titleLine(title, answer, width, lang), emptyLine, [gap(2), span(words, answer === null ? 'problem' : 'quiet')]];
}

export const tabsLine = (names: readonly Clean[], shown: number, width: number): Line => [gap(1), ...viewTabs(names, shown, width - 2)];

export interface TableColumn {
  readonly title: Clean;
  readonly width: number;
  readonly align: 'left' | 'right';
}

export interface TableRow {
  readonly cells: readonly Cell[];
  readonly target: Target | null;
}

/** A table with a cursor in it: head, then `height − 1` rows around the cursor; the first column takes what is left. */
export function walkTable(columns: readonly TableColumn[], rows: readonly TableRow[], row: number, width: number, height: number): Line[] {
  // Columns give way from the right until the first one can be read.
  let kept = columns.slice(1);
  const taken = (): number => kept.reduce((sum, one) => sum + one.width + 1, 0);
  while (kept.length > 1 && width - taken() - 3 < NAME_MIN) kept = kept.slice(0, -1);
  const first = Math.min(NAME_MAX, Math.max(4, width - taken() - 3));
  const drawn: Column[] = [
    { id: 'mark', title: NOTHING, width: 1, align: 'left' },
    { id: '0', title: columns[0]?.title ?? NOTHING, width: first, align: 'left' },
    ...kept.map((one, index) => ({ id: String(index + 1), ...one })),
  ];
  const page = Math.max(1, height - 1);
  const from = edgeScroll(0, row, page, rows.length);
  return [
    headLine(drawn),
    ...rows.slice(from, from + page).map((one, index) => {
      const selected = from + index === row;
      const [name = cell(NOTHING), ...rest] = one.cells;
      return tableLine(drawn, [
        cell(literal(selected ? glyphs.here : ''), 'selected'),
        selected ? cell(name.text, 'selected') : name,
        ...rest,
      ]);
    }),
  ];
}

const NAME_MIN = 14;
const NAME_MAX = 44;

/** The column that the cursor goes to, `by` to the right. */
export const stepBack = (name: RevenueScreenName, back: number, by: number, columns: number): number =>
  Math.max(0, Math.min(columns - 1, Math.min(back, columns - 1) + (name === 'cohorts' ? by : -by)));

export const clampRow = (row: number, rows: number): number => Math.max(0, Math.min(rows - 1, row));
