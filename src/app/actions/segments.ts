/** Walking the segments, filtering by a line of text, and jumping to a rank. */
import { completions, type FilterWorld } from '../../book/expression.ts';
import { say } from '../../components/say.ts';
import { type TextBuffer, textBuffer } from '../../components/text-buffer.ts';
import { countOf, type Segment, segmentsOf } from '../../screens/book/segments.ts';
import type { Action, Outcome } from '../action.ts';
import type { Context } from '../context.ts';
import { type Overlay, popOverlay, pushOverlay, topOverlay, type Ui, withOverlay } from '../state.ts';
import { remembered } from '../typed.ts';
import { needsRows } from './needs.ts';

export const filterWorld = ({ snapshot, workspace }: Pick<Context, 'snapshot' | 'workspace'>): FilterWorld => ({
  rows: snapshot?.rows ?? [],
  myId: workspace.myId,
  asOf: snapshot?.asOf ?? workspace.today,
});

export const segmentsHere = ({ lang, workspace }: Context): readonly Segment[] => segmentsOf(lang, workspace.personal().views);

/** The next tab that has somebody in it; the first row of a tab is where one begins. */
function walk(context: Context, by: 1 | -1): Outcome {
  const { ui, snapshot } = context;
  if (!snapshot) return {};
  const all = segmentsHere(context);
  const world = filterWorld(context);
  const here = Math.max(
    0,
    all.findIndex(({ filter }) => filter === ui.book.segment),
  );
  for (let step = 1; step <= all.length; step++) {
    const next = all[(here + by * step + all.length * step) % all.length];
    if (next && (next.filter === '' || countOf(snapshot, next.filter, world) > 0))
      return { ui: { ...ui, book: { ...ui.book, segment: next.filter, selectedId: null, place: 0, offset: 0 } } };
  }
  return {};
}

/** What is shown, in one line: the tab's filter and the typed one. */
const filterHere = ({ ui }: Context): string => `${ui.book.segment} ${ui.book.expression}`.trim();

/** The saved filter that is the chosen tab; null where the tab is a built-in one, or was narrowed further. */
const viewHere = (context: Context) => context.workspace.personal().views.find(({ filter }) => filter === filterHere(context)) ?? null;

/** A name for what is shown; on the tab of a saved one, its end. */
function saveView(context: Context): Outcome {
  const { ui, workspace, lang } = context;
  const here = viewHere(context);
  if (here) {
    const views = workspace.personal().views.filter((one) => one !== here);
    return {
      ui: { ...ui, book: { ...ui.book, segment: '' } },
      effects: [{ do: 'choose', change: { views }, said: 'morning.toast.viewGone' }],
    };
  }
  const about = { what: 'view' as const, filter: filterHere(context), label: say(lang, 'morning.ask.view') };
  return { ui: pushOverlay(ui, { kind: 'ask', about, buffer: textBuffer() }) };
}

/** A name that is there already gets the new filter. */
export function namedView({ ui, workspace }: Context, filter: string, name: string): Outcome {
  const { views: before } = workspace.personal();
  // Its columns stay with the name.
  const views = [...before.filter((one) => one.name !== name), { ...before.find((one) => one.name === name), name, filter }];
  const book = { ...ui.book, segment: filter, expression: '' };
  return { ui: { ...popOverlay(ui), book }, effects: [{ do: 'choose', change: { views }, said: 'morning.toast.viewSaved' }] };
}

type LineOverlay = Extract<Overlay, { kind: 'expression' | 'jump' }>;

export const lineOf = (ui: Ui): LineOverlay | null => {
  const top = topOverlay(ui);
  return top?.kind === 'expression' || top?.kind === 'jump' ? top : null;
};

/** The list follows the filter while it is typed; a rank is digits only. */
export function typedLine(ui: Ui, change: (buffer: TextBuffer) => TextBuffer): Ui {
  const line = lineOf(ui);
  if (!line) return ui;
  const buffer = change(line.buffer);
  if (line.kind === 'jump') return /^\d*$/.test(buffer.text) ? withOverlay(ui, { ...line, buffer }) : ui;
  const pick = buffer.text === line.buffer.text ? line.pick : 0;
  return { ...withOverlay(ui, { ...line, buffer, pick }), book: { ...ui.book, expression: buffer.text } };
}

export function lineCompletions(context: Context): readonly string[] {
  const line = lineOf(context.ui);
  if (line?.kind !== 'expression' || line.buffer.cursor < line.buffer.text.length) return [];
  return completions(line.buffer.text, filterWorld(context));
}

/** Of the completions, the one that Tab takes. */
function pick(context: Context, by: 1 | -1): Outcome {
  const line = lineOf(context.ui);
  const { length } = lineCompletions(context);
  if (line?.kind !== 'expression' || length === 0) return {};
  return { ui: withOverlay(context.ui, { ...line, pick: (Math.min(line.pick, length - 1) + by + length) % length }) };
}

