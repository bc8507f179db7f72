/** The same contracts written down in each of the six ways give the same MRR, month by month. */
import { describe, expect, it } from 'vitest';
import type { Account } from '../../../src/account.ts';
import { mrrByMonth, mrrIn, productsIn } from '../../../src/revenue/series.ts';
import { addDays, type Day, monthOf } from '../../../src/units/day.ts';
import { toMajor } from '../../../src/units/money.ts';
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
  const { accounts, problems } = await theatre.read(mapping, source === 'csv' ? await theatre.importMrr(csv) : undefined);
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
