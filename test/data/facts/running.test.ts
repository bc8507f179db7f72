/** MRR that runs: what line items, deals, subscriptions and company properties come to, and what hostile values do not. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assembleAccount } from '../../../src/data/facts/assemble.ts';
import type { FactsContext } from '../../../src/data/facts/context.ts';
import type { ChildRecord, RawAccount } from '../../../src/data/store/types.ts';
import { type Line, LONGEST_MONTHS, layOut } from '../../../src/revenue/running.ts';
import { mrrByMonth, mrrIn } from '../../../src/revenue/series.ts';
import { MAPPING_KEYS, type Mapping, MRR_SOURCES } from '../../../src/settings/mapping.ts';
import { addDays, type Day, type Month, monthOf } from '../../../src/units/day.ts';
import { type Money, toMajor } from '../../../src/units/money.ts';
import { at, context, rawAccount, record } from './raw.ts';

const TODAY = '2026-11-21' as Day;
const STAGES = [
  { id: 'w', label: 'won', metadata: { isClosed: 'true', probability: '1.0' } },
  { id: 'l', label: 'lost', metadata: { isClosed: 'true', probability: '0.0' } },
  { id: 'o', label: 'open', metadata: { isClosed: 'false', probability: '0.5' } },
];
const facts = (mapping: Mapping, more: Partial<FactsContext> = {}): FactsContext =>
  context({ mapping, dealPipelines: [{ id: 'p', label: 'p', stages: STAGES }], ...more });

const deal = (properties: Record<string, string> = {}, id = '500') =>
  record('deals', { pipeline: 'p', dealstage: 'w', closedate: '2026-01-15T00:00:00Z', ...properties }, { id });
const item = (properties: Record<string, string>, parent = '500'): ChildRecord => ({ ...record('line_items', properties), parent });

const read = (raw: Partial<RawAccount>, mapping: Mapping, more: Partial<FactsContext> = {}) =>
  assembleAccount(rawAccount(raw), facts(mapping, more));
const mrrOf = ({ account }: ReturnType<typeof read>, month: string): number | null => {
  const series = mrrByMonth(account, { month: monthOf(TODAY), knownBy: null, currency: 'JPY', fillGaps: 1, duplicates: 'all' });
  const money = mrrIn(series, month as Month);
  return money === null ? null : toMajor(money);
};
const ofItem = (properties: Record<string, string>, month = '2026-11') =>
  mrrOf(read({ deals: [deal()], lineItems: [item(properties)] }, { 'mrr.source': 'line-items' }), month);

describe('a line item', () => {
  it.each([
    ['weekly', '1200', 5_200],
    ['biweekly', '1200', 2_600],
    ['monthly', '1200', 1_200],
    ['quarterly', '1200', 400],
    ['per_six_months', '1200', 200],
    ['annually', '1200', 100],
    ['per_two_years', '1200', 50],
    ['per_five_years', '1200', 20],
    ['annually', '1000000', 83_333.3333],
  ])('billed %s at %s is %d a month', (recurringbillingfrequency, amount, mrr) => {
    expect(ofItem({ recurringbillingfrequency, amount })).toBe(mrr);
  });

  it.each([
    [{ price: '100', quantity: '3' }, 300],
    [{ price: '100', quantity: '3', hs_discount_percentage: '10' }, 270],
    [{ price: '100', quantity: '3', discount: '20' }, 240],
    [{ price: '100', quantity: '3', hs_total_discount: '50' }, 250],
    [{ price: '100', quantity: '2.5' }, 250],
    [{ price: '100', amount: '70', hs_mrr: '65' }, 65],
    [{ hs_mrr: '-30' }, 0],
  ])('%j is %d a month', (properties, mrr) => {
    expect(ofItem({ recurringbillingfrequency: 'monthly', ...properties })).toBe(mrr);
  });

  it.each([
    [{}, '2026-01-15', null],
    [{ hs_recurring_billing_period: 'P3M' }, '2026-01-15', '2026-04'],
    [{ hs_recurring_billing_period: 'P1Y' }, '2025-12-01', '2026-12'],
    [{ hs_recurring_billing_period: 'P2W' }, '2026-03-25', '2026-04'],
    [{ hs_recurring_billing_number_of_payments: '4' }, '2026-01-31', '2026-05'],
    [{ hs_term_in_months: '2' }, '2026-05-01', '2026-07'],
    [{ hs_recurring_billing_end_date: '2026-06-30' }, '2026-05-01', '2026-07'],
  ])('with %j from %s is paid until %s', (term, start, until) => {
    const properties = { recurringbillingfrequency: 'monthly', amount: '10', hs_recurring_billing_start_date: start, ...term };
    const paid = ['2025-12', ...Array.from({ length: 11 }, (_, index) => `2026-${String(index + 1).padStart(2, '0')}`)];
    for (const month of paid) {
      const runs = month >= start.slice(0, 7) && (until === null || month < until);
      // The end of a month decides: what ends on its last day or before has ended in it.
      expect(ofItem(properties, month) ?? 0, month).toBe(runs ? 10 : 0);
    }
  });

  it('is no MRR where it is paid once, its deal is not won, or it is no number', () => {
    const one = { recurringbillingfrequency: 'monthly', amount: '10' };
    for (const [properties, stage] of [
      [{ amount: '10' }, 'w'],
      [one, 'l'],
      [one, 'o'],
      [{ ...one, amount: 'N/A' }, 'w'],
      [{ ...one, recurringbillingfrequency: '__proto__' }, 'w'],
      [{ ...one, hs_recurring_billing_period: 'P1Q' }, 'w'],
      [{ ...one, hs_line_item_currency_code: 'money' }, 'w'],
    ] as const) {
      const raw = { deals: [deal({ dealstage: stage })], lineItems: [item(properties)] };
      expect(mrrOf(read(raw, { 'mrr.source': 'line-items' }), '2026-11'), JSON.stringify(properties)).toBeNull();
    }
    // Of a stage that no pipeline has, HubSpot's own word counts.
    const unknown = deal({ dealstage: 'gone', hs_is_closed_won: 'true' });
    expect(mrrOf(read({ deals: [unknown], lineItems: [item(one)] }, { 'mrr.source': 'line-items' }), '2026-11')).toBe(10);
  });

  it('is nothing yet where it begins later in the month', () => {
    const later = { recurringbillingfrequency: 'monthly', amount: '10', hs_recurring_billing_start_date: '2026-11-22' };
    expect([ofItem(later), ofItem({ ...later, hs_recurring_billing_start_date: '2026-11-21' })]).toEqual([null, 10]);
  });

  it('says what it left out', () => {
    const wrong = read(
      { deals: [deal()], lineItems: [item({ recurringbillingfrequency: 'monthly', amount: 'many', hs_recurring_billing_period: 'soon' })] },
      { 'mrr.source': 'line-items' },
    );
    expect(wrong.problems.map(({ code, source }) => [code, source.object, source.property])).toContainEqual([
      'amount',
      'line_items',
      'amount',
    ]);
  });
});

describe('a subscription', () => {
  const subscription = (status: readonly (readonly [string, string])[], amounts: readonly (readonly [string, string])[]) =>
    record(
      'subscriptions',
      { hs_status: status.at(-1)?.[0] ?? '', hs_mrr: amounts.at(-1)?.[0] ?? '' },
      { createdAt: at('2026-02-01T00:00:00Z'), history: { hs_status: status, hs_mrr: amounts } },
    );
  it('counts while it is active, past due or unpaid, at what it was then', () => {
    const raw = {
      subscriptions: [
        subscription(
          [
            ['active', '2026-02-01T00:00:00Z'],
            ['paused', '2026-05-10T00:00:00Z'],
            ['active', '2026-07-10T00:00:00Z'],
            ['past_due', '2026-08-10T00:00:00Z'],
            ['unpaid', '2026-09-10T00:00:00Z'],
            ['canceled', '2026-10-10T00:00:00Z'],
          ],
          [
            ['100', '2026-02-01T00:00:00Z'],
            ['150', '2026-08-20T00:00:00Z'],
          ],
        ),
      ],
    };
    const told = read(raw, { 'mrr.source': 'subscriptions' });
    const months = ['02', '03', '04', '05', '06', '07', '08', '09', '10', '11'].map((month) => mrrOf(told, `2026-${month}`));
    expect(months).toEqual([100, 100, 100, 0, 0, 100, 150, 150, 0, 0]);
  });

  it('is nothing before billing begins, and from then on what it was then', () => {
    const one = subscription(
      [['active', '2026-02-01T00:00:00Z']],
      [
        ['100', '2026-02-01T00:00:00Z'],
        ['150', '2026-06-10T00:00:00Z'],
      ],
    );
    const billed = { ...one, properties: { ...one.properties, hs_recurring_billing_start_date: '2026-04-10' } };
    const told = read({ subscriptions: [billed] }, { 'mrr.source': 'subscriptions' });
    expect(['02', '03', '04', '05', '06'].map((month) => mrrOf(told, `2026-${month}`))).toEqual([0, 0, 100, 100, 150]);
  });

  it('without history is what it is now, since it was made', () => {
    const now = record('subscriptions', { hs_status: 'active', hs_mrr: '80' }, { createdAt: at('2026-06-15T00:00:00Z') });
    const told = read({ subscriptions: [now] }, { 'mrr.source': 'subscriptions' });
    expect([mrrOf(told, '2026-05'), mrrOf(told, '2026-06'), mrrOf(told, '2026-11')]).toEqual([0, 80, 80]);
  });
});

describe('layOut', () => {
  const day = fc.integer({ min: -500, max: 40 }).map((days) => addDays(TODAY, days));
  const line: fc.Arbitrary<Line> = fc
    .record({
      id: fc.uuid(),
      currency: fc.constantFrom('JPY', 'JPY', 'USD'),
      steps: fc.array(fc.record({ on: day, lag: fc.integer({ min: -60, max: 60 }), amount: fc.integer({ min: 0, max: 900 }) }), {
        minLength: 1,
        maxLength: 5,
      }),
    })
    .map(({ id, currency, steps }) => ({
      source: { object: 'deals', id },
      currency,
      product: 'Print',
      plan: null,
      seats: null,
      steps: steps.map(({ on, lag, amount }) => ({ on, knownAt: addDays(on, lag), amount: amount as Money })),
    }));

  it('says of every past day what ran on it, as far as it was known then', () => {
    const lines = fc.uniqueArray(line, { maxLength: 4, selector: ({ source }) => source.id });
    fc.assert(
      fc.property(lines, fc.integer({ min: 0, max: 400 }), (all, back) => {
        const on = addDays(TODAY, -back);
        const account = { id: '1', mrr: layOut(all, TODAY, { object: 'companies', id: '1' }) };
        const series = mrrByMonth(account, { month: monthOf(on), knownBy: on, currency: 'JPY', fillGaps: 1, duplicates: 'latest' });
        const running = (one: Line): number => {
          const known = one.steps.map((step, index) => ({ ...step, index })).filter((step) => step.knownAt <= on && step.on <= on);
          const last = known
            .sort((a, b) =>
              a.on < b.on ? -1 : a.on > b.on ? 1 : a.knownAt < b.knownAt ? -1 : a.knownAt > b.knownAt ? 1 : a.index - b.index,
            )
            .at(-1);
          return last?.amount ?? 0;
        };
        const truth = all.filter(({ currency }) => currency === series.currency).reduce((sum, one) => sum + running(one), 0);
        expect(mrrIn(series, monthOf(on)) ?? 0).toBe(truth);
      }),
      { numRuns: 300 },
    );
  });

  it('takes of two changes that became known together the later one, and says nothing before anything was known', () => {
    const one: Line = {
      source: { object: 'deals', id: '1' },
      currency: 'JPY',
      product: null,
      plan: null,
      seats: null,
      steps: [
        { on: '2026-11-05' as Day, knownAt: '2026-11-18' as Day, amount: 900 as Money },
        { on: '2026-11-12' as Day, knownAt: '2026-11-18' as Day, amount: 100 as Money },
      ],
    };
    const account = { id: '1', mrr: layOut([one], TODAY, { object: 'companies', id: '1' }) };
    const on = (knownBy: string) =>
      mrrIn(
        mrrByMonth(account, { month: '2026-11' as Month, knownBy: knownBy as Day, currency: 'JPY', fillGaps: 1, duplicates: 'all' }),
        '2026-11' as Month,
      );
    expect([on('2026-11-17'), on('2026-11-18'), on('2026-11-21')]).toEqual([null, 100, 100]);
  });

  it('lays out no more months than anybody looks at, whatever the year', () => {
    const old: Line = {
      source: { object: 'deals', id: '1' },
      currency: 'JPY',
      product: null,
      plan: null,
      seats: null,
      steps: [{ on: '0101-01-01' as Day, knownAt: '2026-01-01' as Day, amount: 5 as Money }],
    };
    const months = new Set(layOut([old], TODAY, { object: 'companies', id: '1' }).map(({ month }) => month));
    expect(months.size).toBeLessThanOrEqual(LONGEST_MONTHS);
  });
});

const HOSTILE = [
  '',
  ' ',
  '__proto__',
  'constructor',
  '-1',
  '1e308',
  'NaN',
  '99999999999999999999',
  'x'.repeat(65_536),
  '\u202e\u0000',
  '0000-00-00',
  '2026-13-45',
  'true',
  '[object Object]',
  '"; DROP TABLE',
  '9'.repeat(400),
];

describe('hostile values', () => {
  it.each(MRR_SOURCES)('in every mapped field never throw and are never money: %s', (source) => {
    for (const name of ['a"b', '__proto__', "x'y", 'constructor'])
      for (const value of HOSTILE) {
        const keys = MAPPING_KEYS.filter(
          (key) => !['mrr.source', 'usage.source', 'customers', 'mrr.object', 'usage.object', 'survey.source'].includes(key),
        );
        const mapping = {
          ...Object.fromEntries(keys.map((key) => [key, name])),
          'mrr.source': source,
          'mrr.object': '2-101',
          'usage.object': '2-102',
        };
        const everywhere = (object: string) => record(object, JSON.parse(`{${JSON.stringify(name)}: ${JSON.stringify(value)}}`));
        const standard = {
          hs_mrr: value,
          hs_status: value,
          amount: value,
          recurringbillingfrequency: value,
          hs_recurring_billing_period: value,
        };
        const raw = {
          company: everywhere('companies'),
          mrr: [everywhere('2-101')],
          usage: [everywhere('2-102')],
          tickets: [everywhere('tickets')],
          contacts: [everywhere('contacts')],
          deals: [deal({ closedate: value, recurring_revenue_amount: value, recurring_revenue_inactive_date: value, [name]: value })],
          lineItems: [item({ ...standard, [name]: value }), item({ ...standard, recurringbillingfrequency: 'annually' })],
          subscriptions: [record('subscriptions', { ...standard, [name]: value })],
        };
        const { account, problems } = read(raw, mapping as Mapping);
        for (const { amount, month } of account.mrr) {
          expect(Number.isSafeInteger(amount)).toBe(true);
          expect(month).toMatch(/^\d{4}-\d{2}$/);
        }
        for (const problem of problems) expect(problem.value.length).toBeLessThanOrEqual(120);
      }
  });

  it('of a company with 1,762 deals adds up every item once', () => {
    const deals = Array.from({ length: 1_762 }, (_, index) => deal({}, String(10_000 + index)));
    const lineItems = deals.map(({ id }) => item({ recurringbillingfrequency: 'monthly', amount: '1' }, id));
    expect(mrrOf(read({ deals, lineItems: [...lineItems, ...lineItems] }, { 'mrr.source': 'line-items' }), '2026-11')).toBe(1_762);
  });
});
