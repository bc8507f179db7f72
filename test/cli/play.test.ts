/** A play from the command line to HubSpot: whole or not at all, refused where something is missing, and its progress. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DemoServer } from '../../src/data/demo/server.ts';
import { type Desk, type Json, ME_ID, prepareHome, TOKEN, today } from './harness.ts';
import { desk } from './inside.ts';

let from = '';
beforeAll(async () => {
  from = await prepareHome();
});
afterAll(() => rmSync(from, { recursive: true, force: true }));

async function read(server: DemoServer, object: string, id: string, properties: string): Promise<Json> {
  const reply = await fetch(`${server.url}/crm/v3/objects/${object}/${id}?properties=${properties}&associations=companies`, {
    headers: { authorization: `Bearer ${TOKEN}` },
  });
  expect(reply.status).toBe(200);
  return reply.json();
}
const made = (server: DemoServer): string[] =>
  server.requests.flatMap(({ method, path }) =>
    method === 'POST' && /\/objects\/(?:notes|tasks)$/.test(path) ? [path.split('/').at(-1) ?? ''] : [],
  );
const idOf = async (here: Awaited<ReturnType<typeof desk>>, word: string): Promise<string> => (await here.json(['show', word])).id;
const POLICY = `version: 1
plays:
  custom.vip:
    label: { en: VIP, ja: VIP }
    steps:
      - id: call
        task: { subject: "Call {account}", text: "{goals}", due: 2bd, assignee: nobody@demo.example }
      - id: stage
        property: { name: no_such_property, value: x }
      - id: note
        note: "Hello {account}"
`;
const UNKNOWN_LEAD = `version: 1
leads: { default: gone@demo.example }
plays:
  custom.ask:
    label: Ask
    steps:
      - id: note
        note: "Hello {account}"
      - id: decide
        task: { subject: Decide, due: 2bd, assignee: lead }
`;
const withPolicy = async (here: Desk, text = POLICY): Promise<void> => {
  const { policyFile } = await here.json(['config', 'get', 'policyFile']);
  mkdirSync(dirname(policyFile), { recursive: true });
  writeFileSync(policyFile, text);
};

it('writes the proposed play as one, says how far it is, and what is overdue puts the account first', async () => {
  const here = await desk({ from });
  const list = await here.json(['list']);
  const row = list.accounts.find(({ group, rank }: Json) => group === 'ranked' && rank > 2);
  const results = await here.json(['play', row.id, 're-engage', '--answer', 'days_since_use=42 d', '--answer', 'last_used=10 Oct']);
  expect(results.map(({ kind, account, state }: Json) => [kind, account, state])).toEqual([
    ['note', row.id, 'sent'],
    ['task', row.id, 'sent'],
    ['task', row.id, 'sent'],
  ]);
  expect(made(here.server)).toEqual(['notes', 'tasks', 'tasks']);
  const task = await read(
    here.server,
    'tasks',
    results[1].hubspotId,
    'hs_task_subject,hs_task_body,hubspot_owner_id,hs_task_type,hs_timestamp',
  );
  expect(task.properties).toMatchObject({
    hubspot_owner_id: ME_ID,
    hs_task_type: 'CALL',
    hs_task_subject: expect.stringContaining(row.name),
  });
  expect(task.properties.hs_task_body).toMatch(/kizashi play re-engage \/ call #[2-9A-Z]{8}/);

  // Before the next sync the outbox knows; after it, HubSpot.
  for (const synced of [false, true]) {
    if (synced) expect((await here.run(['sync'])).code).toBe(0);
    const { plays } = await here.json(['show', row.id]);
    expect(plays).toMatchObject([
      {
        play: 're-engage',
        done: 1,
        steps: [{ step: 'mail', state: 'drafted' }, { step: 'why' }, { step: 'call', state: 'open' }, { step: 'follow' }],
      },
    ]);
  }
  await fetch(`${here.server.url}/crm/v3/objects/tasks/${results[1].hubspotId}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ properties: { hs_timestamp: String(Date.parse(`${today()}T00:00:00Z`) - 3 * 86_400_000) } }),
  });
  expect((await here.run(['sync'])).code).toBe(0);
  const after = await here.json(['list']);
  expect(after.accounts[0]).toMatchObject({
    id: row.id,
    risk: row.risk,
    overduePlay: { play: 're-engage', step: expect.stringContaining(row.name) },
  });
  expect((await here.run(['list'])).stdout).toContain('play overdue');
});

it('counts a change of a property and a drafted mail as steps, until HubSpot shows the mail as sent', async () => {
  const here = await desk({ from });
  await withPolicy(
    here,
    `version: 1
plays:
  custom.vip:
    label: { en: VIP, ja: VIP }
    steps:
      - id: log
        note: "Hello {account}"
      - id: stage
        property: { name: industry, value: COMPUTER_SOFTWARE }
      - id: mail
        email: { subject: "How is it going?", text: "Hello" }
`,
  );
  const [{ id }] = (await here.json(['list'])).accounts;
  const steps = async (): Promise<Json> => {
    const [play] = (await here.json(['show', id])).plays;
    return play?.steps.map(({ step, kind, state }: Json) => [step, kind, state]);
  };
  const [note, change] = await here.json(['play', id, 'custom.vip', '--no-wait']);
  expect(await steps()).toEqual([
    ['log', 'note', 'waiting'],
    ['mail', 'email', 'drafted'],
    ['stage', 'property', 'waiting'],
  ]);
  expect((await here.run(['outbox', 'send'])).code).toBe(0);
  expect((await here.run(['sync'])).code).toBe(0);
  expect(await steps()).toEqual([
    ['log', 'note', 'done'],
    ['mail', 'email', 'drafted'],
    ['stage', 'property', 'done'],
  ]);
  expect((await here.run(['show', id])).stdout).toContain('e-mail drafted  How is it going?');
  await here.json(['email', id, 'Hello', '--subject', 'How is it going?']);
  expect((await here.run(['sync'])).code).toBe(0);
  expect((await steps())[1]).toEqual(['mail', 'email', 'done']);
  // Taken back, the change is no step of the play any more.
  await here.json(['outbox', 'undo', change.id]);
  expect((await steps()).map(([step]: Json) => step)).toEqual(['log', 'mail']);
  await here.json(['outbox', 'undo', note.id]);
  expect((await here.run(['sync'])).code).toBe(0);
  expect((await here.json(['show', id])).plays).toEqual([]);
});

describe('before anything is written', () => {
  it('shows every request, draft, and what is missing', async () => {
    const here = await desk({ from });
    await withPolicy(here);
    const account = await idOf(here, 'あおば');
    const shown = await here.json(['play', account, 'custom.vip', '--dry-run', '--skip', 'stage']);
    expect(shown).toMatchObject({
      play: 'custom.vip',
      account,
      requests: [
        { step: 'call', method: 'POST', path: '/crm/v3/objects/tasks' },
        { step: 'note', method: 'POST', path: '/crm/v3/objects/notes' },
      ],
      problems: [{ step: 'call', message: 'the portal has no user nobody@demo.example' }],
    });
    const draft = await here.json(['play', account, 'check-in', '--dry-run', '--lang', 'ja']);
    expect(draft.drafts).toMatchObject([{ step: 'mail', subject: 'ご利用状況のご確認', mailto: expect.stringMatching(/^mailto:/) }]);
    expect(made(here.server)).toEqual([]);
  });

  it('refuses what cannot be, in words that say what to do', async () => {
    const here = await desk({ from });
    await withPolicy(here);
    for (const [args, words] of [
      [['custom.vip'], 'has no user nobody@demo.example'],
      [['custom.vip', '--skip', 'call'], 'no property no_such_property'],
      [['custom.vpi'], 'did you mean custom.vip'],
      [['custom.vip', '--skip', 'cal'], 'it has call, stage, note'],
      [['custom.vip', '--answer', 'goals'], 'ID=TEXT'],
      [['custom.vip', '--skip', 'call', '--skip', 'stage', '--skip', 'note'], 'no step left'],
      [['post-mortem', '--as-of', '2026-01-05'], 'as-of'],
    ] as const) {
      const ran = await here.run(['play', 'あおば', ...args]);
      expect([args, ran.code, ran.stdout]).toEqual([args, 2, '']);
      expect(ran.stderr).toContain(words);
    }
    await withPolicy(here, UNKNOWN_LEAD);
    const lead = await here.run(['play', 'あおば', 'custom.ask']);
    expect([lead.code, lead.stdout]).toEqual([2, '']);
    expect(lead.stderr).toContain('has no user gone@demo.example');
    expect(made(here.server)).toEqual([]);
    expect((await here.json(['outbox', 'list'])).rows).toEqual([]);
  });

  it('asks for a fact that nobody knows, and goes on when it is given', async () => {
    const here = await desk({ from });
    await withPolicy(
      here,
      POLICY.replace('nobody@demo.example', 'me').replace('"{goals}"', '"{contract_value} {notice_by} {champion} {goals}"'),
    );
    const args = ['play', 'あおば', 'custom.vip', '--skip', 'stage', '--no-wait'];
    const asked = await here.run(args);
    const wanted = [...asked.stderr.matchAll(/--answer (\w+)=…/g)].map(([, name]) => `${name}=known`);
    expect([asked.code, wanted.length > 0]).toEqual([2, true]);
    const results = await here.json([...args, ...wanted.flatMap((answer) => ['--answer', answer])]);
    expect(results).toMatchObject([
      { kind: 'task', state: 'waiting' },
      { kind: 'note', state: 'waiting' },
    ]);
  });
});

it('lists the plays and marks the proposed one', async () => {
  const here = await desk({ from });
  const account = await idOf(here, 'あおば');
  const proposed = (await here.json(['show', account])).play.id;
  const { plays } = await here.json(['play', account, '--list']);
  expect(plays.filter((play: Json) => play.proposed).map(({ id }: Json) => id)).toEqual([proposed]);
  expect((await here.run(['play', account, '--list', '--lang', 'ja'])).stdout).toMatch(
    new RegExp(`^\\* ${proposed}  [^\\n]*[ぁ-ん一-龠]`, 'm'),
  );
});
