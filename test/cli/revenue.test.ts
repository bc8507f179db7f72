/** `mrr`, `churn`, `cohorts` and `products` by the built program: the history that the page works by hand, and bad input. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, addMonths, firstDay, monthOf } from '../../src/units/day.ts';
import { fivePortal, MAPPED, NAMES, revenuePortal, tableOf } from './five.ts';
import { type Json, prepareHome, type Ran, today } from './harness.ts';
import { run } from './inside.ts';

let home = '';
beforeAll(async () => {
  home = await prepareHome(['--all', ...MAPPED], { portal: fivePortal() });
}, 60_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

async function json(...args: string[]): Promise<Json> {
  const ran = await run(['--offline', ...args, '--json'], { home });
  expect([ran.code, ran.stderr], args.join(' ')).toEqual([0, '']);
  return JSON.parse(ran.stdout);
}

/** `270/650` as a number; an empty cell is nothing. */
const share = (cell = ''): number | null => {
  const [part = '', whole = ''] = cell.split('/');
  return cell === '' ? null : Number(part) / Number(whole);
};
const near = (value: number | null | undefined, cell: string | undefined): void => {
  const expected = share(cell);
  if (expected === null) expect(value ?? null).toBeNull();
  else expect(value).toBeCloseTo(expected, 12);
};

describe('the five companies of the page', () => {
  it('move as it says', async () => {
    const { months, arr, currency, scope } = await json('mrr', '--months', '4');
    expect([arr, currency, scope]).toEqual([4920, 'JPY', 'portal']);
    const movements = tableOf('movements');
    const customers = tableOf('customers');
    expect(months).toHaveLength(4);
    for (const [index, row] of months.entries()) {
      expect(
        [row.month, row.start, row.new, row.expansion, row.contraction, row.churn, row.reactivation, row.netNew, row.end].map(String),
      ).toEqual(Object.values(movements[index] ?? {}));
      expect(
        [row.month, row.customersStart, row.customersNew, row.customersChurned, row.customersReactivated, row.customersEnd].map(String),
      ).toEqual(Object.values(customers[index] ?? {}));
    }
  });

  it('are kept and lost as it says', async () => {
    const report = await json('churn', '--months', '3');
    for (const [index, row] of tableOf('rates').entries()) {
      const month = report.months[index];
      expect([month.month, String(month.cumulativeChurned)]).toEqual([row.rates, row.cumulative]);
      near(month.logoChurnRate, row['logo churn']);
      near(month.grossMrrChurnRate, row['gross MRR churn']);
      near(month.netMrrChurnRate, row['net MRR churn']);
      near(month.grr, row.GRR);
      near(month.nrr, row.NRR);
    }
    expect(report.trailing12).toMatchObject({ logoChurnRate: null, grr: null, nrr: null });
    expect(report.cumulativeChurned).toBe(2);
    const yes = (back: boolean) => (back ? 'yes' : 'no');
    expect(report.churned.map((one: Json) => [one.name, one.month, String(one.mrrLost), one.reason, one.category, yes(one.back)])).toEqual(
      tableOf('churned').map((row) => Object.values(row)),
    );
    expect(report.reasons).toMatchObject([
      { reason: 'switched to another vendor', category: 'competitor', customers: 1, mrr: 300, byMonth: [0, 1, 0] },
      { reason: 'too expensive', category: 'price', customers: 1, mrr: 50, byMonth: [1, 0, 0] },
    ]);
    expect(report.winBack.map((one: Json) => one.name)).toEqual(['cosmos']);
    const segments = report.segments.filter((one: Json) => ['plan', 'industry', 'product', 'size'].includes(one.by));
    const expected = tableOf('segment');
    expect(segments.map((one: Json) => [one.by, one.value])).toEqual(expected.map((row) => [row.segment, row.of]));
    for (const [index, row] of expected.entries()) {
      const one = segments[index];
      expect([String(one.customersStart), String(one.churned)]).toEqual([row['customers in August'], row['churned by November']]);
      near(one.logoChurnRate, row['logo churn']);
      near(one.grr, row.GRR);
      near(one.nrr, row.NRR);
    }
    expect((await json('churn', '--months', '3', '--by', 'plan')).segments.map((one: Json) => one.by)).toEqual(['plan', 'plan']);
  });

  it('are moved by what it says', async () => {
    const { drivers } = await json('mrr', '--months', '3');
    expect(
      drivers.flatMap(({ by, rows }: Json) => rows.map((one: Json) => [by, one.name, ...[one.start, one.end, one.change].map(String)])),
    ).toEqual(tableOf('moved').map((row) => Object.values(row)));
    for (const one of drivers) expect(one.change).toBe(-240);
    const byPlan = (await json('mrr', '--months', '3', '--by', 'plan')).drivers[0];
    expect([byPlan.by, byPlan.rows.reduce((sum: number, one: Json) => sum + one.change, 0)]).toEqual(['plan', -240]);
  });

  it('go on together as it says', async () => {
    const { cohorts } = await json('cohorts');
    const table = tableOf('cohort');
    expect(cohorts.map((one: Json) => one.month)).toEqual([...new Set(table.map((row) => row.cohort))]);
    for (const row of table) {
      const one = cohorts.find(({ month }: Json) => month === row.cohort);
      expect([String(one.customers), String(one.mrr)]).toEqual([row.customers, row.MRR]);
      for (const age of [0, 1, 2, 3]) near(one[row.kind ?? ''][age], row[String(age)]);
    }
    expect((await json('cohorts', '--months', '2')).cohorts).toHaveLength(1);
  });

  it('buy what it says', async () => {
    const report = await json('products', '--months', '4');
    const last = report.months.at(-1).month;
    const now = report.months.filter(({ month }: Json) => month === last);
    expect(now.map((one: Json) => [one.product, one.plan, String(one.mrr), String(one.customers)])).toEqual(
      tableOf('product').map((row) => Object.values(row)),
    );
    expect(report.whitespace.map((one: Json) => [one.name, one.product, String(one.peers), String(one.of), one.like])).toEqual(
      tableOf('lacks').map((row) => Object.values(row)),
    );
    expect(report.upgradePaths).toEqual([{ path: ['Pro', 'Enterprise'], customers: 1 }]);
    expect(report.combinations).toEqual([
      { products: ['CRM'], customers: 3, mrr: 350 },
      { products: ['Chat'], customers: 1, mrr: 60 },
    ]);
  });
});

