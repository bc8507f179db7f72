/** `rules` and the policy file, end to end: what each rule does, what a change would do, and what a wrong file leaves in force. */
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../../src/scoring/policy-default.ts';
import { type Desk, type Json, prepareHome, tempFolder } from './harness.ts';
import { desk, run } from './inside.ts';

let from = '';
beforeAll(async () => {
  from = await prepareHome();
});
afterAll(() => rmSync(from, { recursive: true, force: true }));

const policyFile = async (here: Desk): Promise<string> => (await here.json(['config', 'get', 'policyFile'])).policyFile;

async function withPolicy(text: string): Promise<Desk> {
  const here = await desk({ from });
  const file = await policyFile(here);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return here;
}

const ids = (rows: readonly Json[]): string[] => rows.map(({ id }) => id);

describe('rules list', () => {
  it('says of every rule what it does on the book', async () => {
    const here = await desk({ from });
    const told = await here.json(['rules']);
    const book = await here.json(['list']);
    expect(told.policy).toBe(book.policy);
    expect(ids(told.rules)).toEqual(ids(DEFAULT_POLICY.signals));
    for (const rule of told.rules) {
      const firing = book.accounts.filter((row: Json) => row.signals.some((signal: Json) => signal.id === rule.id));
      expect([rule.id, rule.fired]).toEqual([rule.id, firing.length]);
      expect(rule.coverage === null || (rule.coverage >= 0 && rule.coverage <= 1)).toBe(true);
    }
    const text = await here.run(['rules', 'list']);
    expect([text.code, text.stderr]).toEqual([0, '']);
    expect(text.stdout).toMatch(/^Rules on \d+ accounts, .* · the default, no policy file\nSignal /);
    expect((await here.run(['rules', '--lang', 'ja'])).stdout).toContain('最終ログインからの日数');
  });

  it('knows since when a rule is what it is, and when it is to be looked at', async () => {
    const here = await withPolicy(
      'version: 1\nsignals: { usage.last_login: { points: 15, reviewBy: 2030-01-01 } }\nretired: { support.urgent: noise }\n',
    );
    const { rules, asOf } = await here.json(['rules']);
    const rule = (id: string) => rules.find((one: Json) => one.id === id);
    expect(rule('usage.last_login')).toMatchObject({ points: 15, reviewBy: '2030-01-01' });
    expect(rule('usage.last_login').changedOn >= asOf).toBe(true);
    expect(rule('usage.login_drop').changedOn).toBe(null);
    expect(rule('support.urgent')).toMatchObject({ retired: 'noise', fired: 0 });
  });
});

describe('rules test', () => {
  it('gives the lines of the receipt, and why the others are none', async () => {
    const here = await desk({ from });
    const { rules } = await here.json(['rules', 'test', 'Northwind']);
    const shown = await here.json(['show', 'Northwind']);
    const lines = shown.receipt.groups.flatMap((group: Json) => group.lines);
    const firing = rules.filter((rule: Json) => rule.state === 'fires');
    expect(ids(firing).sort()).toEqual(lines.map((line: Json) => line.signal).sort());
    for (const line of lines) expect(firing.find((rule: Json) => rule.id === line.signal).points).toBeCloseTo(line.points, 1);
    const missing = rules.filter((rule: Json) => rule.state === 'missing');
    expect(ids(missing).sort()).toEqual(
      shown.missing?.map((one: Json) => one.signal).sort() ?? shown.receipt.missing.map((one: Json) => one.signal).sort(),
    );
    expect(rules).toHaveLength(DEFAULT_POLICY.signals.length);
    expect((await here.run(['rules', 'test', 'Northwind'])).stdout).toMatch(/usage\.login_drop +0\.54 +0\.80→0\.40 +0\.64 +\+7\.7 +fires/);
  });

  it('needs an account that is there', async () => {
    const here = await desk({ from });
    expect((await here.run(['rules', 'test'])).code).toBe(2);
    expect((await here.run(['rules', 'test', 'Nobody at all'])).code).toBe(2);
  });
});

