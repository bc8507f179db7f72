/** A store, a portal in memory, and a sync between them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Cache, openCache } from '../../../src/data/store/cache.ts';
import type { RawAccount } from '../../../src/data/store/types.ts';
import { runSync, type SyncOptions, type SyncOutcome } from '../../../src/data/sync/sync.ts';
import type { Instant } from '../../../src/units/day.ts';
import { MAPPING } from './mapping.ts';
import { MemoryPortal } from './portal.ts';
import { addCompany, furnishPortal } from './stories.ts';

export const HOUR = 3_600_000;
export const START = Date.UTC(2026, 10, 20, 0, 0) as Instant;

export const CUSTOM = { mrrObject: '2-1', usageObject: '2-2' };

export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kizashi-sync-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface Bench {
  readonly portal: MemoryPortal;
  readonly cache: Cache;
  sync(options?: Partial<SyncOptions>): Promise<SyncOutcome>;
  accounts(scope?: string): Promise<Map<string, RawAccount>>;
  /** Moves the portal's clock on. */
  wait(hours: number): void;
  company(properties?: Record<string, string>): string;
}

export async function makeBench(): Promise<Bench> {
  const cache = await openCache(join(tempFolder(), 'cache.db'));
  onTestFinished(() => cache.close());
  const portal = new MemoryPortal(START);
  return {
    portal,
    cache,
    async sync(options = {}) {
      const result = await runSync({ gateway: portal, cache, now: () => portal.now }, { mapping: MAPPING, scope: '7', ...options });
      if (!result.ok) throw new Error(result.error.kind);
      return result.value;
    },
    async accounts(scope = '7') {
      const found = new Map<string, RawAccount>();
      for await (const account of cache.loadAccounts(await cache.companyIds(scope), CUSTOM)) found.set(account.company.id, account);
      return found;
    },
    wait(hours) {
      portal.now = (portal.now + hours * HOUR) as Instant;
    },
    company: (properties) => addCompany(portal, properties),
  };
}

/** A book with a bit of everything; gives back its companies. */
export const furnish = (bench: Bench, companies: number): string[] => furnishPortal(bench.portal, companies);
