/** MRR by product and plan, and what it says of who could buy what. */
import { addMonths, type Month } from '../units/day.ts';
import type { Money } from '../units/money.ts';
import { amountAt, cellsOfMonth, eachMonth, firstPaidMonth, type RevenueLedger } from './ledger.ts';
import { largestName, planAt, sizeBand } from './segments.ts';

export interface ProductMonth {
  readonly month: Month;
  readonly product: string | null;
  readonly plan: string | null;
  readonly mrr: Money;
  /** Accounts with MRR > 0 for it. */
  readonly customers: number;
}

/** Of the last `count` months, oldest first; within a month the largest MRR first, then by name. They add up to the month's MRR. */
export function productMonths(ledger: RevenueLedger, count: number): readonly ProductMonth[] {
  const plans = ledger.plans.length;
  const kinds = ledger.products.length * plans;
  const from = ledger.months - count;
  const mrr = new Float64Array(count * kinds);
  const customers = new Uint32Array(count * kinds);
  const seen = new Uint8Array(count * kinds);
  // Cells of one account, month, product and plan stand together: a customer is counted once for all of them.
  const { cellMonth, cellProduct, cellPlan, cellAmount, starts } = ledger;
  for (let account = 0; account < ledger.ids.length; account++) {
    let open = -1;
    let sum = 0;
    const close = (): void => {
      if (open >= 0 && sum > 0) customers[open] = (customers[open] ?? 0) + 1;
      sum = 0;
    };
    for (let cell = starts[account] ?? 0; cell < (starts[account + 1] ?? 0); cell++) {
      const month = (cellMonth[cell] ?? 0) - from;
      if (month < 0) continue;
      const at = month * kinds + (cellProduct[cell] ?? 0) * plans + (cellPlan[cell] ?? 0);
      if (at !== open) close();
      open = at;
      sum += cellAmount[cell] ?? 0;
      mrr[at] = (mrr[at] ?? 0) + (cellAmount[cell] ?? 0);
      seen[at] = 1;
    }
    close();
  }
  const found: ProductMonth[] = [];
  for (let month = 0; month < count; month++) {
    const rows: ProductMonth[] = [];
    for (let kind = 0; kind < kinds; kind++) {
      const at = month * kinds + kind;
      if (seen[at] !== 1) continue;
      rows.push({
        month: addMonths(ledger.first, from + month),
        product: ledger.products[Math.floor(kind / plans)] ?? null,
        plan: ledger.plans[kind % plans] ?? null,
        mrr: (mrr[at] ?? 0) as Money,
        customers: customers[at] ?? 0,
      });
    }
    found.push(...rows.sort((a, b) => b.mrr - a.mrr));
  }
  return found;
}

const NO_PRODUCT: readonly number[] = [];

/** The products of an account with MRR > 0 in a month, as places in the ledger, ascending. */
export function productsAt(ledger: RevenueLedger, account: number, month: number): readonly number[] {
  const { cellProduct, cellAmount } = ledger;
  const [from, to] = cellsOfMonth(ledger, account, month);
  if (from === to) return NO_PRODUCT;
  const found: number[] = [];
  // Cells of a month stand by product.
  for (let cell = from; cell < to; ) {
    const product = cellProduct[cell] ?? 0;
    let sum = 0;
    for (; cell < to && cellProduct[cell] === product; cell++) sum += cellAmount[cell] ?? 0;
    if (product !== 0 && sum > 0) found.push(product);
  }
  return found;
}

export interface Whitespace {
  readonly account: number;
  readonly id: string;
  readonly product: string;
  /** How many of the accounts like it have the product, of how many, and alike in what; the stronger of plan and size. */
  readonly peers: number;
  readonly of: number;
  readonly like: 'plan' | 'size';
}

/** Accounts alike in plan or size. */
interface Group {
  readonly like: 'plan' | 'size';
  accounts: number;
  /** Accounts that have a product, by its place in the ledger. */
  readonly having: Uint32Array;
  /** The products that at least a third of them have. */
  usual: readonly number[];
}

class Groups {
  readonly #like: Group['like'];
  readonly #products: number;
  readonly #byName = new Map<string, Group>();

  constructor(like: Group['like'], products: number) {
    this.#like = like;
    this.#products = products;
  }

