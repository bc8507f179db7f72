/** A simulated portal as a team would have it: connected, synced and back-tested by the built program. */
import { describe, expect, it } from 'vitest';
import { servedFigures } from '../../bench/synthportal-served.ts';
import { hasSynthportal } from '../scoring/synthportal.ts';

/** Of 912 accounts: enough churn to judge by. */
const ACCOUNTS = 100;

describe.skipIf(!hasSynthportal)(`a simulated portal on the server${hasSynthportal ? '' : ' (skipped: its data are not here)'}`, () => {
  it('is read whole, and foreseen about as well as from its tables', async () => {
    const { accounts, backtest, calibrate } = await servedFigures(ACCOUNTS);
    expect(accounts).toBe(ACCOUNTS);
    expect(backtest).toMatchObject({ snapshots: 9, verdict: 'usable' });
    expect(backtest.events).toBeGreaterThanOrEqual(30);
    expect(backtest.auc.value).toBeGreaterThan(0.78);
    expect(backtest.mrrCaughtTop10.expectedLoss).toBeGreaterThan(0.6);
    // Tickets that the churn itself wrote are found and left out.
    expect(backtest.leaks).toEqual([{ what: 'tickets', because: 'cancellation', value: 40 }]);
    const rates = backtest.bands.map(({ churned, accounts: all }: { churned: number; accounts: number }) => churned / all);
    expect(rates).toEqual(rates.toSorted((a: number, b: number) => b - a));
    expect(calibrate.refused).toBeNull();
    // Every feed of the tables reached the signals that rest on it.
    const known = new Map(backtest.signals.map(({ id, coverage }: { id: string; coverage: number }) => [id, coverage]));
    for (const id of [
      'usage.login_drop',
      'support.urgent',
      'sentiment.nps_low',
      'commercial.mrr_drop',
      'commercial.payment',
      'engagement.email_low',
    ])
      expect(known.get(id), id).toBeGreaterThan(0.5);
  }, 60_000);
});
