/** Calls, meetings, e-mails and tasks from the command line: what HubSpot holds afterwards, and what is refused before. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DemoServer } from '../../src/data/demo/server.ts';
import { addDays } from '../../src/units/day.ts';
import { type Desk, type Json, ME_ID, prepareHome, TOKEN, today } from './harness.ts';
import { desk } from './inside.ts';

let from = '';
beforeAll(async () => {
  from = await prepareHome();
});
afterAll(() => rmSync(from, { recursive: true, force: true }));

const LINKED = ['companies', 'contacts', 'deals', 'tickets'] as const;

/** As anybody would read it: over HTTP, with everything that it hangs on. */
async function readBack(server: DemoServer, object: string, id: string, properties: readonly string[]): Promise<Json> {
  const query = `properties=${['hs_timestamp', 'hubspot_owner_id', ...properties].join(',')}&associations=${LINKED.join(',')}`;
  const reply = await fetch(`${server.url}/crm/v3/objects/${object}/${id}?${query}`, { headers: { authorization: `Bearer ${TOKEN}` } });
  expect(reply.status).toBe(200);
  const record = (await reply.json()) as Json;
  const ends = LINKED.map((name) => [name, [...new Set(record.associations?.[name]?.results.map((one: Json) => one.id) ?? [])]]);
  return { ...record.properties, ...Object.fromEntries(ends) };
}

/** The company's own records, as the portal has them. */
async function linkedIds(server: DemoServer, company: string, to: string): Promise<string[]> {
  const url = `${server.url}/crm/v4/objects/companies/${company}/associations/${to}`;
  const reply = (await (await fetch(url, { headers: { authorization: `Bearer ${TOKEN}` } })).json()) as Json;
  return reply.results.map((one: Json) => String(one.toObjectId));
}

async function addContact(server: DemoServer, company: string, lastname: string): Promise<string> {
  const types = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 279 }];
  const reply = await fetch(`${server.url}/crm/v3/objects/contacts`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ properties: { lastname }, associations: [{ to: { id: company }, types }] }),
  });
  expect(reply.status).toBe(201);
  return ((await reply.json()) as Json).id;
}

const writes = (server: DemoServer) =>
  server.requests.filter(({ method, path }) => method !== 'GET' && !path.endsWith('/search') && !path.endsWith('/read'));

async function aoba(here: Desk): Promise<string> {
  return (await here.json(['show', 'あおば'])).id;
}

describe('a call', () => {
  it('arrives with direction, outcome, length, the portal’s own disposition, and on the people and deals it was about', async () => {
    const here = await desk({ from });
    const company = await aoba(here);
    const shown = await here.json(['show', company]);
    const [contact] = shown.contacts;
    const [deal] = await linkedIds(here.server, company, 'deals');
    const told = await here.json([
      'call',
      company,
      '料金の<b>相談</b>',
      '--subject',
      '更新の電話',
      '--at',
      'yesterday 15:30',
      '--direction',
      'inbound',
      '--outcome',
      'completed',
      '--disposition',
      'left voicemail',
      '--duration',
      '1h5m',
      '--to',
      contact.email,
      '--deal',
      String(deal),
    ]);
    expect(told).toMatchObject({ kind: 'call', account: company, state: 'sent' });
    const call = await readBack(here.server, 'calls', told.hubspotId, [
      'hs_call_title',
      'hs_call_body',
      'hs_call_direction',
      'hs_call_status',
      'hs_call_duration',
      'hs_call_disposition',
    ]);
    expect(call).toMatchObject({
      hubspot_owner_id: ME_ID,
      hs_call_title: '更新の電話',
      hs_call_body: expect.stringMatching(/^料金の&lt;b&gt;相談&lt;\/b&gt;/),
      hs_call_direction: 'INBOUND',
      hs_call_status: 'COMPLETED',
      hs_call_duration: '3900000',
      hs_call_disposition: 'b2cf5968-551e-4856-9783-52b3da59a7d0',
      companies: [company],
      contacts: [contact.id],
      deals: [deal],
    });
    // On the portal's clock, which is Japan's.
    expect(Date.parse(call.hs_timestamp)).toBe(Date.parse(`${addDays(today(), -1)}T15:30:00+09:00`));
  });

  it('is refused with what would be understood, and lists the records that a name fits', async () => {
    const here = await desk({ from });
    const company = await aoba(here);
    const refused = async (args: readonly string[]): Promise<string> => {
      const ran = await here.run(['call', company, 'x', ...args]);
      expect({ args, code: ran.code }).toEqual({ args, code: 2 });
      return ran.stderr;
    };
    expect(await refused(['--disposition', 'nice'])).toContain(
      "--disposition: 'nice' is not one of Busy, Connected, Left live message, Left voicemail, No answer, Wrong number",
    );
    expect(await refused(['--at', 'soon'])).toContain("--at: 'soon' is not a moment");
    const ids = await Promise.all(['Mori', 'Morita'].map((lastname) => addContact(here.server, company, lastname)));
    expect((await here.run(['sync'])).code).toBe(0);
    const before = writes(here.server).length;
    const several = await refused(['--contact', 'mor']);
    for (const id of ids) expect(several).toContain(id);
    expect(await refused(['--contact', 'nobody-at-all'])).toContain("has no contact 'nobody-at-all'");
    expect(writes(here.server)).toHaveLength(before);
    // A whole name comes before a part of others.
    const told = await here.json(['call', company, 'x', '--contact', 'mori', '--no-wait', '--dry-run']);
    expect(told.body.associations.map(({ toId }: Json) => toId)).toEqual([company, ids[0]]);
  });
});

