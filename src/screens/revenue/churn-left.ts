/** Who left: in a month, in all of them, or whom to win back; and what had been known and was done of the chosen one. Pure. */

import { actionsWords, postMortemWords, signsWords, winBackWords } from '../../book/churn-words.ts';
import type { RevenueQuestion } from '../../book/revenue-answers.ts';
import type { Churned } from '../../book/revenue-reports.ts';
import { newestFirst, TOLD_AT_ONCE, winBackPlaces } from '../../book/who-left.ts';
import { cutLine, gap, type Line, span } from '../../components/line.ts';
import { say } from '../../components/say.ts';
import { type Cell, cell } from '../../components/table.ts';
import { width as cellWidth, fit } from '../../text/cells.ts';
import { type Clean, cleanLine, join, literal } from '../../text/clean.ts';
import { formatMonth } from '../../text/format.ts';
import type { Lang, MessageKey } from '../../text/messages/index.ts';
import type { Month } from '../../units/day.ts';
import { minus, ZERO } from '../../units/money.ts';
import {
  type AnswerOf,
  answerTo,
  clampRow,
  moneyWords,
  nameWords,
  type RevenueInput,
  type TableColumn,
  type TableRow,
  type Target,
} from './kit.ts';

type Answer = AnswerOf<'churn'>;

/** One of its views, and the month under the cursor. */
export interface LeftView {
  readonly view: 'month' | 'all' | 'winback';
  readonly month: Month;
}

export const isLeftView = (view: string): view is LeftView['view'] => view === 'month' || view === 'all' || view === 'winback';

const POSTMORTEM = 12;
const HELPED = 30;
/** The reason gives way to the account's name where there is little room. */
const [REASON, SHORT_REASON, WIDE] = [30, 24, 110];

const left = (title: Clean, width: number): TableColumn => ({ title, width, align: 'left' });

/** In the order of the list. */
const listed = ({ data }: Answer, { view, month }: LeftView): readonly Churned[] =>
  view === 'winback' ? data.winBack : view === 'all' ? newestFirst(data.churned) : data.churned.filter((one) => one.month === month);

/** The first row of a month is its sum. */
const rowsBefore = ({ view }: LeftView): number => (view === 'month' ? 1 : 0);

/** Everybody who left in the month, listed or not. */
function inMonth({ data }: Answer, month: Month) {
  const index = data.months.findIndex((one) => one.month === month);
  return { count: data.months[index]?.churned ?? 0, lost: data.lost[index] ?? ZERO };
}

/** The place in the list that the cursor is on; below 0 on its sum, beyond its end on those who are not listed. */
function placeIn(answer: Answer, at: LeftView, row: number): number {
  const { length } = listed(answer, at);
  const rest = at.view === 'month' && inMonth(answer, at.month).count > length ? 1 : 0;
  return clampRow(row, length + rowsBefore(at) + rest) - rowsBefore(at);
}

export const storyQuestion = (
  answer: Answer,
  at: LeftView,
  row: number,
  months: number,
): RevenueQuestion & { readonly ask: 'stories' } => ({
  ask: 'stories',
  months,
  of: at.view === 'month' ? at.month : at.view,
  from: Math.floor(Math.max(0, placeIn(answer, at, row)) / TOLD_AT_ONCE) * TOLD_AT_ONCE,
});

function reasonWords({ reasonLabel, category }: Churned, lang: Lang): Clean {
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

export function leftTable(input: Pick<RevenueInput, 'lang' | 'width'>, answer: Answer, at: LeftView) {
  const { lang, width } = input;
  const own = listed(answer, at);
  const account = left(say(lang, 'charts.column.account'), 0);
  const lost: TableColumn = { title: say(lang, 'charts.column.lost'), width: 9, align: 'right' };
  const reason = left(say(lang, 'charts.column.reason'), width < WIDE ? SHORT_REASON : REASON);
  if (at.view === 'month') {
    const { count, lost: sum } = inMonth(answer, at.month);
    const everybody: Target = {
      to: 'behind',
      of: { what: 'figure', figure: { of: 'movement', month: at.month, months: 1, kind: 'churn' } },
      title: literal(`${formatMonth(at.month, lang, 'full')} · ${say(lang, 'charts.kind.churn')}`),
    };
    const total: TableRow = {
      cells: [cell(say(lang, 'charts.churned', { n: count }), 'strong'), cell(moneyWords(sum, answer.currency, lang), 'strong')],
      target: everybody,
    };
    const others = count - own.length;
    const rest: readonly TableRow[] =
      others > 0 ? [{ cells: [cell(say(lang, 'charts.rest', { n: others }), 'quiet')], target: everybody }] : [];
    const state = (one: Churned): Clean => (one.back ? say(lang, 'charts.back') : literal(''));
    return {
      columns: [account, lost, left(literal(''), 8), reason],
      rows: [total, ...own.map((one) => churnedRow(one, answer, lang, state(one))), ...rest],
    };
  }
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

/** Lines of `storyLines`. */
export const STORY_LINES = 3;

/** Of whom the cursor is on: the signs beforehand, what was done, what the post-mortem found. Empty where it is on nobody. */
export function storyLines(input: RevenueInput, answer: Answer, at: LeftView, months: number): Line[] {
  const { lang, width, place } = input;
  const one = listed(answer, at)[placeIn(answer, at, place.row)];
  if (!one) return [];
  const told = answerTo(input.answers, storyQuestion(answer, at, place.row, months));
  const story = told?.data.stories.find(({ id, month }) => id === one.id && month === one.month);
  const waiting = say(lang, told === undefined ? 'app.account.reading' : 'charts.unknown');
  const { lookBack } = one;
  const part = (key: MessageKey, words: string | undefined): Clean[] => (words ? [literal(`${say(lang, key)}: ${cleanLine(words)}`)] : []);
  const found = [
    story || lookBack ? postMortemWords(one, story, lang) : waiting,
    ...part('charts.story.helped', lookBack?.helped),
    ...part('charts.story.fixed', lookBack?.fixed?.what),
    ...(at.view === 'winback' ? [] : part('charts.by.winback', winBackWords(one, winBackPlaces(answer.data.winBack), lang))),
  ];
  const labels = (['signs', 'done', 'postmortem'] as const).map((key) => say(lang, `charts.story.${key}`));
  const room = Math.max(...labels.map(cellWidth)) + 2;
  const words = [
    signsWords(story, told?.data.rules ?? [], lang) ?? waiting,
    actionsWords(story, lang) ?? waiting,
    join(found, literal(' · ')),
  ];
  return labels.map((label, index) => cutLine([gap(2), span(fit(label, room), 'quiet'), span(words[index] ?? literal(''))], width));
}
