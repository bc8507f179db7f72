/** Choosing on a screen what the settings file holds, and other keys for actions, checked against each other. */
import { say } from '../../components/say.ts';
import { edgeScroll } from '../../components/window.ts';
import { lineOfRow, type SettingsSection, settingsLength, settingsPage } from '../../screens/settings/view-model.ts';
import { DEFAULT_PERSONAL, type Personal } from '../../settings/settings.ts';
import { type Clean, cleanLine } from '../../text/clean.ts';
import type { Instant } from '../../units/day.ts';
import type { Action, Effect, Outcome } from '../action.ts';
import type { Context } from '../context.ts';
import { layoutOf } from '../layout.ts';
import { TO_SETUP } from '../leave.ts';
import { isKeyName, keyProblem, remapText } from '../remap.ts';
import { CHOICES, type ChoiceKey, keyWords, type Row, settingsSections } from '../settings-rows.ts';
import { popOverlay, popScreen, pushOverlay, pushScreen, topOverlay, topScreen, type Ui, withScreen } from '../state.ts';
import { showColumns } from './columns.ts';

const PROBLEM_MS = 8000;

/** Why the portal cannot be set up now. */
const noSetup = ({ workspace, status, lang }: Context): Clean | null =>
  workspace.demo ? say(lang, 'setup.why.demo') : status.offline ? say(lang, 'app.why.offline') : null;

const toSetup: Outcome = { effects: [{ do: 'exit', code: TO_SETUP }] };

/** The row under the cursor, held to those that there are, in sight with the title of its section. */
export function settingsInSight(all: readonly Action[], context: Context): Ui {
  const { ui } = context;
  const screen = topScreen(ui);
  if (screen.name !== 'settings') return ui;
  const sections = settingsSections(all, context);
  const index = Math.min(screen.index, rowsOf(sections).length - 1);
  const at = lineOfRow(sections, index);
  const scrolled = edgeScroll(screen.offset, at, settingsPage(layoutOf(context).body), settingsLength(sections));
  const offset = index === 0 ? 0 : Math.min(scrolled, Math.max(0, at - 1));
  return index === screen.index && offset === screen.offset ? ui : withScreen(ui, { ...screen, index, offset });
}

const rowsOf = (sections: readonly SettingsSection<Row>[]): readonly Row[] => sections.flatMap(({ rows }) => rows);

