/** Payments and deals that say more than money: overdue subscriptions, why a deal ended, and whose deal it is. */
import { describe, expect, it } from 'vitest';
import type { AccountAttributes } from '../../../src/account.ts';
import { assembleAccount } from '../../../src/data/facts/assemble.ts';
import type { Pipeline } from '../../../src/data/hubspot/types.ts';
import type { StoredRecord } from '../../../src/data/store/types.ts';
import { factsOf } from '../../../src/scoring/facts.ts';
import { INPUTS } from '../../../src/scoring/inputs/index.ts';
import { isMissing, type ReadingContext } from '../../../src/scoring/reading.ts';
import { type Day, serialOf } from '../../../src/units/day.ts';
import { context, rawAccount, record } from './raw.ts';

const on = (day: string) => ({ asOf: day, on: serialOf(day as Day) }) as unknown as ReadingContext;

describe('days overdue by the status of subscriptions', () => {
  const subscription = (...turns: readonly (readonly [string, string])[]) =>
    record(
      'subscriptions',
      { hs_mrr: '1000', hs_status: turns.at(-1)?.[0] ?? 'active' },
      { history: { hs_status: turns.map(([status, day]) => [status, `${day}T12:00:00+09:00`] as const) } },
    );
  const overdue = (subscriptions: readonly StoredRecord[], day: string, mapping = {}) => {
    const asked = context({ mapping: { 'mrr.source': 'subscriptions', ...mapping } });
    const facts = factsOf(assembleAccount(rawAccount({ subscriptions }), asked).account);
    const read = INPUTS.days_overdue.read(facts, on(day), null);
    return isMissing(read) ? read.because : read.value;
  };

  it('counts from the day on which the first of them became past due, until it is paid', () => {
    const two = [
      subscription(['active', '2026-06-01'], ['past_due', '2026-10-01'], ['unpaid', '2026-10-15'], ['active', '2026-11-10']),
      subscription(['active', '2026-06-01'], ['past_due', '2026-11-01']),
    ];
    expect(['2026-09-30', '2026-10-20', '2026-11-09', '2026-11-20'].map((day) => overdue(two, day))).toEqual([0, 19, 39, 19]);
  });

  it('knows nothing before there was one, nor where a property of the company is mapped for it', () => {
    const one = [subscription(['past_due', '2026-10-01'])];
    expect(overdue(one, '2026-09-01')).toBe('days_overdue');
    expect(overdue(one, '2026-11-01', { 'billing.daysOverdue': 'days_overdue' })).toBe('days_overdue');
    expect(overdue(one, '2026-11-01', { 'mrr.source': 'csv' })).toBe('days_overdue');
    expect(overdue(one, '2026-11-01', { 'mrr.source': 'csv', 'billing.daysOverdue': 'subscriptions' })).toBe(31);
  });

  it('does not take a status without history back to the beginning of the subscription', () => {
    const bare = record('subscriptions', { hs_status: 'past_due' });
    expect(overdue([bare], '2026-11-22')).toBe(2);
  });
});

const PIPELINE: Pipeline = {
  id: 'p',
  label: '契約',
  stages: [
    { id: 'won', label: '受注', metadata: { isClosed: 'true', probability: '1.0' } },
    { id: 'open', label: '提案', metadata: { isClosed: 'false', probability: '0.5' } },
  ],
};
const deal = (properties: Record<string, string>) =>
  record('deals', {
    pipeline: 'p',
    dealstage: 'won',
    closedate: '2026-01-15',
    recurring_revenue_amount: '1000',
    ...properties,
  });
const account = (deals: readonly StoredRecord[], mapping = {}, company = record('companies', { name: 'a' })) =>
  assembleAccount(
    rawAccount({ company, deals }),
    context({ mapping: { 'mrr.source': 'deal-properties', ...mapping }, dealPipelines: [PIPELINE] }),
  );

describe('recurring revenue on deals', () => {
  const ended = (reason: string, day = '2026-10-01') =>
    deal({ recurring_revenue_inactive_reason: reason, recurring_revenue_inactive_date: day });
  const reasons = ({ churnReason }: AccountAttributes) => churnReason?.map(({ value, validAt }) => [value, validAt]);

  it('gives the reason for leaving, but not that another deal took over', () => {
    const deals = ['CHURNED', 'RENEWAL', 'Upgrade', 'downgrade', 'Too expensive'].map((reason) => ended(reason));
    expect(reasons(account(deals).account.attributes)).toEqual([
      ['CHURNED', '2026-10-01'],
      ['Too expensive', '2026-10-01'],
    ]);
  });

  it('gives none where the company’s own property is mapped, and none of a deal that was never won', () => {
    expect(account([ended('CHURNED')], { 'churn.reason': 'why' }).account.attributes.churnReason).toEqual([]);
    expect(
      account([{ ...ended('CHURNED'), properties: { ...ended('CHURNED').properties, dealstage: 'open' } }]).account.attributes.churnReason,
    ).toEqual([]);
  });

  it('knows a renewal by the recurring revenue deal type', () => {
    const types = ['NEW_BUSINESS', 'RENEWAL'].map((type) => deal({ dealstage: 'open', recurring_revenue_deal_type: type }));
    expect(account(types).account.deals?.map(({ renewal }) => renewal)).toEqual([false, true]);
  });
});

describe('a deal on several companies', () => {
  const own = record('companies', { name: 'a', hs_merged_object_ids: '17;18' });
  const of = (primary: string) => account([deal({ hs_primary_associated_company: primary })], {}, own);

  it.each([
    ['this company', own.id],
    ['one that was merged into it', '18'],
    ['nobody', ''],
  ])('counts here where its primary company is %s', (_, primary) => {
    expect(of(primary).account.mrr.length).toBeGreaterThan(0);
    expect(of(primary).problems).toEqual([]);
  });

  it('counts on its primary company alone, and says so', () => {
    const { account: other, problems } = of('999');
    expect(other.mrr).toEqual([]);
    expect(problems).toMatchObject([
      { code: 'shared', source: { object: 'deals', property: 'hs_primary_associated_company' }, value: '999' },
    ]);
  });
});
