import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SearchRequest } from '../../../src/data/hubspot/types.ts';
import { CANARY, failure, make, value } from './make.ts';
import { record, reply, type Server, startServer } from './server.ts';

let server: Server;
beforeEach(async () => {
  server = await startServer((_, response) =>
    reply(response, 404, { status: 'error', message: 'no such path', category: 'OBJECT_NOT_FOUND' }),
  );
});
afterEach(() => server.close());

const search = (more: Partial<SearchRequest> = {}): SearchRequest => ({
  filterGroups: [[{ propertyName: 'hubspot_owner_id', operator: 'EQ', value: '7' }]],
  properties: ['name'],
  afterId: null,
  limit: 200,
  ...more,
});

describe.each(['v3', '2026-09'] as const)('%s', (apiVersion) => {
  const path = (v3: string, dated: string) => (apiVersion === 'v3' ? v3 : dated);
  const gatewayFor = () => make(server.base, { apiVersion }).gateway;

  test('portal info', async () => {
    server.handle = (_, response) =>
      reply(response, 200, {
        portalId: 12345,
        timeZone: 'Asia/Tokyo',
        companyCurrency: 'JPY',
        uiDomain: 'app.example',
        accountType: 'SANDBOX',
      });
    expect(value(await gatewayFor().portalInfo())).toEqual({
      portalId: '12345',
      timeZone: 'Asia/Tokyo',
      currency: 'JPY',
      uiDomain: 'app.example',
      accountType: 'SANDBOX',
    });
    expect(server.seen[0]?.path).toBe(path('/account-info/v3/details', '/account-info/2026-09/details'));
    expect(server.seen[0]?.headers.authorization).toBe(`Bearer ${CANARY}`);
  });

  test('account details: a zone that no clock knows is not let in', async () => {
    server.handle = (_, response) => reply(response, 200, { portalId: 12345, timeZone: 'Mars/Base', companyCurrency: 'JPY' });
    expect(value(await gatewayFor().portalInfo())).toMatchObject({ timeZone: 'UTC' });
  });

  test('owners: every page, those who left too', async () => {
    server.handle = ({ url }, response) => {
      const archived = url.searchParams.get('archived') === 'true';
      const after = url.searchParams.get('after');
      const owner = (id: string) => ({
        id,
        email: `${id}@people.example`,
        userId: 9,
        teams: [{ id: 't', name: 'North', primary: true }],
        archived,
      });
      if (archived) reply(response, 200, { results: [owner('3')] });
      else if (after === 'next') reply(response, 200, { results: [owner('2')] });
      else reply(response, 200, { results: [owner('1')], paging: { next: { after: 'next', link: 'http://elsewhere.example/' } } });
    };
    const owners = value(await gatewayFor().owners());
    expect(owners.map(({ id, archived }) => [id, archived])).toEqual([
      ['1', false],
      ['2', false],
      ['3', true],
    ]);
    expect(owners[0]).toMatchObject({ userId: '9', firstName: '', teams: [{ id: 't', name: 'North', primary: true }] });
    expect(server.seen[0]?.path).toBe(path('/crm/v3/owners', '/crm/owners/2026-09'));
  });

  test('properties, schemas and pipelines', async () => {
    const property = { name: 'csm', label: 'CSM', type: 'enumeration', fieldType: 'select', groupName: 'g', description: '', options: [] };
    server.handle = (seen, response) => {
      if (seen.path.includes('pipelines')) {
        const stage = { id: '1', label: 'New', metadata: { ticketState: 'OPEN' } };
        reply(response, 200, { results: [{ id: '0', label: 'Support', stages: [stage] }] });
      } else if (seen.path.includes('schemas')) {
        const labels = { singular: '月次MRR', plural: '月次MRR' };
        const associations = [{ id: 'a', fromObjectTypeId: '2-9', toObjectTypeId: '0-2' }];
        reply(response, 200, { results: [{ id: '9', objectTypeId: '2-9', name: 'mrr', labels, properties: [property], associations }] });
      } else {
        const more = {
          referencedObjectType: 'OWNER',
          modificationMetadata: { readOnlyValue: true, archivable: true, readOnlyDefinition: true },
        };
        reply(response, 200, {
          results: [
            { ...property, ...more },
            { ...property, name: 'old', archived: true },
          ],
        });
      }
    };
    const gateway = gatewayFor();
    expect(value(await gateway.properties('companies'))).toMatchObject([{ name: 'csm', referencedObjectType: 'OWNER', readOnly: true }]);
    expect(value(await gateway.schemas())).toMatchObject([
      { objectTypeId: '2-9', labels: { singular: '月次MRR' }, associatedObjects: ['0-2'], properties: [{ name: 'csm' }] },
    ]);
    expect(value(await gateway.pipelines('tickets'))).toEqual([
      { id: '0', label: 'Support', stages: [{ id: '1', label: 'New', metadata: { ticketState: 'OPEN' } }] },
    ]);
    expect(server.seen.map((seen) => seen.path)).toEqual([
      path('/crm/v3/properties/companies', '/crm/properties/2026-09/companies'),
      path('/crm-object-schemas/v3/schemas', '/crm-object-schemas/2026-09/schemas'),
      path('/crm/v3/pipelines/tickets', '/crm/pipelines/2026-09/tickets'),
    ]);
  });

  test('search pages by id in every group, and passes no row twice', async () => {
    server.handle = (_, response) => reply(response, 200, { total: 3, results: [record('100'), record('99'), record('20')] });
    const filterGroups = [
      [{ propertyName: 'a', operator: 'IN', values: ['x', 'y'] }],
      [{ propertyName: 'b', operator: 'BETWEEN', value: '1', highValue: '2' }],
    ] as const;
    const page = value(await gatewayFor().search('companies', search({ filterGroups, afterId: '20' })));
    expect(page.total).toBe(3);
    expect(page.records.map(({ id }) => id)).toEqual(['99', '100']);
    const [seen] = server.seen;
    expect(seen?.path).toBe(path('/crm/v3/objects/companies/search', '/crm/objects/2026-09/companies/search'));
    const beyond = { propertyName: 'hs_object_id', operator: 'GT', value: '20' };
    expect(seen?.json).toEqual({
      filterGroups: [
        { filters: [{ propertyName: 'a', operator: 'IN', values: ['x', 'y'] }, beyond] },
        { filters: [{ propertyName: 'b', operator: 'BETWEEN', value: '1', highValue: '2' }, beyond] },
      ],
      sorts: [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }],
      properties: ['name'],
      limit: 200,
      after: '0',
    });
  });

  test('search without a filter asks for all, then for what follows', async () => {
    server.handle = (_, response) => reply(response, 200, { total: 0, results: [] });
    const gateway = gatewayFor();
    value(await gateway.search('2-9', search({ filterGroups: [] })));
    value(await gateway.search('2-9', search({ filterGroups: [], afterId: '5' })));
    expect(server.seen.map(({ json }) => json.filterGroups)).toEqual([
      [],
      [{ filters: [{ propertyName: 'hs_object_id', operator: 'GT', value: '5' }] }],
    ]);
  });

  test('list gives the next cursor and none at the end', async () => {
    server.handle = ({ url }, response) =>
      url.searchParams.get('after') === 'p2'
        ? reply(response, 200, { results: [record('2')] })
        : reply(response, 200, { results: [record('1')], paging: { next: { after: 'p2', link: 'https://elsewhere.example/steal' } } });
    const gateway = gatewayFor();
    const first = value(await gateway.list('companies', ['name', 'domain'], null, false));
    expect(first.after).toBe('p2');
    expect(value(await gateway.list('companies', ['name'], first.after, true)).after).toBeNull();
    expect(server.seen[0]?.path).toBe(path('/crm/v3/objects/companies', '/crm/objects/2026-09/companies'));
    expect(server.seen[0]?.url.searchParams.getAll('properties')).toEqual(['name', 'domain']);
    expect(server.seen[0]?.url.searchParams.get('limit')).toBe('100');
    expect(server.seen[1]?.url.searchParams.get('archived')).toBe('true');
  });

  test('create, update and archive', async () => {
    server.handle = ({ method, json }, response) => {
      if (method === 'DELETE') reply(response, 204, undefined);
      else reply(response, method === 'POST' ? 201 : 200, record('55', (json.properties ?? {}) as Record<string, unknown>));
    };
    const gateway = gatewayFor();
    const created = value(
      await gateway.create('notes', {
        properties: { hs_note_body: 'hello' },
        associations: [{ toId: '10', types: [{ category: 'HUBSPOT_DEFINED', typeId: 190 }] }],
      }),
    );
    expect(created).toMatchObject({ id: '55', properties: { hs_note_body: 'hello' }, createdAt: Date.parse('2026-01-02T03:04:05.678Z') });
    value(await gateway.update('companies', '10', { risk: '80' }));
    expect(value(await gateway.archive('notes', '55'))).toBeNull();
    expect(server.seen.map((seen) => `${seen.method} ${seen.path}`)).toEqual([
      path('POST /crm/v3/objects/notes', 'POST /crm/objects/2026-09/notes'),
      path('PATCH /crm/v3/objects/companies/10', 'PATCH /crm/objects/2026-09/companies/10'),
      path('DELETE /crm/v3/objects/notes/55', 'DELETE /crm/objects/2026-09/notes/55'),
    ]);
    expect(server.seen[0]?.json).toEqual({
      properties: { hs_note_body: 'hello' },
      associations: [{ to: { id: '10' }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 190 }] }],
    });
    expect(gateway.counters).toEqual({ requests: 3, retried: 0 });
  });

  test('partial failure counts under 207 and under 200', async () => {
    server.handle = (_, response) =>
      reply(response, apiVersion === 'v3' ? 207 : 200, {
        status: 'COMPLETE',
        results: [record('1')],
        numErrors: 1,
        errors: [{ status: 'error', category: 'OBJECT_NOT_FOUND', message: 'gone', context: { ids: ['2'] }, errors: [], links: {} }],
      });
    const read = value(await gatewayFor().read('companies', ['1', '2'], ['name'], []));
    expect(read.records.map(({ id }) => id)).toEqual(['1']);
    expect(read.missing).toEqual(['2']);
    expect(server.seen).toHaveLength(1);
  });

  test('associations follow the paging of each record and name each target once', async () => {
    server.handle = ({ json }, response) => {
      const inputs = json.inputs as { id: string; after?: string }[];
      const results = inputs
        .filter(({ id }) => id !== '3')
        .map(({ id, after }) => ({
          from: { id },
          // One target is a number, as in older answers.
          to: [
            { toObjectId: after ? 902 : '901', associationTypes: [] },
            { toObjectId: '901', associationTypes: [] },
          ],
          ...(id === '1' && after !== 'b' ? { paging: { next: { after: after ? 'b' : 'a' } } } : {}),
        }));
      const none = {
        status: 'error',
        category: 'OBJECT_NOT_FOUND',
        subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
        message: 'none',
        context: {},
      };
      reply(response, 207, { status: 'COMPLETE', results, numErrors: 1, errors: [none] });
    };
    const found = value(await gatewayFor().associations('companies', 'tickets', ['1', '2', '3']));
    expect([...found]).toEqual([
      ['1', ['901', '902']],
      ['2', ['901']],
      ['3', []],
    ]);
    expect(server.seen.map(({ json }) => json.inputs)).toEqual([
      [{ id: '1' }, { id: '2' }, { id: '3' }],
      [{ id: '1', after: 'a' }],
      [{ id: '1', after: 'b' }],
    ]);
    expect(server.seen[0]?.path).toBe(
      path('/crm/v4/associations/companies/tickets/batch/read', '/crm/associations/2026-09/companies/tickets/batch/read'),
    );
  });
});

