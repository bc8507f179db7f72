/** Words that lead to a page, for terminals that know how (OSC 8). */

const ESC = '\u001b';
/** Longer ones are cut off by some terminals, and led astray. */
const LONGEST = 2000;
/** `https` with a host and nothing that a shell, a browser or a terminal could take for more. */
const SAFE = /^https:\/\/[a-z0-9.-]+(?::\d+)?(?:\/[\w\-./?=&%#~+:,@]*)?$/i;

export const isSafeUrl = (url: string): boolean => url.length <= LONGEST && SAFE.test(url);

export const LINK_END = `${ESC}]8;;${ESC}\\`;
/** `url` must be a safe one. */
export const linkStart = (url: string): string => `${ESC}]8;;${url}${ESC}\\`;

/** `text` as a link; as it is where there is no page, or its address is not to be trusted. */
export const linked = (text: string, url: string | null): string =>
  url !== null && isSafeUrl(url) && text !== '' ? `${linkStart(url)}${text}${LINK_END}` : text;

type Env = Readonly<Record<string, string | undefined>>;

/** Versions as `3.5.0` and `0.50.2`; 0 where there is none. */
const version = (text: string | undefined): number => {
  const [major = 0, minor = 0] = (text ?? '').split('.').map((part) => Number.parseInt(part, 10) || 0);
  return major + minor / 1000;
};

/** Whether the terminal is known to make links of it; the others would show nothing wrong, but old ones print the address. */
export function knowsLinks(env: Env): boolean {
  const { TERM = '', TERM_PROGRAM, TERM_PROGRAM_VERSION } = env;
  if (TERM === '' || TERM === 'dumb' || TERM === 'linux' || (TERM.startsWith('screen') && !env.TMUX)) return false;
  switch (TERM_PROGRAM) {
    case 'iTerm.app':
      return version(TERM_PROGRAM_VERSION) >= 3.001;
    case 'vscode':
      return version(TERM_PROGRAM_VERSION) >= 1.072;
    case 'tmux':
      // It hands them on to a terminal that knows them, and keeps them from one that does not.
      return version(TERM_PROGRAM_VERSION) >= 3.004;
    case 'WezTerm':
    case 'ghostty':
    case 'rio':
    case 'Hyper':
      return true;
  }
  if (env.TMUX) return false;
  if (env.WT_SESSION || env.KITTY_WINDOW_ID || env.WEZTERM_PANE || env.ALACRITTY_WINDOW_ID || env.DOMTERM) return true;
  // 0.50 writes itself 5000; the releases before 0.50.1 crashed on a link.
  if (Number(env.VTE_VERSION ?? 0) > 5000) return true;
  if (Number(env.KONSOLE_VERSION ?? 0) >= 201200) return true;
  return /^(xterm-kitty|alacritty|foot|wezterm|xterm-ghostty)/.test(TERM);
}
