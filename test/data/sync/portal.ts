/** A portal in memory behind the gateway's port: counts requests as the real one does, and can be told to fail. */
import type {
  ApiFailure,
  BatchRead,
  CrmRecord,
  Filter,
  Gateway,
  ObjectSchema,
  Owner,
  PropertyDef,
  Reply,
} from '../../../src/data/hubspot/types.ts';
import type { Instant } from '../../../src/units/day.ts';
import { err, ok } from '../../../src/units/result.ts';

export interface PortalRecord {
  readonly id: string;
  properties: Record<string, string>;
  history: Record<string, { value: string; timestamp: Instant }[]>;
  readonly createdAt: Instant;
  updatedAt: Instant;
  /** From when on the search index knows its present state. */
  indexedAt: Instant;
  /** What the index still says until then; null where it does not know the record. */
  indexed: { properties: Record<string, string>; updatedAt: Instant } | null;
  gone: boolean;
}

export interface Request {
  readonly kind: 'portal' | 'owners' | 'properties' | 'schemas' | 'pipelines' | 'search' | 'read' | 'associations';
  readonly object: string;
  readonly to?: string;
  readonly size: number;
  readonly afterId?: string | null;
}

export const failure = (kind: ApiFailure['kind'], more: Partial<ApiFailure> = {}): ApiFailure => ({
  kind,
  status: null,
  category: null,
  correlationId: null,
  scopes: [],
  message: kind,
  request: 'test',
  retryAt: null,
  surelyNotApplied: true,
  ...more,
});

const byId = (a: string, b: string) => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);

const property = (name: string): PropertyDef => ({
  name,
  label: name,
  type: 'string',
  fieldType: 'text',
  groupName: 'g',
  options: [],
  calculated: false,
  hubspotDefined: false,
  referencedObjectType: null,
  readOnly: false,
});

export class MemoryPortal implements Gateway {
  now: Instant;
  readonly objects = new Map<string, Map<string, PortalRecord>>();
  readonly links = new Map<string, Set<string>>();
  readonly merged = new Map<string, string>();
  readonly requests: Request[] = [];
  readonly counters = { requests: 0, retried: 0 };
  schemaIds: string[] = ['2-1', '2-2'];
  /** Called before each request is answered. */
  fault: (request: Request) => ApiFailure | null = () => null;
  /** Changes what a search answers. */
  distort: (page: { total: number; records: CrmRecord[] }, request: Request) => { total: number; records: CrmRecord[] } = (page) => page;
  private nextId = 1000;

  constructor(now: Instant) {
    this.now = now;
  }

  add(
    object: string,
    properties: Record<string, string>,
    more: { id?: string; on?: readonly [string, string][]; lag?: number } = {},
  ): string {
    const id = more.id ?? String(this.nextId++);
    this.table(object).set(id, {
      id,
      properties,
      history: {},
      createdAt: this.now,
      updatedAt: this.now,
      indexedAt: (this.now + (more.lag ?? 0)) as Instant,
      indexed: null,
      gone: false,
    });
    for (const [parent, parentId] of more.on ?? []) this.link(parent, parentId, object, id);
    return id;
  }

  change(object: string, id: string, properties: Record<string, string>, options: { lag?: number; quiet?: boolean } = {}): void {
    const record = this.get(object, id);
    record.indexed = { properties: { ...record.properties }, updatedAt: record.updatedAt };
    Object.assign(record.properties, properties);
    if (!options.quiet) record.updatedAt = this.now;
    record.indexedAt = (this.now + (options.lag ?? 0)) as Instant;
  }

  remove(object: string, id: string): void {
    this.get(object, id).gone = true;
  }

  merge(object: string, loser: string, survivor: string): void {
    this.remove(object, loser);
    this.merged.set(`${object} ${loser}`, survivor);
    const losers = this.get(object, survivor).properties.hs_merged_object_ids;
    this.change(object, survivor, { hs_merged_object_ids: losers ? `${losers};${loser}` : loser });
    for (const [key, targets] of [...this.links]) {
      const [from, fromId, to] = key.split(' ');
      if (from === object && fromId === loser && to) for (const target of [...targets]) this.link(object, survivor, to, target);
    }
  }

  link(a: string, aId: string, b: string, bId: string): void {
    this.linked(a, aId, b).add(bId);
    this.linked(b, bId, a).add(aId);
  }

  unlink(a: string, aId: string, b: string, bId: string): void {
    this.linked(a, aId, b).delete(bId);
    this.linked(b, bId, a).delete(aId);
  }

  private linked(from: string, id: string, to: string): Set<string> {
    const key = `${from} ${id} ${to}`;
    const found = this.links.get(key) ?? new Set();
    this.links.set(key, found);
    return found;
  }

  table(object: string): Map<string, PortalRecord> {
    const found = this.objects.get(object) ?? new Map();
    this.objects.set(object, found);
    return found;
  }

  get(object: string, id: string): PortalRecord {
    const record = this.table(object).get(id);
    if (!record) throw new Error(`no ${object} ${id}`);
    return record;
  }

  private ask<T>(request: Request, answer: () => T): Reply<T> {
    this.requests.push(request);
    this.counters.requests++;
    const fault = this.fault(request);
    return Promise.resolve(fault ? err(fault) : ok(answer()));
  }

