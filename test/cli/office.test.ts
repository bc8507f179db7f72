/** The reports of the built program opened by LibreOffice and printed by Chromium, where they are installed. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cellsOf, unzipped } from '../text/archive.ts';
import { AS_CSV, hasOffice, opened } from '../text/office.ts';
import { ME, prepareHome } from './harness.ts';
import { run } from './inside.ts';

const REPORTS = ['mrr', 'churn', 'products', 'team', 'tasks', 'backtest'];
const hasBrowser = spawnSync('chromium', ['--version'], { timeout: 20_000 }).status === 0;

let home: string;
beforeAll(async () => {
  home = await prepareHome(['--me', ME]);
  mkdirSync(join(home, 'files'));
}, 60_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

async function written(format: string, reports: readonly string[] = REPORTS): Promise<string[]> {
  const files: string[] = [];
  for (const report of reports) {
    const file = join(home, 'files', `${report}.${format}`);
    const ran = await run(['--offline', '--lang', 'ja', report, '--output', file], { home });
    expect([ran.code, ran.stderr], file).toEqual([0, '']);
    files.push(file);
  }
  return files;
}

/** `A1`, `B1`, … as rows. */
function gridOf(cells: ReturnType<typeof cellsOf>): (string | number | boolean)[][] {
  const rows: (string | number | boolean)[][] = [];
  for (const [place, { value }] of cells) {
    const [, letters = '', number = ''] = /^([A-Z]+)(\d+)$/.exec(place) ?? [];
    const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
    const row = rows[Number(number) - 1] ?? [];
    row[column] = value;
    rows[Number(number) - 1] = row;
  }
  return rows;
}

/** A day stands as its serial number in the file and as a day in what LibreOffice says. */
const serialOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000 + 25_569;

function same(read: string | undefined, value: string | number | boolean | undefined, where: string): void {
  if (value === undefined) expect(read ?? '', where).toBe('');
  else if (typeof value === 'boolean') expect(['true', '1'].includes(read ?? ''), where).toBe(value);
  else if (typeof value === 'number') {
    // A month is its first day.
    const [day] = /^\d{4}-\d{2}-\d{2}$/.exec(/^\d{4}-\d{2}$/.test(read ?? '') ? `${read}-01` : (read ?? '')) ?? [];
    const number = day === undefined ? Number(read) : serialOf(day);
    expect(Math.abs(number - value), `${where}: ${read} for ${value}`).toBeLessThanOrEqual(Math.abs(value) * 1e-9 + 1e-9);
  } else expect(read, where).toBe(value);
}

describe.skipIf(!hasOffice())('LibreOffice (skipped where it is not installed)', () => {
  it('reads every workbook back equal, sheet by sheet, and finds no formula', async () => {
    const files = await written('xlsx');
    const read = opened(home, files);
    for (const [index, report] of REPORTS.entries()) {
      const book = unzipped(readFileSync(files[index] ?? ''));
      const sheets = [...book.keys()].filter((path) => path.startsWith('xl/worksheets/')).length;
      expect(read.get(report), report).toHaveLength(sheets);
      for (let sheet = 0; sheet < sheets; sheet += 1)
        for (const [row, cells] of gridOf(cellsOf(book, sheet + 1)).entries())
          for (let column = 0; column < (cells?.length ?? 0); column += 1)
            same(
              read.get(report)?.[sheet]?.[row]?.[column],
              cells?.[column],
              `${report}, sheet ${sheet + 1}, row ${row + 1}, ${column + 1}`,
            );
    }
  }, 120_000);

  it('reads every CSV back equal, even where it is told to work formulas out', async () => {
    const files = await written('csv');
    const read = opened(home, files, AS_CSV);
    for (const [index, report] of REPORTS.entries()) {
      const rows = parse(readFileSync(files[index] ?? '', 'utf8')) as string[][];
      for (const [row, cells] of rows.entries())
        for (const [column, cell] of cells.entries()) {
          const shown = read.get(report)?.[0]?.[row]?.[column] ?? '';
          const where = `${report}, row ${row + 1}, ${cells[0]}`;
          if (cell === 'true' || cell === 'false') same(shown, cell === 'true', where);
          else if (cell !== '' && /^-?\d+(?:\.\d+)?(?:e-?\d+)?$/.test(cell)) same(shown, Number(cell), where);
          else expect(shown, where).toBe(cell);
        }
    }
  }, 120_000);
});

it.skipIf(!hasBrowser)(
  'Chromium prints a page to PDF without a word to say about it (skipped where it is not installed)',
  async () => {
    const [file = ''] = await written('html', ['mrr']);
    const pdf = join(home, 'files', 'mrr.pdf');
    const flags = ['--headless', '--no-sandbox', '--disable-gpu', `--user-data-dir=${join(home, 'browser')}`, '--enable-logging=stderr'];
    const ran = spawnSync('chromium', [...flags, '--no-pdf-header-footer', `--print-to-pdf=${pdf}`, file], {
      encoding: 'utf8',
      timeout: 60_000,
    });
    expect(readFileSync(pdf).subarray(0, 5).toString()).toBe('%PDF-');
    expect(ran.stderr).not.toMatch(/CONSOLE|Content Security Policy|Refused/);
  },
  90_000,
);
