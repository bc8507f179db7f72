/** What works on every screen. */
import { say } from '../../components/say.ts';
import { hasPeriod, withoutPeriod } from '../../screens/revenue/period.ts';
import { cleanLine } from '../../text/clean.ts';
import type { Action } from '../action.ts';
import type { Context } from '../context.ts';
import { MODES, SCREEN_MODES } from '../modes.ts';
import { type Move, moved } from '../move.ts';
import { REVENUE_MODES } from '../revenue-modes.ts';
import { type Mode, popOverlay, popScreen, pushOverlay, pushScreen, topScreen, withScreen } from '../state.ts';
import { looked } from './account.ts';
import { openHygiene } from './hygiene.ts';
import { openRules, saving } from './rules.ts';

const LISTS: readonly Mode[] = [...SCREEN_MODES, 'menu', 'columns', 'play', 'preview'];

type Way = 'down' | 'up' | 'pageDown' | 'pageUp' | 'first' | 'last';

const going = (way: Way, keys: readonly string[], move: Move): Action => ({
  id: `go.${way}`,
  keys,
  title: `app.go.${way}`,
  hint: `app.go.${way}.hint`,
  where: LISTS,
  run: (context) => ({ ui: moved(context, move) }),
});

/** Rows of the outbox that are not with HubSpot yet. */
export const unsent = ({ status: { outbox } }: Context): number =>
  outbox.held + outbox.ready + outbox.sending + outbox.unknown + outbox.needsYou;

export const moveActions: readonly Action[] = [
  going('down', ['j', 'down'], { rows: 1 }),
  going('up', ['k', 'up'], { rows: -1 }),
  going('pageDown', ['pagedown', 'ctrl+d'], { pages: 1 }),
  going('pageUp', ['pageup', 'ctrl+u'], { pages: -1 }),
  going('first', ['g', 'home'], { to: 'first' }),
  going('last', ['G', 'end'], { to: 'last' }),
];

export const everywhereActions: readonly Action[] = [
  {
    id: 'app.sync',
    keys: ['r'],
    title: 'app.action.sync',
    hint: 'app.action.sync.hint',
    where: ['book', 'account'],
    disabled: ({ status, lang }) => (status.sync ? say(lang, 'app.why.syncing') : status.offline ? say(lang, 'app.why.offline') : null),
    run: () => ({ effects: [{ do: 'refresh' }] }),
  },
  {
    id: 'outbox.show',
    keys: ['O'],
    title: 'app.action.outbox',
    hint: 'app.action.outbox.hint',
    where: ['book', 'account'],
    run: ({ ui }) => ({ ui: pushScreen({ ...ui, outbox: null }, { name: 'outbox', selectedId: null, offset: 0 }) }),
  },
  {
    id: 'rules.show',
    keys: ['R'],
    title: 'app.action.rules',
    hint: 'app.action.rules.hint',
    where: ['book', 'account'],
    run: openRules,
  },
  {
    id: 'hygiene.show',
    keys: ['D'],
    title: 'setup.hygiene.title',
    hint: 'setup.hygiene.hint',
    where: ['book', 'account'],
    run: openHygiene,
  },
  {
    id: 'app.help',
    keys: ['?'],
    title: 'app.action.help',
    hint: 'app.action.help.hint',
    where: ['book', 'matrix', ...REVENUE_MODES, 'account', 'outbox', 'rules', 'tasks', 'hygiene', 'settings'],
    run: ({ ui }) => ({ ui: pushScreen(ui, { name: 'help', of: topScreen(ui).name, offset: 0 }) }),
  },
  {
    id: 'app.back',
    keys: ['esc'],
    title: 'app.action.back',
    hint: 'app.action.back.hint',
    short: 'app.action.back.short',
    where: ['account', 'matrix', ...REVENUE_MODES, 'outbox', 'tasks', 'hygiene', 'settings', 'help'],
    run: ({ ui }) => {
      const screen = topScreen(ui);
      // What was looked for goes before the account does, a period before its screen.
      if (screen.name === 'account' && screen.look?.find) return { ui: looked(ui, { find: '' }, true) };
      if (screen.name === 'revenue' && hasPeriod(screen)) return { ui: withScreen(ui, withoutPeriod(screen)) };
      return { ui: popScreen(ui) };
    },
  },
  {
    id: 'app.closeAddress',
    keys: ['esc', 'enter', 'q'],
    title: 'app.action.close',
    hint: 'app.action.close.hint',
    short: 'app.action.close',
    where: ['address'],
    run: ({ ui }) => ({ ui: popOverlay(ui) }),
  },
  {
    id: 'app.quit',
    keys: ['q'],
    title: 'app.action.quit',
    hint: 'app.action.quit.hint',
    where: SCREEN_MODES,
    run: (context) =>
      unsent(context) > 0
        ? { ui: pushOverlay(context.ui, { kind: 'confirm', about: { what: 'quit' } }) }
        : { effects: [{ do: 'exit', code: 0 }] },
  },
  {
    id: 'app.interrupt',
    keys: ['ctrl+c'],
    title: 'app.action.interrupt',
    hint: 'app.action.interrupt.hint',
    where: MODES,
    run: () => ({ effects: [{ do: 'exit', code: 130 }] }),
  },
  {
    id: 'app.suspend',
    keys: ['ctrl+z'],
    title: 'app.action.suspend',
    hint: 'app.action.suspend.hint',
    where: MODES,
    disabled: ({ lang }) => (process.platform === 'win32' ? say(lang, 'app.why.noSuspend') : null),
    run: () => ({ effects: [{ do: 'suspend' }] }),
  },
];

