/** Reports with names and reasons on any history: what stands behind a figure adds up to it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { categoriser } from '../../src/book/churn-reasons.ts';
import { NO_LABELS } from '../../src/book/labels.ts';
import { productReport } from '../../src/book/product-report.ts';
import { accountsBehind } from '../../src/book/revenue-behind.ts';
import type { RevenueAccount } from '../../src/book/revenue-book.ts';
import { churnReport, cohortReport, driversOf, mrrReport } from '../../src/book/revenue-reports.ts';
import { narrowed, type RevenueFilter, type RevenueSource } from '../../src/book/revenue-source.ts';
import { productsAt } from '../../src/revenue/products.ts';
import { planAt, tiersAt } from '../../src/revenue/segments.ts';
import { loadPolicy } from '../../src/rules/load.ts';
import { DEFAULT_POLICY } from '../../src/scoring/policy-default.ts';
import { policyHash } from '../../src/scoring/policy-hash.ts';
import type { Day } from '../../src/units/day.ts';
import { fromMajor } from '../../src/units/money.ts';
import { type History, histories, ledger } from '../revenue/histories.ts';

function sourceOf(history: History): RevenueSource {
  const own = ledger(history);
  const account = (place: number): RevenueAccount => ({
    name: `Sample ${own.ids[place]}`,
    ownerId: place % 3 === 0 ? null : String(place % 3),
    industry: place % 2 === 0 ? 'IT' : null,
    segment: null,
    plan: ['Pro', 'Old', null][place % 3] ?? null,
    employees: place * 40,
    churnReason: ['price', '他社へ乗り換え', 'zzz', null, 'acquired'][place % 5] ?? null,
    contractValue: place % 3 === 1 ? fromMajor(1000 * place) : null,
    renewal: place % 3 === 2 ? ('2027-05-19' as Day) : place % 3 === 0 ? ('2026-11-01' as Day) : null,
  });
  const notes = { companies: own.ids.length, unknown: 0, foreign: 0, converted: 0, oldestRecord: own.first };
  const day = '2026-11-20' as Day;
  return {
    asOf: day,
    isAhead: false,
    day,
    owners: new Map(),
    policy: DEFAULT_POLICY,
    policyHash: 'sha256:sample',
    whole: true,
    lookBacks: new Map(),
    labels: { ...NO_LABELS, industry: new Map([['IT', 'Information technology']]), reason: new Map([['zzz', '値上げ']]) },
    book: { ledger: own, account, writing: null, notes },
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
const each = (check: (source: RevenueSource) => void) =>
  fc.assert(
    fc.property(histories, (history) => check(sourceOf(history))),
    { numRuns: 150 },
  );

describe('behind a figure', () => {
  it('of a month stand the accounts that moved', () => {
    each((source) => {
      for (const row of mrrReport(source, { months: 6, by: null }).months) {
        const of = (kind: 'new' | 'expansion' | 'contraction' | 'churn' | 'reactivation') => {
          const found = accountsBehind(source, { of: 'movement', month: row.month, months: 1, kind });
          return Math.abs(sum(found.map(({ before, after }) => after - before)));
        };
        for (const kind of ['new', 'expansion', 'contraction', 'churn', 'reactivation'] as const) expect(of(kind)).toBe(row[kind]);
      }
    });
  });

  it('of a segment, a cohort and a product stand those that it counts', () => {
    each((source) => {
      for (const { by, value, customersStart, churned, mrrStart } of churnReport(source, { months: 4, by: null }).segments) {
        const found = accountsBehind(source, { of: 'segment', by, value, months: 4 });
        expect([found.length, found.filter(({ after }) => after === 0).length, sum(found.map(({ before }) => before))]).toEqual([
          customersStart,
          churned,
          mrrStart,
        ]);
      }
      for (const { month, customers, mrr, net } of cohortReport(source, null)) {
        const age = net.length - 1;
        const found = accountsBehind(source, { of: 'cohort', month, age });
        expect([found.length, sum(found.map(({ before }) => before))]).toEqual([customers, mrr]);
        expect(sum(found.map(({ after }) => after)) / mrr).toBeCloseTo(net[age] ?? 0, 9);
      }
      for (const { month, product, plan, mrr, customers } of productReport(source, 3).months) {
        const found = accountsBehind(source, { of: 'product', month, product, plan });
        expect([sum(found.map(({ after }) => after)), found.filter(({ after }) => after > 0).length]).toEqual([mrr, customers]);
      }
    });
  });
});

it('values of lists are told by their labels, and so are the categories', () => {
  each((source) => {
    const { segments, churned } = churnReport(source, { months: 6, by: 'industry' });
    for (const { value, name } of segments) expect(name).toBe(value === null ? null : 'Information technology');
    for (const { reason, reasonLabel, category } of churned)
      expect([reasonLabel, category]).toEqual(
        {
          price: ['price', 'price'],
          他社へ乗り換え: ['他社へ乗り換え', 'competitor'],
          zzz: ['値上げ', 'price'],
          acquired: ['acquired', 'business'],
        }[reason ?? ''] ?? [null, null],
      );
  });
});

it('a reason belongs to the latest churn alone, and whoever closed down is not to be won back', () => {
  each((source) => {
    const { churned, winBack } = churnReport(source, { months: 9, by: null });
    for (const one of churned) expect(one.reason).toBe(one.latest ? source.book.account(one.account).churnReason : null);
    const asked = churned.filter(({ latest, back, category }) => latest && !back && category !== 'business');
    expect(winBack.map(({ id }) => id).sort()).toEqual(asked.map(({ id }) => id).sort());
    const losses = winBack.map(({ mrrLost }) => mrrLost);
    expect(losses).toEqual(losses.toSorted((a, b) => b - a));
  });
});

it('a filter takes in the accounts as they are in the last month, tiers being those of the whole', () => {
  each((source) => {
    const { ledger, account } = source.book;
    const last = ledger.months - 1;
    const tier = tiersAt(ledger, last, source.policy);
    const taken = (filter: RevenueFilter) => narrowed(source, filter).book.ledger.ids;
    const those = (has: (place: number) => boolean) => ledger.ids.filter((_, place) => has(place));
    expect(taken({ tier: 'high' })).toEqual(those((place) => tier(place) === 'high'));
    expect(taken({ plan: 'pro' })).toEqual(those((place) => (planAt(ledger, place, last) ?? account(place).plan) === 'Pro'));
    expect(taken({ product: 'crm', owner: '1' })).toEqual(
      those((place) => place % 3 === 1 && productsAt(ledger, place, last).some((one) => ledger.products[one] === 'CRM')),
    );
  });
});

it('tiers of a report on a part are those of the whole portal', () => {
  each((source) => {
    const byTier = (of: RevenueSource): Map<string | null, number> =>
      new Map(churnReport(of, { months: 4, by: 'tier' }).segments.map(({ value, customersStart }) => [value, customersStart]));
    const parts = ['1', '2', null].map((owner) => {
      const ids = source.book.ledger.ids.filter((_, place) => source.book.account(place).ownerId === owner);
      return narrowed(source, { ids: new Set(ids) });
    });
    for (const [tier, customers] of byTier(source)) expect(sum(parts.map((part) => byTier(part).get(tier) ?? 0))).toBe(customers);
    const top = (of: RevenueSource): number => sum(productReport(of, 1).topCombinations.map(({ customers }) => customers));
    expect(sum(parts.map(top))).toBe(top(source));
  });
});

it('reports agree with each other, and parts with the whole', () => {
  each((source) => {
    const { months, span, drivers } = mrrReport(source, { months: 5, by: 'owner' });
    expect(span.end).toBe(span.start + span.new + span.expansion + span.reactivation - span.contraction - span.churn);
    for (const one of drivers) {
      expect(sum(one.rows.map(({ change }) => change)) + one.rest.change).toBe(one.change);
      expect(one.change).toBe((months.at(-1)?.end ?? 0) - (months[0]?.start ?? 0));
    }
    const churn = churnReport(source, { months: 5, by: 'plan' });
    expect(churn.cumulativeChurned).toBe(sum(churn.months.map(({ churned }) => churned)));
    expect(churn.cumulative.at(-1)).toBe(churn.cumulativeChurned);
    for (const rows of [churn.reasons, churn.categories]) {
      expect(sum(rows.map(({ customers }) => customers))).toBe(churn.cumulativeChurned);
      expect(sum(rows.map(({ mrr }) => mrr))).toBe(sum(churn.churned.map(({ mrrLost }) => mrrLost)));
      for (const row of rows) expect(sum(row.byMonth)).toBe(row.customers);
    }
    for (const { churn: lost } of [span]) expect(lost).toBe(sum(churn.churned.map(({ mrrLost }) => mrrLost)));
    // Nobody is lost between the owners.
    const parts = ['1', '2'].map((owner) => mrrReport(narrowed(source, { owner }), { months: 1, by: null }).months[0]?.end ?? 0);
    const nobody = driversOf(source, 'owner', 1).rows.find(({ value }) => value === null)?.end ?? 0;
    expect(sum(parts) + nobody).toBe(months.at(-1)?.end);
  });
});

describe('a churn reason', () => {
  const categoryOf = categoriser(DEFAULT_POLICY.churnReasons);

  it.each([
    ['Too expensive', 'price'],
    ['price_increase', 'price'],
    ['価格が合わない', 'price'],
    ['ＢＵＤＧＥＴ cut', 'price'],
    ['他社製品へ乗り換え', 'competitor'],
    ['SUPPORT', 'support'],
    ['サポート対応への不満', 'support'],
    ['missing feature: export', 'feature'],
    ['機能不足', 'feature'],
    ['利用が定着しなかった', 'usage'],
    ['payment failed', 'payment'],
    ['未払い', 'payment'],
    ['Company was acquired', 'business'],
    ['内製化', 'business'],
    ['business', 'business'],
    ['personal', 'other'],
    ['   ', null],
    [null, null],
  ])('%j is %j', (reason, category) => expect(categoryOf(reason)).toBe(category));

  it('is also told by the words of a team, which change no score', () => {
    const loaded = loadPolicy('version: 1\nchurnReasons: { business: [予算凍結の親会社方針], payment: [wire refused] }\n', 'policy.yaml');
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
    expect(categoriser(loaded.value.churnReasons)('Wire refused twice')).toBe('payment');
    expect(categoriser(loaded.value.churnReasons)('price')).toBe('price');
    expect(policyHash(loaded.value)).toBe(policyHash(DEFAULT_POLICY));
    expect(loadPolicy('version: 1\nrevenue: { rates: { USD: 0 } }\n', 'policy.yaml').ok).toBe(false);
    expect(loadPolicy('version: 1\nrevenue: { rates: { USD: 150.5 } }\n', 'policy.yaml')).toMatchObject({
      value: { revenue: { fillGaps: 1, rates: { USD: 150.5 } } },
    });
  });
});

it('contracts are worth what they say, else the months to the renewal, the largest first', () => {
  each((source) => {
    const { contracts, customers } = productReport(source, 3);
    const places = new Map(source.book.ledger.ids.map((id, place) => [id, place]));
    for (const { id, mrr, contract, products } of contracts) {
      const place = places.get(id) ?? -1;
      // 20 November to 19 May: five whole months; a renewal that is past says nothing.
      const worth = place % 3 === 1 ? { value: fromMajor(1000 * place), derived: false } : { value: mrr * 5, derived: true };
      expect(contract).toEqual(worth);
      expect(place % 3).not.toBe(0);
      expect(sum(products.map((one) => one.mrr))).toBe(mrr);
    }
    for (const { id, contract } of customers) if ((places.get(id) ?? -1) % 3 === 0) expect(contract).toBeNull();
    const values = contracts.map(({ contract }) => contract?.value ?? 0);
    expect(values).toEqual(values.toSorted((a, b) => b - a));
  });
});
