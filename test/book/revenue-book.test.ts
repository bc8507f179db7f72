/** The revenue book out of a real store: what counts, what is left out and said, and what is kept of it. */
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { packRevenueBook, type RevenueAccount, type RevenueBook, revenueKey, unpackRevenueBook } from '../../src/book/revenue-book.ts';
import { LedgerBuilder, partOf } from '../../src/revenue/ledger.ts';
import { productsAt } from '../../src/revenue/products.ts';
import { productAmounts } from '../../src/revenue/segments.ts';
import { mrrByMonth } from '../../src/revenue/series.ts';
import { DEFAULT_POLICY } from '../../src/scoring/policy-default.ts';
import type { Instant, Month } from '../../src/units/day.ts';
import { toMajor } from '../../src/units/money.ts';
import { histories, ledger, monthBack } from '../revenue/histories.ts';
import { mrr } from '../scoring/portal.ts';
import { MAPPING, type Stage, stage } from './revenue-stage.ts';

let here: Stage;
beforeEach(async () => {
  here = await stage();
});
afterEach(() => here.close());

/** Whole amounts, oldest month first, by account. */
const amounts = ({ ledger: { ids, months, totals } }: RevenueBook): Record<string, number[]> =>
  Object.fromEntries(
    ids.map((id, account) => [id, [...totals.subarray(account * months, (account + 1) * months)].map((one) => one / 10_000)]),
  );

const steady = (amount: string, ...months: string[]) => months.map((month) => ({ month, amount }));

it('is what the series of the records say, and the same when it is read back', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (history) => {
      const own = await stage();
      try {
        const companies = Object.entries(history).map(([id, lines]) => [
          id,
          {
            properties: { industry: `I${id}`, numberofemployees: id },
            lines: lines.map(({ back, amount, ...rest }) => ({ ...rest, month: monthBack(back), amount: String(amount) })),
          },
        ]);
        // So that the month is always written.
        await own.put({
          ...Object.fromEntries(companies),
          8999: { lines: steady('1', '2026-10', '2026-11') },
          8998: { lines: steady('1', '2026-11') },
        });
        const built = await own.book('2026-11-20');
        const { ids: _, ...expected } = ledger({
          ...history,
          8999: [
            { back: 0, amount: 1 },
            { back: 1, amount: 1 },
          ],
          8998: [{ back: 0, amount: 1 }],
        });
        if (built.writing === null) expect(built.ledger).toMatchObject(expected);
        await own.cache.saveColumns(packRevenueBook(built, 'key', 7));
        const kept = await own.cache.loadColumns('key', 7);
        if (!kept) throw new Error('nothing was kept');
        const again = unpackRevenueBook(kept);
        expect(again.ledger).toEqual(built.ledger);
        expect([again.writing, again.notes]).toEqual([built.writing, built.notes]);
        for (const place of built.ledger.ids.keys()) {
          const own = built.account(place);
          const fields = Object.keys(own) as (keyof RevenueAccount)[];
          expect(Object.fromEntries(fields.map((field) => [field, again.account(place)[field]]))).toEqual(own);
        }
        expect(await own.cache.loadColumns('key', 8)).toBeNull();
        expect(await own.cache.loadColumns('other', 7)).toBeNull();
      } finally {
        await own.close();
      }
    }),
    { numRuns: 25 },
  );
});

it('works as of the month before while fewer than half have a record of the month', async () => {
  await here.put({
    1: { lines: steady('100', '2026-09', '2026-10', '2026-11') },
    2: { lines: steady('200', '2026-09', '2026-10') },
    // Its hole in October is closed by November alone, which is not there yet.
    3: { lines: steady('300', '2026-09', '2026-11') },
    4: { lines: steady('400', '2026-08', '2026-09', '2026-10') },
    5: { lines: steady('500', '2026-11') },
    6: { lines: steady('600', '2026-10') },
  });
  const late = await here.book('2026-11-20');
  expect(late.writing).toBe('2026-11');
  expect(amounts(late)).toEqual({ 1: [0, 100, 100], 2: [0, 200, 200], 3: [0, 300, 0], 4: [400, 400, 400], 6: [0, 0, 600] });
  expect(late.notes).toMatchObject({ companies: 6, unknown: 1, oldestRecord: '2026-08' });
  await here.put({ 2: { lines: steady('200', '2026-09', '2026-10', '2026-11') } });
  const whole = await here.book('2026-11-20');
  expect(whole.writing).toBeNull();
  expect(amounts(whole)).toEqual({
    1: [0, 100, 100, 100],
    2: [0, 200, 200, 200],
    3: [0, 300, 300, 300],
    4: [400, 400, 400, 0],
    5: [0, 0, 0, 500],
    6: [0, 0, 600, 0],
  });
});

