/** A store that was not filled for months, and a day ahead of it: what was never read is not churn, and no amount becomes 0. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { mrrReport } from '../../src/book/revenue-reports.ts';
import { addDays, addMonths, type Day, dayOf, type Instant, monthOf } from '../../src/units/day.ts';
import { openBooks } from '../../src/workspace/books.ts';
import { readProfile, scopeOf } from '../../src/workspace/profile.ts';
import { openRevenue } from '../../src/workspace/revenue.ts';
import { openSession } from '../../src/workspace/session.ts';
import { MAPPED, revenuePortal } from './five.ts';
import { environment, now, prepareHome, run, today } from './harness.ts';

const THIS = monthOf(today());
let home = '';
beforeAll(async () => {
  const months = [3, 2, 1, 0].map((ago) => addMonths(THIS, -ago));
  const lines = ['one', 'two'].flatMap((company) => months.map((month) => ({ company, month, amount: '500' })));
  const portal = revenuePortal([{ name: 'one' }, { name: 'two' }], lines);
  home = await prepareHome(['--all', ...MAPPED], { portal });
}, 60_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** As the program finds it so many days after the last sync. */
async function opened(days: number, asOf: Day | null = null) {
  const env = environment({ home });
  const later = (): Instant => (now() + days * 86_400_000) as Instant;
  const options = { home: env.KIZASHI_HOME ?? null, profile: 'default', demo: false, asOf, offline: true, verbose: false, env, now: later };
  const profile = readProfile(options);
  if (!profile.ok) throw new Error(profile.error.kind);
  const session = openSession(profile.value, new AbortController().signal);
  onTestFinished(() => session.close());
  const books = await openBooks(session, scopeOf(profile.value.settings) ?? '');
  const { snapshot } = await books.current();
  const source = await openRevenue(session);
  return { books, rows: snapshot.rows, source, last: mrrReport(source, { months: 12, by: null }).months.at(-1) };
}

describe.each([
  ['two months', 70],
  ['a year and more', 400],
])('read for the last time %s ago', (_, days) => {
  it('still has the accounts and the MRR of that day, and says of which day they are', async () => {
    const { books, rows, source, last } = await opened(days);
    expect(books.today).toBe(addDays(dayOf(now(), 'Asia/Tokyo'), days));
    expect([books.dataUntil, source.day, source.isAhead]).toEqual([today(), today(), false]);
    expect(rows.map(({ name, mrr, mrrChange3m }) => [name, mrr, mrrChange3m]).sort()).toEqual([
      ['one', 500, 0],
      ['two', 500, 0],
    ]);
    expect(last).toMatchObject({ month: THIS, customersEnd: 2, customersChurned: 0 });
  });
});

it('is not held back by the days of a month that has begun', async () => {
  const { books } = await opened(0);
  expect(books.dataUntil).toBe(books.asOf);
});

it('tells a day ahead as one: the list keeps its accounts', async () => {
  const ahead = addDays(today(), 100);
  const { books, rows } = await opened(0, ahead);
  expect([books.asOf, books.dataUntil]).toEqual([ahead, today()]);
  expect(rows.map(({ mrr }) => mrr)).toEqual([500, 500]);
  const ran = await run(['--offline', 'team', '--as-of', ahead], { home });
  expect(ran.stderr).toMatch(/lies ahead: MRR is that of /);
  expect(ran.stdout).toContain('¥1K');
  expect((await run(['--offline', '--lang', 'ja', 'list', '--as-of', ahead], { home })).stderr).toContain('未来の日付です');
});
