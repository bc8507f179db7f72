/** Exceptions that stand above the sum: notice given, and an open ticket that asks to cancel. */
import type { TicketFact } from '../account.ts';
import { serialOf } from '../units/day.ts';
import { type Facts, NEVER, pastValue, type TicketColumn } from './facts.ts';
import type { Mention } from './mentions.ts';
import type { Override } from './types.ts';

const CANCELLATION_FLOOR = 90;
const CATEGORY = /^(?:cancel(?:l?ation)?(?:[ _-]request)?|churn|termination|解約(?:申請|申込|依頼|希望)?|退会)$/;

const normal = (text: string): string => text.normalize('NFKC').trim().toLowerCase();

/** Whether a ticket asks to end the contract. `said`: what the account's texts say of cancellation. */
export const asksToCancel = (ticket: TicketFact, said: readonly Mention[]): boolean =>
  (ticket.category !== null && CATEGORY.test(normal(ticket.category))) ||
  said.some((mention) => mention.ticket === ticket && mention.inTitle);

/** The tickets that ask to end the contract. */
export function cancellationsIn({ at, seen, closed, facts }: TicketColumn, said: readonly Mention[]): TicketColumn {
  const places = facts.flatMap((ticket, index) => (asksToCancel(ticket, said) ? [index] : []));
  if (places.length === 0) return NONE;
  const of = <T>(column: readonly T[]): T[] => column.filter((_, index) => places.includes(index));
  return { at: of(at), seen: of(seen), closed: of(closed), facts: of(facts) };
}

const NONE: TicketColumn = { at: [], seen: [], closed: [], facts: [] };
const NO_OVERRIDES: readonly Override[] = [];

/** `cancellations`: the account's tickets that ask to end the contract. */
export function overridesOn({ past }: Facts, cancellations: TicketColumn, on: number): readonly Override[] {
  const given = past.noticeGivenOn === undefined ? null : pastValue(past.noticeGivenOn, on);
  const open = cancellations.seen.findIndex((seen, index) => seen <= on && (cancellations.closed[index] ?? NEVER) > on);
  const ticket = cancellations.facts[open];
  const hasNotice = given !== null && serialOf(given) <= on;
  if (!hasNotice && !ticket) return NO_OVERRIDES;
  const found: Override[] = [];
  if (hasNotice) found.push({ id: 'notice_given', floor: null, because: given });
  if (ticket) found.push({ id: 'cancellation_ticket', floor: CANCELLATION_FLOOR, because: `ticket ${ticket.source.id}` });
  return found;
}
