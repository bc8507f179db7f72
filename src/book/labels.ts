/**
 * The portal's own words for the values of its list properties: `COMPUTER_SOFTWARE` is what HubSpot stores, the label is
 * what people chose there. They come from the definitions that every sync reads. Scores, figures and JSON go by the value.
 */
import { companyProperty, usageProperty } from '../data/facts/attributes.ts';
import type { Cache } from '../data/store/cache.ts';
import type { StoredProperty } from '../data/store/types.ts';
import type { Mapping, MappingKey } from '../settings/mapping.ts';

/** By value; only where the label is another text. Raw. */
export type Labels = ReadonlyMap<string, string>;

export const LABELLED = ['plan', 'product', 'industry', 'segment', 'reason', 'role', 'billing', 'health', 'feature'] as const;
export type Labelled = (typeof LABELLED)[number];
export type PortalLabels = Readonly<Record<Labelled, Labels>>;

const NONE: Labels = new Map();
export const NO_LABELS = Object.fromEntries(LABELLED.map((one) => [one, NONE])) as PortalLabels;

/** A property that holds such a value. */
interface Place {
  readonly of: Labelled;
  readonly object: string;
  readonly property: string | undefined;
}

/** Where MRR is read from; null where it is of no object of the portal. */
const MRR_OBJECTS: Readonly<Record<string, string>> = {
  'line-items': 'line_items',
  'deal-properties': 'deals',
  subscriptions: 'subscriptions',
  'company-property': 'companies',
};

/** On deals with recurring revenue, where no property of the company is mapped. */
const INACTIVE_REASON = 'recurring_revenue_inactive_reason';

/** The first place that has a label for a value has the say. */
function placesOf(mapping: Mapping): readonly Place[] {
  const source = mapping['mrr.source'];
  const mrr = source === 'custom-object' ? mapping['mrr.object'] : MRR_OBJECTS[source ?? ''];
  const usage = mapping['usage.object'];
  const company = (of: Labelled, key: MappingKey): Place => ({ of, object: 'companies', property: companyProperty(mapping, key) });
  const places: readonly Place[] = [
    ...(mrr === undefined
      ? []
      : [
          { of: 'plan' as const, object: mrr, property: mapping['mrr.plan'] },
          { of: 'product' as const, object: mrr, property: mapping['mrr.product'] },
        ]),
    company('plan', 'profile.plan'),
    company('industry', 'profile.industry'),
    company('segment', 'profile.segment'),
    company('reason', 'churn.reason'),
    ...(source === 'deal-properties' ? [{ of: 'reason' as const, object: 'deals', property: INACTIVE_REASON }] : []),
    company('billing', 'contract.billing'),
    company('health', 'profile.healthScore'),
    { of: 'role', object: 'contacts', property: mapping['people.role'] },
    company('feature', 'usage.featureNames'),
    ...(usage === undefined ? [] : (['usage.featureNames', 'usage.perFeature'] as const)).map((key): Place => {
      return { of: 'feature', object: usage ?? '', property: usageProperty(mapping, key) };
    }),
  ];
  return places.filter(({ property }) => property !== undefined);
}

/** Of a property's choices. Values are read without the blanks around them. */
export const labelsOf = (options: StoredProperty['options']): Labels =>
  new Map(
    options.map(({ value, label }) => [value.trim(), label] as const).filter(([value, label]) => label.trim() !== '' && label !== value),
  );

/** `definitions` of an object's properties; empty where they were never read. */
export function portalLabels(mapping: Mapping, definitions: (object: string) => readonly StoredProperty[]): PortalLabels {
  const found = new Map<Labelled, Labels>();
  for (const { of, object, property } of placesOf(mapping)) {
    const labels = labelsOf(definitions(object).find(({ name }) => name === property)?.options ?? []);
    found.set(of, new Map([...labels, ...(found.get(of) ?? [])]));
  }
  return { ...NO_LABELS, ...Object.fromEntries(found) };
}

const isCustom = (object: string): boolean => object.startsWith('2-');

/** From the store, of all or some; `known` are definitions that were read already. */
export async function readLabels(
  cache: Cache,
  mapping: Mapping,
  known: ReadonlyMap<string, readonly StoredProperty[]> = new Map(),
  wanted: readonly Labelled[] = LABELLED,
): Promise<PortalLabels> {
  const objects = [
    ...new Set(
      placesOf(mapping)
        .filter(({ of }) => wanted.includes(of))
        .map(({ object }) => object),
    ),
  ];
  const schemas = objects.some(isCustom) ? await cache.schemas() : [];
  const read = async (object: string): Promise<readonly StoredProperty[]> =>
    isCustom(object)
      ? (schemas.find(({ objectTypeId }) => objectTypeId === object)?.properties ?? [])
      : (known.get(object) ?? (await cache.propertyDefs(object)));
  const definitions = new Map(await Promise.all(objects.map(async (object) => [object, await read(object)] as const)));
  return portalLabels(mapping, (object) => definitions.get(object) ?? []);
}

/** A value that is not in the list any more is shown as it is; of a choice of several, each by itself. Raw. */
export function labelOf(labels: Labels, value: string): string {
  const label = labels.get(value);
  if (label !== undefined || labels.size === 0 || !value.includes(';')) return label ?? value;
  return value
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => labels.get(part) ?? part)
    .join('; ');
}

export const labelOrNull = (labels: Labels, value: string | null): string | null => (value === null ? null : labelOf(labels, value));

export const labelsIn = (labels: Labels, values: readonly string[]): string[] => values.map((value) => labelOf(labels, value));
