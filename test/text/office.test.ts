/** The files opened by LibreOffice, where it is installed: everything is read back equal, and no text has become a formula. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Parser } from 'htmlparser2';
import { afterAll, describe, expect, it } from 'vitest';
import { flatSheet, workbookSheets } from '../../src/book/export-sheets.ts';
import { csvPieces, csvText } from '../../src/text/csv.ts';
import type { CellValue, Sheet } from '../../src/text/sheet.ts';
import { xlsxPieces } from '../../src/text/xlsx.ts';
import { HOSTILE, row, snapshotOf } from '../screen/fixture.ts';

const there = spawnSync('soffice', ['--version'], { timeout: 20_000 }).status === 0;
const folder = mkdtempSync(join(tmpdir(), 'kizashi-office-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const FORMULAS = ['=1+1', '+1', '-1', '@SUM(1)', ' =1+1', '＝1+1', "=cmd|' /C calc'!A0", '{=1}'];
const NAMES = [...HOSTILE, ...FORMULAS, '_x0041_', '<b>&"', 'constructor', "'apostrophe"];
const rows = NAMES.map((name, index) => row(index, { name, plan: name, mrr: index % 2 === 0 ? -1234.5 : null }));
const exported = { snapshot: snapshotOf(rows), rows, filter: {} };

/** The sheets as LibreOffice holds them: a value a cell, by its type. Fails on a formula. */
function opened(file: string, ...more: readonly string[]): string[][][] {
  const home = `-env:UserInstallation=file://${join(folder, 'profile')}`;
  const args = [home, '--headless', ...more, '--convert-to', 'fods', '--outdir', join(folder, 'read'), join(folder, file)];
  execFileSync('soffice', args, { timeout: 120_000, stdio: 'pipe' });
  const sheets: string[][][] = [];
  let cell: { text: string; value: string | undefined; times: number } | null = null;
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        // Its own way to keep a flag.
        const formula = /^of:=(?:TRUE|FALSE)\(\)$/.test(attributes['table:formula'] ?? '') ? undefined : attributes['table:formula'];
        if (formula !== undefined) throw new Error(`a formula: ${formula}`);
        if (name === 'table:table') sheets.push([]);
        if (name === 'table:table-row') sheets.at(-1)?.push([]);
        if (name === 'text:s' && cell) cell.text += ' '.repeat(Number(attributes['text:c'] ?? 1));
        if (name !== 'table:table-cell') return;
        const value = attributes['office:value'] ?? attributes['office:date-value'] ?? attributes['office:boolean-value'];
        cell = { text: '', value, times: Number(attributes['table:number-columns-repeated'] ?? 1) };
      },
      ontext: (text) => {
        if (cell && text.trim() !== '') cell.text += text;
      },
      onclosetag: (name) => {
        if (name !== 'table:table-cell' || !cell) return;
        for (let left = Math.min(cell.times, 100); left > 0; left -= 1)
          sheets
            .at(-1)
            ?.at(-1)
            ?.push(cell.value ?? cell.text);
        cell = null;
      },
    },
    { xmlMode: true },
  );
  parser.end(readFileSync(join(folder, 'read', file.replace(/\.\w+$/, '.fods')), 'utf8'));
  return sheets;
}

/** Every cell of the sheet; numbers as near as LibreOffice writes them. */
function same(
  read: readonly (readonly string[])[],
  { columns, rows: expected }: Sheet,
  head: 'key' | 'title',
  say: (value: CellValue) => string,
): void {
  expect(read[0]?.slice(0, columns.length)).toEqual(columns.map((column) => column[head]));
  for (const [index, { cells }] of [...expected].entries())
    for (const [place, value] of cells.entries()) {
      const shown = read[index + 1]?.[place] ?? '';
      const where = `${columns[place]?.key} of row ${index + 1}`;
      if (typeof value === 'number') expect(Number(shown), where).toBeCloseTo(value, 6);
      else if (typeof value === 'boolean') expect(['true', '1', 'false', '0'].indexOf(shown) < 2, where).toBe(value);
      else expect(shown, where).toBe(say(value));
    }
}

describe.skipIf(!there)('LibreOffice (skipped where it is not installed)', () => {
  it('reads the CSV back equal, even where it is told to work formulas out', () => {
    writeFileSync(join(folder, 'flat.csv'), [...csvPieces(flatSheet(exported, 'en'))].join(''));
    // Comma, double quote, UTF-8, from the first line, English; quoted fields as they are: no; special numbers: no; as shown; formulas: yes.
    const [read = []] = opened('flat.csv', '--infilter=Text - txt - csv (StarCalc):44,34,76,1,,1033,false,false,true,true');
    same(read, flatSheet(exported, 'en'), 'key', csvText);
  });

  it('reads the workbook back equal, formulas as text', async () => {
    const pieces: Uint8Array[] = [];
    for await (const piece of xlsxPieces(workbookSheets(exported, 'ja'))) pieces.push(piece);
    writeFileSync(join(folder, 'book.xlsx'), Buffer.concat(pieces));
    const read = opened('book.xlsx');
    for (const [index, sheet] of workbookSheets(exported, 'ja').entries())
      same(read[index] ?? [], sheet, 'title', (value) => (value === null ? '' : String(value)));
  });
});
