/** Connecting a portal: where the token comes from and goes to, what is found, answered and kept. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { spawn as spawnPty } from '@lydell/node-pty';
import { describe, expect, it } from 'vitest';
import { BIN, environment, type Json, ME, ME_ID, TOKEN } from './harness.ts';
import { desk } from './inside.ts';

const INIT = ['init', '--yes', '--me', ME];
const small = { seed: { companies: 12 } };

/** No Secret Service answers here, so that a token goes to its file. */
const tokenFile = (home: string): string => join(home, 'kizashi/profiles/default/token');

describe('the token', () => {
  it('of the environment is used and not stored', async () => {
    const here = await desk(small);
    const ran = await here.run(INIT);
    expect([ran.code, ran.stderr]).toEqual([0, '']);
    expect(ran.stdout).toContain('The token of HUBSPOT_ACCESS_TOKEN is used and not stored\n');
    expect(existsSync(tokenFile(here.home))).toBe(false);
    expect((await here.run(['sync'], { token: null })).code).toBe(4);
  });

  it('of standard input is kept in a file of one’s own, used from there, and forgotten by logout', async () => {
    const here = await desk(small);
    const ran = await here.run([...INIT, '--token-stdin'], { token: null, stdin: `${TOKEN}\n` });
    expect(ran.stderr).toBe(`The keychain is not available; the token is kept in ${tokenFile(here.home)}, readable by you only\n`);
    expect(ran.code).toBe(0);
    expect(readFileSync(tokenFile(here.home), 'utf8').trim()).toBe(TOKEN);
    expect(statSync(tokenFile(here.home)).mode & 0o777).toBe(0o600);
    expect((await here.run(['sync'], { token: null })).code).toBe(0);
    expect(await here.json(['auth', 'status'], 0, { token: null })).toMatchObject({ source: 'file', owner: { id: ME_ID, email: ME } });
    await here.json(['note', 'あおば', 'kept', '--offline'], 0, { token: null });
    expect(await here.json(['auth', 'logout'], 0, { token: null })).toEqual({ removed: ['file'], unsent: 1 });
    expect(existsSync(tokenFile(here.home))).toBe(false);
    expect((await here.run(['sync'], { token: null })).code).toBe(4);
    const said = await here.run(['auth', 'logout'], { token: null });
    expect(said.stdout).toContain('Revoke it in HubSpot too: Development > Keys. 1 unsent rows stay in the outbox');
  });

  it('that is refused is not kept', async () => {
    const here = await desk(small);
    for (const stdin of ['pat-na1-wrong', 'two words', '', '\u001b[31m']) {
      const ran = await here.run([...INIT, '--token-stdin'], { token: null, stdin });
      expect([ran.code, ran.stdout], stdin).toEqual([4, '']);
      expect(ran.stderr).toMatch(/^kizashi: .*\n$/);
      expect(existsSync(tokenFile(here.home))).toBe(false);
    }
    expect((await here.run(['list'])).code).toBe(4);
  });

  it('typed at the prompt is not shown', async () => {
    const here = await desk(small);
    const child = spawnPty(process.execPath, [BIN, ...INIT], { env: environment({ ...here.options, token: null }), cols: 100, rows: 30 });
    let shown = '';
    child.onData((text) => {
      if (!shown.includes('Access token') && (shown + text).includes('Access token')) child.write(`${TOKEN}\r`);
      shown += text;
    });
    const code = await new Promise<number>((resolve) => child.onExit(({ exitCode }) => resolve(exitCode)));
    expect(code).toBe(0);
    expect(shown).toContain('crm.objects.companies.read');
    expect(shown).toContain('Saved. Next: kizashi sync');
    expect(shown).not.toContain(TOKEN.slice(0, 12));
    expect(readFileSync(tokenFile(here.home), 'utf8').trim()).toBe(TOKEN);
  });

  it('file that others can read is not used', async () => {
    const here = await desk(small);
    await here.run([...INIT, '--token-stdin'], { token: null, stdin: TOKEN });
    const { chmodSync } = await import('node:fs');
    chmodSync(tokenFile(here.home), 0o644);
    const ran = await here.run(['sync'], { token: null });
    expect([ran.code, ran.stdout]).toEqual([4, '']);
    expect(ran.stderr).toContain('can be read by others and is not used');
  });
});

it('a property of our own is made and tried where one says so, and nothing is left of the trial', async () => {
  const here = await desk(small);
  const live = () =>
    [...(here.server.portal.types.get('0-46')?.records.values() ?? [])].filter(({ archivedAt }) => archivedAt === null).length;
  const before = live();
  expect((await here.json(INIT)).marked).toBe(null);
  expect(here.server.portal.types.get('0-46')?.properties.has('kizashi_ref')).toBe(false);
  expect((await here.json([...INIT, '--create-properties'])).marked).toEqual(['notes', 'tasks', 'calls', 'meetings', 'emails']);
  expect(here.server.portal.types.get('0-46')?.properties.get('kizashi_ref')?.hasUniqueValue).toBe(true);
  expect(live()).toBe(before);
});

