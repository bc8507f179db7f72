/** The calibration as its JSON, and as a report to read. */
import type { Calibration, Fit, Refusal, Rung } from '../scoring/calibrate.ts';
import { type Clean, clean, literal } from '../text/clean.ts';
import { formatDay, formatNumber, formatPercent, formatSigned } from '../text/format.ts';
import { type Lang, type MessageKey, t } from '../text/messages/index.ts';
import type { CalibrationRun } from '../workspace/replays.ts';
import { decimal } from './backtest-report.ts';
import type { Part } from './report.ts';

/** Field names are a public contract. */
export function calibrateJson({ asOf, span, calibration, policyHash, file }: CalibrationRun): Record<string, unknown> {
  const { step, gates, ladder, before, after, improvement, adopted, conflicts, refused, ...rest } = calibration;
  return {
    asOf,
    from: span?.from ?? null,
    to: span?.to ?? null,
    step,
    gates,
    ladder,
    testFrom: rest.testFrom,
    trainEvents: rest.trainEvents,
    testEvents: rest.testEvents,
    before,
    after,
    improvement,
    adopted,
    policy: policyHash,
    parameters: rest.parameters,
    pointsFitted: rest.pointsFitted,
    conflicts,
    refused,
    file,
  };
}

export const refusalText = ({ because, needs, has, missing }: Refusal, lang: Lang): string =>
  t(lang, `scoring.refused.${because}`, { needs, has, missing });

export function calibrateParts(run: CalibrationRun, lang: Lang): Part[] {
  const { asOf, span, calibration, file } = run;
  const say = (key: MessageKey, params = {}): Clean => literal(t(lang, key, params));
  const { refused, improvement, adopted, testFrom } = calibration;
  const parts: Part[] = [{ kind: 'title', text: say('scoring.calibrate.title', { day: formatDay(asOf, lang) }) }];
  if (span && testFrom) {
    const params = { train: calibration.trainEvents, test: calibration.testEvents, testFrom: formatDay(testFrom, lang) };
    const days = { from: formatDay(span.from, lang), to: formatDay(span.to, lang) };
    parts.push({ kind: 'sentence', text: say('scoring.calibrate.data', { ...params, ...days }) });
  }
  parts.push(gatesTable(calibration, say));
  if (refused) return [...parts, { kind: 'sentence', text: refusalText(refused, lang) }];
  const { before, after } = calibration;
  if (before && after) parts.push(fits(before, after, say));
  if (improvement) {
    const [value, low, high] = [improvement.value, improvement.low, improvement.high].map((one) => formatSigned(one, 4));
    const key = adopted ? 'scoring.calibrate.better' : 'scoring.calibrate.within_error';
    parts.push({ kind: 'sentence', text: say(key, { value: value ?? '', low: low ?? '', high: high ?? '' }) });
  }
  parts.push(...merged(calibration, say), ...changes(run, lang, say), ...conflicts(run, lang));
  if (file !== null) parts.push({ kind: 'sentence', text: say('scoring.calibrate.applied', { file: clean(file) }) });
  else if (adopted) parts.push({ kind: 'sentence', text: say('scoring.calibrate.offer') });
  return parts;
}

type Say = (key: MessageKey, params?: Readonly<Record<string, string | number>>) => Clean;

const gatesTable = ({ gates, ladder }: Calibration, say: Say): Part => ({
  kind: 'table',
  columns: [
    { title: say('scoring.column.step') },
    { title: say('scoring.column.needs'), align: 'right' },
    { title: say('scoring.column.has'), align: 'right' },
    { title: say('scoring.column.open') },
    ...(ladder.length === 0
      ? []
      : [
          { title: say('scoring.column.later_loss'), align: 'right' as const },
          { title: say('scoring.column.gain'), align: 'right' as const },
        ]),
  ],
  rows: gates.map(({ step, needs, has, open }) => [
    literal(`${step} ${say(`scoring.step.${step}`)}`),
    literal(String(needs)),
    literal(String(has)),
    say(open ? 'scoring.yes' : 'scoring.no'),
    ...(ladder.length === 0 ? [] : rungCells(ladder.find((rung) => rung.step === step))),
  ]),
});

/** Log-loss on the later days, and how much less than the policy in force, with its interval. */
function rungCells(rung: Rung | undefined): Clean[] {
  if (!rung) return [literal('–'), literal('–')];
  const { after, improvement } = rung;
  const gain = improvement && [improvement.value, improvement.low, improvement.high].map((one) => formatSigned(one, 4));
  return [decimal(after.logLoss, 4), literal(gain ? `${gain[0]} [${gain[1]}, ${gain[2]}]` : '–')];
}

const fits = (before: Fit, after: Fit, say: Say): Part => ({
  kind: 'table',
  columns: [
    { title: say('scoring.column.measure') },
    { title: say('scoring.column.in_force'), align: 'right' },
    { title: say('scoring.column.fitted'), align: 'right' },
  ],
  rows: [
    [say('scoring.measure.log_loss'), decimal(before.logLoss, 4), decimal(after.logLoss, 4)],
    [say('scoring.measure.auc_short'), decimal(before.auc), decimal(after.auc)],
  ],
});

const merged = ({ pointsFitted }: Calibration, say: Say): Part[] =>
  pointsFitted && pointsFitted.numbers < pointsFitted.signals
    ? [{ kind: 'sentence', text: say('scoring.calibrate.merged', { ...pointsFitted }) }]
    : [];

/** Every value that would be another one, beside what is in force. */
function changes({ policy, fitted }: CalibrationRun, lang: Lang, say: Say): Part[] {
  if (!fitted) return [];
  const odds = (slope: number): Clean => literal(formatNumber(Math.exp(slope), 2));
  const rates = (['monthly', 'annual_in_window', 'annual_out'] as const).map((stratum) => [
    say('scoring.calibrate.rate', { stratum }),
    literal(formatPercent(policy.probability.baseRates[stratum], { digits: 1 })),
    literal(formatPercent(fitted.probability.baseRates[stratum], { digits: 1 })),
  ]);
  const now = new Map(fitted.signals.map((rule) => [rule.id, rule.points]));
  const points = policy.signals.flatMap((rule) => {
    const found = now.get(rule.id) ?? rule.points;
    return found === rule.points ? [] : [[clean(rule.label[lang]), literal(formatSigned(rule.points, 1)), literal(formatSigned(found, 1))]];
  });
  return [
    { kind: 'heading', text: say('scoring.calibrate.parameters') },
    {
      kind: 'table',
      columns: [
        { title: say('scoring.column.value') },
        { title: say('scoring.column.in_force'), align: 'right' },
        { title: say('scoring.column.fitted'), align: 'right' },
      ],
      rows: [[say('scoring.calibrate.slope'), odds(policy.probability.slope), odds(fitted.probability.slope)], ...rates, ...points],
    },
  ];
}

function conflicts({ policy, calibration }: CalibrationRun, lang: Lang): Part[] {
  if (calibration.conflicts.length === 0) return [];
  const labels = new Map(policy.signals.map((rule) => [rule.id, rule.label[lang]]));
  const items = calibration.conflicts.map(({ signal, auc }) =>
    t(lang, 'scoring.calibrate.conflict', { signal: clean(labels.get(signal) ?? signal), auc: decimal(auc) }),
  );
  return [{ kind: 'list', items }];
}
