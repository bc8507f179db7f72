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

/** The nearest of the 256: a cube of six steps a channel, and a row of greys. */
function nearest([red = 0, green = 0, blue = 0]: readonly number[]): number {
  if (red === green && green === blue) return red < 8 ? 16 : red > 248 ? 231 : 232 + Math.round(((red - 8) / 247) * 24);
  const step = (channel: number): number => Math.round((channel / 255) * 5);
  return 16 + 36 * step(red) + 6 * step(green) + step(blue);
}
