/** A portal behind the HubSpot-compatible server, read by the real client and sync into a real store. */
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Account, DataProblem } from '../../../src/account.ts';
import { customObjects, factsContext } from '../../../src/book/facts-context.ts';
import { type DemoServer, startDemoServer } from '../../../src/data/demo/server.ts';
import type { PortalState } from '../../../src/data/demo/state.ts';
import { assembleAccount } from '../../../src/data/facts/assemble.ts';
import { type FactsContext, type Imported, NOTHING_IMPORTED } from '../../../src/data/facts/context.ts';
import { checkBaseUrl } from '../../../src/data/hubspot/base-url.ts';
import type { ApiVersion } from '../../../src/data/hubspot/paths.ts';
import type { Gateway } from '../../../src/data/hubspot/types.ts';
import { Matcher } from '../../../src/data/import/accounts.ts';
import { readMrrFile } from '../../../src/data/import/rows.ts';
import { type Cache, openCache } from '../../../src/data/store/cache.ts';
import { keepMrrRows, mrrRows } from '../../../src/data/store/imports.ts';
import { openLocal } from '../../../src/data/store/local.ts';
import { runSync, type SyncOutcome } from '../../../src/data/sync/sync.ts';
import type { Mapping } from '../../../src/settings/mapping.ts';
import { dayOf, type Instant } from '../../../src/units/day.ts';
import { CANARY, make } from '../hubspot/make.ts';
import { tempFolder } from '../sync/bench.ts';
import { TODAY } from './contracts.ts';
import { noon, ZONE } from './portal.ts';

export interface Stage {
  readonly server: DemoServer;
  readonly gateway: Gateway;
  readonly cache: Cache;
  now(): Instant;
  wait(hours: number): void;
  sync(mapping: Mapping): Promise<SyncOutcome>;
  /** Keeps the file's rows in a local store and reads them back. */
  importMrr(csv: string): Promise<Imported>;
  read(
    mapping: Mapping,
    imported?: Imported,
  ): Promise<{ readonly accounts: readonly Account[]; readonly problems: readonly DataProblem[]; readonly context: FactsContext }>;
}

export async function stage(
  portal: PortalState,
  options: { readonly scopes?: readonly string[]; readonly version?: ApiVersion } = {},
): Promise<Stage> {
  let clock = noon(TODAY);
  const now = () => clock;
  const server = await startDemoServer({ portal, now, limits: false, token: CANARY, ...options });
  onTestFinished(() => server.close());
  const base = checkBaseUrl(server.url);
  if (!base.ok) throw new Error(base.error);
  const { gateway } = make(base.value, { now, apiVersion: options.version ?? 'v3' });
  onTestFinished(() => gateway.close());
  const cache = await openCache(join(tempFolder(), 'cache.db'));
  onTestFinished(() => cache.close());
  return {
    server,
    gateway,
    cache,
    now,
    wait: (hours) => {
      clock = (clock + hours * 3_600_000) as Instant;
    },
    async sync(mapping) {
      const result = await runSync({ gateway, cache, now }, { mapping, scope: 'all' });
      if (!result.ok) throw new Error(result.error.kind);
      return result.value;
    },
    async importMrr(csv) {
      const matcher = new Matcher(await cache.companyNames(), await cache.mergedCompanies());
      const read = readMrrFile(new TextEncoder().encode(csv), { matcher, zone: ZONE, currency: 'JPY' });
      if (!read.ok || read.value.problems.length > 0) throw new Error(JSON.stringify(read));
      const { db } = await openLocal(join(tempFolder(), 'local.db'), clock);
      onTestFinished(() => db.close());
      await keepMrrRows(db, '4711', read.value.rows, clock);
      const rows = (await mrrRows(db, '4711')).map(({ row, at }) => ({ ...row, knownAt: dayOf(at, ZONE) }));
      return { ...NOTHING_IMPORTED, mrr: Map.groupBy(rows, ({ accountId }) => accountId) };
    },
    async read(mapping, imported = NOTHING_IMPORTED) {
      const found = await cache.portal();
      if (!found) throw new Error('nothing synced');
      const facts = await factsContext({ cache, portal: found, mapping, asOf: TODAY, imported });
      const read = [];
      for await (const raw of cache.loadAccounts(await cache.companyIds('all'), customObjects(mapping)))
        read.push(assembleAccount(raw, facts));
      return { accounts: read.map(({ account }) => account), problems: read.flatMap(({ problems }) => problems), context: facts };
    },
  };
}
