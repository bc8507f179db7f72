/** Texts: brought back, begun with a template, kept, edited elsewhere, queued and taken back. */
import { say } from '../components/say.ts';
import { textBuffer } from '../components/text-buffer.ts';
import type { ActedAll } from '../open.ts';
import { filled } from '../plays/templates.ts';
import { draftKey, draftOf, restoreDraft } from '../screens/compose/draft.ts';
import { opened } from '../screens/compose/several.ts';
import { addressees, begunWith, type Compose, isOnSeveral, withRead } from '../screens/compose/state.ts';
import { type Clean, cleanLine } from '../text/clean.ts';
import type { MessageKey, MessageParams } from '../text/messages/index.ts';
import type { Instant } from '../units/day.ts';
import { err, ok, type Result } from '../units/result.ts';
import type { Begin, Effect } from './action.ts';
import { editorOf } from './actions/editing.ts';
import { typedWords, wordsOf } from './actions/row.ts';
import { save, withBody } from './actions/write.ts';
import { findRow } from './context.ts';
import type { Hands } from './hands.ts';
import { type Held, intentsOnAll, queueOnAll } from './several-effects.ts';
import { type EditorOverlay, pushOverlay, type Toast, type Ui } from './state.ts';

export type WriteEffect = Extract<
  Effect,
  {
    do:
      | 'openText'
      | 'beginWith'
      | 'readOffered'
      | 'keepDraft'
      | 'externalEditor'
      | 'editWords'
      | 'act'
      | 'actOnAll'
      | 'postMortem'
      | 'preview'
      | 'previewAll'
      | 'undo';
  }
>;

const TOAST_MS = 6000;

const because = (error: unknown): Clean => cleanLine(error instanceof Error ? error.message : String(error));

export async function writeEffect(effect: WriteEffect, hands: Hands, run: (effect: Effect) => Promise<void>): Promise<void> {
  switch (effect.do) {
    case 'openText':
      return reading(effect.key, hands, run, async () => {
        await bringDraft(effect.key, hands);
        if (effect.begin) await begin(effect.key, effect.begin, hands);
      });
    case 'beginWith':
      return reading(effect.key, hands, run, () => begin(effect.key, effect.begin, hands));
    case 'readOffered':
      return readOffered(effect, hands);
    case 'keepDraft':
      return keepDraft(effect.compose, hands);
    case 'externalEditor':
      return editOutside(effect.compose, hands);
    case 'editWords':
      return editWords(effect.text, hands);
    case 'act':
    case 'actOnAll':
    case 'postMortem':
      return act(effect, hands);
    case 'preview':
      return preview(effect, hands);
    case 'previewAll':
      return previewAll(effect.compose, hands);
    case 'undo':
      return undo(effect, hands);
  }
}

const told =
  ({ workspace, lang, update }: Hands) =>
  (key: MessageKey, params: MessageParams = {}, tone: Toast['tone'] = 'plain', ms = TOAST_MS) =>
    update((ui) => ({ ...ui, toast: { text: say(lang, key, params), tone, until: (workspace.now() + ms) as Instant } }));

const isEditorOf = (overlay: Ui['overlays'][number], key: string): overlay is EditorOverlay =>
  overlay.kind === 'editor' && draftKey(overlay.compose) === key;

const inEditor = (ui: Ui, key: string, change: (state: Compose) => Compose): Ui => ({
  ...ui,
  overlays: ui.overlays.map((overlay) => (isEditorOf(overlay, key) ? { ...overlay, compose: change(overlay.compose) } : overlay)),
});

/** Whatever comes of it, the text is whole afterwards; saving that was asked for meanwhile happens now. */
async function reading(key: string, hands: Hands, run: (effect: Effect) => Promise<void>, read: () => Promise<void>): Promise<void> {
  const { workspace, lang, update } = hands;
  let problem: Clean | null = null;
  try {
    await read();
  } catch (error) {
    problem = because(error);
  }
  const next: Effect[] = [];
  update((ui) => {
    const top = editorOf(ui);
    const isWanted = top !== null && isEditorOf(top, key) && top.compose.wanted && problem === null;
    const whole = inEditor(ui, key, (state) => ({ ...state, reading: false, wanted: false, problem: problem ?? state.problem }));
    if (!isWanted) return whole;
    const outcome = save({ ui: whole, workspace, lang, now: workspace.now() });
    next.push(...(outcome.effects ?? []));
    return outcome.ui ?? whole;
  });
  for (const effect of next) await run(effect);
}

