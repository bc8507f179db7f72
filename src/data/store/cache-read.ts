/** What the cache answers: accounts with everything that hangs on them, definitions, where the data stand. */
import { type Day, dayOf, type Instant, parseDay } from '../../units/day.ts';
import type { Db } from './driver.ts';
import type {
  Alarm,
  ChildRecord,
  CompanyName,
  CustomObjects,
  GoneRecord,
  RawAccount,
  RecordHistory,
  Scope,
  StoredDrift,
  StoredObjectSchema,
  StoredOwner,
  StoredPipeline,
  StoredPortal,
  StoredProperty,
  StoredRecord,
  StoredTask,
  Unavailable,
} from './types.ts';

/** Companies read at a time: few enough to keep memory flat, enough to make the statement's cost vanish. */
const BATCH = 200;

interface RecordRow {
  company: string;
  /** The deal of a line item; empty for everything else. */
  via: string;
  object: string;
  id: string;
  properties: string;
  history: string;
  created_at: number;
  updated_at: number;
  first_seen_at: number;
}

/** One statement, so that every account is read as one sync page left it, whatever is written meanwhile. */
const ACCOUNTS = `
WITH picked (id) AS (SELECT value FROM json_each(?1)),
linked (company, object, id, via) AS (
  SELECT id, 'companies', id, '' FROM picked
  UNION ALL
  SELECT p.id, a.to_object, a.to_id, '' FROM picked p
    CROSS JOIN association a ON a.from_object = 'companies' AND a.from_id = p.id
  UNION ALL
  SELECT DISTINCT p.id, f.to_object, f.to_id, '' FROM picked p
    CROSS JOIN association a ON a.from_object = 'companies' AND a.from_id = p.id AND a.to_object IN ('contacts', 'tickets')
    CROSS JOIN association f ON f.from_object = a.to_object AND f.from_id = a.to_id AND f.to_object IN ('feedback_submissions', 'events')
  UNION ALL
  SELECT p.id, i.to_object, i.to_id, i.from_id FROM picked p
    CROSS JOIN association a ON a.from_object = 'companies' AND a.from_id = p.id AND a.to_object = 'deals'
    CROSS JOIN association i ON i.from_object = 'deals' AND i.from_id = a.to_id AND i.to_object = 'line_items'
)
SELECT l.company, l.via, r.object, r.id, r.properties, r.history, r.created_at, r.updated_at, r.first_seen_at
FROM linked l CROSS JOIN record r ON r.object = l.object AND r.id = l.id
WHERE r.gone IS NULL`;

/** Only the records of the objects that ?2 names. */
const PARTS = `
WITH picked (id) AS (SELECT value FROM json_each(?1)),
linked (company, object, id, via) AS (
  SELECT id, 'companies', id, '' FROM picked
  UNION ALL
  SELECT p.id, a.to_object, a.to_id, '' FROM picked p
    CROSS JOIN json_each(?2) o
    CROSS JOIN association a ON a.from_object = 'companies' AND a.from_id = p.id AND a.to_object = o.value
  UNION ALL
  SELECT p.id, i.to_object, i.to_id, i.from_id FROM picked p
    CROSS JOIN json_each(?2) o ON o.value = 'line_items'
    CROSS JOIN association a ON a.from_object = 'companies' AND a.from_id = p.id AND a.to_object = 'deals'
    CROSS JOIN association i ON i.from_object = 'deals' AND i.from_id = a.to_id AND i.to_object = 'line_items'
)
SELECT l.company, l.via, r.object, r.id, r.properties, r.history, r.created_at, r.updated_at, r.first_seen_at
FROM linked l CROSS JOIN record r ON r.object = l.object AND r.id = l.id
WHERE r.gone IS NULL`;

const NO_HISTORY: RecordHistory = Object.freeze({});

function toRecord(row: RecordRow): StoredRecord | ChildRecord {
  return {
    ...(row.via === '' ? {} : { parent: row.via }),
    object: row.object,
    id: row.id,
    properties: JSON.parse(row.properties),
    history: row.history === '{}' ? NO_HISTORY : JSON.parse(row.history),
    createdAt: row.created_at as Instant,
    updatedAt: row.updated_at as Instant,
    firstSeenAt: row.first_seen_at as Instant,
  };
}

/** Ids are decimal text: shorter is smaller, so the order is that of creation. */
const byId = (a: StoredRecord, b: StoredRecord): number => a.id.length - b.id.length || (a.id < b.id ? -1 : 1);

function toAccount(records: readonly StoredRecord[], custom: CustomObjects): RawAccount | null {
  const byObject = Map.groupBy(records, (record) => record.object);
  const company = byObject.get('companies')?.[0];
  if (!company) return null;
  const of = (object: string | null) => (object === null ? [] : (byObject.get(object) ?? []).sort(byId));
  return {
    company,
    mrr: of(custom.mrrObject),
    usage: of(custom.usageObject),
    tickets: of('tickets'),
    contacts: of('contacts'),
    feedback: of('feedback_submissions'),
    notes: of('notes'),
    tasks: of('tasks'),
    calls: of('calls'),
    meetings: of('meetings'),
    emails: of('emails'),
    deals: of('deals'),
    lineItems: of('line_items').filter((record): record is ChildRecord => 'parent' in record),
    subscriptions: of('subscriptions'),
    events: of('events'),
  };
}

