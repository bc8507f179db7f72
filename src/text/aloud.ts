/** Text that was made to be looked at, as one would read it aloud: glyphs become words or go. */
import { type Clean, literal } from './clean.ts';
import { type Lang, t } from './messages/index.ts';

/** Lines, bars and shades of charts. */
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
