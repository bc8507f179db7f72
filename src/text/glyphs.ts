/**
 * The glyphs of screens and what stands for each where the terminal has plain ASCII alone, cell for cell. A glyph that
 * is used anywhere is here; a test draws every screen in ASCII and finds those that are not.
 */
import type { Clean } from './clean.ts';

/** Each one cell wide, and so is what replaces it. */
const ASCII: Readonly<Record<string, string>> = {
  // Heights, as `spark.ts` has them.
  '▁': '_',
  '▂': '.',
  '▃': '-',
  '▄': '=',
  '▅': '+',
  '▆': 'o',
  '▇': '#',
  '█': '@',
  // Parts of a bar's last cell: less than half, more than half.
  '▏': '.',
  '▎': '.',
  '▍': '.',
  '▋': '-',
  '▊': '-',
  '▉': '-',
  // Fills of charts.
  '▓': '%',
  '▒': 'x',
  '░': ':',
  '▰': '#',
  '▱': '.',
  '■': '#',
  '□': '.',
  // Rules, axes, frames.
  '─': '-',
  '━': '=',
  '│': '|',
  '┃': '|',
  '┊': '|',
  '┆': '|',
  '┄': '-',
  '┈': '-',
  '├': '+',
  '┤': '+',
  '┬': '+',
  '┴': '+',
  '┼': '+',
  '┌': '+',
  '┐': '+',
  '└': '+',
  '┘': '+',
  '╌': '-',
  '╎': '|',
  '▌': '[',
  '▐': ']',
  // Points.
  '●': 'O',
  '○': 'o',
  '◉': '@',
  '◎': '0',
  '◆': '*',
  '◇': 'o',
  '•': 'o',
  // Marks of risk and movement: three that differ, and up and down.
  '‼': 'X',
  '·': '-',
  '▲': '^',
  '▼': 'v',
  '△': '^',
  '▽': 'v',
  '▸': '>',
  '▹': '>',
  '▶': '>',
  '◀': '<',
  '◂': '<',
  '▾': 'v',
  '▴': '^',
  '↑': '^',
  '↓': 'v',
  '←': '<',
  '→': '>',
  '↵': '<',
  '⏎': '<',
  '‹': '<',
  '›': '>',
  '«': '<',
  '»': '>',
  '✓': '+',
  '✗': 'x',
  // Signs in words and figures.
  '…': '~',
  '–': '-',
  '—': '-',
  '−': '-',
  '×': 'x',
  '÷': '/',
  '≤': '<',
  '≥': '>',
  '±': '+',
  '∞': '*',
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
};

const KNOWN = new RegExp(`[${Object.keys(ASCII).join('')}]`, 'g');
/** The sign in the header: two cells. */
const SIGN = /兆 (?=kizashi)/g;

/** `text` with every glyph of ours in ASCII, as wide as before. Letters and other people's signs stay. */
export const inAscii = (text: Clean): Clean =>
  (/^[\x20-\x7e]*$/.test(text) ? text : text.replace(SIGN, '** ').replace(KNOWN, (glyph) => ASCII[glyph] ?? glyph)) as Clean;

/**
 * Whether the terminal is to be given ASCII alone where nobody said so: the Linux console has few glyphs, and a locale
 * that names another character set than UTF-8 has none.
 */
export function needsAscii(env: Readonly<Record<string, string | undefined>>): boolean {
  if (env.TERM === 'linux' || env.TERM === 'vt100' || env.TERM === 'vt220') return true;
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  return locale !== '' && !/utf-?8/i.test(locale);
}
