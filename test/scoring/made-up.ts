/** Made-up histories of which the truth is known: who leaves follows from two signals, or from nothing. */
import type { Stratum } from '../../src/policy.ts';
import { sigmoid } from '../../src/scoring/logistic.ts';
import type { Observation } from '../../src/scoring/observation.ts';
import { addDays, type Day } from '../../src/units/day.ts';
import { seeded } from '../../src/units/random.ts';
import { day } from './portal.ts';

export interface World {
  readonly accounts: number;
  readonly days: number;
  readonly seed: number;
  /** Log-odds of leaving, by what fires. */
  readonly odds: (severities: ReadonlyMap<string, number>, stratum: Stratum) => number;
  /** Signals that fire by chance, each with the share of cases that it fires in. */
  readonly signals: Readonly<Record<string, number>>;
}

const FIRST = day('2024-01-01');
const STRATA: readonly Stratum[] = ['monthly', 'annual_in_window', 'annual_out'];

export function history({ accounts, days, seed, odds, signals }: World): Observation[] {
  const random = seeded(seed);
  const found: Observation[] = [];
  for (let account = 0; account < accounts; account++) {
    for (let at = 0; at < days; at++) {
      const stratum = STRATA[Math.floor(random() * STRATA.length)] ?? 'monthly';
      const severities = new Map<string, number>();
      for (const [signal, share] of Object.entries(signals)) if (random() < share) severities.set(signal, random());
      const churned = random() < sigmoid(odds(severities, stratum));
      found.push(one(String(account), addDays(FIRST, 90 * at), churned, { stratum, severities, mrr: Math.ceil(random() * 100) }));
      if (churned) break;
    }
  }
  return found;
}

export const one = (accountId: string, on: Day, churned: boolean, more: Partial<Observation> = {}): Observation => ({
  accountId,
  day: on,
  churned,
  stratum: 'monthly',
  band: 'watch',
  severities: new Map(),
  missing: new Set(),
  mrr: 100,
  monthsLost: 10,
  daysSinceLastUse: null,
  daysToRenewal: null,
  ...more,
});
