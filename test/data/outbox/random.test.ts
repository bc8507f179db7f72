/** Random faults × random lags: whatever HubSpot does, each marker is there once for every `sent` and at most once for the rest. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { failure, type Script } from './fake-gateway.ts';
import { HOUR, MINUTE, note, SECOND, withWorld } from './world.ts';

const answers: fc.Arbitrary<Script['answer']> = fc.oneof(
  { weight: 4, arbitrary: fc.constant('ok' as const) },
  fc.constant('empty' as const),
  fc.constant('throw' as const),
  fc.constant(failure({ kind: 'timeout' })),
  fc.constant(failure({ kind: 'server', status: 502 })),
  fc.constant(failure({ kind: 'body', status: 200 })),
);
const refusals: fc.Arbitrary<Script> = fc
  .constantFrom(
    failure({ kind: 'rate', status: 429, surelyNotApplied: true }),
    failure({ kind: 'auth', status: 401, surelyNotApplied: true }),
    failure({ surelyNotApplied: true }),
    failure({ kind: 'invalid', status: 400, surelyNotApplied: true }),
  )
  .map((answer) => ({ apply: false, answer }));
const scripts: fc.Arbitrary<Script> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      apply: fc.constant(true),
      answer: answers,
      applyAfterMs: fc.constantFrom(0, 0, SECOND, 40 * SECOND, 3 * MINUTE),
    }),
  },
  { weight: 2, arbitrary: answers.filter((answer) => answer !== 'ok').map((answer) => ({ apply: false, answer })) },
  { weight: 1, arbitrary: refusals },
);

const worlds = fc.record({
  notes: fc.integer({ min: 1, max: 12 }),
  scripts: fc.array(scripts, { maxLength: 30 }),
  // The list of a company's notes is nearly up to date; search may be far behind.
  searchLagMs: fc.constantFrom(0, 30 * SECOND, 20 * MINUTE, 3 * HOUR),
  listLagMs: fc.constantFrom(0, SECOND, 2 * MINUTE),
  breaks: fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 3 }),
});

test('random faults and lags: none lost, none doubled, each in sight', { timeout: 120_000 }, async () => {
  let sent = 0;
  await fc.assert(
    fc.asyncProperty(worlds, async (plan) => {
      await withWorld(async ({ outbox, hubspot, clock, work }) => {
        Object.assign(hubspot, { searchLagMs: plan.searchLagMs, listLagMs: plan.listLagMs, scripts: [...plan.scripts] });
        for (let i = 0; i < plan.notes; i++) await outbox.enqueue(note(`note ${i}.`, { companyId: String(i % 3) }));
        for (const minutes of plan.breaks) {
          await work(minutes * MINUTE);
          hubspot.stranger();
        }
        for (let round = 0; round < 12; round++) {
          await work(5 * HOUR);
          clock.advance(3 * MINUTE);
          hubspot.stranger();
        }
        const rows = await outbox.list();
        expect(rows).toHaveLength(plan.notes);
        for (const row of rows) {
          const made = hubspot.withMarker(row.marker);
          if (row.state === 'sent') expect(made, row.text).toBe(1);
          else {
            expect(row.state, row.text).toBe('needs_you');
            expect(row.because?.code).toBe('refused');
            expect(made, row.text).toBe(0);
          }
        }
        sent += rows.length;
      });
    }),
    { numRuns: 80 },
  );
  expect(sent).toBeGreaterThan(400);
});
