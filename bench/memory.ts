/** Scoring from memory beside reading the same facts from SQLite: what the processor does, without a process to start. */
import type { Account } from '../src/account.ts';
import { customObjects, factsContext } from '../src/book/facts-context.ts';
import { Preparer } from '../src/book/prepared.ts';
import { type Portal, scoreBook } from '../src/book/score-book.ts';
import { assembleAccount } from '../src/data/facts/assemble.ts';
import { NOTHING_IMPORTED } from '../src/data/facts/context.ts';
import { portalFeeds } from '../src/data/facts/feeds.ts';
import { WHOLE_PORTAL } from '../src/data/store/types.ts';
import { DEFAULT_POLICY } from '../src/scoring/policy-default.ts';
import { dayOf, type Instant } from '../src/units/day.ts';
import { readProfile } from '../src/workspace/profile.ts';
import { openSession } from '../src/workspace/session.ts';
import { type Figure, figure, inTurns } from './measure.ts';
import { storeOf } from './store.ts';

export interface Memory {
  readonly accounts: readonly Account[];
  readonly portal: Portal;
  /** Reads and assembles the facts once more. */
  read(): Promise<Account[]>;
  close(): Promise<void>;
}

/** The facts of a synced store. */
export async function memoryOf(accounts: number): Promise<Memory> {
  const { env } = await storeOf(accounts);
  const now = (): Instant => Date.now() as Instant;
  const home = env.KIZASHI_HOME ?? '';
  const profile = readProfile({ home, profile: 'default', demo: false, asOf: null, offline: true, verbose: false, env, now });
  if (!profile.ok) throw new Error(profile.error.kind);
  const session = openSession(profile.value, new AbortController().signal);
  const cache = await session.cache();
  const portal = await cache.portal();
  if (!portal) throw new Error('the store has no portal');
  const { mapping } = profile.value.settings;
  const context = await factsContext({ cache, portal, mapping, asOf: dayOf(now(), portal.timeZone), imported: NOTHING_IMPORTED });
  const read = async (): Promise<Account[]> => {
    const found: Account[] = [];
    for await (const raw of cache.loadAccounts(await cache.companyIds(WHOLE_PORTAL), customObjects(mapping))) {
      found.push(assembleAccount(raw, context).account);
    }
    return found;
  };
  const all = await read();
  return {
    accounts: all,
    portal: { asOf: dayOf(now(), portal.timeZone), currency: portal.currency, feeds: portalFeeds(all, context), dismissals: [] },
    read,
    close: () => session.close(),
  };
}

const timed = async (run: () => unknown): Promise<number> => {
  const begun = performance.now();
  await run();
  return performance.now() - begun;
};

export async function memoryFigures(wanted: number, rounds: number): Promise<Figure[]> {
  const { accounts, portal, read, close } = await memoryOf(wanted);
  const preparer = new Preparer(portal.currency, DEFAULT_POLICY);
  const score = (known?: Preparer) => scoreBook(accounts, portal, DEFAULT_POLICY, known).accounts;
  const times = await inTurns(
    {
      read: () => timed(read),
      first: () => timed(() => score()),
      scored: () => timed(() => score(preparer)),
      since: () => timed(() => score(preparer).map(({ since }) => since())),
    },
    rounds,
  );
  await close();
  const of = `${accounts.length} accounts from memory`;
  const reading = 'reading their facts from SQLite';
  return [
    figure(`scoring ${of}`, times.scored, reading, times.read),
    figure(`the same where nothing was prepared`, times.first, reading, times.read),
    figure(`scoring and since when each signal fires, ${of}`, times.since, reading, times.read),
  ];
}
