/** Setting up a portal without a terminal: keys in, state out; every answer of HubSpot comes back through `update`. */

import { textBuffer } from '../../components/text-buffer.ts';
import { edgeScroll } from '../../components/window.ts';
import type { Setup, SetupAnswers } from '../../open.ts';
import { at, initialSetup, isTypingSetup, rowsOf, type SetupUi, shownOwners } from '../../screens/setup/state.ts';
import { setupPage } from '../../screens/setup/view-model.ts';
import { cleanLine } from '../../text/clean.ts';
import type { Lang } from '../../text/messages/index.ts';
import { SCOPES } from '../../workspace/access.ts';
import { typedText, withoutShift } from '../keys.ts';
import { SET_UP } from '../leave.ts';
import type { Shown } from '../shown.ts';
import type { Size } from '../state.ts';
import type { World } from '../world.ts';
import { answered, type SetupContext, type SetupEffect, setupActionsIn, setupMode, toMapping, typeText } from './actions.ts';
import { setupFrame, setupHeight } from './frame.ts';

export interface SetupModelOptions {
  readonly setup: Setup;
  readonly lang: Lang;
  readonly size: Size;
  readonly world: Pick<World, 'exit' | 'suspend'>;
  /** Straight to this key of the mapping. */
  readonly goTo: string | null;
  readonly onError: (error: unknown) => void;
}

export interface SetupModel extends Shown {
  /** Resolves when nothing is being asked or kept any more. */
  idle(): Promise<void>;
}