/**
 * Live companies in id order as text, each with its live records in the order in which they were made. Ids that are unknown or gone are left out.
 * Streams: about `BATCH` accounts are in memory at a time. With `objects` only records of these hang on them.
 */
export async function* loadAccounts(
  db: Db,
  companyIds: readonly string[],
  custom: CustomObjects,
  objects?: readonly string[],
): AsyncGenerator<RawAccount> {
  const ids = companyIds.toSorted();
  for (let start = 0; start < ids.length; start += BATCH) {
    const batch = ids.slice(start, start + BATCH);
    const wanted = JSON.stringify(batch);
    const rows = await (objects ? db.all<RecordRow>(PARTS, wanted, JSON.stringify(objects)) : db.all<RecordRow>(ACCOUNTS, wanted));
    const byCompany = Map.groupBy(rows, (row) => row.company);
    for (const id of batch) {
      const account = toAccount((byCompany.get(id) ?? []).map(toRecord), custom);
      if (account) yield account;
    }
  }
}

/** Live tasks on these companies that are not completed, or were completed from `since` on; in the companies' order. */
export async function tasksOn(db: Db, ids: readonly string[], since: Instant): Promise<readonly StoredTask[]> {
  const found = await db.all<RecordRow>(
    `SELECT p.value AS company, '' AS via, r.object, r.id, r.properties, '{}' AS history, r.created_at, r.updated_at, r.first_seen_at
     FROM json_each(?1) AS p
     CROSS JOIN association a ON a.from_object = 'companies' AND a.from_id = p.value AND a.to_object = 'tasks'
     CROSS JOIN record r ON r.object = 'tasks' AND r.id = a.to_id
     WHERE r.gone IS NULL AND (r.properties ->> '$.hs_task_status' IS NOT 'COMPLETED'
       OR r.properties ->> '$.hs_task_completion_date' >= ?2) ORDER BY p.key`,
    JSON.stringify(ids),
    new Date(since).toISOString(),
  );
  return found.map((row) => ({ companyId: row.company, record: toRecord(row) }));
}

/** Live companies of the scope, in id order as text. */
export async function companyIds(db: Db, scope: Scope): Promise<string[]> {
  const rows = await db.all<{ id: string }>(
    `SELECT b.company_id AS id FROM book b JOIN record r ON r.object = 'companies' AND r.id = b.company_id
     WHERE b.scope = ? AND b.left_at IS NULL AND r.gone IS NULL ORDER BY b.company_id`,
    scope,
  );
  return rows.map((row) => row.id);
}

/**
 * Live companies of every book in the store. Where the whole portal is in it, those that are no customers any more too: a
 * report is about them as well. A company that left a person's book for somebody else's is not: it is not followed any more.
 */
export async function reportedIds(db: Db): Promise<string[]> {
  const rows = await db.all<{ id: string }>(
    `SELECT id FROM record WHERE object = 'companies' AND gone IS NULL
       AND id IN (SELECT company_id FROM book WHERE left_at IS NULL OR scope = 'all') ORDER BY id`,
  );
  return rows.map((row) => row.id);
}

/** Companies that were in the scope and now belong to somebody else; their records are kept. */
export async function leftCompanyIds(db: Db, scope: Scope): Promise<string[]> {
  const rows = await db.all<{ id: string }>(
    'SELECT company_id AS id FROM book WHERE scope = ? AND left_at IS NOT NULL ORDER BY company_id',
    scope,
  );
  return rows.map((row) => row.id);
}

/** The record's end, or null while it lives or was never seen. A chain of merges is followed to its last survivor. */
export async function goneRecord(db: Db, object: string, id: string): Promise<GoneRecord | null> {
  const row = await db.get<{ gone: 'deleted' | 'merged'; gone_at: number; survivor: string | null }>(
    `WITH RECURSIVE chain (id, depth) AS (
       SELECT merged_into, 1 FROM record WHERE object = ?1 AND id = ?2
       UNION SELECT r.merged_into, depth + 1 FROM chain JOIN record r ON r.object = ?1 AND r.id = chain.id
         WHERE r.merged_into IS NOT NULL AND depth < 50)
     SELECT gone, gone_at, (SELECT id FROM chain WHERE id IS NOT NULL ORDER BY depth DESC LIMIT 1) AS survivor
     FROM record WHERE object = ?1 AND id = ?2 AND gone IS NOT NULL`,
    object,
    id,
  );
  return row ? { object, id, reason: row.gone, goneAt: row.gone_at as Instant, mergedInto: row.survivor } : null;
}

/** Companies that were merged away → the company that they were merged into, which may be merged away itself. */
export async function mergedCompanies(db: Db): Promise<ReadonlyMap<string, string>> {
  const rows = await db.all<{ id: string; survivor: string }>(
    `SELECT id, merged_into AS survivor FROM record WHERE object = 'companies' AND gone = 'merged' AND merged_into IS NOT NULL`,
  );
  return new Map(rows.map(({ id, survivor }) => [id, survivor]));
}

