/** What changed since the last look, and what is done for today. */
import type { BriefKind } from '../../book/brief.ts';
import { isDone } from '../../book/done.ts';
import { say } from '../../components/say.ts';
import { kindsIn } from '../../screens/brief/view-model.ts';
import type { Clean } from '../../text/clean.ts';
import type { Action, Outcome } from '../action.ts';
import { advanced } from '../advance.ts';
import { type Context, subjectRows } from '../context.ts';
import { popOverlay, pushOverlay, topOverlay, type Ui } from '../state.ts';
import { needsAccount, needsToday } from './needs.ts';

const needsBrief = ({ workspace, lang }: Context): Clean | null => {
  const told = workspace.brief();
  return told === null ? say(lang, 'morning.why.noBrief') : null;
};

/** The list narrowed to one kind of change, from its first account; null shows everybody again. */
const narrowed = (ui: Ui, brief: BriefKind | null): Ui => ({
  ...ui,
  book: { ...ui.book, brief, ...(brief === null ? {} : { selectedId: null, place: 0, offset: 0 }) },
  briefSeen: brief === null ? ui.briefSeen : new Set([...ui.briefSeen, brief]),
});

export function chosenChange({ ui }: Context, kind: BriefKind): Outcome {
  const below = topOverlay(ui)?.kind === 'menu' ? popOverlay(ui) : ui;
  return { ui: narrowed(below, below.book.brief === kind ? null : kind) };
}

/** One kind after the other; whoever has been through all of them has seen the brief. */
function nextChange({ ui, workspace }: Context): Outcome {
  const told = workspace.brief();
  const kinds = kindsIn(told);
  const at = ui.book.brief === null ? -1 : kinds.indexOf(ui.book.brief);
  const next = kinds[at + 1] ?? null;
  const all = next === null && kinds.every((kind) => ui.briefSeen.has(kind)) && told?.seenAt === null;
  return { ui: narrowed(ui, next), ...(all ? { effects: [{ do: 'briefSeen' as const }] } : {}) };
}

/** The marked accounts, else the one under the cursor; the cursor is on the next one before its row goes. */
function done(context: Context): Outcome {
  const { workspace } = context;
  const rows = subjectRows(context);
  const isOver = rows.every((row) => isDone(row, workspace.done(), workspace.today));
  const ids = rows.map(({ id }) => id);
  const effects = [{ do: 'done' as const, ids, done: !isOver }];
  if (isOver) return { effects };
  const leaving = new Set(ids);
  return { ui: advanced(context, (row) => leaving.has(row.id) || isDone(row, workspace.done(), workspace.today)), effects };
}

export const morningActions: readonly Action[] = [
  {
    id: 'account.done',
    keys: ['d'],
    title: 'morning.action.done',
    hint: 'morning.action.done.hint',
    short: 'morning.action.done.short',
    where: ['book', 'account'],
    disabled: (context) => needsToday(context) ?? needsAccount(context),
    run: done,
  },
  {
    id: 'brief.next',
    keys: ['b'],
    title: 'morning.action.brief',
    hint: 'morning.action.brief.hint',
    where: ['book'],
    disabled: (context) =>
      needsBrief(context) ?? (kindsIn(context.workspace.brief()).length === 0 ? say(context.lang, 'morning.why.noChange') : null),
    run: nextChange,
  },
  {
    id: 'brief.show',
    keys: ['B'],
    title: 'morning.action.briefMenu',
    hint: 'morning.action.briefMenu.hint',
    where: ['book'],
    disabled: needsBrief,
    run: ({ ui }) => ({ ui: pushOverlay(ui, { kind: 'menu', menu: 'brief', index: 0 }) }),
  },
];
