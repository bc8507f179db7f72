import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutLine, fitLine, lineWidth, span, spread } from '../../src/components/line.ts';
import { niceTop, stackedChart } from '../../src/components/stacked-chart.ts';
import { edgeScroll } from '../../src/components/window.ts';
import { cleanLine, literal } from '../../src/text/clean.ts';

const line = fc
  .array(fc.string({ unit: 'grapheme', maxLength: 12 }), { maxLength: 5 })
  .map((parts) => parts.map((part) => span(cleanLine(part))));

describe('lines', () => {
  it('are cut and filled to the cell', () => {
    fc.assert(
      fc.property(line, fc.integer({ min: 0, max: 60 }), (one, cells) => {
        expect(lineWidth(cutLine(one, cells))).toBeLessThanOrEqual(cells);
        expect(lineWidth(fitLine(one, cells))).toBe(cells);
      }),
    );
  });

  it('keep the right part whole where both do not fit', () => {
    const joined = spread([span(literal('a long left part'))], [span(literal('right'))], 12);
    expect(joined.map(({ text }) => text).join('')).toBe('a lon… right');
    expect(lineWidth(joined)).toBe(12);
  });
});

describe('edge scrolling', () => {
  it('keeps the selection in sight and moves no more than it must', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.integer({ min: 1, max: 40 }), fc.nat(300), fc.nat(300), (total, height, wanted, offset) => {
        const index = Math.min(wanted, Math.max(0, total - 1));
        const from = edgeScroll(offset, index, height, total);
        expect(from).toBeGreaterThanOrEqual(0);
        expect(from).toBeLessThanOrEqual(Math.max(0, total - height));
        if (total > 0) expect(index >= from && index < from + height).toBe(true);
        expect(edgeScroll(from, index, height, total)).toBe(from);
      }),
    );
  });

  it('scrolls two rows before the edge', () => {
    expect(edgeScroll(0, 7, 10, 100)).toBe(0);
    expect(edgeScroll(0, 8, 10, 100)).toBe(1);
    expect(edgeScroll(20, 22, 10, 100)).toBe(20);
    expect(edgeScroll(20, 21, 10, 100)).toBe(19);
  });
});

describe('the stacked chart', () => {
  it('shows each product where its money lies', () => {
    const lines = stackedChart({
      series: [
        { label: literal('A'), values: [100, 100] },
        { label: literal('B'), values: [0, 100] },
      ],
      height: 4,
      barWidth: 1,
      amount: (value) => literal(String(value)),
      from: literal('f'),
      to: literal('t'),
    });
    const text = lines.map((one) =>
      one
        .map((part) => part.text)
        .join('')
        .trimEnd(),
    );
    expect(text).toEqual(['200 ┤ ▒', '    │ ▒', '100 ┤██', '    │██', '  0 └──', '     f t']);
  });

  it('finds a round top', () => {
    expect([0, 1, 7, 455_000, 1_000_000, 1_200_000].map(niceTop)).toEqual([1, 1, 8, 500_000, 1_000_000, 1_500_000]);
  });
});