describe('rules what-if', () => {
  it('is what the list becomes when the file says so', async () => {
    const here = await desk({ from });
    const before = await here.json(['list', '--limit', '20']);
    const changes = ['signals.lifecycle.renewal_near.points=40', 'caps.lifecycle=60'];
    const told = await here.json(['rules', 'what-if', ...changes]);
    expect(told.changes).toEqual([
      { path: 'signals.lifecycle.renewal_near.points', from: 8, to: 40 },
      { path: 'caps.lifecycle', from: 18, to: 60 },
    ]);
    expect(existsSync(await policyFile(here))).toBe(false);

    const other = await withPolicy('version: 1\nsignals: { lifecycle.renewal_near: { points: 40 } }\ncaps: { lifecycle: 60 }\n');
    const after = await other.json(['list', '--limit', '20']);
    const [was, is] = [before, after].map(({ accounts }) => ids(accounts.filter((row: Json) => row.group === 'ranked')));
    expect(ids(told.entered)).toEqual(is?.filter((id) => !was?.includes(id)));
    expect(ids(told.left)).toEqual(was?.filter((id) => !is?.includes(id)));
    expect(told.moved.length).toBeGreaterThan(0);
    for (const { id, from: rank, to } of told.moved) expect([was?.indexOf(id), is?.indexOf(id)]).toEqual([rank - 1, to - 1]);
    const book = [before, after].map(({ accounts }) => new Map<string, Json>(accounts.map((row: Json) => [row.id, row])));
    for (const row of told.entered) expect(row.risk).toBe(book[1]?.get(row.id)?.risk);
    for (const row of told.left) expect(row.riskBefore).toBe(book[0]?.get(row.id)?.risk);
  });

  it.each([
    [['rules', 'what-if'], 'name a change'],
    [['rules', 'what-if', 'bands.high'], "'bands.high' is not a change. Write PATH=NUMBER"],
    [['rules', 'what-if', 'signals.usage.last_logni.points=2'], 'did you mean usage.last_login?'],
    [['rules', 'what-if', 'bands.high=20'], 'bands.high: high from 20 overlaps watch from 25'],
    [['rules', 'what-if', 'signals.usage.last_login.ramp.to=14'], 'from and to are both 14'],
    [['rules', 'burn'], "'burn' is not one of list, lint, test, what-if"],
    [['rules', 'list', 'more'], 'too many arguments'],
    [['config', 'get', 'mapping'], 'mapping is no setting'],
    [['config', 'set', 'policyFile'], 'give the value'],
  ])('%j is refused', async (args, words) => {
    const here = await desk({ from });
    const ran = await here.run(args);
    expect([ran.code, ran.stdout]).toEqual([2, '']);
    expect(ran.stderr).toContain(words);
  });
});

it("cuts customers by the team's own shares, everywhere the same", async () => {
  const here = await withPolicy('version: 1\ntiers: { high: 10%, low: 40% }\ncustomerGrades: { S: 10%, A: 40%, B: 100% }\n');
  const { accounts } = await here.json(['list']);
  const grades: Record<string, string> = { high: 'S', low: 'A', tech: 'B' };
  expect(accounts.filter(({ tier, customerGrade }: Json) => (grades[tier] ?? null) !== customerGrade)).toEqual([]);
  const top = accounts.filter(({ customerGrade }: Json) => customerGrade === 'S').map(({ id }: Json) => id);
  expect(top.length).toBeGreaterThan(0);
  expect((await here.json(['list', '--customer-grade', 's'])).accounts.map(({ id }: Json) => id)).toEqual(top);
  const csv = (await here.run(['export', '--format', 'csv', '--customer-grade', 'S'])).stdout.split('\r\n');
  expect(csv[0]).toContain(',url,customerGrade');
  expect(csv.filter((line) => line !== '')).toHaveLength(top.length + 1);
  const all = await here.json(['churn']);
  expect([...new Set(all.segments.filter(({ by }: Json) => by === 'customer-grade').map(({ value }: Json) => value))].sort()).toEqual([
    'A',
    'B',
    'S',
  ]);
  const cut = await here.json(['mrr', '--months', '1', '--by', 'customer-grade']);
  expect(cut.drivers[0].rows.map(({ value }: Json) => value)).toContain('S');
  const one = await here.json(['mrr', '--months', '1', '--customer-grade', 'S']);
  const mrr = accounts.filter(({ id }: Json) => top.includes(id)).reduce((sum: number, row: Json) => sum + row.mrr, 0);
  expect(one.months[0].end).toBe(mrr);
});

