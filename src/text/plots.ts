/** Charts of rates and of steps month by month, as SVG for a page. Labels are given as they are to be read. */
import { axisFrom, colourOf, inside, legend, roomFor, type Series, WIDTH, words } from './charts.ts';
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
  readonly line?: { readonly value: number; readonly label: string; readonly colour?: string } | null;
  /** Said where the axis does not begin at 0. */
  readonly cut?: string;
}

/** Series over the same labels; each ends in its last value, in words. */
export function linesSvg(
  labels: readonly string[],
  series: readonly LineSeries[],
  label: string,
  { say, from, line = null, cut = '' }: Scale,
): Markup {
  const [top, height, right] = [16, 130, 96];
  // The first label stands under its dot and is not cut.
  const left = Math.max(4, roomFor(labels[0] ?? '') / 2);
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
  const marks = labels.flatMap((one, index) => (index % every === 0 ? [words(x(index), base + 14, one, 'middle')] : []));
  const axis = element('path', { d: `M0 ${base}H${WIDTH - right}`, stroke: CHART.faint, fill: 'none' });
  const across = line === null ? [] : acrossAt(y(line.value), WIDTH - right, line);
  if (known.length === 0) return svg(WIDTH, base + 22, label, axis, marks);
  const note = least > 0 && cut !== '' ? [words(0, base + 32, cut)] : [];
  const scale = [words(0, 10, say(most)), words(0, base - 3, say(least))];
  return svg(WIDTH, base + 22 + note.length * 16, label, scale, axis, marks, across, drawn, note);
}

const acrossAt = (y: number, width: number, { label, colour = CHART.down }: NonNullable<Scale['line']>): readonly Markup[] => [
  element('path', { d: `M0 ${at(y)}H${width}`, stroke: colour, 'stroke-dasharray': '2 3', fill: 'none' }),
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

/** A waterfall month by month: what came stands on the level of the month before, what went hangs from the top, down to the new level. */
export function monthStepsSvg(
  months: readonly MonthSteps[],
  { gains, losses }: { readonly gains: readonly Series[]; readonly losses: readonly Series[] },
  label: string,
  { say, cut }: { readonly say: (value: number) => string /** Said where the axis does not begin at 0. */; readonly cut: string },
): Markup {
  const [top, height] = [30, 160];
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const crests = Math.max(0, ...months.map(({ start, gains: up }) => start + sum(up)));
  const least = axisFrom(Math.min(crests, ...months.map(({ start, end }) => Math.min(start, end))), crests);
  const most = Math.max(crests, least + 1e-9);
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
      ...(index % every === 0 ? [words(inside(x + step / 2, month.label), base + 14, month.label, 'middle')] : []),
    ];
  });
  const names = legend([...gains, ...losses], base + 22);
  const axis = element('path', {
    d: `M0 ${base}H${WIDTH}`,
    stroke: CHART.faint,
    fill: 'none',
    'stroke-dasharray': least > 0 ? '3 3' : null,
  });
  const foot = base + 24 + names.height;
  const note = least > 0 ? [words(0, foot + 8, cut)] : [];
  return svg(
    WIDTH,
    foot + note.length * 14,
    label,
    words(0, 11, say(most)),
    axis,
    words(0, base - 3, say(least)),
    marks,
    names.marks,
    note,
  );
}
