/** Every report against the plain definitions, over any portal and over those of odd sizes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MrrFact } from '../../src/account.ts';
import { churnBySegment, churnEvents } from '../../src/revenue/churn.ts';
import { cohorts } from '../../src/revenue/cohorts.ts';
import { accountDrivers, drivers } from '../../src/revenue/drivers.ts';
import { amountAt, LedgerBuilder, ledgerMonths, partOf, type RevenueLedger } from '../../src/revenue/ledger.ts';
import { monthlyMovements } from '../../src/revenue/movements.ts';
import { combinations, productMonths, productsAt, upgradePaths, whitespace } from '../../src/revenue/products.ts';
import { monthlyRetention, retentionBetween, trailing12 } from '../../src/revenue/retention.ts';
import { planAt, type SegmentTerms, tiersAt } from '../../src/revenue/segments.ts';
import { mrrByMonth } from '../../src/revenue/series.ts';
import { addDays, type Day, firstDay } from '../../src/units/day.ts';
import type { Money } from '../../src/units/money.ts';
import * as plain from './plain.ts';
import { HOME, monthBack, portals, RULES, rules } from './plain-portals.ts';

/** A record without a readable amount is no fact: what reads them is held to that in test/data/facts. */
const factsOf = (records: readonly plain.PlainRecord[]): MrrFact[] =>
  records.flatMap(({ id, back, amount, product, plan, currency, modified }) => {
    const month = monthBack(back);
    const validAt = firstDay(month);
    if (amount === null) return [];
    const source = { object: '2-101', id };
    const knownAt = addDays('2026-11-01' as Day, modified);
    return [{ month, amount: amount as Money, currency: currency ?? HOME, product, plan, seats: null, validAt, knownAt, source }];
  });

function ledgerOf(portal: plain.PlainPortal, { fillGaps, duplicates }: plain.PlainRules, ago: number): RevenueLedger {
  const last = monthBack(ago);
  const builder = new LedgerBuilder({ currency: HOME, last });
  for (const [id, { records }] of Object.entries(portal))
    builder.add(id, mrrByMonth({ id, mrr: factsOf(records) }, { month: last, knownBy: null, currency: HOME, fillGaps, duplicates }));
  return builder.build();
}

const CUTS = ['tier', 'plan', 'industry', 'owner', 'team', 'size'] as const;
const isSomething = ({ mrr, customers }: { mrr: number; customers: number }): boolean => mrr !== 0 || customers > 0;
const byText = <T>(rows: readonly T[]): T[] => rows.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

/** Holds all that the columns say, from `count` months on, to the plain book; months of the ledger are counted back from its last. */
function same(of: RevenueLedger, book: plain.PlainBook, count: number): void {
  const last = of.months - 1;
  const backs = Array.from({ length: count }, (_, index) => count - 1 - index);
  const company = (account: number): plain.PlainCompany => book.company(of.ids[account] ?? '');
  const terms: SegmentTerms = { traits: company, cuts: { tiers: null } };

  expect([of.ids, of.foreign, ledgerMonths(of).length]).toEqual([book.ids, book.foreign, book.oldest + 1]);
  const tier = tiersAt(of, last, { tiers: null });
  for (const [account, id] of of.ids.entries()) {
    for (let back = book.oldest + 1; back >= 0; back--) expect(amountAt(of, account, last - back)).toBe(book.mrr(id, back));
    expect([productsAt(of, account, last).map((place) => of.products[place]), planAt(of, account, last), tier(account)]).toEqual([
      plain.plainProducts(book, id, 0),
      plain.plainPlan(book, id, 0),
      plain.plainTier(book, id, 0),
    ]);
  }

  expect(monthlyMovements(of, count).map(({ month: _, ...moved }) => moved)).toEqual(backs.map((back) => plain.plainMovements(book, back)));
  expect(monthlyRetention(of, count).map(({ month: _, ...kept }) => kept)).toEqual(
    backs.map((back) => plain.plainRetention(book, back + 1, back)),
  );
  expect(trailing12(of)).toEqual(plain.plainRetention(book, 12, 0));
  expect(retentionBetween(of, last - count, last)).toEqual(plain.plainRetention(book, count, 0));
  expect(churnEvents(of, count).map(({ id, month, mrrLost, latest, back }) => [id, month, mrrLost, latest, back])).toEqual(
    plain
      .plainChurn(book, Math.min(count, book.oldest))
      .map(({ id, back, lost, latest, isBack }) => [id, ledgerMonths(of)[last - back], lost, latest, isBack]),
  );
  expect(cohorts(of)).toEqual(plain.plainCohorts(book).map(({ back, ...rest }) => ({ month: ledgerMonths(of)[last - back], ...rest })));

  for (const by of [...CUTS, 'product'] as const) {
    expect(churnBySegment(of, by, count, terms), by).toEqual(plain.plainSegments(book, by, count, 0));
    const rows = drivers(of, by, { from: last - count, to: last }, terms);
    expect(rows, by).toEqual(plain.plainDrivers(book, by, count, 0));
    for (const row of rows) expect(row.end).toBe(row.start + row.new + row.reactivation + row.expansion - row.contraction - row.churn);
    expect(plain.total(rows.map(({ change }) => change))).toBe(
      plain.plainRetention(book, 0, 0).mrrStart - plain.plainRetention(book, count, count).mrrStart,
    );
  }
  const byAccount = accountDrivers(of, { from: last - count, to: last }, of.ids.length);
  expect(byAccount.rest).toEqual({ count: 0, change: 0 });
  expect(byAccount.rows.map(({ account: _, ...row }) => row)).toEqual(
    plain.plainDrivers(book, 'account', count, 0).filter(({ change }) => change !== 0),
  );

  const months = productMonths(of, count).filter(isSomething);
  for (const back of backs)
    expect(byText(months.filter(({ month }) => month === ledgerMonths(of)[last - back]).map(({ month: _, ...row }) => row))).toEqual(
      byText(plain.plainProductMonth(book, back).filter(isSomething)),
    );
  expect(whitespace(of, company).map(({ account: _, ...row }) => row)).toEqual(plain.plainWhitespace(book));
  expect(byText(combinations(of))).toEqual(byText(plain.plainCombinations(book, () => true)));
  expect(byText(combinations(of, (account) => tier(account) === 'high'))).toEqual(
    byText(plain.plainCombinations(book, (id) => plain.plainTier(book, id, 0) === 'high')),
  );
  expect(byText(upgradePaths(of))).toEqual(byText(plain.plainUpgrades(book)));
}

