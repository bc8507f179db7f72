/** Looking a play over and running it. */
import { say } from '../../components/say.ts';
import { textBuffer } from '../../components/text-buffer.ts';
import { FACTS } from '../../plays/facts.ts';
import { mailtoOf } from '../../plays/planned.ts';
import {
  adjusted,
  editable,
  isRead,
  itemsOf,
  otherPlay,
  type PlayItem,
  type PlayPane,
  playPane,
  preparedAll,
} from '../../screens/play/state.ts';
import { problemWords } from '../../screens/play/view-model.ts';
import { type Clean, cleanLine } from '../../text/clean.ts';
import { parseDue } from '../../text/dates.ts';
import type { MessageKey } from '../../text/messages/index.ts';
import type { Action, Outcome } from '../action.ts';
import { type Context, subjectRows } from '../context.ts';
import { type AskAbout, popOverlay, pushOverlay, topOverlay, type Ui, withOverlay } from '../state.ts';
import { needsAccount, needsToday } from './needs.ts';

export const playOverlay = (ui: Ui): PlayPane | null => {
  const top = topOverlay(ui);
  return top?.kind === 'play' ? top.pane : null;
};

export const withPane = (ui: Ui, change: (pane: PlayPane) => PlayPane): Ui => {
  const pane = playOverlay(ui);
  return pane && !pane.saving ? withOverlay(ui, { kind: 'play', pane: change(pane) }) : ui;
};

const itemHere = ({ ui, workspace, lang }: Context): PlayItem | null => {
  const pane = playOverlay(ui);
  return pane ? (itemsOf(pane, workspace.today, lang)[pane.index] ?? null) : null;
};

const stepHere = (context: Context) => {
  const item = itemHere(context);
  return item?.kind === 'step' ? item.step : null;
};

/** Runs it, or says what keeps it from running and goes to that line. Before everything is read, it is remembered. */
export function runPlay({ ui, workspace, lang }: Pick<Context, 'ui' | 'workspace' | 'lang'>): Outcome {
  const pane = playOverlay(ui);
  if (!pane || pane.saving) return {};
  if (!isRead(pane)) return { ui: withPane(ui, (now) => ({ ...now, wanted: true })) };
  const all = preparedAll(pane, workspace.today, lang);
  const refuse = (problem: Clean, isIt: (item: PlayItem) => boolean): Outcome => {
    const at = itemsOf(pane, workspace.today, lang).findIndex(isIt);
    return { ui: withPane(ui, (now) => ({ ...now, wanted: false, problem, index: at < 0 ? now.index : at })) };
  };
  for (const { row, prepared } of all) {
    const [wrong] = prepared.problems;
    if (wrong)
      return refuse(
        say(lang, 'plays.pane.wrong', { name: cleanLine(row.name), what: problemWords(wrong.problem, lang) }),
        (item) => item.kind === 'step' && item.step.id === wrong.step,
      );
    const [fact] = prepared.missing;
    if (fact)
      return refuse(
        say(lang, 'plays.pane.missing', { name: cleanLine(row.name), fact: FACTS[fact][lang] }),
        (item) => item.kind === 'fact' && item.fact === fact,
      );
  }
  const writes = all.some(({ prepared }) => prepared.steps.some(({ on, kind }) => on && kind !== 'email'));
  if (!writes) return refuse(say(lang, 'plays.error.nothing'), () => false);
  return {
    ui: withOverlay(ui, { kind: 'play', pane: { ...pane, wanted: false, saving: true, problem: null } }),
    effects: [{ do: 'runPlay', all, lang }],
  };
}

const asking = (context: Context, about: AskAbout, text: string): Outcome => ({
  ui: pushOverlay(context.ui, { kind: 'ask', about, buffer: textBuffer(text) }),
});

const ASSIGNEES: readonly string[] = ['me', 'owner', 'lead'];

const inPane = (
  id: string,
  keys: readonly string[],
  word: 'run' | 'toggle' | 'edit' | 'due' | 'assignee' | 'next' | 'previous' | 'copy' | 'mailto',
  rest: Pick<Action, 'run' | 'disabled'>,
): Action => ({
  id: `play.${id}`,
  keys,
  title: `plays.action.${word}`,
  hint: `plays.action.${word}.hint`,
  short: `plays.action.${word}`,
  where: ['play'],
  ...rest,
});

const needsTask = (context: Context): Clean | null => (stepHere(context)?.kind === 'task' ? null : say(context.lang, 'plays.why.noTask'));
const mailOf = (context: Context) => {
  const pane = playOverlay(context.ui);
  const here = stepHere(context);
  if (here?.kind === 'email') return here;
  const steps = pane ? (preparedAll(pane, context.workspace.today, context.lang)[0]?.prepared.steps ?? []) : [];
  return steps.find((step) => step.kind === 'email') ?? null;
};
const needsMail = (context: Context): Clean | null => (mailOf(context) ? null : say(context.lang, 'plays.why.noMail'));

