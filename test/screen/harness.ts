/** The app in a real terminal emulator: press keys, wait until the screen is drawn, read cells. No time passes by itself. */
import './console.ts';
import { EventEmitter } from 'node:events';
import { Readable } from 'node:stream';
import { Terminal } from '@xterm/headless';
import { looksOf } from '../../src/app/looks.ts';
import { createModel, type Model } from '../../src/app/model.ts';
import { createPainter } from '../../src/app/painter.ts';
import type { Shown } from '../../src/app/shown.ts';
import { openStage } from '../../src/app/stage.ts';
import type { KeyOverrides, Size } from '../../src/app/state.ts';
import type { World } from '../../src/app/world.ts';
import { DEFAULT_PERSONAL, type Personal } from '../../src/settings/settings.ts';
import type { Lang } from '../../src/text/messages/index.ts';
import { type Fixture, type FixtureOptions, fixture } from './fixture.ts';

export interface Options extends FixtureOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly lang?: Lang;
  readonly env?: Readonly<Record<string, string>>;
  readonly world?: Partial<World>;
  readonly personal?: Partial<Personal>;
}

/** A terminal's stdout: what is written goes into the emulator and is counted. */
class Screen extends EventEmitter {
  readonly isTTY = true;
  readonly writable = true;
  columns: number;
  rows: number;
  bytes = 0;
  raw = '';
  readonly terminal: Terminal;

  constructor(columns: number, rows: number) {
    super();
    this.columns = columns;
    this.rows = rows;
    this.terminal = new Terminal({ cols: columns, rows, allowProposedApi: true, convertEol: true, scrollback: 0 });
  }

  write = (data: string, encodingOrDone?: unknown, done?: () => void): boolean => {
    this.bytes += Buffer.byteLength(data);
    this.raw += data;
    const callback = typeof encodingOrDone === 'function' ? (encodingOrDone as () => void) : done;
    this.terminal.write(data, callback);
    return true;
  };
}

