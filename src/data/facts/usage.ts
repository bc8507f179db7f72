/** Usage rows, one a week or a month: of a custom object, or of an imported file. */
import type { AccountAttributes, History, UsageFact } from '../../account.ts';
import type { MappingKey } from '../../settings/mapping.ts';
import { type Day, daysBetween, firstDay, lastDay, monthOf } from '../../units/day.ts';
import type { RawAccount, StoredRecord } from '../store/types.ts';
import { usageProperty } from './attributes.ts';
import { IMPORTED } from './context.ts';
import { eventUsage, isOfEvents } from './events.ts';
import { byId, type FactReader } from './reader.ts';
import { namesIn } from './values.ts';
import { parseMonthValue } from './when.ts';

/** The record's period: the week that begins on `usage.week`, or the month of `usage.month`. */
function periodOf(record: StoredRecord, reader: FactReader): { readonly start: Day; readonly days: number } | null {
  const { mapping } = reader.context;
  const week = mapping['usage.week'];
  if (week !== undefined) {
    const start = reader.day(record, week);
    if (start) return { start, days: 7 };
    if (!reader.raw(record, week)?.trim()) reader.report('date', reader.source(record, week), '');
    return null;
  }
  const property = mapping['usage.month'];
  if (property === undefined) return null;
  const raw = reader.raw(record, property);
  const month = parseMonthValue(raw, reader.type(record.object, property), reader.dayOf);
  if (!month.ok) {
    reader.report('date', reader.source(record, property), raw ?? '');
    return null;
  }
  const start = firstDay(month.value);
  return { start, days: daysBetween(start, lastDay(monthOf(start))) + 1 };
}

export interface UsageFacts {
  /** Oldest period first. */
  readonly usage: readonly UsageFact[];
  /** What the rows say of the contract rather than of its use. */
  readonly attributes: Pick<AccountAttributes, 'seats' | 'featuresInPlan' | 'adoption' | 'lastUsedOn'>;
}

export function usageOf(raw: RawAccount, reader: FactReader): UsageFacts {
  const { mapping } = reader.context;
  if (isOfEvents(reader)) return eventUsage(raw, reader);
  if (mapping['usage.source'] === 'csv') return { usage: importedUsage(raw.company.id, reader), attributes: {} };
  return mapping['usage.object'] === undefined ? { usage: [], attributes: {} } : recordedUsage(raw.usage, reader);
}

/** As many features as are named, where nothing counts them; none named may be none told. */
const counted = (row: UsageFact): UsageFact =>
  row.featuresUsed === null && row.features && row.features.length > 0 ? { ...row, featuresUsed: row.features.length } : row;

const importedUsage = (company: string, { context }: FactReader): readonly UsageFact[] =>
  (context.imported.usage.get(company) ?? [])
    .map(
      ({ line, start, features, ...row }): UsageFact => ({
        ...counted({ ...row, validAt: start, source: { object: IMPORTED, id: String(line) }, ...(features && { features }) }),
      }),
    )
    .sort((a, b) => (a.validAt < b.validAt ? -1 : a.validAt > b.validAt ? 1 : byId(a.source.id, b.source.id)));

/** What a row says of features: the names that it lists, or the one that it is about, if that was used in the period. */
function featuresOf(record: StoredRecord, reader: FactReader): { readonly features?: readonly string[] } {
  const { mapping } = reader.context;
  const one = usageProperty(mapping, 'usage.perFeature');
  if (one !== undefined) {
    const feature = reader.text(record, one);
    const times = usageProperty(mapping, 'usage.featureCount');
    if (feature === null) return {};
    return { features: times !== undefined && reader.count(record, times) === 0 ? [] : [feature] };
  }
  const all = usageProperty(mapping, 'usage.featureNames');
  return all === undefined ? {} : { features: namesIn(reader.raw(record, all)) };
}

/**
 * One fact of the rows of a period that became known on one day, a row a feature: minutes add up, people and logins do not,
 * since the same ones stand in every row.
 */
function together(parts: readonly UsageFact[]): readonly UsageFact[] {
  const groups = Map.groupBy(parts, ({ validAt, days, knownAt }) => `${validAt} ${days} ${knownAt}`);
  return [...groups.values()].flatMap((group): UsageFact[] => {
    const [first] = group;
    if (!first) return [];
    const numbers = (key: 'logins' | 'activeUsers' | 'minutes' | 'featuresUsed') =>
      group.map((row) => row[key]).filter((value) => value !== null);
    const most = (values: readonly number[]) => (values.length === 0 ? null : Math.max(...values));
    const minutes = numbers('minutes');
    const named = group.flatMap(({ features }) => (features === undefined ? [] : [features]));
    const features = [...new Set(named.flat())];
    const days = group.map(({ lastUsedOn }) => lastUsedOn).filter((day) => day !== null);
    return [
      {
        ...first,
        logins: most(numbers('logins')),
        activeUsers: most(numbers('activeUsers')),
        minutes: minutes.length === 0 ? null : minutes.reduce((sum, value) => sum + value, 0),
        featuresUsed: most(numbers('featuresUsed')) ?? (named.length === 0 ? null : features.length),
        lastUsedOn: days.sort().at(-1) ?? null,
        ...(named.length === 0 ? {} : { features }),
      },
    ];
  });
}

function recordedUsage(records: readonly StoredRecord[], reader: FactReader): UsageFacts {
  const { mapping } = reader.context;
  const name = (key: MappingKey) => usageProperty(mapping, key);
  const rows = records
    .map((record) => ({ record, period: periodOf(record, reader) }))
    .filter((row): row is { record: StoredRecord; period: NonNullable<typeof row.period> } => row.period !== null)
    .sort((a, b) => (a.period.start < b.period.start ? -1 : a.period.start > b.period.start ? 1 : byId(a.record.id, b.record.id)));

  const read = rows.map(({ record, period }) => ({
    validAt: period.start,
    knownAt: reader.knownAt(record),
    source: reader.source(record),
    days: period.days,
    logins: reader.count(record, name('usage.logins')),
    activeUsers: reader.count(record, name('usage.activeUsers')),
    minutes: reader.count(record, name('usage.minutes')),
    featuresUsed: reader.count(record, name('usage.featuresUsed')),
    lastUsedOn: reader.day(record, name('usage.lastUsedOn')),
    ...featuresOf(record, reader),
  }));
  const parts = name('usage.featuresUsed') === undefined ? read.map(counted) : read;
  const usage = name('usage.perFeature') === undefined ? parts : together(read);

  function series<T>(key: MappingKey, read: (record: StoredRecord, property: string) => T | null): History<T> | undefined {
    const property = name(key);
    if (property === undefined) return undefined;
    const values = rows.flatMap(({ record, period }) => {
      const value = read(record, property);
      return value === null
        ? []
        : [{ value, validAt: period.start, knownAt: reader.knownAt(record), source: reader.source(record, property) }];
    });
    return values.sort((a, b) => (a.knownAt < b.knownAt ? -1 : a.knownAt > b.knownAt ? 1 : 0));
  }
  const seats = series('usage.seatsBought', (record, property) => reader.count(record, property));
  const featuresInPlan = series('usage.featuresInPlan', (record, property) => reader.count(record, property));
  const adoption = series('usage.adoption', (record, property) => reader.share(record, property));
  return { usage, attributes: { ...(seats && { seats }), ...(featuresInPlan && { featuresInPlan }), ...(adoption && { adoption }) } };
}
