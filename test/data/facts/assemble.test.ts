import { describe, expect, it } from 'vitest';
import { assembleAccount } from '../../../src/data/facts/assemble.ts';
import { context, rawAccount, record } from './raw.ts';

const mrr = (month: string | null, amount: string | null, more: Record<string, string | null> = {}) =>
  record('2-101', { target_month: month, amount, product: 'CRM', plan: 'Pro', ...more });

describe('an account', () => {
  it('has a name even where the company has none', () => {
    const named = (properties: Record<string, string>) =>
      assembleAccount(rawAccount({ company: record('companies', properties, { id: '77' }) }), context()).account.name;
    expect(named({ name: ' 株式会社あおば ', domain: 'aoba.example' })).toBe('株式会社あおば');
    expect(named({ name: '', domain: 'aoba.example' })).toBe('aoba.example');
    expect(named({})).toBe('77');
  });

  it('belongs to whom the mapped owner property names, not to the salesperson', () => {
    const owners = [
      { id: '5', userId: null, email: 'hanako@cs.example', firstName: '花子', lastName: '見本', teams: [], archived: false },
      { id: '6', userId: null, email: 'same@cs.example', firstName: 'A', lastName: 'B', teams: [], archived: false },
      { id: '7', userId: null, email: 'other@cs.example', firstName: 'A', lastName: 'B', teams: [], archived: false },
    ];
    const ownerOf = (value: string) =>
      assembleAccount(rawAccount({ company: record('companies', { csm_owner: value, hubspot_owner_id: '99' }) }), context({ owners }))
        .account.ownerId;
    expect(ownerOf('5')).toBe('5');
    expect(ownerOf('404')).toBe('404');
    expect(ownerOf('Hanako@CS.example')).toBe('5');
    expect(ownerOf('見本　花子')).toBe('5');
    expect(ownerOf('A B')).toBeNull();
    expect(ownerOf('nobody')).toBeNull();
    expect(ownerOf('')).toBeNull();
  });
});

describe('R20: MRR records', () => {
  it('count with their month, amount and knowledge day', () => {
    const one = record(
      '2-101',
      { target_month: '2026-10-01', amount: '￥５００，０００', seats: '12' },
      { createdAt: Date.parse('2026-10-02T15:30:00Z') as never },
    );
    const { account, problems } = assembleAccount(rawAccount({ mrr: [one] }), context());
    expect(problems).toEqual([]);
    expect(account.mrr).toEqual([
      {
        month: '2026-10',
        amount: 5_000_000_000,
        currency: 'JPY',
        product: null,
        plan: null,
        seats: 12,
        validAt: '2026-10-01',
        knownAt: '2026-10-03',
        source: { object: '2-101', id: one.id, property: 'amount' },
      },
    ]);
  });

  it.each(['', ' ', 'N/A', '12,34', '1.2.3', '五十万', '0x10', '500 000', null])('leave %j out and report it', (amount) => {
    const { account, problems } = assembleAccount(rawAccount({ mrr: [mrr('2026-10-01', amount)] }), context());
    expect(account.mrr).toEqual([]);
    expect(problems).toMatchObject([{ code: 'amount', value: amount ?? '' }]);
  });

  it.each([
    ['date', '2026-10-31T00:00:00Z', '2026-10'],
    ['date', '2026-10-31T00:00:00.000Z', '2026-10'],
    ['date', '1793404800000', '2026-10'],
    ['datetime', '2026-10-31T15:00:00Z', '2026-11'],
    ['datetime', '2026-10-31T14:59:59.999Z', '2026-10'],
    ['string', '2026年11月', '2026-11'],
    ['string', '202611', '2026-11'],
    ['enumeration', '2026/11', '2026-11'],
    ['string', '1793404800000', null],
    ['date', 'soon', null],
    ['date', '', null],
    ['string', '', null],
  ])('a %s of %j is the month %j', (type, value, month) => {
    const { account, problems } = assembleAccount(
      rawAccount({ mrr: [mrr(value, '1')] }),
      context({ propertyTypes: { '2-101': { target_month: type } } }),
    );
    expect(account.mrr.map((fact) => fact.month)).toEqual(month === null ? [] : [month]);
    expect(problems.map((problem) => problem.code)).toEqual(month === null ? ['date'] : []);
  });
});
