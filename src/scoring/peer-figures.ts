/** What one account adds to what the others are compared with. */
import { type Account, isKnown } from '../account.ts';
import type { Day } from '../units/day.ts';
import { loginsPerSeat, unitCostOf } from './inputs/usage.ts';
import type { PeerFigures } from './peers.ts';
import { daysAgo, type OwnContext } from './reading.ts';

const SOLVED_DAYS = 90;

export function peerFigures(account: Account, plan: string | null, context: OwnContext): PeerFigures {
  const rate = loginsPerSeat(account, context);
  return { plan, loginRate: typeof rate === 'number' ? rate : null, unitCost: unitCostOf(account, context) };
}

/** Hours in which the account's tickets of the last 90 days were solved. */
export function solvedHours({ tickets }: Account, asOf: Day): readonly number[] {
  const after = daysAgo(asOf, SOLVED_DAYS);
  return tickets.flatMap((ticket) =>
    ticket.validAt > after && isKnown(ticket, asOf) && ticket.hoursToClose !== null && ticket.closedOn !== null && ticket.closedOn <= asOf
      ? [ticket.hoursToClose]
      : [],
  );
}
