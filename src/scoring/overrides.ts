/** Exceptions that stand above the sum: notice given, and an open ticket that asks to cancel. */
import { type Account, isKnown, type TicketFact, valueOn } from '../account.ts';
import type { Day } from '../units/day.ts';
import type { Mention } from './mentions.ts';
import type { Override } from './types.ts';

const CANCELLATION_FLOOR = 90;
const CATEGORY = /^(?:cancel(?:l?ation)?(?:[ _-]request)?|churn|termination|解約(?:申請|申込|依頼|希望)?|退会)$/;

const normal = (text: string): string => text.normalize('NFKC').trim().toLowerCase();

/** Whether a ticket asks to end the contract. `said`: what the account's texts say of cancellation. */
export const asksToCancel = (ticket: TicketFact, said: readonly Mention[]): boolean =>
  (ticket.category !== null && CATEGORY.test(normal(ticket.category))) ||
  said.some((mention) => mention.ticket === ticket && mention.inTitle);

const isOpen = (ticket: TicketFact, day: Day): boolean => isKnown(ticket, day) && (ticket.closedOn === null || ticket.closedOn > day);

/** The day on which the customer gave notice, as known on `day`; null where it has not. */
export function noticeGivenOn(account: Account, day: Day): Day | null {
  const given = valueOn(account.attributes.noticeGivenOn, day);
  return given !== null && given <= day ? given : null;
}

/** `said`: what the account's texts say of cancellation. */
export function overridesOn(account: Account, day: Day, said: readonly Mention[]): readonly Override[] {
  const found: Override[] = [];
  const given = noticeGivenOn(account, day);
  if (given) found.push({ id: 'notice_given', floor: null, because: given });
  const [ticket] = account.tickets
    .filter((one) => isOpen(one, day) && asksToCancel(one, said))
    .sort((a, b) => (a.validAt === b.validAt ? (a.source.id < b.source.id ? -1 : 1) : a.validAt < b.validAt ? 1 : -1));
  if (ticket) found.push({ id: 'cancellation_ticket', floor: CANCELLATION_FLOOR, because: `ticket ${ticket.source.id}` });
  return found;
}
