/** Stacked columns over months, drawn with Block Elements and shades, one shade a series. */
import { padStart, width } from '../text/cells.ts';
import type { Clean } from '../text/clean.ts';
import { gap, type Line, type Span, span } from './line.ts';
import type { Tone } from './theme.ts';

export interface Series {
  readonly label: Clean;
  /** Oldest first, all series equally long; values below zero count as zero. */
  readonly values: readonly number[];
}

export interface ChartInput {
  readonly series: readonly Series[];
  /** Rows of the plot, without the axis. */
  readonly height: number;
  /** Cells per month, 1 or more. */
  readonly barWidth: number;
  /** How an amount is written on the axis. */
  readonly amount: (value: number) => Clean;
  /** Under the first and the last column. */
  readonly from: Clean;
  readonly to: Clean;
}

/** How each series is filled, in order; more series share the last fill. */
export const FILLS: readonly { readonly glyph: string; readonly tone: Tone }[] = [
  { glyph: '█', tone: 'accent' },
  { glyph: '▒', tone: 'plain' },
  { glyph: '░', tone: 'accent' },
  { glyph: '▓', tone: 'plain' },
  { glyph: '=', tone: 'quiet' },
];

const EIGHTHS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const fillOf = (index: number) => FILLS[Math.min(index, FILLS.length - 1)] ?? { glyph: '█', tone: 'plain' as const };

/** A round figure at or above `value`, so that the axis reads well: 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8 × 10ⁿ. */
export function niceTop(value: number): number {
  if (value <= 0) return 1;
  const magnitude = 10 ** Math.floor(Math.log10(value));
  const factor = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((one) => value <= one * magnitude * 1.000001) ?? 10;
  return factor * magnitude;
}

/**
 * The cell of column `month` in plot row `row` (0 = bottom): the series that holds the middle of the cell; the topmost
 * cell of a one-series column shows its height in eighths.
 */
function plotCell(series: readonly Series[], month: number, row: number, unit: number): Span {
  const floor = row * unit;
  const middle = floor + unit / 2;
  let reached = 0;
  let top = -1;
  let found = -1;
  series.forEach((one, index) => {
    const value = Math.max(0, one.values[month] ?? 0);
    if (value <= 0) return;
    reached += value;
    top = index;
    if (found < 0 && reached > middle) found = index;
  });
  if (found >= 0 && reached >= floor + unit) return span(fillOf(found).glyph as Clean, fillOf(found).tone);
  if (top < 0 || reached <= floor) return span(' ' as Clean);
  const eighths = Math.round(((reached - floor) / unit) * 8);
  if (eighths <= 0) return span((row === 0 ? '▁' : ' ') as Clean, fillOf(top).tone);
  return fillOf(top).glyph === '█'
    ? span((EIGHTHS[Math.min(7, eighths - 1)] ?? '█') as Clean, fillOf(top).tone)
    : span((eighths >= 4 ? fillOf(top).glyph : ' ') as Clean, fillOf(top).tone);
}

/** The chart as lines: plot with the axis at the left, base line, first and last month. */
export function stackedChart({ series, height, barWidth, amount, from, to }: ChartInput): Line[] {
  const months = series[0]?.values.length ?? 0;
  const totals = Array.from({ length: months }, (_, month) => series.reduce((sum, one) => sum + Math.max(0, one.values[month] ?? 0), 0));
  const top = niceTop(Math.max(0, ...totals));
  const unit = top / height;
  const labels = Array.from({ length: height }, (_, row) =>
    row === height - 1 || row === Math.floor((height - 1) / 2) ? amount((row + 1) * unit) : ('' as Clean),
  );
  const labelWidth = Math.max(1, ...labels.map(width));
  const lines: Line[] = [];
  for (let row = height - 1; row >= 0; row--) {
    const cells = Array.from({ length: months }, (_, month) => plotCell(series, month, row, unit));
    const wide = cells.map((one) => span(one.text.repeat(barWidth) as Clean, one.tone));
    const label = labels[row] ?? ('' as Clean);
    lines.push([span(padStart(label, labelWidth), 'quiet'), span((label === '' ? ' │' : ' ┤') as Clean, 'quiet'), ...wide]);
  }
  lines.push([span(padStart('0' as Clean, labelWidth), 'quiet'), span(` └${'─'.repeat(months * barWidth)}` as Clean, 'quiet')]);
  const between = months * barWidth - width(from) - width(to);
  lines.push([gap(labelWidth + 2), span(from, 'quiet'), gap(Math.max(1, between)), span(to, 'quiet')]);
  return lines;
}
