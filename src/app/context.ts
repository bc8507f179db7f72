/** Everything that an action, the reducer and the frame may look at: one consistent picture of one moment. */
import type { BookRow, BookSnapshot } from '../book/row.ts';
import type { Workspace, WorkspaceStatus } from '../open.ts';
import { type BookList, bookList } from '../screens/book/list.ts';
import { hygieneItem } from '../screens/hygiene/view-model.ts';
import type { Lang } from '../text/messages/index.ts';
import type { Instant } from '../units/day.ts';
import { type KeyOverrides, topScreen, type Ui } from './state.ts';

export interface Context {
  readonly ui: Ui;
  readonly workspace: Workspace;
  readonly snapshot: BookSnapshot | null;
  readonly status: WorkspaceStatus;
  readonly list: BookList;
  readonly now: Instant;
  readonly lang: Lang;
  /** Keys that the person chose. */
  readonly overrides: KeyOverrides;
}

export function contextOf(ui: Ui, workspace: Workspace, lang: Lang, overrides: KeyOverrides = {}): Context {
  const snapshot = workspace.snapshot();
  const morning = { brief: workspace.brief(), done: workspace.done(), today: workspace.today, myId: workspace.myId };
  const list = bookList(snapshot, ui.book, lang, morning);
  return { ui, workspace, snapshot, status: workspace.status(), list, now: workspace.now(), lang, overrides };
}

const rowById = new WeakMap<BookSnapshot, Map<string, BookRow>>();

export function findRow(snapshot: BookSnapshot | null, id: string): BookRow | null {
  if (!snapshot) return null;
  let rows = rowById.get(snapshot);
  if (!rows) {
    rows = new Map(snapshot.rows.map((row) => [row.id, row]));
    rowById.set(snapshot, rows);
  }
  return rows.get(id) ?? null;
}

/** The account that an action is about: the one on screen, else the one under the cursor. */
export function subjectRow({ ui, snapshot, list, workspace }: Context): BookRow | null {
  const screen = topScreen(ui);
  if (screen.name === 'account') return findRow(snapshot, screen.id);
  if (screen.name === 'tasks') return findRow(snapshot, ui.tasks?.find(({ id }) => id === screen.selectedId)?.accountId ?? '');
  if (screen.name === 'hygiene') return findRow(snapshot, hygieneItem(workspace.hygiene(), screen.index)?.accountId ?? '');
  if (screen.name !== 'book' || ui.book.selectedId === null) return null;
  const entry = list.entries[list.places.get(ui.book.selectedId) ?? -1];
  return entry?.kind === 'row' ? entry.row : null;
}

/** The accounts that an action is about: the marked ones in the book, else the one in question. */
export function subjectRows(context: Context): readonly BookRow[] {
  const { ui, snapshot } = context;
  const marked = topScreen(ui).name === 'book' ? [...ui.book.marked].map((id) => findRow(snapshot, id)) : [];
  const rows = marked.filter((row) => row !== null);
  const one = rows.length === 0 ? subjectRow(context) : null;
  return one ? [one] : rows;
}
