/** The running app without a terminal: keys in, ui state out. One place changes the state; everything else is pure. */

import type { Line } from '../components/line.ts';
import type { Workspace } from '../open.ts';
import { accountLastOffset, FIRST_LOOK } from '../screens/account/view-model.ts';
import { draftKey, draftOf } from '../screens/compose/draft.ts';
import { helpLastOffset } from '../screens/help/view-model.ts';
import type { Lang } from '../text/messages/index.ts';
import type { Instant } from '../units/day.ts';
import type { Effect, Outcome } from './action.ts';
import { typeIntoSearch } from './actions/book.ts';
import { editorOf } from './actions/editing.ts';
import { givenKey, settingsInSight } from './actions/settings.ts';
import { typeIntoEditor } from './actions/write.ts';
import { actions, resolve } from './actions.ts';
import { clicked } from './click.ts';
import { type Context, contextOf } from './context.ts';
import { createDrafts } from './drafts.ts';
import { perform, withToast } from './effects.ts';
import { frameOf } from './frame.ts';
import { FRESH_MS, freshRows } from './fresh.ts';
import { helpSections } from './help.ts';
import { typedText } from './keys.ts';
import { layoutOf } from './layout.ts';
import { settled } from './move.ts';
import type { Press } from './pointer.ts';
import { createReads } from './reads.ts';
import { checkRemaps, remapText } from './remap.ts';
import type { Shown } from './shown.ts';
import { initialUi, isTyping, type KeyOverrides, modeOf, type Size, topScreen, type Ui, withScreen } from './state.ts';
import type { World } from './world.ts';

export interface Model extends Shown {
  /** The same object until something changes. */
  context(): Context;
  /** Resolves when nothing is being read, kept or queued any more. */
  idle(): Promise<void>;
}

export interface ModelOptions {
  readonly workspace: Workspace;
  readonly lang: Lang;
  readonly size: Size;
  readonly world: World;
  readonly overrides?: KeyOverrides;
  /** Told of what went wrong where no action waits for it. */
  readonly onError: (error: unknown) => void;
}

