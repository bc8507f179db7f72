/** The marks that charts are drawn with, each set in one table, so that another set can stand in for the first. */

export interface Glyphs {
  /** Bars that stand beside each other, told apart without colour; further ones share the last. */
  readonly fills: readonly string[];
  /** Parts of a full cell from the bottom, lowest first; the last one is full. */
  readonly heights: readonly string[];
  /** Parts of a full cell from the left, thinnest first; the last one is full. */
  readonly lengths: readonly string[];
  /** From little to much. */
  readonly shades: readonly string[];
  /** From small to large. */
  readonly bubbles: readonly string[];
  readonly target: string;
  readonly horizontal: string;
  readonly vertical: string;
  readonly cross: string;
  readonly corner: string;
  readonly tick: string;
  readonly here: string;
  readonly pointer: string;
}

/** Block Elements, lines and simple shapes. */
export const blockGlyphs: Glyphs = {
  fills: ['█', '▒', '░', '▓', ':', '=', '%'],
  heights: ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
  lengths: ['▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'],
  shades: [' ', '░', '▒', '▓', '█'],
  bubbles: ['·', '•', '●', '◉'],
  target: '┄',
  horizontal: '─',
  vertical: '│',
  cross: '┼',
  corner: '└',
  tick: '┤',
  here: '▸',
  pointer: '▲',
};

/** For terminals and fonts that have nothing else. */
export const asciiGlyphs: Glyphs = {
  fills: ['#', '=', '.', '%', ':', '+', '*'],
  heights: ['_', '#'],
  lengths: ['-', '#'],
  shades: [' ', '.', ':', '+', '#'],
  bubbles: ['.', 'o', 'O', '@'],
  target: '-',
  horizontal: '-',
  vertical: '|',
  cross: '+',
  corner: '+',
  tick: '+',
  here: '>',
  pointer: '^',
};

/** The last glyph stands for everything beyond the set. */
export const glyphAt = (set: readonly string[], index: number): string => set[Math.max(0, Math.min(set.length - 1, index))] ?? ' ';
