/** Results on stdout. */
import type { Context } from './context.ts';

/** One JSON document, a line's end after it. */
export function writeJson(context: Pick<Context, 'stdout'>, value: unknown): void {
  context.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}
