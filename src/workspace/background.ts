/** What runs beside the screen: syncing, scoring and sending, each told to the screen as it goes. */
import type { BriefSummary, SinceWish } from '../book/brief.ts';
import type { RevenueAnswer, RevenueQuestion } from '../book/revenue-answers.ts';
import type { RevenueSource } from '../book/revenue-source.ts';
import type { ApiFailure, Lane } from '../data/hubspot/types.ts';
import type { Quota } from '../data/store/pace.ts';
import type { SyncProgress } from '../data/sync/sync.ts';
import { openBooks } from './books.ts';
import { syncNow } from './desk.ts';
import { NeverSyncedError, TokenError } from './errors.ts';
import { type Profile, scopeOf } from './profile.ts';
import { type Reckoner, reckonerHere } from './reckoning.ts';
import { reckoningProcess } from './reckoning-process.ts';
import type { RulesView } from './rules.ts';
import { openSession } from './session.ts';

/** What the screen asks of the background. */
export type Order =
  | { readonly kind: 'brief'; readonly since: SinceWish }
  | { readonly kind: 'sync' }
  | { readonly kind: 'score' }
  | { readonly kind: 'rules' }
  | { readonly kind: 'revenue'; readonly id: number; readonly question: RevenueQuestion }
  | { readonly kind: 'close' };

/** What the background tells the screen. */
export type News =
  | { readonly kind: 'progress'; readonly progress: SyncProgress | null }
  /** `quota` as it stands now, null where HubSpot did not tell. */
  | { readonly kind: 'synced'; readonly quota: Quota | null }
  | { readonly kind: 'failed'; readonly failure: ApiFailure; readonly quota: Quota | null }
  /** No token: nothing can be synced or sent until `init` was run. */
  | { readonly kind: 'no_token' }
  | { readonly kind: 'scoring'; readonly running: boolean }
  /** The kept book is a new one. */
  | { readonly kind: 'scored' }
  /** What the rules do on the book; null where it could not be read. */
  | { readonly kind: 'rules'; readonly view: RulesView | null }
  /** What changed since the last look, or whatever was asked for; null before there is a whole book. */
  | { readonly kind: 'brief'; readonly told: BriefSummary | null }
  /** The answer to the question with that id; null where it could not be read. */
  | { readonly kind: 'revenue'; readonly id: number; readonly answer: RevenueAnswer | null }
  | { readonly kind: 'outbox' }
  | { readonly kind: 'closed' };

export interface Background {
  order(order: Order): void;
}

/** Between two syncs of a screen that stays open. */
const SYNC_EVERY_MS = 10 * 60_000;
/** The census gives way to whatever else is asked for after so long. */
const CENSUS_SLICE_MS = 2_000;
/** A first load shows what it has after so long, and scoring takes a fifth of its time at most. */
const ROWS_EVERY_MS = 3_000;
const ROWS_SHARE = 5;
/** Beyond so many companies a half-read book is not scored again: it would cost more time and memory than the sync. */
const SCORED_WHILE_LOADING = 2_000;

/** How long one reading of the revenue book serves. */
const REVENUE_KEPT_MS = 60_000;

/** From so many accounts on what reads all of them has a process of its own, whose memory ends with it. */
const OWN_PROCESS = 1_500;

/**
 * Starts at once: scores what is out of date, then syncs, then sends until it is closed. `bundle` is the worker's own, for
 * the process that a large book is reckoned in; without it everything is done here.
 */