export const playActions: readonly Action[] = [
  {
    id: 'play.open',
    keys: ['p'],
    title: 'plays.action.open',
    hint: 'plays.action.open.hint',
    short: 'plays.action.open.short',
    where: ['book', 'account'],
    writes: true,
    disabled: (context) => needsToday(context) ?? needsAccount(context),
    run: (context) => {
      const rows = subjectRows(context);
      return {
        ui: pushOverlay(context.ui, { kind: 'play', pane: playPane(rows) }),
        effects: [{ do: 'readPlay', ids: rows.map(({ id }) => id) }],
      };
    },
  },
  inPane('run', ['enter'], 'run', { run: runPlay }),
  inPane('toggle', ['space'], 'toggle', {
    disabled: (context) => (stepHere(context) ? null : say(context.lang, 'plays.why.noStep')),
    run: (context) => {
      const step = stepHere(context);
      if (!step) return {};
      const off = playOverlay(context.ui)?.adjustments[step.id]?.off === true;
      return { ui: withPane(context.ui, (pane) => adjusted(pane, step.id, { off: !off })) };
    },
  }),
  inPane('edit', ['e'], 'edit', {
    disabled: (context) => {
      const item = itemHere(context);
      const isText = item && (item.kind !== 'step' || item.step.kind === 'task' || item.step.kind === 'note');
      return isText ? null : say(context.lang, 'plays.why.noText');
    },
    run: (context) => {
      const item = itemHere(context);
      if (!item) return {};
      if (item.kind === 'question')
        return asking(context, { what: 'answer', id: item.question.id, label: cleanLine(item.question.label) }, item.question.answer);
      if (item.kind === 'fact') return asking(context, { what: 'answer', id: item.fact, label: cleanLine(item.label) }, item.answer);
      const { step } = item;
      const label = say(context.lang, `plays.kind.${step.kind}`);
      const pane = playOverlay(context.ui);
      if (!pane || (step.kind !== 'task' && step.kind !== 'note')) return {};
      if (step.kind === 'note') {
        const buffer = textBuffer(editable(pane, step, 'text', context.lang), true);
        return { ui: pushOverlay(context.ui, { kind: 'words', about: { what: 'step', id: step.id, label }, buffer }) };
      }
      return asking(context, { what: 'step', id: step.id, field: 'subject', label }, editable(pane, step, 'subject', context.lang));
    },
  }),
  inPane('due', ['d'], 'due', {
    disabled: needsTask,
    run: (context) => {
      const step = stepHere(context);
      if (step?.kind !== 'task') return {};
      return asking(context, { what: 'step', id: step.id, field: 'due', label: cleanLine(step.subject) }, step.due ?? '');
    },
  }),
  inPane('assignee', ['a'], 'assignee', {
    disabled: needsTask,
    run: (context) => {
      const step = stepHere(context);
      if (step?.kind !== 'task') return {};
      const at = ASSIGNEES.indexOf(step.assignee);
      return { ui: withPane(context.ui, (pane) => adjusted(pane, step.id, { assignee: ASSIGNEES[(at + 1) % ASSIGNEES.length] ?? 'me' })) };
    },
  }),
  inPane('next', ['right', 'tab'], 'next', { run: ({ ui }) => ({ ui: withPane(ui, (pane) => otherPlay(pane, 1)) }) }),
  inPane('previous', ['left', 'shift+tab'], 'previous', { run: ({ ui }) => ({ ui: withPane(ui, (pane) => otherPlay(pane, -1)) }) }),
  inPane('copyMail', ['c'], 'copy', {
    disabled: needsMail,
    run: (context) => {
      const mail = mailOf(context);
      return mail?.kind === 'email'
        ? { effects: [{ do: 'copyText', text: `${mail.subject}\n\n${mail.text}`, said: 'plays.toast.copied' satisfies MessageKey }] }
        : {};
    },
  }),
  inPane('mailto', ['m'], 'mailto', {
    disabled: needsMail,
    run: (context) => {
      const mail = mailOf(context);
      return mail?.kind === 'email' ? { effects: [{ do: 'mailto', url: mailtoOf(mail) }] } : {};
    },
  }),
  {
    id: 'play.close',
    keys: ['esc', 'q'],
    title: 'app.action.close',
    hint: 'app.action.close.hint',
    short: 'app.action.close',
    where: ['play'],
    run: ({ ui }) => (playOverlay(ui)?.saving ? {} : { ui: popOverlay(ui) }),
  },
];

/** The text of a note goes back into the pane below. */
export const keptStepText = (ui: Ui, id: string, text: string): Ui => withPane(popOverlay(ui), (pane) => adjusted(pane, id, { text }));

/** What was typed for the pane below; a day that is not understood is asked for again. */
export function keptForPlay(context: Context, about: Extract<AskAbout, { what: 'answer' | 'step' }>, text: string): Outcome {
  const ui = popOverlay(context.ui);
  if (about.what === 'answer')
    return { ui: withPane(ui, (pane) => ({ ...pane, problem: null, answers: { ...pane.answers, [about.id]: text } })) };
  if (about.field !== 'due') return { ui: withPane(ui, (pane) => adjusted(pane, about.id, { [about.field]: text })) };
  const day = parseDue(text, context.workspace.today);
  const isPast = day !== null && day < context.workspace.today;
  if (day === null || isPast) {
    const problem = say(context.lang, isPast ? 'app.field.duePast' : 'app.field.dueUnknown');
    return { ui: withPane(ui, (pane) => ({ ...pane, problem })) };
  }
  return { ui: withPane(ui, (pane) => adjusted(pane, about.id, { due: day })) };
}
