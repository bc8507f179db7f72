/** What of a queued row a person may give or change, with the portal's own words for it. */
import { wordsOfRow } from '../data/outbox/edit.ts';
import type { Outbox } from '../data/outbox/outbox.ts';
import type { Cache } from '../data/store/cache.ts';
import type { RowField } from './types.ts';

/** Days, moments and people: they have screens of their own, and HubSpot's raw values are no words. */
const RAW_TYPES: ReadonlySet<string> = new Set(['date', 'datetime', 'object_coordinates', 'json']);
const RAW_NAMES: ReadonlySet<string> = new Set(['hs_timestamp', 'hs_task_reminders', 'hubspot_owner_id']);
const BODY = /_(?:body|html)$/;

/** What the portal demands first, then title and text; null where nothing of the row can be changed (any more). */
export async function rowFields(outbox: Outbox, cache: Cache, id: string): Promise<readonly RowField[] | null> {
  const [row] = await outbox.list({ ids: [id] });
  const words = row && wordsOfRow(row);
  if (!row || !words) return null;
  const definitions = new Map((await cache.propertyDefs(row.object)).map((def) => [def.name, def]));
  const required =
    row.because?.code === 'required'
      ? String(row.because.params.property ?? '')
          .split(' ')
          .filter(Boolean)
      : [];
  const field = (property: string, isRequired: boolean): RowField => {
    const def = definitions.get(property);
    return {
      property,
      label: def?.label || property,
      value: words[property] ?? '',
      multiline: BODY.test(property),
      options: def?.options ?? [],
      required: isRequired,
    };
  };
  const own = Object.keys(words).filter((name) => {
    const isRaw = RAW_NAMES.has(name) || RAW_TYPES.has(definitions.get(name)?.type ?? '');
    return !isRaw && !required.includes(name);
  });
  own.sort((a, b) => Number(BODY.test(a)) - Number(BODY.test(b)));
  const fields = [...required.map((name) => field(name, true)), ...own.map((name) => field(name, false))];
  return fields.length === 0 ? null : fields;
}
