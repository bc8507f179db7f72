/** What one account adds to what the others are compared with. */
import { type Facts, NEVER } from './facts.ts';
import { loginsPerSeat, unitCostOf } from './inputs/usage.ts';
import type { PeerFigures } from './peers.ts';
import type { OwnContext } from './reading.ts';

const SOLVED_DAYS = 90;

export function peerFigures(facts: Facts, plan: string | null, context: OwnContext): PeerFigures {
  const rate = loginsPerSeat(facts, context);
  return { plan, loginRate: typeof rate === 'number' ? rate : null, unitCost: unitCostOf(facts, context) };
}

/** Adds the hours in which the account's tickets of the last 90 days were solved. */
export function addSolvedHours({ tickets: { at, seen, closed, facts } }: Facts, on: number, into: number[]): void {
  for (let index = 0; index < at.length; index++) {
    if ((at[index] ?? 0) <= on - SOLVED_DAYS) return;
    const hours = facts[index]?.hoursToClose ?? null;
    if ((seen[index] ?? NEVER) <= on && (closed[index] ?? NEVER) <= on && hours !== null) into.push(hours);
  }
}
