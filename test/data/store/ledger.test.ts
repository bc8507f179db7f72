/** The ledger beside a real outbox, and experiments as they are kept. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/data/outbox/clock.ts';
import { openOutbox } from '../../../src/data/outbox/outbox.ts';
import { experiments, keepExperiment, type StoredExperiment } from '../../../src/data/store/experiments.ts';
import { keepEntry, type LedgerEntry, ledgerEntries, settleLedger } from '../../../src/data/store/ledger.ts';
import { type Local, openLocal } from '../../../src/data/store/local.ts';
import type { Day, Instant } from '../../../src/units/day.ts';
import { fromMajor } from '../../../src/units/money.ts';

const NOW = Date.parse('2026-11-21T00:00:00Z') as Instant;
const DAY = 86_400_000;

let folder: string;
let local: Local;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kizashi-ledger-'));
  local = await openLocal(join(folder, 'local.db'), NOW);
});
afterEach(async () => {
  await local.db.close();
  rmSync(folder, { recursive: true });
});

const entry = (actionId: string, more: Partial<LedgerEntry> = {}): LedgerEntry => ({
  actionId,
  accountId: '7',
  kind: 'note',
  at: NOW,
  risk: 61,
  band: 'high',
  mrr: fromMajor(1234.5),
  currency: 'JPY',
  signals: [
    { id: 'usage.last_login', points: 14 },
    { id: 'sentiment.nps_high', points: -4 },
  ],
  ...more,
});

describe('the ledger', () => {
  const outbox = () =>
    openOutbox({
      local: local.db,
      clock: { ...systemClock, now: () => NOW },
      random: Math.random,
      portalId: '1',
      timeZone: 'Asia/Tokyo',
      undoMs: 10_000,
    });
  const acted = async (): Promise<string> => {
    const queued = await outbox().enqueue({ kind: 'note', companyId: '7', body: 'Called', at: NOW, ownerId: null });
    if (!queued.ok) throw new Error(queued.error.kind);
    await keepEntry(local.db, '1', entry(queued.value.id));
    return queued.value.id;
  };
  const left = async (now = NOW) => {
    await settleLedger(local.db, now);
    return (await ledgerEntries(local.db, '1')).map(({ actionId, accountId, sent }) => [actionId, accountId, sent]);
  };

  it('gives back what was kept, by portal, oldest first, from a moment on', async () => {
    await keepEntry(local.db, '1', entry('b'));
    await keepEntry(local.db, '1', entry('a', { at: (NOW - DAY) as Instant, mrr: null, band: null }));
    await keepEntry(local.db, '2', entry('c'));
    const all = await ledgerEntries(local.db, '1');
    expect(all).toEqual([
      { ...entry('a', { at: (NOW - DAY) as Instant, mrr: null, band: null }), sent: false, hubspotId: null, play: null },
      { ...entry('b'), sent: false, hubspotId: null, play: null },
    ]);
    expect((await ledgerEntries(local.db, '1', NOW)).map(({ actionId }) => actionId)).toEqual(['b']);
  });

  it('forgets what was undone or dropped, and keeps what waits', async () => {
    const [undone, dropped, waits] = [await acted(), await acted(), await acted()];
    expect(await outbox().undo(undone)).toEqual({ kind: 'removed' });
    expect(await outbox().drop(dropped)).toBe(true);
    expect(await left()).toEqual([[waits, '7', false]]);
  });

  it('keeps what was sent when the outbox has forgotten it, on the account that survived a merge', async () => {
    const id = await acted();
    await local.db.run(
      "UPDATE outbox SET state = 'sent', company_id = '8', hubspot_id = '900', play = 're-engage', settled_at = ? WHERE id = ?",
      NOW,
      id,
    );
    expect(await left()).toEqual([[id, '8', true]]);
    await local.db.run('DELETE FROM outbox');
    expect(await left()).toEqual([[id, '8', true]]);
    expect((await ledgerEntries(local.db, '1'))[0]).toMatchObject({ hubspotId: '900', play: 're-engage' });
  });

  it('forgets what was taken back after it had been sent', async () => {
    const [id, other] = [await acted(), await acted()];
    await local.db.run("UPDATE outbox SET state = 'sent', hubspot_id = '900' || id, settled_at = ?", NOW);
    expect(await left()).toHaveLength(2);
    expect(await outbox().undo(id)).toEqual(expect.objectContaining({ kind: 'queued' }));
    expect(await left()).toEqual([[other, '7', true]]);
  });

  it('keeps what nobody looked at until the outbox had forgotten that it was sent', async () => {
    const id = await acted();
    await local.db.run('DELETE FROM outbox');
    expect(await left((NOW + 100 * DAY) as Instant)).toEqual([[id, '7', false]]);
  });
});

describe('experiments', () => {
  const calls: StoredExperiment = {
    name: 'Onboarding calls',
    madeAt: NOW,
    from: '2026-11-21' as Day,
    to: '2027-02-18' as Day,
    choice: { kind: 'drawn', seed: 7, among: 40 },
    accounts: [
      { id: '1', name: 'Sample K.K.', side: 'target' },
      { id: '2', name: 'Other K.K.', side: 'control' },
    ],
  };

  it('come back as they were made, and a name is taken once a portal', async () => {
    expect(await keepExperiment(local.db, '1', calls)).toBe(true);
    expect(await keepExperiment(local.db, '1', { ...calls, accounts: [] })).toBe(false);
    expect(await keepExperiment(local.db, '2', { ...calls, accounts: [] })).toBe(true);
    expect(await experiments(local.db, '1')).toEqual([calls]);
    expect(await experiments(local.db, '3')).toEqual([]);
  });
});
