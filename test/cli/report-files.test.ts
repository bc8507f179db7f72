/** The revenue reports as files: the same figures as their JSON, drawn on a page, typed in a table. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DemoServer } from '../../src/data/demo/server.ts';
import { cellsOf, unzipped } from '../text/archive.ts';
import { type Desk, deskOf, type Json, prepareHome, serve } from './harness.ts';

let home: string;
let server: DemoServer;
let desk: Desk;

beforeAll(async () => {
  home = await prepareHome(['--all']);
  server = await serve();
  desk = deskOf(server, home);
});
afterAll(async () => {
  await server.close();
  rmSync(home, { recursive: true, force: true });
});

async function ok(...args: string[]): Promise<string> {
  const ran = await desk.run(['--offline', ...args]);
  expect(ran.stderr).toBe('');
  expect(ran.code).toBe(0);
  return ran.stdout;
}
const csv = async (...args: string[]): Promise<Record<string, string>[]> =>
  parse(await ok(...args, '--format', 'csv'), { columns: true }) as Record<string, string>[];
const numbers = (row: Record<string, string> | undefined, keys: readonly string[]): (number | null)[] =>
  keys.map((key) => (row?.[key] === '' ? null : Number(row?.[key])));

describe('as tables', () => {
  it.each([
    ['mrr', ['start', 'new', 'expansion', 'reactivation', 'contraction', 'churn', 'netNew', 'end', 'customersEnd']],
    ['churn', ['customersStart', 'churned', 'logoChurnRate', 'mrrStart', 'grossMrrChurnRate', 'netMrrChurnRate', 'grr', 'nrr']],
    ['products', ['mrr', 'customers']],
  ] as const)('%s: the months of its JSON, the day and the currency in each row', async (command, keys) => {
    const [rows, json] = [await csv(command), await desk.json(['--offline', command])];
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.map((row) => [row.month, ...numbers(row, keys)])).toEqual(
      json.months.map((row: Json) => [row.month, ...keys.map((key) => row[key])]),
    );
    expect(rows.every((row) => row.asOf === json.asOf && row.currency === json.currency)).toBe(true);
  });

  it('cohorts: a row for each cohort and age; churn by segment: the segments', async () => {
    const [rows, json] = [await csv('cohorts'), await desk.json(['--offline', 'cohorts'])];
    expect(rows.map((row) => numbers(row, ['age', 'logo', 'gross', 'net']))).toEqual(
      json.cohorts.flatMap((one: Json) => one.logo.map((logo: number, age: number) => [age, logo, one.gross[age], one.net[age]])),
    );
    const segments = await csv('churn', '--by', 'tier');
    const told = await desk.json(['--offline', 'churn', '--by', 'tier']);
    expect(segments.map((row) => numbers(row, ['customersStart', 'churned']))).toEqual(
      told.segments.map((one: Json) => [one.customersStart, one.churned]),
    );
  });

  it('a workbook of the same', async () => {
    const file = join(home, 'mrr.xlsx');
    await ok('mrr', '--output', file);
    const json = await desk.json(['--offline', 'mrr']);
    expect(cellsOf(unzipped(readFileSync(file)), 1).get('B2')).toMatchObject({ type: 'number', value: json.months[0].start });
    expect((await desk.run(['--offline', 'mrr', '--format', 'xlsx'])).code).toBe(2);
    expect((await desk.run(['--offline', 'mrr', '--output', file])).code).toBe(2);
  });
});

describe('as pages', () => {
  it.each(['mrr', 'churn', 'cohorts', 'products'])('%s is drawn, without bars of letters and without scripts', async (command) => {
    const html = await ok('--lang', 'ja', command, '--format', 'html');
    expect(html).toContain('<html lang="ja">');
    expect(html.match(/<svg class="chart"/g)?.length).toBeGreaterThan(0);
    expect(html).not.toMatch(/<script|████/);
  });
});
