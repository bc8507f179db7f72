/** Writing in the finished program: a template, records by key, a disposition, a post-mortem; what HubSpot then holds. */
import { rmSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { desk, environment, type Json, ME_ID, prepareHome, TOKEN } from '../cli/harness.ts';
import { openTerminal, type RealTerminal } from './terminal.ts';

let from = '';
beforeAll(async () => {
  from = await prepareHome();
});
afterAll(() => rmSync(from, { recursive: true, force: true }));

let terminal: RealTerminal | null = null;
afterEach(() => {
  terminal?.close();
  terminal = null;
});

it('reaches HubSpot with what the form said, and says no key too many', async () => {
  const here = await desk({ from });
  await here.json(['config', 'set', 'undoSeconds', '0']);
  const [top] = (await here.json(['list', '--limit', '1'])).accounts as Json[];
  const { contacts } = (await here.json(['show', top.id])) as Json;
  terminal = openTerminal({ home: here.home, args: [], columns: 100, rows: 30, env: environment(here.options) });
  await terminal.see('▸  1');

  // Three keys from the queue to "queued".
  terminal.type('wb\u000f');
  await terminal.see('queued');

  terminal.type('c');
  await terminal.see('Disposition');
  terminal.type('価格の相談\u0012');
  await terminal.see('[ ] ');
  terminal.type('\r');
  await terminal.see('1 chosen');
  terminal.type('\u001b');
  await terminal.see('▌ 価格の相談');
  // The text's neighbours above: records, then the disposition.
  terminal.type('\u001b[Z\u001b[Z\u001b[C');
  await terminal.until((lines) => lines.some((line) => /Disposition +none +\[/.test(line)), 'a disposition');
  terminal.type('\u000f');
  await terminal.until((lines) => !lines.some((line) => line.includes('Disposition')), 'the call queued');

  terminal.type('X');
  await terminal.see('Churn post-mortem');
  terminal.type('\u001b[C\u001b[C');
  await terminal.see('[price]');
  terminal.type('\t');
  const asked = (await terminal.until((lines) => lines.some((line) => line.startsWith(' ▌')), 'the next field')).join('\n');
  if (asked.includes('In HubSpot')) terminal.type('\u001b[C\t');
  terminal.type('\u001b[C\tGuided setup\t小さいプラン\u000f');
  await terminal.until((lines) => !lines.some((line) => line.includes('Churn post-mortem')), 'the post-mortem queued');
  terminal.type('O');
  await terminal.until((lines) => lines.filter((line) => /\bsent\b/.test(line)).length >= 5, 'five sent');
  terminal.type('\u001bq');
  expect(await terminal.ended).toBe(0);

  const { rows } = await here.json(['outbox', 'list']);
  const held = async (kind: string, properties: string, of: Json = rows.find((row: Json) => row.kind === kind)): Promise<Json> => {
    const { hubspotId } = of;
    const path = `${here.server.url}/crm/v3/objects/${kind}s/${hubspotId}?properties=${properties}&associations=companies,contacts`;
    const record = (await (await fetch(path, { headers: { authorization: `Bearer ${TOKEN}` } })).json()) as Json;
    const ends = (name: string) => [...new Set(record.associations?.[name]?.results.map(({ id }: Json) => id) ?? [])];
    return { ...record.properties, companies: ends('companies'), contacts: ends('contacts') };
  };
  expect(await held('task', 'hs_task_subject,hs_task_priority,hubspot_owner_id')).toMatchObject({
    hs_task_subject: `Ask ${top.name} whether it is solved`,
    hs_task_priority: 'HIGH',
    hubspot_owner_id: ME_ID,
    companies: [top.id],
  });
  const call = await held('call', 'hs_call_body,hs_call_disposition');
  expect(call).toMatchObject({
    hs_call_body: expect.stringMatching(/^価格の相談/),
    hs_call_disposition: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  expect(call.contacts).toHaveLength(1);
  expect(contacts.map(({ id }: Json) => id)).toContain(call.contacts[0]);
  const notes = rows.filter((row: Json) => row.kind === 'note');
  expect(notes).toHaveLength(2);
  const bodies: string[] = [];
  for (const one of notes) bodies.push((await held('note', 'hs_note_body', one)).hs_note_body);
  expect(bodies.find((body) => body.includes('Guided setup'))).toContain('Cause of the churn fixed');
  const note = { hs_note_body: bodies.find((body) => body.includes('小さいプラン')) };
  expect(note.hs_note_body).toContain('What was the cause?<br>price');
  expect(note.hs_note_body).toContain('Was it avoidable?<br>yes');
  expect(note.hs_note_body).toContain('小さいプラン');
  expect(rows.filter((row: Json) => row.kind === 'company_update')).toHaveLength(1);
}, 60_000);

it('writes on every marked account as one, and takes all of it back as one', async () => {
  const here = await desk({ from });
  const accounts = (await here.json(['list', '--limit', '3'])).accounts as Json[];
  terminal = openTerminal({ home: here.home, args: ['--offline'], columns: 100, rows: 30, env: environment(here.options) });
  await terminal.see('▸  1');
  const tasks = async (): Promise<Json[]> => (await here.json(['outbox', 'list'])).rows.filter(({ kind }: Json) => kind === 'task');

  terminal.type('   wb');
  await terminal.see('3 accounts: ');
  terminal.type('\u000f');
  await terminal.see('queued on 3 accounts');
  const queued = await tasks();
  expect(queued.map(({ account }) => account).sort()).toEqual(accounts.map(({ id }) => id).sort());
  for (const { id, name } of accounts)
    expect(queued.find(({ account }) => account === id)?.text).toContain(`Ask ${name} whether it is solved`);
  expect(new Set(queued.map(({ group }) => group)).size).toBe(1);
  expect(queued[0]?.group).not.toBeNull();

  terminal.type('u');
  await terminal.see('all taken back');
  expect(await tasks()).toEqual([]);

  // Too long on one is queued on none, and whose it is is said.
  terminal.type('   n');
  await terminal.see('Note on 3 accounts: ');
  terminal.type(`\u001b[200~${'長'.repeat(70_000)}\u001b[201~`);
  await terminal.until((lines) => lines.some((line) => line.includes('長')), 'the text');
  terminal.type('\u000f');
  const [, , , first] = (await here.json(['list', '--limit', '4'])).accounts as Json[];
  await terminal.see(`[ Save ]  ${first.name}: the text is longer than the 65,536 characters`);
  expect((await here.json(['outbox', 'list'])).rows.filter(({ kind }: Json) => kind === 'note')).toEqual([]);
  terminal.type('\u001b');
  terminal.type('q');
  expect(await terminal.ended).toBe(0);
}, 60_000);
