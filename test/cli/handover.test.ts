/** Handing accounts over, asking for help, and post-mortems: what HubSpot holds afterwards. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DemoServer } from '../../src/data/demo/server.ts';
import { type Json, ME_ID, prepareHome, TOKEN } from './harness.ts';
import { desk } from './inside.ts';

let from = '';
beforeAll(async () => {
  from = await prepareHome();
});
afterAll(() => rmSync(from, { recursive: true, force: true }));

async function read(server: DemoServer, path: string): Promise<Json> {
  const reply = await fetch(`${server.url}/crm/v3/${path}`, { headers: { authorization: `Bearer ${TOKEN}` } });
  expect(reply.status).toBe(200);
  return reply.json();
}

/** The portal keeps it in a property of its own, which `init` found. */
const ownerOf = async (server: DemoServer, id: string): Promise<string> =>
  (await read(server, `objects/companies/${id}?properties=csm_owner`)).properties.csm_owner;

async function colleague(server: DemoServer): Promise<Json> {
  const { results } = await read(server, 'owners');
  return results.find(({ id }: Json) => id !== ME_ID);
}

it('hands an account over, and not where somebody else has done so since', async () => {
  const here = await desk({ from });
  const [first, second] = (await here.json(['list'])).accounts;
  const other = await colleague(here.server);
  const dry = await here.json(['assign', first.id, '--to', other.email, '--dry-run']);
  expect(dry).toEqual({
    method: 'PATCH',
    path: `/crm/v3/objects/companies/${first.id}`,
    body: { properties: { csm_owner: other.id } },
  });
  expect(await here.json(['assign', first.id, '--to', other.email])).toMatchObject({ kind: 'company_update', state: 'sent' });
  expect(await ownerOf(here.server, first.id)).toBe(other.id);

  const third = (await read(here.server, 'owners')).results.find(({ id }: Json) => id !== ME_ID && id !== other.id) ?? other;
  here.server.edit([
    { kind: 'update', type: '0-2', id: second.id, at: Date.now() as never, properties: { csm_owner: third.id }, touch: true },
  ]);
  const told = await here.json(['assign', second.id, '--to', other.id === third.id ? ME_ID : other.email], other.id === third.id ? 2 : 1);
  if (other.id !== third.id) expect(told).toMatchObject({ state: 'needs_you', because: expect.stringContaining('csm_owner') });
  expect(await ownerOf(here.server, second.id)).toBe(third.id);

  const same = await here.run(['assign', second.id, '--to', 'me']);
  expect(same).toMatchObject({ code: 2, stderr: expect.stringContaining('already') });
  expect(await here.run(['assign', second.id])).toMatchObject({ code: 2, stderr: expect.stringContaining('--to EMAIL') });
});

it('asks a lead by a task that says what is the matter', async () => {
  const here = await desk({ from });
  const [top] = (await here.json(['list'])).accounts;
  const other = await colleague(here.server);
  const told = await here.json(['assign', top.id, '--ask', '--to', other.email, '--because', '価格の判断が必要', '--lang', 'ja']);
  expect(told).toMatchObject({ kind: 'task', state: 'sent' });
  const { properties } = await read(
    here.server,
    `objects/tasks/${told.hubspotId}?properties=hs_task_subject,hs_task_body,hs_task_priority,hubspot_owner_id`,
  );
  expect(properties).toMatchObject({ hubspot_owner_id: other.id, hs_task_priority: 'HIGH', hs_task_subject: `${top.name}の件でご相談` });
  expect(properties.hs_task_body).toMatch(/^価格の判断が必要<br>/);
  expect(properties.hs_task_body).toContain(`リスク${top.risk}`);
  expect(await ownerOf(here.server, top.id)).toBe(ME_ID);
});

it('writes a post-mortem to the mapped property and a note, by the fixed vocabulary', async () => {
  const here = await desk({ from });
  const [top] = (await here.json(['list'])).accounts;
  const args = ['postmortem', top.id, '--reason', 'price', '--avoidable', 'yes', '--helped', 'A smaller plan <b>earlier</b>'];
  const dry = await here.json([...args, '--dry-run']);
  expect(dry.map(({ step, method }: Json) => [step, method])).toEqual([
    ['review', 'POST'],
    ['reason', 'PATCH'],
  ]);
  const [property = ''] = Object.keys(dry[1].body.properties);
  const [note, change] = await here.json(args);
  expect([note.state, change.state]).toEqual(['sent', 'sent']);
  const company = await read(here.server, `objects/companies/${top.id}?properties=${property}`);
  // The portal's own option for it.
  const options = (await read(here.server, `properties/companies/${property}`)).options.map(({ value }: Json) => value);
  expect(options).toContain(company.properties[property]);
  const { properties } = await read(here.server, `objects/notes/${note.hubspotId}?properties=hs_note_body`);
  expect(properties.hs_note_body).toContain('What was the cause?<br>price');
  expect(properties.hs_note_body).toContain('Was it avoidable?<br>yes');
  expect(properties.hs_note_body).toContain('A smaller plan &lt;b&gt;earlier&lt;/b&gt;');
  // Anybody's program knows it again.
  expect(properties.hs_note_body).toMatch(/kizashi play post-mortem \/ review #[2-9A-Z]{8}/);
  // Said again, the property is as it should be and only the note is new.
  expect(await here.json([...args, '--dry-run'])).toHaveLength(2);
  expect((await here.run(['sync'])).code).toBe(0);
  expect(await here.json([...args, '--dry-run'])).toHaveLength(1);

  const wrong = await here.run(['postmortem', top.id, '--reason', 'weather', '--lang', 'ja']);
  expect(wrong).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('「weather」') });
  expect(await here.run(['postmortem', top.id])).toMatchObject({ code: 2, stderr: expect.stringContaining('say why they left') });
});