describe('the answers', () => {
  it('that do not fit are named with what was meant, and nothing is saved', async () => {
    const here = await desk(small);
    const ran = await here.run([
      ...INIT,
      '--map',
      'contract.renewl=contract_renewal_date',
      '--map',
      'owner=csm_ownr',
      '--map',
      'customers=all',
    ]);
    expect([ran.code, ran.stdout]).toEqual([2, '']);
    const [first, ...lines] = ran.stderr.trimEnd().split('\n');
    expect(first).toBe('kizashi: these answers do not fit this portal; nothing was saved:');
    expect(lines).toHaveLength(2);
    expect(lines.find((line) => line.includes('contract.renewl='))).toMatch(/→.*contract\.renewal/);
    expect(lines.find((line) => line.includes('owner=csm_ownr'))).toMatch(/→.*csm_owner/);
    expect((await here.run(['list'])).code).toBe(4);
  });

  it('that fit are taken, the rest is found, and all of it is kept when init runs again', async () => {
    const here = await desk(small);
    const first = await here.json([
      ...INIT,
      '--map',
      'profile.plan=billing_cycle',
      '--map',
      'customers=all',
      '--map',
      'owner=hubspot_owner_id',
    ]);
    expect(first.mapping).toMatchObject({
      'profile.plan': 'billing_cycle',
      customers: 'all',
      owner: 'hubspot_owner_id',
      'contract.renewal': 'contract_renewal_date',
      'mrr.source': 'custom-object',
      'mrr.object': '2-101',
    });
    expect(first.owner).toEqual({ id: ME_ID, email: ME });
    const again = await here.json(['init', '--yes']);
    expect(again.mapping).toEqual(first.mapping);
    expect(again.owner).toEqual(first.owner);
    // A wrong run in between changes nothing.
    expect((await here.run(['init', '--map', 'owner=nonsense'])).code).toBe(2);
    const changed = await here.json(['init', '--map', 'profile.plan=plan']);
    expect(changed.mapping).toMatchObject({ ...first.mapping, 'profile.plan': 'plan' });
  });

  it('need somebody: nobody, a stranger, the whole portal', async () => {
    const here = await desk(small);
    const nobody = await here.run(['init', '--yes']);
    expect([nobody.code, nobody.stdout]).toEqual([2, '']);
    expect(nobody.stderr).toContain('who am I?');
    const stranger = await here.run(['init', '--yes', '--me', 'stranger@demo.example']);
    expect(stranger.code).toBe(2);
    expect(stranger.stderr).toContain("no owner has the e-mail address 'stranger@demo.example'");
    expect(stranger.stderr).toContain(`\n  ${ME}\n`);
    expect(await here.json(['init', '--yes', '--me', ME.toUpperCase()])).toMatchObject({ owner: { id: ME_ID, email: ME } });
    // The whole portal as the book, and still somebody who writes.
    expect(await here.json(['init', '--yes', '--all', '--me', ME])).toMatchObject({ owner: { id: ME_ID, email: ME } });
    await here.json(['sync']);
    const owners = new Set((await here.json(['list'])).accounts.map((one: Json) => one.owner?.email));
    expect(owners.size).toBeGreaterThan(2);
    const mine = (await here.json(['list', '--owner', 'me'])).accounts;
    expect(new Set(mine.map((one: Json) => one.owner.email))).toEqual(new Set([ME]));
    const told = await here.json(['note', mine[0].id, 'mine']);
    const note = here.server.portal.types.get('0-46')?.records.get(told.hubspotId);
    expect(note?.properties.hubspot_owner_id).toBe(ME_ID);
  });

  it('end with what has no data, and why', async () => {
    const here = await desk(small);
    here.server.removeScope('tickets');
    const { coverage, portalCoverage } = await here.json(INIT);
    const states = Object.groupBy(coverage, (one: Json) => one.state as string);
    expect(states.ok?.length).toBeGreaterThan(15);
    expect(states.unavailable?.length).toBeGreaterThan(0);
    for (const one of states.unavailable ?? []) expect((one as Json).because).toBe('tickets');
    for (const one of states['n/a'] ?? []) expect((one as Json).because).toMatch(/^\w+$/);
    expect(portalCoverage).toBeGreaterThan(0.5);
    expect(portalCoverage).toBeLessThan(1);
    const said = await here.run(INIT);
    for (const one of states.unavailable ?? []) expect(said.stdout).toContain(`(${(one as Json).signal}): tickets\n`);
  });
});
