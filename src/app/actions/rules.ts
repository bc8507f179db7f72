/** Trying other weights on the book, and writing them into the team's policy file. */
import { say } from '../../components/say.ts';
import type { RuleStat } from '../../rules/stats.ts';
import { type Clean, cleanLine } from '../../text/clean.ts';
import type { Action, Outcome } from '../action.ts';
import type { Context } from '../context.ts';
import { popScreen, pushOverlay, pushScreen, type Screen, topScreen, withScreen } from '../state.ts';

type RulesScreen = Extract<Screen, { name: 'rules' }>;

const LIMIT = 100;

function selected({ ui }: Context): { readonly screen: RulesScreen; readonly stat: RuleStat } | null {
  const screen = topScreen(ui);
  if (screen.name !== 'rules') return null;
  const stat = ui.rules?.view?.stats[screen.index];
  return stat ? { screen, stat } : null;
}

const needsRule = (context: Context): Clean | null => {
  const found = selected(context);
  if (!found) return say(context.lang, 'app.why.nothingSelected');
  return found.stat.retired === null ? null : say(context.lang, 'app.why.retired');
};

const isTrying = ({ ui }: Context): boolean => {
  const screen = topScreen(ui);
  return screen.name === 'rules' && screen.points.size > 0;
};

/** The weight one point up or down; back at the policy's own it is no change any more. */
function moved(context: Context, by: 1 | -1): Outcome {
  const found = selected(context);
  if (!found) return {};
  const { screen, stat } = found;
  const next = Math.max(-LIMIT, Math.min(LIMIT, (screen.points.get(stat.id) ?? stat.points) + by));
  const points = new Map(screen.points);
  if (next === stat.points) points.delete(stat.id);
  else points.set(stat.id, next);
  return { ui: withScreen(context.ui, { ...screen, points }) };
}

/** What saving has to write; nothing where no weight is being tried. */
export function saving({ ui }: Context): Outcome {
  const screen = topScreen(ui);
  const { view = null, bench = null } = ui.rules ?? {};
  if (screen.name !== 'rules' || !view || !bench) return {};
  return { effects: [{ do: 'savePolicy', inForce: view.inForce, changes: bench.changes(screen.points) }] };
}

export const rulesActions: readonly Action[] = [
  {
    id: 'rules.heavier',
    keys: ['+', '='],
    title: 'app.action.heavier',
    hint: 'app.action.heavier.hint',
    short: 'app.action.heavier.short',
    where: ['rules'],
    disabled: needsRule,
    run: (context) => moved(context, 1),
  },
  {
    id: 'rules.lighter',
    keys: ['-'],
    title: 'app.action.lighter',
    hint: 'app.action.lighter.hint',
    short: 'app.action.lighter.short',
    where: ['rules'],
    disabled: needsRule,
    run: (context) => moved(context, -1),
  },
  {
    id: 'rules.save',
    keys: ['w'],
    title: 'app.action.savePolicy',
    hint: 'app.action.savePolicy.hint',
    short: 'app.action.savePolicy.short',
    where: ['rules'],
    disabled: (context) => {
      if (!isTrying(context)) return say(context.lang, 'app.why.noChange');
      return context.ui.rules?.view?.inForce.fallback ? say(context.lang, 'app.why.policyWrong') : null;
    },
    run: (context) => {
      const inForce = context.ui.rules?.view?.inForce;
      if (!inForce) return {};
      if (inForce.exists) return saving(context);
      return { ui: pushOverlay(context.ui, { kind: 'confirm', about: { what: 'makePolicy', file: cleanLine(inForce.file) } }) };
    },
  },
  {
    id: 'rules.discard',
    keys: ['esc'],
    title: 'app.action.discard',
    hint: 'app.action.discard.hint',
    short: 'app.action.discard.short',
    where: ['rules'],
    run: (context) => {
      const screen = topScreen(context.ui);
      if (screen.name !== 'rules' || screen.points.size === 0) return { ui: popScreen(context.ui) };
      return { ui: withScreen(context.ui, { ...screen, points: new Map() }) };
    },
  },
];

export const openRules = ({ ui }: Context): Outcome => ({
  ui: pushScreen({ ...ui, rules: null }, { name: 'rules', index: 0, offset: 0, points: new Map() }),
});
