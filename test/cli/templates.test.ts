/** `--template`: what HubSpot is given, and what is refused before. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addBusinessDays } from '../../src/plays/due.ts';
import { type Json, prepareHome, today } from './harness.ts';
import { desk } from './inside.ts';

let from = '';
beforeAll(async () => {
  from = await prepareHome();
});
afterAll(() => rmSync(from, { recursive: true, force: true }));

it('begins each kind with subject, text, day and priority; options say otherwise, a text stands below', async () => {
  const here = await desk({ from });
  const { id, name } = await here.json(['show', 'あおば']);
  const dry = async (args: readonly string[]): Promise<Json> => (await here.json([...args, '--dry-run'])).body.properties;

  const task = await dry(['task', id, '--template', 'support-check', '--lang', 'ja']);
  const due = addBusinessDays(today(), 1);
  expect(task).toMatchObject({ hs_task_subject: `${name}に問い合わせが解決したか確認`, hs_task_priority: 'HIGH', hs_task_type: 'CALL' });
  expect(new Date(Number(task.hs_timestamp) || task.hs_timestamp).toISOString()).toBe(`${due}T00:00:00.000Z`);
  expect(task.hs_task_body).toContain('お客様から見て');

  const other = await dry(['task', id, 'Mine', '--template', 'Is it solved?', '--priority', 'low', '--due', '2w', '--text', 'More <b>']);
  expect(other).toMatchObject({ hs_task_subject: 'Mine', hs_task_priority: 'LOW', hs_task_type: 'CALL' });
  expect(other.hs_task_body).toMatch(/left open\?<br><br>More &lt;b&gt;/);

  expect((await dry(['note', id, '--template', 'state'])).hs_note_body).toMatch(/risk \d+ \(\w+\)\..*My own view:<br>Next step:/);
  expect(await dry(['meeting', id, '--template', 'qbr', '--lang', 'ja'])).toMatchObject({ hs_meeting_title: `${name}様 四半期レビュー` });
  expect(await dry(['call', id, '--template', 'no-answer'])).toMatchObject({ hs_call_title: `No answer at ${name}` });
  expect((await dry(['email', id, '--template', 'usage-tips', '--direction', 'sent'])).hs_email_subject).toBe(`Tips for ${name}`);
});

it('refuses a name that is none with those there are, and a fact that nobody knows with the way to say it', async () => {
  const here = await desk({ from });
  const { id } = await here.json(['show', 'あおば']);
  const refused = async (args: readonly string[]): Promise<string> => {
    const ran = await here.run([...args, '--dry-run']);
    expect({ code: ran.code, stdout: ran.stdout }).toEqual({ code: 2, stdout: '' });
    return ran.stderr;
  };
  const unknown = await refused(['task', id, '--template', 'qbr']);
  expect(unknown).toContain("'qbr'");
  expect(unknown).toContain('renewal-prep');
  // That of a meeting is none for a task.
  expect(unknown).not.toContain('kickoff');

  const own = 'version: 1\ntemplates:\n  custom.due: { kind: note, label: Due, text: "Who: {champion}" }\n';
  const file = join(here.home, 'team.yaml');
  writeFileSync(file, own);
  await here.json(['config', 'set', 'policyFile', file]);
  const missing = await refused(['note', id, '--template', 'due', '--lang', 'ja']);
  expect(missing).toContain('推進者');
  expect(missing).toContain('--answer champion=…');
  const said = await here.json(['note', id, '--template', 'due', '--answer', 'champion=Kimura', '--dry-run']);
  expect(said.body.properties.hs_note_body).toMatch(/^Who: Kimura/);
  expect(await refused(['note', id, '--template', 'due', '--answer', 'champ=x'])).toContain('champion');
});