describe('the accounts of the page', () => {
  const expected = () => tableOf('account').map((row) => Object.values(row));
  const said = (one: Json): unknown[] => [
    ...[one.name, one.mrr, one.mrrChange1m, one.mrrChange3m, one.plan, one.products.join(' '), one.tier, one.contractAgeMonths].map(String),
  ];

  it('stand in the list and in its file as it says', async () => {
    const { accounts } = await json('list', '--sort', 'mrr');
    expect(accounts.map(said)).toEqual(expected());
    const file = join(home, 'accounts.json');
    await json('export', '--sort', 'mrr', '--format', 'json', '--output', file);
    expect(JSON.parse(readFileSync(file, 'utf8')).accounts.map(said)).toEqual(expected());
    const csv = join(home, 'accounts.csv');
    await json('export', '--sort', 'mrr', '--output', csv);
    const rows = parse(readFileSync(csv), { columns: true }) as Record<string, string>[];
    expect(
      rows.map((row) => [row.name, row.mrr, row.mrrChange1m, row.mrrChange3m, row.plan, row.products, row.tier, row.contractAgeMonths]),
    ).toEqual(expected());
    expect((await json('team')).owners).toMatchObject([{ accounts: 4, mrr: 410 }]);
  });

  it('are reviewed and briefed on as it says', async () => {
    for (const [name, mrr, , change] of expected()) {
      const review = await json('qbr', String(name), '--since', firstDay(back(2)));
      expect([review.mrrMonths, review.mrrNow - review.mrrBefore]).toEqual([{ before: back(3), now: THIS }, Number(change)]);
      const text = (await here('qbr', String(name), '--since', firstDay(back(2)))).stdout;
      expect(text).toContain(`MRR ¥${mrr} (${Number(change) < 0 ? '−' : '+'}¥${Math.abs(Number(change))} over the period)`);
    }
    const { mrrMoves } = await json('brief', '--since', addDays(firstDay(back(2)), 13));
    expect(mrrMoves.map((one: Json) => [one.name, one.mrrBefore, one.mrr])).toEqual([['budou', 200, 120]]);
  });
});

