/** Back-test, calibration and why a score changed, by the built program on seeded portals. */
import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openCache } from '../../src/data/store/cache.ts';
import { openLocal } from '../../src/data/store/local.ts';
import { keepVerdict } from '../../src/data/store/local-queries.ts';
import { DEFAULT_POLICY } from '../../src/scoring/policy-default.ts';
import { addDays, daysBetween } from '../../src/units/day.ts';
import { type Json, now, prepareHome, type Ran, tempFolder, today } from './harness.ts';
import { run } from './inside.ts';

/** Large enough for some churn. */
const COMPANIES = 300;
let large = '';
let small = '';

beforeAll(async () => {
  large = await prepareHome(['--all'], { seed: { companies: COMPANIES } });
  small = await prepareHome();
}, 180_000);
afterAll(() => {
  for (const home of [large, small]) rmSync(home, { recursive: true, force: true });
});

interface Here {
  readonly store: string;
  run(...args: string[]): Promise<Ran>;
  /** `told`: what standard error must say; by default nothing. */
  json(args: readonly string[], code?: number, told?: string): Promise<Json>;
}

/** A copy of the home; everything that is read is in the store. */
function copyOf(prepared: string): Here {
  const home = tempFolder();
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  cpSync(prepared, home, { recursive: true });
  const runHere = (...args: string[]) => run(['--offline', ...args], { home });
  return {
    store: join(home, 'kizashi/profiles/default'),
    run: runHere,
    async json(args, code = 0, told = '') {
      const ran = await runHere(...args, '--json');
      expect([ran.code, ran.stderr.toLowerCase()], args.join(' ')).toEqual([code, told === '' ? '' : expect.stringContaining(told)]);
      return JSON.parse(ran.stdout);
    },
  };
}

