/** An account with only what was known on a day. */
import type { Account, AccountAttributes, ContactCounters, ContactFact, Counter, Dated, TicketFact } from '../account.ts';
import type { Day } from '../units/day.ts';

/** Facts that were known by `day` stay, also those about later days (a planned meeting, a renewal). */
export function knownBy(account: Account, day: Day): Account {
  const known = <T extends Dated>(facts: readonly T[]): T[] => facts.filter((fact) => fact.knownAt <= day);
  const attributes = Object.fromEntries(
    Object.entries(account.attributes).map(([key, history]) => [key, known<Dated>(history)]),
    // The same keys with shorter histories.
  ) as AccountAttributes;
  return {
    ...account,
    attributes,
    mrr: known(account.mrr),
    usage: known(account.usage),
    tickets: known(account.tickets).map((ticket) => stillOpen(ticket, day)),
    surveys: known(account.surveys),
    touches: known(account.touches),
    contacts: known(account.contacts).map((contact) => stillHere(contact, day)),
  };
}

/** A close after the day, and the rating that came with it, were not known. */
const stillOpen = (ticket: TicketFact, day: Day): TicketFact =>
  ticket.closedOn !== null && ticket.closedOn > day ? { ...ticket, closedOn: null, hoursToClose: null, csat: null } : ticket;

/** A leaving, visits, mails and surveys that were recorded after the day were not known. */
const stillHere = ({ left, counters, surveyedOn, ...contact }: ContactFact, day: Day): ContactFact => ({
  ...contact,
  left: left && left.knownAt > day ? null : left,
  ...(counters ? { counters: countedBy(counters, day) } : {}),
  ...(surveyedOn ? { surveyedOn: surveyedOn.filter((sent) => sent.knownAt <= day) } : {}),
});

const countedBy = (counters: ContactCounters, day: Day): ContactCounters =>
  // The same keys with shorter histories.
  Object.fromEntries(
    Object.entries(counters).map(([key, steps]: [string, Counter]) => [key, steps.filter((step) => step.on <= day)]),
  ) as ContactCounters;
