/** Every report as a file of portals as they are found: empty, one customer, everybody gone, odd amounts, nothing named. */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, describe, expect, it } from 'vitest';
import { addMonths, firstDay, monthOf } from '../../src/units/day.ts';
import { cellsOf, unzipped } from '../text/archive.ts';
import { MAPPED, revenuePortal } from './five.ts';
import { prepareHome, today } from './harness.ts';
import { run } from './inside.ts';

const REPORTS = ['mrr', 'churn', 'cohorts', 'products', 'team', 'brief', 'tasks', 'backtest', 'ledger', 'experiment list', 'export'];
/** Those that a portal's shape can trip; the two worst portals are asked for all. */
const SHAPED = ['mrr', 'churn', 'products'];
const back = (months: number) => addMonths(monthOf(today()), -months);
const HOSTILE = '=SUM(A1)\u001b[31m<img src=x onerror=alert(1)>';

const PORTALS: Readonly<Record<string, Parameters<typeof revenuePortal>>> = {
  'without a company': [[], []],
  'with one customer': [
    [{ name: 'one' }],
    [0, 1, 2, 3].map((ago) => ({ company: 'one', month: back(ago), amount: '100', product: 'CRM', plan: 'Pro' })),
  ],
  'where everybody has left': [
    [{ name: 'gone' }, { name: 'left', properties: { industry: 'RETAIL' } }],
    [4, 3].flatMap((ago) => ['gone', 'left'].map((company) => ({ company, month: back(ago), amount: '500', product: 'CRM' }))),
  ],
  'with odd amounts, other currencies and names that mean harm': [
    ['kept', 'odd', 'dollar', 'minus', 'nothing', 'zero', HOSTILE].map((name) => ({ name })),
    [
      ...[0, 1, 2, 3].map((ago) => ({ company: 'kept', month: back(ago), amount: String(1000 + ago), product: HOSTILE, plan: '@PLAN()' })),
      { company: 'odd', month: back(3), amount: '五十万' },
      ...[0, 1].map((ago) => ({ company: 'dollar', month: back(ago), amount: '20', currency: 'USD' })),
      { company: 'minus', month: back(2), amount: '-300' },
      { company: 'minus', month: back(1), amount: '200' },
      ...[0, 1, 2].map((ago) => ({ company: 'zero', month: back(ago), amount: '0' })),
      { company: HOSTILE, month: back(2), amount: '40' },
      { company: HOSTILE, month: back(1), amount: '0.0001' },
    ],
  ],
};

const homes: string[] = [];
afterAll(() => {
  for (const home of homes) rmSync(home, { recursive: true, force: true });
});

function checkPage(html: string, what: string): void {
  const body = html.slice(html.indexOf('<body'));
  expect(body, what).not.toMatch(/NaN|Infinity|undefined|\[object|>null<|width="-|height="-|<img|<script|\u001b/);
  expect(body.length, what).toBeGreaterThan(100);
}

describe.each(Object.entries(PORTALS))('a portal %s', (name, portal) => {
  const isWorst = name.startsWith('without') || name.includes('odd');
  it('has every report as a file, in words where there is nothing to draw', async () => {
    const home = await prepareHome(['--all', ...MAPPED], { portal: revenuePortal(...portal) });
    homes.push(home);
    const folder = join(home, 'files');
    mkdirSync(folder);
    const write = async (report: string, format: string, ...more: string[]): Promise<Buffer> => {
      const file = join(folder, `${report.replace(' ', '-')}${more.length}.${format}`);
      const ran = await run(['--offline', ...report.split(' '), ...more, '--output', file, '--force'], { home });
      expect([ran.code, ran.stderr], `${report} ${format} ${more.join(' ')}`).toEqual([0, '']);
      return readFileSync(file);
    };
    for (const report of isWorst ? REPORTS : SHAPED) checkPage((await write(report, 'html')).toString('utf8'), report);
    if (name.startsWith('without'))
      for (const report of ['mrr', 'churn', 'products', 'cohorts', 'team']) {
        const html = (await write(report, 'html')).toString('utf8');
        expect([html.includes('<svg'), html.includes('<table')], report).toEqual([false, false]);
      }
    for (const day of [firstDay(back(20)), '2099-01-01']) checkPage((await write('churn', 'html', '--as-of', day)).toString('utf8'), day);
    if (!name.includes('odd')) return;
    for (const report of ['churn', 'products', 'team']) {
      const rows = parse((await write(report, 'csv')).toString('utf8')) as string[][];
      expect(
        rows.flat().filter((cell) => /NaN|Infinity|undefined|^[=@]/.test(cell)),
        report,
      ).toEqual([]);
      // Reading fails on a formula.
      const book = unzipped(await write(report, 'xlsx'));
      for (const path of book.keys()) if (path.startsWith('xl/worksheets/')) cellsOf(book, Number(/sheet(\d+)/.exec(path)?.[1]));
    }
  }, 60_000);
});
