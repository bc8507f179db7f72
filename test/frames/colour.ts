/** What a screen says by a tone and by nothing else. */
import type { Line } from '../../src/components/line.ts';
import type { Tone } from '../../src/components/theme.ts';
import { type Lang, t } from '../../src/text/messages/index.ts';

const textOf = (line: Line): string => line.map(({ text }) => text).join('');

/** A sign beside a chosen thing, on its row or the ones around it. */
const CHOSEN = /[▸»▌▐▲[]/;
/** Rose, fell, is below or above: signs and words, not figures alone. */
const MOVED = /[▲▼+−]|\p{L}{2,}/u;
const BUBBLE = /^[·•●◉]$/;
const LETTER = /^[A-Za-z?*\d]$/;
/** A part of a chart. */
const FILL = /^[▁-▓]+$/;

/** Each of them in words, with the row that it stands in. */
export function untold(lines: readonly Line[], lang: Lang): string[] {
  const bands = (['critical', 'high', 'watch', 'low', 'unknown'] as const).map((band) => t(lang, `book.band.${band}`));
  const alike = fillsAlike(lines);
  const isPointed = lines.some((line) => line.some(({ text, tone }) => tone === 'selected' && /^[▲ ]+$/.test(text)));
  const found = lines.flatMap((line, y) =>
    line.flatMap(({ text, tone }, x) => {
      const said = text.trim();
      if (said === '' || FILL.test(said)) return [];
      const rows = [line, lines[y + 1] ?? [], lines[y - 1] ?? []].map(textOf);
      const [before, after] = [line[x - 1]?.text.trim() ?? '', line[x + 1]?.text.trim() ?? ''];
      // A bubble wears the colour of its plan, and the plan's letter beside it; a share has its shade before it.
      if ((BUBBLE.test(said) && LETTER.test(after)) || LETTER.test(said) || FILL.test(before)) return [];
      // The column that the pointer of a chart stands under, told below the chart.
      if (tone === 'selected' && isPointed && x <= 1) return [];
      return isTold(tone, said, rows, lines.map(textOf), bands, lang) ? [] : [`${tone} “${said}” in ${textOf(line).trim()}`];
    }),
  );
  return [...alike, ...found];
}

/** Bars of better and of worse on one screen must not be drawn with the same glyph. */
function fillsAlike(lines: readonly Line[]): string[] {
  const of = (tone: Tone): ReadonlySet<string> =>
    new Set(
      lines.flatMap((line) =>
        line.flatMap((one) => (one.tone === tone && FILL.test(one.text.trim()) && !/[+−]/.test(textOf(line)) ? [...one.text.trim()] : [])),
      ),
    );
  const better = of('better');
  return [...of('worse')].filter((glyph) => better.has(glyph)).map((glyph) => `worse and better are both ${glyph}`);
}

function isTold(
  tone: Tone,
  text: string,
  [row = '', below = '', above = '']: readonly string[],
  screen: readonly string[],
  bands: readonly string[],
  lang: Lang,
): boolean {
  const saysBand = /[‼!?]/.test(row) || row.includes(t(lang, 'acting.overdue')) || bands.some((band) => row.includes(band));
  switch (tone) {
    case 'selected':
      return CHOSEN.test(row) || CHOSEN.test(below) || CHOSEN.test(above);
    case 'critical':
    case 'high':
      // In a matrix the head of the column says the band.
      return saysBand || MOVED.test(text) || bands.slice(0, 4).every((band) => screen.some((line) => line.includes(band)));
    case 'worse':
    case 'better':
      return MOVED.test(text);
    case 'problem':
      return /\p{L}{2,}|[✗!]/u.test(text);
    default:
      return true;
  }
}
