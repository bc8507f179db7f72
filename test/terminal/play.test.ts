/** A play on three marked accounts in the finished program: one record taken back, one refused and completed on the spot, and what HubSpot then holds. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
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

const stepsOf = (play: string): string => `version: 1
plays:
  ${play}:
    label: Visit
    steps:
      - { id: log, note: "Visit to {account} planned" }
      - id: prepare
        task: { subject: "Prepare {account}", due: 2bd, assignee: me, priority: high }
`;

/** Moves down the outbox until the selected line has every word. */
async function select(screen: RealTerminal, ...words: string[]): Promise<void> {
  screen.type('g');
  for (let row = 0; row < 12; row += 1) {
    const lines = await screen.until((now) => now.some((line) => line.startsWith('▸')), 'a selected row');
    const here = lines.find((line) => line.startsWith('▸')) ?? '';
    if (words.every((word) => here.includes(word))) return;
    screen.type('j');
    await screen.until((now) => now.find((line) => line.startsWith('▸')) !== here, 'the next row');
  }
  throw new Error(`no row with ${words.join(', ')}`);
}

it('reaches HubSpot with all that was meant and nothing else', async () => {
  const here = await desk({ from });
  const [one, two, three] = (await here.json(['list'])).accounts as Json[];
  const { policyFile } = await here.json(['config', 'get', 'policyFile']);
  mkdirSync(dirname(policyFile), { recursive: true });
  writeFileSync(policyFile, stepsOf(one.play.id));
  // The portal's admin demands on the third account's task what the play does not give.
  const refusal = {
    status: 'error',
    message: 'Property values were not valid',
    category: 'VALIDATION_ERROR',
    correlationId: 'c',
    errors: [{ code: 'MISSING_REQUIRED_PROPERTY', context: { propertyName: ['hs_task_type'] } }],
  };
  here.server.setFaults([
    {
      match: { method: 'POST', path: /\/objects\/tasks$/, body: new RegExp(`^(?!.*"hs_task_type":"CALL").*"${three.id}"`, 's') },
      action: { kind: 'status', status: 400, json: refusal },
    },
  ]);

  terminal = openTerminal({ home: here.home, args: [], columns: 140, rows: 40, env: environment(here.options) });
  await terminal.see('▸  1');
  terminal.type('   ');
  await terminal.see('3 marked');
  terminal.type('p');
  await terminal.see('Enter runs 2 steps on 3');
  terminal.type('\r');
  await terminal.see('Queued 6 records on 3');

  terminal.type('O');
  await terminal.until((now) => now.filter((line) => line.includes('Prepare ')).length === 3, 'the queued tasks');
  await select(terminal, two.name.slice(0, 6), 'Prepare');
  terminal.type('x');
  terminal.type('y');
  await terminal.until((now) => now.filter((line) => line.includes('Prepare ')).length === 2, 'the task that was taken back to be gone');

  // Ten seconds on, everything is with HubSpot but the one that it refuses.
  await terminal.until(
    (now) => now.filter((line) => /\bsent\b/.test(line)).length >= 4 && now.some((line) => line.includes('needs you')),
    'four sent and one refused',
  );
  await select(terminal, three.name.slice(0, 6), 'Prepare');
  await terminal.see('this portal demands hs_task_type: press e to give it');
  terminal.type('e');
  await terminal.see('Choose for Task Type');
  terminal.type('j\r');
  await terminal.until((now) => now.filter((line) => /\bsent\b/.test(line)).length >= 5, 'all five sent');
  terminal.type('\u001b');
  await terminal.see('▸');
  terminal.type('q');
  expect(await terminal.ended).toBe(0);

  const { rows } = await here.json(['outbox', 'list']);
  const read = async ({ kind, hubspotId }: Json): Promise<Json> => {
    const properties =
      kind === 'note' ? 'hs_note_body,hubspot_owner_id' : 'hs_task_subject,hs_task_body,hs_task_type,hs_task_priority,hubspot_owner_id';
    const reply = await fetch(`${here.server.url}/crm/v3/objects/${kind}s/${hubspotId}?properties=${properties}&associations=companies`, {
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    expect(reply.status).toBe(200);
    const record = (await reply.json()) as Json;
    return { kind, ...record.properties, companies: [...new Set(record.associations.companies.results.map(({ id }: Json) => id))] };
  };
  const held = await Promise.all(rows.filter(({ state }: Json) => state === 'sent').map(read));
  const of = (account: Json): Json[] =>
    held.filter(({ companies }) => companies.includes(account.id)).sort((a, b) => (a.kind < b.kind ? -1 : 1));
  for (const account of [one, two, three]) {
    const [note, task, ...more] = of(account);
    expect(more).toEqual([]);
    expect(note).toMatchObject({ kind: 'note', hubspot_owner_id: ME_ID, hs_note_body: expect.stringContaining(`/ log #`) });
    if (account === two) expect(task).toBeUndefined();
    else if (account === three) expect(task).toMatchObject({ hs_task_subject: `Prepare ${account.name}`, hs_task_type: 'CALL' });
    else expect(task).toMatchObject({ hs_task_subject: `Prepare ${account.name}`, hs_task_priority: 'HIGH', hubspot_owner_id: ME_ID });
  }
  expect(held).toHaveLength(5);
  // One request made each of them: nothing was sent twice, and the one that was taken back never left.
  const posts = here.server.requests.filter(({ method, path }) => method === 'POST' && /\/objects\/(?:notes|tasks)$/.test(path));
  expect(posts).toHaveLength(6);
}, 60_000);
