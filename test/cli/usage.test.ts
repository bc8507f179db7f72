/** Wrong usage: exit 2, one message, nothing on stdout, nothing asked of HubSpot, nothing written. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DemoServer } from '../../src/data/demo/server.ts';
import { type Desk, prepareHome, serve, today } from './harness.ts';
import { deskOf } from './inside.ts';

let home = '';
let server: DemoServer;
let here: Desk;

beforeAll(async () => {
  home = await prepareHome();
  server = await serve();
  here = deskOf(server, home);
});

afterAll(async () => {
  await server.close();
  rmSync(home, { recursive: true, force: true });
});

/** Every file with its content's hash; SQLite's own side files come and go with readers, and the pacing bucket is none of a profile's. */
function filesOf(folder: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name);
    if (statSync(path).isFile() && !/-(wal|shm)$|\.log$|^kizashi\/pace\.db$/.test(name))
      found[name] = createHash('sha256').update(readFileSync(path)).digest('hex');
  }
  return found;
}

const long = 'x'.repeat(65_537);

it.each([
  [['--no-such'], "unknown option '--no-such'. See kizashi --help"],
  [['frobnicate'], "unknown command 'frobnicate'. See kizashi --help"],
  [['list', '--no-such'], "unknown option '--no-such'. See kizashi --help"],
  [['list', 'extra'], 'too many arguments. Put a text with spaces in quotes; see kizashi --help'],
  [['list', '--limit'], "option '--limit <n>' needs a value"],
  [['list', '--limit', 'many'], "--limit: 'many' is not a whole number from 0 up"],
  [['list', '--limit=-1'], "--limit: '-1' is not a whole number from 0 up"],
  [['list', '--capacity', '1.5'], "--capacity: '1.5' is not a whole number from 0 up"],
  [['list', '--renewal-within', '90x'], "--renewal-within: '90x' is not a whole number from 0 up"],
  [['list', '--band', 'purple'], "--band: 'purple' is not one of critical, high, watch, low, unknown"],
  [['list', '--tier', 'gold'], "--tier: 'gold' is not one of high, low, tech"],
  [['list', '--sort', 'luck'], "--sort: 'luck' is not one of priority, risk, probability, mrr, contract, renewal, change, name"],
  [['list', '--owner', 'nobody@demo.example'], "no owner 'nobody@demo.example' in this portal"],
  [['list', '--as-of', '2026-02-30'], "'2026-02-30' is not a day. Write it as YYYY-MM-DD"],
  [['list'], "'yesterday' is not a day. Write it as YYYY-MM-DD", { KIZASHI_AS_OF: 'yesterday' }],
  [['list', '--lang', 'fr'], "there is no language 'fr'. Take en or ja"],
  [['list', '--profile', '../other'], "'../other' cannot be a profile's name. Use lower-case letters, digits, - and _"],
  [
    ['list'],
    "KIZASHI_API_URL 'http://hubspot.example' is refused: https, or http on this machine only",
    { KIZASHI_API_URL: 'http://hubspot.example' },
  ],
  [['show'], "missing 'account'. See kizashi --help"],
  [['show', 'nobody'], "no account matches 'nobody'. Take an id, a domain or a part of the name; kizashi list shows them"],
  [['show', '\u001b[31mred'], "no account matches '␛red'. Take an id, a domain or a part of the name; kizashi list shows them"],
  [['show', ''], "no account matches ''. Take an id, a domain or a part of the name; kizashi list shows them"],
  [['note', 'nobody', 'text'], "no account matches 'nobody'. Take an id, a domain or a part of the name; kizashi list shows them"],
  [['note', 'あおば', ''], 'the text is empty; nothing was queued'],
  [['note', 'あおば', '  \n '], 'the text is empty; nothing was queued'],
  [['note', 'あおば', long], 'the text is longer than the 65,536 characters HubSpot takes; nothing was queued'],
  [
    ['note', 'あおば', 'text', '--at', 'noon'],
    "--at: 'noon' is not a moment. Write 15:00, tomorrow 9:30, 2026-11-21 15:00 or 2026-11-21T15:00+09:00",
  ],
  [
    ['note', 'あおば', 'text', '--at', '2026-13-01T09:30:00Z'],
    "--at: '2026-13-01T09:30:00Z' is not a moment. Write 15:00, tomorrow 9:30, 2026-11-21 15:00 or 2026-11-21T15:00+09:00",
  ],
  [['note', 'あおば', 'text', '--undo', 'soon'], "'soon' is not a duration. Write it like 10s"],
  [['note', 'あおば', 'text', '--as-of', '2026-01-15'], `with --as-of 2026-01-15 nothing is written: today is ${today()}`],
  [['task', 'あおば', '--as-of', '2026-01-15', '--subject', 'x'], `with --as-of 2026-01-15 nothing is written: today is ${today()}`],
  [['task', 'あおば'], 'a task needs a subject: --subject TEXT'],
  [['task', 'あおば', 'call', '--due', 'someday'], "'someday' is not a day. Write 2d, 1w, tomorrow, mon or YYYY-MM-DD"],
  [['task', 'あおば', 'call', '--priority', 'asap'], "--priority: 'asap' is not one of none, low, medium, high"],
  [['task', 'あおば', 'call', '--type', 'fax'], "--type: 'fax' is not one of todo, call, email"],
  [['outbox', 'burn'], "'burn' is not one of list, send, retry, drop, undo, export, doubles, probe"],
  [['outbox', 'retry'], 'say which: kizashi outbox retry ID'],
  [['outbox', 'drop', 'nothing'], "no outbox row 'nothing'. kizashi outbox list shows them"],
  [['auth', 'whoami'], "'whoami' is not one of status, logout"],
  [['config', 'burn'], "'burn' is not one of path, get, set, edit"],
  [['serve'], 'serve works with --demo only'],
  [['init', '--demo'], 'the demo portal needs no init: run kizashi --demo'],
  [['init', '--map', 'nothing'], "--map 'nothing' is not key=property"],
  [['sync', '--owner', 'nobody@demo.example'], "no owner 'nobody@demo.example' in this portal"],
] as [args: string[], message: string, env?: Record<string, string>][])(
  '%j ends with 2 and touches nothing',
  async (args, message, env = {}) => {
    const before = filesOf(home);
    server.clearRequests();
    const { code, stdout, stderr } = await here.run(args, { env });
    expect(stderr).toBe(`kizashi: ${message}\n`);
    expect([code, stdout]).toEqual([2, '']);
    expect(server.requests.filter(({ path }) => !path.startsWith('/crm/owners') && !path.startsWith('/crm/v3/owners'))).toEqual([]);
    expect(filesOf(home)).toEqual(before);
  },
);

it('lists the candidates of an ambiguous name, and takes none', async () => {
  const { code, stdout, stderr } = await here.run(['note', '株', 'text']);
  expect([code, stdout]).toEqual([2, '']);
  const [first = '', ...candidates] = stderr.trimEnd().split('\n');
  expect(first).toBe("kizashi: '株' matches several accounts; take the id:");
  expect(candidates.length).toBeGreaterThan(1);
  for (const line of candidates) expect(line).toMatch(/^ {2}\d+ {2}.*株/);
  expect((await here.json(['outbox', 'list'])).rows).toEqual([]);
});

it('says it in Japanese', async () => {
  const said = async (...args: string[]) => (await here.run([...args, '--lang', 'ja'])).stderr;
  expect(await said('list', '--band', 'purple')).toBe(
    'kizashi: --band: 「purple」は使えません。critical, high, watch, low, unknown のいずれかです\n',
  );
  expect(await said('show', 'nobody')).toContain('「nobody」に当てはまる顧客がありません');
  expect(await said('note', 'あおば', '')).toBe('kizashi: 本文が空です。何も記録していません\n');
  expect(await said('--no-such')).toContain('不明なオプション「--no-such」です');
});
