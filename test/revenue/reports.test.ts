/** Reports over the whole portal: one history worked by hand, and the invariants of any. What each figure is: `against-plain.test.ts`. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { churnBySegment, churnEvents } from '../../src/revenue/churn.ts';
import { cohorts } from '../../src/revenue/cohorts.ts';
import { accountDrivers, type Driver, drivers } from '../../src/revenue/drivers.ts';
import { amountAt, firstPaidMonth, ledgerMonths, type RevenueLedger } from '../../src/revenue/ledger.ts';
import { monthlyMovements } from '../../src/revenue/movements.ts';
import { combinations, productMonths, upgradePaths, whitespace } from '../../src/revenue/products.ts';
import { monthlyRetention, retentionBetween, trailing12 } from '../../src/revenue/retention.ts';
import { type AccountTraits, SEGMENTATIONS, sizeBand } from '../../src/revenue/segments.ts';
import { fromMajor, toMajor } from '../../src/units/money.ts';
import { type History, histories, LAST, type Line, ledger } from './histories.ts';

const SPAN = 9;
const NOBODY = { plan: null, industry: null, owner: null, team: null, employees: null };
const TERMS = { traits: () => NOBODY, cuts: { tiers: null } };
const steady = (from: number, to: number, amount: number, names: Partial<Line> = {}): Line[] =>
  Array.from({ length: from - to + 1 }, (_, index) => ({ back: from - index, amount, ...names }));

/**
 * Five companies over four months, the last being November 2026:
 *
 *            Aug  Sep  Oct  Nov
 *   aoba     100  150  150  150   expansion in September (CRM grew)
 *   budou    200  200  120  120   contraction in October (MA dropped)
 *   cosmos   300  300    0    0   churn in October
 *   daichi     –    –   80   80   new in October
 *   enoki     50    0    0   60   churn in September, back in November
 */
const FIVE: History = {
  aoba: [{ back: 3, amount: 100, product: 'CRM', plan: 'Pro' }, ...steady(2, 0, 150, { product: 'CRM', plan: 'Enterprise' })],
  budou: [...steady(3, 0, 120, { product: 'CRM', plan: 'Pro' }), ...steady(3, 2, 80, { product: 'MA', plan: 'Pro' })],
  cosmos: steady(3, 2, 300, { product: 'MA', plan: 'Enterprise' }),
  daichi: steady(1, 0, 80, { product: 'CRM', plan: 'Pro' }),
  enoki: [
    { back: 3, amount: 50, product: 'Chat', plan: 'Pro' },
    { back: 0, amount: 60, product: 'Chat', plan: 'Pro' },
  ],
};

