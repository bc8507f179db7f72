/** Working through open tasks: done, another day, somebody else's; and handing an account over. */
import { type BookTask, expectedOf } from '../../book/tasks.ts';
import { say } from '../../components/say.ts';
import type { TaskChange, TaskUpdateIntent } from '../../plays/intent.ts';
import type { Clean } from '../../text/clean.ts';
import type { Action, Outcome } from '../action.ts';
import { type Context, findRow, subjectRow, subjectRows } from '../context.ts';
import type { MenuItem } from '../menus.ts';
import { type MenuName, popOverlay, pushOverlay, pushScreen, topScreen, withScreen } from '../state.ts';
import { needsAccount, needsToday } from './needs.ts';

/** The task under the cursor. */
export function selectedTask({ ui }: Pick<Context, 'ui'>): BookTask | null {
  const screen = topScreen(ui);
  return screen.name === 'tasks' ? (ui.tasks?.find(({ id }) => id === screen.selectedId) ?? null) : null;
}

const needsTask = (context: Context): Clean | null =>
  needsToday(context) ?? (selectedTask(context) ? null : say(context.lang, 'app.why.nothingSelected'));

function changed(task: BookTask, change: TaskChange): TaskUpdateIntent {
  const { accountId, ref, subject } = task;
  return { kind: 'task_update', companyId: accountId, task: ref, subject, change, expected: expectedOf(task, change) };
}

const menu = ({ ui }: Context, name: MenuName): Outcome => ({ ui: pushOverlay(ui, { kind: 'menu', menu: name, index: 0 }) });

/** What the menus of days and people do when a line is taken. */
export function chooseForTask(
  context: Context,
  pick: Extract<MenuItem['pick'], { readonly due: unknown } | { readonly person: unknown }>,
): Outcome {
  const ui = popOverlay(context.ui);
  const under = { ...context, ui };
  const task = selectedTask(under);
  if ('due' in pick) return task ? { ui, effects: [{ do: 'queue', intent: changed(task, { due: pick.due }) }] } : { ui };
  const { person, how } = pick;
  if (how === 'task') return task ? { ui, effects: [{ do: 'queue', intent: changed(task, { ownerId: person }) }] } : { ui };
  // Whoever has an account already is not given it again.
  const rows = subjectRows(under).filter(({ owner }) => how === 'ask' || owner?.id !== person);
  const accountIds = rows.map(({ id }) => id);
  if (accountIds.length === 0) return { ui };
  return { ui, effects: [{ do: how === 'ask' ? 'escalate' : 'handOver', accountIds, ownerId: person }] };
}

export const taskActions: readonly Action[] = [
  {
    id: 'task.done',
    keys: ['d'],
    title: 'acting.action.done',
    hint: 'acting.action.done.hint',
    short: 'acting.action.done.short',
    where: ['tasks'],
    writes: true,
    disabled: needsTask,
    run: (context) => {
      const task = selectedTask(context);
      return task ? { effects: [{ do: 'queue', intent: changed(task, { status: 'COMPLETED' }) }] } : {};
    },
  },
  {
    id: 'task.postpone',
    keys: ['z'],
    title: 'acting.action.postpone',
    hint: 'acting.action.postpone.hint',
    short: 'acting.action.postpone.short',
    where: ['tasks'],
    writes: true,
    disabled: needsTask,
    run: (context) => menu(context, 'taskDue'),
  },
  {
    id: 'task.assign',
    keys: ['a'],
    title: 'acting.action.assign',
    hint: 'acting.action.assign.hint',
    short: 'acting.action.assign.short',
    where: ['tasks'],
    writes: true,
    disabled: needsTask,
    run: (context) => menu(context, 'taskOwner'),
  },
  {
    id: 'task.open',
    keys: ['enter', 'right', 'l'],
    title: 'app.action.open',
    hint: 'app.action.open.hint',
    short: 'app.action.open.short',
    where: ['tasks'],
    disabled: needsAccount,
    run: (context) => {
      const row = subjectRow(context);
      return row ? { ui: pushScreen(context.ui, { name: 'account', id: row.id, offset: 0 }) } : {};
    },
  },
  {
    id: 'task.whose',
    keys: ['f'],
    title: 'acting.action.whose',
    hint: 'acting.action.whose.hint',
    where: ['tasks'],
    run: ({ ui }) => {
      const screen = topScreen(ui);
      if (screen.name !== 'tasks') return {};
      return { ui: withScreen({ ...ui, tasks: null }, { ...screen, all: !screen.all, selectedId: null, offset: 0 }) };
    },
  },
  {
    id: 'task.browse',
    keys: ['o'],
    title: 'app.action.browse',
    hint: 'acting.action.browse.hint',
    where: ['tasks'],
    disabled: needsAccount,
    run: (context) => {
      const row = findRow(context.snapshot, selectedTask(context)?.accountId ?? '');
      return row ? { effects: [{ do: 'browse', url: row.url }] } : {};
    },
  },
  {
    id: 'tasks.show',
    keys: ['T'],
    title: 'acting.action.tasks',
    hint: 'acting.action.tasks.hint',
    where: ['book', 'account', 'matrix'],
    run: ({ ui }) => ({ ui: pushScreen({ ...ui, tasks: null }, { name: 'tasks', all: false, selectedId: null, offset: 0 }) }),
  },
  {
    id: 'account.assign',
    keys: ['A'],
    title: 'acting.action.handOver',
    hint: 'acting.action.handOver.hint',
    where: ['book', 'account'],
    writes: true,
    disabled: (context) => needsToday(context) ?? needsAccount(context),
    run: (context) => menu(context, 'handOver'),
  },
  {
    id: 'account.escalate',
    keys: ['L'],
    title: 'acting.action.escalate',
    hint: 'acting.action.escalate.hint',
    where: ['book', 'account'],
    writes: true,
    disabled: (context) => needsToday(context) ?? needsAccount(context),
    run: (context) => menu(context, 'escalate'),
  },
];
