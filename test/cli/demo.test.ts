/** The demo portal, as the first command line of the README opens it: no token, no network, everything real. */
import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { spawn as spawnPty } from '@lydell/node-pty';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { BIN, ended, environment, type Json, type RunOptions, run, start, tempFolder, today } from './harness.ts';

const prepared = tempFolder();
const options = (home: string): RunOptions => ({ home, token: null });

beforeAll(async () => {
  const ran = await run(['--demo', 'list'], options(prepared));
  expect([ran.code, ran.stderr]).toEqual([0, '']);
});
afterAll(() => rmSync(prepared, { recursive: true, force: true }));

function demo(): { readonly home: string; json(...args: string[]): Promise<Json>; run(...args: string[]): ReturnType<typeof run> } {
  const home = tempFolder();
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  cpSync(prepared, home, { recursive: true });
  return {
    home,
    run: (...args) => run(['--demo', ...args], options(home)),
    async json(...args) {
      const ran = await run(['--demo', ...args, '--json'], options(home));
      expect([ran.code, ran.stderr], args.join(' ')).toEqual([0, '']);
      return JSON.parse(ran.stdout);
    },
  };
}

it('ranks the sample accounts, and the same numbers stand in the account', async () => {
  const here = demo();
  const list = await here.json('list');
  expect(list).toMatchObject({ asOf: today(), portalId: '47110815', currency: 'JPY' });
  expect(list.total).toBeGreaterThan(30);
  for (const one of list.accounts.slice(0, 3)) {
    const shown = await here.json('show', one.id);
    expect(shown).toMatchObject(one);
    expect(shown.receipt.risk).toBe(one.risk);
  }
});

it('keeps a note and a task for the next run, and shows them over HTTP', async () => {
  const here = demo();
  const [first] = (await here.json('list', '--limit', '1')).accounts;
  const note = await here.json('note', first.id, '次の一手を相談');
  const task = await here.json('task', first.id, '更新の提案', '--due', '2d');
  expect([note.state, task.state]).toEqual(['sent', 'sent']);
  await here.json('sync');
  const shown = await here.json('show', first.id);
  expect(shown.timeline.filter((one: Json) => one.kind === 'note')[0]).toMatchObject({ at: today() });
  expect(shown.openTasks.map((one: Json) => one.title)).toContain('更新の提案');

  const child = start(['--demo', 'serve', '--json'], options(here.home));
  const done = ended(child);
  const { url, token } = await new Promise<Json>((resolve) => {
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk;
      if (text.endsWith('}\n')) resolve(JSON.parse(text));
    });
  });
  const reply = await fetch(
    `${url}/crm/v3/objects/notes/${note.hubspotId}?properties=hs_note_body,hubspot_owner_id&associations=companies`,
    {
      headers: { authorization: `Bearer ${token}` },
    },
  );
  const record = (await reply.json()) as Json;
  expect(record.properties.hs_note_body).toContain('次の一手を相談');
  expect(record.properties.hubspot_owner_id).toBe('76400011');
  expect(record.associations.companies.results[0].id).toBe(first.id);
  // Another run meanwhile uses the server that is there.
  expect((await here.json('note', first.id, 'second')).state).toBe('sent');
  const otherDay = await here.run('list', '--as-of', '2026-01-15');
  expect([otherDay.code, otherDay.stdout]).toEqual([1, '']);
  expect(otherDay.stderr).toContain('another kizashi has the demo portal open as of');
  child.kill('SIGINT');
  expect(await done).toMatchObject({ code: 130, stderr: '' });
  expect(existsSync(join(here.home, 'kizashi/demo/server.json'))).toBe(false);
});

it('stands in another day where it is asked to, and is itself again after', async () => {
  const here = demo();
  const now = await here.json('list');
  const then = await here.json('list', '--as-of', '2026-06-15');
  expect(then.asOf).toBe('2026-06-15');
  expect(then.accounts[0].mrrTrend.at(-1).month).toBe('2026-06');
  const again = await here.json('list');
  expect(again.accounts.map((one: Json) => [one.id, one.risk])).toEqual(now.accounts.map((one: Json) => [one.id, one.risk]));
});

it('works offline once it is filled', async () => {
  const here = demo();
  const list = await here.json('list');
  expect((await here.json('list', '--offline')).accounts).toEqual(list.accounts);
  const fresh = tempFolder();
  onTestFinished(() => rmSync(fresh, { recursive: true, force: true }));
  const ran = await run(['--demo', 'list', '--offline'], options(fresh));
  expect([ran.code, ran.stdout]).toEqual([4, '']);
});

it('is a list where the terminal can show no more, and in a pipe', async () => {
  const here = demo();
  const piped = await run(['--demo'], { ...options(here.home), env: { TERM: 'dumb' } });
  expect([piped.code, piped.stderr]).toEqual([0, '']);
  expect(piped.stdout).toContain('株式会社あおば');
  const child = spawnPty(process.execPath, [BIN, '--demo'], {
    env: { ...environment(options(here.home)), TERM: 'dumb' },
    name: 'dumb',
    cols: 200,
    rows: 30,
  });
  let shown = '';
  child.onData((text) => {
    shown += text;
  });
  const code = await new Promise<number>((resolve) => child.onExit(({ exitCode }) => resolve(exitCode)));
  expect(code).toBe(0);
  expect(shown).toContain('this terminal cannot show the app (TERM=dumb); here is the list');
  expect(shown).toContain('株式会社あおば');
  expect(shown).not.toContain('\u001b');
});

it('ends quietly where the reader has seen enough', async () => {
  const here = demo();
  const { spawn } = await import('node:child_process');
  const script = `"${process.execPath}" "${BIN}" --demo list --json --owner all | head -c 8; echo "\${PIPESTATUS[0]}"`;
  const ran = await ended(spawn('bash', ['-c', script], { env: environment(options(here.home)) }));
  expect(ran.stderr).toBe('');
  expect(ran.stdout).toMatch(/^\{"asOf":(0|130)\n$/);
});
