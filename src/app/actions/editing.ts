/** The editor: opening it on an account, and changing what is in it. */

import type { Template } from '../../policy.ts';
import { draftKey } from '../../screens/compose/draft.ts';
import { EACH_OWNER } from '../../screens/compose/fields.ts';
import type { Choice, Compose, Field, Form } from '../../screens/compose/state.ts';
import { addressees, compose } from '../../screens/compose/state.ts';
import { templatesOfForm } from '../../screens/compose/templates.ts';
import { cleanLine } from '../../text/clean.ts';
import type { Outcome } from '../action.ts';
import { type Context, findRow } from '../context.ts';
import { type EditorOverlay, type Overlay, pushOverlay, topOverlay, type Ui, withOverlay } from '../state.ts';

/** What is written about; it need not be in the book. */
export interface Subject {
  readonly id: string;
  /** Raw. */
  readonly name: string;
}

/** Opens it with the text of an earlier time, on one account or several; a template begins what is not written yet. */
export function openEditor(context: Context, form: Form, subjects: readonly Subject[], template: Template | null = null): Outcome {
  const [first, ...others] = subjects.map(({ id, name }) => ({ id, name: cleanLine(name) }));
  if (!first) return {};
  const people = others.length === 0 ? peopleFor(context, first.id) : peopleForAll(context);
  const started = compose({ form, accountId: first.id, accountName: first.name, others, people });
  const accountIds = addressees(started).map(({ id }) => id);
  const key = draftKey(started);
  return {
    ui: pushOverlay(context.ui, { kind: 'editor', compose: started }),
    effects: [
      { do: 'openText', key, begin: template && { accountIds, template } },
      { do: 'readOffered', key, form, accountIds },
    ],
  };
}

/** Whoever writes, the account's owner, its lead, then everybody by name; null: the account is not one. */
function peopleFor({ workspace, snapshot }: Context, accountId: string | null): readonly Choice[] {
  const { people, myId } = workspace;
  const row = accountId === null ? null : findRow(snapshot, accountId);
  const first = [myId, row?.owner?.id ?? null, row ? workspace.leadOf(row) : null].filter((id) => id !== null);
  const ids = [...new Set([...first, ...people.map(({ id }) => id)])];
  const named = ids.map((value) => ({ value, label: people.find(({ id }) => id === value)?.name ?? value }));
  return myId === null ? [{ value: '', label: null }, ...named] : named;
}

/** Whoever writes, the owner of each account, then everybody by name. */
function peopleForAll(context: Context): readonly Choice[] {
  const [first, ...others] = peopleFor(context, null);
  return [...(first ? [first] : []), { value: EACH_OWNER, label: null }, ...others];
}

export const editorOf = (ui: Ui): EditorOverlay | null => {
  const top = topOverlay(ui);
  return top?.kind === 'editor' ? top : null;
};

/** The editor with `change` applied; while it is being queued nothing changes. */
export function edited(ui: Ui, change: (state: Compose) => Compose): Ui {
  const editor = editorOf(ui);
  return editor && !editor.compose.saving ? withOverlay(ui, { ...editor, compose: change(editor.compose) }) : ui;
}

/** The text in the editor, on top or below a list that is picked from. */
export function composeUnder(ui: Ui): Compose | null {
  const editor = ui.overlays.findLast((overlay) => overlay.kind === 'editor');
  return editor?.kind === 'editor' ? editor.compose : null;
}

export const pickerOf = (ui: Ui): Extract<Overlay, { kind: 'templates' }> | null => {
  const top = topOverlay(ui);
  return top?.kind === 'templates' ? top : null;
};

/** What the list of templates on top offers. */
export function templatesHere({ ui, workspace }: Pick<Context, 'ui' | 'workspace'>): readonly Template[] {
  const picker = pickerOf(ui);
  return picker ? templatesOfForm(workspace.templates(), picker.form) : [];
}

export const focusOn = (state: Compose, focus: Field): Compose => ({ ...state, focus });
