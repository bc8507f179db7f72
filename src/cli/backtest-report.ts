/** The back-test as its JSON, and as a report to read. */
import type { BacktestReport } from '../scoring/backtest.ts';
import type { Leak } from '../scoring/leaks.ts';
import type { Bin, Estimate } from '../scoring/measures.ts';
import { type Clean, clean, literal } from '../text/clean.ts';
import { formatDay, formatNumber, formatPercent } from '../text/format.ts';
import { type Lang, type MessageKey, t } from '../text/messages/index.ts';
import type { BacktestRun } from '../workspace/replays.ts';
import type { Part } from './report.ts';

const NO_ESTIMATE = { value: null, low: null, high: null };

/** Field names are a public contract. */
export function backtestJson({ asOf, policy, policyHash, leadDays, span, report }: BacktestRun): Record<string, unknown> {
  const { snapshots, auc, aucRisk, cases, calibration, gains, ...rest } = report;
  return {
    asOf,
    policy: policyHash,
    horizonDays: policy.horizonDays,
    leadDays,
    from: span?.from ?? null,
    to: span?.to ?? null,
    snapshots: snapshots.length,
    snapshotDays: snapshots,
    cases,
    accounts: rest.accounts,
    events: rest.events,
    auc: auc ?? NO_ESTIMATE,
    aucRisk: aucRisk ?? NO_ESTIMATE,
    averagePrecision: rest.averagePrecision,
    baseRate: rest.baseRate,
    lift10: rest.lift10,
    ece: rest.ece,
    mrrCaughtTop10: rest.mrrCaughtTop10,
    atCapacity: rest.atCapacity,
    baselines: rest.baselines,
    bands: rest.bands,
    signals: rest.signals,
    calibration,
    gains,
    leaks: rest.leaks,
    verdict: rest.verdict,
  };
}

const NOTHING = literal('–');
const right = 'right' as const;

export const decimal = (value: number | null, digits = 3): Clean => (value === null ? NOTHING : literal(formatNumber(value, digits)));
const percent = (value: number | null): Clean => (value === null ? NOTHING : literal(formatPercent(value, { digits: 1 })));
const whole = (value: number): Clean => literal(formatNumber(value));

export function backtestParts(run: BacktestRun, lang: Lang): Part[] {
  const { asOf, policy, leadDays, span, report } = run;
  const say = (key: MessageKey, params = {}): Clean => literal(t(lang, key, params));
  const title: Part = { kind: 'title', text: say('scoring.backtest.title', { day: formatDay(asOf, lang) }) };
  if (!span)
    return [
      title,
      { kind: 'sentence', text: say('scoring.backtest.none_yet', { n: policy.horizonDays }) },
      ...leakParts(report.leaks, lang),
    ];
  const about = say('scoring.backtest.span', {
    from: formatDay(span.from, lang),
    to: formatDay(span.to, lang),
    snapshots: report.snapshots.length,
    cases: report.cases,
    accounts: report.accounts,
    events: report.events,
    horizon: policy.horizonDays,
  });
  return [
    title,
    { kind: 'sentence', text: about },
    ...(leadDays > 0 ? [{ kind: 'sentence' as const, text: say('scoring.backtest.lead', { n: leadDays }) }] : []),
    { kind: 'sentence', text: verdictText(report, lang) },
    measures(report, say),
    { kind: 'heading', text: say('scoring.caught.title') },
    shares(
      (['expectedLoss', 'probability', 'risk', 'mrr'] as const).map((by) => [
        say(`scoring.caught.${by}`),
        percent(report.mrrCaughtTop10[by]),
      ]),
      say,
    ),
    { kind: 'heading', text: say('scoring.baseline.title') },
    shares(
      (['random', 'mrr', 'lastUse', 'renewal', 'previousPolicy'] as const).map((by) => [
        say(`scoring.baseline.${by}`),
        decimal(report.baselines[by]),
      ]),
      say,
      'scoring.column.auc',
    ),
    { kind: 'heading', text: say('scoring.plot.title') },
    { kind: 'chart', lines: [...calibrationPlot(report.calibration), say('scoring.plot.key')] },
    { kind: 'heading', text: say('scoring.lift.title') },
    { kind: 'chart', lines: [...liftCurve(report.gains), say('scoring.lift.key')] },
    ...bandParts(report, say),
    ...signalParts(run, lang, say),
    ...leakParts(report.leaks, lang),
  ];
}

type Say = (key: MessageKey, params?: Readonly<Record<string, string | number>>) => Clean;

function verdictText({ verdict, events, leaks }: BacktestReport, lang: Lang): Clean {
  if (verdict === 'untestable' && leaks.some(({ what }) => what === 'auc')) return literal(t(lang, 'scoring.verdict.leaky'));
  return literal(t(lang, `scoring.verdict.${verdict}`, { n: events }));
}

