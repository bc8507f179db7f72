/** What the facts of every account depend on besides their own records, read once from the store. */
import type { FactsContext } from '../data/facts/context.ts';
import type { Cache } from '../data/store/cache.ts';
import type { CustomObjects, StoredPortal } from '../data/store/types.ts';
import type { Mapping } from '../settings/mapping.ts';

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
] as const;

export const customObjects = (mapping: Mapping): CustomObjects => ({
  mrrObject: mapping['mrr.source'] === 'custom-object' ? (mapping['mrr.object'] ?? null) : null,
  usageObject: mapping['usage.object'] ?? null,
});

export async function factsContext(cache: Cache, portal: StoredPortal, mapping: Mapping): Promise<FactsContext> {
  const { mrrObject, usageObject } = customObjects(mapping);
  const objects = [...OBJECTS, ...[mrrObject, usageObject].filter((object) => object !== null)];
  const types = await Promise.all(
    objects.map(async (object) => {
      const defs = await cache.propertyDefs(object);
      return [object, Object.fromEntries(defs.map((def) => [def.name, def.type]))] as const;
    }),
  );
  const unavailable = await cache.unavailable();
  return {
    mapping,
    zone: portal.timeZone,
    currency: portal.currency,
    pipelines: await cache.pipelines('tickets'),
    owners: await cache.owners(),
    propertyTypes: Object.fromEntries(types),
    unavailable: Object.fromEntries(unavailable.map((one) => [one.object, one.kind === 'scope' ? one.scopes.join(' / ') : one.message])),
  };
}