it('knows nothing of later months on an earlier day', async () => {
  await here.put({ 1: { lines: steady('100', '2026-09', '2026-10', '2026-11') }, 2: { lines: steady('50', '2026-11') } });
  expect(amounts(await here.book('2026-10-15'))).toEqual({ 1: [100, 100] });
  const before = await here.book('2026-08-31');
  expect([before.ledger.ids, before.notes.oldestRecord, before.notes.unknown]).toEqual([[], '2026-09', 2]);
});

it('counts other currencies and unknown MRR and leaves them out, takes them in at fixed rates, and adds nothing twice', async () => {
  await here.put({
    1: { lines: steady('100', '2026-10', '2026-11') },
    2: {
      lines: [
        { month: '2026-11', amount: '10.50', currency: 'USD' },
        { month: '2026-10', amount: '9', currency: 'USD' },
      ],
    },
    3: {
      lines: [
        { month: '2026-11', amount: '20', currency: 'USD' },
        { month: '2026-10', amount: '70', currency: 'JPY' },
      ],
    },
    4: { lines: [{ month: '2026-11', amount: 'N/A' }] },
    5: { lines: [] },
    6: {
      lines: [
        { month: '2026-11', amount: '-5' },
        { month: '2026-10', amount: '0' },
      ],
    },
  });
  const plain = await here.book('2026-11-20');
  expect(amounts(plain)).toEqual({ 1: [100, 100], 3: [70, 0], 6: [0, 0] });
  expect(plain.notes).toEqual({ companies: 6, unknown: 2, foreign: 1, converted: 0, oldestRecord: '2026-10' });
  const rates = await here.book('2026-11-20', { revenue: { ...DEFAULT_POLICY.revenue, rates: { USD: 150 } } });
  expect(amounts(rates)[2]).toEqual([1350, 1575]);
  expect(rates.notes).toMatchObject({ foreign: 0, converted: 1 });
});

it('counts what is foreign without the month that is still being written as foreign, not as unknown too', async () => {
  await here.put({
    1: { lines: steady('100', '2026-09', '2026-10') },
    2: { lines: steady('100', '2026-09', '2026-10') },
    3: {
      lines: [
        { month: '2026-10', amount: '70', currency: 'USD' },
        { month: '2026-11', amount: '20' },
      ],
    },
  });
  const late = await here.book('2026-11-20');
  expect(late.writing).toBe('2026-11');
  expect(late.notes).toMatchObject({ companies: 3, unknown: 0, foreign: 1 });
});

it('has nothing below 0 at a fixed rate either, where amounts cancel out', async () => {
  const lines = ['0.0001', '0.0001', '-0.0002'].map((amount) => ({ month: '2026-11', amount, currency: 'USD' }));
  await here.put({ 1: { lines } });
  const { ledger } = await here.book('2026-11-20', { revenue: { ...DEFAULT_POLICY.revenue, rates: { USD: 0.4 } } });
  expect([ledger.ids, [...ledger.totals]]).toEqual([['1'], [0]]);
});

it('tells more products apart than two bytes can count', () => {
  const builder = new LedgerBuilder({ currency: 'JPY', last: '2026-11' as Month });
  const terms = { month: '2026-11' as Month, knownBy: null, currency: 'JPY', fillGaps: 1, duplicates: 'all' } as const;
  for (let at = 0; at < 70_000; at++)
    builder.add(String(at), mrrByMonth({ id: String(at), mrr: [mrr('2026-11', 1, { product: `P${at}` })] }, terms));
  const whole = builder.build();
  const notes = { companies: 70_000, unknown: 0, foreign: 0, converted: 0, oldestRecord: whole.first };
  const account = {
    name: '',
    ownerId: null,
    industry: null,
    segment: null,
    plan: null,
    employees: null,
    churnReason: null,
    contractValue: null,
    renewal: null,
  };
  const again = unpackRevenueBook(packRevenueBook({ ledger: whole, account: () => account, writing: null, notes }, 'key', 1)).ledger;
  for (const of of [whole, again, partOf(whole, (place) => place > 69_000).ledger])
    for (const place of [0, 5, of.ids.length - 1]) {
      const name = `P${of.ids[place]}`;
      expect(productsAt(of, place, 0).map((product) => of.products[product])).toEqual([name]);
      const moved: (string | null | undefined)[] = [];
      productAmounts(of, place, -1, 0, (product) => moved.push(of.products[product]));
      expect(moved).toEqual([name]);
    }
});

