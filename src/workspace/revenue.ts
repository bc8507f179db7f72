/** The revenue book of a session: as kept, or built now where records, month or mapping have moved on. */
import type { ChurnStory } from '../book/churn-stories.ts';
import { customObjects, factsContext } from '../book/facts-context.ts';
import { keptContext } from '../book/kept.ts';
import { readLabels } from '../book/labels.ts';
import type { RevenueAnswer, RevenueQuestion } from '../book/revenue-answers.ts';
import { buildRevenueBook, packRevenueBook, type RevenueBook, revenueKey, unpackRevenueBook } from '../book/revenue-book.ts';
import type { Churned } from '../book/revenue-reports.ts';
import type { RevenueSource } from '../book/revenue-source.ts';
import { TOLD_AT_ONCE } from '../book/who-left.ts';
import { assembleAccount } from '../data/facts/assemble.ts';
import { mrrStamp } from '../data/store/imports.ts';
import { WHOLE_PORTAL } from '../data/store/types.ts';
import { policyHash } from '../scoring/policy-hash.ts';
import type { Day } from '../units/day.ts';
import type { Books } from './books.ts';
import { ownBooks } from './history.ts';
import { importedFacts } from './imported.ts';
import { lookBacksOf } from './look-backs.ts';
import type { Session } from './session.ts';

/** Of the session's day. Throws `NotConnectedError` and `NeverSyncedError`. */
export async function openRevenue(session: Session): Promise<RevenueSource> {
  const books = await ownBooks(session);
  const cache = await session.cache();
  const day = books.dataUntil;
  const { mapping } = session.profile.settings;
  return {
    asOf: books.asOf,
    day,
    isAhead: books.asOf > books.today,
    book: await revenueBook(session, books, day),
    owners: new Map((await cache.owners()).map((owner) => [owner.id, owner])),
    policy: books.policy,
    policyHash: policyHash(books.policy),
    labels: await readLabels(cache, mapping, new Map(), ['plan', 'product', 'industry', 'segment', 'reason']),
    lookBacks: await lookBacksOf(cache, (await session.local()).db, books.portal.portalId, books.portal.timeZone),
    whole: (await cache.syncedAt(WHOLE_PORTAL)) !== null,
  };
}

/** Makes the book of today ready for who looks at it next. */
export async function keepRevenue(session: Session, books: Books): Promise<void> {
  await revenueBook(session, books, books.dataUntil);
}

/** Accounts whose stories are told at once: each is scored on a day of its own. */
const MOST_STORIES = 200;
/** Beyond so many companies a report does not score a book that nobody has asked for. */
const SCORED_FOR_STORIES = 2_000;

/** Of the newest churns, as many as were asked for and can be told at once. Reads whole accounts. */
export async function churnStories(
  session: Session,
  source: RevenueSource,
  churned: readonly Churned[],
  most: number,
): Promise<ReadonlyMap<Churned, ChurnStory>> {
  const wanted = churned.slice(Math.max(0, churned.length - Math.min(most, MOST_STORIES)));
  if (wanted.length === 0) return new Map();
  const books = await ownBooks(session);
  const cache = await session.cache();
  const { mapping } = session.profile.settings;
  const isSmall = source.book.notes.companies <= SCORED_FOR_STORIES;
  const bookContext = (await keptContext(cache, books.scope)) ?? (isSmall ? (await books.current()).context : null);
  const { portal, policy } = books;
  const facts = await factsContext({ cache, portal, mapping, asOf: source.day, imported: await importedFacts(session, portal) });
  const { StoryTeller } = await import('../book/churn-stories.ts');
  const teller = new StoryTeller({ asOf: source.day, currency: portal.currency, policy, context: bookContext });
  const byId = Map.groupBy(wanted, ({ id }) => id);
  const stories = new Map<Churned, ChurnStory>();
  for await (const raw of cache.loadAccounts([...byId.keys()], customObjects(mapping))) {
    const { account } = assembleAccount(raw, facts);
    for (const one of byId.get(account.id) ?? []) stories.set(one, teller.storyOf(account, one.month));
  }
  return stories;
}

/** The answer to any question over revenue; only stories read more than the book. */
export async function answerRevenue(session: Session, source: RevenueSource, question: RevenueQuestion): Promise<RevenueAnswer> {
  const { answerRevenue: answer, answerStories, leftOf } = await import('../book/revenue-answers.ts');
  if (question.ask !== 'stories') return answer(source, question);
  return answerStories(source, await churnStories(session, source, leftOf(source, question), TOLD_AT_ONCE));
}

async function revenueBook(session: Session, { portal, policy }: Books, day: Day): Promise<RevenueBook> {
  const cache = await session.cache();
  const { mapping } = session.profile.settings;
  const { revenue } = policy;
  const imports = mapping['mrr.source'] === 'csv' ? await mrrStamp((await session.local()).db, portal.portalId) : '';
  const key = revenueKey({ mapping, day, revenue }, imports);
  // Read before the records: what a sync adds meanwhile makes the columns out of date, never silently part of them.
  const records = await cache.recordsRevision();
  const kept = await cache.loadColumns(key, records);
  if (kept) return unpackRevenueBook(kept);
  const book = await buildRevenueBook({ cache, portal, mapping, day, revenue, imported: await importedFacts(session, portal) });
  await cache.saveColumns(packRevenueBook(book, key, records));
  return book;
}
