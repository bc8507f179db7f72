/** Queueing what a key alone decides: a change of a task, a new owner, a question to the lead. */
import { say } from '../components/say.ts';
import { type Clean, cleanLine } from '../text/clean.ts';
import type { Lang } from '../text/messages/index.ts';
import type { Instant } from '../units/day.ts';
import type { Effect } from './action.ts';
import type { Hands } from './hands.ts';
import type { Ui } from './state.ts';

type TaskEffect = Extract<Effect, { do: 'queue' | 'handOver' | 'escalate' }>;

const TOAST_MS = 6000;

export async function queueTask(effect: TaskEffect, { workspace, update, reload, lang }: Hands): Promise<void> {
  const told = (ui: Ui, text: Clean, tone: 'plain' | 'problem', ms = TOAST_MS): Ui => ({
    ...ui,
    toast: { text, tone, until: (workspace.now() + ms) as Instant },
  });
  const failed = (why: string, lang: Lang) => update((ui) => told(ui, say(lang, 'app.compose.failed', { why: cleanLine(why) }), 'problem'));
  try {
    const queued =
      effect.do === 'queue' ? await workspace.act(effect.intent) : await workspace[effect.do](effect.accountId, effect.ownerId);
    if (!queued.ok) return failed(queued.error.message, lang);
    const { id, undoUntil } = queued.value;
    const left = Math.max(0, undoUntil - workspace.now());
    const text = left > 0 ? say(lang, 'app.toast.queued', { n: Math.round(left / 1000) }) : say(lang, 'app.toast.queuedAtOnce');
    update((ui) => told({ ...ui, undo: { id, until: undoUntil, compose: null }, undoQuiet: null }, text, 'plain', Math.max(left, 4000)));
    reload();
  } catch (error) {
    failed(error instanceof Error ? error.message : String(error), lang);
  }
}