export function createSetupModel({ setup, lang, size, world, goTo, onError }: SetupModelOptions): SetupModel {
  const listeners = new Set<() => void>();
  let ui = initialSetup(size, setup.answers);
  let version = {};
  let busy = 0;
  let idlers: (() => void)[] = [];
  let keeping: Promise<void> = Promise.resolve();
  /** What is being looked at: an older answer changes nothing. */
  let looking: object | null = null;
  let started = false;

  const context = (): SetupContext => ({ ui, setup, height: setupHeight(ui.size), lang });

  function commit(next: SetupUi): void {
    ui = next;
    version = {};
    lookAtChoice();
    for (const listener of listeners) listener();
  }

  function track(work: Promise<void>): void {
    busy += 1;
    work.catch(onError).finally(() => {
      busy -= 1;
      if (busy > 0) return;
      const waiting = idlers;
      idlers = [];
      for (const done of waiting) done();
    });
  }

  /** Reads what the choice under the cursor does, where that is not known yet. */
  function lookAtChoice(): void {
    const key = ui.step === 'mapping' ? ui.keys[ui.index] : undefined;
    if (!key || key.value === null || ui.previews !== null) return;
    const { value } = key;
    const known = setup.previews(key.key, value, ui.answers);
    if (known !== null) {
      ui = { ...ui, previews: known };
      return;
    }
    const mine = {};
    looking = mine;
    const { answers } = ui;
    track(
      setup.look(key.key, value, answers).then(() => {
        if (looking === mine) commit({ ...ui, previews: setup.previews(key.key, value, answers) ?? [] });
      }),
    );
  }

  const asking = (work: () => Promise<void>): void => {
    commit({ ...ui, busy: true, problem: null });
    track(
      work().catch((error: unknown) => {
        onError(error);
        commit({ ...ui, busy: false, problem: cleanLine(error instanceof Error ? error.message : String(error)) });
      }),
    );
  };

  const failed = (message: string): void => commit({ ...ui, busy: false, problem: cleanLine(message) });

  async function check(token: string | null): Promise<void> {
    const checked = await setup.check(token);
    if (!checked.ok) return failed(checked.error);
    const { portal, access } = checked.value;
    // While the scopes are read by a person, the portal is read by us.
    if (access.every(({ id, state }) => id !== 'companies' || state === 'ok')) track(setup.explore().then(() => undefined));
    commit({ ...at(ui, 'access'), busy: false, token: textBuffer(), portal, access, answers: merged(setup.answers) });
  }

  /** Answers given on this screen stand over those that were kept. */
  const merged = (kept: SetupAnswers): SetupAnswers => ({
    me: ui.answers.me ?? kept.me,
    all: ui.answers.all || kept.all,
    mapping: { ...kept.mapping, ...ui.answers.mapping },
  });

  async function explore(): Promise<void> {
    const read = await setup.explore();
    if (!read.ok) return failed(read.error);
    const owners = setup.owners();
    const next: SetupUi = { ...at(ui, 'owner'), busy: false, owners, search: textBuffer() };
    const mine = owners.findIndex(({ id }) => id === ui.answers.me?.ownerId);
    const index = ui.answers.all ? shownOwners(next).length : Math.max(0, mine);
    const page = setupPage(next, setupHeight(next.size));
    commit({ ...next, index, offset: edgeScroll(0, index, page, rowsOf(next)) });
  }

  /** What is set up already is passed by: the mapping comes first, and a step back leads to what lies before it. */
  async function resume(): Promise<void> {
    await check(null);
    const barred = ui.step !== 'access' || ui.access.some(({ id, state }) => id === 'companies' && state !== 'ok');
    if (barred || !setup.connected) return;
    commit({ ...ui, busy: true });
    await explore();
    if (ui.step !== 'owner' || (ui.answers.me === null && !ui.answers.all)) return;
    const next = answered(ui, setup, ui.answers);
    const index = goTo === null ? -1 : next.keys.findIndex(({ key }) => key === goTo);
    commit(index < 0 ? toMapping(next, setupHeight(ui.size)) : toMapping(next, setupHeight(ui.size), index));
  }

  async function finish(): Promise<void> {
    const saved = await setup.finish(ui.answers);
    if (!saved.ok) return failed(saved.error);
    commit({ ...at(ui, 'sync'), busy: true });
    // Refused, the reference in the text does it; `outbox probe` tells why.
    if (ui.mark) await setup.mark();
    await sync();
  }

  async function sync(): Promise<void> {
    const synced = await setup.sync((progress) => commit({ ...ui, progress }));
    if (!synced.ok) return failed(synced.error);
    world.exit(SET_UP);
  }

  /** One after the other, so that the last answers are what is kept. */
  function keep(): Promise<void> {
    const { answers, step } = ui;
    if (step !== 'sync') keeping = keeping.then(() => setup.keep(answers)).catch(onError);
    return keeping;
  }

  function perform(effect: SetupEffect): void {
    switch (effect.do) {
      case 'check':
        asking(() => check(effect.token));
        break;
      case 'explore':
        asking(explore);
        break;
      case 'keep':
        track(keep());
        break;
      case 'finish':
        asking(() => keeping.then(finish));
        break;
      case 'sync':
        asking(sync);
        break;
      case 'suspend':
        track(world.suspend());
        break;
      case 'exit':
        track(keeping.then(() => world.exit(effect.code)));
        break;
    }
  }

  function dispatch(name: string): void {
    const action = setupActionsIn(setupMode(ui)).find(({ keys }) => keys.includes(withoutShift(name)));
    if (!action) {
      const text = isTypingSetup(ui) ? typedText(name) : null;
      if (text !== null) commit(typeText(ui, setup, text));
      return;
    }
    const reason = action.disabled?.(context()) ?? null;
    if (reason !== null) return;
    const outcome = action.run(context());
    if (outcome.ui) commit(outcome.ui);
    for (const effect of outcome.effects ?? []) perform(effect);
  }

  return {
    snapshot: () => version,
    subscribe(listener) {
      listeners.add(listener);
      // The first question goes out once somebody looks.
      if (!started) {
        started = true;
        if (setup.token === 'env' || (setup.token === 'kept' && (setup.connected || setup.resumed))) queueMicrotask(() => asking(resume));
      }
      return () => listeners.delete(listener);
    },
    frame: (shown) => setupFrame({ ...context(), ui: { ...ui, size: shown } }, SCOPES),
    press(names) {
      for (const name of names) dispatch(name);
    },
    point(event) {
      if (event.kind === 'wheel') dispatch(event.by > 0 ? 'down' : 'up');
    },
    paste(text) {
      if (isTypingSetup(ui)) commit(typeText(ui, setup, text));
    },
    resize(next) {
      if (next.columns !== ui.size.columns || next.rows !== ui.size.rows) commit({ ...ui, size: next });
    },
    idle: () => (busy === 0 ? Promise.resolve() : new Promise((done) => idlers.push(done))),
    flush: () => keeping,
    close: () => listeners.clear(),
  };
}
