/** A whole book: what needs the portal and not only the account. */
import { describe, expect, it } from 'vitest';
import { BookScorer, PortalCensus, type ScoredAccount, scoreBook } from '../../src/book/score-book.ts';
import { DEFAULT_POLICY } from '../../src/scoring/policy-default.ts';
import { toMajor, ZERO } from '../../src/units/money.ts';
import { account, day, mrr, portalOn, since } from '../scoring/portal.ts';

const paying = (amount: number, ...months: string[]) => account({ mrr: months.map((at) => mrr(at, amount)) });

describe('a book while the month is still being written', () => {
  const accounts = [paying(100, '2026-09', '2026-10', '2026-11'), paying(200, '2026-09', '2026-10'), paying(300, '2026-09', '2026-10')];

  it('works with the month before, for MRR, tiers and losses', () => {
    const book = scoreBook(accounts, portalOn('2026-11-02'), DEFAULT_POLICY);
    expect([book.month, book.monthStillBeingWritten]).toEqual(['2026-10', true]);
    expect(book.accounts.map((one) => toMajor(one.revenue.mrr ?? ZERO))).toEqual([100, 200, 300]);
    expect(book.accounts.map((one) => one.tier)).toEqual(['tech', 'low', 'high']);
    expect(book.accounts.every((one) => one.revenue.trend.at(-1)?.mrr === null)).toBe(true);
  });

  it('works with the month itself once half of the accounts have a record', () => {
    const book = scoreBook([...accounts, paying(400, '2026-09', '2026-10', '2026-11')], portalOn('2026-11-02'), DEFAULT_POLICY);
    expect([book.month, book.monthStillBeingWritten]).toEqual(['2026-11', false]);
    expect(book.accounts.map((one) => toMajor(one.revenue.mrr ?? ZERO))).toEqual([100, 0, 0, 400]);
  });
});

describe('a book', () => {
  it('leaves foreign accounts out of tiers and quadrants, with a loss in their own currency', () => {
    const foreign = account({ mrr: [mrr('2026-11', 50, { currency: 'USD' })] });
    const [one] = scoreBook([foreign, paying(10, '2026-11')], portalOn('2026-11-21'), DEFAULT_POLICY).accounts;
    expect([one?.tier, one?.quadrant, one?.revenue.currency]).toEqual([null, null, 'USD']);
    expect(toMajor(one?.expectedLoss ?? ZERO)).toBeCloseTo(50 * (one?.score.probability ?? 0) * 10.5, 3);
  });

  it('does not call an unknown MRR a loss of 0', () => {
    const [one] = scoreBook([account()], portalOn('2026-11-21'), DEFAULT_POLICY).accounts;
    expect([one?.revenue.mrr, one?.mrrAtRisk, one?.expectedLoss, one?.tier, one?.quadrant]).toEqual([null, null, null, null, null]);
  });

  it('multiplies MRR, probability and months', () => {
    const one = account({ mrr: [mrr('2026-11', 500_000)], attributes: { contractRenewal: since('2026-01-01', day('2027-01-31')) } });
    const [scored] = scoreBook([one], portalOn('2026-11-21'), DEFAULT_POLICY).accounts;
    const probability = scored?.score.probability ?? Number.NaN;
    expect(scored?.score.monthsLost).toBe(10);
    expect(toMajor(scored?.mrrAtRisk ?? ZERO)).toBeCloseTo(500_000 * probability, 3);
    expect(toMajor(scored?.expectedLoss ?? ZERO)).toBeCloseTo(5_000_000 * probability, 3);
  });

  it('is the same in passes over a stream as at once', () => {
    const accounts = [paying(100, '2026-10', '2026-11'), paying(900, '2026-11'), account()];
    const portal = portalOn('2026-11-21');
    const census = new PortalCensus(portal, DEFAULT_POLICY);
    for (const one of accounts) census.add(one);
    const scorer = new BookScorer(portal, DEFAULT_POLICY, census.close());
    const told = (scored: readonly ScoredAccount[]) => scored.map(({ since, ...rest }) => ({ ...rest, since: since() }));
    const passed = scorer.finish(accounts.map((one) => scorer.draft(one)));
    expect(told(passed)).toEqual(told(scoreBook(accounts, portal, DEFAULT_POLICY).accounts));
  });

  it('tells the receipt of an earlier day by what was known then', () => {
    const one = account({ attributes: { lastUsedOn: since('2026-10-01', day('2026-10-01')) } });
    const portal = portalOn('2026-11-21');
    const census = new PortalCensus(portal, DEFAULT_POLICY);
    census.add(one);
    const scorer = new BookScorer(portal, DEFAULT_POLICY, census.close());
    const risk = (on: string) => scorer.evaluateOn(one, day(on)).receipt.risk;
    expect([risk('2026-10-15'), risk('2026-10-23'), risk('2026-11-21')]).toEqual([30, 37, 44]);
  });
});
