/**
 * Many rows through one outbox while HubSpot, over real HTTP, does to them whatever it likes: every way of not answering,
 * refusals, lags of search and lists. In the end the rows are compared with the records that the server holds.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Fault, FaultAction } from '../../src/data/demo/faults.ts';
import { startDemoServer } from '../../src/data/demo/server.ts';
import type { Intent } from '../../src/plays/intent.ts';
import type { Day, Instant } from '../../src/units/day.ts';
import { seeded } from '../data/outbox/world.ts';
import { smallPortal } from './portal.ts';
import { note, stage } from './stage.ts';
import { drive, fastClock } from './time.ts';

const SECOND = 1000;
const MINUTE = 60_000;
const HOUR = 3_600_000;
const COMPANIES = 40;

export interface StormLedger {
  readonly rows: number;
  /** Requests that asked for a record, first attempts and repeated ones. */
  readonly creates: number;
  readonly faults: number;
  /** Rows by state at the end. */
  readonly states: Readonly<Record<string, number>>;
  /** Sent, as the outbox says, but not in HubSpot. */
  readonly lost: readonly string[];
  /** More than one record with one mark. */
  readonly doubled: readonly string[];
  /** Records whose row does not say `sent`. */
  readonly unclaimed: readonly string[];
  /** Queued, and in no list any more. */
  readonly unseen: number;
}

const ACTIONS: readonly FaultAction[] = [
  { kind: 'cut-reply' },
  { kind: 'cut-json' },
  { kind: 'empty-object' },
  { kind: 'reset' },
  { kind: 'reset', apply: true },
  { kind: 'status', status: 502 },
  { kind: 'status', status: 502, apply: true },
  { kind: 'status', status: 503 },
  { kind: 'status', status: 504, apply: true },
  { kind: 'status', status: 524, apply: true },
  { kind: 'status', status: 200, apply: true, text: '<html></html>' },
  { kind: 'status', status: 423, json: { status: 'error', category: 'LOCKED', message: 'locked' } },
  { kind: 'status', status: 401, json: { status: 'error', category: 'EXPIRED_AUTHENTICATION', message: 'expired' } },
  { kind: 'status', status: 400, json: { status: 'error', category: 'VALIDATION_ERROR', message: 'refused by chance' } },
  { kind: 'rate-limit', policy: 'TEN_SECONDLY_ROLLING' },
  { kind: 'rate-limit', policy: 'TEN_SECONDLY_ROLLING', retryAfter: 30 },
  { kind: 'commit-later', ms: 30 },
];
/** One request in so many meets a fault; of the reads, fewer. */
const FAULTY = 4;
const FAULTY_LOOK = 10;

function faultsOf(rows: number, random: () => number): Fault[] {
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const at = (path: RegExp, count: number, share: number, action: () => FaultAction): Fault[] =>
    Array.from({ length: count }, (_, i) => i + 1)
      .filter(() => random() < 1 / share)
      .map((nth) => ({ match: { method: 'POST', path, body: /ref[0-9a-z]{12}|hs_timestamp/, nth }, action: action() }));
  return [
    ...at(/objects\/(notes|tasks|calls)$/, rows * 2, FAULTY, () => pick(ACTIONS)),
    ...at(/(notes|tasks|calls)\/search$/, rows, FAULTY_LOOK, () => ({ kind: 'status', status: 500 })),
  ];
}

function intentOf(index: number, now: Instant): Intent {
  const companyId = String((index % COMPANIES) + 1);
  const words = `row ${index}.`;
  const by = { companyId, ownerId: '77' };
  if (index % 3 === 1) return { kind: 'task', ...by, subject: words, body: '', due: '2027-01-05' as Day, priority: 'NONE', type: 'TODO' };
  if (index % 3 === 2)
    return {
      kind: 'call',
      ...by,
      title: words,
      body: words,
      at: now,
      direction: 'OUTBOUND',
      status: 'COMPLETED',
      disposition: null,
      durationMs: null,
    };
  return note(words, now, companyId);
}

export async function storm(rows: number, seed: number): Promise<StormLedger> {
  const random = seeded(seed);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const home = mkdtempSync(join(tmpdir(), 'kizashi-storm-'));
  const clock = fastClock();
  const faults = faultsOf(rows, random);
  const server = await startDemoServer({ portal: smallPortal(COMPANIES), now: clock.now, limits: false, faults });
  server.indexLag.set(pick([0, 30 * SECOND, 20 * MINUTE, 3 * HOUR]));
  // The list of what hangs on a company is nearly up to date, as HubSpot's is.
  server.setAssociationLag(pick([0, SECOND, 2 * MINUTE]));
  const on = await stage({ home, url: server.url, clock, answerMs: 150 });
  try {
    const queued = await on.outbox.enqueueAll(
      Array.from({ length: rows }, (_, i) => ({ intent: intentOf(i, clock.now()) })),
      { undoMs: 0 },
    );
    if (!queued.ok) throw new Error(queued.error.refused.kind);
    let seenAt = 0;
    await drive(on.outbox, clock, 40 * HOUR, async () => {
      if (clock.now() - seenAt < 10 * MINUTE) return;
      seenAt = clock.now();
      // Colleagues go on working: without that nothing would prove how far the index has come.
      for (const object of ['notes', 'tasks', 'calls'])
        await on.gateway.create(object, { properties: { hs_timestamp: String(seenAt) }, associations: [] });
    });
    await server.settled();
    const listed = await on.outbox.list();
    const made = new Map<string, number>();
    for (const type of ['0-46', '0-27', '0-48'])
      for (const record of server.portal.types.get(type)?.records.values() ?? [])
        for (const value of Object.values(record.properties))
          for (const marker of value.match(/ref[0-9a-z]{12}/g) ?? []) made.set(marker, (made.get(marker) ?? 0) + 1);
    const count = (marker: string) => made.get(marker) ?? 0;
    const states: Record<string, number> = {};
    for (const { state } of listed) states[state] = (states[state] ?? 0) + 1;
    return {
      rows,
      creates: server.requests.filter(
        ({ method, path, body }) => method === 'POST' && /objects\/(notes|tasks|calls)$/.test(path) && /ref[0-9a-z]{12}/.test(body),
      ).length,
      faults: faults.length,
      states,
      lost: listed.filter(({ state, marker }) => state === 'sent' && count(marker) === 0).map(({ text }) => text),
      doubled: listed.filter(({ marker }) => count(marker) > 1).map(({ text }) => text),
      unclaimed: listed.filter(({ state, marker }) => state !== 'sent' && count(marker) > 0).map(({ text }) => text),
      unseen: queued.value.ids.filter((id) => !listed.some((row) => row.id === id)).length,
    };
  } finally {
    await on.close();
    await server.close();
    rmSync(home, { recursive: true, force: true });
  }
}
