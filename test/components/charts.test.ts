/** Charts as lines: never wider than asked, lengths in proportion, parts that add up to the whole. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bar, columnLines, partCells, splitBar } from '../../src/components/bars.ts';
import { type Bubble, bubbleCells, bubbleColumns, bubbleLines } from '../../src/components/bubble.ts';
import { glyphs } from '../../src/components/glyphs.ts';
import { HEAT_CELL, heatCell, heatLevel } from '../../src/components/heatmap.ts';
import { type Line, lineWidth } from '../../src/components/line.ts';
import { FILLS } from '../../src/components/stacked-chart.ts';
import { scaleOf, stepLevels, stepLines, waterfallLines } from '../../src/components/waterfall.ts';
import { literal } from '../../src/text/clean.ts';
import { inAscii } from '../../src/text/glyphs.ts';

const amount = fc.integer({ min: 0, max: 1_000_000_000 });
const cells = fc.integer({ min: 1, max: 120 });
const text = (line: Line): string => line.map((one) => one.text).join('');
const money = (value: number) => literal(String(Math.round(value)));

describe('bars', () => {
  it('are as long as their value, within an eighth of a cell, and as wide as asked', () => {
    fc.assert(
      fc.property(amount, amount, cells, (value, most, width) => {
        const line = bar(value, most, width);
        expect(lineWidth(line)).toBe(width);
        const eighths = [...text(line).trimEnd()].reduce((sum, glyph) => sum + glyphs.lengths.indexOf(glyph) + 1, 0);
        const exact = most > 0 ? Math.min(1, value / most) * width * 8 : 0;
        expect(Math.abs(eighths - exact)).toBeLessThanOrEqual(1);
        expect(eighths > 0).toBe(value > 0 && (most > 0 || width > 0));
      }),
    );
  });

  it('have parts that add up to the whole, each within a cell of its share', () => {
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 8 }), cells, (parts, width) => {
        const total = parts.reduce((sum, part) => sum + part, 0);
        const found = partCells(parts, Math.max(1, total), width);
        expect(found.reduce((sum, count) => sum + count, 0)).toBe(total > 0 ? width : 0);
        for (const [index, count] of found.entries())
          expect(Math.abs(count - (total > 0 ? ((parts[index] ?? 0) / total) * width : 0))).toBeLessThanOrEqual(1);
        const line = splitBar(
          parts.map((value, fill) => ({ value, fill })),
          Math.max(1, total),
          width,
        );
        expect(lineWidth(line)).toBe(width);
      }),
    );
  });

  it('stand as columns of the right height under a target line', () => {
    const lines = columnLines({
      values: [0.5, null, 1],
      height: 4,
      pitch: 3,
      selected: 2,
      target: 0.6,
      tone: () => 'plain',
      amount: (value) => literal(`${value * 100}%`),
      labelWidth: 4,
    });
    expect(lines.map(text)).toEqual([
      '100% ┤      ██ ',
      ' 60% ┤┄┄┄┄┄┄██┄',
      '     │██    ██ ',
      '     │██    ██ ',
      '   0 └─────────',
      '            ▲▲',
    ]);
  });
});

describe('waterfalls', () => {
  const change = fc.integer({ min: -1_000_000, max: 1_000_000 });

  it('end where the steps add up to, and no bar is wider than asked', () => {
    fc.assert(
      fc.property(amount, fc.array(change, { maxLength: 6 }), cells, (start, changes, width) => {
        const steps = [{ value: start, total: true }, ...changes.map((value) => ({ value, total: false }))];
        expect(stepLevels(steps).at(-1)?.to).toBe(start + changes.reduce((sum, value) => sum + value, 0));
        const lines = stepLines(steps, width);
        for (const [index, line] of lines.entries()) {
          expect(lineWidth(line)).toBe(width);
          if (index > 0) expect(text(line).trim() === '').toBe(steps[index]?.value === 0);
        }
      }),
    );
  });

  it('show each month between the bottom and the top of the scale', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(amount, amount, amount), { minLength: 1, maxLength: 24 }),
        fc.integer({ min: 3, max: 8 }),
        (rows, pitch) => {
          const months = rows.map(([start, up, down]) => ({
            start,
            up,
            down: Math.min(down, start + up),
            end: start + up - Math.min(down, start + up),
          }));
          const lines = waterfallLines({ months, height: 8, pitch, labelWidth: 12, amount: money });
          expect(lines).toHaveLength(8);
          for (const line of lines) expect(lineWidth(line)).toBe(12 + 2 + pitch * months.length);
          const all = lines.map(text).join('');
          expect(all.includes('█')).toBe(months.some(({ up }) => up > 0));
          expect(all.includes('░')).toBe(months.some(({ down }) => down > 0));
        },
      ),
    );
  });

  it('cut the scale off only where changes would not be seen', () => {
    expect(scaleOf([100, 20]).bottom).toBe(0);
    expect(scaleOf([1000, 990]).bottom).toBeGreaterThan(980);
    expect(scaleOf([0, 0])).toEqual({ bottom: 0, top: 1 });
  });
});

describe('heat maps', () => {
  it('keep to their cell and darken with the share', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 500, noNaN: true }), fc.boolean(), (share, selected) => {
        const line = heatCell(share, selected);
        expect(lineWidth(line)).toBe(HEAT_CELL);
        expect(Number.parseInt(text(line).replace(/[^0-9]/g, ''), 10)).toBe(Math.min(9999, Math.round(share * 100)));
        expect(heatLevel(share)).toBeLessThanOrEqual(heatLevel(share + 0.1));
      }),
    );
    expect(lineWidth(heatCell(null, true))).toBe(HEAT_CELL);
  });
});

describe('bubbles', () => {
  const bubble = fc.record({
    x: fc.double({ min: 0, max: 1, noNaN: true }),
    y: fc.double({ min: 0, max: 1, noNaN: true }),
    size: fc.integer({ min: 1, max: 9 }),
  });

  it('stand in one cell each, inside the plot', () => {
    fc.assert(
      fc.property(
        fc.array(bubble, { maxLength: 60 }),
        fc.integer({ min: 2, max: 100 }),
        fc.integer({ min: 1, max: 30 }),
        (found, width, height) => {
          const bubbles = found.map((one, at): Bubble => ({ ...one, id: String(at), mark: literal('E'), tone: 'plain' }));
          const placed = bubbleCells(bubbles, width, height);
          expect(placed.flatMap((cell) => cell.bubbles.map(({ id }) => id)).toSorted()).toEqual(bubbles.map(({ id }) => id).toSorted());
          for (const { column, row } of placed) {
            expect(column).toBeLessThan(bubbleColumns(width));
            expect(row).toBeLessThan(height);
          }
          const name = literal('a name that is long, 名前');
          const lines = bubbleLines({
            cells: placed,
            width,
            height,
            divide: { x: 0.6, y: 0.5 },
            names: [name, name, name, name],
            selected: placed[0] ?? null,
            amounts: [literal('10M'), literal('1M'), literal('0')],
            ticks: [
              { x: 0, label: literal('0') },
              { x: 1, label: literal('90+ days') },
            ],
          });
          expect(lines).toHaveLength(height + 4);
          for (const line of lines.slice(0, -1)) expect(lineWidth(line)).toBeLessThanOrEqual(3 + 2 + bubbleColumns(width) * 2);
        },
      ),
    );
  });
});

it('has sets of marks that stay apart in ASCII too', () => {
  for (const set of [glyphs.fills, glyphs.bubbles, glyphs.shades.slice(1), [glyphs.have, glyphs.lack], FILLS.map(({ glyph }) => glyph)])
    expect(new Set(set.map((glyph) => inAscii(literal(glyph)))).size).toBe(set.length);
});