describe('backtest', () => {
  it('prints the documented fields, whose counts agree with each other', async () => {
    const found = await copyOf(large).json(['backtest']);
    expect(Object.keys(found)).toEqual(
      expect.arrayContaining([
        'asOf',
        'horizonDays',
        'from',
        'to',
        'snapshots',
        'accounts',
        'events',
        'auc',
        'aucRisk',
        'averagePrecision',
        'baseRate',
        'lift10',
        'ece',
        'mrrCaughtTop10',
        'baselines',
        'bands',
        'signals',
        'leaks',
        'verdict',
      ]),
    );
    expect(Object.keys(found.mrrCaughtTop10)).toEqual(['expectedLoss', 'probability', 'risk', 'mrr']);
    expect(Object.keys(found.baselines)).toEqual(['random', 'mrr', 'lastUse', 'renewal', 'previousPolicy']);
    expect(Object.keys(found.auc)).toEqual(['value', 'low', 'high']);
    expect(found).toMatchObject({ asOf: today(), horizonDays: 90, leadDays: 0 });
    expect(found.events).toBeGreaterThanOrEqual(10);
    expect(found.auc.low).toBeLessThanOrEqual(found.auc.value);
    expect(found.auc.value).toBeLessThanOrEqual(found.auc.high);
    // Snapshots are 90 days apart, and the window of the last one has passed.
    for (const [index, day] of found.snapshotDays.slice(1).entries()) expect(daysBetween(found.snapshotDays[index], day)).toBe(90);
    expect(found.to).toBe(addDays(found.snapshotDays.at(-1), 90));
    const churned = found.bands.reduce((sum: number, band: Json) => sum + band.churned, 0);
    expect(found.bands.reduce((sum: number, band: Json) => sum + band.accounts, 0)).toBe(found.cases);
    expect(churned / found.cases).toBeCloseTo(found.baseRate, 9);
    expect(found.signals.map((signal: Json) => signal.id).sort()).toEqual(DEFAULT_POLICY.signals.map((rule) => rule.id).sort());
  });

  it('leaves less to foresee with a lead, and is the same when asked again', async () => {
    const here = copyOf(large);
    const [plain, again, lead] = [
      await here.json(['backtest']),
      await here.json(['backtest']),
      await here.json(['backtest', '--lead', '60']),
    ];
    expect(again).toEqual(plain);
    expect(lead.leadDays).toBe(60);
    expect(lead.cases).toBeLessThan(plain.cases);
  });

  it('says in words that there is too little to judge by', async () => {
    const here = copyOf(small);
    expect((await here.json(['backtest'])).verdict).toBe('untestable');
    const [english, japanese, markdown] = [
      await here.run('backtest'),
      await here.run('--lang', 'ja', 'backtest'),
      await here.run('backtest', '--format', 'md'),
    ];
    expect(english.stdout).toMatch(/Cannot be tested: \d accounts left where 10 are needed\./);
    expect(japanese.stdout).toMatch(/検証できません。解約\d社（10社必要）。/);
    expect(markdown.stdout).toMatch(/^# Back-test as of /);
    expect(markdown.stdout).toContain('| measure | value | 95 % interval |');
    expect(markdown.stdout.match(/```/g)).toHaveLength(4);
  });

  it('refuses what it does not know', async () => {
    const here = copyOf(small);
    expect(await here.run('backtest', '--format', 'pdf')).toMatchObject({ code: 2, stdout: '' });
    expect(await here.run('backtest', '--lead', 'soon')).toMatchObject({ code: 2, stdout: '' });
  });
});

it('hides probabilities where the last back-test found no predictive power, and ranks by band and MRR', async () => {
  const here = copyOf(large);
  const before = await here.json(['list']);
  expect(before.accounts[0].probability).toBeGreaterThan(0);
  const local = await openLocal(join(here.store, 'local.db'));
  await keepVerdict(local.db, before.portalId, before.policy, 'none', today(), now());
  await local.db.close();
  const cache = await openCache(join(here.store, 'cache.db'));
  await cache.outdate();
  await cache.close();
  const { accounts } = await here.json(['list']);
  for (const one of accounts)
    expect(one).toMatchObject({ probability: null, probabilityToRenewal: null, mrrAtRisk: null, expectedLoss: null });
  expect((await here.json(['list', '--horizon', 'renewal'])).unproven).toBe(true);
  expect((await here.run('list')).stdout).toContain('probabilities hidden: the last back-test found no predictive power');
  expect((await here.run('--lang', 'ja', 'list')).stdout).toContain('確率は非表示');
  const ORDER = ['critical', 'high', 'watch', 'low'];
  const ranked = accounts.filter((one: Json) => one.group === 'ranked');
  for (const [index, one] of ranked.slice(1).entries()) {
    const above = ranked[index];
    const bands = ORDER.indexOf(above.band) - ORDER.indexOf(one.band);
    expect(bands < 0 || (bands === 0 && above.mrr >= one.mrr)).toBe(true);
  }
  // A back-test that finds power shows them again.
  expect((await here.json(['backtest'])).verdict).toMatch(/^(?:usable|weak)$/);
  expect((await here.json(['list'])).accounts[0].probability).toBeGreaterThan(0);
});

describe('calibrate', () => {
  it('refuses with the number of churned accounts that are missing', async () => {
    const here = copyOf(small);
    const { refused, gates, adopted, step } = await here.json(['calibrate']);
    expect(refused.missing).toBe(refused.needs - refused.has);
    expect([adopted, step, gates.some((gate: Json) => gate.open)]).toEqual([false, 0, false]);
    const told = await here.run('calibrate', '--apply');
    expect(told.code).toBe(1);
    expect(told.stdout).toContain(`${refused.missing} more churned accounts are needed`);
    expect(await here.json(['calibrate', '--apply'], 1, 'refused')).toMatchObject({ error: { code: 'refused' } });
    expect((await here.run('--lang', 'ja', 'calibrate')).stdout).toContain(`解約があと${refused.missing}社必要です`);
  });

  it('puts a better fit in force as a dated version, and taking its file away rolls back', async () => {
    const here = copyOf(large);
    const before = await here.json(['list']);
    const found = await here.json(['calibrate', '--apply']);
    expect(found).toMatchObject({ adopted: true, refused: null });
    expect(found.improvement.low).toBeGreaterThan(0);
    const [name = ''] = readdirSync(join(here.store, 'calibrations'));
    expect(found.file).toBe(join(here.store, 'calibrations', name));
    const version = JSON.parse(readFileSync(found.file, 'utf8'));
    expect(version).toMatchObject({ madeOn: today(), basedOn: before.policy, step: found.step, parameters: found.parameters });
    const after = await here.json(['list']);
    expect(after.policy).toBe(found.policy);
    expect(after.policy).not.toBe(before.policy);
    expect(after.accounts.every((one: Json) => one.calibrated)).toBe(true);
    const report = await here.json(['backtest']);
    expect(report.baselines.previousPolicy).toBeLessThan(report.auc.value);
    rmSync(found.file);
    expect(await here.json(['list'])).toEqual(before);
  });

  it('takes a calibration back, and keeps what counted when', async () => {
    const here = copyOf(large);
    const before = await here.json(['list']);
    expect(await here.json(['calibrate', '--undo'], 1, 'nothing to take back')).toMatchObject({ error: { code: 'nothing_to_undo' } });
    const { policy } = await here.json(['calibrate', '--apply']);
    const undone = await here.json(['calibrate', '--undo']);
    expect(undone).toMatchObject({ undone: true, policy: before.policy });
    expect(readdirSync(join(here.store, 'calibrations'))).toHaveLength(2);
    expect(await here.json(['list'])).toEqual(before);
    // A calibration may be put in force again, and taken back again.
    expect((await here.json(['calibrate', '--apply'])).policy).toBe(policy);
    expect((await here.run('--lang', 'ja', 'calibrate', '--undo')).stdout).toContain('取り消し');
    expect((await here.json(['list', '--limit', '1'])).policy).toBe(before.policy);
    expect((await here.run('calibrate', '--apply', '--undo')).code).toBe(2);
  });

  it('only reports without --apply, and on another day than today writes nothing', async () => {
    const here = copyOf(large);
    expect(await here.json(['calibrate'])).toMatchObject({ adopted: true, file: null });
    const past = await here.run('--as-of', addDays(today(), -30), 'calibrate', '--apply');
    expect([past.code, past.stdout]).toEqual([2, '']);
    expect(readdirSync(here.store)).not.toContain('calibrations');
  });
});

describe('show', () => {
  const sum = (change: Json): number => change.parts.reduce((total: number, part: Json) => total + part.points, 0);

  it('says why every score changed, in parts that add up', async () => {
    const here = copyOf(small);
    const { accounts } = await here.json(['list', '--limit', '6']);
    for (const { id, riskChange7d } of accounts) {
      const week = await here.json(['show', id]);
      expect(week.change).toMatchObject({ from: addDays(today(), -7), to: today(), after: week.risk });
      expect(week.change.after - week.change.before).toBe(riskChange7d);
      const longer = await here.json(['show', id, '--since', addDays(today(), -60)]);
      for (const { change } of [week, longer]) expect(sum(change)).toBeCloseTo(change.after - change.before, 6);
    }
  });

  it('gives the receipt of an earlier day, which is what the change starts from', async () => {
    const here = copyOf(small);
    const [{ id }] = (await here.json(['list', '--limit', '1'])).accounts;
    const day = addDays(today(), -30);
    const { change } = await here.json(['show', id, '--since', day]);
    const then = await here.json(['show', id, '--as-of', day]);
    expect(then.asOf).toBe(day);
    expect(then.receipt.asOf).toBe(day);
    expect(then.risk).toBe(change.before);
  });

  it('tells both in words, and the day it last stood better', async () => {
    const here = copyOf(small);
    const { accounts } = await here.json(['list']);
    const worse = accounts.find((one: Json) => one.band === 'critical');
    const { lastBetter } = await here.json(['show', worse.id]);
    const english = await here.run('show', worse.id);
    expect(english.stdout).toMatch(/ {2}since .+ = [+−]?\d+\n/);
    if (lastBetter) expect(english.stdout).toContain(`--as-of ${lastBetter.day} shows that receipt`);
    expect((await here.run('--lang', 'ja', 'show', worse.id)).stdout).toContain(lastBetter ? '最後に「' : '時間の経過');
  });

  it('refuses a day that is none, or is not before', async () => {
    const here = copyOf(small);
    const [{ id }] = (await here.json(['list', '--limit', '1'])).accounts;
    for (const day of ['yesterday', today()]) expect(await here.run('show', id, '--since', day)).toMatchObject({ code: 2, stdout: '' });
  });
});
