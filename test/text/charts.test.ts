/** Drawings: lengths say what the values say, hostile labels stay labels, nothing is drawn of nothing. */
import fc from 'fast-check';
import { Parser } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import { barsSvg, columnsSvg, heatSvg, waterfallSvg } from '../../src/text/charts.ts';
import { clean } from '../../src/text/clean.ts';
import type { Markup } from '../../src/text/markup.ts';

interface Drawn {
  readonly rects: readonly Readonly<Record<string, string>>[];
  readonly text: string;
  readonly names: readonly string[];
}

function drawn(svg: Markup): Drawn {
  const rects: Record<string, string>[] = [];
  const names = new Set<string>();
  let text = '';
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        names.add(name);
        if (name === 'rect') rects.push(attributes);
      },
      ontext: (data) => {
        text += `${data}\n`;
      },
    },
    { xmlMode: true },
  );
  parser.end(svg.text);
  return { rects, text, names: [...names] };
}

const say = (value: number): string => `¥${value}`;
const two = [{ label: 'CRM' }, { label: 'MA' }];

describe('charts', () => {
  it('stack columns to scale, name the top, the series and the line, and leave unknown empty', () => {
    const { rects, text } = drawn(
      columnsSvg(
        [
          { label: 'a', parts: [30, 70] },
          { label: 'b', parts: [null, 50] },
        ],
        two,
        'x',
        { say, line: { value: 80, label: 'target' } },
      ),
    );
    const heights = rects.slice(0, 3).map(({ height }) => Number(height));
    expect(heights.map((height) => height / (heights[1] ?? 1))).toEqual([30 / 70, 1, 50 / 70].map((share) => expect.closeTo(share, 2)));
    for (const word of ['¥100', 'CRM', 'MA', 'target']) expect(text).toContain(word);
  });

  it('hang each step of a waterfall where the one before it ended', () => {
    const { rects, text } = drawn(
      waterfallSvg(
        [
          { label: 'start', amount: '100', low: 0, high: 100, kind: 'level' },
          { label: 'new', amount: '+50', low: 100, high: 150, kind: 'gain' },
          { label: 'churn', amount: '-30', low: 120, high: 150, kind: 'loss' },
          { label: 'end', amount: '120', low: 0, high: 120, kind: 'level' },
        ],
        'x',
        'cut',
      ),
    );
    const [start, gain, loss, end] = rects.map(({ y, height }) => ({ top: Number(y), bottom: Number(y) + Number(height) }));
    expect(gain?.bottom).toBeCloseTo(start?.top ?? 0, 1);
    expect(loss?.top).toBeCloseTo(gain?.top ?? 0, 1);
    expect(end?.top).toBeCloseTo(loss?.bottom ?? 0, 1);
    expect(text).toContain('+50');
  });

  it('shade a heat map by share, without what is not there', () => {
    const { rects } = drawn(heatSvg([{ label: '2026-01', values: [1, 0.5, null, 2.5] }], ['0', '1', '2', '3'], 'x', say));
    expect(rects).toHaveLength(3);
    expect(rects.map((rect) => Number(rect['fill-opacity']))).toEqual([1, expect.closeTo(0.31, 2), 1]);
  });

  it('are made of their own marks whatever the words are, and of nothing without values', () => {
    const word = fc.string({ unit: 'binary', maxLength: 30 }).map((text) => clean(text));
    const value = fc.oneof(fc.constant(null), fc.constant(0), fc.integer({ min: -5, max: 1e9 }));
    fc.assert(
      fc.property(word, fc.array(value, { maxLength: 6 }), (label, values) => {
        const columns = values.map((one) => ({ label, parts: [one] }));
        for (const chart of [
          columnsSvg(columns, [{ label }, { label }], label, { say }),
          barsSvg(columns, [{ label }, { label }], label, say),
          heatSvg([{ label, values: values.map((one) => (one === null ? null : Math.max(0, one))) }], values.map(String), label, say),
          waterfallSvg(
            values.map((one) => ({ label, amount: label, low: 0, high: Math.max(0, one ?? 0), kind: 'level' as const })),
            label,
            label,
          ),
        ]) {
          expect(drawn(chart).names.filter((name) => !['svg', 'title', 'rect', 'text', 'path'].includes(name))).toEqual([]);
          expect(chart.text.replaceAll(label, '')).not.toMatch(/NaN|Infinity|="-/);
        }
      }),
      { numRuns: 60 },
    );
  });
});
