/** A row of numbers as a row of glyphs, one cell each. */

const BLOCKS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;
const ASCII = ['_', '.', '-', '=', '+', 'o', '#', '@'] as const;

export interface SparkOptions {
  /** Plain ASCII, where block elements are not to be had. */
  readonly ascii?: boolean;
  /** Stands for null: default a space. */
  readonly gap?: string;
  /** What a full block means; default the largest value. */
  readonly max?: number;
}

/**
 * Heights from 0, not from the smallest value, so that half the height is half the money. Zero and less show the lowest
 * glyph, null shows a gap: unknown is not zero.
 */
export function sparkline(values: readonly (number | null)[], options: SparkOptions = {}): string {
  const levels = options.ascii ? ASCII : BLOCKS;
  const top = options.max ?? Math.max(0, ...values.map((value) => value ?? 0));
  return values
    .map((value) => {
      if (value === null) return options.gap ?? ' ';
      const share = top > 0 ? Math.min(1, Math.max(0, value / top)) : 0;
      return levels[Math.round(share * (levels.length - 1))] ?? levels[0];
    })
    .join('');
}
