import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MrrFact } from '../../src/account.ts';
import { type MrrSeries, mrrByMonth, mrrIn, plansIn, productsIn, type RevenueTerms, seatsIn } from '../../src/revenue/series.ts';
import { addMonths, firstDay, type Instant } from '../../src/units/day.ts';
import { fromMajor, type Money, sum, toMajor } from '../../src/units/money.ts';
import { day, id, month, mrr } from '../scoring/portal.ts';

const TERMS: RevenueTerms = { month: month('2026-11'), knownBy: null, currency: 'JPY', fillGaps: 1, duplicates: 'all' };
const series = (records: readonly MrrFact[], terms: Partial<RevenueTerms> = {}): MrrSeries =>
  mrrByMonth({ id: '1', mrr: records }, { ...TERMS, ...terms });
const total = (of: MrrSeries, at: string): number | null => {
  const value = mrrIn(of, month(at));
  return value === null ? null : toMajor(value);
};

describe('MRR by month', () => {
  it('sums the records of a month, discount lines too', () => {
    const found = series([mrr('2026-11', 500, { product: 'CRM' }), mrr('2026-11', 300, { product: 'MA' }), mrr('2026-11', -100)]);
    expect(total(found, '2026-11')).toBe(700);
    expect([...productsIn(found, month('2026-11'))]).toEqual([
      ['CRM', fromMajor(500)],
      ['MA', fromMajor(300)],
      [null, fromMajor(-100)],
    ]);
  });

  it('counts a month below 0 as 0, in its products too', () => {
    const found = series([mrr('2026-11', 100, { product: 'CRM' }), mrr('2026-11', -300, { product: 'Discount' })]);
    expect(total(found, '2026-11')).toBe(0);
    expect(sum(productsIn(found, month('2026-11')).values())).toBe(0);
  });

  it('is 0 in months without a record, before the first one too, and unknown after the last month', () => {
    const found = series([mrr('2026-09', 100)]);
    expect(['2026-08', '2026-10', '2026-11', '2026-12'].map((at) => total(found, at))).toEqual([0, 0, 0, null]);
    expect(found.firstRecord).toBe('2026-09');
  });

  it('is unknown where there is no record at all', () => {
    expect(total(series([]), '2026-11')).toBeNull();
    expect(series([mrr('2026-12', 100)]).firstRecord).toBeNull();
  });

  it('fills a hole of one month with the month before and reports it', () => {
    const found = series([mrr('2026-09', 100, { product: 'CRM', seats: 5 }), mrr('2026-11', 200)]);
    expect(total(found, '2026-10')).toBe(100);
    expect([...productsIn(found, month('2026-10')).keys()]).toEqual(['CRM']);
    expect(seatsIn(found, month('2026-10'))).toBe(5);
    expect(found.problems).toEqual([{ code: 'gap', accountId: '1', source: { object: 'companies', id: '1' }, value: '2026-10' }]);
  });

  it.each<[string, readonly MrrFact[], Partial<RevenueTerms>]>([
    ['an explicit 0', [mrr('2026-09', 100), mrr('2026-10', 0), mrr('2026-11', 200)], {}],
    ['a longer hole', [mrr('2026-08', 100), mrr('2026-11', 200)], {}],
    ['a hole before a 0', [mrr('2026-09', 100), mrr('2026-11', 0)], {}],
    ['a hole after a 0', [mrr('2026-09', 0), mrr('2026-11', 100)], {}],
    ['anything where the policy says 0 months', [mrr('2026-09', 100), mrr('2026-11', 200)], { fillGaps: 0 }],
  ])('does not fill %s', (_, records, terms) => {
    const found = series(records, terms);
    expect(total(found, '2026-10')).toBe(0);
    expect(found.problems).toEqual([]);
  });

  it('fills longer holes where the policy says so', () => {
    const found = series([mrr('2026-08', 100), mrr('2026-11', 200)], { fillGaps: 2 });
    expect([total(found, '2026-09'), total(found, '2026-10')]).toEqual([100, 100]);
  });

  it('counts records that look alike all, or only the latest of them', () => {
    const alike = [
      mrr('2026-11', 100, { product: 'CRM', plan: 'Pro', knownAt: day('2026-11-02'), source: { object: '2-1', id: '9' } }),
      mrr('2026-11', 200, { product: 'CRM', plan: 'Pro', knownAt: day('2026-11-02'), source: { object: '2-1', id: '10' } }),
      mrr('2026-11', 400, { product: 'CRM', plan: 'Pro', knownAt: day('2026-11-01'), source: { object: '2-1', id: '11' } }),
      mrr('2026-11', 800, { product: 'CRM', plan: 'Basic', source: { object: '2-1', id: '12' } }),
    ];
    expect(total(series(alike), '2026-11')).toBe(1500);
    expect(total(series(alike, { duplicates: 'latest' }), '2026-11')).toBe(1000);
  });

  it('takes of records that look alike the last changed, whichever was made last', () => {
    const one = mrr('2026-11', 100, { knownAt: day('2026-11-01'), changedAt: 2000 as Instant, source: { object: '2-1', id: '9' } });
    const other = mrr('2026-11', 200, { knownAt: day('2026-11-02'), changedAt: 1000 as Instant, source: { object: '2-1', id: '10' } });
    for (const alike of [
      [one, other],
      [other, one],
    ])
      expect(total(series(alike, { duplicates: 'latest' }), '2026-11')).toBe(100);
    const same = { ...one, changedAt: 1000 as Instant, knownAt: other.knownAt };
    expect(total(series([same, other], { duplicates: 'latest' }), '2026-11')).toBe(200);
  });

  it('counts the states of one record once: the one recorded last', () => {
    const source = { object: '2-1', id: '9' };
    const states = [
      mrr('2026-11', 100, { source, knownAt: day('2026-11-01') }),
      mrr('2026-11', 300, { source, knownAt: day('2026-11-10') }),
    ];
    expect(total(series(states), '2026-11')).toBe(300);
    expect(total(series(states, { knownBy: day('2026-11-09') }), '2026-11')).toBe(100);
  });

  it('leaves other currencies out and reports them', () => {
    const found = series([mrr('2026-10', 100), mrr('2026-11', 50, { currency: 'USD', source: { object: '2-1', id: '5' } })]);
    expect(found.currency).toBe('JPY');
    expect(found.foreign).toBe(false);
    expect(total(found, '2026-11')).toBe(0);
    expect(found.problems).toEqual([{ code: 'foreign', accountId: '1', source: { object: '2-1', id: '5' }, value: '2026-11 USD' }]);
  });

  it('takes the currency of the latest month for an account without home currency', () => {
    const found = series([mrr('2026-10', 100, { currency: 'EUR' }), mrr('2026-11', 50, { currency: 'USD' })]);
    expect(found.currency).toBe('USD');
    expect(found.foreign).toBe(true);
    expect([total(found, '2026-10'), total(found, '2026-11')]).toEqual([0, 50]);
  });

  it('takes only what was known, where it is asked as of then', () => {
    const late = [mrr('2026-10', 100), mrr('2026-10', 900, { knownAt: day('2026-11-20') })];
    expect(total(series(late, { knownBy: day('2026-11-19') }), '2026-10')).toBe(100);
    expect(total(series(late), '2026-10')).toBe(1000);
  });

  it('sums plans, the largest first and equal ones by code point', () => {
    const found = series([
      mrr('2026-11', 100, { plan: 'Pro' }),
      mrr('2026-11', 100, { plan: 'Basic' }),
      mrr('2026-11', 60, { plan: 'Extra', product: 'A' }),
      mrr('2026-11', 60, { plan: 'Extra', product: 'B' }),
    ]);
    expect([...plansIn(found, month('2026-11')).keys()]).toEqual(['Extra', 'Basic', 'Pro']);
  });
});

