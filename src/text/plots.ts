/** Charts of rates, of steps month by month and of who has what, as SVG for a page. Labels are given as they are to be read. */
import { colourOf, legend, roomFor, type Series, WIDTH, words } from './charts.ts';
import { element, type Markup } from './markup.ts';
import { at, CHART, svg } from './svg.ts';

/** Every how many of the labels there is room for. */
const spacing = (labels: readonly string[], step: number): number =>
  Math.max(1, Math.ceil(Math.max(0, ...labels.map((label) => roomFor(label) + 6)) / step));

export interface LineSeries extends Series {
  /** One for each label; null leaves a gap. */
  readonly values: readonly (number | null)[];
  readonly dashed?: boolean;
}

interface Scale {
  readonly say: (value: number) => string;
  /** Where the axis begins; below the smallest value where absent. */
  readonly from?: number;
  /** Drawn across at its value, with its words. */
  readonly line?: { readonly value: number; readonly label: string } | null;
}

/** Series over the same labels; each ends in its last value, in words. */
export function linesSvg(
  labels: readonly string[],
  series: readonly LineSeries[],
  label: string,
  { say, from, line = null }: Scale,
): Markup {
  const [top, height, left, right] = [16, 130, 4, 96];
  const known = [...series.flatMap(({ values }) => values.filter((value) => value !== null)), ...(line ? [line.value] : [])];
  const most = Math.max(...known, from ?? Number.NEGATIVE_INFINITY);
  const spread = most - Math.min(...known);
  const least = from ?? Math.min(...known) - (spread > 0 ? spread * 0.12 : Math.abs(most) * 0.1 || 1);
  const base = top + height;
  const step = (WIDTH - left - right) / Math.max(1, labels.length - 1);
  const x = (index: number): number => left + index * step;
  const y = (value: number): number => (most > least ? base - ((value - least) / (most - least)) * height : base - height / 2);
  const every = spacing(labels, step);
  const ends = endRows(series, y, base);
  const drawn = series.flatMap(({ values, dashed }, place) => {
    const stroke = colourOf(series, place);
    let path = '';
    let open = false;
    for (const [index, value] of values.entries()) {
      if (value !== null) path += `${open ? 'L' : 'M'}${at(x(index))} ${at(y(value))}`;
      open = value !== null;
    }
    const pen = { fill: 'none', stroke, 'stroke-width': 2, 'stroke-linejoin': 'round', 'stroke-dasharray': dashed ? '5 4' : null };
    const dots = values.flatMap((value, index) =>
      value === null
        ? []
        : [
            element(
              'circle',
              { cx: at(x(index)), cy: at(y(value)), r: 2.4, fill: stroke },
              element('title', {}, `${labels[index]} ${say(value)}`),
            ),
          ],
    );
    const end = ends[place];
    const said = end ? [words(WIDTH - right + 8, end.y, `${series[place]?.label ?? ''} ${say(end.value)}`)] : [];
    return [path === '' ? element('g', {}) : element('path', { d: path, ...pen }), ...dots, ...said];
  });
  const marks = labels.flatMap((one, index) =>
    index % every === 0 ? [words(x(index), base + 14, one, index === 0 ? 'start' : 'middle')] : [],
  );
  const axis = element('path', { d: `M0 ${base}H${WIDTH - right}`, stroke: CHART.faint, fill: 'none' });
  const across = line === null ? [] : acrossAt(y(line.value), WIDTH - right, line.label);
  if (known.length === 0) return svg(WIDTH, base + 22, label, axis, marks);
  return svg(WIDTH, base + 22, label, words(0, 10, say(most)), words(0, base - 3, say(least)), axis, marks, across, drawn);
}

const acrossAt = (y: number, width: number, label: string): readonly Markup[] => [
  element('path', { d: `M0 ${at(y)}H${width}`, stroke: CHART.down, 'stroke-dasharray': '2 3', fill: 'none' }),
  words(width / 2, y - 4, label, 'middle'),
];

