/** Reports on terminals that are narrower than their tables. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inPieces } from '../../src/cli/narrow.ts';
import { renderReport } from '../../src/cli/report.ts';
import { width } from '../../src/text/cells.ts';
import { clean, literal } from '../../src/text/clean.ts';

const column = (title: string, more = {}) => ({ title: literal(title), ...more });
const lines = (text: string): string[] => text.trimEnd().split('\n');

describe('a table that is too wide', () => {
  const columns = [
    column('Month'),
    column('Account', { max: 20 }),
    column('Lost', { align: 'right' }),
    column('Reason'),
    column('Signs'),
    column(''),
  ];
  const rows = [['2026-11', '株式会社あおば', '¥1.2M', 'went to a competitor', 'unused for 42 days', '████████'].map(literal)];

  it('stays whole where it fits, and loses its bars first', () => {
    expect(inPieces(columns, rows, 200)).toEqual([{ columns, rows }]);
    const [bare, ...more] = inPieces(columns, rows, 80);
    expect(more).toEqual([]);
    expect(bare?.columns.map(({ title }) => title)).toEqual(['Month', 'Account', 'Lost', 'Reason', 'Signs']);
  });

  it('comes in pieces that each say whose rows they are', () => {
    const pieces = inPieces(columns, rows, 56);
    expect(pieces.map((one) => one.columns.map(({ title }) => title))).toEqual([
      ['Month', 'Account', 'Lost', 'Reason'],
      ['Month', 'Account', 'Signs'],
    ]);
    expect(lines(renderReport([{ kind: 'table', columns, rows }], 'text', 58)).every((line) => width(literal(line)) <= 58)).toBe(true);
  });

  it('shows every cell, and no line is longer than the terminal where no column is', () => {
    const cell = fc.string({ maxLength: 18, unit: fc.constantFrom(...'abc あい円%') });
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 7, maxLength: 7 }), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 84, max: 140 }),
        (table, cells) => {
          const cleaned = table.map((row) => row.map((text) => clean(text)));
          const heads = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((title) => column(title));
          const pieces = inPieces(heads, cleaned, cells);
          expect(new Set(pieces.flatMap((one) => one.columns.map(({ title }) => title))).size).toBe(7);
          for (const line of lines(renderReport([{ kind: 'table', columns: heads, rows: cleaned }], 'text', cells + 2)))
            expect(width(literal(line))).toBeLessThanOrEqual(cells + 2);
        },
      ),
      { numRuns: 60 },
    );
  });
});

it('sentences and lists are broken between words on a terminal, and nowhere else', () => {
  const parts = [
    { kind: 'sentence' as const, text: 'one two three four five six' },
    { kind: 'list' as const, items: ['seven eight nine ten eleven'] },
  ];
  expect(renderReport(parts, 'text')).toBe('one two three four five six\n  seven eight nine ten eleven\n');
  expect(renderReport(parts, 'text', 16)).toBe('one two three\nfour five six\n  seven eight\n    nine ten\n    eleven\n');
});
