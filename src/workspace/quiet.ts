/** Putting accounts and signals aside, kept on this machine. */
import type { BookRow } from '../book/row.ts';
import { type DismissReason, ENDED, type SnoozeWish, snoozeOf } from '../book/snoozing.ts';
import { type Dismissal, dismissals, keepDismissal, keepSnoozes, type Snooze, snoozes } from '../data/store/local-queries.ts';
import type { Planned } from '../plays/intent.ts';
import type { QuietPolicy } from '../policy.ts';
import type { Day, Instant } from '../units/day.ts';
import type { Session } from './session.ts';

/** What stood before, to be put back. */
export interface SnoozesBefore {
  readonly kind: 'snoozes';
  readonly before: ReadonlyMap<string, Snooze | null>;
  /** Rows of the outbox that tell the team. */
  readonly queued: readonly string[];
}

export interface DismissalBefore {
  readonly kind: 'dismissal';
  readonly accountId: string;
  readonly signal: string;
  readonly before: Dismissal | null;
}

export type AsideBefore = SnoozesBefore | DismissalBefore;

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
  await keepSnoozes(
    db,
    ports.portalId,
    new Map(rows.map((row) => [row.id, wish ? snoozeOf(row, wish, ports.quiet, at) : { ...ENDED, at }])),
  );
  const queued = await share(ports, new Map(rows.map(({ id }) => [id, wish?.until ?? null])));
  await outdate(ports);
  return { kind: 'snoozes', queued, before: new Map(rows.map(({ id }) => [id, known.get(id) ?? null])) };
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

export async function restoreQuiet(ports: QuietPorts, was: AsideBefore): Promise<void> {
  const { db } = await ports.session.local();
  if (was.kind === 'snoozes') {
    // Where there was none, its end must still stand against what the team's property is about to say.
    const ended: Snooze = { ...ENDED, at: ports.now() };
    await keepSnoozes(db, ports.portalId, new Map([...was.before].map(([id, before]) => [id, before ?? ended])));
    await share(ports, new Map([...was.before].map(([id, before]) => [id, before?.untilDay ?? null])));
  } else await keepDismissal(db, ports.portalId, was.accountId, was.signal, was.before);
  await outdate(ports);
}

/** Writes the days into the team's property, where one is mapped: by the outbox, as everything that is written. */
async function share({ session }: QuietPorts, days: ReadonlyMap<string, Day | null>): Promise<readonly string[]> {
  const property = session.profile.settings.mapping['profile.snoozedUntil'];
  if (property === undefined || days.size === 0) return [];
  const planned = [...days].map(
    ([companyId, day]): Planned => ({
      intent: { kind: 'company_update', companyId, changes: [{ property, value: day ?? '' }], what: `${property} → ${day ?? '–'}` },
    }),
  );
  const queued = await (await session.outbox()).enqueueAll(planned, { undoMs: 0 });
  return queued.ok ? queued.value.ids : [];
}

/** The book is scored anew with it. */
const outdate = async ({ session }: QuietPorts): Promise<void> => (await session.cache()).outdate();
