/**
 * One size of book in a process of its own: `node bench/scale-run.ts ACCOUNTS ROUNDS [store]` prints its times as JSON. With
 * `store` the records are also written to SQLite and read back. Of more than 10,000 accounts, the records of 10,000 stand
 * behind all: every account has its own prepared columns, and reading is that of 10,000, so many times.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Account } from '../src/account.ts';
import { Preparer } from '../src/book/prepared.ts';
import { BookScorer, PortalCensus, type ScoredAccount, scoreBook } from '../src/book/score-book.ts';
import { layBook } from '../src/book/sheet.ts';
import { assembleAccount } from '../src/data/facts/assemble.ts';
import { portalFeeds } from '../src/data/facts/feeds.ts';
import { openCache } from '../src/data/store/cache.ts';
import type { RawAccount, StoredRecord } from '../src/data/store/types.ts';
import { TOP, whatIf } from '../src/rules/what-if.ts';
import { DEFAULT_POLICY } from '../src/scoring/policy-default.ts';
import { Reweigher } from '../src/scoring/reweigh.ts';
import { addDays, type Day, type Instant } from '../src/units/day.ts';
import { CUSTOM, histories, historyContext } from './histories.ts';

/** Milliseconds, by round. */
export interface ScaleTimes {
  readonly accounts: number;
  /** Of all accounts: records, without properties and their histories. */
  readonly facts: number;
  readonly prepare: readonly number[];
  readonly score: readonly number[];
  readonly receipts: readonly number[];
  readonly since: readonly number[];
  readonly whatIf: readonly number[];
  /** Empty without a store. */
  readonly read: readonly number[];
  /** Megabytes that the prepared facts hold beside the facts. */
  readonly preparedMb: number;
}

const ASOF = '2026-11-21' as Day;
const PAGE = 500;
const DISTINCT = 10_000;

const [count = '1000', rounds = '3', store] = process.argv.slice(2);
const context = historyContext(ASOF);
const times = { prepare: [], score: [], receipts: [], since: [], whatIf: [], read: [] } as Record<string, number[]>;

async function timed<T>(name: string, job: () => T | Promise<T>): Promise<T> {
  const begun = performance.now();
  const result = await job();
  times[name]?.push(performance.now() - begun);
  return result;
}

const folder = mkdtempSync(join(tmpdir(), 'kizashi-scale-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const cache = store === 'store' ? await openCache(join(folder, 'cache.db')) : null;

async function keep(page: readonly RawAccount[]): Promise<void> {
  await cache?.write(async (writer) => {
    const seenAt = Date.now() as Instant;
    for (const { company, ...rest } of page) {
      await writer.putRecords('companies', [company], seenAt, null);
      const lists = Object.values(rest) as (readonly StoredRecord[])[];
      for (const list of lists) {
        const object = list[0]?.object;
        if (object === undefined) continue;
        await writer.putRecords(object, list, seenAt, null);
        const links = list.map(({ id }) => ({ from: company.id, to: id }));
        await writer.replaceLinks('companies', object, [company.id], links);
      }
    }
  });
}

const ids: string[] = [];
const accounts: Account[] = [];
let page: RawAccount[] = [];
for (const raw of histories(Math.min(DISTINCT, Number(count)), ASOF)) {
  ids.push(raw.company.id);
  accounts.push(assembleAccount(raw, context).account);
  page.push(raw);
  if (page.length === PAGE) {
    await keep(page);
    page = [];
  }
}
await keep(page);
const distinct = accounts.length;
for (let index = distinct; index < Number(count); index++) {
  const like = accounts[index % distinct];
  if (like) accounts.push({ ...like, id: `${like.id}-${index}` });
}

async function readAll(): Promise<number> {
  let found = 0;
  if (cache) for await (const raw of cache.loadAccounts(ids, CUSTOM)) if (assembleAccount(raw, context).account.id !== '') found++;
  return found;
}

const feeds = portalFeeds(accounts, context);
const portalOf = (asOf: Day) => ({ asOf, currency: 'JPY', feeds, dismissals: [] });
const factsOf = ({ mrr, usage, tickets, surveys, touches, contacts }: Account): number =>
  mrr.length + usage.length + tickets.length + surveys.length + touches.length + contacts.length;

const heap = () => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1e6;
};
const before = heap();
const preparer = new Preparer('JPY', DEFAULT_POLICY);
await timed('prepare', () => scoreBook(accounts, portalOf(ASOF), DEFAULT_POLICY, preparer).accounts.length);
const preparedMb = heap() - before;

// Another day each time, so that nothing is remembered that hangs on the day.
const scoreOn = (round: number): readonly ScoredAccount[] =>
  scoreBook(accounts, portalOf(addDays(ASOF, -round)), DEFAULT_POLICY, preparer).accounts;
// By itself: what reading and receipts leave behind for the collector is theirs. A collection that is asked for would
// shrink the space for what lives shortly, and each round would begin by growing it.
for (let round = 0; round <= Number(rounds); round++) await timed('score', () => scoreOn(round).length);
// Of a hundred thousand these would take minutes, and they grow as they do from one to ten thousand.
if (accounts.length <= DISTINCT) {
  for (let round = 0; round <= Number(rounds); round++) {
    const scored = scoreOn(round);
    globalThis.gc?.();
    await timed('receipts', () =>
      scored.reduce((sum, one) => sum + one.score.receipt.groups.length + one.revenue.products.length + (one.riskChange7d ?? 0), 0),
    );
    await timed('since', () => scored.reduce((sum, one) => sum + one.since().size, 0));
  }

  const census = new PortalCensus(portalOf(ASOF), DEFAULT_POLICY, preparer);
  for (const account of accounts) census.add(account);
  const scorer = new BookScorer(portalOf(ASOF), DEFAULT_POLICY, census.close());
  const reweigher = new Reweigher(layBook(scorer, accounts, DEFAULT_POLICY, ASOF, new Set()), DEFAULT_POLICY);
  for (let round = 0; round <= Number(rounds) + 3; round++) {
    const signals = DEFAULT_POLICY.signals.map((rule) => (rule.id === 'usage.last_login' ? { ...rule, points: 15 + round } : rule));
    await timed('whatIf', () => whatIf(reweigher, { ...DEFAULT_POLICY, signals }, [], TOP));
  }
}
for (let round = 0; cache && round <= Number(rounds); round++) await timed('read', readAll);

await cache?.close();
// The first of each warms up.
const { prepare = [], ...rest } = times;
const facts = accounts.reduce((sum, account) => sum + factsOf(account), 0);
const warm = Object.fromEntries(Object.entries(rest).map(([name, list]) => [name, list.slice(1)]));
const read = warm.read?.map((ms) => (ms * accounts.length) / distinct) ?? [];
process.stdout.write(JSON.stringify({ accounts: accounts.length, facts, preparedMb, prepare, ...warm, read }));
