/**
 * The marks that charts and lists are drawn with: Block Elements, lines and simple shapes. What stands for each of them in
 * plain ASCII is in `text/glyphs.ts`; within a set no two may become the same there.
 */

interface Glyphs {
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
  readonly cornerRight: string;
  readonly tick: string;
  readonly here: string;
  readonly pointer: string;
  readonly have: string;
  readonly lack: string;
}

export const glyphs: Glyphs = {
  fills: ['█', '▒', '░', '▓', '=', '+', 'o'],
  heights: ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
  lengths: ['▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'],
  shades: [' ', '░', '▒', '▓', '█'],
  bubbles: ['·', '•', '●', '◉'],
  target: '┄',
  horizontal: '─',
  vertical: '│',
  cross: '┼',
  corner: '└',
  cornerRight: '┘',
  tick: '┤',
  here: '▸',
  pointer: '▲',
  have: '■',
  lack: '·',
};

/** The last glyph stands for everything beyond the set. */
export const glyphAt = (set: readonly string[], index: number): string => set[Math.max(0, Math.min(set.length - 1, index))] ?? ' ';
