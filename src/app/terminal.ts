/** What we say to the terminal and the shell ourselves, beside what Ink draws. */

const ESC = '\u001b';
const BEL = '\u0007';

/** tmux and screen hand a sequence on only inside their own envelope. */
function enveloped(sequence: string, env: Readonly<Record<string, string | undefined>>): string {
  if (env.TMUX) return `${ESC}Ptmux;${sequence.replaceAll(ESC, ESC + ESC)}${ESC}\\`;
  return env.TERM?.startsWith('screen') ? `${ESC}P${sequence}${ESC}\\` : sequence;
}

/** OSC 52: the terminal puts `text` on the clipboard of the machine that shows it, over SSH too. */
export const copySequence = (text: string, env: Readonly<Record<string, string | undefined>>): string =>
  enveloped(`${ESC}]52;c;${Buffer.from(text, 'utf8').toString('base64')}${BEL}`, env);

/** The window's title while the app is there; the one before it is put aside and brought back. Linux consoles have none. */
export function titleModes(
  title: string,
  env: Readonly<Record<string, string | undefined>>,
): { readonly enter: string; readonly leave: string } {
  if (env.TERM === 'linux') return { enter: '', leave: '' };
  return { enter: `${ESC}[22;2t${ESC}]2;${title}${BEL}`, leave: `${ESC}[23;2t` };
}

/** Running time after which a stop that did not happen is given up: a stopped program's timers stand still. */
const NOT_STOPPED_MS = 300;

/**
 * Stops the whole foreground job, wrappers like npx included, as the shell's Ctrl-Z does; resolves after `fg`, or soon
 * where there is no shell that could bring it back and the system therefore refuses to stop it.
 */
export function stopUntilContinued(): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      process.off('SIGCONT', done);
      resolve();
    };
    const timer = setTimeout(done, NOT_STOPPED_MS);
    process.once('SIGCONT', done);
    process.kill(0, 'SIGTSTP');
  });
}
