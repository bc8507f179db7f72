/** How exposed the contract is: stratum, probability of churn inside the horizon, months of revenue lost. */
import { type Account, valueOn } from '../account.ts';
import type { Policy, Stratum } from '../policy.ts';
import { type Day, daysBetween, wholeMonths } from '../units/day.ts';
import { fromMajor, type Money, toMajor } from '../units/money.ts';
import { LONGEST_OVERDUE } from './inputs/lifecycle.ts';

/** Points that one `slope` of log-odds is worth. */
const POINTS_PER_SLOPE = 12;
const DAYS_PER_MONTH = 30;

export interface Exposure {
  readonly stratum: Stratum;
  /** Nothing is known of the contract: `monthly` is a guess. */
  readonly assumed: boolean;
  readonly monthsLost: number;
}

const isMonthly = (billing: string | null): boolean =>
  billing !== null && /^(?:monthly|month|月次|月払い?|月額|毎月)/.test(billing.normalize('NFKC').trim().toLowerCase());

export function exposureOf(account: Account, asOf: Day, policy: Policy): Exposure {
  const { planningMonths, horizonDays } = policy;
  const renewal = valueOn(account.attributes.contractRenewal, asOf);
  if (renewal) {
    const days = daysBetween(asOf, renewal);
    if (days >= -LONGEST_OVERDUE) {
      const months = Math.max(0, wholeMonths(asOf, renewal));
      return {
        stratum: days <= horizonDays ? 'annual_in_window' : 'annual_out',
        assumed: false,
        monthsLost: Math.max(0, planningMonths - months),
      };
    }
  }
  return {
    stratum: 'monthly',
    assumed: renewal === null && !isMonthly(valueOn(account.attributes.contractBilling, asOf)),
    // Half of the horizon passes, on average, before a monthly customer leaves.
    monthsLost: planningMonths - horizonDays / (2 * DAYS_PER_MONTH),
  };
}

/** Probability of churn inside the horizon; `unclipped` is the score before clipping and floors. */
export function probabilityOf(unclipped: number, stratum: Stratum, policy: Policy): number {
  const rate = policy.probability.baseRates[stratum];
  const odds = Math.log(rate / (1 - rate)) + (policy.probability.slope * (unclipped - policy.base)) / POINTS_PER_SLOPE;
  return 1 / (1 + Math.exp(-odds));
}

/**
 * Probability of churn up to the next renewal: the days until the renewal is inside the horizon pass at the rate of
 * contracts that are further off, the rest at that of those inside. Where no renewal is known ahead it is that of the
 * horizon.
 */
export function probabilityToRenewal(unclipped: number, stratum: Stratum, daysToRenewal: number | null, policy: Policy): number {
  if (stratum !== 'annual_out' || daysToRenewal === null) return probabilityOf(unclipped, stratum, policy);
  const { horizonDays } = policy;
  const before = (1 - probabilityOf(unclipped, 'annual_out', policy)) ** (Math.max(0, daysToRenewal - horizonDays) / horizonDays);
  return 1 - before * (1 - probabilityOf(unclipped, 'annual_in_window', policy));
}

/** MRR × probability. */
export const mrrAtRisk = (mrr: Money, probability: number): Money => fromMajor(toMajor(mrr) * probability);

/** MRR × probability × months of revenue lost inside the planning window. */
export const expectedLoss = (mrr: Money, probability: number, monthsLost: number): Money =>
  fromMajor(toMajor(mrr) * probability * monthsLost);