it('narrows the reports by what the book knows of an account', async () => {
  const here = await desk({ from });
  const { accounts } = await here.json(['list', '--include-snoozed']);
  const paying = accounts.filter(({ mrr }: Json) => mrr > 0);
  const total = (rows: readonly Json[]): number => rows.reduce((sum, row) => sum + row.mrr, 0);
  const watch = paying.filter(({ band }: Json) => band === 'watch');
  const signal = paying.find(({ signals }: Json) => signals.length > 0).signals[0].id;
  const [{ name }] = paying;
  for (const [args, rows] of [
    [['--band', 'watch'], watch],
    [['--signal', signal], paying.filter(({ signals }: Json) => signals.some((one: Json) => one.id === signal && !one.dismissed))],
    [['--renewal-within', '90d'], paying.filter(({ daysToRenewal: days }: Json) => days !== null && days >= -30 && days <= 90)],
    [['--query', name], paying.filter((row: Json) => row.name.includes(name))],
  ] as const) {
    expect(rows.length, args.join(' ')).toBeGreaterThan(0);
    expect([args, (await here.json(['mrr', '--months', '1', ...args])).months[0].end]).toEqual([args, total(rows)]);
  }
  expect((await here.run(['churn', '--band', 'watch'])).stdout).toContain('band watch');
  const { owners } = await here.json(['team', '--band', 'watch']);
  expect(owners.reduce((sum: number, one: Json) => sum + one.accounts, 0)).toBe(
    accounts.filter(({ band }: Json) => band === 'watch').length,
  );
  expect(await here.run(['cohorts', '--band', 'blue'])).toMatchObject({ code: 2, stdout: '' });
});

