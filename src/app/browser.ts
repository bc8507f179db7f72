/** Opens a page in the browser without a shell, and never lets it write on our screen. */
import { spawn } from 'node:child_process';

type Env = Readonly<Record<string, string | undefined>>;

/** The command for a page, as an argument array; null where there is nothing to ask. */
export function browserCommand(url: string, env: Env, platform: NodeJS.Platform): readonly [string, ...string[]] | null {
  const [program, ...rest] = (env.BROWSER ?? '').trim().split(/\s+/);
  if (program) return rest.includes('%s') ? [program, ...rest.map((part) => (part === '%s' ? url : part))] : [program, ...rest, url];
  if (platform === 'darwin') return ['open', url];
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', url];
  return env.DISPLAY || env.WAYLAND_DISPLAY || env.WSL_DISTRO_NAME ? ['xdg-open', url] : null;
}

/** Resolves once the program runs (true) or could not be started (false); it lives on without us. */
export function openInBrowser(url: string, env: Env, platform: NodeJS.Platform = process.platform): Promise<boolean> {
  const command = browserCommand(url, env, platform);
  if (!command) return Promise.resolve(false);
  const [program, ...args] = command;
  return new Promise((resolve) => {
    const child = spawn(program, args, { detached: true, stdio: 'ignore', shell: false });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}