function complete(context: Context): Outcome {
  const line = lineOf(context.ui);
  const first = lineCompletions(context)[line?.kind === 'expression' ? line.pick : 0];
  if (first === undefined) return {};
  const put = (buffer: TextBuffer): TextBuffer => textBuffer(buffer.text.replace(/\S*$/, first) + (/[:<]$/.test(first) ? '' : ' '));
  return { ui: typedLine(context.ui, put) };
}

/** The account of that rank, else the first shown below it, else the last. */
function jump({ ui, list }: Context): Outcome {
  const line = lineOf(ui);
  const wanted = Number(line?.buffer.text ?? '');
  const below = popOverlay(ui);
  if (line?.kind !== 'jump' || wanted === 0) return { ui: below };
  const rows = list.entries.flatMap((entry) => (entry.kind === 'row' ? [entry] : []));
  const nearest = rows.reduce<(typeof rows)[number] | null>(
    (best, one) => (best === null || Math.abs(one.rank - wanted) < Math.abs(best.rank - wanted) ? one : best),
    null,
  );
  return nearest ? { ui: { ...below, book: { ...below.book, selectedId: nearest.row.id } } } : { ui: below };
}

export const segmentActions: readonly Action[] = [
  {
    id: 'segment.next',
    keys: ['tab'],
    title: 'morning.action.nextSegment',
    hint: 'morning.action.nextSegment.hint',
    where: ['book'],
    disabled: needsRows,
    run: (context) => walk(context, 1),
  },
  {
    id: 'segment.previous',
    keys: ['shift+tab'],
    title: 'morning.action.previousSegment',
    hint: 'morning.action.previousSegment.hint',
    where: ['book'],
    disabled: needsRows,
    run: (context) => walk(context, -1),
  },
  {
    id: 'book.expression',
    keys: ['F'],
    title: 'morning.action.expression',
    hint: 'morning.action.expression.hint',
    where: ['book'],
    disabled: needsRows,
    run: ({ ui }) => ({
      ui: pushOverlay(ui, { kind: 'expression', buffer: textBuffer(ui.book.expression), before: ui.book.expression, pick: 0 }),
    }),
  },
  {
    id: 'view.save',
    keys: ['V'],
    title: 'morning.action.view',
    hint: 'morning.action.view.hint',
    where: ['book'],
    disabled: (context) => (filterHere(context) === '' ? say(context.lang, 'morning.why.noFilter') : null),
    run: saveView,
  },
  {
    id: 'expression.keep',
    keys: ['enter'],
    title: 'morning.action.keepFilter',
    hint: 'morning.action.keepFilter.hint',
    short: 'morning.action.keepFilter.short',
    where: ['expression'],
    run: ({ ui }) => ({ ui: popOverlay(remembered(ui, 'expression', lineOf(ui)?.buffer.text ?? '')) }),
  },
  {
    id: 'expression.complete',
    keys: ['tab'],
    title: 'morning.action.complete',
    hint: 'morning.action.complete.hint',
    short: 'morning.action.complete.short',
    where: ['expression'],
    run: complete,
  },
  {
    id: 'expression.next',
    keys: ['down', 'ctrl+n'],
    title: 'morning.action.nextWord',
    hint: 'morning.action.nextWord.hint',
    where: ['expression'],
    run: (context) => pick(context, 1),
  },
  {
    id: 'expression.previous',
    keys: ['up'],
    title: 'morning.action.previousWord',
    hint: 'morning.action.previousWord.hint',
    where: ['expression'],
    run: (context) => pick(context, -1),
  },
  {
    id: 'expression.cancel',
    keys: ['esc'],
    title: 'morning.action.endFilter',
    hint: 'morning.action.endFilter.hint',
    short: 'morning.action.endFilter.short',
    where: ['expression'],
    run: ({ ui }) => {
      const line = lineOf(ui);
      const before = line?.kind === 'expression' ? line.before : '';
      return { ui: { ...popOverlay(ui), book: { ...ui.book, expression: before } } };
    },
  },
  {
    id: 'book.jump',
    keys: ['#'],
    title: 'morning.action.jump',
    hint: 'morning.action.jump.hint',
    where: ['book'],
    disabled: needsRows,
    run: ({ ui }) => ({ ui: pushOverlay(ui, { kind: 'jump', buffer: textBuffer() }) }),
  },
  {
    id: 'jump.go',
    keys: ['enter', 'g'],
    title: 'morning.action.jumpGo',
    hint: 'morning.action.jumpGo.hint',
    short: 'morning.action.jumpGo',
    where: ['jump'],
    run: jump,
  },
  {
    id: 'jump.cancel',
    keys: ['esc'],
    title: 'app.action.close',
    hint: 'app.action.close.hint',
    short: 'app.action.close',
    where: ['jump'],
    run: ({ ui }) => ({ ui: popOverlay(ui) }),
  },
];
