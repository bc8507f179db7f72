import { describe, expect, it } from 'vitest';
import { type Fixture, fixture, NOON } from './help.ts';

const firstCompany = async (f: Fixture): Promise<string> => (await f.get('/crm/v3/objects/companies?limit=1')).json.results[0].id;
const note = (companyId: string, properties: object = {}) => ({
  properties: { hs_timestamp: '2026-11-21T02:00:00Z', hs_note_body: 'こんにちは', hubspot_owner_id: '76400011', ...properties },
  associations: [{ to: { id: companyId }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 190 }] }],
});

describe('create', () => {
  it('answers 201 with the record, links it, and moves the company’s modification date', async () => {
    await using f = await fixture();
    const id = await firstCompany(f);
    const before = (await f.get(`/crm/v3/objects/companies/${id}?properties=num_notes`)).json;
    const made = await f.send('POST', '/crm/objects/2026-09/notes', note(id));
    expect(made.status).toBe(201);
    expect(made.json).toMatchObject({
      archived: false,
      properties: { hs_timestamp: '2026-11-21T02:00:00.000Z', hs_note_body: 'こんにちは' },
    });
    expect(made.json.createdAt).toBe(new Date(NOON).toISOString());
    const linked = await f.get(`/crm/v4/objects/companies/${id}/associations/notes`);
    expect(linked.json.results.map((result: { toObjectId: number }) => String(result.toObjectId))).toContain(made.json.id);
    const after = (await f.get(`/crm/v3/objects/companies/${id}?properties=num_notes`)).json;
    expect(Number(after.properties.num_notes)).toBe(Number(before.properties.num_notes) + 1);
    expect(after.updatedAt > before.updatedAt).toBe(true);
  });

  it('refuses unknown properties, bad values, a missing time, a body too long, targets and types that do not exist', async () => {
    await using f = await fixture();
    const id = await firstCompany(f);
    const refused = async (body: unknown, type = 'notes') => {
      const { status, json } = await f.send('POST', `/crm/v3/objects/${type}`, body);
      expect([status, json.category]).toEqual([400, 'VALIDATION_ERROR']);
      return json.message as string;
    };
    expect(await refused(note(id, { nonsense: '1' }))).toContain('PROPERTY_DOESNT_EXIST');
    expect(await refused({ properties: { hs_note_body: 'x' } })).toBe('Error creating NOTE. Some required properties were not set.');
    expect(await refused(note(id, { hs_timestamp: 'soon' }))).toContain('INVALID_DATE');
    expect(await refused(note(id, { hubspot_owner_id: '5120077' }))).toContain('INVALID_OWNER_ID'); // a user id
    expect(await refused(note(id, { hs_note_body: 'あ'.repeat(65_537) }))).toContain('INVALID_LENGTH');
    await refused(note('12345'));
    await refused({
      ...note(id),
      associations: [{ to: { id }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 9 }] }],
    });
    expect(await refused({ properties: { hs_timestamp: '0', hs_task_status: 'LATER' } }, 'tasks')).toContain('INVALID_OPTION');
    expect(await refused({ properties: { name: 'x', hs_object_id: '1' } }, 'companies')).toContain('READ_ONLY_VALUE');
    expect((await f.send('POST', '/crm/v3/objects/notes', note(id, { hs_note_body: 'あ'.repeat(65_536) }))).status).toBe(201);
    expect((await f.send('POST', '/crm/v3/objects/feedback_submissions', { properties: {} })).status).toBe(405);
  });

  it('makes a batch in any order, or none of it', async () => {
    await using f = await fixture();
    const inputs = Array.from({ length: 20 }, (_, index) => ({
      properties: { hs_timestamp: '0', hs_note_body: String(index) },
      associations: [],
      objectWriteTraceId: `t${index}`,
    }));
    const made = await f.send('POST', '/crm/v3/objects/notes/batch/create', { inputs });
    expect(made.status).toBe(201);
    const bodies: string[] = made.json.results.map((result: { properties: { hs_note_body: string } }) => result.properties.hs_note_body);
    expect(bodies).not.toEqual(inputs.map((_, index) => String(index)));
    expect(new Set(bodies).size).toBe(20);
    for (const result of made.json.results) expect(result.objectWriteTraceId).toBe(`t${result.properties.hs_note_body}`);
    const size = f.server.portal.types.get('0-46')?.records.size;
    expect((await f.send('POST', '/crm/v3/objects/notes/batch/create', { inputs: [...inputs, { properties: {} }] })).status).toBe(400);
    expect(f.server.portal.types.get('0-46')?.records.size).toBe(size);
  });
});