/** Where the last value of each series is written, so that no two lie on each other. */
function endRows(
  series: readonly LineSeries[],
  y: (value: number) => number,
  base: number,
): readonly ({ readonly value: number; readonly y: number } | null)[] {
  const LINE = 13;
  const ends = series.map(({ values }) => values.findLast((value) => value !== null) ?? null);
  const order = ends.flatMap((value, place) => (value === null ? [] : [{ place, value, y: y(value) + 4 }])).sort((a, b) => a.y - b.y);
  for (const [index, one] of order.entries()) one.y = Math.max(one.y, (order[index - 1]?.y ?? 0) + LINE);
  for (const one of order.toReversed().entries()) one[1].y = Math.min(one[1].y, base - one[0] * LINE);
  return ends.map((_, place) => order.find((one) => one.place === place) ?? null);
}

export interface MeasureRow {
  readonly label: string;
  /** One for each head; null is unknown. */
  readonly values: readonly (number | null)[];
}

/** Bars side by side with their values: a column for each head, on one scale (`together`) or each on its own. */
export function measuresSvg(
  rows: readonly MeasureRow[],
  heads: readonly string[],
  label: string,
  say: (value: number) => string,
  scale: 'together' | 'apart',
): Markup {
  const [tall, first] = [17, 20];
  const room = Math.min(190, Math.max(60, ...rows.map((row) => roomFor(row.label) + 12)));
  const wide = (WIDTH - room) / Math.max(1, heads.length);
  const figure = 52;
  const top = (place: number): number => Math.max(0, ...rows.map(({ values }) => values[place] ?? 0));
  const tops = heads.map((_, place) => (scale === 'apart' ? top(place) : Math.max(...heads.map((__, other) => top(other)))));
  const marks = rows.flatMap((row, line) => {
    const y = first + line * tall;
    return [
      words(0, y + 12, row.label),
      ...heads.flatMap((_, place) => {
        const value = row.values[place] ?? null;
        const x = room + place * wide;
        const most = tops[place] ?? 0;
        const size = value === null || most <= 0 ? 0 : (Math.max(0, value) / most) * (wide - figure - 8);
        const bar = { x: at(x), y: y + 3, width: at(size), height: tall - 6, fill: colourOf([], place) };
        return [...(size > 0 ? [element('rect', bar)] : []), words(x + size + 5, y + 12, value === null ? '–' : say(value))];
      }),
    ];
  });
  const names = heads.map((head, place) => words(room + place * wide, 11, head));
  return svg(WIDTH, first + rows.length * tall + 4, label, names, marks);
}

export interface MonthSteps {
  readonly label: string;
  readonly start: number;
  /** In the order of the series; all are 0 or more. */
  readonly gains: readonly number[];
  readonly losses: readonly number[];
  readonly end: number;
  /** The change, as it is to be read. */
  readonly change: string;
}

/** Where less than this share of the whole moves, the axis begins above 0. */
const SMALL_MOVES = 0.4;
const STEPS_SHARE = 0.75;

/** Where the axis of such steps begins: above 0 where they could not be seen otherwise. */
export function stepsBase(months: readonly Pick<MonthSteps, 'start' | 'gains' | 'losses' | 'end'>[]): number {
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const top = Math.max(0, ...months.map(({ start, gains }) => start + sum(gains)));
  const least = Math.min(top, ...months.map(({ start, end }) => Math.min(start, end)));
  return top - least < SMALL_MOVES * top ? Math.max(0, top - Math.max(top - least, top * 0.001) / STEPS_SHARE) : 0;
}

