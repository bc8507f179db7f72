/** The revenue reports as files: the same figures as their JSON, drawn on a page, typed in a table. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DemoServer } from '../../src/data/demo/server.ts';
import { cellsOf, unzipped } from '../text/archive.ts';
import { type Desk, type Json, prepareHome, serve } from './harness.ts';
import { deskOf } from './inside.ts';

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

  it('who left, with reason, signs, what was done, post-mortem and win-back: the same in every format', async () => {
    const args = ['churn', '--months', '24', '--churned'];
    const [rows, json] = [await csv(...args), await desk.json(['--offline', ...args, '--limit', '200'])];
    const newest: Json[] = json.churned.toReversed();
    expect(newest.length).toBeGreaterThan(1);
    const told = ({ signs, actions, ...one }: Json) => [
      ...[one.id, one.month, one.mrrLost, one.reasonLabel ?? ''],
      signs?.map(({ signal, daysBefore }: Json) => `${signal} ${daysBefore}`).join('; ') ?? '',
      actions?.map(({ day, kind }: Json) => `${day} ${kind}`).join('; ') ?? '',
      ...[one.postmortem ?? '', one.winBack ?? ''],
    ];
    const cells = (row: Record<string, string>) => [
      ...[row.id, row.month, Number(row.mrrLost), row.reason, row.signs, row.done],
      ...[row.postmortem, row.winBack === '' ? '' : Number(row.winBack)],
    ];
    expect(rows.map(cells)).toEqual(newest.map(told));
    for (const key of ['done', 'postmortem', 'winBack'])
      expect(
        rows.some((row) => row[key] !== ''),
        key,
      ).toBe(true);
    // The workbook of the whole report has the same list.
    const file = join(home, 'churn.xlsx');
    await ok('churn', '--months', '24', '--output', file);
    const book = unzipped(readFileSync(file));
    const sheet = cellsOf(book, 4);
    const heads = [...sheet].filter(([place]) => /^[A-Z]1$/.test(place)).map(([, { value }]) => value);
    expect(heads).toEqual(expect.arrayContaining(['MRR lost', 'Signs beforehand', 'What was done', 'Post-mortem', 'Win back']));
    const state = String.fromCharCode('A'.charCodeAt(0) + heads.indexOf('Post-mortem'));
    expect(newest.map((_, at) => sheet.get(`${state}${at + 2}`)?.value)).toEqual(newest.map(({ postmortem }) => postmortem));
    for (const format of ['text', 'md', 'html']) {
      const page = await ok(...args, '--limit', '5', '--format', format);
      for (const word of ['Signs beforehand', 'What was done', 'Post-mortem', 'Win back', 'missing']) expect(page, format).toContain(word);
    }
    expect((await desk.run(['--offline', ...args, '--win-back'])).code).toBe(2);
  }, 30_000);

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
