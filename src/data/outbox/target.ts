/** Where a row would land today: companies get merged and deleted while a row waits. */
import type { Result } from '../../units/result.ts';
import { err, ok } from '../../units/result.ts';
import type { ApiFailure, CallOptions, Gateway } from '../hubspot/types.ts';

/** By asked company id: the id to write to (the survivor of a merge), or null where the company is gone. */
export type Targets = ReadonlyMap<string, string | null>;

export async function findTargets(
  gateway: Gateway,
  companyIds: readonly string[],
  options: CallOptions,
): Promise<Result<Targets, ApiFailure>> {
  const asked = [...new Set(companyIds)];
  const reply = await gateway.read('companies', asked, ['hs_object_id'], [], options);
  if (!reply.ok) return err(reply.error);
  const alive = new Set(reply.value.records.filter((record) => !record.archived).map((record) => record.id));
  return ok(
    new Map(
      asked.map((id) => {
        const now = reply.value.merged.get(id) ?? id;
        return [id, alive.has(now) ? now : null];
      }),
    ),
  );
}
