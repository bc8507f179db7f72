/** Histories in the home currency, drawn at random or written by hand, and the ledger that is made of them. */
import fc from 'fast-check';
import { LedgerBuilder, type RevenueLedger } from '../../src/revenue/ledger.ts';
import { mrrByMonth } from '../../src/revenue/series.ts';
import { addMonths, type Month } from '../../src/units/day.ts';
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
