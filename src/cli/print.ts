/** Results on stdout. */
import type { Context } from './context.ts';

/** One JSON document, a line's end after it. */
export function writeJson(context: Pick<Context, 'stdout'>, value: unknown): void {
  context.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** Pieces of one document that is ready, text or UTF-8. */
export function writePieces(context: Pick<Context, 'stdout'>, pieces: Iterable<string | Uint8Array>): void {
  for (const piece of pieces) context.stdout.write(piece);
}
