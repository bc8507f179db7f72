import { describe, expect, it } from 'vitest';
import { fixture } from './help.ts';

describe('list', () => {
  it('pages by opaque cursor to the end, each live company once', async () => {
    await using f = await fixture();
    const ids: string[] = [];
    let after: string | undefined;
    let pages = 0;
    do {
      const { json } = await f.get(`/crm/v3/objects/companies?limit=15${after ? `&after=${encodeURIComponent(after)}` : ''}`);
      ids.push(...json.results.map((record: { id: string }) => record.id));
      after = json.paging?.next.after;
      pages += 1;
      if (after) expect(Number.isNaN(Number(after))).toBe(true);
    } while (after);
    expect(pages).toBe(3);
    expect(new Set(ids).size).toBe(40);
    expect(ids).toEqual(ids.toSorted((a, b) => Number(a) - Number(b)));
    expect(ids).not.toEqual(ids.toSorted());
  });

  it('refuses more than 100 a page, and more than 50 with history', async () => {
    await using f = await fixture();
    expect((await f.get('/crm/v3/objects/companies?limit=101')).status).toBe(400);
    expect((await f.get('/crm/v3/objects/companies?limit=51&propertiesWithHistory=plan')).status).toBe(400);
    expect((await f.get('/crm/v3/objects/companies?limit=50&propertiesWithHistory=plan')).status).toBe(200);
  });

  it('shows archived records only when asked, and merged ones never', async () => {
    await using f = await fixture();
    const live = await f.get('/crm/v3/objects/companies?limit=100');
    const archived = await f.get('/crm/v3/objects/companies?limit=100&archived=true');
    expect(archived.json.results).toHaveLength(1);
    expect(archived.json.results[0]).toMatchObject({ archived: true, properties: { name: '旧朝霧商店' } });
    expect(live.json.results.some((record: { id: string }) => record.id === archived.json.results[0].id)).toBe(false);
  });

  it('takes repeated and comma-joined properties, ignores unknown ones, gives null for empty ones', async () => {
    await using f = await fixture();
    const joined = await f.get('/crm/v3/objects/companies?limit=3&properties=name,churned_on,nonsense');
    const repeated = await f.get('/crm/v3/objects/companies?limit=3&properties=name&properties=churned_on&properties=nonsense');
    expect(joined.json.results).toEqual(repeated.json.results);
    expect(joined.json.results[0].properties).toMatchObject({ name: '株式会社あおば', churned_on: null });
    expect(joined.json.results[0].properties).not.toHaveProperty('nonsense');
    expect(joined.json.results[0].properties).toHaveProperty('hs_object_id', joined.json.results[0].id);
  });

  it('shows associated ids when asked', async () => {
    await using f = await fixture();
    const { json } = await f.get('/crm/v3/objects/companies?limit=1&associations=contacts,2-101');
    expect(json.results[0].associations.contacts.results).toHaveLength(6); // three contacts, each with two types
    expect(Object.keys(json.results[0].associations)).toEqual(['contacts', 'p47110815_mrr_record']);
  });
});

describe('get one', () => {
  it('answers a merged id with its survivor, and 404 for nobody or the archived', async () => {
    await using f = await fixture();
    const survivor = await f.get('/crm/v3/objects/companies?limit=3&properties=hs_merged_object_ids');
    const { id, properties } = survivor.json.results[2];
    expect(properties.hs_merged_object_ids).toMatch(/^\d+$/);
    expect((await f.get(`/crm/v3/objects/companies/${properties.hs_merged_object_ids}`)).json.id).toBe(id);
    const nobody = await f.get('/crm/v3/objects/companies/1');
    expect(nobody.status).toBe(404);
    expect(nobody.json).toMatchObject({ status: 'error', category: 'OBJECT_NOT_FOUND', correlationId: expect.any(String) });
    const archived = (await f.get('/crm/v3/objects/companies?archived=true')).json.results[0].id;
    expect((await f.get(`/crm/v3/objects/companies/${archived}`)).status).toBe(404);
    expect((await f.get(`/crm/v3/objects/companies/${archived}?archived=true`)).status).toBe(200);
  });
});

