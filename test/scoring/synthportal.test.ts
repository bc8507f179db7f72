/** The default order on a simulated portal: it must find the money that then leaves. */
import { describe, expect, it } from 'vitest';
import { scoreBook } from '../../src/book/score-book.ts';
import { DEFAULT_POLICY } from '../../src/scoring/policy-default.ts';
import { addDays } from '../../src/units/day.ts';
import { day, feedsOn, portalOn } from './portal.ts';
import { hasSynthportal, SYNTH_FEEDS, synthAccounts } from './synthportal.ts';

const QUARTERS = ['2024-10-01', '2025-01-01', '2025-04-01'];

describe.skipIf(!hasSynthportal)(`a simulated portal${hasSynthportal ? '' : ' (skipped: its data are not here)'}`, () => {
  it('puts at least 80 % of the MRR that churns within 90 days into the first tenth of the accounts', () => {
    let churned = 0;
    let caught = 0;
    for (const quarter of QUARTERS) {
      const asOf = day(quarter);
      const live = synthAccounts(asOf).filter(
        ({ account, churnedOn }) => account.createdOn <= addDays(asOf, -30) && !(churnedOn && churnedOn < asOf),
      );
      const accounts = live.map(({ account }) => account);
      const book = scoreBook(accounts, portalOn(quarter, { feeds: feedsOn(asOf, SYNTH_FEEDS) }), DEFAULT_POLICY);
      const ranked = [...book.accounts].sort((a, b) => (b.expectedLoss ?? 0) - (a.expectedLoss ?? 0));
      const leaves = new Set(live.filter(({ churnedOn }) => churnedOn && churnedOn < addDays(asOf, 90)).map(({ account }) => account.id));
      for (const [rank, one] of ranked.entries()) {
        if (!leaves.has(one.account.id)) continue;
        churned += one.revenue.mrr ?? 0;
        if (rank < accounts.length / 10) caught += one.revenue.mrr ?? 0;
      }
    }
    expect(caught / churned).toBeGreaterThanOrEqual(0.8);
  });
});
