/** MRR and cohorts as drawings for a page. */
import { type Drivers, lastMonth, type MrrReport } from '../book/revenue-reports.ts';
import type { Cohort } from '../revenue/cohorts.ts';
import { changesSvg } from '../text/bar-tables.ts';
import { cut } from '../text/cells.ts';
import { columnsSvg, heatSvg, type Series, type Step, waterfallSvg } from '../text/charts.ts';
import { formatMonth } from '../text/format.ts';
import type { Markup } from '../text/markup.ts';
import { type Lang, type MessageKey, t } from '../text/messages/index.ts';
import { monthStepsSvg } from '../text/plots.ts';
import { CHART } from '../text/svg.ts';
import { fromMajor, type Money, toMajor } from '../units/money.ts';
import { captioned } from './captioned.ts';
import type { Figures } from './report-output.ts';
import { isEmpty, type RevenueRun, segmentName } from './revenue-options.ts';
import { driverHeading, sayIn, shortMoneyIn } from './revenue-text.ts';

const GAINS = ['new', 'expansion', 'reactivation'] as const;
const LOSSES = ['contraction', 'churn'] as const;
const COLOURS = { new: CHART.up, expansion: '#7fb3a2', reactivation: '#7aa6c2', contraction: '#e0a458', churn: CHART.down } as const;
/** Months of a cohort that are drawn; rows of a heat map. */
const DRAWN_AGES = 25;
const DRAWN_COHORTS = 36;
/** Cells of a name beside a bar. */
export const LABEL_CELLS = 34;

export const titled = (title: string, drawing: Markup): Figures['lead'][number] => ({ title, drawing });

export function mrrFigures(run: RevenueRun, report: MrrReport, lang: Lang): Figures {
  if (isEmpty(run)) return { lead: [], charts: [] };
  const { source } = run;
  const { months, span, drivers } = report;
  const say = sayIn(lang);
  const money = shortMoneyIn(source, lang);
  const foot = t(lang, 'files.chart.cut');
  const steps = [...GAINS, ...LOSSES].reduce<{ readonly level: number; readonly steps: readonly Step[] }>(
    ({ level: from, steps: before }, move) => {
      const isLoss = move === 'contraction' || move === 'churn';
      const level = from + (isLoss ? -span[move] : span[move]);
      const figures = { label: say(`revenue.move.${move}`), amount: money((level - from) as Money, true) };
      const step: Step = { ...figures, low: Math.min(from, level), high: Math.max(from, level), kind: isLoss ? 'loss' : 'gain' };
      return { level, steps: [...before, step] };
    },
    { level: span.start, steps: [] },
  );
  const end = (key: 'start' | 'end'): Step => ({
    ...{ label: say(`revenue.move.${key}`), amount: money(span[key]), low: 0, high: span[key], kind: 'level' },
  });
  const between = { from: drivers[0]?.from ?? '', to: lastMonth(source) };
  return {
    lead: [
      ...(months.length === 0 ? [] : [titled(say('revenue.mrr.months'), monthFigure(run, report, lang))]),
      ...drivers.flatMap((one) => driverFigure(run, one, lang)),
    ],
    charts: [waterfallSvg([end('start'), ...steps.steps, end('end')], say('revenue.mrr.waterfall', between), foot)],
  };
}

/** The level of each month, and below it the steps from one to the next. */
function monthFigure({ source }: RevenueRun, { months }: MrrReport, lang: Lang): Markup {
  const money = shortMoneyIn(source, lang);
  const amount = (value: number): string => money(fromMajor(value));
  const label = (key: MessageKey): string => t(lang, key);
  const columns = months.map((one) => ({ label: formatMonth(one.month, lang), parts: [toMajor(one.end)] }));
  const series = (moves: readonly (keyof typeof COLOURS)[]): Series[] =>
    moves.map((move) => ({ label: label(`revenue.move.${move}`), colour: COLOURS[move] }));
  const steps = months.map((one) => ({
    label: formatMonth(one.month, lang),
    start: toMajor(one.start),
    gains: GAINS.map((move) => toMajor(one[move])),
    losses: LOSSES.map((move) => toMajor(one[move])),
    end: toMajor(one.end),
    change: one.netNew === 0 ? '' : money(one.netNew, true),
  }));
  return captioned(
    label('files.chart.steps'),
    monthStepsSvg(steps, { gains: series(GAINS), losses: series(LOSSES) }, label('files.chart.steps'), {
      say: amount,
      cut: label('files.chart.cut'),
    }),
    captioned(label('files.chart.level'), columnsSvg(columns, [{ label: 'MRR' }], label('files.chart.level'), { say: amount })),
  );
}

/** The rows that the table names, and the rest in one, so that the bars add up to the change. */
function driverFigure({ source, options }: RevenueRun, one: Drivers, lang: Lang): Figures['lead'] {
  const money = shortMoneyIn(source, lang);
  const shown = one.rows.slice(0, options.limit).filter(({ change }) => change !== 0);
  if (shown.length === 0) return [];
  const named = shown.map(({ name, change }) => ({
    label: cut(segmentName(one.by, name, lang), LABEL_CELLS),
    change: toMajor(change),
  }));
  const hidden = one.rows.slice(options.limit);
  const rest = {
    n: one.rest.count + hidden.length,
    change: toMajor(hidden.reduce((sum, { change }) => sum + change, one.rest.change as number) as Money),
  };
  const rows = [
    ...named,
    ...(rest.n === 0
      ? []
      : [{ label: one.by === 'account' ? t(lang, 'revenue.drivers.rest', rest) : t(lang, 'files.rest', rest), change: rest.change }]),
  ];
  const title = driverHeading(one, lang, money);
  return [
    titled(
      title,
      changesSvg(rows, title, (value) => money(fromMajor(value), true)),
    ),
  ];
}

export function cohortFigures(rows: readonly Cohort[], lang: Lang): Figures {
  const shown = rows.slice(-DRAWN_COHORTS);
  const ages = Math.min(DRAWN_AGES, Math.max(0, ...shown.map(({ logo }) => logo.length)));
  const heads = Array.from({ length: ages }, (_, age) => String(age));
  const whole = (value: number): string => String(Math.round(value * 100));
  const map = (key: 'logo' | 'net' | 'gross') => {
    const title = t(lang, `revenue.cohorts.${key}`);
    const drawing = heatSvg(
      shown.map((one) => ({ label: `${formatMonth(one.month, lang, 'full')} (${one.customers})`, values: one[key].slice(0, ages) })),
      heads,
      title,
      whole,
    );
    return titled(title, drawing);
  };
  return { lead: shown.length === 0 ? [] : [map('logo'), map('net'), map('gross')], charts: [] };
}
