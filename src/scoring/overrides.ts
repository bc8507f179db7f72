/** Exceptions that stand above the sum: notice given, an open ticket that asks to cancel, a customer that is closing down. */
import { type TicketFact, ticketSteps } from '../account.ts';
import { type Day, serialOf } from '../units/day.ts';
import { type Column, type Facts, NEVER, type Past, pastValue } from './facts.ts';
import type { Mention } from './mentions.ts';
import type { Override } from './types.ts';

const CANCELLATION_FLOOR = 90;
const CLOSING_FLOOR = 85;
/** What was said of a closing down counts for so long; a property until it is cleared. */
const CLOSING_DAYS = 180;
const CATEGORY = /^(?:cancel(?:l?ation)?(?:[ _-]request)?|churn|termination|解約(?:申請|申込|依頼|希望)?|退会)$/;

const isCancellation = (category: string | null): boolean =>
  category !== null && CATEGORY.test(category.normalize('NFKC').trim().toLowerCase());

/** The first mention in the ticket's title or category. */
const saidIn = (ticket: TicketFact, said: readonly Mention[]): Mention | undefined =>
  said.find((mention) => mention.ticket === ticket && mention.inTitle);

/** Whether a ticket ever asked to end the contract. `said`: what the account's texts say of cancellation. */
export const asksToCancel = (ticket: TicketFact, said: readonly Mention[]): boolean =>
  ticketSteps(ticket, 'category').some(({ value }) => isCancellation(value)) || saidIn(ticket, said) !== undefined;

/** A floor, and the days on which it stands: from the first up to the day before `until`. */
export interface Exception {
  readonly id: 'cancellation_ticket' | 'bankruptcy';
  readonly floor: number;
  readonly because: string;
  readonly from: number;
  readonly until: number;
}

/** What lifts the account's score, on whatever days; of each kind the newest first. */
export function exceptionsIn(facts: Facts, said: (topic: string) => Column<Mention>): readonly Exception[] {
  const found = [...cancellations(facts, said('cancellation').facts), ...closings(facts, said('closing_down'))];
  return found.length === 0 ? NONE : found;
}

const NONE: readonly Exception[] = [];

function cancellations({ tickets: { seen, closed, facts } }: Facts, said: readonly Mention[]): Exception[] {
  return facts.flatMap((ticket, index): Exception[] => {
    const span = (on: Day | null, next: Day | null): Exception => ({
      id: 'cancellation_ticket',
      floor: CANCELLATION_FLOOR,
      because: `ticket ${ticket.source.id}`,
      from: Math.max(seen[index] ?? NEVER, on === null ? 0 : serialOf(on)),
      until: Math.min(closed[index] ?? NEVER, next === null ? NEVER : serialOf(next)),
    });
    const title = saidIn(ticket, said);
    const steps = ticketSteps(ticket, 'category');
    return [
      ...(title ? [span(title.knownAt, null)] : []),
      ...steps.flatMap(({ on, value }, step) => (isCancellation(value) ? [span(on, steps[step + 1]?.on ?? null)] : [])),
    ];
  });
}

function closings({ past }: Facts, { at, seen, facts }: Column<Mention>): Exception[] {
  const closing = (because: string, from: number, until: number): Exception => ({
    id: 'bankruptcy',
    floor: CLOSING_FLOOR,
    because,
    from,
    until,
  });
  const marked = marks(past.closingDown).map(({ property, from, until }) => closing(`property ${property}`, from, until));
  const told = facts.flatMap(({ inTitle, where, source }, index) =>
    inTitle ? [closing(`${where} ${source.id}`, seen[index] ?? NEVER, (at[index] ?? 0) + CLOSING_DAYS)] : [],
  );
  return [...marked, ...told];
}

/** The spans in which a tick stood, newest first. */
function marks(past: Past<boolean> | undefined): { readonly property: string; readonly from: number; readonly until: number }[] {
  if (past === undefined) return [];
  const { seen, entries } = past;
  return entries
    .flatMap(({ value, source }, index) =>
      value === true
        ? [{ property: source.property ?? '', from: seen[index] ?? NEVER, until: Math.min(NEVER, ...seen.slice(index + 1)) }]
        : [],
    )
    .reverse();
}

const NO_OVERRIDES: readonly Override[] = [];

/** `exceptions`: the account's own. */
export function overridesOn({ past }: Facts, exceptions: readonly Exception[], on: number): readonly Override[] {
  const given = past.noticeGivenOn === undefined ? null : pastValue(past.noticeGivenOn, on);
  const hasNotice = given !== null && serialOf(given) <= on;
  if (!hasNotice && exceptions.length === 0) return NO_OVERRIDES;
  const found: Override[] = hasNotice ? [{ id: 'notice_given', floor: null, because: given }] : [];
  for (const { id, floor, because, from, until } of exceptions) {
    if (from <= on && on < until && !found.some((other) => other.id === id)) found.push({ id, floor, because });
  }
  return found;
}
