/** The Rules screen: weights that re-rank the book before anything is written. */
import { afterEach, describe, expect, it } from 'vitest';
import type { RulesView } from '../../src/open.ts';
import { loadPolicy } from '../../src/rules/load.ts';
import { ruleStats } from '../../src/rules/stats.ts';
import { policyHash } from '../../src/scoring/policy-hash.ts';
import { Reweigher } from '../../src/scoring/reweigh.ts';
import type { Lang } from '../../src/text/messages/index.ts';
import { addDays } from '../../src/units/day.ts';
import { sheetOf } from '../rules/sheet.ts';
import { account, mrr, portalOn, since } from '../scoring/portal.ts';
import { TODAY } from './fixture.ts';
import { type Driver, KEY, type Options, open } from './harness.ts';

let app: Driver | null = null;
afterEach(async () => {
  await app?.close();
  app = null;
});

/**
 * 22 accounts of the book that pay 1000, 990, 980 …; the last two have not been used for a month, so that they stand
 * first, and the two before them outside of the top 20.
 */
function rulesView(text = 'version: 1\n', over: Partial<RulesView['inForce']> = {}): RulesView {
  const loaded = loadPolicy(text, 'policy.yaml');
  if (!loaded.ok) throw new Error('the policy is wrong');
  const policy = loaded.value;
  const accounts = Array.from({ length: 22 }, (_, index) => {
    const used = addDays(TODAY, index < 20 ? -1 : -30);
    return account({ id: String(9001 + index), mrr: [mrr('2026-11', 1000 - index * 10)], attributes: { lastUsedOn: since(used, used) } });
  });
  const quiet = { ...policy, minimumCoverage: 0 };
  const sheet = sheetOf(accounts, portalOn(TODAY), quiet);
  const reweigher = new Reweigher(sheet, quiet);
  return {
    asOf: TODAY,
    inForce: {
      policy: quiet,
      hash: policyHash(quiet),
      file: '/team/policy.yaml',
      exists: true,
      source: text,
      problems: [],
      fallback: null,
      ...over,
    },
    sheet,
    stats: ruleStats({ policy: quiet, reweigher, acted: new Map(), dismissals: new Map(), changedOn: new Map() }),
    findings: [],
  };
}

const start = async (options: Options = {}, lang: Lang = 'en'): Promise<Driver> => {
  app = await open({ rules: rulesView(), lang, rows: 24, columns: 90, ...options });
  await app.keys('R');
  return app;
};

const times = (key: string, count: number): string[] => Array.from({ length: count }, () => key);

describe('the Rules screen', () => {
  it('lists what every rule does', async () => {
    const { lines, text } = await start();
    expect(lines()[1]).toMatch(/^ Rules {2}22 accounts .*\/team\/policy\.yaml$/);
    expect(text()).toMatch(/▸ Days since last login +\+14 +2 +100%/);
    expect(text()).toMatch(/Login frequency drop +\+12 +0/);
    expect(text()).toContain('nothing is saved before w');
  });

  it('ranks the book anew with every key, and forgets it with Esc', async () => {
    const { keys, text } = await start();
    await keys(...times('-', 14));
    expect(text()).toMatch(/Days since last login +\+14 → 0/);
    // 9021 and 9022 fall back to their MRR; 9019 and 9020 take their places.
    expect(text()).toMatch(/Enter the top 20 \(2\): \S.*, \S/);
    expect(text()).toMatch(/Leave it \(2\): \S.*, \S/);
    await keys('+');
    expect(text()).toMatch(/\+14 → \+1/);
    await keys(KEY.esc);
    expect(text()).not.toContain('→ +1');
    expect(text()).toContain('nothing is saved before w');
    await keys(KEY.esc);
    expect(text()).not.toContain('/team/policy.yaml');
  });

  it('names who comes and goes', async () => {
    const { keys, text, workspace } = await start({ columns: 140 });
    const name = (id: string) => workspace.snapshot()?.rows.find((row) => row.id === id)?.name ?? '';
    expect(text()).toMatch(new RegExp(`│  1 ${name('9021')}`));
    await keys(...times('-', 14));
    expect(text()).toContain(`Enter the top 20 (2): ${name('9019')}, ${name('9020')}`);
    expect(text()).toContain(`Leave it (2): ${name('9021')}, ${name('9022')}`);
    expect(text()).toMatch(new RegExp(`│  1 ${name('9001')} ▲`));
  });

  it('a weight that comes back is no change', async () => {
    const { keys, text, workspace } = await start();
    await keys('+', '-', 'w');
    expect(text()).toContain('No weight has been changed.');
    expect(workspace.calls).toEqual([]);
  });

  it('writes several weights at once and reads the rules again', async () => {
    const { keys, text, workspace } = await start();
    await keys('+', '+', 'j', '-', 'w');
    expect(workspace.calls).toEqual(['policy signals.usage.last_login.points=16 signals.usage.login_drop.points=11']);
    expect(text()).toContain('Written to /team/policy.yaml. Scoring anew.');
    expect(text()).not.toContain('→');
  });

  it('asks before it makes a file', async () => {
    const { keys, text, workspace } = await start({ rules: rulesView('version: 1\n', { exists: false }) });
    expect(text()).toContain('no policy file yet');
    await keys('+', 'w');
    expect(text()).toContain('There is no policy file yet. Make one?');
    await keys('n');
    expect(workspace.calls).toEqual([]);
    await keys('w', 'y');
    expect(workspace.calls).toEqual(['policy signals.usage.last_login.points=15']);
  });

  it('keeps what was tried where it could not be written', async () => {
    const { keys, text } = await start({ saveRefused: { kind: 'unwritable', because: 'EACCES' } });
    await keys('+', 'w');
    expect(text()).toContain('The policy file could not be written (EACCES).');
    expect(text()).toContain('+14 → +15');
  });

  it('does not write over a file that is wrong', async () => {
    const { keys, text, workspace } = await start({ rules: rulesView('version: 1\n', { fallback: 'last_good' }) });
    await keys('+', 'w');
    expect(text()).toContain('The policy file is wrong; mend it first');
    expect(workspace.calls).toEqual([]);
  });

  it('does not weigh what is retired', async () => {
    const { keys, text } = await start({ rules: rulesView('version: 1\nretired: { usage.last_login: API only }\n') });
    expect(text()).toMatch(/▸ Days since last login +retired/);
    await keys('+');
    expect(text()).toContain('This rule is retired in the policy file.');
  });

  it('reads in Japanese', async () => {
    const { keys, text } = await start({}, 'ja');
    expect(text()).toMatch(/▸ 最終ログインからの日数 +\+14 +2/);
    await keys(...times('-', 14));
    expect(text()).toContain('上位20社に入る（2社）:');
    expect(text()).toContain('外れる（2社）:');
  });

  it('says so where the rules could not be read', async () => {
    const { text } = await start({ rules: null });
    expect(text()).toContain('The rules could not be read; the log says why.');
  });

  it('fits the smallest terminal', async () => {
    const { lines, keys } = await start({ columns: 60, rows: 14 });
    await keys('G', '+');
    expect(lines().every((line) => line.length <= 60)).toBe(true);
    expect(lines().some((line) => line.includes('▸') && line.includes('→'))).toBe(true);
  });
});
