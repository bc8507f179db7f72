/** Who did how much in the last seven days, by the activities that HubSpot has. */
import { customObjects, factsContext } from '../book/facts-context.ts';
import { assembleAccount } from '../data/facts/assemble.ts';
import { NOTHING_IMPORTED } from '../data/facts/context.ts';
import type { StoredRecord } from '../data/store/types.ts';
import { addDays, type Day } from '../units/day.ts';
import { ownBooks } from './history.ts';
import type { Session } from './session.ts';

const ACTIVITIES = ['notes', 'calls', 'meetings', 'emails'];
const DAYS = 7;

/** By owner id, of these accounts; what customers sent does not count, and what is on several accounts counts once. */
export async function actionsOfWeek(session: Session, accounts: readonly string[], asOf: Day): Promise<ReadonlyMap<string, number>> {
  const cache = await session.cache();
  const { portal } = await ownBooks(session);
  const { mapping } = session.profile.settings;
  const facts = await factsContext({ cache, portal, mapping, asOf, imported: NOTHING_IMPORTED });
  const first = addDays(asOf, 1 - DAYS);
  const counts = new Map<string, number>();
  const seen = new Set<string>();
  const fresh = (object: string, records: readonly StoredRecord[]): readonly StoredRecord[] =>
    records.filter(({ id }) => seen.size < seen.add(`${object} ${id}`).size);
  for await (const raw of cache.loadParts(accounts, { ...customObjects(mapping), mrrObject: null, usageObject: null }, ACTIVITIES)) {
    const { notes, calls, meetings, emails } = raw;
    const once = {
      ...{ notes: fresh('note', notes), calls: fresh('call', calls) },
      ...{ meetings: fresh('meeting', meetings), emails: fresh('email', emails) },
    };
    for (const { ownerId, validAt, kind, direction } of assembleAccount({ ...raw, ...once }, facts).account.touches) {
      if (ownerId === null || validAt < first || validAt > asOf || (kind === 'email' && direction !== 'out')) continue;
      counts.set(ownerId, (counts.get(ownerId) ?? 0) + 1);
    }
  }
  return counts;
}
