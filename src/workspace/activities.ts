/** What logging an activity and looking after tasks needs of the store. */
import { type AttachedRecord, attachedRecords } from '../book/attached.ts';
import { customObjects } from '../book/facts-context.ts';
import type { BookSnapshot } from '../book/row.ts';
import { type BookTask, openTasks } from '../book/tasks.ts';
import { dayBounds } from '../units/day.ts';
import type { Books } from './books.ts';
import type { Session } from './session.ts';

export async function bookTasks(
  session: Session,
  { portal, today }: Pick<Books, 'portal' | 'today'>,
  { asOf, rows, syncedAt }: Pick<BookSnapshot, 'asOf' | 'rows' | 'syncedAt'>,
): Promise<readonly BookTask[]> {
  const cache = await session.cache();
  const stored = await cache.tasksOn(
    rows.map(({ id }) => id),
    dayBounds(asOf, portal.timeZone).ends,
  );
  return openTasks({
    stored,
    outbox: asOf === today ? await (await session.outbox()).list() : [],
    accounts: new Map(rows.map((row) => [row.id, row])),
    owners: await cache.owners(),
    zone: portal.timeZone,
    asOf,
    today,
    syncedAt,
  });
}

/** Nothing for an account that the store does not have. */
export async function attachedTo(session: Session, accountId: string): Promise<readonly AttachedRecord[]> {
  const cache = await session.cache();
  const custom = customObjects(session.profile.settings.mapping);
  for await (const raw of cache.loadParts([accountId], custom, ['contacts', 'deals', 'tickets'])) return attachedRecords(raw);
  return [];
}

export async function callOutcomes(session: Session): Promise<readonly { readonly value: string; readonly label: string }[]> {
  const definitions = await (await session.cache()).propertyDefs('calls');
  return definitions.find(({ name }) => name === 'hs_call_disposition')?.options ?? [];
}