describe('five companies by hand', () => {
  const five = ledger(FIVE);

  it('moves', () => {
    const rows = monthlyMovements(five, 4).map((row) => [
      row.month,
      ...[row.start, row.new, row.expansion, row.contraction, row.churn, row.reactivation, row.netNew, row.end].map(toMajor),
    ]);
    expect(rows).toEqual([
      ['2026-08', 0, 650, 0, 0, 0, 0, 650, 650],
      ['2026-09', 650, 0, 50, 0, 50, 0, 0, 650],
      ['2026-10', 650, 80, 0, 80, 300, 0, -300, 350],
      ['2026-11', 350, 0, 0, 0, 0, 60, 60, 410],
    ]);
    const customers = monthlyMovements(five, 4).map((row) => [
      row.customersStart,
      row.customersNew,
      row.customersChurned,
      row.customersReactivated,
      row.customersEnd,
    ]);
    expect(customers).toEqual([
      [0, 4, 0, 0, 4],
      [4, 0, 1, 0, 3],
      [3, 1, 1, 0, 3],
      [3, 0, 0, 1, 4],
    ]);
  });

  it('is kept or lost', () => {
    const [august, september, october, november] = monthlyRetention(five, 4);
    expect(august).toMatchObject({ logoChurnRate: null, grr: null, nrr: null, grossMrrChurnRate: null, netMrrChurnRate: null });
    expect(september).toMatchObject({ customersStart: 4, churned: 1, logoChurnRate: 0.25, grr: 600 / 650, nrr: 1 });
    expect(october?.grossMrrChurnRate).toBeCloseTo(380 / 650);
    expect(october).toMatchObject({ logoChurnRate: 1 / 3, grr: 270 / 650, nrr: 270 / 650 });
    // The one that came back lowers the net churn, and is outside of NRR.
    expect(november?.netMrrChurnRate).toBeCloseTo(-60 / 350);
    expect(november).toMatchObject({ churned: 0, grr: 1, nrr: 1 });
    expect(retentionBetween(five, 0, 3)).toMatchObject({ customersStart: 4, churned: 1, grr: 270 / 650, nrr: 330 / 650 });
    expect(trailing12(five)).toMatchObject({ customersStart: 0, logoChurnRate: null, grr: null, nrr: null });
  });

  it('names who churned, the reason being that of the latest time only', () => {
    expect(churnEvents(five, 3).map(({ id, month, mrrLost, latest, back }) => [id, month, toMajor(mrrLost), latest, back])).toEqual([
      ['enoki', '2026-09', 50, true, true],
      ['cosmos', '2026-10', 300, true, false],
    ]);
    expect(churnEvents(five, 1)).toEqual([]);
  });

  it('cuts churn by plan and by product as they were in the month before', () => {
    const rows = (by: 'plan' | 'product') =>
      churnBySegment(five, by, 3, TERMS).map(({ value, customersStart, churned, grr, nrr }) => [value, customersStart, churned, grr, nrr]);
    expect(rows('plan')).toEqual([
      ['Pro', 3, 0, (100 + 120 + 50) / 350, (150 + 120 + 60) / 350],
      ['Enterprise', 1, 1, 0, 0],
    ]);
    expect(rows('product')).toEqual([
      ['MA', 2, 2, 0, 0],
      ['CRM', 2, 0, 1, 270 / 220],
      ['Chat', 1, 0, 1, 1.2],
    ]);
  });

  it('names what moved it', () => {
    const period = { from: 0, to: 3 };
    const changes = (rows: readonly Driver[]) => rows.map(({ value, change }) => [value, toMajor(change)]);
    const { rows, rest } = accountDrivers(five, period, 20);
    expect(changes(drivers(five, 'product', period, TERMS))).toEqual([
      ['MA', -380],
      ['CRM', 130],
      ['Chat', 10],
    ]);
    expect(rest).toEqual({ count: 0, change: 0 });
    expect(changes(rows)).toEqual([
      ['cosmos', -300],
      ['budou', -80],
      ['daichi', 80],
      ['aoba', 50],
      ['enoki', 10],
    ]);
  });

  it('follows those who began together', () => {
    expect(cohorts(five)).toEqual([
      {
        month: '2026-08',
        customers: 4,
        mrr: fromMajor(650),
        logo: [1, 0.75, 0.5, 0.75],
        gross: [1, 600 / 650, 220 / 650, 220 / 650],
        net: [1, 650 / 650, 270 / 650, 330 / 650],
      },
      { month: '2026-10', customers: 1, mrr: fromMajor(80), logo: [1, 1], gross: [1, 1], net: [1, 1] },
    ]);
  });

  it('sums by product and plan', () => {
    const rows = productMonths(five, 1).map(({ product, plan, mrr, customers }) => [product, plan, toMajor(mrr), customers]);
    expect(rows).toEqual([
      ['CRM', 'Pro', 200, 2],
      ['CRM', 'Enterprise', 150, 1],
      ['Chat', 'Pro', 60, 1],
    ]);
    expect(combinations(five).map(({ products, customers, mrr }) => [products, customers, toMajor(mrr)])).toEqual([
      [['CRM'], 3, 350],
      [['Chat'], 1, 60],
    ]);
    expect(upgradePaths(five)).toEqual([{ path: ['Pro', 'Enterprise'], customers: 1 }]);
  });
});

describe('whitespace', () => {
  const alike: History = Object.fromEntries(
    Array.from({ length: 6 }, (_, index) => [
      `a${index}`,
      [
        { back: 0, amount: 100 + index, product: 'CRM', plan: 'Pro' },
        ...(index < 2 ? [{ back: 0, amount: 50, product: 'MA', plan: 'Pro' }] : []),
        ...(index < 1 ? [{ back: 0, amount: 10, product: 'Chat', plan: 'Pro' }] : []),
      ],
    ]),
  );

  it('is what a third of those alike have, the larger account first', () => {
    const found = whitespace(ledger(alike), () => NOBODY);
    expect(found.map(({ id, product, peers, of, like }) => [id, product, peers, of, like])).toEqual(
      ['a5', 'a4', 'a3', 'a2'].map((id) => [id, 'MA', 2, 6, 'plan']),
    );
  });

  it('is told by the stronger of plan and size', () => {
    const found = whitespace(ledger(alike), (account) => ({ plan: null, employees: account === 3 ? 500 : 30 }));
    expect(found.map(({ id, of, like }) => [id, of, like])).toEqual([
      ['a5', 5, 'size'],
      ['a4', 5, 'size'],
      ['a2', 5, 'size'],
      ['a3', 6, 'plan'],
    ]);
  });

  it('says of how few it is told', () => {
    const { a5: _, a4: __, a3: ___, ...few } = alike;
    expect(whitespace(ledger(few), () => NOBODY).map(({ id, product, peers, of }) => [id, product, peers, of])).toEqual([
      ['a2', 'MA', 2, 3],
      ['a1', 'Chat', 1, 3],
      ['a2', 'Chat', 1, 3],
    ]);
  });
});

it('has bands of sizes', () => {
  expect([null, 0, 1, 10, 11, 50, 51, 200, 201, 1000, 1001].map(sizeBand)).toEqual([
    null,
    null,
    '1-10',
    '1-10',
    '11-50',
    '11-50',
    '51-200',
    '51-200',
    '201-1000',
    '201-1000',
    '1001+',
  ]);
});