describe('batch read', () => {
  const idsOf = (json: Record<string, unknown>) => (json.inputs as { id: string }[]).map(({ id }) => id);
  const ids = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1));

  test('splits by 100, by 50 with history, and answers any order', async () => {
    server.handle = ({ json }, response) =>
      reply(response, 200, {
        results: idsOf(json)
          .reverse()
          .map((id) => record(id)),
      });
    const { gateway } = make(server.base);
    const read = value(await gateway.read('notes', [...ids(201), '1'], ['hs_note_body'], []));
    expect(read.records).toHaveLength(201);
    expect(server.seen.map(({ json }) => idsOf(json).length).sort((a, b) => a - b)).toEqual([1, 100, 100]);
    expect(server.seen[0]?.json.properties).toEqual(['hs_note_body']);
    server.seen.length = 0;
    value(await gateway.read('companies', ids(120), ['name'], ['mrr']));
    expect(server.seen.map(({ json }) => idsOf(json).length).sort((a, b) => a - b)).toEqual([20, 50, 50]);
    expect(server.seen[0]?.json).toMatchObject({ properties: ['name', 'hs_merged_object_ids'], propertiesWithHistory: ['mrr'] });
  });

  test('at most four requests at a time', async () => {
    let open = 0;
    let most = 0;
    server.handle = ({ json }, response) => {
      open += 1;
      most = Math.max(most, open);
      setTimeout(() => {
        open -= 1;
        reply(response, 200, { results: idsOf(json).map((id) => record(id)) });
      }, 10);
    };
    value(await make(server.base).gateway.read('notes', ids(1_200), [], []));
    expect(most).toBe(4);
    expect(server.seen).toHaveLength(12);
  });

  test('histories come as instants, whatever an entry lacks', async () => {
    const propertiesWithHistory = {
      mrr: [
        { value: '2', timestamp: '2026-03-01T00:00:00Z', sourceType: 'API' },
        { value: 'x', timestamp: 'never', sourceType: 'API' },
      ],
      plan: [],
    };
    server.handle = (_, response) =>
      reply(response, 200, { results: [record('1', { mrr: '2', n: 5, gone: null }, { propertiesWithHistory })] });
    const read = value(await make(server.base).gateway.read('companies', ['1'], ['mrr'], ['mrr']));
    expect(read.records[0]).toMatchObject({
      properties: { mrr: '2', n: '5', gone: null },
      history: { mrr: [{ value: '2', timestamp: Date.UTC(2026, 2, 1) }], plan: [] },
    });
  });

  test('merged ids answer with the survivor and are not missing', async () => {
    server.handle = (_, response) => reply(response, 200, { results: [record('9', { hs_merged_object_ids: '1;2' })] });
    const read = value(await make(server.base).gateway.read('companies', ['1', '9', '2'], ['name'], []));
    expect(read.records.map(({ id }) => id)).toEqual(['9']);
    expect([...read.merged]).toEqual([
      ['1', '9'],
      ['2', '9'],
    ]);
    expect(read.missing).toEqual([]);
    expect(server.seen).toHaveLength(1);
  });

  test('an id that the batch passes over in silence is looked at by itself', async () => {
    server.handle = ({ method, path }, response) => {
      if (method === 'POST') reply(response, 200, { results: [record('1')] });
      else if (path.endsWith('/2')) reply(response, 200, record('2'));
      else reply(response, 404, { status: 'error', category: 'OBJECT_NOT_FOUND', message: 'gone' });
    };
    const read = value(await make(server.base).gateway.read('notes', ['1', '2', '3'], [], []));
    expect(read.records.map(({ id }) => id)).toEqual(['1', '2']);
    expect(read.missing).toEqual(['3']);
  });

  test('a batch that says COMPLETE with nothing in it is no answer', async () => {
    server.handle = (_, response) => reply(response, 200, { status: 'COMPLETE', results: [] });
    const error = failure(await make(server.base).gateway.read('notes', ['1', '2', '3'], [], []));
    expect(error.kind).toBe('body');
    expect(server.seen).toHaveLength(5);
  });

  test('a 404 for the whole batch means that all are missing', async () => {
    const read = value(await make(server.base).gateway.read('notes', ['1', '2'], [], []));
    expect(read).toMatchObject({ records: [], missing: ['1', '2'] });
  });

  test('hostile property names stay properties', async () => {
    server.handle = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(`{"results":[${JSON.stringify(record('1')).replace('"hs_object_id"', '"__proto__":"x","hs_object_id"')}]}`);
    };
    const read = value(await make(server.base).gateway.read('notes', ['1'], [], []));
    expect(read.records[0]?.properties.hs_object_id).toBe('1');
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });
});

