/** What could have been known of a churned account beforehand, what was done, and whether somebody has looked back on it. */
import type { Account, TouchFact } from '../account.ts';
import { progressOf } from '../plays/progress.ts';
import type { Policy } from '../policy.ts';
import { addDays, type Day, daysBetween, firstDay, type Month } from '../units/day.ts';
import type { BookContext } from './kept.ts';
import { markedTouches } from './play-progress.ts';
import { Preparer } from './prepared.ts';
import { BookScorer, type Census } from './score-book.ts';

/** A signal that raised the risk on the day before the month of the churn. */
export interface WarningSign {
  readonly signal: string;
  readonly points: number;
  /** The first day of its unbroken firing, 90 days back at most. */
  readonly since: Day;
  /** From then to the first day of the month of the churn. */
  readonly daysBefore: number;
}

export interface ChurnAction {
  readonly kind: TouchFact['kind'];
  readonly day: Day;
}

export interface ChurnStory {
  /** Strongest first; null where no book was scored yet. */
  readonly signs: readonly WarningSign[] | null;
  /** Notes, calls, meetings, mails and tasks of ours in the 90 days before the month of the churn and in it, oldest first. */
  readonly actions: readonly ChurnAction[];
  /** Of the play that looks back on a churn. */
  readonly postmortem: 'done' | 'open' | 'none';
}

const SHOWN_SIGNS = 5;
const ACTED_DAYS = 90;
const POSTMORTEM = 'post-mortem';

export interface StoryInputs {
  readonly asOf: Day;
  readonly currency: string;
  readonly policy: Policy;
  /** What the book keeps of all accounts; null where none was scored. */
  readonly context: BookContext | null;
}

/** Tells the story of one account and month after the other; what they share is made once. */
export class StoryTeller {
  readonly #inputs: StoryInputs;
  readonly #preparer: Preparer;
  readonly #scorers = new Map<Day, BookScorer>();

  constructor(inputs: StoryInputs) {
    this.#inputs = inputs;
    this.#preparer = new Preparer(inputs.currency, inputs.policy);
  }

  /** `month`: the first without MRR. */
  storyOf(account: Account, month: Month): ChurnStory {
    const left = firstDay(month);
    return { signs: this.#signs(account, left), actions: actionsOf(account, left), postmortem: postmortemOf(account, this.#inputs.asOf) };
  }

  #signs(account: Account, left: Day): readonly WarningSign[] | null {
    const scorer = this.#scorerOn(addDays(left, -1));
    if (!scorer) return null;
    const { receipt, since } = scorer.draft(account).draft;
    const began = since();
    return receipt()
      .groups.flatMap(({ lines }) => lines)
      .filter((line) => line.points > 0 && !line.dismissed)
      .sort((a, b) => b.points - a.points || (a.signal < b.signal ? -1 : 1))
      .slice(0, SHOWN_SIGNS)
      .map(({ signal, points }) => {
        const first = began.get(signal) ?? addDays(left, -1);
        return { signal, points: Number(points.toFixed(2)), since: first, daysBefore: daysBetween(first, left) };
      });
  }

  /** By what was known on that day, and by what is usual in the portal now. */
  #scorerOn(day: Day): BookScorer | null {
    const { context, currency, policy } = this.#inputs;
    if (context === null) return null;
    let scorer = this.#scorers.get(day);
    if (!scorer) {
      const census: Census = {
        // The last day of a month: it was written by then.
        progress: { workingMonth: (of) => of.slice(0, 7) as Month },
        population: { size: 0, tierOf: () => null, gradeOf: () => null, isHighImpact: () => false },
        peers: context.peers,
        preparer: this.#preparer,
      };
      scorer = new BookScorer({ asOf: day, currency, feeds: context.feeds, dismissals: [] }, policy, census);
      this.#scorers.set(day, scorer);
    }
    return scorer;
  }
}

/** Of ours: what the customer sent is none. A task is done on the day that it was due. */
function actionsOf({ touches }: Account, left: Day): readonly ChurnAction[] {
  const [from, to] = [addDays(left, -ACTED_DAYS), addDays(left, 31)];
  return touches
    .filter(({ kind, direction, done }) => (kind !== 'email' || direction === 'out') && (kind !== 'task' || done === true))
    .filter(({ validAt }) => validAt >= from && validAt < to)
    .map(({ kind, validAt }) => ({ kind, day: validAt }))
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.kind < b.kind ? -1 : 1));
}

function postmortemOf({ touches }: Account, asOf: Day): ChurnStory['postmortem'] {
  const runs = progressOf(markedTouches(touches, asOf), asOf).filter(({ play }) => play === POSTMORTEM);
  if (runs.length === 0) return 'none';
  return runs.some(({ done, steps }) => done === steps.length) ? 'done' : 'open';
}
