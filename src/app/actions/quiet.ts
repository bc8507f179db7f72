/** Marking accounts, putting them off, taking a signal out, and one's own view. */
import { say } from '../../components/say.ts';
import { type TextBuffer, textBuffer } from '../../components/text-buffer.ts';
import { type Clean, cleanLine } from '../../text/clean.ts';
import type { Action, Outcome } from '../action.ts';
import { advanced } from '../advance.ts';
import { type Context, subjectRow, subjectRows } from '../context.ts';
import type { MenuItem } from '../menus.ts';
import { type AskAbout, type MenuName, type Mode, popOverlay, pushOverlay, topOverlay, type Ui, withOverlay } from '../state.ts';
import { remembered } from '../typed.ts';
import { needsAccount, needsToday } from './needs.ts';
import { keptForPlay } from './play.ts';
import { answeredRow } from './row.ts';
import { namedView } from './segments.ts';

const HERE: readonly Mode[] = ['book', 'account'];

const menu = (context: Context, name: MenuName): Outcome => ({ ui: pushOverlay(context.ui, { kind: 'menu', menu: name, index: 0 }) });

const needsSignal = (context: Context): Clean | null =>
  subjectRow(context)?.signals.length === 0 ? say(context.lang, 'quiet.why.noSignal') : null;

export const quietActions: readonly Action[] = [
  {
    id: 'account.snooze',
    keys: ['z'],
    title: 'quiet.action.snooze',
    hint: 'quiet.action.snooze.hint',
    short: 'quiet.action.snooze.short',
    where: HERE,
    disabled: (context) => needsToday(context) ?? needsAccount(context),
    run: (context) => menu(context, 'snooze'),
  },
  {
    id: 'signal.dismiss',
    keys: ['x'],
    title: 'quiet.action.dismiss',
    hint: 'quiet.action.dismiss.hint',
    where: HERE,
    disabled: (context) => needsToday(context) ?? needsAccount(context) ?? needsSignal(context),
    run: (context) => menu(context, 'dismiss'),
  },
  {
    id: 'account.pulse',
    keys: ['P'],
    title: 'quiet.action.pulse',
    hint: 'quiet.action.pulse.hint',
    where: HERE,
    disabled: (context) => needsToday(context) ?? needsAccount(context),
    run: (context) => menu(context, 'pulse'),
  },
  {
    id: 'ask.keep',
    keys: ['enter'],
    title: 'quiet.action.keep',
    hint: 'quiet.action.keep.hint',
    short: 'quiet.action.keep',
    where: ['ask'],
    disabled: ({ ui, lang }) => {
      const ask = askingText(ui);
      if (ask?.buffer.text.trim() !== '') return null;
      if (ask.about.what === 'view') return say(lang, 'morning.why.noName');
      if (ask.about.what === 'row') return say(lang, 'outbox.why.noWords');
      return ask.about.what === 'pulse' ? say(lang, 'quiet.why.noReason') : null;
    },
    run: (asked) => {
      const ask = askingText(asked.ui);
      if (!ask) return {};
      const text = ask.buffer.text.trim();
      const context = { ...asked, ui: remembered(asked.ui, 'ask', text) };
      if (ask.about.what === 'view') return namedView(context, ask.about.filter, text);
      if (ask.about.what === 'row') return answeredRow(context.ui, ask.about.edit, text);
      return ask.about.what === 'pulse' ? answered(context.ui, ask.about, text) : keptForPlay(context, ask.about, text);
    },
  },
  {
    id: 'ask.cancel',
    keys: ['esc'],
    title: 'app.action.close',
    hint: 'app.action.close.hint',
    short: 'app.action.close',
    where: ['ask'],
    run: ({ ui }) => ({ ui: popOverlay(ui) }),
  },
];

/** What the menus of this file do when a line is taken. `about`: the signal in question. */
export function chooseQuiet(context: Context, pick: MenuItem['pick'], about: string): Outcome {
  const ui = popOverlay(context.ui);
  const row = subjectRow({ ...context, ui });
  if (!row) return { ui };
  if ('snooze' in pick) {
    const ids = subjectRows({ ...context, ui }).map(({ id }) => id);
    const leaving = new Set(pick.snooze === null ? [] : ids);
    return { ui: advanced({ ...context, ui }, ({ id }) => leaving.has(id)), effects: [{ do: 'snooze', ids, wish: pick.snooze }] };
  }
  if ('signal' in pick) {
    if (pick.dismissed) return { ui, effects: [{ do: 'dismiss', id: row.id, signal: pick.signal, reason: null }] };
    return { ui: pushOverlay(ui, { kind: 'menu', menu: 'reason', index: 0, about: pick.signal }) };
  }
  if ('reason' in pick) return { ui, effects: [{ do: 'dismiss', id: row.id, signal: about, reason: pick.reason }] };
  if (!('points' in pick)) return { ui };
  const ask: AskAbout = { what: 'pulse', accountId: row.id, name: cleanLine(row.name), points: pick.points };
  return { ui: pushOverlay(ui, { kind: 'ask', about: ask, buffer: textBuffer() }) };
}

const answered = (ui: Ui, { accountId, points }: Extract<AskAbout, { what: 'pulse' }>, because: string): Outcome => ({
  ui: popOverlay(ui),
  effects: [{ do: 'pulse', accountId, points, because }],
});

/** The line that is being asked for; null where none is. */
export const askingText = (ui: Ui): Extract<ReturnType<typeof topOverlay>, { kind: 'ask' }> | null => {
  const top = topOverlay(ui);
  return top?.kind === 'ask' ? top : null;
};

export function typedAsk(ui: Ui, change: (buffer: TextBuffer) => TextBuffer): Ui {
  const ask = askingText(ui);
  return ask ? withOverlay(ui, { ...ask, buffer: change(ask.buffer) }) : ui;
}
