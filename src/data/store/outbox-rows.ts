/** The outbox's rows in `local.db`: what is kept of each, and every read and change of them. */
import type { RowKind } from '../../plays/intent.ts';
import type { Instant } from '../../units/day.ts';
import type { Db, Queries, SqlValue } from './driver.ts';
import { forgetPlaySteps } from './play-steps.ts';

/**
 * - `held` the undo window · `ready` waits for its turn · `sending` an attempt may be in flight
 * - `unknown` nobody knows whether the attempt was applied: it is looked for, not sent again
 * - `needs_you` a person must decide · `sent` HubSpot has it · `dropped` given up, kept 30 days
 */
export type OutboxState = 'held' | 'ready' | 'sending' | 'unknown' | 'needs_you' | 'sent' | 'dropped';

/** Why a row is where it is; `params` are numbers and machine words, and one cleaned line of HubSpot's in `message`. */
export interface Because {
  readonly code:
    | 'offline'
    | 'network'
    | 'auth'
    | 'rate'
    | 'daily'
    | 'server'
    | 'scope'
    | 'refused'
    | 'target_gone'
    | 'unconfirmed'
    | 'unclear'
    | 'restored'
    | 'crashed'
    | 'other_portal'
    /** HubSpot holds another value than the person saw: `property`, `expected`, `found`. */
    | 'conflict'
    /** The portal's admin demands a property: `property`. */
    | 'required'
    /** Its change went into a later row: `into`. */
    | 'coalesced';
  readonly params: Readonly<Record<string, string | number>>;
}

export interface OutboxRow {
  /** Sorts by the time of queueing. */
  readonly id: string;
  readonly portalId: string;
  readonly kind: RowKind;
  readonly operation: 'create' | 'update' | 'archive';
  /** HubSpot object type. */
  readonly object: 'notes' | 'tasks' | 'calls' | 'meetings' | 'emails' | 'companies';
  /** The target as it is now: the survivor where it was merged. */
  readonly companyId: string;
  readonly state: OutboxState;
  /** The complete request as JSON, frozen from the first attempt on: what verification compares with. */
  readonly request: string;
  readonly requestHash: string;
  readonly marker: string;
  readonly hsTimestamp: Instant;
  /** As typed. */
  readonly text: string;
  readonly queuedAt: Instant;
  readonly notBefore: Instant;
  readonly attempts: number;
  /** Transient refusals in a row. */
  readonly failures: number;
  /** Attempts or looks in a row that never came to an end. */
  readonly crashes: number;
  readonly attemptedAt: Instant | null;
  /** The last moment at which an attempt may have been in flight. */
  readonly endedAt: Instant | null;
  /** 1: an attempt may have been applied and nothing has settled that yet. */
  readonly inDoubt: 0 | 1;
  /** 1: a person has looked in HubSpot and asked to send again. */
  readonly vouched: 0 | 1;
  readonly nextLookAt: Instant | null;
  readonly looks: number;
  readonly hubspotId: string | null;
  readonly because: Because | null;
  /** Rows that must be sent before. */
  readonly dependsOn: readonly string[];
  /** Rows that were queued together share it. */
  readonly groupId: string | null;
  /** The play that they belong to, and the play's own name for this step. */
  readonly play: string | null;
  readonly step: string | null;
  /** When it was sent or dropped. */
  readonly settledAt: Instant | null;
}

/** What one path of a look said. `doubtful`: a record that could be ours but does not carry our marker. */
export type Sighting = 'found' | 'absent' | 'doubtful' | 'failed';

export interface Evidence {
  readonly at: Instant;
  readonly search: Sighting;
  readonly associations: Sighting;
}

export interface AttemptRecord {
  readonly startedAt: Instant;
  readonly endedAt: Instant;
  readonly status: number | null;
  readonly correlationId: string | null;
  /** `sent`, a reason to wait, or a machine word of what went wrong. */
  readonly outcome: string;
}

export interface RowFilter {
  readonly portalId?: string;
  readonly ids?: readonly string[];
  readonly states?: readonly OutboxState[];
  readonly companyId?: string;
  readonly groupId?: string;
  /** Newest first and at most so many; oldest first without. */
  readonly newest?: number;
}