it('has the reason as it was at the end of the month, else as it was filled in first afterwards', async () => {
  const stamp = (day: string): Instant => Date.parse(`${day}T03:00:00Z`) as Instant;
  const history = {
    churn_reason: [
      { value: 'price', timestamp: stamp('2026-06-10') },
      { value: 'support', timestamp: stamp('2026-10-05') },
    ],
  };
  await here.put({ 1: { properties: { churn_reason: 'support' }, history, lines: steady('100', '2026-03', '2026-04') } });
  const reason = async (day: string) => (await here.book(day)).account(0).churnReason;
  expect([await reason('2026-05-20'), await reason('2026-07-01'), await reason('2026-11-01')]).toEqual(['price', 'price', 'support']);
});

it('takes in a company that is a customer no more, but not one that went to somebody else while one book is all there is', async () => {
  await here.put({ 1: { lines: steady('100', '2026-10', '2026-11') }, 2: { lines: steady('200', '2026-10') } });
  const at = Date.parse('2026-11-20') as Instant;
  await here.cache.write((writer) => writer.leaveBook('all', ['2'], at));
  expect(Object.keys(amounts(await here.book('2026-11-20')))).toEqual(['1', '2']);
  await here.cache.write(async (writer) => {
    await writer.tx.run("UPDATE book SET scope = '77'");
  });
  expect(Object.keys(amounts(await here.book('2026-11-20')))).toEqual(['1']);
});

it('is made anew for another month, mapping, policy or import, and for another day only where MRR runs by the day', () => {
  const key = (day: string, mapping: Record<string, string> = MAPPING, revenue = DEFAULT_POLICY.revenue, imports = '') =>
    revenueKey({ ...here.inputs(day), mapping, revenue }, imports);
  expect(key('2026-11-01')).toBe(key('2026-11-30'));
  const others = [
    key('2026-12-01'),
    key('2026-11-01', { ...MAPPING, 'mrr.amount': 'other' }),
    key('2026-11-01', MAPPING, { ...DEFAULT_POLICY.revenue, fillGaps: 2 }),
    key('2026-11-01', MAPPING, DEFAULT_POLICY.revenue, '1 2'),
  ];
  expect(new Set([key('2026-11-01'), ...others]).size).toBe(5);
  const items = { ...MAPPING, 'mrr.source': 'line-items' };
  expect(key('2026-11-01', items)).not.toBe(key('2026-11-02', items));
});

it('writes what a person keeps on this machine beside it', async () => {
  await here.put({ 1: { lines: steady('100', '2026-11') } });
  const before = [await here.cache.recordsRevision(), await here.cache.revision()];
  await here.cache.outdate();
  expect([await here.cache.recordsRevision(), await here.cache.revision()]).toEqual([before[0], (before[1] ?? 0) + 1]);
  expect(toMajor((await here.book('2026-11-20')).ledger.totals[0] as never)).toBe(100);
});

it('keeps columns of any size in pieces, each as it was, and forgets the oldest', async () => {
  const columns = {
    small: Uint8Array.of(1, 2, 3),
    none: new Uint8Array(),
    large: new Uint8Array(8 * 1024 * 1024 + 5).map((_, at) => at % 251),
  };
  for (const key of ['a', 'b', 'c', 'd'])
    await here.cache.saveColumns({ key, records: 1, header: '{}', columns: key === 'd' ? columns : {} });
  const kept = await here.cache.loadColumns('d', 1);
  expect(Object.keys(kept?.columns ?? {}).sort()).toEqual(['large', 'none', 'small']);
  for (const [name, bytes] of Object.entries(columns)) expect(Buffer.compare(kept?.columns[name] ?? new Uint8Array(9), bytes)).toBe(0);
  expect(await here.cache.loadColumns('a', 1)).toBeNull();
  await here.cache.saveColumns({ key: 'd', records: 2, header: '{}', columns: { small: columns.small } });
  expect([await here.cache.loadColumns('d', 1), (await here.cache.loadColumns('d', 2))?.records]).toEqual([null, 2]);
});
