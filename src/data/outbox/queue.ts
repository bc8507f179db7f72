/** From intents to rows on disk, in one commit: freezing, ordering, and joining changes of one record. */
import type { Planned } from '../../plays/intent.ts';
import type { Instant } from '../../units/day.ts';
import { err, ok, type Result } from '../../units/result.ts';
import type { Db, Queries } from '../store/driver.ts';
import { changeRow, insertRow, type OutboxRow, rows } from '../store/outbox-rows.ts';
import { keepPlayStep } from '../store/play-steps.ts';
import { joined } from './changes.ts';
import { freeze, hashOf, refusal } from './freeze.ts';
import type { Random } from './ids.ts';
import type { FrozenRequest, FrozenUpdate, Refused } from './types.ts';

export interface Queueing {
  readonly portalId: string;
  readonly timeZone: string;
  readonly now: Instant;
  readonly random: Random;
  readonly makeId: (now: Instant) => string;
  readonly undoMs: number;
  readonly groupId: string | null;
  readonly play: string | null;
}

export interface RefusedAt {
  readonly index: number;
  readonly refused: Refused;
}

/** Rolls the transaction back without being an error of anybody's. */
class NotQueued extends Error {
  readonly at: RefusedAt;
  constructor(at: RefusedAt) {
    super('not queued');
    this.at = at;
  }
}

export async function queueAll(
  db: Db,
  planned: readonly Planned[],
  queueing: Queueing,
): Promise<Result<{ readonly ids: readonly string[]; readonly groupId: string; readonly undoUntil: Instant }, RefusedAt>> {
  for (const [index, { intent }] of planned.entries()) {
    const refused = refusal(intent);
    if (refused) return err({ index, refused });
  }
  const { now, makeId, undoMs, groupId } = queueing;
  const ids = planned.map(() => makeId(now));
  try {
    await db.transaction(async (tx) => {
      for (const [index, one] of planned.entries()) {
        const { intent, after = [], step } = one;
        const dependsOn = after.map((place) => ids[place]).filter((id) => id !== undefined);
        const frozen = await freeze(tx, intent, { ...queueing, id: ids[index] ?? '', dependsOn, step: step ?? null });
        if (!frozen.ok) throw new NotQueued({ index, refused: frozen.error });
        await insertRow(tx, await behindOthers(tx, frozen.value, now));
        await keepUnmarked(tx, one, frozen.value, queueing);
      }
    });
  } catch (error) {
    if (error instanceof NotQueued) return err(error.at);
    throw error;
  }
  return ok({ ids, groupId: groupId ?? ids[0] ?? '', undoUntil: (now + undoMs) as Instant });
}

/** What the play's progress could not read off HubSpot. */
async function keepUnmarked(tx: Queries, { intent, step, run, drafts = [] }: Planned, row: OutboxRow, queueing: Queueing): Promise<void> {
  const { portalId, play, now } = queueing;
  if (play === null || run === undefined) return;
  const common = { accountId: intent.companyId, run, play, at: now };
  if (intent.kind === 'company_update' && step !== undefined)
    await keepPlayStep(tx, portalId, { ...common, step, rowId: row.id, subject: row.text });
  for (const draft of drafts) await keepPlayStep(tx, portalId, { ...common, ...draft, rowId: null });
}

/**
 * A change waits for the changes of the same record that were queued before it; with one that has never been sent it
 * becomes one change, so that HubSpot and the portal's workflows see only what is wanted in the end.
 */
export async function behindOthers(tx: Queries, row: OutboxRow, now: Instant): Promise<OutboxRow> {
  if (row.operation === 'create') return row;
  const { object, target } = JSON.parse(row.request) as Exclude<FrozenRequest, { operation: 'create' }>;
  const open = await rows(tx, {
    portalId: row.portalId,
    companyId: row.companyId,
    states: ['held', 'ready', 'sending', 'unknown', 'needs_you'],
  });
  const before = open.filter((other) => {
    if (other.operation === 'create') return false;
    const frozen = JSON.parse(other.request) as Exclude<FrozenRequest, { operation: 'create' }>;
    return frozen.object === object && JSON.stringify(frozen.target) === JSON.stringify(target);
  });
  const last = before.at(-1);
  if (last && row.operation === 'update' && canJoin(last) && row.groupId === null) return join(tx, last, row, now);
  return { ...row, dependsOn: [...new Set([...row.dependsOn, ...before.map(({ id }) => id)])] };
}

const canJoin = (row: OutboxRow): boolean =>
  row.operation === 'update' && (row.state === 'held' || row.state === 'ready') && row.attempts === 0 && row.groupId === null;

async function join(tx: Queries, earlier: OutboxRow, later: OutboxRow, now: Instant): Promise<OutboxRow> {
  const frozen = joined(JSON.parse(earlier.request) as FrozenUpdate, JSON.parse(later.request) as FrozenUpdate);
  const request = JSON.stringify(frozen);
  const because = { code: 'coalesced', params: { into: later.id } } as const;
  await changeRow(tx, earlier.id, ['held', 'ready'], { state: 'dropped', because, settledAt: now });
  const text = earlier.text === later.text ? later.text : `${earlier.text} · ${later.text}`;
  return { ...later, request, requestHash: hashOf(request), text, dependsOn: [...new Set([...earlier.dependsOn, ...later.dependsOn])] };
}
