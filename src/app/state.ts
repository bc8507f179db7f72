/** What the app remembers while it runs: which screen, which row, which text. Data stays in the workspace. */

import type { AccountView } from '../book/account-view.ts';
import type { BriefKind } from '../book/brief.ts';
import type { Behind } from '../book/revenue-listed.ts';
import type { BookTask } from '../book/tasks.ts';
import type { TextBuffer } from '../components/text-buffer.ts';
import type { OutboxEntry, QuietBefore, RowField, RulesView } from '../open.ts';
import type { AccountLook } from '../screens/account/view-model.ts';
import { type Filter, noFilter } from '../screens/book/list.ts';
import type { Sort } from '../screens/book/order.ts';
import { type Compose, type Form, isTextField } from '../screens/compose/state.ts';
import type { MatrixView } from '../screens/matrix/grid.ts';
import type { PlayPane } from '../screens/play/state.ts';
import type { Answers, Place, RevenueScreenName } from '../screens/revenue/kit.ts';
import type { RulesBench, TriedPoints } from '../screens/rules/bench.ts';
import type { BookColumn } from '../settings/columns.ts';
import type { Clean } from '../text/clean.ts';
import type { Instant } from '../units/day.ts';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** Below this nothing can be read. */
export const MINIMUM: Size = { columns: 60, rows: 14 };

export type Screen =
  /** `before`: the book as it was listed before another screen picked accounts out of it. */
  | { readonly name: 'book'; readonly before?: BookUi }
  /** `look`: what of it is looked at, where that is not the usual. */
  | { readonly name: 'account'; readonly id: string; readonly offset: number; readonly look?: AccountLook }
  | { readonly name: 'outbox'; readonly selectedId: string | null; readonly offset: number }
  /** `points`: weights that are being tried, by signal. */
  | { readonly name: 'rules'; readonly index: number; readonly offset: number; readonly points: TriedPoints }
  /** Open tasks; `all`: everybody's. */
  | { readonly name: 'tasks'; readonly all: boolean; readonly selectedId: string | null; readonly offset: number }
  /** What a person can choose, row by row. */
  | { readonly name: 'settings'; readonly index: number; readonly offset: number }
  /** What should be mended in HubSpot. */
  | { readonly name: 'hygiene'; readonly index: number; readonly offset: number }
  /** `at`: the cell or the account that the cursor is on, null where one begins. */
  | { readonly name: 'matrix'; readonly view: MatrixView; readonly at: string | null }
  /** Charts over revenue. */
  | ({ readonly name: RevenueScreenName } & Place)
  /** The accounts behind one of their figures. */
  | { readonly name: 'behind'; readonly of: Behind; readonly title: Clean; readonly row: number }
  /** The keys of the screen below it. */
  | { readonly name: 'help'; readonly of: ScreenName; readonly offset: number };

export type ScreenName = Screen['name'];

/** How the book is listed, and where in it one stands. */
export interface BookUi {
  readonly filter: Filter;
  readonly find: string;
  readonly brief: BriefKind | null;
  /** The filter of the tab, and the line that was typed. */
  readonly segment: string;
  readonly expression: string;
  readonly sort: Sort;
  readonly reversed: boolean;
  readonly selectedId: string | null;
  /** Place of the selection when it was last seen: where to go on when its row has left the list. */
  readonly place: number;
  readonly offset: number;
  /** Accounts that the next action is about. */
  readonly marked: ReadonlySet<string>;
}

export interface EditorOverlay {
  readonly kind: 'editor';
  readonly compose: Compose;
}

export type ConfirmAbout =
  | { readonly what: 'quit' }
  | { readonly what: 'heal'; readonly n: number }
  | { readonly what: 'makePolicy'; readonly file: Clean }
  | { readonly what: 'drop'; readonly id: string; readonly text: Clean };

export type MenuName =
  | 'taskDue'
  | 'taskOwner'
  | 'handOver'
  | 'escalate'
  | 'brief'
  | 'evidence'
  | 'sort'
  | 'filter'
  | 'snooze'
  | 'dismiss'
  | 'reason'
  | 'pulse'
  | 'rowField'
  | 'rowValue';

