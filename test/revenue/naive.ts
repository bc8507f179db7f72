/** The definitions once more, as plainly as they can be written: what the columns are checked against. */
import fc from 'fast-check';
import { LedgerBuilder, type RevenueLedger } from '../../src/revenue/ledger.ts';
import { mrrByMonth } from '../../src/revenue/series.ts';
import { addMonths, type Month } from '../../src/units/day.ts';
import { fromMajor } from '../../src/units/money.ts';
import { month, mrr } from '../scoring/portal.ts';

export const LAST = month('2026-11');

export interface Line {
  /** Months before `LAST`. */
  readonly back: number;
  readonly amount: number;
  readonly product?: string;
  readonly plan?: string;
}
export type History = Readonly<Record<string, readonly Line[]>>;

export function ledger(history: History, order: readonly string[] = Object.keys(history)): RevenueLedger {
  const builder = new LedgerBuilder({ currency: 'JPY', last: LAST });
  for (const id of order) {
    const records = (history[id] ?? []).map(({ back, amount, product, plan }, index) => ({
      ...mrr(addMonths(LAST, -back), amount, { ...(product ? { product } : {}), ...(plan ? { plan } : {}) }),
      source: { object: '2-1', id: `${id}-${index}` },
    }));
    const terms = { month: LAST, knownBy: null, currency: 'JPY', fillGaps: 1, duplicates: 'all' } as const;
    builder.add(id, mrrByMonth({ id, mrr: records }, terms));
  }
  return builder.build();
}

/** MRR in 1/10,000 of an account, `back` months before the last, with a hole of one month filled and nothing below 0. */
export function naiveMrr(lines: readonly Line[], back: number): number {
  const own = lines.filter((line) => line.back === back);
  if (own.length > 0)
    return Math.max(
      0,
      own.reduce((sum, line) => sum + fromMajor(line.amount), 0),
    );
  const [before, after] = [back + 1, back - 1].map((at) => (lines.some((line) => line.back === at) ? naiveMrr(lines, at) : 0));
  return before && after ? before : 0;
}

export const monthBack = (back: number): Month => addMonths(LAST, -back);

/** Histories with holes, discounts, comebacks, several products and plans. */
export const histories: fc.Arbitrary<History> = fc.dictionary(
  fc.constantFrom(...Array.from({ length: 12 }, (_, index) => String(9000 + index))),
  fc.array(
    fc.record(
      {
        back: fc.nat(8),
        amount: fc.integer({ min: -3, max: 12 }).map((units) => units * 100),
        product: fc.constantFrom('CRM', 'MA', 'Chat'),
        plan: fc.constantFrom('Pro', 'Enterprise'),
      },
      { requiredKeys: ['back', 'amount'] },
    ),
    { minLength: 1, maxLength: 24 },
  ),
);
