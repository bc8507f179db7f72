/**
 * A portal of any size as a process of its own: every record is worked out from its id when it is asked for, so that a
 * hundred thousand companies take no memory. It answers what a sync asks, with HubSpot's page sizes, and counts; with
 * `--limits` it refuses like HubSpot what is above 190 calls in ten seconds and five searches a second.
 *
 * `node bench/scale-portal.ts COMPANIES [--limits]` prints its address. `POST /change` makes one company in twenty, and
 * everything on those, change; `GET /counts` gives what was asked and starts counting anew.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLimits, DEFAULT_LIMITS } from '../src/data/demo/limits.ts';
import type { Instant } from '../src/units/day.ts';
import { CHANGED_ONE_IN, type ChildType, SHAPE, TYPES } from './scale-shape.ts';

const companies = Number(process.argv[2] ?? 200);
const isLimited = process.argv.includes('--limits');
const OWNER = '7';
const FIRST_COMPANY = 10_000_000;
/** Ids of a type begin at its place times this. */
const TYPE_ROOM = 1_000_000_000;
const DAY_MS = 86_400_000;
const made = Date.now() - 60 * DAY_MS;
let changedAt: number | null = null;

const now = (): Instant => Date.now() as Instant;
const limits = createLimits(isLimited ? DEFAULT_LIMITS : null, now, 'UTC', 0);
const wide = { 'X-HubSpot-RateLimit-Max': '1000000', 'X-HubSpot-RateLimit-Interval-Milliseconds': '10000' };
let counts = { all: 0, refused: 0 };

const firstOf = (type: string): number => (TYPES.indexOf(type as ChildType) + 1) * TYPE_ROOM;
const isCompany = (type: string): boolean => type === 'companies';
const perCompany = (type: string): number => (isCompany(type) ? 1 : SHAPE[type as ChildType]);
const idOf = (type: string, index: number): string => String((isCompany(type) ? FIRST_COMPANY : firstOf(type)) + index);
const indexOf = (type: string, id: string): number => Number(id) - (isCompany(type) ? FIRST_COMPANY : firstOf(type));
const countOf = (type: string): number => companies * perCompany(type);
const companyOf = (type: string, index: number): number => Math.floor(index / perCompany(type));
const hasChanged = (company: number): boolean => changedAt !== null && company % CHANGED_ONE_IN === 0;

function valueFor(type: string, index: number, property: string): string | null {
  const company = companyOf(type, index);
  const k = index % perCompany(type);
  switch (property) {
    case 'hs_object_id':
      return idOf(type, index);
    case 'name':
      return `Company ${company}`;
    case 'domain':
      return `c${company}.example`;
    case 'lifecyclestage':
      return 'customer';
    case 'hubspot_owner_id':
      return OWNER;
    case 'plan':
      return hasChanged(company) ? 'Enterprise' : 'Pro';
    case 'target_month':
      return new Date(Date.UTC(2026, 10 - k, 1)).toISOString().slice(0, 10);
    case 'amount':
      return String(10_000 + (company % 977) * 10 + (hasChanged(company) ? 1 : 0));
    case 'product':
      return 'Core';
    case 'hs_note_body':
      return `A note of the usual length about company ${company}: they asked about the invoice and about exports.`;
    case 'subject':
    case 'hs_task_subject':
      return `Question ${index}`;
    case 'email':
      return `p${index}@c${company}.example`;
    case 'hs_lastmodifieddate':
    case 'lastmodifieddate':
      return new Date(updatedAt(company)).toISOString();
    case 'hs_timestamp':
    case 'createdate':
    case 'hs_createdate':
      return new Date(made).toISOString();
    default:
      return null;
  }
}

const updatedAt = (company: number): number => (hasChanged(company) ? (changedAt ?? made) : made);

function recordOf(type: string, id: string, properties: readonly string[], history: readonly string[]): unknown {
  const index = indexOf(type, id);
  if (!(index >= 0 && index < countOf(type))) return null;
  const names = ['hs_object_id', ...properties];
  return {
    id,
    properties: Object.fromEntries(names.map((name) => [name, valueFor(type, index, name)])),
    ...(history.length === 0
      ? {}
      : {
          propertiesWithHistory: Object.fromEntries(
            history.map((name) => [
              name,
              [{ value: valueFor(type, index, name) ?? '', timestamp: new Date(made).toISOString(), sourceType: 'API' }],
            ]),
          ),
        }),
    createdAt: new Date(made).toISOString(),
    updatedAt: new Date(updatedAt(companyOf(type, index))).toISOString(),
    archived: false,
  };
}

interface Filter {
  readonly propertyName: string;
  readonly operator: string;
  readonly value?: string;
  readonly highValue?: string;
}

function search(type: string, body: { filterGroups: { filters: Filter[] }[]; limit: number; properties: string[] }): unknown {
  const filters = body.filterGroups[0]?.filters ?? [];
  const after = filters.find((filter) => filter.propertyName === 'hs_object_id')?.value;
  const between = filters.find((filter) => filter.operator === 'BETWEEN');
  const within = (at: number): boolean => at >= Number(between?.value) && at <= Number(between?.highValue);
  const start = after === undefined ? 0 : indexOf(type, after) + 1;
  const per = perCompany(type);
  const found: string[] = [];
  let total = 0;
  if (!between || (within(made) && changedAt === null)) {
    total = Math.max(0, countOf(type) - start);
    for (let index = start; index < start + Math.min(body.limit, total); index += 1) found.push(idOf(type, index));
  } else if (changedAt !== null && within(changedAt)) {
    // The changed companies' records, from the keyset's place on.
    for (let company = 0; company < companies; company += CHANGED_ONE_IN) {
      const from = Math.max(start, company * per);
      total += Math.max(0, (company + 1) * per - from);
      for (let index = from; index < (company + 1) * per && found.length < body.limit; index += 1) found.push(idOf(type, index));
    }
  }
  return { total, results: found.map((id) => recordOf(type, id, body.properties, [])) };
}

