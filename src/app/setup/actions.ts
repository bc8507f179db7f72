/** What keys do while a portal is being set up: the same records as everywhere else, on a state of their own. */
import { say } from '../../components/say.ts';
import { type Edit, edits, insert, type TextBuffer, textBuffer } from '../../components/text-buffer.ts';
import { edgeScroll } from '../../components/window.ts';
import type { Setup, SetupAnswers } from '../../open.ts';
import { answering, at, isTypingSetup, nextToLook, rowsOf, type SetupUi, STEPS, shownOwners, turned } from '../../screens/setup/state.ts';
import { setupPage } from '../../screens/setup/view-model.ts';
import { type Clean, cleanLine } from '../../text/clean.ts';
import type { Lang } from '../../text/messages/index.ts';
import type { ActionOf } from '../action.ts';

export type SetupMode = 'setup' | 'setupText';

export type SetupEffect =
  /** Null: the token at hand. */
  | { readonly do: 'check'; readonly token: string | null }
  /** Waits for what the portal is made of, then goes on. */
  | { readonly do: 'explore' }
  | { readonly do: 'keep' }
  | { readonly do: 'finish' }
  | { readonly do: 'sync' }
  | { readonly do: 'suspend' }
  | { readonly do: 'exit'; readonly code: number };

export interface SetupOutcome {
  readonly ui?: SetupUi;
  readonly effects?: readonly SetupEffect[];
}

export interface SetupContext {
  readonly ui: SetupUi;
  readonly setup: Setup;
  /** Rows of the step between header and footer. */
  readonly height: number;
  readonly lang: Lang;
}

export type SetupAction = ActionOf<SetupContext, SetupMode, SetupOutcome>;

export const setupMode = (ui: SetupUi): SetupMode => (isTypingSetup(ui) ? 'setupText' : 'setup');

const whenIdle = ({ ui, lang }: SetupContext): Clean | null => (ui.busy ? say(lang, 'setup.why.busy') : null);

/** The keys as they stand with other answers; an answer that does not fit is told and not taken. */
export function answered(ui: SetupUi, setup: Setup, answers: SetupAnswers): SetupUi {
  const keys = setup.keys(answers);
  if (!keys.ok) return { ...ui, problem: cleanLine(keys.error) };
  return { ...ui, answers, keys: keys.value, previews: null, problem: null };
}

function selectedKey({ keys, index }: SetupUi) {
  return keys[index] ?? null;
}

function next(context: SetupContext): SetupOutcome {
  const { ui, setup, lang } = context;
  if (ui.help) return { ui: { ...ui, help: false } };
  switch (ui.step) {
    case 'token': {
      const typed = ui.token.text.trim();
      if (typed === '' && setup.token === null) return { ui: { ...ui, problem: say(lang, 'setup.why.noToken') } };
      return { effects: [{ do: 'check', token: typed === '' ? null : typed }] };
    }
    case 'access': {
      const barred = ui.access.some(({ id, state }) => id === 'companies' && state !== 'ok');
      return barred ? { ui: { ...ui, problem: say(lang, 'setup.why.companies') } } : { effects: [{ do: 'explore' }] };
    }
    case 'owner': {
      const owner = shownOwners(ui)[ui.index];
      const answers: SetupAnswers = owner
        ? { ...ui.answers, me: { ownerId: owner.id, email: owner.email }, all: false }
        : { ...ui.answers, all: true };
      return { ui: toMapping(answered(ui, setup, answers), context.height), effects: [{ do: 'keep' }] };
    }
    case 'mapping':
      return ui.finding ? takeFound(context) : toCoverage(context);
    case 'coverage':
      return { effects: [{ do: 'finish' }] };
    case 'sync':
      return ui.problem === null ? {} : { effects: [{ do: 'sync' }] };
  }
}

/** The cursor on the first key that wants a look. */
export function toMapping(ui: SetupUi, height: number, index = nextToLook(ui.keys, 0) ?? 0): SetupUi {
  return moveTo(at(ui, 'mapping'), index, height);
}

function toCoverage({ ui, setup, height, lang }: SetupContext): SetupOutcome {
  const missing = ui.keys.findIndex(({ state }) => state === 'missing');
  const key = ui.keys[missing]?.key;
  if (key !== undefined) return { ui: { ...moveTo(ui, missing, height), problem: say(lang, 'setup.needed', { key }) } };
  return { ui: { ...at(ui, 'coverage'), coverage: setup.coverage(ui.answers) }, effects: [{ do: 'keep' }] };
}

function takeFound({ ui, setup }: SetupContext): SetupOutcome {
  const key = selectedKey(ui);
  const choice = ui.finding?.choices[ui.finding.index];
  if (!key || !choice) return { ui: { ...ui, finding: null } };
  return { ui: answered({ ...ui, finding: null }, setup, answering(ui, key.key, choice.value)), effects: [{ do: 'keep' }] };
}