export function startBackground(profile: Profile, tell: (news: News) => void, bundle: URL | null = null): Background {
  const abort = new AbortController();
  const session = openSession(profile, abort.signal);
  const scope = scopeOf(profile.settings);
  let work: Promise<void> = Promise.resolve();
  let syncQueued = false;
  let since: SinceWish = profile.personal.briefSince;
  let revenue: { readonly revision: number; readonly at: number; readonly source: Promise<RevenueSource> } | null = null;

  const here = reckonerHere(session);
  const beside = bundle === null ? null : reckoningProcess(bundle, profile.options, here);
  const reckoner = async (): Promise<Reckoner> =>
    beside !== null && scope !== null && (await (await session.cache()).sync.bookSize(scope)) >= OWN_PROCESS ? beside : here;

  const guarded = (job: () => Promise<void>) => async () => {
    if (abort.signal.aborted) return;
    try {
      await job();
    } catch (error) {
      if (abort.signal.aborted) return;
      session.log.error('background', { error });
      if (error instanceof TokenError) tell({ kind: 'no_token' });
    }
  };
  const waiting: (() => Promise<void>)[] = [];
  /** `first`: ahead of whatever has not begun. */
  const queue = (job: () => Promise<void>, first = false): void => {
    if (first) waiting.unshift(job);
    else waiting.push(job);
    work = work.then(guarded(async () => waiting.shift()?.()));
  };

  const score = async (): Promise<void> => {
    if (scope === null) return;
    const books = await openBooks(session, scope, 'partial').catch((error: unknown) => {
      // Before the first page of the first load there is nothing to score.
      if (error instanceof NeverSyncedError) return null;
      throw error;
    });
    if (books === null || (await books.isCurrent())) return;
    tell({ kind: 'scoring', running: true });
    try {
      await (await reckoner()).run({ kind: 'score' });
      tell({ kind: 'scored' });
    } finally {
      tell({ kind: 'scoring', running: false });
    }
    queue(tellBrief, true);
    queue(readyReports);
  };

  /** Of what is scored: it follows every scoring, and nothing waits for it. */
  const tellBrief = async (): Promise<void> => {
    if (scope === null) return;
    tell({ kind: 'brief', told: await (await reckoner()).run({ kind: 'brief', since }) });
  };

  /** So that a report finds its columns made: of a whole store, and when nothing else is waited for. */
  const readyReports = async (): Promise<void> => {
    if (scope === null || (await (await session.cache()).syncedAt(scope)) === null) return;
    await (await reckoner()).run({ kind: 'reports' });
  };

  const sync = async (lane: Lane): Promise<void> => {
    syncQueued = false;
    try {
      const onProgress = (progress: SyncProgress): void => tell({ kind: 'progress', progress });
      const synced = await syncNow(session, { full: false, lane, part: 'changes', onRows: rowsShown(), onProgress });
      if (!synced.ok) return;
      if (synced.value.problem && !synced.value.complete)
        tell({ kind: 'failed', failure: synced.value.problem, quota: await session.quota() });
      else tell({ kind: 'synced', quota: await session.quota() });
      if (synced.value.complete) queue(census);
    } finally {
      tell({ kind: 'progress', progress: null });
    }
    await score();
  };

  /** Scores what a first load has brought so far, now and then. */
  const rowsShown = (): (() => Promise<void>) => {
    const { now } = profile.options;
    // The very first page is shown at once.
    let nextAt = 0;
    return async () => {
      const began = now();
      if (began < nextAt || scope === null) return;
      if ((await (await session.cache()).sync.bookSize(scope)) > SCORED_WHILE_LOADING) return;
      await score();
      nextAt = now() + Math.max(ROWS_EVERY_MS, ROWS_SHARE * (now() - began));
    };
  };

  /** A slice of the daily census, where one is due, and then the next after whatever was asked for meanwhile. */
  const census = async (): Promise<void> => {
    const until = profile.options.now() + CENSUS_SLICE_MS;
    const pause = (): boolean => abort.signal.aborted || profile.options.now() >= until;
    const synced = await syncNow(session, { full: false, lane: 'background', part: 'census', pause });
    if (!synced.ok || synced.value.census === null) return;
    if (!synced.value.census.complete && synced.value.problem === null) return queue(census);
    if (synced.value.census.complete) {
      tell({ kind: 'synced', quota: await session.quota() });
      await score();
    }
  };

  /** Scores first where the policy or the records have moved on. */
  const readRules = async (): Promise<void> => {
    let view: RulesView | null = null;
    try {
      if (scope !== null) {
        await score();
        view = await (await reckoner()).run({ kind: 'rules' });
      }
    } finally {
      tell({ kind: 'rules', view });
    }
  };

  /** Beside whatever else runs: a person is waiting, and the store is read as it is. */
  const answerRevenue = async (id: number, question: RevenueQuestion): Promise<void> => {
    let answer: RevenueAnswer | null = null;
    try {
      const { answerRevenue: answerTo, openRevenue } = await import('./revenue.ts');
      const revision = await (await session.cache()).recordsRevision();
      // One reading serves many questions: until the records move on, or the policy or the day may have.
      const at = profile.options.now();
      if (revenue?.revision !== revision || at - revenue.at > REVENUE_KEPT_MS) revenue = { revision, at, source: openRevenue(session) };
      answer = await answerTo(session, await revenue.source, question);
    } catch (error) {
      revenue = null;
      throw error;
    } finally {
      tell({ kind: 'revenue', id, answer });
    }
  };

  const requestSync = (lane: Lane): void => {
    if (syncQueued || profile.options.offline) return;
    syncQueued = true;
    queue(() => sync(lane));
  };

  const send = guarded(async () => {
    const outbox = await session.outbox();
    outbox.onChange(() => tell({ kind: 'outbox' }));
    await outbox.run(abort.signal);
  });

  queue(score);
  queue(tellBrief);
  // Nobody waits for the morning's own sync: the kept book is on the screen.
  requestSync('background');
  const timer = setInterval(() => requestSync('background'), SYNC_EVERY_MS);
  const sending = send();

  return {
    order: (order) => {
      if (order.kind === 'sync') return requestSync('interactive');
      if (order.kind === 'rules') return queue(readRules);
      if (order.kind === 'revenue') return void guarded(() => answerRevenue(order.id, order.question))();
      if (order.kind === 'score') return queue(score);
      if (order.kind === 'brief') {
        since = order.since;
        return queue(tellBrief, true);
      }
      clearInterval(timer);
      abort.abort();
      beside?.close();
      void Promise.allSettled([work, sending])
        .then(() => session.close())
        .finally(() => tell({ kind: 'closed' }));
    },
  };
}
