/** The plays that run on an account, read off its tasks and notes and off what waits in the outbox. */
import type { TouchFact } from '../account.ts';
import { textOfHtml } from '../data/hubspot/html.ts';
import { type MarkedRecord, type PlayProgress, progressOf } from '../plays/progress.ts';
import { searchKey } from '../text/search.ts';
import type { Day } from '../units/day.ts';

/** Bodies of a book are many; nearly none has the mark. */
const SIGN = 'kizashi play ';

/** Tasks and notes that HubSpot had on `day`. */
export const markedTouches = (touches: readonly TouchFact[], day: Day): MarkedRecord[] =>
  touches.flatMap((touch): MarkedRecord[] => {
    const { kind, body, title, validAt, knownAt, done } = touch;
    if ((kind !== 'task' && kind !== 'note') || body === null || knownAt > day || !body.includes(SIGN)) return [];
    return [{ kind, subject: title, body: textOfHtml(body), on: validAt, state: done === true || kind === 'note' ? 'done' : 'open' }];
  });

/** Drafts that were sent: HubSpot has an outgoing e-mail with their subject from their day on. */
export const withMails = (acted: readonly MarkedRecord[], touches: readonly TouchFact[], day: Day): MarkedRecord[] =>
  acted.map((one) => {
    if (one.kind !== 'email' || one.state !== 'drafted') return one;
    const subject = searchKey(one.subject);
    const isSent = touches.some(
      ({ kind, direction, title, validAt, knownAt }) =>
        kind === 'email' && direction === 'out' && validAt >= one.on && knownAt <= day && searchKey(title) === subject,
    );
    return isSent ? { ...one, state: 'done' } : one;
  });

/** An account whose play has steps that are overdue. */
export interface OverduePlay {
  readonly play: string;
  readonly since: Day;
  /** Subject of the step that is overdue longest. */
  readonly step: string;
}

export function overdueOf(progress: readonly PlayProgress[]): OverduePlay | null {
  const [first] = progress;
  const step = first?.steps.find(({ state }) => state === 'overdue');
  return first && step ? { play: first.play, since: step.on, step: step.subject } : null;
}

/** Null where no step of a play is overdue. */
export function overduePlay(touches: readonly TouchFact[], day: Day): OverduePlay | null {
  const marked = markedTouches(touches, day);
  return marked.length === 0 ? null : overdueOf(progressOf(marked, day));
}
