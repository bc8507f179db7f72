/** The same contracts written down in each of the six ways give the same MRR, month by month. */
import { describe, expect, it } from 'vitest';
import type { Account } from '../../../src/account.ts';
import { buildRevenueBook, type RevenueBook } from '../../../src/book/revenue-book.ts';
import { NOTHING_IMPORTED } from '../../../src/data/facts/context.ts';
import { amountAt, monthNumber } from '../../../src/revenue/ledger.ts';
import { mrrByMonth, mrrIn, productsIn } from '../../../src/revenue/series.ts';
import { DEFAULT_POLICY } from '../../../src/scoring/policy-default.ts';
import { addDays, type Day, monthOf } from '../../../src/units/day.ts';
import { toMajor, ZERO } from '../../../src/units/money.ts';
import { MONTHS, STORIES, TODAY, trueMrr, trueProducts } from './contracts.ts';
import { expressed, mappingOf, type Source } from './portal.ts';
import { stage } from './stage.ts';

const SOURCES: readonly Source[] = ['custom-object', 'line-items', 'deal-properties', 'subscriptions', 'company-property', 'csv'];
const WITH_PRODUCTS: ReadonlySet<Source> = new Set(['custom-object', 'line-items', 'deal-properties', 'subscriptions', 'csv']);

const seriesOf = (account: Account, knownBy: Day | null = null, on: Day = TODAY) =>
  mrrByMonth(account, { month: monthOf(on), knownBy, currency: 'JPY', fillGaps: 1, duplicates: 'all' });

const mrrOf = (account: Account, knownBy: Day | null = null) => {
  const series = seriesOf(account, knownBy);
  return MONTHS.map((month) => toMajor(mrrIn(series, month) ?? (0 as never)));
};

const productsOf = (account: Account) => {
  const series = seriesOf(account);
  return MONTHS.map((month) =>
    [...productsIn(series, month)]
      .flatMap(([product, amount]) => (product === null || amount === 0 ? [] : [[product, toMajor(amount)]]))
      .sort(),
  );
};

/** What reports are made from, of the same stores. */
const books = new Map<Source, RevenueBook>();
const read = new Map<Source, Promise<ReadonlyMap<string, Account>>>();

function accountsOf(source: Source): Promise<ReadonlyMap<string, Account>> {
  const known = read.get(source) ?? syncedAccounts(source);
  read.set(source, known);
  return known;
}

async function syncedAccounts(source: Source): Promise<ReadonlyMap<string, Account>> {
  const { portal, csv } = expressed(source);
  const theatre = await stage(portal);
  const mapping = mappingOf(source);
  expect(await theatre.sync(mapping)).toMatchObject({ complete: true, unavailable: [], problem: null });
  const imported = source === 'csv' ? await theatre.importMrr(csv) : NOTHING_IMPORTED;
  const { accounts, problems } = await theatre.read(mapping, imported);
  const info = await theatre.cache.portal();
  if (!info) throw new Error('no portal');
  const { revenue } = DEFAULT_POLICY;
  books.set(source, await buildRevenueBook({ cache: theatre.cache, portal: info, mapping, day: TODAY, imported, revenue }));
  expect(problems.filter(({ code }) => code !== 'duplicate')).toEqual([]);
  return new Map(accounts.map((account) => [account.name, account]));
}

describe.each(SOURCES)('MRR by %s', (source) => {
  it('is what the contracts come to, every account and month', async () => {
    const accounts = await accountsOf(source);
    expect(accounts.size).toBe(STORIES.length);
    for (const [index, story] of STORIES.entries()) {
      const account = accounts.get(`account ${index}`);
      if (!account) throw new Error(story.name);
      expect(mrrOf(account), story.name).toEqual(trueMrr(story));
      expect(mrrOf(account, TODAY), `${story.name}, by what is known today`).toEqual(trueMrr(story));
      if (WITH_PRODUCTS.has(source)) expect(productsOf(account), story.name).toEqual(trueProducts(story));
      expect(seriesOf(account).currency, story.name).toBe(story.name === 'dollars' ? 'USD' : 'JPY');
    }
  });
});

it.each(SOURCES)('reports over MRR by %s have the same amounts, account by account', async (source) => {
  await accountsOf(source);
  const book = books.get(source);
  if (!book) throw new Error('no book');
  const { ledger, account } = book;
  const places = new Map(ledger.ids.map((_, place) => [account(place).name, place]));
  for (const [index, story] of STORIES.entries()) {
    const place = places.get(`account ${index}`);
    const truth = trueMrr(story);
    if (story.name === 'dollars') expect(place).toBeUndefined();
    else
      expect(
        MONTHS.map((month) => toMajor(place === undefined ? ZERO : amountAt(ledger, place, monthNumber(ledger, month)))),
        story.name,
      ).toEqual(truth);
  }
  expect([book.writing, ledger.foreign]).toEqual([null, 1]);
});

describe('MRR that runs', () => {
  it.each(['line-items', 'deal-properties', 'subscriptions', 'company-property'] as const)(
    'reads a past day as it was then: %s',
    async (source) => {
      const accounts = await accountsOf(source);
      for (const [index, story] of STORIES.entries()) {
        const account = accounts.get(`account ${index}`);
        if (!account) throw new Error(story.name);
        for (const on of [TODAY, ...[3, 11, 40, 163, 300].map((days) => addDays(TODAY, -days))]) {
          const then = mrrIn(seriesOf(account, on, on), monthOf(on));
          const truth = story.contracts
            .filter(({ from, until }) => from <= on && (until === null || on < until))
            .reduce((sum, { monthly }) => sum + monthly, 0);
          expect(then === null ? 0 : toMajor(then), `${story.name} on ${on}`).toBe(truth);
        }
      }
    },
  );
});
