/** What is paid for which product and plan, by whom, and who could buy what. Definitions stand in docs/metrics.md. */
import { amountAt, cellsOfMonth } from '../revenue/ledger.ts';
import {
  type Combination,
  combinations,
  type ProductMonth,
  productMonths,
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
  const tier = tiersAt(ledger, last, source.policy);
  return {
    months: productMonths(ledger, months),
    whitespace: whitespace(ledger, account).map(({ account: place, id, product, peers, of, like }) => ({
      account: place,
      id,
      product,
      peers,
      of,
      like,
      name: account(place).name,
      mrr: amountAt(ledger, place, last),
    })),
    combinations: combinations(ledger),
    topCombinations: combinations(ledger, (place) => tier(place) === 'high'),
    ...largest(source),
    upgradePaths: upgradePaths(ledger),
  };
}

const LARGEST = 20;

interface Sized {
  readonly id: string;
  readonly place: number;
  readonly mrr: Money;
  readonly contract: ContractWorth | null;
}

/** The largest of what comes by; a whole portal is not sorted for a few of it. */
class Largest {
  readonly #size: (one: Sized) => number;
  readonly #found: Sized[] = [];

  constructor(size: (one: Sized) => number) {
    this.#size = size;
  }

  /** Accounts come in the order of their ids, by which those of the same size stand. */
  add(one: Sized): void {
    const size = this.#size(one);
    const least = this.#found.at(-1);
    if (size <= 0 || (this.#found.length === LARGEST && least && this.#size(least) >= size)) return;
    const at = this.#found.findIndex((other) => this.#size(other) < size);
    this.#found.splice(at < 0 ? this.#found.length : at, 0, one);
    if (this.#found.length > LARGEST) this.#found.pop();
  }

  get found(): readonly Sized[] {
    return this.#found;
  }
}

function largest(source: RevenueSource): Pick<ProductReport, 'customers' | 'contracts'> {
  const { ledger } = source.book;
  const last = ledger.months - 1;
  const customers = new Largest(({ mrr }) => mrr);
  const contracts = new Largest(({ contract }) => contract?.value ?? 0);
  for (const [place, id] of ledger.ids.entries()) {
    const mrr = amountAt(ledger, place, last);
    if (mrr <= 0) continue;
    const one: Sized = { id, place, mrr, contract: worthOf(source, place, mrr) };
    customers.add(one);
    contracts.add(one);
  }
  const told = ({ found }: Largest): readonly CustomerMrr[] => found.map((one) => customerOf(source, one));
  return { customers: told(customers), contracts: told(contracts) };
}

function worthOf({ book, day }: RevenueSource, place: number, mrr: Money): ContractWorth | null {
  const { contractValue, renewal } = book.account(place);
  if (contractValue !== null) return { value: contractValue, derived: false };
  return renewal !== null && renewal >= day ? { value: (mrr * wholeMonths(day, renewal)) as Money, derived: true } : null;
}

function customerOf(source: RevenueSource, { id, place, mrr, contract }: Sized): CustomerMrr {
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
