/** Picking for a text: the template that it begins with, the records that it hangs on; and the form about a loss. */
import { say } from '../../components/say.ts';
import { type TextBuffer, textBuffer } from '../../components/text-buffer.ts';
import type { Template } from '../../policy.ts';
import { draftKey } from '../../screens/compose/draft.ts';
import { foundRecords } from '../../screens/compose/records.ts';
import { addressees, isOnSeveral, toggledOn } from '../../screens/compose/state.ts';
import { PICK_KEYS, templatesOfForm } from '../../screens/compose/templates.ts';
import type { Clean } from '../../text/clean.ts';
import type { Action, Outcome } from '../action.ts';
import { type Context, subjectRow, subjectRows } from '../context.ts';
import { ACCOUNT_MODES } from '../modes.ts';
import { type Overlay, popOverlay, pushOverlay, topOverlay, type Ui, withOverlay } from '../state.ts';
import { found } from './charts.ts';
import { composeUnder, edited, editorOf, openEditor, pickerOf, type Subject, templatesHere } from './editing.ts';
import { needsAccount, needsToday } from './needs.ts';

type Records = Extract<Overlay, { kind: 'records' }>;

/** Into the text below where there is one, else a new text on the account. */
function begin(context: Context, template: Template | undefined): Outcome {
  if (!template) return {};
  const ui = popOverlay(context.ui);
  const state = editorOf(ui)?.compose;
  if (state)
    return {
      ui: edited(ui, (one) => ({ ...one, reading: true })),
      effects: [{ do: 'beginWith', key: draftKey(state), begin: { accountIds: addressees(state).map(({ id }) => id), template } }],
    };
  const rows = subjectRows({ ...context, ui });
  return rows.length > 0 ? openEditor({ ...context, ui }, template.kind, rows, template) : { ui };
}

const inPicker = (id: string, keys: readonly string[], words: Pick<Action, 'title' | 'hint' | 'short'>, run: Action['run']): Action => ({
  id: `template.${id}`,
  keys,
  ...words,
  where: ['templates'],
  run,
});

function movedPicker(context: Context, by: 1 | -1): Outcome {
  const picker = pickerOf(context.ui);
  const count = templatesHere(context).length;
  if (!picker || count === 0) return {};
  return { ui: withOverlay(context.ui, { ...picker, index: (picker.index + by + count) % count }) };
}

export const templateActions: readonly Action[] = [
  {
    id: 'template.write',
    keys: ['w'],
    title: 'writing.action.template',
    hint: 'writing.action.template.hint',
    where: ACCOUNT_MODES,
    writes: true,
    disabled: (context) => needsToday(context) ?? needsAccount(context),
    run: ({ ui }) => ({ ui: pushOverlay(ui, { kind: 'templates', form: null, index: 0 }) }),
  },
  {
    id: 'editor.template',
    keys: ['ctrl+t'],
    title: 'writing.action.insert',
    hint: 'writing.action.insert.hint',
    short: 'writing.action.insert.short',
    where: ['editor'],
    disabled: ({ ui, workspace, lang }) => {
      const form = editorOf(ui)?.compose.form ?? null;
      return templatesOfForm(workspace.templates(), form).length > 0 ? null : say(lang, 'writing.templates.none');
    },
    run: ({ ui }) => {
      const state = editorOf(ui)?.compose;
      return state && !state.saving ? { ui: pushOverlay(ui, { kind: 'templates', form: state.form, index: 0 }) } : {};
    },
  },
  inPicker('pick', PICK_KEYS, { title: 'writing.action.pick', hint: 'writing.action.pick.hint' }, (context, key) =>
    begin(context, templatesHere(context)[PICK_KEYS.indexOf(key ?? '')]),
  ),
  inPicker(
    'choose',
    ['enter'],
    { title: 'writing.action.choose', hint: 'writing.action.choose.hint', short: 'writing.action.toggle.short' },
    (context) => begin(context, templatesHere(context)[pickerOf(context.ui)?.index ?? 0]),
  ),
  inPicker('down', ['down', 'j'], { title: 'app.go.down', hint: 'app.go.down.hint' }, (context) => movedPicker(context, 1)),
  inPicker('up', ['up', 'k'], { title: 'app.go.up', hint: 'app.go.up.hint' }, (context) => movedPicker(context, -1)),
  inPicker('close', ['esc', 'q'], { title: 'app.action.close', hint: 'app.action.close.hint', short: 'app.action.close' }, ({ ui }) => ({
    ui: popOverlay(ui),
  })),
];