describe('what the columns say is what the definitions say', () => {
  it('of any portal', () => {
    fc.assert(
      fc.property(portals(), rules, fc.constantFrom(1, 3, 12, 20), fc.constantFrom(0, 0, 1, 14), (portal, terms, count, ago) => {
        same(ledgerOf(portal, terms, ago), plain.plainBook(portal, terms, ago), count);
      }),
      { numRuns: 150 },
    );
  });

  it('of a part of any portal, whose tiers are those of the whole', () => {
    fc.assert(
      fc.property(portals(), fc.constantFrom('71', null), (portal, owner) => {
        const whole = ledgerOf(portal, RULES, 0);
        const part = partOf(whole, (account) => portal[whole.ids[account] ?? '']?.owner === owner);
        const own = Object.fromEntries(Object.entries(portal).filter(([, one]) => one.owner === owner));
        const book = plain.plainBook(own, RULES);
        expect(part.ledger.ids).toEqual(book.ids);
        expect(part.places.map((place) => whole.ids[place])).toEqual(part.ledger.ids);
        const [all, tier] = [plain.plainBook(portal, RULES), tiersAt(part.ledger, part.ledger.months - 1, { tiers: null })];
        expect(part.ledger.ids.map((_, account) => tier(account))).toEqual(part.ledger.ids.map((id) => plain.plainTier(all, id, 0)));
        expect(monthlyMovements(part.ledger, 4).map(({ month: _, ...moved }) => moved)).toEqual(
          [3, 2, 1, 0].map((back) => plain.plainMovements(book, back)),
        );
      }),
      { numRuns: 50 },
    );
  });

  const company = (records: readonly Partial<plain.PlainRecord>[], more: Partial<plain.PlainCompany> = {}): plain.PlainCompany => ({
    industry: null,
    owner: null,
    team: null,
    employees: null,
    plan: null,
    ...more,
    records: records.map((one, index) => ({
      ...{ id: String(100 + index), back: 0, amount: 1_000_000, product: null, plan: null, currency: null, modified: 0 },
      ...one,
    })),
  });
  const run = (from: number, to: number, more: Partial<plain.PlainRecord> = {}): Partial<plain.PlainRecord>[] =>
    Array.from({ length: from - to + 1 }, (_, index) => ({ back: from - index, ...more }));

  it.each<[string, plain.PlainPortal]>([
    ['no company', {}],
    ['a company without any record', { 1: company([]) }],
    ['companies whose amounts cannot be read', { 1: company([{ amount: null }]), 2: company([{ amount: null, back: 3 }]) }],
    ['a first month that lies ahead', { 1: company([{ back: -1 }]), 2: company([{ back: -7 }, { back: -8 }]) }],
    ['a first month that lies ahead, of one', { 1: company([{ back: -1 }]), 2: company(run(3, 0)) }],
    ['one month', { 1: company([{}]) }],
    ['one month, long ago', { 1: company([{ back: 40 }]) }],
    ['one account over 600 months', { 1: company(run(599, 0, { product: 'CRM', plan: 'Pro' })) }],
    [
      '600 months with holes, a comeback and a newcomer',
      {
        1: company([...run(599, 300), ...run(290, 288), ...run(286, 1)]),
        2: company(run(2, 0)),
        3: company([]),
        4: company([{ amount: 0 }]),
      },
    ],
    ['nothing but other currencies', { 1: company([{ currency: 'USD' }]), 2: company([{ currency: 'EUR', back: 2 }]) }],
    ['nothing but amounts below 0', { 1: company(run(5, 0, { amount: -5 })) }],
    ['everybody gone', { 1: company(run(9, 4)), 2: company(run(9, 1)) }],
    ['equal MRR all over', Object.fromEntries([...'abcdefghijk'].map((id) => [id, company(run(13, 0), { employees: 10 })]))],
  ])('of %s', (_, portal) => {
    for (const count of [1, 12, 24]) same(ledgerOf(portal, RULES, 0), plain.plainBook(portal, RULES), count);
  });
});