/** What every live company of the store may be called by. */
export function companyNames(db: Db): Promise<readonly CompanyName[]> {
  return db.all<CompanyName>(
    `SELECT id, properties ->> '$.name' AS name, properties ->> '$.domain' AS domain
     FROM record WHERE object = 'companies' AND gone IS NULL ORDER BY length(id), id`,
  );
}

async function document<T>(db: Db, name: string): Promise<T | null> {
  const row = await db.get<{ json: string }>('SELECT json FROM document WHERE name = ?', name);
  return row ? (JSON.parse(row.json) as T) : null;
}

/** How many of our records the last look found there twice. */
export const doubles = async (db: Db): Promise<number> => (await document<number>(db, 'doubles')) ?? 0;

export const drift = async (db: Db): Promise<readonly StoredDrift[]> => (await document<StoredDrift[]>(db, 'drift')) ?? [];

export async function isSound(db: Db): Promise<boolean> {
  const row = await db.get<{ quick_check: string }>('PRAGMA quick_check');
  return row?.quick_check === 'ok';
}

export const portal = (db: Db): Promise<StoredPortal | null> => document(db, 'portal');
export const owners = async (db: Db): Promise<readonly StoredOwner[]> => (await document<StoredOwner[]>(db, 'owners')) ?? [];
export const schemas = async (db: Db): Promise<readonly StoredObjectSchema[]> =>
  (await document<StoredObjectSchema[]>(db, 'schemas')) ?? [];
export const pipelines = async (db: Db, object: 'tickets' | 'deals'): Promise<readonly StoredPipeline[]> =>
  (await document<StoredPipeline[]>(db, `pipelines:${object}`)) ?? [];
/** Empty where the object's definitions were never read. */
export const propertyDefs = async (db: Db, object: string): Promise<readonly StoredProperty[]> =>
  (await document<StoredProperty[]>(db, `properties:${object}`)) ?? [];

export const alarms = async (db: Db): Promise<readonly Alarm[]> => (await document<Alarm[]>(db, 'alarms')) ?? [];

export async function unavailable(db: Db): Promise<Unavailable[]> {
  const rows = await db.all<{ object: string; kind: Unavailable['kind']; scopes: string; message: string }>(
    'SELECT * FROM unavailable ORDER BY object',
  );
  return rows.map((row) => ({ ...row, scopes: JSON.parse(row.scopes) }));
}

/** Grows with each transaction that changed records, associations, definitions or the book. */
export async function revision(db: Db): Promise<number> {
  return (await db.get<{ value: number }>(`SELECT value FROM meta WHERE key = 'revision'`))?.value ?? 0;
}

export async function recordsRevision(db: Db): Promise<number> {
  return (await db.get<{ value: number }>(`SELECT value FROM meta WHERE key = 'records'`))?.value ?? 0;
}

/** When the scope's last complete sync began; null before the first. */
export async function syncedAt(db: Db, scope: Scope): Promise<Instant | null> {
  const row = await db.get<{ synced_at: number | null }>('SELECT synced_at FROM sync_scope WHERE scope = ?', scope);
  return (row?.synced_at ?? null) as Instant | null;
}

/** Walks the index from one distinct value to the next instead of over every row. */
const PERIODS = `
WITH RECURSIVE step (period) AS (
  SELECT max(period) FROM record WHERE object = ?1 AND period IS NOT NULL
  UNION ALL
  SELECT (SELECT max(period) FROM record WHERE object = ?1 AND period < step.period) FROM step WHERE step.period IS NOT NULL
) SELECT period FROM step WHERE period IS NOT NULL LIMIT ?2`;

/**
 * The newest distinct days that the object's period property names over all accounts, ascending: the days on which the
 * feed was alive for somebody. Date properties are days as they stand, instants fall on the portal's day.
 */
export async function feedDays(db: Db, object: string, zone: string, limit = 120): Promise<Day[]> {
  const days = new Set<Day>();
  for (const period of await periods(db, object, limit * 2)) {
    const day = periodDay(period, zone);
    if (day) days.add(day);
  }
  return [...days].sort().slice(-limit);
}

/** The newest distinct raw values of the object's period property, at most `limit`, ascending as text. */
export async function periods(db: Db, object: string, limit = 240): Promise<string[]> {
  const rows = await db.all<{ period: string }>(PERIODS, object, limit);
  return rows.map((row) => row.period).reverse();
}

const MIDNIGHT_UTC = /^\d{4}-\d{2}-\d{2}(?:T00:00(?::00(?:\.0+)?)?Z)?$/;

function periodDay(text: string, zone: string): Day | null {
  if (MIDNIGHT_UTC.test(text)) return parseDay(text.slice(0, 10));
  const ms = /^\d{11,14}$/.test(text) ? Number(text) : Date.parse(text);
  if (Number.isNaN(ms)) return null;
  return ms % 86_400_000 === 0 ? dayOf(ms as Instant, 'UTC') : dayOf(ms as Instant, zone);
}
