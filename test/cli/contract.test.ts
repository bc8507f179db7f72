/** The public contract: every documented field with its type, in every language, the same number wherever it is shown. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DemoServer } from '../../src/data/demo/server.ts';
import { type Desk, type Json, ME, ME_ID, prepareHome, serve, today } from './harness.ts';
import { deskOf } from './inside.ts';
import * as is from './shape.ts';

const row = is.object({
  rank: is.whole,
  id: is.id,
  name: is.some,
  domain: is.orNull(is.text),
  url: is.url,
  owner: is.orNull(is.object({ id: is.id, name: is.some, email: is.orNull(is.some) })),
  tier: is.orNull(is.among('high', 'low', 'tech')),
  homeRate: is.orNull(is.number),
  customerGrade: is.orNull(is.text),
  plan: is.orNull(is.some),
  products: is.list(is.some),
  industry: is.orNull(is.some),
  currency: is.among('JPY', 'USD'),
  mrr: is.orNull(is.number),
  mrrChange1m: is.orNull(is.number),
  mrrChange3m: is.orNull(is.number),
  mrrTrend: is.list(is.object({ month: is.month, mrr: is.orNull(is.number) }), 24),
  contractValue: is.orNull(is.number),
  contractStart: is.orNull(is.day),
  contractAgeMonths: is.orNull(is.whole),
  renewalDate: is.orNull(is.day),
  daysToRenewal: is.orNull(is.whole),
  lastUsedAt: is.orNull(is.day),
  daysSinceLastUse: is.orNull(is.whole),
  lastTouchAt: is.orNull(is.day),
  group: is.among('ranked', 'notice', 'unknown', 'snoozed'),
  risk: is.risk,
  band: is.orNull(is.among('critical', 'high', 'watch', 'low')),
  riskRange: is.pair(is.risk),
  coverage: is.fraction,
  grade: is.among('A', 'B', 'C'),
  riskChange7d: is.orNull(is.whole),
  stratum: is.some,
  probability: is.orNull(is.fraction),
  probabilityToRenewal: is.orNull(is.fraction),
  calibrated: is.flag,
  mrrAtRisk: is.orNull(is.number),
  monthsLost: is.number,
  expectedLoss: is.orNull(is.number),
  quadrant: is.orNull(is.among('act', 'keep', 'automate', 'tech')),
  signals: is.list(
    is.object({ id: is.some, type: is.some, points: is.number, evidence: is.some, since: is.orNull(is.day), dismissed: is.flag }),
  ),
  play: is.orNull(is.object({ id: is.some, label: is.some })),
  snoozedUntil: is.orNull(is.day),
});

const book = is.object({
  asOf: is.day,
  syncedAt: is.instant,
  portalId: is.id,
  policy: is.hash,
  currency: is.among('JPY'),
  unproven: is.flag,
  horizon: is.among('days', 'renewal'),
  total: is.whole,
  accounts: is.list(row, 1),
});

const receipt = is.object({
  base: is.number,
  groups: is.list(
    is.object({
      group: is.some,
      cap: is.number,
      uncapped: is.number,
      points: is.number,
      lines: is.list(
        is.object({
          signal: is.some,
          input: is.some,
          value: is.number,
          valueAt: is.orNull(is.day),
          source: is.orNull(is.object({})),
          from: is.number,
          to: is.number,
          severity: is.number,
          points: is.number,
        }),
      ),
    }),
  ),
  overrides: is.list(is.object({ id: is.some, floor: is.orNull(is.number), because: is.text })),
  unclipped: is.number,
  floored: is.flag,
  total: is.number,
  risk: is.risk,
  missing: is.list(is.object({ signal: is.some, feed: is.some, state: is.some })),
});

const account = is.object({
  receipt,
  mrrByProduct: is.list(is.object({ product: is.orNull(is.some), months: is.list(is.object({ month: is.month, mrr: is.number }), 24) })),
  timeline: is.list(is.object({ at: is.day, kind: is.some, title: is.text })),
  contacts: is.list(is.object({ id: is.id, name: is.text })),
  history: is.list(is.object({ day: is.day, risk: is.risk }), 1),
});

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

describe('list --json', () => {
  it('has every field of the contract, and as many accounts as it counts', async () => {
    const document = await here.json(['list']);
    expect(book(document, '$')).toEqual([]);
    expect(document.asOf).toBe(today());
    expect(document.total).toBe(document.accounts.length);
    expect(document.accounts.map((one: Json) => one.rank)).toEqual(document.accounts.map((_: Json, index: number) => index + 1));
    for (const one of document.accounts) {
      expect(one.owner.id).toBe(ME_ID);
      expect(one.url).toBe(`https://app.hubspot.com/contacts/47110815/record/0-2/${one.id}`);
      expect(one.mrrTrend.at(-1)).toEqual({ month: today().slice(0, 7), mrr: one.mrr });
    }
  });

  it('ranks by expected loss, then risk, then MRR, then id, groups after one another', async () => {
    const { accounts } = await here.json(['list', '--owner', 'all']);
    const groups = ['ranked', 'notice', 'unknown', 'snoozed'];
    const key = (one: Json) => [-groups.indexOf(one.group), one.expectedLoss ?? -1, one.risk, one.mrr ?? -1];
    for (const [index, one] of accounts.slice(1).entries()) {
      const [before, after] = [key(accounts[index]), key(one)];
      const differs = before.findIndex((value, at) => value !== after[at]);
      if (differs < 0) expect(accounts[index].id < one.id).toBe(true);
      else expect(before[differs]).toBeGreaterThan(after[differs]);
    }
    expect(new Set(accounts.map((one: Json) => one.group)).has('ranked')).toBe(true);
  });

  it('keeps what belongs together together: loss, range, band', async () => {
    for (const one of (await here.json(['list'])).accounts) {
      expect(one.riskRange[0]).toBeLessThanOrEqual(one.risk);
      expect(one.riskRange[1]).toBeGreaterThanOrEqual(one.risk);
      if (one.mrr === null || one.probability === null) continue;
      expect(one.mrrAtRisk).toBeCloseTo(one.mrr * one.probability, 0);
      expect(one.expectedLoss).toBeCloseTo(one.mrr * one.probability * one.monthsLost, 0);
    }
  });

  it('looks up to the next renewal where asked', async () => {
    const [days, renewal] = [await here.json(['list']), await here.json(['list', '--horizon', 'renewal'])];
    expect([days.horizon, renewal.horizon]).toEqual(['days', 'renewal']);
    const before = new Map<string, Json>(days.accounts.map((one: Json) => [one.id, one]));
    for (const one of renewal.accounts) {
      const then = before.get(one.id) as Json;
      expect(one.probability).toBe(then.probabilityToRenewal);
      if (one.stratum === 'annual_out') expect(one.probability).toBeGreaterThan(then.probability);
      else expect(one.probability).toBe(then.probability);
      expect(one.mrrAtRisk).toBeCloseTo(one.mrr * one.probability, 3);
      expect(one.expectedLoss).toBeCloseTo(one.mrr * one.probability * one.monthsLost, 3);
    }
    const ranked = renewal.accounts.filter((one: Json) => one.group === 'ranked');
    expect(ranked.map((one: Json) => one.expectedLoss)).toEqual(
      ranked.map((one: Json) => one.expectedLoss).sort((a: number, b: number) => b - a),
    );
    expect(ranked.map((one: Json) => one.id)).not.toEqual(days.accounts.slice(0, ranked.length).map((one: Json) => one.id));
    expect((await here.run(['list', '--horizon', 'renewal'])).stdout).toContain('P renewal');
    expect(await here.run(['list', '--horizon', 'year'])).toMatchObject({ code: 2, stdout: '' });
  });

  it('sorts as told, unknown values last', async () => {
    const values = async (sort: string, pick: (one: Json) => number | string | null) => {
      const { accounts } = await here.json(['list', '--sort', sort]);
      return accounts.filter((one: Json) => one.group === 'ranked').map(pick);
    };
    const down = (list: readonly (number | null)[]) => [...list].sort((a, b) => (b ?? -Infinity) - (a ?? -Infinity));
    const up = (list: readonly (number | null)[]) => [...list].sort((a, b) => (a ?? Infinity) - (b ?? Infinity));
    for (const [sort, pick] of [
      ['risk', (one: Json) => one.risk],
      ['mrr', (one: Json) => one.mrr],
      ['contract', (one: Json) => one.contractValue],
      ['probability', (one: Json) => one.probability],
      ['change', (one: Json) => one.riskChange7d],
    ] as const) {
      const list = await values(sort, pick);
      expect(list, sort).toEqual(down(list));
      expect(new Set(list).size, sort).toBeGreaterThan(1);
    }
    const renewals = await values('renewal', (one) => one.daysToRenewal);
    expect(renewals).toEqual(up(renewals));
    const names = await values('name', (one) => one.name);
    expect(names).toEqual([...names].sort());
  });

  it('has another owner’s book once it was brought, and says how to bring it', async () => {
    const words = ['list', '--owner', 'sasaki@demo.example'];
    expect(await here.run(words)).toEqual({
      code: 1,
      stdout: '',
      stderr: 'kizashi: the book of owner 76400012 is not in the store. Run kizashi sync --owner 76400012\n',
    });
    expect((await here.run(['sync', '--owner', '76400012'])).code).toBe(0);
    const { accounts } = await here.json(words);
    expect(new Set(accounts.map((one: Json) => one.owner.email))).toEqual(new Set(['sasaki@demo.example']));
    expect((await here.json(['list'])).accounts.every((one: Json) => one.owner.id === ME_ID)).toBe(true);
  });

  it('filters, counts what matches, and cuts at the limit', async () => {
    const { accounts: all } = await here.json(['list']);
    const ids = async (...args: string[]) => (await here.json(['list', ...args])).accounts.map((one: Json) => one.id);
    const expected = (test: (one: Json) => boolean) => all.filter(test).map((one: Json) => one.id);
    const signal = all.find((one: Json) => one.signals.length > 0).signals[0].id;
    const cases: readonly (readonly [string[], (one: Json) => boolean])[] = [
      [['--tier', 'high'], (one) => one.tier === 'high'],
      [['--band', 'critical'], (one) => one.band === 'critical'],
      [['--band', 'unknown'], (one) => one.band === null],
      [['--plan', 'enterprise'], (one) => one.plan === 'Enterprise'],
      [['--product', 'ma'], (one) => one.products.includes('MA')],
      [['--signal', signal], (one) => one.signals.some((each: Json) => each.id === signal)],
      [['--renewal-within', '90d'], (one) => one.daysToRenewal !== null && one.daysToRenewal >= -30 && one.daysToRenewal <= 90],
      [['--query', 'あおば'], (one) => one.name.includes('あおば')],
      [['--owner', 'me'], () => true],
      [['--owner', ME], () => true],
      [['--team', '東日本CS'], () => true],
      [['--team', '営業'], () => false],
      [['--segment', 'no such'], () => false],
    ];
    const sizes = new Set<number>();
    for (const [args, test] of cases) {
      const found = await ids(...args);
      expect(found, args.join(' ')).toEqual(expected(test));
      sizes.add(found.length);
    }
    expect(sizes.size).toBeGreaterThan(3);
    const limited = await here.json(['list', '--limit', '3']);
    expect(limited.accounts.map((one: Json) => one.id)).toEqual(all.slice(0, 3).map((one: Json) => one.id));
    expect(limited.total).toBe(all.length);
  });
});

describe('show --json', () => {
  it('is the row of the list with a receipt that adds up, for every account', async () => {
    const { accounts } = await here.json(['list']);
    for (const one of accounts) {
      const shown = await here.json(['show', one.id]);
      expect(account(shown, '$')).toEqual([]);
      expect(shown).toMatchObject(one);
      const { base, groups, unclipped, total, risk, floored } = shown.receipt;
      const sum = groups.reduce((all: number, group: Json) => all + group.points, base);
      expect(sum).toBeCloseTo(unclipped, 6);
      for (const group of groups) {
        expect(group.lines.reduce((all: number, line: Json) => all + line.points, 0)).toBeCloseTo(group.uncapped, 6);
        expect(Math.min(group.uncapped, group.cap)).toBeCloseTo(group.points, 6);
        expect(Math.abs(group.points)).toBeLessThanOrEqual(group.cap + 1e-9);
      }
      if (!floored) expect(total).toBeCloseTo(Math.min(100, Math.max(0, unclipped)), 6);
      expect(risk).toBe(Math.round(total));
      expect(risk).toBe(one.risk);
    }
  });

  it('finds an account by id, domain, name and a unique part of the name', async () => {
    const { accounts } = await here.json(['list']);
    const [first] = accounts;
    for (const word of [first.id, first.domain, first.name, first.domain.toUpperCase(), 'あおば'])
      expect((await here.json(['show', word])).id, word).toBe(first.id);
  });

  it('is as text what it is as JSON', async () => {
    const shown = await here.json(['show', 'あおば']);
    const { stdout } = await here.run(['show', 'あおば']);
    expect(stdout).toContain(`risk ${shown.risk} ${shown.band} (${shown.riskRange[0]}–${shown.riskRange[1]}, data ${shown.grade})`);
    expect(stdout).toContain(shown.url);
    for (const group of shown.receipt.groups) for (const line of group.lines) expect(stdout).toContain(line.evidence);
  });
});

describe('other documents', () => {
  it('init, sync, doctor, auth status, outbox and config', async () => {
    expect(
      is.object({
        portalId: is.id,
        owner: is.object({ id: is.id, email: is.some }),
        mapping: is.object({ customers: is.some, owner: is.some, 'mrr.source': is.among('custom-object') }),
        coverage: is.list(is.object({ signal: is.some, state: is.among('ok', 'unavailable', 'n/a'), because: is.orNull(is.some) }), 20),
      })(await here.json(['init']), '$'),
    ).toEqual([]);
    const counts = is.object({ read: is.whole, changed: is.whole, removed: is.whole });
    expect(
      is.object({
        mode: is.among('full'),
        requests: is.whole,
        retried: is.whole,
        durationMs: is.whole,
        objects: is.object({ '2-101': counts }),
        outbox: is.object({ sent: is.whole, waiting: is.whole, failed: is.whole }),
      })(await here.json(['sync', '--full']), '$'),
    ).toEqual([]);
    expect(
      is.object({
        checks: is.list(is.object({ id: is.some, state: is.among('ok'), message: is.some, fix: is.orNull(is.some) }), 4),
        data: is.list(
          is.object({ code: is.some, count: is.whole, examples: is.list(is.object({ id: is.id, name: is.some, url: is.url })) }),
        ),
      })(await here.json(['doctor']), '$'),
    ).toEqual([]);
    expect(await here.json(['auth', 'status'])).toEqual({
      portalId: '47110815',
      source: 'env',
      owner: { id: ME_ID, email: ME },
      missing: [],
    });
    expect(await here.json(['outbox', 'list'])).toEqual({ rows: [] });
    const paths = await here.json(['config', 'path']);
    for (const file of ['settings', 'cache', 'local', 'log']) expect(paths[file]).toContain(home);
  });

  it('errors are a document with a code, a message and a hint', async () => {
    const error = is.object({ error: is.object({ code: is.some, message: is.some, hint: is.orNull(is.some) }) });
    for (const [args, code, exit, more] of [
      [['list', '--band', 'purple'], 'usage', 2, {}],
      [['show', 'nobody at all'], 'no_account', 2, {}],
      [['show', '株'], 'several_accounts', 2, {}],
      [['list', '--no-such'], 'usage', 2, {}],
      [['auth', 'status'], 'no_token', 4, { token: null }],
      [['auth', 'status'], 'auth', 4, { token: 'pat-wrong' }],
    ] as const) {
      const document = await here.json(args, exit, more);
      expect(error(document, '$')).toEqual([]);
      expect(document.error.code).toBe(code);
    }
  });
});

describe('languages', () => {
  it.each([[['list']], [['show', 'あおば']], [['doctor']], [['outbox', 'list']]] as const)('%j has the same keys in both', async (args) => {
    const [en, ja] = [await here.json(args), await here.json([...args, '--lang', 'ja'])];
    expect(is.keysOf(ja)).toEqual(is.keysOf(en));
  });

  it('speaks the language of the environment, and numbers do not change with it', async () => {
    const en = await here.json(['list']);
    const ja = await here.json(['list'], 0, { env: { LANG: 'ja_JP.UTF-8' } });
    expect(ja.accounts[0].signals[0].evidence).toMatch(/\p{Script=Hiragana}|\p{Script=Han}/u);
    expect(en.accounts[0].signals[0].evidence).not.toMatch(/\p{Script=Hiragana}/u);
    expect(ja.accounts.map((one: Json) => [one.id, one.risk, one.expectedLoss])).toEqual(
      en.accounts.map((one: Json) => [one.id, one.risk, one.expectedLoss]),
    );
    const { stdout } = await here.run(['list'], { env: { LC_ALL: 'ja_JP.UTF-8' } });
    expect(stdout).toContain('期待損失');
  });
});

describe('text in a pipe', () => {
  it.each([[['list']], [['show', 'あおば']], [['doctor']], [['auth', 'status']], [['outbox']], [['--help']], [[]]] as const)(
    '%j has no escape, no box drawing and nothing on stderr',
    async (args) => {
      for (const lang of ['en', 'ja']) {
        const { code, stdout, stderr } = await here.run([...args, '--lang', lang], { env: { FORCE_COLOR: '1', TERM: 'xterm-256color' } });
        expect(code).toBe(0);
        expect(stderr).toBe('');
        expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2500-\u257f]/);
        expect(stdout.endsWith('\n')).toBe(true);
      }
    },
  );

  it('without a command is the list', async () => {
    const [app, list] = [await here.run([]), await here.run(['list'])];
    const rows = (text: string) => text.split('\n').slice(1);
    expect(rows(app.stdout)).toEqual(rows(list.stdout));
    expect(app.code).toBe(0);
  });

  it('draws the line under a week where it is asked for', async () => {
    const lines = (await here.run(['list', '--capacity', '2'])).stdout.split('\n');
    expect(lines[4]).toBe('--- capacity 2 ---');
  });
});
