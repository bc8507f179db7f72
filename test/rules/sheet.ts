/** A sheet over accounts that are in memory, as the store's pass lays it. */
import type { Account } from '../../src/account.ts';
import { BookScorer, type Portal, PortalCensus } from '../../src/book/score-book.ts';
import { layBook } from '../../src/book/sheet.ts';
import type { Policy } from '../../src/policy.ts';
import type { Sheet } from '../../src/scoring/sheet.ts';

export function sheetOf(
  accounts: readonly Account[],
  portal: Portal,
  policy: Policy,
  snoozed: ReadonlySet<string> = new Set(),
  unproven = false,
): Sheet {
  const census = new PortalCensus(portal, policy);
  for (const account of accounts) census.add(account);
  const scorer = new BookScorer(portal, policy, census.close());
  return layBook(scorer, accounts, policy, portal.asOf, snoozed, unproven);
}