const COLUMNS = {
  id: 'id',
  portalId: 'portal_id',
  kind: 'kind',
  operation: 'operation',
  object: 'object',
  companyId: 'company_id',
  state: 'state',
  request: 'request',
  requestHash: 'request_hash',
  marker: 'marker',
  hsTimestamp: 'hs_timestamp',
  text: 'text',
  queuedAt: 'queued_at',
  notBefore: 'not_before',
  attempts: 'attempts',
  failures: 'failures',
  crashes: 'crashes',
  attemptedAt: 'attempted_at',
  endedAt: 'ended_at',
  inDoubt: 'in_doubt',
  vouched: 'vouched',
  nextLookAt: 'next_look_at',
  looks: 'looks',
  hubspotId: 'hubspot_id',
  because: 'because',
  dependsOn: 'depends_on',
  groupId: 'group_id',
  play: 'play',
  step: 'step',
  settledAt: 'settled_at',
} as const satisfies Record<keyof OutboxRow, string>;

const SELECT = `SELECT ${Object.entries(COLUMNS)
  .map(([field, column]) => `${column} AS ${field}`)
  .join(', ')} FROM outbox`;

type Stored = Omit<OutboxRow, 'because' | 'dependsOn'> & { readonly because: string | null; readonly dependsOn: string };

const fromStored = ({ because, dependsOn, ...rest }: Stored): OutboxRow => ({
  ...rest,
  because: because === null ? null : (JSON.parse(because) as Because),
  dependsOn: JSON.parse(dependsOn) as string[],
});

const toStored = (value: OutboxRow[keyof OutboxRow]): SqlValue =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : value;

export async function insertRow(db: Queries, row: OutboxRow): Promise<void> {
  const fields = Object.keys(COLUMNS) as (keyof OutboxRow)[];
  await db.run(
    `INSERT INTO outbox (${fields.map((field) => COLUMNS[field]).join(', ')}) VALUES (${fields.map(() => '?').join(', ')})`,
    ...fields.map((field) => toStored(row[field])),
  );
}

/** Changes the row if it still stands in one of `from`; false where it does not (undone, dropped, taken by another). */
export async function changeRow(
  db: Queries,
  id: string,
  from: readonly OutboxState[],
  change: Partial<Omit<OutboxRow, 'id' | 'portalId'>>,
): Promise<boolean> {
  const fields = Object.keys(change) as (keyof typeof change)[];
  const changed = await db.run(
    `UPDATE outbox SET ${fields.map((field) => `${COLUMNS[field]} = ?`).join(', ')}
     WHERE id = ? AND state IN (${from.map(() => '?').join(', ')})`,
    ...fields.map((field) => toStored(change[field] ?? null)),
    id,
    ...from,
  );
  return changed === 1;
}

/** Deletes the row if surely nothing of it has reached HubSpot. */
export async function removeUnsent(db: Queries, id: string): Promise<boolean> {
  const gone = await db.run("DELETE FROM outbox WHERE id = ? AND state IN ('held', 'ready') AND in_doubt = 0 AND hubspot_id IS NULL", id);
  return gone === 1;
}

/** Rows that wait for `id`. */
export async function dependants(db: Queries, id: string): Promise<readonly OutboxRow[]> {
  const found = await db.all<Stored>(
    `${SELECT} WHERE state NOT IN ('sent', 'dropped') AND EXISTS (SELECT 1 FROM json_each(outbox.depends_on) WHERE value = ?) ORDER BY id`,
    id,
  );
  return found.map(fromStored);
}

/** Rows whose change went into `id` come back as ready. */
export async function uncoalesce(db: Queries, id: string, now: Instant): Promise<void> {
  await db.run(
    `UPDATE outbox SET state = 'ready', because = NULL, settled_at = NULL, not_before = max(not_before, ?)
     WHERE state = 'dropped' AND because ->> 'code' = 'coalesced' AND because -> 'params' ->> 'into' = ?`,
    now,
    id,
  );
}

