/** Inputs over tickets and their ratings. */
import { type SourceRef, type TicketFact, ticketField } from '../../account.ts';
import { type Day, dayOfSerial, serialOf } from '../../units/day.ts';
import { allIn, type Facts, NEVER } from '../facts.ts';
import { type Input, insufficient, notApplicable, type ReadingContext, reading } from '../reading.ts';
import { number } from './evidence.ts';

const RECENT_DAYS = 30;
const BASE_DAYS = 90;
const WINDOW_DAYS = 90;
const LEAST_RECENT = 3;
const LEAST_RATINGS = 2;
const REPEATED = 3;
const LEAST_SOLVED = 2;

/** Tickets opened in the last 90 days, newest first. */
const lately = ({ tickets }: Facts, { on }: ReadingContext): TicketFact[] => allIn(tickets, on - WINDOW_DAYS, on);

/** Of tickets that stand newest first. */
const placeOf = ([newest]: readonly TicketFact[]): { readonly at: Day | null; readonly source: SourceRef | null } => ({
  at: newest?.validAt ?? null,
  source: newest?.source ?? null,
});

/** (tickets of 30 days + 1) ÷ (monthly mean of the 90 days before + 1); 0 with fewer than 3 in 30 days. */
const ticketRise: Input = {
  feeds: ['support'],
  read({ tickets }, { on }) {
    const turn = on - RECENT_DAYS;
    const all = allIn(tickets, turn - BASE_DAYS, on);
    const recent = all.filter(({ validAt }) => serialOf(validAt) > turn);
    const base = (all.length - recent.length) / (BASE_DAYS / RECENT_DAYS);
    const ratio = recent.length < LEAST_RECENT ? 0 : (recent.length + 1) / (base + 1);
    return reading(
      ratio,
      () => ({ evidence: { v: number(recent.length), base: number(base, 1) }, ...placeOf(recent) }),
      0,
      recent.length === 0,
    );
  },
};

/** Counts tickets of 90 days that `counts` says true of; unknown where none of them says anything (null). */
const ticketCount = (field: string, counts: (ticket: TicketFact, day: Day) => boolean | null): Input => ({
  feeds: ['support'],
  read(facts, context) {
    const tickets = lately(facts, context);
    const { asOf } = context;
    if (tickets.length > 0 && tickets.every((ticket) => counts(ticket, asOf) === null)) return insufficient(field);
    const counted = tickets.filter((ticket) => counts(ticket, asOf) === true);
    return reading(counted.length, () => ({ evidence: { v: number(counted.length) }, ...placeOf(counted) }), 0, counted.length === 0);
  },
});

const urgentTickets = ticketCount('priority', (ticket, day) => {
  const priority = ticketField(ticket, 'priority', day);
  return priority === null ? null : priority === 'high' || priority === 'urgent';
});
const escalatedTickets = ticketCount('escalated', (ticket, day) => ticketField(ticket, 'escalated', day));

/** Reopened tickets of 90 days, and one more where a category came up three times. */
const repeatedProblems: Input = {
  feeds: ['support'],
  read(facts, context) {
    const tickets = lately(facts, context);
    const { asOf } = context;
    const reopened = tickets.filter((ticket) => ticketField(ticket, 'reopened', asOf) === true);
    const categories = new Map<string, number>();
    for (const ticket of tickets) {
      const category = ticketField(ticket, 'category', asOf);
      if (category) categories.set(category, (categories.get(category) ?? 0) + 1);
    }
    if (tickets.length > 0 && categories.size === 0 && tickets.every((ticket) => ticketField(ticket, 'reopened', asOf) === null))
      return insufficient('reopened');
    let most = 0;
    for (const count of categories.values()) most = Math.max(most, count);
    return reading(
      reopened.length + (most >= REPEATED ? 1 : 0),
      () => ({
        evidence: { v: number(reopened.length), n: number(most) },
        ...placeOf(reopened.length > 0 ? reopened : tickets),
      }),
      0,
      tickets.length === 0,
    );
  },
};

/** Mean rating of 90 days, 1–5, a rating counting half after the rule's half-life. */
const csatMean: Input = {
  feeds: ['support', 'survey'],
  anyFeed: true,
  weighsByAge: true,
  read({ ratings: { at, seen, facts } }, context, halfLifeDays) {
    const { on } = context;
    let weights = 0;
    let total = 0;
    let count = 0;
    let newest = -1;
    for (let index = 0; index < at.length; index++) {
      const day = at[index] ?? on;
      if (day <= on - WINDOW_DAYS) break;
      const rating = facts[index];
      if (day > on || (seen[index] ?? NEVER) > on || rating === undefined || rating.until <= on || !context.speaks(rating.of)) continue;
      const weight = halfLifeDays === null ? 1 : 2 ** (-(on - day) / halfLifeDays);
      weights += weight;
      total += weight * rating.score;
      count++;
      if (newest < 0) newest = index;
    }
    if (count < LEAST_RATINGS) return insufficient('ratings');
    const mean = total / weights;
    return reading(mean, () => ({
      evidence: { v: number(mean, 1), n: number(count) },
      at: dayOfSerial(at[newest] ?? on),
      source: facts[newest]?.source ?? null,
    }));
  },
};

const HOURS_A_DAY = 24;

/** Median hours to solve the tickets of 90 days ÷ the target. An open ticket counts once it is older than the target. */
const resolutionTime: Input = {
  feeds: ['support'],
  read(facts, context) {
    const { asOf, on } = context;
    const target = context.resolutionHours ?? context.peers.resolutionHours;
    if (target === null || target <= 0) return notApplicable('target');
    const tickets = lately(facts, context);
    const open: TicketFact[] = [];
    const hours: number[] = [];
    let oldest = 0;
    for (const ticket of tickets) {
      if (ticket.closedOn === null || ticket.closedOn > asOf) {
        open.push(ticket);
        const days = on - serialOf(ticket.validAt);
        oldest = Math.max(oldest, days);
        if (days * HOURS_A_DAY > target) hours.push(days * HOURS_A_DAY);
      } else if (ticket.hoursToClose !== null) hours.push(ticket.hoursToClose);
    }
    if (hours.length < LEAST_SOLVED) return insufficient('solved_tickets');
    hours.sort((a, b) => a - b);
    const median = ((hours[(hours.length - 1) >> 1] ?? 0) + (hours[hours.length >> 1] ?? 0)) / 2;
    return reading(
      median / target,
      () => ({
        evidence: { v: number(median), target: number(target), n: number(open.length), days: number(oldest) },
        ...placeOf(open.length > 0 ? open : tickets),
      }),
      0,
      tickets.length === 0,
    );
  },
};

export const supportInputs = { resolutionTime, ticketRise, urgentTickets, escalatedTickets, repeatedProblems, csatMean } as const;
