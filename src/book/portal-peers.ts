/** What accounts are compared with, told over those that pay. */
import { planOn } from '../revenue/figures.ts';
import { peerFigures, solvedHours } from '../scoring/peer-figures.ts';
import { type Peers, peersFrom } from '../scoring/peers.ts';
import type { Day, Month } from '../units/day.ts';
import type { PreparedAccount } from './prepared.ts';

/** `working`: the month that revenue works with. */
export function portalPeers(accounts: readonly PreparedAccount[], asOf: Day, working: Month): Peers {
  const figures = accounts.map((prepared) => {
    const { account } = prepared;
    const plan = planOn(account, prepared.seriesOn(asOf, working), asOf);
    return peerFigures(account, plan, { asOf, revenue: prepared.revenueOn(asOf, working), usage: prepared.usage });
  });
  return peersFrom(
    figures,
    accounts.flatMap(({ account }) => solvedHours(account, asOf)),
  );
}
