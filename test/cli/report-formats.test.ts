/** Every report in every format: the same bytes for the same data, the day and the policy in each, nothing half-written. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DemoServer } from '../../src/data/demo/server.ts';
import { cellsOf, unzipped } from '../text/archive.ts';
import { type Desk, type Json, ME, prepareHome, serve } from './harness.ts';
import { deskOf } from './inside.ts';

const REPORTS = ['mrr', 'churn', 'cohorts', 'products', 'team', 'brief', 'tasks', 'backtest', 'ledger', 'experiment list'];
const FORMATS = ['md', 'html', 'csv', 'xlsx'] as const;

let home: string;
let server: DemoServer;
let desk: Desk;
let policy: string;
let asOf: string;

beforeAll(async () => {
  home = await prepareHome(['--me', ME]);
  server = await serve();
  desk = deskOf(server, home);
  const list = await desk.json(['--offline', 'list', '--limit', '1']);
  policy = list.policy;
  asOf = list.asOf;
  expect(policy).toMatch(/^sha256:[0-9a-f]{64}$/);
});
afterAll(async () => {
  await server.close();
  rmSync(home, { recursive: true, force: true });
});

const folder = (name: string): string => {
  const path = join(home, name);
  mkdirSync(path, { recursive: true });
  return path;
};
async function write(report: string, file: string, ...more: string[]): Promise<Buffer> {
  const ran = await desk.run(['--offline', ...report.split(' '), '--output', file, ...more]);
  expect([ran.code, ran.stderr], `${report} ${file}`).toEqual([0, '']);
  return readFileSync(file);
}

describe.each(REPORTS)('%s', (report) => {
  it('is written in each format with its day and policy', async () => {
    const where = folder(`files-${report.replace(' ', '-')}`);
    const files = new Map<string, Buffer>();
    for (const format of FORMATS) files.set(format, await write(report, join(where, `report.${format}`)));
    for (const format of ['md', 'html']) expect(files.get(format)?.toString('utf8'), format).toContain(policy);
    const [head = [], ...rows] = parse(files.get('csv')?.toString('utf8') ?? '') as string[][];
    expect(head.slice(-2)).toEqual(['asOf', 'policy']);
    expect(rows.every((row) => row.at(-1) === policy && row.at(-2) === asOf)).toBe(true);
    // The workbook's first sheet is the same table, without the columns that say what the file is about.
    const book = unzipped(files.get('xlsx') ?? Buffer.alloc(0));
    const sheets = [...book.keys()].filter((path) => path.startsWith('xl/worksheets/')).length;
    expect([...cellsOf(book, sheets).values()].map(({ value }) => value)).toContain(policy);
    const first = cellsOf(book, 1);
    const lines = [...first.keys()].filter((place) => /^A\d/.test(place) && place !== 'A1').length;
    expect(lines).toBeGreaterThanOrEqual(rows.filter(([cell]) => cell !== '').length);
    expect(readdirSync(where).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});

describe('a file', () => {
  it('has the same bytes for the same data', async () => {
    const where = folder('twice');
    for (const [report, format] of [
      ['team', 'xlsx'],
      ['churn', 'html'],
    ] as const) {
      const [one, two] = [
        await write(report, join(where, `${report}-1.${format}`)),
        await write(report, join(where, `${report}-2.${format}`)),
      ];
      expect(one.equals(two), `${report} ${format}`).toBe(true);
    }
  });

  it('says under its title which portal, day, months and money it is of, and its table has every digit', async () => {
    const where = folder('heads');
    const json = await desk.json(['--offline', 'mrr']);
    const { end } = json.months.at(-1);
    const [md, html, short] = [
      (await write('mrr', join(where, 'mrr.md'))).toString('utf8'),
      (await write('mrr', join(where, 'mrr.html'))).toString('utf8'),
      (await desk.run(['--offline', 'mrr'])).stdout,
    ];
    const digits = String(end).replace(/\B(?=(?:\d{3})+$)/g, ',');
    const span = `${json.months[0].month} to ${json.months.at(-1).month}`;
    for (const text of [md, html]) {
      expect(text.indexOf('HubSpot portal ')).toBeGreaterThan(-1);
      expect(text.indexOf('HubSpot portal ')).toBeLessThan(text.indexOf(digits));
      for (const said of [span, 'amounts in JPY', 'What the words mean', 'Reactivation: MRR again']) expect(text).toContain(said);
    }
    expect(short).not.toContain(digits);
    expect(short).not.toContain('HubSpot portal');
    // The drivers end with their sum.
    expect(md).toMatch(/\| Total \| [\d,]+ \| [\d,]+ \|/);
  });

  it('tells nobody who holds it to type an option', async () => {
    const where = folder('options');
    for (const report of ['churn', 'cohorts', 'products', 'team'])
      expect((await write(report, join(where, `${report}.html`))).toString('utf8').replace(/<style>.*<\/style>/s, ''), report).not.toMatch(
        /--(?:json|limit)|policy file|revenue\.rates/,
      );
  });

  it('holds what --json prints', async () => {
    const file = JSON.parse((await write('team', join(folder('json'), 'team.json'))).toString('utf8'));
    expect(file).toEqual(await desk.json(['--offline', 'team']));
    expect(file.policy).toBe(policy);
    expect(await desk.json(['--offline', 'team', '--output', join(folder('json'), 'again.csv')])).toMatchObject({
      format: 'csv',
      asOf,
      policy,
    });
  });

  it('is refused in one line where it cannot be, and leaves nothing', async () => {
    const where = folder('refused');
    const there = join(where, 'there.csv');
    writeFileSync(there, 'kept');
    const cases: readonly (readonly [string[], RegExp])[] = [
      [['tasks', '--output', there], /is there already/],
      [['tasks', '--output', join(where, 'none', 'x.csv')], /does not exist/],
      [['tasks', '--output', join(there, 'x.csv')], /does not exist/],
      [['tasks', '--output', join(where, 'x.pdf')], /end in \.pdf/],
      [['tasks', '--format', 'xlsx'], /needs a file/],
      [['tasks', '--format', 'docx'], /--format/],
      [['tasks', '--bom', '--format', 'md'], /--bom goes with/],
    ];
    for (const [args, message] of cases) {
      const ran = await desk.run(['--offline', ...args]);
      expect([ran.code, ran.stdout], args.join(' ')).toEqual([2, '']);
      expect(ran.stderr.trim().split('\n')).toHaveLength(1);
      expect(ran.stderr).toMatch(message);
    }
    expect(readdirSync(where)).toEqual(['there.csv']);
    expect(readFileSync(there, 'utf8')).toBe('kept');
    expect((await write('tasks', there, '--force', '--bom')).toString('utf8')).toMatch(/^\ufeffid,/);
  });
});

describe('what moved it', () => {
  it.each(['product', 'owner'])('by %s adds up to the change in CSV, as in JSON', async (by) => {
    const ran = await desk.run(['--offline', 'mrr', '--by', by, '--format', 'csv']);
    const rows = parse(ran.stdout, { columns: true }) as Record<string, string>[];
    const { months, drivers } = await desk.json(['--offline', 'mrr', '--by', by]);
    const change = months.at(-1).end - months[0].start;
    expect(new Set(rows.map((row) => row.by))).toEqual(new Set([by, 'account']));
    for (const one of new Set(rows.map((row) => row.by))) {
      const own = rows.filter((row) => row.by === one);
      expect(
        own.reduce((sum, row) => sum + Number(row.change), 0),
        one,
      ).toBeCloseTo(change, 4);
    }
    for (const one of drivers)
      expect(one.rows.reduce((sum: number, row: Json) => sum + row.change, one.rest.change)).toBeCloseTo(change, 4);
  });
});
