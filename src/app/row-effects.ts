/** Reads what of a queued row can be changed, and keeps what was given. */
import { say } from '../components/say.ts';
import { BODY_LIMIT } from '../plays/intent.ts';
import { cleanLine } from '../text/clean.ts';
import type { MessageKey, MessageParams } from '../text/messages/index.ts';
import type { Instant } from '../units/day.ts';
import type { Effect } from './action.ts';
import { askRow } from './actions/row.ts';
import type { Hands } from './hands.ts';
import { popOverlay, pushOverlay, type RowEdit, topOverlay, topScreen, type Ui } from './state.ts';

const TOAST_MS = 6000;

export async function rowEffect(effect: Extract<Effect, { do: 'readRow' | 'editRow' }>, hands: Hands): Promise<void> {
  const { workspace, lang, update } = hands;
  const told = (ui: Ui, key: MessageKey, params: MessageParams = {}, tone: 'plain' | 'problem' = 'problem'): Ui => ({
    ...ui,
    toast: { text: say(lang, key, params), tone, until: (workspace.now() + TOAST_MS) as Instant },
  });
  const { id } = effect;

  if (effect.do === 'readRow') {
    const fields = await workspace.rowFields(id);
    if (fields === null) return update((ui) => told(ui, 'outbox.why.noEdit'));
    const required = fields.filter((field) => field.required);
    const edit: RowEdit = { id, fields: required.length > 0 ? required : fields, given: {} };
    return update((ui) => {
      const screen = topScreen(ui);
      // Somebody who has gone on is not called back.
      if (screen.name !== 'outbox' || screen.selectedId !== id || topOverlay(ui)) return ui;
      if (required.length > 0 || fields.length === 1) return askRow(ui, edit);
      return pushOverlay(ui, { kind: 'menu', menu: 'rowField', index: 0, edit });
    });
  }

  try {
    const edited = await workspace.editRow(id, effect.fields);
    if (edited === null) return update((ui) => told(ui, 'outbox.why.noEdit'));
    if (!edited.ok) {
      const { kind, message } = edited.error;
      if (kind === 'too_long') return update((ui) => told(ui, 'outbox.toast.tooLong', { limit: BODY_LIMIT.toLocaleString('en') }));
      return update((ui) => told(ui, 'app.compose.failed', { why: cleanLine(message) }));
    }
    const how = edited.value === id ? 'outbox.toast.edited' : 'outbox.toast.editQueued';
    update((ui) => told(editOf(ui)?.id === id ? popOverlay(ui) : ui, how, {}, 'plain'));
    hands.reload();
  } catch (error) {
    update((ui) => told(ui, 'app.compose.failed', { why: cleanLine(error instanceof Error ? error.message : String(error)) }));
  }
}

/** The row that is asked about on top. */
function editOf(ui: Ui): RowEdit | null {
  const top = topOverlay(ui);
  if (top?.kind === 'words') return top.about.what === 'row' ? top.about.edit : null;
  if (top?.kind === 'ask') return top.about.what === 'row' ? top.about.edit : null;
  return top?.kind === 'menu' ? (top.edit ?? null) : null;
}
