/** Shares in rows and columns: each cell a number to read and a shade to see. */
import { fit } from '../text/cells.ts';
import type { Clean } from '../text/clean.ts';
import { glyphAt, glyphs } from './glyphs.ts';
import { gap, type Line, span } from './line.ts';
import type { Tone } from './theme.ts';

/** Cells of one share: mark, shade, number, blank. */
export const HEAT_CELL = 6;

/** Lower edges of the levels, lowest first; below the first is level 0. */
export const HEAT_EDGES = [0.5, 0.7, 0.85, 0.95] as const;

/** 0 to 4. */
export const heatLevel = (share: number): number => HEAT_EDGES.filter((edge) => share >= edge).length;

const TONES: readonly Tone[] = ['worse', 'high', 'plain', 'better', 'better'];

export const heatTone = (share: number): Tone => TONES[heatLevel(share)] ?? 'plain';

/** Whole per cent, never more than four characters. */
const percent = (share: number): string => String(Math.min(9999, Math.round(share * 100)));

/** Exactly `HEAT_CELL` wide; null is no value: the month is not there yet. */
export function heatCell(share: number | null, selected: boolean): Line {
  const marker = span((selected ? glyphs.here : ' ') as Clean, 'selected');
  if (share === null) return [marker, gap(HEAT_CELL - 1)];
  return [
    marker,
    span(glyphAt(glyphs.shades, heatLevel(share)) as Clean, heatTone(share)),
    span(fit(percent(share) as Clean, HEAT_CELL - 2, { align: 'right' }), selected ? 'selected' : heatTone(share)),
  ];
}

/** What the shades mean, from little to much. */
export function heatLegend(): Line {
  return [0, ...HEAT_EDGES].flatMap((edge, level) => {
    const words = level === 0 ? `<${HEAT_EDGES[0] * 100}` : `${Math.round(edge * 100)}+`;
    return [span(glyphAt(glyphs.shades, level) as Clean, TONES[level] ?? 'plain'), span(` ${words}%  ` as Clean, 'quiet')];
  });
}
