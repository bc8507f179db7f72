/** The portal cut into segments: by what an account was in a month (plan, product, tier), or by what it is now. */
import type { Tier } from '../policy.ts';
import type { Money } from '../units/money.ts';
import { amountAt, cellsOfMonth, type Places, type RevenueLedger } from './ledger.ts';
import { type MrrCuts, type Population, populationOf } from './population.ts';

export const SEGMENTATIONS = ['tier', 'customer-grade', 'plan', 'industry', 'owner', 'team', 'product', 'size'] as const;
export type Segmentation = (typeof SEGMENTATIONS)[number];

/** Those that say something: grades are the team's own. */
export const segmentationsOf = ({ customerGrades = [] }: MrrCuts): readonly Segmentation[] =>
  SEGMENTATIONS.filter((one) => one !== 'customer-grade' || customerGrades.length > 0);

/** What the company's properties say now; null where nothing is known. */
export interface AccountTraits {
  readonly industry: string | null;
  readonly owner: string | null;
  readonly team: string | null;
  /** Number of employees. */
  readonly employees: number | null;
}

const SIZES = [10, 50, 200, 1000];

/** 1-10, 11-50, 51-200, 201-1000, 1001+; null where it is not known or not a number of people. */
export function sizeBand(employees: number | null): string | null {
  if (employees === null || employees < 1) return null;
  const index = SIZES.findIndex((most) => employees <= most);
  return index < 0 ? '1001+' : `${index === 0 ? 1 : (SIZES[index - 1] ?? 0) + 1}-${SIZES[index]}`;
}

/** Of the cells `from` … `to` the name with the largest sum above 0, tie by code point; null where none names one. */
export function largestName(
  { cellAmount }: RevenueLedger,
  places: Places,
  names: readonly (string | null)[],
  from: number,
  to: number,
): string | null {
  if (to - from === 1) return (cellAmount[from] ?? 0) > 0 ? (names[places[from] ?? 0] ?? null) : null;
  const sums = new Map<number, number>();
  for (let cell = from; cell < to; cell++) sums.set(places[cell] ?? 0, (sums.get(places[cell] ?? 0) ?? 0) + (cellAmount[cell] ?? 0));
  let best = 0;
  let most = 0;
  for (const [place, amount] of sums) {
    if (place !== 0 && (amount > most || (amount === most && place < best))) {
      best = place;
      most = amount;
    }
  }
  return names[best] ?? null;
}

/** The plan with an account's largest MRR in a month; null where no record names one. */
export function planAt(ledger: RevenueLedger, account: number, month: number): string | null {
  const [from, to] = cellsOfMonth(ledger, account, month);
  return from === to ? null : largestName(ledger, ledger.cellPlan, ledger.plans, from, to);
}

/** All accounts of the portal with MRR in a month, as the policy cuts them. */
function populationAt(ledger: RevenueLedger, month: number, cuts: MrrCuts): Population {
  const { whole = ledger } = ledger;
  return populationOf(
    whole.ids.map((_, account) => amountAt(whole, account, month)),
    cuts,
  );
}

/** The touch tier of every account in a month, among the accounts with MRR then. */
export function tiersAt(ledger: RevenueLedger, month: number, cuts: MrrCuts): (account: number) => Tier | null {
  const population = populationAt(ledger, month, cuts);
  return (account) => population.tierOf(amountAt(ledger, account, month));
}

/** The team's own grade of every account in a month. */
export function gradesAt(ledger: RevenueLedger, month: number, cuts: MrrCuts): (account: number) => string | null {
  const population = populationAt(ledger, month, cuts);
  return (account) => population.gradeOf(amountAt(ledger, account, month));
}

export interface SegmentTerms {
  readonly traits: (account: number) => AccountTraits;
  readonly cuts: MrrCuts;
}

/** Which segment an account belongs to, as it stood in `month` for plan and tier. Products are parts of accounts: see `productAmounts`. */
export function segmentOf(
  ledger: RevenueLedger,
  by: Exclude<Segmentation, 'product'>,
  month: number,
  { traits, cuts }: SegmentTerms,
): (account: number) => string | null {
  switch (by) {
    case 'tier':
      return tiersAt(ledger, month, cuts);
    case 'customer-grade':
      return gradesAt(ledger, month, cuts);
    case 'plan':
      return (account) => planAt(ledger, account, month);
    case 'size':
      return (account) => sizeBand(traits(account).employees);
    default:
      return (account) => traits(account)[by];
  }
}

/**
 * An account's MRR by product in two months: one call for each product that it had in either, in the order of their
 * places in the ledger. A product's MRR below 0 (a discount without a product) counts as it stands.
 */
export function productAmounts(
  ledger: RevenueLedger,
  account: number,
  from: number,
  to: number,
  each: (product: number, before: Money, after: Money) => void,
): void {
  const { cellProduct, cellAmount } = ledger;
  // Cells of a month stand by product.
  let [had, hadEnd] = cellsOfMonth(ledger, account, from);
  let [has, hasEnd] = cellsOfMonth(ledger, account, to);
  while (had < hadEnd || has < hasEnd) {
    const [inFrom, inTo] = [had < hadEnd ? cellProduct[had] : undefined, has < hasEnd ? cellProduct[has] : undefined];
    const product = Math.min(inFrom ?? Number.POSITIVE_INFINITY, inTo ?? Number.POSITIVE_INFINITY);
    let [before, after] = [0, 0];
    for (; had < hadEnd && cellProduct[had] === product; had++) before += cellAmount[had] ?? 0;
    for (; has < hasEnd && cellProduct[has] === product; has++) after += cellAmount[has] ?? 0;
    each(product, before as Money, after as Money);
  }
}
