/** Taking back: what has not left is deleted, what has is taken back by an operation of its own. */
import type { Instant } from '../../units/day.ts';
import type { Db, Queries } from '../store/driver.ts';
import { changeRow, dependants, insertRow, type OutboxRow, removeUnsent, rowById, rows, uncoalesce } from '../store/outbox-rows.ts';
import { forgetPlaySteps } from '../store/play-steps.ts';
import { inverseOf } from './changes.ts';
import { rowOf } from './freeze.ts';
import { behindOthers, type Queueing } from './queue.ts';
import type { FrozenRequest, FrozenUpdate, RequestTarget } from './types.ts';

/** `removed`: nothing was sent. `queued`: the row that takes it back, under `id`. */
export type Undone = { readonly kind: 'removed' } | { readonly kind: 'queued'; readonly id: string };

export function undoRow(db: Db, id: string, queueing: Queueing): Promise<Undone | null> {
  return db.transaction(async (tx): Promise<Undone | null> => {
    const row = await rowById(tx, id);
    if (row?.portalId !== queueing.portalId || row.state === 'dropped') return null;
    if (await removeUnsent(tx, id)) {
      await forgetPlaySteps(tx, [id]);
      await release(tx, id, (waiting) => removeUnsent(tx, waiting));
      await uncoalesce(tx, id, queueing.now);
      return { kind: 'removed' };
    }
    if (row.state === 'needs_you' && row.inDoubt === 0 && row.hubspotId === null) return null;
    const already = await counterOf(tx, row);
    if (already) return { kind: 'queued', id: already };
    const counter = counterTo(row);
    if (counter === null) return null;
    await forgetPlaySteps(tx, [id]);
    const made = rowOf(
      { kind: counter.operation === 'archive' ? 'archive' : 'edit', companyId: row.companyId, text: row.text },
      counter,
      { ...queueing, id: queueing.makeId(queueing.now), step: `undo ${id}` },
      row.state === 'sent' ? [] : [id],
    );
    await insertRow(tx, row.operation === 'create' ? await behindOthers(tx, made, queueing.now) : made);
    return { kind: 'queued', id: made.id };
  });
}

/** The row that already takes this one back. */
async function counterOf(tx: Queries, row: OutboxRow): Promise<string | null> {
  const others = await rows(tx, { portalId: row.portalId, companyId: row.companyId });
  return others.find((other) => other.step === `undo ${row.id}` && other.state !== 'dropped')?.id ?? null;
}

function counterTo(row: OutboxRow): FrozenRequest | null {
  const frozen = JSON.parse(row.request) as FrozenRequest;
  switch (frozen.operation) {
    case 'create': {
      const target: RequestTarget = row.state === 'sent' && row.hubspotId !== null ? { id: row.hubspotId } : { row: row.id };
      return { operation: 'archive', object: frozen.object, target };
    }
    case 'update':
      return inverseOf(frozen satisfies FrozenUpdate);
    // HubSpot has no way back by its interface; people can restore the record in its bin.
    case 'archive':
      return null;
  }
}

/** Gives a row up; its text is kept 30 days. False where it is being sent or was sent. */
export function dropRow(db: Db, id: string, now: Instant): Promise<boolean> {
  const drop = (tx: Queries, one: string) =>
    changeRow(tx, one, ['held', 'ready', 'unknown', 'needs_you'], { state: 'dropped', settledAt: now, nextLookAt: null });
  return db.transaction(async (tx) => {
    if (!(await drop(tx, id))) return false;
    await release(tx, id, (waiting) => drop(tx, waiting));
    return true;
  });
}

/** What waited for a row that will never be sent: changes of what it would have made go with it, all else waits for it no more. */
async function release(tx: Queries, id: string, giveUp: (id: string) => Promise<boolean>): Promise<void> {
  for (const waiting of await dependants(tx, id)) {
    const frozen = JSON.parse(waiting.request) as FrozenRequest;
    const aimsAtIt = frozen.operation !== 'create' && 'row' in frozen.target && frozen.target.row === id;
    if (aimsAtIt && (await giveUp(waiting.id))) await release(tx, waiting.id, giveUp);
    else await changeRow(tx, waiting.id, [waiting.state], { dependsOn: waiting.dependsOn.filter((other) => other !== id) });
  }
}
