/** Tables as files: what is written is read back by readers that know nothing of the writer. */
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Clean, clean, literal } from '../../src/text/clean.ts';
import { csvPieces, csvText } from '../../src/text/csv.ts';
import type { CellValue, Sheet, SheetColumn } from '../../src/text/sheet.ts';
import { letters, xlsxPieces } from '../../src/text/xlsx.ts';
import { cellsOf, unzipped } from './archive.ts';
import { HOSTILE } from './hostile.ts';

const COLUMNS: readonly SheetColumn[] = [
  { key: 'name', title: literal('名前'), kind: 'text' },
  { key: 'amount', title: literal('金額'), kind: 'money' },
  { key: 'share', title: literal('割合'), kind: 'percent', digits: 1 },
  { key: 'day', title: literal('日'), kind: 'day' },
  { key: 'flag', title: literal('旗'), kind: 'flag' },
  { key: 'score', title: literal('点'), kind: 'number', digits: 1, barTo: 100 },
];
const sheet = (rows: readonly (readonly CellValue[])[], currency = 'JPY', name = 'Accounts'): Sheet => ({
  name: literal(name),
  columns: COLUMNS,
  rows: rows.map((cells) => ({ cells, currency })),
});

/** Beginnings that spreadsheets take for a formula, or that hide one. */
const FORMULAS = [
  ...['=1+1', '+1', '-1', '@SUM(1)', '=HYPERLINK("https://evil.example")', "=cmd|' /C calc'!A0", '\t=1', '\r=1', '\0=1'],
  ...[' =1+1', '　=1', '＝1+1', '＋1', '－1', '＠x', '=1+1,"a"', '"=1"', "'=1"],
];

describe('csv', () => {
  const written = (rows: readonly (readonly CellValue[])[], options = {}): string => [...csvPieces(sheet(rows), options)].join('');

  it('is RFC 4180: machine headers, CRLF, quotes where needed, numbers plain, unknown empty', () => {
    expect(
      written([
        [literal('a,"b"'), -1234.5, 0.25, literal('2026-11-21'), true, 0],
        [literal(' x '), null, null, null, false, null],
      ]),
    ).toBe('name,amount,share,day,flag,score\r\n"a,""b""",-1234.5,0.25,2026-11-21,true,0\r\n" x ",,,,false,\r\n');
  });

  it('begins with the mark where it is asked for, and only then', () => {
    expect(Buffer.from(written([], { bom: true })).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(written([])).toMatch(/^name/);
  });

  it.each(FORMULAS)('leaves no text that begins like a formula: %j', (text) => {
    const read = parse(written([[clean(text), -1, null, null, true, 1]]), { relax_column_count: false }) as string[][];
    expect(read[1]?.[0]).not.toMatch(/^[\s　]*[=+\-@＝＋－＠]/);
    expect(read[1]?.[1]).toBe('-1');
  });

  it('is read back equal, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string({ unit: 'binary' }).map((text) => clean(text)),
          { minLength: 1, maxLength: 5 },
        ),
        (texts) => {
          const read = parse(written(texts.map((text) => [text, 1, null, null, true, null]))) as string[][];
          expect(read.slice(1).map(([text]) => text)).toEqual(texts.map(csvText));
        },
      ),
      { numRuns: 200 },
    );
  });
});

async function workbook(sheets: readonly Sheet[]): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of xlsxPieces(sheets)) pieces.push(piece);
  return Buffer.concat(pieces);
}