describe('batch read', () => {
  const read = (ids: readonly string[], more: object = {}) => ({
    inputs: ids.map((id) => ({ id })),
    properties: ['name'],
    propertiesWithHistory: [],
    ...more,
  });

  it('gives what is there in any order and names what is missing: 207 on v3, 200 on 2026-09', async () => {
    await using f = await fixture();
    const all: string[] = (await f.get('/crm/v3/objects/companies?limit=100')).json.results.map((record: { id: string }) => record.id);
    const old = await f.send('POST', '/crm/v3/objects/companies/batch/read', read([...all, '77', '78']));
    expect(old.status).toBe(207);
    expect(old.json).toMatchObject({
      status: 'COMPLETE',
      numErrors: 1,
      errors: [{ category: 'OBJECT_NOT_FOUND', context: { ids: ['77', '78'] } }],
    });
    const got = old.json.results.map((record: { id: string }) => record.id);
    expect(got).not.toEqual(all);
    expect(got.toSorted()).toEqual(all.toSorted());
    const dated = await f.send('POST', '/crm/objects/2026-09/companies/batch/read', read([...all, '77']));
    expect(dated.status).toBe(200);
    expect(dated.json.numErrors).toBe(1);
    expect((await f.send('POST', '/crm/v3/objects/0-2/batch/read', read(all))).status).toBe(200);
  });

  it('collapses a merged id with its survivor', async () => {
    await using f = await fixture();
    const survivor = (await f.get('/crm/v3/objects/companies?limit=3&properties=hs_merged_object_ids')).json.results[2];
    const ids = [survivor.id, survivor.properties.hs_merged_object_ids];
    const { status, json } = await f.send('POST', '/crm/v3/objects/companies/batch/read', read(ids));
    expect(status).toBe(200);
    expect(json.results.map((record: { id: string }) => record.id)).toEqual([survivor.id]);
  });

  it('refuses 101 inputs, and 51 with history in HubSpot’s own words', async () => {
    await using f = await fixture();
    const many = Array.from({ length: 101 }, (_, index) => String(index));
    expect((await f.send('POST', '/crm/v3/objects/companies/batch/read', read(many))).status).toBe(400);
    const history = await f.send(
      'POST',
      '/crm/v3/objects/companies/batch/read',
      read(many.slice(0, 51), { propertiesWithHistory: ['plan'] }),
    );
    expect(history.status).toBe(400);
    expect(history.json.message).toBe(
      'The maximum number of inputs supported in a batch request for property histories is 50. Please reduce the number of items and try again',
    );
    const byId = await f.send('POST', '/crm/v3/objects/companies/batch/read', read(['1'], { idProperty: 'hs_object_id' }));
    expect(byId.status).toBe(400);
  });

  it('gives histories newest first', async () => {
    await using f = await fixture();
    const id = (await f.get('/crm/v3/objects/companies?limit=1')).json.results[0].id;
    const { json } = await f.send(
      'POST',
      '/crm/v3/objects/companies/batch/read',
      read([id], { propertiesWithHistory: ['contract_renewal_date'] }),
    );
    const entries: { value: string; timestamp: string }[] = json.results[0].propertiesWithHistory.contract_renewal_date;
    expect(entries.length).toBeGreaterThan(2);
    expect(entries[0]?.value).toBe('2027-01-31');
    expect(entries.map((entry) => entry.timestamp)).toEqual(
      entries
        .map((entry) => entry.timestamp)
        .toSorted()
        .reverse(),
    );
  });
});

describe('associations', () => {
  it('gives every pair with its types, numbers on v4 and strings on 2026-09, and tells who has none', async () => {
    await using f = await fixture();
    const ids: string[] = (await f.get('/crm/v3/objects/companies?limit=100')).json.results.map((record: { id: string }) => record.id);
    const inputs = { inputs: ids.map((id) => ({ id })) };
    const v4 = await f.send('POST', '/crm/v4/associations/companies/deals/batch/read', inputs);
    const aoba = v4.json.results.find((result: { from: { id: string } }) => result.from.id === ids[0]);
    expect(aoba.to[0].associationTypes.map((type: { typeId: number }) => type.typeId)).toEqual([6, 342]);
    expect(typeof aoba.to[0].toObjectId).toBe('number');
    const dated = await f.send('POST', '/crm/associations/2026-09/0-3/0-2/batch/read', { inputs: [{ id: String(aoba.to[0].toObjectId) }] });
    expect(dated.json.results[0].to).toEqual([
      {
        toObjectId: ids[0],
        associationTypes: [
          { category: 'HUBSPOT_DEFINED', typeId: 5, label: 'Primary' },
          { category: 'HUBSPOT_DEFINED', typeId: 341, label: null },
        ],
      },
    ]);
    const surveys = await f.send('POST', '/crm/v4/associations/companies/feedback_submissions/batch/read', inputs);
    expect(surveys.json).toMatchObject({ results: [], numErrors: 40 });
    expect(surveys.json.errors[0].subCategory).toBe('crm.associations.NO_ASSOCIATIONS_FOUND');
  });

  it('pages inside one `from`, and takes 1,000 inputs but no more', async () => {
    await using f = await fixture({ associationPageSize: 7 });
    const id = (await f.get('/crm/v3/objects/companies?limit=1')).json.results[0].id;
    const seen: number[] = [];
    let after: string | undefined;
    do {
      const { json } = await f.send('POST', '/crm/v4/associations/companies/mrr_record/batch/read', {
        inputs: [after ? { id, after } : { id }],
      });
      seen.push(...json.results[0].to.map((to: { toObjectId: number }) => to.toObjectId));
      after = json.results[0].paging?.next.after;
    } while (after);
    expect(seen).toHaveLength(30 + 21 + 17);
    expect(new Set(seen).size).toBe(seen.length);
    const many = (count: number) => ({ inputs: Array.from({ length: count }, (_, index) => ({ id: String(index) })) });
    expect((await f.send('POST', '/crm/v4/associations/companies/deals/batch/read', many(1_000))).status).toBe(207);
    expect((await f.send('POST', '/crm/v4/associations/companies/deals/batch/read', many(1_001))).status).toBe(400);
  });
});

