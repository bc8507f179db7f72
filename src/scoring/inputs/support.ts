/** Inputs over tickets and their ratings. */
import { type Account, isKnown, type SourceRef, type TicketFact } from '../../account.ts';
import { type Day, daysBetween } from '../../units/day.ts';
import { daysAgo, type Input, insufficient, notApplicable, type ReadingContext, reading } from '../reading.ts';
import { number } from './evidence.ts';

const RECENT_DAYS = 30;
const BASE_DAYS = 90;
const WINDOW_DAYS = 90;
const LEAST_RECENT = 3;
const LEAST_RATINGS = 2;
const REPEATED = 3;
const LEAST_SOLVED = 2;

/** Tickets opened in (`after`, `until`], as known on the day of the reading. */
function ticketsIn(account: Account, context: ReadingContext, after: Day, until: Day): TicketFact[] {
  return account.tickets.filter((ticket) => ticket.validAt > after && ticket.validAt <= until && isKnown(ticket, context.asOf));
}

const lately = (account: Account, context: ReadingContext): TicketFact[] =>
  ticketsIn(account, context, daysAgo(context.asOf, WINDOW_DAYS), context.asOf);

const newest = (tickets: readonly TicketFact[]): TicketFact | null =>
  tickets.reduce<TicketFact | null>(
    (found, ticket) =>
      !found || ticket.validAt > found.validAt || (ticket.validAt === found.validAt && ticket.source.id < found.source.id) ? ticket : found,
    null,
  );

const sourceOf = (tickets: readonly TicketFact[]): { at: Day | null; source: SourceRef | null; zero: boolean } => {
  const ticket = newest(tickets);
  return { at: ticket?.validAt ?? null, source: ticket?.source ?? null, zero: ticket === null };
};

/** (tickets of 30 days + 1) ÷ (monthly mean of the 90 days before + 1); 0 with fewer than 3 in 30 days. */
const ticketRise: Input = {
  feeds: ['support'],
  read(account, context) {
    const turn = daysAgo(context.asOf, RECENT_DAYS);
    const recent = ticketsIn(account, context, turn, context.asOf);
    const base = ticketsIn(account, context, daysAgo(turn, BASE_DAYS), turn).length / (BASE_DAYS / RECENT_DAYS);
    const ratio = recent.length < LEAST_RECENT ? 0 : (recent.length + 1) / (base + 1);
    return reading(ratio, { v: number(recent.length), base: number(base, 1) }, sourceOf(recent));
  },
};

/** Counts tickets of 90 days that `counts` says true of; unknown where none of them says anything (null). */
const ticketCount = (field: string, counts: (ticket: TicketFact) => boolean | null): Input => ({
  feeds: ['support'],
  read(account, context) {
    const tickets = lately(account, context);
    if (tickets.length > 0 && tickets.every((ticket) => counts(ticket) === null)) return insufficient(field);
    const counted = tickets.filter((ticket) => counts(ticket) === true);
    return reading(counted.length, { v: number(counted.length) }, sourceOf(counted));
  },
});

const urgentTickets = ticketCount('priority', ({ priority }) => (priority === null ? null : priority === 'high' || priority === 'urgent'));
const escalatedTickets = ticketCount('escalated', ({ escalated }) => escalated);

/** Reopened tickets of 90 days, and one more where a category came up three times. */
const repeatedProblems: Input = {
  feeds: ['support'],
  read(account, context) {
    const tickets = lately(account, context);
    const reopened = tickets.filter((ticket) => ticket.reopened === true);
    const categories = new Map<string, number>();
    for (const { category } of tickets) if (category) categories.set(category, (categories.get(category) ?? 0) + 1);
    if (tickets.length > 0 && categories.size === 0 && tickets.every((ticket) => ticket.reopened === null)) return insufficient('reopened');
    const most = Math.max(0, ...categories.values());
    return reading(
      reopened.length + (most >= REPEATED ? 1 : 0),
      { v: number(reopened.length), n: number(most) },
      sourceOf(reopened.length > 0 ? reopened : tickets),
    );
  },
};

interface Rating {
  readonly score: number;
  readonly on: Day;
  readonly source: SourceRef;
}

/** Ratings of 90 days: of tickets, dated by their close (a rating comes after it), and CSAT surveys. */
function ratings(account: Account, { asOf, speaks }: ReadingContext): readonly Rating[] {
  const found: Rating[] = [];
  if (speaks('support')) {
    for (const ticket of account.tickets) {
      if (ticket.csat !== null && isKnown(ticket, asOf)) {
        found.push({ score: ticket.csat, on: ticket.closedOn ?? ticket.validAt, source: ticket.source });
      }
    }
  }
  if (speaks('survey')) {
    for (const survey of account.surveys) {
      if (survey.kind === 'csat' && isKnown(survey, asOf)) found.push({ score: survey.score, on: survey.validAt, source: survey.source });
    }
  }
  const after = daysAgo(asOf, WINDOW_DAYS);
  // Sorted, so that the last digit of the mean does not hang on the order in which the records came.
  return found
    .filter(({ on }) => on > after && on <= asOf)
    .sort((a, b) => (a.on === b.on ? (a.source.id < b.source.id ? -1 : 1) : a.on < b.on ? 1 : -1));
}

/** Mean rating of 90 days, 1–5, a rating counting half after the rule's half-life. */
const csatMean: Input = {
  feeds: ['support', 'survey'],
  anyFeed: true,
  weighsByAge: true,
  read(account, context) {
    const rated = ratings(account, context);
    if (rated.length < LEAST_RATINGS) return insufficient('ratings');
    let weights = 0;
    let total = 0;
    for (const { score, on } of rated) {
      const weight = context.halfLifeDays === null ? 1 : 2 ** (-daysBetween(on, context.asOf) / context.halfLifeDays);
      weights += weight;
      total += weight * score;
    }
    const mean = total / weights;
    return reading(mean, { v: number(mean, 1), n: number(rated.length) }, { at: rated[0]?.on ?? null, source: rated[0]?.source ?? null });
  },
};

const HOURS_A_DAY = 24;

/** Median hours to solve the tickets of 90 days ÷ the target. An open ticket counts once it is older than the target. */
const resolutionTime: Input = {
  feeds: ['support'],
  read(account, context) {
    const { asOf } = context;
    const target = context.resolutionHours ?? context.peers.resolutionHours;
    const tickets = lately(account, context);
    const open = tickets.filter(({ closedOn }) => closedOn === null || closedOn > asOf);
    const solved = tickets.flatMap((ticket) => (open.includes(ticket) || ticket.hoursToClose === null ? [] : [ticket.hoursToClose]));
    if (target === null || target <= 0) return notApplicable('target');
    const late = open.map((ticket) => daysBetween(ticket.validAt, asOf) * HOURS_A_DAY).filter((hours) => hours > target);
    const hours = [...solved, ...late].sort((a, b) => a - b);
    if (hours.length < LEAST_SOLVED) return insufficient('solved_tickets');
    const median = ((hours[(hours.length - 1) >> 1] ?? 0) + (hours[hours.length >> 1] ?? 0)) / 2;
    const oldest = open.reduce((most, ticket) => Math.max(most, daysBetween(ticket.validAt, asOf)), 0);
    return reading(
      median / target,
      { v: number(median), target: number(target), n: number(open.length), days: number(oldest) },
      sourceOf(open.length > 0 ? open : tickets),
    );
  },
};

export const supportInputs = { resolutionTime, ticketRise, urgentTickets, escalatedTickets, repeatedProblems, csatMean } as const;