async function bringDraft(key: string, { workspace, update }: Hands): Promise<void> {
  const kept = await workspace.draft(key);
  if (kept !== null) update((ui) => inEditor(ui, key, (state) => restoreDraft(state, kept)));
}

async function begin(key: string, { accountIds, template }: Begin, { workspace, lang, update }: Hands): Promise<void> {
  const [accountId = '', ...others] = accountIds;
  if (others.length > 0)
    return update((ui) => inEditor(ui, key, (state) => begunWith(state, template, opened(template, lang, workspace.today))));
  const facts = await workspace.facts(accountId);
  if (facts === null) throw new Error(say(lang, 'writing.why.gone'));
  const renewal = findRow(workspace.snapshot(), accountId)?.renewalDate ?? null;
  const text = filled(template, { facts, lang, today: workspace.today, renewal });
  update((ui) => inEditor(ui, key, (state) => begunWith(state, template, text)));
}

async function readOffered({ key, form, accountIds }: Extract<Effect, { do: 'readOffered' }>, { workspace, update }: Hands): Promise<void> {
  if (form === 'postmortem') {
    const [reasons, reviewed] = [await workspace.churnReasons(), await workspace.isLookedBack(accountIds[0] ?? '')];
    update((ui) => inEditor(ui, key, (state) => withRead(state, { records: [], dispositions: [], reasons, reviewed })));
    return;
  }
  const [accountId = '', ...others] = accountIds;
  const { records, dispositions } = await workspace.recordsOf(accountId);
  // They are the first account's alone.
  const own = others.length === 0 ? records : [];
  update((ui) => inEditor(ui, key, (state) => withRead(state, { records: own, dispositions, reasons: null, reviewed: false })));
}

/** Who leaves before the earlier text has come back keeps both. */
async function keepDraft(compose: Compose, { workspace, drafts }: Hands): Promise<void> {
  const key = draftKey(compose);
  const earlier = compose.reading ? await workspace.draft(key) : null;
  drafts.keep(key, draftOf(earlier === null ? compose : restoreDraft(compose, earlier)));
  return drafts.flush();
}

async function preview({ key, what }: Extract<Effect, { do: 'preview' }>, { workspace, update }: Hands): Promise<void> {
  const shown = await workspace.preview(what);
  if (!shown.ok) return update((ui) => inEditor(ui, key, (state) => ({ ...state, problem: cleanLine(shown.error.message) })));
  update((ui) => shownAs(ui, shown.value.map(requestText).join('\n\n')));
}

const requestText = ({ method, path, body }: { readonly method: string; readonly path: string; readonly body: unknown }): string =>
  `${method} ${path}\n${JSON.stringify(body, null, 2)}`;

const shownAs = (ui: Ui, text: string): Ui =>
  editorOf(ui) ? pushOverlay(ui, { kind: 'preview', text: textBuffer(text, true), offset: 0 }) : ui;

/** Each account's requests below its name. */
async function previewAll(compose: Compose, hands: Hands): Promise<void> {
  const { workspace, update, lang } = hands;
  const refused = (problem: Clean) => update((ui) => inEditor(ui, draftKey(compose), (state) => ({ ...state, problem })));
  try {
    const intents = await intentsOnAll(compose, hands);
    if (!intents.ok) return refused(intents.error.problem);
    const parts: string[] = [];
    for (const [index, { name }] of addressees(compose).entries()) {
      const intent = intents.value[index];
      const shown = intent && (await workspace.preview(intent));
      if (!shown) continue;
      if (!shown.ok) return refused(say(lang, 'several.named', { names: name, why: cleanLine(shown.error.message) }));
      parts.push([name, ...shown.value.map(requestText)].join('\n'));
    }
    update((ui) => shownAs(ui, parts.join('\n\n')));
  } catch (error) {
    refused(because(error));
  }
}

type Acting = Extract<Effect, { do: 'act' | 'actOnAll' | 'postMortem' }>;

