/** Usage from custom events: weeks of them, and every day on which there was one. */
import type { AccountAttributes, AttributeValue, UsageFact } from '../../account.ts';
import { EVENTS, eventTypesIn } from '../../settings/mapping.ts';
import { addDays, type Day, serialOf } from '../../units/day.ts';
import type { RawAccount } from '../store/types.ts';
import type { FactReader } from './reader.ts';
import { namesIn } from './values.ts';

/** One type of event of one person or company on one day. */
interface Happening {
  readonly type: string;
  readonly object: string;
  readonly objectId: string;
  readonly day: Day;
  readonly count: number;
  readonly minutes: number | null;
  readonly features: readonly string[];
}

/** The Monday of the day's week. */
const weekOf = (day: Day): Day => addDays(day, -((((serialOf(day) + 3) % 7) + 7) % 7));

/** `pe4711_report_opened` is the feature `report_opened`. */
const featureName = (type: string): string => type.replace(/^pe\d+_/, '');

export interface EventUsage {
  readonly usage: readonly UsageFact[];
  readonly attributes: Pick<AccountAttributes, 'lastUsedOn'>;
}

/**
 * A week is known once it is over: before that its days of use are, one by one. A week between two with events is 0 where
 * the portal got events of anybody, and a gap where it got none. Logins and minutes that are not mapped are unknown.
 */
export function eventUsage(raw: RawAccount, reader: FactReader): EventUsage {
  const { mapping, eventDays = [] } = reader.context;
  const wanted = new Set([...eventTypesIn(mapping['usage.events']), ...eventTypesIn(mapping['usage.logins'])]);
  const happenings = raw.events
    .map(
      ({ properties }): Happening => ({
        type: properties.type ?? '',
        object: properties.object ?? '',
        objectId: properties.objectId ?? '',
        day: (properties.day ?? '') as Day,
        count: Number(properties.count),
        minutes: properties.minutes == null ? null : Number(properties.minutes),
        features: properties.features == null ? [] : JSON.parse(properties.features),
      }),
    )
    .filter(({ type }) => wanted.has(type));
  const byWeek = Map.groupBy(happenings, ({ day }) => weekOf(day));
  const weeks = [...byWeek.keys()].sort();
  const [first, last] = [weeks[0], weeks.at(-1)];
  if (first === undefined || last === undefined) return { usage: [], attributes: {} };
  const alive = new Set(eventDays.map(weekOf));
  const usage: UsageFact[] = [];
  for (let week = first; week <= last; week = addDays(week, 7)) {
    const found = byWeek.get(week) ?? [];
    if (found.length > 0 || alive.has(week)) usage.push(weekFact(week, found, raw.company.id, reader));
  }
  const days = new Map(happenings.map((one) => [one.day, one]));
  const lastUsedOn = [...days.values()]
    .map((one): AttributeValue<Day> => ({ value: one.day, validAt: one.day, knownAt: one.day, source: sourceOf(one) }))
    .sort((a, b) => (a.validAt < b.validAt ? -1 : 1));
  return { usage, attributes: mapping['usage.lastUsedOn'] === undefined ? { lastUsedOn } : {} };
}

const sourceOf = ({ object, objectId }: Pick<Happening, 'object' | 'objectId'>) => ({ object, id: objectId });

function weekFact(week: Day, found: readonly Happening[], company: string, reader: FactReader): UsageFact {
  const { mapping } = reader.context;
  const logins = new Set(eventTypesIn(mapping['usage.logins']));
  const named = mapping['usage.featureNames'] !== undefined;
  const features = named
    ? found.flatMap((one) => one.features.flatMap(namesIn))
    : found.filter(({ type }) => !logins.has(type)).map(({ type }) => featureName(type));
  const unique = [...new Set(features)].sort();
  const people = new Set(found.filter(({ object }) => object === 'contacts').map(({ objectId }) => objectId));
  const sum = (list: readonly number[]) => list.reduce((total, value) => total + value, 0);
  const minutes = found.map((one) => one.minutes).filter((value) => value !== null);
  return {
    validAt: week,
    knownAt: addDays(week, 6),
    days: 7,
    source: sourceOf(found[0] ?? { object: 'companies', objectId: company }),
    logins: logins.size === 0 ? null : sum(found.filter(({ type }) => logins.has(type)).map(({ count }) => count)),
    // Events of the company itself do not say whose they were.
    activeUsers: found.length > 0 && people.size === 0 ? null : people.size,
    minutes: mapping['usage.minutes'] === undefined || (found.length > 0 && minutes.length === 0) ? null : sum(minutes),
    featuresUsed: unique.length,
    lastUsedOn:
      found
        .map(({ day }) => day)
        .sort()
        .at(-1) ?? null,
    features: unique,
  };
}

export const isOfEvents = ({ context }: FactReader): boolean => context.mapping['usage.source'] === EVENTS;