describe('of any history', () => {
  const each = (check: (history: History, of: RevenueLedger) => void, runs = 300) =>
    fc.assert(
      fc.property(histories, (history) => check(history, ledger(history))),
      { numRuns: runs },
    );
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
  it('the order in which accounts come changes nothing', () => {
    each((history, of) => {
      expect(ledgerMonths(of).at(-1)).toBe(LAST);
      expect(ledger(history, Object.keys(history).reverse())).toEqual(of);
    });
  });

  it('the end is the start and every part, in MRR and in customers', () => {
    each((_, of) => {
      for (const row of monthlyMovements(of, SPAN)) {
        expect(row.end).toBe(row.start + row.new + row.reactivation + row.expansion - row.contraction - row.churn);
        expect(row.netNew).toBe(row.end - row.start);
        expect(row.customersEnd).toBe(row.customersStart + row.customersNew + row.customersReactivated - row.customersChurned);
      }
    });
  });

  it('GRR is at most 1 and at most NRR, and the rates go together', () => {
    each((_, of) => {
      for (const row of [...monthlyRetention(of, SPAN), retentionBetween(of, of.months - 4, of.months - 1)]) {
        if (row.grr === null || row.nrr === null) {
          expect(row.mrrStart).toBe(0);
          continue;
        }
        expect(row.grr).toBeLessThanOrEqual(1);
        expect(row.grr).toBeLessThanOrEqual(row.nrr);
        expect(row.grossMrrChurnRate).toBeCloseTo(1 - row.grr, 9);
        expect(row.logoChurnRate).toBeCloseTo(row.churned / row.customersStart, 9);
      }
    });
  });

  it('a cohort begins whole, and its gross is at most 1 and at most its net', () => {
    each((_, of) => {
      const found = cohorts(of);
      expect(sum(found.map(({ customers }) => customers))).toBe(of.ids.filter((__, account) => firstPaidMonth(of, account) >= 0).length);
      for (const { logo, gross, net } of found) {
        expect([logo[0], gross[0], net[0]]).toEqual([1, 1, 1]);
        for (const [age, share] of gross.entries()) {
          expect(share).toBeLessThanOrEqual(Math.min(1, net[age] ?? 0) + 1e-9);
          expect(share).toBeLessThanOrEqual((gross[age - 1] ?? 1) + 1e-9);
          expect(logo[age]).toBeLessThanOrEqual(1);
        }
      }
    });
  });

  it('segments and products add up to the whole', () => {
    const traits = (account: number): AccountTraits => ({
      industry: account % 2 === 0 ? 'IT' : null,
      owner: String(account % 3),
      team: null,
      employees: account * 30,
    });
    each((_, of) => {
      const [from, to] = [Math.max(0, of.months - 4), of.months - 1];
      const change = (monthlyMovements(of, 1)[0]?.end ?? 0) - sum(of.ids.map((__, account) => amountAt(of, account, from)));
      const isWhole = (row: Driver): void =>
        expect(row.end).toBe(row.start + row.new + row.reactivation + row.expansion - row.contraction - row.churn);
      const everyAccount = accountDrivers(of, { from, to }, of.ids.length).rows;
      for (let most = 0; most <= everyAccount.length; most++) {
        const { rows, rest } = accountDrivers(of, { from, to }, most);
        expect(rows).toEqual(everyAccount.slice(0, most));
        expect(sum([...rows.map((row) => row.change), rest.change])).toBe(change);
        expect(rest.count).toBe(everyAccount.length - most);
      }
      everyAccount.forEach(isWhole);
      const bySize = [...everyAccount].sort(
        (a, b) => Math.abs(b.change) - Math.abs(a.change) || (String(a.value) < String(b.value) ? -1 : 1),
      );
      expect(everyAccount).toEqual(bySize);
      for (const by of SEGMENTATIONS) {
        const rows = drivers(of, by, { from, to }, { traits, cuts: { tiers: null } });
        expect(sum(rows.map((row) => row.change))).toBe(change);
        rows.forEach(isWhole);
        if (by === 'product') continue;
        const segments = churnBySegment(of, by, to - from, { traits, cuts: { tiers: null } });
        const whole = retentionBetween(of, from, to);
        expect(sum(segments.map(({ customersStart }) => customersStart))).toBe(whole.customersStart);
        expect(sum(segments.map(({ churned }) => churned))).toBe(whole.churned);
        expect(sum(segments.map(({ mrrStart }) => mrrStart))).toBe(whole.mrrStart);
      }
      const months = productMonths(of, of.months);
      for (const [index, { month, end }] of monthlyMovements(of, of.months).entries()) {
        expect(sum(months.filter((row) => row.month === month).map(({ mrr }) => mrr))).toBe(end);
        expect(index).toBeLessThan(of.months);
      }
    });
  });
});
