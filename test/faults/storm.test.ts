import { expect, test } from 'vitest';
import { storm } from './storm.ts';

test('F28 a hundred rows in a storm of random faults and lags: none lost, none doubled, each in sight', {
  timeout: 90_000,
}, async () => {
  const ledger = await storm(100, 28);
  expect(ledger).toMatchObject({ rows: 100, lost: [], doubled: [], unclaimed: [], unseen: 0 });
  expect(Object.keys(ledger.states).filter((state) => state !== 'sent' && state !== 'needs_you')).toEqual([]);
  expect(ledger.states.sent).toBeGreaterThan(85);
  // More attempts than rows were needed: the storm was one.
  expect(ledger.creates).toBeGreaterThan(104);
});
