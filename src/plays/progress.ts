/**
 * How far the plays of an account are, by the marks that their tasks and notes carry in HubSpot and in the outbox, and by what
 * this machine knows of the steps that leave no mark: changes of properties and e-mail drafts. Pure.
 */
import type { Day } from '../units/day.ts';
import { readMark } from './planned.ts';

export type StepKind = 'note' | 'task' | 'property' | 'email';

/** A task or note of the account, or one that waits to be sent; a change of a property; a draft. */
export interface MarkedRecord {
  readonly kind: StepKind;
  readonly subject: string;
  /** Carries the mark, among other words. */
  readonly body: string;
  /** Of a task: when it is due; of anything else: when it happened. */
  readonly on: Day;
  /**
   * `waiting`: in the outbox · `needs_you`: in the outbox, and a person must decide · `drafted`: an e-mail that was handed to
   * the person, and that HubSpot does not show as sent.
   */
  readonly state: 'open' | 'done' | 'waiting' | 'needs_you' | 'drafted';
}

export interface StepProgress {
  readonly step: string;
  readonly kind: StepKind;
  readonly subject: string;
  readonly on: Day;
  readonly state: MarkedRecord['state'] | 'overdue';
}

export interface PlayProgress {
  readonly play: string;
  readonly run: string;
  /** By day. */
  readonly steps: readonly StepProgress[];
  readonly done: number;
  /** The first day that was missed; null where none was. */
  readonly overdueSince: Day | null;
}

/** Running plays first, the one that is longest overdue at the top; finished ones after, newest first. */
export function progressOf(records: Iterable<MarkedRecord>, today: Day): PlayProgress[] {
  const runs = new Map<string, { play: string; steps: Map<string, StepProgress> }>();
  for (const { body, ...record } of records) {
    const mark = readMark(body);
    if (!mark) continue;
    const run = runs.get(mark.run) ?? { play: mark.play, steps: new Map() };
    const state = record.kind === 'note' && record.state === 'open' ? 'done' : record.state;
    const isLate = record.kind === 'task' && state === 'open' && record.on < today;
    const step: StepProgress = {
      step: mark.step,
      kind: record.kind,
      subject: record.subject,
      on: record.on,
      state: isLate ? 'overdue' : state,
    };
    // A row that has just been sent may stand in both: HubSpot's word counts.
    if (run.steps.get(mark.step) === undefined || (state !== 'waiting' && state !== 'needs_you')) run.steps.set(mark.step, step);
    runs.set(mark.run, run);
  }
  // Drafts alone are no run: all that was queued with them was taken back.
  const begun = [...runs].filter(([, { steps }]) => [...steps.values()].some(({ kind }) => kind !== 'email'));
  const found = begun.map(([run, { play, steps }]): PlayProgress => {
    const sorted = [...steps.values()].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.step < b.step ? -1 : 1));
    return {
      play,
      run,
      steps: sorted,
      done: sorted.filter(({ state }) => state === 'done').length,
      overdueSince: sorted.find(({ state }) => state === 'overdue')?.on ?? null,
    };
  });
  const rank = (one: PlayProgress): number => (one.overdueSince !== null ? 0 : isFinished(one) ? 2 : 1);
  const last = (one: PlayProgress): string => one.steps.at(-1)?.on ?? '';
  return found.sort(
    (a, b) =>
      rank(a) - rank(b) ||
      (rank(a) === 0 ? compare(a.overdueSince ?? '', b.overdueSince ?? '') : compare(last(b), last(a))) ||
      compare(a.run, b.run),
  );
}

/** Whether a mail was sent, only HubSpot could tell: nobody waits for it. */
const isFinished = ({ steps }: PlayProgress): boolean => steps.every(({ state }) => state === 'done' || state === 'drafted');

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
