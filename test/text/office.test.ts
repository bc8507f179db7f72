/** The files opened by LibreOffice, where it is installed: everything is read back equal, and no text has become a formula. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { flatSheet, workbookSheets } from '../../src/book/export-sheets.ts';
import { csvPieces, csvText } from '../../src/text/csv.ts';
import type { CellValue, Sheet } from '../../src/text/sheet.ts';
import { xlsxPieces } from '../../src/text/xlsx.ts';
import { HOSTILE, row, snapshotOf } from '../screen/fixture.ts';
import { AS_CSV, hasOffice, opened } from './office.ts';

const folder = mkdtempSync(join(tmpdir(), 'kizashi-office-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const FORMULAS = ['=1+1', '+1', '-1', '@SUM(1)', ' =1+1', '＝1+1', "=cmd|' /C calc'!A0", '{=1}'];
const NAMES = [...HOSTILE, ...FORMULAS, '_x0041_', '<b>&"', 'constructor', "'apostrophe"];
const rows = NAMES.map((name, index) => row(index, { name, plan: name, mrr: index % 2 === 0 ? -1234.5 : null }));
const exported = { snapshot: snapshotOf(rows), rows, filter: {}, zone: 'Asia/Tokyo' };

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

describe.skipIf(!hasOffice())('LibreOffice (skipped where it is not installed)', () => {
  it('reads the CSV back equal, even where it is told to work formulas out', () => {
    writeFileSync(join(folder, 'flat.csv'), [...csvPieces(flatSheet(exported, 'en'))].join(''));
    const [read = []] = opened(folder, [join(folder, 'flat.csv')], AS_CSV).get('flat') ?? [];
    same(read, flatSheet(exported, 'en'), 'key', csvText);
  });

  it('reads the workbook back equal, formulas as text', async () => {
    const pieces: Uint8Array[] = [];
    for await (const piece of xlsxPieces(workbookSheets(exported, 'ja'))) pieces.push(piece);
    writeFileSync(join(folder, 'book.xlsx'), Buffer.concat(pieces));
    const read = opened(folder, [join(folder, 'book.xlsx')]).get('book') ?? [];
    for (const [index, sheet] of workbookSheets(exported, 'ja').entries())
      same(read[index] ?? [], sheet, 'title', (value) => (value === null ? '' : String(value)));
  });
});
