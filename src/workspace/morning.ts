/** The day's own marks: which accounts are done, and when the brief was gone through. Kept on this machine. */
import { type BriefSummary, brief, briefSummary, type SinceWish, sinceOf } from '../book/brief.ts';
import { type DoneMark, type DoneMarks, doneMark } from '../book/done.ts';
import type { BookRow } from '../book/row.ts';
import { doneOn, forgetLook, keepDone } from '../data/store/done-rows.ts';
import { keepLook, lastLook } from '../data/store/local-queries.ts';
import type { Scope } from '../data/store/types.ts';
import { type Day, dayOf, type Instant } from '../units/day.ts';
import { bookTasks } from './activities.ts';
import type { Books } from './books.ts';
import type { Session } from './session.ts';

/** Under which a last look at the book is kept. */
export const LOOK = 'book';

export interface DoneBefore {
  readonly kind: 'done';
  readonly before: ReadonlyMap<string, DoneMark | null>;
}

export interface LookBefore {
  readonly kind: 'look';
  readonly before: Instant | null;
}

export interface MorningPorts {
  readonly session: Session;
  readonly portalId: string;
  readonly scope: Scope;
  now(): Instant;
}

export const doneMarks = async ({ session, portalId }: MorningPorts, day: Day): Promise<DoneMarks> =>
  doneOn((await session.local()).db, portalId, day);

/** All accounts or none. */
export async function markDone(ports: MorningPorts, rows: readonly BookRow[], day: Day, done: boolean): Promise<DoneBefore> {
  const known = await doneMarks(ports, day);
  const at = ports.now();
  const { db } = await ports.session.local();
  await keepDone(db, ports.portalId, new Map(rows.map((row) => [row.id, done ? doneMark(row, day, at) : null])));
  return { kind: 'done', before: new Map(rows.map(({ id }) => [id, known.get(id) ?? null])) };
}

/** What changed is told from now the next time. */
export async function keepLooked({ session, portalId, scope, now }: MorningPorts): Promise<LookBefore> {
  const { db } = await session.local();
  const before = await lastLook(db, portalId, scope, LOOK);
  await keepLook(db, portalId, scope, LOOK, now());
  return { kind: 'look', before };
}

export async function restoreMorning({ session, portalId, scope }: MorningPorts, was: DoneBefore | LookBefore): Promise<void> {
  const { db } = await session.local();
  if (was.kind === 'done') return keepDone(db, portalId, was.before);
  if (was.before === null) return forgetLook(db, portalId, scope, LOOK);
  return keepLook(db, portalId, scope, LOOK, was.before);
}

export async function lookedAt(session: Session, { portal, scope }: Books): Promise<{ readonly at: Instant; readonly day: Day } | null> {
  const at = await lastLook((await session.local()).db, portal.portalId, scope, LOOK);
  return at === null ? null : { at, day: dayOf(at, portal.timeZone) };
}

/** What changed in the book that is kept; null before a whole one is. `myId`: whose tasks, everybody's without. */
export async function readBrief(session: Session, books: Books, wish: SinceWish, myId: string | null): Promise<BriefSummary | null> {
  const now = (await books.kept())?.snapshot ?? null;
  if (now === null || now.syncedAt === null) return null;
  const look = await lookedAt(session, books);
  const since = sinceOf(wish, books.asOf, look);
  const before = await books.on(since.day, 'as kept');
  const tasks = await bookTasks(session, books, now);
  const mine = tasks.flatMap(({ id, accountId, account, subject, due, owner }) =>
    due !== null && (myId === null || owner?.id === myId) ? [{ id, accountId, account, subject, due }] : [],
  );
  const seenAt = look !== null && look.day === books.asOf ? look.at : null;
  return briefSummary(brief({ before, now, lookedAt: since.at, tasks: mine }), wish, seenAt);
}