class Keyboard extends Readable {
  readonly isTTY = true;
  override _read(): void {}
  setRawMode(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
}

/** Colour and weight of every cell of a row that has a character. */
function styles(terminal: Terminal, y: number): string {
  const line = terminal.buffer.active.getLine(y);
  return Array.from({ length: terminal.cols }, (_, x) => {
    const cell = line?.getCell(x);
    if (!cell || cell.getChars().trim() === '') return ' ';
    return `${cell.getFgColorMode()}:${cell.getFgColor()}:${cell.isBold()}:${cell.isDim()}:${cell.isInverse()}`;
  })
    .join(' ')
    .trimEnd();
}

export interface Driver {
  readonly model: Model;
  readonly workspace: Fixture;
  readonly done: string[];
  /** Bytes as a keyboard sends them, in one read. */
  send(bytes: string): Promise<void>;
  /** One read a key. */
  keys(...keys: string[]): Promise<void>;
  resize(columns: number, rows: number): Promise<void>;
  settle(): Promise<void>;
  /** The rows of the screen, blanks at the end cut. */
  lines(): string[];
  text(): string;
  cell(x: number, y: number): { readonly chars: string; readonly width: number; readonly bold: boolean; readonly colour: number | null };
  cursor(): { readonly x: number; readonly y: number; readonly shown: boolean };
  /** Bytes written since asked last. */
  written(): number;
  raw(): string;
  close(): Promise<void>;
}

export { KEY } from './key.ts';

/** What a screen is made with. */
export interface Given {
  readonly size: Size;
  readonly world: World;
  readonly overrides: KeyOverrides;
  readonly onError: (error: unknown) => void;
}

export async function open(options: Options = {}): Promise<Driver> {
  const workspace = fixture(options);
  const { driver, model } = await show((given) => createModel({ ...given, workspace, lang: options.lang ?? 'en' }), options);
  return { ...driver, model, workspace };
}

/** Anything that draws itself, in an emulator of its own. */
export async function show<M extends Shown & { idle(): Promise<void> }>(
  make: (given: Given) => M,
  options: Pick<Options, 'columns' | 'rows' | 'env' | 'world' | 'personal'>,
): Promise<{ readonly driver: Omit<Driver, 'model' | 'workspace'>; readonly model: M }> {
  const { columns = 80, rows = 24, env = {} } = options;
  const screen = new Screen(columns, rows);
  const keyboard = new Keyboard();
  const done: string[] = [];
  const world: World = {
    browse: async (url) => {
      done.push(`browse ${url}`);
      return true;
    },
    copy: (text) => void done.push(`copy ${text}`),
    edit: async (text) => ({ ok: true, text }),
    suspend: async () => void done.push('suspend'),
    exit: (code) => void done.push(`exit ${code}`),
    ...options.world,
  };
  const errors: unknown[] = [];
  const looks = looksOf(env, { ...DEFAULT_PERSONAL, ...options.personal });
  const real = make({ size: { columns, rows }, world, overrides: looks.keys, onError: (error) => errors.push(error) });
  const heard = new EventEmitter();
  const model: M = {
    ...real,
    press(names) {
      real.press(names);
      heard.emit('input');
    },
    paste(text) {
      real.paste(text);
      heard.emit('input');
    },
  };
  const own = { enter: '', leave: '' };
  const stage = openStage({
    model,
    looks,
    own,
    // The app uses only the part of the streams that is here.
    stdout: screen as unknown as NodeJS.WriteStream,
    stderr: screen as unknown as NodeJS.WriteStream,
    stdin: keyboard as unknown as NodeJS.ReadStream,
  });

  stage.ended.catch((error: unknown) => errors.push(error));

  /** The same frame drawn whole on an empty terminal: what was drawn step by step must look like it. */
  async function drawnAtOnce(): Promise<Terminal> {
    const plain = new Terminal({ cols: screen.columns, rows: screen.rows, allowProposedApi: true, convertEol: true, scrollback: 0 });
    let written = '';
    const stdout = {
      columns: screen.columns,
      rows: screen.rows,
      write: (data: string) => {
        written += data;
        return true;
      },
    } as unknown as NodeJS.WriteStream;
    createPainter({ stdout, looks, own, frame: (size) => model.frame(size) }).enter();
    await new Promise<void>((resolve) => plain.write(written, resolve));
    return plain;
  }

  async function settle(): Promise<void> {
    await model.idle();
    await new Promise<void>((resolve) => screen.terminal.write('', resolve));
    if (errors.length > 0) throw errors[0];
    const plain = await drawnAtOnce();
    for (let y = 0; y < screen.rows; y++) {
      const wanted = plain.buffer.active.getLine(y)?.translateToString(true).trimEnd() ?? '';
      if (wanted !== lineAt(y).trimEnd()) throw new Error(`row ${y} shows\n${lineAt(y)}\nwhere there should be\n${wanted}`);
      if (styles(plain, y) !== styles(screen.terminal, y)) throw new Error(`row ${y} wears other styles than it should: ${wanted}`);
    }
    plain.dispose();
  }

  const lineAt = (y: number): string => screen.terminal.buffer.active.getLine(y)?.translateToString(true) ?? '';

  async function send(bytes: string): Promise<void> {
    // A lone Esc is heard when Ink has waited for what might follow it.
    const input = new Promise<void>((resolve) => heard.once('input', () => setImmediate(resolve)));
    keyboard.push(bytes);
    await input;
    await settle();
  }

  let counted = 0;
  await settle();
  screen.bytes = 0;

  const driver: Omit<Driver, 'model' | 'workspace'> = {
    done,
    send,
    async keys(...keys) {
      for (const key of keys) await send(key);
    },
    async resize(nextColumns, nextRows) {
      screen.columns = nextColumns;
      screen.rows = nextRows;
      screen.terminal.resize(nextColumns, nextRows);
      screen.emit('resize');
      await settle();
    },
    settle,
    lines: () => Array.from({ length: screen.rows }, (_, y) => lineAt(y).trimEnd()),
    text: () => Array.from({ length: screen.rows }, (_, y) => lineAt(y).trimEnd()).join('\n'),
    cell(x, y) {
      const found = screen.terminal.buffer.active.getLine(y)?.getCell(x);
      return {
        chars: found?.getChars() ?? '',
        width: found?.getWidth() ?? 0,
        bold: (found?.isBold() ?? 0) > 0,
        colour: found && !found.isFgDefault() ? found.getFgColor() : null,
      };
    },
    cursor() {
      const { cursorX, cursorY } = screen.terminal.buffer.active;
      return { x: cursorX, y: cursorY, shown: screen.raw.lastIndexOf('\u001b[?25h') > screen.raw.lastIndexOf('\u001b[?25l') };
    },
    written() {
      const since = screen.bytes - counted;
      counted = screen.bytes;
      return since;
    },
    raw: () => screen.raw,
    async close() {
      stage.leave();
      await stage.ended;
      model.close();
      screen.terminal.dispose();
    },
  };
  return { driver, model };
}
