/** Bars: a length or a height for a value, in parts where it has parts. */
import { width as cellWidth, padStart } from '../text/cells.ts';
import type { Clean } from '../text/clean.ts';
import { glyphAt, glyphs } from './glyphs.ts';
import { gap, type Line, type Span, span } from './line.ts';
import { niceTop } from './stacked-chart.ts';
import type { Tone } from './theme.ts';

/** Tones of the parts of a bar, beside their fills. */
const PART_TONES: readonly Tone[] = ['accent', 'plain', 'accent', 'plain', 'quiet'];

export const partTone = (index: number): Tone => PART_TONES[Math.min(index, PART_TONES.length - 1)] ?? 'plain';

const share = (value: number, max: number): number => (max > 0 ? Math.max(0, Math.min(1, value / max)) : 0);

/** A horizontal bar in exactly `width` cells, to an eighth of a cell; what is above 0 shows at least a trace. */
export function bar(value: number, max: number, width: number, tone: Tone = 'accent'): Line {
  const steps = glyphs.lengths.length;
  const filled = Math.round(share(value, max) * width * steps);
  const least = value > 0 && width > 0 ? Math.max(1, filled) : filled;
  const whole = Math.floor(least / steps);
  const part = least % steps;
  const text = glyphAt(glyphs.lengths, steps - 1).repeat(whole) + (part > 0 ? glyphAt(glyphs.lengths, part - 1) : '');
  return [span(text as Clean, tone), gap(width - whole - (part > 0 ? 1 : 0))];
}

/**
 * Cells of each part, so that together they are as many as the whole has: each gets what it is worth rounded down, and
 * what is left goes to the largest remainders.
 */
export function partCells(parts: readonly number[], max: number, width: number): readonly number[] {
  const values = parts.map((part) => Math.max(0, part));
  const total = values.reduce((sum, value) => sum + value, 0);
  const cells = Math.round(share(total, max) * width);
  const exact = values.map((value) => (total > 0 ? (value / total) * cells : 0));
  const given = exact.map(Math.floor);
  const order = exact
    .map((value, index) => ({ index, rest: value - Math.floor(value) }))
    .sort((a, b) => b.rest - a.rest || a.index - b.index);
  let left = cells - given.reduce((sum, value) => sum + value, 0);
  for (const { index } of order) {
    if (left <= 0) break;
    given[index] = (given[index] ?? 0) + 1;
    left -= 1;
  }
  return given;
}

/** A horizontal bar in parts, exactly `width` cells; `fills` gives the place of each part in the table of fills. */
export function splitBar(parts: readonly { readonly value: number; readonly fill: number }[], max: number, width: number): Line {
  const cells = partCells(
    parts.map(({ value }) => value),
    max,
    width,
  );
  const used = cells.reduce((sum, count) => sum + count, 0);
  return [
    ...parts.map(({ fill }, index) => span(glyphAt(glyphs.fills, fill).repeat(cells[index] ?? 0) as Clean, partTone(fill))),
    gap(width - used),
  ];
}

export interface ColumnsInput {
  /** Oldest first, 0 and up; null is unknown and stays empty. */
  readonly values: readonly (number | null)[];
  readonly height: number;
  /** Cells of a column with the blank behind it, 2 or more. */
  readonly pitch: number;
  readonly selected: number;
  /** A line across at this value. */
  readonly target: number | null;
  readonly tone: (value: number) => Tone;
  readonly amount: (value: number) => Clean;
  /** Cells for the labels of the axis. */
  readonly labelWidth: number;
}

/** `height` rows of columns, the base line, and the mark of the selected one; the target is a line through the empty cells. */
export function columnLines(input: ColumnsInput): Line[] {
  const { values, height, pitch, target, tone, amount, labelWidth } = input;
  const top = niceTop(Math.max(0, target ?? 0, ...values.map((value) => value ?? 0)));
  const unit = top / height;
  const steps = glyphs.heights.length;
  const targetRow = target === null ? -1 : Math.min(height - 1, Math.floor(target / unit));
  const lines: Line[] = [];
  for (let row = height - 1; row >= 0; row--) {
    const label = row === targetRow && target !== null ? amount(target) : row === height - 1 ? amount(top) : ('' as Clean);
    const spans: Span[] = [
      span(padStart(label, labelWidth), row === targetRow ? 'strong' : 'quiet'),
      span((label === '' ? ` ${glyphs.vertical}` : ` ${glyphs.tick}`) as Clean, 'quiet'),
    ];
    const empty = (row === targetRow ? glyphs.target : ' ').repeat(pitch);
    for (const value of values) {
      const eighths = Math.max(0, Math.min(steps, Math.round((((value ?? 0) - row * unit) / unit) * steps)));
      if (value === null || eighths === 0) spans.push(span(empty as Clean, row === targetRow ? 'strong' : 'quiet'));
      else {
        spans.push(span(glyphAt(glyphs.heights, eighths - 1).repeat(pitch - 1) as Clean, tone(value)));
        spans.push(span(empty.slice(0, 1) as Clean, row === targetRow ? 'strong' : 'quiet'));
      }
    }
    lines.push(spans);
  }
  return [...lines, ...baseLines(values.length, pitch, input.selected, labelWidth)];
}

/** The base line of a chart of columns, and the mark under the selected one. */
export function baseLines(count: number, pitch: number, selected: number, labelWidth: number): Line[] {
  return [
    [
      span(padStart('0' as Clean, labelWidth), 'quiet'),
      span(` ${glyphs.corner}${glyphs.horizontal.repeat(count * pitch)}` as Clean, 'quiet'),
    ],
    pointerLine(pitch, selected, labelWidth),
  ];
}

export const pointerLine = (pitch: number, selected: number, labelWidth: number): Line => [
  gap(labelWidth + 2 + selected * pitch),
  span(glyphs.pointer.repeat(Math.max(1, pitch - 1)) as Clean, 'selected'),
];

/** The same with a line to the other end of a period, which may lie on either side. */
export function periodLine(pitch: number, selected: number, other: number, labelWidth: number): Line {
  if (other === selected) return pointerLine(pitch, selected, labelWidth);
  const column = Math.max(1, pitch - 1);
  const between = Math.abs(selected - other) * pitch;
  const here = span(glyphs.pointer.repeat(column) as Clean, 'selected');
  const line = (left: string, cells: number, right: string): Span =>
    span(`${left}${glyphs.horizontal.repeat(cells)}${right}` as Clean, 'accent');
  return other < selected
    ? [gap(labelWidth + 2 + other * pitch), line(glyphs.corner, between - 1, ''), here]
    : [gap(labelWidth + 2 + selected * pitch), here, line('', between - 1, glyphs.cornerRight)];
}

/** Cells that the widest of some labels takes. */
export const widest = (labels: readonly Clean[]): number => Math.max(0, ...labels.map(cellWidth));
