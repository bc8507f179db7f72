/** Inputs over money: MRR by month and product, seats, payment. */
import { addMonths, type Month, serialOf } from '../../units/day.ts';
import type { Money } from '../../units/money.ts';
import { type Facts, pastValue, standing } from '../facts.ts';
import { type Input, insufficient, notApplicable, plainly, type Reading, type RevenueReading, reading } from '../reading.ts';
import { day, money, month as monthValue, NONE, number, percent, text } from './evidence.ts';

const CHANGE_MONTHS = 3;
const DROPPED_MONTHS = 6;
const PRICE_DAYS = 120;
const LEAST_DISCOUNT = 0.1;

/** MRR now ÷ MRR three months ago − 1, where the records reach back that far. */
const mrrChange: Input = {
  feeds: ['mrr'],
  ofRevenue: true,
  read(_facts, { revenue }) {
    const before = addMonths(revenue.month, -CHANGE_MONTHS);
    const now = revenue.mrr;
    const base = revenue.mrrIn(before);
    if (now === null || base === null || base <= 0 || !revenue.firstRecord || revenue.firstRecord > before) {
      return insufficient('months');
    }
    const change = now / base - 1;
    return reading(change, () => ({
      evidence: { base: money(base, revenue.currency), v: money(now, revenue.currency), pct: percent(change, 1) },
    }));
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
  ofRevenue: true,
  read(_facts, { revenue }) {
    const now = productsOf(revenue, revenue.month);
    if (now === null || now.size === 0) return insufficient('products');
    for (let back = 1; back <= DROPPED_MONTHS; back++) {
      const month = addMonths(revenue.month, -back);
      for (const [product, amount] of revenue.productsIn(month)) {
        if (product === null || amount <= 0 || now.has(product)) continue;
        return reading(1, () => ({
          evidence: { product: text(product), month: monthValue(addMonths(month, 1)), amount: money(amount, revenue.currency) },
        }));
      }
    }
    return reading(0, plainly);
  },
};

/** 1 where exactly one product brings all the money. */
const singleProduct: Input = {
  feeds: ['mrr'],
  ofRevenue: true,
  read(_facts, { revenue }) {
    const now = productsOf(revenue, revenue.month);
    if (now === null || now.size === 0) return insufficient('products');
    return reading(now.size === 1 ? 1 : 0, () => ({ evidence: { product: text([...now.keys()][0] ?? '') } }));
  },
};

/** Seats now ÷ seats three months ago − 1. */
const seatsChange: Input = {
  feeds: ['mrr'],
  ofRevenue: true,
  read(_facts, { revenue }) {
    const now = revenue.seats;
    const base = revenue.seatsIn(addMonths(revenue.month, -CHANGE_MONTHS));
    if (now === null) return notApplicable('seats');
    if (base === null || base <= 0) return insufficient('months');
    return reading(now / base - 1, () => ({ evidence: { base: number(base), v: number(now) } }));
  },
};

/** From the status of the subscriptions: the days since one became overdue; none is 0. */
function overdueByStatus({ overdueSince }: Facts['past'], on: number): Reading {
  if (overdueSince === undefined) return notApplicable('days_overdue');
  const entry = standing(overdueSince, on);
  if (!entry) return insufficient('days_overdue');
  const days = entry.value === null ? 0 : on - serialOf(entry.value);
  return reading(days, () => ({ evidence: { v: number(days) }, at: entry.validAt, source: entry.source }));
}

/** Days for which a payment has been overdue. */
const daysOverdue: Input = {
  feeds: ['billing'],
  read({ past }, { on }) {
    if (past.daysOverdue === undefined) return overdueByStatus(past, on);
    const entry = standing(past.daysOverdue, on);
    if (!entry || entry.value === null) return insufficient('days_overdue');
    const days = Math.max(0, entry.value);
    return reading(days, () => ({ evidence: { v: number(days) }, at: entry.validAt, source: entry.source }));
  },
};

/** 1 where a price was raised, or a raise was announced, within 120 days. */
const priceRaised: Input = {
  feeds: ['billing'],
  read({ past }, { on }) {
    if (past.priceRaisedOn === undefined) return notApplicable('price_raises');
    const entry = standing(past.priceRaisedOn, on);
    const raisedOn = entry?.value ?? null;
    if (!entry || raisedOn === null) return reading(0, plainly, 0, true);
    // Of a raise still to come, the customer learned when it was written down.
    const raised = serialOf(raisedOn);
    const ago = on - (raised <= on ? raised : serialOf(entry.validAt));
    if (ago >= PRICE_DAYS) return reading(0, plainly, 0, true);
    const by = pastValue(past.priceRaise, on);
    return reading(
      1,
      () => ({ evidence: { date: day(raisedOn), pct: by === null ? NONE : percent(by) }, at: raisedOn, source: entry.source }),
      ago,
    );
  },
};

/** 1 where a discount of 10 % or more, or of a size that nobody wrote down, ends within 120 days. */
const discountEnding: Input = {
  feeds: ['billing'],
  read({ past }, { on }) {
    if (past.discountEndsOn === undefined) return notApplicable('discounts');
    const entry = standing(past.discountEndsOn, on);
    const endsOn = entry?.value ?? null;
    if (!entry || endsOn === null) return reading(0, plainly, 0, true);
    const by = pastValue(past.discount, on);
    const ahead = serialOf(endsOn) - on;
    const ends = ahead >= 0 && ahead <= PRICE_DAYS && (by === null || by >= LEAST_DISCOUNT);
    return reading(ends ? 1 : 0, () => ({
      evidence: { date: day(endsOn), pct: by === null ? NONE : percent(by), v: number(ahead) },
      at: endsOn,
      source: entry.source,
    }));
  },
};

export const commercialInputs = {
  priceRaised,
  discountEnding,
  mrrChange,
  droppedProduct,
  singleProduct,
  seatsChange,
  daysOverdue,
} as const;
