/** Retention by the month in which customers began, as a heat map to walk in. Pure. */
import { glyphs } from '../../components/glyphs.ts';
import { HEAT_CELL, heatCell, heatLegend } from '../../components/heatmap.ts';
import { cutLine, emptyLine, gap, type Line, span, spread } from '../../components/line.ts';
import { say } from '../../components/say.ts';
import { edgeScroll } from '../../components/window.ts';
import type { Cohort } from '../../revenue/cohorts.ts';
import { fit } from '../../text/cells.ts';
import { literal } from '../../text/clean.ts';
import { formatMonth } from '../../text/format.ts';
import {
  type AnswerOf,
  answerTo,
  clampRow,
  missing,
  moneyWords,
  type RevenueInput,
  type RevenueScreen,
  shareWords,
  tabsLine,
  titleLine,
} from './kit.ts';

const QUESTION = { ask: 'cohorts' } as const;
const VIEWS = ['logo', 'gross', 'net'] as const;
const MONTH = 8;
const SIZE = 6;
/** Title, tabs, legend, heads, and two lines for the cell under the cursor. */
const CHROME = 6;

type Answer = AnswerOf<'cohorts'>;

const viewOf = ({ place }: Pick<RevenueInput, 'place'>) => VIEWS[place.view] ?? 'logo';

function cursor(input: RevenueInput, answer: Answer) {
  const all: readonly Cohort[] = answer.data;
  const row = clampRow(input.place.row, all.length);
  const cohort = all[row];
  const oldest = all[0]?.logo.length ?? 1;
  // Ages run from the left: here `back` is the age itself.
  const age = Math.max(0, Math.min((cohort?.logo.length ?? 1) - 1, input.place.back));
  return { all, row, cohort, age, oldest };
}

/** The views; at the right which ages are in sight, where there are more. */
function viewsLine({ place, width, lang }: RevenueInput, first: number, columns: number, oldest: number): Line {
  const tabs = tabsLine(
    VIEWS.map((one) => say(lang, `charts.cohort.${one}`)),
    place.view,
    width,
  );
  if (columns >= oldest) return tabs;
  return spread(tabs, [span(literal(`+${first}…+${first + columns - 1} / +${oldest - 1}`), 'quiet'), gap(1)], width);
}

export const cohortsScreen: RevenueScreen = {
  views: VIEWS.length,
  questions: () => [QUESTION],
  extent(input) {
    const answer = answerTo(input.answers, QUESTION);
    if (!answer) return { rows: 0, columns: 1 };
    const { all, cohort } = cursor(input, answer);
    return { rows: all.length, columns: cohort?.logo.length ?? 1 };
  },
  target(input) {
    const answer = answerTo(input.answers, QUESTION);
    const { cohort, age } = answer ? cursor(input, answer) : { cohort: undefined, age: 0 };
    if (!cohort) return null;
    const at = age;
    const title = say(input.lang, 'charts.cohort.at', { month: formatMonth(cohort.month, input.lang, 'full'), n: at });
    return { to: 'behind', of: { what: 'figure', figure: { of: 'cohort', month: cohort.month, age: at } }, title };
  },
  lines(input) {
    const { width, height, lang } = input;
    const title = say(lang, 'app.screen.cohorts');
    const answer = answerTo(input.answers, QUESTION);
    const instead = missing(answer, title, input);
    if (instead || !answer) return instead ?? [];
    const { all, row, cohort, age, oldest } = cursor(input, answer);
    if (!cohort) return [titleLine(title, answer, width, lang), emptyLine, [gap(2), span(say(lang, 'charts.empty.revenue'), 'quiet')]];
    const view = viewOf(input);
    const columns = Math.max(1, Math.min(oldest, Math.floor((width - MONTH - SIZE - 3) / HEAT_CELL)));
    const firstAge = edgeScroll(0, age, columns, oldest);
    const page = Math.max(1, height - CHROME);
    const from = edgeScroll(0, row, page, all.length);
    const ages = Array.from({ length: columns }, (_, index) => firstAge + index);
    const head: Line = [
      gap(1),
      span(fit(say(lang, 'charts.cohort.month'), MONTH), 'quiet'),
      span(fit(say(lang, 'charts.cohort.size'), SIZE, { align: 'right' }), 'quiet'),
      ...ages.map((one) => span(fit(literal(`+${one}`), HEAT_CELL, { align: 'right' }), one === age ? 'strong' : 'quiet')),
    ];
    const rows = all.slice(from, from + page).map((one, index): Line => {
      const here = from + index === row;
      return [
        span(literal(here ? glyphs.here : ' '), 'selected'),
        span(fit(literal(formatMonth(one.month, lang)), MONTH), here ? 'selected' : 'plain'),
        span(fit(literal(String(one.customers)), SIZE, { align: 'right' }), 'quiet'),
        ...ages.flatMap((at) => heatCell(one[view][at] ?? null, here && at === age)),
      ];
    });
    const at = age;
    const words = say(lang, 'charts.cohort.detail', {
      n: cohort.customers,
      mrr: moneyWords(cohort.mrr, answer.currency, lang),
      logo: shareWords(cohort.logo[at] ?? null),
      gross: shareWords(cohort.gross[at] ?? null),
      net: shareWords(cohort.net[at] ?? null),
    });
    const filled = Array.from({ length: page }, (_, index) => rows[index] ?? emptyLine);
    return [
      titleLine(title, answer, width, lang),
      viewsLine(input, firstAge, columns, oldest),
      [gap(1), span(say(lang, 'charts.cohort.legend'), 'quiet'), gap(1), ...heatLegend()],
      head,
      ...filled,
      emptyLine,
      [
        span(literal(` ${glyphs.here} `), 'selected'),
        span(say(lang, 'charts.cohort.at', { month: formatMonth(cohort.month, lang, 'full'), n: at }), 'selected'),
        gap(2),
        span(words),
      ],
    ].map((line) => cutLine(line, width));
  },
};
