/** An experiment as its JSON, and as a report to read. */
import { type KpiResult, type Side, SMALL_GROUP } from '../scoring/experiment.ts';
import { type Clean, clean, literal } from '../text/clean.ts';
import { formatDay, formatMoney, formatNumber, formatPercent } from '../text/format.ts';
import { type Lang, type MessageKey, t } from '../text/messages/index.ts';
import type { ExperimentRun, ExperimentView, StoredExperiment } from '../workspace/experiments.ts';
import type { Part } from './report.ts';

const NOTHING = literal('–');
const SIDES: readonly Side[] = ['target', 'control'];

export const sizeOf = ({ accounts }: StoredExperiment, side: Side): number => accounts.filter((account) => account.side === side).length;

const groupsJson = (experiment: StoredExperiment) => SIDES.map((name) => ({ name, n: sizeOf(experiment, name) }));

/** Field names are a public contract. */
export function experimentJson({ experiment, state, madeOn }: ExperimentView): Record<string, unknown> {
  const { name, from, to, choice } = experiment;
  return { name, from, to, state, madeOn, choice, groups: groupsJson(experiment) };
}

export function trialJson(run: ExperimentRun): Record<string, unknown> {
  const { experiment, asOf, currency, policyHash, result } = run;
  const { windows, kpis, missing, foreign, left } = result;
  return {
    ...experimentJson(run),
    asOf,
    currency,
    policy: policyHash,
    windows,
    kpis: kpis.map(({ kpi, better, target, control, effect, finding }) => ({
      kpi,
      better,
      target,
      control,
      effect,
      improved: finding === 'unknown' ? null : finding === 'improved',
      finding,
    })),
    notImproved: notImproved(kpis).map(({ kpi }) => kpi),
    left,
    missing,
    foreign,
    alsoIn: run.alsoIn,
    accounts: experiment.accounts.map(({ id, name, side }) => ({ id, name, group: side })),
  };
}

/** What cannot be told has not failed. */
const notImproved = (kpis: readonly KpiResult[]): readonly KpiResult[] =>
  kpis.filter(({ finding }) => finding === 'worse' || finding === 'unclear');

export function experimentsParts(views: readonly ExperimentView[], lang: Lang): Part[] {
  if (views.length === 0) return [{ kind: 'sentence', text: t(lang, 'proof.list.none') }];
  const say = (key: MessageKey): Clean => literal(t(lang, key));
  const columns = [
    { title: say('proof.column.name') },
    { title: say('proof.column.from') },
    { title: say('proof.column.to') },
    { title: say('proof.column.state') },
    { title: say('proof.column.target'), align: 'right' as const },
    { title: say('proof.column.control'), align: 'right' as const },
  ];
  const rows = views.map(({ experiment, state }) => [
    clean(experiment.name),
    literal(experiment.from),
    literal(experiment.to),
    say(`proof.state.${state}`),
    ...SIDES.map((side) => literal(String(sizeOf(experiment, side)))),
  ]);
  return [
    { kind: 'title', text: t(lang, 'files.sheet.experiments') },
    { kind: 'table', columns, rows },
  ];
}