describe('xlsx', () => {
  it('has typed cells, formats of the row’s currency, a frozen header with filters, and bars', async () => {
    const rows: readonly (readonly CellValue[])[] = [[literal('あおば'), -500000, 0.123, literal('2026-11-21'), true, 74]];
    const files = unzipped(await workbook([sheet(rows), { ...sheet(rows, 'USD'), name: literal('Accounts') }, sheet([], 'x', 'a/b:c')]));
    const cells = cellsOf(files, 1);
    expect(cells.get('A1')).toMatchObject({ type: 'text', value: '名前' });
    expect(cells.get('A2')).toMatchObject({ type: 'text', value: 'あおば', format: null });
    expect(cells.get('B2')).toEqual({ type: 'number', value: -500000, format: '"¥"#,##0;[Red]-"¥"#,##0' });
    expect(cells.get('C2')).toEqual({ type: 'number', value: 0.123, format: '0.0%' });
    expect(cells.get('D2')).toEqual({ type: 'number', value: 46347, format: 'yyyy\\-mm\\-dd' });
    expect(cells.get('E2')).toMatchObject({ type: 'flag', value: true });
    expect(cells.get('F2')).toEqual({ type: 'number', value: 74, format: '#,##0.0' });
    expect(cellsOf(files, 2).get('B2')?.format).toBe('"$"#,##0.00;[Red]-"$"#,##0.00');
    const xml = files.get('xl/worksheets/sheet1.xml') ?? '';
    expect(xml).toContain('state="frozen"');
    expect(xml).toContain('<autoFilter ref="A1:F2"/>');
    expect(xml).toContain('sqref="F2:F2"');
    // Printed as wide as a page, the header on each, with its number.
    expect(xml).toContain('<pageSetUpPr fitToPage="1"/>');
    expect(xml).toMatch(/fitToWidth="1" fitToHeight="0"\/><headerFooter><oddFooter>&amp;L&amp;A&amp;R&amp;P \/ &amp;N</);
    const titles = [...(files.get('xl/workbook.xml') ?? '').matchAll(/Print_Titles" localSheetId="(\d)">([^<]*)</g)];
    expect(titles.map(([, place, range]) => [place, range])).toEqual([
      ['0', "'Accounts'!$1:$1"],
      ['1', "'Accounts 2'!$1:$1"],
      ['2', "'a b c'!$1:$1"],
    ]);
    expect([...(files.get('xl/workbook.xml') ?? '').matchAll(/sheet name="([^"]*)"/g)].map(([, name]) => name)).toEqual([
      'Accounts',
      'Accounts 2',
      'a b c',
    ]);
  });

  it('has columns as wide as their titles, and a wide table on several pages, with who it is about on each', async () => {
    const wide = Array.from(
      { length: 20 },
      (_, at): SheetColumn => ({ key: `c${at}`, title: literal(at === 3 ? '解約率（グロス、社数）' : 'x'), kind: 'text' }),
    );
    const files = unzipped(await workbook([{ name: literal('wide'), columns: wide, rows: [] }]));
    const xml = files.get('xl/worksheets/sheet1.xml') ?? '';
    expect(xml).toContain('<col min="1" max="1" width="18"');
    expect(xml).toContain('<col min="4" max="4" width="26"');
    expect(xml).toContain('fitToWidth="2"');
    expect(files.get('xl/workbook.xml')).toContain("'wide'!$A:$C,'wide'!$1:$1");
  });

  it('has a month as its first day, shown as a month, and as text where it is none', async () => {
    const columns: readonly SheetColumn[] = [{ key: 'month', title: literal('月'), kind: 'month' }];
    const rows = ['2026-11', 'someday'].map((month) => ({ cells: [literal(month)], currency: 'JPY' }));
    const cells = cellsOf(unzipped(await workbook([{ name: literal('m'), columns, rows }])), 1);
    expect(cells.get('A2')).toEqual({ type: 'number', value: 46327, format: 'yyyy\\-mm' });
    expect(cells.get('A3')).toMatchObject({ type: 'text', value: 'someday' });
  });

  it('keeps every text a text, as it is', async () => {
    const odd = ['constructor', '__proto__', '_x0041_', 'a_x000d_b_x1', '<&>"\'', ' x ', '\ufffe\uffff', 'a'.repeat(1024)];
    const texts: Clean[] = [...FORMULAS, ...odd, ...HOSTILE.map(([, raw]) => raw)].map((text) => clean(text));
    const cells = cellsOf(unzipped(await workbook([sheet(texts.map((text) => [text, null, null, text, null, null]))])), 1);
    for (const [index, text] of texts.entries()) {
      const said = text.replace(/[\ufffe\uffff]/g, '');
      expect(cells.get(`A${index + 2}`)).toMatchObject({ type: 'text', value: said });
      expect(cells.get(`D${index + 2}`)).toMatchObject({ type: 'text', value: said });
    }
  });

  it('shows days that the format cannot count as text, and no number that is none', async () => {
    const cells = cellsOf(
      unzipped(await workbook([sheet([[null, Number.NaN, Number.POSITIVE_INFINITY, literal('1899-05-01'), null, -0]])])),
      1,
    );
    expect(cells.get('D2')).toMatchObject({ type: 'text', value: '1899-05-01' });
    expect(cells.has('B2') || cells.has('C2')).toBe(false);
    expect(cells.get('F2')).toMatchObject({ type: 'number', value: 0 });
  });

  it('cuts a text that no cell holds, between characters', async () => {
    const cells = cellsOf(unzipped(await workbook([sheet([[clean('👪'.repeat(20_000), { max: 60_000 }), 1, 1, null, true, 1]])])), 1);
    const value = String(cells.get('A2')?.value);
    expect(value.length).toBeLessThanOrEqual(32_767);
    expect(value.endsWith('…') && value.isWellFormed()).toBe(true);
  });

  it('is the same bytes for the same sheets, in every zone', async () => {
    const { TZ: zone = 'UTC' } = process.env;
    const make = (): Promise<Buffer> => workbook([sheet([[literal('a'), 1, 0.5, literal('2026-11-21'), false, 3]])]);
    const first = await make();
    process.env.TZ = 'Asia/Tokyo';
    expect((await make()).equals(first)).toBe(true);
    process.env.TZ = zone;
  });

  it('names columns as spreadsheets do', () => {
    expect([0, 25, 26, 51, 52, 701, 702].map(letters)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA']);
  });
});
