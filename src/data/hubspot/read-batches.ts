/** Records by id, any number of them: batches, what is missing, and who was merged into whom. */
import { err, ok } from '../../units/result.ts';
import { addressParts } from './address.ts';
import { chunks, runAll } from './batch.ts';
import { type Context, reading } from './context.ts';
import { configure, objectsModule } from './generated.ts';
import { errorCount, isRecord, isResults, toRecord } from './records.ts';
import type { BatchRead, CallOptions, CrmRecord, Reply } from './types.ts';

const BATCH = 100;
/** HubSpot's limit where histories are asked for. */
const BATCH_WITH_HISTORY = 50;
const MERGED_IDS = 'hs_merged_object_ids';
/** Objects that people merge; engagements do not have the property. */
const MERGEABLE = new Set(['companies', 'contacts', 'deals', 'tickets', '0-1', '0-2', '0-3', '0-5']);

interface Batch {
  readonly records: readonly CrmRecord[];
  /** Ids that the answer itself calls missing. */
  readonly missing: readonly string[];
}

export async function readBatches(
  context: Context,
  object: string,
  ids: readonly string[],
  properties: readonly string[],
  withHistory: readonly string[],
  call: CallOptions,
): Reply<BatchRead> {
  const known = new Set(ids);
  const asked = [...known];
  const wanted = MERGEABLE.has(object) && !properties.includes(MERGED_IDS) ? [...properties, MERGED_IDS] : [...properties];
  const size = withHistory.length > 0 ? BATCH_WITH_HISTORY : BATCH;
  const batches = await runAll(chunks(asked, size), (batch) => readBatch(context, object, batch, wanted, withHistory, call));
  if (!batches.ok) return batches;

  const records = new Map<string, CrmRecord>();
  const missing = new Set<string>();
  for (const batch of batches.value) {
    for (const record of batch.records) records.set(record.id, record);
    for (const id of batch.missing) missing.add(id);
  }
  const merged = new Map<string, string>();
  const resolveMerged = (record: CrmRecord) => {
    for (const loser of losersOf(record)) if (!records.has(loser) && known.has(loser)) merged.set(loser, record.id);
  };
  for (const record of records.values()) resolveMerged(record);

  // Neither answered nor called missing: only a look at the record itself tells.
  const silent = asked.filter((id) => !records.has(id) && !merged.has(id) && !missing.has(id));
  const looks = await runAll(silent, (id) => readOne(context, object, id, wanted, withHistory, call));
  if (!looks.ok) return looks;
  for (const [index, record] of looks.value.entries()) {
    const id = silent[index] ?? '';
    if (!record) missing.add(id);
    else {
      records.set(record.id, record);
      if (record.id !== id) merged.set(id, record.id);
    }
  }
  return ok({
    records: [...records.values()],
    missing: asked.filter((id) => missing.has(id) && !records.has(id) && !merged.has(id)),
    merged,
  });
}

const losersOf = (record: CrmRecord): string[] =>
  (record.properties[MERGED_IDS] ?? '')
    .split(';')
    .map((id) => id.trim())
    .filter((id) => id !== '');

async function readBatch(
  context: Context,
  object: string,
  ids: readonly string[],
  properties: readonly string[],
  withHistory: readonly string[],
  call: CallOptions,
): Reply<Batch> {
  // HubSpot answers some batches that it did not carry out with success and nothing inside. That is no answer.
  const accepts = (json: unknown) => isResults(isRecord)(json) && (ids.length < 2 || json.results.length + errorCount(json) > 0);
  const result = await context.run({ request: `POST ${object}/batch/read`, write: false }, async () => {
    const module = await objectsModule();
    const api = new module.BatchApi(configure(module, context.transport, reading(accepts, call)));
    const answer = await api.read(object, {
      inputs: ids.map((id) => ({ id })),
      properties: [...properties],
      propertiesWithHistory: [...withHistory],
    });
    const errors = 'errors' in answer ? (answer.errors ?? []) : [];
    return { records: answer.results.map(toRecord), missing: errors.flatMap((error) => error.context?.ids ?? []).map(String) };
  });
  // Where none of the batch exists, the whole answer may be a 404.
  if (!result.ok && result.error.kind === 'not_found' && result.error.category === 'OBJECT_NOT_FOUND')
    return ok({ records: [], missing: ids });
  return result;
}

/** One record, null where there is none under that id. More properties than an address holds are read by batch. */
async function readOne(
  context: Context,
  object: string,
  id: string,
  properties: readonly string[],
  withHistory: readonly string[],
  call: CallOptions,
): Reply<CrmRecord | null> {
  const fits = addressParts([...properties, ...withHistory]).length === 1;
  const [names, histories] = fits ? [properties, withHistory] : [[], []];
  const result = await context.run({ request: `GET ${object}`, write: false }, async () => {
    const module = await objectsModule();
    const api = new module.BasicApi(configure(module, context.transport, reading(isRecord, call)));
    return toRecord(await api.getById(object, id, [...names], histories.length > 0 ? [...histories] : undefined));
  });
  if (!result.ok) return result.error.kind === 'not_found' ? ok(null) : err(result.error);
  if (fits) return result;
  const whole = await readBatch(context, object, [result.value.id], properties, withHistory, call);
  return whole.ok ? ok(whole.value.records[0] ?? null) : whole;
}
