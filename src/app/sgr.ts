/** A tone's style as the terminal is told it: SGR parameters, `1;31`; '' for none. */
import type { Style } from '../components/theme.ts';

const NAMES = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];
const FOREGROUND = 30;
const BRIGHT = 90;
/** From so many bits of colour on any colour is shown as it is; below, the nearest of 256. */
const TRUE_COLOUR_BITS = 24;

/** `bits`: how much colour the terminal has, as `WriteStream.getColorDepth` tells. */
export function sgrOf({ color, bold, dimColor, inverse, underline }: Style, bits: number): string {
  const codes = [bold && '1', dimColor && '2', underline && '4', inverse && '7', color !== undefined && colour(color, bits)];
  return codes.filter((code) => typeof code === 'string').join(';');
}

function colour(name: string, bits: number): string {
  if (name.startsWith('#')) {
    const rgb = [1, 3, 5].map((at) => Number.parseInt(name.slice(at, at + 2), 16));
    return bits >= TRUE_COLOUR_BITS ? `38;2;${rgb.join(';')}` : `38;5;${nearest(rgb)}`;
  }
  const bright = name.endsWith('Bright');
  return String((bright ? BRIGHT : FOREGROUND) + NAMES.indexOf(bright ? name.slice(0, -'Bright'.length) : name));
}

/** Levels of a channel in the cube of the 256, and the greys beside it. */
const LEVELS = [0, 95, 135, 175, 215, 255];
const GREYS = Array.from({ length: 24 }, (_, at) => 8 + at * 10);
const CUBE = 16;
const GREY = 232;

const closest = (levels: readonly number[], wanted: number): number =>
  levels.reduce((best, level, at) => (Math.abs(level - wanted) < Math.abs((levels[best] ?? 0) - wanted) ? at : best), 0);

/** The one of the 256 that differs least; the sixteen at their start are the terminal's own. */
export function nearest(rgb: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = rgb.map((channel) => closest(LEVELS, channel));
  const grey = closest(GREYS, rgb.reduce((sum, channel) => sum + channel, 0) / rgb.length);
  const far = (shown: readonly (number | undefined)[]): number =>
    rgb.reduce((sum, channel, at) => sum + (channel - (shown[at] ?? 0)) ** 2, 0);
  const inGrey = far([GREYS[grey], GREYS[grey], GREYS[grey]]) < far([LEVELS[red], LEVELS[green], LEVELS[blue]]);
  return inGrey ? GREY + grey : CUBE + 36 * red + 6 * green + blue;
}
