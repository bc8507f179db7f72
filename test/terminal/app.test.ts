/** The finished program in a real terminal: the morning from start to quit, and every way it can end. */
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openTerminal, type RealTerminal, type TerminalOptions } from './terminal.ts';

const root = resolve(import.meta.dirname, '../..');
const ESC = '\u001b';

/** A home folder with the demo portal connected and synced once; every test works on a copy. */
let prepared = '';
const opened: RealTerminal[] = [];
const homes: string[] = [];

function newHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'kizashi-home-'));
  homes.push(home);
  if (prepared !== '') cpSync(prepared, home, { recursive: true });
  return home;
}

function open(options: TerminalOptions = {}): RealTerminal {
  const terminal = openTerminal({ home: options.home ?? newHome(), ...options });
  opened.push(terminal);
  return terminal;
}

function run(
  home: string,
  args: readonly string[],
): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  return new Promise((done, fail) => {
    const child = spawn(join(root, 'node_modules/.bin/node'), [join(root, 'bin/kizashi.js'), ...args], {
      env: { PATH: process.env.PATH ?? '', HOME: home, KIZASHI_HOME: join(home, 'kizashi'), LANG: 'en_US.UTF-8' },
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk) => (stdout += chunk));
    child.stderr.on('data', (chunk) => (stderr += chunk));
    child.on('error', fail);
    child.on('close', (code) => done({ code, stdout, stderr }));
  });
}

beforeAll(async () => {
  const home = newHome();
  const listed = await run(home, ['--demo', 'list', '--json']);
  expect(listed.stderr).toBe('');
  prepared = home;
});

afterEach(() => {
  for (const terminal of opened.splice(0)) terminal.close();
});

afterAll(() => {
  for (const home of homes) rmSync(home, { recursive: true, force: true });
});

interface Listing {
  readonly accounts: readonly { readonly id: string; readonly name: string; readonly risk: number }[];
}

