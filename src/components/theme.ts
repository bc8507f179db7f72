/** What a piece of text is, and how each theme shows it. Screens name tones; only this file knows colours. */
import { createContext } from 'react';

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
const colourTheme: Theme = {
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

/** `NO_COLOR` counts when it is set and not empty (no-color.org); Ink and chalk do not look at it. */
export const themeFor = (env: Readonly<Record<string, string | undefined>>): Theme => (env.NO_COLOR ? monoTheme : colourTheme);

export const ThemeContext = createContext<Theme>(colourTheme);
