/**
 * Stands in for `string-width` in the bundle: the same answers, remembered. Ink measures every line and every character
 * of the screen at each key, and nearly all of them are those of the frame before.
 */
import measure, { type Options } from 'string-width';

/** Texts remembered; some screens full. */
const REMEMBERED = 20_000;
const known = new Map<string, number>();

export default function stringWidth(text: string, options?: Options): number {
  if (options !== undefined) return measure(text, options);
  let width = known.get(text);
  if (width === undefined) {
    width = measure(text);
    if (known.size >= REMEMBERED) known.clear();
    known.set(text, width);
  }
  return width;
}
