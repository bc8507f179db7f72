/** Usage rows, one a week or a month: of a custom object, or of an imported file. */
import type { AccountAttributes, History, UsageFact } from '../../account.ts';
import type { MappingKey } from '../../settings/mapping.ts';
import { type Day, daysBetween, firstDay, lastDay, monthOf } from '../../units/day.ts';
import type { RawAccount, StoredRecord } from '../store/types.ts';
import { usageProperty } from './attributes.ts';
import { IMPORTED } from './context.ts';
import { byId, type FactReader } from './reader.ts';
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

/** Values of a multi-select, or names parted by commas, each once. */
const listed = (raw: string | null): readonly string[] =>
  [...new Set((raw ?? '').split(/[;,、\n]/).map((name) => name.trim()))].filter((name) => name !== '');

export interface UsageFacts {
  /** Oldest period first. */
  readonly usage: readonly UsageFact[];
  /** What the rows say of the contract rather than of its use. */
  readonly attributes: Pick<AccountAttributes, 'seats' | 'featuresInPlan' | 'adoption'>;
}

export function usageOf(raw: RawAccount, reader: FactReader): UsageFacts {
  const { mapping } = reader.context;
  if (mapping['usage.source'] === 'csv') return { usage: importedUsage(raw.company.id, reader), attributes: {} };
  return mapping['usage.object'] === undefined ? { usage: [], attributes: {} } : recordedUsage(raw.usage, reader);
}

const importedUsage = (company: string, { context }: FactReader): readonly UsageFact[] =>
  (context.imported.usage.get(company) ?? [])
    .map(
      ({ line, start, features, ...row }): UsageFact => ({
        ...row,
        validAt: start,
        source: { object: IMPORTED, id: String(line) },
        ...(features && { features }),
      }),
    )
    .sort((a, b) => (a.validAt < b.validAt ? -1 : a.validAt > b.validAt ? 1 : byId(a.source.id, b.source.id)));

function recordedUsage(records: readonly StoredRecord[], reader: FactReader): UsageFacts {
  const { mapping } = reader.context;
  const name = (key: MappingKey) => usageProperty(mapping, key);
  const rows = records
    .map((record) => ({ record, period: periodOf(record, reader) }))
    .filter((row): row is { record: StoredRecord; period: NonNullable<typeof row.period> } => row.period !== null)
    .sort((a, b) => (a.period.start < b.period.start ? -1 : a.period.start > b.period.start ? 1 : byId(a.record.id, b.record.id)));

  const usage = rows.map(({ record, period }) => ({
    validAt: period.start,
    knownAt: reader.knownAt(record),
    source: reader.source(record),
    days: period.days,
    logins: reader.count(record, name('usage.logins')),
    activeUsers: reader.count(record, name('usage.activeUsers')),
    minutes: reader.count(record, name('usage.minutes')),
    featuresUsed: reader.count(record, name('usage.featuresUsed')),
    lastUsedOn: reader.day(record, name('usage.lastUsedOn')),
    ...(name('usage.featureNames') === undefined ? {} : { features: listed(reader.raw(record, name('usage.featureNames'))) }),
  }));

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
