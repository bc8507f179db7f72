import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTable, type Table } from '../../../src/data/import/table.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
/** `会社名,金額` and `青空,１` in Shift_JIS. */
const SJIS = Uint8Array.from([
  ...[0x89, 0xef, 0x8e, 0xd0, 0x96, 0xbc, 0x2c, 0x8b, 0xe0, 0x8a, 0x7a, 0x0d, 0x0a],
  ...[0x90, 0xc2, 0x8b, 0xf3, 0x2c, 0x82, 0x50, 0x0d, 0x0a],
]);

function read(bytes: Uint8Array): Table {
  const table = readTable(bytes);
  if (!table.ok) throw new Error(table.error.code);
  return table.value;
}
const cells = (text: string) => read(utf8(text)).rows.map((row) => row.cells);
const problem = (bytes: Uint8Array) => {
  const table = readTable(bytes);
  return table.ok ? null : table.error;
};

describe('readTable', () => {
  it('takes off a byte order mark, and knows UTF-8, UTF-16 and Shift_JIS apart', () => {
    expect(read(utf8('\ufeffid,mrr\n1,2')).header.cells).toEqual(['id', 'mrr']);
    expect(read(utf8('会社名,金額\n青空,1'))).toMatchObject({ encoding: 'utf-8', header: { cells: ['会社名', '金額'] } });
    expect(read(SJIS)).toEqual({
      encoding: 'shift_jis',
      header: { line: 1, cells: ['会社名', '金額'] },
      rows: [{ line: 2, cells: ['青空', '１'] }],
    });
    const wide = Uint8Array.from([0xff, 0xfe, ...Buffer.from('id\tmrr\r\n1\t2', 'utf16le')]);
    expect(read(wide)).toMatchObject({ encoding: 'utf-16', rows: [{ cells: ['1', '2'] }] });
  });

  it('reads quotes as RFC 4180 has them, and any line end', () => {
    expect(cells('a,b\r\n"x ""y"", z","1\n2"\r\n')).toEqual([['x "y", z', '1\n2']]);
    expect(cells('a,b\r1,2\r3,4')).toEqual([
      ['1', '2'],
      ['3', '4'],
    ]);
    expect(cells('a;b\n"1,5";2')).toEqual([['1,5', '2']]);
  });

  it('tells the line on which a row begins', () => {
    const table = read(utf8('\n\na,b\n"1\n\n2",x\n\n , \n3,y\n'));
    expect([table.header.line, ...table.rows.map(({ line }) => line)]).toEqual([3, 4, 9]);
  });

  it.each([
    ['nothing', utf8(''), 'empty'],
    ['blank lines', utf8('\n \n,,\n'), 'empty'],
    ['a quote that never closes', utf8('a,b\n"1,2\n3,4\n'), 'syntax'],
    ['a quote inside a cell', utf8('a,b\n1"2,3\n'), 'syntax'],
    ['bytes of no text', Uint8Array.from([0x61, 0x2c, 0xff, 0x80, 0xfd]), 'encoding'],
    ['a spreadsheet', Uint8Array.from([0x50, 0x4b, 0x03, 0x04, 0x00, 0x00, 0x0a]), 'binary'],
    ['a row of two megabytes', utf8(`a,b\n${'x'.repeat(2 * 1024 * 1024)},1\n`), 'too_long'],
  ])('refuses %s', (_, bytes, code) => {
    expect(problem(bytes)?.code).toBe(code);
  });

  it('says where the quotes are wrong', () => {
    expect(problem(utf8('a,b\n1,2\n3"4,5\n'))).toEqual({ code: 'syntax', line: 3 });
  });

  it('gives back every cell that was written by the rules', () => {
    const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
    const cell = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0') && text.isWellFormed());
    const width = 3;
    const table = fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(table, (rows) => {
        const written = [['h1', 'h2', 'h3'], ...rows].map((row) => row.map(quoted).join(',')).join('\r\n');
        expect(cells(written)).toEqual(rows.filter((row) => row.some((text) => text.trim() !== '')));
      }),
      { numRuns: 200 },
    );
  });

  it('takes any bytes without throwing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        readTable(bytes);
      }),
      { numRuns: 500 },
    );
  });
});
