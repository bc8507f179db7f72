/** Scores the book that is in the store. */
import type { Account, DataProblem, PortalFeed } from '../account.ts';
import { assembleAccount } from '../data/facts/assemble.ts';
import type { Imported } from '../data/facts/context.ts';
import { portalFeeds } from '../data/facts/feeds.ts';
import type { Cache } from '../data/store/cache.ts';
import type { Snooze } from '../data/store/local-queries.ts';
import type { Scope, StoredPortal } from '../data/store/types.ts';
import type { Policy } from '../policy.ts';
import { churnDateProblem } from '../revenue/churn-date.ts';
import { quietFeeds } from '../scoring/feeds.ts';
import { policyHash } from '../scoring/policy-hash.ts';
import type { Sheet } from '../scoring/sheet.ts';
import type { Mapping } from '../settings/mapping.ts';
import { addDays, type Day, monthOf } from '../units/day.ts';
import { customObjects, factsContext } from './facts-context.ts';
import { sortRows } from './filters.ts';
import { type BookContext, countProblems, type KeptFeeds, type ProblemCounts } from './kept.ts';
import type { BookSnapshot } from './row.ts';
import { rowOf } from './rows.ts';
import { type AccountPulse, BookScorer, type Dismissal, PortalCensus, type ScoredAccount } from './score-book.ts';
import { layBook } from './sheet.ts';
import { isQuiet } from './snoozing.ts';

/** Older days of a feed say nothing about whether it is alive, and a kept book should stay small. */
const FEED_DAYS = 400;
/** How far back a receipt of the kept book may be asked for without scoring the book again. */
const KEPT_DAYS = 100;

export interface BuiltBook {
  readonly snapshot: BookSnapshot;
  readonly context: BookContext;
  readonly revision: number;
  readonly scored: readonly ScoredAccount[];
  readonly problems: readonly DataProblem[];
  readonly problemCounts: ProblemCounts;
}

export interface BookInputs {
  readonly cache: Cache;
  readonly portal: StoredPortal;
  readonly mapping: Mapping;
  readonly scope: Scope;
  readonly asOf: Day;
  /** The day that MRR is known until; `asOf` at most. */
  readonly dataUntil: Day;
  readonly imported: Imported;
  readonly policy: Policy;
  readonly dismissals: readonly Dismissal[];
  readonly pulses: readonly AccountPulse[];
  /** By account. */
  readonly snoozes: ReadonlyMap<string, Snooze>;
  /** The last back-test found no predictive power: probabilities and what follows from them are not shown. */
  readonly unproven: boolean;
}

/** Everything that scoring the store's accounts rests on. */
async function readStore(inputs: BookInputs) {
  const { cache, portal, mapping, scope, asOf, dataUntil, policy } = inputs;
  // Read before the records: rows that a sync adds meanwhile make the book out of date, never silently part of it.
  const revision = await cache.revision();
  const syncedAt = await cache.syncedAt(scope);
  const facts = await factsContext(inputs);
  const accounts: Account[] = [];
  const problems: DataProblem[] = [];
  for await (const raw of cache.loadAccounts(await cache.companyIds(scope), customObjects(mapping))) {
    const assembled = assembleAccount(raw, facts);
    accounts.push(assembled.account);
    problems.push(...assembled.problems);
  }
  const feeds = recentFeeds(portalFeeds(accounts, facts), asOf);
  const scoringPortal = { asOf, dataUntil, currency: portal.currency, feeds, dismissals: inputs.dismissals, pulses: inputs.pulses };
  const census = new PortalCensus(scoringPortal, policy);
  for (const account of accounts) census.add(account);
  const closed = census.close();
  return {
    revision,
    syncedAt,
    accounts,
    problems,
    feeds,
    closed,
    labels: facts.labels,
    scorer: new BookScorer(scoringPortal, policy, closed),
  };
}

/** The readings behind the book: of the accounts in it, as `ids` says. */
export async function buildSheet(inputs: BookInputs, ids: ReadonlySet<string>): Promise<Sheet> {
  const { accounts, scorer } = await readStore(inputs);
  const { asOf, policy, snoozes } = inputs;
  // The book has been scored: what woke of itself is written down by then.
  const snoozed = new Set([...snoozes].flatMap(([id, { untilDay, wokeOn }]) => (isQuiet(untilDay, wokeOn, asOf) ? [id] : [])));
  return layBook(
    scorer,
    accounts.filter(({ id }) => ids.has(id)),
    policy,
    asOf,
    snoozed,
    inputs.unproven,
  );
}

export async function buildBook(inputs: BookInputs): Promise<BuiltBook> {
  const { cache, portal, asOf, policy } = inputs;
  const { revision, syncedAt, accounts, problems, feeds, closed, labels, scorer } = await readStore(inputs);
  const scored = scorer.finish(accounts.map((account) => scorer.draft(account)));
  const owners = new Map((await cache.owners()).map((owner) => [owner.id, owner]));
  const rules = new Map(policy.signals.map((rule) => [rule.id, rule]));
  const living = scored.filter((one) => !one.hasLeft);
  const ticketsRead = feeds.support.mapped && feeds.support.unavailable === null;
  const of = { asOf, portal, owners, labels, policy, rules, snoozes: inputs.snoozes, ticketsRead, unproven: inputs.unproven };
  const rows = living.map((one) => rowOf(one, of));
  const days = Array.from({ length: KEPT_DAYS }, (_, back) => addDays(asOf, -back));
  const all = [
    ...problems,
    ...scored.flatMap(({ account, series }) => [...series.problems, churnDateProblem(account, series, asOf)].filter((one) => one !== null)),
  ];
  return {
    revision,
    scored,
    problems: all,
    problemCounts: countProblems(all),
    context: { feeds, peers: closed.peers, lateDays: days.filter((day) => closed.progress.workingMonth(day) !== monthOf(day)) },
    snapshot: {
      asOf,
      syncedAt,
      portalId: portal.portalId,
      policy: policyHash(policy),
      cap: policy.quiet.cap,
      currency: portal.currency,
      portalCoverage: scorer.portalCoverage,
      feeds: quietFeeds(feeds, asOf),
      unproven: inputs.unproven,
      rows: sortRows(rows),
    },
  };
}

function recentFeeds(feeds: KeptFeeds, asOf: Day): KeptFeeds {
  const first = addDays(asOf, -FEED_DAYS);
  const recent = (feed: PortalFeed): PortalFeed => ({ ...feed, activeDays: feed.activeDays.filter((day) => day >= first && day <= asOf) });
  return Object.fromEntries(Object.entries(feeds).map(([id, feed]) => [id, recent(feed)])) as unknown as KeptFeeds;
}