export function createModel({ workspace, lang, size, world, overrides: wanted = {}, onError }: ModelOptions): Model {
  let personalKeys = workspace.personal().keys;
  const { keys: first, problems } = checkRemaps(actions, wanted);
  let overrides = first;
  const listeners = new Set<() => void>();
  const drafts = createDrafts((key, text) => workspace.keepDraft(key, text), onError);
  let ui: Ui = initialUi(size);
  let context = contextOf(ui, workspace, lang, overrides);
  let busy = 0;
  let idlers: (() => void)[] = [];
  let toastTimer: NodeJS.Timeout | null = null;
  let freshTimer: NodeJS.Timeout | null = null;
  /** The book as it was last shown. */
  let listed = workspace.snapshot();

  function track(work: Promise<void>): void {
    busy += 1;
    work.catch(onError).finally(() => {
      busy -= 1;
      if (busy > 0) return;
      const waiting = idlers;
      idlers = [];
      for (const resolveIdle of waiting) resolveIdle();
    });
  }

  /** Everything that follows from a change: selection, scroll, what to read, what to keep; then the screen hears of it. */
  function commit(next: Ui): void {
    const before = ui;
    ui = next;
    context = contextOf(ui, workspace, lang, overrides);
    ui = heldToPage({ ...context, ui: settled(context) });
    context = { ...context, ui };
    if (ui.toast !== before.toast) armToast();
    reads.follow(ui);
    const compose = editorOf(ui)?.compose;
    if (compose && !compose.saving && !compose.reading) drafts.keep(draftKey(compose), draftOf(compose));
    for (const listener of listeners) listener();
  }

  const update = (change: (now: Ui) => Ui): void => commit(change(ui));
  const reads = createReads({ workspace, lang, shown: () => ui, update, track });

  function armToast(): void {
    if (toastTimer) clearTimeout(toastTimer);
    const { toast } = ui;
    if (!toast) return;
    toastTimer = setTimeout(
      () => update((now) => (now.toast === toast ? { ...now, toast: null } : now)),
      Math.max(0, toast.until - workspace.now()),
    ).unref();
  }

  function reload(): void {
    reads.outdate();
    if (workspace.personal().keys !== personalKeys) {
      personalKeys = workspace.personal().keys;
      overrides = checkRemaps(actions, personalKeys).keys;
    }
    const now = workspace.snapshot();
    const fresh = freshRows(listed, now);
    const changed = listed !== now && (fresh.size > 0 || ui.fresh.size > 0);
    listed = now;
    if (changed) armFresh();
    commit(changed ? { ...ui, fresh } : ui);
    reads.tellRefused();
  }

  function armFresh(): void {
    if (freshTimer) clearTimeout(freshTimer);
    freshTimer = setTimeout(() => update((now) => ({ ...now, fresh: new Set() })), FRESH_MS).unref();
  }

  const run = (effect: Effect): void => track(perform(effect, { workspace, world, drafts, lang, update, reload }));

  /** One key against the state that the key before it left behind. */
  function dispatch(key: string): void {
    context = { ...contextOf(ui, workspace, lang, overrides), ui };
    const action = resolve(key, modeOf(ui), overrides);
    if (!action) {
      if (modeOf(ui) === 'key') take(givenKey(actions, context, key));
      const text = isTyping(ui) ? typedText(key) : null;
      if (text !== null) ui = typed(text);
      return;
    }
    const reason = action.disabled?.(context) ?? null;
    if (reason !== null) {
      ui = withToast(ui, reason, 'problem', (workspace.now() + REASON_MS) as Instant);
      return;
    }
    take(action.run(context, key));
  }

  function take(outcome: Outcome): void {
    if (outcome.ui) {
      const next = contextOf(outcome.ui, workspace, lang, overrides);
      ui = settled(next);
    }
    for (const effect of outcome.effects ?? []) run(effect);
  }

  const typed = (text: string): Ui => (editorOf(ui) ? typeIntoEditor(ui, text) : typeIntoSearch(ui, text));

  const unsubscribe = workspace.subscribe(reload);
  const [odd] = problems;
  commit(odd ? withToast(ui, remapText(odd, lang), 'problem', (workspace.now() + REMAP_MS) as Instant) : ui);

  return {
    context: () => context,
    snapshot: () => context,
    frame: (size) => frameOf(sameSize(size, context.ui.size) ? context : { ...context, ui: { ...context.ui, size } }),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    press(names) {
      const before = ui;
      for (const name of names) dispatch(name);
      const after = ui;
      ui = before;
      commit(after);
    },
    point(event) {
      if (event.kind === 'wheel') return this.press(Array.from({ length: WHEEL_ROWS }, () => (event.by > 0 ? 'down' : 'up')));
      const before = ui;
      const lines = (): readonly Line[] => frameOf({ ...contextOf(ui, workspace, lang, overrides), ui }).lines;
      const press: Press = (key) => {
        dispatch(key);
        return lines();
      };
      const done = clicked(context, event.at, { press, lines, ui: () => ui });
      ui = before;
      if (done && 'keys' in done) this.press(done.keys);
      else commit(done?.ui ?? before);
    },
    paste(text) {
      if (isTyping(ui)) commit(typed(text));
    },
    resize(next) {
      if (next.columns !== ui.size.columns || next.rows !== ui.size.rows) commit({ ...ui, size: next });
    },
    idle: () => (busy === 0 ? Promise.resolve() : new Promise((done) => idlers.push(done))),
    flush: () => drafts.flush(),
    close() {
      unsubscribe();
      if (toastTimer) clearTimeout(toastTimer);
      if (freshTimer) clearTimeout(freshTimer);
    },
  };
}

const sameSize = (a: Size, b: Size): boolean => a.columns === b.columns && a.rows === b.rows;

const REASON_MS = 4000;
/** Rows that one notch of the wheel moves. */
const WHEEL_ROWS = 3;
/** A fault in the settings is read once, and takes its time. */
const REMAP_MS = 15_000;
/** Holds the offset of a scrolled page to what the page has at this size. */
function heldToPage(context: Context): Ui {
  const { ui, lang } = context;
  const screen = topScreen(ui);
  if (screen.name === 'settings') return settingsInSight(actions, context);
  const { body, width } = layoutOf(context);
  const last =
    screen.name === 'help'
      ? helpLastOffset({ sections: helpSections(context, screen.of), width, height: body })
      : screen.name === 'account' && ui.account?.id === screen.id
        ? accountLastOffset({ view: ui.account.view, width, height: body, lang, look: screen.look ?? FIRST_LOOK })
        : null;
  if (last === null || (screen.name !== 'help' && screen.name !== 'account') || screen.offset <= last) return ui;
  return withScreen(ui, { ...screen, offset: last });
}