function associations(from: string, to: string, inputs: readonly { id: string }[]): unknown {
  const results: unknown[] = [];
  for (const { id } of inputs) {
    const index = indexOf(from, id);
    let ids: string[] = [];
    if (isCompany(from)) ids = Array.from({ length: perCompany(to) }, (_, k) => idOf(to, index * perCompany(to) + k));
    else if (isCompany(to)) ids = [idOf(to, companyOf(from, index))];
    if (ids.length > 0)
      results.push({
        from: { id },
        to: ids.map((one) => ({ toObjectId: Number(one), associationTypes: [{ category: 'HUBSPOT_DEFINED', typeId: 1, label: null }] })),
      });
  }
  return { status: 'COMPLETE', results, startedAt: new Date().toISOString(), completedAt: new Date().toISOString() };
}

const property = (name: string) => ({
  name,
  label: name,
  type: 'string',
  fieldType: 'text',
  groupName: 'g',
  options: [],
  calculated: false,
  hubspotDefined: true,
  description: '',
});
const PROPERTIES = [
  'name',
  'domain',
  'lifecyclestage',
  'hubspot_owner_id',
  'plan',
  'createdate',
  'hs_lastmodifieddate',
  'lastmodifieddate',
  'hs_merged_object_ids',
  'hs_timestamp',
  'hs_note_body',
  'subject',
  'hs_task_subject',
  'email',
  'hs_createdate',
].map(property);
const SCHEMA = {
  id: '2-101',
  objectTypeId: '2-101',
  fullyQualifiedName: 'p1_mrr',
  name: 'mrr',
  labels: { singular: 'MRR', plural: 'MRR' },
  primaryDisplayProperty: 'target_month',
  requiredProperties: [],
  searchableProperties: [],
  properties: ['target_month', 'amount', 'product', 'hs_createdate', 'hs_lastmodifieddate'].map(property),
  associations: [{ fromObjectTypeId: '2-101', toObjectTypeId: '0-2', id: '1' }],
};
const ACCOUNT = { portalId: 1, accountType: 'STANDARD', timeZone: 'Asia/Tokyo', companyCurrency: 'JPY', uiDomain: 'app.hubspot.example' };
const owner = {
  id: OWNER,
  email: 'csm@demo.example',
  firstName: 'C',
  lastName: 'SM',
  userId: 1,
  teams: [],
  archived: false,
  type: 'PERSON',
  createdAt: new Date(made).toISOString(),
  updatedAt: new Date(made).toISOString(),
};

function answer(method: string, path: string, query: URLSearchParams, body: string): unknown {
  const parts = path.split('/');
  if (path === '/account-info/v3/details') return ACCOUNT;
  if (path === '/crm/v3/owners') return { results: query.get('archived') === 'true' ? [] : [owner] };
  if (path.startsWith('/crm/v3/pipelines/')) return { results: [] };
  if (path === '/crm-object-schemas/v3/schemas') return { results: [SCHEMA] };
  if (path.startsWith('/crm/v3/properties/')) return { results: PROPERTIES };
  const json = body === '' ? {} : JSON.parse(body);
  if (path.startsWith('/crm/v3/objects/') && path.endsWith('/search')) return search(parts[4] ?? '', json);
  if (path.startsWith('/crm/v3/objects/') && path.endsWith('/batch/read')) {
    const type = parts[4] ?? '';
    const results = json.inputs
      .map(({ id }: { id: string }) => recordOf(type, id, json.properties, json.propertiesWithHistory))
      .filter(Boolean);
    return { status: 'COMPLETE', results, startedAt: new Date().toISOString(), completedAt: new Date().toISOString() };
  }
  if (path.startsWith('/crm/v4/associations/')) return associations(parts[4] ?? '', parts[5] ?? '', json.inputs);
  throw new Error(`${method} ${path} is not known here`);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

const server = createServer((request, response) => {
  void bodyOf(request).then((body) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const path = url.pathname.replace(/\/$/, '');
    if (path === '/change') changedAt = Date.now();
    if (path === '/change') response.end();
    else if (path === '/counts') {
      response.end(JSON.stringify(counts));
      counts = { all: 0, refused: 0 };
    } else serve(request.method ?? '', path, url.searchParams, body, response);
  });
});

function serve(method: string, path: string, query: URLSearchParams, body: string, response: ServerResponse): void {
  counts.all += 1;
  const isSearch = path.endsWith('/search');
  const refused = limits.admit(isSearch);
  if (refused) counts.refused += 1;
  response.writeHead(refused?.status ?? 200, {
    'content-type': 'application/json',
    ...(isSearch ? {} : isLimited ? limits.headers() : wide),
  });
  response.end(JSON.stringify(refused ? refused.body : answer(method, path, query, body)));
}

server.listen(0, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`));
process.once('SIGTERM', () => process.exit(0));