  /** Takes in an account and gives the group that it is in; null without a name. */
  join(name: string | null, has: readonly number[]): Group | null {
    if (name === null) return null;
    let group = this.#byName.get(name);
    if (!group) {
      group = { like: this.#like, accounts: 0, having: new Uint32Array(this.#products), usual: [] };
      this.#byName.set(name, group);
    }
    group.accounts += 1;
    for (const product of has) group.having[product] = (group.having[product] ?? 0) + 1;
    return group;
  }

  /** What is usual in a group is the same for all of it. */
  close(): void {
    for (const group of this.#byName.values())
      group.usual = Array.from(group.having.keys()).filter((product) => {
        const peers = group.having[product] ?? 0;
        return peers > 0 && peers * 3 >= group.accounts;
      });
  }
}

/** Of a group's accounts those that have the product. */
const peersIn = ({ having }: Group, product: number): number => having[product] ?? 0;

/** A product that is usual in a group, and who has it not. */
interface Lack {
  readonly account: number;
  readonly product: number;
  readonly group: Group;
}

/** What the company's properties say now: its plan counts where no record names one. */
export interface PeerTraits {
  readonly plan: string | null;
  readonly employees: number | null;
}

/**
 * Products that at least a third of the accounts of the same plan or size have and this one has not, in the ledger's last
 * month: the largest share first, then the larger account, then the id.
 */
export function whitespace(ledger: RevenueLedger, traits: (account: number) => PeerTraits): readonly Whitespace[] {
  const month = ledger.months - 1;
  const plans = new Groups('plan', ledger.products.length);
  const sizes = new Groups('size', ledger.products.length);
  const paying: { readonly account: number; readonly has: readonly number[]; readonly plan: Group | null; readonly size: Group | null }[] =
    [];
  for (let account = 0; account < ledger.ids.length; account++) {
    if (amountAt(ledger, account, month) === 0) continue;
    const has = productsAt(ledger, account, month);
    const { plan, employees } = traits(account);
    paying.push({
      account,
      has,
      plan: plans.join(planAt(ledger, account, month) ?? plan, has),
      size: sizes.join(sizeBand(employees), has),
    });
  }
  plans.close();
  sizes.close();
  // Larger accounts come first, so that those of the same share stand in their order; there are few different shares.
  paying.sort((a, b) => amountAt(ledger, b.account, month) - amountAt(ledger, a.account, month) || a.account - b.account);
  const byShare = new Map<number, Lack[]>();
  const lacks = (account: number, product: number, group: Group): void => {
    const share = peersIn(group, product) / group.accounts;
    const found = byShare.get(share);
    if (found) found.push({ account, product, group });
    else byShare.set(share, [{ account, product, group }]);
  };
  for (const { account, has, plan, size } of paying) {
    // Products stand by name, so that their places order them too.
    for (const product of usualIn(plan, size)) {
      if (has.includes(product)) continue;
      const [inPlan, inSize] = [plan?.usual.includes(product) ? plan : null, size?.usual.includes(product) ? size : null];
      const group = stronger(inPlan, inSize, product);
      if (group) lacks(account, product, group);
    }
  }
  return [...byShare]
    .sort(([a], [b]) => b - a)
    .flatMap(([, found]) =>
      found.map(({ account, product, group }) => ({
        account,
        id: ledger.ids[account] ?? '',
        product: ledger.products[product] ?? '',
        peers: peersIn(group, product),
        of: group.accounts,
        like: group.like,
      })),
    );
}

/** What is usual in either group, ascending. */
function usualIn(plan: Group | null, size: Group | null): readonly number[] {
  if (plan === null || size === null) return (plan ?? size)?.usual ?? NO_PRODUCT;
  return plan.usual.length === size.usual.length && plan.usual.every((product, index) => product === size.usual[index])
    ? plan.usual
    : [...new Set([...plan.usual, ...size.usual])].sort((a, b) => a - b);
}

/** The group of which the larger share has the product; of equals the plan. */
function stronger(plan: Group | null, size: Group | null, product: number): Group | null {
  if (plan === null || size === null) return plan ?? size;
  return peersIn(size, product) * plan.accounts > peersIn(plan, product) * size.accounts ? size : plan;
}

export interface Combination {
  readonly products: readonly string[];
  readonly customers: number;
  readonly mrr: Money;
}

/** Which products are bought together in the ledger's last month by the accounts that `counts` takes in, the largest MRR first. */
export function combinations(ledger: RevenueLedger, counts: (account: number) => boolean = () => true): readonly Combination[] {
  const month = ledger.months - 1;
  const found = new Map<string, { readonly products: readonly string[]; customers: number; mrr: number }>();
  for (let account = 0; account < ledger.ids.length; account++) {
    if (!counts(account)) continue;
    const has = productsAt(ledger, account, month);
    if (has.length === 0) continue;
    const key = has.join(' ');
    let one = found.get(key);
    if (!one) {
      one = { products: has.map((product) => ledger.products[product] ?? ''), customers: 0, mrr: 0 };
      found.set(key, one);
    }
    one.customers += 1;
    one.mrr += amountAt(ledger, account, month);
  }
  return [...found.values()]
    .map(({ products, customers, mrr }) => ({ products, customers, mrr: mrr as Money }))
    .sort((a, b) => b.mrr - a.mrr || b.customers - a.customers || (a.products.join(' ') < b.products.join(' ') ? -1 : 1));
}

export interface UpgradePath {
  readonly path: readonly string[];
  readonly customers: number;
}

/** The plans that accounts went through, month by month without repeats, of those that changed plan and pay more than at first. */
export function upgradePaths(ledger: RevenueLedger): readonly UpgradePath[] {
  const found = new Map<string, { readonly path: readonly string[]; customers: number }>();
  const last = ledger.months - 1;
  for (let account = 0; account < ledger.ids.length; account++) {
    const first = firstPaidMonth(ledger, account);
    if (first < 0 || amountAt(ledger, account, last) <= amountAt(ledger, account, first)) continue;
    if (!hasSeveralPlans(ledger, account)) continue;
    const path: string[] = [];
    eachMonth(ledger, account, (from, to) => {
      const plan = largestName(ledger, ledger.cellPlan, ledger.plans, from, to);
      if (plan !== null && plan !== path.at(-1)) path.push(plan);
    });
    if (path.length < 2) continue;
    const key = JSON.stringify(path);
    const known = found.get(key);
    if (known) known.customers += 1;
    else found.set(key, { path, customers: 1 });
  }
  return [...found.values()].sort((a, b) => b.customers - a.customers || (JSON.stringify(a.path) < JSON.stringify(b.path) ? -1 : 1));
}

function hasSeveralPlans({ starts, cellPlan }: RevenueLedger, account: number): boolean {
  const begin = starts[account] ?? 0;
  for (let cell = begin + 1; cell < (starts[account + 1] ?? 0); cell++) if (cellPlan[cell] !== cellPlan[begin]) return true;
  return false;
}
