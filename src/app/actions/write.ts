/** Writing a note or a task, taking it back, and reaching the record in HubSpot. */
import { say } from '../../components/say.ts';
import { type Edit, edits, insert, moveLine, textBuffer } from '../../components/text-buffer.ts';
import type { PostMortemWish } from '../../open.ts';
import { FACTS } from '../../plays/facts.ts';
import type { Intent } from '../../plays/intent.ts';
import { draftKey } from '../../screens/compose/draft.ts';
import { type Flaw, flawOf, intentOf, reviewOf } from '../../screens/compose/intent.ts';
import { type Compose, type Form, isChoice, isOnSeveral, isTextField, nextField, turned, withField } from '../../screens/compose/state.ts';
import { bodyWidth } from '../../screens/compose/view-model.ts';
import type { Clean } from '../../text/clean.ts';
import type { Lang, MessageKey } from '../../text/messages/index.ts';
import type { Action, Effect, Outcome } from '../action.ts';
import { type Context, subjectRow, subjectRows } from '../context.ts';
import { ACCOUNT_MODES } from '../modes.ts';
import { type Mode, popOverlay, type Ui } from '../state.ts';
import { editSearch } from './book.ts';
import { edited, editorOf, focusOn, openEditor } from './editing.ts';
import { needsAccount, needsToday } from './needs.ts';
import { openRecords } from './pick.ts';

const HERE: readonly Mode[] = ['book', 'account'];

const writing = (form: Form, key: string, title: MessageKey, hint: MessageKey, short?: MessageKey): Action => ({
  id: `${form}.add`,
  keys: [key],
  title,
  hint,
  ...(short === undefined ? {} : { short }),
  where: ACCOUNT_MODES,
  writes: true,
  disabled: (context) => needsToday(context) ?? needsAccount(context),
  run: (context) => {
    const rows = subjectRows(context);
    return rows.length > 0 ? openEditor(context, form, rows) : {};
  },
});

export const recordActions: readonly Action[] = [
  writing('note', 'n', 'app.action.note', 'app.action.note.hint', 'app.action.note.short'),
  writing('task', 't', 'app.action.task', 'app.action.task.hint', 'app.action.task.short'),
  writing('call', 'c', 'acting.action.call', 'acting.action.call.hint'),
  writing('meeting', 'm', 'acting.action.meeting', 'acting.action.meeting.hint'),
  writing('email', 'M', 'acting.action.email', 'acting.action.email.hint'),
  {
    id: 'action.undo',
    keys: ['u'],
    title: 'app.action.undo',
    hint: 'app.action.undo.hint',
    where: ACCOUNT_MODES,
    writes: true,
    disabled: ({ ui, now, lang }) =>
      (ui.undo && ui.undo.until > now) || (ui.undoQuiet && ui.undoQuiet.until > now) ? null : say(lang, 'app.why.nothingToUndo'),
    run: ({ ui, now }) => {
      if (ui.undoQuiet && ui.undoQuiet.until > now)
        return { ui: { ...ui, undoQuiet: null }, effects: [{ do: 'restoreQuiet', was: ui.undoQuiet.was }] };
      return ui.undo
        ? { ui: { ...ui, undo: null }, effects: [{ do: 'undo', id: ui.undo.id, also: ui.undo.also ?? [], compose: ui.undo.compose }] }
        : {};
    },
  },
];

export const linkActions: readonly Action[] = [
  {
    id: 'record.open',
    keys: ['o'],
    title: 'app.action.browse',
    hint: 'app.action.browse.hint',
    short: 'app.action.browse.short',
    where: HERE,
    disabled: needsAccount,
    run: (context) => {
      const row = subjectRow(context);
      return row ? { effects: [{ do: 'browse', url: row.url }] } : {};
    },
  },
  {
    id: 'record.copyLink',
    keys: ['y'],
    title: 'app.action.copy',
    hint: 'app.action.copy.hint',
    where: HERE,
    disabled: needsAccount,
    run: (context) => {
      const row = subjectRow(context);
      return row ? { effects: [{ do: 'copy', text: row.url }] } : {};
    },
  },
];

export const typeIntoEditor = (ui: Ui, text: string): Ui =>
  edited(ui, (state) => (isTextField(state.focus) ? withField(state, state.focus, insert(state[state.focus], text)) : state));

