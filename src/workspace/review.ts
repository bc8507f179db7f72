/** Everything that a quarterly review of one account is put together from. */
import type { AccountView } from '../book/account-view.ts';
import { labelOf } from '../book/labels.ts';
import { type Action, ledgerOf } from '../book/ledger.ts';
import type { RevenueSource } from '../book/revenue-source.ts';
import { FEED_OF, type Review, reviewOf } from '../book/review.ts';
import { experiments } from '../data/store/experiments.ts';
import { ledgerEntries, settleLedger } from '../data/store/ledger.ts';
import { type Whitespace, whitespace } from '../revenue/products.ts';
import { type Day, dayBounds, dayOf } from '../units/day.ts';
import { type ExperimentRun, measureExperiment } from './experiments.ts';
import { ownBooks, readHistory } from './history.ts';
import { openRevenue } from './revenue.ts';
import type { Session } from './session.ts';

export interface AccountReview {
  readonly view: AccountView;
  readonly review: Review;
  /** Newest first, of the review's days. */
  readonly actions: readonly Action[];
  /** Those that the account is or was part of, with its side. */
  readonly trials: readonly { readonly side: 'target' | 'control'; readonly run: ExperimentRun }[];
  /** Products that its like have and it has not. */
  /** With each product as people know it. Raw. */
  readonly whitespace: readonly (Whitespace & { readonly label: string })[];
}

/** Reads the whole store: what others did and have is part of it. Null where the account is not in the store. */
export async function readReview(session: Session, view: AccountView, from: Day): Promise<AccountReview | null> {
  const books = await ownBooks(session);
  const { portal, asOf, policy } = books;
  const { db } = await session.local();
  const { id } = view.row;
  await settleLedger(db, session.profile.options.now());
  const entries = await ledgerEntries(db, portal.portalId, dayBounds(from, portal.timeZone).begins);
  const history = await readHistory(session, books, [id]);
  const account = history.accounts.find((one) => one.id === id);
  if (!account) return null;
  const { mapping } = session.profile.settings;
  const review = reviewOf(account, view, {
    from,
    to: asOf,
    mapped: (part) => {
      const feed = FEED_OF[part];
      if (part === 'goals') return mapping['profile.goals'] !== undefined;
      if (part === 'value') return mapping['value.promised'] !== undefined || mapping['value.proven'] !== undefined;
      return feed !== null && history.feeds[feed].mapped && history.feeds[feed].unavailable === null;
    },
  });
  const ledger = ledgerOf({
    ...history,
    entries,
    since: from,
    asOf,
    dayOf: (at) => dayOf(at, portal.timeZone),
    currency: portal.currency,
    policy,
  });
  const { book, labels }: RevenueSource = await openRevenue(session);
  return {
    view,
    review,
    actions: ledger.actions.filter(({ accountId }) => accountId === id),
    trials: await trialsOf(session, portal.portalId, id),
    whitespace: whitespace(book.ledger, book.account).flatMap((one) =>
      one.id === id ? [{ ...one, label: labelOf(labels.product, one.product) }] : [],
    ),
  };
}

async function trialsOf(session: Session, portalId: string, id: string): Promise<AccountReview['trials']> {
  const trials: { side: 'target' | 'control'; run: ExperimentRun }[] = [];
  for (const { name, accounts } of await experiments((await session.local()).db, portalId)) {
    const member = accounts.find((one) => one.id === id);
    const run = member ? await measureExperiment(session, name) : null;
    if (member && run) trials.push({ side: member.side, run });
  }
  return trials;
}