/** `all` is asked for when a key is pressed: these actions stand in the list whose keys they change. */
export function settingsActions(all: () => readonly Action[]): readonly Action[] {
  const sectionsOf = (context: Context): readonly SettingsSection<Row>[] => settingsSections(all(), context);
  const rowHere = (context: Context): Row | null => {
    const screen = topScreen(context.ui);
    if (screen.name !== 'settings') return null;
    const rows = rowsOf(sectionsOf(context));
    return rows[Math.min(screen.index, rows.length - 1)] ?? null;
  };

  const turned = (context: Context, key: ChoiceKey, by: 1 | -1): Outcome => {
    const options: readonly Personal[ChoiceKey][] = CHOICES[key];
    const value = options[(options.indexOf(context.workspace.personal()[key]) + by + options.length) % options.length];
    return chosen(key, value);
  };

  const choose = (context: Context, by: 1 | -1): Outcome => {
    const { of } = rowHere(context) ?? {};
    switch (of?.what) {
      case 'portal':
        return toSetup;
      case 'columns':
        return { ui: showColumns({ ...context, ui: popScreen(context.ui) }) };
      case 'choice':
        return turned(context, of.key, by);
      case 'keys':
        return { ui: pushOverlay(context.ui, { kind: 'key', id: of.action.id, adding: false }) };
      default:
        return {};
    }
  };

  const usual = (context: Context): Outcome => {
    const { of } = rowHere(context) ?? {};
    if (of?.what === 'choice') return chosen(of.key, DEFAULT_PERSONAL[of.key]);
    if (of?.what === 'columns') return { effects: [{ do: 'choose', change: { columns: [] }, said: null }] };
    if (of?.what !== 'keys') return {};
    const { [of.action.id]: _, ...keys } = context.workspace.personal().keys;
    const text = say(context.lang, 'settings.toast.own', {
      action: say(context.lang, of.action.title),
      keys: keyWords(of.action.keys, context.lang),
    });
    const problem = keyProblem(all(), of.action.id, keys);
    if (problem !== null) return told(context, remapText(problem, context.lang), 'problem');
    return { ...told(context, text, 'plain'), effects: [{ do: 'choose', change: { keys }, said: null }] };
  };

  /** The first row of the next section, or of the one before. */
  const section = (context: Context, by: 1 | -1): Outcome => {
    const screen = topScreen(context.ui);
    if (screen.name !== 'settings') return {};
    const sections = sectionsOf(context);
    let first = 0;
    const starts = sections.map(({ rows }) => {
      first += rows.length;
      return first - rows.length;
    });
    const next = by > 0 ? starts.find((start) => start > screen.index) : starts.findLast((start) => start < screen.index);
    return next === undefined ? {} : { ui: withScreen(context.ui, { ...screen, index: next }) };
  };

  return [
    {
      id: 'app.settings',
      keys: [','],
      title: 'settings.action.show',
      hint: 'settings.action.show.hint',
      where: ['book', 'account'],
      run: (context) =>
        context.status.drifted && noSetup(context) === null
          ? toSetup
          : { ui: pushScreen(context.ui, { name: 'settings', index: 0, offset: 0 }) },
    },
    {
      id: 'settings.choose',
      keys: ['enter', 'space', 'right', 'l'],
      title: 'settings.action.choose',
      hint: 'settings.action.choose.hint',
      short: 'settings.action.choose.short',
      where: ['settings'],
      disabled: (context) => (rowHere(context)?.of.what === 'portal' ? noSetup(context) : null),
      run: (context) => choose(context, 1),
    },
    {
      id: 'settings.back',
      keys: ['left', 'h'],
      title: 'settings.action.back',
      hint: 'settings.action.back.hint',
      where: ['settings'],
      run: (context) => (rowHere(context)?.of.what === 'choice' ? choose(context, -1) : {}),
    },
    {
      id: 'settings.addKey',
      keys: ['a', '+'],
      title: 'settings.action.add',
      hint: 'settings.action.add.hint',
      short: 'settings.action.add.short',
      where: ['settings'],
      disabled: (context) => (rowHere(context)?.of.what === 'keys' ? null : say(context.lang, 'settings.why.noKey')),
      run: (context) => {
        const { of } = rowHere(context) ?? {};
        return of?.what === 'keys' ? { ui: pushOverlay(context.ui, { kind: 'key', id: of.action.id, adding: true }) } : {};
      },
    },
    {
      id: 'settings.usual',
      keys: ['x', 'backspace', 'delete'],
      title: 'settings.action.usual',
      hint: 'settings.action.usual.hint',
      short: 'settings.action.usual.short',
      where: ['settings'],
      disabled: (context) => (rowHere(context)?.chosen ? null : say(context.lang, 'settings.why.usual')),
      run: usual,
    },
    {
      id: 'settings.next',
      keys: ['tab'],
      title: 'settings.action.next',
      hint: 'settings.action.next.hint',
      where: ['settings'],
      run: (context) => section(context, 1),
    },
    {
      id: 'settings.previous',
      keys: ['shift+tab'],
      title: 'settings.action.previous',
      hint: 'settings.action.previous.hint',
      where: ['settings'],
      run: (context) => section(context, -1),
    },
    {
      id: 'app.setup',
      keys: ['p'],
      title: 'setup.action.show',
      hint: 'setup.action.show.hint',
      where: ['settings'],
      disabled: noSetup,
      run: () => toSetup,
    },
    {
      id: 'key.leave',
      keys: ['esc'],
      title: 'settings.action.leaveKey',
      hint: 'settings.action.leaveKey.hint',
      short: 'columns.action.cancel.short',
      where: ['key'],
      run: ({ ui }) => ({ ui: popOverlay(ui) }),
    },
  ];
}

function chosen<Key extends ChoiceKey>(key: Key, value: Personal[ChoiceKey] | undefined): Outcome {
  if (value === undefined) return {};
  const effects: Effect[] = [{ do: 'choose', change: { [key]: value }, said: null }];
  if (key === 'briefSince' && (value === 'last' || value === 'yesterday' || value === 'monday'))
    effects.push({ do: 'briefSince', since: value });
  return { effects };
}

const told = ({ ui, now }: Context, text: Clean, tone: 'plain' | 'problem'): Outcome => ({
  ui: { ...ui, toast: { text, tone, until: (now + PROBLEM_MS) as Instant } },
});

/** The key that was pressed for an action: taken, or why it cannot be. */
export function givenKey(all: readonly Action[], context: Context, key: string): Outcome {
  const { ui, workspace, lang } = context;
  const asked = topOverlay(ui);
  if (asked?.kind !== 'key') return {};
  const action = all.find(({ id }) => id === asked.id);
  if (!action) return { ui: popOverlay(ui) };
  if (!isKeyName(key)) return told(context, say(lang, 'settings.key.odd', { key: cleanLine(key) }), 'problem');
  const { keys: before } = workspace.personal();
  const own = asked.adding ? [...new Set([...(before[action.id] ?? action.keys), key])] : [key];
  const keys = { ...before, [action.id]: own };
  const problem = keyProblem(all, action.id, keys);
  if (problem !== null) return told(context, remapText(problem, lang), 'problem');
  const text = say(lang, 'settings.toast.key', { action: say(lang, action.title), keys: keyWords(own, lang) });
  const { ui: next = ui } = told(context, text, 'plain');
  return { ui: popOverlay(next), effects: [{ do: 'choose', change: { keys }, said: null }] };
}