describe('rules lint', () => {
  it('tells every fault with its line and ends with 2, without a portal too', async () => {
    const here = await withPolicy('version: 1\nbands: { high: 20 }\nsignals:\n  usage.nope: { points: 3 }\n');
    const file = await policyFile(here);
    const ran = await here.run(['rules', 'lint']);
    expect(ran.code).toBe(2);
    expect(ran.stdout).toBe(
      `${file}:2: bands.high: high from 20 overlaps watch from 25; the edges must rise\n` +
        `${file}:4: signals.usage.nope: there is no signal usage.nope; signals of your own begin with custom.\n`,
    );
    const { problems } = await here.json(['rules', 'lint'], 2);
    expect(problems.map((problem: Json) => [problem.line, problem.path, problem.kind])).toEqual([
      [2, 'bands.high', 'bands'],
      [4, 'signals.usage.nope', 'unknown_signal'],
    ]);

    const home = tempFolder();
    try {
      const own = join(home, 'team.yaml');
      writeFileSync(own, 'version: 1\nbase: lots\n');
      expect((await run(['config', 'set', 'policyFile', own], { home })).code).toBe(0);
      expect(await run(['rules', 'lint'], { home })).toEqual({
        code: 2,
        stdout: `${own}:2: base: a number is expected here\n`,
        stderr: '',
      });
      writeFileSync(own, 'version: 1\nbase: 31\n');
      const right = await run(['rules', 'lint'], { home });
      expect([right.code, right.stdout]).toEqual([0, expect.stringContaining('were not checked: no portal is connected')]);
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  });

  it('names users and properties of plays that the portal does not have', async () => {
    const here = await withPolicy(`version: 1
plays:
  custom.vip:
    label: VIP
    steps:
      - id: call
        task: { subject: Call, due: 2bd, assignee: nobody@demo.example }
      - id: stage
        property: { name: no_such_property, value: x }
`);
    const file = await policyFile(here);
    const ran = await here.run(['rules', 'lint', '--offline']);
    expect([ran.code, ran.stderr]).toEqual([2, '']);
    expect(ran.stdout.split('\n')).toEqual([
      expect.stringMatching(/:7: plays\.custom\.vip\.steps\[0\]\.task\.assignee: the portal has no user nobody@demo\.example;/),
      expect.stringContaining(`${file}:9: plays.custom.vip.steps[1].property.name: companies have no property no_such_property`),
      '',
    ]);
    expect(await here.json(['rules', 'lint', '--offline'], 2)).toMatchObject({
      problems: [{ kind: 'no_user' }, { kind: 'no_property' }],
      checked: { users: true, properties: true },
    });
    // The file itself is right: everything else goes by it.
    expect((await here.run(['list', '--offline'])).stderr).toBe('');
  });

  it('names rules that do nothing on the book', async () => {
    const here = await withPolicy(
      'version: 1\nsignals: { usage.login_drop: { points: 0 }, usage.seat_util_low: { reviewBy: 2020-01-01 } }\n',
    );
    const { findings } = await here.json(['rules', 'lint']);
    const kinds = (signal: string) =>
      findings.filter((one: Json) => one.signal === signal && one.kind !== 'untested').map((one: Json) => one.kind);
    expect(kinds('usage.login_drop')).toEqual(['weightless']);
    expect(kinds('usage.seat_util_low')).toContain('overdue');
    expect(kinds('commercial.payment')).toEqual(['unfed']);
    expect((await here.run(['rules', 'lint', '--lang', 'ja'])).stdout).toContain('0点のため影響しません');
  });
});

it('the simple preset scores by ten signals, and the full one by all, as the file says', async () => {
  const here = await withPolicy('version: 1\npreset: simple\n');
  const ids = async () => (await here.json(['rules', 'list'])).rules.map((rule: Json) => rule.id);
  const simple = await ids();
  expect(simple).toHaveLength(10);
  const fired = (await here.json(['list'])).accounts.flatMap((one: Json) => one.signals.map(({ id }: Json) => id));
  expect(new Set(fired).size).toBeGreaterThan(3);
  for (const id of fired) expect(simple).toContain(id);
  writeFileSync(await policyFile(here), 'version: 1\npreset: full\n');
  expect((await ids()).length).toBe(47);
});

it('doctor counts what the file’s own conditions rest on', async () => {
  const here = await withPolicy(
    'version: 1\nsignals: { custom.quiet: { group: usage, label: Quiet, points: 5, when: { all: [{ input: adoption, below: 0.3 }, { mention: price }] } } }\n',
  );
  const { checks } = await here.json(['doctor']);
  expect(checks.length).toBeGreaterThan(3);
});

describe('a wrong policy file', () => {
  it('leaves the last good policy in force, and says so on one line', async () => {
    const here = await withPolicy('version: 1\nsignals: { usage.last_login: { points: 15 } }\n');
    const file = await policyFile(here);
    const good = await here.json(['list']);
    writeFileSync(file, 'version: 1\nsignals: { usage.last_login: { points: many } }\n');
    const ran = await here.run(['list', '--json']);
    expect(ran.code).toBe(0);
    expect(JSON.parse(ran.stdout).policy).toBe(good.policy);
    expect(ran.stderr).toBe(
      `kizashi: The policy file is wrong; the last good policy stays in force. ${file}:2: signals.usage.last_login.points: a number is expected here\n`,
    );
    expect((await here.run(['show', 'Northwind', '--lang', 'ja'])).stderr).toContain('直前の正しいポリシーを使っています');
    // Mended, it counts again.
    writeFileSync(file, 'version: 1\nsignals: { usage.last_login: { points: 16 } }\n');
    const mended = await here.run(['list', '--json']);
    expect([JSON.parse(mended.stdout).policy === good.policy, mended.stderr]).toEqual([false, '']);
  });

  it('that cannot be read or is not there is told too', async () => {
    const here = await withPolicy('version: 1\n');
    const file = await policyFile(here);
    await here.json(['config', 'set', 'policyFile', join(here.home, 'nowhere.yaml')]);
    const gone = await here.run(['list', '--limit', '1']);
    expect([gone.code, gone.stderr]).toEqual([0, expect.stringContaining('nowhere.yaml: the file cannot be read (ENOENT)')]);
    expect((await here.run(['rules', 'lint'])).code).toBe(2);
    await here.json(['config', 'set', 'policyFile', '']);
    expect(await policyFile(here)).toBe(file);
    chmodSync(file, 0o000);
    const shut = await here.run(['rules', 'lint']);
    // Whoever runs as root reads everything.
    expect(process.getuid?.() === 0 ? shut.code : shut.stdout).toEqual(process.getuid?.() === 0 ? 0 : expect.stringContaining('EACCES'));
  });
});

it('a custom signal stands on the receipt in words', async () => {
  const here = await withPolicy(
    `version: 1\nsignals:\n  custom.soon:\n    group: lifecycle\n    label: Soon\n    evidence: { en: "{days_to_renewal} days left", ja: "残り{days_to_renewal}日" }\n    points: 3\n    when: { input: days_to_renewal, atMost: 90 }\n`,
  );
  const shown = await here.json(['show', 'Northwind']);
  const line = shown.receipt.groups.flatMap((group: Json) => group.lines).find((one: Json) => one.signal === 'custom.soon');
  expect(line).toMatchObject({ points: 3, evidence: expect.stringMatching(/^\d+ days left$/) });
  expect(readFileSync(await policyFile(here), 'utf8')).toContain('custom.soon');
});
