/**
 * Retention by the first month with MRR. At age k, in months: logo = share of the accounts with MRR then; net = their MRR
 * then ÷ their first MRR; gross = the smallest MRR of each since the start ÷ their first MRR.
 */
import { addMonths, type Month } from '../units/day.ts';
import type { Money } from '../units/money.ts';
import { firstPaidMonth, type RevenueLedger } from './ledger.ts';

/** The lists begin with age 0, which is 1 in each, and end with the ledger's last month. */
export interface Cohort {
  readonly month: Month;
  readonly customers: number;
  readonly mrr: Money;
  readonly logo: readonly number[];
  readonly gross: readonly number[];
  readonly net: readonly number[];
}

/** Oldest first; months in which nobody began are left out. */
export function cohorts(ledger: RevenueLedger): readonly Cohort[] {
  const { months, totals } = ledger;
  const customers = new Uint32Array(months);
  // Of cohort c at age k at `c * months + k`.
  const logo = new Float64Array(months * months);
  const gross = new Float64Array(months * months);
  const net = new Float64Array(months * months);
  for (let account = 0; account < ledger.ids.length; account++) {
    const first = firstPaidMonth(ledger, account);
    if (first < 0) continue;
    customers[first] = (customers[first] ?? 0) + 1;
    let least = Number.POSITIVE_INFINITY;
    for (let month = first, at = first * months; month < months; month++, at++) {
      const amount = totals[account * months + month] ?? 0;
      if (amount < least) least = amount;
      if (amount > 0) logo[at] = (logo[at] ?? 0) + 1;
      gross[at] = (gross[at] ?? 0) + least;
      net[at] = (net[at] ?? 0) + amount;
    }
  }
  const found: Cohort[] = [];
  for (let cohort = 0; cohort < months; cohort++) {
    const size = customers[cohort] ?? 0;
    if (size === 0) continue;
    const [from, to] = [cohort * months, cohort * months + months - cohort];
    const mrr = net[from] ?? 0;
    found.push({
      month: addMonths(ledger.first, cohort),
      customers: size,
      mrr: mrr as Money,
      logo: Array.from(logo.subarray(from, to), (count) => count / size),
      gross: Array.from(gross.subarray(from, to), (amount) => amount / mrr),
      net: Array.from(net.subarray(from, to), (amount) => amount / mrr),
    });
  }
  return found;
}