it('a meeting arrives with start, end, place and outcome; one that ends first is refused', async () => {
  const here = await desk({ from });
  const company = await aoba(here);
  const day = addDays(today(), 3);
  const told = await here.json([
    'meeting',
    company,
    'QBR',
    '--text',
    '議題',
    '--start',
    `${day} 10:00`,
    '--end',
    `${day} 11:30`,
    '--location',
    'Room 3',
  ]);
  const meeting = await readBack(here.server, 'meetings', told.hubspotId, [
    'hs_meeting_title',
    'hs_meeting_body',
    'hs_meeting_start_time',
    'hs_meeting_end_time',
    'hs_meeting_outcome',
    'hs_meeting_location',
  ]);
  expect(meeting).toMatchObject({
    hs_meeting_title: 'QBR',
    hs_meeting_body: expect.stringMatching(/^議題/),
    // Still to come.
    hs_meeting_outcome: 'SCHEDULED',
    hs_meeting_location: 'Room 3',
    companies: [company],
  });
  expect(Date.parse(meeting.hs_meeting_start_time)).toBe(Date.parse(`${day}T10:00:00+09:00`));
  expect(Date.parse(meeting.hs_meeting_end_time)).toBe(Date.parse(`${day}T11:30:00+09:00`));
  const wrong = await here.run(['meeting', company, 'QBR', '--start', `${day} 10:00`, '--end', `${day} 09:00`]);
  expect(wrong).toEqual({ code: 2, stdout: '', stderr: 'kizashi: the meeting ends before it begins; nothing was queued\n' });
  const ja = await here.run(['meeting', company, '--lang', 'ja']);
  expect(ja).toEqual({ code: 2, stdout: '', stderr: 'kizashi: 件名が必要です: --subject 件名\n' });
});

it('an e-mail is logged as received or sent, from standard input, and a dry run shows the exact request', async () => {
  const here = await desk({ from });
  const company = await aoba(here);
  const args = ['email', company, '-', '--subject', 'Re: 更新', '--direction', 'received'];
  const shown = await here.run([...args, '--dry-run'], { stdin: 'ありがとう' });
  expect(JSON.parse(shown.stdout)).toMatchObject({
    method: 'POST',
    path: '/crm/v3/objects/emails',
    body: {
      properties: { hs_email_subject: 'Re: 更新', hs_email_direction: 'INCOMING_EMAIL', hubspot_owner_id: ME_ID },
      associations: [{ toId: company }],
    },
  });
  expect(writes(here.server)).toEqual([]);
  const told = await here.json(args, 0, { stdin: 'ありがとう' });
  const email = await readBack(here.server, 'emails', told.hubspotId, ['hs_email_subject', 'hs_email_html', 'hs_email_direction']);
  expect(email).toMatchObject({
    hs_email_subject: 'Re: 更新',
    hs_email_direction: 'INCOMING_EMAIL',
    hs_email_html: expect.stringMatching(/^ありがとう/),
  });
});

