/** Putting accounts and signals aside, kept on this machine. */
import type { BookRow } from '../book/row.ts';
import { type DismissReason, type SnoozeWish, snoozeOf } from '../book/snoozing.ts';
import { type Dismissal, dismissals, keepDismissal, keepSnoozes, type Snooze, snoozes } from '../data/store/local-queries.ts';
import type { QuietPolicy } from '../policy.ts';
import type { Instant } from '../units/day.ts';
import type { Session } from './session.ts';

/** What stood before, to be put back. */
export interface SnoozesBefore {
  readonly kind: 'snoozes';
  readonly before: ReadonlyMap<string, Snooze | null>;
}

export interface DismissalBefore {
  readonly kind: 'dismissal';
  readonly accountId: string;
  readonly signal: string;
  readonly before: Dismissal | null;
}

export type QuietBefore = SnoozesBefore | DismissalBefore;

export interface QuietPorts {
  readonly session: Session;
  readonly portalId: string;
  readonly quiet: QuietPolicy;
  now(): Instant;
}

/** A null wish ends the snooze. All accounts or none; gives back what stood before. */
export async function snoozeRows(ports: QuietPorts, rows: readonly BookRow[], wish: SnoozeWish | null): Promise<SnoozesBefore> {
  const { db } = await ports.session.local();
  const known = await snoozes(db, ports.portalId);
  const at = ports.now();
  await keepSnoozes(db, ports.portalId, new Map(rows.map((row) => [row.id, wish && snoozeOf(row, wish, ports.quiet, at)])));
  await outdate(ports);
  return { kind: 'snoozes', before: new Map(rows.map(({ id }) => [id, known.get(id) ?? null])) };
}

/** A null reason lets the signal count again. */
export async function dismissSignal(
  ports: QuietPorts,
  accountId: string,
  signal: string,
  reason: DismissReason | null,
): Promise<DismissalBefore> {
  const { db } = await ports.session.local();
  const before = (await dismissals(db, ports.portalId)).get(accountId)?.find((one) => one.signal === signal) ?? null;
  await keepDismissal(db, ports.portalId, accountId, signal, reason && { signal, at: ports.now(), untilDay: null, reason });
  await outdate(ports);
  return { kind: 'dismissal', accountId, signal, before };
}

export async function restoreQuiet(ports: QuietPorts, was: QuietBefore): Promise<void> {
  const { db } = await ports.session.local();
  if (was.kind === 'snoozes') await keepSnoozes(db, ports.portalId, was.before);
  else await keepDismissal(db, ports.portalId, was.accountId, was.signal, was.before);
  await outdate(ports);
}

/** The book is scored anew with it. */
const outdate = async ({ session }: QuietPorts): Promise<void> => (await session.cache()).outdate();
