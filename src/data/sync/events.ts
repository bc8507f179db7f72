/**
 * Custom events, as days: how often which person or company did what on a day.
 *
 * Occurrences are asked for by type and time over the whole portal, in windows of whole days of the portal's calendar, so that
 * a window that is read again gives the same days. Each window is one transaction of days and cursor.
 */
import { EVENTS } from '../../settings/mapping.ts';
import { addDays, type Day, dayBounds, dayOf, type Instant } from '../../units/day.ts';
import type { EventsPlan } from '../hubspot/plan.ts';
import type { ApiFailure, EventOccurrence } from '../hubspot/types.ts';
import type { CacheWriter } from '../store/cache.ts';
import type { IncomingRecord } from '../store/types.ts';
import type { Run } from './run.ts';

/** What the first sync reads: the twelve weeks that signals compare, and as much again for the days before today. */
const REACH_DAYS = 182;
const WINDOW_DAYS = 7;
/** Products send late what happened while they could not. */
const LATE_DAYS = 2;
const HOLDERS = ['contacts', 'companies'] as const;
const UTC = 'UTC';

export async function readEvents(run: Run): Promise<void> {
  const { events } = run.plan;
  if (events === null || run.current.mode === 'census') return;
  const zone = (await run.cache.portal())?.timeZone ?? UTC;
  run.progress.begin('records', events.types.length);
  for (const type of events.types) {
    const failure = await readType(run, events, type, zone);
    if (failure) return run.refuse(EVENTS, failure);
    run.progress.advance(1);
  }
  await run.page((writer) => writer.setAvailable(EVENTS));
}

/** The cursor's `lastId` says that its window's end is of the run under way. */
async function readType(run: Run, events: EventsPlan, type: string, zone: string): Promise<ApiFailure | null> {
  const { sync } = run.cache;
  const key = `${EVENTS} ${type}`;
  const { to, mode } = run.current;
  const cursor = await sync.cursor(run.slot, key);
  if (cursor.finished) return null;
  const known = cursor.lastId !== null || mode === 'incremental' ? cursor.windowEnd : null;
  const today = dayOf(to, zone);
  const resumed = cursor.lastId !== null && known !== null;
  let day = known === null ? addDays(today, -REACH_DAYS) : resumed ? dayOf(known, zone) : addDays(dayOf(known, zone), -LATE_DAYS);
  while (day <= today) {
    const next = addDays(day, WINDOW_DAYS);
    const window = { from: dayBounds(day, zone).begins, until: Math.min(dayBounds(next, zone).begins, to + 1) as Instant };
    const days = new EventDays(events, type, zone);
    let after: string | null = null;
    do {
      const reply = await run.gateway.events({ type, ...window, after }, run.call);
      if (!reply.ok) return reply.error;
      days.add(reply.value.events);
      after = reply.value.after;
    } while (after !== null);
    await run.page(async (writer) => {
      const records = days.records();
      const changed = await writer.putRecords(EVENTS, records, to, 'day');
      await keepHolders(writer, records);
      run.count(EVENTS, { read: days.read, changed });
      const windowEnd = Math.min(dayBounds(next, zone).begins, to) as Instant;
      await sync.saveCursor(writer.tx, run.slot, key, { ...cursor, windowEnd, lastId: next, finished: next > today });
    });
    day = next;
    await run.breathe();
  }
  return null;
}

async function keepHolders(writer: CacheWriter, records: readonly IncomingRecord[]): Promise<void> {
  for (const holder of HOLDERS) {
    const theirs = records.filter(({ properties }) => properties.object === holder);
    const links = theirs.map(({ id, properties }) => ({ from: properties.objectId ?? '', to: id }));
    await writer.replaceBackLinks(
      holder,
      EVENTS,
      theirs.map(({ id }) => id),
      links,
    );
  }
}

interface EventDay {
  readonly object: string;
  readonly objectId: string;
  readonly day: Day;
  first: Instant;
  last: Instant;
  count: number;
  minutes: number | null;
  readonly features: Set<string>;
}

class EventDays {
  read = 0;
  private readonly seen = new Set<string>();
  private readonly days = new Map<string, EventDay>();
  private readonly plan: EventsPlan;
  private readonly type: string;
  private readonly zone: string;

  constructor(plan: EventsPlan, type: string, zone: string) {
    this.plan = plan;
    this.type = type;
    this.zone = zone;
  }

  /** An occurrence that two pages hold counts once. */
  add(events: readonly EventOccurrence[]): void {
    for (const event of events) {
      if (this.seen.has(event.id) || !HOLDERS.some((holder) => holder === event.object)) continue;
      this.seen.add(event.id);
      this.read += 1;
      const day = dayOf(event.at, this.zone);
      const key = `${event.object} ${event.objectId} ${day}`;
      const { object, objectId, at } = event;
      const found = this.days.get(key) ?? { object, objectId, day, first: at, last: at, count: 0, minutes: null, features: new Set() };
      this.days.set(key, found);
      found.first = Math.min(found.first, at) as Instant;
      found.last = Math.max(found.last, at) as Instant;
      found.count += 1;
      const minutes = Number(own(event, this.plan.minutes) || Number.NaN);
      if (Number.isFinite(minutes) && minutes >= 0) found.minutes = (found.minutes ?? 0) + minutes;
      const feature = own(event, this.plan.feature)?.trim();
      if (feature) found.features.add(feature);
    }
  }

  records(): readonly IncomingRecord[] {
    return [...this.days].map(([key, { object, objectId, day, first, last, count, minutes, features }]) => ({
      id: `${this.type} ${key}`,
      properties: {
        type: this.type,
        object,
        objectId,
        day,
        count: String(count),
        minutes: minutes === null ? null : String(minutes),
        features: features.size === 0 ? null : JSON.stringify([...features].sort()),
      },
      history: {},
      createdAt: first,
      updatedAt: last,
    }));
  }
}

const own = ({ properties }: EventOccurrence, name: string | null): string | null =>
  name !== null && Object.hasOwn(properties, name) ? (properties[name] ?? null) : null;
