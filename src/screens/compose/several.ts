/** One text on several accounts: whom it is for in short, and what it is on each of them. Pure. */
import { say } from '../../components/say.ts';
import { textBuffer } from '../../components/text-buffer.ts';
import { parseSpan, resolveSpan, type Span } from '../../plays/due.ts';
import type { Facts } from '../../plays/facts.ts';
import { render } from '../../plays/template.ts';
import type { Template } from '../../policy.ts';
import { cut } from '../../text/cells.ts';
import { type Clean, join, literal } from '../../text/clean.ts';
import type { Lang } from '../../text/messages/index.ts';
import type { Day } from '../../units/day.ts';
import { EACH_OWNER } from './fields.ts';
import { type Addressee, addressees, type Begun, type Compose, isOnSeveral } from './state.ts';

const NAME_CELLS = 16;
const NAMED = 3;

/** The first names, each cut, and how many more. */
export function namesOf(all: readonly Pick<Addressee, 'name'>[], lang: Lang): Clean {
  const first = all.slice(0, NAMED).map(({ name }) => cut(name, NAME_CELLS));
  const names = join(first, literal(lang === 'ja' ? '、' : ', '));
  const more = all.length - NAMED;
  return more > 0 ? say(lang, 'several.more', { names, n: more }) : names;
}

/** The account's name, or how many there are and who. */
export function addressed(state: Pick<Compose, 'accountId' | 'accountName' | 'others'>, lang: Lang): Clean {
  const all = addressees(state);
  return all.length === 1 ? state.accountName : say(lang, 'several.accounts', { n: all.length, names: namesOf(all, lang) });
}

/** A template with its facts open; a day that hangs on the renewal stays as its words. */
export function opened({ subject, text, task }: Template, lang: Lang, today: Day): Begun {
  const span = task && parseSpan(task.due);
  return {
    subject: subject?.[lang] ?? '',
    text: text?.[lang] ?? '',
    due: span && task ? (span.from === 'renewal' ? task.due : resolveSpan(span, today, null)) : null,
  };
}

/** The day that each account has its own of; null where all have the same. */
export function ownDue(state: Pick<Compose, 'due' | 'others'>): Span | null {
  const span = isOnSeveral(state) ? parseSpan(state.due.text) : null;
  return span?.from === 'renewal' ? span : null;
}

export interface Known {
  /** Null where the texts ask for none. */
  readonly facts: Facts | null;
  readonly renewal: Day | null;
  /** Its owner's id; null where there is none who can be given work. */
  readonly owner: string | null;
}

/** As if it had been written on this account alone. What is typed without a template stays as it is typed. */
export function onAccount(state: Compose, { id, name }: Addressee, { facts, renewal, owner }: Known, lang: Lang, today: Day): Compose {
  const span = ownDue(state);
  const due = span ? textBuffer(resolveSpan(span, today, renewal)) : state.due;
  const { chosen } = state;
  const assignee = chosen.assignee === EACH_OWNER ? (owner ?? EACH_OWNER) : chosen.assignee;
  const own = { ...state, accountId: id, accountName: name, others: [], due, chosen: { ...chosen, assignee } };
  if (facts === null) return own;
  return {
    ...own,
    subject: textBuffer(render(state.subject.text, facts, lang).text),
    body: textBuffer(render(state.body.text, facts, lang).text, true),
  };
}
