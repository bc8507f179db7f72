/** Scores the book that is in the store and keeps it, so that the next first frame needs neither records nor scoring. */
import type { Account, DataProblem, FeedId, PortalFeed } from '../account.ts';
import { assembleAccount } from '../data/facts/assemble.ts';
import { portalFeeds } from '../data/facts/feeds.ts';
import type { Cache } from '../data/store/cache.ts';
import type { Scope, StoredPortal } from '../data/store/types.ts';
import type { Policy } from '../policy.ts';
import { policyHash } from '../scoring/policy-hash.ts';
import type { Mapping } from '../settings/mapping.ts';
import { addDays, type Day, type Instant, monthOf } from '../units/day.ts';
import { customObjects, factsContext } from './facts-context.ts';
import { sortRows } from './filters.ts';
import type { BookRow, BookSnapshot } from './row.ts';
import { hasChurned, rowOf } from './rows.ts';
import { BookScorer, type Dismissal, PortalCensus, type ScoredAccount } from './score-book.ts';

/** Older days of a feed say nothing about whether it is alive, and a kept book should stay small. */
const FEED_DAYS = 400;
/** How far back a receipt of the kept book may be asked for without scoring the book again. */
const KEPT_DAYS = 100;

export type KeptFeeds = Readonly<Record<FeedId, PortalFeed>>;

/** What one account's receipt needs of all the others; kept with the book. */
export interface BookContext {
  readonly feeds: KeptFeeds;
  /** Days on which the month's MRR was still being written. */
  readonly lateDays: readonly Day[];
}

export interface BuiltBook {
  readonly snapshot: BookSnapshot;
  readonly context: BookContext;
  readonly revision: number;
  readonly scored: readonly ScoredAccount[];
  readonly problems: readonly DataProblem[];
}

export interface BookInputs {
  readonly cache: Cache;
  readonly portal: StoredPortal;
  readonly mapping: Mapping;
  readonly scope: Scope;
  readonly asOf: Day;
  readonly policy: Policy;
  readonly dismissals: readonly Dismissal[];
  /** By account: snoozed until that day. */
  readonly snoozes: ReadonlyMap<string, Day>;
}

export async function buildBook(inputs: BookInputs): Promise<BuiltBook> {
  const { cache, portal, mapping, scope, asOf, policy } = inputs;
  // Read before the records: rows that a sync adds meanwhile make the book out of date, never silently part of it.
  const revision = await cache.revision();
  const syncedAt = await cache.syncedAt(scope);
  const facts = await factsContext(cache, portal, mapping);
  const accounts: Account[] = [];
  const problems: DataProblem[] = [];
  for await (const raw of cache.loadAccounts(await cache.companyIds(scope), customObjects(mapping))) {
    const assembled = assembleAccount(raw, facts);
    accounts.push(assembled.account);
    problems.push(...assembled.problems);
  }
  const feeds = recentFeeds(portalFeeds(accounts, facts), asOf);
  const scoringPortal = { asOf, currency: portal.currency, feeds, dismissals: inputs.dismissals };
  const census = new PortalCensus(scoringPortal, policy);
  for (const account of accounts) census.add(account);
  const closed = census.close();
  const scorer = new BookScorer(scoringPortal, policy, closed);
  const scored = scorer.finish(accounts.map((account) => scorer.draft(account)));
  const owners = new Map((await cache.owners()).map((owner) => [owner.id, owner]));
  const rules = new Map(policy.signals.map((rule) => [rule.id, rule]));
  const living = scored.filter((one) => !hasChurned(one));
  const rows = living.map((one) => rowOf(one, { asOf, portal, owners, policy, rules, snoozes: inputs.snoozes }));
  const days = Array.from({ length: KEPT_DAYS }, (_, back) => addDays(asOf, -back));
  return {
    revision,
    scored,
    problems: [...problems, ...scored.flatMap(({ series }) => series.problems)],
    context: { feeds, lateDays: days.filter((day) => closed.progress.workingMonth(day) !== monthOf(day)) },
    snapshot: {
      asOf,
      syncedAt,
      portalId: portal.portalId,
      policy: policyHash(policy),
      currency: portal.currency,
      portalCoverage: scorer.portalCoverage,
      rows: sortRows(rows),
    },
  };
}

function recentFeeds(feeds: KeptFeeds, asOf: Day): KeptFeeds {
  const first = addDays(asOf, -FEED_DAYS);
  const recent = (feed: PortalFeed): PortalFeed => ({ ...feed, activeDays: feed.activeDays.filter((day) => day >= first && day <= asOf) });
  return Object.fromEntries(Object.entries(feeds).map(([id, feed]) => [id, recent(feed)])) as unknown as KeptFeeds;
}

/** The part of a snapshot that is not its rows, as it is kept. */
interface KeptHeader {
  readonly syncedAt: Instant | null;
  readonly portalId: string;
  readonly currency: string;
  readonly portalCoverage: number;
  readonly context: BookContext;
  readonly problems: readonly DataProblem[];
}

/** Data problems kept for `doctor`; the count of all is what matters beyond them. */
const KEPT_PROBLEMS = 500;

export async function keepBook(cache: Cache, scope: Scope, built: BuiltBook, now: Instant): Promise<void> {
  const { snapshot, context, revision, problems } = built;
  const header: KeptHeader = {
    syncedAt: snapshot.syncedAt,
    portalId: snapshot.portalId,
    currency: snapshot.currency,
    portalCoverage: snapshot.portalCoverage,
    context,
    problems: problems.slice(0, KEPT_PROBLEMS),
  };
  await cache.saveSnapshot(
    { scope, asOf: snapshot.asOf, policy: snapshot.policy, revision, savedAt: now, json: JSON.stringify(header) },
    snapshot.rows.map((row) => ({ id: row.id, json: JSON.stringify(row) })),
  );
}

export interface KeptBook {
  readonly snapshot: BookSnapshot;
  readonly context: BookContext;
  readonly revision: number;
  readonly problems: readonly DataProblem[];
}

/** The book as last scored for that day, or for the newest day; null where none is kept. */
export async function keptBook(cache: Cache, scope: Scope, asOf?: Day): Promise<KeptBook | null> {
  const stored = await cache.loadSnapshot({ scope, ...(asOf === undefined ? {} : { asOf }) });
  if (!stored) return null;
  const { context, problems, ...header } = JSON.parse(stored.header.json) as KeptHeader;
  return {
    context,
    problems,
    revision: stored.header.revision,
    snapshot: {
      asOf: stored.header.asOf,
      policy: stored.header.policy,
      ...header,
      rows: stored.rows.map((row) => JSON.parse(row) as BookRow),
    },
  };
}
