/** What is reckoned with less work is the same as what is reckoned plainly. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Preparer } from '../../src/book/prepared.ts';
import { BookScorer, PortalCensus, scoreBook } from '../../src/book/score-book.ts';
import { bandAfter, replayBand } from '../../src/scoring/bands.ts';
import { DEFAULT_POLICY } from '../../src/scoring/policy-default.ts';
import { addDays, type Day } from '../../src/units/day.ts';
import { AS_OF, accounts } from './arbitrary.ts';
import { FEEDS, feedsOn, portalOn } from './portal.ts';

const portal = portalOn(AS_OF, { feeds: feedsOn(AS_OF, FEEDS) });
const { bands, minimumCoverage } = DEFAULT_POLICY;

describe('the band', () => {
  it('is that of the whole week, whatever part of it was looked at', () => {
    // Around the edges, where the week's memory matters.
    const total = fc.oneof(
      fc.constantFrom(null, 21, 21.5, 24.9, 25, 41, 44, 45, 46, 60.9, 61, 64, 64.99, 65, 70),
      fc.double({ min: 0, max: 100, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(total, { minLength: 8, maxLength: 8 }), (week) => {
        const asked: number[] = [];
        const lazy = bandAfter(
          7,
          (ago) => {
            asked.push(ago);
            return week[7 - ago] ?? null;
          },
          bands,
        );
        expect(lazy).toBe(replayBand(week, bands));
        expect(new Set(asked).size).toBe(asked.length);
      }),
      { numRuns: 3000 },
    );
  });

  it('asks for one day where the total is far from every edge above it', () => {
    const asked: number[] = [];
    const far = (ago: number) => {
      asked.push(ago);
      return 50;
    };
    expect([bandAfter(7, far, bands), asked]).toEqual(['high', [0]]);
  });
});

describe('any account', () => {
  it('has the band and the change that its receipts of the last eight days give', () => {
    fc.assert(
      fc.property(accounts, (account) => {
        const [scored] = scoreBook([account], portal, DEFAULT_POLICY).accounts;
        const census = new PortalCensus(portal, DEFAULT_POLICY);
        census.add(account);
        const scorer = new BookScorer(portal, DEFAULT_POLICY, census.close());
        const week = [7, 6, 5, 4, 3, 2, 1, 0].map((ago) => scorer.evaluateOn(account, addDays(AS_OF, -ago)));
        const totals = week.map(({ coverage, receipt }) => (coverage >= minimumCoverage ? receipt.total : null));
        const [before] = week;
        const now = week.at(-1);
        const isKnown = totals[0] !== null && totals[7] !== null;
        expect(scored?.score.band).toBe(totals[7] === null ? null : replayBand(totals, bands));
        expect(scored?.riskChange7d).toBe(isKnown ? (now?.receipt.risk ?? 0) - (before?.receipt.risk ?? 0) : null);
        expect(scored?.score.receipt).toEqual(now?.receipt);
      }),
    );
  });

  it('has the figures of its receipt, also where nobody opened it, alone and in a book, prepared now or before', () => {
    const books = fc.array(accounts, { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(books, fc.nat(120), (book, back) => {
        const day = addDays(AS_OF, -back);
        const then = portalOn(day, { feeds: feedsOn(day, FEEDS) });
        const preparer = new Preparer(then.currency, DEFAULT_POLICY);
        const earlier = scoreBook(book, portal, DEFAULT_POLICY, preparer);
        for (const one of earlier.accounts) one.since();
        const scored = scoreBook(book, then, DEFAULT_POLICY, preparer).accounts;
        const census = new PortalCensus(then, DEFAULT_POLICY);
        for (const account of book) census.add(account);
        const scorer = new BookScorer(then, DEFAULT_POLICY, census.close());
        for (const { account, score } of scored) {
          const { receipt, coverage } = scorer.evaluateOn(account, day);
          const { groups, overrides, missing, ...figures } = receipt;
          expect({ ...figures, ...score, groups: {} }).toEqual({ ...score, ...figures, coverage, groups: {} });
          expect(score.groups).toEqual(Object.fromEntries(groups.map(({ group, points }) => [group, points])));
          expect(score.noticeGiven).toBe(overrides.some(({ id }) => id === 'notice_given'));
          expect(score.receipt.missing).toEqual(missing);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('fires since the first day of the run of receipts that name the signal', () => {
    fc.assert(
      fc.property(accounts, (account) => {
        const [scored] = scoreBook([account], portal, DEFAULT_POLICY).accounts;
        const census = new PortalCensus(portal, DEFAULT_POLICY);
        census.add(account);
        const scorer = new BookScorer(portal, DEFAULT_POLICY, census.close());
        const since = scored?.since() ?? new Map<string, Day>();
        const named = Array.from({ length: 91 }, (_, back) => {
          const { groups } = scorer.evaluateOn(account, addDays(AS_OF, -back)).receipt;
          return new Set(groups.flatMap(({ lines }) => lines.map(({ signal }) => signal)));
        });
        expect(new Set(since.keys())).toEqual(named[0]);
        for (const [signal, day] of since) {
          const silent = named.findIndex((signals) => !signals.has(signal));
          expect(day).toBe(addDays(AS_OF, silent < 0 ? -90 : 1 - silent));
        }
      }),
      { numRuns: 40 },
    );
  });
});
