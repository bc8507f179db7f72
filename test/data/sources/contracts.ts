/** What the accounts of a made-up vendor pay, before it is written down in any of the ways in which portals do. */

import { addDays, addMonths, type Day, lastDay, type Month, monthOf } from '../../../src/units/day.ts';
import { seeded } from '../../../src/units/random.ts';

export type Billing = 'monthly' | 'quarterly' | 'per_six_months' | 'annually';

/** `monthly` in whole units of the currency, from `from` until the day before `until`. */
export interface Contract {
  readonly product: string;
  readonly currency: 'JPY' | 'USD';
  readonly billing: Billing;
  readonly monthly: number;
  readonly from: Day;
  readonly until: Day | null;
}

export interface Story {
  readonly name: string;
  readonly contracts: readonly Contract[];
}

export const TODAY = '2026-11-20' as Day;
export const FIRST = '2024-06' as Month;
export const MONTHS_OF: Readonly<Record<Billing, number>> = { monthly: 1, quarterly: 3, per_six_months: 6, annually: 12 };

const day = (text: string): Day => text as Day;

const contract = (
  product: string,
  billing: Billing,
  monthly: number,
  from: string,
  until: string | null = null,
  currency: Contract['currency'] = 'JPY',
): Contract => ({ product, billing, monthly, from: day(from), until: until === null ? null : day(until), currency });

const TOLD: readonly Story[] = [
  { name: 'annual, renewed', contracts: [contract('Print', 'annually', 120_000, '2025-01-01')] },
  { name: 'semiannual that left', contracts: [contract('Print', 'per_six_months', 90_000, '2024-11-01', '2025-11-01')] },
  { name: 'quarterly, in the middle of months', contracts: [contract('Mail', 'quarterly', 40_000, '2025-02-15', '2026-02-15')] },
  {
    name: 'upgrade on a day of the month',
    contracts: [contract('Print', 'monthly', 50_000, '2025-01-10', '2025-08-20'), contract('Print', 'annually', 80_000, '2025-08-20')],
  },
  {
    name: 'downgrade this month, before today',
    contracts: [contract('Print', 'monthly', 70_000, '2025-03-01', '2026-11-10'), contract('Print', 'monthly', 30_000, '2026-11-10')],
  },
  { name: 'leaves this month, before today', contracts: [contract('Mail', 'monthly', 25_000, '2025-05-01', '2026-11-05')] },
  { name: 'leaves this month, after today', contracts: [contract('Mail', 'monthly', 25_000, '2025-05-01', '2026-11-28')] },
  { name: 'begins this month, after today', contracts: [contract('Mail', 'monthly', 25_000, '2026-11-25')] },
  {
    name: 'came back after four months',
    contracts: [contract('Print', 'monthly', 60_000, '2024-09-01', '2025-06-01'), contract('Print', 'annually', 66_000, '2025-10-01')],
  },
  {
    name: 'came back after a month and a half',
    contracts: [contract('Print', 'monthly', 60_000, '2024-09-01', '2025-06-10'), contract('Print', 'monthly', 60_000, '2025-08-01')],
  },
  {
    name: 'two products, one dropped',
    contracts: [contract('Print', 'annually', 100_000, '2025-02-01'), contract('Mail', 'quarterly', 33_333, '2025-04-01', '2026-04-01')],
  },
  {
    name: 'the same product twice',
    contracts: [contract('Print', 'monthly', 10_000, '2025-02-01'), contract('Print', 'monthly', 10_000, '2025-02-01')],
  },
  { name: 'dollars', contracts: [contract('Print', 'annually', 1_250, '2025-03-01', null, 'USD')] },
  { name: 'within one month and gone', contracts: [contract('Print', 'monthly', 5_000, '2026-03-05', '2026-03-25')] },
];

const BILLINGS: readonly Billing[] = ['monthly', 'quarterly', 'per_six_months', 'annually'];

/** Contracts one after another with changes of price, holes of at least two whole months, sometimes a second product. */
function madeUp(index: number): Story {
  const random = seeded(index + 1);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const contracts: Contract[] = [];
  for (const product of random() < 0.4 ? ['Print', 'Mail'] : ['Print']) {
    let from = addDays(day('2024-06-03'), Math.floor(random() * 300));
    for (let turn = 0; turn < 4 && from < TODAY; turn += 1) {
      const until = addDays(from, 60 + Math.floor(random() * 300));
      const isLast = turn === 3 || random() < 0.2;
      contracts.push({
        product,
        currency: 'JPY',
        billing: pick(BILLINGS),
        monthly: 1_000 * (1 + Math.floor(random() * 200)),
        from,
        until: isLast && random() < 0.6 ? null : until,
      });
      if (isLast) break;
      from = random() < 0.3 ? addDays(until, 95) : until;
    }
  }
  return { name: `made up ${index}`, contracts };
}

export const STORIES: readonly Story[] = [...TOLD, ...Array.from({ length: 24 }, (_, index) => madeUp(index))];

export const MONTHS: readonly Month[] = Array.from({ length: 30 }, (_, index) => addMonths(FIRST, index));

const isRunning = ({ from, until }: Contract, on: Day): boolean => from <= on && (until === null || on < until);

/** The day on which a month is looked at: its last one, today in the current month. */
export const dayOfMonth = (month: Month): Day => (month === monthOf(TODAY) ? TODAY : lastDay(month));

/** By month, in whole units: the plain sum over what runs on that day. */
export const trueMrr = (story: Story): readonly number[] =>
  MONTHS.map((month) => story.contracts.filter((one) => isRunning(one, dayOfMonth(month))).reduce((sum, one) => sum + one.monthly, 0));

/** By month: product and amount, in order of the product. */
export const trueProducts = (story: Story): readonly (readonly (readonly [string, number])[])[] =>
  MONTHS.map((month) => {
    const sums = new Map<string, number>();
    for (const one of story.contracts)
      if (isRunning(one, dayOfMonth(month))) sums.set(one.product, (sums.get(one.product) ?? 0) + one.monthly);
    return [...sums].sort();
  });

export { isRunning };
