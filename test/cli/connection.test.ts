/** What can stand between the program and HubSpot: token, scopes, network, limits, answers that are none. */
import { cpSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fault, FaultAction } from '../../src/data/demo/faults.ts';
import { type Json, prepareHome, type Ran, tempFolder } from './harness.ts';
import { desk, run } from './inside.ts';

const NOWHERE = 'http://127.0.0.1:9';

/** A command waits half a minute for its own sending: this one begins with the file and is looked at last. */
const homeWhileDown = tempFolder();
let noteWhileDown: Promise<Ran> | undefined;

let from = '';
beforeAll(async () => {
  from = await prepareHome();
  cpSync(from, homeWhileDown, { recursive: true });
  noteWhileDown = run(['note', 'あおば', 'while down', '--json'], { home: homeWhileDown, url: NOWHERE });
});
afterAll(() => {
  for (const home of [from, homeWhileDown]) rmSync(home, { recursive: true, force: true });
});

const everywhere = (action: FaultAction): Fault[] => [{ match: {}, action }];

describe('token', () => {
  const AUTH =
    /^kizashi: HubSpot refused the access token \([A-Z]+ \/\S+, 401\): it is wrong, expired or revoked\. Make a new one in HubSpot \(Development > Keys\) and run kizashi init\n$/;

  it('is missing', async () => {
    const { run } = await desk({ from });
    for (const args of [['sync'], ['auth', 'status']]) {
      const ran = await run(args, { token: null });
      expect(ran).toEqual({ code: 4, stdout: '', stderr: 'kizashi: no access token. Run kizashi init, or set HUBSPOT_ACCESS_TOKEN\n' });
    }
    const ja = await run(['sync', '--lang', 'ja'], { token: null });
    expect([ja.code, ja.stderr]).toEqual([
      4,
      'kizashi: アクセストークンがありません。kizashi init を実行するか、HUBSPOT_ACCESS_TOKEN を設定してください\n',
    ]);
    // Reading needs none, and writing keeps.
    expect((await run(['list'], { token: null })).code).toBe(0);
    expect((await run(['show', 'あおば'], { token: null })).code).toBe(0);
  });

  it('was never asked for', async () => {
    const { run } = await desk();
    const none = 'kizashi: no portal is connected. Run kizashi init (or try kizashi --demo)\n';
    for (const args of [['list'], ['show', 'x'], ['note', 'x', 'y'], ['sync'], ['outbox']])
      expect(await run(args), args.join(' ')).toEqual({ code: 4, stdout: '', stderr: none });
    const doctor = await run(['doctor']);
    expect([doctor.code, doctor.stderr]).toEqual([4, '']);
    expect(doctor.stdout).toContain('fail  no portal is connected. Run kizashi init (or try kizashi --demo)\n');
    const init = await run(['init', '--yes', '--me', 'tanaka@demo.example'], { token: null });
    expect(init).toEqual({
      code: 4,
      stdout: '',
      stderr: 'kizashi: cannot ask for the token without a terminal. Use --token-stdin or HUBSPOT_ACCESS_TOKEN\n',
    });
  });

  it.each(['wrong', 'expired', 'revoked'] as const)('is %s', async (state) => {
    const { run, server, json } = await desk({ from });
    if (state !== 'wrong') server.setToken(state);
    const more = state === 'wrong' ? { token: 'pat-na1-other' } : {};
    for (const args of [['sync'], ['auth', 'status'], ['init', '--yes']]) {
      const ran = await run(args, more);
      expect(ran.stderr, args.join(' ')).toMatch(AUTH);
      expect(ran.code).toBe(4);
      if (args[0] !== 'sync') expect(ran.stdout).toBe('');
    }
    expect((await run(['doctor'], more)).code).toBe(4);
    // What is written is kept, and goes out once the token is good again.
    const note = await json(['note', 'あおば', 'kept'], 5, more);
    expect(note).toMatchObject({ state: 'waiting', hubspotId: null, because: 'HubSpot refused the token: run kizashi init' });
    expect((await run(['list'], more)).code).toBe(0);
    server.setToken('valid');
    expect(await json(['outbox', 'send'])).toEqual({ sent: 1, waiting: 0, failed: 0 });
  });
});

describe('scopes', () => {
  it.each([
    ['crm.objects.feedback_submissions.read', 'feedback_submissions', 'survey'],
    ['tickets', 'tickets', 'support'],
    ['crm.objects.custom.read', '2-101', 'mrr'],
    ['crm.objects.contacts.read', 'contacts', 'people'],
  ])('without %s the rest works', async (scope, object, feed) => {
    const { run, json, server } = await desk({ from });
    server.removeScope(scope);
    const synced = await run(['sync', '--full']);
    expect(synced.code).toBe(0);
    expect(synced.stderr).toContain(scope);
    const { accounts } = await json(['list']);
    expect(accounts.length).toBeGreaterThan(5);
    const { receipt } = await json(['show', 'あおば']);
    const lacking = receipt.missing.filter((one: Json) => one.feed === feed);
    expect(lacking.length).toBeGreaterThan(0);
    // What this account has too little of anyway stays that.
    expect(lacking.some((one: Json) => one.state === 'stale')).toBe(true);
    for (const one of lacking) if (one.state === 'stale') expect(one.because).toContain(scope);
    expect((await run(['show', 'あおば'])).stdout).toContain(`no permission: ${scope}`);
    expect(receipt.groups.flatMap((group: Json) => group.lines).length).toBeGreaterThan(2);
    const status = await json(['auth', 'status'], 4);
    expect(status.missing).toContainEqual({ object, scopes: expect.arrayContaining([scope]) });
    expect((await run(['auth', 'status'])).stdout).toContain(`${object}: needs the scope `);
  });

  it('that writing needs: the note is kept and says which', async () => {
    const { json, run, server } = await desk({ from });
    server.removeScope('crm.objects.contacts.write');
    const note = await json(['note', 'あおば', 'kept'], 1);
    expect(note.state).toBe('needs_you');
    expect(note.because).toContain('crm.objects.contacts.write');
    const said = await run(['note', 'あおば', 'kept too']);
    expect([said.code, said.stdout]).toEqual([1, '']);
    expect(said.stderr).toContain('The text is kept');
    expect((await json(['outbox', 'list'])).rows.map((one: Json) => [one.state, one.text])).toEqual([
      ['needs_you', 'kept too'],
      ['needs_you', 'kept'],
    ]);
  });
});