const records: fc.Arbitrary<MrrFact[]> = fc.array(
  fc
    .record({
      back: fc.nat(12),
      amount: fc.integer({ min: -300, max: 1000 }),
      product: fc.constantFrom('CRM', 'MA', null),
      plan: fc.constantFrom('Pro', 'Basic', null),
      currency: fc.constantFrom('JPY', 'JPY', 'JPY', 'USD'),
    })
    .map(({ back, amount, ...rest }) => {
      const at = addMonths(TERMS.month, -back);
      return { ...mrr(at, amount, rest), source: { object: '2-1', id: id() }, validAt: firstDay(at) };
    }),
  { maxLength: 40 },
);

describe('over any records', () => {
  it('products, and plans, add up to the total of every month', () => {
    fc.assert(
      fc.property(records, fc.nat(3), (facts, fillGaps) => {
        const found = series(facts, { fillGaps });
        for (const at of found.months.keys()) {
          expect(sum(productsIn(found, at).values())).toBe(mrrIn(found, at));
          expect(sum(plansIn(found, at).values())).toBe(mrrIn(found, at));
          expect(mrrIn(found, at)).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it('the order of records does not matter', () => {
    fc.assert(
      fc.property(
        records.chain((facts) => fc.tuple(fc.constant(facts), fc.shuffledSubarray(facts, { minLength: facts.length }))),
        fc.constantFrom('all' as const, 'latest' as const),
        ([facts, shuffled], duplicates) => {
          const totals = (of: MrrSeries): [string, Money | null][] => [...of.months.keys()].sort().map((at) => [at, mrrIn(of, at)]);
          const [one, other] = [series(facts, { duplicates }), series(shuffled, { duplicates })];
          expect(totals(one)).toEqual(totals(other));
          expect(one.currency).toBe(other.currency);
        },
      ),
    );
  });

  it('records of months after the last one change nothing', () => {
    fc.assert(
      fc.property(records, fc.integer({ min: 1, max: 6 }), (facts, ahead) => {
        const more = [...facts, mrr(addMonths(TERMS.month, ahead), 5000, { currency: 'JPY' })];
        expect([...series(more).months]).toEqual([...series(facts).months]);
      }),
    );
  });
});