function measures(report: BacktestReport, say: Say): Part {
  const estimate = (label: Clean, value: Estimate | null): Clean[] => [label, decimal(value?.value ?? null), interval(value)];
  const { caught, churned, capacity } = report.atCapacity;
  return {
    kind: 'table',
    columns: [
      { title: say('scoring.column.measure') },
      { title: say('scoring.column.value'), align: right },
      { title: say('scoring.column.interval') },
    ],
    rows: [
      estimate(say('scoring.measure.auc'), report.auc),
      estimate(say('scoring.measure.auc_risk'), report.aucRisk),
      [say('scoring.measure.ap', { base: percent(report.baseRate) }), decimal(report.averagePrecision), literal('')],
      [say('scoring.measure.lift'), decimal(report.lift10, 2), literal('')],
      [say('scoring.measure.ece'), decimal(report.ece), literal('')],
      [say('scoring.measure.capacity', { n: capacity }), say('scoring.measure.of', { caught, all: churned }), literal('')],
    ],
  };
}

const interval = (value: Estimate | null): Clean =>
  value === null ? NOTHING : literal(`${formatNumber(value.low, 3)}–${formatNumber(value.high, 3)}`);

const shares = (rows: readonly (readonly Clean[])[], say: Say, column: MessageKey = 'scoring.column.share'): Part => ({
  kind: 'table',
  columns: [{ title: say('scoring.column.rank') }, { title: say(column), align: right }],
  rows,
});

const PLOT_CELLS = 40;

/** A row a bin: what was said (·) and what came (█), on one scale. */
export function calibrationPlot(bins: readonly Bin[]): string[] {
  const most = Math.max(0, ...bins.flatMap((bin) => [bin.expected, bin.observed]));
  if (most === 0) return [];
  const place = (value: number): number => Math.round((value / most) * (PLOT_CELLS - 1));
  return bins.map(({ expected, observed, cases }) => {
    const bar = [...'█'.repeat(place(observed)).padEnd(PLOT_CELLS)];
    bar[place(expected)] = '·';
    const figures = `${formatPercent(expected, { digits: 1 }).padStart(6)} ${formatPercent(observed, { digits: 1 }).padStart(6)}`;
    return `${figures}  ${bar.join('').trimEnd()}  (${cases})`;
  });
}

const CURVE_ROWS = 10;

/** Share of the churned found (up) by share of the list gone through (across). */
export function liftCurve(gains: readonly number[]): string[] {
  if (gains.length === 0) return [];
  const lines = Array.from({ length: CURVE_ROWS }, (_, from) => {
    const row = CURVE_ROWS - from;
    const cells = gains.map((gain, index) => {
      const isHere = Math.ceil(gain * CURVE_ROWS) === row;
      const isChance = Math.ceil(((index + 1) / gains.length) * CURVE_ROWS) === row;
      return isHere ? '█' : isChance ? '·' : ' ';
    });
    return `${`${row * 10}%`.padStart(4)} │${cells.map((cell) => cell + cell).join('')}`.trimEnd();
  });
  const axis = `0%${'50%'.padStart(gains.length)}${'100%'.padStart(gains.length - 1)}`;
  return [...lines, `     └${'─'.repeat(gains.length * 2)}`, `      ${axis}`];
}

function bandParts({ bands }: BacktestReport, say: Say): Part[] {
  return [
    { kind: 'heading', text: say('scoring.bands.title') },
    {
      kind: 'table',
      columns: [
        { title: say('scoring.column.band') },
        { title: say('scoring.column.cases'), align: right },
        { title: say('scoring.column.churned'), align: right },
        { title: say('scoring.column.rate'), align: right },
        { title: say('scoring.column.interval') },
      ],
      rows: bands.map(({ band, accounts, churned, low, high }) => [
        say(`book.band.${band}`),
        whole(accounts),
        whole(churned),
        percent(accounts === 0 ? null : churned / accounts),
        literal(`${percent(low)}–${percent(high)}`),
      ]),
    },
  ];
}

function signalParts({ report, policy }: BacktestRun, lang: Lang, say: Say): Part[] {
  const labels = new Map(policy.signals.map((rule) => [rule.id, rule.label[lang]]));
  return [
    { kind: 'heading', text: say('scoring.signals.title') },
    {
      kind: 'table',
      columns: [
        { title: say('scoring.column.signal') },
        { title: say('scoring.column.fired'), align: right },
        { title: say('scoring.column.with'), align: right },
        { title: say('scoring.column.without'), align: right },
        { title: say('scoring.column.auc'), align: right },
        { title: say('scoring.column.sign') },
        { title: say('scoring.column.coverage'), align: right },
      ],
      rows: report.signals.map((one) => [
        clean(labels.get(one.id) ?? one.id),
        whole(one.fired),
        percent(one.churnWith),
        percent(one.churnWithout),
        decimal(one.auc),
        say(`scoring.sign.${one.sign}`),
        percent(one.coverage),
      ]),
    },
  ];
}

function leakParts(leaks: readonly Leak[], lang: Lang): Part[] {
  if (leaks.length === 0) return [];
  const items = leaks.map(({ what, because, value }) =>
    t(lang, `scoring.leak.${because}`, {
      what: clean(what),
      percent: value === null ? '' : formatPercent(value),
      auc: decimal(value),
      n: value ?? 0,
    }),
  );
  return [
    { kind: 'heading', text: t(lang, 'scoring.leaks.title') },
    { kind: 'list', items },
  ];
}
