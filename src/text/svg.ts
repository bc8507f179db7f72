/** Charts as SVG to stand inside a page: sizes in pixels, colours that stay apart in grey, every chart with its words. */
import { element, type Markup } from './markup.ts';

export const CHART = {
  ink: '#22303a',
  faint: '#c9d1d6',
  up: '#3d7f6f',
  down: '#c8553d',
  neutral: '#2f4858',
  /** From the largest on, for what is one sort of thing. */
  shades: ['#4a3f6b', '#7d6ea6', '#aa9fc9', '#c9c2de', '#8f8799', '#b5aebd', '#d3cfd8', '#e6e3ea'],
  series: ['#2f4858', '#e0a458', '#3d7f6f', '#8c6aa6', '#c8553d', '#7aa6c2', '#8f8f5a', '#b57b8f'],
} as const;

/** Two decimals are finer than any printer; more would only make the file longer. */
export const at = (value: number): string => String(Math.round(value * 100) / 100);

export function svg(width: number, height: number, label: string, ...children: Parameters<typeof element>[2][]): Markup {
  const frame = { class: 'chart', role: 'img', width, height, viewBox: `0 0 ${width} ${height}`, 'aria-label': label };
  return element('svg', frame, element('title', {}, label), ...children);
}

/** A line from zero up; null leaves a gap, a value alone between gaps is a dot. */
export function sparklineSvg(values: readonly (number | null)[], label: string, { width = 96, height = 20 } = {}): Markup {
  const top = Math.max(0, ...values.map((value) => value ?? 0));
  const x = (index: number): number => 2 + (values.length > 1 ? (index * (width - 4)) / (values.length - 1) : 0);
  const y = (value: number): number => height - 2 - (top > 0 ? (Math.max(0, value) / top) * (height - 4) : 0);
  let path = '';
  let open = false;
  for (const [index, value] of values.entries()) {
    if (value !== null) path += `${open ? 'L' : 'M'}${at(x(index))} ${at(y(value))}${open ? '' : 'h.01'}`;
    open = value !== null;
  }
  const last = values.at(-1) ?? null;
  const dot = last === null ? null : element('circle', { cx: at(x(values.length - 1)), cy: at(y(last)), r: 1.8, fill: CHART.down });
  const line = { d: path, fill: 'none', stroke: CHART.neutral, 'stroke-width': 1.4, 'stroke-linecap': 'round', 'stroke-linejoin': 'round' };
  return svg(width, height, label, path === '' ? null : element('path', line), dot);
}

/** A bar of `value` of `top`, with its range as a thin line where there is one. */
export function barSvg(
  value: number,
  top: number,
  label: string,
  {
    colour,
    range,
    width = 80,
    height = 12,
  }: { readonly colour: string; readonly range?: readonly [number, number]; readonly width?: number; readonly height?: number },
): Markup {
  const x = (of: number): number => (top > 0 ? (Math.min(top, Math.max(0, of)) / top) * width : 0);
  const middle = height / 2;
  return svg(
    width,
    height,
    label,
    element('rect', { x: 0, y: 2, width, height: height - 4, fill: '#edf0f2' }),
    element('rect', { x: 0, y: 2, width: at(x(value)), height: height - 4, fill: colour }),
    range === undefined
      ? null
      : element('path', { d: `M${at(x(range[0]))} ${middle}H${at(x(range[1]))}`, stroke: CHART.ink, 'stroke-width': 1 }),
  );
}

export interface Share {
  readonly label: string;
  readonly value: number;
  readonly colour: string;
}

/** One bar cut into shares, each with its label where there is room under it. */
export function sharesSvg(shares: readonly Share[], label: string, { width = 640, height = 18 } = {}): Markup {
  const total = shares.reduce((sum, { value }) => sum + value, 0);
  let x = 0;
  const parts = shares.flatMap(({ value, colour, label: name }) => {
    const wide = total > 0 ? (value / total) * width : 0;
    const part = element('rect', { x: at(x), y: 0, width: at(wide), height, fill: colour }, element('title', {}, name));
    x += wide;
    return wide > 0 ? [part] : [];
  });
  return svg(width, height, label, parts);
}
