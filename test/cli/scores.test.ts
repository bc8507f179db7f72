/** Scores from the command line to company properties: made, compared, written, refused. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DemoServer } from '../../src/data/demo/server.ts';
import { type Json, prepareHome, TOKEN, today } from './harness.ts';
import { desk } from './inside.ts';

let from = '';
beforeAll(async () => {
  from = await prepareHome(['--all']);
});
afterAll(() => rmSync(from, { recursive: true, force: true }));

const NAMES = ['risk', 'band', 'probability', 'signals', 'tier', 'as_of', 'policy'].map((name) => `kizashi_${name}`);

async function company(server: DemoServer, id: string): Promise<Json> {
  const reply = await fetch(`${server.url}/crm/v3/objects/companies/${id}?properties=${NAMES.join(',')}`, {
    headers: { authorization: `Bearer ${TOKEN}` },
  });
  return ((await reply.json()) as Json).properties;
}

it('shows the difference, makes the properties, writes what the list shows, and writes it once', async () => {
  const here = await desk({ from });
  const listed = await here.json(['list', '--include-snoozed']);
  const accounts: Json[] = listed.accounts;
  const writes = () => here.server.requests.filter(({ method, path }) => method === 'POST' && /batch\/update|\/properties\//.test(path));

  const dry = await here.json(['scores', 'push', '--dry-run']);
  expect(dry).toMatchObject({ changed: accounts.length, unchanged: 0, failed: [], requests: 1, missing: NAMES });
  const [top] = accounts;
  const diff = dry.diff.find(({ id }: Json) => id === top.id);
  expect(diff.changes).toContainEqual({ property: 'kizashi_risk', from: null, to: String(top.risk) });
  expect(writes()).toEqual([]);

  const missing = await here.run(['scores', 'push']);
  expect(missing).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining('HubSpot has no property kizashi_risk, kizashi_band'),
  });
  expect(missing.stderr).toContain('scores push --create-properties');
  expect(writes()).toEqual([]);

  const done = await here.json(['scores', 'push', '--create-properties']);
  expect(done).toEqual({ changed: accounts.length, unchanged: 0, failed: [], requests: 1 + 1 + NAMES.length + 1 });
  for (const account of [top, accounts.at(-1)]) {
    expect(await company(here.server, account.id)).toMatchObject({
      kizashi_risk: account.band === 'unknown' ? null : String(account.risk),
      kizashi_band: account.band,
      kizashi_tier: account.tier,
      // Not calibrated: nobody should act on it.
      kizashi_probability: null,
      kizashi_as_of: today(),
      kizashi_policy: listed.policy,
    });
  }
  expect((await company(here.server, top.id)).kizashi_signals).not.toBe('');

  here.server.clearRequests();
  expect(await here.json(['scores', 'push'])).toEqual({ changed: 0, unchanged: accounts.length, failed: [], requests: 1 });
  expect(writes()).toEqual([]);
  // One's own view moves one account: one account is written.
  await here.json(['pulse', top.id, '--points', '-8', '--because', 'spoke with them']);
  const words = await here.run(['scores', 'push', '--dry-run']);
  expect(words.stdout).toMatch(new RegExp(`^${top.id}  `));
  expect(words.stdout).toContain(`kizashi_risk: ${top.risk} → `);
  expect(await here.json(['scores', 'push'])).toMatchObject({ changed: 1, failed: [] });
  expect(writes()).toHaveLength(1);
});

it('names what failed and ends with 6; names the scope that is missing and ends with 4; refuses another day', async () => {
  const here = await desk({ from });
  here.server.removeScope('crm.schemas.companies.write');
  const undefinable = await here.run(['scores', 'push', '--create-properties']);
  expect(undefinable).toMatchObject({ code: 4, stdout: '', stderr: expect.stringContaining('crm.schemas.companies.write') });
  here.server.setScopes(['crm.objects.companies.read', 'crm.objects.companies.write', 'crm.schemas.companies.write']);
  const [{ id: gone }] = (await here.json(['list'])).accounts;
  here.server.edit([{ kind: 'archive', type: '0-2', id: gone, at: Date.now() as never }]);
  const partly = await here.json(['scores', 'push', '--create-properties'], 6);
  expect(partly.failed).toEqual([{ id: gone, because: 'HubSpot did not answer for it: the company may be gone' }]);
  expect(partly.changed).toBeGreaterThan(10);

  await here.json(['pulse', (await here.json(['list'])).accounts[1].id, '--points', '12', '--because', 'they told us']);
  here.server.removeScope('crm.objects.companies.write');
  const unwritable = await here.run(['scores', 'push', '--lang', 'ja']);
  expect(unwritable.code).toBe(4);
  expect(unwritable.stderr).toContain('crm.objects.companies.write');
  expect(await here.run(['scores', 'push', '--as-of', '2026-01-05'])).toMatchObject({ code: 2 });
  expect(await here.run(['scores', 'pull'])).toMatchObject({ code: 2, stderr: expect.stringContaining("'pull' is not one of push") });
});

it('keeps the tiers of one book to itself', async () => {
  const home = await prepareHome();
  try {
    const here = await desk({ from: home });
    const done = await here.json(['scores', 'push', '--create-properties']);
    expect(done.failed).toEqual([]);
    const reply = await fetch(`${here.server.url}/crm/v3/properties/companies/kizashi_tier`, {
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    expect(reply.status).toBe(404);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
});
