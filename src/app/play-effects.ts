/** Reading what a play needs, and queueing it: all of its steps on all of its accounts, or none. */
import { say } from '../components/say.ts';
import { plannedOf, runId } from '../plays/planned.ts';
import { cleanLine } from '../text/clean.ts';
import type { Instant } from '../units/day.ts';
import type { Effect } from './action.ts';
import { playOverlay, runPlay, withPane } from './actions/play.ts';
import type { Hands } from './hands.ts';
import { popOverlay, type Ui, withOverlay } from './state.ts';

/** Enter that was pressed meanwhile runs now. */
export async function readPlay(
  { ids }: Extract<Effect, { do: 'readPlay' }>,
  hands: Hands,
  run: (effect: Effect) => Promise<void>,
): Promise<void> {
  const { workspace, lang } = hands;
  const kit = await workspace.playKit();
  const views = new Map(await Promise.all(ids.map(async (id) => [id, await workspace.account(id)] as const)));
  const next: Effect[] = [];
  hands.update((ui) => {
    const read = withPane(ui, (pane) => ({ ...pane, kit, views }));
    if (playOverlay(read)?.wanted !== true) return read;
    const outcome = runPlay({ ui: read, workspace, lang });
    next.push(...(outcome.effects ?? []));
    return outcome.ui ?? read;
  });
  for (const effect of next) await run(effect);
}

export async function runPlayOn({ all, lang }: Extract<Effect, { do: 'runPlay' }>, hands: Hands): Promise<void> {
  const { workspace, update } = hands;
  const refused = (why: string) =>
    update((ui) => {
      const pane = playOverlay(ui);
      return pane
        ? withOverlay(ui, {
            kind: 'play',
            pane: { ...pane, saving: false, problem: say(lang, 'app.compose.failed', { why: cleanLine(why) }) },
          })
        : ui;
    });
  try {
    const at = workspace.now();
    const planned = all.flatMap(({ row, prepared }) =>
      plannedOf(prepared, { companyId: row.id, at, meId: workspace.myId, run: runId(Math.random), lang }),
    );
    const queued = await workspace.actAll(planned, all[0]?.prepared.play.id);
    if (!queued.ok) return refused(queued.error.message);
    const { ids, undoUntil } = queued.value;
    const [id = '', ...also] = ids;
    const left = Math.max(0, undoUntil - workspace.now());
    update((ui): Ui => {
      const text = say(lang, 'plays.toast.queued', {
        n: ids.length,
        accounts: say(lang, 'plays.pane.accounts', { n: all.length }),
        seconds: Math.round(left / 1000),
      });
      return {
        ...(playOverlay(ui) ? popOverlay(ui) : ui),
        book: { ...ui.book, marked: new Set() },
        undo: { id, also, until: undoUntil, compose: null },
        undoQuiet: null,
        toast: { text, tone: 'plain', until: (workspace.now() + Math.max(left, 4000)) as Instant },
      };
    });
    hands.reload();
  } catch (error) {
    refused(error instanceof Error ? error.message : String(error));
  }
}
