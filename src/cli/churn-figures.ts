/** Churn as drawings for a page. */
import type { ChurnReport } from '../book/revenue-reports.ts';
import { columnsSvg } from '../text/charts.ts';
import { formatMonth, formatPercent } from '../text/format.ts';
import type { Lang } from '../text/messages/index.ts';
import { CHART } from '../text/svg.ts';
import { monthlyAim } from './churn-text.ts';
import type { Figures } from './report-output.ts';
import type { RevenueRun } from './revenue-options.ts';
import { sayIn } from './revenue-text.ts';

export function churnFigures(_run: RevenueRun, report: ChurnReport, lang: Lang): Figures {
  const say = sayIn(lang);
  const percent = (value: number): string => formatPercent(value, { digits: 1 });
  const aim = report.target.logoChurnRate === null ? null : monthlyAim(report.target.logoChurnRate);
  const columns = report.months.map((one) => ({ label: formatMonth(one.month, lang), parts: [one.logoChurnRate] }));
  const label = aim === null ? say('revenue.churn.line_bare') : say('revenue.churn.line', { aim: percent(aim) });
  const line = aim === null ? null : { value: aim, label: percent(aim) };
  return { lead: [], charts: [columnsSvg(columns, [{ label, colour: CHART.down }], label, { say: percent, line })] };
}
