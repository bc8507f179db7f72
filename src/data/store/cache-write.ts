/** How a sync writes: each method inside one transaction, telling how many rows really changed. */
import type { Instant } from '../../units/day.ts';
import type { Queries, SqlValue } from './driver.ts';
import { putMarks } from './marks.ts';
import type { IncomingRecord, Scope, Unavailable } from './types.ts';

const UPSERT = `
INSERT INTO record (object, id, properties, history, created_at, updated_at, first_seen_at, period)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT (object, id) DO UPDATE SET
  properties = excluded.properties, history = excluded.history, created_at = excluded.created_at,
  updated_at = excluded.updated_at, period = excluded.period, gone = NULL, gone_at = NULL, merged_into = NULL
WHERE excluded.updated_at >= record.updated_at AND (
  excluded.updated_at > record.updated_at OR record.gone IS NOT NULL OR excluded.properties <> record.properties
  OR excluded.history <> record.history OR excluded.period IS NOT record.period)`;

/** JSON with sorted keys and without nulls, so that equal records are equal texts. */
function canonical(values: Readonly<Record<string, unknown>>): string {
  const keys = Object.keys(values)
    .filter((key) => values[key] !== null && values[key] !== undefined)
    .sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${JSON.stringify(values[key])}`).join(',')}}`;
}

function canonicalHistory(history: IncomingRecord['history']): string {
  const sorted = Object.entries(history).flatMap(([property, entries]) =>
    entries.length === 0
      ? []
      : [
          [
            property,
            entries
              .map(({ value, timestamp }) => ({ value, timestamp }))
              .sort((a, b) => a.timestamp - b.timestamp || (a.value < b.value ? -1 : 1)),
          ] as const,
        ],
  );
  return canonical(Object.fromEntries(sorted));
}

export interface Link {
  readonly from: string;
  readonly to: string;
}

/** `removed`: ids at the far end that lost a link. */
export interface LinkChange {
  readonly added: number;
  readonly removed: readonly string[];
}

/** A page of a sync being written. `changed` says whether readers would see a difference. */
export class CacheWriter {
  readonly tx: Queries;
  changed = false;

  constructor(tx: Queries) {
    this.tx = tx;
  }

  private async count(sql: string, ...params: readonly SqlValue[]): Promise<number> {
    const rows = await this.tx.run(sql, ...params);
    if (rows > 0) this.changed = true;
    return rows;
  }

  /**
   * Inserts or updates by id; a record older than the stored one is ignored. `period` names the property whose value says
   * which day the record is about. Gives back how many records differ from what was stored.
   */
  async putRecords(object: string, records: readonly IncomingRecord[], seenAt: Instant, period: string | null): Promise<number> {
    let changed = 0;
    for (const record of records) {
      const differs = await this.count(
        UPSERT,
        object,
        record.id,
        canonical(record.properties),
        canonicalHistory(record.history),
        record.createdAt,
        record.updatedAt,
        seenAt,
        (period && record.properties[period]) || null,
      );
      changed += differs;
      if (differs > 0) await putMarks(this.tx, object, record.id, record.properties);
    }
    return changed;
  }

  /** Marks known records as gone, keeping their rows; unknown ids are ignored. Gives back how many were live until now. */
  async markGone(object: string, ids: readonly string[], at: Instant, mergedInto: string | null = null): Promise<number> {
    let marked = 0;
    for (const id of ids) {
      marked += await this.count(
        `UPDATE record SET gone = ?3, gone_at = ?4, merged_into = ?5
         WHERE object = ?1 AND id = ?2 AND (gone IS NULL OR merged_into IS NOT ?5)`,
        object,
        id,
        mergedInto === null ? 'deleted' : 'merged',
        at,
        mergedInto,
      );
    }
    return marked;
  }

  /** Makes the links of each `fromIds` record to `toObject` exactly those given. */
  replaceLinks(fromObject: string, toObject: string, fromIds: readonly string[], links: readonly Link[]): Promise<LinkChange> {
    return this.setLinks('from_id', fromObject, toObject, fromIds, links);
  }

  /** The same from the other end: makes the `fromObject` records that hold each of `toIds` exactly those given. */
  replaceBackLinks(fromObject: string, toObject: string, toIds: readonly string[], links: readonly Link[]): Promise<LinkChange> {
    return this.setLinks('to_id', fromObject, toObject, toIds, links);
  }

