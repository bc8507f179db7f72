/** What somebody wants of a terminal, where the settings and the environment both have a word. */
import { needsAscii } from '../text/glyphs.ts';
import { knowsLinks } from '../text/links.ts';
import { DEFAULT_PERSONAL, type Personal } from './settings.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** To be told, not shown: `INK_SCREEN_READER` as other programs have it, before what the settings say. */
export function wantsLines(env: Env, { screenReader }: Pick<Personal, 'screenReader'> = DEFAULT_PERSONAL): boolean {
  const wish = env.INK_SCREEN_READER?.toLowerCase() ?? '';
  return wish === '' ? screenReader : wish !== 'false' && wish !== '0';
}

/** Glyphs in ASCII. Where open widths take two cells, so do most of our glyphs: drawn rules would be twice as long. */
export const wantsAscii = (env: Env, { glyphs, ambiguousWidth }: Pick<Personal, 'glyphs' | 'ambiguousWidth'>): boolean =>
  glyphs === 'ascii' || ambiguousWidth === 2 || (glyphs === 'auto' && needsAscii(env));

/** Names and evidence as links to their pages. */
export const wantsLinks = (env: Env, { links }: Pick<Personal, 'links'>): boolean =>
  links === 'always' ? env.TERM !== 'dumb' : links === 'auto' && knowsLinks(env);