export function trialParts(run: ExperimentRun, lang: Lang): Part[] {
  const { experiment, state, asOf, currency, result } = run;
  const { windows, kpis } = result;
  const say = (key: MessageKey, params = {}): Clean => literal(t(lang, key, params));
  const day = (one: Parameters<typeof formatDay>[0]): string => formatDay(one, lang);
  const sentence = (key: MessageKey, params = {}): Part => ({ kind: 'sentence', text: say(key, params) });
  const sizes = { target: sizeOf(experiment, 'target'), control: sizeOf(experiment, 'control') };
  const span = { from: day(experiment.from), to: day(experiment.to), state: say(`proof.state.${state}`), day: day(asOf), ...sizes };
  const head: Part[] = [
    { kind: 'title', text: say('proof.show.title', { name: clean(experiment.name) }) },
    sentence('proof.show.span', span),
    ...choiceParts(run, sentence, day),
  ];
  if (!windows) return [...head, sentence('proof.show.planned')];
  const { before, after } = windows;
  const compared = {
    beforeFirst: day(before.first),
    beforeLast: day(before.last),
    afterFirst: day(after.first),
    afterLast: day(after.last),
  };
  const failed = notImproved(kpis);
  return [
    ...head,
    sentence('proof.show.windows', compared),
    ...(state === 'running' ? [sentence('proof.show.running')] : []),
    ...(Math.min(sizes.target, sizes.control) < SMALL_GROUP ? [sentence('proof.show.small', { n: SMALL_GROUP })] : []),
    ...run.alsoIn.map(({ name, n }) => sentence('proof.show.also_in', { name: clean(name), n })),
    ...(result.left.target + result.left.control > 0 ? [sentence('proof.show.left', result.left)] : []),
    ...(result.missing > 0 ? [sentence('proof.show.missing', { n: result.missing })] : []),
    ...(result.foreign > 0 ? [sentence('proof.show.foreign', { n: result.foreign })] : []),
    kpiTable(kpis, currency, lang, say),
    { kind: 'heading', text: say(state === 'running' ? 'proof.show.not_improved_yet' : 'proof.show.not_improved') },
    ...(failed.length === 0
      ? [sentence(kpis.some(({ finding }) => finding === 'improved') ? 'proof.show.all_improved' : 'proof.finding.unknown')]
      : [
          {
            kind: 'list' as const,
            items: failed.map(({ kpi, finding }) => `${say(`proof.kpi.${kpi}`)}: ${say(`proof.finding.${finding}`)}`),
          },
          sentence('proof.show.plan'),
        ]),
    sentence('proof.show.method', { n: kpis.length }),
  ];
}

function choiceParts(
  { experiment, madeOn }: ExperimentRun,
  sentence: (key: MessageKey, params?: Readonly<Record<string, string | number>>) => Part,
  day: (one: Parameters<typeof formatDay>[0]) => string,
): Part[] {
  const { choice, from } = experiment;
  return [
    choice.kind === 'drawn' ? sentence('proof.show.drawn', { n: choice.among, seed: choice.seed }) : sentence('proof.show.chosen'),
    ...(madeOn > from ? [sentence('proof.show.afterwards', { day: day(madeOn) })] : []),
  ];
}

type Say = (key: MessageKey, params?: Readonly<Record<string, string | number>>) => Clean;

function kpiTable(kpis: readonly KpiResult[], currency: string, lang: Lang, say: Say): Part {
  const right = 'right' as const;
  const shown = ({ kpi }: KpiResult, value: number | null, signed = false): string => {
    if (value === null) return NOTHING;
    if (kpi === 'mrr') return formatMoney(value, currency, lang, { signed });
    const isShare = kpi === 'churn' || kpi === 'adoption';
    if (isShare && !signed) return formatPercent(value, { digits: 1 });
    const figures = formatNumber(isShare ? value * 100 : value, 1);
    const told = signed && value > 0 && /[1-9]/.test(figures) ? `+${figures}` : figures;
    return isShare ? say('proof.show.points', { n: told }) : told;
  };
  const sideOf = (result: KpiResult, side: Side): Clean => {
    const { before, after, n } = result[side];
    return n === 0 ? NOTHING : clean(`${shown(result, before)} → ${shown(result, after)} (${n})`);
  };
  return {
    kind: 'table',
    columns: [
      { title: say('proof.column.kpi') },
      { title: say('proof.column.target'), align: right },
      { title: say('proof.column.control'), align: right },
      { title: say('proof.column.effect'), align: right },
      { title: say('proof.column.interval') },
      { title: say('proof.column.finding') },
    ],
    rows: kpis.map((result) => {
      const { value, low, high } = result.effect;
      return [
        say(`proof.kpi.${result.kpi}`),
        sideOf(result, 'target'),
        sideOf(result, 'control'),
        clean(shown(result, value, true)),
        low === null ? NOTHING : clean(`${shown(result, low, true)} … ${shown(result, high, true)}`),
        say(`proof.finding.${result.finding}`),
      ];
    }),
  };
}
