/** Portals as they are found: small, bare, named in another language, filled in by people, changed between two syncs. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedPortal } from '../../src/data/demo/portal/seed.ts';
import type { DemoServer } from '../../src/data/demo/server.ts';
import type { PortalState, StoredRecord } from '../../src/data/demo/state.ts';
import { type Desk, type Json, ME, now, prepareHome, serve, tempFolder, today } from './harness.ts';
import { desk, deskOf } from './inside.ts';

const COMPANY = '0-2';
const MRR = '2-101';

const seeded = (companies = 40): PortalState => seedPortal({ asOf: today(), companies });

function companyOf(portal: PortalState, name: string): StoredRecord {
  const found = [...(portal.types.get(COMPANY)?.records.values() ?? [])].find((record) => record.properties.name === name);
  if (!found) throw new Error(`no company ${name}`);
  return found;
}

/** As if it had always been so. */
function rewrite(record: StoredRecord, name: string, value: string): void {
  record.properties[name] = value;
  if (record.history) delete record.history[name];
}

describe('a portal', () => {
  const INIT = ['init', '--yes', '--me', ME];

  it('named in English gives the same book as in Japanese, without help', async () => {
    const books: Json[] = [];
    for (const naming of ['ja', 'en'] as const) {
      const here = await desk({ seed: { naming } });
      expect((await here.run(INIT)).code).toBe(0);
      expect((await here.run(['sync'])).code).toBe(0);
      books.push((await here.json(['list'])).accounts);
    }
    const figures = books.map((accounts) =>
      accounts.map((one: Json) => [one.id, one.risk, one.mrr, one.expectedLoss, one.coverage, one.renewalDate, one.lastUsedAt]),
    );
    expect(figures[1]).toEqual(figures[0]);
    expect(figures[0].length).toBeGreaterThan(5);
  });

  it('without custom objects, and without MRR, is told what is missing', async () => {
    const needs = 'kizashi: these could not be found by themselves; answer with --map key=property:\n  mrr.source\n';
    const bare = seeded(5);
    for (const type of [MRR, '2-102', '0-8']) bare.types.delete(type);
    const here = await desk({ portal: bare });
    expect(await here.run(INIT)).toEqual({ code: 2, stdout: '', stderr: needs });
    expect((await here.run([...INIT, '--lang', 'ja'])).stderr).toContain('--map key=property で指定してください:\n  mrr.source\n');
    // Nothing was kept.
    expect((await here.run(['list'])).code).toBe(4);
    const half = await here.run([...INIT, '--map', 'mrr.source=company-property']);
    expect([half.code, half.stderr]).toEqual([2, needs.replace('mrr.source', 'mrr.amount')]);
    // With items on its deals, MRR is made from those.
    const other = await desk({ seed: { companies: 5 } });
    other.server.setCustomObjects(false);
    expect((await other.json([...INIT, '--json'])).mapping).toMatchObject({ 'mrr.source': 'line-items' });
    expect((await other.run(['sync'])).code).toBe(0);
    expect((await other.json(['list'])).accounts.some(({ mrr }: Json) => mrr > 0)).toBe(true);
    const answered = await here.run([...INIT, '--map', 'mrr.source=company-property', '--map', 'mrr.amount=contract_value']);
    expect(answered.code).toBe(0);
    expect((await here.run(['sync'])).code).toBe(0);
    const { accounts } = await here.json(['list']);
    expect(accounts.length).toBeGreaterThan(0);
    for (const { mrr } of accounts) expect(mrr).toBeGreaterThan(0);
  });

  it('with no company at all', async () => {
    const here = await desk({ seed: { companies: 0 } });
    expect((await here.run(INIT)).code).toBe(0);
    expect((await here.run(['sync'])).code).toBe(0);
    expect(await here.json(['list'])).toMatchObject({ total: 0, accounts: [] });
    const list = await here.run(['list']);
    expect([list.code, list.stderr]).toEqual([0, '']);
    expect(list.stdout).toContain('no account matches');
    expect((await here.run(['show', 'x'])).code).toBe(2);
    expect((await here.run(['doctor'])).code).toBe(0);
  });

  it('with one', async () => {
    const here = await desk({ seed: { companies: 1 } });
    expect((await here.run(INIT)).code).toBe(0);
    expect((await here.run(['sync'])).code).toBe(0);
    const { accounts } = await here.json(['list']);
    expect(accounts.map((one: Json) => one.name)).toEqual(['株式会社あおば']);
    expect((await here.run(['show', accounts[0].id])).code).toBe(0);
  });

  it('that has lost its custom objects since: MRR is unknown, never 0, and doctor says what to do', async () => {
    const from = await prepareHome();
    try {
      const here = await desk({ from });
      here.server.setCustomObjects(false);
      const synced = await here.json(['sync', '--full']);
      expect(synced.unavailable.map((one: Json) => one.object)).toEqual(['2-101', '2-102']);
      const { accounts } = await here.json(['list']);
      expect(accounts.length).toBeGreaterThan(5);
      for (const one of accounts) expect(one.mrr).not.toBe(0);
      const shown = await here.json(['show', 'あおば']);
      const states = new Set(shown.receipt.missing.filter((one: Json) => one.feed === 'usage').map((one: Json) => one.state));
      for (const state of states) expect(state).toMatch(/^(unavailable|stale)$/);
    } finally {
      rmSync(from, { recursive: true, force: true });
    }
  });
});

