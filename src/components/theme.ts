/** What a piece of text is, and how each theme shows it. Screens name tones; only this file knows colours. */

/** Colour has three jobs: risk, movement, focus. Everything else is plain or quiet. */
export type Tone = 'plain' | 'strong' | 'quiet' | 'critical' | 'high' | 'low' | 'worse' | 'better' | 'accent' | 'selected' | 'problem';

export interface Style {
  readonly color?: string;
  readonly bold?: boolean;
  readonly dimColor?: boolean;
  readonly inverse?: boolean;
  readonly underline?: boolean;
}

export type Theme = Readonly<Record<Tone, Style>>;

/** The sixteen colours of the terminal's own palette, so that light and dark schemes both stay readable. */
const autoTheme: Theme = {
  plain: {},
  strong: { bold: true },
  quiet: { dimColor: true },
  critical: { color: 'red', bold: true },
  high: { color: 'yellow' },
  low: { dimColor: true },
  worse: { color: 'red' },
  better: { color: 'green' },
  accent: { color: 'cyan' },
  selected: { color: 'cyan', bold: true },
  problem: { color: 'yellow', bold: true },
};

/** Without colour: weight alone; glyphs and words carry the rest. */
const monoTheme: Theme = {
  plain: {},
  strong: { bold: true },
  quiet: {},
  critical: { bold: true },
  high: {},
  low: {},
  worse: {},
  better: {},
  accent: {},
  selected: { bold: true },
  problem: { bold: true },
};

interface Palette {
  readonly quiet: string | null;
  readonly critical: string;
  readonly high: string;
  readonly worse: string;
  readonly better: string;
  readonly accent: string;
}

/** Weight goes with the tones that matter most, whatever the colours. */
const themeOf = ({ quiet, critical, high, worse, better, accent }: Palette): Theme => ({
  plain: {},
  strong: { bold: true },
  quiet: quiet === null ? {} : { color: quiet },
  critical: { color: critical, bold: true },
  high: { color: high },
  low: quiet === null ? {} : { color: quiet },
  worse: { color: worse },
  better: { color: better },
  accent: { color: accent },
  selected: { color: accent, bold: true },
  problem: { color: high, bold: true },
});

type Drawn = 'dark' | 'light' | 'high-contrast' | 'high-contrast-light' | 'colour-blind' | 'colour-blind-light';
/** As the settings name them. */
export type ThemeName = 'auto' | 'mono' | Drawn;

/** Readable on a background of that kind; a test holds the contrast, and that worse and better differ for every eye. */
export const PALETTES: Readonly<Record<Drawn, Palette>> = {
  dark: { quiet: '#9aa4b0', critical: '#ff7b72', high: '#e3b341', worse: '#ff9a92', better: '#56d364', accent: '#79c0ff' },
  light: { quiet: '#57606a', critical: '#b3001b', high: '#7a4b00', worse: '#b3001b', better: '#116329', accent: '#0550ae' },
  'high-contrast': { quiet: null, critical: '#ff9b94', high: '#ffd84d', worse: '#ffb3ad', better: '#7ee787', accent: '#9fd4ff' },
  'high-contrast-light': { quiet: null, critical: '#86000f', high: '#5f005f', worse: '#86000f', better: '#044a1c', accent: '#002d8b' },
  // After Okabe and Ito: orange against sky blue, never red against green.
  'colour-blind': { quiet: '#9aa4b0', critical: '#ff9e3d', high: '#f0e442', worse: '#ff9e3d', better: '#56b4e9', accent: '#e8a2c8' },
  'colour-blind-light': { quiet: '#57606a', critical: '#983c00', high: '#6b5900', worse: '#983c00', better: '#00579e', accent: '#87307c' },
};

/** The same in the terminal's own sixteen colours. */
const SIXTEEN: Readonly<Record<Drawn, Theme>> = {
  dark: autoTheme,
  light: themeOf({ quiet: null, critical: 'red', high: 'magenta', worse: 'red', better: 'blue', accent: 'blue' }),
  'high-contrast': themeOf({
    quiet: null,
    critical: 'redBright',
    high: 'yellowBright',
    worse: 'redBright',
    better: 'greenBright',
    accent: 'cyanBright',
  }),
  'high-contrast-light': themeOf({ quiet: null, critical: 'red', high: 'magenta', worse: 'red', better: 'blue', accent: 'blue' }),
  'colour-blind': themeOf({
    quiet: null,
    critical: 'yellowBright',
    high: 'yellow',
    worse: 'yellowBright',
    better: 'blueBright',
    accent: 'magentaBright',
  }),
  'colour-blind-light': themeOf({ quiet: null, critical: 'red', high: 'magenta', worse: 'red', better: 'blue', accent: 'magenta' }),
};

/** From so many bits of colour on a palette of our own is shown as it is meant. */
const PALETTE_BITS = 8;

/**
 * The theme of that name for a terminal with so many bits of colour (1, 4, 8, 24). `NO_COLOR` counts when it is set and
 * not empty (no-color.org), and goes before the name.
 */
export function themeFor(env: Readonly<Record<string, string | undefined>>, name: ThemeName = 'auto', bits = 4): Theme {
  if (env.NO_COLOR || name === 'mono' || bits < 4) return monoTheme;
  if (name === 'auto') return autoTheme;
  return bits >= PALETTE_BITS ? themeOf(PALETTES[name]) : SIXTEEN[name];
}
