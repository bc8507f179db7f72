/** Churn as drawings for a page. */
import { type ChurnReport, lastMonth } from '../book/revenue-reports.ts';
import { monthlyChurn } from '../revenue/retention.ts';
import { measuresSvg } from '../text/bar-tables.ts';
import { cut } from '../text/cells.ts';
import { columnsSvg } from '../text/charts.ts';
import { formatMonth, formatPercent } from '../text/format.ts';
import { type Lang, type MessageKey, t } from '../text/messages/index.ts';
import { linesSvg } from '../text/plots.ts';
import { CHART } from '../text/svg.ts';
import { addMonths } from '../units/day.ts';
import { fromMajor, toMajor } from '../units/money.ts';
import { captioned } from './captioned.ts';
import { categoryName, SHOWN_SEGMENTS } from './churn-text.ts';
import type { Figures } from './report-output.ts';
import { titled } from './revenue-figures.ts';
import { isEmpty, type RevenueRun, segmentName } from './revenue-options.ts';
import { sayIn, shortMoneyIn } from './revenue-text.ts';

const percent = (value: number): string => formatPercent(value, { digits: 1 });
/** Reasons with a colour of their own. */
const OWN_COLOURS = 7;
const LABEL_CELLS = 26;

export function churnFigures(run: RevenueRun, report: ChurnReport, lang: Lang): Figures {
  if (isEmpty(run)) return { lead: [], charts: [] };
  const say = sayIn(lang);
  const aim = report.target.logoChurnRate === null ? null : monthlyChurn(report.target.logoChurnRate);
  const columns = report.months.map((one) => ({ label: formatMonth(one.month, lang), parts: [one.logoChurnRate] }));
  const label = aim === null ? say('revenue.churn.line_bare') : say('revenue.churn.line', { aim: percent(aim) });
  const line = aim === null ? null : { value: aim, label: `${t(lang, 'files.chart.target')} ${percent(aim)}` };
  return {
    lead: [...rateFigures(report, lang), ...reasonFigures(run, report, lang), ...segmentFigures(run, report, lang)],
    charts: [columnsSvg(columns, [{ label, colour: CHART.down }], label, { say: percent, line })],
  };
}

/** What the months' table is drawn as, besides logo churn. */
function rateFigures({ months, cumulative, trailing12, target }: ChurnReport, lang: Lang): Figures['lead'] {
  const label = (key: MessageKey): string => t(lang, key);
  const names = months.map(({ month }) => formatMonth(month, lang));
  const columns = (of: (place: number) => number | null) => names.map((name, place) => ({ label: name, parts: [of(place)] }));
  const mrr = columns((place) => months[place]?.grossMrrChurnRate ?? null);
  const sums = columns((place) => cumulative[place] ?? null);
  const kept = (['grr', 'nrr'] as const).map((key) => ({
    label: key.toUpperCase(),
    values: months.map((one) => one[key]),
    colour: key === 'grr' ? CHART.neutral : CHART.up,
  }));
  const now = months.at(-1);
  // A target is one of twelve months, and stands last.
  const measures = [
    { label: t(lang, 'revenue.column.logo'), values: [now?.logoChurnRate ?? null, trailing12.logoChurnRate, target.logoChurnRate] },
    { label: 'GRR', values: [now?.grr ?? null, trailing12.grr, target.grr] },
    { label: 'NRR', values: [now?.nrr ?? null, trailing12.nrr, target.nrr] },
  ];
  const heads = (['last_month', 'last_12', 'target'] as const).map((key) => label(`files.chart.${key}`));
  const count = (value: number): string => String(value);
  return [
    titled(
      label('files.chart.mrr_churn'),
      columnsSvg(mrr, [{ label: '', colour: CHART.down }], label('files.chart.mrr_churn'), { say: percent }),
    ),
    titled(label('files.chart.cumulative'), columnsSvg(sums, [{ label: '' }], label('files.chart.cumulative'), { say: count })),
    titled(
      label('files.chart.retention'),
      linesSvg(names, kept, label('files.chart.retention'), {
        say: percent,
        line: { value: 1, label: '', colour: '#8795a0' },
        cut: label('files.chart.retention_axis'),
      }),
    ),
    titled(
      label('files.chart.trailing'),
      measuresSvg(measures, heads, label('files.chart.trailing'), percent, 'together', [CHART.neutral, CHART.neutral, CHART.faint]),
    ),
  ];
}

/** How many and how much by category, and how many in each month. */
function reasonFigures({ source }: RevenueRun, { months, categories }: ChurnReport, lang: Lang): Figures['lead'] {
  if (categories.length === 0) return [];
  const say = sayIn(lang);
  const money = shortMoneyIn(source, lang);
  const name = ({ category }: ChurnReport['categories'][number]): string => categoryName(category, say);
  const rows = categories.map((one) => ({ label: name(one), values: [one.customers, toMajor(one.mrr)] }));
  const heads = [say('revenue.column.customers'), say('revenue.column.lost')];
  const own = categories.slice(0, OWN_COLOURS);
  const rest = categories.slice(OWN_COLOURS);
  const series = [
    ...own.map((one) => ({ label: name(one) })),
    ...(rest.length > 0 ? [{ label: t(lang, 'files.rest', { n: rest.length }) }] : []),
  ];
  const columns = months.map(({ month }, place) => ({
    label: formatMonth(month, lang),
    parts: [
      ...own.map(({ byMonth }) => byMonth[place] ?? 0),
      ...(rest.length > 0 ? [rest.reduce((sum, { byMonth }) => sum + (byMonth[place] ?? 0), 0)] : []),
    ],
  }));
  const [counts, trend] = [t(lang, 'files.chart.reasons'), t(lang, 'files.chart.reason_trend')];
  const written = (value: number, place: number): string => (place === 0 ? String(value) : money(fromMajor(value)));
  return [
    titled(
      say('revenue.churn.reasons'),
      captioned(
        counts,
        measuresSvg(rows, heads, counts, written, 'apart', [CHART.neutral, CHART.down]),
        captioned(trend, columnsSvg(columns, series, trend, { say: String, legend: true })),
      ),
    ),
  ];
}

/** Each segmentation under its own heading: logo churn, GRR and NRR side by side. */
function segmentFigures({ source, months, options }: RevenueRun, { segments }: ChurnReport, lang: Lang): Figures['lead'] {
  const say = sayIn(lang);
  const to = lastMonth(source);
  const heads = (['logo', 'grr', 'nrr'] as const).map((key) => say(`revenue.column.${key}`));
  return [...Map.groupBy(segments, ({ by }) => by)].map(([by, rows]) => {
    const title = say('revenue.churn.segments', { by: say(`revenue.by.${by}`), from: addMonths(to, -months), to });
    const shown = rows.slice(0, options.by === null ? SHOWN_SEGMENTS : rows.length).map((one) => ({
      label: t(lang, 'files.chart.segment', {
        name: cut(segmentName(by, one.name, lang), LABEL_CELLS),
        n: one.customersStart,
      }),
      values: [one.logoChurnRate, one.grr, one.nrr],
    }));
    return titled(title, measuresSvg(shown, heads, title, percent, 'apart', [CHART.down, CHART.neutral, CHART.up]));
  });
}
