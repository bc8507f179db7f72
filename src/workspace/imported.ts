/** What was imported from files, as facts want it: under the companies that HubSpot has now. */
import { type Imported, NOTHING_IMPORTED } from '../data/facts/context.ts';
import type { Cache } from '../data/store/cache.ts';
import { type Kept, mrrRows, usageRows } from '../data/store/imports.ts';
import type { StoredPortal } from '../data/store/types.ts';
import { type Day, dayOf, type Instant } from '../units/day.ts';
import type { Session } from './session.ts';

/** Reads only the tables that the mapping asks for. */
export async function importedFacts(session: Session, portal: StoredPortal): Promise<Imported> {
  const { mapping } = session.profile.settings;
  const wantsMrr = mapping['mrr.source'] === 'csv';
  const wantsUsage = mapping['usage.source'] === 'csv';
  if (!wantsMrr && !wantsUsage) return NOTHING_IMPORTED;
  const cache = await session.cache();
  const { db } = await session.local();
  const days = new Map<number, Day>();
  const dayAt = (at: Instant): Day => {
    const known = days.get(at) ?? dayOf(at, portal.timeZone);
    days.set(at, known);
    return known;
  };
  async function byCompany<T extends { readonly accountId: string }>(rows: readonly Kept<T>[]) {
    const survivors = await survivorsOf(cache, new Set(rows.map(({ row }) => row.accountId)));
    return Map.groupBy(
      rows.map(({ row, at }) => ({ ...row, knownAt: dayAt(at) })),
      ({ accountId }) => survivors.get(accountId) ?? accountId,
    );
  }
  return {
    mrr: wantsMrr ? await byCompany(await mrrRows(db, portal.portalId)) : NOTHING_IMPORTED.mrr,
    usage: wantsUsage ? await byCompany(await usageRows(db, portal.portalId)) : NOTHING_IMPORTED.usage,
  };
}

/** Companies that were merged away since the import, with who survived. */
async function survivorsOf(cache: Cache, ids: ReadonlySet<string>): Promise<ReadonlyMap<string, string>> {
  const merged = await cache.mergedCompanies();
  const found = new Map<string, string>();
  for (const id of ids) {
    let survivor = id;
    for (let steps = 0; steps < 50 && merged.has(survivor); steps += 1) survivor = merged.get(survivor) ?? survivor;
    if (survivor !== id) found.set(id, survivor);
  }
  return found;
}