  portalInfo() {
    return this.ask({ kind: 'portal', object: 'portal', size: 1 }, () => ({
      portalId: '1',
      timeZone: 'Asia/Tokyo',
      currency: 'JPY',
      uiDomain: 'app.hubspot.com',
      accountType: 'STANDARD',
    }));
  }
  owners(): Reply<readonly Owner[]> {
    return this.ask({ kind: 'owners', object: 'owners', size: 1 }, () => []);
  }
  properties(object: string) {
    return this.ask({ kind: 'properties', object, size: 1 }, () => {
      const names = new Set([...this.table(object).values()].flatMap((record) => Object.keys(record.properties)));
      return ['hs_lastmodifieddate', 'lastmodifieddate', 'hubspot_owner_id', 'lifecyclestage', 'jobtitle', ...names].map(property);
    });
  }
  schemas() {
    return this.ask<readonly ObjectSchema[]>({ kind: 'schemas', object: 'schemas', size: 1 }, () =>
      this.schemaIds.map((objectTypeId) => ({
        objectTypeId,
        name: objectTypeId,
        labels: { singular: '', plural: '' },
        properties: ['month', 'amount', 'week', 'logins', 'hs_lastmodifieddate'].map(property),
        associatedObjects: [],
      })),
    );
  }
  pipelines(object: 'tickets' | 'deals') {
    return this.ask({ kind: 'pipelines', object, size: 1 }, () => []);
  }

  search(object: string, request: { filterGroups: readonly (readonly Filter[])[]; afterId: string | null; limit: number }) {
    const asked: Request = { kind: 'search', object, size: request.limit, afterId: request.afterId };
    return this.ask(asked, () => {
      const rows = [...this.table(object).values()]
        .map((record) => this.indexed(record))
        .filter((record) => record !== null)
        .filter((record) => request.filterGroups.some((group) => group.every((filter) => this.matches(object, record, filter))))
        .filter((record) => request.afterId === null || byId(record.id, request.afterId) > 0)
        .sort((a, b) => byId(a.id, b.id));
      return this.distort({ total: rows.length, records: rows.slice(0, request.limit).map((row) => toCrm(row, [], [])) }, asked);
    });
  }

  private indexed(record: PortalRecord): PortalRecord | null {
    if (record.gone) return null;
    if (record.indexedAt <= this.now) return record;
    return record.indexed ? { ...record, ...record.indexed } : null;
  }

  private matches(object: string, record: PortalRecord, filter: Filter): boolean {
    const cursor = object === 'contacts' ? 'lastmodifieddate' : 'hs_lastmodifieddate';
    if (filter.operator === 'BETWEEN') {
      if (filter.propertyName !== cursor) return false;
      return record.updatedAt >= Number(filter.value) && record.updatedAt <= Number(filter.highValue);
    }
    const value = record.properties[filter.propertyName];
    if (filter.operator === 'IN') return filter.values?.includes(value ?? '') ?? false;
    return filter.operator === 'HAS_PROPERTY' ? value !== undefined : value === filter.value;
  }

  async read(object: string, ids: readonly string[], properties: readonly string[], withHistory: readonly string[]): Reply<BatchRead> {
    const size = withHistory.length > 0 ? 50 : 100;
    const records = new Map<string, CrmRecord>();
    const missing: string[] = [];
    const merged = new Map<string, string>();
    for (let start = 0; start < ids.length; start += size) {
      const part = ids.slice(start, start + size);
      const reply = await this.ask({ kind: 'read', object, size: part.length }, () => null);
      if (!reply.ok) return reply;
      for (const id of part) {
        const survivor = this.merged.get(`${object} ${id}`);
        const record = this.table(object).get(survivor ?? id);
        if (!record || record.gone) missing.push(id);
        else {
          records.set(record.id, toCrm(record, properties, withHistory));
          if (survivor) merged.set(id, survivor);
        }
      }
    }
    return ok({ records: [...records.values()].reverse(), missing, merged });
  }

  list(): never {
    throw new Error('not asked for');
  }

  async associations(from: string, to: string, ids: readonly string[]): Reply<ReadonlyMap<string, readonly string[]>> {
    const found = new Map<string, readonly string[]>();
    for (let start = 0; start < ids.length; start += 1000) {
      const part = ids.slice(start, start + 1000);
      const reply = await this.ask({ kind: 'associations', object: from, to, size: part.length }, () => null);
      if (!reply.ok) return reply;
      for (const id of part)
        found.set(
          id,
          [...this.linked(from, id, to)].filter((other) => !this.table(to).get(other)?.gone),
        );
    }
    return ok(found);
  }

  create(): never {
    throw new Error('a sync never writes');
  }
  update(): never {
    throw new Error('a sync never writes');
  }
  archive(): never {
    throw new Error('a sync never writes');
  }
  events(): never {
    throw new Error('not in this portal');
  }
  upsert(): never {
    throw new Error('a sync never writes');
  }
  readBy(): never {
    throw new Error('a sync reads by id alone');
  }
  createPropertyGroup(): never {
    throw new Error('a sync never writes');
  }
  updateMany(): never {
    throw new Error('a sync never writes');
  }
  createProperty(): never {
    throw new Error('a sync never writes');
  }
  associate(): never {
    throw new Error('a sync never writes');
  }
  close(): void {}
}

function toCrm(record: PortalRecord, properties: readonly string[], withHistory: readonly string[]): CrmRecord {
  return {
    id: record.id,
    properties: Object.fromEntries(properties.map((name) => [name, record.properties[name] ?? null])),
    history: Object.fromEntries(withHistory.map((name) => [name, record.history[name] ?? []])),
    createdAt: record.createdAt,
    updatedAt: record.updatedAt,
    archived: false,
  };
}
