/** The store's accounts with their whole history: what back-test, experiments and the ledger are worked out from. */
import type { Account } from '../account.ts';
import { customObjects, factsContext } from '../book/facts-context.ts';
import { assembleAccount } from '../data/facts/assemble.ts';
import { type PortalFeeds, portalFeeds } from '../data/facts/feeds.ts';
import { type Books, openBooks } from './books.ts';
import { NotConnectedError } from './errors.ts';
import { importedFacts } from './imported.ts';
import { scopeOf } from './profile.ts';
import type { Session } from './session.ts';

/** Of the profile's own scope. Throws `NotConnectedError` and `NeverSyncedError`. */
export async function ownBooks(session: Session): Promise<Books> {
  const scope = scopeOf(session.profile.settings);
  if (scope === null) throw new NotConnectedError();
  return openBooks(session, scope);
}

export interface StoreHistory {
  readonly accounts: readonly Account[];
  /** With every day on which a feed spoke. */
  readonly feeds: PortalFeeds;
}

/** The scope's accounts, and those of `others` that live in the store though they have left the scope. */
export async function readHistory(session: Session, books: Books, others: readonly string[] = []): Promise<StoreHistory> {
  const { mapping } = session.profile.settings;
  const cache = await session.cache();
  const facts = await factsContext({
    cache,
    portal: books.portal,
    mapping,
    asOf: books.asOf,
    imported: await importedFacts(session, books.portal),
  });
  const ids = new Set([...(await cache.companyIds(books.scope)), ...others]);
  const accounts: Account[] = [];
  for await (const raw of cache.loadAccounts([...ids], customObjects(mapping))) accounts.push(assembleAccount(raw, facts).account);
  return { accounts, feeds: portalFeeds(accounts, facts) };
}
