/** Reads properties of one account's records, counting what could not be used. */
import type { DataProblem, History, SourceRef } from '../../account.ts';
import type { Day, Instant } from '../../units/day.ts';
import type { StoredRecord } from '../store/types.ts';
import type { FactsContext } from './context.ts';
import { parseCount, parseFlag, parseShare, parseText } from './values.ts';
import { type DayReader, dayReader, type Parsed, parseDayValue } from './when.ts';

type ProblemCode = DataProblem['code'];
export type Parse<T> = (raw: string | null) => Parsed<T>;

/** Where a problem's value is cut. */
const VALUE_LIMIT = 120;

const usable = (instant: Instant): boolean => Number.isFinite(instant) && instant > 0;

/** Ids are decimal text of any length: shorter is smaller, so that order is that of creation. */
export const byId = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);

export class FactReader {
  readonly problems: DataProblem[] = [];
  readonly context: FactsContext;
  /** The portal's day of an instant. */
  readonly dayOf: DayReader;
  private readonly accountId: string;

  constructor(context: FactsContext, accountId: string) {
    this.context = context;
    this.accountId = accountId;
    this.dayOf = dayReader(context.zone);
  }

  report(code: ProblemCode, source: SourceRef, value: string): void {
    this.problems.push({ code, accountId: this.accountId, source, value: value.slice(0, VALUE_LIMIT).toWellFormed() });
  }

  /** The raw value; null where the property is not mapped or the record lacks it. */
  raw(record: StoredRecord, property: string | undefined): string | null {
    return property !== undefined && Object.hasOwn(record.properties, property) ? (record.properties[property] ?? null) : null;
  }

  /** The current value, null where it is empty or (reported) no such value. */
  value<T>(record: StoredRecord, property: string | undefined, parse: Parse<T>, code: ProblemCode): T | null {
    const raw = this.raw(record, property);
    if (raw === null) return null;
    const parsed = parse(raw);
    if (parsed.ok) return parsed.value;
    if (parsed.error === 'bad') this.report(code, this.source(record, property), raw);
    return null;
  }

  text(record: StoredRecord, property: string | undefined): string | null {
    return this.value(record, property, parseText, 'number');
  }

  count(record: StoredRecord, property: string | undefined): number | null {
    return this.value(record, property, parseCount, 'number');
  }

  share(record: StoredRecord, property: string | undefined): number | null {
    return this.value(record, property, parseShare, 'number');
  }

  flag(record: StoredRecord, property: string | undefined): boolean | null {
    return this.value(record, property, parseFlag, 'number');
  }

  day(record: StoredRecord, property: string | undefined): Day | null {
    return property === undefined ? null : this.value(record, property, this.dayParser(record.object, property), 'date');
  }

  dayParser(object: string, property: string): Parse<Day> {
    const type = this.type(object, property);
    return (raw) => parseDayValue(raw, type, this.dayOf);
  }

  type(object: string, property: string): string | undefined {
    const types = Object.hasOwn(this.context.propertyTypes, object) ? this.context.propertyTypes[object] : undefined;
    return types && Object.hasOwn(types, property) ? types[property] : undefined;
  }

  source(record: StoredRecord, property?: string): SourceRef {
    return property === undefined ? { object: record.object, id: record.id } : { object: record.object, id: record.id, property };
  }

  /** The day on which HubSpot recorded the record: its createdate, else the first sync that saw it. */
  knownAt(record: StoredRecord): Day {
    return this.dayOf(usable(record.createdAt) ? record.createdAt : record.firstSeenAt);
  }

  firstSeen(record: StoredRecord): Day {
    return this.dayOf(record.firstSeenAt);
  }

  /** History entries of a property, oldest first; of one instant, the value that the record has now comes last. */
  entries(record: StoredRecord, property: string): readonly { readonly value: string; readonly timestamp: Instant }[] {
    const found = Object.hasOwn(record.history, property) ? (record.history[property] ?? []) : [];
    if (found.length === 0) return [];
    const now = this.raw(record, property) ?? '';
    return found
      .filter((entry) => usable(entry.timestamp))
      .sort(
        (a, b) =>
          a.timestamp - b.timestamp ||
          Number(a.value === now) - Number(b.value === now) ||
          (a.value < b.value ? -1 : a.value > b.value ? 1 : 0),
      );
  }

  /**
   * Every value that a property is known to have had, oldest first; a cleared value is null, an unusable one is reported
   * and skipped. A value without history is known since the first sync that saw the record. Where the record holds
   * something newer than its history, that is known since the record's last change.
   */
  history<T>(record: StoredRecord, property: string, parse: Parse<T>, code: ProblemCode): History<T> {
    const source = this.source(record, property);
    const found: { value: T | null; validAt: Day; knownAt: Day; source: SourceRef }[] = [];
    const add = (raw: string | null, instant: Instant): void => {
      const parsed = parse(raw);
      if (!parsed.ok && parsed.error === 'bad') this.report(code, source, raw ?? '');
      else {
        const day = this.dayOf(instant);
        found.push({ value: parsed.ok ? parsed.value : null, validAt: day, knownAt: day, source });
      }
    };
    const entries = this.entries(record, property);
    for (const entry of entries) add(entry.value, entry.timestamp);
    const now = this.raw(record, property);
    const last = entries.at(-1);
    if (!last) {
      if (now !== null && now !== '') add(now, record.firstSeenAt);
    } else if (Object.hasOwn(record.properties, property) && (now ?? '') !== last.value && record.updatedAt >= last.timestamp) {
      add(now, record.updatedAt);
    }
    return found;
  }
}