/** A waterfall month by month: what came stands on the level of the month before, what went hangs from the top, down to the new level. */
export function monthStepsSvg(
  months: readonly MonthSteps[],
  { gains, losses }: { readonly gains: readonly Series[]; readonly losses: readonly Series[] },
  label: string,
  say: (value: number) => string,
): Markup {
  const [top, height] = [30, 160];
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const least = stepsBase(months);
  const most = Math.max(...months.map(({ start, gains: up }) => start + sum(up)), least + 1e-9);
  const base = top + height;
  const y = (value: number): number => base - ((Math.max(least, value) - least) / (most - least)) * height;
  const step = WIDTH / Math.max(1, months.length);
  const labels = months.map((one) => one.label);
  const every = spacing(labels, step);
  const changes =
    spacing(
      months.map(({ change }) => change),
      step,
    ) === 1;
  const marks = months.flatMap((month, index) => {
    const x = index * step;
    const bar = step * 0.34;
    const stack = (from: number, sizes: readonly number[], series: readonly Series[], place: number, sign: 1 | -1): Markup[] => {
      let level = from;
      return sizes.flatMap((size, at_) => {
        const [low, high] = sign > 0 ? [level, level + size] : [level - size, level];
        level += sign * size;
        if (size === 0) return [];
        const said = `${month.label} ${series[at_]?.label ?? ''} ${say(size)}`;
        const box = {
          x: at(place),
          y: at(y(high)),
          width: at(bar),
          height: at(Math.max(0.8, y(low) - y(high))),
          fill: series[at_]?.colour ?? CHART.neutral,
        };
        return [element('rect', box, element('title', {}, said))];
      });
    };
    const crest = month.start + sum(month.gains);
    const level = {
      d: `M${at(x)} ${at(y(month.start))}H${at(x + step * 0.5)}M${at(x + step * 0.5)} ${at(y(month.end))}H${at(x + step)}`,
      stroke: CHART.ink,
      'stroke-width': 1,
      fill: 'none',
    };
    return [
      ...stack(month.start, month.gains, gains, x + step * 0.12, 1),
      ...stack(crest, month.losses, losses, x + step * 0.54, -1),
      element('path', level),
      ...(changes ? [words(x + step / 2, y(crest) - 4, month.change, 'middle')] : []),
      ...(index % every === 0 ? [words(x + step / 2, base + 14, month.label, 'middle')] : []),
    ];
  });
  const names = legend([...gains, ...losses], base + 22);
  const axis = element('path', {
    d: `M0 ${base}H${WIDTH}`,
    stroke: CHART.faint,
    fill: 'none',
    'stroke-dasharray': least > 0 ? '3 3' : null,
  });
  return svg(WIDTH, base + 24 + names.height, label, words(0, 11, say(most)), axis, words(0, base - 3, say(least)), marks, names.marks);
}

/** `has`: it is there; a number: the share of those alike that have it; null: nothing to say. */
export type GridCell = 'has' | number | null;

/** Who has what: a filled field for what is there, the share of those alike where it is not. */
export function gridSvg(
  rows: readonly { readonly label: string; readonly note: string; readonly cells: readonly GridCell[] }[],
  heads: readonly string[],
  label: string,
  say: { readonly has: string; readonly share: (value: number) => string },
): Markup {
  const [tall, first, figures] = [18, 22, 74];
  const room = Math.min(180, Math.max(80, ...rows.map((row) => roomFor(row.label) + 10)));
  const wide = Math.min(96, (WIDTH - room - figures) / Math.max(1, heads.length));
  const x = (place: number): number => room + figures + place * wide;
  const marks = rows.flatMap((row, line) => {
    const y = first + line * tall;
    return [
      words(0, y + 12.5, row.label),
      words(room + figures - 10, y + 12.5, row.note, 'end'),
      ...row.cells.flatMap((cell, place) => {
        if (cell === null) return [words(x(place) + wide / 2, y + 12.5, '·', 'middle')];
        const isThere = cell === 'has';
        const look = isThere ? { fill: CHART.neutral } : { fill: '#e0a458', 'fill-opacity': at(0.25 + 0.75 * Math.min(1, cell)) };
        const ink = { x: at(x(place) + wide / 2), y: at(y + 12.5), 'text-anchor': 'middle', style: isThere ? 'fill:#fff' : null };
        return [
          element('rect', { x: at(x(place)), y: y + 1, width: at(wide - 2), height: tall - 2, ...look }),
          element('text', ink, isThere ? say.has : say.share(cell)),
        ];
      }),
    ];
  });
  const names = heads.map((head, place) => words(x(place) + wide / 2, 13, head, 'middle'));
  return svg(WIDTH, first + rows.length * tall + 4, label, names, marks);
}
