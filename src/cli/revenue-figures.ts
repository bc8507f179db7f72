/** MRR and cohorts as drawings for a page. */
import { lastMonth, type MrrReport } from '../book/revenue-reports.ts';
import type { Cohort } from '../revenue/cohorts.ts';
import { columnsSvg, heatSvg, type Step, waterfallSvg } from '../text/charts.ts';
import { formatMonth } from '../text/format.ts';
import type { Markup } from '../text/markup.ts';
import { type Lang, t } from '../text/messages/index.ts';
import { fromMajor, type Money, toMajor } from '../units/money.ts';
import type { Figures } from './report-output.ts';
import type { RevenueRun } from './revenue-options.ts';
import { moneyIn, sayIn } from './revenue-text.ts';

const GAINS = ['new', 'expansion', 'reactivation'] as const;
const LOSSES = ['contraction', 'churn'] as const;
/** Months of a cohort that are drawn; rows of a heat map. */
const DRAWN_AGES = 25;
const DRAWN_COHORTS = 36;

export const titled = (title: string, drawing: Markup): Figures['lead'][number] => ({ title, drawing });

export function mrrFigures({ source }: RevenueRun, { months, span, drivers }: MrrReport, lang: Lang): Figures {
  const say = sayIn(lang);
  const money = moneyIn(source, lang);
  const amount = (value: number): string => money(fromMajor(value));
  const columns = months.map((one) => ({ label: formatMonth(one.month, lang), parts: [toMajor(one.end)] }));
  let level: number = span.start;
  const steps = [...GAINS, ...LOSSES].map((move): Step => {
    const from = level;
    const loss = move === 'contraction' || move === 'churn';
    level += loss ? -span[move] : span[move];
    const figures = { label: say(`revenue.move.${move}`), amount: money((level - from) as Money, true) };
    return { ...figures, low: Math.min(from, level), high: Math.max(from, level), kind: loss ? 'loss' : 'gain' };
  });
  const end = (key: 'start' | 'end'): Step => ({
    ...{ label: say(`revenue.move.${key}`), amount: money(span[key]), low: 0, high: span[key], kind: 'level' },
  });
  const between = { from: drivers[0]?.from ?? '', to: lastMonth(source) };
  return {
    lead: months.length === 0 ? [] : [titled('MRR', columnsSvg(columns, [{ label: 'MRR' }], 'MRR', { say: amount }))],
    charts: [waterfallSvg([end('start'), ...steps, end('end')], say('revenue.mrr.waterfall', between))],
  };
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
  return { lead: shown.length === 0 ? [] : [map('logo'), map('net')], charts: [] };
}