describe('R9: associations', () => {
  test('1,000 ids a request, none for no ids', async () => {
    server.handle = (_, response) => reply(response, 200, { results: [] });
    const { gateway } = make(server.base);
    const ids = Array.from({ length: 2_001 }, (_, index) => String(index));
    expect(value(await gateway.associations('companies', 'notes', ids)).size).toBe(2_001);
    expect(server.seen.map(({ json }) => (json.inputs as unknown[]).length).sort((a, b) => a - b)).toEqual([1, 1_000, 1_000]);
    server.seen.length = 0;
    expect(value(await gateway.associations('companies', 'notes', [])).size).toBe(0);
    expect(server.seen).toHaveLength(0);
  });

  test('paging that stands still is a failure, not a loop', async () => {
    server.handle = (_, response) =>
      reply(response, 200, { results: [{ from: { id: '1' }, to: [], paging: { next: { after: 'same' } } }] });
    expect(failure(await make(server.base).gateway.associations('companies', 'notes', ['1'])).kind).toBe('body');
    expect(server.seen).toHaveLength(2);
  });

  test('a fault inside the batch is not "no associations"', async () => {
    const fault = { status: 'error', category: 'INTERNAL_ERROR', message: 'try later', context: {} };
    server.handle = (_, response) => reply(response, 207, { results: [], numErrors: 1, errors: [fault] });
    expect(failure(await make(server.base).gateway.associations('companies', 'notes', ['1'])).kind).toBe('body');
  });
});

