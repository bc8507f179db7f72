/** `export`: the same list in five formats, where it goes, what stands in its way, and what changed since one. */
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DemoServer } from '../../src/data/demo/server.ts';
import { cellsOf, unzipped } from '../text/archive.ts';
import { type Desk, type Json, prepareHome, serve } from './harness.ts';
import { deskOf } from './inside.ts';

let home: string;
let server: DemoServer;
let desk: Desk;
let list: Json;
let folder: string;

beforeAll(async () => {
  home = await prepareHome();
  server = await serve();
  desk = deskOf(server, home);
  list = await desk.json(['--offline', 'list']);
});
afterAll(async () => {
  await server.close();
  rmSync(home, { recursive: true, force: true });
});
beforeEach(() => {
  folder = join(home, 'out');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
});

const at = (name: string): string => join(folder, name);
async function ok(...args: string[]): Promise<string> {
  const ran = await desk.run(['--offline', ...args]);
  expect(ran.stderr).toBe('');
  expect(ran.code).toBe(0);
  return ran.stdout;
}

describe('the files', () => {
  it('csv: a row for each account of the list, machine headers in every language, reasons, as-of and policy in each', async () => {
    await ok('--lang', 'ja', 'export', '--output', at('list.csv'), '--bom');
    const bytes = readFileSync(at('list.csv'));
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(statSync(at('list.csv')).mode & 0o777).toBe(0o600);
    const rows = parse(bytes, { bom: true, columns: true }) as Record<string, string>[];
    expect(rows.map((row) => [row.rank, row.id, row.mrr, row.risk, row.expectedLoss])).toEqual(
      list.accounts.map((row: Json) => [`${row.rank}`, row.id, `${row.mrr ?? ''}`, `${row.risk}`, `${row.expectedLoss ?? ''}`]),
    );
    expect(new Set(rows.map(({ asOf, policy, portalId }) => `${asOf} ${policy} ${portalId}`))).toEqual(
      new Set([`${list.asOf} ${list.policy} ${list.portalId}`]),
    );
    const signal = list.accounts[0].signals[0];
    expect(rows[0]?.reasons).toContain(`${signal.id} +${signal.points.toFixed(1)}: `);
    expect(rows[0]?.reasons).toMatch(/[ぁ-ん]/);
  });

  it('xlsx: the same accounts, typed, their signals, and what the file is about; twice the same bytes', async () => {
    await ok('export', '--format', 'xlsx', '--output', at('a.xlsx'));
    await ok('export', '--output', at('b.xlsx'));
    expect(readFileSync(at('a.xlsx')).equals(readFileSync(at('b.xlsx')))).toBe(true);
    const files = unzipped(readFileSync(at('a.xlsx')));
    const accounts = cellsOf(files, 1);
    expect(accounts.get('C2')).toMatchObject({ type: 'text', value: list.accounts[0].name });
    expect(accounts.get('N2')).toMatchObject({ type: 'number', value: list.accounts[0].mrr });
    const signals = list.accounts.reduce((count: number, row: Json) => count + row.signals.length, 0);
    expect([...cellsOf(files, 2).keys()].filter((place) => /^D\d/.test(place))).toHaveLength(signals + 1);
    expect([...cellsOf(files, 3).values()].map(({ value }) => value)).toContain(list.policy);
  });

  it('has the portal’s own words where `list --json` has values, and filters, reports too, take either', async () => {
    const rows = parse(await ok('export', '--format', 'csv'), { columns: true }) as Record<string, string>[];
    const first: Json = list.accounts.find((row: Json) => row.industry === 'MACHINERY');
    expect(first.labels.industry).toBe('製造');
    expect(rows.find(({ id }) => id === first.id)?.industry).toBe('製造');
    expect(rows.some(({ industry }) => /^[A-Z_]+$/.test(industry ?? ''))).toBe(false);
    const ids = async (industry: string): Promise<readonly string[]> => {
      const { accounts } = await desk.json(['--offline', 'list', '--industry', industry]);
      return accounts.map(({ id }: Json) => id);
    };
    const wanted = list.accounts.filter((row: Json) => row.industry === 'COMPUTER_SOFTWARE').map(({ id }: Json) => id);
    expect(wanted.length).toBeGreaterThan(0);
    for (const industry of ['COMPUTER_SOFTWARE', 'computer_software', 'ソフトウェア', 'ｿﾌﾄｳｪｱ'])
      expect(await ids(industry)).toEqual(wanted);
    expect(await ids('Software')).toEqual([]);
    const [byValue, byLabel] = [await ok('churn', '--json', '--industry', 'MACHINERY'), await ok('churn', '--json', '--industry', '製造')];
    expect(byLabel).toBe(byValue);
    expect(JSON.parse(byValue).segments.filter(({ by }: Json) => by === 'industry')).toMatchObject([{ value: 'MACHINERY', name: '製造' }]);
  });

  it('json: what `list --json` prints, and what was asked for', async () => {
    const filters = ['--tier', 'high', '--sort', 'mrr', '--limit', '3', '--horizon', 'renewal'];
    const [exported, listed] = [await ok('export', '--format', 'json', ...filters), await ok('list', '--json', ...filters)];
    const { filter, ...rest } = JSON.parse(exported);
    expect(filter).toEqual({ tier: 'high', sort: 'mrr', limit: 3, horizon: 'renewal' });
    expect(rest).toEqual(JSON.parse(listed));
  });

  it('md and html go to standard output, or into a folder under a name of their own', async () => {
    expect(await ok('export', '--format', 'md', '--limit', '2')).toContain(list.policy);
    const said = await ok('export', '--format', 'html', '--output', folder, '--json');
    const file = at(`kizashi-${list.asOf}.html`);
    expect(JSON.parse(said)).toEqual({ file, format: 'html', accounts: list.total, asOf: list.asOf, policy: list.policy });
    expect(readFileSync(file, 'utf8')).toContain('<svg class="chart"');
  });

  it('an empty list is a file too', async () => {
    for (const format of ['csv', 'xlsx', 'md', 'html', 'json'])
      await ok('export', '--query', 'nobody at all', '--output', at(`x.${format}`));
    expect((parse(readFileSync(at('x.csv'))) as string[][]).length).toBe(1);
    expect(JSON.parse(readFileSync(at('x.json'), 'utf8'))).toMatchObject({ total: 0, accounts: [] });
  });
});