describe('tasks', () => {
  it('are logged for others with a reminder, listed, done, put off and handed on', async () => {
    const here = await desk({ from });
    const company = await aoba(here);
    const due = addDays(today(), 5);
    const told = await here.json(['task', company, '--subject', '見積り', '--due', due, '--reminder', '1h', '--assignee', 'me']);
    const task = await readBack(here.server, 'tasks', told.hubspotId, ['hs_task_subject', 'hs_task_reminders']);
    expect(task.hubspot_owner_id).toBe(ME_ID);
    // An hour before nine o'clock in Japan.
    expect(Number(task.hs_task_reminders)).toBe(Date.parse(`${due}T08:00:00+09:00`));

    const mine = async (args: readonly string[] = []): Promise<Json[]> => (await here.json(['tasks', ...args])).tasks;
    const found = async () => (await mine()).find(({ id }) => id === told.hubspotId);
    // Listed before any sync: it has left by the outbox.
    expect(await found()).toMatchObject({
      account: company,
      subject: '見積り',
      due,
      overdue: false,
      waiting: false,
      status: 'not_started',
    });

    const later = addDays(today(), 9);
    expect(await here.json(['task', 'postpone', told.hubspotId, '--due', later])).toMatchObject({ kind: 'task_update', state: 'sent' });
    expect(await found()).toMatchObject({ due: later });
    const moved = await readBack(here.server, 'tasks', told.hubspotId, []);
    expect(Date.parse(moved.hs_timestamp)).toBe(Date.parse(`${later}T09:00:00+09:00`));

    const colleague = (await here.json(['tasks', '--assignee', 'all'])).tasks.find(({ owner }: Json) => owner && owner.id !== ME_ID);
    const to = colleague?.owner.id ?? ME_ID;
    expect(await here.json(['task', 'assign', told.hubspotId, '--to', to])).toMatchObject({ state: 'sent' });
    expect((await readBack(here.server, 'tasks', told.hubspotId, [])).hubspot_owner_id).toBe(to);

    expect(await here.json(['task', 'done', told.hubspotId])).toMatchObject({ state: 'sent' });
    expect((await readBack(here.server, 'tasks', told.hubspotId, ['hs_task_status'])).hs_task_status).toBe('COMPLETED');
    expect(await found()).toBeUndefined();
    expect((await here.run(['sync'])).code).toBe(0);
    expect(await found()).toBeUndefined();
    const again = await here.run(['task', 'done', told.hubspotId]);
    expect(again.code).toBe(2);
    expect(again.stderr).toContain(`there is no open task '${told.hubspotId}'`);
  });

  it('that wait are listed by their place in the outbox and can be changed there', async () => {
    const here = await desk({ from });
    const company = await aoba(here);
    const queued = await here.json(['task', company, 'offline', '--offline']);
    const listed = async () => (await here.json(['tasks', '--account', company, '--offline'])).tasks;
    expect(await listed()).toContainEqual(expect.objectContaining({ id: queued.id, subject: 'offline', waiting: true }));
    expect(await here.json(['task', 'done', queued.id, '--offline'])).toMatchObject({ state: 'waiting' });
    expect(await listed()).not.toContainEqual(expect.objectContaining({ id: queued.id }));
    await here.json(['outbox', 'send']);
    const { rows } = await here.json(['outbox', 'list']);
    const made = rows.find(({ id }: Json) => id === queued.id);
    expect((await readBack(here.server, 'tasks', made.hubspotId, ['hs_task_status'])).hs_task_status).toBe('COMPLETED');
  });

  it('that somebody changed meanwhile are not written over', async () => {
    const here = await desk({ from });
    const [task] = (await here.json(['tasks'])).tasks;
    expect(task).toBeDefined();
    const reply = await fetch(`${here.server.url}/crm/v3/objects/tasks/${task.id}`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify({ properties: { hs_timestamp: '2027-03-01T00:00:00Z' } }),
    });
    expect(reply.status).toBe(200);
    const told = await here.json(['task', 'postpone', task.id, '--due', '2w'], 1);
    expect(told).toMatchObject({ state: 'needs_you', because: expect.stringContaining('hs_timestamp') });
    expect((await readBack(here.server, 'tasks', task.id, [])).hs_timestamp).toBe('2027-03-01T00:00:00.000Z');
  });

  it('are in the brief where they are due, and chosen by day, account and person', async () => {
    const here = await desk({ from });
    for (const day of ['today', addDays(today(), -3)]) await here.json(['task', 'あおば', 'call back', '--due', day]);
    const all = await here.json(['tasks']);
    const due = all.tasks.filter((task: Json) => task.due <= today()).map(({ id }: Json) => id);
    expect(due.length).toBeGreaterThan(1);
    const told = await here.json(['brief']);
    expect(told.tasks.map(({ id }: Json) => id).sort()).toEqual([...due].sort());
    expect(told.attention).toBe(true);
    const overdue = await here.json(['tasks', '--overdue']);
    expect(overdue.tasks.every((task: Json) => task.overdue && task.due < today())).toBe(true);
    expect(overdue.total).toBeGreaterThan(0);
    expect(overdue.total).toBeLessThan(all.total);
    const words = await here.run(['tasks', '--lang', 'ja', '--limit', '1']);
    expect(words.stdout).toMatch(/^未完了のタスク 1件（.*時点）\n {2}ID .*件名/);
    expect(words.stdout.trimEnd().split('\n')).toHaveLength(3);
  });

  it('are refused where a person, a day or an id is none', async () => {
    const here = await desk({ from });
    const [task] = (await here.json(['tasks'])).tasks;
    const refused = async (args: readonly string[], said: string): Promise<void> => {
      const ran = await here.run(['task', ...args]);
      expect({ args, code: ran.code, stderr: ran.stderr }).toEqual({ args, code: 2, stderr: expect.stringContaining(said) });
    };
    await refused(['postpone', task.id, '--due', '2020-01-01'], 'is past; nothing was queued');
    await refused(['assign', task.id, '--to', 'ghost@demo.example'], "no owner 'ghost@demo.example'");
    await refused(['assign', task.id, '--to', 'lead'], 'nobody is named as lead');
    await refused(['あおば', 'x', '--reminder', '90d', '--due', '1d'], 'the reminder would be in the past');
    expect(writes(here.server)).toEqual([]);
  });

  it('say which scope the token lacks', async () => {
    const here = await desk({ from, scopes: ['crm.objects.companies.read', 'crm.objects.contacts.read', 'crm.objects.owners.read'] });
    const told = await here.json(['task', 'あおば', 'x'], 1);
    expect(told).toMatchObject({ state: 'needs_you', because: expect.stringContaining('crm.objects.contacts.write') });
  });
});