describe('the morning', () => {
  it('starts, moves, opens, reads the receipt, writes a Japanese note and a task, and quits; HubSpot has both', async () => {
    const home = newHome();
    const server = spawn(join(root, 'node_modules/.bin/node'), [join(root, 'bin/kizashi.js'), '--demo', '--json', 'serve'], {
      env: { PATH: process.env.PATH ?? '', HOME: home, KIZASHI_HOME: join(home, 'kizashi') },
    });
    try {
      const { url, token } = await new Promise<{ url: string; token: string }>((done) => {
        let text = '';
        server.stdout.on('data', (chunk) => {
          text += chunk;
          if (text.trimEnd().endsWith('}')) done(JSON.parse(text) as { url: string; token: string });
        });
      });
      const { accounts } = JSON.parse((await run(home, ['--demo', 'list', '--json'])).stdout) as Listing;
      const second = accounts[1];
      if (!second) throw new Error('the demo book is empty');

      const terminal = open({ home, columns: 120, rows: 40 });
      await terminal.see('▸  1');
      terminal.type('j');
      await terminal.see('▸  2');
      terminal.type('\r');
      await terminal.until(
        (screen) => screen.some((line) => line.includes(second.name)) && screen.some((line) => /Why \d+/.test(line)),
        'the receipt',
      );
      expect(terminal.screen().join('\n')).toContain(`Why ${second.risk}`);
      terminal.type('n');
      await terminal.see('Note on');
      terminal.type('更新の件、来週お電話します。');
      await terminal.see('更新の件、来週お電話します。');
      terminal.type('\u000f');
      await terminal.see('queued');
      terminal.type('t');
      await terminal.see('Task on');
      terminal.type('更新の打合せ');
      await terminal.see('更新の打合せ');
      terminal.type('\u000f');
      await terminal.see('outbox 2');
      terminal.type(ESC);
      await terminal.see('▸  2');
      terminal.type('q');
      await terminal.until(
        (screen) => screen.join('\n').match(/waiting|safe|quit/i) !== null || !terminal.alternate(),
        'the question about what waits',
      );
      if (terminal.alternate()) terminal.type('y');
      expect(await terminal.ended).toBe(0);
      expect(terminal.alternate()).toBe(false);
      expect(terminal.cursorHidden()).toBe(false);

      // What is held goes out with whoever comes next.
      const sent = await run(home, ['--demo', 'outbox', 'send', '--json']);
      expect(sent.code).toBe(0);
      const rows = JSON.parse((await run(home, ['--demo', 'outbox', 'list', '--json'])).stdout) as {
        rows: { kind: string; account: string; state: string; hubspotId: string }[];
      };
      expect(rows.rows.map((row) => [row.kind, row.account, row.state]).sort()).toEqual([
        ['note', second.id, 'sent'],
        ['task', second.id, 'sent'],
      ]);
      // Both stand in the ledger with what the screen said of the account.
      const ledger = JSON.parse((await run(home, ['--demo', 'ledger', '--json'])).stdout) as {
        actions: { kind: string; account: string; from: string; risk: number; sent: boolean }[];
      };
      expect(ledger.actions.map(({ kind, account, from, risk, sent: gone }) => [kind, account, from, risk, gone]).sort()).toEqual([
        ['note', second.id, 'here', second.risk, true],
        ['task', second.id, 'here', second.risk, true],
      ]);
      const read = async (object: string, id: string, properties: string) => {
        const reply = await fetch(`${url}/crm/v3/objects/${object}/${id}?properties=${properties}&associations=companies`, {
          headers: { authorization: `Bearer ${token}` },
        });
        expect(reply.status).toBe(200);
        return (await reply.json()) as { properties: Record<string, string>; associations: { companies: { results: { id: string }[] } } };
      };
      const note = await read(
        'notes',
        rows.rows.find((row) => row.kind === 'note')?.hubspotId ?? '',
        'hs_note_body,hs_timestamp,hubspot_owner_id',
      );
      expect(note.properties.hs_note_body).toContain('更新の件、来週お電話します。');
      expect(note.associations.companies.results.map((one) => one.id)).toContain(second.id);
      expect(Math.abs(Date.parse(note.properties.hs_timestamp ?? '') - Date.now())).toBeLessThan(120_000);
      const task = await read(
        'tasks',
        rows.rows.find((row) => row.kind === 'task')?.hubspotId ?? '',
        'hs_task_subject,hs_timestamp,hubspot_owner_id,hs_task_status',
      );
      expect(task.properties.hs_task_subject).toContain('更新の打合せ');
      expect(task.associations.companies.results.map((one) => one.id)).toContain(second.id);
      expect(note.properties.hubspot_owner_id).toBe(task.properties.hubspot_owner_id);
      expect(note.properties.hubspot_owner_id).toMatch(/^\d+$/);
    } finally {
      server.kill('SIGTERM');
    }
  });

  it('drops no key of a burst', async () => {
    const terminal = open();
    await terminal.see('▸  1');
    terminal.type('jjjjj');
    await terminal.see('▸  6');
    terminal.type('kk');
    await terminal.see('▸  4');
  });

  it('hears in order what is typed and pasted from the first frame on, before anything listens', async () => {
    const terminal = open();
    await terminal.until(() => terminal.written().includes(`${ESC}[?1049h`), 'the first frame');
    terminal.type(`jj${ESC}[200~jjjj${ESC}[201~${ESC}[Bkj`);
    await terminal.see('▸  4');
    expect(terminal.written().split(`${ESC}[?1049h`).length).toBe(2);
    expect(terminal.written().split(`${ESC}[2J`).length).toBe(2);
  });

  it('speaks Japanese', async () => {
    const terminal = open({ env: { LANG: 'ja_JP.UTF-8' } });
    const screen = await terminal.see('▸  1');
    expect(screen.join('\n')).toContain('会社');
  });
});

describe('the terminal', () => {
  it('is redrawn at its new size, and says when it is too small', async () => {
    const terminal = open();
    await terminal.see('▸  1');
    terminal.resize(150, 40);
    await terminal.until((screen) => screen.some((line) => line.includes('24 months')), 'the wide table');
    terminal.resize(20, 5);
    await terminal.until((screen) => /small/i.test(screen.join('')), 'a word about the size');
    terminal.resize(80, 24);
    await terminal.see('▸  1');
  });

  it.each(['SIGTERM', 'SIGHUP', 'SIGINT'] as const)('is given back on %s', async (signal) => {
    const terminal = open();
    await terminal.see('▸  1');
    terminal.kill(signal);
    await terminal.ended;
    expect(terminal.alternate()).toBe(false);
    expect(terminal.cursorHidden()).toBe(false);
  });

  it('is given back on Ctrl-C', async () => {
    const terminal = open();
    await terminal.see('▸  1');
    terminal.type('\u0003');
    await terminal.ended;
    expect(terminal.alternate()).toBe(false);
    expect(terminal.cursorHidden()).toBe(false);
  });

  it('gets the plain list where it can do no better', async () => {
    const terminal = open({ env: { TERM: 'dumb' }, columns: 160, rows: 60 });
    expect(await terminal.ended).toBe(0);
    expect(terminal.written()).not.toContain(ESC);
    expect(terminal.written()).toContain('Account');
  });
});
