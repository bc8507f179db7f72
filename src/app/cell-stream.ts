/** The terminal's stream with `cell-output.ts` in front of it. */
import { createCellOutput, NO_MODES, type OwnModes } from './cell-output.ts';

/** `stdout` as Ink is to see it: everything of the terminal's, but writing goes through the cells. */
export function withCellOutput<T extends NodeJS.WriteStream>(stdout: T, own: OwnModes = NO_MODES): T {
  const cells = createCellOutput(() => ({ columns: stdout.columns, rows: stdout.rows }), own);
  const write = (
    data: string | Uint8Array,
    encodingOrDone?: BufferEncoding | ((error?: Error | null) => void),
    done?: (error?: Error | null) => void,
  ): boolean => {
    const text = typeof data === 'string' ? data : Buffer.from(data).toString('utf8');
    const callback = typeof encodingOrDone === 'function' ? encodingOrDone : done;
    return stdout.write(cells.take(text), callback);
  };
  return new Proxy(stdout, {
    get(target, name) {
      if (name === 'write') return write;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