const THIS = monthOf(today());
const back = (months: number) => addMonths(THIS, -months);
const here = (...args: string[]): Promise<Ran> => run(['--offline', ...args], { home });

describe('read by a person', () => {
  it('has tables and charts in both languages, and as Markdown', async () => {
    const text = (await here('mrr', '--months', '4')).stdout;
    expect(text).toMatch(/^MRR as of .*: ¥410 from 4 customers, ARR ¥4.92K\n/);
    expect(text).toMatch(/\n {2}Churn +−¥350 +█+\n/);
    expect(text).toMatch(/\n {2}cosmos +¥0 +¥0|MA +¥0 +¥0|\n {2}CRM +¥0 +¥350 +\+¥350/);
    const churn = (await here('--lang', 'ja', 'churn', '--months', '3')).stdout;
    expect(churn).toContain('3か月で2社');
    expect(churn).toContain('目標は未設定です');
    expect(churn).toMatch(/cosmos +300円 +競合 +switched to another vendor/);
    const list = (await here('churn', '--win-back')).stdout;
    expect(list).toContain('cosmos');
    expect(list).not.toContain('enoki');
    expect((await here('cohorts', '--format', 'md')).stdout).toMatch(
      /^# Cohorts .*\n[\s\S]*\| Month \| Customers \| MRR \| 0 \| 1 \| 2 \| 3 \|\n/,
    );
    expect((await here('products')).stdout).toMatch(/\n {2}enoki +CRM +¥60 +2\/3 +plan\n/);
  });

  it('is about the accounts of a filter, and says so', async () => {
    const only = await json('mrr', '--months', '4', '--plan', 'pro');
    expect(only.months.at(-1)).toMatchObject({ end: 260, customersEnd: 3 });
    expect((await here('mrr', '--product', 'CRM')).stdout).toContain('Only accounts with: product CRM');
    expect((await json('churn', '--tier', 'high')).churned).toEqual([]);
    expect((await json('mrr', '--segment', 'nowhere')).months.at(-1)).toMatchObject({ end: 0, customersEnd: 0 });
  });
});

it('tells of who left what had fired, what was done and whether somebody looked back', async () => {
  const { churned } = await json('churn', '--months', '3');
  for (const one of churned) expect(one).toMatchObject({ signs: expect.any(Array), actions: [], postmortem: 'none' });
  expect((await json('churn', '--months', '3', '--limit', '1')).churned.map(({ signs }: Json) => signs === null)).toEqual([true, false]);
});

