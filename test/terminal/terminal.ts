/** The finished program in a real terminal: a pty outside, a headless xterm that reads what it draws. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type IPty, spawn } from '@lydell/node-pty';
import headless from '@xterm/headless';

const root = resolve(import.meta.dirname, '../..');
const NODE = join(root, 'node_modules/.bin/node');
const PROGRAM = join(root, 'bin/kizashi.js');
const DEADLINE_MS = 30_000;

export interface TerminalOptions {
  /** Another one than the finished program. */
  readonly program?: string;
  readonly args?: readonly string[];
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly home?: string;
}

/** Colours: 0–15 of the terminal's own, null its default. */
export interface TerminalCell {
  /** Empty behind a wide character. */
  readonly chars: string;
  readonly width: number;
  readonly foreground: number | null;
  readonly background: number | null;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly inverse: boolean;
}

export interface RealTerminal {
  readonly pid: number;
  readonly home: string;
  /** Every byte that the program wrote. */
  written(): string;
  screen(): string[];
  cells(): TerminalCell[][];
  cursorHidden(): boolean;
  alternate(): boolean;
  type(keys: string): void;
  resize(columns: number, rows: number): void;
  kill(signal: NodeJS.Signals): void;
  /** Resolves as soon as the screen meets the condition; rejects with the screen at the deadline. */
  until(condition: (screen: string[]) => boolean, what: string): Promise<string[]>;
  see(text: string): Promise<string[]>;
  /** Resolves when nothing has been written for so long: for recordings, never in a test. */
  quiet(ms: number): Promise<void>;
  /** Exit code, 128 + signal where a signal ended it. */
  ended: Promise<number>;
  close(): void;
}

export function openTerminal(options: TerminalOptions = {}): RealTerminal {
  const columns = options.columns ?? 80;
  const rows = options.rows ?? 24;
  const home = options.home ?? mkdtempSync(join(tmpdir(), 'kizashi-terminal-'));
  const screen = new headless.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 500 });
  let output = '';
  const listeners = new Set<() => void>();
  const pty: IPty = spawn(NODE, [options.program ?? PROGRAM, ...(options.args ?? ['--demo'])], {
    cols: columns,
    rows,
    cwd: home,
    // The pty sets TERM from this name, whatever the environment says.
    name: options.env?.TERM ?? 'xterm-256color',
    env: {
      PATH: process.env.PATH ?? '',
      HOME: home,
      KIZASHI_HOME: join(home, 'kizashi'),
      LANG: 'en_US.UTF-8',
      TERM: 'xterm-256color',
      ...options.env,
    },
  });
  pty.onData((data) => {
    output += data;
    screen.write(data, () => {
      for (const listener of listeners) listener();
    });
  });
  // What was written last must be on the screen before anybody looks at what is left there.
  const ended = new Promise<number>((done) =>
    pty.onExit(({ exitCode, signal }) => screen.write('', () => done(signal ? 128 + signal : exitCode))),
  );
  const lines = (): string[] => {
    const buffer = screen.buffer.active;
    return Array.from({ length: screen.rows }, (_, index) => buffer.getLine(buffer.baseY + index)?.translateToString(true) ?? '');
  };
  const until = (condition: (screen: string[]) => boolean, what: string): Promise<string[]> =>
    new Promise((done, fail) => {
      const check = () => {
        const now = lines();
        if (!condition(now)) return;
        listeners.delete(check);
        clearTimeout(timer);
        done(now);
      };
      const timer = setTimeout(() => {
        listeners.delete(check);
        fail(new Error(`never saw ${what}:\n${lines().join('\n')}`));
      }, DEADLINE_MS);
      listeners.add(check);
      check();
    });
  return {
    pid: pty.pid,
    home,
    written: () => output,
    screen: lines,
    cells: () => {
      const buffer = screen.buffer.active;
      return Array.from({ length: screen.rows }, (_, y) => {
        const line = buffer.getLine(buffer.baseY + y);
        return Array.from({ length: screen.cols }, (_, x): TerminalCell => {
          const cell = line?.getCell(x);
          return {
            chars: cell?.getChars() ?? '',
            width: cell?.getWidth() ?? 1,
            foreground: cell?.isFgPalette() ? cell.getFgColor() : null,
            background: cell?.isBgPalette() ? cell.getBgColor() : null,
            bold: (cell?.isBold() ?? 0) > 0,
            dim: (cell?.isDim() ?? 0) > 0,
            inverse: (cell?.isInverse() ?? 0) > 0,
          };
        });
      });
    },
    cursorHidden: () => output.lastIndexOf('\u001b[?25l') > output.lastIndexOf('\u001b[?25h'),
    alternate: () => screen.buffer.active.type === 'alternate',
    type: (keys) => pty.write(keys),
    resize: (nextColumns, nextRows) => {
      screen.resize(nextColumns, nextRows);
      pty.resize(nextColumns, nextRows);
    },
    kill: (signal) => pty.kill(signal),
    until,
    see: (text) => until((now) => now.join('\n').includes(text), `“${text}”`),
    quiet: (ms) =>
      new Promise((done) => {
        const over = (): void => {
          listeners.delete(again);
          done();
        };
        let timer = setTimeout(over, ms);
        const again = (): void => {
          clearTimeout(timer);
          timer = setTimeout(over, ms);
        };
        listeners.add(again);
      }),
    ended,
    close: () => {
      try {
        pty.kill('SIGKILL');
      } catch {
        // It has ended already.
      }
      screen.dispose();
      if (options.home === undefined) rmSync(home, { recursive: true, force: true });
    },
  };
}
