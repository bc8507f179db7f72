/** A HubSpot of the mind: its clock, its index's lag and its answers are the test's to choose. */
import type { ApiFailure, CrmRecord, Gateway, NewRecord, PortalInfo } from '../../../src/data/hubspot/types.ts';
import type { Instant } from '../../../src/units/day.ts';
import { err, ok } from '../../../src/units/result.ts';

export const failure = (parts: Partial<ApiFailure>): ApiFailure => ({
  kind: 'network',
  status: null,
  category: null,
  correlationId: null,
  scopes: [],
  message: 'made by the test',
  request: 'POST /crm/v3/objects/notes',
  retryAt: null,
  surelyNotApplied: false,
  ...parts,
});

interface Kept {
  readonly object: string;
  readonly record: CrmRecord;
  readonly companyIds: string[];
  /** When search, and the association list, begin to show it. */
  readonly searchableAt: number;
  readonly listedAt: number;
}

/** What a create does: `apply` keeps the record (some ms later), `answer` is what the caller hears. */
export interface Script {
  readonly apply: boolean;
  readonly applyAfterMs?: number;
  readonly answer: 'ok' | 'empty' | 'throw' | ApiFailure;
}

export class FakeHubSpot {
  readonly kept: Kept[] = [];
  readonly creates: { readonly object: string; readonly record: NewRecord }[] = [];
  readonly updates: { readonly object: string; readonly id: string; readonly properties: Readonly<Record<string, string>> }[] = [];
  readonly archives: { readonly object: string; readonly id: string }[] = [];
  readonly upserts: { readonly object: string; readonly value: string }[] = [];
  /** What associating does, by turns. */
  linkScripts: Script[] = [];
  private readonly companies = new Map<string, CrmRecord & { readonly properties: Record<string, string | null> }>();
  readonly merged = new Map<string, string>();
  readonly gone = new Set<string>();
  scripts: Script[] = [];
  searchLagMs = 0;
  listLagMs = 0;
  down: ApiFailure | null = null;
  /** For searches of our own record; the witness is seen all the same. */
  searchDown: ApiFailure | null = null;
  portalId = '100';
  readonly now: () => Instant;
  private nextId = 5000;

  constructor(now: () => Instant) {
    this.now = now;
  }

  keep(object: string, record: NewRecord, at: number = this.now()): CrmRecord {
    const id = String(this.nextId++);
    const stamp = at as Instant;
    const made: CrmRecord = { id, properties: { ...record.properties }, history: {}, createdAt: stamp, updatedAt: stamp, archived: false };
    const companyIds = record.associations.map((one) => one.toId);
    this.kept.push({ object, record: made, companyIds, searchableAt: at + this.searchLagMs, listedAt: at + this.listLagMs });
    return made;
  }

  /** Somebody else's note, which the index shows at once. */
  stranger(): void {
    const lag = this.searchLagMs;
    this.searchLagMs = 0;
    this.keep('notes', {
      properties: { hs_note_body: 'somebody else', hs_timestamp: new Date(this.now() - 60_000).toISOString() },
      associations: [],
    });
    this.searchLagMs = lag;
  }

  /** A company, made when it is first asked for. */
  company(id: string): CrmRecord & { readonly properties: Record<string, string | null> } {
    const known = this.companies.get(id);
    if (known) return known;
    const at = this.now();
    const made = { id, properties: {} as Record<string, string | null>, history: {}, createdAt: at, updatedAt: at, archived: false };
    this.companies.set(id, made);
    return made;
  }

  withMarker(marker: string): number {
    return this.kept.filter(({ record }) => Object.values(record.properties).some((value) => value?.includes(marker))).length;
  }

