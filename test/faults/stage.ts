/** The real outbox over a real file and the real gateway, with a place to break in at each step. */
import { join } from 'node:path';
import { createGateway } from '../../src/data/hubspot/gateway.ts';
import type { Pace } from '../../src/data/hubspot/pace.ts';
import type { Gateway } from '../../src/data/hubspot/types.ts';
import { type Outbox, openOutbox } from '../../src/data/outbox/outbox.ts';
import type { Db, Queries, SqlValue } from '../../src/data/store/driver.ts';
import { openLocal } from '../../src/data/store/local.ts';
import { keepMarkerProperty } from '../../src/data/store/outbox-rows.ts';
import type { NoteIntent } from '../../src/plays/intent.ts';
import { OWNER, PORTAL_ID, TOKEN, UNIQUE } from './portal.ts';
import { type FileClock, fileClock } from './time.ts';

/** `x.before` and `x.after` stand around a commit; the others right before what they name. */
export const STEPS = [
  'enqueue.before',
  'enqueue.after',
  'target',
  'sending.before',
  'sending.after',
  'connect',
  'link',
  'sent.before',
  'sent.after',
  'look.before',
  'look.after',
  'look.search',
  'look.associations',
  'look.witness',
  'look.settle.before',
  'look.settle.after',
] as const;
export type Step = (typeof STEPS)[number];

/** May throw, or never return. */
export type Breaker = (step: Step) => void;

export interface Stage {
  readonly db: Db;
  readonly gateway: Gateway;
  readonly clock: FileClock;
  readonly outbox: Outbox;
  close(): Promise<void>;
}

export interface StageOptions {
  readonly home: string;
  readonly url: string;
  readonly at?: Breaker;
  readonly answerMs?: number;
  /** In one process no file is needed. */
  readonly clock?: FileClock;
  readonly apiVersion?: 'v3' | '2026-09';
  /** The portal keeps our marks unique in a property. */
  readonly unique?: boolean;
  /** Default: as fast as it goes. */
  readonly pace?: Pace;
}

export async function stage({
  home,
  url,
  at = () => undefined,
  answerMs = 5000,
  clock = fileClock(join(home, 'offset')),
  apiVersion = 'v3',
  unique = false,
  pace = { take: async () => 'go', learn: () => undefined, hold: () => undefined },
}: StageOptions): Promise<Stage> {
  const { db } = await openLocal(join(home, 'local.db'), clock.now());
  const gateway = createGateway({
    baseUrl: new URL(url),
    token: TOKEN,
    apiVersion,
    pace,
    now: clock.now,
    random: () => 0.5,
    sleep: (ms, signal) => clock.sleep(ms, signal),
    timeouts: { connectMs: 2000, answerMs },
    proxy: { http: null, https: null, no: null },
  });
  if (unique) for (const object of ['notes', 'tasks']) await keepMarkerProperty(db, PORTAL_ID, object, UNIQUE, clock.now());
  const outbox = openOutbox({
    local: breakable(db, at),
    gateway: watched(gateway, at),
    clock,
    random: Math.random,
    portalId: PORTAL_ID,
    timeZone: 'Asia/Tokyo',
    undoMs: 0,
  });
  const close = async () => {
    gateway.close();
    await db.close();
  };
  return { db, gateway, clock, outbox, close };
}

export const note = (body: string, at: number, companyId = '1'): NoteIntent => ({
  kind: 'note',
  companyId,
  body,
  at: at as NoteIntent['at'],
  ownerId: OWNER,
});

/** Which commit a statement belongs to, read off what it writes. */
function stepOf(sql: string, params: readonly SqlValue[]): 'enqueue' | 'sending' | 'sent' | 'look' | 'look.settle' | null {
  if (sql.startsWith('INSERT INTO outbox (')) return 'enqueue';
  if (sql.startsWith('INSERT INTO outbox_attempts')) return 'sent';
  if (sql.startsWith('INSERT INTO outbox_evidence')) return 'look.settle';
  if (sql.startsWith('UPDATE outbox SET state = ?') && params[0] === 'sending') return 'sending';
  if (sql.startsWith('UPDATE outbox SET crashes = ?')) return 'look';
  return null;
}

function breakable(db: Db, at: Breaker): Db {
  const inside = (tx: Queries, seen: (step: ReturnType<typeof stepOf>) => void): Queries => ({
    all: (sql, ...params) => tx.all(sql, ...params),
    get: (sql, ...params) => tx.get(sql, ...params),
    runMany: (sql, rows) => tx.runMany(sql, rows),
    run: async (sql, ...params) => {
      const changed = await tx.run(sql, ...params);
      seen(stepOf(sql, params));
      return changed;
    },
  });
  const around = async <T>(work: (tx: Queries) => Promise<T>): Promise<T> => {
    let step: ReturnType<typeof stepOf> = null;
    const result = await db.transaction(async (tx) => {
      const value = await work(inside(tx, (found) => (step = found ?? step)));
      if (step) at(`${step}.before`);
      return value;
    });
    if (step) at(`${step}.after`);
    return result;
  };
  return {
    path: db.path,
    all: (sql, ...params) => db.all(sql, ...params),
    get: (sql, ...params) => db.get(sql, ...params),
    run: (sql, ...params) => around((tx) => tx.run(sql, ...params)),
    runMany: (sql, rows) => db.runMany(sql, rows),
    transaction: around,
    backup: (path) => db.backup(path),
    close: () => db.close(),
  };
}

function watched(gateway: Gateway, at: Breaker): Gateway {
  return {
    ...gateway,
    portalInfo: (options) => gateway.portalInfo(options),
    read: (object, ...rest) => {
      if (object === 'companies') at('target');
      return gateway.read(object, ...rest);
    },
    search: (object, request, options) => {
      at(request.filterGroups[0]?.[0]?.propertyName === 'hs_createdate' ? 'look.witness' : 'look.search');
      return gateway.search(object, request, options);
    },
    associations: (...all) => {
      at('look.associations');
      return gateway.associations(...all);
    },
    upsert: (...all) => {
      at('connect');
      return gateway.upsert(...all);
    },
    update: (...all) => {
      at('connect');
      return gateway.update(...all);
    },
    archive: (...all) => {
      at('connect');
      return gateway.archive(...all);
    },
    associate: (...all) => {
      at('link');
      return gateway.associate(...all);
    },
    create: (object, record, options) => {
      if (JSON.stringify(record).includes('ref')) at('connect');
      return gateway.create(object, record, options);
    },
  };
}
