/** Inputs over money: MRR by month and product, seats, payment. */
import { entryOn } from '../../account.ts';
import { addMonths, type Month } from '../../units/day.ts';
import type { Money } from '../../units/money.ts';
import { type Input, insufficient, notApplicable, type RevenueReading, reading } from '../reading.ts';
import { money, month as monthValue, number, percent, text } from './evidence.ts';

const CHANGE_MONTHS = 3;
const DROPPED_MONTHS = 6;

/** MRR now ÷ MRR three months ago − 1, where the records reach back that far. */
const mrrChange: Input = {
  feeds: ['mrr'],
  read(_account, { revenue }) {
    const before = addMonths(revenue.month, -CHANGE_MONTHS);
    const now = revenue.mrrIn(revenue.month);
    const base = revenue.mrrIn(before);
    if (now === null || base === null || base <= 0 || !revenue.firstRecord || revenue.firstRecord > before) {
      return insufficient('months');
    }
    const change = now / base - 1;
    return reading(change, {
      base: money(base, revenue.currency),
      v: money(now, revenue.currency),
      pct: percent(change, 1),
    });
  },
};

/** Products that bring money in `month`; null where no record names its product. */
function productsOf(revenue: RevenueReading, month: Month): ReadonlyMap<string, Money> | null {
  const all = revenue.productsIn(month);
  const named = new Map<string, Money>();
  for (const [product, amount] of all) if (product !== null && amount > 0) named.set(product, amount);
  return named.size === 0 && all.size > 0 ? null : named;
}

/** 1 where a product had MRR within six months and has none now, though the account is still a customer. */
const droppedProduct: Input = {
  feeds: ['mrr'],
  read(_account, { revenue }) {
    const now = productsOf(revenue, revenue.month);
    if (now === null || now.size === 0) return insufficient('products');
    for (let back = 1; back <= DROPPED_MONTHS; back++) {
      const month = addMonths(revenue.month, -back);
      for (const [product, amount] of productsOf(revenue, month) ?? []) {
        if (now.has(product)) continue;
        const evidence = {
          product: text(product),
          month: monthValue(addMonths(month, 1)),
          amount: money(amount, revenue.currency),
        };
        return reading(1, evidence);
      }
    }
    return reading(0, {});
  },
};

/** 1 where exactly one product brings all the money. */
const singleProduct: Input = {
  feeds: ['mrr'],
  read(_account, { revenue }) {
    const now = productsOf(revenue, revenue.month);
    if (now === null || now.size === 0) return insufficient('products');
    return reading(now.size === 1 ? 1 : 0, { product: text([...now.keys()][0] ?? '') });
  },
};

/** Seats now ÷ seats three months ago − 1. */
const seatsChange: Input = {
  feeds: ['mrr'],
  read(_account, { revenue }) {
    const now = revenue.seatsIn(revenue.month);
    const base = revenue.seatsIn(addMonths(revenue.month, -CHANGE_MONTHS));
    if (now === null) return notApplicable('seats');
    if (base === null || base <= 0) return insufficient('months');
    return reading(now / base - 1, { base: number(base), v: number(now) });
  },
};

/** Days for which a payment has been overdue. */
const daysOverdue: Input = {
  feeds: ['billing'],
  read(account, { asOf }) {
    const entry = entryOn(account.attributes.daysOverdue, asOf);
    if (!entry || entry.value === null) return insufficient('days_overdue');
    const days = Math.max(0, entry.value);
    return reading(days, { v: number(days) }, { at: entry.validAt, source: entry.source });
  },
};

export const commercialInputs = { mrrChange, droppedProduct, singleProduct, seatsChange, daysOverdue } as const;
