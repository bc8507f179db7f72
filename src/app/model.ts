/** The running app without a terminal: keys in, ui state out. One place changes the state; everything else is pure. */

import type { RevenueAnswer, RevenueQuestion } from '../book/revenue-answers.ts';
import { say } from '../components/say.ts';
import type { Workspace } from '../open.ts';
import { accountLastOffset, FIRST_LOOK } from '../screens/account/view-model.ts';
import { draftKey, draftOf } from '../screens/compose/draft.ts';
import { helpLastOffset } from '../screens/help/view-model.ts';
import { behindQuestion } from '../screens/revenue/behind.ts';
import { type Answers, questionKey } from '../screens/revenue/kit.ts';
import { revenueScreens } from '../screens/revenue/screens.ts';
import { cleanLine } from '../text/clean.ts';
import type { Lang } from '../text/messages/index.ts';
import type { Instant } from '../units/day.ts';
import type { Effect, Outcome } from './action.ts';
import { typeIntoSearch } from './actions/book.ts';
import { editorOf } from './actions/editing.ts';
import { givenKey, settingsInSight } from './actions/settings.ts';
import { typeIntoEditor } from './actions/write.ts';
import { actions, resolve } from './actions.ts';
import { type Context, contextOf } from './context.ts';
import { createDrafts } from './drafts.ts';
import { perform, withToast } from './effects.ts';
import { frameOf } from './frame.ts';
import { FRESH_MS, freshRows } from './fresh.ts';
import { helpSections, hints } from './help.ts';
import { typedText } from './keys.ts';
import { layoutOf } from './layout.ts';
import { settled } from './move.ts';
import { pointedAt } from './point.ts';
import { chooseColumn, chooseRow, chooseShare, chooseTab, hintAt, type Press } from './pointer.ts';
import { checkRemaps, remapText } from './remap.ts';
import { REVENUE_MODES } from './revenue-modes.ts';
import type { Shown } from './shown.ts';
import {
  initialUi,
  isRevenueScreen,
  isTyping,
  type KeyOverrides,
  type Mode,
  modeOf,
  type Size,
  topScreen,
  type Ui,
  withScreen,
} from './state.ts';
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
  /** Rises when what was read of the workspace may be old. */
  let version = 0;
  let accountRead: { readonly id: string; readonly version: number } | null = null;
  let outboxRead: number | null = null;
  let readingRules = false;
  /** Questions over revenue that were asked of this book, and the book. */
  let revenueAsked = new Set<string>();
  let revenueOf = workspace.snapshot();
  let tasksRead: string | null = null;
  /** Rows that HubSpot refused, as last heard. */
  let refused = workspace.status().outbox.needsYou;

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
    readAccount();
    readOutbox();
    readTasks();
    readRules();
    readRevenue();
    const compose = editorOf(ui)?.compose;
    if (compose && !compose.saving && !compose.reading) drafts.keep(draftKey(compose), draftOf(compose));
    for (const listener of listeners) listener();
  }

  const update = (change: (now: Ui) => Ui): void => commit(change(ui));

  function armToast(): void {
    if (toastTimer) clearTimeout(toastTimer);
    const { toast } = ui;
    if (!toast) return;
    toastTimer = setTimeout(
      () => update((now) => (now.toast === toast ? { ...now, toast: null } : now)),
      Math.max(0, toast.until - workspace.now()),
    ).unref();
  }

  function readAccount(): void {
    const screen = ui.screens.findLast((one) => one.name === 'account');
    if (screen?.name !== 'account') return;
    const { id } = screen;
    if (accountRead?.id === id && accountRead.version === version) return;
    const reading = { id, version };
    accountRead = reading;
    track(
      workspace.account(id).then((view) => {
        if (accountRead === reading) update((now) => ({ ...now, account: { id, view } }));
      }),
    );
  }

  function readOutbox(): void {
    if (topScreen(ui).name !== 'outbox') {
      outboxRead = null;
      return;
    }
    if (outboxRead === version) return;
    outboxRead = version;
    track(
      workspace.outbox().then((outbox) =>
        update((now) => {
          const screen = topScreen(now);
          if (screen.name !== 'outbox') return now;
          const there = outbox.some((row) => row.id === screen.selectedId);
          // What waits for a person comes first.
          const first = outbox.find(({ state }) => state === 'needs_you') ?? outbox[0];
          return withScreen({ ...now, outbox }, there ? screen : { ...screen, selectedId: first?.id ?? null, offset: 0 });
        }),
      ),
    );
  }

  /** A row that HubSpot has just refused is told at once, with the way to complete it. */
  function tellRefused(): void {
    const { needsYou } = workspace.status().outbox;
    const isMore = needsYou > refused;
    refused = needsYou;
    if (!isMore || topScreen(ui).name === 'outbox') return;
    track(
      workspace.outbox().then((outbox) => {
        const row = outbox.find(({ state }) => state === 'needs_you');
        if (!row) return;
        const because = cleanLine(row.required ?? row.because ?? '');
        const text = say(lang, row.required === null ? 'writing.toast.refused' : 'writing.toast.required', { because });
        update((now) => withToast(now, text, 'problem', (workspace.now() + REFUSED_MS) as Instant));
      }),
    );
  }

  function readTasks(): void {
    const screen = topScreen(ui);
    if (screen.name !== 'tasks') {
      tasksRead = null;
      return;
    }
    const wanted = `${version} ${screen.all}`;
    if (tasksRead === wanted) return;
    tasksRead = wanted;
    track(
      workspace.tasks(screen.all).then((tasks) =>
        update((now) => {
          const top = topScreen(now);
          if (top.name !== 'tasks' || tasksRead !== wanted) return now;
          if (tasks.some(({ id }) => id === top.selectedId)) return { ...now, tasks };
          // The one that was done makes room for the next in its place.
          const place = Math.max(0, now.tasks?.findIndex(({ id }) => id === top.selectedId) ?? 0);
          const next = tasks[Math.min(place, tasks.length - 1)]?.id ?? null;
          return withScreen({ ...now, tasks }, { ...top, selectedId: next, offset: Math.min(top.offset, Math.max(0, tasks.length - 1)) });
        }),
      ),
    );
  }

  function readRules(): void {
    if (topScreen(ui).name !== 'rules' || ui.rules !== null || readingRules) return;
    readingRules = true;
    track(
      bringRules()
        .then((rules) => {
          readingRules = false;
          update((now) => ({ ...now, rules }));
        })
        .finally(() => {
          readingRules = false;
        }),
    );
  }

  /** Asks what the screen needs; of a newer book it is asked again, and what is there stays until the answer comes. */
  function readRevenue(): void {
    if (revenueOf !== workspace.snapshot()) {
      revenueOf = workspace.snapshot();
      revenueAsked = new Set();
    }
    for (const question of revenueQuestions(ui)) {
      const key = questionKey(question);
      if (revenueAsked.has(key)) continue;
      const asked = revenueAsked.add(key);
      track(
        workspace.revenue(question).then((answer) => {
          if (asked !== revenueAsked) return;
          const answers = withAnswer(ui.revenue, key, answer);
          // What has given way is asked again where it is needed again.
          for (const known of ui.revenue.keys()) if (!answers.has(known)) asked.delete(known);
          update((now) => ({ ...now, revenue: answers }));
        }),
      );
    }
  }

  /** What weighs the book anew is loaded when the screen is first opened. */
  async function bringRules(): Promise<NonNullable<Ui['rules']>> {
    const [view, { createBench }] = await Promise.all([workspace.rules(), import('../screens/rules/bench.ts')]);
    return { view, bench: view && createBench(view) };
  }

  function reload(): void {
    version += 1;
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
    tellRefused();
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
      const { lines } = frameOf(context);
      const { x, y } = event.at;
      const hint = y === lines.length - 1 ? hintAt(lines[y] ?? [], x, hints(context)) : null;
      if (hint !== null) return this.press([hint]);
      const direct = pointedAt(context, event.at);
      if (direct === 'open') return this.press(['enter']);
      if (direct !== null) return commit(direct);
      const mode = modeOf(ui);
      if (!POINTED.has(mode)) return;
      const before = ui;
      const press: Press = (key) => {
        dispatch(key);
        return frameOf({ ...contextOf(ui, workspace, lang, overrides), ui }).lines;
      };
      const tab = CHARTS.has(mode) ? chooseTab(lines, event.at, press) : null;
      const column = tab === null && CHARTS.has(mode) ? chooseColumn(lines, event.at, press) : null;
      const found = tab ?? column ?? chooseRow(lines, y, press, CHARTS.has(mode) ? 'first' : 'last');
      if (mode === 'cohorts' && tab === null && found !== null) {
        const row = ui;
        chooseShare(frameOf({ ...contextOf(ui, workspace, lang, overrides), ui }).lines, event.at, press);
        if (ui !== row) {
          const walked = ui;
          ui = before;
          return commit(walked);
        }
      }
      const after = found === null ? before : ui;
      ui = before;
      if (found === 'there' && tab === null) this.press([AGAIN[mode] ?? 'enter']);
      else commit(after);
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
/** Where a row can be chosen by a click. */
const POINTED: ReadonlySet<Mode> = new Set<Mode>([
  ...REVENUE_MODES,
  ...(['matrix', 'outbox', 'rules', 'tasks', 'hygiene', 'settings', 'menu', 'columns', 'palette', 'play', 'templates', 'records'] as const),
]);
/** Where views stand beside each other, and columns above each other. */
const CHARTS: ReadonlySet<Mode> = new Set<Mode>(['matrix', ...REVENUE_MODES]);
/** What a click on the chosen row does where it is not to go on. */
const AGAIN: Partial<Record<Mode, string>> = { columns: 'space', play: 'space' };
/** Something is to be done about it. */
const REFUSED_MS = 12_000;
/** A fault in the settings is read once, and takes its time. */
const REMAP_MS = 15_000;
/** Answers over revenue that are kept: enough to walk back and forth. */
const ANSWERS_KEPT = 200;

/** The newest stand last; the oldest give way, but not what every view of a screen is drawn from. */
function withAnswer(answers: Answers, key: string, answer: RevenueAnswer | null): Answers {
  const all = new Map(answers);
  all.delete(key);
  all.set(key, answer);
  for (const [known, one] of all) {
    if (all.size <= ANSWERS_KEPT) break;
    if (known !== key && (one === null || one.ask === 'drivers' || one.ask === 'behind')) all.delete(known);
  }
  return all;
}

function revenueQuestions(ui: Ui): readonly RevenueQuestion[] {
  const screen = topScreen(ui);
  if (screen.name === 'behind') return [behindQuestion(screen.of)];
  return isRevenueScreen(screen) ? revenueScreens[screen.name].questions({ place: screen, answers: ui.revenue }) : [];
}

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
