/** The official client's generated modules, as they are, against the server. */
import {
  BasicApi as AssociationsApi,
  BatchApi as AssociationsBatchApi,
  ServerConfiguration as AssociationsServer,
  createConfiguration as associationsConfig,
} from '@hubspot/api-client/lib/codegen/crm/associations/v4/index.js';
import {
  BasicApi,
  BatchApi,
  createConfiguration,
  SearchApi,
  ServerConfiguration,
} from '@hubspot/api-client/lib/codegen/crm/objects/index.js';
import {
  OwnersApi,
  ServerConfiguration as OwnersServer,
  createConfiguration as ownersConfig,
} from '@hubspot/api-client/lib/codegen/crm/owners/index.js';
import {
  PipelinesApi,
  ServerConfiguration as PipelinesServer,
  createConfiguration as pipelinesConfig,
} from '@hubspot/api-client/lib/codegen/crm/pipelines/index.js';
import {
  CoreApi as PropertiesApi,
  ServerConfiguration as PropertiesServer,
  createConfiguration as propertiesConfig,
} from '@hubspot/api-client/lib/codegen/crm/properties/index.js';
import {
  CoreApi as SchemasApi,
  ServerConfiguration as SchemasServer,
  createConfiguration as schemasConfig,
} from '@hubspot/api-client/lib/codegen/crm/schemas/index.js';
import { expect, it } from 'vitest';
import { fixture } from './help.ts';

const authMethods = { oauth2: { accessToken: 'test-token' } };

it('reads and writes objects: exact success codes, 207 as a value, 404 as an exception', async () => {
  await using f = await fixture();
  const config = createConfiguration({ baseServer: new ServerConfiguration(f.server.url, {}), authMethods });
  const basic = new BasicApi(config);
  const batch = new BatchApi(config);
  const page = await basic.getPage('companies', 10, undefined, ['name', 'domain'], ['plan'], ['contacts'], false);
  expect(page.results).toHaveLength(10);
  expect(page.results[0]?.createdAt).toBeInstanceOf(Date);
  expect(page.results[0]?.propertiesWithHistory?.plan?.[0]?.timestamp).toBeInstanceOf(Date);
  const next = await basic.getPage('companies', 10, page.paging?.next?.after);
  expect(next.results[0]?.id).not.toBe(page.results[0]?.id);
  const company = page.results[0]?.id ?? '';

  const found = await new SearchApi(config).doSearch('companies', {
    filterGroups: [{ filters: [{ propertyName: 'hs_object_id', operator: 'GT', value: company }] }],
    sorts: ['hs_object_id'],
    properties: ['name'],
    limit: 200,
    after: '0',
  } as Parameters<SearchApi['doSearch']>[1]);
  expect(found.total).toBe(39);

  const read = await batch.read('companies', { inputs: [{ id: company }, { id: '1' }], properties: ['name'], propertiesWithHistory: [] });
  expect(read).toMatchObject({ status: 'COMPLETE', numErrors: 1 });
  const made = await basic.create('notes', {
    properties: { hs_timestamp: '2026-11-21T02:00:00Z', hs_note_body: 'a' },
    associations: [{ to: { id: company }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 190 }] }],
  } as Parameters<BasicApi['create']>[1]);
  expect((await basic.update('notes', made.id, { properties: { hs_note_body: 'b' } })).properties.hs_note_body).toBe('b');
  const updated = await batch.update('notes', { inputs: [{ id: made.id, properties: { hs_note_body: 'c' } }] });
  expect(updated.results).toHaveLength(1);
  const created = await batch.create('notes', { inputs: [{ properties: { hs_timestamp: '0' }, associations: [] }] });
  expect(created.results).toHaveLength(1);
  await basic.archive('notes', made.id);
  await expect(basic.getById('notes', made.id)).rejects.toMatchObject({ code: 404 });
  expect((await basic.getPage('2-101', 1)).results).toHaveLength(1);
});

it('reads associations, owners, properties, pipelines and schemas', async () => {
  await using f = await fixture();
  const url = f.server.url;
  const ids = (await f.get('/crm/v3/objects/companies?limit=3')).json.results.map((record: { id: string }) => record.id);
  const associations = associationsConfig({ baseServer: new AssociationsServer(url, {}), authMethods });
  const pairs = await new AssociationsBatchApi(associations).getPage('companies', 'contacts', {
    inputs: ids.map((id: string) => ({ id })),
  });
  expect(pairs.results).toHaveLength(3);
  expect((await new AssociationsApi(associations).getPage('companies', ids[0], '2-101')).results.length).toBeGreaterThan(30);
  const contact = String(pairs.results[0]?.to[0]?.toObjectId);
  expect((await new AssociationsApi(associations).createDefault('contacts', contact, 'companies', ids[1])).status).toBe('COMPLETE');
  const owners = await new OwnersApi(ownersConfig({ baseServer: new OwnersServer(url, {}), authMethods })).getPage(
    undefined,
    undefined,
    100,
    false,
  );
  expect(owners.results).toHaveLength(7);
  const properties = await new PropertiesApi(propertiesConfig({ baseServer: new PropertiesServer(url, {}), authMethods })).getAll('2-101');
  expect(properties.results.map((property) => property.name)).toContain('target_month');
  const pipelines = await new PipelinesApi(pipelinesConfig({ baseServer: new PipelinesServer(url, {}), authMethods })).getAll('deals');
  expect(pipelines.results[0]?.stages).toHaveLength(5);
  const schemas = await new SchemasApi(schemasConfig({ baseServer: new SchemasServer(url, {}), authMethods })).getAll();
  expect(schemas.results.map((schema) => schema.objectTypeId)).toEqual(['2-101', '2-102']);
});
