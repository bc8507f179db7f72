/** A program in a real terminal: what it writes, and when. */
import { type IPty, spawn } from '@lydell/node-pty';

/** What somebody has on a desk. */
export const COLUMNS = 160;
export const ROWS = 50;

export interface Terminal {
  readonly pid: number;
  /** Milliseconds from the start until `text` had been written; rejects where the program ends before. */
  seen(text: string): Promise<number>;
  /** Types and gives the milliseconds until the program answers, and how many bytes it wrote until it was silent. */
  press(keys: string): Promise<{ readonly ms: number; readonly bytes: number }>;
  /** The same without waiting for silence. */
  answered(keys: string): Promise<number>;
  /** Resolves once nothing has been written for a while. */
  silent(): Promise<void>;
  written(): number;
  close(): Promise<void>;
}

const SILENCE_MS = 120;
const DEADLINE_MS = 60_000;

export interface TerminalOptions {
  /** Another program than Node. */
  readonly command?: string;
  readonly columns?: number;
  readonly rows?: number;
}

export function openTerminal(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  { command = process.execPath, columns = COLUMNS, rows = ROWS }: TerminalOptions = {},
): Terminal {
  const begun = performance.now();
  const named = { ...env, TERM: 'xterm-256color', COLORTERM: undefined };
  const pty: IPty = spawn(command, [...args], {
    cols: columns,
    rows,
    name: 'xterm-256color',
    env: Object.fromEntries(Object.entries(named).filter((entry): entry is [string, string] => entry[1] !== undefined)),
  });
  let output = '';
  let bytes = 0;
  let ended = false;
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  pty.onData((data) => {
    output += data;
    bytes += Buffer.byteLength(data);
    tell();
  });
  const over = new Promise<void>((resolve) =>
    pty.onExit(() => {
      ended = true;
      tell();
      resolve();
    }),
  );

  const until = (condition: () => boolean, what: string): Promise<number> =>
    new Promise((resolve, reject) => {
      const end = (settle: () => void): void => {
        listeners.delete(check);
        clearTimeout(timer);
        settle();
      };
      const check = (): void => {
        const now = performance.now();
        if (condition()) end(() => resolve(now));
        else if (ended) end(() => reject(new Error(`the program ended before ${what}:\n${output.slice(-2000)}`)));
      };
      const timer = setTimeout(() => end(() => reject(new Error(`never ${what}:\n${output.slice(-2000)}`))), DEADLINE_MS);
      listeners.add(check);
      check();
    });

  const silent = (): Promise<void> =>
    new Promise((resolve) => {
      const done = (): void => {
        listeners.delete(again);
        resolve();
      };
      let timer = setTimeout(done, SILENCE_MS);
      const again = (): void => {
        clearTimeout(timer);
        timer = setTimeout(done, SILENCE_MS);
      };
      listeners.add(again);
    });

  return {
    pid: pty.pid,
    seen: async (text) => (await until(() => output.includes(text), `wrote “${text}”`)) - begun,
    press: async (keys) => {
      const before = bytes;
      const from = performance.now();
      pty.write(keys);
      const ms = (await until(() => bytes > before, 'answered')) - from;
      await silent();
      return { ms, bytes: bytes - before };
    },
    answered: async (keys) => {
      const before = bytes;
      const from = performance.now();
      pty.write(keys);
      return (await until(() => bytes > before, 'answered')) - from;
    },
    silent,
    written: () => bytes,
    close: async () => {
      if (!ended) pty.kill('SIGKILL');
      await over;
    },
  };
}
