/** Drawings of rates, steps, bars and grids: lengths say what the values say, every value stands in words, labels stay labels. */
import fc from 'fast-check';
import { Parser } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import { changesSvg, gridSvg, measuresSvg } from '../../src/text/bar-tables.ts';
import { axisFrom, mixSvg } from '../../src/text/charts.ts';
import { clean } from '../../src/text/clean.ts';
import type { Markup } from '../../src/text/markup.ts';
import { linesSvg, monthStepsSvg } from '../../src/text/plots.ts';

interface Drawn {
  readonly rects: readonly Readonly<Record<string, number>>[];
  readonly words: readonly string[];
  readonly names: readonly string[];
}

function drawn(svg: Markup): Drawn {
  const rects: Record<string, number>[] = [];
  const words: string[] = [];
  const names = new Set<string>();
  let inside = '';
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        names.add(name);
        inside = name;
        if (name === 'rect') rects.push(Object.fromEntries(['x', 'y', 'width', 'height'].map((key) => [key, Number(attributes[key])])));
      },
      ontext: (data) => {
        if (inside === 'text') words.push(data);
      },
    },
    { xmlMode: true },
  );
  parser.end(svg.text);
  return { rects, words, names: [...names] };
}

const say = (value: number): string => `¥${value}`;
const gains = [
  { label: 'new', colour: '#1' },
  { label: 'more', colour: '#2' },
];
const losses = [{ label: 'churn', colour: '#3' }];

describe('steps by month', () => {
  it('go up on the left, down on the right, and end on the level that the next month begins with', () => {
    const { rects, words } = drawn(
      monthStepsSvg(
        [
          { label: 'Jan', start: 0, gains: [60, 40], losses: [50], end: 50, change: '+50' },
          { label: 'Feb', start: 50, gains: [0, 50], losses: [0], end: 100, change: '+50' },
        ],
        { gains, losses },
        'x',
        { say, cut: 'cut' },
      ),
    );
    const [fresh, more, lost, next] = rects;
    const [bottom, top] = [(fresh?.y ?? 0) + (fresh?.height ?? 0), more?.y ?? 0];
    expect(bottom - top).toBeCloseTo(160, 1);
    expect((fresh?.height ?? 0) / (more?.height ?? 1)).toBeCloseTo(1.5, 1);
    expect((more?.y ?? 0) + (more?.height ?? 0)).toBeCloseTo(fresh?.y ?? 0, 1);
    expect(lost?.y).toBeCloseTo(top, 1);
    expect((next?.y ?? 0) + (next?.height ?? 0)).toBeCloseTo((lost?.y ?? 0) + (lost?.height ?? 0), 1);
    expect(lost?.x ?? 0).toBeGreaterThan((fresh?.x ?? 0) + (fresh?.width ?? 0));
    for (const word of ['Jan', '+50', '¥100', '¥0', 'new', 'more', 'churn']) expect(words).toContain(word);
    expect(words).not.toContain('cut');
  });

  it('say so where the axis does not begin at 0', () => {
    expect(axisFrom(0, 100)).toBe(0);
    expect(axisFrom(55, 100)).toBe(0);
    expect(axisFrom(97, 100)).toBeCloseTo(96, 6);
    const month = { label: 'Jan', start: 1000, gains: [10], losses: [5], end: 1005, change: '+5' };
    expect(drawn(monthStepsSvg([month], { gains, losses }, 'x', { say, cut: 'cut' })).words).toContain('cut');
  });
});

