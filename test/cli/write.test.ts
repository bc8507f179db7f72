/** From a command line to HubSpot and back: what arrives, where, whose, when; what waits; what is refused. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DemoServer } from '../../src/data/demo/server.ts';
import { takeSenderLock } from '../../src/data/store/sender-lock.ts';
import { ended, type Json, ME_ID, prepareHome, start, TOKEN, today } from './harness.ts';
import { desk } from './inside.ts';

let from = '';
beforeAll(async () => {
  from = await prepareHome();
});
afterAll(() => rmSync(from, { recursive: true, force: true }));

/** As anybody would read it: over HTTP, with its companies. */
async function readBack(server: DemoServer, object: 'notes' | 'tasks', id: string): Promise<Json> {
  const properties =
    object === 'notes'
      ? 'hs_note_body,hs_timestamp,hubspot_owner_id'
      : 'hs_task_subject,hs_task_body,hs_timestamp,hubspot_owner_id,hs_task_priority,hs_task_type,hs_task_status';
  const reply = await fetch(`${server.url}/crm/v3/objects/${object}/${id}?properties=${properties}&associations=companies`, {
    headers: { authorization: `Bearer ${TOKEN}` },
  });
  expect(reply.status).toBe(200);
  const record = (await reply.json()) as Json;
  return { ...record.properties, companies: [...new Set(record.associations.companies.results.map((one: Json) => one.id))] };
}

const posts = (server: DemoServer, object: string) =>
  server.requests.filter(({ method, path }) => method === 'POST' && path.endsWith(`/${object}`));

const idOf = async (here: Awaited<ReturnType<typeof desk>>, word: string): Promise<string> => (await here.json(['show', word])).id;