function editField(ui: Ui, edit: Edit): Ui {
  return edited(ui, (state) => (isTextField(state.focus) ? withField(state, state.focus, edits[edit](state[state.focus])) : state));
}

/** Up and down: inside the text; from its edge, and in the other fields, to the neighbour. */
function vertical({ ui }: Context, by: 1 | -1): Ui {
  return edited(ui, (state) => {
    if (state.focus !== 'body') return focusOn(state, nextField(state, by));
    const next = moveLine(state.body, by, bodyWidth(ui.size.columns));
    const stuck = next.cursor === state.body.cursor;
    return stuck && by < 0 ? focusOn(state, nextField(state, by)) : withField(state, 'body', next);
  });
}

const FLAWS = {
  emptyNote: 'app.compose.emptyNote',
  emptySubject: 'app.compose.emptySubject',
  dueUnknown: 'app.field.dueUnknown',
  duePast: 'app.field.duePast',
  reminderUnknown: 'writing.field.reminderUnknown',
  reminderPast: 'writing.flaw.reminderPast',
  atUnknown: 'app.field.atUnknown',
  lengthUnknown: 'app.field.lengthUnknown',
  noCause: 'writing.flaw.noCause',
  noReason: 'writing.flaw.noReason',
  noOwner: 'several.noOwner',
  openFact: 'writing.flaw.openFact',
} as const satisfies Record<Flaw['why'], MessageKey>;

/** What it would be queued as; what keeps it back is said, and the field at fault gets the cursor. */
function ready(context: Pick<Context, 'ui' | 'workspace' | 'lang' | 'now'>, state: Compose): Intent | PostMortemWish | Ui {
  const { ui, workspace, lang, now } = context;
  const clock = { now, today: workspace.today, zone: workspace.portal.timeZone };
  const flaw = flawOf(state, clock, lang);
  if (flaw === null) return intentOf(state, clock, workspace.myId) ?? reviewOf(state);
  return edited(ui, (one) => ({ ...one, problem: flawWords(flaw, lang), focus: flaw.field }));
}

export const flawWords = (flaw: Flaw, lang: Lang): Clean =>
  say(lang, FLAWS[flaw.why], { fact: flaw.why === 'openFact' ? FACTS[flaw.fact][lang] : '' });

/** Queues it, unless something keeps it back. Before everything is read, it is remembered. */
export function save(context: Pick<Context, 'ui' | 'workspace' | 'lang' | 'now'>): Outcome {
  const { ui } = context;
  const state = editorOf(ui)?.compose;
  if (!state || state.saving) return {};
  if (state.reading) return { ui: edited(ui, (one) => ({ ...one, wanted: true, problem: null })) };
  const key = draftKey(state);
  const queueing = (act: Effect): Outcome => ({
    ui: edited(ui, (one) => ({ ...one, saving: true, problem: null })),
    effects: [{ do: 'keepDraft', compose: state }, act],
  });
  // What each of several lacks is known once its facts are read.
  if (isOnSeveral(state)) return queueing({ do: 'actOnAll', compose: state, draftKey: key });
  const what = ready(context, state);
  if ('overlays' in what) return { ui: what };
  return queueing('kind' in what ? { do: 'act', intent: what, draftKey: key } : { do: 'postMortem', wish: what, draftKey: key });
}

/** Shows what would be sent. */
function previewed(context: Context): Outcome {
  const state = editorOf(context.ui)?.compose;
  if (!state || state.saving || state.reading) return {};
  if (isOnSeveral(state)) return { effects: [{ do: 'previewAll', compose: state }] };
  const what = ready(context, state);
  return 'overlays' in what ? { ui: what } : { effects: [{ do: 'preview', key: draftKey(state), what }] };
}