export async function rows(db: Queries, filter: RowFilter = {}): Promise<readonly OutboxRow[]> {
  const where: string[] = [];
  const params: SqlValue[] = [];
  const oneOf = (column: string, values: readonly SqlValue[]) => {
    where.push(`${column} IN (SELECT value FROM json_each(?))`);
    params.push(JSON.stringify(values));
  };
  if (filter.portalId !== undefined) oneOf('portal_id', [filter.portalId]);
  if (filter.companyId !== undefined) oneOf('company_id', [filter.companyId]);
  if (filter.groupId !== undefined) oneOf('group_id', [filter.groupId]);
  if (filter.ids) oneOf('id', filter.ids);
  if (filter.states) oneOf('state', filter.states);
  const order = filter.newest === undefined ? 'ORDER BY id' : 'ORDER BY id DESC LIMIT ?';
  if (filter.newest !== undefined) params.push(filter.newest);
  const found = await db.all<Stored>(`${SELECT} ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''} ${order}`, ...params);
  return found.map(fromStored);
}

export async function rowById(db: Queries, id: string): Promise<OutboxRow | null> {
  const row = await db.get<Stored>(`${SELECT} WHERE id = ?`, id);
  return row ? fromStored(row) : null;
}

/** Rows whose undo window is over become ready. */
export async function releaseHeld(db: Queries, portalId: string, now: Instant): Promise<number> {
  return await db.run("UPDATE outbox SET state = 'ready' WHERE portal_id = ? AND state = 'held' AND not_before <= ?", portalId, now);
}

/** The next rows to attempt, oldest first: ready, due, and everything they depend on sent. */
export async function dueRows(db: Queries, portalId: string, now: Instant, limit: number): Promise<readonly OutboxRow[]> {
  const found = await db.all<Stored>(
    `${SELECT} WHERE portal_id = ? AND state = 'ready' AND not_before <= ? AND NOT EXISTS (
       SELECT 1 FROM json_each(outbox.depends_on) AS need LEFT JOIN outbox AS other ON other.id = need.value
       WHERE other.state IS NOT 'sent') ORDER BY id LIMIT ?`,
    portalId,
    now,
    limit,
  );
  return found.map(fromStored);
}

/** Rows in doubt whose next look is due, oldest first. */
export async function dueLooks(db: Queries, portalId: string, now: Instant, limit: number): Promise<readonly OutboxRow[]> {
  const found = await db.all<Stored>(
    `${SELECT} WHERE portal_id = ? AND state = 'unknown' AND next_look_at <= ? ORDER BY next_look_at, id LIMIT ?`,
    portalId,
    now,
    limit,
  );
  return found.map(fromStored);
}

/** What is left of an earlier sender's attempts: nobody knows how they ended, `now` is the latest they can have. */
export async function doubtUnfinished(db: Queries, portalId: string, now: Instant, because: Because): Promise<number> {
  return await db.run(
    `UPDATE outbox SET state = 'unknown', in_doubt = 1, ended_at = ?, next_look_at = ?, looks = 0, because = ?
     WHERE portal_id = ? AND state = 'sending'`,
    now,
    now,
    JSON.stringify(because),
    portalId,
  );
}

/** Everything waits until `until`, also what was to go out a little before: what stands in the way concerns the whole portal. */
export async function pauseDue(db: Queries, portalId: string, now: Instant, until: Instant, because: Because): Promise<void> {
  await db.run(
    `UPDATE outbox SET not_before = ?1, failures = failures + (not_before <= ?4), because = ?2
     WHERE portal_id = ?3 AND state = 'ready' AND not_before < ?1`,
    until,
    JSON.stringify(because),
    portalId,
    now,
  );
}

/** A person asks to try now: waiting that is only our own caution ends (not HubSpot's limits, not the undo window). */
export async function endBackOff(db: Queries, portalId: string, now: Instant): Promise<void> {
  await db.run(
    `UPDATE outbox SET not_before = ? WHERE portal_id = ? AND state = 'ready' AND not_before > ?
     AND (because IS NULL OR because ->> 'code' NOT IN ('rate', 'daily'))`,
    now,
    portalId,
    now,
  );
}

