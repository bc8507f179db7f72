/** The state of an installation and of its data: a dirty portal, a clock that is off, a day's requests spent, a mapping that drifts. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedPortal } from '../../src/data/demo/portal/seed.ts';
import type { PropertyDefinition, StoredRecord } from '../../src/data/demo/state.ts';
import type { Instant } from '../../src/units/day.ts';
import { type Desk, type Json, ME, now, prepareHome, serve, TOKEN, tempFolder, today } from './harness.ts';
import { desk, deskOf } from './inside.ts';

const COMPANY = '0-2';
const MRR = '2-101';
const INIT = ['init', '--yes', '--me', ME];

describe('a dirty portal', () => {
  const home = tempFolder();
  let here: Desk;
  let close = async () => {};
  let data: Json;
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    const portal = seedPortal({ asOf: today(), companies: 31 });
    const companies = [...(portal.types.get(COMPANY)?.records.values() ?? [])];
    const customers = companies.filter(({ properties }) => properties.csm_owner && properties.contract_renewal_date);
    const take = (as: string): StoredRecord => {
      const record = customers.shift();
      if (!record) throw new Error('too few customers');
      ids[as] = record.id;
      return record;
    };
    const set = (record: StoredRecord, name: string, value: string | null): void => {
      if (value === null) delete record.properties[name];
      else record.properties[name] = value;
      if (record.history) delete record.history[name];
    };
    set(take('no-owner'), 'csm_owner', null);
    set(take('no-renewal'), 'contract_renewal_date', null);
    set(take('renewal-passed'), 'contract_renewal_date', '2020-04-01');
    const dates = take('dates');
    set(dates, 'contract_start_date', '2029-04-01');
    set(dates, 'contract_renewal_date', '2028-04-01');
    set(take('domain'), 'domain', 'twice.example');
    set(take('domain-2'), 'domain', 'TWICE.example');
    set(take('date'), 'contract_renewal_date', 'next spring');
    const server = await serve({ portal });
    close = server.close;
    here = deskOf(server, home);
    await here.json(['init', '--yes', '--all']);
    await here.json(['sync']);
    data = (await here.json(['doctor'])).data;
  });
  afterAll(async () => {
    await close();
    rmSync(home, { recursive: true, force: true });
  });

  const found = (code: string): Json => data.find((one: Json) => one.code === code);

  it.each(['no-owner', 'no-renewal', 'renewal-passed', 'dates', 'domain', 'date'])('counts %s, with a link to the record', (code) => {
    const { count, examples } = found(code);
    expect(count).toBeGreaterThan(0);
    const mine = examples.find((one: Json) => one.id === ids[code]);
    expect(mine.url).toBe(`https://app.hubspot.com/contacts/47110815/record/0-2/${ids[code]}`);
  });

  it('links what stands in a record of its own to that record', () => {
    for (const { url, name } of found('amount').examples) {
      expect(url).toMatch(new RegExp(`/record/${MRR}/\\d+$`));
      expect(name).not.toMatch(/^\d+$/);
    }
    expect(
      found('domain')
        .examples.map((one: Json) => one.value)
        .sort(),
    ).toEqual(['TWICE.example', 'twice.example']);
  });

  it('says it in words, counted, in both languages', async () => {
    const { stdout } = await here.run(['doctor']);
    expect(stdout).toContain(`warn  no renewal day: ${found('no-renewal').count} [no-renewal]\n`);
    expect(stdout).toContain(found('dates').examples[0].url);
    expect((await here.run(['doctor', '--lang', 'ja'])).stdout).toContain(`warn  契約更新日がない: ${found('no-renewal').count}件`);
  });

  it('says the same of the book as it is kept', async () => {
    expect((await here.json(['doctor', '--offline'])).data).toEqual(data);
  });
});

const check = (doctor: Json, id: string): Json => doctor.checks.find((one: Json) => one.id === id);

describe('an installation', () => {
  let from = '';
  beforeAll(async () => {
    from = await prepareHome(['--me', ME], { seed: { companies: 12 } });
  });
  afterAll(() => rmSync(from, { recursive: true, force: true }));

  const small = { seed: { companies: 12 } };

  it('in order: nothing to mend', async () => {
    const here = await desk({ ...small, from });
    const doctor = await here.json(['doctor']);
    const states = Object.fromEntries(doctor.checks.map((one: Json) => [one.id, one.state]));
    expect(states).toMatchObject({
      clock: 'ok',
      limits: 'ok',
      scopes: 'ok',
      store: 'ok',
      files: 'ok',
      mapping: 'ok',
      proxy: 'ok',
      history: 'ok',
    });
    expect(check(doctor, 'limits').message).toMatch(/^requests today: \d+ of 1,000,000/);
    expect(check(doctor, 'history').message).toMatch(/^MRR is known from \w+ 20\d\d on/);
  });

  it('with a clock that is off, and a day nearly spent', async () => {
    const limits = { perTenSeconds: 1_000, searchPerSecond: 100, perDay: 30 };
    const here = await desk({ ...small, from, now: () => (now() + 600_000) as Instant, limits });
    for (let used = 0; used < 27; used += 1)
      await fetch(`${here.server.url}/account-info/v3/details`, { headers: { authorization: `Bearer ${TOKEN}` } });
    const doctor = await here.json(['doctor'], 5);
    expect(check(doctor, 'clock')).toMatchObject({ state: 'warn', fix: 'set the clock of this machine' });
    expect(check(doctor, 'clock').message).toMatch(/^clock: (?:59\d|60\d) s off/);
    expect(check(doctor, 'limits')).toMatchObject({ state: 'warn', message: 'requests today: 28 of 30 (93%)' });
  });

  it('without a scope: it is named', async () => {
    const here = await desk({ ...small, from });
    here.server.removeScope('tickets');
    const doctor = await here.json(['doctor']);
    expect(check(doctor, 'scopes')).toMatchObject({ state: 'warn', message: 'scopes are missing: tickets (tickets)' });
  });
});

describe('a mapping that drifts', () => {
  let from = '';
  beforeAll(async () => {
    from = await prepareHome(['--me', ME], { seed: { companies: 12 } });
  });
  afterAll(() => rmSync(from, { recursive: true, force: true }));

  const drifted = async (change: (properties: Map<string, PropertyDefinition>) => void): Promise<Desk> => {
    const here = await desk({ seed: { companies: 12 }, from });
    change(here.server.portal.types.get(COMPANY)?.properties ?? new Map());
    expect((await here.run(['sync', '--full'])).code).toBe(0);
    return here;
  };

  it('by a property that is gone: one line at every command, until init has run', async () => {
    const here = await drifted((properties) => properties.delete('contract_renewal_date'));
    const line = 'kizashi: renewal day: the property contract_renewal_date is no longer in HubSpot. kizashi init mends it\n';
    expect((await here.run(['list'])).stderr).toBe(line);
    const shown = await here.run(['show', 'あおば', '--lang', 'ja']);
    expect(shown.stderr).toContain('契約更新日: プロパティ contract_renewal_date がHubSpotからなくなっています。kizashi init で直せます');
    expect(check(await here.json(['doctor']), 'mapping')).toMatchObject({ state: 'warn' });
    const mended = await here.json(['init', '--yes']);
    expect(mended.mapping['contract.renewal']).not.toBe('contract_renewal_date');
    expect((await here.run(['list'])).stderr).not.toContain('no longer in HubSpot');
  });

  it('by another type, or an option that is gone', async () => {
    const here = await drifted((properties) => {
      const renewal = properties.get('contract_renewal_date');
      if (renewal) properties.set(renewal.name, { ...renewal, type: 'bool' });
    });
    expect((await here.run(['list'])).stderr).toContain('renewal day: contract_renewal_date holds another kind of value now');
  });

  it('by a custom object that is gone', async () => {
    const here = await desk({ seed: { companies: 12 }, from });
    here.server.portal.types.delete('2-102');
    await here.run(['sync', '--full']);
    expect((await here.run(['list'])).stderr).toContain('usage object: the object 2-102 is no longer in HubSpot (and');
  });

  it('by an object that may not be read any more', async () => {
    const here = await desk({ seed: { companies: 12 }, from });
    here.server.removeScope('tickets');
    await here.run(['sync', '--full']);
    const { stderr } = await here.run(['list']);
    expect(stderr).toMatch(/^kizashi: .*may no longer be read \(tickets\)/);
  });
});

describe('a key that was left out', () => {
  it('is not proposed again, nor what hangs on it, until it is answered', async () => {
    const here = await desk({ seed: { companies: 12 } });
    const first = await here.json([...INIT, '--map', 'usage.logins=-', '--map', 'contract.goals=-'], 2);
    expect(first.error.message).toContain('contract.goals=-');
    const left = await here.json([...INIT, '--map', 'usage.logins=-']);
    expect(left.mapping).not.toHaveProperty(['usage.logins']);
    expect(left.mapping).toHaveProperty(['usage.activeUsers']);
    expect(left.declined).toEqual(['usage.logins']);
    expect((await here.json(['init', '--yes'])).mapping).toEqual(left.mapping);
    expect((await here.run(['init', '--yes'])).stdout).toContain('Left out: usage.logins\n');
    const again = await here.json(['init', '--yes', '--map', 'usage.logins=logins']);
    expect(again.mapping['usage.logins']).toBe('logins');
    expect(again.declined).toEqual([]);
    const bare = await here.json(['init', '--yes', '--map', 'usage.object=-', '--map', 'usage.week=-']);
    expect(bare.mapping).not.toHaveProperty(['usage.object']);
    expect((await here.json(['init', '--yes'])).mapping).toEqual(bare.mapping);
  });
});

it('a token of another portal is refused, and nothing changes', async () => {
  const here = await desk({ seed: { companies: 5 } });
  await here.json(INIT);
  const portal = seedPortal({ asOf: today(), companies: 5 });
  const other = await desk({ portal: { ...portal, account: { ...portal.account, portalId: 99 } } });
  const ran = await here.run(['init', '--yes'], { url: other.server.url });
  expect([ran.code, ran.stdout]).toEqual([2, '']);
  expect(ran.stderr).toContain('this token is of portal 99, and the profile works with 47110815: use --profile NAME');
});