function back({ ui, height }: SetupContext): SetupOutcome {
  if (ui.help) return { ui: { ...ui, help: false } };
  if (ui.finding) return { ui: { ...ui, finding: null } };
  const before = STEPS[STEPS.indexOf(ui.step) - 1];
  if (before === undefined || ui.step === 'sync') return { effects: [{ do: 'keep' }, { do: 'exit', code: 0 }] };
  return { ui: before === 'mapping' ? toMapping(ui, height) : at(ui, before) };
}

/** The row selected, and the list moved as little as that needs. */
function moveTo(ui: SetupUi, index: number, height: number): SetupUi {
  const rows = rowsOf(ui);
  const row = Math.max(0, Math.min(rows - 1, index));
  const page = setupPage(ui, height);
  return { ...ui, index: row, offset: edgeScroll(ui.offset, row, page, rows), previews: row === ui.index ? ui.previews : null };
}

function moved({ ui, height }: SetupContext, by: number): SetupOutcome {
  if (ui.finding) {
    const last = ui.finding.choices.length - 1;
    return { ui: { ...ui, finding: { ...ui.finding, index: Math.max(0, Math.min(last, ui.finding.index + by)) } } };
  }
  return { ui: moveTo({ ...ui, problem: null }, ui.index + by, height) };
}

const paged = (context: SetupContext, by: 1 | -1): SetupOutcome =>
  moved(context, by * Math.max(1, setupPage(context.ui, context.height) - 1));

function choose({ ui, setup }: SetupContext, by: 1 | -1): SetupOutcome {
  const key = selectedKey(ui);
  if (!key || key.choices.length === 0) return {};
  return { ui: answered(ui, setup, answering(ui, key.key, turned(key, by))), effects: [{ do: 'keep' }] };
}

/** Out, or back to what was best. */
function leaveOut({ ui, setup }: SetupContext): SetupOutcome {
  const key = selectedKey(ui);
  if (!key) return {};
  const value = key.value === null ? (key.choices[0]?.value ?? null) : null;
  return { ui: answered(ui, setup, answering(ui, key.key, value)), effects: [{ do: 'keep' }] };
}

const onMapping = ({ ui, lang }: SetupContext): Clean | null => (ui.step === 'mapping' ? null : say(lang, 'setup.why.step'));

/** The text field that has the cursor, with what follows from its text. */
export function typing(ui: SetupUi, setup: Setup, change: (buffer: TextBuffer) => TextBuffer): SetupUi {
  if (ui.busy) return ui;
  if (ui.step === 'token') return { ...ui, token: change(ui.token), problem: null };
  if (ui.step === 'owner') return { ...ui, search: change(ui.search), index: 0, offset: 0 };
  const key = selectedKey(ui);
  if (!ui.finding || !key) return ui;
  const words = change(ui.finding.words);
  return { ...ui, finding: { words, choices: setup.find(key.key, words.text, ui.answers), index: 0 } };
}

export const typeText = (ui: SetupUi, setup: Setup, text: string): SetupUi => typing(ui, setup, (buffer) => insert(buffer, text));

const BOTH: readonly SetupMode[] = ['setup', 'setupText'];

const edit = (id: Edit, keys: readonly string[]): SetupAction => ({
  id: `setup.text.${id}`,
  keys,
  title: `app.edit.${id}`,
  hint: `app.edit.${id}.hint`,
  where: ['setupText'],
  run: ({ ui, setup }) => ({ ui: typing(ui, setup, edits[id]) }),
});

