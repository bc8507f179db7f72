/**
 * MRR that runs from one day to another (a line item's term, a subscription, a property's value until the next one),
 * laid out by month the way MRR records stand: what ran on the last day of a month is the month's MRR, and of the
 * current month what runs today.
 *
 * A month in which a line changes is laid out once for each day on which another amount became known, so that every
 * past day reads what held then; the last of them is the month's own.
 */
import type { MrrFact, SourceRef } from '../account.ts';
import { addMonths, type Day, daysInMonth, firstDay, lastDay, type Month, monthOf } from '../units/day.ts';
import { type Money, ZERO } from '../units/money.ts';

/** From `on` the line brings in `amount` a month, until its next step; `knownAt` is the day on which HubSpot had that. */
export interface Step {
  readonly on: Day;
  readonly knownAt: Day;
  readonly amount: Money;
}

export interface Line {
  readonly source: SourceRef;
  readonly currency: string;
  readonly product: string | null;
  readonly plan: string | null;
  readonly seats: number | null;
  /** In any order; of one day, the one recorded later holds, then the later in the list. */
  readonly steps: readonly Step[];
}

/** Twenty years. Older months count nowhere: a mistyped year must not make every account two thousand years long. */
export const LONGEST_MONTHS = 240;

/** The first month that counts. */
export const oldestMonth = (today: Day): Month => addMonths(monthOf(today), 1 - LONGEST_MONTHS);

/** `day` moved by whole months; the end of a shorter month stands for a day that it has not. */
export function plusMonths(day: Day, months: number): Day {
  const month = addMonths(monthOf(day), months);
  const date = Math.min(Number(day.slice(8)), daysInMonth(month));
  return `${month}-${String(date).padStart(2, '0')}` as Day;
}

const later = (a: Day, b: Day): Day => {
  if (a < b) return b;
  return a;
};

/**
 * Facts of every month from the first step to the month of `today`. Months in which nothing runs are explicit zeros of
 * `account`, one in each currency: they are no gaps to be filled.
 */
export function layOut(lines: readonly Line[], today: Day, account: SourceRef): readonly MrrFact[] {
  const sorted = lines.map((line) => ({ ...line, steps: inOrder(line.steps.filter(({ on }) => on <= today)) }));
  const earliest = oldestMonth(today);
  const facts: MrrFact[] = [];
  const known = new Map<string, { month: Month; knownAt: Day }>();
  for (const line of sorted) {
    const first = line.steps[0];
    if (!first) continue;
    const from = monthOf(first.on) < earliest ? earliest : monthOf(first.on);
    const since = known.get(line.currency);
    const knownAt = line.steps.reduce((day, step) => (step.knownAt < day ? step.knownAt : day), first.knownAt);
    known.set(line.currency, {
      month: since && since.month < from ? since.month : from,
      knownAt: since && since.knownAt < knownAt ? since.knownAt : knownAt,
    });
    addLine(facts, line, from, today);
  }
  for (const [currency, since] of known) {
    for (let month = since.month; month <= monthOf(today); month = addMonths(month, 1)) {
      const start = firstDay(month);
      facts.push({
        month,
        amount: ZERO,
        currency,
        product: null,
        plan: null,
        seats: null,
        validAt: start,
        knownAt: later(start, since.knownAt),
        source: account,
        running: true,
      });
    }
  }
  return facts.filter(({ knownAt }) => knownAt <= today);
}

const inOrder = (steps: readonly Step[]): readonly Step[] =>
  steps.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.knownAt < b.knownAt ? -1 : a.knownAt > b.knownAt ? 1 : 0));

function addLine(facts: MrrFact[], line: Line, from: Month, today: Day): void {
  const { steps, ...cell } = line;
  const { source, currency, product, plan, seats } = cell;
  for (let month = from; month <= monthOf(today); month = addMonths(month, 1)) {
    const versions = versionsIn(steps, month);
    // Nothing ran all through the month: the account's own zero says so.
    if (versions.every(({ amount }) => amount === 0)) continue;
    for (const { amount, knownAt } of versions)
      facts.push({ month, amount, currency, product, plan, seats, validAt: firstDay(month), knownAt, source, running: true });
  }
}

/** What the month's amount was taken for, by the day on which that became known, latest first; steps in order. */
function versionsIn(steps: readonly Step[], month: Month): readonly { readonly amount: Money; readonly knownAt: Day }[] {
  const start = firstDay(month);
  const end = lastDay(month);
  const versions: { amount: Money; knownAt: Day }[] = [];
  for (let index = steps.length - 1; index >= 0; index -= 1) {
    const step = steps[index];
    if (!step || step.on > end) continue;
    const knownAt = later(later(step.knownAt, step.on), start);
    const next = versions.at(-1);
    // A later step that was known as early hides this one for good.
    if (next && next.knownAt <= knownAt) continue;
    versions.push({ amount: step.amount, knownAt });
    if (knownAt === start) break;
  }
  return versions;
}