describe('what people typed', () => {
  let server: DemoServer;
  let here: Desk;
  let rows: readonly Json[] = [];
  let doctor: Json;
  const home = tempFolder();

  beforeAll(async () => {
    const portal = seeded(31);
    const dates = { 北斗精機: '2027-02-01T00:00:00.000Z', 株式会社あおば: String(Date.UTC(2027, 1, 1)), 全角商会: 'soon' };
    for (const [name, value] of Object.entries(dates)) rewrite(companyOf(portal, name), 'contract_renewal_date', value);
    server = await serve({ portal });
    here = deskOf(server, home);
    await here.json(['init', '--yes', '--all']);
    await here.json(['sync']);
    rows = (await here.json(['list'])).accounts;
    doctor = await here.json(['doctor']);
  });
  afterAll(async () => {
    await server.close();
    rmSync(home, { recursive: true, force: true });
  });

  const rowOf = (name: string): Json => rows.find((one) => one.name === name);
  const lastMonths = (name: string): readonly (number | null)[] =>
    rowOf(name)
      .mrrTrend.slice(-2)
      .map((one: Json) => one.mrr);
  const found = (code: string): Json => doctor.data.find((one: Json) => one.code === code);

  it('reads amounts as people write them', () => {
    expect(lastMonths('全角商会')).toEqual([500_000, 500_000]);
    expect(lastMonths('Comma Brothers').at(-1)).toBe(123_400);
    expect(lastMonths('値引商店')).toEqual([170_000, 170_000]);
    expect(lastMonths('二重電機').at(-1)).toBe(190_000);
    expect(lastMonths('空欄工業').at(-1)).toBe(120_000);
    expect(lastMonths('朝凪観光').at(-1)).toBe(88_000);
  });

  it('never takes what it cannot read for nothing', () => {
    for (const name of ['全角商会', '朝凪観光', '空欄工業', 'Comma Brothers', '値引商店', '二重電機', 'Dollarwise Inc.', '混在貿易'])
      for (const { mrr } of rowOf(name).mrrTrend.slice(-12)) expect(mrr, name).not.toBe(0);
  });

  it('keeps currencies apart', () => {
    expect(rowOf('Dollarwise Inc.')).toMatchObject({ currency: 'USD', mrr: 2_400 });
    expect(rowOf('混在貿易')).toMatchObject({ currency: 'JPY', mrr: 310_000 });
  });

  it('reads dates as days, instants and milliseconds, and nothing else', () => {
    expect(rowOf('北斗精機').renewalDate).toBe('2027-02-01');
    expect(rowOf('株式会社あおば').renewalDate).toBe('2027-02-01');
    expect(rowOf('全角商会')).toMatchObject({ renewalDate: null, daysToRenewal: null });
  });

  it('lists each problem with its account', () => {
    for (const code of ['amount', 'foreign', 'duplicate', 'date']) {
      expect(found(code), code).toMatchObject({ count: expect.any(Number), examples: expect.any(Array) });
      expect(found(code).count).toBeGreaterThan(0);
      for (const { name, url } of found(code).examples) {
        expect(rowOf(name)).toBeDefined();
        expect(url).toMatch(/^https:\/\/app\.hubspot\.com\//);
      }
    }
    expect(found('amount').examples.map((one: Json) => one.name)).toEqual(expect.arrayContaining(['空欄工業', 'Comma Brothers']));
    expect(found('date').examples.map((one: Json) => one.name)).toContain('全角商会');
  });

  it('never lets a name drive the terminal, in any command', async () => {
    const hostile = rows.filter((one) => /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.test(one.name));
    expect(hostile.length).toBeGreaterThan(3);
    const outputs = [await here.run(['list']), await here.run(['doctor']), await here.run(['outbox', '--lang', 'ja'])];
    for (const one of hostile) outputs.push(await here.run(['show', one.id]));
    outputs.push(await here.run(['note', 's', 'ambiguous']));
    for (const { stdout, stderr } of outputs)
      expect(stdout + stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/);
    expect(outputs.map(({ code }) => code)).toEqual([...outputs.slice(0, -1).map(() => 0), 2]);
    // In JSON they are what they are, escaped as JSON.
    const { stdout } = await here.run(['list', '--json']);
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });
});

describe('between two syncs', () => {
  let from = '';
  beforeAll(async () => {
    from = await prepareHome();
  });
  afterAll(() => rmSync(from, { recursive: true, force: true }));

  it('a company is deleted: it leaves the book, and what was written for it asks for help', async () => {
    const here = await desk({ from });
    const { accounts } = await here.json(['list']);
    const gone = accounts[1];
    const note = await here.json(['note', gone.id, 'too late', '--offline']);
    here.server.edit([{ kind: 'archive', type: COMPANY, id: gone.id, at: now() }]);
    const sent = await here.json(['outbox', 'send'], 6);
    expect(sent).toEqual({ sent: 0, waiting: 0, failed: 1 });
    const { rows } = await here.json(['outbox', 'list']);
    expect(rows).toMatchObject([{ id: note.id, state: 'needs_you', because: 'the company is no longer in HubSpot', text: 'too late' }]);
    expect((await here.run(['sync'])).code).toBe(0);
    const left = (await here.json(['list'])).accounts.map((one: Json) => one.id);
    expect(left).toEqual(accounts.map((one: Json) => one.id).filter((id: string) => id !== gone.id));
    expect((await here.run(['show', gone.id])).code).toBe(2);
    expect((await here.run(['outbox', 'drop', note.id])).code).toBe(0);
    expect((await here.json(['outbox', 'list'])).rows).toEqual([]);
  });

  it('a company is merged: its note hangs on the survivor', async () => {
    const here = await desk({ from });
    const { accounts } = await here.json(['list']);
    const [winner, loser] = accounts;
    const note = await here.json(['note', loser.id, 'follows', '--offline']);
    here.server.edit([{ kind: 'merge', type: COMPANY, winner: winner.id, loser: loser.id, at: now() }]);
    expect((await here.run(['sync'])).code).toBe(0);
    expect((await here.json(['list'])).accounts.map((one: Json) => one.id)).not.toContain(loser.id);
    const { rows } = await here.json(['outbox', 'list']);
    expect(rows).toMatchObject([{ id: note.id, state: 'sent' }]);
    const links = here.server.portal.links.get('0-46>0-2')?.get(rows[0].hubspotId);
    expect(links).toEqual([winner.id]);
  });

  it('the mapping changes: the next sync reads what it needs', async () => {
    const here = await desk({ from });
    await here.json(['init', '--map', 'contract.renewal=contract_start_date']);
    expect(await here.json(['sync'])).toMatchObject({ mode: 'full' });
    for (const one of (await here.json(['list'])).accounts) expect(one.renewalDate).toBe(one.contractStart);
  });
});
