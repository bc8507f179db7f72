/** Carries out what actions ask for. Everything that comes back changes the ui state through `Hands.update`. */

import { say } from '../components/say.ts';
import { problemText } from '../rules/problem.ts';
import type { Clean } from '../text/clean.ts';
import { cleanLine } from '../text/clean.ts';
import { isSafeUrl } from '../text/links.ts';
import type { MessageKey, MessageParams } from '../text/messages/index.ts';
import type { Instant } from '../units/day.ts';
import type { Effect } from './action.ts';
import type { Hands } from './hands.ts';
import { readPlay, runPlayOn } from './play-effects.ts';
import { putAside } from './quiet-effects.ts';
import { rowEffect } from './row-effects.ts';
import { pushOverlay, type Toast, topScreen, type Ui, withScreen } from './state.ts';
import { queueTask } from './task-effects.ts';
import { writeEffect } from './write-effects.ts';

/** How long a toast stays, where nothing else says so. */
const TOAST_MS = 6000;

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
    case 'savePolicy':
      return savePolicy(effect, hands);
    case 'openText':
    case 'beginWith':
    case 'readOffered':
    case 'keepDraft':
    case 'externalEditor':
    case 'editWords':
    case 'act':
    case 'actOnAll':
    case 'postMortem':
    case 'preview':
    case 'previewAll':
    case 'undo':
      return writeEffect(effect, hands, (next) => perform(next, hands));
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
