/** What a drawn line says, for ears: glyphs become words or go, columns become a sentence. */
import type { Line } from '../../components/line.ts';
import { aloud } from '../../text/aloud.ts';
import type { Clean } from '../../text/clean.ts';
import type { Lang } from '../../text/messages/index.ts';

/** Axes, cells and bars of a chart: the figures beside them say the same. */
const PLOT = /[│┃┼├┤└┘┌┐┬┴┊┆◉◎●○•▁-█]/;

const textOf = (line: Line): string => line.map(({ text }) => text).join('');

/** Nothing but a scale, a month or a letter is left of a row of a plot. */
const isPlot = (raw: string, said: string): boolean => PLOT.test(raw) && !/\p{L}{3,}.*\d|\p{L}{2,} \p{L}{2,}/u.test(said);

export interface Told {
  readonly lines: readonly Clean[];
  /** What is chosen among them. */
  readonly focus: readonly Clean[];
}

/** Lines of a screen that has no words of its own here; those under the cursor are the focus. */
export function toldLines(lines: readonly Line[], lang: Lang): Told {
  const plain: Clean[] = [];
  const focus: Clean[] = [];
  for (const line of lines) {
    const raw = textOf(line);
    const said = aloud(raw, lang);
    if (said === '' || isPlot(raw, said)) continue;
    const chosen = line.some(({ text, tone }) => tone === 'selected' && text.trim() !== '' && !/[▌▐]/.test(text));
    (chosen ? focus : plain).push(said);
  }
  return { lines: plain, focus };
}