it('agrees from command to command and from file to file, on any day', async () => {
  const sum = (list: readonly Json[], of: (one: Json) => number | null): number => list.reduce((total, one) => total + (of(one) ?? 0), 0);
  for (const day of [today(), addDays(firstDay(back(1)), 14), addDays(firstDay(back(2)), 3)]) {
    const on = (...args: string[]) => json(...args, '--as-of', day);
    const [mrr, churn] = [await on('mrr', '--months', '4'), await on('churn', '--months', '4')];
    const now = mrr.months.at(-1);
    expect(
      sum((await on('list')).accounts, (one) => one.mrr),
      day,
    ).toBe(now.end);
    expect(
      sum((await on('export', '--format', 'json')).accounts, (one) => one.mrr),
      day,
    ).toBe(now.end);
    expect(
      sum((await on('team')).owners, (one) => one.mrr),
      day,
    ).toBe(now.end);
    const products = (await on('products', '--months', '4')).months;
    for (const { month, end, churn: lost, customersChurned, start } of mrr.months) {
      expect(
        sum(
          products.filter((one: Json) => one.month === month),
          (one) => one.mrr,
        ),
        month,
      ).toBe(end);
      const gone = churn.churned.filter((one: Json) => one.month === month);
      expect([sum(gone, (one) => one.mrrLost), gone.length], month).toEqual([lost, customersChurned]);
      expect(churn.months.find((one: Json) => one.month === month)).toMatchObject({ mrrStart: start, churned: customersChurned });
    }
    const { cohorts } = await on('cohorts');
    expect(
      sum(cohorts, ({ mrr: first, net }) => first * net.at(-1)),
      day,
    ).toBeCloseTo(now.end, 6);
    expect(
      sum(cohorts, ({ customers, logo }) => customers * logo.at(-1)),
      day,
    ).toBeCloseTo(now.customersEnd, 6);
    const csv = (await here('export', '--format', 'csv', '--as-of', day)).stdout;
    const at = csv.split('\r\n')[0]?.split(',').indexOf('mrr') ?? -1;
    expect(
      sum(parse(csv, { from_line: 2 }) as string[][], (cells) => Number(cells[at])),
      day,
    ).toBe(now.end);
  }
});

it('tells who is in the store but has left from who is mistyped', async () => {
  for (const command of ['qbr', 'show']) {
    expect(await here(command, 'cosmos')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('cosmos is in the store, but not in this book'),
    });
    expect((await here(command, 'cosmoss')).stderr).toContain("no account matches 'cosmoss'");
  }
});

it('adds up the load of the team', async () => {
  const { owners, handover } = await json('team');
  expect(owners).toMatchObject([{ owner: null, accounts: 4, mrr: 410, overdueTasks: 0, actions7d: 0 }]);
  expect(handover).toEqual([]);
  expect((await here('team')).stdout).toMatch(/\n {2}nobody +– +4 +¥410 /);
  expect((await here('team', '--leaving', 'nobody@demo.example')).code).toBe(2);
});

describe('asked for another day', () => {
  it('shows that day as it was', async () => {
    const day = addDays(firstDay(back(1)), 14);
    const { months, asOf, lastMonth } = await json('mrr', '--months', '2', '--as-of', day);
    expect([asOf, lastMonth]).toEqual([day, back(1)]);
    expect(months.map(({ end }: Json) => end)).toEqual([650, 350]);
    // The reason of what is a later churn from today is not there yet.
    expect((await json('churn', '--as-of', firstDay(back(2)))).churned.map(({ name }: Json) => name)).toEqual(['enoki']);
  });

  it('before the first record has no figures and names the first month', async () => {
    const early = addDays(firstDay(back(3)), -1);
    const { months } = await json('churn', '--months', '2', '--as-of', early);
    expect(months.map((one: Json) => [one.customersStart, one.logoChurnRate, one.grr])).toEqual([
      [0, null, null],
      [0, null, null],
    ]);
    expect((await json('cohorts', '--as-of', early)).cohorts).toEqual([]);
    expect((await here('products', '--as-of', early)).stdout).toContain(`the first is of ${back(3)}`);
  });

  it('ahead of today shows today and says so', async () => {
    const { months, lastMonth } = await json('mrr', '--months', '1', '--as-of', '2099-01-01');
    expect([lastMonth, months[0].end]).toEqual([THIS, 410]);
    expect((await here('churn', '--as-of', '2099-01-01')).stdout).toMatch(/lies ahead/);
  });
});

it.each([
  [['mrr', '--months', '0'], '--months takes a number from 1 to 240'],
  [['churn', '--months', 'x'], '--months'],
  [['churn', '--by', 'colour'], 'tier, customer-grade, plan, industry, owner, team, product, size'],
  [['products', '--format', 'xls'], 'text, md'],
  [['mrr', '--team', 'Nobody'], 'Nobody'],
  [['mrr', '--owner', 'nobody@demo.example'], 'nobody@demo.example'],
])('%j is refused', async (args, why) => {
  const ran = await here(...args);
  expect([ran.code, ran.stdout]).toEqual([2, '']);
  expect(ran.stderr).toContain(why);
});

