/** Whether the windows of a type bring its changes at all: a property of another name finds nothing, and says nothing. */
import type { CrmRecord } from '../hubspot/types.ts';
import type { CacheWriter } from '../store/cache.ts';
import type { Alarm } from '../store/types.ts';
import type { Run } from './run.ts';

/** The search index may be this late; what changed before is a window's to bring. */
const INDEX_LAG_MS = 4 * 3_600_000;

/** Counts, at a census, the changes among `records` that the object's windows should have brought. Call before they are stored. */
export async function countMissed(run: Run, writer: CacheWriter, object: string, records: readonly CrmRecord[]): Promise<void> {
  if (run.current.mode !== 'census') return;
  const { sync } = run.cache;
  const { windowEnd } = await sync.cursorIn(writer.tx, run.scope, object);
  if (windowEnd === null) return;
  const before = (windowEnd - INDEX_LAG_MS) as typeof windowEnd;
  run.countMissed(object, await sync.missedIn(writer.tx, object, records, before));
}

/** Objects of which the census saw changes while their windows since the last census brought not a single row. */
export async function alarms(run: Run, writer: CacheWriter): Promise<Alarm[]> {
  const found: Alarm[] = [];
  for (const [object, missed] of Object.entries(run.current.missed)) {
    const cursor = await run.cache.sync.cursorIn(writer.tx, run.scope, object);
    if (missed > 0 && cursor.found === 0) found.push({ object, missed, at: run.current.to });
  }
  return found;
}
