/** What commands print, as the terminal at hand can draw it; pipes and files, which get what was made, never come here. */
import type { Personal } from '../settings/settings.ts';
import { wantsAscii, wantsLines, wantsLinks } from '../settings/terminal.ts';
import { setAmbiguousWidth } from '../text/cells.ts';
import { literal } from '../text/clean.ts';
import { inAscii } from '../text/glyphs.ts';
import type { Context } from './context.ts';

export function drawnFor(context: Context, personal: Personal): Context {
  setAmbiguousWidth(personal.ambiguousWidth);
  const sentences = wantsLines(context.env, personal);
  const drawn = { ...context, sentences, links: !sentences && wantsLinks(context.env, personal) };
  return wantsAscii(context.env, personal) ? { ...drawn, stdout: asciiStream(context.stdout) } : drawn;
}

function asciiStream(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  const write = (data: string | Uint8Array, ...rest: unknown[]): boolean =>
    Reflect.apply(stream.write, stream, [typeof data === 'string' ? inLines(data) : data, ...rest]);
  return new Proxy(stream, {
    get(target, name) {
      if (name === 'write') return write;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

const inLines = (text: string): string =>
  text
    .split('\n')
    .map((line) => inAscii(literal(line)))
    .join('\n');
