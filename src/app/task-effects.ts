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
  const queued: Queued[] = [];
  try {
    for (const act of actsOf(effect, workspace)) {
      const done = await act();
      // What was queued before it stays, and can be taken back.
      if (!done.ok) {
        failed(done.error.message, lang);
        break;
      }
      queued.push(done.value);
    }
    const [first, ...others] = queued;
    const until = queued.at(-1)?.undoUntil;
    if (first === undefined || until === undefined) return;
    const undo = { id: first.id, also: others.map(({ id }) => id), until, compose: null };
    if (queued.length < countOf(effect)) update((ui) => ({ ...ui, undo, undoQuiet: null }));
    else {
      const left = Math.max(0, until - workspace.now());
      const text = left > 0 ? say(lang, 'app.toast.queued', { n: Math.round(left / 1000) }) : say(lang, 'app.toast.queuedAtOnce');
      const book = (ui: Ui) => (effect.do === 'queue' ? ui.book : { ...ui.book, marked: new Set<string>() });
      update((ui) => told({ ...ui, book: book(ui), undo, undoQuiet: null }, text, 'plain', Math.max(left, 4000)));
    }
    reload();
  } catch (error) {
    failed(error instanceof Error ? error.message : String(error), lang);
  }
}

interface Queued {
  readonly id: string;
  readonly undoUntil: Instant;
}

const countOf = (effect: TaskEffect): number => (effect.do === 'queue' ? 1 : effect.accountIds.length);

/** One after the other, each a commit of its own. */
const actsOf = (effect: TaskEffect, workspace: Hands['workspace']): readonly (() => ReturnType<typeof workspace.act>)[] =>
  effect.do === 'queue'
    ? [() => workspace.act(effect.intent)]
    : effect.accountIds.map((accountId) => () => workspace[effect.do](accountId, effect.ownerId));
