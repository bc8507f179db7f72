/** What moved it in any period: the screen's own question beside the command for the same months. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { answerRevenue } from '../../src/book/revenue-answers.ts';
import type { RevenueSource } from '../../src/book/revenue-source.ts';
import { addMonths, lastDay, monthOf } from '../../src/units/day.ts';
import { type Money, toMajor } from '../../src/units/money.ts';
import { readProfile } from '../../src/workspace/profile.ts';
import { openRevenue } from '../../src/workspace/revenue.ts';
import { openSession } from '../../src/workspace/session.ts';
import { environment, type Json, now, prepareHome, run, today } from './harness.ts';

let home: string;
beforeAll(async () => {
  home = await prepareHome(['--all']);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

function source(): Promise<RevenueSource> {
  const env = environment({ home });
  const options = { home: env.KIZASHI_HOME ?? null, profile: 'default', demo: false, asOf: null, offline: true, verbose: false, env, now };
  const profile = readProfile(options);
  if (!profile.ok) throw new Error(profile.error.kind);
  const session = openSession(profile.value, new AbortController().signal);
  onTestFinished(() => session.close());
  return openRevenue(session);
}

it.each([
  ['product', 0, 5],
  ['tier', 7, 3],
  ['plan', 3, 12],
  ['owner', 0, 1],
] as const)('by %s, ending %i months ago, over %i months: the figures of the command', async (by, back, months) => {
  const month = addMonths(monthOf(today()), -back);
  const asOf = back === 0 ? today() : lastDay(month);
  const ran = await run(['--offline', '--json', '--as-of', asOf, 'mrr', '--months', String(months), '--by', by], { home });
  expect(ran.stderr).toBe('');
  const told: Json = JSON.parse(ran.stdout);
  const own = await source();
  for (const one of told.drivers) {
    const answer = answerRevenue(own, { ask: 'drivers', by: one.by, month, months });
    if (answer.ask !== 'drivers') throw new Error('another answer');
    const { rows, rest, change, from, to } = answer.data;
    const major = (value: number): number => toMajor(value as Money);
    expect({ from, to, change: major(change), rest: { ...rest, change: major(rest.change) } }).toEqual({
      from: one.from,
      to: one.to,
      change: one.change,
      rest: one.rest,
    });
    expect(rows.map((row) => [row.value, row.name, major(row.start), major(row.end), major(row.change)])).toEqual(
      one.rows.map((row: Json) => [row.value, row.name, row.start, row.end, row.change]),
    );
    expect(rows.length).toBeGreaterThan(1);
  }
});
