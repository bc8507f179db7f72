/** How the app shows itself on this terminal: what the settings say, and what the environment says where they are silent. */
import { type Theme, themeFor } from '../components/theme.ts';
import { DEFAULT_PERSONAL, type Personal } from '../settings/settings.ts';
import { wantsAscii, wantsLinks } from '../settings/terminal.ts';
import type { KeyOverrides } from './state.ts';

type Env = Readonly<Record<string, string | undefined>>;

export interface Looks {
  readonly theme: Theme;
  readonly ascii: boolean;
  /** Bits of colour that the terminal has. */
  readonly bits: number;
  /** Names and evidence are links. */
  readonly links: boolean;
  readonly ambiguousWidth: 1 | 2;
  readonly mouse: boolean;
  readonly keys: KeyOverrides;
}

/** `bits`: how much colour the terminal has, as `WriteStream.getColorDepth` tells. */
export function looksOf(env: Env, personal: Personal = DEFAULT_PERSONAL, bits = 4): Looks {
  const { theme, ambiguousWidth, mouse, keys } = personal;
  return {
    theme: themeFor(env, theme, bits),
    ascii: wantsAscii(env, personal),
    bits,
    links: wantsLinks(env, personal),
    ambiguousWidth,
    mouse,
    keys,
  };
}
