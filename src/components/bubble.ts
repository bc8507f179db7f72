/** Points in a plane: which cell each falls into, and the plane as lines. Several in one cell are shown as their number. */
import { width as cellWidth, cut, fit, padStart } from '../text/cells.ts';
import type { Clean } from '../text/clean.ts';
import { glyphAt, glyphs } from './glyphs.ts';
import { cutLine, gap, type Line, type Span, span } from './line.ts';
import type { Tone } from './theme.ts';

export interface Bubble {
  readonly id: string;
  /** From 0, left, to 1, right. */
  readonly x: number;
  /** From 0, bottom, to 1, top. */
  readonly y: number;
  /** 1 and up. */
  readonly size: number;
  /** One character beside the bubble, which says what its colour says. */
  readonly mark: Clean;
  readonly tone: Tone;
}

export interface BubbleCell {
  readonly column: number;
  /** From the top. */
  readonly row: number;
  /** In the order given. */
  readonly bubbles: readonly Bubble[];
}

/** Terminal cells that a bubble takes: itself and its mark. */
const BUBBLE = 2;

export const bubbleColumns = (width: number): number => Math.max(1, Math.floor(width / BUBBLE));

const place = (share: number, count: number): number => Math.max(0, Math.min(count - 1, Math.floor(share * count)));

/** The cell that is drawn at that place of `bubbleLines`, its labels so wide. */
export function bubbleCellAt(
  { cells, amounts }: Pick<BubbleInput, 'cells' | 'amounts'>,
  { x, y }: { readonly x: number; readonly y: number },
): BubbleCell | null {
  const column = Math.floor((x - Math.max(...amounts.map(cellWidth)) - 2) / BUBBLE);
  return cells.find((cell) => cell.row === y - 1 && cell.column === column) ?? null;
}

/** Every bubble in exactly one cell; from the top, left to right. */
export function bubbleCells(bubbles: readonly Bubble[], width: number, height: number): readonly BubbleCell[] {
  const columns = bubbleColumns(width);
  const rows = Math.max(1, height);
  const cells = new Map<number, { readonly column: number; readonly row: number; readonly bubbles: Bubble[] }>();
  for (const bubble of bubbles) {
    const column = place(bubble.x, columns);
    const row = rows - 1 - place(bubble.y, rows);
    const key = row * columns + column;
    const cell = cells.get(key);
    if (cell) cell.bubbles.push(bubble);
    else cells.set(key, { column, row, bubbles: [bubble] });
  }
  return [...cells.values()].sort((a, b) => a.row - b.row || a.column - b.column);
}

export interface BubbleInput {
  readonly cells: readonly BubbleCell[];
  /** Of the plot without its axes, in terminal cells. */
  readonly width: number;
  readonly height: number;
  /** Where the quadrants meet, as shares like a bubble's place. */
  readonly divide: { readonly x: number; readonly y: number };
  /** Names of the quadrants: upper left, upper right, lower left, lower right. */
  readonly names: readonly [Clean, Clean, Clean, Clean];
  readonly selected: BubbleCell | null;
  /** At the left of the top, the dividing and the bottom row. */
  readonly amounts: readonly [Clean, Clean, Clean];
  /** Under the plot. */
  readonly ticks: readonly { readonly x: number; readonly label: Clean }[];
}

/** The names of the upper quadrants, `height` rows of the plot, the names of the lower ones and two rows of axis; none wider than the labels, two cells and `width`. */
export function bubbleLines(input: BubbleInput): Line[] {
  const { cells, width, height, divide, names, selected, amounts, ticks } = input;
  const columns = bubbleColumns(width);
  const middleRow = height - 1 - place(divide.y, height);
  const middleColumn = place(divide.x, columns);
  const labelWidth = Math.max(...amounts.map(cellWidth));
  const at = new Map(cells.map((cell) => [cell.row * columns + cell.column, cell]));
  const named = (left: Clean, right: Clean): Line => [
    gap(labelWidth + 1),
    span(glyphs.vertical as Clean, 'quiet'),
    span(fit(left, middleColumn * BUBBLE), 'strong'),
    span(glyphs.vertical.padEnd(BUBBLE) as Clean, 'quiet'),
    span(cut(right, Math.max(0, (columns - middleColumn - 1) * BUBBLE)), 'strong'),
  ];
  const lines: Line[] = [named(names[0], names[1])];
  for (let row = 0; row < height; row++) {
    const label = row === middleRow ? amounts[1] : row === 0 ? amounts[0] : row === height - 1 ? amounts[2] : ('' as Clean);
    const spans: Span[] = [
      span(padStart(label, labelWidth), 'quiet'),
      span((label === '' ? ` ${glyphs.vertical}` : ` ${glyphs.tick}`) as Clean, 'quiet'),
    ];
    for (let column = 0; column < columns; column++) {
      const cell = at.get(row * columns + column);
      if (cell) spans.push(...drawn(cell, cell === selected));
      else if (column === middleColumn)
        spans.push(
          span((row === middleRow ? glyphs.cross.padEnd(BUBBLE, glyphs.target) : glyphs.vertical.padEnd(BUBBLE)) as Clean, 'quiet'),
        );
      else spans.push(span((row === middleRow ? glyphs.target.repeat(BUBBLE) : '  ') as Clean, 'quiet'));
    }
    lines.push(spans);
  }
  lines.push(named(names[2], names[3]));
  lines.push([gap(labelWidth + 1), span((glyphs.corner + glyphs.horizontal.repeat(columns * BUBBLE)) as Clean, 'quiet')]);
  lines.push(tickLine(ticks, columns, labelWidth));
  return lines;
}

const MANY = 99;

function drawn({ bubbles }: BubbleCell, selected: boolean): Span[] {
  const [only] = bubbles;
  if (!only) return [span('  ' as Clean)];
  if (bubbles.length > 1) {
    const count = bubbles.length > MANY ? '++' : String(bubbles.length).padStart(BUBBLE);
    // The sign of the cursor takes a cell; how many there are is told below the plot.
    const under = bubbles.length < 10 ? String(bubbles.length) : '+';
    return [selected ? span((glyphs.here + under) as Clean, 'selected') : span(count as Clean, 'strong')];
  }
  const glyph = glyphAt(glyphs.bubbles, only.size - 1);
  if (selected) return [span((glyphs.here + glyph) as Clean, 'selected')];
  return [span(glyph as Clean, only.tone), span(only.mark, only.tone)];
}

function tickLine(ticks: BubbleInput['ticks'], columns: number, labelWidth: number): Line {
  let line = '';
  for (const { x, label } of ticks) {
    const start = Math.min(place(x, columns) * BUBBLE, columns * BUBBLE - cellWidth(label));
    const used = cellWidth(line as Clean);
    if (start < (used === 0 ? 0 : used + 1)) continue;
    line += ' '.repeat(start - used) + label;
  }
  return cutLine([gap(labelWidth + 2), span(line as Clean, 'quiet')], labelWidth + 2 + columns * BUBBLE);
}
