/** A store that holds MRR records and nothing else, and the revenue book that is made of it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildRevenueBook, type RevenueBook, type RevenueInputs } from '../../src/book/revenue-book.ts';
import { NOTHING_IMPORTED } from '../../src/data/facts/context.ts';
import { type Cache, openCache } from '../../src/data/store/cache.ts';
import type { StoredPortal } from '../../src/data/store/types.ts';
import { DEFAULT_POLICY } from '../../src/scoring/policy-default.ts';
import type { Day, Instant } from '../../src/units/day.ts';

export const PORTAL: StoredPortal = {
  portalId: '1',
  timeZone: 'Asia/Tokyo',
  currency: 'JPY',
  uiDomain: 'app.hubspot.com',
  accountType: 'STANDARD',
};

export const MAPPING = {
  customers: 'all',
  'mrr.source': 'custom-object',
  'mrr.object': '2-101',
  'mrr.month': 'month',
  'mrr.amount': 'amount',
  'mrr.product': 'product',
  'mrr.plan': 'plan',
  'mrr.currency': 'currency',
  'profile.industry': 'industry',
  'profile.size': 'numberofemployees',
  'churn.reason': 'churn_reason',
} as const;

export interface Line {
  readonly month: string;
  readonly amount: string;
  readonly product?: string;
  readonly plan?: string;
  readonly currency?: string;
  /** Of the record; the next number where there is none. */
  readonly id?: string;
  /** Its last change; the day on which all was seen where there is none. */
  readonly changed?: Instant;
}

export interface Company {
  readonly properties?: Readonly<Record<string, string>>;
  readonly history?: Readonly<Record<string, readonly { readonly value: string; readonly timestamp: Instant }[]>>;
  readonly lines: readonly Line[];
}

const at = (day: string): Instant => Date.parse(`${day}T00:00:00Z`) as Instant;

export interface Stage {
  readonly cache: Cache;
  /** By company id; what was there before stays. */
  put(companies: Readonly<Record<string, Company>>): Promise<void>;
  book(day: string, more?: Partial<RevenueInputs>): Promise<RevenueBook>;
  inputs(day: string, more?: Partial<RevenueInputs>): RevenueInputs;
  close(): Promise<void>;
}

export async function stage(): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'kizashi-revenue-'));
  const cache = await openCache(join(folder, 'cache.db'));
  let next = 500_000;
  const inputs: Stage['inputs'] = (day, more = {}) => ({
    cache,
    portal: PORTAL,
    mapping: MAPPING,
    day: day as Day,
    imported: NOTHING_IMPORTED,
    revenue: DEFAULT_POLICY.revenue,
    ...more,
  });
  return {
    cache,
    inputs,
    book: (day, more) => buildRevenueBook(inputs(day, more)),
    async put(companies) {
      const seen = at('2026-11-20');
      const stamp = { history: {}, createdAt: at('2026-01-01'), updatedAt: seen };
      await cache.write(async (writer) => {
        const ids = Object.keys(companies);
        await writer.joinBook('all', ids, seen);
        for (const [id, { properties = {}, history = {}, lines }] of Object.entries(companies)) {
          await writer.putRecords(
            'companies',
            [{ ...stamp, id, properties: { name: `Sample ${id}`, ...properties }, history }],
            seen,
            null,
          );
          const records = lines.map(({ id: own = String(next++), changed = seen, ...properties }) => {
            return { ...stamp, updatedAt: changed, id: own, properties };
          });
          await writer.putRecords('2-101', records, seen, null);
          await writer.replaceLinks(
            'companies',
            '2-101',
            [id],
            records.map((record) => ({ from: id, to: record.id })),
          );
        }
      });
    },
    async close() {
      await cache.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
