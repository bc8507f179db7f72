/** The back-test drawn for a page, and as tables. */

import { measuresSvg } from '../text/bar-tables.ts';
import { clean, literal } from '../text/clean.ts';
import { formatPercent } from '../text/format.ts';
import { type Lang, t } from '../text/messages/index.ts';
import { linesSvg } from '../text/plots.ts';
import type { Sheet } from '../text/sheet.ts';
import { CHART } from '../text/svg.ts';
import type { BacktestRun } from '../workspace/replays.ts';
import type { Figures } from './report-output.ts';
import { Table } from './report-sheet.ts';

/** What was said and what came, bin by bin; then the share of the churned that the list finds. */
export function backtestFigures({ report, span }: BacktestRun, lang: Lang): Figures {
  if (span === null) return { lead: [], charts: [] };
  const percent = (value: number): string => formatPercent(value, { digits: 1 });
  const bins = report.calibration.map(({ expected, observed, cases }) => ({ label: `n = ${cases}`, values: [expected, observed] }));
  const heads = [t(lang, 'files.column.expected'), t(lang, 'files.column.observed')];
  const steps = report.gains.map((_, index) => formatPercent((index + 1) / report.gains.length));
  const curve = linesSvg(
    steps,
    [
      { label: t(lang, 'scoring.lift.list'), values: report.gains, colour: CHART.neutral },
      {
        label: t(lang, 'scoring.lift.chance'),
        values: steps.map((_, index) => (index + 1) / steps.length),
        colour: CHART.down,
        dashed: true,
      },
    ],
    t(lang, 'scoring.lift.title'),
    { say: (value) => formatPercent(value), from: 0 },
  );
  return { lead: [], charts: [measuresSvg(bins, heads, t(lang, 'scoring.plot.title'), percent, 'together'), curve] };
}

/** Signals first, of which there are most. */
export function backtestSheets({ report, policy }: BacktestRun, lang: Lang): readonly Sheet[] {
  const labels = new Map(policy.signals.map((rule) => [rule.id, rule.label[lang]]));
  const signals = new Table('', lang, 'files.sheet.backtest').column('id', 'scoring.column.signal', 'text', { width: 26 });
  signals.column('label', 'export.column.name', 'text', { width: 32 }).column('fired', 'scoring.column.fired', 'number');
  signals.column('churnWith', 'scoring.column.with', 'percent').column('churnWithout', 'scoring.column.without', 'percent');
  signals.column('auc', 'scoring.column.auc', 'number', { digits: 3 }).column('sign', 'scoring.column.sign');
  signals.column('coverage', 'scoring.column.coverage', 'percent');
  for (const one of report.signals) {
    const rates = [one.fired, one.churnWith, one.churnWithout, one.auc];
    signals.row(clean(one.id), clean(labels.get(one.id) ?? one.id), ...rates, literal(one.sign), one.coverage);
  }
  return [signals.sheet(), measureSheet(report, lang), bandSheet(report, lang), calibrationSheet(report, lang)];
}

type Report = BacktestRun['report'];

function measureSheet(report: Report, lang: Lang): Sheet {
  const table = new Table('', lang, 'files.sheet.measures').column('measure', 'scoring.column.measure', 'text', { width: 32 });
  table.column('value', 'scoring.column.value', 'number', { digits: 3 }).column('low', 'files.column.low', 'number', { digits: 3 });
  table.column('high', 'files.column.high', 'number', { digits: 3 });
  for (const key of ['auc', 'aucRisk'] as const)
    table.row(literal(key), report[key]?.value ?? null, report[key]?.low ?? null, report[key]?.high ?? null);
  for (const key of ['averagePrecision', 'baseRate', 'lift10', 'ece', 'snapshots', 'cases', 'accounts', 'events'] as const) {
    const value = report[key];
    table.row(literal(key), typeof value === 'object' ? (value?.length ?? null) : value, null, null);
  }
  for (const [key, value] of Object.entries(report.mrrCaughtTop10)) table.row(literal(`mrrCaughtTop10.${key}`), value, null, null);
  for (const [key, value] of Object.entries(report.baselines)) table.row(literal(`baselines.${key}`), value, null, null);
  table.row(literal('verdict'), literal(report.verdict), null, null);
  return table.sheet();
}

function bandSheet({ bands }: Report, lang: Lang): Sheet {
  const table = new Table('', lang, 'files.sheet.bands')
    .column('band', 'scoring.column.band')
    .column('accounts', 'scoring.column.cases', 'number');
  table.column('churned', 'scoring.column.churned', 'number').column('rate', 'scoring.column.rate', 'percent');
  table.column('low', 'files.column.low', 'percent').column('high', 'files.column.high', 'percent');
  for (const { band, accounts, churned, low, high } of bands)
    table.row(literal(band), accounts, churned, accounts === 0 ? null : churned / accounts, low, high);
  return table.sheet();
}

function calibrationSheet({ calibration }: Report, lang: Lang): Sheet {
  const table = new Table('', lang, 'files.sheet.calibration').column('cases', 'scoring.column.cases', 'number');
  table.column('expected', 'files.column.expected', 'percent').column('observed', 'files.column.observed', 'percent');
  for (const { cases, expected, observed } of calibration) table.row(cases, expected, observed);
  return table.sheet();
}