describe('what describes the portal', () => {
  it('gives the account, owners by page and by e-mail, properties, pipelines and schemas on both generations', async () => {
    await using f = await fixture();
    for (const path of ['/account-info/v3/details', '/account-info/2026-09/details']) {
      expect((await f.get(path)).json).toMatchObject({
        portalId: 47110815,
        timeZone: 'Asia/Tokyo',
        companyCurrency: 'JPY',
        uiDomain: 'app.hubspot.com',
      });
    }
    const first = await f.get('/crm/v3/owners/?limit=4');
    const second = await f.get(`/crm/owners/2026-09?limit=4&after=${encodeURIComponent(first.json.paging.next.after)}`);
    expect([...first.json.results, ...second.json.results].map((owner: { email: string }) => owner.email)).toHaveLength(7);
    expect(second.json.paging).toBeUndefined();
    const tanaka = (await f.get('/crm/v3/owners?email=tanaka%40demo.example')).json.results[0];
    expect(tanaka).toMatchObject({ lastName: '田中', teams: [{ primary: true }] });
    expect(String(tanaka.userId)).not.toBe(tanaka.id);
    expect((await f.get(`/crm/owners/2026-09/${tanaka.userId}?idProperty=userId`)).json.id).toBe(tanaka.id);
    const properties = (await f.get('/crm/properties/2026-09/companies')).json.results;
    expect(properties.find((property: { name: string }) => property.name === 'csm_owner')).toMatchObject({
      label: 'CS担当',
      type: 'enumeration',
      externalOptions: true,
      referencedObjectType: 'OWNER',
      modificationMetadata: { readOnlyValue: false },
    });
    expect((await f.get('/crm/v3/properties/companies/none')).status).toBe(404);
    expect((await f.get('/crm/v3/pipelines/tickets')).json.results[0].stages[3].metadata).toEqual({ ticketState: 'CLOSED' });
    const schemas = (await f.get('/crm-object-schemas/2026-09/schemas')).json.results;
    expect(
      schemas.map((schema: { objectTypeId: string; labels: { singular: string } }) => [schema.objectTypeId, schema.labels.singular]),
    ).toEqual([
      ['2-101', 'MRRレコード'],
      ['2-102', '利用状況（週次）'],
    ]);
    expect(schemas[0].properties.map((property: { name: string }) => property.name)).toContain('target_month');
    const usage = (await f.get('/account-info/2026-09/api-usage/daily/private-apps')).json.results[0];
    expect(usage).toMatchObject({ name: 'private-apps-api-calls-daily', resetsAt: '2026-11-21T15:00:00.000Z' });
    expect(usage.currentUsage).toBeGreaterThan(8);
  });

  it('zips large answers for who accepts it, and says 404 and 405 as JSON', async () => {
    await using f = await fixture();
    const zipped = await f.get('/crm/v3/objects/companies?limit=100'); // fetch accepts gzip by itself
    expect(zipped.headers.get('content-encoding')).toBe('gzip');
    const plain = await fetch(`${f.server.url}/crm/v3/objects/companies?limit=100`, {
      headers: { authorization: 'Bearer x', 'accept-encoding': 'identity' },
    });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(((await plain.json()) as { results: unknown[] }).results).toHaveLength(40);
    expect((await f.get('/crm/v3/objects/unicorns')).status).toBe(400);
    expect((await f.get('/nowhere')).status).toBe(404);
    expect((await f.get('/crm/v4/objects/companies')).status).toBe(404);
    expect((await f.send('DELETE', '/crm/v3/objects/companies')).status).toBe(405);
  });
});
