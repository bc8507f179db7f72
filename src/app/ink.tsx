/**
 * What Ink does here: it reads keys and pastes off the terminal, gives the terminal away and takes it back, and lets go
 * of it however the program ends. It draws nothing: the painter does. Loaded once the first frame is on the screen.
 */
import { render, useApp, useInput, usePaste } from 'ink';
import { useInsertionEffect } from 'react';
import { keyNames } from './keys.ts';
import type { Painter } from './painter.ts';
import type { Shown } from './shown.ts';

type Suspend = (run: () => Promise<void>) => Promise<void>;

export interface Ears {
  /** Runs something else on the terminal as it was before; the frame comes back afterwards. */
  readonly suspend: Suspend;
  /** Lets go of the terminal. */
  unmount(): void;
  /** Resolves when it has let go. */
  readonly ended: Promise<unknown>;
}

export interface EarsOptions {
  readonly model: Pick<Shown, 'press' | 'paste'>;
  readonly painter: Painter;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

export function hear({ model, painter, stdin, stdout, stderr }: EarsOptions): Ears {
  let suspend: Suspend = (run) => run();
  const instance = render(<Keyboard model={model} onTerminal={(own) => (suspend = own)} />, {
    stdin,
    stdout: withoutDrawing(stdout, painter),
    stderr,
    alternateScreen: true,
    exitOnCtrlC: false,
    patchConsole: true,
    interactive: true,
  });
  return { suspend: (run) => suspend(run), unmount: () => instance.unmount(), ended: instance.waitUntilExit() };
}

interface KeyboardProps {
  readonly model: Pick<Shown, 'press' | 'paste'>;
  /** Told how to give the terminal away for a while. */
  readonly onTerminal: (suspend: Suspend) => void;
}

function Keyboard({ model, onTerminal }: KeyboardProps): null {
  const { suspendTerminal } = useApp();
  useInsertionEffect(() => onTerminal((run) => suspendTerminal(run)), [onTerminal, suspendTerminal]);
  useInput((input, key) => model.press(keyNames(input, key)));
  usePaste((text) => model.paste(text));
  return null;
}

const MODE = /\u001b\[\?(\d+)([hl])/g;
const ALTERNATE = '1049';

/** `stdout` as Ink is to see it: the alternate screen is the painter's, and what Ink draws goes nowhere. */
function withoutDrawing(stdout: NodeJS.WriteStream, painter: Painter): NodeJS.WriteStream {
  const write = (
    data: string | Uint8Array,
    encodingOrDone?: BufferEncoding | ((error?: Error | null) => void),
    done?: (error?: Error | null) => void,
  ): boolean => {
    let passed = '';
    for (const [token, mode, final] of String(data).matchAll(MODE)) {
      // The painter sets its modes with the screen and takes them back with it; between, the terminal is as Ink says.
      if (mode !== ALTERNATE) passed += painter.isIn ? '' : token;
      else if (final === 'h') painter.enter();
      else painter.leave();
    }
    return stdout.write(passed, typeof encodingOrDone === 'function' ? encodingOrDone : done);
  };
  return new Proxy(stdout, {
    get(target, name) {
      if (name === 'write') return write;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