/** Every row that it made, the first one first; or why there is none, and the field at fault. */
async function queued(effect: Acting, hands: Hands): Promise<Result<Pick<ActedAll, 'ids' | 'undoUntil'>, Held>> {
  const { workspace } = hands;
  if (effect.do === 'actOnAll') return queueOnAll(effect.compose, hands);
  if (effect.do === 'act') {
    const done = await workspace.act(effect.intent);
    return done.ok
      ? ok({ ids: [done.value.id], undoUntil: done.value.undoUntil })
      : err({ problem: cleanLine(done.error.message), field: null });
  }
  const done = await workspace.postMortem(effect.wish);
  return done.ok ? done : err({ problem: cleanLine(done.error.message), field: null });
}

async function act(effect: Acting, hands: Hands): Promise<void> {
  const { workspace, drafts, lang } = hands;
  const { draftKey: key } = effect;
  const toast = told(hands);
  const refused = ({ problem, field }: Held) =>
    hands.update((ui) => inEditor(ui, key, (state) => ({ ...state, saving: false, problem, focus: field ?? state.focus })));
  try {
    const result = await queued(effect, hands);
    if (!result.ok) return refused(result.error);
    const { undoUntil } = result.value;
    const [id = '', ...also] = result.value.ids;
    const n = effect.do === 'actOnAll' ? addressees(effect.compose).length : 1;
    hands.update((ui) => {
      const editor = ui.overlays.find((overlay) => isEditorOf(overlay, key));
      const compose = editor && isEditorOf(editor, key) ? { ...editor.compose, saving: false } : null;
      return {
        ...ui,
        overlays: ui.overlays.filter((overlay) => !isEditorOf(overlay, key)),
        ...(n > 1 ? { book: { ...ui.book, marked: new Set<string>() } } : {}),
        undo: { id, also, until: undoUntil, compose },
        undoQuiet: null,
      };
    });
    // It is on disk: nobody waits for what is tidied up.
    const left = undoUntil - workspace.now();
    const seconds = Math.round(left / 1000);
    if (left <= 0) toast(n > 1 ? 'several.toast.queuedAtOnce' : 'app.toast.queuedAtOnce', { n });
    else if (n > 1) toast('several.toast.queued', { n, seconds }, 'plain', left);
    else toast('app.toast.queued', { n: seconds }, 'plain', left);
    drafts.keep(key, null);
    await drafts.flush();
    hands.reload();
  } catch (error) {
    refused({ problem: say(lang, 'app.compose.failed', { why: because(error) }), field: null });
  }
}

/** What is taken back is not thrown away: it becomes a draft again. */
async function undo({ id, also, compose }: Extract<Effect, { do: 'undo' }>, hands: Hands): Promise<void> {
  const { workspace, drafts } = hands;
  const toast = told(hands);
  let undone = await workspace.undo(id);
  // Told by what could not be taken back, where there is any.
  for (const other of also) undone = (await workspace.undo(other)) === null ? null : undone;
  if (undone && compose) {
    if (compose.form === 'postmortem') await workspace.undoPostMortem(compose.accountId);
    // Somebody meant it: a template's own words are kept too.
    drafts.keep(draftKey(compose), draftOf({ ...compose, begun: null }));
    await drafts.flush();
  }
  if (undone === null) toast('app.toast.tooLate', {}, 'problem');
  else
    toast(
      undone === 'removed' && compose ? (isOnSeveral(compose) ? 'several.toast.undone' : 'app.toast.undone') : `outbox.undone.${undone}`,
    );
  hands.reload();
}

async function editOutside(compose: Compose, hands: Hands): Promise<void> {
  await keepDraft(compose, hands);
  await outside(compose.body.text, hands, withBody);
}

const editWords = (text: string, hands: Hands): Promise<void> =>
  outside(text, hands, (ui, edited) => (wordsOf(ui) ? typedWords(ui, () => textBuffer(edited, true)) : ui));

/** `put` is given what was saved, without the line end that editors add. */
async function outside(text: string, hands: Hands, put: (ui: Ui, text: string) => Ui): Promise<void> {
  const result = await hands.world.edit(text);
  if (!result.ok) return told(hands)(result.because === 'no-editor' ? 'app.toast.noEditor' : 'app.toast.editorFailed', {}, 'problem');
  hands.update((ui) => put(ui, result.text.replace(/\n$/, '')));
}