describe('portals as they are found', () => {
  const homes: string[] = [];
  afterAll(() => {
    for (const one of homes) rmSync(one, { recursive: true, force: true });
  });
  async function portal(...args: Parameters<typeof revenuePortal>) {
    const own = await prepareHome(['--all', ...MAPPED], { portal: revenuePortal(...args) });
    homes.push(own);
    return async (...words: string[]): Promise<Json> => {
      const ran = await run(['--offline', ...words, '--json'], { home: own });
      expect([ran.code, ran.stderr], words.join(' ')).toEqual([0, '']);
      const text = await run(['--offline', ...words], { home: own });
      expect([text.code, text.stderr], words.join(' ')).toEqual([0, '']);
      expect(text.stdout).not.toMatch(/NaN|Infinity|undefined|null/);
      return { ...JSON.parse(ran.stdout), text: text.stdout };
    };
  }

  it('without a company have empty reports', async () => {
    const ask = await portal([], []);
    const { months, drivers, text } = await ask('mrr');
    expect(months).toHaveLength(12);
    expect(months.every((one: Json) => one.end === 0)).toBe(true);
    expect(drivers.every((one: Json) => one.rows.length === 0)).toBe(true);
    expect(text).toContain('There is no MRR in the store yet.');
    expect(await ask('churn')).toMatchObject({ cumulativeChurned: 0, reasons: [], segments: [], trailing12: { logoChurnRate: null } });
    expect(await ask('cohorts')).toMatchObject({ cohorts: [] });
    expect(await ask('products')).toMatchObject({ months: [], whitespace: [], combinations: [], upgradePaths: [] });
  });

  it('where everybody has left, amounts are odd and currencies mixed say what they leave out', async () => {
    const ask = await portal(
      ['gone', 'odd', 'dollar', 'minus', 'nothing', '=SUM(A1)\u001b[31m'].map((name) => ({
        name,
        // It is said to have left two months before its MRR ended.
        properties: name === 'gone' ? { [NAMES.churnedOn.name]: firstDay(back(4)) } : {},
      })),
      [
        { company: 'gone', month: back(4), amount: '500' },
        { company: 'gone', month: back(3), amount: '500' },
        { company: 'odd', month: back(3), amount: '五十万' },
        { company: 'dollar', month: back(1), amount: '20', currency: 'USD' },
        { company: 'minus', month: back(4), amount: '-300' },
        { company: 'minus', month: back(4), amount: '200' },
        { company: '=SUM(A1)\u001b[31m', month: back(2), amount: '40' },
      ],
    );
    const { months, leftOut, lastMonth, stillBeingWritten, text: told } = await ask('mrr', '--months', '4');
    expect(leftOut).toEqual({ foreign: 1, unknown: 2 });
    // The one that paid last month has no record of this one yet.
    expect([lastMonth, stillBeingWritten]).toEqual([back(1), THIS]);
    expect(told).toContain(`${THIS} is still being written`);
    expect(months.map(({ end }: Json) => end)).toEqual([500, 500, 40, 0]);
    const { churned, segments, reasons, text } = await ask('churn', '--months', '5', '--by', 'plan');
    expect(churned.map((one: Json) => [one.name, one.month, one.mrrLost, one.reason, one.category])).toEqual([
      ['gone', back(2), 500, null, null],
      ['=SUM(A1)\u001b[31m', back(1), 40, null, null],
    ]);
    expect(reasons).toMatchObject([{ reason: null, category: null, customers: 2, mrr: 540 }]);
    expect(segments).toEqual([]);
    expect(text).not.toContain('\u001b');
    expect(text).toContain('1 account in another currency is in no figure here');
    expect(text).toContain('The MRR of 2 companies is unknown');
    await ask('cohorts');
    await ask('products');
    const { data } = await ask('doctor');
    const listed = (code: string): unknown[] => data.find((one: Json) => one.code === code)?.examples.map((one: Json) => one.value);
    expect([listed('churn-date'), listed('amount')]).toEqual([[firstDay(back(4))], ['五十万']]);
  });
});