describe('what is refused', () => {
  it.each([
    [['export'], /--format/],
    [['export', '--format', 'pdf', '--output', 'x'], /pdf/],
    [['export', '--output', 'list.pdf'], /csv\|xlsx\|md\|html\|json/],
    [['export', '--format', 'xlsx'], /--output/],
    [['export', '--format', 'md', '--bom'], /--bom/],
    [['export', '--format', 'csv', '--tier', 'x'], /--tier/],
    [['export', '--output', 'no/such/folder/list.csv'], /folder/],
    [['export', '--diff', 'no-such.json'], /ENOENT/],
  ])('%j with 2, and nothing is written', async (args, because) => {
    const ran = await desk.run(['--offline', ...args]);
    expect([ran.code, ran.stdout]).toEqual([2, '']);
    expect(ran.stderr).toMatch(because);
  });

  it('a file that is there stays, unless forced', async () => {
    writeFileSync(at('list.csv'), 'mine');
    const ran = await desk.run(['--offline', 'export', '--output', at('list.csv'), '--json']);
    expect(ran.code).toBe(2);
    expect(JSON.parse(ran.stdout).error).toMatchObject({ code: 'file_exists' });
    expect(readFileSync(at('list.csv'), 'utf8')).toBe('mine');
    await ok('export', '--output', at('list.csv'), '--force');
    expect(readFileSync(at('list.csv'), 'utf8')).toMatch(/^rank,id,/);
    expect(readdirSync(folder)).toEqual(['list.csv']);
  });
});

describe('--diff', () => {
  it('tells who entered, left and moved since an earlier file, as text, Markdown, page and JSON', async () => {
    await ok('export', '--output', at('old.json'));
    const old = JSON.parse(readFileSync(at('old.json'), 'utf8'));
    const [first, second, third] = old.accounts;
    old.asOf = '2026-01-01';
    old.accounts = [
      { ...second, rank: 1 },
      { ...first, rank: 2, risk: 1 },
      { ...third, id: '1', name: 'Long Gone Ltd' },
      ...old.accounts.slice(3),
    ];
    writeFileSync(at('old.json'), JSON.stringify(old));
    const diff = JSON.parse(await ok('export', '--diff', at('old.json'), '--json'));
    expect(diff.entered.map(({ id }: Json) => id)).toEqual([third.id]);
    expect(diff.left).toMatchObject([{ id: '1', from: 3, because: 'gone' }]);
    expect(diff.moved).toMatchObject([
      { id: first.id, from: 2, to: 1, riskBefore: 1 },
      { id: second.id, from: 1, to: 2 },
    ]);
    const text = await ok('export', '--diff', at('old.json'));
    expect(text).toContain('Long Gone Ltd');
    expect(await ok('--lang', 'ja', 'export', '--diff', at('old.json'), '--format', 'md')).toContain('## 外れた顧客 (1)');
    await ok('export', '--diff', at('old.json'), '--output', at('diff.html'));
    const page = readFileSync(at('diff.html'), 'utf8');
    for (const said of ['Long Gone Ltd', `portal ${old.portalId}`, 'JPY', old.policy])
      expect(page.toLowerCase()).toContain(said.toLowerCase());
    expect(text).not.toContain(old.policy);
  });

  it('refuses what is no list, and a list of another portal', async () => {
    writeFileSync(at('no.json'), '{"asOf":"2026-11-01"}');
    expect((await desk.run(['--offline', 'export', '--diff', at('no.json')])).stderr).toContain('portalId');
    writeFileSync(at('other.json'), '{"asOf":"2026-11-01","portalId":"1","policy":"x","accounts":[]}');
    const ran = await desk.run(['--offline', '--lang', 'ja', 'export', '--diff', at('other.json')]);
    expect([ran.code, ran.stdout]).toEqual([2, '']);
    expect(ran.stderr).toContain('別のポータル');
  });
});
