/** Pages of the full list. Their properties stand in the address, which has a length that servers and proxies refuse. */
import { err, ok } from '../../units/result.ts';
import { addressParts } from './address.ts';
import { type Context, reading } from './context.ts';
import { configure, objectsModule } from './generated.ts';
import { readBatches } from './read-batches.ts';
import { isRecord, isResults, toRecord } from './records.ts';
import type { CallOptions, CrmRecord, Reply } from './types.ts';

const PAGE = 100;

interface ListPage {
  readonly records: readonly CrmRecord[];
  readonly after: string | null;
}

/**
 * A record that changed between two parts, or is in one of them only, is read again whole: its parts would be of two states.
 */
export async function readList(
  context: Context,
  object: string,
  properties: readonly string[],
  after: string | null,
  archived: boolean,
  call: CallOptions,
): Reply<ListPage> {
  const [first = [], ...others] = addressParts(properties);
  const page = await readPart(context, object, first, after, archived, call);
  if (!page.ok || others.length === 0) return page;
  const whole = new Map(page.value.records.map((record) => [record.id, record]));
  const torn = new Set<string>();
  for (const part of others) {
    const more = await readPart(context, object, part, after, archived, call);
    if (!more.ok) return more;
    const found = new Map(more.value.records.map((record) => [record.id, record]));
    for (const [id, record] of whole) {
      const rest = found.get(id);
      if (rest === undefined || rest.updatedAt !== record.updatedAt) torn.add(id);
      else whole.set(id, { ...record, properties: { ...record.properties, ...rest.properties } });
    }
  }
  if (torn.size > 0) {
    const again = await readBatches(context, object, [...torn], properties, [], call);
    if (!again.ok) return err(again.error);
    for (const id of again.value.missing) whole.delete(id);
    for (const record of again.value.records) whole.set(record.id, record);
  }
  return ok({ records: [...whole.values()], after: page.value.after });
}

function readPart(
  context: Context,
  object: string,
  properties: readonly string[],
  after: string | null,
  archived: boolean,
  call: CallOptions,
): Reply<ListPage> {
  return context.run({ request: `GET ${object}`, write: false }, async () => {
    const module = await objectsModule();
    const api = new module.BasicApi(configure(module, context.transport, reading(isResults(isRecord), call)));
    const page = await api.getPage(object, PAGE, after ?? undefined, [...properties], undefined, undefined, archived);
    return { records: page.results.map(toRecord), after: page.paging?.next?.after ?? null };
  });
}
