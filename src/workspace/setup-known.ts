/** Three accounts that a person knows, and what a key would read of each. */

import { labelOf, labelsOf } from '../book/labels.ts';
import { parseFlag, parseNumber, parseText } from '../data/facts/values.ts';
import { dayReader, type Parsed, parseDayValue, parseMonthValue } from '../data/facts/when.ts';
import { chosenObjects, type Discovery } from '../data/hubspot/discovery.ts';
import { placeOf } from '../data/hubspot/discovery-candidates.ts';
import { propertiesOf } from '../data/hubspot/discovery-portal.ts';
import { KEY_WORDS, type Kind } from '../data/hubspot/discovery-words.ts';
import { valueIn } from '../data/hubspot/records.ts';
import type { CrmRecord, Gateway } from '../data/hubspot/types.ts';
import type { Mapping, MappingKey } from '../settings/mapping.ts';
import { formatNumber } from '../text/format.ts';
import { need } from './errors.ts';
import type { SetupPreview } from './setup-types.ts';

const KNOWN = 3;
/** Rows read of one account, and values shown of them. */
const ROWS = 24;
const SHOWN = 3;
const CALL = { lane: 'interactive' } as const;

export interface KnownAccounts {
  /** Resolves when what stands at the place has been read for the three; throws `RemoteError`. */
  look(place: Place): Promise<void>;
  previews(key: MappingKey, value: string, mapping: Mapping): readonly SetupPreview[] | null;
}

export interface Place {
  readonly object: string;
  /** Null: only how many records there are. */
  readonly property: string | null;
}

interface Rows {
  readonly properties: Set<string>;
  /** By company id, newest first. */
  of: ReadonlyMap<string, readonly CrmRecord[]>;
}

/** Where a key points in this portal; null where an answer says nothing of one account. */
export function placeIn(discovery: Discovery, key: MappingKey, value: string, mapping: Mapping): Place | null {
  if (key.endsWith('.object')) return { object: value, property: null };
  return placeOf(key, value, chosenObjects(discovery, { ...mapping, [key]: value }));
}

