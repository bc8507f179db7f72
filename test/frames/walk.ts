/** The way through every screen and pane, key by key: the same in the emulator and in tmux. */
import { KEY } from '../screen/key.ts';

export interface Stop {
  /** Of the kept file. */
  readonly name: string;
  /** Pressed one after the other, from where the stop before stands; a longer text is typed in one go. */
  readonly keys: readonly string[];
}

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export const SIZES = [
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
  { columns: 200, rows: 60 },
] as const satisfies readonly Size[];

/** No stop depends on time: what would show a passing message is left to the last ones. */
export const WALK: readonly Stop[] = [
  { name: 'book', keys: [] },
  { name: 'brief', keys: ['B'] },
  { name: 'find', keys: [KEY.esc, '/', 'log'] },
  { name: 'filter-line', keys: [KEY.esc, 'F', 'band:critical tier:'] },
  { name: 'filter', keys: [KEY.esc, 'f'] },
  { name: 'sort', keys: [KEY.esc, 's'] },
  { name: 'columns', keys: [KEY.esc, 'C'] },
  { name: 'jump', keys: [KEY.esc, '#', '12'] },
  { name: 'segment', keys: [KEY.esc, KEY.tab] },
  { name: 'marked', keys: [KEY.shiftTab, ' ', ' '] },
  { name: 'snooze', keys: ['g', ' ', ' ', 'g', 'z'] },
  { name: 'dismiss', keys: [KEY.esc, 'x'] },
  { name: 'pulse', keys: [KEY.esc, 'P'] },
  { name: 'hand-over', keys: [KEY.esc, 'A'] },
  { name: 'play', keys: [KEY.esc, 'p'] },
  { name: 'palette', keys: [KEY.esc, ':'] },
  { name: 'palette-typed', keys: ['mrr'] },
  { name: 'help', keys: [KEY.esc, '?'] },
  { name: 'account', keys: [KEY.esc, KEY.enter] },
  { name: 'account-below', keys: [KEY.pageDown] },
  { name: 'account-section', keys: ['g', KEY.tab] },
  { name: 'account-evidence', keys: ['E'] },
  { name: 'account-help', keys: [KEY.esc, '?'] },
  { name: 'matrix', keys: [KEY.esc, KEY.esc, '2'] },
  { name: 'matrix-age', keys: ['v'] },
  { name: 'matrix-products', keys: ['v'] },
  { name: 'matrix-bubbles', keys: ['v'] },
  { name: 'movements', keys: ['3'] },
  { name: 'movements-drivers', keys: [KEY.left, 'v'] },
  { name: 'behind', keys: [KEY.down, KEY.enter] },
  { name: 'movements-period', keys: [KEY.esc, 'H', 'H', 'H', 'H', 'H'] },
  { name: 'churn', keys: ['4'] },
  { name: 'churn-reasons', keys: ['v'] },
  { name: 'churn-left', keys: ['V', 'V', 'V', 'V', 'V'] },
  { name: 'churn-cumulative', keys: ['v', 'v'] },
  { name: 'churn-retention', keys: ['v'] },
  { name: 'cohorts', keys: ['5'] },
  { name: 'cohorts-net', keys: ['v', 'v', KEY.right] },
  { name: 'products', keys: ['6'] },
  { name: 'products-customers', keys: ['v', 'v'] },
  { name: 'products-contract', keys: ['v'] },
  { name: 'products-whitespace', keys: ['v'] },
  { name: 'rules', keys: ['1', 'R'] },
  { name: 'rules-tried', keys: [KEY.down, '+', '+', '+'] },
  { name: 'outbox', keys: [KEY.esc, KEY.esc, 'O'] },
  { name: 'tasks', keys: [KEY.esc, 'T'] },
  { name: 'task-due', keys: ['z'] },
  { name: 'mend', keys: [KEY.esc, KEY.esc, 'D'] },
  { name: 'settings', keys: [KEY.esc, ','] },
  { name: 'settings-keys', keys: [KEY.tab, KEY.tab, KEY.tab] },
  { name: 'task', keys: [KEY.esc, 't', '更新条件の確認'] },
  { name: 'call', keys: [KEY.esc, 'c', 'Asked for a date.'] },
  { name: 'note', keys: [KEY.esc, 'n', '利用が止まっている。研修を提案 (30 min)'] },
  { name: 'note-queued', keys: ['\u000f'] },
  { name: 'quit', keys: ['q'] },
  { name: 'dense', keys: [KEY.esc, '='] },
];

/** Setting up the same portal from nothing. */
export const SETUP: readonly Stop[] = [
  { name: 'setup-token', keys: [] },
  { name: 'setup-access', keys: ['pat-na1-sample', KEY.enter] },
  { name: 'setup-owner', keys: [KEY.enter] },
  { name: 'setup-mapping', keys: ['tanaka', KEY.enter] },
  { name: 'setup-mapping-find', keys: ['/', 'mrr'] },
  { name: 'setup-coverage', keys: [KEY.esc, KEY.enter] },
];