export const editorActions: readonly Action[] = [
  {
    id: 'editor.save',
    keys: ['ctrl+o'],
    title: 'app.action.save',
    hint: 'app.action.save.hint',
    short: 'app.action.save.short',
    where: ['editor'],
    writes: true,
    run: save,
  },
  {
    id: 'editor.next',
    keys: ['tab'],
    title: 'app.action.nextField',
    hint: 'app.action.nextField.hint',
    short: 'app.action.nextField.short',
    where: ['editor'],
    run: ({ ui }) => ({ ui: edited(ui, (state) => focusOn(state, nextField(state, 1))) }),
  },
  {
    id: 'editor.previous',
    keys: ['shift+tab'],
    title: 'app.action.previousField',
    hint: 'app.action.previousField.hint',
    where: ['editor'],
    run: ({ ui }) => ({ ui: edited(ui, (state) => focusOn(state, nextField(state, -1))) }),
  },
  {
    id: 'editor.enter',
    keys: ['enter'],
    title: 'app.action.enter',
    hint: 'app.action.enter.hint',
    where: ['editor'],
    run: (context) => {
      const focus = editorOf(context.ui)?.compose.focus;
      if (focus === 'save') return save(context);
      if (focus === 'also') return openRecords(context.ui);
      if (focus === 'body') return { ui: typeIntoEditor(context.ui, '\n') };
      return { ui: edited(context.ui, (state) => focusOn(state, nextField(state, 1))) };
    },
  },
];

/** After what the pane can be filled from. */
export const editorEndActions: readonly Action[] = [
  {
    id: 'editor.external',
    keys: ['ctrl+g'],
    title: 'app.action.external',
    hint: 'app.action.external.hint',
    short: 'app.action.external.short',
    where: ['editor'],
    run: ({ ui }) => {
      const state = editorOf(ui)?.compose;
      return state && !state.saving ? { effects: [{ do: 'externalEditor', compose: state }] } : {};
    },
  },
  {
    id: 'editor.preview',
    keys: ['ctrl+x'],
    title: 'writing.action.preview',
    hint: 'writing.action.preview.hint',
    where: ['editor'],
    run: previewed,
  },
  {
    id: 'preview.close',
    keys: ['esc', 'q', 'enter', 'ctrl+x'],
    title: 'app.action.close',
    hint: 'app.action.close.hint',
    short: 'app.action.close',
    where: ['preview'],
    run: ({ ui }) => ({ ui: popOverlay(ui) }),
  },
  {
    id: 'editor.close',
    keys: ['esc'],
    title: 'app.action.closeEditor',
    hint: 'app.action.closeEditor.hint',
    short: 'app.action.closeEditor.short',
    where: ['editor'],
    run: ({ ui }) => {
      const state = editorOf(ui)?.compose;
      // While it is being queued the answer decides what becomes of the text.
      return state && !state.saving ? { ui: popOverlay(ui), effects: [{ do: 'keepDraft', compose: state }] } : {};
    },
  },
  {
    id: 'editor.up',
    keys: ['up'],
    title: 'app.edit.up',
    hint: 'app.edit.up.hint',
    where: ['editor'],
    run: (context) => ({ ui: vertical(context, -1) }),
  },
  {
    id: 'editor.down',
    keys: ['down'],
    title: 'app.edit.down',
    hint: 'app.edit.down.hint',
    where: ['editor'],
    run: (context) => ({ ui: vertical(context, 1) }),
  },
];

const TYPING: readonly Mode[] = ['editor', 'search', 'ask', 'palette', 'words', 'expression', 'jump', 'records'];

const edit = (id: Edit, keys: readonly string[]): Action => ({
  id: `text.${id}`,
  keys,
  title: `app.edit.${id}`,
  hint: `app.edit.${id}.hint`,
  where: TYPING,
  run: ({ ui }) => {
    if (!editorOf(ui)) return { ui: editSearch(ui, id) };
    const focus = editorOf(ui)?.compose.focus;
    if (focus && isChoice(focus) && (id === 'left' || id === 'right'))
      return { ui: edited(ui, (state) => turned(state, focus, id === 'left' ? -1 : 1)) };
    return { ui: editField(ui, id) };
  },
});

export const textActions: readonly Action[] = [
  edit('left', ['left']),
  edit('right', ['right']),
  edit('wordLeft', ['ctrl+left', 'alt+left']),
  edit('wordRight', ['ctrl+right', 'alt+right']),
  edit('home', ['home']),
  edit('end', ['end', 'ctrl+e']),
  edit('backspace', ['backspace']),
  edit('delete', ['delete', 'ctrl+d']),
  edit('killToEnd', ['ctrl+k']),
  edit('killToStart', ['ctrl+u']),
  edit('killWord', ['ctrl+w', 'alt+backspace']),
  edit('yank', ['ctrl+y']),
];

/** The text that came back from the external editor. */
export const withBody = (ui: Ui, text: string): Ui =>
  edited(ui, (state) => withField({ ...state, focus: 'body' }, 'body', textBuffer(text, true)));