const recordsOf = (ui: Ui): Records | null => {
  const top = topOverlay(ui);
  return top?.kind === 'records' ? top : null;
};

/** Typing begins at the first line again. */
export function typedRecords(ui: Ui, change: (buffer: TextBuffer) => TextBuffer): Ui {
  const records = recordsOf(ui);
  if (!records) return ui;
  const buffer = change(records.buffer);
  return withOverlay(ui, { ...records, buffer, index: buffer.text === records.buffer.text ? records.index : 0 });
}

export const openRecords = (ui: Ui): Outcome => ({ ui: pushOverlay(ui, { kind: 'records', buffer: textBuffer(), index: 0 }) });

function movedRecords({ ui }: Context, by: 1 | -1): Outcome {
  const [records, compose] = [recordsOf(ui), composeUnder(ui)];
  const count = records && compose ? foundRecords(compose, records.buffer.text).length : 0;
  return records && count > 0 ? { ui: withOverlay(ui, { ...records, index: (records.index + by + count) % count }) } : {};
}

/** What was typed has found its record: the next one can be typed. */
function toggled({ ui }: Context): Outcome {
  const [records, compose] = [recordsOf(ui), composeUnder(ui)];
  const record = records && compose ? foundRecords(compose, records.buffer.text)[records.index] : undefined;
  if (!records || !record) return {};
  const isTyped = records.buffer.text !== '';
  const index = isTyped ? (compose?.records?.indexOf(record) ?? 0) : records.index;
  const overlays = ui.overlays.map((overlay) =>
    overlay.kind === 'editor' ? { ...overlay, compose: toggledOn(overlay.compose, record) } : overlay,
  );
  return { ui: withOverlay({ ...ui, overlays }, { ...records, index, buffer: isTyped ? textBuffer() : records.buffer }) };
}

export const recordsActions: readonly Action[] = [
  {
    id: 'editor.records',
    keys: ['ctrl+r'],
    title: 'writing.action.records',
    hint: 'writing.action.records.hint',
    short: 'writing.action.records.short',
    where: ['editor'],
    disabled: ({ ui, lang }) => {
      const state = editorOf(ui)?.compose;
      if (state && isOnSeveral(state)) return say(lang, 'several.why.records');
      return state?.form === 'postmortem' ? say(lang, 'writing.why.companyAlone') : null;
    },
    run: ({ ui }) => (editorOf(ui)?.compose.saving ? {} : openRecords(ui)),
  },
  {
    id: 'records.toggle',
    keys: ['enter'],
    title: 'writing.action.toggle',
    hint: 'writing.action.toggle.hint',
    short: 'writing.action.toggle.short',
    where: ['records'],
    run: toggled,
  },
  {
    id: 'records.close',
    keys: ['esc', 'ctrl+r'],
    title: 'writing.action.recordsDone',
    hint: 'writing.action.recordsDone.hint',
    short: 'app.action.close',
    where: ['records'],
    run: ({ ui }) => ({ ui: popOverlay(ui) }),
  },
  {
    id: 'records.down',
    keys: ['down', 'tab'],
    title: 'app.go.down',
    hint: 'app.go.down.hint',
    where: ['records'],
    run: (context) => movedRecords(context, 1),
  },
  {
    id: 'records.up',
    keys: ['up', 'shift+tab'],
    title: 'app.go.up',
    hint: 'app.go.up.hint',
    where: ['records'],
    run: (context) => movedRecords(context, -1),
  },
];

/** Who left: the account in question, or the one under the cursor of a list of losses, in the book or not. */
function lost(context: Context): Subject | null {
  const row = subjectRow(context);
  if (row) return row;
  const target = found(context);
  return target?.to === 'account' ? target : null;
}

const needsLost = (context: Context): Clean | null =>
  needsToday(context) ?? (lost(context) ? null : say(context.lang, 'app.why.nothingSelected'));

export const postMortemAction: Action = {
  id: 'account.postmortem',
  keys: ['X'],
  title: 'writing.action.postmortem',
  hint: 'writing.action.postmortem.hint',
  where: ['book', 'account', 'churn', 'behind'],
  writes: true,
  disabled: needsLost,
  run: (context) => {
    const subject = lost(context);
    return subject ? openEditor(context, 'postmortem', [subject]) : {};
  },
};