describe('update, archive, merge', () => {
  it('answers 200 and keeps the history; null changes nothing, an empty text clears', async () => {
    await using f = await fixture();
    const id = await firstCompany(f);
    const path = `/crm/v3/objects/companies/${id}`;
    expect((await f.send('PATCH', path, { properties: { seats: 50, plan: null } })).status).toBe(200);
    await f.send('PATCH', path, { properties: { success_goals: '' } });
    const { json } = await f.get(`${path}?properties=seats,plan,success_goals&propertiesWithHistory=seats`);
    expect(json.properties).toMatchObject({ seats: '50', plan: 'Enterprise', success_goals: '' });
    expect(json.propertiesWithHistory.seats.map((entry: { value: string }) => entry.value)).toEqual(['50', '60']);
    expect((await f.send('PATCH', '/crm/v3/objects/companies/1', { properties: {} })).status).toBe(404);
  });

  it('says nothing of batch inputs that lead nowhere', async () => {
    await using f = await fixture();
    const id = await firstCompany(f);
    const { status, json } = await f.send('POST', '/crm/v3/objects/companies/batch/update', {
      inputs: [
        { id, properties: { seats: '9' } },
        { id: '1', properties: { seats: '9' } },
      ],
    });
    expect([status, json.status, json.results.length, json.errors]).toEqual([200, 'COMPLETE', 1, undefined]);
  });

  it('upserts by a unique property: made once, then only changed', async () => {
    await using f = await fixture({ companies: 2 });
    const inputs = [{ id: 'new.example', idProperty: 'domain', properties: { name: 'Neu' } }];
    const upsert = (body: unknown) => f.send('POST', '/crm/v3/objects/companies/batch/upsert', body);
    const first = await upsert({ inputs });
    const second = await upsert({ inputs });
    expect([first.status, first.json.results[0].new, second.json.results[0].new]).toEqual([200, true, false]);
    expect(second.json.results[0].id).toBe(first.json.results[0].id);
    expect((await upsert({ inputs: [{ id: 'Neu', idProperty: 'name', properties: {} }] })).status).toBe(400);
  });

  it('takes the edits of others, of calculations without moving the modification date', async () => {
    await using f = await fixture({ companies: 1 });
    const id = await firstCompany(f);
    const before = (await f.get(`/crm/v3/objects/companies/${id}`)).json.updatedAt;
    f.server.edit([{ kind: 'update', type: '0-2', id, at: f.clock.now, properties: { num_associated_deals: '7' }, touch: false }]);
    const { json } = await f.get(`/crm/v3/objects/companies/${id}?properties=num_associated_deals`);
    expect([json.properties.num_associated_deals, json.updatedAt]).toEqual(['7', before]);
  });

  it('archives with 204 and no body, again and again', async () => {
    await using f = await fixture();
    const { id } = (await f.send('POST', '/crm/v3/objects/notes', { properties: { hs_timestamp: '0' } })).json;
    for (let time = 0; time < 2; time += 1) {
      const gone = await f.send('DELETE', `/crm/v3/objects/notes/${id}`);
      expect([gone.status, gone.json]).toEqual([204, undefined]);
    }
    expect((await f.get(`/crm/v3/objects/notes/${id}`)).status).toBe(404);
  });

  it('merges: the loser answers with the survivor, links move', async () => {
    await using f = await fixture();
    const [one, two] = (await f.get('/crm/v3/objects/companies?limit=2')).json.results.map((record: { id: string }) => record.id);
    const deals = async (id: string) => (await f.get(`/crm/v4/objects/companies/${id}/associations/deals`)).json.results.length;
    const sum = (await deals(one)) + (await deals(two));
    const merged = await f.send('POST', '/crm/v3/objects/companies/merge', { primaryObjectId: one, objectIdToMerge: two });
    expect([merged.status, merged.json.properties.hs_merged_object_ids]).toEqual([200, two]);
    expect((await f.get(`/crm/v3/objects/companies/${two}`)).json.id).toBe(one);
    expect([await deals(one), await deals(two)]).toEqual([sum, sum]);
    const made = await f.send('POST', '/crm/v3/objects/notes', note(two));
    expect((await f.get(`/crm/v4/objects/notes/${made.json.id}/associations/companies`)).json.results[0].toObjectId).toBe(Number(one));
  });
});

describe('associations', () => {
  it('links and unlinks without moving any modification date', async () => {
    await using f = await fixture();
    const id = await firstCompany(f);
    const { id: noteId } = (await f.send('POST', '/crm/v3/objects/notes', { properties: { hs_timestamp: '0' } })).json;
    const before = (await f.get(`/crm/v3/objects/companies/${id}`)).json.updatedAt;
    f.clock.now = (f.clock.now + 60_000) as typeof f.clock.now;
    expect((await f.send('PUT', `/crm/v4/objects/notes/${noteId}/associations/default/companies/${id}`)).status).toBe(200);
    const linked = async () => (await f.get(`/crm/v4/objects/notes/${noteId}/associations/companies`)).json.results.length;
    expect(await linked()).toBe(1);
    expect((await f.send('DELETE', `/crm/v4/objects/notes/${noteId}/associations/companies/${id}`)).status).toBe(204);
    expect(await linked()).toBe(0);
    const typed = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 190 }];
    expect((await f.send('PUT', `/crm/v4/objects/notes/${noteId}/associations/companies/${id}`, typed)).status).toBe(201);
    expect((await f.get(`/crm/v3/objects/companies/${id}`)).json.updatedAt).toBe(before);
  });

  it('hides new links as long as it is told', async () => {
    await using f = await fixture();
    const id = await firstCompany(f);
    f.server.setAssociationLag(10_000);
    const made = await f.send('POST', '/crm/v3/objects/notes', note(id));
    const linked = async () =>
      (await f.get(`/crm/v4/objects/companies/${id}/associations/notes`)).json.results.some(
        (result: { toObjectId: number }) => String(result.toObjectId) === made.json.id,
      );
    expect(await linked()).toBe(false);
    f.clock.now = (f.clock.now + 10_000) as typeof f.clock.now;
    expect(await linked()).toBe(true);
  });
});
