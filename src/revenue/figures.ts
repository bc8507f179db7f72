/** The revenue and contract figures of one account that a row of the book shows. */
import { type Account, lastTouch, lastUse, valueOn } from '../account.ts';
import { addDays, addMonths, type Day, daysBetween, firstDay, type Month, monthOf, wholeMonths } from '../units/day.ts';
import type { Money } from '../units/money.ts';
import { type MrrSeries, mrrIn, plansIn, productsIn } from './series.ts';

export const TREND_MONTHS = 24;

export interface RevenueFigures {
  readonly currency: string;
  readonly foreign: boolean;
  /** The month that `mrr` is about. */
  readonly month: Month;
  /** Null where nothing is known. */
  readonly mrr: Money | null;
  readonly change1m: Money | null;
  readonly change3m: Money | null;
  /** 24 months, oldest first, ending with the month of as-of; null in a month that is unknown or still being written. */
  readonly trend: readonly { readonly month: Month; readonly mrr: Money | null }[];
  /** Products with MRR > 0, largest first. */
  readonly products: readonly string[];
  readonly plan: string | null;
  readonly contractStart: Day | null;
  /** The start is the first month with MRR, not a mapped property. */
  readonly contractStartDerived: boolean;
  readonly contractAgeMonths: number | null;
  readonly renewal: Day | null;
  readonly daysToRenewal: number | null;
  /** Renewal − notice period. */
  readonly noticeBy: Day | null;
  readonly contractValue: Money | null;
  /** MRR × remaining contract months, not a mapped property. */
  readonly contractValueDerived: boolean;
  readonly lastUsedOn: Day | null;
  readonly daysSinceLastUse: number | null;
  readonly lastTouchOn: Day | null;
  readonly daysSinceLastTouch: number | null;
}

/** `series.last` may lie before the month of `asOf` while that month is still being written. `noticeDays` is the policy's. */
export function revenueFigures(account: Account, series: MrrSeries, asOf: Day, noticeDays: number): RevenueFigures {
  const month = series.last;
  const mrr = mrrIn(series, month);
  const change = (months: number): Money | null => {
    const before = mrrIn(series, addMonths(month, -months));
    return mrr === null || before === null ? null : ((mrr - before) as Money);
  };
  const contract = contractOn(account, series, asOf, noticeDays);
  const mapped = valueOn(account.attributes.contractValue, asOf);
  const derived = mapped === null && mrr !== null && contract.renewal !== null && contract.renewal >= asOf;
  const used = lastUse(account, asOf)?.on ?? null;
  const touched = lastTouch(account, asOf)?.validAt ?? null;
  return {
    currency: series.currency,
    foreign: series.foreign,
    month,
    mrr,
    change1m: change(1),
    change3m: change(3),
    trend: trendOf(series, monthOf(asOf)),
    products: [...productsIn(series, month)].flatMap(([product, amount]) => (product !== null && amount > 0 ? [product] : [])),
    plan: planOn(account, series, asOf),
    ...contract,
    contractValue: derived ? ((mrr * wholeMonths(asOf, contract.renewal)) as Money) : mapped,
    contractValueDerived: derived,
    lastUsedOn: used,
    daysSinceLastUse: used && daysBetween(used, asOf),
    lastTouchOn: touched,
    daysSinceLastTouch: touched && daysBetween(touched, asOf),
  };
}

/** The months up to and with `end`, oldest first. */
export function trendOf(series: MrrSeries, end: Month): RevenueFigures['trend'] {
  return Array.from({ length: TREND_MONTHS }, (_, index) => {
    const month = addMonths(end, index - TREND_MONTHS + 1);
    return { month, mrr: mrrIn(series, month) };
  });
}

/** The plan of the working month's largest MRR, else the company's property. */
export const planOn = (account: Account, series: MrrSeries, asOf: Day): string | null =>
  planOf(series, series.last) ?? valueOn(account.attributes.plan, asOf);

/** The plan with the largest MRR of the month (tie: first by code point); null where no record names one. */
export function planOf(series: MrrSeries, month: Month): string | null {
  for (const [plan, amount] of plansIn(series, month)) if (plan !== null && amount > 0) return plan;
  return null;
}

type Contract = Pick<
  RevenueFigures,
  'contractStart' | 'contractStartDerived' | 'contractAgeMonths' | 'renewal' | 'daysToRenewal' | 'noticeBy'
>;

function contractOn(account: Account, series: MrrSeries, asOf: Day, noticeDays: number): Contract {
  const mapped = valueOn(account.attributes.contractStart, asOf);
  const contractStart = mapped ?? (series.firstPaid && firstDay(series.firstPaid));
  const renewal = valueOn(account.attributes.contractRenewal, asOf);
  const notice = valueOn(account.attributes.noticeDays, asOf) ?? noticeDays;
  return {
    contractStart,
    contractStartDerived: mapped === null && contractStart !== null,
    contractAgeMonths: contractStart && contractStart <= asOf ? wholeMonths(contractStart, asOf) : null,
    renewal,
    daysToRenewal: renewal && daysBetween(asOf, renewal),
    noticeBy: renewal && addDays(renewal, -notice),
  };
}
