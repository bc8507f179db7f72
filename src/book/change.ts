/** Why one account's score changed, and when it last stood better. */
import type { Account } from '../account.ts';
import type { Band, Policy } from '../policy.ts';
import { bandOf } from '../scoring/bands.ts';
import { type Change, changeBetween } from '../scoring/diff.ts';
import { addDays, type Day, type Month } from '../units/day.ts';
import { knownBy } from './known-by.ts';
import { Preparer } from './prepared.ts';
import { BookScorer, type Census, type Portal } from './score-book.ts';

/** How far back a better band is looked for. */
export const BETTER_DAYS = 90;
const ASCENDING: readonly Band[] = ['low', 'watch', 'high', 'critical'];

export interface ChangeInputs {
  readonly account: Account;
  readonly portal: Portal;
  readonly census: Census;
  readonly from: Day;
  /** In force on the two days. */
  readonly policies: { readonly from: Policy; readonly to: Policy };
}

/** From `from` to the portal's as-of day. */
export function changeOf({ account, portal, census, from, policies }: ChangeInputs): Change {
  const to = portal.asOf;
  const then: Census = { ...census, preparer: new Preparer(portal.currency, policies.from) };
  const old = new BookScorer(portal, policies.from, then);
  const { workingMonth } = census.progress;
  const known: Portal = {
    ...portal,
    dismissals: portal.dismissals.filter((one) => one.on <= from),
    pulses: portal.pulses?.filter((one) => one.on <= from) ?? [],
  };
  const aged = new BookScorer(known, policies.from, {
    ...then,
    progress: { workingMonth: (day) => earlier(workingMonth(day), workingMonth(from)) },
  });
  const now = new BookScorer(portal, policies.to, census);
  return changeBetween({
    before: old.evaluateOn(account, from).receipt,
    aged: aged.evaluateOn(knownBy(account, from), to).receipt,
    learned: old.evaluateOn(account, to).receipt,
    after: now.evaluateOn(account, to).receipt,
  });
}

/** A month of which nothing was known yet is no fall of the MRR to 0. */
const earlier = (a: Month, b: Month): Month => (a < b ? a : b);

export interface BetterDay {
  readonly day: Day;
  readonly band: Band;
  readonly risk: number;
}

/** The last day, 90 back at most, on which the account stood in a better band; null where there is none. */
export function lastBetter(account: Account, scorer: BookScorer, policy: Policy, asOf: Day, band: Band | null): BetterDay | null {
  if (band === null) return null;
  for (let back = 1; back <= BETTER_DAYS; back++) {
    const day = addDays(asOf, -back);
    const { receipt, coverage } = scorer.evaluateOn(account, day);
    const then = bandOf(receipt.total, policy.bands);
    if (coverage >= policy.minimumCoverage && ASCENDING.indexOf(then) < ASCENDING.indexOf(band))
      return { day, band: then, risk: receipt.risk };
  }
  return null;
}
