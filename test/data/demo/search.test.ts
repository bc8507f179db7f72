import { describe, expect, it } from 'vitest';
import { fixture, search } from './help.ts';

const PATH = '/crm/v3/objects/companies/search';
const eq = (propertyName: string, value: string) => ({ propertyName, operator: 'EQ', value });

describe('search', () => {
  it('pages by id to the same rows as the list, with the total from there on', async () => {
    await using f = await fixture({ companies: 120 });
    const owner = '76400011';
    const ids: string[] = [];
    const totals: number[] = [];
    let last = '0';
    for (;;) {
      const filters = [eq('csm_owner', owner), { propertyName: 'hs_object_id', operator: 'GT', value: last }];
      const { json } = await f.send('POST', PATH, search(filters, { limit: 10, sorts: ['hs_object_id'] }));
      totals.push(json.total);
      if (json.results.length === 0) break;
      ids.push(...json.results.map((record: { id: string }) => record.id));
      last = ids.at(-1) ?? '';
    }
    const listed = (await Promise.all(['false'].map(() => f.get('/crm/v3/objects/companies?limit=100&properties=csm_owner')))).flatMap(
      ({ json }) => json.results,
    );
    const more = await f.get(
      `/crm/v3/objects/companies?limit=100&properties=csm_owner&after=${encodeURIComponent(btoa(`after:${listed.at(-1).id}`))}`,
    );
    const expected = [...listed, ...more.json.results].filter((record) => record.properties.csm_owner === owner).map((record) => record.id);
    expect(ids).toEqual(expected);
    expect(totals).toEqual(totals.map((_, index) => Math.max(0, expected.length - index * 10)));
  });

  it('has the documented limits', async () => {
    await using f = await fixture();
    const filter = { propertyName: 'name', operator: 'HAS_PROPERTY' };
    const groups = (count: number, filters: number) => ({
      ...(search([]) as object),
      filterGroups: Array.from({ length: count }, () => ({ filters: Array.from({ length: filters }, () => filter) })),
    });
    const status = async (body: unknown) => (await f.send('POST', PATH, body)).status;
    expect(await status(groups(5, 3))).toBe(200);
    expect(await status(groups(6, 1))).toBe(400);
    expect(await status(groups(1, 7))).toBe(400);
    expect(await status(groups(4, 5))).toBe(400);
    expect(await status(search([], { limit: 200 }))).toBe(200);
    expect(await status(search([], { limit: 201 }))).toBe(400);
    expect(await status(search([], { limit: 200, after: '9800' }))).toBe(200);
    expect(await status(search([], { limit: 200, after: '9801' }))).toBe(400);
    expect(await status(search([], { sorts: ['name', 'domain'] }))).toBe(400);
    expect(
      await status(search([{ propertyName: 'hs_object_id', operator: 'IN', values: Array.from({ length: 400 }, () => '1234567890') }])),
    ).toBe(400);
    expect(await status(search([eq('nonsense', '1')]))).toBe(400);
  });

  it('compares numbers, instants, days and texts each in their way', async () => {
    await using f = await fixture();
    const names = async (type: string, filters: readonly unknown[]) =>
      (await f.send('POST', `/crm/v3/objects/${type}/search`, search(filters, { properties: ['name'] }))).json.results.map(
        (record: { properties: { name: string } }) => record.properties.name,
      );
    expect(await names('companies', [eq('name', 'northwind logistics k.k.')])).toEqual(['Northwind Logistics K.K.']);
    expect(await names('companies', [{ propertyName: 'name', operator: 'IN', values: ['Northwind Logistics K.K.'] }])).toEqual([]);
    expect(await names('companies', [{ propertyName: 'name', operator: 'IN', values: ['northwind logistics k.k.'] }])).toHaveLength(1);
    expect(await names('companies', [{ propertyName: 'contract_value', operator: 'GTE', value: '10920000' }])).toContain('北斗精機');
    expect(
      await names('companies', [
        { propertyName: 'contract_renewal_date', operator: 'BETWEEN', value: String(Date.UTC(2026, 11, 19)), highValue: '2026-12-19' },
      ]),
    ).toEqual(['北斗精機']);
    expect(await names('companies', [{ propertyName: 'contract_value', operator: 'GT', value: '10920000' }])).not.toContain('北斗精機');
    // As text it would be below.
    expect(await names('companies', [{ propertyName: 'contract_value', operator: 'LT', value: '999999' }])).not.toContain('北斗精機');
    expect(await names('companies', [{ propertyName: 'lifecyclestage', operator: 'IN', values: ['Customer'] }])).toEqual([]);
    expect(await names('companies', [{ propertyName: 'notice_given_on', operator: 'HAS_PROPERTY' }])).toEqual(['Tidewater Press']);
    expect(await names('companies', [{ propertyName: 'name', operator: 'CONTAINS_TOKEN', value: 'kestrel*' }])).toEqual([
      'Kestrel Analytics',
    ]);
  });

  it('knows associations of standard objects, and not of custom ones', async () => {
    await using f = await fixture();
    const { id } = (await f.send('POST', PATH, search([eq('name', '北斗精機')]))).json.results[0];
    const contacts = await f.send('POST', '/crm/v3/objects/contacts/search', search([eq('associations.company', id)]));
    expect(contacts.json.total).toBe(4); // its own three and the merged duplicate's
    expect((await f.send('POST', '/crm/v3/objects/2-101/search', search([eq('associations.company', id)]))).status).toBe(400);
  });

  it('answers nothing for the modification date of another object type', async () => {
    await using f = await fixture();
    const since = (propertyName: string) => search([{ propertyName, operator: 'GTE', value: '0' }]);
    expect((await f.send('POST', '/crm/v3/objects/contacts/search', since('hs_lastmodifieddate'))).json.total).toBe(0);
    expect((await f.send('POST', '/crm/v3/objects/contacts/search', since('lastmodifieddate'))).json.total).toBeGreaterThan(80);
    expect((await f.send('POST', PATH, since('lastmodifieddate'))).json.total).toBe(0);
    expect((await f.send('POST', PATH, since('hs_lastmodifieddate'))).json.total).toBe(40);
  });

  it('lags behind writes as long as it is told, while reads do not', async () => {
    await using f = await fixture();
    const kestrel = search([eq('name', 'Kestrel Analytics')]);
    const { id } = (await f.send('POST', PATH, kestrel)).json.results[0];
    f.server.indexLag.set((_type, record) => (record === id ? 30_000 : 5_000));
    await f.send('PATCH', `/crm/v3/objects/companies/${id}`, { properties: { name: 'Renamed' } });
    const created = await f.send('POST', '/crm/v3/objects/notes', { properties: { hs_timestamp: String(f.clock.now), hs_note_body: 'a' } });
    const notes = search([eq('hs_object_id', created.json.id)]);
    const total = async (type: string, body: unknown) => (await f.send('POST', `/crm/v3/objects/${type}/search`, body)).json.total;
    expect((await f.get(`/crm/v3/objects/companies/${id}`)).json.properties.name).toBe('Renamed');
    expect([await total('companies', kestrel), await total('notes', notes)]).toEqual([1, 0]);
    f.clock.now = (f.clock.now + 5_000) as typeof f.clock.now;
    expect([await total('companies', kestrel), await total('notes', notes)]).toEqual([1, 1]);
    f.server.indexLag.catchUp();
    expect(await total('companies', kestrel)).toBe(0);
  });

  it('never shows archived records and carries no rate-limit headers', async () => {
    await using f = await fixture();
    const answer = await f.send('POST', PATH, search([eq('name', '旧朝霧商店')]));
    expect(answer.json.total).toBe(0);
    expect(answer.headers.get('x-hubspot-ratelimit-max')).toBeNull();
    expect((await f.get('/crm/v3/objects/companies')).headers.get('x-hubspot-ratelimit-max')).toBe('190');
  });
});