  gateway(): Gateway {
    const unused = async () => err(failure({ message: 'not part of this test' }));
    const visible = (object: string, at: (kept: Kept) => number) =>
      this.kept.filter((kept) => kept.object === object && at(kept) <= this.now() && kept.record.createdAt <= this.now());
    return {
      portalInfo: async () => (this.down ? err(this.down) : ok({ portalId: this.portalId } as PortalInfo)),
      owners: unused,
      properties: unused,
      schemas: unused,
      pipelines: unused,
      list: unused,
      events: unused,
      update: async (object, id, properties) => {
        this.updates.push({ object, id, properties });
        if (this.down) return err(this.down);
        const script = this.scripts.shift() ?? { apply: true, answer: 'ok' };
        const record = object === 'companies' ? this.company(id) : this.kept.find((kept) => kept.record.id === id)?.record;
        if (script.apply && record) Object.assign(record.properties, properties);
        if (script.answer === 'throw') throw new Error('torn');
        if (typeof script.answer === 'object') return err(script.answer);
        return record ? ok(record) : err(failure({ kind: 'not_found', status: 404, surelyNotApplied: true }));
      },
      archive: async (object, id) => {
        this.archives.push({ object, id });
        if (this.down) return err(this.down);
        const script = this.scripts.shift() ?? { apply: true, answer: 'ok' };
        const at = this.kept.findIndex((kept) => kept.record.id === id);
        if (script.apply && at >= 0) this.kept.splice(at, 1);
        if (script.answer === 'throw') throw new Error('torn');
        return typeof script.answer === 'object' ? err(script.answer) : ok(null);
      },
      upsert: async (object, property, value, properties) => {
        this.upserts.push({ object, value });
        if (this.down) return err(this.down);
        const script = this.scripts.shift() ?? { apply: true, answer: 'ok' };
        const known = this.kept.find((kept) => kept.record.properties[property] === value)?.record;
        if (known && script.apply) Object.assign(known.properties, properties);
        const made =
          known ?? (script.apply ? this.keep(object, { properties: { ...properties, [property]: value }, associations: [] }) : null);
        if (script.answer === 'throw') throw new Error('torn');
        if (typeof script.answer === 'object') return err(script.answer);
        return made ? ok(made) : err(failure({}));
      },
      readBy: async (_object, property, value) => {
        if (this.down) return err(this.down);
        return ok(this.kept.find((kept) => kept.record.properties[property] === value)?.record ?? null);
      },
      createProperty: unused,
      createPropertyGroup: unused,
      updateMany: unused,
      associate: async (_from, fromId, _to, toId) => {
        if (this.down) return err(this.down);
        const script = this.linkScripts.shift() ?? { apply: true, answer: 'ok' };
        const kept = this.kept.find((one) => one.record.id === fromId);
        if (script.apply && kept && !kept.companyIds.includes(toId)) kept.companyIds.push(toId);
        return typeof script.answer === 'object' ? err(script.answer) : ok(null);
      },
      search: async (object, { filterGroups, afterId, limit }) => {
        const forWitness = filterGroups[0]?.[0]?.propertyName === 'hs_createdate';
        const trouble = this.down ?? (forWitness ? null : this.searchDown);
        if (trouble) return err(trouble);
        const matches = visible(object, (kept) => kept.searchableAt).filter(({ record }) =>
          (filterGroups[0] ?? []).every(({ propertyName, operator, value, highValue }) => {
            const own = propertyName === 'hs_createdate' ? record.createdAt : momentOf(record.properties[propertyName] ?? '');
            if (operator === 'GT') return own > Number(value);
            return own >= Number(value) && own <= Number(highValue);
          }),
        );
        const after = matches.filter(({ record }) => afterId === null || Number(record.id) > Number(afterId));
        return ok({ total: after.length, records: after.slice(0, limit).map(({ record }) => record) });
      },
      read: async (object, ids) => {
        if (this.down) return err(this.down);
        if (object !== 'companies')
          return ok({
            records: visible(object, () => 0)
              .filter(({ record }) => ids.includes(record.id))
              .map(({ record }) => record),
            missing: [],
            merged: new Map(),
          });
        const alive = ids.filter((id) => !this.gone.has(id));
        return ok({
          records: alive.map((id) => this.company(this.merged.get(id) ?? id)),
          missing: ids.filter((id) => this.gone.has(id)),
          merged: new Map([...this.merged].filter(([id]) => alive.includes(id))),
        });
      },
      associations: async (_from, to, ids) => {
        if (this.down) return err(this.down);
        const listed = visible(to, (kept) => kept.listedAt);
        return ok(new Map(ids.map((id) => [id, listed.filter((kept) => kept.companyIds.includes(id)).map(({ record }) => record.id)])));
      },
      create: async (object, record) => {
        this.creates.push({ object, record });
        if (this.down) return err(this.down);
        const script = this.scripts.shift() ?? { apply: true, answer: 'ok' };
        const made = script.apply ? this.keep(object, record, this.now() + (script.applyAfterMs ?? 0)) : null;
        if (script.answer === 'throw') throw new Error('torn');
        if (script.answer === 'empty')
          return ok({ id: '', properties: {}, history: {}, createdAt: this.now(), updatedAt: this.now(), archived: false });
        if (script.answer === 'ok') return made ? ok(made) : err(failure({}));
        return err(script.answer);
      },
      counters: { requests: 0, retried: 0 },
      close: () => undefined,
    };
  }
}

const momentOf = (value: string): number => (/^\d+$/.test(value) ? Number(value) : Date.parse(value));