  private async setLinks(
    end: 'from_id' | 'to_id',
    fromObject: string,
    toObject: string,
    ids: readonly string[],
    links: readonly Link[],
  ): Promise<LinkChange> {
    const wanted = JSON.stringify(links.map((link) => [link.from, link.to]));
    const removed = await this.tx.all<{ id: string }>(
      `DELETE FROM association WHERE from_object = ?1 AND to_object = ?2 AND ${end} IN (SELECT value FROM json_each(?3))
         AND (from_id, to_id) NOT IN (SELECT value ->> 0, value ->> 1 FROM json_each(?4)) RETURNING to_id AS id`,
      fromObject,
      toObject,
      JSON.stringify(ids),
      wanted,
    );
    if (removed.length > 0) this.changed = true;
    return { added: await this.addLinks(fromObject, toObject, wanted), removed: [...new Set(removed.map((row) => row.id))] };
  }

  private addLinks(fromObject: string, toObject: string, pairs: string): Promise<number> {
    return this.count(
      `INSERT OR IGNORE INTO association (from_object, from_id, to_object, to_id)
       SELECT ?1, value ->> 0, ?2, value ->> 1 FROM json_each(?3)`,
      fromObject,
      toObject,
      pairs,
    );
  }

  /** Moves every link to or from a merged-away record to its survivor. */
  async moveLinks(object: string, from: string, to: string): Promise<void> {
    await this.count(
      `INSERT OR IGNORE INTO association SELECT from_object, from_id, to_object, ?3 FROM association WHERE to_object = ?1 AND to_id = ?2`,
      object,
      from,
      to,
    );
    await this.count(
      `INSERT OR IGNORE INTO association SELECT from_object, ?3, to_object, to_id FROM association WHERE from_object = ?1 AND from_id = ?2`,
      object,
      from,
      to,
    );
    await this.dropLinks(object, [from]);
  }

  /** Forgets every link of records that nobody can read any more. */
  async dropLinks(object: string, ids: readonly string[]): Promise<void> {
    const list = JSON.stringify(ids);
    await this.count('DELETE FROM association WHERE to_object = ?1 AND to_id IN (SELECT value FROM json_each(?2))', object, list);
    await this.count('DELETE FROM association WHERE from_object = ?1 AND from_id IN (SELECT value FROM json_each(?2))', object, list);
  }

  /** Puts companies into the scope's book, or confirms that they are in it; gives back those that were not in it before. */
  async joinBook(scope: Scope, ids: readonly string[], seenAt: Instant): Promise<string[]> {
    const list = JSON.stringify(ids);
    const known = await this.tx.all<{ id: string }>(
      `SELECT company_id AS id FROM book WHERE scope = ?1 AND left_at IS NULL AND company_id IN (SELECT value FROM json_each(?2))`,
      scope,
      list,
    );
    await this.tx.run(
      `INSERT INTO book (scope, company_id, seen_at) SELECT ?1, value, ?3 FROM json_each(?2) WHERE true
       ON CONFLICT DO UPDATE SET seen_at = excluded.seen_at, left_at = NULL`,
      scope,
      list,
      seenAt,
    );
    const before = new Set(known.map((row) => row.id));
    const joined = ids.filter((id) => !before.has(id));
    if (joined.length > 0) this.changed = true;
    return joined;
  }

  /** Marks companies as not in the scope any more; gives back how many were in it until now. */
  leaveBook(scope: Scope, ids: readonly string[], at: Instant): Promise<number> {
    return this.count(
      `UPDATE book SET left_at = ?3 WHERE scope = ?1 AND left_at IS NULL AND company_id IN (SELECT value FROM json_each(?2))`,
      scope,
      JSON.stringify(ids),
      at,
    );
  }

  /** Keeps a whole answer (`portal`, `owners`, `schemas`, `pipelines:tickets`, `properties:companies`, …). */
  async putDocument(name: string, value: unknown, readAt: Instant): Promise<void> {
    const json = JSON.stringify(value);
    const same = await this.tx.get('SELECT 1 FROM document WHERE name = ? AND json = ?', name, json);
    if (!same) this.changed = true;
    await this.tx.run('INSERT OR REPLACE INTO document (name, json, read_at) VALUES (?, ?, ?)', name, json, readAt);
  }

  /** Keeps something that a sync notes for itself: no change of data. */
  async putNote(name: string, value: unknown): Promise<void> {
    await this.tx.run('INSERT OR REPLACE INTO document (name, json, read_at) VALUES (?, ?, 0)', name, JSON.stringify(value));
  }

  async setUnavailable(what: Unavailable): Promise<void> {
    await this.count(
      `INSERT INTO unavailable (object, kind, scopes, message) VALUES (?1, ?2, ?3, ?4)
       ON CONFLICT DO UPDATE SET kind = ?2, scopes = ?3, message = ?4 WHERE kind <> ?2 OR scopes <> ?3 OR message <> ?4`,
      what.object,
      what.kind,
      JSON.stringify(what.scopes),
      what.message,
    );
  }

  /** Whether the object had been unavailable. */
  async setAvailable(object: string): Promise<boolean> {
    return (await this.count('DELETE FROM unavailable WHERE object = ?', object)) > 0;
  }
}
