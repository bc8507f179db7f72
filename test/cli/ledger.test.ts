/** `ledger` by the built program: what was done, on which signal, and what the account pays since. */
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { keepEntry } from '../../src/data/store/ledger.ts';
import { openLocal } from '../../src/data/store/local.ts';
import { addDays, type Instant } from '../../src/units/day.ts';
import { fromMajor } from '../../src/units/money.ts';
import { type Json, now, prepareHome, type Ran, tempFolder, today } from './harness.ts';
import { run } from './inside.ts';

let prepared = '';
beforeAll(async () => {
  prepared = await prepareHome(['--all']);
}, 60_000);
afterAll(() => rmSync(prepared, { recursive: true, force: true }));

const DAY_MS = 86_400_000;

function copy() {
  const home = tempFolder();
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  cpSync(prepared, home, { recursive: true });
  const runHere = (...args: string[]): Promise<Ran> => run(['--offline', ...args], { home });
  return {
    local: join(home, 'kizashi/profiles/default/local.db'),
    run: runHere,
    async json(...args: string[]): Promise<Json> {
      const ran = await runHere(...args, '--json');
      expect([ran.code, ran.stderr], args.join(' ')).toEqual([0, '']);
      return JSON.parse(ran.stdout);
    },
  };
}

it('ties an action to the signals of that moment, counts it by rule, and forgets one that was given up', async () => {
  const here = copy();
  expect((await here.run('ledger')).stdout).toContain('Nothing has been done from here yet.');
  const { accounts } = await here.json('list', '--limit', '2');
  const [row] = accounts;
  const note = await here.json('note', row.id, 'Called about the renewal');
  const task = await here.json('task', row.id, 'Call again');
  const { actions, all, signals, causal } = await here.json('ledger');
  expect(causal).toBe(false);
  expect(actions.map((one: Json) => one.id).sort()).toEqual([note.id, task.id].sort());
  const fires = row.signals.filter((signal: Json) => !signal.dismissed);
  expect(actions[0]).toMatchObject({
    account: row.id,
    name: row.name,
    day: today(),
    from: 'here',
    sent: false,
    signal: fires[0].id,
    signals: fires.map(({ id, points }: Json) => ({ id, points })),
    risk: row.risk,
    band: row.band,
    mrr: row.mrr,
    mrr30: null,
    mrr60: null,
    mrr90: null,
  });
  expect(all).toMatchObject({ accounts: 1, mrr: row.mrr, later: [{ days: 30, accounts: 0, mrrThen: 0, mrr: null, kept: null }, {}, {}] });
  expect(signals.map((one: Json) => one.signal)).toEqual([fires[0].id]);
  const { rules } = await here.json('rules');
  const ids = fires.map((signal: Json) => signal.id);
  for (const rule of rules) expect([rule.id, rule.acted]).toEqual([rule.id, ids.includes(rule.id) ? 1 : 0]);

  await here.json('outbox', 'drop', note.id);
  expect((await here.json('ledger')).actions.map((one: Json) => one.id)).toEqual([task.id]);
  await here.json('outbox', 'drop', task.id);
  expect((await here.json('ledger')).actions).toEqual([]);
  expect((await here.json('rules')).rules.every((rule: Json) => rule.acted === 0)).toBe(true);
});

it('tells what is paid later, beside those left alone, and that this proves nothing', async () => {
  const here = copy();
  const { accounts, portalId } = await here.json('list');
  const row = accounts.find((one: Json) => one.currency === 'JPY' && one.mrr > 0 && one.mrrTrend.at(-5).mrr > 0);
  const local = await openLocal(here.local);
  const at = (now() - 100 * DAY_MS) as Instant;
  const entry = { accountId: row.id, kind: 'call', at, risk: 70, band: 'high' as const, currency: 'JPY' };
  const signals = [{ id: 'usage.login_drop', points: 9 }];
  await keepEntry(local.db, portalId, { ...entry, actionId: 'old', mrr: fromMajor(400_000), signals });
  await local.db.close();

  const { actions, all, signals: bySignal } = await here.json('ledger');
  const paid = (days: number): number => row.mrrTrend.find(({ month }: Json) => month === addDays(today(), days - 100).slice(0, 7)).mrr;
  expect(actions[0]).toMatchObject({ kind: 'call', signal: 'usage.login_drop', mrr: 400_000, mrr30: paid(30), mrr60: paid(60) });
  expect(all.later[0]).toEqual({ days: 30, accounts: 1, mrrThen: 400_000, mrr: paid(30), kept: paid(30) / 400_000 });
  expect(bySignal).toHaveLength(1);
  for (const { accounts: known, mrrThen } of bySignal[0].alone.later) expect(known === 0).toBe(mrrThen === 0);
  expect((await here.json('ledger', '--since', addDays(today(), -99))).actions).toEqual([]);
  // On an earlier day the days were not over.
  expect((await here.json('ledger', '--as-of', addDays(today(), -60))).actions[0]).toMatchObject({ mrr30: paid(30), mrr60: null });

  const text = (await here.run('ledger')).stdout;
  expect(text).toContain('not because of it');
  expect(text).toMatch(/\n {2}Login frequency drop +acted on +1 +¥400K /);
  expect(text).toMatch(/\n +left alone +\d+ /);
  const markdown = await here.run('--lang', 'ja', 'ledger', '--format', 'md', '--limit', '1');
  expect(markdown.stdout).toMatch(/^# 対応記録 /);
  expect(markdown.stdout).toContain('| 電話 |');
  expect(await here.run('ledger', '--since', 'spring')).toMatchObject({ code: 2, stdout: '' });
});

it('knows which rules a back-test has judged', async () => {
  const here = copy();
  const untested = async () => (await here.json('rules', 'lint')).findings.filter((one: Json) => one.kind === 'untested');
  expect((await untested()).length).toBeGreaterThan(30);
  expect((await here.run('rules', 'lint')).stdout).toContain('no back-test has judged any rule yet');
  const { policy, portalId } = await here.json('list');
  const local = await openLocal(here.local);
  await local.db.run("INSERT INTO backtests VALUES (?, ?, 0, '2026-01-01', 'weak')", portalId, policy);
  await local.db.close();
  expect(await untested()).toEqual([]);
});
