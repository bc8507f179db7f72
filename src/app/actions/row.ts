/** Completing or changing a row of the outbox: what the portal demands, its title, its text. */
import { say } from '../../components/say.ts';
import { insert, moveLine, type TextBuffer, textBuffer } from '../../components/text-buffer.ts';
import { cleanLine } from '../../text/clean.ts';
import type { Action, Outcome } from '../action.ts';
import type { Context } from '../context.ts';
import type { MenuItem } from '../menus.ts';
import { type Overlay, popOverlay, pushOverlay, type RowEdit, topOverlay, type Ui, withOverlay } from '../state.ts';
import { keptStepText } from './play.ts';

type Words = Extract<Overlay, { kind: 'words' }>;

/** Cells left and right of the text. */
export const WORDS_MARGIN = 2;

/** The longer text that is being changed; null where none is. */
export const wordsOf = (ui: Ui): Words | null => {
  const top = topOverlay(ui);
  return top?.kind === 'words' ? top : null;
};

export function typedWords(ui: Ui, change: (buffer: TextBuffer) => TextBuffer): Ui {
  const words = wordsOf(ui);
  return words ? withOverlay(ui, { ...words, buffer: change(words.buffer) }) : ui;
}

/** Asks for the first of the fields, by what the portal lets it be. */
export function askRow(ui: Ui, edit: RowEdit): Ui {
  const [field] = edit.fields;
  if (!field) return ui;
  if (field.options.length > 0) {
    const index = field.options.findIndex(({ value }) => value === field.value);
    return pushOverlay(ui, { kind: 'menu', menu: 'rowValue', index: Math.max(0, index), edit });
  }
  if (field.multiline) return pushOverlay(ui, { kind: 'words', about: { what: 'row', edit }, buffer: textBuffer(field.value, true) });
  return pushOverlay(ui, { kind: 'ask', about: { what: 'row', edit, label: cleanLine(field.label) }, buffer: textBuffer(field.value) });
}

/** Goes on to the next field, after the last one to the outbox; what was typed stays on screen until it is kept. */
export function answeredRow(ui: Ui, { id, fields: [field, ...rest], given }: RowEdit, value: string): Outcome {
  if (!field) return {};
  const all = { ...given, [field.property]: value };
  if (rest.length > 0) return { ui: askRow(popOverlay(ui), { id, fields: rest, given: all }) };
  return { effects: [{ do: 'editRow', id, fields: all }] };
}

/** What the menus of fields and of a field's values do when a line is taken. */
export function chooseRow({ ui }: Context, pick: MenuItem['pick'], edit: RowEdit): Outcome {
  if ('field' in pick) return { ui: askRow(popOverlay(ui), { ...edit, fields: [pick.field] }) };
  return 'value' in pick ? answeredRow(ui, edit, pick.value) : {};
}

const vertical = ({ ui }: Context, by: 1 | -1): Outcome => ({
  ui: typedWords(ui, (buffer) => moveLine(buffer, by, ui.size.columns - 2 * WORDS_MARGIN)),
});

export const wordsActions: readonly Action[] = [
  {
    id: 'words.save',
    keys: ['ctrl+o'],
    title: 'outbox.action.saveWords',
    hint: 'outbox.action.saveWords.hint',
    short: 'outbox.action.saveWords.short',
    where: ['words'],
    disabled: ({ ui, lang }) => (wordsOf(ui)?.buffer.text.trim() === '' ? say(lang, 'outbox.why.noWords') : null),
    run: ({ ui }) => {
      const words = wordsOf(ui);
      if (!words) return {};
      return words.about.what === 'row'
        ? answeredRow(ui, words.about.edit, words.buffer.text)
        : { ui: keptStepText(ui, words.about.id, words.buffer.text) };
    },
  },
  {
    id: 'words.line',
    keys: ['enter'],
    title: 'outbox.action.newLine',
    hint: 'outbox.action.newLine.hint',
    where: ['words'],
    run: ({ ui }) => ({ ui: typedWords(ui, (buffer) => insert(buffer, '\n')) }),
  },
  {
    id: 'words.external',
    keys: ['ctrl+g'],
    title: 'app.action.external',
    hint: 'app.action.external.hint',
    short: 'app.action.external.short',
    where: ['words'],
    run: ({ ui }) => {
      const words = wordsOf(ui);
      return words ? { effects: [{ do: 'editWords', text: words.buffer.text }] } : {};
    },
  },
  {
    id: 'words.close',
    keys: ['esc'],
    title: 'app.action.close',
    hint: 'outbox.action.closeWords.hint',
    short: 'app.action.close',
    where: ['words'],
    run: ({ ui }) => ({ ui: popOverlay(ui) }),
  },
  {
    id: 'words.up',
    keys: ['up'],
    title: 'app.edit.up',
    hint: 'app.edit.up.hint',
    where: ['words'],
    run: (context) => vertical(context, -1),
  },
  {
    id: 'words.down',
    keys: ['down'],
    title: 'app.edit.down',
    hint: 'app.edit.down.hint',
    where: ['words'],
    run: (context) => vertical(context, 1),
  },
];
