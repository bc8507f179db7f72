/** What the screens need of the workspace: read when a screen comes up, and again when what was read may be old. */
import type { RevenueAnswer, RevenueQuestion } from '../book/revenue-answers.ts';
import { say } from '../components/say.ts';
import type { Workspace } from '../open.ts';
import { behindQuestion } from '../screens/revenue/behind.ts';
import { type Answers, questionKey } from '../screens/revenue/kit.ts';
import { revenueScreens } from '../screens/revenue/screens.ts';
import { cleanLine } from '../text/clean.ts';
import type { Lang } from '../text/messages/index.ts';
import type { Instant } from '../units/day.ts';
import { withToast } from './effects.ts';
import { isRevenueScreen, topScreen, type Ui, withScreen } from './state.ts';

export interface Reads {
  /** Reads what the screen on top needs and has not been read. */
  follow(ui: Ui): void;
  /** What was read may be old: it is read again at the next `follow`, and stays until then. */
  outdate(): void;
  /** A row that HubSpot has just refused is told at once, with the way to complete it. */
  tellRefused(): void;
}

export interface ReadsOptions {
  readonly workspace: Workspace;
  readonly lang: Lang;
  /** The state as it is now. */
  readonly shown: () => Ui;
  readonly update: (change: (now: Ui) => Ui) => void;
  /** Told of what is under way. */
  readonly track: (work: Promise<void>) => void;
}

export function createReads({ workspace, lang, shown, update, track }: ReadsOptions): Reads {
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

  function readAccount(ui: Ui): void {
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

  function readOutbox(ui: Ui): void {
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

  function tellRefused(): void {
    const { needsYou } = workspace.status().outbox;
    const isMore = needsYou > refused;
    refused = needsYou;
    if (!isMore || topScreen(shown()).name === 'outbox') return;
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

  function readTasks(ui: Ui): void {
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

  function readRules(ui: Ui): void {
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
  function readRevenue(ui: Ui): void {
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
          const answers = withAnswer(shown().revenue, key, answer);
          // What has given way is asked again where it is needed again.
          for (const known of shown().revenue.keys()) if (!answers.has(known)) asked.delete(known);
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

  return {
    follow(ui) {
      readAccount(ui);
      readOutbox(ui);
      readTasks(ui);
      readRules(ui);
      readRevenue(ui);
    },
    outdate() {
      version += 1;
    },
    tellRefused,
  };
}

/** Something is to be done about it. */
const REFUSED_MS = 12_000;
/** Answers over revenue that are kept: enough to walk back and forth. */
const ANSWERS_KEPT = 200;

/** The newest stand last; the oldest give way, but not what every view of a screen is drawn from. */
function withAnswer(answers: Answers, key: string, answer: RevenueAnswer | null): Answers {
  const all = new Map(answers);
  all.delete(key);
  all.set(key, answer);
  for (const [known, one] of all) {
    if (all.size <= ANSWERS_KEPT) break;
    if (known !== key && (one === null || one.ask === 'drivers' || one.ask === 'stories' || one.ask === 'behind')) all.delete(known);
  }
  return all;
}

function revenueQuestions(ui: Ui): readonly RevenueQuestion[] {
  const screen = topScreen(ui);
  if (screen.name === 'behind') return [behindQuestion(screen.of)];
  return isRevenueScreen(screen) ? revenueScreens[screen.name].questions({ place: screen, answers: ui.revenue }) : [];
}