/** `y` says yes; everything else, Enter too, says no. */
export const confirmActions: readonly Action[] = [
  {
    id: 'confirm.yes',
    keys: ['y'],
    title: 'app.action.yes',
    hint: 'app.action.yes.hint',
    short: 'app.action.yes',
    where: ['confirm'],
    run: (context) => {
      const { ui } = context;
      const top = ui.overlays.at(-1);
      if (top?.kind !== 'confirm') return {};
      if (top.about.what === 'makePolicy') return { ...saving(context), ui: popOverlay(ui) };
      if (top.about.what === 'heal') return { ui: popOverlay(ui), effects: [{ do: 'heal' }] };
      const effect = top.about.what === 'quit' ? ({ do: 'exit', code: 0 } as const) : ({ do: 'drop', id: top.about.id } as const);
      return { ui: popOverlay(ui), effects: [effect] };
    },
  },
  {
    id: 'confirm.no',
    keys: ['n', 'esc', 'enter', 'q'],
    title: 'app.action.no',
    hint: 'app.action.no.hint',
    short: 'app.action.no',
    where: ['confirm'],
    run: ({ ui }) => ({ ui: popOverlay(ui) }),
  },
];

const selectedEntry = ({ ui }: Context) => {
  const screen = topScreen(ui);
  return screen.name === 'outbox' ? (ui.outbox?.find((row) => row.id === screen.selectedId) ?? null) : null;
};

export const outboxActions: readonly Action[] = [
  {
    id: 'outbox.retry',
    keys: ['r'],
    title: 'app.action.retry',
    hint: 'app.action.retry.hint',
    short: 'app.action.retry',
    where: ['outbox'],
    disabled: (context) => {
      const entry = selectedEntry(context);
      if (!entry) return say(context.lang, 'app.why.nothingSelected');
      return entry.state === 'needs_you' || entry.state === 'ready' || entry.state === 'unknown'
        ? null
        : say(context.lang, 'app.why.noRetry');
    },
    run: (context) => {
      const entry = selectedEntry(context);
      return entry ? { effects: [{ do: 'retry', id: entry.id }] } : {};
    },
  },
  {
    id: 'outbox.edit',
    keys: ['e'],
    title: 'outbox.action.edit',
    hint: 'outbox.action.edit.hint',
    short: 'outbox.action.edit.short',
    where: ['outbox'],
    writes: true,
    disabled: (context) => {
      const entry = selectedEntry(context);
      if (!entry) return say(context.lang, 'app.why.nothingSelected');
      return entry.kind === 'archive' ? say(context.lang, 'outbox.why.noEdit') : null;
    },
    run: (context) => {
      const entry = selectedEntry(context);
      return entry ? { effects: [{ do: 'readRow', id: entry.id }] } : {};
    },
  },
  {
    id: 'outbox.heal',
    keys: ['H'],
    title: 'outbox.action.heal',
    hint: 'outbox.action.heal.hint',
    short: 'outbox.action.heal.short',
    where: ['outbox'],
    writes: true,
    disabled: ({ status, lang }) => (status.doubles > 0 ? null : say(lang, 'outbox.doubles.none')),
    run: ({ ui, status }) => ({ ui: pushOverlay(ui, { kind: 'confirm', about: { what: 'heal', n: status.doubles } }) }),
  },
  {
    id: 'outbox.undo',
    keys: ['u'],
    title: 'outbox.action.undo',
    hint: 'outbox.action.undo.hint',
    short: 'outbox.action.undo.short',
    where: ['outbox'],
    disabled: (context) => {
      const entry = selectedEntry(context);
      if (!entry) return say(context.lang, 'app.why.nothingSelected');
      return entry.kind === 'archive' || entry.state === 'needs_you' ? say(context.lang, 'outbox.why.noUndo') : null;
    },
    run: (context) => {
      const entry = selectedEntry(context);
      return entry ? { effects: [{ do: 'undo', id: entry.id, also: [], compose: null }] } : {};
    },
  },
  {
    id: 'outbox.drop',
    keys: ['x'],
    title: 'app.action.drop',
    hint: 'app.action.drop.hint',
    short: 'app.action.drop',
    where: ['outbox'],
    disabled: (context) => {
      const entry = selectedEntry(context);
      if (!entry) return say(context.lang, 'app.why.nothingSelected');
      return entry.state === 'sent' || entry.state === 'sending' ? say(context.lang, 'app.why.noDrop') : null;
    },
    run: (context) => {
      const entry = selectedEntry(context);
      if (!entry) return {};
      return { ui: pushOverlay(context.ui, { kind: 'confirm', about: { what: 'drop', id: entry.id, text: cleanLine(entry.text) } }) };
    },
  },
];
