/** Experiments as typed tables. */
import { type Clean, clean, literal } from '../text/clean.ts';
import { type Lang, type MessageKey, t } from '../text/messages/index.ts';
import type { Sheet } from '../text/sheet.ts';
import type { ExperimentRun, ExperimentView } from '../workspace/experiments.ts';
import { sizeOf } from './experiment-report.ts';
import { Table } from './report-sheet.ts';

const SIDES = ['target', 'control'] as const;

export function experimentSheets(views: readonly ExperimentView[], lang: Lang): readonly Sheet[] {
  const table = new Table('', lang, 'files.sheet.experiments').column('name', 'proof.column.name', 'text', { width: 32 });
  table.column('from', 'proof.column.from', 'day').column('to', 'proof.column.to', 'day').column('state', 'proof.column.state');
  for (const side of SIDES) table.column(side, `proof.column.${side}`, 'number');
  for (const { experiment, state } of views)
    table.row(
      clean(experiment.name),
      literal(experiment.from),
      literal(experiment.to),
      literal(state),
      ...SIDES.map((side) => sizeOf(experiment, side)),
    );
  return [table.sheet()];
}

/** A row for each figure, then a row for each account. MRR is in the portal's currency, shares are fractions. */
export function trialSheets({ experiment, currency, result }: ExperimentRun, lang: Lang): readonly Sheet[] {
  const kpis = new Table(currency, lang, 'files.sheet.kpis').column('kpi', 'proof.column.kpi', 'text', { width: 18 });
  const number = (key: string, title: Clean): unknown => kpis.named(key, title, 'number', { digits: 3 });
  for (const side of SIDES) {
    const group = t(lang, `proof.column.${side}`);
    const words = (key: MessageKey): Clean => literal(t(lang, key, { group }));
    number(`${side}Before`, words('files.column.before'));
    number(`${side}After`, words('files.column.after'));
    kpis.named(`${side}N`, words('files.column.n'), 'number');
  }
  kpis.column('effect', 'proof.column.effect', 'number', { digits: 3 }).column('low', 'files.column.low', 'number', { digits: 3 });
  kpis.column('high', 'files.column.high', 'number', { digits: 3 }).column('finding', 'proof.column.finding');
  for (const one of result.kpis) {
    const sides = SIDES.flatMap((side) => [one[side].before, one[side].after, one[side].n]);
    kpis.row(literal(one.kpi), ...sides, one.effect.value, one.effect.low, one.effect.high, literal(one.finding));
  }
  const groups = new Table(currency, lang, 'files.sheet.groups').column('id', 'export.column.id');
  groups.column('name', 'export.column.name', 'text', { width: 32 }).column('group', 'files.column.group');
  for (const { id, name, side } of experiment.accounts) groups.row(clean(id), clean(name), literal(side));
  return [kpis.sheet(), groups.sheet()];
}