describe('R22: more properties than an address holds', () => {
  const names = Array.from({ length: 200 }, (_, index) => `a_property_with_a_rather_long_name_number_${index}`);
  const held = (id: string, asked: readonly string[], more = {}) =>
    record(id, Object.fromEntries(asked.map((name) => [name, `${id} ${name}`])), more);

  test('are listed in parts that together are the whole, no address above 4 KiB', async () => {
    server.handle = ({ url }, response) =>
      reply(response, 200, {
        results: ['1', '2'].map((id) => held(id, url.searchParams.getAll('properties'))),
        paging: { next: { after: 'more' } },
      });
    const page = value(await make(server.base).gateway.list('companies', names, null, false));
    expect(page.after).toBe('more');
    expect(page.records.map(({ id }) => id)).toEqual(['1', '2']);
    for (const { id, properties } of page.records) for (const name of names) expect(properties[name]).toBe(`${id} ${name}`);
    expect(server.seen.length).toBeGreaterThan(1);
    for (const { url } of server.seen) expect(url.pathname.length + url.search.length).toBeLessThan(4_096);
  });

  test('of a record that changed in between are read again together', async () => {
    server.handle = ({ method, url, json }, response) => {
      const late = { updatedAt: '2026-03-01T00:00:00Z' };
      if (method === 'POST') return reply(response, 200, { results: [held('2', json.properties as string[], late)] });
      const asked = url.searchParams.getAll('properties');
      reply(response, 200, { results: [held('1', asked), held('2', asked, server.seen.length > 1 ? late : {})] });
    };
    const page = value(await make(server.base).gateway.list('companies', names, null, false));
    expect(server.seen.at(-1)?.json.inputs).toEqual([{ id: '2' }]);
    expect(page.records.map(({ id, updatedAt }) => [id, new Date(updatedAt).getUTCMonth()])).toEqual([
      ['1', 1],
      ['2', 2],
    ]);
  });

  test('of one record are read by batch', async () => {
    server.handle = ({ method, path }, response) => {
      if (path.endsWith('/batch/read') && server.seen.length === 1) return reply(response, 200, { results: [record('1')] });
      if (method === 'GET') return reply(response, 200, record('2'));
      reply(response, 200, { results: [held('2', names)] });
    };
    const read = value(await make(server.base).gateway.read('companies', ['1', '2'], names, []));
    expect(read.records.find(({ id }) => id === '2')?.properties[names[199] ?? '']).toBe(`2 ${names[199]}`);
    for (const { url } of server.seen) expect(url.search.length).toBeLessThan(4_096);
  });
});

describe('R23: histories', () => {
  test('are asked fifty records at a time, and a record without any loses nobody else’s', async () => {
    const entry = (value: string) => ({ value, timestamp: '2026-01-01T00:00:00Z', sourceType: 'API' });
    server.handle = ({ json }, response) => {
      const results = (json.inputs as { id: string }[]).map(({ id }) =>
        record(id, {}, id === '0' ? {} : { propertiesWithHistory: id === '1' ? { mrr: [] } : { mrr: [entry(id), entry('')] } }),
      );
      reply(response, 200, { results });
    };
    const ids = Array.from({ length: 120 }, (_, index) => String(index));
    const { records } = value(await make(server.base).gateway.read('companies', ids, ['mrr'], ['mrr']));
    expect(server.seen.map(({ json }) => (json.inputs as unknown[]).length).sort((a, b) => b - a)).toEqual([50, 50, 20]);
    expect(records).toHaveLength(120);
    expect(records.filter(({ history }) => (history.mrr ?? []).length === 2)).toHaveLength(118);
  });
});