describe('lines', () => {
  it('end in their last known value, and no two ends lie on each other', () => {
    const series = ['a', 'b', 'c'].map((label) => ({ label, values: [1, 2, label === 'c' ? null : 2] }));
    const svg = linesSvg(['Jan', 'Feb', 'Mar'], series, 'x', { say, line: { value: 1.5, label: 'aim' } });
    const ends = [...svg.text.matchAll(/<text x="592" y="([\d.]+)"[^>]*>(\w) ¥2</g)].map(([, y, name]) => ({ y: Number(y), name }));
    expect(ends.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    const heights = ends.map(({ y }) => y).sort((a, b) => a - b);
    for (const [index, y] of heights.slice(1).entries()) expect(y - (heights[index] ?? 0)).toBeGreaterThanOrEqual(12.9);
    expect(drawn(svg).words).toContain('aim');
  });
});

describe('bars', () => {
  it('beside each other have their values, unknown is a dash', () => {
    const rows = [
      { label: 'A', values: [10, 4] },
      { label: 'B', values: [5, null] },
    ];
    const apart = drawn(measuresSvg(rows, ['x', 'y'], 'x', say, 'apart'));
    expect(apart.rects.map(({ width }) => (width ?? 0) / (apart.rects[0]?.width ?? 1))).toEqual(
      [1, 1, 0.5].map((one) => expect.closeTo(one, 2)),
    );
    expect(apart.words).toEqual(['x', 'y', 'A', '¥10', '¥4', 'B', '¥5', '–']);
    const together = drawn(measuresSvg(rows, ['x', 'y'], 'x', say, 'together'));
    expect((together.rects[1]?.width ?? 0) / (together.rects[0]?.width ?? 1)).toBeCloseTo(0.4, 2);
  });

  it('of changes go right for more, left for less, from one middle', () => {
    const { rects, words } = drawn(
      changesSvg(
        [
          { label: 'A', change: -20 },
          { label: 'B', change: 10 },
        ],
        'x',
        say,
      ),
    );
    expect((rects[0]?.x ?? 0) + (rects[0]?.width ?? 0)).toBeCloseTo(rects[1]?.x ?? 0, 1);
    expect((rects[0]?.width ?? 0) / (rects[1]?.width ?? 1)).toBeCloseTo(2, 1);
    expect(words).toEqual(['A', '¥-20', 'B', '¥10']);
  });

  it('cut into shares fill the whole width', () => {
    const { rects, words } = drawn(
      mixSvg(
        [
          { label: 'Pro 75 %', value: 3 },
          { label: 'Free 25 %', value: 1 },
        ],
        'x',
      ),
    );
    expect(rects.slice(0, 2).map(({ x, width }) => [x, width])).toEqual([
      [0, 510],
      [510, 170],
    ]);
    expect(words).toEqual(['Pro 75 %', 'Free 25 %']);
  });
});

it('a grid says in words what its fields are', () => {
  const rows = [{ label: 'A', note: '¥5', cells: ['has', 0.5, null] as const }];
  const { rects, words } = drawn(gridSvg(rows, ['CRM', 'MA', 'BI'], 'x', { has: 'yes', share: (value) => `${value * 100} %` }));
  expect(rects).toHaveLength(2);
  expect(words).toEqual(['CRM', 'MA', 'BI', 'A', '¥5', 'yes', '50 %', '·']);
});

it('all are made of their own marks whatever the words are, and of nothing without values', () => {
  const word = fc.string({ unit: 'binary', maxLength: 30 }).map((text) => clean(text));
  const value = fc.oneof(fc.constant(null), fc.constant(0), fc.integer({ min: 0, max: 1e9 }));
  fc.assert(
    fc.property(word, fc.array(value, { maxLength: 6 }), (label, values) => {
      const known = values.map((one) => one ?? 0);
      const months = known.map((one) => ({ label, start: one, gains: [one], losses: [one], end: one, change: label }));
      for (const chart of [
        linesSvg(
          values.map(() => label),
          [{ label, values }],
          label,
          { say },
        ),
        measuresSvg([{ label, values }], values.map(String), label, say, 'apart'),
        changesSvg(
          known.map((change) => ({ label, change })),
          label,
          say,
        ),
        monthStepsSvg(months, { gains, losses }, label, { say, cut: label }),
        gridSvg([{ label, note: label, cells: values }], values.map(String), label, { has: label, share: say }),
        mixSvg(
          known.map((one) => ({ label, value: one })),
          label,
        ),
      ]) {
        const marks = ['svg', 'title', 'rect', 'text', 'path', 'circle', 'g'];
        expect(drawn(chart).names.filter((name) => !marks.includes(name))).toEqual([]);
        expect(chart.text.replaceAll(label, '')).not.toMatch(/NaN|Infinity|width="-|height="-/);
      }
    }),
    { numRuns: 60 },
  );
});
