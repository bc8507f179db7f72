/** How the app shows itself on this terminal: what the settings say, and what the environment says where they are silent. */
import { type Theme, themeFor } from '../components/theme.ts';
import { DEFAULT_PERSONAL, type Personal } from '../settings/settings.ts';
import { needsAscii } from '../text/glyphs.ts';
import type { KeyOverrides } from './state.ts';

type Env = Readonly<Record<string, string | undefined>>;

export interface Looks {
  readonly theme: Theme;
  readonly ascii: boolean;
  /** Bits of colour that the terminal has. */
  readonly bits: number;
  readonly ambiguousWidth: 1 | 2;
  readonly mouse: boolean;
  readonly keys: KeyOverrides;
}

/** `bits`: how much colour the terminal has, as `WriteStream.getColorDepth` tells. */
export function looksOf(env: Env, personal: Personal = DEFAULT_PERSONAL, bits = 4): Looks {
  const { theme, glyphs, ambiguousWidth, mouse, keys } = personal;
  return {
    theme: themeFor(env, theme, bits),
    // Where such characters take two cells, so do most of our glyphs: drawn rules would be twice as long.
    ascii: glyphs === 'ascii' || ambiguousWidth === 2 || (glyphs === 'auto' && needsAscii(env)),
    bits,
    ambiguousWidth,
    mouse,
    keys,
  };
}