/** A queued row that is being completed or changed. */
export interface RowEdit {
  readonly id: string;
  /** The first one is asked for; in the menu of fields, what there is to choose from. */
  readonly fields: readonly RowField[];
  /** What was given already, by property. */
  readonly given: Readonly<Record<string, string>>;
}

/** What text is asked for. */
export type AskAbout =
  | { readonly what: 'pulse'; readonly accountId: string; readonly name: Clean; readonly points: number }
  | { readonly what: 'row'; readonly edit: RowEdit; readonly label: Clean }
  | { readonly what: 'view'; readonly filter: string; readonly label: Clean }
  | { readonly what: 'answer'; readonly id: string; readonly label: Clean }
  | { readonly what: 'step'; readonly id: string; readonly field: 'subject' | 'due'; readonly label: Clean };

/** Of a queued row, or of a note of the play in the pane below. */
export type WordsAbout =
  | { readonly what: 'row'; readonly edit: RowEdit }
  | { readonly what: 'step'; readonly id: string; readonly label: Clean };

/** What lies above the screen and takes the keys first; the last one is on top. */
export type Overlay =
  /** `about`: the signal, `edit`: the queued row that the menu asks about. */
  | { readonly kind: 'menu'; readonly menu: MenuName; readonly index: number; readonly about?: string; readonly edit?: RowEdit }
  | { readonly kind: 'confirm'; readonly about: ConfirmAbout }
  | { readonly kind: 'search'; readonly buffer: TextBuffer }
  | { readonly kind: 'address'; readonly url: Clean }
  | { readonly kind: 'play'; readonly pane: PlayPane }
  | { readonly kind: 'ask'; readonly about: AskAbout; readonly buffer: TextBuffer }
  /** A longer text. */
  | { readonly kind: 'words'; readonly about: WordsAbout; readonly buffer: TextBuffer }
  /** Records for the editor below it. */
  | { readonly kind: 'records'; readonly buffer: TextBuffer; readonly index: number }
  /** The requests that the text below would become. */
  | { readonly kind: 'preview'; readonly text: TextBuffer; readonly offset: number }
  /** Templates: of the form in the editor below it, or of every kind. */
  | { readonly kind: 'templates'; readonly form: Form | null; readonly index: number }
  /** The filter line, what it was before, and which completion is offered. */
  | { readonly kind: 'expression'; readonly buffer: TextBuffer; readonly before: string; readonly pick: number }
  /** The rank to go to. */
  | { readonly kind: 'jump'; readonly buffer: TextBuffer }
  /** The next key is for this action, in place of its own or beside them. */
  | { readonly kind: 'key'; readonly id: string; readonly adding: boolean }
  /** All columns in their order, and which of them are shown. */
  | { readonly kind: 'columns'; readonly order: readonly BookColumn[]; readonly shown: ReadonlySet<BookColumn>; readonly index: number }
  /** Everything that can be done, narrowed by what is typed. */
  | { readonly kind: 'palette'; readonly buffer: TextBuffer; readonly index: number }
  | EditorOverlay;

/** Where keys go: the kind of the topmost overlay, else the name of the screen. */
export type Mode = ScreenName | Overlay['kind'];

/** Modes in which some field takes printable keys as text. */
export const WRITING: ReadonlySet<Mode> = new Set(['search', 'ask', 'editor', 'words', 'expression', 'palette', 'records']);

/** Keys by action id, from the user's settings; an id that is not there keeps its own keys. */
export type KeyOverrides = Readonly<Record<string, readonly string[]>>;

export interface Toast {
  readonly text: Clean;
  readonly tone: 'plain' | 'problem';
  readonly until: Instant;
}

