/** What is put aside on this machine: no row of the outbox, but to be taken back all the same. */
import { say } from '../components/say.ts';
import type { QuietBefore } from '../open.ts';
import { cleanLine } from '../text/clean.ts';
import { formatDay } from '../text/format.ts';
import type { Instant } from '../units/day.ts';
import type { Effect } from './action.ts';
import type { Hands } from './hands.ts';
import { topScreen, type Ui } from './state.ts';

type QuietEffect = Extract<Effect, { do: 'snooze' | 'dismiss' | 'restoreQuiet' | 'pulse' | 'done' | 'briefSeen' | 'choose' }>;

/** Nothing leaves this machine, so that there is time to think better of it. */
const UNDO_MS = 60_000;
const TOAST_MS = 6000;

export async function putAside(effect: QuietEffect, { workspace, lang, update, reload }: Hands): Promise<void> {
  const told = (ui: Ui, text: ReturnType<typeof say>, tone: 'plain' | 'problem' = 'plain'): Ui => ({
    ...ui,
    toast: { text, tone, until: (workspace.now() + TOAST_MS) as Instant },
  });
  const undoable = (was: Awaited<ReturnType<typeof workspace.snooze>>) => ({ was, until: (workspace.now() + UNDO_MS) as Instant });
  try {
    switch (effect.do) {
      case 'snooze': {
        const was = await workspace.snooze(effect.ids, effect.wish);
        const n = effect.ids.length;
        const text = effect.wish
          ? say(lang, 'quiet.toast.snoozed', { n, day: formatDay(effect.wish.until, lang) })
          : say(lang, 'quiet.toast.woken', { n });
        update((ui) => told({ ...ui, undoQuiet: undoable(was), book: { ...ui.book, marked: new Set() } }, text));
        break;
      }
      case 'dismiss': {
        const was = await workspace.dismiss(effect.id, effect.signal, effect.reason);
        const text = say(lang, effect.reason ? 'quiet.toast.dismissed' : 'quiet.toast.restored');
        update((ui) => told({ ...ui, undoQuiet: undoable(was) }, text));
        break;
      }
      case 'restoreQuiet':
        await workspace.restore(effect.was);
        update((ui) => told(backTo(ui, effect.was), say(lang, 'quiet.toast.undone')));
        break;
      case 'done': {
        const was = await workspace.markDone(effect.ids, effect.done);
        const text = say(lang, effect.done ? 'morning.toast.done' : 'morning.toast.undone', { n: effect.ids.length });
        update((ui) => told({ ...ui, undoQuiet: undoable(was), book: { ...ui.book, marked: new Set() } }, text));
        return;
      }
      case 'briefSeen': {
        const was = await workspace.briefSeen();
        update((ui) => told({ ...ui, undoQuiet: undoable(was) }, say(lang, 'morning.toast.seen')));
        return;
      }
      case 'choose': {
        const { change, said } = effect;
        const was = await workspace.choose(change);
        update((ui) => (said === null ? { ...ui, undoQuiet: undoable(was) } : told({ ...ui, undoQuiet: undoable(was) }, say(lang, said))));
        return;
      }
      case 'pulse': {
        const { accountId, points, because } = effect;
        const until = await workspace.pulse({ accountId, points, because });
        update((ui) => told(ui, say(lang, 'quiet.toast.pulse', { day: formatDay(until, lang) })));
      }
    }
    reload();
  } catch (error) {
    const why = cleanLine(error instanceof Error ? error.message : String(error));
    update((ui) => told(ui, say(lang, 'quiet.toast.failed', { why }), 'problem'));
  }
}

/** The account that is back is the one to go on with. */
function backTo(ui: Ui, was: QuietBefore): Ui {
  const id =
    was.kind === 'snoozes' || was.kind === 'done' ? [...was.before.keys()][0] : was.kind === 'dismissal' ? was.accountId : undefined;
  return id === undefined || topScreen(ui).name !== 'book' ? ui : { ...ui, book: { ...ui.book, selectedId: id } };
}
