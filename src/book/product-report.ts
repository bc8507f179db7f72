/** What is paid for which product and plan, by whom, and who could buy what. Definitions stand in docs/metrics.md. */
import { amountAt, cellsOfMonth } from '../revenue/ledger.ts';
import {
  type Combination,
  combinations,
  type ProductMonth,
  productMonths,
  productsAt,
  type UpgradePath,
  upgradePaths,
  type Whitespace,
  whitespace,
} from '../revenue/products.ts';
import { tiersAt } from '../revenue/segments.ts';
import { wholeMonths } from '../units/day.ts';
import type { Money } from '../units/money.ts';
import { planNow, type RevenueSource } from './revenue-source.ts';

export interface NamedWhitespace extends Whitespace {
  readonly name: string;
  readonly mrr: Money;
  /** The products that it has. */
  readonly has: readonly string[];
}

/** What a contract is worth: the mapped property, else the MRR of the whole months up to the renewal. Null: neither is known. */
export interface ContractWorth {
  readonly value: Money;
  /** Worked out from MRR and renewal. */
  readonly derived: boolean;
}

/** MRR of a customer by product in the last month. */
export interface CustomerMrr {
  readonly id: string;
  /** Raw. */
  readonly name: string;
  readonly plan: string | null;
  readonly mrr: Money;
  readonly contract: ContractWorth | null;
  /** Largest first; null: records that name none. */
  readonly products: readonly { readonly product: string | null; readonly mrr: Money }[];
}

export interface ProductReport {
  readonly months: readonly ProductMonth[];
  readonly whitespace: readonly NamedWhitespace[];
  readonly combinations: readonly Combination[];
  /** Of the customers of the tier `high`. */
  readonly topCombinations: readonly Combination[];
  /** The largest by MRR, largest first. */
  readonly customers: readonly CustomerMrr[];
  /** The largest by the worth of their contract, largest first; who has none is not there. */
  readonly contracts: readonly CustomerMrr[];
  readonly upgradePaths: readonly UpgradePath[];
}

export function productReport(source: RevenueSource, months: number): ProductReport {
  const { ledger, account } = source.book;
  const last = ledger.months - 1;
  const tier = tiersAt(ledger, last, source.policy.tiers);
  return {
    months: productMonths(ledger, months),
    whitespace: whitespace(ledger, (place) => account(place).employees).map((one) => ({
      ...one,
      name: account(one.account).name,
      mrr: amountAt(ledger, one.account, last),
      has: productsAt(ledger, one.account, last).map((product) => ledger.products[product] ?? ''),
    })),
    combinations: combinations(ledger),
    topCombinations: combinations(ledger, (place) => tier(place) === 'high'),
    ...largest(source),
    upgradePaths: upgradePaths(ledger),
  };
}

const LARGEST = 20;

function largest(source: RevenueSource): Pick<ProductReport, 'customers' | 'contracts'> {
  const { ledger } = source.book;
  const last = ledger.months - 1;
  const paying = ledger.ids
    .map((id, place) => ({ id, place, mrr: amountAt(ledger, place, last) }))
    .filter(({ mrr }) => mrr > 0)
    .map((one) => ({ ...one, contract: worthOf(source, one.place, one.mrr) }));
  const first = (size: (one: (typeof paying)[number]) => number): readonly CustomerMrr[] =>
    paying
      .filter((one) => size(one) > 0)
      .sort((a, b) => size(b) - size(a) || (a.id < b.id ? -1 : 1))
      .slice(0, LARGEST)
      .map((one) => customerOf(source, one));
  return { customers: first(({ mrr }) => mrr), contracts: first(({ contract }) => contract?.value ?? 0) };
}

function worthOf({ book, day }: RevenueSource, place: number, mrr: Money): ContractWorth | null {
  const { contractValue, renewal } = book.account(place);
  if (contractValue !== null) return { value: contractValue, derived: false };
  return renewal !== null && renewal >= day ? { value: (mrr * wholeMonths(day, renewal)) as Money, derived: true } : null;
}

function customerOf(
  source: RevenueSource,
  {
    id,
    place,
    mrr,
    contract,
  }: { readonly id: string; readonly place: number; readonly mrr: Money; readonly contract: ContractWorth | null },
): CustomerMrr {
  const { ledger, account } = source.book;
  const sums = new Map<string | null, number>();
  const [from, to] = cellsOfMonth(ledger, place, ledger.months - 1);
  for (let cell = from; cell < to; cell++) {
    const product = ledger.products[ledger.cellProduct[cell] ?? 0] ?? null;
    sums.set(product, (sums.get(product) ?? 0) + (ledger.cellAmount[cell] ?? 0));
  }
  const products = [...sums].map(([product, amount]) => ({ product, mrr: amount as Money })).sort((a, b) => b.mrr - a.mrr);
  return { id, name: account(place).name, plan: planNow(source, place), mrr, contract, products };
}
