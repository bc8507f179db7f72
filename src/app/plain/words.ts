/** What a drawn line says, for ears: glyphs become words or go, columns become a sentence. */
import type { Line } from '../../components/line.ts';
import { type Clean, literal } from '../../text/clean.ts';
import { type Lang, t } from '../../text/messages/index.ts';

/** Axes, cells and bars of a chart: the figures beside them say the same. */
const PLOT = /[│┃┼├┤└┘┌┐┬┴┊┆◉◎●○•▁-█]/;
const CHART = /[─━│┃┼├┤└┘┌┐┬┴┄┈┊┆╌╎▁-▟■□▰▱◉◎●○•◆◇]/g;
/** Marks of the cursor and of order, which are told by other words. */
const MARKS = /[▸▹▶◀‹›«»‼↵⏎]/g;

const ARROWS = { '↑': 'up', '↓': 'down', '←': 'left', '→': 'right' } as const;

/** A key whose label is a sign, by its name. */
export const keyAloud = (label: string, lang: Lang): string => {
  const arrow = Object.entries(ARROWS).find(([sign]) => sign === label)?.[1];
  return arrow ? t(lang, `plain.key.${arrow}`) : label;
};

/** `text` as one would read it aloud. */
export function aloud(text: string, lang: Lang): Clean {
  const said = text
    .replace(/兆 (?=kizashi)/, '')
    .replace(/[•*]{2,}/g, (hidden) => t(lang, 'plain.hidden', { n: hidden.length }))
    .replace(/▌([^▐]+)▐/g, (_, what: string) => t(lang, 'plain.chosen', { what }))
    .replace(/[▲△] ?([\d.,]+%?)/g, (_, n: string) => t(lang, 'plain.up', { n }))
    .replace(/[▼▽] ?([\d.,]+%?)/g, (_, n: string) => t(lang, 'plain.down', { n }))
    .replace(/ ?→ ?(?=\S)/g, t(lang, 'plain.to'))
    .replace(/[↑↓←→]/g, (arrow) => keyAloud(arrow, lang))
    .replace(/(^|[\s(（=])−(?=[\p{Sc}\d])/gu, `$1${t(lang, 'plain.minus')}`)
    .replace(/(^|[\s(（=])\+(?=[\p{Sc}\d])/gu, `$1${t(lang, 'plain.plus')}`)
    .replace(/(?<=\S) · (?=\S)/g, t(lang, 'plain.and'))
    .replace(/(?<=\S) ?× ?(?=\S)/g, t(lang, 'plain.times'))
    .replace(MARKS, ' ')
    .replace(/[▲▼△▽·]/g, ' ')
    .replace(CHART, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
  return literal(said.replace(/^[,、.:]+\s*/, ''));
}

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
