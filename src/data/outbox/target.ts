/** Where rows would land today: companies get merged and deleted, and values change, while a row waits. */
import { err, ok, type Result } from '../../units/result.ts';
import type { ApiFailure, CallOptions, CrmRecord, Gateway } from '../hubspot/types.ts';
import type { Queries } from '../store/driver.ts';
import { type OutboxRow, rows as rowsOf } from '../store/outbox-rows.ts';
import type { FrozenRequest, RequestTarget } from './types.ts';

export interface Aims {
  /** The company to write to (the survivor of a merge), or null where it is gone. */
  company(companyId: string): string | null;
  /** The record's id that a change aims at; null where the row that makes it has none yet. */
  idOf(target: RequestTarget): string | null;
  /** The record as it is now, or null where it is gone. Asked only for what a change was prepared for. */
  record(object: string, id: string): CrmRecord | null;
}

/** The row's request; a row that cannot be read is left to whoever sends it. */
function requestOf(row: OutboxRow): FrozenRequest | null {
  try {
    return JSON.parse(row.request) as FrozenRequest;
  } catch {
    return null;
  }
}

export async function findAims(
  db: Queries,
  gateway: Gateway,
  due: readonly OutboxRow[],
  options: CallOptions,
): Promise<Result<Aims, ApiFailure>> {
  const requests = due.flatMap((row) => {
    const frozen = requestOf(row);
    return frozen ? [{ row, frozen }] : [];
  });
  const makers = requests.flatMap(({ frozen }) => (frozen.operation !== 'create' && 'row' in frozen.target ? [frozen.target.row] : []));
  const made = new Map((makers.length > 0 ? await rowsOf(db, { ids: makers }) : []).map((row) => [row.id, row.hubspotId]));
  const idOf = (target: RequestTarget): string | null => ('id' in target ? target.id : (made.get(target.row) ?? null));

  const companies = new Set(due.filter((row) => row.operation === 'create').map((row) => row.companyId));
  const properties = new Map<string, Set<string>>([['companies', new Set(['hs_object_id'])]]);
  const ids = new Map<string, Set<string>>([['companies', companies]]);
  for (const { frozen } of requests) {
    if (frozen.operation !== 'update') continue;
    const id = idOf(frozen.target);
    if (id === null) continue;
    for (const [map, values] of [
      [ids, [id]],
      [properties, frozen.changes.map(({ property }) => property)],
    ] as const) {
      const known = map.get(frozen.object) ?? new Set();
      map.set(frozen.object, known);
      for (const value of values) known.add(value);
    }
  }

  const records = new Map<string, CrmRecord>();
  const merged = new Map<string, string>();
  for (const [object, wanted] of ids) {
    if (wanted.size === 0) continue;
    const reply = await gateway.read(object, [...wanted], [...(properties.get(object) ?? [])], [], options);
    if (!reply.ok) return err(reply.error);
    for (const record of reply.value.records) if (!record.archived) records.set(`${object}/${record.id}`, record);
    if (object === 'companies') for (const [loser, survivor] of reply.value.merged) merged.set(loser, survivor);
  }
  const company = (id: string): string | null => {
    const now = merged.get(id) ?? id;
    return records.has(`companies/${now}`) ? now : null;
  };
  return ok({
    company,
    idOf: (target) => idOf(target),
    record: (object, id) => records.get(`${object}/${object === 'companies' ? (merged.get(id) ?? id) : id}`) ?? null,
  });
}
