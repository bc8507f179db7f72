/** How far the store can tell of a book's months: what was never read is not known, and a record that is not there no churn. */
import { mrrStamp } from '../data/store/imports.ts';
import type { Scope, StoredPortal } from '../data/store/types.ts';
import { type Day, dayOf, type Instant, monthOf } from '../units/day.ts';
import type { Session } from './session.ts';

/**
 * `asOf`; where its month began after HubSpot was last read (or, with MRR from a file, after the last import) the day of that,
 * and today at most. The demo portal is made for its day, and was never read on another.
 */
export async function dataUntil(session: Session, { portalId, timeZone }: StoredPortal, scope: Scope, asOf: Day, today: Day): Promise<Day> {
  const { options, settings } = session.profile;
  if (options.demo) return asOf;
  const instants = [await (await session.cache()).syncedAt(scope)];
  if (settings.mapping['mrr.source'] === 'csv') {
    const [, newest] = (await mrrStamp((await session.local()).db, portalId)).split(' ');
    instants.push(Number(newest) as Instant);
  }
  const known = instants.flatMap((at) => (at === null || at === 0 ? [] : [dayOf(at, timeZone)])).sort();
  const last = [...known.slice(-1), today].sort()[0] ?? today;
  if (asOf > today) return last;
  return monthOf(last) < monthOf(asOf) ? last : asOf;
}
