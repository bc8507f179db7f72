/** The charts over the churn screen: a pair for each sort of view, the second where there is room. Pure. */
import { columnLines } from '../../components/bars.ts';
import { gap, type Line, lineWidth, span } from '../../components/line.ts';
import { say } from '../../components/say.ts';
import { monthlyChurn, monthlyKept } from '../../revenue/retention.ts';
import { type Clean, literal } from '../../text/clean.ts';
import type { Lang } from '../../text/messages/index.ts';
import { type AnswerOf, shareWords } from './kit.ts';

type Answer = AnswerOf<'churn'>;
export type ChurnCharts = 'rates' | 'cumulative' | 'retention';

interface Chart {
  readonly label: Clean;
  /** Oldest first. */
  readonly values: readonly (number | null)[];
  /** Of a month; null where there is none. */
  readonly aim: number | null;
  /** Beyond the target is above it, or below it. */
  readonly worse: 'above' | 'below';
  readonly amount: (value: number) => Clean;
}

/** A target of the policy is one of twelve months: what it comes to in one. */
export function monthAims({ target }: Answer['data']): Record<'logo' | 'grr' | 'nrr', number | null> {
  const of = (value: number | null, month: (yearly: number) => number): number | null => (value === null ? null : month(value));
  return { logo: of(target.logoChurnRate, monthlyChurn), grr: of(target.grr, monthlyKept), nrr: of(target.nrr, monthlyKept) };
}

function pair(which: ChurnCharts, { data }: Answer, lang: Lang): readonly [Chart, Chart] {
  const { months, cumulative } = data;
  const aims = monthAims(data);
  const count = (value: number): Clean => literal(String(Math.round(value)));
  if (which === 'cumulative')
    return [
      { label: say(lang, 'charts.cumulative.long'), values: cumulative, aim: null, worse: 'above', amount: count },
      {
        ...{ label: say(lang, 'charts.churned.long'), values: months.map(({ churned }) => churned) },
        ...{ aim: null, worse: 'above' as const, amount: count },
      },
    ];
  const share = { amount: (value: number): Clean => shareWords(value) };
  if (which === 'retention')
    return [
      { label: say(lang, 'charts.rate.grr.long'), values: months.map(({ grr }) => grr), aim: aims.grr, worse: 'below', ...share },
      { label: say(lang, 'charts.rate.nrr.long'), values: months.map(({ nrr }) => nrr), aim: aims.nrr, worse: 'below', ...share },
    ];
  return [
    {
      label: say(lang, aims.logo === null ? 'charts.rate.logo.noTarget' : 'charts.rate.logo.long'),
      ...{ values: months.map(({ logoChurnRate }) => logoChurnRate), aim: aims.logo, worse: 'above', ...share },
    },
    {
      label: say(lang, 'charts.rate.mrr.long'),
      ...{ values: months.map(({ grossMrrChurnRate }) => grossMrrChurnRate), aim: null, worse: 'above', ...share },
    },
  ];
}

export interface ChurnChartsInput {
  readonly which: ChurnCharts;
  /** Rows of the plot. */
  readonly height: number;
  readonly pitch: number;
  readonly selected: number;
  readonly labelWidth: number;
  /** Cells of the left half; null: there is room for one chart. */
  readonly half: number | null;
  readonly lang: Lang;
}

export function churnCharts(answer: Answer, input: ChurnChartsInput): Line[] {
  const { which, half, lang } = input;
  const drawn = (chart: Chart): Line[] =>
    columnLines({
      ...{ values: chart.values, height: input.height, pitch: input.pitch, selected: input.selected },
      target: chart.aim,
      tone: (value) => (chart.aim !== null && (chart.worse === 'above' ? value > chart.aim : value < chart.aim) ? 'worse' : 'accent'),
      ...{ amount: chart.amount, labelWidth: input.labelWidth },
    });
  const [first, second] = pair(which, answer, lang);
  const left: Line[] = [[gap(1), span(first.label, 'quiet')], ...drawn(first)];
  if (half === null) return left;
  const right: Line[] = [[span(second.label, 'quiet')], ...drawn(second)];
  return left.map((line, index): Line => {
    const other = right[index];
    return other ? besideAt(half, line, other) : line;
  });
}

/** The second line begins in that column. */
export const besideAt = (column: number, line: Line, other: Line): Line => [...line, gap(Math.max(1, column - lineWidth(line))), ...other];
