/** What rose and what fell between a start and an end: as floating bars, step by step or month by month. */
import { padStart } from '../text/cells.ts';
import type { Clean } from '../text/clean.ts';
import { glyphAt, glyphs } from './glyphs.ts';
import { gap, type Line, type Span, span } from './line.ts';
import type { Tone } from './theme.ts';

export interface Step {
  /** A change; of a total the level itself. */
  readonly value: number;
  readonly total: boolean;
}

/** The levels between which each step floats; a total stands on the bottom. Steps that add up end where the last total does. */
export function stepLevels(steps: readonly Step[]): readonly { readonly from: number; readonly to: number }[] {
  let level = 0;
  return steps.map(({ value, total }) => {
    const from = total ? 0 : level;
    level = total ? value : level + value;
    return { from, to: level };
  });
}

/** The cut-off bottom and the top of a scale on which changes can be seen: 0 where they are large enough for that. */
export function scaleOf(levels: readonly number[]): { readonly bottom: number; readonly top: number } {
  const top = Math.max(0, ...levels);
  const least = Math.min(top, ...levels);
  const spread = top - least;
  return { bottom: spread === 0 || spread * 3 > top ? 0 : Math.max(0, least - spread * 0.25), top: top === 0 ? 1 : top };
}

/** One line a step, each exactly `width` cells; a change shows at least one cell. */
export function stepLines(steps: readonly Step[], width: number): Line[] {
  const levels = stepLevels(steps);
  const { bottom, top } = scaleOf(levels.flatMap(({ from, to }, index) => (steps[index]?.total ? [to] : [from, to])));
  const place = (value: number): number => Math.round((Math.max(0, value - bottom) / (top - bottom)) * width);
  return levels.map(({ from, to }, index): Line => {
    const isTotal = steps[index]?.total === true;
    const [low, high] = [place(Math.min(from, to)), place(Math.max(from, to))];
    const cells = Math.max(from === to ? 0 : 1, high - low);
    const start = Math.min(low, width - cells);
    const tone: Tone = isTotal ? 'plain' : to >= from ? 'better' : 'worse';
    const glyph = glyphAt(glyphs.fills, isTotal ? 0 : to >= from ? 1 : 2);
    return [gap(start), span(glyph.repeat(Math.max(0, cells)) as Clean, tone), gap(width - start - cells)];
  });
}

export interface WaterfallMonth {
  readonly start: number;
  /** What was added, and what was taken away, both 0 or more. */
  readonly up: number;
  readonly down: number;
  readonly end: number;
}

export interface WaterfallInput {
  readonly months: readonly WaterfallMonth[];
  readonly height: number;
  /** Cells a month: a column up, a column down, and a blank; 3 or more. */
  readonly pitch: number;
  readonly labelWidth: number;
  readonly amount: (value: number) => Clean;
}

/** `height` rows: in each month what was added from the start upwards, then what was lost from there down to the end. */
export function waterfallLines({ months, height, pitch, labelWidth, amount }: WaterfallInput): Line[] {
  const { bottom, top } = scaleOf(months.flatMap(({ start, up, end }) => [start, start + up, end]));
  const unit = (top - bottom) / height;
  const row = (value: number): number => Math.max(0, Math.min(height - 1, Math.floor((value - bottom) / unit)));
  const bodies = months.map(({ start, up, down, end }) => ({
    up: up > 0 ? ([row(start), row(start + up)] as const) : null,
    down: down > 0 ? ([row(end), row(start + up)] as const) : null,
    level: row(end),
  }));
  const column = Math.max(1, Math.floor((pitch - 1) / 2));
  const rest = pitch - 2 * column;
  const lines: Line[] = [];
  for (let at = height - 1; at >= 0; at--) {
    const label = at === height - 1 ? amount(top) : at === 0 ? amount(bottom) : ('' as Clean);
    const spans: Span[] = [
      span(padStart(label, labelWidth), 'quiet'),
      span((label === '' ? ` ${glyphs.vertical}` : ` ${glyphs.tick}`) as Clean, 'quiet'),
    ];
    const inside = (body: readonly [number, number] | null): boolean => body !== null && at >= body[0] && at <= body[1];
    for (const { up, down, level } of bodies) {
      const still = up === null && down === null && at === level;
      const cellsOf = (body: readonly [number, number] | null, fill: number, tone: Tone): Span =>
        inside(body)
          ? span(glyphAt(glyphs.fills, fill).repeat(column) as Clean, tone)
          : span((still ? glyphs.horizontal : ' ').repeat(column) as Clean, 'quiet');
      spans.push(cellsOf(up, 0, 'better'), cellsOf(down, 2, 'worse'), gap(rest));
    }
    lines.push(spans);
  }
  return lines;
}