/** The first millisecond from `at` on that no row of this portal and object has. */
export async function freeMoment(db: Queries, portalId: string, object: string, at: Instant): Promise<Instant> {
  const row = await db.get<{ free: number }>(
    `SELECT hs_timestamp + 1 AS free FROM outbox AS o WHERE operation = 'create' AND portal_id = ?1 AND object = ?2 AND hs_timestamp >= ?3
       AND EXISTS (SELECT 1 FROM outbox WHERE operation = 'create' AND portal_id = ?1 AND object = ?2 AND hs_timestamp = ?3)
       AND NOT EXISTS (SELECT 1 FROM outbox WHERE operation = 'create' AND portal_id = ?1 AND object = ?2 AND hs_timestamp = o.hs_timestamp + 1)
     ORDER BY hs_timestamp LIMIT 1`,
    portalId,
    object,
    at,
  );
  return (row?.free ?? at) as Instant;
}

/** The property of the object in which this portal keeps our markers unique; null where it has none. */
export async function markerProperty(db: Queries, portalId: string, object: string): Promise<string | null> {
  const row = await db.get<{ property: string }>(
    'SELECT property FROM marker_properties WHERE portal_id = ? AND object = ?',
    portalId,
    object,
  );
  return row?.property ?? null;
}

export async function keepMarkerProperty(db: Queries, portalId: string, object: string, property: string, at: Instant): Promise<void> {
  await db.run(
    'INSERT OR REPLACE INTO marker_properties (portal_id, object, property, at) VALUES (?, ?, ?, ?)',
    portalId,
    object,
    property,
    at,
  );
}

export async function forgetMarkerProperty(db: Queries, portalId: string, object: string): Promise<void> {
  await db.run('DELETE FROM marker_properties WHERE portal_id = ? AND object = ?', portalId, object);
}

export async function addAttempt(db: Queries, id: string, attempt: AttemptRecord): Promise<void> {
  const { startedAt, endedAt, status, correlationId, outcome } = attempt;
  await db.run('INSERT INTO outbox_attempts VALUES (?, ?, ?, ?, ?, ?)', id, startedAt, endedAt, status, correlationId, outcome);
}

export async function addEvidence(db: Queries, id: string, look: Evidence): Promise<void> {
  await db.run('INSERT INTO outbox_evidence VALUES (?, ?, ?, ?)', id, look.at, look.search, look.associations);
}

/** Looks made at or after `since`, oldest first. */
export async function evidenceSince(db: Queries, id: string, since: Instant): Promise<readonly Evidence[]> {
  return await db.all<Evidence>(
    'SELECT at, search, associations FROM outbox_evidence WHERE outbox_id = ? AND at >= ? ORDER BY at, rowid',
    id,
    since,
  );
}

export async function countStates(
  db: Queries,
): Promise<readonly { readonly portalId: string; readonly state: OutboxState; readonly n: number }[]> {
  return await db.all('SELECT portal_id AS portalId, state, count(*) AS n FROM outbox GROUP BY portal_id, state');
}

const DAY = 86_400_000;

/** Forgets attempts after 90 days, dropped rows after 30, and sent ones after 90. */
export async function forgetOld(db: Db, now: Instant): Promise<void> {
  await db.transaction(async (tx) => {
    const givenUp = await tx.all<{ id: string }>(`SELECT id FROM outbox WHERE state = 'dropped' AND settled_at < ?`, now - 30 * DAY);
    await forgetPlaySteps(
      tx,
      givenUp.map(({ id }) => id),
    );
    await tx.run("DELETE FROM outbox WHERE state = 'dropped' AND settled_at < ?", now - 30 * DAY);
    await tx.run(
      `DELETE FROM outbox WHERE state = 'sent' AND settled_at < ? AND NOT EXISTS (
         SELECT 1 FROM outbox AS other, json_each(other.depends_on) AS need WHERE need.value = outbox.id AND other.state <> 'sent')`,
      now - 90 * DAY,
    );
    await tx.run('DELETE FROM outbox_attempts WHERE ended_at < ?', now - 90 * DAY);
    await tx.run('DELETE FROM outbox_evidence WHERE at < ?', now - 90 * DAY);
  });
}