describe('HubSpot', () => {
  it('is down: it is said, and reading goes on', async () => {
    const { run } = await desk({ from });
    const [synced, doctor] = await Promise.all([run(['sync'], { url: NOWHERE }), run(['doctor'], { url: NOWHERE })]);
    expect(synced).toMatchObject({ code: 5, stdout: '' });
    expect(synced.stderr).toMatch(
      /^kizashi: HubSpot could not be reached \(\w+ \/\S+\): .*ECONNREFUSED.*Check the network, VPN and proxy \(kizashi doctor\)/,
    );
    expect(doctor.code).toBe(5);
    expect((await run(['list'], { url: NOWHERE })).code).toBe(0);
  });

  it('answers with what is no answer, breaks off, fails or sends elsewhere: it is said, and the store stands', async () => {
    const cases: readonly (readonly [FaultAction, RegExp])[] = [
      [{ kind: 'status', status: 200, text: '<html>Sign in</html>', contentType: 'text/html' }, /The answer is not what HubSpot sends/],
      [{ kind: 'cut-json' }, /The answer is not what HubSpot sends/],
      [{ kind: 'reset' }, /HubSpot could not be reached/],
      [{ kind: 'status', status: 503, json: { status: 'error', message: 'down' } }, /HubSpot has a problem of its own \(.*503\)/],
      [{ kind: 'redirect', location: 'http://elsewhere.example/' }, /The answer is not what HubSpot sends/],
    ];
    // Reads are asked again with growing pauses, so the cases wait side by side.
    const desks = await Promise.all(cases.map(() => desk({ from })));
    await Promise.all(
      cases.map(async ([action, message], index) => {
        const here = desks[index];
        if (!here) throw new Error('a desk for each');
        const before = await here.json(['list']);
        here.server.setFaults(everywhere(action));
        const ran = await here.run(['sync']);
        expect(ran).toEqual({ code: 5, stdout: '', stderr: expect.stringMatching(message) });
        expect((await here.json(['list'])).accounts).toEqual(before.accounts);
        here.server.setFaults([]);
        expect((await here.run(['sync'])).code).toBe(0);
      }),
    );
  });

  it('asks to slow down for a moment: the sync goes on by itself', async () => {
    const { json, server } = await desk({ from });
    server.setFaults([{ match: { nth: 2, times: 2 }, action: { kind: 'rate-limit', policy: 'SECONDLY' } }]);
    const synced = await json(['sync']);
    expect(synced.retried).toBeGreaterThanOrEqual(2);
    expect(synced).toMatchObject({ complete: true, problem: null });
  });

  it('has spent the day’s calls: it says until when, and keeps what is written', async () => {
    const { run, json, server } = await desk({ from });
    server.setFaults(everywhere({ kind: 'rate-limit', policy: 'DAILY', retryAfter: 7200 }));
    const ran = await run(['sync']);
    expect(ran.code).toBe(5);
    expect(ran.stderr).toMatch(/HubSpot calls for today are used up \(.*429\)\. They come back at .*\d\d:\d\d/);
    const ja = await run(['sync', '--lang', 'ja']);
    expect(ja.stderr).toMatch(/本日分のHubSpot API呼び出しを使い切りました.*\d\d:\d\d に再開します/);
    expect(await json(['note', 'あおば', 'tomorrow'], 5)).toMatchObject({ state: 'waiting', because: "today's API quota is used up" });
  });

  it('stops in the middle: what came is kept, one document tells it, and the next sync goes on', async () => {
    const { json, run, server } = await desk();
    await json(['init', '--yes', '--me', 'tanaka@demo.example']);
    server.setFaults([{ match: { path: /2-101\/batch\/read/, nth: 3, times: 1000 }, action: { kind: 'rate-limit', policy: 'DAILY' } }]);
    const stopped = await json(['sync'], 5);
    expect(stopped).toMatchObject({ complete: false, problem: { kind: 'daily' }, error: { code: 'daily' } });
    expect((await run(['list'])).code).not.toBe(0);
    server.setFaults([]);
    expect(await json(['sync'])).toMatchObject({ complete: true, problem: null });
    expect((await json(['list'])).total).toBeGreaterThan(5);
  });

  it('was down when a note was written: it waits, and goes out once when HubSpot is back', async () => {
    const ran = await noteWhileDown;
    expect(ran?.code).toBe(5);
    expect(JSON.parse(ran?.stdout ?? '')).toMatchObject({ state: 'waiting', hubspotId: null, because: 'HubSpot could not be reached' });
    const { json, server } = await desk({ from: homeWhileDown });
    expect(await json(['outbox', 'send'])).toEqual({ sent: 1, waiting: 0, failed: 0 });
    expect(server.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/notes'))).toHaveLength(1);
  });
});
