/**
 * Reckoning in a process of its own that ends when nothing more is asked: of a large book it takes several times the memory
 * of everything else, and all of it is handed back only when a process ends.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ProfileOptions } from './profile.ts';
import type { Reckoner, Sum, Sums } from './reckoning.ts';

export interface Asked {
  readonly options: Omit<ProfileOptions, 'now'>;
  readonly sum: Sum;
}

export type Answered = { readonly ok: true; readonly value: Sums[Sum['kind']] } | { readonly ok: false; readonly message: string };

export interface ReckoningProcess extends Reckoner {
  /** Whatever it is at is left; what it has not committed is as if it had never begun. */
  close(): void;
}

/** One sum follows another: the brief what was scored, the reports the brief. */
const IDLE_MS = 500;

/** `url` is the worker's own bundle. Where the system lets no process start, `here` does the work. */
export function reckoningProcess(url: URL, options: ProfileOptions, here: Reckoner): ReckoningProcess {
  let child: ChildProcess | null = null;
  let idle: NodeJS.Timeout | undefined;
  const { now: _now, ...plain } = options;

  const start = (): ChildProcess => {
    if (child) return child;
    const started = fork(fileURLToPath(url), { serialization: 'advanced', stdio: 'ignore' });
    const forget = (): void => {
      if (child === started) child = null;
    };
    started.on('error', forget);
    started.on('exit', forget);
    child = started;
    return started;
  };
  /** It ends by itself when it is let go. */
  const rest = (): void => {
    if (child?.connected) child.disconnect();
    child = null;
  };

  return {
    run: <Kind extends Sum['kind']>(sum: Extract<Sum, { kind: Kind }>) =>
      new Promise<Sums[Kind]>((resolve, reject) => {
        clearTimeout(idle);
        const at = start();
        const end = (settle: () => void) => {
          at.off('message', heard);
          at.off('exit', gone);
          at.off('error', failed);
          idle = setTimeout(rest, IDLE_MS);
          settle();
        };
        const heard = (answer: Answered): void =>
          end(() => (answer.ok ? resolve(answer.value as Sums[Kind]) : reject(new Error(answer.message))));
        const gone = (code: number | null, signal: string | null): void =>
          end(() => reject(new Error(`the reckoning process ended (${signal ?? code})`)));
        const failed = (): void => end(() => here.run(sum).then(resolve, reject));
        at.on('message', heard);
        at.on('exit', gone);
        at.on('error', failed);
        at.send({ options: plain, sum } satisfies Asked);
      }),
    close: () => {
      clearTimeout(idle);
      child?.kill('SIGKILL');
      child = null;
    },
  };
}
