/** Charts with axes and legends, as SVG for a page. Labels are given as they are to be read; values are plain numbers. */
import { element, type Markup } from './markup.ts';
import { at, CHART, svg } from './svg.ts';

/** Of every chart, in pixels. */
export const WIDTH = 680;
const LABEL = 11;

export interface Series {
  readonly label: string;
  readonly colour?: string;
}

export const colourOf = (series: readonly Series[], index: number): string =>
  series[index]?.colour ?? CHART.series[index % CHART.series.length] ?? CHART.neutral;

export const words = (x: number, y: number, text: string, anchor: 'start' | 'middle' | 'end' = 'start'): Markup =>
  element('text', { x: at(x), y: at(y), 'text-anchor': anchor }, text);

/** A full-width letter takes twice the room of a plain one. */
export const roomFor = (text: string): number =>
  [...text].reduce((sum, letter) => sum + ((letter.codePointAt(0) ?? 0) > 0x2e7f ? 11 : 6.2), 0);

/** The middle of a text that is to stand at `x` and must not be cut at the left edge. */
export const inside = (x: number, text: string): number => Math.max(x, roomFor(text) / 2);

/** Names of the series with their colours, in as many lines as they need; gives back the height too. */
export function legend(series: readonly Series[], top: number): { readonly marks: readonly Markup[]; readonly height: number } {
  const marks: Markup[] = [];
  let [x, y] = [0, top + LABEL];
  for (const [index, { label }] of series.entries()) {
    const room = 16 + roomFor(label) + 14;
    if (x > 0 && x + room > WIDTH) [x, y] = [0, y + LABEL + 6];
    marks.push(element('rect', { x: at(x), y: at(y - 9), width: 10, height: 10, fill: colourOf(series, index) }), words(x + 15, y, label));
    x += room;
  }
  return { marks, height: series.length === 0 ? 0 : y - top + 6 };
}

export interface Column {
  readonly label: string;
  /** A value for each series; null is unknown and leaves its place empty. */
  readonly parts: readonly (number | null)[];
}

/**
 * Upright bars, stacked by series, with what each adds up to over it where there is room, else with what the tallest stands
 * for; `line` is drawn across at its value.
 */
export function columnsSvg(
  columns: readonly Column[],
  series: readonly Series[],
  label: string,
  {
    say,
    line = null,
    legend: named = series.length > 1,
  }: {
    readonly say: (value: number) => string;
    readonly line?: { readonly value: number; readonly label: string } | null;
    /** Names the series; default: where there are several. */
    readonly legend?: boolean;
  },
): Markup {
  const [top, height] = [18, 130];
  const sums = columns.map(({ parts }) => parts.reduce<number>((sum, part) => sum + Math.max(0, part ?? 0), 0));
  const most = Math.max(...sums, line?.value ?? 0, 0);
  const tall = (value: number): number => (most > 0 ? (Math.max(0, value) / most) * height : 0);
  // The line's words stand beside the columns, not over them.
  const wide = WIDTH - (line === null ? 0 : roomFor(line.label) + 8);
  const step = wide / Math.max(1, columns.length);
  const base = top + height;
  const every = Math.max(1, Math.ceil(Math.max(0, ...columns.map((one) => roomFor(one.label) + 6)) / step));
  const isEach = sums.every((sum) => roomFor(say(sum)) + 6 < step);
  const marks = columns.flatMap((column, index) => {
    let y = base;
    const x = index * step + step * 0.14;
    const bars = column.parts.flatMap((part, place) => {
      const size = tall(part ?? 0);
      y -= size;
      if (size === 0) return [];
      const said = `${column.label} ${series[place]?.label ?? ''} ${say(part ?? 0)}`;
      const bar = { x: at(x), y: at(y), width: at(step * 0.72), height: at(size), fill: colourOf(series, place) };
      return [element('rect', bar, element('title', {}, said))];
    });
    const sum = sums[index] ?? 0;
    const isKnown = column.parts.some((part) => part !== null);
    const over = isEach ? [words(index * step + step / 2, y - 4, isKnown ? say(sum) : '–', 'middle')] : [];
    return [
      ...bars,
      ...over,
      ...(index % every === 0 ? [words(inside(index * step + step / 2, column.label), base + 14, column.label, 'middle')] : []),
    ];
  });
  const names = legend(named ? series : [], base + 20);
  const across =
    line === null
      ? []
      : [
          element('path', {
            d: `M0 ${at(base - tall(line.value))}H${at(wide)}`,
            stroke: CHART.down,
            'stroke-dasharray': '5 4',
            fill: 'none',
          }),
          words(wide + 8, base - tall(line.value) + 4, line.label),
        ];
  const axis = element('path', { d: `M0 ${base}H${at(wide)}`, stroke: CHART.faint, fill: 'none' });
  return svg(WIDTH, base + 20 + names.height, label, words(0, 11, most > 0 && !isEach ? say(most) : ''), axis, marks, across, names.marks);
}

export interface Step {
  readonly label: string;
  /** As it is to be read: `+¥500K`. */
  readonly amount: string;
  readonly low: number;
  readonly high: number;
  readonly kind: 'level' | 'gain' | 'loss';
}

/** Where less than this share of the whole moves, an axis begins above 0, so that the steps can be seen. */
const SMALL_MOVES = 0.4;
/** Of the height, that the steps then take. */
const STEPS_SHARE = 0.75;

/** Where the axis begins under steps between `least` and `top`. */
export const axisFrom = (least: number, top: number): number =>
  top - least < SMALL_MOVES * top ? Math.max(0, top - Math.max(top - least, top * 0.001) / STEPS_SHARE) : 0;

