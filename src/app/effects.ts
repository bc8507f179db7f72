/** Carries out what actions ask for. Everything that comes back changes the ui state through `Hands.update`. */

import { say } from '../components/say.ts';
import { problemText } from '../rules/problem.ts';
import { type Compose, draftKey, draftOf, restoreDraft } from '../screens/compose/state.ts';
import type { Clean } from '../text/clean.ts';
import { cleanLine } from '../text/clean.ts';
import type { MessageKey, MessageParams } from '../text/messages/index.ts';
import type { Instant } from '../units/day.ts';
import type { Effect } from './action.ts';
import { withBody } from './actions/write.ts';
import type { Hands } from './hands.ts';
import { readPlay, runPlayOn } from './play-effects.ts';
import { putAside } from './quiet-effects.ts';
import { rowEffect } from './row-effects.ts';
import { type EditorOverlay, pushOverlay, type Toast, topScreen, type Ui, withScreen } from './state.ts';
import { queueTask } from './task-effects.ts';

/** How long a toast stays, where nothing else says so. */
const TOAST_MS = 6000;

/** `https` with a host and nothing that a shell or a browser could take for more. */
const isSafeUrl = (url: string): boolean => /^https:\/\/[a-z0-9.-]+(?::\d+)?(?:\/[\w\-./?=&%#~+:,@]*)?$/i.test(url);

export function withToast(ui: Ui, text: Clean, tone: Toast['tone'], until: Instant): Ui {
  return { ...ui, toast: { text, tone, until } };
}

export async function perform(effect: Effect, hands: Hands): Promise<void> {
  const { workspace, world, drafts, lang } = hands;
  const toast = (key: MessageKey, params: MessageParams = {}, tone: Toast['tone'] = 'plain', ms = TOAST_MS): void =>
    hands.update((ui) => withToast(ui, say(lang, key, params), tone, (workspace.now() + ms) as Instant));

  switch (effect.do) {
    case 'exit':
      await drafts.flush();
      world.exit(effect.code);
      return;
    case 'suspend':
      await drafts.flush();
      return world.suspend();
    case 'briefSince':
      workspace.briefSince(effect.since);
      return;
    case 'refresh':
      workspace.refresh();
      return;
    case 'copy':
      world.copy(effect.text);
      toast('app.toast.copied', { text: cleanLine(effect.text) });
      return;
    case 'browse': {
      if (!isSafeUrl(effect.url)) return toast('app.toast.badUrl', {}, 'problem');
      if (await world.browse(effect.url)) return toast('app.toast.opened');
      world.copy(effect.url);
      hands.update((ui) => pushOverlay(ui, { kind: 'address', url: cleanLine(effect.url) }));
      return;
    }
    case 'restoreDraft': {
      const kept = await workspace.draft(effect.key);
      if (kept !== null) hands.update((ui) => inEditor(ui, effect.key, (state) => restoreDraft(state, kept)));
      return;
    }
    case 'savePolicy':
      return savePolicy(effect, hands);
    case 'keepDraft':
      drafts.keep(draftKey(effect.compose), draftOf(effect.compose));
      return drafts.flush();
    case 'externalEditor':
      return editOutside(effect.compose, hands, toast);
    case 'act':
      return act(effect, hands, toast);
    case 'undo':
      return undo(effect, hands, toast);
    case 'readPlay':
      return readPlay(effect, hands, (next) => perform(next, hands));
    case 'runPlay':
      return runPlayOn(effect, hands);
    case 'copyText':
      world.copy(effect.text);
      return toast(effect.said);
    case 'mailto':
      if (await world.browse(effect.url)) return toast('plays.toast.mail');
      return toast('plays.toast.noMail', {}, 'problem');
    case 'snooze':
    case 'dismiss':
    case 'restoreQuiet':
    case 'pulse':
    case 'done':
    case 'briefSeen':
    case 'choose':
      return putAside(effect, hands);
    case 'queue':
    case 'handOver':
    case 'escalate':
      return queueTask(effect, hands);
    case 'retry':
      toast((await workspace.retry(effect.id)) ? 'app.toast.retrying' : 'app.toast.notRetried');
      return hands.reload();
    case 'readRow':
    case 'editRow':
      return rowEffect(effect, hands);
    case 'heal':
      toast('outbox.toast.healing', { n: await workspace.healDoubles() });
      return hands.reload();
    case 'drop':
      toast((await workspace.drop(effect.id)) ? 'app.toast.dropped' : 'app.toast.notDropped');
      return hands.reload();
  }
}

/** What was tried stays on the screen where it could not be written. */
async function savePolicy({ inForce, changes }: Extract<Effect, { do: 'savePolicy' }>, hands: Hands): Promise<void> {
  const { workspace, lang } = hands;
  const saved = await workspace.savePolicy(inForce, changes);
  const until = (workspace.now() + TOAST_MS) as Instant;
  if (!saved.ok) {
    const refused = saved.error;
    const what = refused.kind === 'wrong' ? problemText(refused.problem, lang) : refused.kind === 'unwritable' ? refused.because : '';
    return hands.update((ui) => withToast(ui, say(lang, `app.toast.policy.${refused.kind}`, { what: cleanLine(what) }), 'problem', until));
  }
  const text = say(lang, 'app.toast.policy.saved', { file: cleanLine(saved.value) });
  hands.update((ui) => {
    const screen = topScreen(ui);
    // Read anew: the rules are other ones now.
    const next = screen.name === 'rules' ? withScreen({ ...ui, rules: null }, { ...screen, points: new Map() }) : ui;
    return withToast(next, text, 'plain', until);
  });
}

type Say = (key: MessageKey, params?: MessageParams, tone?: Toast['tone'], ms?: number) => void;

const inEditor = (ui: Ui, key: string, change: (state: Compose) => Compose): Ui => ({
  ...ui,
  overlays: ui.overlays.map((overlay) => (isEditorOf(overlay, key) ? { ...overlay, compose: change(overlay.compose) } : overlay)),
});

const isEditorOf = (overlay: Ui['overlays'][number], key: string): overlay is EditorOverlay =>
  overlay.kind === 'editor' && draftKey(overlay.compose) === key;

async function act({ intent, draftKey: key }: Extract<Effect, { do: 'act' }>, hands: Hands, toast: Say): Promise<void> {
  const { workspace, drafts, lang } = hands;
  const refused = (problem: Clean) => hands.update((ui) => inEditor(ui, key, (state) => ({ ...state, saving: false, problem })));
  try {
    const result = await workspace.act(intent);
    if (!result.ok) return refused(cleanLine(result.error.message));
    const { id, undoUntil } = result.value;
    hands.update((ui) => {
      const editor = ui.overlays.find((overlay) => isEditorOf(overlay, key));
      const compose = editor && isEditorOf(editor, key) ? { ...editor.compose, saving: false } : null;
      return {
        ...ui,
        overlays: ui.overlays.filter((overlay) => !isEditorOf(overlay, key)),
        undo: { id, until: undoUntil, compose },
        undoQuiet: null,
      };
    });
    // It is on disk: nobody waits for what is tidied up.
    const left = undoUntil - workspace.now();
    if (left > 0) toast('app.toast.queued', { n: Math.round(left / 1000) }, 'plain', left);
    else toast('app.toast.queuedAtOnce');
    drafts.keep(key, null);
    await drafts.flush();
    hands.reload();
  } catch (error) {
    refused(say(lang, 'app.compose.failed', { why: cleanLine(error instanceof Error ? error.message : String(error)) }));
  }
}

/** What is taken back is not thrown away: it becomes a draft again. */
async function undo({ id, also, compose }: Extract<Effect, { do: 'undo' }>, hands: Hands, toast: Say): Promise<void> {
  let undone = await hands.workspace.undo(id);
  // Told by what could not be taken back, where there is any.
  for (const other of also) undone = (await hands.workspace.undo(other)) === null ? null : undone;
  if (undone && compose) {
    hands.drafts.keep(draftKey(compose), draftOf(compose));
    await hands.drafts.flush();
  }
  if (undone === null) toast('app.toast.tooLate', {}, 'problem');
  else toast(undone === 'removed' && compose ? 'app.toast.undone' : `outbox.undone.${undone}`);
  hands.reload();
}

async function editOutside(compose: Compose, hands: Hands, toast: Say): Promise<void> {
  hands.drafts.keep(draftKey(compose), draftOf(compose));
  await hands.drafts.flush();
  const result = await hands.world.edit(compose.body.text);
  if (!result.ok) return toast(result.because === 'no-editor' ? 'app.toast.noEditor' : 'app.toast.editorFailed', {}, 'problem');
  hands.update((ui) => withBody(ui, result.text.replace(/\n$/, '')));
}