export const setupActions: readonly SetupAction[] = [
  {
    id: 'setup.next',
    keys: ['enter'],
    title: 'setup.action.next',
    hint: 'setup.action.next.hint',
    short: 'setup.action.next.short',
    where: BOTH,
    disabled: whenIdle,
    run: next,
  },
  {
    id: 'setup.mark',
    keys: ['m'],
    title: 'setup.action.mark',
    hint: 'setup.action.mark.hint',
    short: 'setup.action.mark.short',
    where: ['setup'],
    disabled: ({ ui, lang }) => (ui.step === 'coverage' && !ui.busy ? null : say(lang, 'setup.why.notCoverage')),
    run: ({ ui }) => ({ ui: { ...ui, mark: !ui.mark } }),
  },
  {
    id: 'setup.nextChoice',
    keys: ['right', 'l'],
    title: 'setup.action.nextChoice',
    hint: 'setup.action.nextChoice.hint',
    short: 'setup.action.nextChoice.short',
    where: ['setup'],
    disabled: onMapping,
    run: (context) => choose(context, 1),
  },
  {
    id: 'setup.previousChoice',
    keys: ['left', 'h'],
    title: 'setup.action.previousChoice',
    hint: 'setup.action.previousChoice.hint',
    where: ['setup'],
    disabled: onMapping,
    run: (context) => choose(context, -1),
  },
  {
    id: 'setup.look',
    keys: ['tab'],
    title: 'setup.action.look',
    hint: 'setup.action.look.hint',
    short: 'setup.action.look.short',
    where: ['setup'],
    disabled: onMapping,
    run: ({ ui, height }) => ({ ui: moveTo(ui, nextToLook(ui.keys, ui.index + 1) ?? ui.index, height) }),
  },
  {
    id: 'setup.leaveOut',
    keys: ['x'],
    title: 'setup.action.leaveOut',
    hint: 'setup.action.leaveOut.hint',
    short: 'setup.action.leaveOut.short',
    where: ['setup'],
    disabled: onMapping,
    run: leaveOut,
  },
  {
    id: 'setup.find',
    keys: ['/'],
    title: 'setup.action.find',
    hint: 'setup.action.find.hint',
    short: 'setup.action.find.short',
    where: ['setup'],
    disabled: onMapping,
    run: ({ ui, setup }) => {
      const key = selectedKey(ui);
      return key ? { ui: { ...ui, finding: { words: textBuffer(), choices: setup.find(key.key, '', ui.answers), index: 0 } } } : {};
    },
  },
  {
    id: 'setup.again',
    keys: ['r'],
    title: 'setup.action.again',
    hint: 'setup.action.again.hint',
    short: 'setup.action.again.short',
    where: ['setup'],
    disabled: (context) => (context.ui.step === 'access' ? whenIdle(context) : say(context.lang, 'setup.why.step')),
    run: ({ ui }) => {
      const typed = ui.token.text.trim();
      return { effects: [{ do: 'check', token: typed === '' ? null : typed }] };
    },
  },
  {
    id: 'setup.back',
    keys: ['esc'],
    title: 'setup.action.back',
    hint: 'setup.action.back.hint',
    short: 'setup.action.back.short',
    where: BOTH,
    run: back,
  },
  {
    id: 'setup.down',
    keys: ['down', 'j'],
    title: 'setup.action.down',
    hint: 'setup.action.down.hint',
    where: ['setup'],
    run: (context) => moved(context, 1),
  },
  {
    id: 'setup.up',
    keys: ['up', 'k'],
    title: 'setup.action.up',
    hint: 'setup.action.up.hint',
    where: ['setup'],
    run: (context) => moved(context, -1),
  },
  {
    id: 'setup.listDown',
    keys: ['down'],
    title: 'setup.action.down',
    hint: 'setup.action.down.hint',
    where: ['setupText'],
    run: (context) => moved(context, 1),
  },
  {
    id: 'setup.listUp',
    keys: ['up'],
    title: 'setup.action.up',
    hint: 'setup.action.up.hint',
    where: ['setupText'],
    run: (context) => moved(context, -1),
  },
  {
    id: 'setup.pageDown',
    keys: ['pagedown'],
    title: 'setup.action.pageDown',
    hint: 'setup.action.pageDown.hint',
    where: BOTH,
    run: (context) => paged(context, 1),
  },
  {
    id: 'setup.pageUp',
    keys: ['pageup'],
    title: 'setup.action.pageUp',
    hint: 'setup.action.pageUp.hint',
    where: BOTH,
    run: (context) => paged(context, -1),
  },
  {
    id: 'setup.help',
    keys: ['?'],
    title: 'setup.action.help',
    hint: 'setup.action.help.hint',
    where: ['setup'],
    run: ({ ui }) => ({ ui: { ...ui, help: !ui.help } }),
  },
  {
    id: 'setup.quit',
    keys: ['q'],
    title: 'setup.action.quit',
    hint: 'setup.action.quit.hint',
    where: ['setup'],
    run: ({ ui }) => (ui.help ? { ui: { ...ui, help: false } } : { effects: [{ do: 'keep' }, { do: 'exit', code: 0 }] }),
  },
  {
    id: 'setup.interrupt',
    keys: ['ctrl+c'],
    title: 'setup.action.interrupt',
    hint: 'setup.action.interrupt.hint',
    where: BOTH,
    run: () => ({ effects: [{ do: 'keep' }, { do: 'exit', code: 130 }] }),
  },
  {
    id: 'setup.suspend',
    keys: ['ctrl+z'],
    title: 'setup.action.suspend',
    hint: 'setup.action.suspend.hint',
    where: BOTH,
    disabled: ({ lang }) => (process.platform === 'win32' ? say(lang, 'app.why.noSuspend') : null),
    run: () => ({ effects: [{ do: 'suspend' }] }),
  },
  edit('left', ['left']),
  edit('right', ['right']),
  edit('home', ['home']),
  edit('end', ['end', 'ctrl+e']),
  edit('backspace', ['backspace']),
  edit('delete', ['delete', 'ctrl+d']),
  edit('killToStart', ['ctrl+u']),
  edit('killWord', ['ctrl+w', 'alt+backspace']),
];

export const setupActionsIn = (mode: SetupMode): readonly SetupAction[] => setupActions.filter(({ where }) => where.includes(mode));
