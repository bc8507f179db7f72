/** Putting accounts and signals aside by command, and the list that follows. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '../../src/units/day.ts';
import { type Json, ME, prepareHome, TOKEN, today } from './harness.ts';
import { desk } from './inside.ts';

let from = '';
beforeAll(async () => {
  from = await prepareHome();
});
afterAll(() => rmSync(from, { recursive: true, force: true }));

const ids = (list: Json): string[] => list.accounts.map(({ id }: Json) => id);

describe('snooze', () => {
  it('takes an account out of the list, says until when, and unsnooze brings it back', async () => {
    const here = await desk({ from });
    const [first] = (await here.json(['list'])).accounts;
    const until = addDays(today(), 14);
    expect(await here.json(['snooze', first.id, '--until', '2w', '--or-worse', '5', '--because', 'on leave'])).toEqual({
      account: first.id,
      until,
      orWorse: 5,
      riskThen: first.risk,
      because: 'on leave',
    });
    expect(ids(await here.json(['list']))).not.toContain(first.id);
    const all = await here.json(['list', '--include-snoozed']);
    expect(all.accounts.at(-1)).toMatchObject({ id: first.id, group: 'snoozed', snoozedUntil: until, returned: null });
    // Fourteen days on it is back, and says so.
    const then = await here.json(['list', '--as-of', until]);
    expect(then.accounts.find(({ id }: Json) => id === first.id)).toMatchObject({
      group: 'ranked',
      returned: { on: until, because: 'day' },
    });
    expect((await here.run(['list', '--as-of', until])).stdout).toContain('back from snooze');
    expect(await here.json(['unsnooze', first.id])).toEqual({ account: first.id, wasSnoozed: true });
    expect(ids(await here.json(['list']))[0]).toBe(first.id);
    expect((await here.run(['unsnooze', first.id, '--lang', 'ja'])).stdout).toContain('保留にされていません');
  });

  it('takes the policy’s days where nobody says how many, and refuses days and points that mean nothing', async () => {
    const here = await desk({ from });
    const [first] = (await here.json(['list'])).accounts;
    expect((await here.json(['snooze', first.id])).until).toBe(addDays(today(), 7));
    for (const args of [
      ['--until', 'yesterday'],
      ['--until', today()],
      ['--until', '2030-01-01'],
      ['--or-worse', '0'],
      ['--or-worse', 'x'],
    ]) {
      const ran = await here.run(['snooze', first.id, ...args]);
      expect([args, ran.code, ran.stdout]).toEqual([args, 2, '']);
    }
    expect((await here.run(['snooze', first.id, '--as-of', '2026-01-05'])).code).toBe(2);
  });
});

describe('dismiss', () => {
  it('takes the points out, keeps the line with its mark, and brings them back', async () => {
    const here = await desk({ from });
    const [first] = (await here.json(['list'])).accounts;
    const signal = first.signals[0];
    expect(await here.json(['dismiss', first.id, signal.id, '--because', 'known'])).toEqual({
      account: first.id,
      signal: signal.id,
      dismissed: true,
      because: 'known',
    });
    const after = (await here.json(['list'])).accounts.find(({ id }: Json) => id === first.id);
    expect(after.risk).toBeLessThanOrEqual(first.risk);
    expect(after.signals.find(({ id }: Json) => id === signal.id)).toMatchObject({ points: 0, dismissed: true });
    expect((await here.json(['dismiss', first.id, signal.id, '--restore'])).dismissed).toBe(false);
    expect((await here.json(['list'])).accounts[0]).toEqual(first);
  });

  it('refuses a reason or a signal that it does not know, and names the nearest', async () => {
    const here = await desk({ from });
    const [first] = (await here.json(['list'])).accounts;
    const reason = await here.run(['dismiss', first.id, 'usage.last_login', '--because', 'boring']);
    expect(reason).toMatchObject({ code: 2, stderr: expect.stringContaining('known, wrong-data, not-important') });
    const signal = await here.run(['dismiss', first.id, 'usage.last_logn', '--because', 'known']);
    expect(signal).toMatchObject({ code: 2, stderr: expect.stringContaining('usage.last_login') });
    expect((await here.run(['dismiss', first.id, 'usage.last_login'])).code).toBe(2);
  });
});

it('the list says how many are held back beyond the cap, and why', async () => {
  const here = await desk({ from });
  const list = await here.json(['list']);
  const ranked = list.accounts.filter(({ group }: Json) => group === 'ranked').length;
  expect(list.cap).toBe(12);
  const lines = (await here.run(['list'])).stdout.split('\n');
  const at = lines.findIndex((line) => line.includes('held back'));
  expect(lines[at]).toMatch(new RegExp(`held back: ${ranked - 12} accounts? beyond the daily cap of 12`));
  expect(lines[at - 1]).toMatch(/^ *12 /);
  expect((await here.run(['list', '--sort', 'risk'])).stdout).not.toContain('held back');
});

it('a property shares what is put off with the team, both ways', async () => {
  const here = await desk({ from });
  const { properties } = here.server.portal.types.get('0-2') ?? { properties: new Map() };
  const date = [...properties.values()].find(({ type }) => type === 'date');
  if (!date) throw new Error('the sample portal has no date');
  properties.set('csm_snoozed_until', { ...date, name: 'csm_snoozed_until', label: 'Snoozed until' });
  await here.json(['init', '--yes', '--me', ME, '--map', 'profile.snoozedUntil=csm_snoozed_until']);
  await here.json(['sync', '--full']);
  const [first] = (await here.json(['list'])).accounts;
  const shared = async (): Promise<string | null> => {
    const reply = await fetch(`${here.server.url}/crm/v3/objects/companies/${first.id}?properties=csm_snoozed_until`, {
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    return ((await reply.json()) as Json).properties.csm_snoozed_until || null;
  };
  const until = addDays(today(), 14);
  await here.json(['snooze', first.id, '--until', '2w']);
  expect(await shared()).toBe(until);
  await here.json(['unsnooze', first.id]);
  expect(await shared()).toBeNull();

  // A colleague puts another one off.
  const [other] = (await here.json(['list'])).accounts.slice(1);
  await fetch(`${here.server.url}/crm/v3/objects/companies/${other.id}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ properties: { csm_snoozed_until: until } }),
  });
  await here.json(['sync']);
  const all = await here.json(['list', '--include-snoozed']);
  expect(all.accounts.at(-1)).toMatchObject({ id: other.id, group: 'snoozed', snoozedUntil: until });
  expect(await here.json(['unsnooze', other.id])).toEqual({ account: other.id, wasSnoozed: true });
  expect(ids(await here.json(['list']))).toContain(other.id);
});
