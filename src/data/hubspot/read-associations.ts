/** Which records hang on which: batches of 1,000, and every record's own paging followed to its end. */
import { err, ok } from '../../units/result.ts';
import { chunks, runAll } from './batch.ts';
import { type Context, reading } from './context.ts';
import { associationsModule, configure, Failed } from './generated.ts';
import { isObject, isResults } from './records.ts';
import type { CallOptions, Reply } from './types.ts';

const BATCH = 1_000;
/** "Nothing is associated" comes as an error too; these are the ones that are really errors. */
const FAULTS = /INTERNAL|SERVER|TIMEOUT|TIMED_OUT|RATE_LIMIT|LOCKED|UNAVAILABLE|MIGRATION/i;

interface Input {
  readonly id: string;
  readonly after?: string;
}

interface Row {
  readonly from: string;
  readonly to: readonly string[];
  readonly after: string | null;
}

const isRow = (value: unknown): boolean =>
  isObject(value) && isObject(value.from) && value.from.id !== undefined && Array.isArray(value.to);

export async function readAssociations(
  context: Context,
  from: string,
  to: string,
  ids: readonly string[],
  call: CallOptions,
): Reply<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, Set<string>>(ids.map((id) => [id, new Set<string>()]));
  const cursors = new Map<string, Set<string>>();
  let inputs: Input[] = [...found.keys()].map((id) => ({ id }));
  while (inputs.length > 0) {
    const pages = await runAll(chunks(inputs, BATCH), (batch) => readBatch(context, from, to, batch, call));
    if (!pages.ok) return pages;
    inputs = [];
    for (const row of pages.value.flat()) {
      const targets = found.get(row.from) ?? new Set<string>();
      found.set(row.from, targets);
      for (const id of row.to) targets.add(id);
      if (row.after === null) continue;
      const seen = cursors.get(row.from) ?? new Set<string>();
      cursors.set(row.from, seen);
      // The same cursor twice would never end.
      if (seen.has(row.after)) return err(context.unexpected(`POST ${from}/${to}/batch/read`, 'paging of associations does not advance'));
      seen.add(row.after);
      inputs.push({ id: row.from, after: row.after });
    }
  }
  return ok(new Map([...found].map(([id, targets]) => [id, [...targets]])));
}

async function readBatch(context: Context, from: string, to: string, inputs: readonly Input[], call: CallOptions): Reply<readonly Row[]> {
  const request = `POST ${from}/${to}/batch/read`;
  return context.run({ request, write: false }, async () => {
    const module = await associationsModule();
    const api = new module.BatchApi(configure(module, context.transport, reading(isResults(isRow), call)));
    const answer = await api.getPage(from, to, { inputs: inputs.map((input) => ({ ...input })) });
    const errors = 'errors' in answer ? (answer.errors ?? []) : [];
    const fault = errors.find(({ category, subCategory }) => FAULTS.test(`${category} ${subCategory ?? ''}`));
    if (fault) throw new Failed(context.unexpected(request, `part of the batch failed: ${fault.message}`));
    return answer.results.map((row) => ({
      from: String(row._from.id),
      to: row.to.map(({ toObjectId }) => String(toObjectId)),
      after: row.paging?.next?.after ?? null,
    }));
  });
}