/** Each step hangs where the one before it ended. `cut`: what is said where the axis does not begin at 0. */
export function waterfallSvg(steps: readonly Step[], label: string, cut: string): Markup {
  const [top, height] = [16, 150];
  const most = Math.max(...steps.map(({ high }) => high), 0);
  const moves = steps.filter(({ kind }) => kind !== 'level');
  const from = axisFrom(Math.min(most, ...moves.map(({ low }) => low)), most);
  const y = (value: number): number => top + height - (most > from ? ((Math.max(from, value) - from) / (most - from)) * height : 0);
  const step = WIDTH / Math.max(1, steps.length);
  const colours = { level: CHART.neutral, gain: CHART.up, loss: CHART.down } as const;
  const marks = steps.flatMap((one, index) => {
    const [x, wide] = [index * step + step * 0.15, step * 0.7];
    const tall = Math.max(one.high > one.low ? 1 : 0, y(one.low) - y(one.high));
    const next = steps[index + 1];
    const level = one.kind === 'loss' ? one.low : one.high;
    const link = { d: `M${at(x + wide)} ${at(y(level))}H${at(x + step)}`, stroke: CHART.faint, fill: 'none' };
    return [
      element('rect', { x: at(x), y: at(y(one.high)), width: at(wide), height: at(tall), fill: colours[one.kind] }),
      ...(next ? [element('path', link)] : []),
      words(x + wide / 2, y(one.high) - 4, one.amount, 'middle'),
      words(x + wide / 2, top + height + 15, one.label, 'middle'),
    ];
  });
  const note = from > 0 ? [words(0, top + height + 32, cut)] : [];
  return svg(WIDTH, top + height + 22 + note.length * 16, label, marks, note);
}

export interface HeatRow {
  readonly label: string;
  /** Fractions; above 1 is as dark as 1. */
  readonly values: readonly (number | null)[];
}

/** A field a cell, darker for more; the figure stands in it. */
export function heatSvg(rows: readonly HeatRow[], heads: readonly string[], label: string, say: (value: number) => string): Markup {
  const room = Math.max(40, ...rows.map((row) => roomFor(row.label) + 8));
  const wide = Math.min(44, (WIDTH - room) / Math.max(1, heads.length));
  const tall = 18;
  const cells = rows.flatMap((row, line) => [
    words(0, 30 + line * tall, row.label),
    ...row.values.flatMap((value, place) => {
      if (value === null) return [];
      const depth = Math.min(1, Math.max(0, value));
      const [x, y] = [room + place * wide, 18 + line * tall];
      const figure = {
        x: at(x + wide / 2),
        y: at(y + 12.5),
        'text-anchor': 'middle',
        style: `font-size:9px;fill:${depth > 0.55 ? '#fff' : CHART.ink}`,
      };
      return [
        element('rect', {
          x: at(x),
          y: at(y),
          width: at(wide - 1),
          height: tall - 1,
          fill: CHART.neutral,
          'fill-opacity': at(0.08 + 0.92 * depth ** 2),
        }),
        ...(wide >= 22 ? [element('text', figure, say(value))] : []),
      ];
    }),
  ]);
  const names = heads.map((head, place) => words(room + place * wide + wide / 2, 11, wide >= 16 || place % 6 === 0 ? head : '', 'middle'));
  return svg(WIDTH, 22 + rows.length * tall, label, names, cells);
}

/** One bar cut into shares; each is named with its figures below, `label` as it is to be read. */
export function mixSvg(shares: readonly (Series & { readonly value: number })[], label: string): Markup {
  const height = 22;
  const total = shares.reduce((sum, { value }) => sum + Math.max(0, value), 0);
  let x = 0;
  const parts = shares.flatMap(({ label: name, value }, index) => {
    const wide = total > 0 ? (Math.max(0, value) / total) * WIDTH : 0;
    const part = element('rect', { x: at(x), y: 0, width: at(wide), height, fill: colourOf(shares, index) }, element('title', {}, name));
    x += wide;
    return wide > 0 ? [part] : [];
  });
  const names = legend(shares, height + 6);
  return svg(WIDTH, height + 8 + names.height, label, parts, names.marks);
}

/** Lying bars, stacked by series, with their sums. */
export function barsSvg(rows: readonly Column[], series: readonly Series[], label: string, say: (value: number) => string): Markup {
  const room = Math.min(220, Math.max(60, ...rows.map((row) => roomFor(row.label) + 10)));
  const tall = 18;
  const sums = rows.map(({ parts }) => parts.reduce<number>((sum, part) => sum + Math.max(0, part ?? 0), 0));
  const most = Math.max(...sums, 0);
  const wide = (value: number): number => (most > 0 ? (Math.max(0, value) / most) * (WIDTH - room - 70) : 0);
  const marks = rows.flatMap((row, line) => {
    let x = room;
    const bars = row.parts.flatMap((part, place) => {
      const size = wide(part ?? 0);
      const bar = { x: at(x), y: line * tall + 3, width: at(size), height: tall - 6, fill: colourOf(series, place) };
      x += size;
      return size === 0 ? [] : [element('rect', bar, element('title', {}, `${row.label} ${series[place]?.label ?? ''} ${say(part ?? 0)}`))];
    });
    return [words(0, line * tall + 13, row.label), ...bars, words(x + 5, line * tall + 13, say(sums[line] ?? 0))];
  });
  const names = legend(series.length > 1 ? series : [], rows.length * tall + 6);
  return svg(WIDTH, rows.length * tall + 8 + names.height, label, marks, names.marks);
}