describe('a note', () => {
  it('arrives on its company, by its writer, at its time', async () => {
    const here = await desk({ from });
    const company = await idOf(here, 'あおば');
    const before = Date.now();
    const told = await here.json(['note', 'あおば', '更新の相談。\n次回は12月。']);
    expect(told).toEqual({
      id: expect.any(String),
      kind: 'note',
      account: company,
      state: 'sent',
      hubspotId: expect.stringMatching(/^\d+$/),
      url: `https://app.hubspot.com/contacts/47110815/record/0-2/${company}`,
      because: null,
    });
    const note = await readBack(here.server, 'notes', told.hubspotId);
    expect(note).toMatchObject({ companies: [company], hubspot_owner_id: ME_ID });
    expect(note.hs_note_body).toContain('更新の相談。<br>次回は12月。');
    const at = Date.parse(note.hs_timestamp);
    expect(at).toBeGreaterThanOrEqual(before);
    expect(at).toBeLessThanOrEqual(Date.now());
    expect((await here.json(['outbox', 'list'])).rows).toMatchObject([
      { id: told.id, kind: 'note', account: company, state: 'sent', hubspotId: told.hubspotId, attempts: 1, because: null },
    ]);
    // And it is in the account's history after the next sync.
    expect((await here.run(['sync'])).code).toBe(0);
    const shown = await here.json(['show', company]);
    expect(shown.timeline[0]).toMatchObject({ at: today(), kind: 'note' });
  });

  it('is told in words, and taken from standard input, a flag or an argument', async () => {
    const here = await desk({ from });
    const said = await here.run(['note', 'あおば', '-', '--at', '2026-11-02T09:30:00+09:00'], { stdin: 'from a pipe\n\n' });
    expect(said).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^note is in HubSpot: https:\/\/app\.hubspot\.com\/\S+\n$/),
      stderr: '',
    });
    const ja = await here.run(['note', 'あおば', '--text', 'by a flag', '--lang', 'ja']);
    expect(ja.stdout).toMatch(/^メモをHubSpotに記録しました: https:/);
    const { rows } = await here.json(['outbox', 'list']);
    const [byFlag, piped] = await Promise.all(rows.map((row: Json) => readBack(here.server, 'notes', row.hubspotId)));
    expect(byFlag.hs_note_body).toMatch(/^by a flag/);
    expect(piped.hs_note_body).toMatch(/^from a pipe/);
    expect(Date.parse(piped.hs_timestamp)).toBe(Date.parse('2026-11-02T00:30:00Z'));
  });

  it('is written in the editor', async () => {
    const here = await desk({ from });
    const env = { EDITOR: `${process.execPath} -e require("fs").writeFileSync(process.argv.at(-1),"edited")` };
    const told = await here.json(['note', 'あおば', '--edit'], 0, { env });
    expect((await readBack(here.server, 'notes', told.hubspotId)).hs_note_body).toMatch(/^edited/);
    const failed = await here.run(['note', 'あおば', '--edit'], { env: { EDITOR: 'false' } });
    expect(failed).toEqual({ code: 1, stdout: '', stderr: 'kizashi: the editor ended with an error; nothing was queued\n' });
    expect(posts(here.server, 'notes')).toHaveLength(1);
  });

  it('arrives as the words it was, never as markup or control characters', async () => {
    const here = await desk({ from });
    const text = '<script>alert(1)</script> & "quotes" \u001b[31mred\u001b[0m\u0007 \u009b2J end';
    const told = await here.json(['note', 'あおば', '-'], 0, { stdin: text });
    const { hs_note_body: body } = await readBack(here.server, 'notes', told.hubspotId);
    expect(body).toMatch(/^&lt;script&gt;alert\(1\)&lt;\/script&gt; &amp; &quot;quotes&quot; \[31mred\[0m 2J end/);
    expect(body).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
    const listed = await here.run(['outbox']);
    expect(listed.stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });

  it('is shown before it is sent where only that is asked', async () => {
    const here = await desk({ from });
    const company = await idOf(here, 'あおば');
    const ran = await here.run(['note', 'あおば', 'not sent', '--dry-run']);
    expect(ran.code).toBe(0);
    expect(JSON.parse(ran.stdout)).toMatchObject({
      method: 'POST',
      path: '/crm/v3/objects/notes',
      body: { properties: { hubspot_owner_id: ME_ID }, associations: [{ toId: company }] },
    });
    expect(posts(here.server, 'notes')).toHaveLength(0);
    expect((await here.json(['outbox', 'list'])).rows).toEqual([]);
  });
});

describe('a task', () => {
  it('arrives with its subject, due day and priority', async () => {
    const here = await desk({ from });
    const company = await idOf(here, 'あおば');
    const told = await here.json([
      'task',
      company,
      '--subject',
      '更新を提案',
      '--text',
      'QBRの前に',
      '--due',
      '2027-01-15',
      '--priority',
      'high',
      '--type',
      'call',
    ]);
    expect(told).toMatchObject({ kind: 'task', account: company, state: 'sent', because: null });
    expect(await readBack(here.server, 'tasks', told.hubspotId)).toMatchObject({
      companies: [company],
      hs_task_subject: '更新を提案',
      hs_task_body: expect.stringMatching(/^QBRの前に/),
      hs_task_priority: 'HIGH',
      hs_task_type: 'CALL',
      hs_task_status: 'NOT_STARTED',
      hubspot_owner_id: ME_ID,
      // Nine in the morning in the portal's zone, some milliseconds on.
      hs_timestamp: expect.stringMatching(/^2027-01-15T00:00:00(\.\d+)?Z$/),
    });
    const brief = await here.run(['task', company, 'just a subject']);
    expect(brief).toEqual({ code: 0, stdout: expect.stringMatching(/^task is in HubSpot: /), stderr: '' });
  });
});

describe('waiting', () => {
  it('offline it waits, and goes out exactly once', async () => {
    const here = await desk({ from });
    const company = await idOf(here, 'あおば');
    here.server.clearRequests();
    const before = Date.now();
    expect((await here.run(['show', 'あおば', '--offline'])).code).toBe(0);
    expect((await here.run(['list', '--offline'])).code).toBe(0);
    const told = await here.json(['note', 'あおば', 'written on a train', '--offline']);
    expect(told).toEqual({
      id: expect.any(String),
      kind: 'note',
      account: company,
      state: 'waiting',
      hubspotId: null,
      url: null,
      because: 'offline',
    });
    const said = await here.run(['task', 'あおば', 'call', '--offline', '--lang', 'ja']);
    expect(said).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^タスクを保存しました（\S+）。次の同期で送ります: オフライン\n$/),
      stderr: '',
    });
    expect((await here.run(['outbox', 'send', '--offline'])).code).toBe(0);
    expect(await here.json(['outbox', 'list', '--offline'])).toMatchObject({
      rows: [{ state: 'ready' }, { id: told.id, state: 'ready', hubspotId: null, attempts: 0 }],
    });
    expect(here.server.requests).toEqual([]);
    const sync = await here.run(['sync', '--offline']);
    expect([sync.code, sync.stdout]).toEqual([5, '']);
    expect(sync.stderr).toContain('Offline: nothing is asked of HubSpot');
    const after = Date.now();

    expect(await here.json(['outbox', 'send'])).toEqual({ sent: 2, waiting: 0, failed: 0 });
    expect(await here.json(['outbox', 'send'])).toEqual({ sent: 0, waiting: 0, failed: 0 });
    expect((await here.run(['sync'])).code).toBe(0);
    expect([posts(here.server, 'notes').length, posts(here.server, 'tasks').length]).toEqual([1, 1]);
    const { rows } = await here.json(['outbox', 'list']);
    const note = await readBack(here.server, 'notes', rows.find((row: Json) => row.id === told.id).hubspotId);
    expect(note).toMatchObject({ companies: [company], hubspot_owner_id: ME_ID });
    // When it was written, not when it was sent.
    expect(Date.parse(note.hs_timestamp)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(note.hs_timestamp)).toBeLessThanOrEqual(after);
  });

  it('waits where it is told to, and is taken back or sent', async () => {
    const here = await desk({ from });
    const queued = await here.json(['note', 'あおば', 'later', '--no-wait']);
    expect(queued).toMatchObject({ state: 'waiting', because: 'not waited for' });
    const held = await here.json(['note', 'あおば', 'regretted', '--undo', '10m']);
    expect(held).toMatchObject({ state: 'waiting', because: 'held back for undo' });
    expect((await here.json(['outbox', 'list'])).rows).toMatchObject([
      { id: held.id, state: 'held' },
      { id: queued.id, state: 'ready' },
    ]);
    expect(await here.json(['outbox', 'drop', held.id])).toEqual({ id: held.id, state: 'dropped' });
    expect(await here.json(['outbox', 'retry', queued.id])).toMatchObject({ id: queued.id, state: 'sent' });
    const again = await here.run(['outbox', 'drop', queued.id]);
    expect(again).toEqual({ code: 1, stdout: '', stderr: 'kizashi: cannot drop a row that is sent\n' });
    expect(posts(here.server, 'notes')).toHaveLength(1);
  });

  it('lets the process that holds the sender lock be, and goes out when it lets go', async () => {
    const here = await desk({ from });
    const { local } = await here.json(['config', 'path']);
    const lock = takeSenderLock(local);
    if (!lock) throw new Error('the lock is free');
    const child = start(['note', 'あおば', 'after you', '--json'], here.options);
    child.stdin.end();
    const done = ended(child);
    try {
      await here.json(['outbox', 'list', '--offline']);
      while ((await here.json(['outbox', 'list', '--offline'])).rows.length === 0);
      expect(posts(here.server, 'notes')).toHaveLength(0);
    } finally {
      lock.release();
    }
    const { code, stdout } = await done;
    expect([code, JSON.parse(stdout).state]).toEqual([0, 'sent']);
    expect(posts(here.server, 'notes')).toHaveLength(1);
  });

  it('an answer that got lost is looked for, never sent again', async () => {
    const here = await desk({ from });
    here.server.setFaults([{ match: { method: 'POST', path: /\/notes(\?|$)/, nth: 1 }, action: { kind: 'reset', apply: true } }]);
    const ran = await here.run(['note', 'あおば', 'did it arrive?', '--json']);
    const told = JSON.parse(ran.stdout);
    expect([
      [0, 'sent'],
      [5, 'unknown'],
    ]).toContainEqual([ran.code, told.state]);
    expect(posts(here.server, 'notes')).toHaveLength(1);
    if (told.state === 'unknown') expect(told.because).toBe('it may have arrived; checking');
  });
});
