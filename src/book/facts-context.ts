/** What the facts of every account depend on besides their own records, read once from the store. */
import type { FactsContext, Imported } from '../data/facts/context.ts';
import type { FeedsContext } from '../data/facts/feeds.ts';
import { usageObject } from '../data/hubspot/plan.ts';
import type { Cache } from '../data/store/cache.ts';
import type { CustomObjects, StoredPortal } from '../data/store/types.ts';
import { EVENTS, type Mapping } from '../settings/mapping.ts';
import type { Day } from '../units/day.ts';
import { type PortalLabels, readLabels } from './labels.ts';
import { FIRST_SYNC } from './missing.ts';

/** Standard objects whose property types tell dates from instants. */
const OBJECTS = [
  'companies',
  'contacts',
  'tickets',
  'feedback_submissions',
  'notes',
  'tasks',
  'calls',
  'meetings',
  'emails',
  'deals',
  'line_items',
  'subscriptions',
] as const;

/** More days than a first sync reads. */
const EVENT_DAYS = 400;

export const customObjects = (mapping: Mapping): CustomObjects => ({
  mrrObject: mapping['mrr.source'] === 'custom-object' ? (mapping['mrr.object'] ?? null) : null,
  usageObject: usageObject(mapping),
});

export interface FactsInputs {
  readonly cache: Cache;
  readonly portal: StoredPortal;
  readonly mapping: Mapping;
  /** The portal's day up to which MRR that runs is laid out. */
  readonly asOf: Day;
  readonly imported: Imported;
}

/** With the words that people read in place of stored values: of the same definitions. */
export interface BookFacts extends FactsContext {
  readonly labels: PortalLabels;
}

export async function factsContext({ cache, portal, mapping, asOf, imported }: FactsInputs): Promise<BookFacts> {
  const custom = customObjects(mapping);
  const objects = [...OBJECTS, ...[custom.mrrObject, custom.usageObject].filter((object) => object !== null)];
  const definitions = new Map(await Promise.all(objects.map(async (object) => [object, await cache.propertyDefs(object)] as const)));
  const types = [...definitions].map(([object, defs]) => [object, Object.fromEntries(defs.map((def) => [def.name, def.type]))] as const);
  return {
    ...(await feedsContext(cache, mapping)),
    zone: portal.timeZone,
    currency: portal.currency,
    pipelines: await cache.pipelines('tickets'),
    dealPipelines: await cache.pipelines('deals'),
    today: asOf,
    imported,
    ...(mapping['usage.source'] === EVENTS ? { eventDays: await cache.feedDays(EVENTS, portal.timeZone, EVENT_DAYS) } : {}),
    owners: await cache.owners(),
    propertyTypes: Object.fromEntries(types),
    labels: await readLabels(cache, mapping, definitions),
  };
}

/** What the store says of the feeds before any record is read. */
export async function feedsContext(cache: Cache, mapping: Mapping): Promise<FeedsContext> {
  const unread = (await cache.unread()).map((object) => [object, FIRST_SYNC]);
  const unavailable = await cache.unavailable();
  return {
    mapping,
    unavailable: Object.fromEntries([...unread, ...unavailable.map((one) => [one.object, one.scopes.join(' / ') || one.message])]),
  };
}
