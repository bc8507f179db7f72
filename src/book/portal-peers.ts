/** What accounts are compared with, told over those that pay. */
import { addSolvedHours, peerFigures } from '../scoring/peer-figures.ts';
import { type Peers, peersFrom } from '../scoring/peers.ts';
import { type Day, type Month, serialOf } from '../units/day.ts';
import type { PreparedAccount } from './prepared.ts';

/** `working`: the month that revenue works with. */
export function portalPeers(accounts: readonly PreparedAccount[], asOf: Day, working: Month): Peers {
  const on = serialOf(asOf);
  const solved: number[] = [];
  const figures = accounts.map((prepared) => {
    const { facts } = prepared;
    addSolvedHours(facts, on, solved);
    return peerFigures(facts, prepared.planOn(asOf, working), { asOf, on, revenue: prepared.revenueOn(asOf, on, working) });
  });
  return peersFrom(figures, solved);
}
