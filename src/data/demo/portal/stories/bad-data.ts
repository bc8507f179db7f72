/** Accounts whose MRR records were typed by people: readable, unreadable, negative, twice, in another currency. */
import { level, mrrLine, usage } from '../curves.ts';
import { type AccountPlan, MONTHS, type RawMrr } from '../plan.ts';
import { story } from './story.ts';

interface Case {
  readonly name: string;
  readonly domain: string;
  readonly raw: readonly RawMrr[];
  /** Regular months end before the raw ones begin. */
  readonly amount: number;
  readonly until: number;
  readonly currency?: string;
}

const CASES: readonly Case[] = [
  // Full-width digits and grouping are numbers.
  {
    name: '全角商会',
    domain: 'zenkaku.example',
    amount: 500_000,
    until: 1,
    raw: [
      { monthsAgo: 1, amount: '￥５００，０００', product: 'CRM' },
      { monthsAgo: 0, amount: '500,000', product: 'CRM' },
    ],
  },
  // Neither is an amount; the month before stays the last one known.
  {
    name: '朝凪観光',
    domain: 'asanagi-kanko.example',
    amount: 88_000,
    until: 1,
    raw: [
      { monthsAgo: 1, amount: '', product: 'CRM' },
      { monthsAgo: 0, amount: '88000', product: 'CRM' },
    ],
  },
  {
    name: '空欄工業',
    domain: 'kuran.example',
    amount: 120_000,
    until: 0,
    raw: [
      { monthsAgo: 0, amount: 'N/A', product: 'CRM' },
      { monthsAgo: 0, amount: '120000', product: 'MA' },
    ],
  },
  {
    name: 'Comma Brothers',
    domain: 'comma-brothers.example',
    amount: 123_400,
    until: 0,
    raw: [
      { monthsAgo: 0, amount: '12,34', product: 'CRM' },
      { monthsAgo: 0, amount: '123400円', product: 'SFA' },
    ],
  },
  // A discount line takes away from the month's sum.
  {
    name: '値引商店',
    domain: 'nebiki.example',
    amount: 200_000,
    until: -1,
    raw: [
      { monthsAgo: 1, amount: '-30000', product: 'CRM' },
      { monthsAgo: 0, amount: '-30000', product: 'CRM' },
    ],
  },
  // The same record twice: two contracts look the same.
  { name: '二重電機', domain: 'nijuu.example', amount: 95_000, until: -1, raw: [{ monthsAgo: 0, amount: '95000', product: 'CRM' }] },
  // Pays in dollars: outside totals.
  { name: 'Dollarwise Inc.', domain: 'dollarwise.example', amount: 2_400, until: -1, currency: 'USD', raw: [] },
  // Home currency with one stray record in dollars.
  {
    name: '混在貿易',
    domain: 'konzai.example',
    amount: 310_000,
    until: -1,
    raw: [{ monthsAgo: 2, amount: '900', product: 'MA', currency: 'USD' }],
  },
];

export const badData: readonly (() => AccountPlan)[] = CASES.map(
  (one, index) => () =>
    story({
      name: one.name,
      domain: one.domain,
      csm: index % 4,
      industry: 'RETAIL',
      startDaysAgo: 760 + index * 40,
      renewalInDays: 95 + index * 22,
      mrr: [
        {
          product: 'CRM',
          plan: 'Standard',
          months: mrrLine({ now: one.amount, from: MONTHS, until: one.until }),
          ...(one.currency ? { currency: one.currency } : {}),
        },
      ],
      rawMrr: one.raw,
      usage: usage({ logins: level(40 + index * 3), users: level(12), features: level(6), wobble: [0, 2, -1] }),
      touches: [{ kind: 'call', daysAgo: 18 + index, title: '近況の確認', body: '利用は順調。' }],
    }),
);
