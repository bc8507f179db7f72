/** Where amounts in several currencies meet they are in the portal's own, by the policy's rates, or they are not added. */
import { expect, it } from 'vitest';
import { doneMark, handled } from '../../src/book/done.ts';
import { compileFilter } from '../../src/book/expression.ts';
import { sortRows } from '../../src/book/filters.ts';
import { atHome, homeRateOf, sumAtHome } from '../../src/book/home-money.ts';
import type { BookRow } from '../../src/book/row.ts';
import { teamLoad } from '../../src/book/team.ts';
import { ratesText } from '../../src/cli/revenue-options.ts';
import { loadPolicy } from '../../src/rules/load.ts';
import { type Lang, t } from '../../src/text/messages/index.ts';
import type { Day, Instant } from '../../src/units/day.ts';

const row = (id: string, mrr: number | null, homeRate: number | null): BookRow =>
  ({
    ...{ id, name: id, domain: null, team: null, group: 'ranked', overduePlay: null, risk: 50, band: 'high', signals: [] },
    ...{ owner: { id: '1', name: 'One', email: null }, products: [], tier: null, customerGrade: null, plan: null, industry: null },
    ...{ mrr, mrrAtRisk: mrr === null ? null : mrr / 2, expectedLoss: mrr, contractValue: null, probability: 0.5, homeRate },
  }) as unknown as BookRow;

const HOME = row('home', 100_000, 1);
const RATED = row('rated', 1_000, 150);
const UNRATED = row('unrated', 900_000, null);
const UNKNOWN = row('unknown', null, 1);
const ALL = [HOME, RATED, UNRATED, UNKNOWN];

it('adds at the rate, and leaves out what has none', () => {
  expect(ALL.map((one) => atHome(one, one.mrr))).toEqual([100_000, 150_000, null, null]);
  expect(sumAtHome(ALL, ({ mrr }) => mrr)).toBe(250_000);
  const [load] = teamLoad({ book: { rows: ALL, unproven: false }, owners: [], tasks: [], actions7d: new Map() });
  expect(load).toMatchObject({ accounts: 4, mrr: 250_000, mrrAtRisk: 125_000, leftOut: 1, converted: 1 });
  const day = '2026-11-22' as Day;
  const marks = new Map(ALL.map((one) => [one.id, doneMark(one, day, 1 as Instant)]));
  expect(handled(ALL, marks, day, null).mrrDone).toBe(250_000);
});

it('orders and narrows by what is worth more, not by the larger number', () => {
  const known = [HOME, RATED];
  for (const sort of ['mrr', 'priority'] as const) expect(sortRows(known, sort).map(({ id }) => id)).toEqual(['rated', 'home']);
  const { test } = compileFilter('mrr>120k', { rows: known, myId: null, asOf: '2026-11-22' as Day });
  expect(known.filter(test).map(({ id }) => id)).toEqual(['rated']);
});

it('knows a rate where the policy gives one, and tells it with its day', () => {
  const policy = (text: string) => {
    const loaded = loadPolicy(`version: 1\n${text}`, 'policy.yaml');
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
    return loaded.value;
  };
  const dated = policy('revenue: { rates: { USD: 150, EUR: 160.5 }, ratesOn: 2026-11-01 }\n');
  expect([homeRateOf(dated.revenue, 'USD'), homeRateOf(dated.revenue, 'GBP'), homeRateOf(policy('').revenue, 'USD')]).toEqual([
    150,
    null,
    null,
  ]);
  const told = (of: typeof dated, lang: Lang) => ratesText(of, 'JPY', lang);
  expect(told(dated, 'en')).toBe('1 USD = 150 JPY, 1 EUR = 160.5 JPY (1 Nov 2026)');
  expect(told(policy('revenue: { rates: { USD: 150 } }\n'), 'ja')).toContain(t('ja', 'revenue.rates.no_day'));
  expect(loadPolicy('version: 1\nrevenue: { ratesOn: November }\n', 'policy.yaml').ok).toBe(false);
});