/** The accounts of `ownerId` where there are some, else any that look like customers. */
export function knownAccounts(gateway: Gateway, discovery: Discovery, zone: string, mine: () => Mine | null): KnownAccounts {
  let companies: Promise<readonly CrmRecord[]> | null = null;
  let read: readonly CrmRecord[] | null = null;
  const rows = new Map<string, Rows>();

  const choose = async (): Promise<readonly CrmRecord[]> => {
    const me = mine();
    const { records = [] } = discovery.portal.samples.get('companies') ?? {};
    let ids: readonly string[] = [];
    if (me !== null) {
      const filterGroups = [[{ propertyName: me.property, operator: 'EQ' as const, value: me.ownerId }]];
      const page = await gateway.search('companies', { filterGroups, properties: ['name'], afterId: null, limit: KNOWN }, CALL);
      if (page.ok) ids = page.value.records.map(({ id }) => id);
    }
    if (ids.length < KNOWN) {
      const fullest = [...records].sort((a, b) => filled(b) - filled(a)).map(({ id }) => id);
      ids = [...new Set([...ids, ...fullest])].slice(0, KNOWN);
    }
    const { records: whole } = need(await gateway.read('companies', ids, companyProperties(discovery), [], CALL));
    // The portal answers in an order of its own.
    return ids.flatMap((id) => whole.find((one) => one.id === id) ?? []);
  };

  const look = async ({ object, property }: Place): Promise<void> => {
    companies ??= choose();
    read = await companies;
    if (object === 'companies') return;
    const known = rows.get(object);
    if (known && (property === null || known.properties.has(property))) return;
    const wanted = new Set(known?.properties ?? []);
    if (property !== null) wanted.add(property);
    for (const name of sampled(discovery, object)) wanted.add(name);
    const ids = read.map(({ id }) => id);
    const links = need(await gateway.associations('companies', object, ids, CALL));
    const newest = ids.map((id) => [...(links.get(id) ?? [])].sort((a, b) => Number(b) - Number(a)).slice(0, ROWS));
    const all = newest.flat();
    const { records } = all.length === 0 ? { records: [] } : need(await gateway.read(object, all, [...wanted], [], CALL));
    const byId = new Map(records.map((record) => [record.id, record]));
    rows.set(object, {
      properties: wanted,
      of: new Map(ids.map((id, index) => [id, (newest[index] ?? []).flatMap((row) => byId.get(row) ?? [])])),
    });
  };

  const previews = (key: MappingKey, value: string, mapping: Mapping): readonly SetupPreview[] | null => {
    const place = placeIn(discovery, key, value, mapping);
    if (!place) return [];
    if (read === null) return null;
    const { object, property } = place;
    const found = rows.get(object);
    if (object !== 'companies' && (!found || (property !== null && !found.properties.has(property)))) return null;
    const definition = propertiesOf(discovery.portal, object)?.find(({ name }) => name === property);
    const labels = labelsOf(definition?.options ?? []);
    return read.map((company) => {
      const name = company.properties.name || company.id;
      const own = object === 'companies' ? [company] : (found?.of.get(company.id) ?? []);
      if (property === null) return { name, text: `${own.length}`, readable: own.length > 0 };
      const values = own.map((record) => valueIn(record, property) ?? '').filter((one) => one.trim() !== '');
      if (key === 'customers' || key === 'people.champion') {
        const wanted = value.slice(property.length + 1);
        const hits = values.filter((one) => (wanted === '' ? true : one === wanted)).length;
        return { name, text: hits > 0 ? '✓' : '–', readable: hits > 0 };
      }
      const shown = values.slice(0, SHOWN).map((one) => readAs(key, one, definition?.type, zone, discovery));
      const more = values.length > SHOWN ? ` … (${values.length})` : '';
      return {
        name,
        text: shown.map(({ text }) => labelOf(labels, text)).join(' · ') + more || '–',
        readable: shown.every(({ readable }) => readable),
      };
    });
  };

  return { look, previews };
}

/** Whose accounts, and by which property. */
export interface Mine {
  readonly property: string;
  readonly ownerId: string;
}

const filled = ({ properties }: CrmRecord): number => Object.values(properties).filter((value) => value).length;

const sampled = (discovery: Discovery, object: string): readonly string[] => discovery.portal.samples.get(object)?.properties ?? [];

/** All that a company key could mean here, so that no choice asks again. */
const companyProperties = (discovery: Discovery): readonly string[] => [
  'name',
  ...(propertiesOf(discovery.portal, 'companies') ?? []).filter(({ hubspotDefined }) => !hubspotDefined).map(({ name }) => name),
  ...sampled(discovery, 'companies'),
];

/** The value as the key would read it. */
function readAs(key: MappingKey, raw: string, type: string | undefined, zone: string, discovery: Discovery) {
  const kind: Kind = KEY_WORDS[key]?.kind ?? 'text';
  const parsed = parse(kind, raw, type, zone, discovery);
  return parsed.ok ? { text: parsed.value, readable: true } : { text: raw, readable: false };
}

function parse(kind: Kind, raw: string, type: string | undefined, zone: string, { portal }: Discovery): Parsed<string> {
  const text = <T>(parsed: Parsed<T>, word: (value: T) => string = String): Parsed<string> =>
    parsed.ok ? { ok: true, value: word(parsed.value) } : parsed;
  switch (kind) {
    case 'day':
      return text(parseDayValue(raw, type, dayReader(zone)));
    case 'month':
      return text(parseMonthValue(raw, type, dayReader(zone)));
    case 'number':
      return text(parseNumber(raw), (value) => formatNumber(value, Number.isInteger(value) ? 0 : 2));
    case 'flag':
      return text(parseFlag(raw));
    case 'owner': {
      const owner = portal.owners.find(({ id }) => id === raw);
      return text(parseText(owner ? `${owner.lastName} ${owner.firstName}`.trim() || (owner.email ?? raw) : raw));
    }
    case 'text':
    case 'score':
      return text(parseText(raw));
  }
}