export interface Ui {
  readonly size: Size;
  /** The last one is shown; the book lies under everything. */
  readonly screens: readonly Screen[];
  readonly book: BookUi;
  readonly overlays: readonly Overlay[];
  readonly toast: Toast | null;
  /** What was queued last, and what it was made from. */
  readonly undo: {
    readonly id: string;
    /** Queued together with it, and taken back with it. */
    readonly also?: readonly string[];
    readonly until: Instant;
    readonly compose: Compose | null;
  } | null;
  /** What was put aside last; the later of the two is what undo takes back. */
  readonly undoQuiet: { readonly was: QuietBefore; readonly until: Instant } | null;
  /** Kinds of change that were looked at. */
  readonly briefSeen: ReadonlySet<BriefKind>;
  /** The account on screen: absent until read, null where it is gone. */
  readonly account: { readonly id: string; readonly view: AccountView | null } | null;
  /** Lines typed before, by field, the newest first. */
  readonly typed: Readonly<Partial<Record<Mode, readonly string[]>>>;
  /** Accounts whose figures changed behind the screen a moment ago. */
  readonly fresh: ReadonlySet<string>;
  readonly outbox: readonly OutboxEntry[] | null;
  /** What was answered over revenue so far. */
  readonly revenue: Answers;
  /** As the screen of tasks lists them: absent until read. */
  readonly tasks: readonly BookTask[] | null;
  /** What the rules do on the book: absent until read, `view` null where it could not be read. */
  readonly rules: { readonly view: RulesView | null; readonly bench: RulesBench | null } | null;
}

export const initialUi = (size: Size): Ui => ({
  size,
  screens: [{ name: 'book' }],
  book: {
    filter: noFilter,
    find: '',
    brief: null,
    segment: '',
    expression: '',
    sort: 'priority',
    reversed: false,
    selectedId: null,
    place: 0,
    offset: 0,
    marked: new Set(),
  },
  overlays: [],
  toast: null,
  undo: null,
  undoQuiet: null,
  briefSeen: new Set(),
  account: null,
  typed: {},
  fresh: new Set(),
  outbox: null,
  revenue: new Map(),
  tasks: null,
  rules: null,
});

export type RevenueScreenUi = Extract<Screen, { readonly name: RevenueScreenName }>;

export const isRevenueScreen = (screen: Screen): screen is RevenueScreenUi =>
  screen.name === 'revenue' || screen.name === 'churn' || screen.name === 'cohorts' || screen.name === 'products';

export const topScreen = (ui: Ui): Screen => ui.screens.at(-1) ?? { name: 'book' };
export const topOverlay = (ui: Ui): Overlay | null => ui.overlays.at(-1) ?? null;
export const modeOf = (ui: Ui): Mode => topOverlay(ui)?.kind ?? topScreen(ui).name;

/** Whether printable keys are text here. */
export const isTyping = (ui: Ui): boolean => {
  const top = topOverlay(ui);
  return (
    top?.kind === 'search' ||
    top?.kind === 'ask' ||
    top?.kind === 'palette' ||
    top?.kind === 'expression' ||
    top?.kind === 'jump' ||
    top?.kind === 'words' ||
    top?.kind === 'records' ||
    (top?.kind === 'editor' && isTextField(top.compose.focus))
  );
};

export const pushScreen = (ui: Ui, screen: Screen): Ui => ({ ...ui, screens: [...ui.screens, screen] });
export const popScreen = (ui: Ui): Ui => (ui.screens.length > 1 ? { ...ui, screens: ui.screens.slice(0, -1) } : ui);
/** The book again, listed as it was before other screens picked from it. */
export function toBook(ui: Ui): Ui {
  const picked = ui.screens.find((screen) => screen.name === 'book' && screen.before !== undefined);
  const book = picked?.name === 'book' && picked.before ? picked.before : ui.book;
  return { ...ui, screens: [{ name: 'book' }], book };
}

/** A part of the book on top of the screen that picked it; leaving it brings both back as they were. */
export function pushSlice(ui: Ui, name: Clean, ids: readonly string[]): Ui {
  const book: BookUi = {
    ...ui.book,
    filter: { ...noFilter, only: { name, ids: new Set(ids) } },
    find: '',
    brief: null,
    segment: '',
    expression: '',
    selectedId: ids[0] ?? null,
    place: 0,
    offset: 0,
    marked: new Set(),
  };
  return pushScreen({ ...ui, book }, { name: 'book', before: ui.book });
}

export const withScreen = (ui: Ui, screen: Screen): Ui => ({ ...ui, screens: [...ui.screens.slice(0, -1), screen] });
export const pushOverlay = (ui: Ui, overlay: Overlay): Ui => ({ ...ui, overlays: [...ui.overlays, overlay] });
export const popOverlay = (ui: Ui): Ui => ({ ...ui, overlays: ui.overlays.slice(0, -1) });
export const withOverlay = (ui: Ui, overlay: Overlay): Ui => ({ ...ui, overlays: [...ui.overlays.slice(0, -1), overlay] });
